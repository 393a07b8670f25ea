/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/format.h"

G_BEGIN_DECLS

/* From one thing to another, by their numbers from 0. */
typedef struct
{
  guint from, to;
} KutipCircleLink;

/* The group of each of @n things, from 1 to @n_groups: two are in one when links lead
 * from each to the other. Linear, and of no depth. Owned. */
guint *kutip_circles_find (guint n,
                           const KutipCircleLink *links,
                           guint n_links,
                           guint *n_groups);

/* Warns of relations of one type that lead from a span over others back to it: once for
 * all spans of a layer that can be reached from one another, as "circle", with the
 * relations among them. Types that are symmetric in the record's tag set, or in @tagset,
 * which may be NULL, lead both ways; a relation from a span to itself is how some tools
 * mark a root, and an event of brat that has another's trigger as an argument leads to
 * that word alone. @file and @line: where the record is from, 0 for the whole file.
 * Linear in the number of spans and relations, and of no depth. */
void kutip_circles_report (KutipRecord *record,
                           KutipTagset *tagset,
                           const char *file,
                           guint64 line,
                           KutipReport *report);

G_END_DECLS
