/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/convert-spool.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <unistd.h>

#define PART ((gsize) 1 << 16)

struct _KutipSpool
{
  int fd;
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
    }
  return TRUE;
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
