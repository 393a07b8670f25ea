/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What brat takes for granted of annotations that overlap; Kutip writes it. */
#define KUTIP_BRAT_OVERLAP "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>"

/* The lines of an annotation.conf that are of no type: those of other sections, those
 * whose names brat gives a meaning, and groups ("!Group") without a type below them. */
typedef struct
{
  GPtrArray *lines;   /* of char; "[section]" before those of each */
  char *begin;        /* the last such, in them; or NULL */
  GHashTable *filled; /* "section group" of those that have types */
} KutipBratOthers;

void kutip_brat_others_init (KutipBratOthers *self);
void kutip_brat_others_clear (KutipBratOthers *self);

void kutip_brat_others_add (KutipBratOthers *self, const char *section, const char *line);
/* There is a type below @group, which comes with it. */
void kutip_brat_others_fill (KutipBratOthers *self,
                             const char *section,
                             const char *group);
/* KUTIP_BRAT_CONF; NULL when there are none. Owned. */
char *kutip_brat_others_list (KutipBratOthers *self);

/* Whether the lines of a section define labels, relations or attributes. */
gboolean kutip_brat_is_section_of_types (const char *section);

/* Owned. */
char *kutip_brat_list_as_json (const char *const *strings, guint n);

G_END_DECLS
