/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/journal-private.h"
#include "store/paths.h"
#include "store/write.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Files beside the journals, which are there while something is not saved. They hold the
 * article's device and the sidecar's path. The name of one is made of the article's
 * device and inode and the sidecar's name, all of which stay when a folder is moved or
 * renamed; the other's, of the text's digest and the sidecar's name, which is all that
 * stays when it goes to another disk. */
#define PLACE_SUFFIX ".place"
#define MAX_PLACE 8192

/* Takes @key. */
static char *
make_place_path (const char *journal, char *key)
{
  g_autofree char *folder = g_path_get_dirname (journal);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, key, -1);
  g_autofree char *name = g_strdup_printf ("%.40s" PLACE_SUFFIX, digest);

  g_free (key);
  return g_build_filename (folder, name, NULL);
}

/* What cannot be written is only not found where the article has gone meanwhile. Of two
 * articles with one text and name, the one worked on last is found on another disk. */
void
kutip_journal_write_place (KutipJournal *self)
{
  gsize n_bytes;
  int fd;

  if (self->place == NULL)
    return;
  fd = open (self->path_by_file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW,
             0600);
  if (fd < 0)
    return;
  n_bytes = strlen (self->place);
  if (write (fd, self->place, n_bytes) != (gssize) n_bytes)
    g_debug ("A recovery file does not tell where its article is.");
  close (fd);
  /* One file with two names: it is brought to the disk once. */
  unlink (self->path_by_text);
  if (link (self->path_by_file, self->path_by_text) != 0)
    g_debug ("A recovery file is not found from another disk.");
}

void
kutip_journal_sync_place (KutipJournal *self)
{
  int fd;

  if (self->place == NULL)
    return;
  fd = open (self->path_by_file, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (fd < 0)
    return;
  if (fdatasync (fd) != 0)
    g_debug ("A recovery file may not tell where its article is.");
  close (fd);
}

/* The sidecar's path that such a file holds, or NULL; @device is the article's. */
static char *
read_place (const char *path, guint64 *device)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  gsize n_bytes;
  g_autofree char *place = kutip_stamp_read_head (file, MAX_PLACE, &n_bytes);
  char *end;

  if (place == NULL || strlen (place) != n_bytes)
    return NULL;
  *device = g_ascii_strtoull (place, &end, 10);
  if (end == place || *end != ' ' || !g_path_is_absolute (end + 1))
    return NULL;
  return g_strdup (end + 1);
}

static char *
make_place (guint64 device, const char *sidecar)
{
  return g_strdup_printf ("%" G_GUINT64_FORMAT " %s", device, sidecar);
}

/* Unless it tells of another place, where something is not saved. */
static void
forget (KutipJournal *self, const char *path)
{
  guint64 device = 0;
  g_autofree char *sidecar = read_place (path, &device);
  g_autofree char *place = sidecar != NULL ? make_place (device, sidecar) : NULL;

  if (g_strcmp0 (place, self->place) == 0)
    unlink (path);
}

void
kutip_journal_forget_place (KutipJournal *self)
{
  if (self->place == NULL)
    return;
  forget (self, self->path_by_file);
  forget (self, self->path_by_text);
}

/* In the sidecar's folder. */
static char *
make_article_path (const char *sidecar, GFile *article)
{
  g_autofree char *name = g_file_get_basename (article);
  g_autofree char *folder = g_path_get_dirname (sidecar);

  return g_build_filename (folder, name, NULL);
}

/* An article that is still there has its journal for itself; one that cannot be looked at
 * may be there. */
static gboolean
is_gone (const char *sidecar, GFile *article)
{
  g_autofree char *path = make_article_path (sidecar, article);
  struct stat status;

  return lstat (path, &status) != 0 && (errno == ENOENT || errno == ENOTDIR);
}

/* By its first line. */
static gboolean
is_of_article (const char *path, const char *article_sha256)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_auto (KutipLine) line = { 0 };
  gsize n_bytes;
  g_autofree char *head = kutip_stamp_read_head (file, 1024, &n_bytes);
  const char *end = head != NULL ? memchr (head, '\n', n_bytes) : NULL;

  return end != NULL &&
         kutip_line_parse (head, (gsize) (end - head), NULL, &line, NULL) &&
         line.kind == KUTIP_LINE_START &&
         strcmp (line.article_sha256, article_sha256) == 0;
}

/* A journal that is not our own, with its lock held, so that no other program takes it or
 * goes on with it. */
typedef struct
{
  char *path, *lock_path;
  int lock;
} Other;

static gboolean
take_other (Other *self, const char *sidecar, const char *article_sha256)
{
  g_autoptr (GFile) file = g_file_new_for_path (sidecar);

  self->path = kutip_paths_get_journal (file);
  self->lock_path = g_strconcat (self->path, ".lock", NULL);
  self->lock = kutip_journal_try_lock (self->lock_path);
  return self->lock >= 0 && is_of_article (self->path, article_sha256);
}

static void
release_other (Other *self)
{
  if (self->lock >= 0)
    {
      unlink (self->lock_path);
      close (self->lock);
    }
  g_free (self->path);
  g_free (self->lock_path);
}

static void
take_over (KutipJournal *self, const char *old, const KutipStamp *stamp)
{
  Other other;

  if (take_other (&other, old, stamp->sha256) && rename (other.path, self->path) == 0)
    kutip_journal_write_place (self);
  release_other (&other);
}

/* It becomes @far_sidecar when that one's work may be put back here. */
static void
look_far (KutipJournal *self, GFile *article, const KutipStamp *stamp)
{
  guint64 device = 0;
  g_autofree char *old = read_place (self->path_by_text, &device);

  if (old == NULL || device == stamp->device || !is_gone (old, article))
    return;
  self->far_sidecar = g_steal_pointer (&old);
  self->far_article = make_article_path (self->far_sidecar, article);
}

GBytes *
kutip_journal_read_far (KutipJournal *self, const char *article_sha256)
{
  GBytes *bytes = NULL;
  Other other;

  if (take_other (&other, self->far_sidecar, article_sha256))
    {
      g_autoptr (GFile) file = g_file_new_for_path (other.path);

      bytes = kutip_stamp_read_content (file, KUTIP_JOURNAL_MAX_BYTES, NULL, NULL);
    }
  release_other (&other);
  return bytes;
}

gboolean
kutip_journal_copy_far (KutipJournal *self, GBytes *bytes)
{
  g_autoptr (GFile) file = g_file_new_for_path (self->path);
  KutipStamp stamp = { 0 };
  gsize n_bytes;
  const char *data = g_bytes_get_data (bytes, &n_bytes);

  if (!kutip_write_file_over (file, data, n_bytes, &stamp, NULL))
    return FALSE;
  kutip_journal_write_place (self);
  self->origin = g_strdup (self->far_article);
  return TRUE;
}

char *
kutip_journal_dup_origin (KutipJournal *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_strdup (self->origin);
}

void
kutip_journal_set_article (KutipJournal *self,
                           GFile *article,
                           GFile *sidecar,
                           const KutipStamp *stamp,
                           gboolean from_other_disks)
{
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;
  g_autofree char *old = NULL;
  guint64 device;

  g_return_if_fail (self != NULL && self->place == NULL && self->text == NULL);
  g_return_if_fail (G_IS_FILE (article));
  g_return_if_fail (G_IS_FILE (sidecar));
  g_return_if_fail (stamp != NULL);

  name = g_file_get_basename (sidecar);
  path = kutip_paths_make_canonical (sidecar);
  self->place = make_place (stamp->device, path);
  self->path_by_file = make_place_path (
      self->path, g_strdup_printf ("%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %s",
                                   stamp->device, stamp->inode, name));
  self->path_by_text =
      make_place_path (self->path, g_strdup_printf ("%s %s", stamp->sha256, name));
  if (g_file_test (self->path, G_FILE_TEST_EXISTS))
    return;
  old = read_place (self->path_by_file, &device);
  if (old != NULL && strcmp (old, path) != 0 && is_gone (old, article))
    take_over (self, old, stamp);
  else if (from_other_disks)
    look_far (self, article, stamp);
}
