/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "text/text.h"

G_BEGIN_DECLS

/* A row of a table, read from a text with marks in it: | is a caret, {} a range given, <>
 * the range wanted. The marks are not part of the text. */
typedef struct
{
  KutipText *text;
  guint caret;
  KutipRange given;
  KutipRange wanted;
} MarkedRow;

void marked_row_init (MarkedRow *row, const char *marked);
void marked_row_clear (MarkedRow *row);
/* Fails the test, but lets it go on, unless @found is the range wanted. */
void marked_row_check (MarkedRow *row,
                       KutipRange found,
                       const char *marked,
                       const char *reason);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MarkedRow, marked_row_clear)

G_END_DECLS
