/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/brat/brat.h"
#include "format/tagset/tagset-note.h"

#include <string.h>

static KutipTagset *
say_sections (KutipTagset *tagset, gboolean with_keys)
{
  g_autoptr (GString) conf = kutip_brat_write_sections (tagset);
  g_autoptr (KutipReport) report = kutip_report_new ();

  return kutip_brat_read_sections (conf->str, conf->len, with_keys, "", report, NULL);
}

/* What is read without a note. */
static KutipTagset *
say (KutipTagset *tagset)
{
  return say_sections (tagset, TRUE);
}

/* What is read with one, which has the keys. */
static KutipTagset *
say_without_keys (KutipTagset *tagset)
{
  return say_sections (tagset, FALSE);
}

/* brat passes over lines that begin so. */
static void
append_note (GString *out, const char *note)
{
  g_auto (GStrv) lines = g_strsplit (note, "\n", -1);

  g_string_append_c (out, '\n');
  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0')
      g_string_append_printf (out, "%s%s\n", KUTIP_BRAT_NOTE, lines[i]);
}

GString *
kutip_brat_write_conf (KutipTagset *tagset)
{
  GString *out = kutip_brat_write_sections (tagset);
  g_autofree char *note = kutip_tagset_make_note (tagset, say);

  if (note != NULL)
    append_note (out, note);
  return out;
}

/* NULL when there is none. */
static GString *
find_note (const char *bytes, gsize n_bytes)
{
  const char *end = bytes + n_bytes;
  const char *next;
  GString *note = NULL;

  for (const char *line = bytes; line < end; line = next)
    {
      const char *feed = memchr (line, '\n', (gsize) (end - line));
      gsize n = (gsize) ((feed == NULL ? end : feed) - line);

      next = feed == NULL ? end : feed + 1;
      if (n < strlen (KUTIP_BRAT_NOTE) ||
          memcmp (line, KUTIP_BRAT_NOTE, strlen (KUTIP_BRAT_NOTE)) != 0)
        continue;
      if (note == NULL)
        note = g_string_new (NULL);
      g_string_append_len (note, line + strlen (KUTIP_BRAT_NOTE),
                           (gssize) (n - strlen (KUTIP_BRAT_NOTE)));
      g_string_append_c (note, '\n');
    }
  return note;
}

KutipTagset *
kutip_brat_read_conf (const char *bytes,
                      gsize n_bytes,
                      const char *path,
                      KutipReport *report,
                      GError **error)
{
  g_autoptr (GString) note = find_note (bytes, n_bytes);
  g_autoptr (KutipTagset) said =
      kutip_brat_read_sections (bytes, n_bytes, note == NULL, path, report, error);
  g_autoptr (GError) local = NULL;
  KutipTagset *whole;

  if (note == NULL || said == NULL)
    return g_steal_pointer (&said);
  whole = kutip_tagset_complete (said, note->str, say_without_keys, &local);
  if (whole != NULL)
    return whole;
  kutip_report_add (report, KUTIP_REPORT_WARNING, "tagset", path, NULL, 0,
                    local->message);
  return g_steal_pointer (&said);
}
