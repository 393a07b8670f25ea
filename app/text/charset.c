/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/charset.h"

#include "text/detect.h"
#include "text/signature.h"
#include "text/utf8.h"

#include <glib/gi18n.h>
#include <string.h>

/* Offsets are guint; four bytes a code point is the most that UTF-8 takes. */
#define MAX_BYTES (G_MAXUINT / 4)

G_DEFINE_QUARK (kutip_charset_error, kutip_charset_error)

typedef struct
{
  const char *bytes;
  gsize n_bytes;
  guint64 n_lines_before; /* in the file that they are of */
} Input;

/* Decoded, valid UTF-8 without U+0000 and without a byte order mark. */
typedef struct
{
  char *utf8;
  gsize n_bytes;
  gboolean bom;
} Decoded;

static const struct
{
  const char *alias;
  const char *name;
} aliases[] = {
  { "UTF8", "UTF-8" },
  { "UTF16", "UTF-16" },
  { "UTF32", "UTF-32" },
  { "ASCII", "US-ASCII" },
  { "LATIN1", "ISO-8859-1" },
  { "LATIN-1", "ISO-8859-1" },
  { "CP1250", "WINDOWS-1250" },
  { "CP1251", "WINDOWS-1251" },
  { "CP1252", "WINDOWS-1252" },
  { "CP1253", "WINDOWS-1253" },
  { "CP1254", "WINDOWS-1254" },
  { "CP1255", "WINDOWS-1255" },
  { "CP1256", "WINDOWS-1256" },
  { "CP1257", "WINDOWS-1257" },
  { "CP1258", "WINDOWS-1258" },
  { "CP932", "WINDOWS-31J" },
  /* Read with iconv's own tables, a backslash would become a yen sign. */
  { "SHIFT_JIS", "WINDOWS-31J" },
  { "SHIFT-JIS", "WINDOWS-31J" },
  { "SJIS", "WINDOWS-31J" },
};

/* @name in upper case and without aliases, or NULL when it can be no charset's name.
 * Nothing that has a meaning of its own for iconv gets through: "//IGNORE" would drop
 * what does not fit, and the empty name stands for the locale's charset. */
static char *
normalize_name (const char *name)
{
  g_autofree char *upper = g_ascii_strup (name, -1);

  g_strstrip (upper);
  if (!*upper || strlen (upper) > 64)
    return NULL;
  for (const char *p = upper; *p; p++)
    if (!g_ascii_isalnum (*p) && !strchr ("-_.:+()", *p))
      return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (aliases); i++)
    if (strcmp (upper, aliases[i].alias) == 0)
      return g_strdup (aliases[i].name);
  return g_steal_pointer (&upper);
}

static gboolean
starts_with (Input input, const char *prefix, gsize n_prefix)
{
  return input.n_bytes >= n_prefix && memcmp (input.bytes, prefix, n_prefix) == 0;
}

/* The charset that a byte order mark announces. One of UTF-32 begins like one of UTF-16.
 */
static const char *
find_byte_order_mark (Input input)
{
  if (starts_with (input, "\xef\xbb\xbf", 3))
    return "UTF-8";
  if (starts_with (input, "\xff\xfe\0\0", 4) && input.n_bytes % 4 == 0)
    return "UTF-32LE";
  if (starts_with (input, "\0\0\xfe\xff", 4))
    return "UTF-32BE";
  if (starts_with (input, "\xff\xfe", 2))
    return "UTF-16LE";
  if (starts_with (input, "\xfe\xff", 2))
    return "UTF-16BE";
  if (starts_with (input, "\x84\x31\x95\x33", 4))
    return "GB18030";
  return NULL;
}

static gboolean
is_wide (const char *name)
{
  return g_str_has_prefix (name, "UTF-16") || g_str_has_prefix (name, "UTF-32") ||
         g_str_has_prefix (name, "UCS");
}

/* From 1, where lines end with LF. */
static gsize
count_lines (Input input, gsize offset)
{
  gsize n = 1 + (gsize) input.n_lines_before;

  for (gsize i = 0; i < offset; i++)
    n += input.bytes[i] == '\n';
  return n;
}

static void
set_invalid (GError **error, const char *name, Input input, gsize offset)
{
  if (offset >= input.n_bytes)
    g_set_error (error, KUTIP_CHARSET_ERROR, KUTIP_CHARSET_ERROR_INVALID,
                 /* Translators: %s is the name of a character encoding, like UTF-8. */
                 _ ("The file is not valid %s: it ends in the middle of a character"),
                 name);
  else
    g_set_error (error, KUTIP_CHARSET_ERROR, KUTIP_CHARSET_ERROR_INVALID,
                 /* Translators: %1$s is the name of a character encoding, like UTF-8;
                  * %3$zu counts bytes from the start of the file; %4$02X is the value
                  * of the byte there, like E9. */
                 _ ("The file is not valid %1$s: in line %2$zu, the byte at offset %3$zu "
                    "(0x%4$02X) does not belong there"),
                 name, count_lines (input, offset), offset,
                 (guint) (guchar) input.bytes[offset]);
}

static void
set_unknown (GError **error, const char *name)
{
  g_autofree char *shown = g_utf8_make_valid (name, -1);

  g_set_error (error, KUTIP_CHARSET_ERROR, KUTIP_CHARSET_ERROR_UNKNOWN,
               /* Translators: %s is the name of a character encoding. */
               _ ("The character encoding “%s” is not known"), shown);
}

static void
set_nul (GError **error, Input input, gsize offset)
{
  g_set_error (error, KUTIP_CHARSET_ERROR, KUTIP_CHARSET_ERROR_NOT_TEXT,
               /* Translators: %2$zu counts bytes from the start of the file. A NUL byte
                * is one with the value 0. */
               _ ("This is not a text file: there is a NUL byte in line %1$zu, at offset "
                  "%2$zu"),
               count_lines (input, offset), offset);
}

static gboolean
check_utf8 (Input input, GError **error)
{
  const char *bad;
  gsize offset, n_left;

  if (kutip_utf8_validate (input.bytes, input.n_bytes, &bad))
    return TRUE;
  offset = (gsize) (bad - input.bytes);
  n_left = input.n_bytes - offset;
  if (*bad == '\0')
    set_nul (error, input, offset);
  else if (g_utf8_get_char_validated (bad, (gssize) n_left) == (gunichar) -2)
    set_invalid (error, "UTF-8", input, input.n_bytes);
  else
    set_invalid (error, "UTF-8", input, offset);
  return FALSE;
}

gboolean
kutip_charset_check_utf8 (const char *bytes,
                          gsize n_bytes,
                          guint64 first_line,
                          GError **error)
{
  return check_utf8 ((Input){ bytes, n_bytes, first_line - 1 }, error);
}

static char *
convert_utf8 (Input input, gsize *n_bytes, GError **error)
{
  if (!check_utf8 (input, error))
    return NULL;
  *n_bytes = input.n_bytes;
  return g_strndup (input.bytes, input.n_bytes);
}

static char *
convert_with_iconv (const char *name, Input input, gsize *n_bytes, GError **error)
{
  GIConv converter = g_iconv_open ("UTF-8", name);
  g_autofree char *utf8 = NULL;
  gsize n_read = 0;

  if (converter == (GIConv) -1)
    {
      set_unknown (error, name);
      return NULL;
    }
  utf8 = g_convert_with_iconv (input.bytes, (gssize) input.n_bytes, converter, &n_read,
                               n_bytes, NULL);
  g_iconv_close (converter);
  if (utf8 && memchr (utf8, '\0', *n_bytes))
    {
      g_set_error_literal (error, KUTIP_CHARSET_ERROR, KUTIP_CHARSET_ERROR_NOT_TEXT,
                           _ ("This is not a text file: there are NUL characters in it"));
      return NULL;
    }
  if (!utf8 || n_read < input.n_bytes || !kutip_utf8_validate (utf8, *n_bytes, NULL))
    {
      /* An unfinished character at the end is no error for GLib, only unread. */
      set_invalid (error, name, input, utf8 ? input.n_bytes : n_read);
      return NULL;
    }
  return g_steal_pointer (&utf8);
}

static gboolean
decode (const char *name, Input input, Decoded *decoded, GError **error)
{
  g_autofree char *utf8 = NULL;
  const char *nul = is_wide (name) ? NULL : memchr (input.bytes, '\0', input.n_bytes);
  gsize n_bytes = 0;

  if (nul)
    {
      set_nul (error, input, (gsize) (nul - input.bytes));
      return FALSE;
    }
  if (strcmp (name, "UTF-8") == 0)
    utf8 = convert_utf8 (input, &n_bytes, error);
  else
    utf8 = convert_with_iconv (name, input, &n_bytes, error);
  if (!utf8)
    return FALSE;
  decoded->bom = g_str_has_prefix (utf8, "\ufeff");
  if (decoded->bom)
    {
      n_bytes -= strlen ("\ufeff");
      memmove (utf8, utf8 + strlen ("\ufeff"), n_bytes + 1);
    }
  decoded->utf8 = g_steal_pointer (&utf8);
  decoded->n_bytes = n_bytes;
  return TRUE;
}

/* Whether a decoded text reads like one. Charsets in which every byte is some character
 * decode anything; what was not written in them shows by control characters and by code
 * points that are nobody's. */
static gboolean
is_plausible (const Decoded *decoded)
{
  gsize n_controls = 0;

  for (const char *p = decoded->utf8; *p; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c >= 0x20 && c < 0x7f)
        continue;
      if (c < 0x20 || c == 0x7f)
        n_controls += !strchr ("\t\n\v\f\r\x1a\x1b", (int) c);
      else if (c < 0xa0 || !g_unichar_isdefined (c) || c == 0xfffd ||
               g_unichar_type (c) == G_UNICODE_PRIVATE_USE)
        return FALSE;
    }
  return n_controls * 100 <= decoded->n_bytes;
}

static gboolean
try_decode (const char *name, Input input, Decoded *decoded)
{
  if (!decode (name, input, decoded, NULL))
    return FALSE;
  if (is_plausible (decoded))
    return TRUE;
  g_clear_pointer (&decoded->utf8, g_free);
  return FALSE;
}

/* The names of single-byte charsets whose letters overlap with those of WINDOWS-1252. */
static gboolean
is_latin (const char *name)
{
  return g_str_has_prefix (name, "ISO-8859-") || g_str_has_prefix (name, "WINDOWS-125");
}

/* Texts in Western languages, and only these, are mostly ASCII in WINDOWS-1252. */
static gboolean
is_mostly_ascii (Input input)
{
  gsize n_other = 0;

  for (gsize i = 0; i < input.n_bytes; i++)
    n_other += (guchar) input.bytes[i] >= 0x80;
  return n_other <= input.n_bytes / 4;
}

/* Detectors like to name a rare relative of WINDOWS-1252 for a text that reads the same
 * in both; the name is for the next reader, who knows the common one. */
static const char *
prefer_common_name (const char *name, Input input, const Decoded *decoded)
{
  Decoded common;
  gboolean same;

  if (!is_latin (name) || !try_decode ("WINDOWS-1252", input, &common))
    return name;
  same = strcmp (common.utf8, decoded->utf8) == 0;
  g_free (common.utf8);
  return same ? "WINDOWS-1252" : name;
}

static const char *
decode_legacy (Input input, Decoded *decoded, GError **error)
{
  const char *guess;
  const char *wider;

  guess = kutip_detect_legacy (input.bytes, input.n_bytes);
  if (g_strcmp0 (guess, "UTF-8") == 0 ||
      kutip_detect_broken_utf8 (input.bytes, input.n_bytes))
    return decode ("UTF-8", input, decoded, error) ? "UTF-8" : NULL;
  wider = kutip_detect_wider (guess);
  if (guess && try_decode (guess, input, decoded))
    return prefer_common_name (guess, input, decoded);
  if (wider && try_decode (wider, input, decoded))
    return prefer_common_name (wider, input, decoded);
  if (is_mostly_ascii (input) && try_decode ("WINDOWS-1252", input, decoded))
    return "WINDOWS-1252";
  if (guess)
    g_set_error (error, KUTIP_CHARSET_ERROR, KUTIP_CHARSET_ERROR_UNKNOWN,
                 /* Translators: %s is the name of a character encoding. */
                 _ ("The character encoding of the file could not be found: it looks "
                    "like %s, but is not valid in it"),
                 guess);
  else
    g_set_error_literal (error, KUTIP_CHARSET_ERROR, KUTIP_CHARSET_ERROR_UNKNOWN,
                         _ ("The character encoding of the file could not be found"));
  return NULL;
}

/* UTF-16 or UTF-32 that lacks its byte order mark, or no text at all. */
static const char *
decode_wide (Input input, gsize nul, Decoded *decoded, GError **error)
{
  const char *guess = kutip_detect_wide (input.bytes, input.n_bytes);

  if (guess && try_decode (guess, input, decoded))
    return guess;
  set_nul (error, input, nul);
  return NULL;
}

static const char *
decode_guessed (Input input, Decoded *decoded, gboolean *guessed, GError **error)
{
  const char *mark = find_byte_order_mark (input);
  const char *nul;
  const char *escaped;

  if (mark)
    return decode (mark, input, decoded, error) ? mark : NULL;
  *guessed = TRUE;
  nul = memchr (input.bytes, '\0', input.n_bytes);
  if (nul)
    return decode_wide (input, (gsize) (nul - input.bytes), decoded, error);
  escaped = kutip_detect_escaped (input.bytes, input.n_bytes);
  if (escaped && try_decode (escaped, input, decoded))
    return escaped;
  if (!decode ("UTF-8", input, decoded, NULL))
    return decode_legacy (input, decoded, error);
  *guessed = FALSE;
  return "UTF-8";
}

/* "UTF-16" and "UTF-32" leave the order of bytes to a mark; without one, to the zeros in
 * it. */
static const char *
resolve_byte_order (const char *name, Input input)
{
  const char *found = find_byte_order_mark (input);

  if (strcmp (name, "UTF-16") != 0 && strcmp (name, "UTF-32") != 0)
    return name;
  if (!found)
    found = kutip_detect_wide (input.bytes, input.n_bytes);
  if (found && g_str_has_prefix (found, name))
    return found;
  return strcmp (name, "UTF-16") == 0 ? "UTF-16LE" : "UTF-32LE";
}

static const char *
decode_named (const char *name, Input input, Decoded *decoded, GError **error)
{
  g_autofree char *normalized = NULL;
  const char *resolved;

  if (strcmp (name, "UTF-8") == 0)
    return decode ("UTF-8", input, decoded, error) ? "UTF-8" : NULL;
  normalized = normalize_name (name);
  if (!normalized)
    {
      set_unknown (error, name);
      return NULL;
    }
  resolved = resolve_byte_order (normalized, input);
  return decode (resolved, input, decoded, error) ? g_intern_string (resolved) : NULL;
}

static gboolean
check_input (Input input, GError **error)
{
  const char *kind;

  if (input.n_bytes > MAX_BYTES)
    {
      g_autofree char *size = g_format_size (input.n_bytes);

      g_set_error (error, KUTIP_CHARSET_ERROR, KUTIP_CHARSET_ERROR_TOO_LARGE,
                   /* Translators: %s is a size, like 5.2 GB. */
                   _ ("The file is too large for a text (%s)"), size);
      return FALSE;
    }
  kind = kutip_signature_describe (input.bytes, input.n_bytes);
  if (kind)
    g_set_error_literal (error, KUTIP_CHARSET_ERROR, KUTIP_CHARSET_ERROR_NOT_TEXT, kind);
  return kind == NULL;
}

KutipText *
kutip_charset_decode (GBytes *bytes,
                      const char *name,
                      KutipCharset *charset,
                      GError **error)
{
  Input input = { NULL, 0, 0 };
  Decoded decoded = { NULL, 0, FALSE };
  gboolean guessed = FALSE;
  const char *found;

  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  input.bytes = g_bytes_get_data (bytes, &input.n_bytes);
  if (!input.bytes)
    input.bytes = "";
  if (!check_input (input, error))
    return NULL;
  found = name ? decode_named (name, input, &decoded, error)
               : decode_guessed (input, &decoded, &guessed, error);
  if (!found)
    return NULL;
  if (charset)
    *charset = (KutipCharset){ g_intern_string (found), decoded.bom, guessed };
  return kutip_text_new_take (decoded.utf8, decoded.n_bytes);
}

const char *const *
kutip_charset_list (void)
{
  static const char *const names[] = {
    "UTF-8",        "WINDOWS-1252", "ISO-8859-1",   "ISO-8859-15",  "UTF-16LE",
    "UTF-16BE",     "WINDOWS-1250", "ISO-8859-2",   "WINDOWS-1251", "KOI8-R",
    "KOI8-U",       "ISO-8859-5",   "IBM866",       "WINDOWS-1253", "ISO-8859-7",
    "WINDOWS-1254", "ISO-8859-9",   "WINDOWS-1255", "WINDOWS-1256", "WINDOWS-1257",
    "WINDOWS-1258", "WINDOWS-874",  "GB18030",      "BIG5",         "BIG5-HKSCS",
    "WINDOWS-31J",  "EUC-JP",       "ISO-2022-JP",  "EUC-KR",       "UHC",
    "MACINTOSH",    "IBM437",       "IBM850",       "UTF-32LE",     "UTF-32BE",
    NULL,
  };

  return names;
}
