/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/export/export-field.h"
#include "corpus/export/export-parts.h"

#include <glib/gi18n.h>
#include <string.h>

/* The articles of a dataset on their way into splits. */
typedef struct
{
  KutipExport *export;
  GPtrArray *articles; /* KutipExportArticle, borrowed, in order */
  guint n_groups;
  GHashTable *strata; /* name -> number */
} Assigning;

/* The same everywhere: by what is in the articles only. Where that is the same it does
 * not matter, but the records of one article stand together. */
static int
compare_articles (const KutipExportArticle *a, const KutipExportArticle *b)
{
  int order = strcmp (a->path, b->path);

  if (order == 0)
    order = strcmp (a->sha256, b->sha256);
  if (order == 0)
    order = (a->hash > b->hash) - (a->hash < b->hash);
  return order != 0 ? order : (a->number > b->number) - (a->number < b->number);
}

static int
compare_records (gconstpointer a, gconstpointer b)
{
  const KutipExportRecord *x = *(const KutipExportRecord *const *) a;
  const KutipExportRecord *y = *(const KutipExportRecord *const *) b;
  int order = x->article == y->article ? 0 : compare_articles (x->article, y->article);

  return order != 0 ? order : (x->number > y->number) - (x->number < y->number);
}

static void
list_articles (Assigning *self)
{
  GPtrArray *records = self->export->records;
  KutipExportArticle *last = NULL;

  for (guint i = 0; i < records->len; i++)
    {
      KutipExportRecord *record = g_ptr_array_index (records, i);

      if (record->article == last)
        continue;
      last = record->article;
      g_ptr_array_add (self->articles, last);
    }
}

/* Articles of one name, one text or one value of the field that groups are one. */
static void
make_groups (Assigning *self)
{
  guint n = self->articles->len;
  g_autofree const char **keys = g_new0 (const char *, (gsize) n + 1);
  g_autofree const char **digests = g_new0 (const char *, (gsize) n + 1);
  g_autofree guint *groups = g_new0 (guint, (gsize) n + 1);

  for (guint i = 0; i < n; i++)
    {
      const KutipExportArticle *article = g_ptr_array_index (self->articles, i);
      const KutipExportArticle *before =
          i == 0 ? NULL : g_ptr_array_index (self->articles, i - 1);

      keys[i] = article->group;
      digests[i] = article->sha256;
      /* Sorted by name, those of one name stand together. */
      if (before != NULL && strcmp (before->path, article->path) == 0)
        digests[i] = digests[i - 1];
    }
  self->n_groups = kutip_split_join (keys, digests, n, groups);
  for (guint i = 0; i < n; i++)
    ((KutipExportArticle *) g_ptr_array_index (self->articles, i))->group_number =
        groups[i];
}

static guint
get_stratum (Assigning *self, const char *name)
{
  gpointer number;

  if (!g_hash_table_lookup_extended (self->strata, name, NULL, &number))
    {
      number = GUINT_TO_POINTER (g_hash_table_size (self->strata));
      g_hash_table_insert (self->strata, (gpointer) name, number);
    }
  return GPOINTER_TO_UINT (number);
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

static int
compare_counts (gconstpointer a, gconstpointer b)
{
  return strcmp (((const KutipExportCount *) a)->label,
                 ((const KutipExportCount *) b)->label);
}

static void
add_strata (Assigning *self, GArray *counts, KutipExportArticle *article)
{
  if (article->stratum != NULL)
    add_stratum (counts, get_stratum (self, article->stratum), 1);
  /* Sorted, as the numbers of strata break ties. */
  g_array_sort (article->label_counts, compare_counts);
  for (guint i = 0; i < article->label_counts->len; i++)
    {
      KutipExportCount *count =
          &g_array_index (article->label_counts, KutipExportCount, i);

      add_stratum (counts, get_stratum (self, count->label), count->n);
    }
}

static void
split_by_shares (Assigning *self)
{
  const KutipExportOptions *options = self->export->options;
  g_autofree KutipSplitGroup *groups =
      g_new0 (KutipSplitGroup, (gsize) self->n_groups + 1);
  g_autofree guint *splits = g_new0 (guint, (gsize) self->n_groups + 1);
  g_autoptr (GPtrArray) strata =
      g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);

  for (guint i = 0; i < self->n_groups; i++)
    g_ptr_array_add (strata, g_array_new (FALSE, FALSE, sizeof (KutipStratumCount)));
  for (guint i = 0; i < self->articles->len; i++)
    {
      KutipExportArticle *article = g_ptr_array_index (self->articles, i);
      KutipSplitGroup *group = &groups[article->group_number];

      if (group->n_articles++ == 0)
        group->name = article->path;
      add_strata (self, g_ptr_array_index (strata, article->group_number), article);
    }
  for (guint i = 0; i < self->n_groups; i++)
    {
      GArray *counts = g_ptr_array_index (strata, i);

      groups[i].strata = (const KutipStratumCount *) (gpointer) counts->data;
      groups[i].n_strata = counts->len;
    }
  kutip_split_assign (groups, self->n_groups, g_hash_table_size (self->strata),
                      options->shares, options->n_shares, options->seed, splits);
  for (guint i = 0; i < self->articles->len; i++)
    {
      KutipExportArticle *article = g_ptr_array_index (self->articles, i);

      article->split = splits[article->group_number];
    }
}

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

/* What is printed again later belongs to where it was printed first. */
static void
split_by_dates (Assigning *self)
{
  g_autofree guint *splits = g_new0 (guint, (gsize) self->n_groups + 1);

  for (guint i = 0; i < self->n_groups; i++)
    splits[i] = KUTIP_EXPORT_MAX_SPLITS;
  for (guint i = 0; i < self->articles->len; i++)
    {
      KutipExportArticle *article = g_ptr_array_index (self->articles, i);
      guint *split = &splits[article->group_number];

      *split = MIN (*split, find_split_by_date (self->export->options, article->date));
    }
  for (guint i = 0; i < self->articles->len; i++)
    {
      KutipExportArticle *article = g_ptr_array_index (self->articles, i);

      article->split = splits[article->group_number];
    }
}

/* A field that no article has is a slip of the pen. */
static gboolean
check_fields (Assigning *self, GError **error)
{
  const KutipExportOptions *options = self->export->options;
  gboolean any_group = options->group_by == NULL;
  gboolean any_stratum = options->stratify_by == NULL ||
                         strcmp (options->stratify_by, KUTIP_EXPORT_BY_LABEL) == 0;

  for (guint i = 0; i < self->articles->len; i++)
    {
      KutipExportArticle *article = g_ptr_array_index (self->articles, i);

      any_group |= article->group != NULL;
      any_stratum |= article->stratum != NULL;
    }
  if ((any_group && any_stratum) || self->articles->len == 0)
    return TRUE;
  self->export->result->unknown_field =
      any_group ? options->stratify_by : options->group_by;
  g_set_error (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID,
               /* Translators: the name of a field such as "publisher" */
               _ ("no article says its “%s”"), self->export->result->unknown_field);
  return FALSE;
}

/* Articles that do not say what groups them are groups by themselves: worth a word. */
static void
warn_of_missing (Assigning *self)
{
  KutipReport *report = self->export->result->conversion.report;
  const KutipExportOptions *options = self->export->options;

  for (guint i = 0; i < self->articles->len; i++)
    {
      KutipExportArticle *article = g_ptr_array_index (self->articles, i);

      if (options->group_by != NULL && article->group == NULL)
        kutip_report_add (report, KUTIP_REPORT_WARNING, "no-group", article->path, NULL,
                          0, _ ("the article is a group by itself"));
    }
}

static void
count_splits (Assigning *self)
{
  KutipExportSplit *splits = self->export->result->splits;
  GPtrArray *records = self->export->records;
  g_autoptr (GHashTable) groups = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < self->articles->len; i++)
    {
      KutipExportArticle *article = g_ptr_array_index (self->articles, i);

      splits[article->split].n_articles++;
      if (g_hash_table_add (groups, GUINT_TO_POINTER (article->group_number)))
        splits[article->split].n_groups++;
    }
  for (guint i = 0; i < records->len; i++)
    {
      KutipExportRecord *record = g_ptr_array_index (records, i);
      KutipExportSplit *split = &splits[record->article->split];

      split->n_records++;
      split->n_layers += record->n_layers;
      split->n_spans += record->n_spans;
      split->n_relations += record->n_relations;
    }
}

gboolean
kutip_export_assign (KutipExport *self, GError **error)
{
  g_autoptr (GPtrArray) articles = g_ptr_array_new ();
  g_autoptr (GHashTable) strata = g_hash_table_new (g_str_hash, g_str_equal);
  Assigning assigning = { self, articles, 0, strata };

  g_ptr_array_sort (self->records, compare_records);
  list_articles (&assigning);
  if (!check_fields (&assigning, error))
    return FALSE;
  warn_of_missing (&assigning);
  make_groups (&assigning);
  if (self->options->n_shares > 0)
    split_by_shares (&assigning);
  else if (self->options->n_dates > 0)
    split_by_dates (&assigning);
  count_splits (&assigning);
  return TRUE;
}
