/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/pour.h"
#include "format/uima/cas.h"

G_BEGIN_DECLS

/* WebAnno TSV 3, of WebAnno and INCEpTION: rows of tokens, columns of features. */

#define KUTIP_WEBANNO_MAGIC "#FORMAT=WebAnno TSV "
#define KUTIP_WEBANNO_SPANS "#T_SP="
#define KUTIP_WEBANNO_CHAINS "#T_CH="
#define KUTIP_WEBANNO_RELATIONS "#T_RL="
#define KUTIP_WEBANNO_TEXT "#Text="
#define KUTIP_WEBANNO_BASE "BT_"
#define KUTIP_WEBANNO_ROLE "ROLE_"

typedef enum
{
  KUTIP_WEBANNO_LAYER_SPANS,
  KUTIP_WEBANNO_LAYER_CHAINS,
  KUTIP_WEBANNO_LAYER_RELATIONS,
} KutipWebannoKind;

typedef enum
{
  KUTIP_WEBANNO_COLUMN_FEATURE,
  KUTIP_WEBANNO_COLUMN_ROLES,
  KUTIP_WEBANNO_COLUMN_TARGETS, /* of the roles in the column before */
  KUTIP_WEBANNO_COLUMN_SOURCE,  /* of a relation */
  KUTIP_WEBANNO_COLUMN_MARK,    /* of a layer without features */
} KutipWebannoColumnKind;

typedef struct
{
  KutipWebannoColumnKind kind;
  char *feature;
  char *type;    /* of links, of targets or of a relation's ends */
  gboolean used; /* some row that was read says something there */
} KutipWebannoColumn;

typedef struct
{
  KutipWebannoKind kind;
  char *type;
  GArray *columns; /* KutipWebannoColumn */
} KutipWebannoLayer;

KutipWebannoLayer *kutip_webanno_layer_new (KutipWebannoKind kind, const char *type);
void kutip_webanno_layer_free (gpointer data);
void kutip_webanno_layer_add_column (KutipWebannoLayer *self,
                                     KutipWebannoColumnKind kind,
                                     const char *feature,
                                     const char *type);

/* A line of the header; NULL with @error. */
KutipWebannoLayer *kutip_webanno_layer_parse (const char *line, GError **error);
void kutip_webanno_layer_append (GString *out, const KutipWebannoLayer *self);

/* --- values --- */

/* One of several annotations in a cell: "value[3]". */
typedef struct
{
  char *value;    /* as it is written; NULL: none ("*" or "_") */
  gboolean blank; /* "_" */
  guint64 id;     /* 0: none */
} KutipWebannoItem;

/* Cuts at @separator where it is not escaped; owned strings. */
GPtrArray *kutip_webanno_split (const char *cell, char separator);
/* Of KutipWebannoItem. */
GArray *kutip_webanno_parse_cell (const char *cell);
char *kutip_webanno_unescape (const char *value);
void kutip_webanno_append_escaped (GString *out, const char *value);
/* The text behind "#Text="; @java: by the rules of version 3.1 and before. */
char *kutip_webanno_unescape_text (const char *text, gboolean java);
void kutip_webanno_append_text (GString *out, const char *text, gsize n_bytes);

/* @name: of the file, for the report. */
gboolean kutip_webanno_read (
    KutipCas *cas, GBytes *bytes, const char *name, KutipReport *report, GError **error);
/* @text is the CAS's; what rows cannot say of an annotation is reported by its origin. */
void kutip_webanno_write (KutipCas *cas,
                          KutipText *text,
                          const char *path,
                          KutipReport *report,
                          KutipPour *pour);

G_END_DECLS
