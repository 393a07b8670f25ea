/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memmem */
#include "text/signature.h"

#include <glib/gi18n.h>
#include <string.h>

/* How much of a file is looked at for NUL bytes, before a short signature is believed. */
#define HEAD 4096

typedef struct
{
  gsize offset;
  const char *magic;
  gsize n_magic;
  gboolean weak; /* could begin a text: counts only with NUL bytes near it */
  const char *sentence;
} Signature;

#define MAGIC(offset, bytes, weak, sentence)                                             \
  {                                                                                      \
    (offset), (bytes), sizeof (bytes) - 1, (weak), (sentence)                            \
  }

#define IMAGE N_ ("This is an image, not a text file")
#define SOUND N_ ("This is a sound recording, not a text file")
#define VIDEO N_ ("This is a video, not a text file")
#define ARCHIVE N_ ("This is a compressed archive, not a text file")
#define PROGRAM N_ ("This is a program, not a text file")
#define FONT N_ ("This is a font, not a text file")

static const Signature signatures[] = {
  MAGIC (0, "%PDF-", FALSE, N_ ("This is a PDF document, not a text file")),
  MAGIC (0, "%!PS-", FALSE, N_ ("This is a PostScript document, not a text file")),
  MAGIC (0,
         "{\\rtf",
         FALSE,
         N_ ("This is a rich text (RTF) document; save it as plain text first")),
  MAGIC (0,
         "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
         FALSE,
         N_ ("This is an older Microsoft Office document (such as DOC); "
             "save it as plain text first")),
  MAGIC (0, "\x89PNG\r\n\x1a\n", FALSE, IMAGE),
  MAGIC (0, "\xff\xd8\xff", FALSE, IMAGE),
  MAGIC (0, "GIF87a", FALSE, IMAGE),
  MAGIC (0, "GIF89a", FALSE, IMAGE),
  MAGIC (0, "II*\0", FALSE, IMAGE),
  MAGIC (0, "MM\0*", FALSE, IMAGE),
  MAGIC (8, "WEBPVP8", FALSE, IMAGE),
  MAGIC (0, "BM", TRUE, IMAGE),
  MAGIC (4, "ftypavif", FALSE, IMAGE),
  MAGIC (4, "ftyphei", FALSE, IMAGE),
  MAGIC (0, "AT&TFORM", TRUE, N_ ("This is a DjVu document, not a text file")),
  MAGIC (8, "WAVEfmt ", FALSE, SOUND),
  MAGIC (0, "OggS\0", FALSE, SOUND),
  MAGIC (0, "fLaC\0", FALSE, SOUND),
  MAGIC (0, "ID3", TRUE, SOUND),
  MAGIC (4, "ftyp", TRUE, VIDEO),
  MAGIC (0, "\x1a\x45\xdf\xa3", FALSE, VIDEO),
  MAGIC (8, "AVI LIST", FALSE, VIDEO),
  MAGIC (0, "\x1f\x8b\x08", FALSE, ARCHIVE),
  MAGIC (0, "BZh", TRUE, ARCHIVE),
  MAGIC (0,
         "\xfd"
         "7zXZ\0",
         FALSE,
         ARCHIVE),
  MAGIC (0, "7z\xbc\xaf\x27\x1c", FALSE, ARCHIVE),
  MAGIC (0, "\x28\xb5\x2f\xfd", FALSE, ARCHIVE),
  MAGIC (0, "Rar!\x1a\x07", FALSE, ARCHIVE),
  MAGIC (257, "ustar", TRUE, ARCHIVE),
  MAGIC (0,
         "\x7f"
         "ELF",
         FALSE,
         PROGRAM),
  MAGIC (0, "MZ", TRUE, PROGRAM),
  MAGIC (0, "\xcf\xfa\xed\xfe", FALSE, PROGRAM),
  MAGIC (0, "wOFF\0", FALSE, FONT),
  MAGIC (0, "wOF2\0", FALSE, FONT),
  MAGIC (0, "OTTO\0", FALSE, FONT),
  MAGIC (0, "SQLite format 3\0", FALSE, N_ ("This is a database, not a text file")),
};

/* Kinds of ZIP archive, told apart by a name inside. */
static const struct
{
  const char *member;
  const char *sentence;
} zip_kinds[] = {
  { "word/document.xml",
    N_ ("This is a Word document (DOCX); save it as plain text first") },
  { "application/vnd.oasis.opendocument.text",
    N_ ("This is an OpenDocument text (ODT); save it as plain text first") },
  { "application/epub+zip",
    N_ ("This is an electronic book (EPUB); save it as plain text first") },
  { "xl/workbook.xml", N_ ("This is a spreadsheet (XLSX), not a text file") },
  { "ppt/presentation.xml", N_ ("This is a presentation (PPTX), not a text file") },
};

static gboolean
holds (const char *bytes, gsize n_bytes, const char *needle)
{
  return memmem (bytes, n_bytes, needle, strlen (needle)) != NULL;
}

static const char *
describe_zip (const char *bytes, gsize n_bytes)
{
  for (gsize i = 0; i < G_N_ELEMENTS (zip_kinds); i++)
    if (holds (bytes, n_bytes, zip_kinds[i].member))
      return _ (zip_kinds[i].sentence);
  return _ (ARCHIVE);
}

static gboolean
matches (const Signature *signature, const char *bytes, gsize n_bytes)
{
  gsize end = signature->offset + signature->n_magic;

  if (n_bytes < end ||
      memcmp (bytes + signature->offset, signature->magic, signature->n_magic) != 0)
    return FALSE;
  return !signature->weak || memchr (bytes, '\0', MIN (n_bytes, HEAD)) != NULL;
}

const char *
kutip_signature_describe (const char *bytes, gsize n_bytes)
{
  g_return_val_if_fail (bytes != NULL || n_bytes == 0, NULL);

  if (n_bytes >= 4 &&
      (memcmp (bytes, "PK\3\4", 4) == 0 || memcmp (bytes, "PK\5\6", 4) == 0))
    return describe_zip (bytes, n_bytes);
  for (gsize i = 0; i < G_N_ELEMENTS (signatures); i++)
    if (matches (&signatures[i], bytes, n_bytes))
      return _ (signatures[i].sentence);
  return NULL;
}
