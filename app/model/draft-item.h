/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/tagset.h"

G_BEGIN_DECLS

typedef enum
{
  KUTIP_DRAFT_TAGSET, /* the tag set itself; there is one */
  KUTIP_DRAFT_LABEL,
  KUTIP_DRAFT_ATTRIBUTE,
  KUTIP_DRAFT_RELATION,
} KutipDraftKind;
#define KUTIP_DRAFT_N_KINDS 4

/* A value that can be chosen. */
typedef struct
{
  char *text;
  char *origin; /* what it was called before; NULL for a new one */
} KutipDraftValue;

/* A part of a tag set as it is being edited: it may be wrong in every way. Strings are
 * owned and never NULL, but for @origin. Others are named by their ids, so that they may
 * be renamed at will. */
typedef struct
{
  KutipDraftKind kind;
  guint id;     /* never 0, never used again */
  char *origin; /* its name in the tag set in effect; NULL for a new one */
  char *name;
  char *title;
  char *description;
  char *guidelines;   /* Markdown; of the tag set: what its guidelines file says */
  char *version;      /* of the tag set */
  char *color;        /* of a label; "": chosen by position */
  char *key;          /* of a label or relation; "": none */
  GArray *attributes; /* of guint: of a label, a relation; of the tag set: of articles */
  GArray *requires;   /* of guint: attributes and relations that a label asks for */
  GArray *from, *to;  /* of guint: labels of a relation; empty: any */
  guint max;          /* of a relation; 0: any number */
  gboolean symmetric;
  KutipAttributeKind type;
  gboolean multiple;
  GPtrArray *values; /* of KutipDraftValue */
  char *default_value;
  KutipForeign *foreign;
} KutipDraftItem;

KutipDraftItem *kutip_draft_item_new (KutipDraftKind kind, guint id);
/* Everything copied. */
KutipDraftItem *kutip_draft_item_copy (const KutipDraftItem *self);
void kutip_draft_item_free (KutipDraftItem *self);

/* NULL counts as "". */
void kutip_draft_item_set (char **member, const char *text);
gboolean kutip_draft_item_has (const GArray *ids, guint id);
/* Adds the id at the end, or takes it away. */
void kutip_draft_item_toggle (GArray *ids, guint id, gboolean on);
void kutip_draft_item_add_value (KutipDraftItem *self,
                                 const char *text,
                                 const char *origin);
/* The default follows. */
void kutip_draft_item_rename_value (KutipDraftItem *self, guint i, const char *text);
void kutip_draft_item_remove_value (KutipDraftItem *self, guint i);
/* Whether @text is one of the values. */
gboolean kutip_draft_item_has_value (const KutipDraftItem *self, const char *text);

G_END_DECLS
