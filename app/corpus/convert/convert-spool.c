/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/convert/convert-spool.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <sys/mman.h>
#include <unistd.h>

#define PART ((gsize) 1 << 16)

/* Microseconds that what was looked at in a view may stay in the memory: a reader gets
 * a few megabytes further in them. */
#define STAY (5 * G_TIME_SPAN_MILLISECOND)

struct _KutipSpool
{
  int fd;
  gsize n_bytes;
};

struct _KutipSpoolView
{
  char *bytes;
  gsize n_bytes;
  GThread *thread; /* that lets go of what was looked at, or NULL: all of it stays */
  GMutex lock;
  GCond ended;
  gboolean end; /* guarded */
};

static gboolean
fail (GError **error, int code)
{
  g_set_error (error, G_IO_ERROR, (gint) g_io_error_from_errno (code),
               /* Translators: the folder for temporary files, and the reason that the
                * system gives */
               _ ("In “%1$s”, what is too much for the memory cannot be kept: %2$s"),
               g_get_tmp_dir (), g_strerror (code));
  return FALSE;
}

KutipSpool *
kutip_spool_new (GError **error)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "kutip-XXXXXX", NULL);
  int fd = g_mkstemp (path);
  KutipSpool *self;

  if (fd < 0)
    {
      fail (error, errno);
      return NULL;
    }
  g_unlink (path);
  self = g_new (KutipSpool, 1);
  self->fd = fd;
  self->n_bytes = 0;
  return self;
}

void
kutip_spool_free (KutipSpool *self)
{
  if (self == NULL)
    return;
  close (self->fd);
  g_free (self);
}

gboolean
kutip_spool_append (KutipSpool *self, const char *bytes, gsize n, GError **error)
{
  while (n > 0)
    {
      gssize written = write (self->fd, bytes, n);

      if (written < 0 && errno != EINTR)
        return fail (error, errno);
      bytes += MAX (written, 0);
      n -= (gsize) MAX (written, 0);
      self->n_bytes += (gsize) MAX (written, 0);
    }
  return TRUE;
}

gsize
kutip_spool_get_n_bytes (KutipSpool *self)
{
  return self->n_bytes;
}

gboolean
kutip_spool_replay (KutipSpool *self,
                    void (*each) (const char *bytes, gsize n, gpointer data),
                    gpointer data,
                    GError **error)
{
  g_autofree char *part = g_malloc (PART);
  goffset at = 0;
  gssize n;

  while ((n = pread (self->fd, part, PART, (off_t) at)) != 0)
    {
      if (n < 0 && errno != EINTR)
        return fail (error, errno);
      if (n <= 0)
        continue;
      each (part, (gsize) n, data);
      at += n;
    }
  return TRUE;
}

/* --- spills --- */

/* So many bytes are put together before they go to the disk. */
#define WAITING ((gsize) 1 << 14)

typedef struct
{
  KutipSpill spill;
  KutipSpool *spool;
  GString *waiting;
} Spilling;

/* Several threads may read at a time, once all is there. */
static gboolean
flush (Spilling *self, GError **error)
{
  gboolean good;

  if (self->waiting->len == 0)
    return TRUE;
  good = kutip_spool_append (self->spool, self->waiting->str, self->waiting->len, error);
  g_string_truncate (self->waiting, 0);
  return good;
}

static gboolean
spill_append (KutipSpill *spill, const char *bytes, gsize n, GError **error)
{
  Spilling *self = (Spilling *) spill;

  if (self->waiting->len + n <= WAITING)
    {
      g_string_append_len (self->waiting, bytes, (gssize) n);
      return TRUE;
    }
  return flush (self, error) && kutip_spool_append (self->spool, bytes, n, error);
}

static gboolean
spill_read (KutipSpill *spill, guint64 at, char *bytes, gsize n, GError **error)
{
  Spilling *self = (Spilling *) spill;

  if (!flush (self, error))
    return FALSE;
  while (n > 0)
    {
      gssize n_read = pread (self->spool->fd, bytes, n, (off_t) at);

      if (n_read < 0 && errno == EINTR)
        continue;
      if (n_read <= 0)
        return fail (error, n_read < 0 ? errno : EIO);
      bytes += n_read;
      at += (guint64) n_read;
      n -= (gsize) n_read;
    }
  return TRUE;
}

static void
free_spilling (KutipSpill *spill)
{
  Spilling *self = (Spilling *) spill;

  kutip_spool_free (self->spool);
  g_string_free (self->waiting, TRUE);
  g_free (self);
}

KutipSpill *
kutip_spool_new_spill (GError **error)
{
  KutipSpool *spool = kutip_spool_new (error);
  Spilling *self;

  if (spool == NULL)
    return NULL;
  self = g_new0 (Spilling, 1);
  self->spill =
      (KutipSpill){ .append = spill_append, .read = spill_read, .free = free_spilling };
  self->spool = spool;
  self->waiting = g_string_new (NULL);
  return &self->spill;
}

/* --- views --- */

static gpointer
let_go (gpointer data)
{
  KutipSpoolView *self = data;

  g_mutex_lock (&self->lock);
  while (!self->end)
    {
      gint64 until = g_get_monotonic_time () + STAY;

      while (!self->end && g_cond_wait_until (&self->ended, &self->lock, until))
        continue;
      kutip_spool_view_let_go (self->bytes, self->n_bytes);
    }
  g_mutex_unlock (&self->lock);
  return NULL;
}

KutipSpoolView *
kutip_spool_view_new (KutipSpool *spool, GError **error)
{
  KutipSpoolView *self;
  char *bytes = NULL;

  if (spool->n_bytes > 0)
    bytes = mmap (NULL, spool->n_bytes, PROT_READ, MAP_SHARED, spool->fd, 0);
  if (bytes == MAP_FAILED)
    {
      fail (error, errno);
      return NULL;
    }
  self = g_new0 (KutipSpoolView, 1);
  self->bytes = bytes;
  self->n_bytes = spool->n_bytes;
  g_mutex_init (&self->lock);
  g_cond_init (&self->ended);
  if (self->n_bytes > 0)
    self->thread = g_thread_try_new ("spool", let_go, self, NULL);
  return self;
}

void
kutip_spool_view_free (KutipSpoolView *self)
{
  if (self == NULL)
    return;
  g_mutex_lock (&self->lock);
  self->end = TRUE;
  g_cond_signal (&self->ended);
  g_mutex_unlock (&self->lock);
  g_clear_pointer (&self->thread, g_thread_join);
  if (self->n_bytes > 0)
    munmap (self->bytes, self->n_bytes);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->ended);
  g_free (self);
}

const char *
kutip_spool_view_get (KutipSpoolView *self, gsize *n_bytes)
{
  *n_bytes = self->n_bytes;
  return self->n_bytes == 0 ? "" : self->bytes;
}

void
kutip_spool_view_let_go (const char *bytes, gsize n_bytes)
{
  /* Of a file that is shared nothing is lost by it. */
  madvise ((gpointer) bytes, n_bytes, MADV_DONTNEED);
}
