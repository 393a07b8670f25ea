/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a conversion could not keep or did not understand: counted by kind, listed by id.
 * Not safe for threads: each record has its own, and they are added up in the order of
 * the input. */
typedef struct _KutipReport KutipReport;

typedef enum
{
  KUTIP_REPORT_LOSS,    /* the output says less than the input */
  KUTIP_REPORT_WARNING, /* the input is odd; it was read as well as it can be */
} KutipReportKind;

typedef struct
{
  KutipReportKind kind;
  const char
      *what; /* a stable word: "pieces", "relation-notes", "unknown-line"; interned */
  const char *path;      /* of the record or file */
  const char *annotator; /* whose layer it is of, or NULL */
  const char *id;        /* of the span or relation, or NULL */
  guint64 line;          /* in the input, or 0 */
  const char *detail;    /* a sentence for people, or NULL */
} KutipReportEntry;

KutipReport *kutip_report_new (void);
void kutip_report_free (KutipReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipReport, kutip_report_free)

void kutip_report_add (KutipReport *self,
                       KutipReportKind kind,
                       const char *what,
                       const char *path,
                       const char *id,
                       guint64 line,
                       const char *detail);
/* A warning of what the input says, and what is neither read nor kept for the way back:
 * to those who ask that nothing be lost it is lost. */
void kutip_report_add_left_out (KutipReport *self,
                                const char *what,
                                const char *path,
                                const char *id,
                                guint64 line,
                                const char *detail);
/* How many of those there are. */
guint kutip_report_get_n_left_out (KutipReport *self);
/* Whose layer the entries to come are of; NULL or "": of none with a name. */
void kutip_report_set_annotator (KutipReport *self, const char *annotator);
/* Moves everything from @other to the end of @self. */
void kutip_report_take (KutipReport *self, KutipReport *other);
guint kutip_report_get_n (KutipReport *self, KutipReportKind kind);
/* Lists at most this many entries of each kind of loss and goes on counting. */
void kutip_report_set_limit (KutipReport *self, guint limit);
/* Entries kept, in order. */
guint kutip_report_get_n_entries (KutipReport *self);
const KutipReportEntry *kutip_report_get_nth (KutipReport *self, guint i);
/* How many of @kind and @what, kept or not; and the words that occur, NULL-terminated,
 * sorted. */
guint kutip_report_count (KutipReport *self, KutipReportKind kind, const char *what);
char **kutip_report_list_what (KutipReport *self, KutipReportKind kind);

G_END_DECLS
