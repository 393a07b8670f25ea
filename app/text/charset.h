/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "text/text.h"

G_BEGIN_DECLS

#define KUTIP_CHARSET_ERROR (kutip_charset_error_quark ())
GQuark kutip_charset_error_quark (void);

typedef enum
{
  KUTIP_CHARSET_ERROR_NOT_TEXT, /* NUL bytes, an image, a PDF, an archive … */
  KUTIP_CHARSET_ERROR_INVALID,  /* not valid in the charset that was asked for or found */
  KUTIP_CHARSET_ERROR_UNKNOWN,  /* no such charset, or none could be guessed */
  KUTIP_CHARSET_ERROR_TOO_LARGE,
} KutipCharsetError;

/* How the bytes were read. */
typedef struct
{
  const char *name; /* IANA name in upper case ("UTF-8", "WINDOWS-1252"); interned */
  gboolean bom;     /* a byte order mark was there, and is not part of the text */
  gboolean guessed; /* by a detector, so it may be wrong */
} KutipCharset;

/* Decodes @bytes into a text. With @name NULL the charset is found: byte order mark,
 * UTF-8 if it is valid, else a detector's guess. @charset (may be NULL) says what was
 * found. The error names the reason, the line and the byte offset. */
KutipText *kutip_charset_decode (GBytes *bytes,
                                 const char *name,
                                 KutipCharset *charset,
                                 GError **error);

/* Whether @bytes are UTF-8 without NUL. The error names the offset, and the line in the
 * file where they begin in @first_line. */
gboolean kutip_charset_check_utf8 (const char *bytes,
                                   gsize n_bytes,
                                   guint64 first_line,
                                   GError **error);

/* NULL-terminated IANA names that the open dialog offers, most useful first. */
const char *const *kutip_charset_list (void);

G_END_DECLS
