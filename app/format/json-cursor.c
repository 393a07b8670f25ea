/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/json-cursor.h"

#include "format/json.h"
#include "text/utf8.h"

void
kutip_json_cursor_init (KutipJsonCursor *self, const char *bytes, gsize n_bytes)
{
  *self = (KutipJsonCursor){
    .scan = { .position = bytes, .end = bytes + n_bytes, .is_utf8 = TRUE },
    .is_broken = !kutip_utf8_validate (bytes, n_bytes, NULL),
  };
}

void
kutip_json_cursor_clear (KutipJsonCursor *self)
{
  if (self->decoded != NULL)
    g_string_free (self->decoded, TRUE);
}

static gboolean
break_off (KutipJsonCursor *self)
{
  self->is_broken = TRUE;
  return FALSE;
}

/* What comes next; NUL, which no text has, at the end and when the cursor is broken. */
static inline char
peek (KutipJsonCursor *self)
{
  const char *p = self->scan.position;

  if (self->is_broken)
    return '\0';
  while (p < self->scan.end && (*p == ' ' || *p == '\n' || *p == '\r' || *p == '\t'))
    p++;
  self->scan.position = p;
  return p < self->scan.end ? *p : '\0';
}

static inline gboolean
pass (KutipJsonCursor *self, char c)
{
  if (peek (self) != c || self->is_broken)
    return break_off (self);
  self->scan.position++;
  return TRUE;
}

/* What stands between the quotation marks. */
static inline gboolean
pass_string (KutipJsonCursor *self,
             const char **content,
             gsize *n_bytes,
             gboolean *escaped)
{
  const char *start;

  if (peek (self) != '"')
    return break_off (self);
  start = self->scan.position;
  if (!kutip_json_scan_string (&self->scan, escaped))
    return break_off (self);
  *content = start + 1;
  *n_bytes = (gsize) (self->scan.position - start) - 2;
  return TRUE;
}

gboolean
kutip_json_cursor_open (KutipJsonCursor *self, char bracket)
{
  self->is_first = TRUE;
  return pass (self, bracket);
}

/* Moves to what comes next, or behind the end. */
static inline gboolean
advance (KutipJsonCursor *self, char closing)
{
  char next = peek (self);
  gboolean is_first = self->is_first;

  self->is_first = FALSE;
  if (next == closing)
    {
      self->scan.position++;
      return FALSE;
    }
  return is_first ? !self->is_broken : pass (self, ',');
}

gboolean
kutip_json_cursor_next_member (KutipJsonCursor *self, const char **name, gsize *n_bytes)
{
  gboolean escaped;

  return advance (self, '}') && pass_string (self, name, n_bytes, &escaped) &&
         pass (self, ':');
}

gboolean
kutip_json_cursor_next_element (KutipJsonCursor *self)
{
  return advance (self, ']');
}

gboolean
kutip_json_cursor_is_string (KutipJsonCursor *self, const char *bytes, gsize n_bytes)
{
  const char *content;
  gsize n;
  gboolean escaped;

  if (!pass_string (self, &content, &n, &escaped))
    return FALSE;
  if (!escaped)
    return n == n_bytes && memcmp (content, bytes, n) == 0;
  if (self->decoded == NULL)
    self->decoded = g_string_sized_new (n);
  g_string_truncate (self->decoded, 0);
  kutip_json_decode_string (self->decoded, content, content + n);
  return self->decoded->len == n_bytes &&
         memcmp (self->decoded->str, bytes, n_bytes) == 0;
}

gboolean
kutip_json_cursor_is_uint (KutipJsonCursor *self, guint number)
{
  char next = peek (self);
  const char *digits = self->scan.position;
  guint64 value = 0;

  if (!(g_ascii_isdigit (next) || next == '-') || !kutip_json_scan_number (&self->scan))
    return break_off (self);
  for (; digits < self->scan.position && value <= G_MAXUINT; digits++)
    {
      if (!g_ascii_isdigit (*digits))
        return FALSE;
      value = value * 10 + (guint) (*digits - '0');
    }
  return value == number;
}

static void
skip_word (KutipJsonCursor *self, const char *word)
{
  gsize n = strlen (word);

  if ((gsize) (self->scan.end - self->scan.position) < n ||
      memcmp (self->scan.position, word, n) != 0)
    break_off (self);
  else
    self->scan.position += n;
}

static void
skip (KutipJsonCursor *self, guint depth)
{
  const char *content;
  gsize n_bytes;
  gboolean escaped;

  switch (peek (self))
    {
    case '"':
      pass_string (self, &content, &n_bytes, &escaped);
      break;
    case '{':
      kutip_json_cursor_open (self, '{');
      while (kutip_json_cursor_next_member (self, &content, &n_bytes))
        if (depth == KUTIP_JSON_MAX_DEPTH)
          break_off (self);
        else
          skip (self, depth + 1);
      break;
    case '[':
      kutip_json_cursor_open (self, '[');
      while (kutip_json_cursor_next_element (self))
        if (depth == KUTIP_JSON_MAX_DEPTH)
          break_off (self);
        else
          skip (self, depth + 1);
      break;
    case 't':
      skip_word (self, "true");
      break;
    case 'f':
      skip_word (self, "false");
      break;
    case 'n':
      skip_word (self, "null");
      break;
    default:
      if (self->is_broken || !kutip_json_scan_number (&self->scan))
        break_off (self);
      break;
    }
}

void
kutip_json_cursor_skip (KutipJsonCursor *self)
{
  skip (self, 0);
}

void
kutip_json_cursor_end (KutipJsonCursor *self)
{
  if (peek (self) != '\0' || self->scan.position < self->scan.end)
    break_off (self);
}
