/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/journal-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* How long what was written may wait for the disk. */
#define SYNC_DELAY (1 * G_USEC_PER_SEC)
/* How long to wait for a lock that is about to be let go: the same article closed and
 * opened again. */
#define LOCK_TRIES 25
#define LOCK_STEP (10 * 1000)
/* Lines are gathered up to about this size for one write; a single one can be much
 * longer, but what it took is not kept after it. */
#define MAX_GATHERED ((gsize) 1 << 20)

/* The writing end, in its thread. */
typedef struct
{
  KutipJournal *journal;
  int fd;
  GString *bytes;        /* whole lines, not yet written */
  guint64 n_gathered;    /* lines taken from the queue so far */
  gint64 unsynced_since; /* monotonic; 0: nothing */
  gboolean folder_synced;
} Writer;

static gboolean
fail (const char *path, int code, GError **error)
{
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code),
               /* Translators: a file name, and the reason that the system gives */
               _ ("The recovery file “%1$s” cannot be written: %2$s"), path,
               g_strerror (code));
  return FALSE;
}

/* The lock file goes away when its owner does, so what was locked must still be what has
 * the name. */
static gboolean
is_still_there (int fd, const char *path)
{
  struct stat of_fd, of_path;

  return fstat (fd, &of_fd) == 0 && stat (path, &of_path) == 0 &&
         of_fd.st_dev == of_path.st_dev && of_fd.st_ino == of_path.st_ino;
}

int
kutip_journal_try_lock (const char *path)
{
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);

  if (fd < 0)
    return -1;
  if (flock (fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
    {
      close (fd);
      errno = EWOULDBLOCK;
      return -1;
    }
  /* Where the file system knows no locks, one program has to be enough. */
  if (is_still_there (fd, path))
    return fd;
  close (fd);
  errno = EAGAIN;
  return -1;
}

static int
take_lock (const char *journal, GError **error)
{
  g_autofree char *path = g_strconcat (journal, ".lock", NULL);
  int code = EWOULDBLOCK;

  for (guint i = 0; i < LOCK_TRIES; i++)
    {
      int fd = kutip_journal_try_lock (path);

      if (fd >= 0)
        return fd;
      code = errno;
      if (code != EWOULDBLOCK && code != EAGAIN && code != EINTR)
        break;
      g_usleep (LOCK_STEP);
    }
  if (code == EWOULDBLOCK)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_BUSY,
                         _ ("The article is open in another window or program."));
  else
    fail (path, code, error);
  return -1;
}

KutipJournal *
kutip_journal_open (const char *path, GError **error)
{
  g_autofree char *folder = NULL;
  KutipJournal *self;
  int lock_fd;

  g_return_val_if_fail (path != NULL, NULL);

  folder = g_path_get_dirname (path);
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      fail (folder, errno, error);
      return NULL;
    }
  lock_fd = take_lock (path, error);
  if (lock_fd < 0)
    return NULL;

  self = g_new0 (KutipJournal, 1);
  self->path = g_strdup (path);
  self->lock_fd = lock_fd;
  g_mutex_init (&self->lock);
  g_cond_init (&self->queued);
  g_cond_init (&self->written);
  g_queue_init (&self->lines);
  return self;
}

static void
free_line (gpointer data)
{
  kutip_line_clear (data);
  g_free (data);
}

/* With the lock held. FALSE when there is nothing to gather. */
static gboolean
gather (Writer *self)
{
  KutipJournal *journal = self->journal;
  KutipLine *line;

  while (self->bytes->len < MAX_GATHERED &&
         (line = g_queue_pop_head (&journal->lines)) != NULL)
    {
      /* What takes long is done without the lock: the main thread must not wait for it.
       */
      g_mutex_unlock (&journal->lock);
      kutip_line_append (self->bytes, line, journal->text);
      free_line (line);
      g_mutex_lock (&journal->lock);
      self->n_gathered++;
    }
  return self->bytes->len > 0;
}

static gboolean
open_file (Writer *self, GError **error)
{
  KutipJournal *journal = self->journal;

  if (self->fd >= 0)
    return TRUE;
  do
    self->fd =
        open (journal->path,
              O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY, 0600);
  while (self->fd < 0 && errno == EINTR);
  if (self->fd < 0)
    return fail (journal->path, errno, error);
  kutip_journal_write_place (journal);
  return TRUE;
}

/* One change of 100,000 spans is a line of 70 MB. */
static void
forget_gathered (Writer *self)
{
  if (self->bytes->allocated_len > 4 * MAX_GATHERED)
    {
      g_string_free (self->bytes, TRUE);
      self->bytes = g_string_new (NULL);
    }
  else
    g_string_truncate (self->bytes, 0);
}

/* Everything gathered, or nothing: a line that went in only in part is cut off again, now
 * or at the next try. */
static gboolean
write_gathered (Writer *self, GError **error)
{
  KutipJournal *journal = self->journal;
  gsize n_done = 0;

  if (!open_file (self, error))
    return FALSE;
  if (ftruncate (self->fd, journal->n_good) != 0 ||
      lseek (self->fd, journal->n_good, SEEK_SET) < 0)
    return fail (journal->path, errno, error);
  while (n_done < self->bytes->len)
    {
      gssize n = write (self->fd, self->bytes->str + n_done, self->bytes->len - n_done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          fail (journal->path, errno, error);
          if (ftruncate (self->fd, journal->n_good) != 0)
            g_debug ("A torn line stays until the next write.");
          return FALSE;
        }
      n_done += (gsize) n;
    }
  journal->n_good += (goffset) self->bytes->len;
  forget_gathered (self);
  if (self->unsynced_since == 0)
    self->unsynced_since = g_get_monotonic_time ();
  return TRUE;
}

/* So that a new file's name is on the disk too; not all file systems can, or need to. */
static void
sync_folder (Writer *self)
{
  g_autofree char *folder = g_path_get_dirname (self->journal->path);
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    return;
  self->folder_synced = fsync (fd) == 0 || errno == EINVAL;
  close (fd);
}

static gboolean
sync_file (Writer *self, GError **error)
{
  int result;

  if (self->unsynced_since == 0)
    return TRUE;
  do
    result = fdatasync (self->fd);
  while (result != 0 && errno == EINTR);
  if (result != 0)
    return fail (self->journal->path, errno, error);
  if (!self->folder_synced)
    {
      kutip_journal_sync_place (self->journal);
      sync_folder (self);
    }
  self->unsynced_since = 0;
  return TRUE;
}

static void
append_start (Writer *self)
{
  KutipJournal *journal = self->journal;
  KutipLine line = { .kind = KUTIP_LINE_START };

  g_strlcpy (line.sha256, journal->base_sha256, sizeof line.sha256);
  g_strlcpy (line.article_sha256, journal->article_sha256, sizeof line.article_sha256);
  kutip_line_append (self->bytes, &line, journal->text);
  journal->started = TRUE;
}

/* With the lock held: until there is something to do. */
static void
wait_for_work (Writer *self)
{
  KutipJournal *journal = self->journal;

  while (g_queue_is_empty (&journal->lines) && !journal->closing &&
         journal->n_flushing == 0)
    {
      if (self->unsynced_since == 0)
        g_cond_wait (&journal->queued, &journal->lock);
      else if (!g_cond_wait_until (&journal->queued, &journal->lock,
                                   self->unsynced_since + SYNC_DELAY))
        return;
    }
}

/* One round: what is queued is written, and put on the disk when it is time. With the
 * lock held. */
static void
work (Writer *self)
{
  KutipJournal *journal = self->journal;
  g_autoptr (GError) error = NULL;
  guint n_asked = journal->n_flushing;
  gboolean wanted = journal->closing || n_asked > 0;
  gboolean is_due, done;

  if (!journal->started && !g_queue_is_empty (&journal->lines))
    append_start (self);
  gather (self);
  is_due = self->unsynced_since != 0 &&
           g_get_monotonic_time () - self->unsynced_since >= SYNC_DELAY;
  g_mutex_unlock (&journal->lock);
  done = self->bytes->len == 0 || write_gathered (self, &error);
  if (done && (wanted || is_due))
    done = sync_file (self, &error);
  g_mutex_lock (&journal->lock);
  if (done)
    journal->n_written = self->n_gathered;
  else
    self->unsynced_since = 0; /* not again before something comes in or somebody asks */
  g_clear_error (&journal->error);
  journal->error = g_steal_pointer (&error);
  if (!g_queue_is_empty (&journal->lines) && done)
    return;
  /* Those who asked meanwhile wait for the next round. */
  journal->n_flushing -= n_asked;
  if (n_asked > 0)
    g_cond_broadcast (&journal->written);
}

static gpointer
write_in_thread (gpointer data)
{
  Writer self = { .journal = data, .fd = -1 };
  KutipJournal *journal = data;

  self.bytes = g_string_new (NULL);
  g_mutex_lock (&journal->lock);
  do
    {
      wait_for_work (&self);
      work (&self);
    }
  while (!journal->closing || (!g_queue_is_empty (&journal->lines) && !journal->error));
  g_mutex_unlock (&journal->lock);
  if (self.fd >= 0)
    close (self.fd);
  g_string_free (self.bytes, TRUE);
  return NULL;
}

void
kutip_journal_begin (KutipJournal *self,
                     KutipDocument *document,
                     const char *base_sha256,
                     goffset n_good,
                     guint position)
{
  KutipArticle *article = kutip_document_get_article (document);

  g_assert (self->thread == NULL);
  g_clear_pointer (&self->text, kutip_text_unref);
  self->text = kutip_text_ref (kutip_document_get_text (document));
  g_strlcpy (self->article_sha256, kutip_article_get_sha256 (article),
             sizeof self->article_sha256);
  g_strlcpy (self->base_sha256, base_sha256, sizeof self->base_sha256);
  self->n_good = n_good;
  self->started = n_good > 0;
  self->position = self->n_safe = position;
}

/* Takes what @line owns. The thread begins with the first line: most articles are only
 * read. */
static void
queue_line (KutipJournal *self, KutipLine *line)
{
  g_mutex_lock (&self->lock);
  g_queue_push_tail (&self->lines, g_memdup2 (line, sizeof *line));
  self->n_queued++;
  if (line->kind == KUTIP_LINE_SAVED || line->kind == KUTIP_LINE_ELSEWHERE)
    self->n_safe = line->position;
  if (self->thread == NULL)
    self->thread = g_thread_new ("kutip-journal", write_in_thread, self);
  g_cond_signal (&self->queued);
  g_mutex_unlock (&self->lock);
}

void
kutip_journal_append_change (KutipJournal *self,
                             KutipChange *change,
                             KutipDirection direction)
{
  KutipLine line = { .kind = KUTIP_LINE_DO };

  g_return_if_fail (self != NULL && self->text != NULL);
  g_return_if_fail (change != NULL);

  if (direction == KUTIP_DIRECTION_UNDO)
    line.kind = KUTIP_LINE_UNDO;
  else if (direction == KUTIP_DIRECTION_REDO)
    line.kind = KUTIP_LINE_REDO;
  else
    line.change = kutip_change_ref (change);
  self->position++;
  queue_line (self, &line);
}

guint
kutip_journal_get_position (KutipJournal *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->position;
}

static void
queue_digest (KutipJournal *self,
              KutipLineKind kind,
              const char *sidecar_sha256,
              guint position)
{
  KutipLine line = { .kind = kind, .position = position };

  g_strlcpy (line.sha256, sidecar_sha256, sizeof line.sha256);
  queue_line (self, &line);
}

void
kutip_journal_append_saving (KutipJournal *self,
                             const char *sidecar_sha256,
                             guint position)
{
  g_return_if_fail (self != NULL && self->text != NULL);
  g_return_if_fail (sidecar_sha256 != NULL);

  queue_digest (self, KUTIP_LINE_SAVING, sidecar_sha256, position);
}

void
kutip_journal_append_saved (KutipJournal *self,
                            const char *sidecar_sha256,
                            guint position)
{
  g_return_if_fail (self != NULL && self->text != NULL);
  g_return_if_fail (sidecar_sha256 != NULL);

  queue_digest (self, KUTIP_LINE_SAVED, sidecar_sha256, position);
}

void
kutip_journal_append_saved_elsewhere (KutipJournal *self, guint position)
{
  g_return_if_fail (self != NULL && self->text != NULL);

  queue_digest (self, KUTIP_LINE_ELSEWHERE, "", position);
}

gboolean
kutip_journal_flush (KutipJournal *self, GError **error)
{
  guint64 wanted;
  gboolean done;

  g_return_val_if_fail (self != NULL, FALSE);

  g_mutex_lock (&self->lock);
  wanted = self->n_queued;
  if (self->thread != NULL)
    {
      do
        {
          self->n_flushing++;
          g_cond_signal (&self->queued);
          g_cond_wait (&self->written, &self->lock);
        }
      while (self->n_written < wanted && self->error == NULL);
    }
  done = self->error == NULL;
  if (!done && error != NULL)
    *error = g_error_copy (self->error);
  g_mutex_unlock (&self->lock);
  return done;
}

void
kutip_journal_close (KutipJournal *self)
{
  g_autofree char *lock_path = NULL;

  g_return_if_fail (self != NULL);

  if (self->thread != NULL)
    {
      g_mutex_lock (&self->lock);
      self->closing = TRUE;
      g_cond_signal (&self->queued);
      g_mutex_unlock (&self->lock);
      g_thread_join (self->thread);
    }
  lock_path = g_strconcat (self->path, ".lock", NULL);
  /* Where it was not even looked at, all is as an earlier run left it. */
  if (self->text != NULL && self->position == self->n_safe)
    kutip_journal_forget_place (self);
  unlink (lock_path);
  close (self->lock_fd);
  g_queue_clear_full (&self->lines, free_line);
  g_clear_pointer (&self->found, g_bytes_unref);
  g_clear_pointer (&self->text, kutip_text_unref);
  g_clear_error (&self->error);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->queued);
  g_cond_clear (&self->written);
  g_free (self->place);
  g_free (self->path_by_file);
  g_free (self->path_by_text);
  g_free (self->far_sidecar);
  g_free (self->far_article);
  g_free (self->origin);
  g_free (self->path);
  g_free (self);
}
