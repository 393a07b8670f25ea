/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/exchange/dataset-group.h"

#include "corpus/export/export-field.h"
#include "corpus/split.h"
#include "ui/exchange/kept-rows.h"
#include "ui/exchange/open-in-view.h"
#include "ui/exchange/wrong-row.h"
#include "ui/sidebar/drop-down-look.h"

#include <glib/gi18n.h>
#include <string.h>

struct _KutipDatasetGroup
{
  AdwPreferencesGroup parent_instance;

  GPtrArray *kept; /* strings of the options that were read last */
  gboolean has_card;
  gboolean is_setting; /* nobody chooses */

  GtkSwitch *make_switch, *done_switch;
  AdwComboRow *split_row, *together_row, *evenly_row, *context_row;
  AdwEntryRow *shares_row, *seed_row, *together_field_row, *evenly_field_row;
  AdwEntryRow *validation_row, *test_row, *title_row, *license_row;
  GtkWidget *done_row;
  GtkWidget *blamed; /* a row of ours, or NULL */
};

enum
{
  PROP_ACTIVE = 1,
  PROP_CORRECT,
  N_PROPS
};

static GParamSpec *props[N_PROPS];
static guint accepted; /* signal */

G_DEFINE_FINAL_TYPE (KutipDatasetGroup, kutip_dataset_group, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  SPLIT_BY_SHARES,
  SPLIT_BY_DATE,
  SPLIT_NOT,
};

/* What the choices are called where they are kept, in the order of the rows in the .ui;
 * of fields it is the field's name. */
#define NO_FIELD "none"
#define OTHER_FIELD "other"
static const char *const splits[] = { "shares", "date", "none", NULL };
static const char *const contexts[] = { "article", "paragraph", "sentence", NULL };
static const char *const together[] = { NO_FIELD, "publisher", "author",    "date",
                                        "folder", "language",  OTHER_FIELD, NULL };
static const char *const evenly[] = { NO_FIELD,    KUTIP_EXPORT_BY_LABEL,
                                      "publisher", "author",
                                      "folder",    "language",
                                      OTHER_FIELD, NULL };

static const KutipKeptRow rows[] = {
#define ROW(name, row, words)                                                            \
  {                                                                                      \
    name, G_STRUCT_OFFSET (KutipDatasetGroup, row), words                                \
  }
  ROW ("split-by", split_row, splits),
  ROW ("split", shares_row, NULL),
  ROW ("seed", seed_row, NULL),
  ROW ("group-by", together_row, together),
  ROW ("group-by-other", together_field_row, NULL),
  ROW ("stratify-by", evenly_row, evenly),
  ROW ("stratify-by-other", evenly_field_row, NULL),
  ROW ("validation", validation_row, NULL),
  ROW ("test", test_row, NULL),
  ROW ("context", context_row, contexts),
  ROW ("title", title_row, NULL),
  ROW ("license", license_row, NULL),
  ROW ("done-only", done_switch, NULL),
#undef ROW
};

/* --- what is wrong --- */

static void
acquit (KutipDatasetGroup *self)
{
  if (self->blamed == NULL)
    return;
  kutip_wrong_row_mark (self->blamed, FALSE);
  self->blamed = NULL;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CORRECT]);
}

static void
on_entry_changed (KutipDatasetGroup *self, GtkWidget *row)
{
  if (row == self->blamed)
    acquit (self);
}

static void
on_entry_activated (KutipDatasetGroup *self)
{
  g_signal_emit (self, accepted, 0);
}

static const char *
blame (KutipDatasetGroup *self, gpointer row, const char *reason)
{
  self->blamed = row;
  kutip_wrong_row_mark (row, TRUE);
  gtk_widget_grab_focus (row);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CORRECT]);
  return reason;
}

/* --- which rows are there --- */

static const char *
get_word (AdwComboRow *row, const char *const *words)
{
  return words[adw_combo_row_get_selected (row)];
}

static gboolean
is_other (AdwComboRow *row, const char *const *words)
{
  return strcmp (get_word (row, words), OTHER_FIELD) == 0;
}

static void
show_row (gpointer row, gboolean shows)
{
  gtk_widget_set_visible (GTK_WIDGET (row), shows);
}

static void
on_choice_changed (KutipDatasetGroup *self)
{
  gboolean active = gtk_switch_get_active (self->make_switch);
  guint split = adw_combo_row_get_selected (self->split_row);
  gboolean by_shares = active && split == SPLIT_BY_SHARES;
  gboolean by_date = active && split == SPLIT_BY_DATE;

  acquit (self);
  show_row (self->split_row, active);
  show_row (self->shares_row, by_shares);
  show_row (self->seed_row, by_shares);
  show_row (self->together_row, by_shares);
  show_row (self->together_field_row,
            by_shares && is_other (self->together_row, together));
  show_row (self->evenly_row, by_shares);
  show_row (self->evenly_field_row, by_shares && is_other (self->evenly_row, evenly));
  show_row (self->validation_row, by_date);
  show_row (self->test_row, by_date);
  show_row (self->done_row, active);
  show_row (self->context_row, active);
  show_row (self->title_row, active && self->has_card);
  show_row (self->license_row, active && self->has_card);
}

/* Once the list is away, which gives the focus back to its row. */
static gboolean
focus_field (GtkWidget *field, GdkFrameClock *clock, gpointer data)
{
  gtk_widget_grab_focus (field);
  return G_SOURCE_REMOVE;
}

/* Somebody has chosen a field, and names it next where it is another. */
static void
on_field_chosen (KutipDatasetGroup *self, GParamSpec *pspec, AdwComboRow *row)
{
  gboolean is_together = row == self->together_row;
  AdwEntryRow *other = is_together ? self->together_field_row : self->evenly_field_row;

  on_choice_changed (self);
  if (gtk_widget_get_visible (GTK_WIDGET (other)) && !self->is_setting &&
      is_other (row, is_together ? together : evenly))
    gtk_widget_add_tick_callback (GTK_WIDGET (other), focus_field, NULL, NULL);
}

static void
on_active_changed (KutipDatasetGroup *self)
{
  on_choice_changed (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ACTIVE]);
}

/* --- what is asked for --- */

/* Until the next time; NULL when nothing is written. */
static const char *
keep (KutipDatasetGroup *self, char *taken)
{
  if (taken != NULL)
    g_ptr_array_add (self->kept, taken);
  return taken;
}

static const char *
get_text (KutipDatasetGroup *self, AdwEntryRow *row)
{
  const char *text =
      keep (self, g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row)))));

  return *text != '\0' ? text : NULL;
}

static const char *
read_shares (KutipDatasetGroup *self, KutipExportOptions *options)
{
  const char *shares = get_text (self, self->shares_row);
  const char *seed = get_text (self, self->seed_row);

  if (shares == NULL ||
      !kutip_split_parse_shares (shares, options->shares, &options->n_shares))
    return blame (self, self->shares_row,
                  _ ("Shares are two or three whole numbers above 0, such as 80/10/10."));
  if (seed != NULL &&
      !g_ascii_string_to_unsigned (seed, 10, 0, G_MAXUINT64, &options->seed, NULL))
    return blame (self, self->seed_row, _ ("The seed is a whole number from 0 on."));
  return NULL;
}

static const char *
read_field (KutipDatasetGroup *self,
            AdwComboRow *row,
            const char *const *words,
            AdwEntryRow *other,
            const char **field)
{
  const char *word = get_word (row, words);

  if (strcmp (word, NO_FIELD) == 0)
    return NULL;
  *field = strcmp (word, OTHER_FIELD) == 0 ? get_text (self, other) : word;
  return *field != NULL ? NULL : blame (self, other, _ ("Say which field it is."));
}

static const char *
read_date (KutipDatasetGroup *self, AdwEntryRow *row, KutipExportOptions *options)
{
  const char *text = get_text (self, row);
  const char *day = keep (self, text == NULL ? NULL : kutip_export_parse_day (text));
  char *reason;

  if (day != NULL)
    {
      options->dates[options->n_dates++] = day;
      return NULL;
    }
  if (text == NULL)
    return blame (self, row, _ ("Say on which day it begins, such as 2023-07-01."));
  /* Translators: what somebody has typed where a date belongs */
  reason = g_strdup_printf (_ ("“%s” is no date such as 2023-07-01."), text);
  return blame (self, row, keep (self, reason));
}

/* Without a day for validation there are two splits. */
static const char *
read_dates (KutipDatasetGroup *self, KutipExportOptions *options)
{
  const char *reason = NULL;

  if (get_text (self, self->validation_row) != NULL)
    reason = read_date (self, self->validation_row, options);
  if (reason == NULL)
    reason = read_date (self, self->test_row, options);
  if (reason != NULL)
    return reason;
  reason = kutip_export_check (options);
  return reason == NULL ? NULL : blame (self, self->test_row, reason);
}

static const char *
read_split (KutipDatasetGroup *self, KutipExportOptions *options)
{
  guint split = adw_combo_row_get_selected (self->split_row);
  const char *reason;

  if (split == SPLIT_BY_DATE)
    return read_dates (self, options);
  if (split != SPLIT_BY_SHARES)
    return NULL;
  reason = read_shares (self, options);
  if (reason == NULL)
    reason = read_field (self, self->together_row, together, self->together_field_row,
                         &options->group_by);
  if (reason == NULL)
    reason = read_field (self, self->evenly_row, evenly, self->evenly_field_row,
                         &options->stratify_by);
  return reason;
}

/* --- the widget --- */

static void
kutip_dataset_group_get_property (GObject *object,
                                  guint id,
                                  GValue *value,
                                  GParamSpec *pspec)
{
  if (id == PROP_ACTIVE)
    g_value_set_boolean (value,
                         kutip_dataset_group_is_active (KUTIP_DATASET_GROUP (object)));
  else if (id == PROP_CORRECT)
    g_value_set_boolean (value,
                         kutip_dataset_group_is_correct (KUTIP_DATASET_GROUP (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
kutip_dataset_group_finalize (GObject *object)
{
  g_ptr_array_unref (KUTIP_DATASET_GROUP (object)->kept);
  G_OBJECT_CLASS (kutip_dataset_group_parent_class)->finalize (object);
}

static void
kutip_dataset_group_class_init (KutipDatasetGroupClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = kutip_dataset_group_get_property;
  object_class->finalize = kutip_dataset_group_finalize;
  props[PROP_ACTIVE] = g_param_spec_boolean ("active", NULL, NULL, FALSE,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_CORRECT] = g_param_spec_boolean ("correct", NULL, NULL, TRUE,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  accepted = g_signal_new ("accepted", KUTIP_TYPE_DATASET_GROUP, G_SIGNAL_RUN_LAST, 0,
                           NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/kutip/Kutip/exchange/dataset-group.ui");
  gtk_widget_class_bind_template_child (widget_class, KutipDatasetGroup, make_switch);
  gtk_widget_class_bind_template_child (widget_class, KutipDatasetGroup, split_row);
  gtk_widget_class_bind_template_child (widget_class, KutipDatasetGroup, shares_row);
  gtk_widget_class_bind_template_child (widget_class, KutipDatasetGroup, seed_row);
  gtk_widget_class_bind_template_child (widget_class, KutipDatasetGroup, together_row);
  gtk_widget_class_bind_template_child (widget_class, KutipDatasetGroup,
                                        together_field_row);
  gtk_widget_class_bind_template_child (widget_class, KutipDatasetGroup, evenly_row);
  gtk_widget_class_bind_template_child (widget_class, KutipDatasetGroup,
                                        evenly_field_row);
  gtk_widget_class_bind_template_child (widget_class, KutipDatasetGroup, validation_row);
  gtk_widget_class_bind_template_child (widget_class, KutipDatasetGroup, test_row);
  gtk_widget_class_bind_template_child (widget_class, KutipDatasetGroup, done_row);
  gtk_widget_class_bind_template_child (widget_class, KutipDatasetGroup, done_switch);
  gtk_widget_class_bind_template_child (widget_class, KutipDatasetGroup, context_row);
  gtk_widget_class_bind_template_child (widget_class, KutipDatasetGroup, title_row);
  gtk_widget_class_bind_template_child (widget_class, KutipDatasetGroup, license_row);
  gtk_widget_class_bind_template_callback (widget_class, on_active_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_choice_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_field_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_changed);
}

static void
kutip_dataset_group_init (KutipDatasetGroup *self)
{
  self->kept = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (rows[i].words != NULL)
      {
        AdwComboRow *row = G_STRUCT_MEMBER (AdwComboRow *, self, rows[i].offset);

        kutip_open_in_view (row);
        kutip_drop_down_look_apply_row (row);
      }
  on_choice_changed (self);
}

gboolean
kutip_dataset_group_is_active (KutipDatasetGroup *self)
{
  g_return_val_if_fail (KUTIP_IS_DATASET_GROUP (self), FALSE);
  return gtk_switch_get_active (self->make_switch);
}

gboolean
kutip_dataset_group_is_correct (KutipDatasetGroup *self)
{
  g_return_val_if_fail (KUTIP_IS_DATASET_GROUP (self), FALSE);
  return self->blamed == NULL;
}

void
kutip_dataset_group_set_format (KutipDatasetGroup *self, const KutipFormat *format)
{
  g_return_if_fail (KUTIP_IS_DATASET_GROUP (self));
  self->has_card = strcmp (format->name, "huggingface") == 0;
  on_choice_changed (self);
}

const char *
kutip_dataset_group_read (KutipDatasetGroup *self, KutipExportOptions *options)
{
  const char *reason;

  g_return_val_if_fail (KUTIP_IS_DATASET_GROUP (self), NULL);

  *options = (KutipExportOptions){ .version = KUTIP_VERSION };
  acquit (self);
  g_ptr_array_set_size (self->kept, 0);
  reason = read_split (self, options);
  if (reason != NULL)
    return reason;
  options->done_only = gtk_switch_get_active (self->done_switch);
  options->context = (KutipExportContext) adw_combo_row_get_selected (self->context_row);
  if (self->has_card)
    {
      options->title = get_text (self, self->title_row);
      options->license = get_text (self, self->license_row);
    }
  return NULL;
}

static gboolean
asks_for (KutipDatasetGroup *self,
          AdwComboRow *row,
          const char *const *words,
          AdwEntryRow *other,
          const char *field)
{
  const char *asked = NULL;

  return read_field (self, row, words, other, &asked) == NULL &&
         g_strcmp0 (asked, field) == 0;
}

void
kutip_dataset_group_blame_field (KutipDatasetGroup *self, const char *field)
{
  AdwComboRow *row;
  AdwEntryRow *other;
  gboolean is_together;

  g_return_if_fail (KUTIP_IS_DATASET_GROUP (self));

  is_together =
      asks_for (self, self->together_row, together, self->together_field_row, field);
  row = is_together ? self->together_row : self->evenly_row;
  other = is_together ? self->together_field_row : self->evenly_field_row;
  blame (self, gtk_widget_get_visible (GTK_WIDGET (other)) ? (gpointer) other : row,
         NULL);
}

/* --- what is kept --- */

char *
kutip_dataset_group_to_string (KutipDatasetGroup *self)
{
  GString *lines = g_string_new (NULL);

  g_return_val_if_fail (KUTIP_IS_DATASET_GROUP (self), g_string_free (lines, FALSE));

  kutip_kept_rows_append (rows, G_N_ELEMENTS (rows), self, lines);
  return g_string_free (lines, FALSE);
}

void
kutip_dataset_group_set_from_string (KutipDatasetGroup *self, const char *string)
{
  g_return_if_fail (KUTIP_IS_DATASET_GROUP (self));

  self->is_setting = TRUE;
  kutip_kept_rows_set (rows, G_N_ELEMENTS (rows), self, string);
  self->is_setting = FALSE;
  on_choice_changed (self);
}
