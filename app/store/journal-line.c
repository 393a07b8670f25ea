/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/journal-line.h"

#include "format/json/json.h"
#include "format/sidecar/sidecar.h"

#include <glib/gi18n.h>
#include <string.h>

#define JOURNAL_FORMAT 1

static const char *const kind_names[] = {
  [KUTIP_LINE_START] = "journal",       [KUTIP_LINE_PAST] = "past",
  [KUTIP_LINE_FUTURE] = "future",       [KUTIP_LINE_DO] = "do",
  [KUTIP_LINE_UNDO] = "undo",           [KUTIP_LINE_REDO] = "redo",
  [KUTIP_LINE_SAVING] = "saving",       [KUTIP_LINE_SAVED] = "saved",
  [KUTIP_LINE_ELSEWHERE] = "elsewhere",
};

static const char *const edit_names[] = {
  [KUTIP_EDIT_SPAN] = "span",
  [KUTIP_EDIT_RELATION] = "relation",
  [KUTIP_EDIT_HEADER] = "header",
};

void
kutip_line_clear (KutipLine *self)
{
  g_clear_pointer (&self->change, kutip_change_unref);
}

static void
append_value (GString *out, KutipEditKind kind, gpointer value, KutipText *text)
{
  if (value == NULL)
    g_string_append (out, "null");
  else if (kind == KUTIP_EDIT_SPAN)
    kutip_sidecar_append_span (out, value, text);
  else if (kind == KUTIP_EDIT_RELATION)
    kutip_sidecar_append_relation (out, value);
  else
    kutip_sidecar_append_header (out, value);
}

static void
append_change (GString *out, KutipChange *change, KutipText *text)
{
  guint n = kutip_change_get_n_edits (change);

  kutip_json_append_string (out, kutip_change_get_title (change));
  g_string_append (out, ", \"edits\": [");
  for (guint i = 0; i < n; i++)
    {
      const KutipEdit *edit = kutip_change_get_nth_edit (change, i);

      g_string_append_printf (out, "%s{\"%s\": [", i > 0 ? ", " : "",
                              edit_names[edit->kind]);
      append_value (out, edit->kind, edit->before, text);
      g_string_append (out, ", ");
      append_value (out, edit->kind, edit->after, text);
      g_string_append (out, "]}");
    }
  g_string_append_c (out, ']');
}

void
kutip_line_append (GString *out, const KutipLine *line, KutipText *text)
{
  g_return_if_fail (out != NULL);
  g_return_if_fail (line != NULL);

  g_string_append_printf (out, "{\"%s\": ", kind_names[line->kind]);
  switch (line->kind)
    {
    case KUTIP_LINE_START:
      g_string_append_printf (out, "%d, \"article\": \"%s\", \"sidecar\": \"%s\"",
                              JOURNAL_FORMAT, line->article_sha256, line->sha256);
      break;
    case KUTIP_LINE_PAST:
    case KUTIP_LINE_FUTURE:
    case KUTIP_LINE_DO:
      append_change (out, line->change, text);
      break;
    case KUTIP_LINE_UNDO:
    case KUTIP_LINE_REDO:
      g_string_append (out, "true");
      break;
    case KUTIP_LINE_SAVING:
    case KUTIP_LINE_SAVED:
      g_string_append_printf (out, "\"%s\", \"at\": %u", line->sha256, line->position);
      break;
    case KUTIP_LINE_ELSEWHERE:
      g_string_append_printf (out, "true, \"at\": %u", line->position);
      break;
    default:
      g_assert_not_reached ();
    }
  g_string_append (out, "}\n");
}

static gpointer
read_value (KutipJsonReader *reader, KutipEditKind kind, KutipText *text)
{
  if (kutip_json_reader_peek (reader) == KUTIP_JSON_NULL)
    {
      kutip_json_reader_next (reader);
      return NULL;
    }
  if (kind == KUTIP_EDIT_SPAN)
    return kutip_sidecar_read_span (reader, text);
  if (kind == KUTIP_EDIT_RELATION)
    return kutip_sidecar_read_relation (reader);
  return kutip_sidecar_read_header_object (reader);
}

static void
unref_value (KutipEditKind kind, gpointer value)
{
  if (value == NULL)
    return;
  if (kind == KUTIP_EDIT_SPAN)
    kutip_span_unref (value);
  else if (kind == KUTIP_EDIT_RELATION)
    kutip_relation_unref (value);
  else
    kutip_header_unref (value);
}

static void
add_edit (KutipJsonReader *reader,
          KutipChange *change,
          KutipEditKind kind,
          gpointer before,
          gpointer after)
{
  if (kutip_json_reader_failed (reader))
    return;
  if (before == NULL && after == NULL)
    kutip_json_reader_fail (reader, _ ("an edit must change something"));
  else if (kind == KUTIP_EDIT_SPAN)
    kutip_change_add_span (change, before, after);
  else if (kind == KUTIP_EDIT_RELATION)
    kutip_change_add_relation (change, before, after);
  else if (before != NULL && after != NULL)
    kutip_change_add_header (change, before, after);
  else
    kutip_json_reader_fail (reader, _ ("a header cannot be added or removed"));
}

static gboolean
find_edit_kind (const char *name, KutipEditKind *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (edit_names); i++)
    {
      if (g_strcmp0 (name, edit_names[i]) == 0)
        {
          *kind = (KutipEditKind) i;
          return TRUE;
        }
    }
  return FALSE;
}

/* {"span": [BEFORE, AFTER]} */
static void
read_edit (KutipJsonReader *reader, KutipChange *change, KutipText *text)
{
  KutipEditKind kind;
  gpointer values[2] = { NULL, NULL };
  guint n = 0;

  kutip_json_reader_read_object (reader);
  if (!find_edit_kind (kutip_json_reader_read_member (reader), &kind))
    {
      kutip_json_reader_fail (reader, _ ("this is no kind of edit"));
      return;
    }
  kutip_json_reader_read_array (reader);
  while (kutip_json_reader_read_element (reader))
    {
      if (n < 2)
        values[n++] = read_value (reader, kind, text);
      else
        kutip_json_reader_fail (reader, _ ("an edit has only two sides"));
    }
  add_edit (reader, change, kind, values[0], values[1]);
  unref_value (kind, values[0]);
  unref_value (kind, values[1]);
  if (kutip_json_reader_read_member (reader) != NULL)
    kutip_json_reader_fail (reader, _ ("this is no part of an edit"));
}

static void
copy_digest (KutipJsonReader *reader, char digest[65])
{
  const char *string = kutip_json_reader_read_string (reader);

  if (string == NULL)
    return;
  if (strlen (string) != 0 && strlen (string) != 64)
    kutip_json_reader_fail (reader, _ ("this is no digest"));
  else
    g_strlcpy (digest, string, 65);
}

static void
read_first (KutipJsonReader *reader, KutipLine *line, char **title)
{
  guint format;
  gboolean is_true;

  switch (line->kind)
    {
    case KUTIP_LINE_START:
      kutip_json_reader_read_uint (reader, JOURNAL_FORMAT, &format);
      break;
    case KUTIP_LINE_PAST:
    case KUTIP_LINE_FUTURE:
    case KUTIP_LINE_DO:
      *title = g_strdup (kutip_json_reader_read_string (reader));
      break;
    case KUTIP_LINE_SAVING:
    case KUTIP_LINE_SAVED:
      copy_digest (reader, line->sha256);
      break;
    case KUTIP_LINE_UNDO:
    case KUTIP_LINE_REDO:
    case KUTIP_LINE_ELSEWHERE:
      kutip_json_reader_read_boolean (reader, &is_true);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
read_rest (KutipJsonReader *reader, KutipLine *line, const char *title, KutipText *text)
{
  const char *name;

  if (title != NULL)
    line->change = kutip_change_new (title);
  while ((name = kutip_json_reader_read_member (reader)) != NULL)
    {
      if (strcmp (name, "edits") == 0 && line->change != NULL)
        {
          kutip_json_reader_read_array (reader);
          while (kutip_json_reader_read_element (reader))
            read_edit (reader, line->change, text);
        }
      else if (strcmp (name, "at") == 0)
        kutip_json_reader_read_uint (reader, G_MAXINT, &line->position);
      else if (strcmp (name, "article") == 0)
        copy_digest (reader, line->article_sha256);
      else if (strcmp (name, "sidecar") == 0)
        copy_digest (reader, line->sha256);
      else
        kutip_json_reader_fail (reader, _ ("this is no part of a journal’s line"));
    }
}

gboolean
kutip_line_parse (
    const char *bytes, gsize n_bytes, KutipText *text, KutipLine *line, GError **error)
{
  g_autoptr (KutipJsonReader) reader = kutip_json_reader_new (bytes, n_bytes);
  g_autofree char *title = NULL;
  const char *name;
  guint kind = 0;

  memset (line, 0, sizeof *line);
  kutip_json_reader_read_object (reader);
  name = kutip_json_reader_read_member (reader);
  while (kind < G_N_ELEMENTS (kind_names) && g_strcmp0 (name, kind_names[kind]) != 0)
    kind++;
  if (kind == G_N_ELEMENTS (kind_names))
    kutip_json_reader_fail (reader, _ ("this is no line of a journal"));
  else
    {
      line->kind = (KutipLineKind) kind;
      read_first (reader, line, &title);
      read_rest (reader, line, title, text);
    }
  if (kutip_json_reader_finish (reader, error))
    return TRUE;
  kutip_line_clear (line);
  return FALSE;
}

gboolean
kutip_line_is_newer (const char *bytes, gsize n_bytes)
{
  g_autoptr (KutipJsonReader) reader = kutip_json_reader_new (bytes, n_bytes);
  guint format = 0;

  kutip_json_reader_read_object (reader);
  return g_strcmp0 (kutip_json_reader_read_member (reader),
                    kind_names[KUTIP_LINE_START]) == 0 &&
         kutip_json_reader_read_uint (reader, G_MAXINT, &format) &&
         format > JOURNAL_FORMAT;
}
