/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/format.h"

G_BEGIN_DECLS

/* What the parts of the brat format share: standoff (.ann, beside a .txt) and
 * annotation.conf. http://brat.nlplab.org/standoff.html */

/* The foreign member of a header that holds lines nobody understood, for the way back. */
#define KUTIP_BRAT_LINES "brat_lines"
/* The foreign member of a relation, or of a tag set's relation, that holds its argument
 * names when they are not Arg1, Arg2. */
#define KUTIP_BRAT_ARGUMENTS "brat_arguments"
/* Those of an event's relations: its type, when that is not the trigger's label; and the
 * role as written, when it is numbered otherwise than by how often it is in the event. */
#define KUTIP_BRAT_EVENT "brat_event"
#define KUTIP_BRAT_ROLE "brat_role"
/* Those of a relation: the id of the event, or of the trigger, that an end is, when the
 * other one would be written. */
#define KUTIP_BRAT_FROM "brat_from"
#define KUTIP_BRAT_TO "brat_to"
/* That of a span: its attributes and its note are not of the event that it triggers. */
#define KUTIP_BRAT_TRIGGER "brat_trigger"
/* That of a tag set's label that is a type of events: the roles that they have, with how
 * often they may occur ("Content+"). */
#define KUTIP_BRAT_ROLES "brat_roles"
/* That of a tag set's relation that is a role and, by the same name, a relation. */
#define KUTIP_BRAT_RELATION "brat_relation"
/* That of a tag set's relation that is more than symmetric ("symmetric-transitive"). */
#define KUTIP_BRAT_RELATION_TYPE "brat_relation_type"
/* That of a tag set's label, attribute or relation that stands below others: these, the
 * outermost first; "!Top" is one that only groups others. */
#define KUTIP_BRAT_BELOW "brat_below"
/* What else their lines say, such as "<NORM>:Wikidata". */
#define KUTIP_BRAT_MORE "brat_more"
/* That of a tag set: lines of its configuration that are of no label, attribute or
 * relation, with those that begin their sections. */
#define KUTIP_BRAT_CONF "brat_conf"

/* How lines of annotation.conf begin that hold what its sections do not say of a tag set.
 */
#define KUTIP_BRAT_NOTE "# kutip: "

/* What occurs in annotations and a tag set does not say: trees by names. */
typedef struct
{
  GTree *roles;        /* by the label of their triggers: trees of relations' names */
  GTree *plain;        /* relations that are no role, somewhere */
  GTree *equivalences; /* those that are in lines of equivalences */
  GTree *arguments;    /* relation -> KUTIP_BRAT_ARGUMENTS, where they have any */
} KutipBratUses;

/* Reads the lines of one .ann file into a layer over @text, whose file began with a byte
 * order mark if @bom. @path is for the report. NULL with @error for what is no UTF-8, and
 * for events that are arguments of one another in a circle. */
KutipLayer *kutip_brat_read_layer (const char *bytes,
                                   gsize n_bytes,
                                   KutipText *text,
                                   gboolean bom,
                                   const char *annotator,
                                   const char *path,
                                   KutipReport *report,
                                   GError **error);
/* Relations that were not read have the arguments that @tagset says; it may be NULL. */
GString *kutip_brat_write_layer (KutipLayer *layer,
                                 KutipTagset *tagset,
                                 KutipText *text,
                                 const char *path,
                                 KutipReport *report);

/* The place in the corpus of the article @stem, whose text is at @relative, seen from the
 * folder of the annotations in @source. Owned. */
char *kutip_brat_make_path (KutipSource *source, const char *relative, const char *stem);

/* Types and values cannot hold white space, or the fields of a line would shift: @string
 * as the word that stands for it in all files. Owned. */
char *kutip_brat_make_word (const char *string);

/* annotation.conf to a tag set, and back; what its sections do not say of one is in a
 * note. */
KutipTagset *kutip_brat_read_conf (const char *bytes,
                                   gsize n_bytes,
                                   const char *path,
                                   KutipReport *report,
                                   GError **error);
GString *kutip_brat_write_conf (KutipTagset *tagset);
/* The sections alone. @with_keys: the first labels get those from 1 to 9. */
KutipTagset *kutip_brat_read_sections (const char *bytes,
                                       gsize n_bytes,
                                       gboolean with_keys,
                                       const char *path,
                                       KutipReport *report,
                                       GError **error);
GString *kutip_brat_write_sections (KutipTagset *tagset);
/* @tagset with events, equivalences and names of arguments as they occur. */
KutipTagset *kutip_brat_mark_uses (KutipTagset *tagset, const KutipBratUses *uses);

/* How brat shows the types of a tag set, in two files beside annotation.conf: visual.conf
 * has their titles and colours, kb_shortcuts.conf their keys. Both are optional.
 * http://brat.nlplab.org/configuration.html */

#define KUTIP_BRAT_VISUAL_FILE "visual.conf"
#define KUTIP_BRAT_SHORTCUTS_FILE "kb_shortcuts.conf"

/* @tagset with what one of these files says of its types; other lines are kept in it for
 * the way back. Owned. */
KutipTagset *kutip_brat_add_visual (KutipTagset *tagset,
                                    const char *bytes,
                                    gsize n_bytes,
                                    const char *path,
                                    KutipReport *report);
KutipTagset *kutip_brat_add_shortcuts (KutipTagset *tagset,
                                       const char *bytes,
                                       gsize n_bytes,
                                       const char *path,
                                       KutipReport *report);
/* NULL when there is nothing to say that brat, or Kutip when it reads annotation.conf,
 * does not assume anyway. Owned. */
GString *kutip_brat_write_visual (KutipTagset *tagset);
GString *kutip_brat_write_shortcuts (KutipTagset *tagset);

G_END_DECLS
