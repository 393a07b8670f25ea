/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The form of an attribute, and what it makes of the draft. */
#include "../sidebar/find-widget.h"
#include "format/tagset/tagset-json.h"
#include "ui/tagset/tagset-form.h"

#include <string.h>

#define STUDY                                                                            \
  "{\"format\": 1, \"name\": \"Study\", \"version\": \"1\","                             \
  " \"labels\": [{\"name\": \"quote\", \"attributes\": [\"mood\"]}],"                    \
  " \"attributes\": [{\"name\": \"mood\", \"type\": \"choice\","                         \
  " \"values\": [\"good\", \"bad\", \"mixed\"], \"default\": \"bad\"}],"                 \
  " \"relations\": [{\"name\": \"about\"}]}"

typedef struct
{
  KutipTagsetDraft *draft;
  GtkWidget *window;
  guint id;
} Fixture;

static void
show (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KutipTagset) tagset = kutip_tagset_from_json (STUDY, strlen (STUDY), &error);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  g_assert_no_error (error);
  self->draft = kutip_tagset_draft_new (tagset, NULL);
  self->id = kutip_tagset_draft_get_nth (self->draft, KUTIP_DRAFT_ATTRIBUTE, 0)->id;
  self->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (self->window), box);
  kutip_tagset_form_add_attribute (GTK_BOX (box), self->draft, self->id);
  gtk_window_present (GTK_WINDOW (self->window));
  settle (self->window);
}

/* The form lets go of the draft. */
static void
leave (Fixture *self, gconstpointer data)
{
  g_object_add_weak_pointer (G_OBJECT (self->draft), (gpointer *) &self->draft);
  gtk_window_destroy (GTK_WINDOW (self->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_unref (self->draft);
  g_assert_null (self->draft);
}

static const KutipDraftItem *
get_item (Fixture *self)
{
  return kutip_tagset_draft_get (self->draft, self->id);
}

static AdwComboRow *
find_choice (Fixture *self, const char *title)
{
  GtkWidget *row = find_saying (self->window, ADW_TYPE_COMBO_ROW, title);

  g_assert_nonnull (row);
  return ADW_COMBO_ROW (row);
}

static GtkWidget *
find_value (Fixture *self, guint number)
{
  g_autofree char *title = g_strdup_printf ("Value %u", number);

  return find_saying (self->window, ADW_TYPE_ENTRY_ROW, title);
}

static void
click_in (Fixture *self, GtkWidget *row, const char *tooltip)
{
  GtkWidget *button = find_tooltip (row, tooltip);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  settle (self->window);
}

static void
choose (Fixture *self, const char *title, guint position)
{
  adw_combo_row_set_selected (find_choice (self, title), position);
  settle (self->window);
}

/* Of the draft and, one below the other, of the form: "good, bad"; then the default. */
static void
assert_values (Fixture *self, const char *values, const char *default_value)
{
  const KutipDraftItem *item = get_item (self);
  g_autoptr (GString) drafted = g_string_new (NULL);
  g_autoptr (GString) shown = g_string_new (NULL);
  GtkWidget *row;

  for (guint i = 0; i < item->values->len; i++)
    {
      const KutipDraftValue *value = g_ptr_array_index (item->values, i);

      g_string_append_printf (drafted, "%s%s", i > 0 ? ", " : "", value->text);
    }
  for (guint i = 1; (row = find_value (self, i)) != NULL; i++)
    g_string_append_printf (shown, "%s%s", i > 1 ? ", " : "",
                            gtk_editable_get_text (GTK_EDITABLE (row)));
  g_assert_cmpstr (drafted->str, ==, values);
  g_assert_cmpstr (shown->str, ==, values);
  g_assert_cmpstr (item->default_value, ==, default_value);
}

static void
assert_default_shown (Fixture *self, const char *text)
{
  GtkStringObject *shown =
      adw_combo_row_get_selected_item (find_choice (self, "Default"));

  g_assert_cmpstr (gtk_string_object_get_string (shown), ==, text);
}

static gboolean
has_keys (Fixture *self, GtkWidget *widget)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self->window));

  return focus != NULL && gtk_widget_is_ancestor (focus, widget);
}

/* A value that is added is not the default, whatever is written in it. */
static void
test_add (Fixture *self, gconstpointer data)
{
  choose (self, "Default", 0);
  assert_values (self, "good, bad, mixed", "");
  g_signal_emit_by_name (find_value (self, 1), "entry-activated");
  settle (self->window);
  assert_values (self, "good, bad, mixed, ", "");
  g_assert_true (has_keys (self, find_value (self, 4)));
  gtk_editable_set_text (GTK_EDITABLE (find_value (self, 4)), "none");
  assert_values (self, "good, bad, mixed, none", "");
  assert_default_shown (self, "None: the annotator chooses");
  choose (self, "Default", 4);
  assert_values (self, "good, bad, mixed, none", "none");
}

/* The default follows, in the draft and in the list it is chosen from. */
static void
test_rename (Fixture *self, gconstpointer data)
{
  assert_default_shown (self, "bad");
  gtk_editable_set_text (GTK_EDITABLE (find_value (self, 2)), "worse");
  settle (self->window);
  assert_values (self, "good, worse, mixed", "worse");
  assert_default_shown (self, "worse");
  gtk_editable_set_text (GTK_EDITABLE (find_value (self, 1)), "fine");
  assert_values (self, "fine, worse, mixed", "worse");
}

static void
test_move (Fixture *self, gconstpointer data)
{
  g_assert_null (find_tooltip (find_value (self, 1), "Move the value up"));
  click_in (self, find_value (self, 3), "Move the value up");
  assert_values (self, "good, mixed, bad", "bad");
  assert_default_shown (self, "bad");
  g_assert_true (has_keys (self, find_value (self, 2)));
  g_assert_true (kutip_tagset_draft_undo (self->draft));
  g_assert_false (kutip_tagset_draft_is_modified (self->draft));
}

/* Annotations follow. */
static void
test_merge (Fixture *self, gconstpointer data)
{
  g_autoptr (KutipMigration) migration = NULL;
  const KutipMigrationStep *step;

  click_in (self, find_value (self, 2), "Merge the value with the one above");
  assert_values (self, "good, mixed", "good");
  g_assert_true (has_keys (self, find_value (self, 1)));
  migration = kutip_tagset_draft_make_migration (self->draft);
  g_assert_cmpuint (kutip_migration_get_n_steps (migration), ==, 1);
  step = kutip_migration_get_nth_step (migration, 0);
  g_assert_cmpint (step->term, ==, KUTIP_TERM_VALUE);
  g_assert_cmpstr (step->attribute, ==, "mood");
  g_assert_cmpstr (step->from, ==, "bad");
  g_assert_cmpint (step->fate, ==, KUTIP_FATE_RENAME);
  g_assert_cmpstr (step->to, ==, "good");
}

/* One without a word is no default either. */
static void
test_merge_empty (Fixture *self, gconstpointer data)
{
  choose (self, "Default", 0);
  g_signal_emit_by_name (find_value (self, 3), "entry-activated");
  settle (self->window);
  click_in (self, find_value (self, 4), "Merge the value with the one above");
  assert_values (self, "good, bad, mixed", "");
}

static void
test_remove (Fixture *self, gconstpointer data)
{
  click_in (self, find_value (self, 2), "Remove the value");
  assert_values (self, "good, mixed", "");
  assert_default_shown (self, "None: the annotator chooses");
  g_assert_true (has_keys (self, find_value (self, 1)));
  click_in (self, find_value (self, 1), "Remove the value");
  click_in (self, find_value (self, 1), "Remove the value");
  assert_values (self, "", "");
}

/* Each type has a default of its own kind; a list has at least a value to write in. */
static void
test_types (Fixture *self, gconstpointer data)
{
  GtkWidget *entry;

  choose (self, "What it takes", KUTIP_ATTRIBUTE_FLAG);
  g_assert_cmpint (get_item (self)->type, ==, KUTIP_ATTRIBUTE_FLAG);
  g_assert_null (find_value (self, 1));
  g_assert_null (find_saying (self->window, ADW_TYPE_ACTION_ROW, "Several values"));
  g_assert_cmpstr (get_item (self)->default_value, ==, "");
  choose (self, "Default", 1);
  g_assert_cmpstr (get_item (self)->default_value, ==, "true");
  choose (self, "Default", 0);
  g_assert_cmpstr (get_item (self)->default_value, ==, "");

  choose (self, "What it takes", KUTIP_ATTRIBUTE_TEXT);
  entry = find_saying (self->window, ADW_TYPE_ENTRY_ROW, "Default");
  g_assert_nonnull (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), "as it was");
  g_assert_cmpstr (get_item (self)->default_value, ==, "as it was");
  g_assert_nonnull (find_saying (self->window, ADW_TYPE_ACTION_ROW, "Several values"));

  choose (self, "What it takes", KUTIP_ATTRIBUTE_DATE);
  g_assert_cmpint (get_item (self)->type, ==, KUTIP_ATTRIBUTE_DATE);
  g_assert_cmpstr (get_item (self)->default_value, ==, "");

  choose (self, "What it takes", KUTIP_ATTRIBUTE_CHOICE);
  assert_values (self, "good, bad, mixed", "");
  for (guint i = 0; i < 3; i++)
    click_in (self, find_value (self, 1), "Remove the value");
  choose (self, "What it takes", KUTIP_ATTRIBUTE_TEXT);
  choose (self, "What it takes", KUTIP_ATTRIBUTE_CHOICE);
  assert_values (self, "", "");
  g_assert_true (has_keys (self, find_value (self, 1)));
}

static void
check (Fixture *self, const char *title, gboolean active)
{
  GtkWidget *row = find_saying (self->window, ADW_TYPE_ACTION_ROW, title);

  g_assert_nonnull (row);
  gtk_check_button_set_active (
      GTK_CHECK_BUTTON (find_widget (row, GTK_TYPE_CHECK_BUTTON, 0)), active);
}

/* Labels, relations and articles. */
static void
test_users (Fixture *self, gconstpointer data)
{
  KutipTagsetDraft *draft = self->draft;

  check (self, "quote", FALSE);
  check (self, "about", TRUE);
  check (self, "Whole articles", TRUE);
  g_assert_false (kutip_draft_item_has (
      kutip_tagset_draft_get_nth (draft, KUTIP_DRAFT_LABEL, 0)->attributes, self->id));
  g_assert_true (kutip_draft_item_has (
      kutip_tagset_draft_get_nth (draft, KUTIP_DRAFT_RELATION, 0)->attributes, self->id));
  g_assert_true (
      kutip_draft_item_has (kutip_tagset_draft_get_root (draft)->attributes, self->id));
}

/* What was due when the attribute goes, or the form, is not done any more. */
static void
test_gone (Fixture *self, gconstpointer data)
{
  g_signal_emit_by_name (find_tooltip (find_value (self, 2), "Remove the value"),
                         "clicked");
  kutip_tagset_draft_remove (self->draft, self->id);
  settle (self->window);
  g_assert_null (get_item (self));
  gtk_editable_set_text (GTK_EDITABLE (find_value (self, 1)), "lost");
  adw_combo_row_set_selected (find_choice (self, "Default"), 0);
  adw_combo_row_set_selected (find_choice (self, "What it takes"), 1);
  g_assert_null (get_item (self));
  g_assert_true (kutip_tagset_draft_undo (self->draft));
  g_assert_cmpuint (get_item (self)->values->len, ==, 2);
  /* Due when leave() comes. */
  g_signal_emit_by_name (find_value (self, 1), "entry-activated");
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *name;
    void (*run) (Fixture *self, gconstpointer data);
  } tests[] = {
    { "add", test_add },
    { "rename", test_rename },
    { "move", test_move },
    { "merge", test_merge },
    { "merge-empty", test_merge_empty },
    { "remove", test_remove },
    { "types", test_types },
    { "users", test_users },
    { "gone", test_gone },
  };

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/tagset-attribute/", tests[i].name, NULL);

      g_test_add (path, Fixture, NULL, show, tests[i].run, leave);
    }
  return g_test_run ();
}
