/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/convert/convert-left.h"

#include "corpus/convert/convert-stream.h"
#include "format/formats.h"

#include <glib/gi18n.h>
#include <string.h>

/* So many files of a folder are looked into; what comes later is taken for what the last
 * one was whose name ends so. */
#define MOST_LOOKED_INTO 64

/* Those of one format. */
typedef struct
{
  const KutipFormat *format;
  char *first;
  guint n;
} Files;

struct _KutipConvertLeft
{
  GArray *files; /* Files, in the order in which they were met */
  guint n_looked_into;
  GHashTable *found; /* the end of a name -> const KutipFormat, or NULL for none */
};

static void
clear_files (gpointer data)
{
  Files *files = data;

  g_free (files->first);
}

KutipConvertLeft *
kutip_convert_left_new (void)
{
  KutipConvertLeft *self = g_new0 (KutipConvertLeft, 1);

  self->files = g_array_new (FALSE, FALSE, sizeof (Files));
  g_array_set_clear_func (self->files, clear_files);
  self->found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
kutip_convert_left_free (KutipConvertLeft *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->files);
  g_hash_table_unref (self->found);
  g_free (self);
}

/* The format that its content is in whatever its name, or NULL. */
static const KutipFormat *
look_into (const char *path)
{
  g_autoptr (KutipConvertStream) stream = kutip_convert_stream_new (path, NULL, NULL);
  gsize n;
  const char *head = stream == NULL ? NULL : kutip_convert_stream_peek (stream, &n, NULL);

  return head == NULL || kutip_format_guess ("-", head, n) == NULL
             ? NULL
             : kutip_format_guess (path, head, n);
}

/* Of what several formats, or other programs, call theirs. */
static const KutipFormat *
find_by_content (KutipConvertLeft *self, const char *path)
{
  const char *dot = strrchr (path, '.');
  const char *end = dot == NULL ? "" : dot;
  const KutipFormat *format;

  if (self->n_looked_into >= MOST_LOOKED_INTO)
    return g_hash_table_lookup (self->found, end);
  self->n_looked_into++;
  format = look_into (path);
  g_hash_table_insert (self->found, g_strdup (end), (gpointer) format);
  return format;
}

void
kutip_convert_left_note (KutipConvertLeft *self,
                         const KutipFormat *read,
                         const char *path,
                         gboolean is_plain)
{
  const KutipFormat *format = kutip_format_guess (path, "", 0);
  Files added = { .n = 1 };

  if (format == NULL || (format != &kutip_format_kutip &&
                         format->recognise (path, "", 0) != KUTIP_MATCH_YES))
    format = is_plain ? find_by_content (self, path) : NULL;
  if (format == NULL || format == read || format == &kutip_format_kutip)
    return;
  added.format = format;
  for (guint i = 0; i < self->files->len; i++)
    {
      Files *files = &g_array_index (self->files, Files, i);

      if (files->format == format)
        {
          files->n++;
          return;
        }
    }
  added.first = g_strdup (path);
  g_array_append_val (self->files, added);
}

void
kutip_convert_left_tell (KutipConvertLeft *self,
                         const KutipFormat *read,
                         KutipReport *report)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      const Files *files = &g_array_index (self->files, Files, i);
      /* Translators: a number of files, and two names of formats, such as "brat" */
      g_autofree char *detail = g_strdup_printf (
          ngettext ("%1$u file in “%2$s” is left alone, as the folder is "
                    "read in “%3$s”: name it to have it read",
                    "%1$u files in “%2$s” are left alone, as the folder "
                    "is read in “%3$s”: name them to have them read",
                    files->n),
          files->n, files->format->name, read->name);

      kutip_report_add_left_out (report, "other-format", files->first, NULL, 0, detail);
    }
  g_array_set_size (self->files, 0);
  g_hash_table_remove_all (self->found);
  self->n_looked_into = 0;
}
