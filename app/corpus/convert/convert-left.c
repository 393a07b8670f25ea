/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/convert/convert-left.h"

#include "format/formats.h"

#include <glib/gi18n.h>

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
  return self;
}

void
kutip_convert_left_free (KutipConvertLeft *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->files);
  g_free (self);
}

void
kutip_convert_left_note (KutipConvertLeft *self,
                         const KutipFormat *read,
                         const char *path)
{
  const KutipFormat *format = kutip_format_guess (path, "", 0);
  Files added = { .format = format, .n = 1 };

  if (format == NULL || format == read ||
      format->recognise (path, "", 0) != KUTIP_MATCH_YES)
    return;
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

      kutip_report_add (report, KUTIP_REPORT_WARNING, "other-format", files->first, NULL,
                        0, detail);
    }
  g_array_set_size (self->files, 0);
}
