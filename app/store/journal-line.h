/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/document.h"

G_BEGIN_DECLS

/* The lines of a journal. The first is the KUTIP_LINE_START; then, after a journal has
 * been shortened, what was done before (oldest first) and undone before (next to redo
 * first); then what happens. */
typedef enum
{
  KUTIP_LINE_START,  /* of which article, from which sidecar on */
  KUTIP_LINE_PAST,   /* a change that the first sidecar holds already */
  KUTIP_LINE_FUTURE, /* a change that had been undone before it */
  KUTIP_LINE_DO,
  KUTIP_LINE_UNDO,
  KUTIP_LINE_REDO,
  KUTIP_LINE_SAVING,    /* the sidecar is about to be written … */
  KUTIP_LINE_SAVED,     /* … was written … */
  KUTIP_LINE_ELSEWHERE, /* … under another name */
} KutipLineKind;

/* Positions count the lines DO, UNDO and REDO. */
typedef struct
{
  KutipLineKind kind;
  KutipChange *change;     /* PAST, FUTURE, DO; owned */
  char sha256[65];         /* START, SAVING, SAVED: of the sidecar; "" for none */
  char article_sha256[65]; /* START */
  guint position;          /* SAVING, SAVED, ELSEWHERE */
} KutipLine;

void kutip_line_clear (KutipLine *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KutipLine, kutip_line_clear)

/* With the newline. @text is the article's. */
void kutip_line_append (GString *out, const KutipLine *line, KutipText *text);
/* @bytes without the newline. */
gboolean kutip_line_parse (
    const char *bytes, gsize n_bytes, KutipText *text, KutipLine *line, GError **error);
/* Whether it is the first one of a journal whose lines this program does not know. */
gboolean kutip_line_is_newer (const char *bytes, gsize n_bytes);

G_END_DECLS
