/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/format.h"
#include "format/json/json-tree.h"
#include "format/refi-qda/refi-qda-rest.h"
#include "format/spill.h"
#include "format/xml/xml.h"
#include "format/zip/zip.h"

G_BEGIN_DECLS

/* REFI-QDA 1.5: projects (.qdpx, a zip of project.qde and the sources' texts) and
 * codebooks (.qdc), as programs for qualitative analysis exchange them. */

#define KUTIP_REFI_PROJECT "urn:QDA-XML:project:1.0"
#define KUTIP_REFI_CODEBOOK "urn:QDA-XML:codebook:1.0"
#define KUTIP_REFI_FILE "project.qde"
#define KUTIP_REFI_CODEBOOK_FILE "qdc"
#define KUTIP_REFI_INTERNAL "internal://"
#define KUTIP_REFI_SOURCES "sources/"
/* A selection that no code says anything of. */
#define KUTIP_REFI_QUOTATION "quotation"
/* The unknown member of spans, relations and headers that has, as strings, what stood in
 * the project and goes back there:
 * of a span "guid", "code" with the "label" it is, "coding" and "coded" (its id and
 * time), "description", and "name" with the "place" it is of, "START END";
 * of a relation "guid", "direction", "color", and "name" where it had none;
 * of the header of each layer "user" with the "annotator" that it is, and of the first
 * "source" with the "path" that it is, "created", "modified", "description". */
#define KUTIP_REFI_FOREIGN "refi"

/* --- codes --- */

/* A code that may be given to a text is a label; below one that may not be, it is a value
 * of the attribute of that name. A flag is a value that is called as its attribute. */
typedef struct
{
  char *guid;
  char *name;
  char *color;       /* "#rrggbb" or NULL */
  char *description; /* or NULL */
  gboolean codable;
  int parent; /* in the array, or -1 */
} KutipRefiCode;

typedef struct
{
  GArray *codes;         /* KutipRefiCode, parents first */
  GHashTable *by_guid;   /* guid -> index + 1 */
  GHashTable *n_of_name; /* of labels; made when it is asked for */
  KutipRefiRest rest;    /* of them */
} KutipRefiCodes;

KutipRefiCodes *kutip_refi_codes_new (void);
void kutip_refi_codes_free (KutipRefiCodes *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipRefiCodes, kutip_refi_codes_free)
/* NULL when there is none. */
const KutipRefiCode *kutip_refi_codes_find (KutipRefiCodes *self, const char *guid);
/* The attribute that the code is a value of, or NULL for a label. */
const KutipRefiCode *kutip_refi_codes_get_attribute (KutipRefiCodes *self,
                                                     const KutipRefiCode *code);
/* Its name, with those above it where another label has the same. */
char *kutip_refi_codes_make_label (KutipRefiCodes *self, const KutipRefiCode *code);
/* Behind the start of a Codes element. */
void kutip_refi_codes_read (KutipRefiCodes *self, KutipXmlReader *reader);
/* Behind the start of a CodeBook element. */
void kutip_refi_codes_read_book (KutipRefiCodes *self, KutipXmlReader *reader);
/* What the codes say; NULL when there are no labels. */
KutipTagset *kutip_refi_codes_make_tagset (KutipRefiCodes *self, const char *name);
/* With what stands in @note, which may be NULL; @error is set when that is no tag set,
 * whatever is returned. */
KutipTagset *kutip_refi_make_tagset (KutipRefiCodes *codes,
                                     const char *name,
                                     const char *note,
                                     GError **error);
/* What the codes of @tagset do not say, if there is any; it may be NULL. */
void kutip_refi_append_note (GString *out, KutipTagset *tagset, gboolean of_project);
/* A whole .qdc; @rest may be NULL. */
KutipTagset *kutip_refi_read_codebook (GBytes *bytes,
                                       const KutipRefiRest *rest,
                                       GError **error);

/* @used: what records used, three strings with their NULs for each code: guid, guid of
 * the parent or "", name. */
void kutip_refi_append_codes (GString *out, KutipTagset *tagset, const GString *used);

/* --- ids --- */

/* The same for the same words, whoever asks: a version 5 UUID in upper case. */
char *kutip_refi_make_guid (const char *kind, const char *name);
/* Without braces and in lower case, to be compared. */
char *kutip_refi_normalize_guid (const char *guid);
gboolean kutip_refi_is_guid (const char *guid);

/* --- projects --- */

typedef struct
{
  char *guid, *name, *description, *user, *created, *modified;
  gint64 start, end;
  GPtrArray *codes, *notes;   /* guids */
  GPtrArray *codings, *coded; /* of each code: guid and time of its coding, or NULL */
  guint line;
} KutipRefiSelection;

typedef struct
{
  char *variable, *value;
} KutipRefiValue;

typedef struct
{
  guint number; /* in the project, from 1; 0: a note */
  char *guid, *name, *path, *content, *user;
  char *created, *modified, *description; /* or NULL */
  GPtrArray *selections;                  /* KutipRefiSelection */
  GPtrArray *notes;
  GArray *values; /* KutipRefiValue */
  guint line;
} KutipRefiSource;

/* What a note says, or where that is. */
typedef struct
{
  const char *guid;
  const char *content, *path; /* or NULL */
  guint line;
} KutipRefiNote;

typedef struct
{
  const char *guid, *name, *origin, *target, *direction, *color; /* or NULL */
} KutipRefiLink;

/* What refers to what (refi-qda-join.h), and what articles are called (refi-qda-paths.c).
 */
typedef struct _KutipRefiJoin KutipRefiJoin;
typedef struct _KutipRefiPaths KutipRefiPaths;

/* FALSE with @error when no more is wanted. */
typedef gboolean (*KutipRefiSourceFunc) (const KutipRefiSource *source,
                                         gpointer data,
                                         GError **error);

/* All but the sources, of which there may be more than can be held: they are read again,
 * one after the other, when the rest is known. */

typedef struct
{
  char *name;
  char *note; /* of a tag set, or NULL */
  KutipRefiCodes *codes;
  GPtrArray *others;     /* names of pictures, sounds … */
  GHashTable *users;     /* guid -> name */
  GHashTable *variables; /* guid -> name */
  GHashTable *used;      /* names of those that something is of, as they are there */
  KutipRefiJoin *join;
  KutipRefiPaths *paths;
  GPtrArray *unread; /* names of parts that are not read */
  guint n_sources;   /* that were come by */
  KutipRefiRest rest;
  /* While it is read the second time. */
  KutipRefiSourceFunc each;
  gpointer each_data;
  GError *failure;
} KutipRefiProject;

/* @open: where goes what is too much for the memory; @rest: where is told what is left
 * out. */
KutipRefiProject *kutip_refi_project_read (KutipXmlReader *reader,
                                           KutipSpillFunc open,
                                           const KutipRefiRest *rest,
                                           GError **error);
void kutip_refi_project_free (KutipRefiProject *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipRefiProject, kutip_refi_project_free)

/* @reader: the same file once more, from its start. Each source is gone after its call.
 */
gboolean kutip_refi_project_foreach_source (KutipRefiProject *self,
                                            KutipXmlReader *reader,
                                            KutipRefiSourceFunc each,
                                            gpointer data,
                                            GError **error);

/* Behind the last source: users and variables that nothing is of, in the order of their
 * ids. */
void kutip_refi_project_tell_unused (KutipRefiProject *self, const KutipRefiRest *rest);

/* --- what articles are called --- */

/* All sources are told first, so that only those are held that are called alike. */
KutipRefiPaths *kutip_refi_paths_new (KutipSpillFunc open);
void kutip_refi_paths_free (KutipRefiPaths *self);
gboolean kutip_refi_paths_add (KutipRefiPaths *self,
                               const KutipRefiSource *source,
                               GError **error);
gboolean kutip_refi_paths_finish (KutipRefiPaths *self, GError **error);
/* No name leads out of the folder, and no two are the same. In the order of the sources.
 * Owned. */
char *kutip_refi_paths_make (KutipRefiPaths *self, const KutipRefiSource *source);

/* --- articles --- */

/* Of an article or a note: what it says itself, or what lies at @path in the archive, or
 * beside a file that is none (@zip NULL). NULL without an error when it is not at hand.
 */
KutipText *kutip_refi_load_text (KutipZip *zip,
                                 KutipSource *source,
                                 const char *content,
                                 const char *path,
                                 guint line,
                                 GError **error);

/* The offset of each CR LF, as guint, when the file counts it as one, by what its
 * selections are called; else NULL. */
GArray *kutip_refi_find_crlf (KutipText *text, const KutipRefiSource *source);
gboolean kutip_refi_convert_range (KutipText *text,
                                   const GArray *crlf,
                                   const KutipRefiSelection *selection,
                                   KutipRange *range,
                                   GError **error);
/* Whether the selection is called by as many characters as it has, and those are not what
 * stands at @range: programs name selections by their words, and shorten them. */
gboolean kutip_refi_names_other (KutipText *text,
                                 const KutipRefiSelection *selection,
                                 KutipRange range);

/* What a selection is called that has no other name: its first words. Owned. */
char *kutip_refi_make_name (KutipText *text, KutipRange range);
/* What of a selection's, link's or header's stood in its project; NULL when there is
 * nothing. Owned by @tree, as kutip_annotation_find_unknown() has it. */
const KutipJsonNode *kutip_refi_find_trace (KutipForeign *foreign, KutipJsonTree **tree);
/* The other way: names and values by turns, behind the last NULL; a value that is NULL is
 * left out. Owned, or NULL. */
KutipForeign *kutip_refi_make_trace (const char *const *members, const char *after);

/* Hands out a record for each source, which @again reads once more; @zip may be NULL:
 * texts are beside the file. */
gboolean kutip_refi_project_emit (KutipRefiProject *self,
                                  KutipXmlReader *again,
                                  KutipZip *zip,
                                  KutipSource *source,
                                  KutipRecordFunc emit,
                                  gpointer data,
                                  KutipReport *report,
                                  GError **error);

gboolean kutip_refi_write (KutipRecord *record,
                           const KutipFormatOptions *options,
                           KutipSink *sink,
                           KutipReport *report,
                           GError **error);
gboolean kutip_refi_end (KutipTagset *tagset,
                         const KutipFormatOptions *options,
                         guint64 n_records,
                         KutipSink *sink,
                         GError **error);

/* What a variable of a source is called that holds what a header says; in the order of
 * the table, which ends with NULL. */
typedef struct
{
  const char *name;
  gsize offset; /* in KutipHeaderFields */
} KutipRefiVariable;
extern const KutipRefiVariable kutip_refi_variables[];
#define KUTIP_REFI_STATUS "status"

G_END_DECLS
