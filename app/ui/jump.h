/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/document.h"

G_BEGIN_DECLS

/* A place in an article, as a person names it: "395" a code point, "395-398" a stretch of
 * them, ":12" a line, "40%" how far, "s12" the id of a span, "r7" that of a link. */
typedef struct
{
  KutipRange range; /* empty: a place between two characters */
  const char *span; /* id, belongs to the layer; NULL: none was named */
} KutipJump;

/* FALSE when there is no such place; @answer (owned by the caller) then says why, else
 * what is there. White space around and between does not matter, nor in which script the
 * digits are. */
gboolean kutip_jump_find (KutipDocument *document,
                          const char *words,
                          KutipJump *jump,
                          char **answer);

G_END_DECLS
