/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/difference.h"
#include "format/report.h"
#include "format/spill.h"
#include "model/article.h"
#include "model/layer.h"
#include "model/tagset.h"

G_BEGIN_DECLS

/* A way to write annotated articles as bytes, perhaps to read them back: a const struct
 * without state. Never touches a disk: input comes through a KutipSource, output goes
 * into a KutipSink. */

/* What a format can express. What a record holds beyond it is counted in the loss report,
 * from these flags by kutip_format_report_losses() and, for what only the writer can
 * know, by the writer. */
typedef enum
{
  KUTIP_KEEPS_TEXT = 1 << 0,       /* the article's text, exactly */
  KUTIP_KEEPS_OVERLAP = 1 << 1,    /* overlapping and nested spans */
  KUTIP_KEEPS_PIECES = 1 << 2,     /* discontinuous spans */
  KUTIP_KEEPS_SUB_TOKEN = 1 << 3,  /* borders inside a word */
  KUTIP_KEEPS_IDS = 1 << 4,        /* of spans and of relations */
  KUTIP_KEEPS_ATTRIBUTES = 1 << 5, /* of spans: strings and flags */
  KUTIP_KEEPS_LISTS = 1 << 6,      /* attributes with several values */
  KUTIP_KEEPS_NOTES = 1 << 7,      /* of spans */
  KUTIP_KEEPS_LINKS = 1 << 8,      /* into knowledge bases */
  KUTIP_KEEPS_UNSURE = 1 << 9,
  KUTIP_KEEPS_ORIGIN = 1 << 10, /* who or what made it, with a score */
  KUTIP_KEEPS_TIMES = 1 << 11,  /* created, modified */
  KUTIP_KEEPS_RELATIONS = 1 << 12,
  KUTIP_KEEPS_EVENTS = 1 << 13, /* which relations belong to one event */
  KUTIP_KEEPS_RELATION_ATTRIBUTES = 1 << 14,
  KUTIP_KEEPS_RELATION_NOTES = 1 << 15,
  KUTIP_KEEPS_METADATA = 1 << 16, /* title, author, date … */
  KUTIP_KEEPS_STATUS = 1 << 17,
  KUTIP_KEEPS_ARTICLE_ATTRIBUTES = 1 << 18,
  KUTIP_KEEPS_ARTICLE_NOTE = 1 << 19,
  KUTIP_KEEPS_ANNOTATORS =
      1 << 20, /* several layers of one article, each with its name */
  KUTIP_KEEPS_TAGSET = 1 << 21,
  KUTIP_KEEPS_ORPHANS = 1 << 22, /* spans that have no place in the text */
  KUTIP_KEEPS_REVIEWS = 1 << 23, /* which spans were found again in a changed text, and
                                    nobody has looked at since */
  KUTIP_KEEPS_ALL = (1 << 24) - 1,
} KutipFeatures;

/* What passes between formats: one article with all its layers. */
typedef struct
{
  char *path; /* where in its corpus, "/" between folders, without the format's suffix */
  KutipArticle *article;
  GPtrArray *layers;   /* KutipLayer, one for each annotator; at least one */
  KutipTagset *tagset; /* what the input says of it, or NULL */
} KutipRecord;

KutipRecord *kutip_record_new (const char *path, KutipArticle *article);
/* The one layer of an article that nobody has annotated: new, without a name and empty.
 */
KutipLayer *kutip_record_make_untouched_layer (void);
gboolean kutip_record_is_untouched_layer (KutipLayer *layer);
void kutip_record_free (KutipRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipRecord, kutip_record_free)

/* Makes a tag set of a file that stands at @path, for messages; NULL with @error. */
typedef KutipTagset *(*KutipTagsetReadFunc) (const char *bytes,
                                             gsize n_bytes,
                                             const char *path,
                                             KutipReport *report,
                                             GError **error);

/* What another file says of a tag set: @tagset with that, or as it is. Owned. */
typedef KutipTagset *(*KutipTagsetAddFunc) (KutipTagset *tagset,
                                            const char *bytes,
                                            gsize n_bytes,
                                            const char *path,
                                            KutipReport *report);
typedef struct
{
  const char *name; /* of a file beside that of the tag set; NULL ends a list of them */
  KutipTagsetAddFunc add;
} KutipTagsetMore;

/* Where a reader finds its bytes. */
typedef struct _KutipSource KutipSource;
struct _KutipSource
{
  const char *path; /* as the user named it, for messages */
  const char *name; /* its place in the corpus: below the folder that was named */
  GBytes *bytes;    /* of one unit: the whole file, or a part of it by next_unit() */
  guint64 line;     /* the unit's first line in the file, from 1 */
  GBytes *head;     /* how the file's first unit begins, which this one may have to agree
                       with; NULL: this is the first, or it is not known */
  /* Another file beside this one ("sample.ann", "../text/sample.txt"); NULL without an
   * error when there is none. */
  GBytes *(*fetch) (KutipSource *self, const char *relative, GError **error);
  /* What @read makes of the file @name in this file's folder, or so many folders above
   * it, which may have been read for another source: it is told of once. NULL without
   * one; @more: those beside it that go with it, in their order, or NULL.
   * @exists: whether there is such a file all the same. May be NULL: there is none. */
  KutipTagset *(*fetch_tagset) (KutipSource *self,
                                const char *name,
                                guint n_above,
                                KutipTagsetReadFunc read,
                                const KutipTagsetMore *more,
                                gboolean *exists);
  /* The names in this file's folder that begin with @prefix, NULL-terminated, sorted;
   * free with g_strfreev(). With a folder before it ("../text/sam") those in there. */
  char **(*list) (KutipSource *self, const char *prefix);
  /* The folders in a folder, seen from this file's ("..", "../text"); the same. Of a
   * large number of them not all. May be NULL. */
  char **(*list_folders) (KutipSource *self, const char *relative);
  /* The text of an article that the format names but does not hold: beside this file, or
   * among the other inputs that the user named. @name may lack its suffix; NULL: the only
   * other input. May be NULL; see kutip_source_fetch_text(). */
  GBytes *(*fetch_text) (KutipSource *self, const char *name, GError **error);
  /* The place in the corpus of that only other input; NULL when there is none. Owned. May
   * be NULL. */
  char *(*dup_text_name) (KutipSource *self);
  gboolean named; /* the user named this file itself, not a folder that it is in */
  /* Whether the user named the file beside this one, too. May be NULL. */
  gboolean (*is_named) (KutipSource *self, const char *relative);
  /* What was looked at of @bytes leaves the memory until it is looked at again: bytes
   * that lie on a disk are gone through faster than the system notices. NULL: nothing
   * does. */
  void (*let_go) (KutipSource *self);
  /* Where goes what the reader has to put in order. NULL: it stays in the memory. */
  KutipSpillFunc spill;
  gpointer data;
};

/* NULL without an error when there is none. */
GBytes *kutip_source_fetch_text (KutipSource *source, const char *name, GError **error);
void kutip_source_let_go (KutipSource *source);
KutipSpillFunc kutip_source_get_spill (KutipSource *source);

/* Where a writer leaves its bytes: files by name. Appending to one name goes on where the
 * last call ended; files of different records never share a name, except the main stream,
 * called "". */
typedef struct _KutipSink KutipSink;
struct _KutipSink
{
  gboolean (*append) (
      KutipSink *self, const char *name, const char *bytes, gsize n, GError **error);
  /* The same with bytes that are taken, and not copied if that can be; or NULL. */
  gboolean (*take) (KutipSink *self, const char *name, GString *bytes, GError **error);
  /* What the records of a stream have appended so far to a name that begins with "+":
   * words, each with its NUL; no output, but each of them kept once, in the order in
   * which they came first, for end(), which asks for them here. NULL when there is
   * nothing. */
  const GString *(*peek) (KutipSink *self, const char *name);
  /* The same for a name that begins with "++", which is kept as it is, and may be more
   * than can be held: calls @each for one part after the other. What end() itself has
   * appended to such a name is there, too. NULL: peek() has it. */
  gboolean (*replay) (KutipSink *self,
                      const char *name,
                      void (*each) (const char *bytes, gsize n, gpointer data),
                      gpointer each_data,
                      GError **error);
  /* Where end() tells what it leaves out; NULL: nobody asks. */
  KutipReport *report;
  gpointer data;
};

/* Appends @bytes and frees them. */
gboolean kutip_sink_take (KutipSink *self,
                          const char *name,
                          GString *bytes,
                          GError **error);

/* The unit of offsets in a format whose files do not all use the same. */
typedef enum
{
  KUTIP_OFFSETS_AUTO, /* the one under which the quoted texts match */
  KUTIP_OFFSETS_CODE_POINTS,
  KUTIP_OFFSETS_UTF16,
  KUTIP_OFFSETS_BYTES,
} KutipOffsetUnit;

/* What the user asks of a conversion. */
typedef struct
{
  KutipTagset *tagset; /* or NULL: what the records say, or what their labels make up */
  KutipOffsetUnit offset_unit;
  gboolean spreadsheet; /* csv, tsv: make cells that a spreadsheet would run harmless */
  gboolean bioes;       /* conll: BIOES instead of BIO */
  gboolean column_per_label; /* conll */
  gboolean annotator_files;  /* a folder with a file for each annotator; for formats that
                                have by_annotator */
  const char *language;      /* of the text, where the input does not say */
} KutipFormatOptions;

/* Called with each record, which it takes; FALSE stops the reader, with @error set. */
typedef gboolean (*KutipRecordFunc) (KutipRecord *record, gpointer data, GError **error);

/* How sure a format is that an input is its own. */
typedef enum
{
  KUTIP_MATCH_NO,
  KUTIP_MATCH_MAYBE, /* its suffix */
  KUTIP_MATCH_YES,   /* its content says so */
} KutipMatch;

typedef struct
{
  const char *name;   /* for the command line and settings; never translated */
  const char *title;  /* for people; marked with N_() */
  const char *suffix; /* of what is written, with the dot */
  KutipFeatures keeps;
  KutipFeatures counts; /* what it does not keep, but counts itself, as it knows better */
  /* Of a format without KUTIP_KEEPS_IDS: whether it keeps this id all the same. NULL: it
   * keeps none. */
  gboolean (*keeps_id) (const char *id, gboolean of_relation);
  /* Of the files in a folder that may be this format's, NULL-terminated, with the dot;
   * NULL:
   * @suffix alone. */
  const char *const *suffixes;
  /* It writes layers as sidecars do, with the name of their tag set and with members that
   * nobody here understands. */
  gboolean names_tagset;
  /* Of another: how the names of such members begin that come from it, and go back to it;
   * or NULL. */
  const char *foreign;
  gboolean apart; /* it keeps annotations apart from the text: texts are further inputs */
  gboolean
      in_files;    /* writes files by name into a folder, and nothing into the main stream
                    */
  gboolean single; /* in_files: one for each article, so that an output that has its
                      suffix can be that file itself */
  gboolean by_annotator; /* it can write a file for each annotator instead of the main
                            stream: lines of several records into files of one name */
  const char *separator; /* what stands between two records in the main stream, or NULL */
  gboolean many; /* of a file without units: it may hold any number of articles, and its
                    reader does with looking into it here and there: it is never held as a
                    whole */

  /* From the name and the first kilobytes. NULL: the format is not read. */
  KutipMatch (*recognise) (const char *name, const char *head, gsize n_head);
  /* The length of the first unit in @bytes that can be read on its own (a line, a
   * document), or 0 when more bytes are needed. NULL: the unit is the whole file. Memory
   * grows with the unit. */
  gsize (*next_unit) (const char *bytes, gsize n_bytes, gboolean at_end);
  gboolean (*read) (KutipSource *source,
                    const KutipFormatOptions *options,
                    KutipRecordFunc emit,
                    gpointer data,
                    KutipReport *report,
                    GError **error);

  /* NULL: the format is not written. Threads may write different records at the same
   * time, each into a sink of its own; their output is put together in the order of the
   * input. */
  gboolean (*write) (KutipRecord *record,
                     const KutipFormatOptions *options,
                     KutipSink *sink,
                     KutipReport *report,
                     GError **error);
  /* Reads back what write() has left of @record in the main stream, and compares it with
   * @record without making another: what differs goes to @difference. FALSE when it
   * cannot be read any further. @excused is a set of the ids of spans that need not come
   * back, as write() has reported their loss; NULL when it is empty. A format without it
   * is read as any input is, which takes several times as long. */
  gboolean (*compare) (KutipRecord *record,
                       const char *bytes,
                       gsize n_bytes,
                       GHashTable *excused,
                       KutipDifference *difference);
  /* Before the first and after the last record: what stands around them, or beside them
   * (a tag set's configuration; end of a format that writes one stream may leave such a
   * file under a name of its own, which is put beside the stream's). @tagset is the one
   * of the whole output; in the begin of a format that writes one stream it is what the
   * user or the first record says, or NULL. Formats that write files have begin called
   * after the records. Either may be NULL. */
  gboolean (*begin) (KutipTagset *tagset,
                     const KutipFormatOptions *options,
                     KutipSink *sink,
                     GError **error);
  gboolean (*end) (KutipTagset *tagset,
                   const KutipFormatOptions *options,
                   guint64 n_records,
                   KutipSink *sink,
                   GError **error);
  /* With KUTIP_KEEPS_TAGSET: the file in which they leave it, all of it, and what reads
   * that; NULL with @error for what is no tag set. */
  const char *tagset_file;
  KutipTagsetReadFunc read_tagset;
  gboolean tagset_beside; /* of a format that writes one stream: it is in no other file */
} KutipFormat;

/* An article whose file is its text as UTF-8; @path as in KutipRecord. */
KutipArticle *kutip_record_make_article (const char *path, KutipText *text);

/* The nth layer, of whose annotator is what is reported from now on. Borrowed. */
KutipLayer *kutip_record_begin_layer (KutipRecord *self, guint nth, KutipReport *report);

/* An annotator's name as it can stand in a file's name ([A-Za-z0-9_-]; "" for none), and
 * as no other layer of the record has it; @taken is a set of owned strings, empty at the
 * first layer. A name that had to be changed is reported as lost, unless @report is NULL.
 * Owned. */
char *kutip_record_make_annotator (KutipRecord *record,
                                   const char *name,
                                   GHashTable *taken,
                                   KutipReport *report);

/* How that begins, which for most is all of it. Owned. */
char *kutip_record_make_annotator_part (const char *name);
/* Whether an annotator's @name, NULL for none, is the @wanted one as it is or as part of
 * a file's name. */
gboolean kutip_record_names_annotator (const char *name, const char *wanted);

/* All formats, in the order of the manual; NULL-terminated. */
const KutipFormat *const *kutip_format_list (void);
/* NULL for an unknown name. */
const KutipFormat *kutip_format_find (const char *name);
/* Whether a file of that name is the text of an article, not annotations. */
gboolean kutip_format_names_text (const char *name);
/* The format that recognises the input best, or NULL. */
const KutipFormat *kutip_format_guess (const char *name, const char *head, gsize n_head);

/* A name that a file says once and means again and again, such as that of a column,
 * stands in the output as often: so many bytes of it are read, or a small file would
 * become one that is too large for any disk. FALSE with @error, which says that much, for
 * a longer one. */
#define KUTIP_FORMAT_MOST_NAME 1000u
gboolean kutip_format_check_name (const char *name, GError **error);

/* Counts in @report everything in @record that @format has no flag for, but for the tag
 * set, of which kutip_tagset_report_losses() tells. Of ids those that Kutip could not
 * make again by counting are told of, once for each layer, with the first of them. */
void kutip_format_report_losses (const KutipFormat *format,
                                 KutipRecord *record,
                                 KutipReport *report);
/* The same for the names of tag sets that layers say they are made with: but for that of
 * the record's, of which is told itself where it is lost. */
void kutip_format_report_tagset_names (const KutipFormat *format,
                                       KutipRecord *record,
                                       KutipReport *report);

#define KUTIP_FORMAT_ERROR (kutip_format_error_quark ())
GQuark kutip_format_error_quark (void);
typedef enum
{
  KUTIP_FORMAT_ERROR_INVALID,     /* the input breaks the format's rules */
  KUTIP_FORMAT_ERROR_UNSUPPORTED, /* another version, or a kind of it that cannot be read
                                   */
  KUTIP_FORMAT_ERROR_UNKNOWN,     /* in no format that is known */
  KUTIP_FORMAT_ERROR_LOSS,        /* with --strict */
  KUTIP_FORMAT_ERROR_VERIFY,      /* what was written does not read back as it was */
} KutipFormatError;

G_END_DECLS
