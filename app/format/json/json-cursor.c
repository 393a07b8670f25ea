/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/json/json-cursor.h"

#include "format/json/json.h"

#include <string.h>

void
kutip_json_cursor_init (KutipJsonCursor *self, const char *bytes, gsize n_bytes)
{
  *self = (KutipJsonCursor){
    .scan = { .position = bytes, .end = bytes + n_bytes },
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

/* Whether the name at the position is that one; moves behind the colon then. */
static inline gboolean
pass_name (KutipJsonCursor *self, const char *name)
{
  const char *p = self->scan.position + 1;
  const char *end = self->scan.end;

  while (*name != '\0' && p < end && *p == *name)
    {
      p++;
      name++;
    }
  if (*name != '\0' || end - p < 2 || p[0] != '"' || p[1] != ':')
    return FALSE;
  self->scan.position = p + 2;
  return TRUE;
}

int
kutip_json_cursor_next_of (KutipJsonCursor *self, const char *const *names, int last)
{
  const char *name;
  gsize n_bytes;
  gboolean escaped;

  if (!advance (self, '}'))
    return KUTIP_JSON_CURSOR_END;
  /* They stand in the order of the table, mostly without a gap. */
  if (peek (self) == '"')
    for (int i = last + 1; names[i] != NULL; i++)
      if (pass_name (self, names[i]))
        return i;
  if (!pass_string (self, &name, &n_bytes, &escaped) || !pass (self, ':'))
    return KUTIP_JSON_CURSOR_END;
  for (int i = 0; names[i] != NULL; i++)
    if (*names[i] == *name && strncmp (names[i], name, n_bytes) == 0 &&
        names[i][n_bytes] == '\0')
      return i;
  return KUTIP_JSON_CURSOR_OTHER;
}

gboolean
kutip_json_cursor_next_element (KutipJsonCursor *self)
{
  return advance (self, ']');
}

/* How many bytes from @bytes on stand for themselves in a string, and stand at @p, where
 * there are as many. */
static inline gsize
count_same (const char *p, const char *bytes, gsize n_bytes)
{
  gsize i = 0;

#ifdef __SSE2__
  for (; n_bytes - i >= 16; i += 16)
    {
      __m128i expected = kutip_json_load_16 (bytes + i);
      __m128i same = _mm_cmpeq_epi8 (expected, kutip_json_load_16 (p + i));
      guint marks = kutip_json_mark_special_16 (expected) |
                    ((guint) _mm_movemask_epi8 (same) ^ 0xffff);

      if (marks != 0)
        return i + (gsize) __builtin_ctz (marks);
    }
  if (i < n_bytes)
    {
      __m128i expected = kutip_json_load_few (bytes + i, n_bytes - i);
      __m128i same = _mm_cmpeq_epi8 (expected, kutip_json_load_few (p + i, n_bytes - i));
      /* What is behind them counts as one that ends them. */
      guint marks = kutip_json_mark_special_16 (expected) |
                    ((guint) _mm_movemask_epi8 (same) ^ 0xffff);

      return i + (gsize) __builtin_ctz (marks);
    }
#else
  for (; n_bytes - i >= 8; i += 8)
    {
      guint64 word = kutip_json_load_word (bytes + i);
      guint64 marks =
          kutip_json_mark_special (word) | (word ^ kutip_json_load_word (p + i));

      if (marks != 0)
        return i + kutip_json_count_unmarked (marks);
    }
  if (i < n_bytes)
    {
      guint64 word = kutip_json_load_rest (bytes + i, n_bytes - i);
      guint64 marks = kutip_json_mark_special (word) |
                      (word ^ kutip_json_load_rest (p + i, n_bytes - i));

      return marks == 0 ? n_bytes : i + kutip_json_count_unmarked (marks);
    }
#endif
  return i;
}

/* Moves *@p, at a backslash, behind the escape if it stands for @c. */
static inline gboolean
pass_escape (const KutipJsonCursor *self, const char **p, char c)
{
  KutipJsonScan scan = { *p, self->scan.end, FALSE, NULL };
  gunichar character;

  /* Most are line ends. */
  if (c == '\n' && (*p)[1] == 'n')
    {
      *p += 2;
      return TRUE;
    }
  if (!kutip_json_scan_escape (&scan, &character) || character != (guchar) c)
    return FALSE;
  *p = scan.position;
  return TRUE;
}

/* Moves behind the string if @bytes begin with what it says, written as it must be; how
 * many of them it is, or -1. */
static inline gssize
pass_start (KutipJsonCursor *self, const char *bytes, gsize n_bytes)
{
  const char *p = self->scan.position;
  const char *start = bytes, *end = bytes + n_bytes;

  if (self->is_broken || p == self->scan.end || *p++ != '"')
    return -1;
  while (TRUE)
    {
      gsize n = MIN ((gsize) (end - bytes), (gsize) (self->scan.end - p));

      n = count_same (p, bytes, n);
      bytes += n;
      p += n;
      if (p == self->scan.end)
        return -1;
      if (*p == '"')
        break;
      if (bytes == end || *p != '\\' || !pass_escape (self, &p, *bytes++))
        return -1;
    }
  self->scan.position = p + 1;
  return bytes - start;
}

gboolean
kutip_json_cursor_pass_string (KutipJsonCursor *self, const char *bytes, gsize n_bytes)
{
  const char *position = self->scan.position;

  if (pass_start (self, bytes, n_bytes) == (gssize) n_bytes)
    return TRUE;
  self->scan.position = position;
  return FALSE;
}

gboolean
kutip_json_cursor_pass_start (KutipJsonCursor *self, const char *bytes, gsize n_bytes)
{
  const char *position = self->scan.position;
  gssize n = pass_start (self, bytes, n_bytes);

  if (n >= 0 && ((gsize) n == n_bytes || ((guchar) bytes[n] & 0xc0) != 0x80))
    return TRUE;
  self->scan.position = position;
  return FALSE;
}

gboolean
kutip_json_cursor_pass_uint (KutipJsonCursor *self, guint number)
{
  const char *p = self->scan.position;
  guint64 value = 0;
  gsize n = 0, most = MIN ((gsize) (self->scan.end - p), 11);

  for (; n < most && g_ascii_isdigit (p[n]); n++)
    value = value * 10 + (guint) (p[n] - '0');
  if (n == 0 || n == most || value != number || (*p == '0' && n > 1))
    return FALSE;
  self->scan.position = p + n;
  return TRUE;
}

/* What the next string says; FALSE when there is none. */
static gboolean
decode_string (KutipJsonCursor *self, const char **content, gsize *n_bytes)
{
  gboolean escaped;

  if (!pass_string (self, content, n_bytes, &escaped))
    return FALSE;
  if (!escaped)
    return TRUE;
  if (self->decoded == NULL)
    self->decoded = g_string_sized_new (*n_bytes);
  g_string_truncate (self->decoded, 0);
  kutip_json_decode_string (self->decoded, *content, *content + *n_bytes);
  *content = self->decoded->str;
  *n_bytes = self->decoded->len;
  return TRUE;
}

gboolean
kutip_json_cursor_is_string (KutipJsonCursor *self, const char *bytes, gsize n_bytes)
{
  const char *content;
  gsize n;

  if (peek (self) == '"' && kutip_json_cursor_pass_string (self, bytes, n_bytes))
    return TRUE;
  return decode_string (self, &content, &n) && n == n_bytes &&
         memcmp (content, bytes, n) == 0;
}

gboolean
kutip_json_cursor_is_start (KutipJsonCursor *self,
                            const char *bytes,
                            gsize n_bytes,
                            gsize *n)
{
  const char *content;

  return decode_string (self, &content, n) && *n <= n_bytes &&
         memcmp (content, bytes, *n) == 0;
}

/* Digits alone, without one 0 too many. */
static gboolean
pass_digits (KutipJsonCursor *self, guint64 *value)
{
  const char *digits = self->scan.position;
  const char *p = digits;

  *value = 0;
  for (; p < self->scan.end && g_ascii_isdigit (*p) && p - digits < 10; p++)
    *value = *value * 10 + (guint) (*p - '0');
  if (p == digits || p == self->scan.end || (*digits == '0' && p - digits > 1) ||
      g_ascii_isdigit (*p) || *p == '.' || *p == 'e' || *p == 'E')
    return FALSE;
  self->scan.position = p;
  return TRUE;
}

gboolean
kutip_json_cursor_is_uint (KutipJsonCursor *self, guint number)
{
  char next = peek (self);
  const char *digits = self->scan.position;
  guint64 value;

  if (pass_digits (self, &value))
    return value == number;
  value = 0;
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

gboolean
kutip_json_cursor_is_true (KutipJsonCursor *self)
{
  gboolean is_true = peek (self) == 't';

  skip_word (self, is_true ? "true" : "false");
  return is_true && !self->is_broken;
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

guint
kutip_json_cursor_skip_rest (KutipJsonCursor *self)
{
  guint n = 0;

  for (; kutip_json_cursor_next_element (self); n++)
    kutip_json_cursor_skip (self);
  return n;
}

static gboolean
is_expected (KutipJsonCursor *self, const KutipJsonExpected *expected, gpointer data)
{
  if (expected->is != NULL)
    return expected->is (data);
  if (expected->string != NULL)
    return kutip_json_cursor_is_string (self, expected->string,
                                        strlen (expected->string));
  return kutip_json_cursor_is_uint (self, expected->number);
}

/* The members behind the first @n_found. */
static gboolean
has_members (KutipJsonCursor *self,
             const KutipJsonExpected *expected,
             guint n,
             guint n_found,
             gpointer data)
{
  const char *names[KUTIP_JSON_CURSOR_MOST_EXPECTED + 1] = { NULL };
  guint found = (1u << n_found) - 1, wrong = 0;
  int member = (int) n_found - 1;

  g_return_val_if_fail (n <= KUTIP_JSON_CURSOR_MOST_EXPECTED, FALSE);
  for (guint i = 0; i < n; i++)
    names[i] = expected[i].name;
  while ((member = kutip_json_cursor_next_of (self, names, member)) !=
         KUTIP_JSON_CURSOR_END)
    if (member == KUTIP_JSON_CURSOR_OTHER)
      kutip_json_cursor_skip (self);
    else
      {
        found |= 1u << member;
        if (!is_expected (self, &expected[member], data))
          wrong |= 1u << member;
      }
  return found == (1u << n) - 1 && wrong == 0;
}

gboolean
kutip_json_cursor_is_object (KutipJsonCursor *self,
                             const KutipJsonExpected *expected,
                             guint n,
                             gpointer data)
{
  kutip_json_cursor_open (self, '{');
  return has_members (self, expected, n, 0, data);
}

gboolean
kutip_json_cursor_is_rest (KutipJsonCursor *self,
                           const KutipJsonExpected *expected,
                           guint n,
                           gpointer data)
{
  self->is_first = FALSE;
  return has_members (self, expected, n, n, data);
}

void
kutip_json_cursor_end (KutipJsonCursor *self)
{
  if (peek (self) != '\0' || self->scan.position < self->scan.end)
    break_off (self);
}
