/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What is kept of a form from one time to the next: "name=value" a line. The value is the
 * text of a row that can be edited, "yes" or "no" of a switch, the choice of a
 * KutipShippedRow, and of another choice the one of @words that stands at its place. */
typedef struct
{
  const char *name;
  gsize offset;             /* of the row or switch in the owner's struct */
  const char *const *words; /* NULL-terminated, of such a choice only */
} KutipKeptRow;

void kutip_kept_rows_append (const KutipKeptRow *rows,
                             guint n_rows,
                             gpointer owner,
                             GString *lines);
/* Lines that it does not know are passed over. */
void kutip_kept_rows_set (const KutipKeptRow *rows,
                          guint n_rows,
                          gpointer owner,
                          const char *lines);

G_END_DECLS
