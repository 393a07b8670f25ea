/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/doccano/doccano.h"
#include "format/offsets.h"

G_BEGIN_DECLS

/* A line of doccano's on its way into a layer: read in doccano-read.c, made one in
 * doccano-layer.c. */

/* A span as the line has it. */
typedef struct
{
  char *id;           /* a number or string, or NULL */
  gboolean is_string; /* its id is one */
  char *label;
  GString *unknown; /* other members as JSON, or NULL */
  KutipOffsets offsets;
} KutipDoccanoEntity;

typedef struct
{
  char *id; /* a number or string, or NULL */
  gboolean is_string;
  char *from, *to, *label;
  GString *unknown;
} KutipDoccanoLink;

/* What one line says. */
typedef struct
{
  char *path, *annotator, *id;
  KutipText *text;
  GArray *entities;      /* KutipDoccanoEntity */
  GArray *labels;        /* KutipDoccanoEntity: those of "label", used when there are no
                            "entities" */
  GArray *relations;     /* KutipDoccanoLink */
  GPtrArray *categories; /* char: labels of the whole text */
  GString *comments;
  GString *unknown;
  char *metadata[KUTIP_DOCCANO_N_METADATA];
  KutipOffsetUnit unit;
  gboolean has_number; /* its id is one */
  gboolean has_comments;
  gboolean is_export; /* has what doccano's export has */
  const char *file;
  guint64 number; /* in it */
  KutipReport *report;
} KutipDoccanoLine;

/* What is lost of the line is told in its report. NULL with @error, which does not say
 * where the line is. */
KutipLayer *kutip_doccano_build_layer (const KutipDoccanoLine *line,
                                       const KutipFormatOptions *options,
                                       GError **error);

G_END_DECLS
