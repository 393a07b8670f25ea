/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/foreign.h"

G_BEGIN_DECLS

/* How an attribute's value is given. */
typedef enum
{
  KUTIP_ATTRIBUTE_CHOICE, /* one of its values */
  KUTIP_ATTRIBUTE_TEXT,   /* free text: no values are listed */
  KUTIP_ATTRIBUTE_FLAG,   /* true or absent */
  KUTIP_ATTRIBUTE_DATE,   /* a date of ISO 8601: 2022, 2022-08, 2022-08-15 */
} KutipAttributeKind;

typedef struct
{
  const char *name;
  const char *title;       /* for people */
  const char *description; /* or NULL */
  KutipAttributeKind kind;
  gboolean multiple;         /* takes several values */
  const char *const *values; /* NULL-terminated; empty for free text and flags */
  const char *default_value; /* or NULL */
  KutipForeign *foreign;
} KutipAttributeType;

typedef struct
{
  const char *name;
  const char *title;
  const char *description;       /* or NULL: when to use it, in a sentence */
  const char *guidelines;        /* or NULL: how to use it, in Markdown */
  const char *color;             /* "#rrggbb", or NULL: one is chosen by position */
  gunichar key;                  /* 0: none */
  const char *const *attributes; /* names of attribute types, in the order of the form */
  const char *const
      *requires; /* names of attributes and relations that a finished one has */
  KutipForeign *foreign;
} KutipLabelType;

typedef struct
{
  const char *name;
  const char *title;
  const char *description;
  const char *const *from; /* label names; empty: any */
  const char *const *to;
  const char *const *attributes;
  gunichar key; /* 0: none */
  guint max;    /* at most so many from one span; 0: any number */
  gboolean symmetric;
  KutipForeign *foreign;
} KutipRelationType;

/* What a tag set is made from; copied. */
typedef struct
{
  const char *name;
  const char *version;
  const char *guidelines; /* a file name, relative to the tag set's, or NULL */
  const KutipLabelType *labels;
  guint n_labels;
  const KutipAttributeType *attributes;
  guint n_attributes;
  const KutipRelationType *relations;
  guint n_relations;
  const char *const *article_attributes;
  gboolean builtin; /* shipped with Kutip: its texts are in the translations */
  KutipForeign *foreign;
} KutipTagsetFields;

#define KUTIP_TAGSET_ERROR (kutip_tagset_error_quark ())
GQuark kutip_tagset_error_quark (void);
typedef enum
{
  KUTIP_TAGSET_ERROR_INVALID,
} KutipTagsetError;

/* Whether a tag set of these fields contradicts itself; the error names the place. */
gboolean kutip_tagset_fields_check (const KutipTagsetFields *fields, GError **error);

G_END_DECLS
