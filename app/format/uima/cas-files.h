/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/uima/cas.h"

G_BEGIN_DECLS

/* A CAS holds one annotator's work, so an article with several layers is several files:
 * STEM.xmi and STEM_ANNOTATOR.xmi, whose headers name all of them. They are read as one
 * record from the first. */

/* The CAS in a file of the same format; @name is for the report. */
typedef KutipCas *(*KutipCasLoad) (KutipSource *source,
                                   const char *name,
                                   GBytes *bytes,
                                   KutipReport *report,
                                   GError **error);

gboolean kutip_cas_files_emit (KutipCas *cas,
                               const KutipCasOrigin *origin,
                               KutipCasLoad load,
                               KutipRecordFunc emit,
                               gpointer data,
                               GError **error);

/* Reads the CAS in @source, in a folder only where @recognise takes it for one: other
 * files may have the same suffix. */
gboolean kutip_cas_files_read (KutipSource *source,
                               const char *suffix,
                               KutipMatch (*recognise) (const char *name,
                                                        const char *head,
                                                        gsize n_head),
                               KutipCasLoad load,
                               KutipRecordFunc emit,
                               gpointer data,
                               KutipReport *report,
                               GError **error);

/* Writes one CAS as a file of that name. */
typedef gboolean (*KutipCasSave) (KutipCas *cas,
                                  KutipRecord *record,
                                  const char *name,
                                  KutipSink *sink,
                                  KutipReport *report,
                                  GError **error);

gboolean kutip_cas_files_write (KutipRecord *record,
                                const char *suffix,
                                const KutipCasWriting *how,
                                KutipCasSave save,
                                KutipSink *sink,
                                KutipReport *report,
                                GError **error);

/* "dir/a.txt" -> "dir/a". */
char *kutip_cas_files_make_stem (const char *path);

G_END_DECLS
