/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/label/label-look.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_DRAWN_ROW (kutip_drawn_row_get_type ())
G_DECLARE_DERIVABLE_TYPE (KutipDrawnRow, kutip_drawn_row, KUTIP, DRAWN_ROW, GtkWidget)

/* A row of a list about a span: the label's badge, the words on one line, a smaller line
 * under them, and small signs. It draws all of that itself, and only when it is near what
 * is seen: GtkListView makes, measures and draws 200 rows for the 15 that a reader sees.
 * For a screen reader it is one text. */
struct _KutipDrawnRowClass
{
  GtkWidgetClass parent_class;

  /* Says what there is to show, with kutip_drawn_row_show() and what follows it; not at
   * all when there is nothing. */
  void (*fill) (KutipDrawnRow *self);
  /* The words for a tooltip, of @max_chars at the most. NULL: there are none now. */
  char *(*dup_words) (KutipDrawnRow *self, guint max_chars);
};

typedef enum
{
  KUTIP_TINT_DIM,
  KUTIP_TINT_ACCENT,
  KUTIP_TINT_WARNING,
} KutipTint;

typedef struct
{
  const KutipLabelLook *look;
  const char *words;
  const char *title; /* under the words, in the interface's language */
  const char *icon;  /* before the title, or NULL */
  const char *place; /* at the end of the title's line, or NULL */
} KutipDrawnContent;

/* All is copied. */
void kutip_drawn_row_show (KutipDrawnRow *self, const KutipDrawnContent *content);
/* @icon: static. @text: what it means. @number: beside it, or NULL. */
void kutip_drawn_row_add_sign (KutipDrawnRow *self,
                               const char *icon,
                               KutipTint tint,
                               const char *text,
                               const char *number);
/* For a screen reader; what the signs mean is added. */
void kutip_drawn_row_speak (KutipDrawnRow *self, const char *text);

/* What is shown does not hold any more: it is asked for again when it is drawn. */
void kutip_drawn_row_forget (KutipDrawnRow *self);
/* As last filled; NULL when it is not. */
const char *kutip_drawn_row_get_words (KutipDrawnRow *self);
const char *kutip_drawn_row_get_title (KutipDrawnRow *self);

/* About what a wide pane shows on one line. */
#define KUTIP_DRAWN_ROW_MAX_CHARS 100

G_END_DECLS
