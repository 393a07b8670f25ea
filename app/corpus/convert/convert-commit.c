/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE
#include "corpus/convert/convert-commit.h"

#include "corpus/convert/convert-plan.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NEW "new"
#define OLD "old-"
#define SPOOL "spool-"

typedef struct
{
  const char *stage, *output;
  KutipPlan *plan; /* the N of "old-N" is the number of its step */
  gboolean force;
  gboolean replaces; /* there is something that could be lost */
} Commit;

static void
commit_clear (Commit *self)
{
  g_clear_pointer (&self->plan, kutip_plan_free);
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

gboolean
kutip_convert_fail_existing (const char *path, GError **error)
{
  g_autofree char *shown = g_filename_display_name (path);

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS,
               /* Translators: a file */
               _ ("“%s” is there already; it is replaced only on request"), shown);
  return FALSE;
}

static char *
get_final (Commit *self, const KutipStep *step)
{
  return g_build_filename (self->output, step->name, NULL);
}

static char *
get_kept (Commit *self, const KutipStep *step)
{
  g_autofree char *name = g_strdup_printf (OLD "%" G_GUINT64_FORMAT, step->number);

  return g_build_filename (self->stage, name, NULL);
}

/* --- the plan --- */

static gboolean
add_step (Commit *self,
          KutipStepKind kind,
          const char *name,
          const GStatBuf *status,
          GError **error)
{
  return kutip_plan_add (self->plan, kind, name, status) ||
         fail (error, self->output, errno);
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
    return kutip_convert_fail_existing (final, error);
  self->replaces = self->replaces || exists;
  return add_step (self, KUTIP_STEP_FILE, name, staged, error);
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
      return add_step (self, KUTIP_STEP_FOLDER, name, NULL, error);
    }
  return S_ISDIR (there.st_mode) || fail (error, final, ENOTDIR);
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

static gboolean
plan_drops (Commit *self, GPtrArray *dropped, GError **error)
{
  self->replaces = dropped->len > 0;
  for (guint i = 0; i < dropped->len; i++)
    if (!add_step (self, KUTIP_STEP_DROP, g_ptr_array_index (dropped, i), NULL, error))
      return FALSE;
  return TRUE;
}

/* To the disk before anything is touched; with it, where something is replaced, what
 * shall be in its place. */
static gboolean
plan_all (Commit *self, GPtrArray *dropped, GError **error)
{
  gboolean good;

  self->plan = kutip_plan_new (self->stage);
  if (self->plan == NULL)
    return fail (error, self->output, errno);
  good =
      plan_drops (self, dropped, error) && plan_folder (self, "", error) &&
      (kutip_plan_end (self->plan, self->replaces) || fail (error, self->output, errno));
  if (!good)
    kutip_plan_remove (self->stage);
  return good;
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
take_back_file (Commit *self, const KutipStep *step)
{
  g_autofree char *staged = g_build_filename (self->stage, NEW, step->name, NULL);
  g_autofree char *final = get_final (self, step);
  g_autofree char *kept = get_kept (self, step);
  GStatBuf there, old;
  gboolean exists = g_lstat (final, &there) == 0;
  gboolean has_old;
  KutipIdentity now = { 0 };

  if (!exists && errno != ENOENT && errno != ENOTDIR)
    return FALSE;
  has_old = g_lstat (kept, &old) == 0;
  if (!has_old && errno != ENOENT)
    return FALSE;
  if (exists)
    now = kutip_identity_get (&there);
  if (step->kind == KUTIP_STEP_FILE && exists &&
      kutip_identity_equal (&now, &step->identity))
    return has_old ? put_back (kept, &old, final) : g_rename (final, staged) == 0;
  if (!has_old)
    return TRUE;
  if (exists && (there.st_ino != old.st_ino || there.st_dev != old.st_dev))
    return FALSE; /* somebody else's by now */
  return put_back (kept, &old, final);
}

/* Whether there is still something in the stage that was in the output before. */
static gboolean
keeps_any (Commit *self)
{
  g_autoptr (GDir) dir = g_dir_open (self->stage, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, OLD) && !kutip_plan_is_name (name))
      return TRUE;
  return dir == NULL;
}

/* Backwards; what cannot be is passed over. */
static gboolean
take_back (Commit *self)
{
  gboolean good = TRUE;
  const KutipStep *step;

  kutip_plan_wind (self->plan);
  while ((step = kutip_plan_previous (self->plan)) != NULL)
    if (step->kind == KUTIP_STEP_FOLDER)
      {
        g_autofree char *final = get_final (self, step);

        g_rmdir (final); /* unless somebody has put something there */
      }
    else if (!take_back_file (self, step))
      good = FALSE;
  return errno == 0 && good && !keeps_any (self) && kutip_plan_retire (self->stage);
}

gboolean
kutip_convert_commit_take_back (const char *stage, const char *output)
{
  g_auto (Commit) self = { .stage = stage, .output = output };

  g_return_val_if_fail (stage != NULL && output != NULL, FALSE);

  if (!kutip_plan_is_there (stage))
    return TRUE;
  self.plan = kutip_plan_read (stage);
  return self.plan != NULL && take_back (&self);
}

gboolean
kutip_convert_commit_is_part (const char *name)
{
  return strcmp (name, NEW) == 0 || kutip_plan_is_name (name) ||
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
carry_out_file (Commit *self, const KutipStep *step, GError **error)
{
  g_autofree char *staged = g_build_filename (self->stage, NEW, step->name, NULL);
  g_autofree char *final = get_final (self, step);
  g_autofree char *kept = get_kept (self, step);

  if (!keep (final, kept) && errno != ENOENT)
    return fail (error, final, errno);
  return g_rename (staged, final) == 0 || fail (error, final, errno);
}

static gboolean
carry_out (Commit *self, const KutipStep *step, GError **error)
{
  g_autofree char *final = get_final (self, step);
  g_autofree char *kept = get_kept (self, step);

  switch (step->kind)
    {
    case KUTIP_STEP_FOLDER:
      return g_mkdir (final, 0777) == 0 || errno == EEXIST || fail (error, final, errno);
    case KUTIP_STEP_FILE:
      return carry_out_file (self, step, error);
    case KUTIP_STEP_DROP:
      return g_rename (final, kept) == 0 || errno == ENOENT || fail (error, final, errno);
    case KUTIP_N_STEP_KINDS:
    default:
      g_assert_not_reached ();
    }
}

static gboolean
carry_out_all (Commit *self, GError **error)
{
  const KutipStep *step;

  while ((step = kutip_plan_next (self->plan)) != NULL)
    if (!carry_out (self, step, error))
      return FALSE;
  return errno == 0 || fail (error, self->output, errno);
}

static gboolean
conclude (Commit *self, GError **error)
{
  if ((!self->replaces || sync_folder (self->output)) &&
      kutip_plan_retire (self->stage) && (!self->replaces || sync_folder (self->stage)))
    return TRUE;
  return fail (error, self->output, errno);
}

/* Those in which there was nothing but files that are gone, which the plan begins with.
 */
static void
remove_empty_folders (Commit *self)
{
  const KutipStep *step;

  kutip_plan_rewind (self->plan);
  while ((step = kutip_plan_next (self->plan)) != NULL && step->kind == KUTIP_STEP_DROP)
    {
      g_autofree char *name = g_strdup (step->name);
      char *slash;

      while ((slash = strrchr (name, '/')) != NULL)
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

  kutip_plan_revive (self->stage); /* if it was the last step that went wrong */
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
  g_auto (Commit) self = { .stage = stage, .output = output, .force = force };
  gboolean good;

  g_return_val_if_fail (stage != NULL && output != NULL && dropped != NULL, FALSE);

  if (!plan_all (&self, dropped, error))
    return FALSE;
  good = carry_out_all (&self, error) && conclude (&self, error);
  if (good)
    remove_empty_folders (&self);
  else if (!take_back (&self))
    {
      tell_pending (&self, error);
      *pending = TRUE;
    }
  return good;
}
