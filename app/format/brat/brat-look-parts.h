/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/format.h"

G_BEGIN_DECLS

/* What reading and writing of visual.conf and kb_shortcuts.conf share. */

/* Lines are worked with as a list, with "[section]" before those of each; in
 * kb_shortcuts.conf there is none. */
#define KUTIP_BRAT_LABELS "[labels]"
#define KUTIP_BRAT_DRAWING "[drawing]"

/* The members of a tag set that keep those of which Kutip makes nothing. */
#define KUTIP_BRAT_KEPT_VISUAL "brat_visual"
#define KUTIP_BRAT_KEPT_SHORTCUTS "brat_shortcuts"

/* A type by the word that it is in brat's files: the first of several. */
typedef struct
{
  const char *name, *title, *color;
  gunichar key;
} KutipBratType;

typedef struct
{
  GHashTable *by_word; /* word, owned -> KutipBratType in the list */
  GPtrArray *words;    /* in their order, borrowed */
} KutipBratTypes;

/* The types of @fields, whose strings they borrow. */
void kutip_brat_types_gather (KutipBratTypes *self, const KutipTagsetFields *fields);
void kutip_brat_types_clear (KutipBratTypes *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KutipBratTypes, kutip_brat_types_clear)

/* The lines that Kutip writes of a type; owned, NULL where there is nothing to say, or
 * nothing that brat would read. */
char *kutip_brat_make_label_line (const char *word, const KutipBratType *type);
char *kutip_brat_make_drawing_line (const char *word, const KutipBratType *type);
/* Those of all keys, owned: brat knows one type a key. */
GPtrArray *kutip_brat_list_key_lines (KutipBratTypes *types);

gboolean kutip_brat_is_begin (const char *line);
/* Of "Quote | Quotation | Q": the name, and the title or NULL. Owned. */
char *kutip_brat_cut_label (const char *line, char **title);
/* Of "Quote<white>bgColor:#aabbcc, fgColor:black": the name; @color is what bgColor says,
 * or NULL, and to @others is added what else is said. Owned. */
char *kutip_brat_cut_drawing (const char *line, char **color, GString *others);
/* Of "K<white>Quote": the name; NULL for what is no such line. Owned. */
char *kutip_brat_cut_key (const char *line, gunichar *key);

/* "#aabbcc" */
gboolean kutip_brat_is_color (const char *color);
/* "#abc" and "#aabbcc" as the latter in small letters; NULL for colours by name. Owned.
 */
char *kutip_brat_read_color (const char *color);

G_END_DECLS
