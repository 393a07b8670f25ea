/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tagset/migration-page.h"

#include "ui/tagset/tagset-rows.h"

#include <glib/gi18n.h>

/* More than these are only counted. */
#define MAX_PROBLEMS 50

static char *
describe_term (const KutipMigrationStep *step)
{
  switch (step->term)
    {
    case KUTIP_TERM_ATTRIBUTE:
      /* Translators: %s is a name. */
      return g_strdup_printf (_ ("Attribute “%s”"), step->from);
    case KUTIP_TERM_VALUE:
      /* Translators: %1$s is a value, %2$s the attribute that it is of. */
      return g_strdup_printf (_ ("Value “%1$s” of “%2$s”"), step->from, step->attribute);
    case KUTIP_TERM_RELATION:
      /* Translators: %s is a name. */
      return g_strdup_printf (_ ("Relation “%s”"), step->from);
    case KUTIP_TERM_LABEL:
    default:
      /* Translators: %s is a name. */
      return g_strdup_printf (_ ("Label “%s”"), step->from);
    }
}

static char *
describe_use (guint hits, guint articles)
{
  g_autofree char *annotations = NULL;

  if (hits == 0)
    return g_strdup (_ ("Not used in any annotation"));
  annotations =
      g_strdup_printf (ngettext ("%'u annotation", "%'u annotations", hits), hits);
  /* Translators: %1$s is such as "12 annotations", %2$u a number of articles. */
  return g_strdup_printf (
      ngettext ("%1$s in %2$'u article", "%1$s in %2$'u articles", articles), annotations,
      articles);
}

/* What a removed term can become. */
typedef struct
{
  KutipTagsetDraft *draft;
  KutipTerm term;
  char *attribute;
  char *from;
  GtkStringList *targets; /* the third choice and those behind it */
} Choice;

static void
free_choice (gpointer data)
{
  Choice *self = data;

  g_object_unref (self->draft);
  g_object_unref (self->targets);
  g_free (self->attribute);
  g_free (self->from);
  g_free (self);
}

static void
on_chosen (AdwComboRow *row, GParamSpec *pspec, gpointer data)
{
  Choice *self = g_object_get_data (G_OBJECT (row), "choice");
  guint selected = adw_combo_row_get_selected (row);
  const KutipMigrationStep step = { self->term, self->attribute, self->from,
                                    KUTIP_FATE_KEEP, NULL };

  if (selected == 0)
    kutip_tagset_draft_set_fate (self->draft, &step, KUTIP_FATE_KEEP, NULL);
  else if (selected == 1)
    kutip_tagset_draft_set_fate (self->draft, &step, KUTIP_FATE_DELETE, NULL);
  else
    kutip_tagset_draft_set_fate (
        self->draft, &step, KUTIP_FATE_RENAME,
        gtk_string_list_get_string (self->targets, selected - 2));
}

static void
list_values (Choice *self)
{
  for (guint i = 0; i < kutip_tagset_draft_get_n (self->draft, KUTIP_DRAFT_ATTRIBUTE);
       i++)
    {
      const KutipDraftItem *item =
          kutip_tagset_draft_get_nth (self->draft, KUTIP_DRAFT_ATTRIBUTE, i);

      if (g_strcmp0 (item->origin, self->attribute) != 0)
        continue;
      for (guint j = 0; j < item->values->len; j++)
        gtk_string_list_append (
            self->targets,
            ((KutipDraftValue *) g_ptr_array_index (item->values, j))->text);
    }
}

static void
list_targets (Choice *self)
{
  static const KutipDraftKind kinds[] = {
    [KUTIP_TERM_LABEL] = KUTIP_DRAFT_LABEL,
    [KUTIP_TERM_ATTRIBUTE] = KUTIP_DRAFT_ATTRIBUTE,
    [KUTIP_TERM_VALUE] = KUTIP_DRAFT_ATTRIBUTE,
    [KUTIP_TERM_RELATION] = KUTIP_DRAFT_RELATION,
  };
  KutipDraftKind kind = kinds[self->term];

  if (self->term == KUTIP_TERM_VALUE)
    {
      list_values (self);
      return;
    }
  for (guint i = 0; i < kutip_tagset_draft_get_n (self->draft, kind); i++)
    gtk_string_list_append (self->targets,
                            kutip_tagset_draft_get_nth (self->draft, kind, i)->name);
}

static GtkWidget *
new_choice_row (KutipTagsetDraft *draft, const KutipMigrationStep *step)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  Choice *self = g_new0 (Choice, 1);
  guint selected = step->fate == KUTIP_FATE_DELETE ? 1 : 0;

  *self = (Choice){ g_object_ref (draft), step->term, g_strdup (step->attribute),
                    g_strdup (step->from), gtk_string_list_new (NULL) };
  list_targets (self);
  gtk_string_list_append (names, _ ("Keep them, as unknown"));
  gtk_string_list_append (names, _ ("Delete them"));
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->targets)); i++)
    {
      const char *target = gtk_string_list_get_string (self->targets, i);
      /* Translators: %s is the name of a label, attribute, value or relation. */
      g_autofree char *name = g_strdup_printf (_ ("Make them “%s”"), target);

      gtk_string_list_append (names, name);
      if (g_strcmp0 (step->to, target) == 0)
        selected = i + 2;
    }
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (names));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), selected);
  g_object_set_data_full (G_OBJECT (row), "choice", self, free_choice);
  g_signal_connect (row, "notify::selected", G_CALLBACK (on_chosen), NULL);
  return row;
}

static GtkWidget *
new_step_row (KutipTagsetDraft *draft,
              const KutipMigrationStep *step,
              guint hits,
              guint articles)
{
  g_autofree char *term = describe_term (step);
  g_autofree char *use = describe_use (hits, articles);
  g_autofree char *title = NULL;
  GtkWidget *row;

  gboolean is_removed = kutip_tagset_draft_is_removed (draft, step);

  row = is_removed && hits > 0 ? new_choice_row (draft, step) : adw_action_row_new ();
  if (!is_removed)
    /* Translators: %1$s is such as “Label “quote””, %2$s its new name. */
    title = g_strdup_printf (_ ("%1$s becomes “%2$s”"), term, step->to);
  else
    /* Translators: %s is such as “Label “quote””. */
    title = g_strdup_printf (_ ("%s is removed"), term);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), use);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  return row;
}

GtkWidget *
kutip_migration_problems_new (const KutipMigrateReport *report)
{
  GtkWidget *group;
  g_autofree char *more = NULL;

  if (report->problems->len == 0)
    return NULL;
  group = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("Left as They Are"));
  for (guint i = 0; i < report->problems->len && i < MAX_PROBLEMS; i++)
    {
      const KutipMigrateProblem *problem = g_ptr_array_index (report->problems, i);
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), problem->path != NULL
                                                                    ? problem->path
                                                                    : _ ("A folder"));
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), problem->reason);
      adw_action_row_add_prefix (
          ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("dialog-warning-symbolic"));
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
    }
  if (report->problems->len > MAX_PROBLEMS)
    {
      more = g_strdup_printf (
          /* Translators: files that are not shown. */
          ngettext ("And %'u more", "And %'u more", report->problems->len - MAX_PROBLEMS),
          report->problems->len - MAX_PROBLEMS);
      adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), more);
    }
  return group;
}

GtkWidget *
kutip_migration_page_new (KutipTagsetDraft *draft,
                          KutipMigration *migration,
                          const KutipMigrateReport *report)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *problems = kutip_migration_problems_new (report);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group),
                                   _ ("Annotations That Change"));
  adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (group),
      _ ("Those of all annotators in the folder of the tag set. They are kept as they were, "
         "so that all of it can be taken back."));
  for (guint i = 0; i < report->n_steps; i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                               new_step_row (draft,
                                             kutip_migration_get_nth_step (migration, i),
                                             report->hits[i], report->articles[i]));
  gtk_box_append (GTK_BOX (box), group);
  if (problems != NULL)
    gtk_box_append (GTK_BOX (box), problems);
  return box;
}
