/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

/* A strict pull reader for JSON (RFC 8259): UTF-8 without BOM trouble (a leading one is
 * skipped), no comments, no trailing commas, no duplicate keys, no lone surrogates, no
 * NUL in strings, depth at most 200, and the line and column of the first error. It reads
 * sidecars and JSON Lines by itself, and guards json-glib, which is not safe on foreign
 * input, where a tree is the natural thing. */
typedef struct _KutipJsonReader KutipJsonReader;

typedef enum
{
  KUTIP_JSON_OBJECT_START,
  KUTIP_JSON_OBJECT_END,
  KUTIP_JSON_ARRAY_START,
  KUTIP_JSON_ARRAY_END,
  KUTIP_JSON_NAME,
  KUTIP_JSON_STRING,
  KUTIP_JSON_NUMBER,
  KUTIP_JSON_TRUE,
  KUTIP_JSON_FALSE,
  KUTIP_JSON_NULL,
  KUTIP_JSON_END, /* of the input */
  KUTIP_JSON_ERROR,
} KutipJsonToken;

#define KUTIP_JSON_ERROR_DOMAIN (kutip_json_error_quark ())
GQuark kutip_json_error_quark (void);
typedef enum
{
  KUTIP_JSON_ERROR_SYNTAX,
  KUTIP_JSON_ERROR_DEPTH,
  KUTIP_JSON_ERROR_DUPLICATE,
  KUTIP_JSON_ERROR_VALUE, /* of another type or out of range */
  KUTIP_JSON_ERROR_SIZE,
  KUTIP_JSON_ERROR_TRUNCATED, /* the input ends before the value does: perhaps only its
                                 beginning is here */
} KutipJsonErrorCode;

/* @bytes must stay alive; NULL when there are none. Inputs over KUTIP_JSON_MAX_BYTES are
 * refused. */
#define KUTIP_JSON_MAX_BYTES ((gsize) 1 << 30)
#define KUTIP_JSON_MAX_DEPTH 200u
KutipJsonReader *kutip_json_reader_new (const char *bytes, gsize n_bytes);
void kutip_json_reader_free (KutipJsonReader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipJsonReader, kutip_json_reader_free)

KutipJsonToken kutip_json_reader_next (KutipJsonReader *self);
KutipJsonToken kutip_json_reader_peek (KutipJsonReader *self);
/* Of the token last read: the decoded name or string, or a number as it is written;
 * NUL-terminated, valid until the next call. */
const char *kutip_json_reader_get_string (KutipJsonReader *self, gsize *n_bytes);

/* The same as it stands in the input where that is possible, and so without a copy; not
 * NUL-terminated. */
const char *kutip_json_reader_peek_string (KutipJsonReader *self, gsize *n_bytes);

/* Typed getters: each reads the next value and fails with the line and column, and what
 * was expected, when it is of another type or out of range. After a failure all further
 * calls fail. */
gboolean kutip_json_reader_read_object (KutipJsonReader *self);
/* The next member's name, or NULL at the end of the object (or after an error). */
const char *kutip_json_reader_read_member (KutipJsonReader *self);
/* The same without the name, which is the token last read. */
gboolean kutip_json_reader_enter_member (KutipJsonReader *self);
gboolean kutip_json_reader_read_array (KutipJsonReader *self);
/* TRUE when another element follows, FALSE at the end of the array (or after an error).
 */
gboolean kutip_json_reader_read_element (KutipJsonReader *self);
/* Valid until the next call. */
const char *kutip_json_reader_read_string (KutipJsonReader *self);
gboolean kutip_json_reader_read_uint (KutipJsonReader *self, guint max, guint *value);
gboolean kutip_json_reader_read_double (KutipJsonReader *self, double *value);
gboolean kutip_json_reader_read_boolean (KutipJsonReader *self, gboolean *value);
/* FALSE after an error. */
gboolean kutip_json_reader_skip (KutipJsonReader *self);
/* Skips the next value; returns it raw, with white space outside strings left out when it
 * spans lines. Free with g_free(). */
char *kutip_json_reader_read_raw (KutipJsonReader *self);
/* Fails with a message at the present place; the reader's own failure is reported first.
 */
void kutip_json_reader_fail (KutipJsonReader *self, const char *format, ...)
    G_GNUC_PRINTF (2, 3);
/* The byte at which the token last read begins, counted behind a byte order mark; for
 * fail_at(). */
gsize kutip_json_reader_get_offset (KutipJsonReader *self);
void kutip_json_reader_fail_at (KutipJsonReader *self,
                                gsize offset,
                                const char *format,
                                ...) G_GNUC_PRINTF (3, 4);
/* The input from @offset to behind the token last read; not NUL-terminated. */
const char *kutip_json_reader_peek_raw (KutipJsonReader *self,
                                        gsize offset,
                                        gsize *n_bytes);
/* FALSE and @error set if anything failed. At the end also checks that nothing follows.
 */
gboolean kutip_json_reader_finish (KutipJsonReader *self, GError **error);
/* Whether anything failed so far. */
gboolean kutip_json_reader_failed (KutipJsonReader *self);
void kutip_json_reader_get_place (KutipJsonReader *self, guint *line, guint *column);

/* For an input that is a part of a file: what its first line is called in messages. */
void kutip_json_reader_set_first_line (KutipJsonReader *self, guint64 line);

/* Only checks. */
gboolean kutip_json_check (const char *bytes, gsize n_bytes, GError **error);

/* Where the string ends, with room for @n_bytes more and a NUL. */
static inline char *
kutip_json_make_room (GString *out, gsize n_bytes)
{
  if (n_bytes >= out->allocated_len - out->len)
    {
      gsize len = out->len;

      g_string_set_size (out, len + n_bytes);
      out->len = len;
    }
  return out->str + out->len;
}

/* g_string_append_len() without a call, as long as there is room. */
static inline void
kutip_json_append_raw (GString *out, const char *bytes, gsize n_bytes)
{
  if (n_bytes < out->allocated_len - out->len)
    {
      memcpy (out->str + out->len, bytes, n_bytes);
      out->len += n_bytes;
      out->str[out->len] = '\0';
    }
  else
    g_string_append_len (out, bytes, (gssize) n_bytes);
}

/* Writing to where there is room enough; the new end, without a NUL. The room that
 * @n_bytes need as a JSON string: a control character takes six, and then there are the
 * quotation marks and what may be copied too much. */
static inline gsize
kutip_json_measure_most (gsize n_bytes)
{
  return 6 * n_bytes + 2 + 16;
}
#define KUTIP_JSON_MOST_OF_UINT 11
char *kutip_json_put_bytes (char *to, const char *bytes, gsize n_bytes);
char *kutip_json_put_uint (char *to, guint value);

/* Writing: appends @string as a JSON string, with only what must be escaped escaped. */
void kutip_json_append_string (GString *out, const char *string);
void kutip_json_append_bytes (GString *out, const char *bytes, gsize n_bytes);
/* A whole number. */
void kutip_json_append_uint (GString *out, guint value);
/* A NULL-terminated list as an array on one line. */
void kutip_json_append_strings (GString *out, const char *const *strings);
/* The shortest form that reads back as the same number, independent of the locale. */
void kutip_json_append_double (GString *out, double value);

G_END_DECLS
