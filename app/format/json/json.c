/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/json/json.h"

#include "format/json/json-scan.h"
#include "text/utf8.h"

#include <glib/gi18n.h>
#include <string.h>

/* Objects with more members look their names up in a tree: no input can make it slow, as
 * it could a hash table. */
#define MAX_LISTED_NAMES 16

/* What may come next. */
typedef enum
{
  STATE_VALUE,
  STATE_FIRST_ELEMENT, /* or the end of the array */
  STATE_FIRST_NAME,    /* or the end of the object */
  STATE_AFTER_VALUE,
  STATE_DONE,
} State;

/* A member's name, decoded. */
typedef struct
{
  const char *bytes;
  gsize n_bytes;
  gboolean owned; /* else it stands in the input */
} Name;

/* An open object or array. */
typedef struct
{
  gboolean is_object;
  guint first_name; /* of its names in the reader's list */
  GTree *tree;      /* of its names, once they are many */
} Frame;

struct _KutipJsonReader
{
  const char *start;
  const char *position;
  const char *end;
  gboolean is_utf8; /* all of it; else the first wrong byte is found on the way */
  State state;
  Frame frames[KUTIP_JSON_MAX_DEPTH];
  guint depth;
  GArray *names; /* of Name: those of all open objects that have few */
  KutipJsonToken token;
  const char *token_start;
  gboolean peeked;
  /* Of the last string or number, without the quotes. */
  const char *content;
  const char *content_end;
  gboolean escaped;
  GString *decoded;
  gboolean is_decoded;
  /* The last place that was asked for: the next one is counted from there. */
  const char *known_position;
  guint known_line;
  guint first_line; /* what the first line is called */
  guint known_column;
  GError *error;
};

G_DEFINE_QUARK (kutip_json_error, kutip_json_error)

static void
clear_name (Name *name)
{
  if (name->owned)
    g_free ((char *) name->bytes);
}

static void
free_name (gpointer data)
{
  clear_name (data);
  g_free (data);
}

static int
compare_names (gconstpointer a, gconstpointer b, gpointer data)
{
  const Name *first = a;
  const Name *second = b;
  int order = memcmp (first->bytes, second->bytes, MIN (first->n_bytes, second->n_bytes));

  if (order != 0)
    return order;
  return (first->n_bytes > second->n_bytes) - (first->n_bytes < second->n_bytes);
}

static void
count_place (KutipJsonReader *self, const char *position, guint *line, guint *column)
{
  if (position < self->known_position)
    {
      self->known_position = self->start;
      self->known_line = self->first_line;
      self->known_column = 1;
    }
  for (const char *p = self->known_position; p < position; p++)
    {
      if (*p == '\n')
        {
          self->known_line++;
          self->known_column = 1;
        }
      else if (((guchar) *p & 0xc0) != 0x80)
        self->known_column++;
    }
  self->known_position = position;
  *line = self->known_line;
  *column = self->known_column;
}

static void fail_at (KutipJsonReader *self,
                     const char *position,
                     KutipJsonErrorCode code,
                     const char *format,
                     va_list arguments) G_GNUC_PRINTF (4, 0);

static void
fail_at (KutipJsonReader *self,
         const char *position,
         KutipJsonErrorCode code,
         const char *format,
         va_list arguments)
{
  g_autofree char *reason = NULL;
  guint line, column;

  if (self->error != NULL)
    return;
  reason = g_strdup_vprintf (format, arguments);
  count_place (self, position, &line, &column);
  /* Translators: a place in a JSON file, and what is wrong there. */
  self->error = g_error_new (KUTIP_JSON_ERROR_DOMAIN, code,
                             _ ("line %1$u, column %2$u: %3$s"), line, column, reason);
}

static KutipJsonToken fail (KutipJsonReader *self,
                            const char *position,
                            KutipJsonErrorCode code,
                            const char *format,
                            ...) G_GNUC_PRINTF (4, 5);

static KutipJsonToken
fail (KutipJsonReader *self,
      const char *position,
      KutipJsonErrorCode code,
      const char *format,
      ...)
{
  va_list arguments;

  va_start (arguments, format);
  fail_at (self, position, code, format, arguments);
  va_end (arguments);
  return KUTIP_JSON_ERROR;
}

static KutipJsonToken
fail_truncated (KutipJsonReader *self)
{
  return fail (self, self->end, KUTIP_JSON_ERROR_TRUNCATED,
               _ ("the file ends too early"));
}

/* A syntax error at @position: @expected is a whole clause. */
static KutipJsonToken
fail_syntax (KutipJsonReader *self, const char *position, const char *expected)
{
  if (position >= self->end)
    return fail_truncated (self);
  return fail (self, position, KUTIP_JSON_ERROR_SYNTAX, "%s", expected);
}

static void
skip_space (KutipJsonReader *self)
{
  const char *p = self->position;

  while (p < self->end && (*p == ' ' || *p == '\n' || *p == '\r' || *p == '\t'))
    p++;
  self->position = p;
}

static KutipJsonToken
fail_scan (KutipJsonReader *self, const KutipJsonScan *scan)
{
  return fail_syntax (self, scan->reason != NULL ? scan->position : self->end,
                      scan->reason);
}

/* At the opening quote. */
static gboolean
scan_string (KutipJsonReader *self)
{
  KutipJsonScan scan = { self->position, self->end, self->is_utf8, NULL };

  if (!kutip_json_scan_string (&scan, &self->escaped))
    {
      fail_scan (self, &scan);
      return FALSE;
    }
  self->content = self->position + 1;
  self->content_end = scan.position - 1;
  self->is_decoded = FALSE;
  self->position = scan.position;
  return TRUE;
}

static KutipJsonToken
scan_number (KutipJsonReader *self)
{
  KutipJsonScan scan = { self->position, self->end, self->is_utf8, NULL };

  if (!kutip_json_scan_number (&scan))
    return fail_scan (self, &scan);
  /* Nothing tells that it has no more digits. */
  if (scan.position == self->end && self->depth > 0)
    return fail_truncated (self);
  self->content = self->position;
  self->content_end = scan.position;
  self->escaped = FALSE;
  self->is_decoded = FALSE;
  self->position = scan.position;
  return KUTIP_JSON_NUMBER;
}

static KutipJsonToken
scan_word (KutipJsonReader *self, const char *word, KutipJsonToken token)
{
  gsize n = strlen (word);
  gsize available = (gsize) (self->end - self->position);

  if (strncmp (self->position, word, MIN (n, available)) != 0)
    return fail_syntax (self, self->position, _ ("a value was expected here"));
  if (available < n)
    return fail_truncated (self);
  self->position += n;
  return token;
}

static gboolean
push_frame (KutipJsonReader *self, gboolean is_object)
{
  if (self->depth == KUTIP_JSON_MAX_DEPTH)
    {
      fail (self, self->position, KUTIP_JSON_ERROR_DEPTH,
            /* Translators: %u is how deep arrays and objects may lie in one another. */
            _ ("this lies more than %u levels deep"), KUTIP_JSON_MAX_DEPTH);
      return FALSE;
    }
  self->frames[self->depth++] = (Frame){ is_object, self->names->len, NULL };
  self->position++;
  self->state = is_object ? STATE_FIRST_NAME : STATE_FIRST_ELEMENT;
  return TRUE;
}

static void
pop_frame (KutipJsonReader *self)
{
  Frame *frame = &self->frames[--self->depth];

  g_clear_pointer (&frame->tree, g_tree_unref);
  if (self->names->len > frame->first_name)
    g_array_set_size (self->names, frame->first_name);
  self->state = self->depth > 0 ? STATE_AFTER_VALUE : STATE_DONE;
}

static KutipJsonToken
scan_value (KutipJsonReader *self)
{
  if (self->position == self->end)
    return fail_truncated (self);
  if (*self->position == '{')
    return push_frame (self, TRUE) ? KUTIP_JSON_OBJECT_START : KUTIP_JSON_ERROR;
  if (*self->position == '[')
    return push_frame (self, FALSE) ? KUTIP_JSON_ARRAY_START : KUTIP_JSON_ERROR;
  self->state = self->depth > 0 ? STATE_AFTER_VALUE : STATE_DONE;
  switch (*self->position)
    {
    case '"':
      return scan_string (self) ? KUTIP_JSON_STRING : KUTIP_JSON_ERROR;
    case 't':
      return scan_word (self, "true", KUTIP_JSON_TRUE);
    case 'f':
      return scan_word (self, "false", KUTIP_JSON_FALSE);
    case 'n':
      return scan_word (self, "null", KUTIP_JSON_NULL);
    default:
      if (*self->position == '-' || g_ascii_isdigit (*self->position))
        return scan_number (self);
      return fail_syntax (self, self->position, _ ("a value was expected here"));
    }
}

/* Moves the names of the innermost object from the list into a tree. */
static GTree *
plant_names (KutipJsonReader *self, Frame *frame)
{
  GTree *tree = g_tree_new_full (compare_names, NULL, free_name, NULL);

  for (guint i = frame->first_name; i < self->names->len; i++)
    {
      Name *name = &g_array_index (self->names, Name, i);

      g_tree_insert (tree, g_memdup2 (name, sizeof *name), NULL);
      name->owned = FALSE;
    }
  g_array_set_size (self->names, frame->first_name);
  return tree;
}

/* FALSE when the innermost object has a member of that name already. Takes what @name
 * owns. */
static gboolean
note_name (KutipJsonReader *self, Name name)
{
  Frame *frame = &self->frames[self->depth - 1];

  if (frame->tree == NULL && self->names->len - frame->first_name == MAX_LISTED_NAMES)
    frame->tree = plant_names (self, frame);
  if (frame->tree != NULL)
    {
      int n = g_tree_nnodes (frame->tree);

      g_tree_insert (frame->tree, g_memdup2 (&name, sizeof name), NULL);
      return g_tree_nnodes (frame->tree) > n;
    }
  for (guint i = frame->first_name; i < self->names->len; i++)
    {
      const Name *other = &g_array_index (self->names, Name, i);

      if (other->n_bytes == name.n_bytes &&
          memcmp (other->bytes, name.bytes, name.n_bytes) == 0)
        {
          clear_name (&name);
          return FALSE;
        }
    }
  g_array_append_val (self->names, name);
  return TRUE;
}

static KutipJsonToken
scan_name (KutipJsonReader *self)
{
  Name name = { NULL, 0, FALSE };

  if (self->position == self->end || *self->position != '"')
    return fail_syntax (self, self->position, _ ("a member's name was expected here"));
  if (!scan_string (self))
    return KUTIP_JSON_ERROR;
  if (self->escaped)
    {
      name.bytes = g_strdup (kutip_json_reader_get_string (self, &name.n_bytes));
      name.owned = TRUE;
    }
  else
    {
      name.bytes = self->content;
      name.n_bytes = (gsize) (self->content_end - self->content);
    }
  if (!note_name (self, name))
    return fail (self, self->token_start, KUTIP_JSON_ERROR_DUPLICATE,
                 /* Translators: %s is the name of a member of a JSON object. */
                 _ ("“%s” stands twice in one object"),
                 kutip_json_reader_get_string (self, NULL));
  skip_space (self);
  if (self->position == self->end || *self->position != ':')
    return fail_syntax (self, self->position, _ ("a colon was expected here"));
  self->position++;
  self->state = STATE_VALUE;
  return KUTIP_JSON_NAME;
}

static KutipJsonToken
close_frame (KutipJsonReader *self)
{
  gboolean is_object = self->frames[self->depth - 1].is_object;

  self->position++;
  pop_frame (self);
  return is_object ? KUTIP_JSON_OBJECT_END : KUTIP_JSON_ARRAY_END;
}

/* Behind a value in an object or array. */
static KutipJsonToken
scan_after_value (KutipJsonReader *self)
{
  gboolean is_object = self->frames[self->depth - 1].is_object;

  if (self->position == self->end)
    return fail_truncated (self);
  if (*self->position == (is_object ? '}' : ']'))
    return close_frame (self);
  if (*self->position != ',')
    return fail_syntax (self, self->position,
                        is_object ? _ ("a comma or “}” was expected here")
                                  : _ ("a comma or “]” was expected here"));
  self->position++;
  skip_space (self);
  self->token_start = self->position;
  return is_object ? scan_name (self) : scan_value (self);
}

static KutipJsonToken
scan_token (KutipJsonReader *self)
{
  gboolean at_end;

  if (self->error != NULL)
    return KUTIP_JSON_ERROR;
  skip_space (self);
  self->token_start = self->position;
  at_end = self->position == self->end;
  switch (self->state)
    {
    case STATE_FIRST_NAME:
      if (!at_end && *self->position == '}')
        return close_frame (self);
      return scan_name (self);
    case STATE_FIRST_ELEMENT:
      if (!at_end && *self->position == ']')
        return close_frame (self);
      return scan_value (self);
    case STATE_AFTER_VALUE:
      return scan_after_value (self);
    case STATE_DONE:
      if (at_end)
        return KUTIP_JSON_END;
      return fail_syntax (self, self->position, _ ("nothing more was expected here"));
    case STATE_VALUE:
    default:
      return scan_value (self);
    }
}

static void
decode (KutipJsonReader *self)
{
  gsize n_bytes = (gsize) (self->content_end - self->content);

  self->is_decoded = TRUE;
  if (self->escaped)
    {
      g_string_truncate (self->decoded, 0);
      kutip_json_decode_string (self->decoded, self->content, self->content_end);
      return;
    }
  g_string_set_size (self->decoded, n_bytes);
  memcpy (self->decoded->str, self->content, n_bytes);
}

KutipJsonReader *
kutip_json_reader_new (const char *bytes, gsize n_bytes)
{
  KutipJsonReader *self = g_new (KutipJsonReader, 1);
  gboolean is_too_large = n_bytes > KUTIP_JSON_MAX_BYTES;

  if (n_bytes == 0 || is_too_large)
    {
      bytes = "";
      n_bytes = 0;
    }
  if (n_bytes >= 3 && memcmp (bytes, "\xef\xbb\xbf", 3) == 0)
    {
      bytes += 3;
      n_bytes -= 3;
    }
  self->start = self->position = self->token_start = self->known_position = bytes;
  self->end = bytes + n_bytes;
  self->is_utf8 = kutip_utf8_validate (bytes, n_bytes, NULL);
  self->state = STATE_VALUE;
  self->depth = 0;
  self->names = g_array_new (FALSE, FALSE, sizeof (Name));
  g_array_set_clear_func (self->names, (GDestroyNotify) clear_name);
  self->token = KUTIP_JSON_NULL;
  self->peeked = FALSE;
  self->content = self->content_end = bytes;
  self->escaped = FALSE;
  self->decoded = g_string_sized_new (256);
  self->is_decoded = FALSE;
  self->known_line = self->known_column = self->first_line = 1;
  self->error = NULL;
  if (is_too_large)
    fail (self, bytes, KUTIP_JSON_ERROR_SIZE,
          _ ("the file is too large: JSON of up to one gigabyte is read"));
  return self;
}

void
kutip_json_reader_free (KutipJsonReader *self)
{
  while (self->depth > 0)
    pop_frame (self);
  g_array_unref (self->names);
  g_string_free (self->decoded, TRUE);
  g_clear_error (&self->error);
  g_free (self);
}

KutipJsonToken
kutip_json_reader_next (KutipJsonReader *self)
{
  if (self->peeked && self->error == NULL)
    self->peeked = FALSE;
  else
    self->token = scan_token (self);
  return self->token;
}

KutipJsonToken
kutip_json_reader_peek (KutipJsonReader *self)
{
  if (!self->peeked || self->error != NULL)
    self->token = scan_token (self);
  self->peeked = TRUE;
  return self->token;
}

const char *
kutip_json_reader_get_string (KutipJsonReader *self, gsize *n_bytes)
{
  if (!self->is_decoded)
    decode (self);
  if (n_bytes != NULL)
    *n_bytes = self->decoded->len;
  return self->decoded->str;
}

const char *
kutip_json_reader_peek_string (KutipJsonReader *self, gsize *n_bytes)
{
  if (self->escaped)
    return kutip_json_reader_get_string (self, n_bytes);
  *n_bytes = (gsize) (self->content_end - self->content);
  return self->content;
}

gsize
kutip_json_reader_get_offset (KutipJsonReader *self)
{
  return (gsize) (self->token_start - self->start);
}

const char *
kutip_json_reader_peek_raw (KutipJsonReader *self, gsize offset, gsize *n_bytes)
{
  g_return_val_if_fail (offset <= (gsize) (self->position - self->start), NULL);

  *n_bytes = (gsize) (self->position - self->start) - offset;
  return self->start + offset;
}

void
kutip_json_reader_fail (KutipJsonReader *self, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  fail_at (self, self->token_start, KUTIP_JSON_ERROR_VALUE, format, arguments);
  va_end (arguments);
}

void
kutip_json_reader_fail_at (KutipJsonReader *self, gsize offset, const char *format, ...)
{
  va_list arguments;

  g_return_if_fail (offset <= (gsize) (self->end - self->start));

  va_start (arguments, format);
  fail_at (self, self->start + offset, KUTIP_JSON_ERROR_VALUE, format, arguments);
  va_end (arguments);
}

gboolean
kutip_json_reader_failed (KutipJsonReader *self)
{
  return self->error != NULL;
}

gboolean
kutip_json_reader_finish (KutipJsonReader *self, GError **error)
{
  if (self->error == NULL && kutip_json_reader_next (self) != KUTIP_JSON_END)
    fail (self, self->token_start, KUTIP_JSON_ERROR_VALUE,
          _ ("nothing more was expected here"));
  if (self->error == NULL)
    return TRUE;
  g_propagate_error (error, g_error_copy (self->error));
  return FALSE;
}

void
kutip_json_reader_set_first_line (KutipJsonReader *self, guint64 line)
{
  self->first_line = (guint) CLAMP (line, 1, G_MAXUINT);
  self->known_position = self->start;
  self->known_line = self->first_line;
  self->known_column = 1;
}

void
kutip_json_reader_get_place (KutipJsonReader *self, guint *line, guint *column)
{
  count_place (self, self->token_start, line, column);
}
