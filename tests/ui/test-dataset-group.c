/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sidebar/find-widget.h"
#include "ui/exchange/dataset-group.h"
#include "ui/exchange/shipped-row.h"

#include <string.h>

/* Lies in a window; GTK holds that. */
static KutipDatasetGroup *
open_group (const char *format)
{
  KutipDatasetGroup *group = g_object_new (KUTIP_TYPE_DATASET_GROUP, NULL);
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *window = gtk_window_new ();

  kutip_dataset_group_set_format (group, kutip_format_find (format));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  gtk_window_set_child (GTK_WINDOW (window), page);
  gtk_window_set_default_size (GTK_WINDOW (window), 600, 620);
  gtk_window_present (GTK_WINDOW (window));
  settle (window);
  return group;
}

static void
close_group (KutipDatasetGroup *group)
{
  g_object_add_weak_pointer (G_OBJECT (group), (gpointer *) &group);
  gtk_window_destroy (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (group))));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (group);
}

static void
turn_on (KutipDatasetGroup *group)
{
  GtkWidget *make = find_widget (GTK_WIDGET (group), GTK_TYPE_SWITCH, 0);

  gtk_switch_set_active (GTK_SWITCH (make), TRUE);
  settle (GTK_WIDGET (group));
}

#define SHOWN(group, text)                                                               \
  (find_saying (GTK_WIDGET (group), GTK_TYPE_LABEL, text) != NULL)

/* Only the rows that what is chosen needs. */
static void
test_rows (void)
{
  static const struct
  {
    const char *format, *options;
    gboolean shares, group_field, even_field, dates, card;
  } rows[] = {
    { "jsonl", "", TRUE, FALSE, FALSE, FALSE, FALSE },
    { "huggingface", "", TRUE, FALSE, FALSE, FALSE, TRUE },
    { "jsonl", "group-by=other\n", TRUE, TRUE, FALSE, FALSE, FALSE },
    { "jsonl", "stratify-by=other\n", TRUE, FALSE, TRUE, FALSE, FALSE },
    { "jsonl", "split-by=date\ngroup-by=other\n", FALSE, FALSE, FALSE, TRUE, FALSE },
    { "huggingface", "split-by=none\n", FALSE, FALSE, FALSE, FALSE, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      KutipDatasetGroup *group = open_group (rows[i].format);

      g_test_message ("%s: %s", rows[i].format, rows[i].options);
      kutip_dataset_group_set_from_string (group, rows[i].options);
      g_assert_false (kutip_dataset_group_is_active (group));
      g_assert_cmpuint (count_widgets (GTK_WIDGET (group), ADW_TYPE_COMBO_ROW), ==, 0);
      g_assert_cmpuint (count_widgets (GTK_WIDGET (group), ADW_TYPE_ENTRY_ROW), ==, 0);
      turn_on (group);
      g_assert_true (kutip_dataset_group_is_active (group));
      g_assert_true (SHOWN (group, "A record’s text"));
      g_assert_true (SHOWN (group, "Only what is marked as done"));
      g_assert_true (SHOWN (group, "Keep together") == rows[i].shares);
      g_assert_true (SHOWN (group, "Share out evenly") == rows[i].shares);
      g_assert_true (SHOWN (group, "Field to keep together") == rows[i].group_field);
      g_assert_true (SHOWN (group, "Field to share out evenly") == rows[i].even_field);
      g_assert_true (SHOWN (group, "Test begins on, such as 2023-07-01") ==
                     rows[i].dates);
      g_assert_true (SHOWN (group, "Title of the dataset") == rows[i].card);
      close_group (group);
    }
}

/* However little room what explains the row leaves. */
static void
test_chosen_is_whole (void)
{
  GtkWidget *row =
      g_object_new (KUTIP_TYPE_SHIPPED_ROW, "title", "Names of labels", "subtitle",
                    "A map gives labels, attributes and links other names", NULL);
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *window = gtk_window_new ();

  kutip_shipped_row_fill_maps (KUTIP_SHIPPED_ROW (row));
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  gtk_window_set_child (GTK_WINDOW (window), list);
  gtk_window_present (GTK_WINDOW (window));
  for (int width = 300; width <= 640; width += 20)
    {
      GtkWidget *label;

      gtk_window_set_default_size (GTK_WINDOW (window), width, 200);
      /* The X server takes its time. */
      do
        settle (window);
      while (gtk_widget_get_width (row) > width);
      label = find_saying (row, GTK_TYPE_LABEL, "Keep them");
      g_test_message ("%d pixels", width);
      g_assert_false (
          pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (label))));
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_refused (void)
{
  static const struct
  {
    const char *options, *row, *reason;
  } rows[] = {
    { "split=80/20/0\n", "Shares of training, validation and test", "Shares are" },
    { "split=\n", "Shares of training, validation and test", "Shares are" },
    { "split=1/1/1/1\n", "Shares of training, validation and test", "Shares are" },
    { "seed=-1\n", "Seed, which decides what goes where", "The seed is" },
    { "seed=18446744073709551616\n", "Seed, which decides what goes where",
      "The seed is" },
    { "group-by=other\ngroup-by-other= \n", "Field to keep together",
      "Say which field it is." },
    { "stratify-by=other\n", "Field to share out evenly", "Say which field it is." },
    { "split-by=date\n", "Test begins on, such as 2023-07-01", "Say on which day" },
    { "split-by=date\ntest=soon\n", "Test begins on, such as 2023-07-01",
      "“soon” is no date" },
    { "split-by=date\nvalidation=2023-02-30\ntest=2023-07-01\n",
      "Validation begins on (may be empty)", "“2023-02-30” is no date" },
    { "split-by=date\nvalidation=2023-07-01\ntest=2023-07-01\n",
      "Test begins on, such as 2023-07-01", "The first date must be before" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      KutipDatasetGroup *group = open_group ("jsonl");
      KutipExportOptions options;
      const char *reason;
      GtkWidget *row;

      g_test_message ("%s", rows[i].options);
      kutip_dataset_group_set_from_string (group, rows[i].options);
      turn_on (group);
      reason = kutip_dataset_group_read (group, &options);
      g_assert_nonnull (reason);
      g_assert_true (g_str_has_prefix (reason, rows[i].reason));
      row = find_saying (GTK_WIDGET (group), ADW_TYPE_ENTRY_ROW, rows[i].row);
      g_assert_nonnull (row);
      g_assert_true (gtk_widget_has_css_class (row, "error"));
      g_assert_false (kutip_dataset_group_is_correct (group));
      /* Until it is changed. */
      gtk_editable_set_text (GTK_EDITABLE (row), "7");
      g_assert_false (gtk_widget_has_css_class (row, "error"));
      g_assert_true (kutip_dataset_group_is_correct (group));
      close_group (group);
    }
}

static void
test_read (void)
{
  KutipDatasetGroup *group = open_group ("huggingface");
  KutipExportOptions options;

  g_assert_null (kutip_dataset_group_read (group, &options));
  g_assert_cmpuint (options.n_shares, ==, 3);
  g_assert_cmpuint (options.shares[0], ==, 80);
  g_assert_cmpuint (options.n_dates, ==, 0);
  g_assert_null (options.group_by);
  g_assert_null (options.stratify_by);
  g_assert_null (options.title);
  g_assert_false (options.done_only);

  kutip_dataset_group_set_from_string (
      group, "split= 3/1 \nseed=18446744073709551615\ngroup-by=folder\n"
             "stratify-by=other\nstratify-by-other= topic = x \ncontext=paragraph\n"
             "title=Kutipan\nlicense=cc0-1.0\ndone-only=yes\n");
  g_assert_null (kutip_dataset_group_read (group, &options));
  g_assert_cmpuint (options.n_shares, ==, 2);
  g_assert_cmpuint (options.seed, ==, G_MAXUINT64);
  g_assert_cmpstr (options.group_by, ==, "folder");
  g_assert_cmpstr (options.stratify_by, ==, "topic = x");
  g_assert_cmpint (options.context, ==, KUTIP_EXPORT_PARAGRAPH);
  g_assert_cmpstr (options.title, ==, "Kutipan");
  g_assert_cmpstr (options.license, ==, "cc0-1.0");
  g_assert_true (options.done_only);

  /* What does not show does not count. */
  kutip_dataset_group_set_format (group, kutip_format_find ("jsonl"));
  kutip_dataset_group_set_from_string (group, "split-by=date\ntest=2023-07\n");
  g_assert_null (kutip_dataset_group_read (group, &options));
  g_assert_cmpuint (options.n_shares, ==, 0);
  g_assert_null (options.group_by);
  g_assert_null (options.stratify_by);
  g_assert_null (options.title);
  g_assert_cmpuint (options.n_dates, ==, 1);
  g_assert_cmpstr (options.dates[0], ==, "2023-07-01");
  close_group (group);
}

static void
test_kept (void)
{
  static const char *const rows[] = {
    "",
    "no line of options",
    "of=another version\nsplit-by=sideways\ncontext=\n=\n",
    "split=1/2\nseed=9\ngroup-by=other\ngroup-by-other=a=b\ncontext=sentence\n",
    "split-by=date\nvalidation=2023\ntest=2024\ndone-only=yes\ntitle=Été\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      KutipDatasetGroup *one = open_group ("jsonl"), *other = open_group ("jsonl");
      g_autofree char *first = NULL;
      g_autofree char *second = NULL;

      kutip_dataset_group_set_from_string (one, rows[i]);
      first = kutip_dataset_group_to_string (one);
      kutip_dataset_group_set_from_string (other, first);
      second = kutip_dataset_group_to_string (other);
      g_assert_cmpstr (first, ==, second);
      if (i > 2)
        {
          g_auto (GStrv) lines = g_strsplit (rows[i], "\n", -1);

          for (guint j = 0; lines[j] != NULL; j++)
            g_assert_nonnull (strstr (first, lines[j]));
        }
      close_group (one);
      close_group (other);
    }
}

static void
test_blamed_field (void)
{
  KutipDatasetGroup *group = open_group ("jsonl");
  GtkWidget *row;

  kutip_dataset_group_set_from_string (
      group, "group-by=publisher\nstratify-by=other\nstratify-by-other=city\n");
  turn_on (group);
  kutip_dataset_group_blame_field (group, "city");
  row = find_saying (GTK_WIDGET (group), ADW_TYPE_ENTRY_ROW, "Field to share out evenly");
  g_assert_true (gtk_widget_has_css_class (row, "error"));
  kutip_dataset_group_set_from_string (group, "");
  g_assert_true (kutip_dataset_group_is_correct (group));
  kutip_dataset_group_blame_field (group, "publisher");
  row = find_saying (GTK_WIDGET (group), ADW_TYPE_COMBO_ROW, "Keep together");
  g_assert_true (gtk_widget_has_css_class (row, "error"));
  close_group (group);
}

static float
find_middle (KutipDatasetGroup *group, GtkWidget *widget)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (widget, GTK_WIDGET (group), &bounds));
  return bounds.origin.x + bounds.size.width / 2;
}

/* All rows, on a phone, from either side. */
static void
test_narrow (void)
{
  static const GtkTextDirection directions[] = { GTK_TEXT_DIR_LTR, GTK_TEXT_DIR_RTL };

  for (gsize i = 0; i < G_N_ELEMENTS (directions); i++)
    {
      KutipDatasetGroup *group;
      GtkWidget *root, *make, *title;
      int width;

      gtk_widget_set_default_direction (directions[i]);
      group = open_group ("huggingface");
      kutip_dataset_group_set_from_string (group, "group-by=other\nstratify-by=other\n");
      turn_on (group);
      root = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (group)));
      gtk_widget_measure (root, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
      g_assert_cmpint (width, <=, 360);
      make = find_widget (GTK_WIDGET (group), GTK_TYPE_SWITCH, 0);
      title = find_saying (GTK_WIDGET (group), GTK_TYPE_LABEL, "Make a dataset");
      g_assert_true ((find_middle (group, make) < find_middle (group, title)) ==
                     (directions[i] == GTK_TEXT_DIR_RTL));
      close_group (group);
    }
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/dataset-group/rows", test_rows);
  g_test_add_func ("/dataset-group/chosen-is-whole", test_chosen_is_whole);
  g_test_add_func ("/dataset-group/refused", test_refused);
  g_test_add_func ("/dataset-group/read", test_read);
  g_test_add_func ("/dataset-group/kept", test_kept);
  g_test_add_func ("/dataset-group/blamed-field", test_blamed_field);
  g_test_add_func ("/dataset-group/narrow", test_narrow);
  return g_test_run ();
}
