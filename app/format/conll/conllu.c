/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/conll/conllu.h"

#include "format/formats.h"
#include "format/lines.h"

#include <glib/gi18n.h>
#include <string.h>

/* What stands behind a backslash, and for what. */
static const struct
{
  char letter;
  char stands_for;
} escapes[] = {
  { 's', ' ' }, { 't', '\t' }, { 'r', '\r' }, { 'n', '\n' }, { 'p', '|' }, { '\\', '\\' },
};

/* What programs may take for the end of a line, and UD does not allow. UDPipe and Stanza
 * know no escape for it, nor need one for other blanks, which stand as they are. */
static gboolean
is_dangerous (gunichar c)
{
  return g_unichar_iscntrl (c) || c == 0x2028 || c == 0x2029;
}

void
kutip_conllu_append_value (GString *out, const char *value)
{
  for (const char *p = value; *p != '\0'; p = g_utf8_next_char (p))
    {
      char letter = '\0';

      for (guint i = 0; i < G_N_ELEMENTS (escapes); i++)
        if (*p == escapes[i].stands_for)
          letter = escapes[i].letter;
      if (letter != '\0')
        g_string_append_printf (out, "\\%c", letter);
      else if (is_dangerous (g_utf8_get_char (p)))
        g_string_append_printf (out, "\\u{%x}", g_utf8_get_char (p));
      else
        g_string_append_len (out, p, g_utf8_next_char (p) - p);
    }
}

/* "u00A0", as Stanza has it. */
static gboolean
append_short_code (GString *out, const char **p)
{
  gunichar code = 0;

  for (guint i = 1; i <= 4; i++)
    {
      int digit = g_ascii_xdigit_value ((*p)[i]);

      if (digit < 0)
        return FALSE;
      code = code * 16 + (gunichar) digit;
    }
  if (code == 0 || !g_unichar_validate (code))
    return FALSE;
  g_string_append_unichar (out, code);
  *p += 4;
  return TRUE;
}

/* "u{2028}" at *@p, which moves to its last character. */
static gboolean
append_code (GString *out, const char **p)
{
  char *end;
  guint64 code;

  if (**p == 'u' && (*p)[1] != '{')
    return append_short_code (out, p);
  if (strncmp (*p, "u{", 2) != 0 || !g_ascii_isxdigit ((*p)[2]))
    return FALSE;
  code = g_ascii_strtoull (*p + 2, &end, 16);
  if (*end != '}' || code == 0 || code > 0x10ffff ||
      !g_unichar_validate ((gunichar) code))
    return FALSE;
  g_string_append_unichar (out, (gunichar) code);
  *p = end;
  return TRUE;
}

char *
kutip_conllu_dup_value (const char *escaped)
{
  g_autoptr (GString) value = g_string_new (NULL);

  for (const char *p = escaped; *p != '\0'; p++)
    {
      gboolean known = *p != '\\';

      if (known)
        g_string_append_c (value, *p);
      else
        p++;
      for (guint i = 0; !known && i < G_N_ELEMENTS (escapes); i++)
        if (*p == escapes[i].letter)
          {
            g_string_append_c (value, escapes[i].stands_for);
            known = TRUE;
          }
      if (!known && !append_code (value, &p))
        return NULL;
    }
  return g_strdup (value->str);
}

static const char *
find_line (const char *bytes, const char *end, const char *start)
{
  const gsize n = strlen (start);

  while (bytes < end)
    {
      if ((gsize) (end - bytes) >= n && memcmp (bytes, start, n) == 0)
        return bytes;
      bytes = kutip_lines_find_end (bytes, end);
    }
  return NULL;
}

/* A document, and those behind it that have the same name: of other annotators. */
static gsize
next_unit (const char *bytes, gsize n_bytes, gboolean at_end)
{
  const char *end = bytes + n_bytes;
  const char *first = n_bytes == 0 ? NULL : find_line (bytes, end, "# newdoc");
  const char *first_end = first == NULL ? NULL : kutip_lines_find_end (first, end);
  const char *next = first_end;

  while (next != NULL && (next = find_line (next, end, "# newdoc")) != NULL)
    {
      const char *next_end = kutip_lines_find_end (next, end);

      /* Its line must be all here. */
      if (next_end == end && !at_end)
        return 0;
      if (next_end - next != first_end - first ||
          memcmp (first, next, (gsize) (first_end - first)) != 0 ||
          first_end - first < (gssize) strlen (KUTIP_CONLLU_DOC))
        return (gsize) (next - bytes);
      next = next_end;
    }
  return at_end ? n_bytes : 0;
}

/* Whether the first row has ten columns, the first of them a number. */
static gboolean
begins_with_row (const char *head, gsize n_head)
{
  const char *end = head + n_head, *line = head, *line_end;
  guint n_tabs = 0;

  while (line < end && (*line == '#' || *line == '\n' || *line == '\r'))
    line = kutip_lines_find_end (line, end);
  line_end = line < end ? kutip_lines_find_end (line, end) : line;
  for (const char *p = line; p < line_end; p++)
    n_tabs += *p == '\t';
  return n_tabs == 9 && g_ascii_isdigit (*line);
}

static KutipMatch
recognise (const char *name, const char *head, gsize n_head)
{
  if (g_str_has_suffix (name, ".conllu"))
    return KUTIP_MATCH_YES;
  return !kutip_format_names_text (name) && n_head > 0 && begins_with_row (head, n_head)
             ? KUTIP_MATCH_MAYBE
             : KUTIP_MATCH_NO;
}

/* Relations have none. */
static gboolean
keeps_id (const char *id, gboolean of_relation)
{
  return !of_relation;
}

const KutipFormat kutip_format_conllu = {
  .name = "conllu",
  .title = N_ ("CoNLL-U, spans in MISC"),
  .suffix = ".conllu",
  .keeps = KUTIP_KEEPS_TEXT | KUTIP_KEEPS_OVERLAP | KUTIP_KEEPS_PIECES |
           KUTIP_KEEPS_SUB_TOKEN | KUTIP_KEEPS_RELATIONS | KUTIP_KEEPS_ANNOTATORS,
  .keeps_id = keeps_id,
  .recognise = recognise,
  .next_unit = next_unit,
  .read = kutip_conllu_read,
  .write = kutip_conllu_write,
};
