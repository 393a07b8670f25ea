/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/convert/convert-stream.h"

#include "corpus/convert/convert-spool.h"
#include "store/open.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CHUNK ((gsize) 1 << 18)
/* More than that of a file of many articles is put on the disk. */
#define MOST_HELD ((gsize) 1 << 20)
/* Enough for a format to know its own. */
#define HEAD ((gsize) 1 << 16)
/* But the first of many lines may have to be looked at as a whole: what it is, stands
 * behind an article's text. */
#define LONG_HEAD ((gsize) 1 << 24)

/* What is kept of the first of several units. */
#define FIRST ((gsize) 1 << 12)

struct _KutipConvertStream
{
  char *path;
  int fd;
  gboolean is_standard_input;
  gboolean may_wait; /* it is a pipe, a terminal, or the like */
  guint64 size;      /* of a file that is none of these */
  GCancellable *cancellable;
  GByteArray *buffer;
  gsize position; /* of what was not handed out yet */
  guint64 n_read;
  gboolean at_end;
  gboolean any;     /* a unit was handed out */
  GBytes *first;    /* how it began */
  gboolean several; /* it was not the last */
  gboolean on_disk; /* the last one */
  guint64 line;
};

static void
set_error (GError **error, const char *path, int code)
{
  g_autofree char *shown = g_filename_display_name (path);

  g_set_error (error, G_IO_ERROR, (gint) g_io_error_from_errno (code),
               /* Translators: a file, and the reason that the system gives */
               _ ("“%1$s” cannot be read: %2$s"), shown, g_strerror (code));
}

static void
set_too_large (GError **error, const char *path)
{
  g_autofree char *shown = g_filename_display_name (path);

  g_set_error (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID,
               /* Translators: a file */
               _ ("“%s” is too large: what is read at once may have one gigabyte"),
               shown);
}

KutipConvertStream *
kutip_convert_stream_new (const char *path, GCancellable *cancellable, GError **error)
{
  gboolean is_standard_input = strcmp (path, "-") == 0;
  /* A pipe that nobody has opened for writing yet is waited for when it is read. */
  int fd =
      is_standard_input ? STDIN_FILENO : open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  struct stat status;
  KutipConvertStream *self;

  if (fd < 0)
    {
      set_error (error, path, errno);
      return NULL;
    }
  self = g_new0 (KutipConvertStream, 1);
  self->path = g_strdup (path);
  self->fd = fd;
  self->is_standard_input = is_standard_input;
  self->may_wait = fstat (fd, &status) != 0 || !S_ISREG (status.st_mode);
  self->size = self->may_wait ? 0 : (guint64) status.st_size;
  self->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  self->buffer = g_byte_array_new ();
  self->line = 1;
  return self;
}

void
kutip_convert_stream_free (KutipConvertStream *self)
{
  if (self == NULL)
    return;
  if (!self->is_standard_input)
    close (self->fd);
  g_free (self->path);
  g_clear_object (&self->cancellable);
  g_byte_array_unref (self->buffer);
  g_clear_pointer (&self->first, g_bytes_unref);
  g_free (self);
}

/* Waits until there is something to read, or until the conversion is cancelled. */
static gboolean
wait_for_input (KutipConvertStream *self, GError **error)
{
  GPollFD fds[2] = { { .fd = self->fd, .events = G_IO_IN } };
  guint n = 1;

  if (!self->may_wait)
    return TRUE;
  if (self->cancellable != NULL && g_cancellable_make_pollfd (self->cancellable, &fds[1]))
    n = 2;
  while (g_poll (fds, n, -1) < 0 && errno == EINTR)
    continue;
  if (n == 2)
    g_cancellable_release_fd (self->cancellable);
  return !g_cancellable_set_error_if_cancelled (self->cancellable, error);
}

/* Appends up to @n bytes to the buffer. */
static gboolean
read_more (KutipConvertStream *self, gsize n, GError **error)
{
  guint old = self->buffer->len;
  gssize n_read;

  if (self->position > 0)
    {
      g_byte_array_remove_range (self->buffer, 0, (guint) self->position);
      self->position = 0;
      old = self->buffer->len;
    }
  if (old + n > KUTIP_OPEN_MAX_BYTES)
    {
      set_too_large (error, self->path);
      return FALSE;
    }
  if (!wait_for_input (self, error))
    return FALSE;
  g_byte_array_set_size (self->buffer, old + (guint) n);
  do
    n_read = read (self->fd, self->buffer->data + old, n);
  while (n_read < 0 &&
         (errno == EINTR || (errno == EAGAIN && wait_for_input (self, error))));
  g_byte_array_set_size (self->buffer, old + (guint) MAX (n_read, 0));
  if (n_read < 0 && (error == NULL || *error == NULL))
    set_error (error, self->path, errno);
  self->n_read += (guint64) MAX (n_read, 0);
  self->at_end = n_read == 0;
  return n_read >= 0;
}

static gsize
count_available (KutipConvertStream *self)
{
  return self->buffer->len - self->position;
}

static const char *
peek (KutipConvertStream *self)
{
  return (const char *) self->buffer->data + self->position;
}

const char *
kutip_convert_stream_peek (KutipConvertStream *self, gsize *n_bytes, GError **error)
{
  gsize n = HEAD;

  while (!self->at_end && count_available (self) < n)
    {
      if (!read_more (self, n - count_available (self), error))
        return NULL;
      if (count_available (self) == n && n < LONG_HEAD &&
          memchr (peek (self), '{', sizeof "\xef\xbb\xbf") != NULL &&
          memchr (peek (self), '\n', n) == NULL)
        n *= 2;
    }
  *n_bytes = MIN (count_available (self), n);
  return *n_bytes == 0 ? "" : peek (self);
}

/* The next @n bytes. A long unit takes the buffer with it, and leaves a new one behind
 * with what follows: it is not there twice. */
static GBytes *
hand_out (KutipConvertStream *self, gsize n)
{
  gsize position = self->position;
  gsize n_left = count_available (self) - n;
  g_autoptr (GBytes) all = NULL;
  GByteArray *rest;

  if (n < CHUNK || n_left > n || position > n)
    {
      self->position += n;
      return g_bytes_new (peek (self) - n, n);
    }
  rest = g_byte_array_sized_new ((guint) n_left);
  g_byte_array_append (rest, (const guint8 *) peek (self) + n, (guint) n_left);
  all = g_byte_array_free_to_bytes (self->buffer);
  self->buffer = rest;
  self->position = 0;
  return g_bytes_new_from_bytes (all, position, n);
}

static GBytes *
take (KutipConvertStream *self, gsize n, guint64 *line)
{
  GBytes *unit = hand_out (self, n);
  const char *p = g_bytes_get_data (unit, NULL);
  const char *end = p == NULL ? NULL : p + n;

  self->several = self->any;
  if (!self->any)
    self->first = g_bytes_new (p, MIN (n, FIRST));
  *line = self->line;
  while (p != NULL && (p = memchr (p, '\n', (gsize) (end - p))) != NULL)
    {
      self->line++;
      p++;
    }
  self->any = TRUE;
  return unit;
}

/* The length of the unit at the position, if all of it is there. */
static gsize
find_unit (KutipConvertStream *self, const KutipFormat *format)
{
  if (count_available (self) == 0)
    return 0;
  if (format->next_unit == NULL)
    return self->at_end ? count_available (self) : 0;
  return format->next_unit (peek (self), count_available (self), self->at_end);
}

gboolean
kutip_convert_stream_waits (KutipConvertStream *self, const KutipFormat *format)
{
  GPollFD input = { self->fd, G_IO_IN, 0 };

  return self->may_wait && !self->at_end && find_unit (self, format) == 0 &&
         g_poll (&input, 1, 0) == 0;
}

/* What is to be freed with the bytes of a view. */
typedef struct
{
  KutipSpool *spool;
  KutipSpoolView *view;
} Spooled;

static void
free_spooled (gpointer data)
{
  Spooled *self = data;

  g_clear_pointer (&self->view, kutip_spool_view_free);
  g_clear_pointer (&self->spool, kutip_spool_free);
  g_free (self);
}

static gboolean
put_on_disk (KutipConvertStream *self, KutipSpool *spool, GError **error)
{
  gsize n = count_available (self);

  if (kutip_spool_get_n_bytes (spool) + n > KUTIP_OPEN_MAX_BYTES)
    {
      set_too_large (error, self->path);
      return FALSE;
    }
  if (!kutip_spool_append (spool, peek (self), n, error))
    return FALSE;
  self->position += n;
  self->any = TRUE;
  return TRUE;
}

/* All that comes, most of it on the disk: a copy, as the file itself may be cut off while
 * it is looked into. */
static GBytes *
take_many (KutipConvertStream *self, GError **error)
{
  Spooled *spooled = g_new0 (Spooled, 1);
  gboolean good;
  const char *bytes;
  gsize n;

  spooled->spool = kutip_spool_new (error);
  good = spooled->spool != NULL && put_on_disk (self, spooled->spool, error);
  while (good && !self->at_end)
    good = read_more (self, CHUNK, error) && put_on_disk (self, spooled->spool, error);
  if (good)
    spooled->view = kutip_spool_view_new (spooled->spool, error);
  if (spooled->view == NULL)
    {
      free_spooled (spooled);
      return NULL;
    }
  self->on_disk = TRUE;
  bytes = kutip_spool_view_get (spooled->view, &n);
  return g_bytes_new_with_free_func (bytes, n, free_spooled, spooled);
}

GBytes *
kutip_convert_stream_next (KutipConvertStream *self,
                           const KutipFormat *format,
                           guint64 *line,
                           GError **error)
{
  gsize n;

  if (format->next_unit == NULL && self->size > KUTIP_OPEN_MAX_BYTES)
    {
      set_too_large (error, self->path);
      return NULL;
    }
  while ((n = find_unit (self, format)) == 0)
    {
      if (self->at_end)
        break;
      if (format->many && count_available (self) >= MOST_HELD)
        {
          *line = self->line;
          return take_many (self, error);
        }
      /* Twice as much each time, so that a long unit is not looked through too often. */
      if (!read_more (self, MAX (CHUNK, count_available (self)), error))
        return NULL;
    }
  if (n == 0 && count_available (self) == 0 && (self->any || format->next_unit != NULL))
    return NULL;
  return take (self, n == 0 ? count_available (self) : n, line);
}

GBytes *
kutip_convert_stream_get_head (KutipConvertStream *self)
{
  return self->several ? self->first : NULL;
}

double
kutip_convert_stream_get_share (KutipConvertStream *self)
{
  guint64 n = self->n_read - count_available (self);

  return self->size == 0 ? 0 : MIN ((double) n / (double) self->size, 1);
}

gboolean
kutip_convert_stream_is_on_disk (KutipConvertStream *self)
{
  return self->on_disk;
}

/* All that is in @fd, which had @size bytes a moment ago. NULL with errno set. */
static GBytes *
load_all (int fd, gsize size)
{
  /* One byte more shows that there is no more. */
  gsize room = size + 1, n = 0;
  char *bytes = g_malloc (room);
  gssize n_read;

  while ((n_read = read (fd, bytes + n, room - n)) != 0)
    {
      if (n_read < 0 && errno == EINTR)
        continue;
      if (n_read < 0)
        {
          g_free (bytes);
          return NULL;
        }
      n += (gsize) n_read;
      /* A file that is as long as it said ends here; others go on. */
      if (n == size && size > 0)
        break;
      if (n == room)
        bytes = g_realloc (bytes, room *= 2);
      if (n > KUTIP_OPEN_MAX_BYTES)
        break;
    }
  return g_bytes_new_take (bytes, n);
}

/* Of what is no plain file: as much as comes until its end. */
static GBytes *
load_stream (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (KutipConvertStream) self =
      kutip_convert_stream_new (path, cancellable, error);

  if (self == NULL)
    return NULL;
  while (!self->at_end)
    if (!read_more (self, MAX (CHUNK, count_available (self)), error))
      return NULL;
  return g_bytes_new (self->buffer->data, self->buffer->len);
}

void
kutip_convert_stream_fail_kind (const char *path, GError **error)
{
  g_autofree char *shown = g_filename_display_name (path);

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE,
               /* Translators: a file */
               _ ("“%s” is not a plain file but a device, a pipe or a socket."), shown);
}

static GBytes *
load (const char *path, gboolean any_kind, GCancellable *cancellable, GError **error)
{
  /* Opening a pipe would wait for somebody who writes. */
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  struct stat status;
  GBytes *bytes = NULL;

  if (fd < 0)
    {
      if (errno != ENOENT && errno != ENOTDIR)
        set_error (error, path, errno);
      return NULL;
    }
  if (fstat (fd, &status) != 0)
    set_error (error, path, errno);
  else if (!S_ISREG (status.st_mode) && !any_kind)
    kutip_convert_stream_fail_kind (path, error);
  else if (!S_ISREG (status.st_mode))
    bytes = load_stream (path, cancellable, error);
  else if ((guint64) status.st_size > KUTIP_OPEN_MAX_BYTES)
    set_too_large (error, path);
  else if ((bytes = load_all (fd, (gsize) status.st_size)) == NULL)
    set_error (error, path, errno);
  else if (g_bytes_get_size (bytes) > KUTIP_OPEN_MAX_BYTES)
    {
      g_clear_pointer (&bytes, g_bytes_unref);
      set_too_large (error, path);
    }
  close (fd);
  return bytes;
}

GBytes *
kutip_convert_stream_load (const char *path, GCancellable *cancellable, GError **error)
{
  return load (path, TRUE, cancellable, error);
}

GBytes *
kutip_convert_stream_load_plain (const char *path, GError **error)
{
  return load (path, FALSE, NULL, error);
}

char *
kutip_convert_stream_dup_shown (const char *path)
{
  return strcmp (path, "-") == 0 ? g_strdup (_ ("standard input"))
                                 : g_filename_display_name (path);
}
