/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE
#include "corpus/convert/convert-commit.h"

#include "corpus/write-all.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PLAN "plan"
#define NEW "new"
#define OLD "old-"
#define SPOOL "spool-"
/* The last line of a plan: without it, nothing was begun. */
#define END "end"
/* Bytes of a plan that are written at once. */
#define PART ((gsize) 1 << 16)

typedef enum
{
  STEP_FOLDER, /* is made */
  STEP_FILE,   /* is put in place, over another or not */
  STEP_DROP,   /* goes */
  N_STEP_KINDS
} StepKind;

static const char *const step_words[] = { "folder", "file", "drop" };

/* Which file it is, also under another name. */
typedef struct
{
  guint64 inode, size;
  gint64 mtime_ns;
} Identity;

typedef struct
{
  StepKind kind;
  char *name;        /* below the output */
  Identity identity; /* of the new file */
} Step;

typedef struct
{
  const char *stage, *output;
  GArray *steps; /* Step; the N of "old-N" is the place in it */
  gboolean force;
  gboolean replaces; /* there is something that could be lost */
} Commit;

static void
clear_step (gpointer data)
{
  g_free (((Step *) data)->name);
}

static void
commit_init (Commit *self, const char *stage, const char *output)
{
  *self = (Commit){ .stage = stage, .output = output };
  self->steps = g_array_new (FALSE, TRUE, sizeof (Step));
  g_array_set_clear_func (self->steps, clear_step);
}

static void
commit_clear (Commit *self)
{
  g_array_unref (self->steps);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Commit, commit_clear)

static gboolean
fail (GError **error, const char *path, int code)
{
  g_autofree char *shown = g_filename_display_name (path);

  g_set_error (error, G_IO_ERROR, (gint) g_io_error_from_errno (code),
               /* Translators: a file or folder, and the reason that the system gives */
               _ ("“%1$s” cannot be written: %2$s"), shown, g_strerror (code));
  return FALSE;
}

static gboolean
fail_existing (const char *path, GError **error)
{
  g_autofree char *shown = g_filename_display_name (path);

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS,
               /* Translators: a file; "--force" is typed as it is */
               _ ("“%s” is there already; --force would replace it"), shown);
  return FALSE;
}

static Step *
get_step (Commit *self, guint i)
{
  return &g_array_index (self->steps, Step, i);
}

static char *
get_final (Commit *self, const Step *step)
{
  return g_build_filename (self->output, step->name, NULL);
}

static char *
get_kept (Commit *self, guint i)
{
  g_autofree char *name = g_strdup_printf (OLD "%u", i);

  return g_build_filename (self->stage, name, NULL);
}

static Identity
identify (const GStatBuf *status)
{
  return (Identity){ .inode = (guint64) status->st_ino,
                     .size = (guint64) status->st_size,
                     .mtime_ns = (gint64) status->st_mtim.tv_sec *
                                     G_GINT64_CONSTANT (1000000000) +
                                 status->st_mtim.tv_nsec };
}

static gboolean
is_same (const Identity *one, const Identity *other)
{
  return one->inode == other->inode && one->size == other->size &&
         one->mtime_ns == other->mtime_ns;
}

/* --- the plan --- */

static void
add_step (Commit *self, StepKind kind, const char *name, const GStatBuf *status)
{
  Step step = { .kind = kind, .name = g_strdup (name) };

  if (status != NULL)
    step.identity = identify (status);
  g_array_append_val (self->steps, step);
}

static gboolean
plan_file (Commit *self, const char *name, const GStatBuf *staged, GError **error)
{
  g_autofree char *final = g_build_filename (self->output, name, NULL);
  GStatBuf there;
  gboolean exists = g_lstat (final, &there) == 0;

  if (!exists && errno != ENOENT)
    return fail (error, final, errno);
  if (exists && S_ISDIR (there.st_mode))
    return fail (error, final, EISDIR);
  if (exists && !self->force)
    return fail_existing (final, error);
  self->replaces = self->replaces || exists;
  add_step (self, STEP_FILE, name, staged);
  return TRUE;
}

static gboolean
plan_subfolder (Commit *self, const char *name, GError **error)
{
  g_autofree char *final = g_build_filename (self->output, name, NULL);
  GStatBuf there;

  if (g_stat (final, &there) != 0)
    {
      if (errno != ENOENT)
        return fail (error, final, errno);
      add_step (self, STEP_FOLDER, name, NULL);
    }
  else if (!S_ISDIR (there.st_mode))
    return fail (error, final, ENOTDIR);
  return TRUE;
}

/* The files of a staged folder; @below is what it is called in the output, or "". */
static gboolean
plan_folder (Commit *self, const char *below, GError **error)
{
  g_autofree char *staged = g_build_filename (self->stage, NEW, below, NULL);
  g_autoptr (GDir) dir = g_dir_open (staged, 0, error);
  const char *entry;

  if (dir == NULL)
    return FALSE;
  while ((entry = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *name =
          *below == '\0' ? g_strdup (entry) : g_build_filename (below, entry, NULL);
      g_autofree char *path = g_build_filename (staged, entry, NULL);
      GStatBuf status;
      gboolean good;

      if (g_lstat (path, &status) != 0)
        return fail (error, path, errno);
      if (S_ISDIR (status.st_mode))
        good = plan_subfolder (self, name, error) && plan_folder (self, name, error);
      else
        good = plan_file (self, name, &status, error);
      if (!good)
        return FALSE;
    }
  return TRUE;
}

static void
plan_drops (Commit *self, GPtrArray *dropped)
{
  for (guint i = 0; i < dropped->len; i++)
    add_step (self, STEP_DROP, g_ptr_array_index (dropped, i), NULL);
  self->replaces = self->replaces || dropped->len > 0;
}

/* In parts, as there may be very many files. FALSE with errno set. */
static gboolean
print_plan (Commit *self, int fd)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < self->steps->len; i++)
    {
      const Step *step = get_step (self, i);
      g_autofree char *escaped = g_uri_escape_string (step->name, "/", FALSE);

      g_string_append_printf (
          out, "%s %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %" G_GINT64_FORMAT " %s\n",
          step_words[step->kind], step->identity.inode, step->identity.size,
          step->identity.mtime_ns, escaped);
      if (out->len < PART)
        continue;
      if (!kutip_write_all (fd, out->str, out->len))
        return FALSE;
      g_string_truncate (out, 0);
    }
  g_string_append (out, END "\n");
  return kutip_write_all (fd, out->str, out->len);
}

/* The names in a folder. Some network file systems cannot do it, and need not. */
static gboolean
sync_folder (const char *path)
{
  int fd = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  int code;
  gboolean done;

  if (fd < 0)
    return FALSE;
  done = fsync (fd) == 0 || errno == EINVAL || errno == ENOTSUP || errno == EINTR;
  code = errno;
  close (fd);
  errno = code;
  return done;
}

/* To the disk before anything is touched; with it, where something is replaced, what
 * shall be in its place: at once, as file by file takes its time. */
static gboolean
write_plan (Commit *self, GError **error)
{
  g_autofree char *path = g_build_filename (self->stage, PLAN, NULL);
  int fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  gboolean done = fd >= 0 && print_plan (self, fd) &&
                  (self->replaces ? syncfs (fd) == 0 : fsync (fd) == 0);
  int code = errno;

  if (fd >= 0 && close (fd) != 0 && done && errno != EINTR)
    {
      code = errno;
      done = FALSE;
    }
  if (done)
    return TRUE;
  g_unlink (path);
  return fail (error, self->output, code);
}

/* A plan is only a file: it may not lead out of the folder, nor into the stage, which
 * goes. */
static gboolean
is_name (Commit *self, const char *name)
{
  g_autofree char *stage = g_path_get_basename (self->stage);
  const char *const none[] = { "", ".", "..", stage, NULL };
  g_auto (GStrv) parts = g_strsplit (name, "/", -1);
  gboolean good = *name != '\0';

  for (guint i = 0; parts[i] != NULL; i++)
    good = good && !g_strv_contains (none, parts[i]);
  return good;
}

/* FALSE for a line that is none. */
static gboolean
parse_step (Commit *self, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", 5);
  g_autofree char *name = NULL;
  Step step = { .kind = N_STEP_KINDS };

  if (g_strv_length (words) != 5)
    return FALSE;
  for (StepKind kind = 0; kind < N_STEP_KINDS; kind++)
    if (strcmp (words[0], step_words[kind]) == 0)
      step.kind = kind;
  name = g_uri_unescape_string (words[4], NULL);
  if (step.kind == N_STEP_KINDS || name == NULL || !is_name (self, name))
    return FALSE;
  step.identity.inode = g_ascii_strtoull (words[1], NULL, 10);
  step.identity.size = g_ascii_strtoull (words[2], NULL, 10);
  step.identity.mtime_ns = g_ascii_strtoll (words[3], NULL, 10);
  step.name = g_steal_pointer (&name);
  g_array_append_val (self->steps, step);
  return TRUE;
}

static gboolean
is_pending (const char *stage)
{
  g_autofree char *plan = g_build_filename (stage, PLAN, NULL);
  GStatBuf status;

  return g_lstat (plan, &status) == 0 || (errno != ENOENT && errno != ENOTDIR);
}

/* No steps when it had not come to its end. */
static gboolean
read_plan (Commit *self)
{
  g_autofree char *path = g_build_filename (self->stage, PLAN, NULL);
  g_autofree char *content = NULL;
  g_auto (GStrv) lines = NULL;
  gsize n;

  if (!g_file_get_contents (path, &content, &n, NULL))
    return FALSE;
  if (n != strlen (content) || !g_str_has_suffix (content, END "\n") ||
      (n > strlen (END "\n") && !g_str_has_suffix (content, "\n" END "\n")))
    return TRUE;
  lines = g_strsplit (content, "\n", -1);
  for (guint i = 0; strcmp (lines[i], END) != 0; i++)
    if (!parse_step (self, lines[i]))
      return FALSE;
  return TRUE;
}

/* --- back --- */

/* What was there is there again. */
static gboolean
put_back (const char *kept, const GStatBuf *old, const char *final)
{
  GStatBuf there;

  /* Two names of one file: renaming would do nothing. */
  if (g_lstat (final, &there) == 0 && there.st_ino == old->st_ino &&
      there.st_dev == old->st_dev)
    return g_unlink (kept) == 0;
  return g_rename (kept, final) == 0;
}

static gboolean
take_back_file (Commit *self, guint i)
{
  const Step *step = get_step (self, i);
  g_autofree char *staged = g_build_filename (self->stage, NEW, step->name, NULL);
  g_autofree char *final = get_final (self, step);
  g_autofree char *kept = get_kept (self, i);
  GStatBuf there, old;
  gboolean exists = g_lstat (final, &there) == 0;
  gboolean has_old;
  Identity now;

  if (!exists && errno != ENOENT && errno != ENOTDIR)
    return FALSE;
  has_old = g_lstat (kept, &old) == 0;
  if (!has_old && errno != ENOENT)
    return FALSE;
  now = exists ? identify (&there) : (Identity){ 0 };
  if (step->kind == STEP_FILE && exists && is_same (&now, &step->identity))
    return has_old ? put_back (kept, &old, final) : g_rename (final, staged) == 0;
  if (!has_old)
    return TRUE;
  if (exists && (there.st_ino != old.st_ino || there.st_dev != old.st_dev))
    return FALSE; /* somebody else's by now */
  return put_back (kept, &old, final);
}

/* From now on there is nothing to take back. */
static gboolean
retire_plan (Commit *self)
{
  g_autofree char *plan = g_build_filename (self->stage, PLAN, NULL);
  g_autofree char *retired = g_build_filename (self->stage, OLD PLAN, NULL);

  return g_rename (plan, retired) == 0 || errno == ENOENT;
}

/* Whether there is still something in the stage that was in the output before. */
static gboolean
keeps_any (Commit *self)
{
  g_autoptr (GDir) dir = g_dir_open (self->stage, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, OLD) && strcmp (name, OLD PLAN) != 0)
      return TRUE;
  return dir == NULL;
}

/* Backwards; what cannot be is passed over. */
static gboolean
take_back (Commit *self)
{
  gboolean good = TRUE;

  for (guint i = self->steps->len; i > 0; i--)
    {
      const Step *step = get_step (self, i - 1);

      if (step->kind == STEP_FOLDER)
        {
          g_autofree char *final = get_final (self, step);

          g_rmdir (final); /* unless somebody has put something there */
        }
      else if (!take_back_file (self, i - 1))
        good = FALSE;
    }
  return good && !keeps_any (self) && retire_plan (self);
}

gboolean
kutip_convert_commit_take_back (const char *stage, const char *output)
{
  g_auto (Commit) self = { 0 };

  commit_init (&self, stage, output);
  return !is_pending (stage) || (read_plan (&self) && take_back (&self));
}

gboolean
kutip_convert_commit_is_part (const char *name)
{
  return strcmp (name, NEW) == 0 || strcmp (name, PLAN) == 0 ||
         g_str_has_prefix (name, OLD) || g_str_has_prefix (name, SPOOL);
}

/* --- forth --- */

/* What is there gets a second name in the stage, so that its own is never without a file;
 * where there are no second names, it is moved. */
static gboolean
keep (const char *final, const char *kept)
{
  if (link (final, kept) == 0)
    return TRUE;
  return errno != ENOENT && g_rename (final, kept) == 0;
}

static gboolean
carry_out_file (Commit *self, guint i, GError **error)
{
  const Step *step = get_step (self, i);
  g_autofree char *staged = g_build_filename (self->stage, NEW, step->name, NULL);
  g_autofree char *final = get_final (self, step);
  g_autofree char *kept = get_kept (self, i);

  if (!keep (final, kept) && errno != ENOENT)
    return fail (error, final, errno);
  return g_rename (staged, final) == 0 || fail (error, final, errno);
}

static gboolean
carry_out (Commit *self, guint i, GError **error)
{
  const Step *step = get_step (self, i);
  g_autofree char *final = get_final (self, step);
  g_autofree char *kept = get_kept (self, i);

  switch (step->kind)
    {
    case STEP_FOLDER:
      return g_mkdir (final, 0777) == 0 || errno == EEXIST || fail (error, final, errno);
    case STEP_FILE:
      return carry_out_file (self, i, error);
    case STEP_DROP:
      return g_rename (final, kept) == 0 || errno == ENOENT || fail (error, final, errno);
    case N_STEP_KINDS:
    default:
      g_assert_not_reached ();
    }
}

static gboolean
conclude (Commit *self, GError **error)
{
  if ((!self->replaces || sync_folder (self->output)) && retire_plan (self) &&
      (!self->replaces || sync_folder (self->stage)))
    return TRUE;
  return fail (error, self->output, errno);
}

/* Those in which there was nothing but files that are gone. */
static void
remove_empty_folders (Commit *self)
{
  for (guint i = 0; i < self->steps->len; i++)
    {
      g_autofree char *name = g_strdup (get_step (self, i)->name);
      char *slash;

      while (get_step (self, i)->kind == STEP_DROP &&
             (slash = strrchr (name, '/')) != NULL)
        {
          g_autofree char *folder = NULL;

          *slash = '\0';
          folder = g_build_filename (self->output, name, NULL);
          if (g_rmdir (folder) != 0)
            break;
        }
    }
}

static void
tell_pending (Commit *self, GError **error)
{
  g_autofree char *shown = g_filename_display_name (self->stage);
  g_autofree char *before = NULL;

  if (!is_pending (self->stage))
    write_plan (self, NULL); /* it was the last step that went wrong */
  if (error == NULL || *error == NULL)
    return;
  before = g_strdup ((*error)->message);
  g_clear_error (error);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
               /* Translators: %1$s is a sentence that says what went wrong, without its
                  full stop; %2$s is a folder */
               _ ("%1$s. Nor could everything be put back: what was there is kept in "
                  "“%2$s” until the next run"),
               before, shown);
}

gboolean
kutip_convert_commit (const char *stage,
                      const char *output,
                      GPtrArray *dropped,
                      gboolean force,
                      gboolean *pending,
                      GError **error)
{
  g_auto (Commit) self = { 0 };
  gboolean good = TRUE;

  g_return_val_if_fail (stage != NULL && output != NULL && dropped != NULL, FALSE);

  commit_init (&self, stage, output);
  self.force = force;
  plan_drops (&self, dropped);
  if (!plan_folder (&self, "", error) || !write_plan (&self, error))
    return FALSE;
  for (guint i = 0; good && i < self.steps->len; i++)
    good = carry_out (&self, i, error);
  good = good && conclude (&self, error);
  if (good)
    remove_empty_folders (&self);
  else if (!take_back (&self))
    {
      tell_pending (&self, error);
      *pending = TRUE;
    }
  return good;
}
