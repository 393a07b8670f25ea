/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/journal-private.h"

#include "store/paths.h"
#include "store/write.h"

#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

/* A longer history than this is shortened when it is opened. */
#define MAX_CHANGES 10000
#define MAX_HISTORY_BYTES ((gsize) 32 << 20)

/* A line, and at which byte of the file it begins. */
typedef struct
{
  KutipLine line;
  gsize start;
} FoundLine;

/* A journal as it was found. */
typedef struct
{
  KutipJournal *journal;
  KutipDocument *document;
  GArray *lines; /* of FoundLine, without the first */
  char base[65]; /* digest of the sidecar that it began with */
  const char *bytes;
  gsize n_bytes;
  gsize n_good;    /* up to the first line that cannot be used */
  guint n_torn;    /* bytes of a last line without an end */
  gboolean broken; /* there is a line that cannot be used */
  guint position;  /* number of DO, UNDO, REDO */
  guint n_safe;    /* so many of them are in some file that was saved */
  guint n_on_disk; /* so many of them are in the sidecar as it is */
  gboolean fits;   /* the sidecar is one that the journal knows */
  gboolean is_far; /* it is of an article on another disk */
} Found;

static void
clear_line (gpointer data)
{
  FoundLine *found = data;

  kutip_line_clear (&found->line);
}

static const KutipLine *
get_line (Found *self, guint i)
{
  return &g_array_index (self->lines, FoundLine, i).line;
}

static gboolean
is_step (const KutipLine *line)
{
  return line->kind == KUTIP_LINE_DO || line->kind == KUTIP_LINE_UNDO ||
         line->kind == KUTIP_LINE_REDO;
}

/* What a header says of the tag set, the charset and the ids used is as it is now,
 * whatever it was when the line was written: no person's change. */
static KutipHeader *
bring_up_to_date (KutipHeader *header, KutipHeader *now)
{
  KutipHeaderFields fields = *kutip_header_get_fields (header);
  const KutipHeaderFields *current = kutip_header_get_fields (now);

  fields.tagset_name = current->tagset_name;
  fields.tagset_version = current->tagset_version;
  fields.tagset_foreign = current->tagset_foreign;
  fields.encoding = current->encoding;
  fields.annotator = current->annotator;
  fields.last_id = current->last_id;
  return kutip_header_new (&fields);
}

static KutipChange *
adapt_change (KutipChange *change, KutipHeader *now)
{
  KutipChange *adapted = kutip_change_new (kutip_change_get_title (change));
  guint n = kutip_change_get_n_edits (change);

  for (guint i = 0; i < n; i++)
    {
      const KutipEdit *edit = kutip_change_get_nth_edit (change, i);

      if (edit->kind == KUTIP_EDIT_SPAN)
        kutip_change_add_span (adapted, edit->before, edit->after);
      else if (edit->kind == KUTIP_EDIT_RELATION)
        kutip_change_add_relation (adapted, edit->before, edit->after);
      else
        {
          g_autoptr (KutipHeader) before = bring_up_to_date (edit->before, now);
          g_autoptr (KutipHeader) after = bring_up_to_date (edit->after, now);

          kutip_change_add_header (adapted, before, after);
        }
    }
  return adapted;
}

static void
take_line (Found *self, KutipLine *line, gsize start)
{
  FoundLine found = { .start = start };

  if (line->change != NULL)
    {
      KutipLayer *layer = kutip_document_get_layer (self->document);
      KutipChange *adapted = adapt_change (line->change, kutip_layer_get_header (layer));

      kutip_change_unref (line->change);
      line->change = adapted;
    }
  if (is_step (line))
    self->position++;
  found.line = *line;
  g_array_append_val (self->lines, found);
}

static void
parse (Found *self)
{
  KutipText *text = kutip_document_get_text (self->document);
  const char *bytes = self->bytes;
  gsize n_bytes = self->n_bytes;
  gsize at = 0;

  while (at < n_bytes && !self->broken)
    {
      const char *end = memchr (bytes + at, '\n', n_bytes - at);
      KutipLine line;

      if (end == NULL)
        {
          self->n_torn = (guint) (n_bytes - at);
          break;
        }
      self->broken =
          !kutip_line_parse (bytes + at, (gsize) (end - bytes) - at, text, &line, NULL);
      if (!self->broken && at == 0)
        {
          self->broken = line.kind != KUTIP_LINE_START;
          g_strlcpy (self->base, line.sha256, sizeof self->base);
          kutip_line_clear (&line);
        }
      else if (!self->broken)
        take_line (self, &line, at);
      if (!self->broken)
        at = self->n_good = (gsize) (end - bytes) + 1;
    }
}

/* An older version than the one saved last is on the disk only if somebody put it back,
 * who will not want to have the changes done again. */
static void
match (Found *self, const char *sidecar_sha256)
{
  guint position = 0;

  self->fits = self->n_good > 0 && strcmp (self->base, sidecar_sha256) == 0;
  for (guint i = 0; i < self->lines->len; i++)
    {
      const KutipLine *line = get_line (self, i);

      if (is_step (line))
        position++;
      if (line->kind == KUTIP_LINE_SAVED || line->kind == KUTIP_LINE_ELSEWHERE)
        self->n_safe = line->position;
      if (line->kind != KUTIP_LINE_SAVED && line->kind != KUTIP_LINE_SAVING)
        continue;
      if (strcmp (line->sha256, sidecar_sha256) == 0)
        {
          self->fits = line->position <= position;
          self->n_on_disk = line->position;
        }
      else if (line->kind == KUTIP_LINE_SAVED)
        self->fits = FALSE;
    }
}

static void
step_history (KutipHistory *history, const KutipLine *line)
{
  if (line->kind == KUTIP_LINE_DO)
    kutip_history_push (history, line->change);
  else if (line->kind == KUTIP_LINE_UNDO && kutip_history_peek_undo (history) != NULL)
    kutip_history_step_back (history);
  else if (line->kind == KUTIP_LINE_REDO && kutip_history_peek_redo (history) != NULL)
    kutip_history_step_forward (history);
}

/* The history up to what the sidecar holds: nothing is done, only remembered. */
static KutipHistory *
make_history (Found *self)
{
  KutipHistory *history = kutip_history_new ();
  guint n_future = 0;
  guint position = 0;

  for (guint i = 0; i < self->lines->len; i++)
    {
      const KutipLine *line = get_line (self, i);

      if (line->kind != KUTIP_LINE_PAST && line->kind != KUTIP_LINE_FUTURE)
        break;
      kutip_history_push (history, line->change);
      n_future += line->kind == KUTIP_LINE_FUTURE;
    }
  while (n_future-- > 0)
    kutip_history_step_back (history);
  for (guint i = 0; i < self->lines->len && position < self->n_on_disk; i++)
    {
      const KutipLine *line = get_line (self, i);

      if (!is_step (line))
        continue;
      step_history (history, line);
      position++;
    }
  return history;
}

static gboolean
do_again (Found *self, const KutipLine *line, GError **error)
{
  if (line->kind == KUTIP_LINE_DO)
    return kutip_document_apply (self->document, line->change, error);
  if (line->kind == KUTIP_LINE_UNDO ? kutip_document_undo (self->document)
                                    : kutip_document_redo (self->document))
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                       _ ("there is nothing to undo or redo"));
  return FALSE;
}

/* What was done after the sidecar was saved. Where that fails, the journal is good up to
 * there. */
static gboolean
do_all_again (Found *self, GError **error)
{
  guint position = 0;

  for (guint i = 0; i < self->lines->len; i++)
    {
      const KutipLine *line = get_line (self, i);

      if (!is_step (line))
        continue;
      if (position >= self->n_on_disk && !do_again (self, line, error))
        {
          self->n_good = g_array_index (self->lines, FoundLine, i).start;
          self->position = position;
          self->broken = TRUE;
          return FALSE;
        }
      position++;
    }
  return TRUE;
}

static GFile *
set_aside (KutipJournal *journal, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (journal->path);

  return kutip_write_set_aside (file, "aside", error);
}

static void
tell_aside (const char *path, const char *reason, GError **error)
{
  g_set_error (
      error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
      /* Translators: a file name, and why: a whole sentence, or a part of one */
      _ ("Unsaved work of an earlier run could not be put back, or not all of it. It "
         "is kept in “%1$s”: %2$s"),
      path, reason);
}

/* A copy under another name, of a file that goes on being used in part; the path, or NULL
 * when it could not be written. */
static char *
keep_copy (KutipJournal *journal, const char *mark, const char *bytes, gsize n_bytes)
{
  g_autoptr (GFile) file = g_file_new_for_path (journal->path);
  KutipStamp stamp = { 0 };

  for (guint i = 1; i < 10000; i++)
    {
      g_autoptr (GFile) copy = kutip_paths_get_numbered (file, mark, i);
      g_autoptr (GError) error = NULL;

      if (kutip_write_file_over (copy, bytes, n_bytes, &stamp, &error))
        return g_file_get_path (copy);
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG))
        break;
    }
  return NULL;
}

/* The history as it is now, as the lines of a new journal that begins with the sidecar of
 * digest @base. Where it is too long, the oldest is forgotten. */
static GString *
make_lines (KutipHistory *history, KutipDocument *document, const char *base)
{
  KutipArticle *article = kutip_document_get_article (document);
  KutipText *text = kutip_document_get_text (document);
  guint n = kutip_history_get_n_changes (history);
  guint n_done = kutip_history_get_position (history);
  g_autoptr (GPtrArray) parts =
      g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  KutipLine start = { .kind = KUTIP_LINE_START };
  GString *out = g_string_new (NULL);
  gsize n_bytes = 0;

  for (guint i = n; i > 0 && n - i < MAX_CHANGES && n_bytes < MAX_HISTORY_BYTES; i--)
    {
      KutipLine line = { .kind = i > n_done ? KUTIP_LINE_FUTURE : KUTIP_LINE_PAST,
                         .change = kutip_history_get_nth (history, i - 1) };
      GString *part = g_string_new (NULL);

      kutip_line_append (part, &line, text);
      n_bytes += part->len;
      g_ptr_array_add (parts, g_string_free_to_bytes (part));
    }
  g_strlcpy (start.sha256, base, sizeof start.sha256);
  g_strlcpy (start.article_sha256, kutip_article_get_sha256 (article),
             sizeof start.article_sha256);
  kutip_line_append (out, &start, text);
  for (guint i = parts->len; i > 0; i--)
    {
      GBytes *part = g_ptr_array_index (parts, i - 1);

      g_string_append_len (out, g_bytes_get_data (part, NULL),
                           (gssize) g_bytes_get_size (part));
    }
  return out;
}

static gboolean
is_too_long (Found *self)
{
  guint n_changes = 0;

  for (guint i = 0; i < self->lines->len; i++)
    n_changes += get_line (self, i)->change != NULL;
  return n_changes > MAX_CHANGES + MAX_CHANGES / 4 || self->n_good > MAX_HISTORY_BYTES;
}

/* Shortens a journal whose every change is in the sidecar; it is written anew, whole or
 * not at all. Returns its length, or 0 when it stays as it is. */
static gsize
shorten (Found *self, KutipHistory *history, const char *sidecar_sha256)
{
  g_autoptr (GFile) file = g_file_new_for_path (self->journal->path);
  GString *lines = make_lines (history, self->document, sidecar_sha256);
  gsize n_bytes = 0;

  if (kutip_write_file (file, lines->str, lines->len, NULL))
    n_bytes = lines->len;
  g_string_free (lines, TRUE);
  return n_bytes;
}

static gboolean
begin_anew (KutipJournal *self,
            KutipDocument *document,
            const char *sidecar_sha256,
            GFile **aside,
            GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GFile) kept = set_aside (self, &local_error);

  kutip_journal_begin (self, document, sidecar_sha256, 0, 0);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (aside != NULL)
    *aside = g_steal_pointer (&kept);
  return TRUE;
}

static const char *
tell_reason (Found *self)
{
  const char *end = memchr (self->bytes, '\n', self->n_bytes);

  if (self->n_good > 0)
    return _ ("The annotations have been changed by somebody else.");
  if (end != NULL && kutip_line_is_newer (self->bytes, (gsize) (end - self->bytes)))
    return _ ("It was written by a newer version of Kutip.");
  return _ ("The recovery file is damaged.");
}

/* Nothing of it can be used. That is worth telling only if there is work in it that no
 * file has. */
static gboolean
reject (Found *self, const char *sidecar_sha256, GError **error)
{
  gboolean has_unsaved = self->position > self->n_safe || self->broken;
  g_autoptr (GFile) aside = NULL;

  if (!begin_anew (self->journal, self->document, sidecar_sha256, &aside, error))
    return FALSE;
  if (!has_unsaved || aside == NULL)
    return TRUE;
  tell_aside (g_file_peek_path (aside), tell_reason (self), error);
  return FALSE;
}

/* Goes on with the file as far as it is good. */
static void
go_on (Found *self, KutipHistory *history, const char *sidecar_sha256)
{
  gsize n_good = self->n_good;
  guint position = self->position;

  if (!self->broken && self->n_on_disk == self->position && is_too_long (self))
    {
      gsize n_short = shorten (self, history, sidecar_sha256);

      if (n_short > 0)
        {
          n_good = n_short;
          position = 0;
        }
    }
  kutip_journal_begin (self->journal, self->document, sidecar_sha256, (goffset) n_good,
                       position);
  self->journal->n_safe = MIN (self->n_on_disk, position);
}

/* What cannot be used is cut off, after a copy was kept: of a torn line alone, or of
 * everything. Where that is not possible, nothing more is written to this file. The path
 * of what was kept. */
static char *
cut_off (Found *self)
{
  g_autoptr (GFile) aside = NULL;
  char *path;

  if (self->broken)
    path = keep_copy (self->journal, "aside", self->bytes, self->n_bytes);
  else
    path = keep_copy (self->journal, "torn", self->bytes + self->n_good, self->n_torn);
  if (path != NULL && truncate (self->journal->path, (off_t) self->n_good) == 0)
    return path;
  g_free (path);
  self->n_good = 0;
  self->position = 0;
  aside = set_aside (self->journal, NULL);
  return aside != NULL ? g_file_get_path (aside) : NULL;
}

static gboolean
accept (Found *self, const char *sidecar_sha256, gboolean text_changed, GError **error)
{
  g_autoptr (KutipHistory) history = make_history (self);
  g_autoptr (GError) local_error = NULL;
  g_autofree char *path = NULL;

  kutip_document_restore_history (self->document, history);
  do_all_again (self, &local_error);
  if (self->broken || self->n_torn > 0)
    path = cut_off (self);
  if (!text_changed)
    go_on (self, history, sidecar_sha256);
  if (!self->broken)
    return TRUE;
  tell_aside (path != NULL ? path : self->journal->path,
              local_error != NULL ? local_error->message
                                  : _ ("The recovery file is damaged."),
              error);
  return FALSE;
}

/* NULL without an error when there is nothing. Kept until recording begins. */
static GBytes *
read_file (KutipJournal *self, GError **error)
{
  g_autoptr (GFile) file = NULL;
  KutipStamp stamp;

  if (self->found != NULL)
    return self->found;
  file = g_file_new_for_path (self->path);
  self->found = kutip_stamp_read (file, KUTIP_JOURNAL_MAX_BYTES, &stamp, NULL, error);
  if (self->found != NULL && g_bytes_get_size (self->found) == 0)
    g_clear_pointer (&self->found, g_bytes_unref);
  return self->found;
}

/* Of another disk only what fits is of use, and only if there is work in it. */
static gboolean
is_usable (Found *self)
{
  if (!self->is_far)
    return self->fits;
  return self->fits && self->position > self->n_on_disk &&
         kutip_journal_copy_far (self->journal, self->journal->found);
}

gboolean
kutip_journal_replay (KutipJournal *self,
                      KutipDocument *document,
                      const char *sidecar_sha256,
                      gboolean text_changed,
                      gboolean *recovered,
                      GError **error)
{
  GBytes *bytes;
  g_autoptr (GError) local_error = NULL;
  Found found = { .journal = self, .document = document };
  gboolean done = TRUE;

  g_return_val_if_fail (self != NULL && self->thread == NULL, FALSE);
  g_return_val_if_fail (KUTIP_IS_DOCUMENT (document), FALSE);
  g_return_val_if_fail (sidecar_sha256 != NULL, FALSE);

  *recovered = FALSE;
  bytes = read_file (self, &local_error);
  if (local_error != NULL)
    {
      begin_anew (self, document, sidecar_sha256, NULL, NULL);
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (bytes == NULL && self->far_sidecar != NULL)
    {
      found.is_far = TRUE;
      bytes = self->found = kutip_journal_read_far (
          self, kutip_article_get_sha256 (kutip_document_get_article (document)));
    }
  if (bytes == NULL)
    {
      kutip_journal_begin (self, document, sidecar_sha256, 0, 0);
      return TRUE;
    }
  found.bytes = g_bytes_get_data (bytes, &found.n_bytes);
  found.lines = g_array_new (FALSE, FALSE, sizeof (FoundLine));
  g_array_set_clear_func (found.lines, clear_line);
  parse (&found);
  match (&found, sidecar_sha256);
  if (is_usable (&found))
    done = accept (&found, sidecar_sha256, text_changed, error);
  else if (!found.is_far)
    done = reject (&found, sidecar_sha256, error);
  else
    kutip_journal_begin (self, document, sidecar_sha256, 0, 0);
  g_array_unref (found.lines);
  g_clear_pointer (&self->found, g_bytes_unref);
  *recovered = kutip_document_is_modified (document);
  return done;
}

/* Only the first line is read. */
gboolean
kutip_journal_is_of (KutipJournal *self, const char *article_sha256)
{
  GBytes *bytes;
  g_auto (KutipLine) line = { 0 };
  const char *data, *end;
  gsize n_bytes;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (article_sha256 != NULL, FALSE);

  bytes = read_file (self, NULL);
  if (bytes == NULL)
    return TRUE;
  data = g_bytes_get_data (bytes, &n_bytes);
  end = memchr (data, '\n', n_bytes);
  return end == NULL ||
         !kutip_line_parse (data, (gsize) (end - data), NULL, &line, NULL) ||
         line.kind != KUTIP_LINE_START ||
         strcmp (line.article_sha256, article_sha256) == 0;
}

gboolean
kutip_journal_restart (KutipJournal *self,
                       KutipDocument *document,
                       const char *sidecar_sha256,
                       GError **error)
{
  g_return_val_if_fail (self != NULL && self->thread == NULL, FALSE);
  g_return_val_if_fail (KUTIP_IS_DOCUMENT (document), FALSE);
  g_return_val_if_fail (sidecar_sha256 != NULL, FALSE);

  return begin_anew (self, document, sidecar_sha256, NULL, error);
}
