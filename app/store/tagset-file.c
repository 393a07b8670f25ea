/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/tagset-file.h"

#include "format/tagset/tagset-json.h"
#include "store/write.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_TAGSET_BYTES ((gsize) 16 << 20)
#define MAX_GUIDELINES_BYTES ((gsize) 1 << 20)

/* A name that leads out of the folder is nobody's guidelines. */
static gboolean
is_inside (const char *name)
{
  g_auto (GStrv) parts = g_strsplit (name, "/", -1);

  if (*name == '\0' || g_path_is_absolute (name))
    return FALSE;
  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] == '\0' || g_str_equal (parts[i], "..") || g_str_equal (parts[i], "."))
      return FALSE;
  return TRUE;
}

static void
read_guidelines (KutipTagsetFile *self, const char *name, GCancellable *cancellable)
{
  g_autoptr (GFile) folder = g_file_get_parent (self->file);
  g_autoptr (GBytes) bytes = NULL;

  if (name == NULL)
    name = KUTIP_TAGSET_FILE_GUIDELINES;
  if (!is_inside (name))
    return;
  self->guidelines_file = g_file_resolve_relative_path (folder, name);
  bytes =
      kutip_stamp_read (self->guidelines_file, MAX_GUIDELINES_BYTES,
                        &self->guidelines_stamp, cancellable, &self->guidelines_error);
  if (bytes != NULL && g_utf8_validate_len (g_bytes_get_data (bytes, NULL),
                                            g_bytes_get_size (bytes), NULL))
    self->guidelines =
        g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  else
    /* What cannot be read is never written over. */
    self->guidelines_stamp = (KutipStamp){ 0 };
}

KutipTagsetFile *
kutip_tagset_file_read (GFile *file, GCancellable *cancellable)
{
  KutipTagsetFile *self = g_new0 (KutipTagsetFile, 1);
  g_autoptr (GBytes) bytes = NULL;
  KutipTagsetFields fields = { 0 };

  g_return_val_if_fail (G_IS_FILE (file), self);

  self->file = g_object_ref (file);
  bytes =
      kutip_stamp_read (file, MAX_TAGSET_BYTES, &self->stamp, cancellable, &self->error);
  if (bytes != NULL)
    self->tagset = kutip_tagset_from_json (g_bytes_get_data (bytes, NULL),
                                           g_bytes_get_size (bytes), &self->error);
  if (bytes != NULL && self->tagset == NULL)
    g_prefix_error (&self->error, "“%s”: ", g_file_peek_path (file));
  if (self->tagset != NULL)
    kutip_tagset_get_fields (self->tagset, &fields);
  /* Without a tag set a file of that name is no business of ours, but must not be
   * overwritten either. */
  read_guidelines (self, fields.guidelines, cancellable);
  return self;
}

void
kutip_tagset_file_free (KutipTagsetFile *self)
{
  g_clear_object (&self->file);
  g_clear_object (&self->tagset);
  g_clear_object (&self->guidelines_file);
  g_clear_error (&self->error);
  g_clear_error (&self->guidelines_error);
  g_free (self->guidelines);
  g_free (self);
}

char *
kutip_tagset_file_dup_guidelines_name (KutipTagsetFile *self)
{
  g_autoptr (GFile) folder = g_file_get_parent (self->file);

  return self->guidelines_file != NULL
             ? g_file_get_relative_path (folder, self->guidelines_file)
             : g_strdup (KUTIP_TAGSET_FILE_GUIDELINES);
}

static gboolean
write_guidelines (KutipTagsetFile *self, const char *guidelines, GError **error)
{
  g_autofree char *name = kutip_tagset_file_dup_guidelines_name (self);
  g_autoptr (GFile) folder = g_file_get_parent (self->file);

  if (self->guidelines_file != NULL)
    kutip_write_remove_stale (self->guidelines_file);
  if (guidelines == NULL || g_strcmp0 (guidelines, self->guidelines) == 0 ||
      (*guidelines == '\0' && self->guidelines == NULL))
    return TRUE;
  if (self->guidelines_file == NULL)
    self->guidelines_file = g_file_resolve_relative_path (folder, name);
  if (self->guidelines_error != NULL)
    {
      g_propagate_error (error, g_error_copy (self->guidelines_error));
      return FALSE;
    }
  if (!kutip_write_file_over (self->guidelines_file, guidelines, strlen (guidelines),
                              &self->guidelines_stamp, error))
    return FALSE;
  g_free (self->guidelines);
  self->guidelines = g_strdup (guidelines);
  return TRUE;
}

gboolean
kutip_tagset_file_write (KutipTagsetFile *self,
                         KutipTagset *tagset,
                         const char *guidelines,
                         GError **error)
{
  g_autofree char *json = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (KUTIP_IS_TAGSET (tagset), FALSE);

  if (self->error != NULL && self->stamp.exists)
    {
      g_autoptr (GFile) kept = NULL;

      if (!kutip_stamp_matches (&self->stamp, self->file, error))
        {
          if (error != NULL && *error == NULL)
            g_set_error (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG,
                         /* Translators: a file name */
                         _ ("“%s” has been changed by somebody else and was not "
                            "overwritten."),
                         g_file_peek_path (self->file));
          return FALSE;
        }
      kept = kutip_write_set_aside (self->file, "broken", error);
      if (kept == NULL)
        return FALSE;
      g_clear_error (&self->error);
      self->stamp = (KutipStamp){ 0 };
    }
  if (!write_guidelines (self, guidelines, error))
    return FALSE;
  json = kutip_tagset_to_json (tagset);
  kutip_write_remove_stale (self->file);
  if (!kutip_write_file_over (self->file, json, strlen (json), &self->stamp, error))
    return FALSE;
  g_set_object (&self->tagset, tagset);
  return TRUE;
}
