/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE
#include "corpus/convert/convert-plan.h"

#include "corpus/write-all.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PLAN "plan"
#define RETIRED "old-plan"
#define END "end\n"
/* Bytes that are written, or read, at once. No line is longer: a name of PATH_MAX bytes,
 * all of them escaped, takes a fifth. */
#define PART ((gsize) 1 << 16)

static const char *const step_words[] = { "folder", "file", "drop" };

struct _KutipPlan
{
  int fd;
  char *stage_name;
  GString *unwritten;
  char *part; /* of the file: so many bytes, from there on */
  gsize n_part;
  goffset part_at;
  goffset at, end;           /* of the line to come, and of the last one */
  guint64 n_before, n_steps; /* before that line; in all */
  KutipStep step;
};

KutipIdentity
kutip_identity_get (const GStatBuf *status)
{
  return (KutipIdentity){ .inode = (guint64) status->st_ino,
                          .size = (guint64) status->st_size,
                          .mtime_ns = (gint64) status->st_mtim.tv_sec *
                                          G_GINT64_CONSTANT (1000000000) +
                                      status->st_mtim.tv_nsec };
}

gboolean
kutip_identity_equal (const KutipIdentity *one, const KutipIdentity *other)
{
  return one->inode == other->inode && one->size == other->size &&
         one->mtime_ns == other->mtime_ns;
}

static KutipPlan *
open_plan (const char *stage, int flags)
{
  g_autofree char *path = g_build_filename (stage, PLAN, NULL);
  int fd = open (path, flags | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
  KutipPlan *self;

  if (fd < 0)
    return NULL;
  self = g_new0 (KutipPlan, 1);
  self->fd = fd;
  self->stage_name = g_path_get_basename (stage);
  self->unwritten = g_string_new (NULL);
  self->part = g_malloc (PART);
  return self;
}

KutipPlan *
kutip_plan_new (const char *stage)
{
  g_return_val_if_fail (stage != NULL, NULL);

  return open_plan (stage, O_RDWR | O_CREAT | O_EXCL);
}

void
kutip_plan_free (KutipPlan *self)
{
  if (self == NULL)
    return;
  close (self->fd);
  g_free (self->stage_name);
  g_string_free (self->unwritten, TRUE);
  g_free (self->part);
  g_free (self->step.name);
  g_free (self);
}

/* --- to the disk --- */

static gboolean
write_out (KutipPlan *self)
{
  if (!kutip_write_all (self->fd, self->unwritten->str, self->unwritten->len))
    return FALSE;
  self->end += (goffset) self->unwritten->len;
  g_string_truncate (self->unwritten, 0);
  return TRUE;
}

gboolean
kutip_plan_add (KutipPlan *self,
                KutipStepKind kind,
                const char *name,
                const GStatBuf *status)
{
  KutipIdentity identity = { 0 };
  g_autofree char *escaped = NULL;

  g_return_val_if_fail (self != NULL && name != NULL, FALSE);

  if (status != NULL)
    identity = kutip_identity_get (status);
  escaped = g_uri_escape_string (name, "/", FALSE);
  g_string_append_printf (
      self->unwritten,
      "%s %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %" G_GINT64_FORMAT " %s\n",
      step_words[kind], identity.inode, identity.size, identity.mtime_ns, escaped);
  self->n_steps++;
  return self->unwritten->len < PART || write_out (self);
}

gboolean
kutip_plan_end (KutipPlan *self, gboolean all)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (!write_out (self) || !kutip_write_all (self->fd, END, strlen (END)))
    return FALSE;
  return fsync (self->fd) == 0 && (!all || syncfs (self->fd) == 0);
}

/* --- and back --- */

/* So many bytes from there on; as many as there are. FALSE with errno set. */
static gboolean
read_part (KutipPlan *self, goffset at, gsize n)
{
  gsize found = 0;

  self->part_at = at;
  self->n_part = 0;
  while (found < n)
    {
      gssize got = pread (self->fd, self->part + found, n - found, at + (goffset) found);

      if (got < 0 && errno == EINTR)
        continue;
      if (got < 0)
        return FALSE;
      if (got == 0)
        break;
      found += (gsize) got;
    }
  self->n_part = found;
  return TRUE;
}

/* A plan is only a file: it may not lead out of the folder, nor into the stage, which
 * goes. */
static gboolean
is_name (KutipPlan *self, const char *name)
{
  const char *const none[] = { "", ".", "..", self->stage_name, NULL };
  g_auto (GStrv) parts = g_strsplit (name, "/", -1);
  gboolean good = *name != '\0';

  for (guint i = 0; parts[i] != NULL; i++)
    good = good && !g_strv_contains (none, parts[i]);
  return good;
}

/* FALSE for a line that is none. */
static gboolean
parse_step (KutipPlan *self, const char *bytes, gsize n)
{
  g_autofree char *line = g_strndup (bytes, n);
  g_auto (GStrv) words = g_strsplit (line, " ", 5);
  g_autofree char *name = NULL;
  KutipStepKind kind = 0;

  if (strlen (line) != n || g_strv_length (words) != 5)
    return FALSE;
  while (kind < KUTIP_N_STEP_KINDS && strcmp (words[0], step_words[kind]) != 0)
    kind++;
  name = g_uri_unescape_string (words[4], NULL);
  if (kind == KUTIP_N_STEP_KINDS || name == NULL || !is_name (self, name))
    return FALSE;
  g_free (self->step.name);
  self->step = (KutipStep){
    .kind = kind,
    .name = g_steal_pointer (&name),
    .identity = { .inode = g_ascii_strtoull (words[1], NULL, 10),
                  .size = g_ascii_strtoull (words[2], NULL, 10),
                  .mtime_ns = g_ascii_strtoll (words[3], NULL, 10) },
  };
  return TRUE;
}

static const KutipStep *
fail_to_tell (int code)
{
  errno = code;
  return NULL;
}

void
kutip_plan_rewind (KutipPlan *self)
{
  g_return_if_fail (self != NULL);

  self->at = 0;
  self->n_before = 0;
}

void
kutip_plan_wind (KutipPlan *self)
{
  g_return_if_fail (self != NULL);

  self->at = self->end;
  self->n_before = self->n_steps;
}

/* Where the line that begins at @at ends; NULL with errno set. */
static const char *
find_line_end (KutipPlan *self, goffset at, const char **start)
{
  const char *end = NULL;

  for (guint i = 0; i < 2 && end == NULL; i++)
    {
      if (i == 1 && !read_part (self, at, MIN (PART, (gsize) (self->end - at))))
        return NULL;
      if (at < self->part_at || at >= self->part_at + (goffset) self->n_part)
        continue;
      *start = self->part + (at - self->part_at);
      end = memchr (*start, '\n', self->n_part - (gsize) (at - self->part_at));
    }
  if (end == NULL)
    errno = EBADMSG;
  return end;
}

const KutipStep *
kutip_plan_next (KutipPlan *self)
{
  const char *start, *end;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->at >= self->end)
    return fail_to_tell (0);
  end = find_line_end (self, self->at, &start);
  if (end == NULL)
    return NULL;
  if (!parse_step (self, start, (gsize) (end - start)))
    return fail_to_tell (EBADMSG);
  self->at += end - start + 1;
  self->step.number = self->n_before++;
  return &self->step;
}

/* Where the line before @at begins, and where it ends; NULL with errno set. */
static const char *
find_line_start (KutipPlan *self, goffset at, const char **end)
{
  for (guint i = 0; i < 2; i++)
    {
      goffset from = MAX (0, at - (goffset) PART);
      const char *before;

      if (i == 1 && !read_part (self, from, (gsize) (at - from)))
        return NULL;
      if (at <= self->part_at || at > self->part_at + (goffset) self->n_part)
        continue;
      *end = self->part + (at - self->part_at) - 1;
      before = memrchr (self->part, '\n', (gsize) (*end - self->part));
      if (before != NULL)
        return before + 1;
      if (self->part_at == 0)
        return self->part;
    }
  errno = EBADMSG;
  return NULL;
}

const KutipStep *
kutip_plan_previous (KutipPlan *self)
{
  const char *start, *end;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->at == 0)
    return fail_to_tell (0);
  start = find_line_start (self, self->at, &end);
  if (start == NULL)
    return NULL;
  if (!parse_step (self, start, (gsize) (end - start)))
    return fail_to_tell (EBADMSG);
  self->at -= end - start + 1;
  self->step.number = --self->n_before;
  return &self->step;
}

/* Where the plan's last line begins, which has to be "end"; or the file's start. FALSE
 * when it cannot be read. */
static gboolean
find_end (KutipPlan *self)
{
  goffset n_end = (goffset) strlen (END);
  GStatBuf status;
  goffset from;

  if (fstat (self->fd, &status) != 0 || !S_ISREG (status.st_mode))
    return FALSE;
  from = MAX (0, status.st_size - n_end - 1);
  if (!read_part (self, from, (gsize) (status.st_size - from)))
    return FALSE;
  if (self->n_part < strlen (END) ||
      memcmp (self->part + self->n_part - strlen (END), END, strlen (END)) != 0 ||
      (self->n_part > strlen (END) && self->part[0] != '\n'))
    return TRUE;
  self->end = status.st_size - n_end;
  return TRUE;
}

KutipPlan *
kutip_plan_read (const char *stage)
{
  g_autoptr (KutipPlan) self = NULL;

  g_return_val_if_fail (stage != NULL, NULL);

  self = open_plan (stage, O_RDONLY);
  if (self == NULL || !find_end (self))
    return NULL;
  self->n_part = 0;
  kutip_plan_rewind (self);
  while (kutip_plan_next (self) != NULL)
    self->n_steps++;
  return errno == 0 ? g_steal_pointer (&self) : NULL;
}

/* --- where it is --- */

gboolean
kutip_plan_is_there (const char *stage)
{
  g_autofree char *plan = g_build_filename (stage, PLAN, NULL);
  GStatBuf status;

  return g_lstat (plan, &status) == 0 || (errno != ENOENT && errno != ENOTDIR);
}

void
kutip_plan_remove (const char *stage)
{
  g_autofree char *plan = g_build_filename (stage, PLAN, NULL);

  g_unlink (plan);
}

static gboolean
rename_plan (const char *stage, const char *from, const char *to)
{
  g_autofree char *old = g_build_filename (stage, from, NULL);
  g_autofree char *new = g_build_filename (stage, to, NULL);

  return g_rename (old, new) == 0 || errno == ENOENT;
}

gboolean
kutip_plan_retire (const char *stage)
{
  return rename_plan (stage, PLAN, RETIRED);
}

gboolean
kutip_plan_revive (const char *stage)
{
  return rename_plan (stage, RETIRED, PLAN);
}

gboolean
kutip_plan_is_name (const char *name)
{
  return strcmp (name, PLAN) == 0 || strcmp (name, RETIRED) == 0;
}
