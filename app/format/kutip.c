/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/formats.h"
#include "format/json/json.h"
#include "format/sidecar/sidecar-name.h"
#include "format/sidecar/sidecar.h"
#include "format/tagset/tagset-json.h"
#include "text/digest.h"

#include <glib/gi18n.h>
#include <string.h>

#define TAGSET "tagset.json"

/* Kutip's own way: an article with its sidecars beside it, a tagset.json for all. The
 * unit is the article; a sidecar that the user names himself is read alone, with its
 * article.
 */

/* A member of a sidecar's header: the annotator's name where it cannot be part of a
 * file's name as it is, such as an address. */
#define FULL_NAME "annotator_name"

/* One sidecar on its way in. */
typedef struct
{
  char *name;
  char *annotator; /* NULL for the one without a name */
  GBytes *bytes;
} Sidecar;

static void
free_sidecar (gpointer data)
{
  Sidecar *self = data;

  g_free (self->name);
  g_free (self->annotator);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}

static gboolean
is_listed (KutipSource *source, const char *name)
{
  g_auto (GStrv) names = source->list (source, name);

  return names != NULL && g_strv_contains ((const char *const *) names, name);
}

/* "a.md.txt.annotations.json" may be of "a.md.txt", or of "a.md" by somebody called txt:
 * the files that are there decide. */
static gboolean
belongs_to_longer (KutipSource *source, const char *article, const char *annotator)
{
  g_autofree char *longer = g_strconcat (article, ".", annotator, NULL);

  return is_listed (source, longer);
}

static GPtrArray *
list_sidecars (KutipSource *source, const char *article)
{
  g_autofree char *prefix = kutip_sidecar_name_get_prefix (article);
  g_auto (GStrv) names = source->list (source, prefix);
  GPtrArray *sidecars = g_ptr_array_new_with_free_func (free_sidecar);

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autofree char *annotator = NULL;
      Sidecar *sidecar;

      if (!kutip_sidecar_name_parse (names[i], article, &annotator) ||
          (annotator != NULL && belongs_to_longer (source, article, annotator)))
        continue;
      sidecar = g_new0 (Sidecar, 1);
      sidecar->name = g_strdup (names[i]);
      sidecar->annotator = g_steal_pointer (&annotator);
      g_ptr_array_insert (sidecars, sidecar->annotator == NULL ? 0 : -1, sidecar);
    }
  return sidecars;
}

/* The article of a sidecar, in the same folder: the longest name that it can be of. */
static char *
find_article (KutipSource *source, const char *name)
{
  char *stem = g_strndup (name, strlen (name) - strlen (KUTIP_SIDECAR_SUFFIX));
  char *dot = strrchr (stem, '.');

  if (is_listed (source, stem) || kutip_sidecar_name_is_article (stem))
    return stem;
  if (dot != NULL && kutip_sidecar_name_is_annotator (dot + 1))
    *dot = '\0';
  return stem;
}

static gboolean
load_sidecars (KutipSource *source, GPtrArray *sidecars, GError **error)
{
  for (guint i = 0; i < sidecars->len; i++)
    {
      Sidecar *sidecar = g_ptr_array_index (sidecars, i);

      sidecar->bytes = source->fetch (source, sidecar->name, error);
      if (sidecar->bytes != NULL)
        continue;
      if (error != NULL && *error == NULL)
        g_set_error (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID,
                     _ ("“%s” is not there any more"), sidecar->name);
      return FALSE;
    }
  return TRUE;
}

/* What the sidecars say of the text's charset; NULL when none does. */
static char *
find_encoding (GPtrArray *sidecars)
{
  for (guint i = 0; i < sidecars->len; i++)
    {
      Sidecar *sidecar = g_ptr_array_index (sidecars, i);
      g_autoptr (KutipHeader) header =
          kutip_sidecar_read_header (g_bytes_get_data (sidecar->bytes, NULL),
                                     g_bytes_get_size (sidecar->bytes), NULL);

      if (header != NULL && kutip_header_get_fields (header)->encoding != NULL)
        return g_strdup (kutip_header_get_fields (header)->encoding);
    }
  return NULL;
}

static char *
digest_bytes (GBytes *bytes)
{
  gsize n_bytes;
  const char *data = g_bytes_get_data (bytes, &n_bytes);

  return kutip_digest_dup (data, n_bytes);
}

static KutipArticle *
read_article (GBytes *bytes, const char *file, GPtrArray *sidecars, GError **error)
{
  g_autofree char *encoding = find_encoding (sidecars);
  g_autofree char *sha256 = digest_bytes (bytes);
  g_autoptr (KutipText) text = NULL;
  KutipCharset charset;

  text = kutip_charset_decode (bytes, encoding, &charset, NULL);
  if (text == NULL)
    text = kutip_charset_decode (bytes, NULL, &charset, error);
  if (text == NULL)
    return NULL;
  return kutip_article_new (text, file, sha256, &charset);
}

/* @foreign without @dropped, but with @added; either may be NULL. */
static KutipForeign *
change_foreign (KutipForeign *foreign,
                const char *dropped,
                const KutipForeignMember *added)
{
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (KutipForeignMember));

  if (added != NULL)
    g_array_append_val (members, *added);
  for (guint i = 0; i < kutip_foreign_get_n (foreign); i++)
    {
      KutipForeignMember member = kutip_foreign_get_nth (foreign, i);

      if (g_strcmp0 (member.name, dropped) != 0)
        g_array_append_val (members, member);
    }
  return kutip_foreign_new ((const KutipForeignMember *) (gpointer) members->data,
                            members->len);
}

/* The name that @annotator had before it became part of a file's name; NULL: it is not
 * known, or the sidecar is somebody else's by now. Owned. */
static char *
find_full_name (KutipForeign *foreign, const char *annotator)
{
  for (guint i = 0; annotator != NULL && i < kutip_foreign_get_n (foreign); i++)
    {
      KutipForeignMember member = kutip_foreign_get_nth (foreign, i);
      g_autoptr (KutipJsonReader) reader = NULL;
      g_autofree char *name = NULL;
      g_autofree char *part = NULL;

      if (strcmp (member.name, FULL_NAME) != 0 || *member.json != '"')
        continue;
      reader = kutip_json_reader_new (member.json, strlen (member.json));
      name = g_strdup (kutip_json_reader_read_string (reader));
      if (!kutip_json_reader_finish (reader, NULL))
        return NULL;
      part = kutip_record_make_annotator_part (name);
      return g_str_has_prefix (annotator, part) ? g_steal_pointer (&name) : NULL;
    }
  return NULL;
}

/* The name of the file is what counts; the header may lack the annotator, or know how the
 * name was written where it came from. */
static void
name_annotator (KutipLayer *layer, const char *annotator)
{
  KutipHeaderFields fields = *kutip_header_get_fields (kutip_layer_get_header (layer));
  g_autofree char *name = find_full_name (
      fields.foreign, fields.annotator != NULL ? fields.annotator : annotator);
  g_autoptr (KutipForeign) foreign = NULL;
  g_autoptr (KutipHeader) header = NULL;

  if (name == NULL && (fields.annotator != NULL || annotator == NULL))
    return;
  if (name != NULL)
    fields.foreign = foreign = change_foreign (fields.foreign, FULL_NAME, NULL);
  fields.annotator = name != NULL ? name : annotator;
  header = kutip_header_new (&fields);
  kutip_layer_set_header (layer, header);
}

static KutipLayer *
read_layer (Sidecar *sidecar, KutipRecord *record, KutipReport *report, GError **error)
{
  g_auto (KutipSidecarInfo) info = { 0 };
  g_autoptr (KutipLayer) layer = NULL;

  layer = kutip_sidecar_read (g_bytes_get_data (sidecar->bytes, NULL),
                              g_bytes_get_size (sidecar->bytes),
                              kutip_article_get_text (record->article), &info, error);
  if (layer == NULL)
    {
      g_prefix_error (error, "%s: ", sidecar->name);
      return NULL;
    }
  if (info.format > KUTIP_SIDECAR_FORMAT)
    {
      g_set_error (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_UNSUPPORTED,
                   /* Translators: a file's name */
                   _ ("“%s” was written by a newer version of Kutip"), sidecar->name);
      return NULL;
    }
  if (g_strcmp0 (info.sha256, kutip_article_get_sha256 (record->article)) != 0)
    kutip_report_add (report, KUTIP_REPORT_WARNING, "text-changed", sidecar->name, NULL,
                      0, _ ("the text is not the one that was annotated"));
  kutip_sidecar_report_moved (layer, sidecar->name, 0, report);
  name_annotator (layer, sidecar->annotator);
  return g_steal_pointer (&layer);
}

static gboolean
read_layers (KutipRecord *record,
             GPtrArray *sidecars,
             KutipReport *report,
             GError **error)
{
  for (guint i = 0; i < sidecars->len; i++)
    {
      KutipLayer *layer =
          read_layer (g_ptr_array_index (sidecars, i), record, report, error);

      if (layer == NULL)
        return FALSE;
      g_ptr_array_add (record->layers, layer);
      /* Nobody needs them while the record is written. */
      g_clear_pointer (&((Sidecar *) g_ptr_array_index (sidecars, i))->bytes,
                       g_bytes_unref);
    }
  if (record->layers->len == 0)
    g_ptr_array_add (record->layers, kutip_record_make_untouched_layer ());
  return TRUE;
}

/* Keeps the sidecars that the user named, which are read at the first of them; FALSE when
 * that is not @own, or when the article was named, which stands for all. */
static gboolean
keep_named (GPtrArray *sidecars,
            KutipSource *source,
            const char *own,
            const char *article)
{
  for (guint i = sidecars->len; i > 0; i--)
    {
      const char *name = ((Sidecar *) g_ptr_array_index (sidecars, i - 1))->name;

      if (strcmp (name, own) != 0 &&
          (source->is_named == NULL || !source->is_named (source, name)))
        g_ptr_array_remove_index (sidecars, i - 1);
    }
  return sidecars->len > 0 &&
         strcmp (((Sidecar *) g_ptr_array_index (sidecars, 0))->name, own) == 0 &&
         (source->is_named == NULL || !source->is_named (source, article));
}

static gboolean
read_kutip (KutipSource *source,
            const KutipFormatOptions *options,
            KutipRecordFunc emit,
            gpointer data,
            KutipReport *report,
            GError **error)
{
  g_autofree char *own = g_path_get_basename (source->name);
  g_autofree char *folder = g_path_get_dirname (source->name);
  gboolean is_sidecar = kutip_sidecar_name_is_sidecar (own);
  g_autofree char *file = is_sidecar ? find_article (source, own) : g_strdup (own);
  g_autofree char *path =
      strcmp (folder, ".") == 0 ? g_strdup (file) : g_build_filename (folder, file, NULL);
  g_autoptr (GPtrArray) sidecars = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (KutipArticle) article = NULL;
  g_autoptr (KutipRecord) record = NULL;

  if (is_sidecar && !source->named)
    return TRUE;
  sidecars = list_sidecars (source, file);
  if (is_sidecar && !keep_named (sidecars, source, own, file))
    return TRUE;
  if (!load_sidecars (source, sidecars, error))
    return FALSE;
  bytes = is_sidecar ? source->fetch (source, file, error) : g_bytes_ref (source->bytes);
  if (bytes == NULL)
    {
      if (error != NULL && *error == NULL)
        g_set_error (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID,
                     /* Translators: an article's file name */
                     _ ("there is no text “%s” that it belongs to"), file);
      return FALSE;
    }
  article = read_article (bytes, file, sidecars, error);
  if (article == NULL)
    return FALSE;
  record = kutip_record_new (path, article);
  return read_layers (record, sidecars, report, error) &&
         emit (g_steal_pointer (&record), data, error);
}

static KutipMatch
recognise_kutip (const char *name, const char *head, gsize n_head)
{
  g_autofree char *base = g_path_get_basename (name);

  if (kutip_sidecar_name_is_sidecar (base))
    return KUTIP_MATCH_YES;
  return kutip_sidecar_name_is_article (base) ? KUTIP_MATCH_MAYBE : KUTIP_MATCH_NO;
}

/* The layer as it fits a text in UTF-8 and the file's name. */
static KutipLayer *
adapt_layer (KutipLayer *layer, const char *annotator)
{
  const KutipHeaderFields *old = kutip_header_get_fields (kutip_layer_get_header (layer));
  KutipHeaderFields fields = *old;
  g_autoptr (KutipForeign) foreign = NULL;
  g_autoptr (KutipHeader) header = NULL;
  KutipLayer *copy;

  fields.encoding = NULL;
  fields.annotator = *annotator == '\0' ? NULL : annotator;
  if (old->encoding == NULL && g_strcmp0 (old->annotator, fields.annotator) == 0)
    return g_object_ref (layer);
  if (old->annotator != NULL && strcmp (old->annotator, annotator) != 0)
    {
      g_autoptr (GString) json = g_string_new (NULL);
      KutipForeignMember full = { "annotator", FULL_NAME, NULL };

      kutip_json_append_string (json, old->annotator);
      full.json = json->str;
      fields.foreign = foreign = change_foreign (old->foreign, FULL_NAME, &full);
    }
  copy = kutip_layer_snapshot (layer);
  header = kutip_header_new (&fields);
  kutip_layer_set_header (copy, header);
  return copy;
}

static gboolean
write_layers (KutipRecord *record,
              KutipArticle *article,
              const char *path,
              KutipSink *sink,
              KutipReport *report,
              GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GHashTable) taken =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < record->layers->len; i++)
    {
      KutipLayer *layer = kutip_record_begin_layer (record, i, report);
      const char *name =
          kutip_header_get_fields (kutip_layer_get_header (layer))->annotator;
      g_autofree char *annotator =
          kutip_record_make_annotator (record, name, taken, name == NULL ? report : NULL);
      g_autofree char *file = kutip_sidecar_name_make (
          kutip_article_get_file (article), *annotator == '\0' ? NULL : annotator);
      g_autofree char *where = strcmp (folder, ".") == 0
                                   ? g_strdup (file)
                                   : g_build_filename (folder, file, NULL);
      g_autoptr (KutipLayer) adapted = adapt_layer (layer, annotator);
      g_auto (KutipPour) pour;

      kutip_pour_init_for_sink (&pour, sink, where);
      /* There need be no sidecar. */
      if (kutip_record_is_untouched_layer (adapted))
        continue;
      kutip_sidecar_pour (&pour, article, adapted);
      if (!kutip_pour_finish (&pour, error))
        return FALSE;
    }
  return TRUE;
}

/* The text as UTF-8, borrowed from it. One that begins with U+FEFF gets a byte order mark
 * before it, or it would be taken for one itself. */
static GBytes *
make_file (KutipText *text)
{
  gsize n_bytes;
  const char *utf8 = kutip_text_get_utf8 (text, &n_bytes);
  char *copy;

  if (!g_str_has_prefix (utf8, "\xef\xbb\xbf"))
    return g_bytes_new_static (utf8, n_bytes);
  copy = g_strconcat ("\xef\xbb\xbf", utf8, NULL);
  return g_bytes_new_take (copy, n_bytes + 3);
}

static gboolean
write_kutip (KutipRecord *record,
             const KutipFormatOptions *options,
             KutipSink *sink,
             KutipReport *report,
             GError **error)
{
  g_autofree char *base = g_path_get_basename (record->path);
  g_autofree char *path = kutip_sidecar_name_is_article (base)
                              ? g_strdup (record->path)
                              : g_strconcat (record->path, ".txt", NULL);
  g_autofree char *file = g_path_get_basename (path);
  g_autoptr (GBytes) bytes = make_file (kutip_article_get_text (record->article));
  g_autofree char *sha256 = digest_bytes (bytes);
  const KutipCharset utf8 = { .name = "UTF-8" };
  g_autoptr (KutipArticle) article =
      kutip_article_new (kutip_article_get_text (record->article), file, sha256, &utf8);
  gsize n_bytes;
  const char *data = g_bytes_get_data (bytes, &n_bytes);

  if (strcmp (path, record->path) != 0)
    kutip_report_add (report, KUTIP_REPORT_LOSS, "file-name", record->path, NULL, 0,
                      NULL);
  return sink->append (sink, path, data, n_bytes, error) &&
         write_layers (record, article, path, sink, report, error);
}

static gboolean
end_kutip (KutipTagset *tagset,
           const KutipFormatOptions *options,
           guint64 n_records,
           KutipSink *sink,
           GError **error)
{
  g_autofree char *json = NULL;

  if (tagset == NULL)
    return TRUE;
  json = kutip_tagset_to_json (tagset);
  return sink->append (sink, TAGSET, json, strlen (json), error);
}

static KutipTagset *
read_tagset (const char *bytes,
             gsize n_bytes,
             const char *path,
             KutipReport *report,
             GError **error)
{
  return kutip_tagset_from_json (bytes, n_bytes, error);
}

const KutipFormat kutip_format_kutip = {
  .name = "kutip",
  .title = N_ ("Kutip, articles with their sidecars"),
  .suffix = KUTIP_SIDECAR_SUFFIX,
  .keeps = KUTIP_KEEPS_ALL,
  .names_tagset = TRUE,
  .suffixes = kutip_sidecar_name_article_suffixes,
  .in_files = TRUE,
  .recognise = recognise_kutip,
  .read = read_kutip,
  .write = write_kutip,
  .end = end_kutip,
  .tagset_file = TAGSET,
  .read_tagset = read_tagset,
};
