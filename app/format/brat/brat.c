/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/brat/brat.h"
#include "format/formats.h"
#include "text/digest.h"

#include <glib/gi18n.h>
#include <string.h>

/* The format as a whole: X.txt with X.ann, or X_ANNOTATOR.ann for each annotator, beside
 * it or in a sibling folder, where it is written at its text; annotation.conf in the
 * folder or above it. A record is read from the first .ann of its article, so that each
 * is read once. Of files that the user named, those that were named count; the article
 * itself stands for all beside it. */

/* Where the text of an annotation file may be, seen from its folder. */
static const char *const text_folders[] = { "", "../text/", "../txt/", "../", NULL };
static const char *const names_of_texts[] = { "text", "txt" };

/* So many folders below the one that is called so are looked for there, too. */
#define MOST_BELOW 3

/* In small letters or capitals, as other systems have them. */
static gboolean
ends_with (const char *name, const char *suffix)
{
  gsize n = strlen (name), n_suffix = strlen (suffix);

  return n >= n_suffix && g_ascii_strcasecmp (name + n - n_suffix, suffix) == 0;
}

static gboolean
is_text (const char *name)
{
  return ends_with (name, ".txt");
}

/* The folders where it may be, nearest first: those, and for annotations in A/SUB what
 * has the same SUB, "../../text/SUB/". */
static GPtrArray *
list_text_folders (KutipSource *source)
{
  GPtrArray *folders = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *path = g_canonicalize_filename (source->path, NULL);
  g_autofree char *own = g_path_get_dirname (path);
  const char *below = own + strlen (own);
  g_autoptr (GString) up = g_string_new ("../");

  for (guint i = 0; text_folders[i] != NULL; i++)
    g_ptr_array_add (folders, g_strdup (text_folders[i]));
  for (guint i = 0; i < MOST_BELOW && below > own; i++)
    {
      below = g_strrstr_len (own, below - own, "/");
      g_string_append (up, "../");
      for (guint j = 0; j < G_N_ELEMENTS (names_of_texts); j++)
        g_ptr_array_add (folders,
                         g_strconcat (up->str, names_of_texts[j], below, "/", NULL));
    }
  return folders;
}

static GBytes *
fetch_text (KutipSource *source, const char *stem, char **relative, GError **error)
{
  static const char *const suffixes[] = { ".txt", ".TXT" };
  g_autoptr (GPtrArray) folders = list_text_folders (source);

  for (guint i = 0; i < folders->len * G_N_ELEMENTS (suffixes); i++)
    {
      const char *folder = g_ptr_array_index (folders, i / G_N_ELEMENTS (suffixes));
      const char *suffix = suffixes[i % G_N_ELEMENTS (suffixes)];
      g_autofree char *name = g_strconcat (folder, stem, suffix, NULL);
      g_autoptr (GError) local = NULL;
      GBytes *bytes = source->fetch (source, name, &local);

      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      if (bytes != NULL)
        {
          *relative = g_steal_pointer (&name);
          return bytes;
        }
    }
  return NULL;
}

/* The article that "STEM.ann" belongs to: STEM itself, or STEM without a last
 * "_ANNOTATOR". */
static GBytes *
find_text (KutipSource *source, char **stem, char **relative, GError **error)
{
  g_autofree char *base = g_path_get_basename (source->name);
  g_autoptr (GError) local = NULL;
  GBytes *bytes;
  char *underscore;

  if (ends_with (base, ".ann") || is_text (base))
    base[strlen (base) - strlen (".ann")] = '\0';
  bytes = fetch_text (source, base, relative, &local);
  while (bytes == NULL && local == NULL && (underscore = strrchr (base, '_')) != NULL)
    {
      *underscore = '\0';
      bytes = fetch_text (source, base, relative, &local);
    }
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else if (bytes == NULL)
    g_set_error (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID,
                 _ ("there is no text (.txt) that “%s” belongs to"), source->path);
  else
    *stem = g_steal_pointer (&base);
  return bytes;
}

/* "doc_alice.ann" of "doc" is alice's; NULL: no name; FALSE when it belongs to another
 * article. */
static gboolean
parse_annotator (const char *name, const char *stem, char **annotator)
{
  gsize n_stem = strlen (stem);
  gsize n = strlen (name);

  *annotator = NULL;
  if (!g_str_has_prefix (name, stem) || !ends_with (name, ".ann") || n < n_stem + 4)
    return FALSE;
  if (n == n_stem + 4)
    return TRUE;
  if (name[n_stem] != '_' || n == n_stem + 5)
    return FALSE;
  *annotator = g_strndup (name + n_stem + 1, n - n_stem - 5);
  return TRUE;
}

/* Whether a longer article name claims the file: "a_b.ann" and "a_b_ayu.ann" are not a's
 * when there is an "a_b.txt". */
static gboolean
belongs (KutipSource *source, const char *name, const char *stem, GError **error)
{
  g_autofree char *other = g_strndup (name, strlen (name) - strlen (".ann"));
  char *underscore = other;

  while (underscore != NULL && strlen (other) > strlen (stem))
    {
      g_autofree char *relative = NULL;
      g_autoptr (GBytes) bytes = fetch_text (source, other, &relative, error);

      if (bytes != NULL)
        return FALSE;
      underscore = strrchr (other, '_');
      if (underscore != NULL)
        *underscore = '\0';
    }
  return TRUE;
}

/* The folder's annotation files of the article, sorted, the one without a name first. */
static GPtrArray *
list_layers (KutipSource *source, const char *stem)
{
  g_auto (GStrv) names = source->list (source, stem);
  GPtrArray *layers = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autofree char *annotator = NULL;

      if (parse_annotator (names[i], stem, &annotator) &&
          belongs (source, names[i], stem, NULL))
        g_ptr_array_insert (layers, annotator == NULL ? 0 : -1, g_strdup (names[i]));
    }
  return layers;
}

/* Takes those out of @layers that the user did not name; how many are left. */
static guint
keep_named (GPtrArray *layers, KutipSource *source)
{
  for (guint i = layers->len; i > 0; i--)
    if (!source->is_named (source, g_ptr_array_index (layers, i - 1)))
      g_ptr_array_remove_index (layers, i - 1);
  return layers->len;
}

/* The annotation files that are read at @own: none when they are read at another file.
 * A text that the user named stands for all of them, unless some are named, too. */
static GPtrArray *
choose_layers (KutipSource *source, const char *stem, const char *own, GError **error)
{
  gboolean named = source->named && source->is_named != NULL;
  g_autoptr (GPtrArray) layers = list_layers (source, stem);

  if (is_text (own))
    {
      g_autoptr (GPtrArray) others = list_layers (source, stem);

      if (layers->len == 0)
        {
          g_set_error (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID,
                       /* Translators: a text's file name */
                       _ ("there are no annotations (.ann) of “%s” beside it"), own);
          return NULL;
        }
      return named && keep_named (others, source) > 0 ? g_ptr_array_new ()
                                                      : g_steal_pointer (&layers);
    }
  if (named)
    keep_named (layers, source);
  if (layers->len == 0)
    g_ptr_array_add (layers, g_strdup (own));
  return strcmp (g_ptr_array_index (layers, 0), own) == 0 ? g_steal_pointer (&layers)
                                                          : g_ptr_array_new ();
}

/* So many folders above the annotations may have the configuration: as brat looks for it,
 * all of them when the user named a file, else those up to the folder that he named and
 * the one that this is in, as that may have the annotations alone. */
static guint
count_above (KutipSource *source)
{
  g_autofree char *absolute = g_canonicalize_filename (source->path, NULL);
  const char *path = source->named ? absolute : source->name;
  guint n = source->named ? 0 : 1;

  for (const char *p = path; (p = strchr (p, '/')) != NULL; p++)
    n++;
  return n;
}

static KutipTagset *
find_tagset (KutipSource *source)
{
  static const KutipTagsetMore more[] = {
    { KUTIP_BRAT_VISUAL_FILE, kutip_brat_add_visual },
    { KUTIP_BRAT_SHORTCUTS_FILE, kutip_brat_add_shortcuts },
    { NULL, NULL },
  };
  guint n_above = source->fetch_tagset == NULL ? 0 : count_above (source);
  g_autoptr (KutipTagset) tagset = NULL;
  gboolean exists = source->fetch_tagset == NULL;

  for (guint i = 0; !exists && i <= n_above; i++)
    tagset = source->fetch_tagset (source, "annotation.conf", i, kutip_brat_read_conf,
                                   more, &exists);
  return g_steal_pointer (&tagset);
}

static gboolean
add_layer (KutipSource *source,
           KutipRecord *record,
           const char *name,
           const char *stem,
           KutipReport *report,
           GError **error)
{
  g_autofree char *own = g_path_get_basename (source->name);
  g_autofree char *annotator = NULL;
  g_autoptr (GBytes) bytes = NULL;
  KutipLayer *layer;
  gsize n;
  const char *data;

  bytes = strcmp (own, name) == 0 ? g_bytes_ref (source->bytes)
                                  : source->fetch (source, name, error);
  if (bytes == NULL)
    return FALSE;
  parse_annotator (name, stem, &annotator);
  data = g_bytes_get_data (bytes, &n);
  layer = kutip_brat_read_layer (data, n, kutip_article_get_text (record->article),
                                 kutip_article_get_charset (record->article)->bom,
                                 annotator, name, report, error);
  if (layer == NULL)
    {
      if (strcmp (own, name) != 0)
        g_prefix_error (error, "%s: ", name);
      return FALSE;
    }
  g_ptr_array_add (record->layers, layer);
  return TRUE;
}

static KutipArticle *
read_article (KutipSource *source, char **stem, char **relative, GError **error)
{
  g_autoptr (GBytes) bytes = find_text (source, stem, relative, error);
  g_autofree char *sha256 = NULL;
  g_autofree char *file = NULL;
  g_autoptr (KutipText) text = NULL;
  KutipCharset charset;

  if (bytes == NULL)
    return NULL;
  text = kutip_charset_decode (bytes, "UTF-8", &charset, error);
  if (text == NULL)
    {
      g_prefix_error (error, "%s: ", *relative);
      return NULL;
    }
  sha256 = kutip_digest_dup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  file = g_path_get_basename (*relative);
  return kutip_article_new (text, file, sha256, &charset);
}

static gboolean
read_brat (KutipSource *source,
           const KutipFormatOptions *options,
           KutipRecordFunc emit,
           gpointer data,
           KutipReport *report,
           GError **error)
{
  g_autofree char *stem = NULL;
  g_autofree char *own = g_path_get_basename (source->name);
  g_autofree char *relative = NULL;
  g_autofree char *path = NULL;
  g_autoptr (KutipArticle) article = read_article (source, &stem, &relative, error);
  g_autoptr (KutipRecord) record = NULL;
  g_autoptr (GPtrArray) layers = NULL;

  if (article == NULL)
    return FALSE;
  layers = choose_layers (source, stem, own, error);
  if (layers == NULL || layers->len == 0)
    return layers != NULL;
  path = kutip_brat_make_path (source, relative, stem);
  record = kutip_record_new (path, article);
  for (guint i = 0; i < layers->len; i++)
    if (!add_layer (source, record, g_ptr_array_index (layers, i), stem, report, error))
      return FALSE;
  record->tagset = find_tagset (source);
  return emit (g_steal_pointer (&record), data, error);
}

static KutipMatch
recognise_brat (const char *name, const char *head, gsize n_head)
{
  return ends_with (name, ".ann") ? KUTIP_MATCH_YES : KUTIP_MATCH_NO;
}

static gboolean
write_brat (KutipRecord *record,
            const KutipFormatOptions *options,
            KutipSink *sink,
            KutipReport *report,
            GError **error)
{
  KutipText *text = kutip_article_get_text (record->article);
  g_autofree char *stem = g_str_has_suffix (record->path, ".txt")
                              ? g_strndup (record->path, strlen (record->path) - 4)
                              : g_strdup (record->path);
  g_autofree char *text_name = g_strconcat (stem, ".txt", NULL);
  gsize n_text;
  const char *utf8 = kutip_text_get_utf8 (text, &n_text);
  g_autoptr (GHashTable) taken =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (strcmp (text_name, record->path) != 0)
    kutip_report_add (report, KUTIP_REPORT_LOSS, "file-name", record->path, NULL, 0,
                      NULL);
  if (!sink->append (sink, text_name, utf8, n_text, error))
    return FALSE;
  for (guint i = 0; i < record->layers->len; i++)
    {
      KutipLayer *layer = kutip_record_begin_layer (record, i, report);
      g_autofree char *annotator = kutip_record_make_annotator (
          record, kutip_header_get_fields (kutip_layer_get_header (layer))->annotator,
          taken, report);
      g_autofree char *name = *annotator == '\0'
                                  ? g_strconcat (stem, ".ann", NULL)
                                  : g_strconcat (stem, "_", annotator, ".ann", NULL);
      GString *lines = kutip_brat_write_layer (
          layer, options->tagset != NULL ? options->tagset : record->tagset, text,
          record->path, report);
      gboolean written = sink->append (sink, name, lines->str, lines->len, error);

      g_string_free (lines, TRUE);
      if (!written)
        return FALSE;
    }
  return TRUE;
}

/* Takes @lines, which may be NULL: then there is no such file. */
static gboolean
append_conf (KutipSink *sink, const char *name, GString *lines, GError **error)
{
  return lines == NULL || kutip_sink_take (sink, name, lines, error);
}

static gboolean
begin_brat (KutipTagset *tagset,
            const KutipFormatOptions *options,
            KutipSink *sink,
            GError **error)
{
  return tagset == NULL ||
         (append_conf (sink, "annotation.conf", kutip_brat_write_conf (tagset), error) &&
          append_conf (sink, KUTIP_BRAT_VISUAL_FILE, kutip_brat_write_visual (tagset),
                       error) &&
          append_conf (sink, KUTIP_BRAT_SHORTCUTS_FILE,
                       kutip_brat_write_shortcuts (tagset), error));
}

/* Those that were read from there: "T1"; of relations "R1", and what stands for the
 * arguments of events and for equivalences, "E1.2", "X1.2". */
static gboolean
keeps_id (const char *id, gboolean of_relation)
{
  return *id != '\0' && strchr (of_relation ? "REX" : "T", *id) != NULL &&
         g_ascii_isdigit (id[1]);
}

const KutipFormat kutip_format_brat = {
  .name = "brat",
  .title = N_ ("brat standoff (.ann beside .txt)"),
  .suffix = ".ann",
  .keeps = KUTIP_KEEPS_TEXT | KUTIP_KEEPS_OVERLAP | KUTIP_KEEPS_PIECES |
           KUTIP_KEEPS_SUB_TOKEN | KUTIP_KEEPS_ATTRIBUTES | KUTIP_KEEPS_LISTS |
           KUTIP_KEEPS_NOTES | KUTIP_KEEPS_LINKS | KUTIP_KEEPS_RELATIONS |
           KUTIP_KEEPS_EVENTS | KUTIP_KEEPS_RELATION_ATTRIBUTES |
           KUTIP_KEEPS_RELATION_NOTES | KUTIP_KEEPS_ANNOTATORS | KUTIP_KEEPS_TAGSET,
  .keeps_id = keeps_id,
  .foreign = "brat_",
  .in_files = TRUE,
  .recognise = recognise_brat,
  .read = read_brat,
  .write = write_brat,
  .begin = begin_brat,
  .tagset_file = "annotation.conf",
  .read_tagset = kutip_brat_read_conf,
};
