/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a line such as "Penulis : Haryo Jati Editor : Purwanto" says of its article. */
typedef enum
{
  KUTIP_LINE_TITLE,
  KUTIP_LINE_AUTHOR,
  KUTIP_LINE_DATE,
  KUTIP_LINE_PUBLISHER,
  KUTIP_LINE_URL,
  KUTIP_LINE_OTHER, /* an editor, a photographer: it ends what stands before it */
} KutipLineField;

typedef void (*KutipLineFunc) (KutipLineField field, const char *value, gpointer data);

/* Calls @func for each part "word : value" of a line that begins with such a part. The
 * values are trimmed, not empty, and not long. FALSE when the line is none. */
gboolean kutip_guess_labelled_line (const char *line, KutipLineFunc func, gpointer data);

/* The name in a line such as "By Moira Tennant", with the word for "by" of @language; or
 * NULL. */
char *kutip_guess_byline (const char *line, const char *language);

/* The publisher at the head of a story: "PYONGYANG, KOMPAS.TV - …", "LONDON (Reuters) -
 * …"; or NULL. */
char *kutip_guess_dateline (const char *line);

/* @line without what surrounds it: spaces, Markdown's marks of a heading. */
char *kutip_guess_tidy_line (const char *line);

G_END_DECLS
