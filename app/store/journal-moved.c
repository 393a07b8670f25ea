/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/journal-private.h"
#include "store/paths.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A file beside the journals, which is there while something is not saved: its name is
 * made of the article's inode and the sidecar's name, both of which stay when a folder is
 * moved, and what it holds is the sidecar's path. */
#define PLACE_SUFFIX ".place"
#define MAX_PLACE 8192

static char *
make_place_path (const char *journal, const char *sidecar_name, guint64 inode)
{
  g_autofree char *folder = g_path_get_dirname (journal);
  g_autofree char *key =
      g_strdup_printf ("%" G_GUINT64_FORMAT " %s", inode, sidecar_name);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, key, -1);
  g_autofree char *name = g_strdup_printf ("%.40s" PLACE_SUFFIX, digest);

  return g_build_filename (folder, name, NULL);
}

/* What cannot be written is only not found where the article has gone meanwhile. */
void
kutip_journal_write_place (KutipJournal *self)
{
  gsize n_bytes;
  int fd;

  if (self->place == NULL)
    return;
  fd = open (self->place_path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW,
             0600);
  if (fd < 0)
    return;
  n_bytes = strlen (self->place);
  if (write (fd, self->place, n_bytes) != (gssize) n_bytes)
    g_debug ("A recovery file does not tell where its article is.");
  close (fd);
}

void
kutip_journal_sync_place (KutipJournal *self)
{
  int fd;

  if (self->place == NULL)
    return;
  fd = open (self->place_path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (fd < 0)
    return;
  if (fdatasync (fd) != 0)
    g_debug ("A recovery file may not tell where its article is.");
  close (fd);
}

/* The path that the file holds, or NULL. */
static char *
read_place (KutipJournal *self)
{
  g_autoptr (GFile) file = g_file_new_for_path (self->place_path);
  gsize n_bytes;
  g_autofree char *place = kutip_stamp_read_head (file, MAX_PLACE, &n_bytes);

  if (place == NULL || !g_path_is_absolute (place) || strlen (place) != n_bytes)
    return NULL;
  return g_steal_pointer (&place);
}

/* Unless it tells of another place, where something is not saved. */
void
kutip_journal_forget_place (KutipJournal *self)
{
  g_autofree char *place = self->place != NULL ? read_place (self) : NULL;

  if (place != NULL && strcmp (place, self->place) == 0)
    unlink (self->place_path);
}

/* An article that is still there has its journal for itself; one that cannot be looked at
 * may be there. */
static gboolean
is_gone (const char *sidecar, GFile *article)
{
  g_autofree char *name = g_file_get_basename (article);
  g_autofree char *folder = g_path_get_dirname (sidecar);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  struct stat status;

  return lstat (path, &status) != 0 && (errno == ENOENT || errno == ENOTDIR);
}

/* By its first line. */
static gboolean
is_of_article (const char *path, const KutipStamp *stamp)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_auto (KutipLine) line = { 0 };
  gsize n_bytes;
  g_autofree char *head = kutip_stamp_read_head (file, 1024, &n_bytes);
  const char *end = head != NULL ? memchr (head, '\n', n_bytes) : NULL;

  return end != NULL &&
         kutip_line_parse (head, (gsize) (end - head), NULL, &line, NULL) &&
         line.kind == KUTIP_LINE_START &&
         strcmp (line.article_sha256, stamp->sha256) == 0;
}

/* With its lock held, so that no other program takes it, too. */
static void
take_over (KutipJournal *self, const char *old, const KutipStamp *stamp)
{
  g_autoptr (GFile) sidecar = g_file_new_for_path (old);
  g_autofree char *path = kutip_paths_get_journal (sidecar);
  g_autofree char *lock_path = g_strconcat (path, ".lock", NULL);
  int fd = kutip_journal_try_lock (lock_path);

  if (fd < 0)
    return;
  if (is_of_article (path, stamp) && rename (path, self->path) == 0)
    kutip_journal_write_place (self);
  unlink (lock_path);
  close (fd);
}

void
kutip_journal_set_article (KutipJournal *self,
                           GFile *article,
                           GFile *sidecar,
                           const KutipStamp *stamp)
{
  g_autofree char *name = NULL;
  g_autofree char *old = NULL;

  g_return_if_fail (self != NULL && self->text == NULL);
  g_return_if_fail (G_IS_FILE (article));
  g_return_if_fail (G_IS_FILE (sidecar));
  g_return_if_fail (stamp != NULL);

  name = g_file_get_basename (sidecar);
  g_free (self->place);
  g_free (self->place_path);
  self->place = kutip_paths_make_canonical (sidecar);
  self->place_path = make_place_path (self->path, name, stamp->inode);
  if (g_file_test (self->path, G_FILE_TEST_EXISTS))
    return;
  old = read_place (self);
  if (old != NULL && strcmp (old, self->place) != 0 && is_gone (old, article))
    take_over (self, old, stamp);
}
