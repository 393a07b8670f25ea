/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/document.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* What was marked in all articles of a folder (bulk-mark.h), kept among the user's own
 * files, so that it can be taken back in another run of the program: a line for each
 * article, on the disk before the article's annotations are. What a crash has left half
 * written is passed over. */

/* A span that was marked. */
typedef struct
{
  char *id;
  KutipRange range;
} KutipBulkPlace;

/* An article of the record. */
typedef struct
{
  GFile *file;
  char *name;        /* for people */
  char *created;     /* when its places were marked, as the spans say */
  GPtrArray *places; /* KutipBulkPlace */
} KutipBulkLine;

void kutip_bulk_line_free (KutipBulkLine *self);
/* Of the spans that @change adds. */
KutipBulkLine *kutip_bulk_line_new (GFile *file, const char *name, KutipChange *change);
KutipBulkLine *kutip_bulk_line_copy (const KutipBulkLine *self);
/* The spans as they stand in the document, as a change that adds them; its other edits
 * are none. An empty one when none of them is there; NULL with an error when one of them
 * is not as it was then. */
KutipChange *kutip_bulk_line_find (const KutipBulkLine *self,
                                   KutipDocument *document,
                                   const char *label,
                                   GError **error);

/* Where the record of @folder is; owned. */
GFile *kutip_bulk_record_get_file (GFile *folder);
/* Begins a new one, with nothing in it; what was recorded before is forgotten. */
gboolean kutip_bulk_record_begin (GFile *record,
                                  const char *label,
                                  const char *annotator,
                                  GError **error);
/* Puts the line on the disk. */
gboolean kutip_bulk_record_append (GFile *record,
                                   const KutipBulkLine *line,
                                   GError **error);
/* KutipBulkLine; NULL when there is no record. The strings are owned. */
GPtrArray *kutip_bulk_record_read (GFile *record, char **label, char **annotator);
/* Of a record's bytes, and back. */
GPtrArray *kutip_bulk_record_parse (const char *bytes,
                                    gsize n_bytes,
                                    char **label,
                                    char **annotator);
GString *kutip_bulk_record_print (const char *label,
                                  const char *annotator,
                                  GPtrArray *lines);
/* The record is only of these any more; without any it goes. */
gboolean kutip_bulk_record_replace (GFile *record,
                                    const char *label,
                                    const char *annotator,
                                    GPtrArray *lines,
                                    GError **error);

G_END_DECLS
