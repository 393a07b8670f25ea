/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/brat/brat-conf-others.h"
#include "format/brat/brat.h"

G_BEGIN_DECLS

/* What the lines of annotation.conf say, before it is a tag set. */

/* More names in lists of all types than a tag set is made of. */
#define KUTIP_BRAT_CONF_MOST_NAMES (1 << 20)

/* Strings in order, none twice. */
typedef struct
{
  GPtrArray *list;
  GHashTable
      *set; /* of these, and of what was put in by a name: macros, <EVENT>, all labels */
} KutipBratNames;

typedef struct
{
  const char *path; /* for the report */
  KutipReport *report;
  GStringChunk *strings; /* each once, so that a pointer is as good as the string */
  GPtrArray *names;      /* KutipBratNames, kept until the end */
  guint n_names;         /* in all of them */
  GHashTable *macros;    /* "<POG>" -> "Person|Org" */
  KutipBratNames *labels, *events; /* all of [entities] and [events]; of [events] alone */
  GPtrArray *relation_lines, *event_lines,
      *attribute_lines;          /* char **: name, arguments */
  GArray *relations;             /* KutipRelationType */
  GHashTable *relation_of_name;  /* its index + 1 */
  GArray *attributes;            /* KutipAttributeType */
  GHashTable *attribute_of_name; /* its index + 1 */
  GPtrArray *attribute_targets;  /* KutipBratNames of labels, by attribute */
  GHashTable *roles;             /* event -> GString: its roles, a list that has no end */
  GHashTable *role_names, *relation_names;
  GPtrArray *above;  /* of char: the types that the next line can stand below */
  GHashTable *below; /* key of a type -> those that it stands below, a list as JSON */
  GHashTable *more;  /* the same -> GString: KUTIP_BRAT_MORE, a list that has no end */
  KutipBratOthers others;
  const char *section;
  GHashTable *arguments, *relation_types; /* relation -> JSON, where it is of its own */
  GPtrArray *foreign;                     /* KutipForeign, of the tag set's parts */
} KutipBratConf;

void kutip_brat_conf_init (KutipBratConf *self, const char *path, KutipReport *report);
void kutip_brat_conf_clear (KutipBratConf *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KutipBratConf, kutip_brat_conf_clear)

/* Takes @bytes apart. */
void kutip_brat_conf_read (KutipBratConf *self, const char *bytes);

/* The same string, as long as @self lives. */
const char *kutip_brat_conf_keep (KutipBratConf *self, const char *string);
/* Of what several sections may call by one name. */
const char *kutip_brat_conf_get_key (KutipBratConf *self,
                                     const char *section,
                                     const char *name);
KutipBratNames *kutip_brat_conf_new_names (KutipBratConf *self);
/* FALSE when it is there already; @name has been kept. */
gboolean kutip_brat_conf_add_name (KutipBratConf *self,
                                   KutipBratNames *names,
                                   const char *name);
/* "Person|<ORG>|<ENTITY>" as label names; an unknown <…> stands for all, and is told of.
 * @depth is 0. */
void kutip_brat_conf_expand (KutipBratConf *self,
                             const char *types,
                             guint depth,
                             KutipBratNames *names);
/* NULL-terminated from now on. */
const char *const *kutip_brat_conf_end_names (KutipBratNames *names);
/* What a line says of @key besides; @colon was cut out of @word, or is NULL. */
void kutip_brat_conf_add_more (KutipBratConf *self,
                               const char *key,
                               const char *word,
                               const char *colon);
/* Ends the list; NULL when there is none. */
const char *kutip_brat_conf_get_more (KutipBratConf *self, const char *key);

G_END_DECLS
