/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/open.h"

#include "format/sidecar/sidecar.h"
#include "model/guess.h"
#include "store/journal.h"
#include "store/paths.h"
#include "store/recover.h"
#include "store/tagset-cache.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

/* What stands before the spans fits in here, unless somebody wrote a very long note. */
#define HEAD_BYTES ((gsize) 1 << 16)
/* A sidecar's digest takes a tenth of the time that reading it does; bytes. */
#define LARGE_SIDECAR_BYTES ((gsize) 1 << 20)
/* Code points; bytes. */
#define SHORT_TEXT 200000
#define SHORT_SIDECAR_BYTES ((gsize) 1 << 16)

/* An opening under way; what is done with stays in @opened. */
typedef struct
{
  KutipOpened *opened;
  char *annotator;
  char *charset;
  GBytes *sidecar;    /* NULL: none, or not readable */
  GThread *digesting; /* fills in its digest; NULL: it is there */
  KutipArticle *article;
  KutipText *no_text;
  KutipLayer *layer;
  KutipTagset *tagset;
} Opening;

static void
await_digest (Opening *self)
{
  g_clear_pointer (&self->digesting, g_thread_join);
}

static void
clear_opening (Opening *self)
{
  await_digest (self);
  g_clear_pointer (&self->opened, kutip_opened_free);
  g_clear_pointer (&self->annotator, g_free);
  g_clear_pointer (&self->charset, g_free);
  g_clear_pointer (&self->sidecar, g_bytes_unref);
  g_clear_object (&self->article);
  g_clear_pointer (&self->no_text, kutip_text_unref);
  g_clear_object (&self->layer);
  g_clear_object (&self->tagset);
}

static gboolean
resolve_files (Opening *self,
               GFile *file,
               const KutipOpenOptions *options,
               GError **error)
{
  g_autofree char *basename = g_file_get_basename (file);
  KutipOpened *opened = self->opened;

  if (options != NULL && options->annotator != NULL)
    {
      if (!kutip_paths_is_annotator (options->annotator))
        {
          g_set_error (
              error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
              /* Translators: the name that was given */
              _ ("“%s” cannot be an annotator’s name: only A–Z, a–z, 0–9, “_” and "
                 "“-”, at most 64 of them."),
              options->annotator);
          return FALSE;
        }
      self->annotator = g_strdup (options->annotator);
    }
  if (options != NULL)
    self->charset = g_strdup (options->charset);

  if (basename != NULL && kutip_paths_is_sidecar_name (basename))
    {
      g_clear_pointer (&self->annotator, g_free);
      opened->article_file = kutip_paths_get_article (file, &self->annotator);
      if (opened->article_file != NULL)
        {
          opened->sidecar_file = g_object_ref (file);
          return TRUE;
        }
    }
  opened->article_file = g_object_ref (file);
  opened->sidecar_file = kutip_paths_get_sidecar (file, self->annotator);
  return TRUE;
}

/* A sidecar may have been recorded under a charset that the file has left behind since:
 * valid UTF-8 beyond ASCII is no accident. */
static gboolean
is_plainly_utf8 (GBytes *bytes)
{
  gsize n_bytes;
  const char *data = g_bytes_get_data (bytes, &n_bytes);
  gboolean is_ascii = TRUE;

  for (gsize i = 0; is_ascii && i < n_bytes; i++)
    is_ascii = (guchar) data[i] < 0x80;
  return !is_ascii && g_utf8_validate_len (data, n_bytes, NULL);
}

/* From the sidecar's head: so the text need not wait for all of it. */
static char *
get_recorded_charset (Opening *self, GBytes *article)
{
  g_autoptr (KutipHeader) header = NULL;
  const KutipHeaderFields *fields;
  gsize n_bytes;
  g_autofree char *head =
      kutip_stamp_read_head (self->opened->sidecar_file, HEAD_BYTES, &n_bytes);

  if (head != NULL)
    header = kutip_sidecar_read_header (head, n_bytes, NULL);
  fields = header != NULL ? kutip_header_get_fields (header) : NULL;
  if (fields == NULL || fields->encoding == NULL || is_plainly_utf8 (article))
    return NULL;
  return g_strdup (fields->encoding);
}

static KutipText *
decode_article (Opening *self, GBytes *bytes, KutipCharset *charset, GError **error)
{
  g_autofree char *recorded = NULL;
  KutipText *text;

  if (self->charset == NULL)
    recorded = get_recorded_charset (self, bytes);
  if (recorded != NULL && (text = kutip_charset_decode (bytes, recorded, charset, NULL)))
    return text;
  text = kutip_charset_decode (bytes, self->charset, charset, error);
  if (text == NULL)
    g_prefix_error (error, "“%s”: ", g_file_peek_path (self->opened->article_file));
  return text;
}

static gboolean
read_article (Opening *self, GCancellable *cancellable, GError **error)
{
  KutipOpened *opened = self->opened;
  g_autofree char *basename = g_file_get_basename (opened->article_file);
  g_autofree char *shown = g_filename_display_name (basename);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (KutipText) text = NULL;
  g_autoptr (GError) local_error = NULL;
  KutipCharset charset = { 0 };

  bytes = kutip_stamp_read (opened->article_file, KUTIP_OPEN_MAX_BYTES,
                            &opened->article_stamp, cancellable, &local_error);
  if (bytes == NULL && local_error == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                 /* Translators: a file name */
                 _ ("“%s” does not exist."), g_file_peek_path (opened->article_file));
  else if (bytes == NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  if (bytes == NULL)
    return FALSE;

  text = decode_article (self, bytes, &charset, error);
  if (text == NULL)
    return FALSE;
  self->article = kutip_article_new (text, shown, opened->article_stamp.sha256, &charset);
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

static gpointer
digest_sidecar (gpointer data)
{
  Opening *self = data;
  gsize n_bytes;
  const char *bytes = g_bytes_get_data (self->sidecar, &n_bytes);

  kutip_stamp_digest (&self->opened->sidecar_stamp, bytes, n_bytes);
  return NULL;
}

/* The sidecar's bytes, before its text is known. Not being readable is something to tell,
 * not a reason to show nothing. */
static gboolean
read_sidecar_bytes (Opening *self, GCancellable *cancellable, GError **error)
{
  KutipOpened *opened = self->opened;

  self->sidecar = kutip_stamp_read_undigested (opened->sidecar_file, KUTIP_OPEN_MAX_BYTES,
                                               &opened->sidecar_stamp, cancellable,
                                               &opened->sidecar_error);
  if (self->sidecar != NULL && g_bytes_get_size (self->sidecar) > LARGE_SIDECAR_BYTES)
    self->digesting = g_thread_new ("kutip-digest", digest_sidecar, self);
  else if (self->sidecar != NULL)
    digest_sidecar (self);
  if (g_error_matches (opened->sidecar_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&opened->sidecar_error));
      return FALSE;
    }
  return TRUE;
}

static void
make_new_layer (Opening *self)
{
  const KutipCharset *charset = kutip_article_get_charset (self->article);
  g_autoptr (KutipHeader) header =
      kutip_guess_header (kutip_article_get_text (self->article), charset->name);

  self->layer = kutip_layer_new (header);
}

/* A layer without spans fits any tag set. */
static void
note_other_tagset (Opening *self, const KutipHeaderFields *fields)
{
  KutipOpened *opened = self->opened;
  const char *version = fields->tagset_version != NULL ? fields->tagset_version : "";

  if (fields->tagset_name == NULL || opened->tagset_error != NULL ||
      kutip_layer_get_n_spans (self->layer) == 0 ||
      (g_strcmp0 (fields->tagset_name, kutip_tagset_get_name (self->tagset)) == 0 &&
       g_strcmp0 (version, kutip_tagset_get_version (self->tagset)) == 0))
    return;
  opened->made_with_name = g_strdup (fields->tagset_name);
  opened->made_with_version = g_strdup (version);
}

/* What the header says of charset, tag set and annotator is what holds now; no change of
 * a person's, so the document is not modified by it. */
static void
bring_header_up_to_date (Opening *self)
{
  g_autoptr (KutipHeader) header = NULL;
  KutipHeader *old = kutip_layer_get_header (self->layer);
  KutipHeaderFields fields = *kutip_header_get_fields (old);
  const char *charset = kutip_article_get_charset (self->article)->name;

  note_other_tagset (self, &fields);
  fields.encoding = g_strcmp0 (charset, "UTF-8") != 0 ? charset : NULL;
  fields.tagset_name = kutip_tagset_get_name (self->tagset);
  fields.tagset_version = kutip_tagset_get_version (self->tagset);
  if (self->annotator != NULL)
    fields.annotator = self->annotator;
  header = kutip_header_new (&fields);
  if (!kutip_header_equal (header, old))
    kutip_layer_set_header (self->layer, header);
}

static gboolean
count_orphan (KutipSpan *span, gpointer n)
{
  *(guint *) n += kutip_span_is_orphan (span) ? 1 : 0;
  return TRUE;
}

/* Another charset makes another text of the same bytes. */
static gboolean
is_other_text (Opening *self, const KutipSidecarInfo *info)
{
  const KutipHeaderFields *fields =
      kutip_header_get_fields (kutip_layer_get_header (self->layer));
  const char *recorded = fields->encoding != NULL ? fields->encoding : "UTF-8";
  guint n_orphans = 0;

  if (g_strcmp0 (info->sha256, kutip_article_get_sha256 (self->article)) != 0)
    return TRUE;
  if (g_ascii_strcasecmp (recorded, kutip_article_get_charset (self->article)->name) == 0)
    return FALSE;
  kutip_layer_foreach_span (self->layer, count_orphan, &n_orphans);
  return n_orphans > 0;
}

static KutipLayer *
parse_sidecar (Opening *self, KutipText *text, KutipSidecarInfo *info, GError **error)
{
  g_auto (KutipSidecarInfo) unused = { 0 };
  gsize n_bytes;
  const char *data = g_bytes_get_data (self->sidecar, &n_bytes);

  return kutip_sidecar_read (data, n_bytes, text, info != NULL ? info : &unused, error);
}

/* In a changed text no span is where it should be just because its text stands there,
 * too: the second reading, against no text at all, leaves them all to be found again by
 * their surroundings. */
static void
read_layer (Opening *self)
{
  KutipOpened *opened = self->opened;
  g_auto (KutipSidecarInfo) info = { 0 };
  const char *data;
  gsize n_bytes;

  if (self->sidecar != NULL)
    {
      data = g_bytes_get_data (self->sidecar, &n_bytes);
      self->layer =
          kutip_sidecar_read (data, n_bytes, kutip_article_get_text (self->article),
                              &info, &opened->sidecar_error);
    }
  if (opened->sidecar_error != NULL && self->sidecar != NULL)
    g_prefix_error (&opened->sidecar_error,
                    "“%s”: ", g_file_peek_path (opened->sidecar_file));
  opened->newer_format = info.format > KUTIP_SIDECAR_FORMAT;
  if (self->layer == NULL)
    {
      make_new_layer (self);
      return;
    }
  opened->text_changed = is_other_text (self, &info);
  if (opened->text_changed)
    {
      g_object_unref (self->layer);
      self->layer = parse_sidecar (self, self->no_text, NULL, NULL);
    }
}

KutipTagset *
kutip_open_tagset (GFile *folder, GFile **file, GCancellable *cancellable, GError **error)
{
  char sha256[KUTIP_DIGEST_SIZE];

  g_return_val_if_fail (folder == NULL || G_IS_FILE (folder), NULL);

  return kutip_tagset_cache_find (folder, file, sha256, cancellable, error);
}

/* Another window or program may have the article: then it is only to be read here.
 * Without a journal for another reason, one can still work. */
static void
open_journal (Opening *self, gboolean from_other_disks)
{
  KutipOpened *opened = self->opened;
  g_autofree char *path = kutip_paths_get_journal (opened->sidecar_file);
  g_autoptr (GError) error = NULL;

  opened->journal = kutip_journal_open (path, &error);
  if (opened->journal != NULL)
    kutip_journal_set_article (opened->journal, opened->article_file,
                               opened->sidecar_file, &opened->article_stamp,
                               from_other_disks);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BUSY))
    opened->locked_elsewhere = TRUE;
  else
    opened->journal_error = g_steal_pointer (&error);
}

static void
make_document (Opening *self)
{
  KutipOpened *opened = self->opened;

  opened->document = kutip_document_new (self->article, self->tagset, self->layer);
  if (opened->journal != NULL)
    kutip_journal_replay (opened->journal, opened->document, opened->sidecar_stamp.sha256,
                          FALSE, &opened->recovered, &opened->journal_error);
  if (opened->recovered)
    opened->came_from = kutip_journal_dup_origin (opened->journal);
}

/* What an earlier run left was done to another text: it becomes one change of the layer
 * as it is found in this one. */
static void
put_back (Opening *self, KutipLayer *recovered)
{
  KutipOpened *opened = self->opened;
  g_autoptr (KutipChange) change =
      kutip_recover_compare (self->layer, recovered, _ ("Recover Unsaved Work"));
  g_autoptr (GError) error = NULL;

  if (change == NULL)
    return;
  if (kutip_document_apply (opened->document, change, &error))
    {
      kutip_journal_append_change (opened->journal, change, KUTIP_DIRECTION_DO);
      kutip_journal_flush (opened->journal, NULL);
      opened->recovered = TRUE;
    }
  else if (opened->journal_error == NULL)
    opened->journal_error = g_steal_pointer (&error);
}

static void
count_outcomes (Opening *self)
{
  KutipOpened *opened = self->opened;
  guint n[KUTIP_ANCHOR_ORPHAN + 1] = { 0 };

  for (guint i = 0; i < opened->outcomes->len; i++)
    {
      const KutipAnchorOutcome *outcome = g_ptr_array_index (opened->outcomes, i);

      n[outcome->result]++;
    }
  opened->n_kept = kutip_layer_get_n_spans (self->layer) - opened->outcomes->len;
  opened->n_moved = n[KUTIP_ANCHOR_MOVED];
  opened->n_approximate = n[KUTIP_ANCHOR_APPROXIMATE];
  opened->n_orphans = n[KUTIP_ANCHOR_ORPHAN];
}

/* What an earlier run left was done to a text that is no more. */
static KutipLayer *
recover_from_other_text (Opening *self)
{
  KutipOpened *opened = self->opened;
  g_autoptr (KutipArticle) unknown =
      kutip_article_new (self->no_text, kutip_article_get_file (self->article),
                         kutip_article_get_sha256 (self->article),
                         kutip_article_get_charset (self->article));

  return kutip_recover_layer (opened->journal, unknown, self->tagset, self->layer,
                              opened->sidecar_stamp.sha256, &opened->journal_error);
}

/* The spans are found in the text as it is now; so they are each time it is opened before
 * it is saved, with the same result, so that what was done to them since can be done
 * again. */
static gboolean
find_spans_again (Opening *self, GCancellable *cancellable, GError **error)
{
  KutipOpened *opened = self->opened;

  opened->outcomes = kutip_anchor_layer (
      self->layer, kutip_article_get_text (self->article), cancellable, error);
  if (opened->outcomes == NULL)
    return FALSE;
  count_outcomes (self);
  return TRUE;
}

static gboolean
make_document_from_other_text (Opening *self, GCancellable *cancellable, GError **error)
{
  KutipOpened *opened = self->opened;
  g_autoptr (KutipLayer) recovered = recover_from_other_text (self);

  opened->text_changed = TRUE;
  if (!find_spans_again (self, cancellable, error))
    return FALSE;
  if (recovered != NULL)
    {
      g_autoptr (GPtrArray) outcomes = kutip_anchor_layer (
          recovered, kutip_article_get_text (self->article), cancellable, error);

      if (outcomes == NULL)
        return FALSE;
    }
  opened->document = kutip_document_new (self->article, self->tagset, self->layer);
  kutip_journal_restart (opened->journal, opened->document, opened->sidecar_stamp.sha256,
                         opened->journal_error == NULL ? &opened->journal_error : NULL);
  if (recovered != NULL)
    put_back (self, recovered);
  return TRUE;
}

static gboolean
finish_document (Opening *self,
                 const KutipOpenOptions *options,
                 GCancellable *cancellable,
                 GError **error)
{
  KutipOpened *opened = self->opened;
  const char *digest = kutip_article_get_sha256 (self->article);

  if (!(options != NULL && options->no_journal) && !opened->newer_format)
    open_journal (self, options != NULL && options->from_other_disks);
  if (opened->journal != NULL && !kutip_journal_is_of (opened->journal, digest))
    {
      if (!make_document_from_other_text (self, cancellable, error))
        return FALSE;
    }
  else
    {
      if (opened->text_changed && !find_spans_again (self, cancellable, error))
        return FALSE;
      make_document (self);
    }
  if (opened->newer_format || opened->locked_elsewhere)
    kutip_document_set_read_only (opened->document, TRUE);
  return TRUE;
}

/* Little text and few annotations are read in the time of a frame: whoever waits for the
 * text gets both at once. */
static gboolean
is_long (Opening *self)
{
  const char *path = g_file_peek_path (self->opened->sidecar_file);
  GStatBuf info;

  return kutip_article_get_length (self->article) > SHORT_TEXT ||
         (path != NULL && g_stat (path, &info) == 0 &&
          (gsize) info.st_size > SHORT_SIDECAR_BYTES);
}

static gboolean
run_opening (Opening *self,
             GFile *file,
             const KutipOpenOptions *options,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (GFile) folder = NULL;

  self->opened = g_atomic_rc_box_new0 (KutipOpened);
  self->no_text = kutip_text_new ("");
  if (!resolve_files (self, file, options, error) ||
      !read_article (self, cancellable, error))
    return FALSE;
  if (options != NULL && options->text_ready != NULL && is_long (self))
    options->text_ready (self->article, options->text_ready_data);
  if (!read_sidecar_bytes (self, cancellable, error))
    return FALSE;

  folder = g_file_get_parent (self->opened->article_file);
  self->tagset = kutip_tagset_cache_find (folder, &self->opened->tagset_file,
                                          self->opened->tagset_sha256, cancellable,
                                          &self->opened->tagset_error);
  read_layer (self);
  bring_header_up_to_date (self);
  await_digest (self);
  return finish_document (self, options, cancellable, error);
}

KutipOpened *
kutip_open (GFile *file,
            const KutipOpenOptions *options,
            GCancellable *cancellable,
            GError **error)
{
  Opening self = { 0 };
  KutipOpened *opened = NULL;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  if (run_opening (&self, file, options, cancellable, error))
    opened = g_steal_pointer (&self.opened);
  clear_opening (&self);
  return opened;
}
