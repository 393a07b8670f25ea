/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Ids of spans and relations: any text, mostly letters and a number ("s12"). */

/* A total order in which the number at the end is counted: s2 before s10. */
int kutip_id_compare (const char *a, const char *b);
/* The number at the end; 0 when there is none, or one of more than nine digits, which no
 * counter of ours reaches. */
guint kutip_id_get_number (const char *id);
/* A hash that differs from run to run, so that no file can be made to have colliding ids;
 * another one for each @round. */
guint64 kutip_id_hash (const char *id, guint round);

G_END_DECLS
