/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/export/export-field.h"
#include "corpus/export/export-parts.h"
#include "corpus/split-join.h"
#include "format/fields.h"

#include <glib/gi18n.h>
#include <string.h>

/* --- groups --- */

/* The articles of a dataset, when they are looked at the first time. */
typedef struct
{
  KutipSplitJoin *join;
  GString *path, *content; /* of the article before */
  gboolean any_group, any_stratum;
  guint n_articles;
} Grouping;

/* Articles that do not say what groups them are groups by themselves: worth a word. */
static void
warn_of_missing (KutipExport *self, const KutipExportRow *row)
{
  if (self->options->group_by != NULL && row->groups->pdata[0] == NULL)
    kutip_report_add (self->told, KUTIP_REPORT_WARNING, "no-group", row->path, NULL, 0,
                      _ ("the article is a group by itself"));
}

static void
note_language (KutipExport *self, const char *language)
{
  if (language != NULL && g_tree_lookup (self->languages, language) == NULL)
    {
      char *copy = g_strdup (language);

      g_tree_insert (self->languages, copy, copy);
    }
}

/* Articles of one name, one text or one value of the field that groups, whichever of
 * their layers says it, are one. A KutipExportRowFunc. */
static gboolean
group_article (KutipExport *self,
               const KutipExportRow *row,
               gpointer data,
               GError **error)
{
  Grouping *grouping = data;

  if (!row->is_first)
    return TRUE;
  grouping->any_group |= row->groups->pdata[0] != NULL;
  grouping->any_stratum |= row->stratum != NULL;
  note_language (self, row->language);
  /* In order of their names, those of one name stand together. */
  if (grouping->n_articles++ == 0 || strcmp (grouping->path->str, row->path) != 0)
    g_string_assign (grouping->content, row->content);
  g_string_assign (grouping->path, row->path);
  return kutip_split_join_add (grouping->join, (const char *const *) row->groups->pdata,
                               grouping->content->str, error);
}

static gboolean
warn_of_article (KutipExport *self,
                 const KutipExportRow *row,
                 gpointer data,
                 GError **error)
{
  if (row->is_first)
    warn_of_missing (self, row);
  return TRUE;
}

/* A field that no article has is a slip of the pen. */
static gboolean
check_fields (KutipExport *self, const Grouping *grouping, GError **error)
{
  const KutipExportOptions *options = self->options;
  gboolean any_group = grouping->any_group || options->group_by == NULL;
  gboolean any_stratum = grouping->any_stratum || options->stratify_by == NULL ||
                         strcmp (options->stratify_by, KUTIP_EXPORT_BY_LABEL) == 0;

  if ((any_group && any_stratum) || grouping->n_articles == 0)
    return TRUE;
  self->result->unknown_field = any_group ? options->stratify_by : options->group_by;
  g_set_error (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID,
               /* Translators: the name of a field such as "publisher" */
               _ ("no article says its “%s”"), self->result->unknown_field);
  return FALSE;
}

static gboolean
make_groups (KutipExport *self, guint *n_groups, GError **error)
{
  g_autoptr (KutipSplitJoin) join = kutip_split_join_new (kutip_spool_new_spill);
  g_autoptr (GString) path = g_string_new (NULL);
  g_autoptr (GString) content = g_string_new (NULL);
  Grouping grouping = { .join = join, .path = path, .content = content };

  if (!kutip_export_foreach_row (self, group_article, &grouping, error) ||
      !check_fields (self, &grouping, error) ||
      (self->options->group_by != NULL &&
       !kutip_export_foreach_row (self, warn_of_article, NULL, error)))
    return FALSE;
  self->groups = kutip_split_join_finish (join, n_groups, error);
  self->splits = g_new0 (guint8, (gsize) *n_groups + 1);
  return self->groups != NULL;
}

/* --- by shares --- */

typedef struct
{
  GHashTable *strata;    /* name -> number */
  KutipSorter *by_group; /* articles: group, article, path, strata */
  GString *record;
} Sharing;

static guint
get_stratum (Sharing *self, const char *name)
{
  gpointer number;

  if (!g_hash_table_lookup_extended (self->strata, name, NULL, &number))
    {
      number = GUINT_TO_POINTER (g_hash_table_size (self->strata));
      g_hash_table_insert (self->strata, g_strdup (name), number);
    }
  return GPOINTER_TO_UINT (number);
}

static int
compare_counts (gconstpointer a, gconstpointer b)
{
  return strcmp (((const KutipExportCount *) a)->label,
                 ((const KutipExportCount *) b)->label);
}

static void
put_stratum (Sharing *self, const char *name, guint n)
{
  kutip_fields_put_number (self->record, get_stratum (self, name));
  kutip_fields_put_number (self->record, n);
}

/* A KutipExportRowFunc. */
static gboolean
share_article (KutipExport *self,
               const KutipExportRow *row,
               gpointer data,
               GError **error)
{
  Sharing *sharing = data;

  if (!row->is_first)
    return TRUE;
  g_string_truncate (sharing->record, 0);
  kutip_fields_put_number (sharing->record, row->group_number);
  kutip_fields_put_number (sharing->record, row->article);
  kutip_fields_put_string (sharing->record, row->path);
  if (row->stratum != NULL)
    put_stratum (sharing, row->stratum, 1);
  /* Sorted, as the numbers of strata break ties. */
  g_array_sort (row->label_counts, compare_counts);
  for (guint i = 0; i < row->label_counts->len; i++)
    {
      const KutipExportCount *count =
          &g_array_index (row->label_counts, KutipExportCount, i);

      put_stratum (sharing, count->label, count->n);
    }
  return kutip_sorter_add (sharing->by_group, sharing->record->str, sharing->record->len,
                           error);
}

static void
add_stratum (GArray *counts, guint stratum, guint n)
{
  KutipStratumCount count = { stratum, n };

  for (guint i = 0; i < counts->len; i++)
    if (g_array_index (counts, KutipStratumCount, i).stratum == stratum)
      {
        g_array_index (counts, KutipStratumCount, i).n += n;
        return;
      }
  g_array_append_val (counts, count);
}

/* The group that its articles make up. */
typedef struct
{
  KutipSplit *split;
  GString *name; /* of the first */
  guint n_articles;
  GArray *strata; /* KutipStratumCount */
} Group;

static gboolean
end_group (Group *self, GError **error)
{
  const KutipSplitGroup group = {
    .name = self->name->str,
    .n_articles = self->n_articles,
    .strata = (const KutipStratumCount *) (gpointer) self->strata->data,
    .n_strata = self->strata->len,
  };

  return self->n_articles == 0 || kutip_split_add (self->split, &group, error);
}

static void
begin_group (Group *self, const char *name)
{
  g_string_assign (self->name, name);
  self->n_articles = 0;
  g_array_set_size (self->strata, 0);
}

static gboolean
add_groups (Sharing *self, Group *group, GError **error)
{
  g_autoptr (GError) local = NULL;
  guint64 last = G_MAXUINT64;
  const char *bytes;
  gsize n;

  if (!kutip_sorter_begin (self->by_group, error))
    return FALSE;
  while ((bytes = kutip_sorter_next (self->by_group, &n, &local)) != NULL)
    {
      KutipFields fields = { bytes, bytes + n };
      guint64 number = kutip_fields_take_number (&fields);
      const char *path;

      kutip_fields_take_number (&fields);
      path = kutip_fields_take_string (&fields);
      if (number != last && !end_group (group, error))
        return FALSE;
      if (number != last)
        begin_group (group, path);
      last = number;
      group->n_articles++;
      while (fields.at < fields.end)
        {
          guint stratum = (guint) kutip_fields_take_number (&fields);

          add_stratum (group->strata, stratum,
                       (guint) kutip_fields_take_number (&fields));
        }
    }
  if (local == NULL)
    return end_group (group, error);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
split_by_shares (KutipExport *self, GError **error)
{
  const KutipExportOptions *options = self->options;
  g_autoptr (GHashTable) strata =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (KutipSorter) by_group =
      kutip_sorter_new (kutip_spool_new_spill, KUTIP_SORTER_MOST);
  g_autoptr (KutipSplit) split = kutip_split_new (options->shares, options->n_shares,
                                                  options->seed, kutip_spool_new_spill);
  g_autoptr (GString) record = g_string_new (NULL);
  g_autoptr (GString) name = g_string_new (NULL);
  g_autoptr (GArray) counts = g_array_new (FALSE, FALSE, sizeof (KutipStratumCount));
  Sharing sharing = { strata, by_group, record };
  Group group = { split, name, 0, counts };

  if (!kutip_export_foreach_row (self, share_article, &sharing, error) ||
      !add_groups (&sharing, &group, error))
    return FALSE;
  g_free (self->splits);
  self->splits = kutip_split_assign (split, error);
  return self->splits != NULL;
}

/* --- by dates --- */

static guint
find_split_by_date (const KutipExportOptions *options, const char *date)
{
  for (guint i = 0; i < options->n_dates; i++)
    {
      gboolean is_before = FALSE;

      kutip_export_compare_day (date, options->dates[i], &is_before);
      if (is_before)
        return i;
    }
  return options->n_dates;
}

/* What is printed again later belongs to where it was printed first. A
 * KutipExportRowFunc. */
static gboolean
date_article (KutipExport *self, const KutipExportRow *row, gpointer data, GError **error)
{
  guint8 *split = &self->splits[row->group_number];

  if (row->is_first)
    *split = (guint8) MIN (*split, find_split_by_date (self->options, row->date));
  return TRUE;
}

static gboolean
split_by_dates (KutipExport *self, guint n_groups, GError **error)
{
  memset (self->splits, KUTIP_EXPORT_MAX_SPLITS, n_groups);
  return kutip_export_foreach_row (self, date_article, NULL, error);
}

/* --- what is in the splits --- */

static void
add_counts (GTree *tree, GArray *counts)
{
  for (guint i = 0; i < counts->len; i++)
    {
      const KutipExportCount *count = &g_array_index (counts, KutipExportCount, i);
      guint64 *sum = g_tree_lookup (tree, count->label);

      if (sum == NULL)
        {
          sum = g_new0 (guint64, 1);
          g_tree_insert (tree, g_strdup (count->label), sum);
        }
      *sum += count->n;
    }
}

/* A KutipExportRowFunc. */
static gboolean
count_row (KutipExport *self, const KutipExportRow *row, gpointer data, GError **error)
{
  KutipExportSplit *split = &self->result->splits[row->split];

  split->n_articles += row->is_first ? 1 : 0;
  split->n_records++;
  split->n_rows += row->n_rows;
  split->n_layers += row->n_layers;
  split->n_spans += row->n_spans;
  split->n_relations += row->n_relations;
  add_counts (self->spans_by_label[row->split], row->spans);
  add_counts (self->relations_by_label[row->split], row->relations);
  return TRUE;
}

gboolean
kutip_export_assign (KutipExport *self, GError **error)
{
  guint n_groups;

  if (!make_groups (self, &n_groups, error) ||
      (self->options->n_shares > 0 && !split_by_shares (self, error)) ||
      (self->options->n_dates > 0 && !split_by_dates (self, n_groups, error)))
    return FALSE;
  for (guint i = 0; i < n_groups; i++)
    self->result->splits[self->splits[i]].n_groups++;
  return kutip_export_foreach_row (self, count_row, NULL, error);
}
