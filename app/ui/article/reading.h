/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The page as a typographer sees it. */

typedef struct
{
  int start; /* pixels left of the text, or right of it where text runs from right to left
              */
  int end;   /* on the other side, where links are drawn */
} KutipMargins;

/* Centres a column of at most @measure pixels (0: any) in @width, with what room there is
 * for links. */
KutipMargins kutip_reading_fit_margins (int width, int measure);

/* The style sheet that sets a text view in a font. @family NULL or "": the desktop's;
 * @size in points. */
char *kutip_reading_dup_css (const char *family, double size);

/* Pixels between lines, for a line height in multiples of the font's own, but never less
 * than @least. */
int kutip_reading_get_line_gap (double line_height, double font_height, int least);

/* Whether most of @text, as far as can be seen at its start, runs from right to left. */
gboolean kutip_reading_is_right_to_left (const char *text, gsize n_bytes);

/* Whether a paragraph runs from right to left: as its first letter does (UAX #9, P2). */
gboolean kutip_reading_starts_right_to_left (const char *text);

G_END_DECLS
