/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/export/export.h"

#include "corpus/convert/convert-walk.h"
#include "corpus/export/export-parts.h"
#include "format/huggingface/huggingface.h"
#include "format/tagset/tagset-json.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

void
kutip_export_result_clear (KutipExportResult *self)
{
  kutip_conversion_result_clear (&self->conversion);
}

const char *
kutip_export_check (const KutipExportOptions *options)
{
  if (options->n_shares > 0 && options->n_dates > 0)
    return _ ("A dataset is split by shares or by date, not by both.");
  if (options->n_shares == 0 && options->group_by != NULL)
    return _ ("Grouping needs shares to split into.");
  if (options->n_shares == 0 && options->stratify_by != NULL)
    return _ ("Stratifying needs shares to split into.");
  if (options->n_dates == 2 && strcmp (options->dates[0], options->dates[1]) >= 0)
    return _ ("The first date must be before the second.");
  return NULL;
}

static void
name_splits (KutipExport *self)
{
  static const char *const names[][KUTIP_EXPORT_MAX_SPLITS] = {
    { "train" },
    { "train", "test" },
    { "train", "validation", "test" },
  };
  guint n = MAX (1, MAX (self->options->n_shares,
                         self->options->n_dates > 0 ? self->options->n_dates + 1 : 0));

  self->result->n_splits = n;
  for (guint i = 0; i < n; i++)
    self->result->splits[i].name = names[n - 1][i];
}

/* --- the folder as it was --- */

/* All files of the output folder; NULL with @error. */
static GPtrArray *
list_folder (const char *path, GError **error)
{
  g_autoptr (KutipConvertWalk) walk = kutip_convert_walk_new (path);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) local = NULL;
  gboolean is_plain;
  char *name;

  while ((name = kutip_convert_walk_next (walk, &is_plain, &local)) != NULL)
    g_ptr_array_add (names, name);
  if (local == NULL)
    return g_steal_pointer (&names);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

/* The names of the dataset that is in the folder; none when there is none. NULL with
 * @error when that cannot be told. */
static char **
read_earlier (const char *folder, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *path = g_build_filename (folder, KUTIP_EXPORT_MANIFEST, NULL);
  g_autofree char *json = NULL;
  char **names = NULL;
  gsize n;

  if (g_file_get_contents (path, &json, &n, &local_error))
    names = kutip_export_read_manifest (json, n);
  else if (!g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  return names != NULL ? names : g_new0 (char *, 1);
}

/* The files of the earlier dataset that is to be replaced; empty when there is none. NULL
 * with @error when there is anything else. */
static GPtrArray *
check_folder (const KutipConversion *conversion, GError **error)
{
  const char *path = conversion->output;
  g_autofree char *shown = g_filename_display_name (path);
  g_autoptr (GPtrArray) names = NULL;
  g_auto (GStrv) earlier = NULL;

  if (g_access (path, F_OK) != 0)
    {
      if (errno == ENOENT)
        return g_ptr_array_new ();
      g_set_error (error, G_IO_ERROR, (gint) g_io_error_from_errno (errno),
                   /* Translators: a file, and the reason that the system gives */
                   _ ("“%1$s” cannot be read: %2$s"), shown, g_strerror (errno));
      return NULL;
    }
  names = list_folder (path, error);
  if (names == NULL || names->len == 0)
    return g_steal_pointer (&names);
  earlier = read_earlier (path, error);
  if (earlier == NULL)
    return NULL;
  if (!conversion->force)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS,
                   /* Translators: a folder */
                   _ ("“%s” is not empty; an earlier dataset is replaced only on "
                      "request"),
                   shown);
      return NULL;
    }
  for (guint i = 0; i < names->len; i++)
    if (!g_strv_contains ((const char *const *) earlier, g_ptr_array_index (names, i)))
      {
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS,
                     /* Translators: a file, and the folder that it is in */
                     _ ("“%1$s” in “%2$s” is no part of an earlier dataset: nothing is "
                        "replaced"),
                     (const char *) g_ptr_array_index (names, i), shown);
        return NULL;
      }
  return g_steal_pointer (&names);
}

static void
warn_of_empty_splits (KutipExport *self)
{
  for (guint i = 0; i < self->result->n_splits; i++)
    if (self->result->splits[i].n_records == 0)
      kutip_report_add (self->told, KUTIP_REPORT_WARNING, "empty-split",
                        self->result->splits[i].name, NULL, 0, _ ("no article is in it"));
}

/* --- the dataset card --- */

/* Sorted; NULL-terminated; the strings belong to the export. */
static GPtrArray *
list_languages (KutipExport *self)
{
  GPtrArray *languages = g_ptr_array_new ();

  for (GTreeNode *node = g_tree_node_first (self->languages); node != NULL;
       node = g_tree_node_next (node))
    g_ptr_array_add (languages, g_tree_node_key (node));
  g_ptr_array_add (languages, NULL);
  return languages;
}

/* In English, as the card is. */
static char *
describe_splitting (const KutipExportOptions *options)
{
  GString *how = g_string_new (NULL);

  if (options->n_dates > 0)
    g_string_append_printf (how, "Split by the articles’ dates: test from %s on.",
                            options->dates[options->n_dates - 1]);
  else if (options->n_shares == 0)
    g_string_append (how, "Not split.");
  else
    {
      g_string_append (how, "Split by article, ");
      for (guint i = 0; i < options->n_shares; i++)
        g_string_append_printf (how, "%s%u", i == 0 ? "" : "/", options->shares[i]);
      g_string_append_printf (how, ", seed %" G_GUINT64_FORMAT, options->seed);
      if (options->group_by != NULL)
        g_string_append_printf (how, "; articles of the same `%s` stay together",
                                options->group_by);
      if (options->stratify_by != NULL)
        g_string_append_printf (how, "; stratified by `%s`", options->stratify_by);
      g_string_append_c (how, '.');
    }
  g_string_append (how, " Articles of the same text are in the same split.");
  return g_string_free (how, FALSE);
}

static gboolean
write_card (KutipExport *self, KutipTagset *tagset, GError **error)
{
  KutipHuggingfaceSplit splits[KUTIP_EXPORT_MAX_SPLITS];
  g_autoptr (GPtrArray) languages = list_languages (self);
  g_autofree char *how = describe_splitting (self->options);
  g_autofree char *generator = g_strconcat ("Kutip ", self->options->version, NULL);
  KutipHuggingfaceCard card = { .title = self->options->title,
                                .license = self->options->license,
                                .generator = generator,
                                .how = how,
                                .languages = (const char *const *) languages->pdata,
                                .splits = splits,
                                .n_splits = self->result->n_splits,
                                .tagset = tagset };
  g_autoptr (GString) text = NULL;
  gboolean written;

  for (guint i = 0; i < card.n_splits; i++)
    {
      const KutipExportSplit *split = &self->result->splits[i];
      char *path = g_strdup_printf ("data/%s.jsonl", split->name);

      splits[i] = (KutipHuggingfaceSplit){
        .name = split->name,
        .path = path,
        .n_rows = split->n_rows,
        .n_articles = split->n_articles,
        .n_spans = split->n_spans,
        .n_relations = split->n_relations,
        .n_bytes = self->n_bytes[i],
        .spans_by_label = self->spans_by_label[i],
        .relations_by_label = self->relations_by_label[i],
      };
    }
  text = kutip_huggingface_make_card (&card);
  written = kutip_export_write_file (self, "README.md", text->str, text->len, error);
  for (guint i = 0; i < card.n_splits; i++)
    g_free (splits[i].path);
  return written;
}

/* --- all of it --- */

static gboolean
write_tagset (KutipExport *self, KutipTagset *tagset, char **sha256, GError **error)
{
  g_autofree char *json = tagset == NULL ? NULL : kutip_tagset_to_json (tagset);

  if (json == NULL)
    return TRUE;
  *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, json, -1);
  return kutip_export_write_file (self, KUTIP_EXPORT_TAGSET, json, strlen (json), error);
}

static gboolean
finish (KutipTagset *tagset, gpointer data, GError **error)
{
  KutipExport *self = data;
  g_autofree char *sha256 = NULL;

  self->result->n_left_out = (guint64) g_atomic_int_get (&self->n_left_out);
  if (self->n_records == 0)
    {
      g_set_error_literal (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID,
                           _ ("there is no article to put into the dataset"));
      return FALSE;
    }
  if (!kutip_export_end_article (self, error) || !kutip_export_assign (self, error))
    return FALSE;
  warn_of_empty_splits (self);
  return kutip_export_write_splits (self, tagset, error) &&
         kutip_conversion_result_take (&self->result->conversion, self->told, error) &&
         write_tagset (self, tagset, &sha256, error) &&
         (strcmp (self->conversion->to->name, "huggingface") != 0 ||
          write_card (self, tagset, error)) &&
         kutip_export_write_manifest (self, tagset, sha256, error);
}

static int
compare_keys (gconstpointer a, gconstpointer b, gpointer data)
{
  return strcmp (a, b);
}

static void
export_init (KutipExport *self)
{
  self->spool = -1;
  self->records =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kutip_export_record_free);
  self->rows = kutip_sorter_new (kutip_spool_new_spill, KUTIP_SORTER_MOST);
  self->files = kutip_sorter_new (kutip_spool_new_spill, KUTIP_SORTER_MOST);
  self->told = kutip_report_new ();
  if (self->conversion->list_all)
    kutip_report_set_limit (self->told, G_MAXUINT);
  self->languages = g_tree_new_full (compare_keys, NULL, g_free, NULL);
  for (guint i = 0; i < KUTIP_EXPORT_MAX_SPLITS; i++)
    {
      self->spans_by_label[i] = g_tree_new_full (compare_keys, NULL, g_free, g_free);
      self->relations_by_label[i] = g_tree_new_full (compare_keys, NULL, g_free, g_free);
    }
}

static void
export_clear (KutipExport *self)
{
  if (self->spool >= 0)
    close (self->spool);
  g_clear_pointer (&self->staging, kutip_staging_free);
  g_ptr_array_unref (self->records);
  kutip_sorter_free (self->rows);
  kutip_sorter_free (self->files);
  kutip_report_free (self->told);
  g_tree_unref (self->languages);
  g_free (self->groups);
  g_free (self->splits);
  for (guint i = 0; i < KUTIP_EXPORT_MAX_SPLITS; i++)
    {
      g_tree_unref (self->spans_by_label[i]);
      g_tree_unref (self->relations_by_label[i]);
    }
}

/* @earlier: the files of the folder before. */
static gboolean
commit (KutipExport *self, GPtrArray *earlier, GError **error)
{
  for (guint i = 0; i < earlier->len; i++)
    if (!kutip_staging_has_file (self->staging, g_ptr_array_index (earlier, i)))
      kutip_staging_drop_file (self->staging, g_ptr_array_index (earlier, i));
  return !g_cancellable_set_error_if_cancelled (self->cancellable, error) &&
         kutip_staging_commit (self->staging, error);
}

static gboolean
make_dataset (KutipExport *self, GError **error)
{
  KutipConversion conversion = *self->conversion;
  const KutipConversionTarget target = {
    .select = kutip_export_select, .add = kutip_export_add, .finish = finish, .data = self
  };
  g_autoptr (GPtrArray) earlier = NULL;

  /* First, as it takes back what a run that was killed has begun there. */
  self->staging =
      kutip_staging_new_for_folder (conversion.output, conversion.force, error);
  earlier = self->staging != NULL ? check_folder (&conversion, error) : NULL;
  if (earlier == NULL)
    return FALSE;
  self->spool = kutip_staging_open_spool (self->staging, error);
  conversion.target = &target;
  return self->spool >= 0 &&
         kutip_conversion_run (&conversion, &self->result->conversion, self->cancellable,
                               error) &&
         commit (self, earlier, error);
}

gboolean
kutip_export_run (const KutipConversion *conversion,
                  const KutipExportOptions *options,
                  KutipExportResult *result,
                  GCancellable *cancellable,
                  GError **error)
{
  KutipExport self = { .conversion = conversion,
                       .options = options,
                       .result = result,
                       .cancellable = cancellable };
  gboolean done;

  g_return_val_if_fail (kutip_export_check (options) == NULL, FALSE);

  export_init (&self);
  name_splits (&self);
  done = make_dataset (&self, error);
  export_clear (&self);
  /* So that there is always one to print. */
  if (result->conversion.report == NULL)
    result->conversion.report = kutip_report_new ();
  if (result->conversion.failures == NULL)
    result->conversion.failures = g_ptr_array_new_with_free_func (g_free);
  return done;
}
