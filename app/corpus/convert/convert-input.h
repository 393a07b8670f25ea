/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "corpus/convert/convert-source.h"
#include "format/report.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* What a conversion reads: the inputs that the user named, one unit after another. Only
 * one thread asks for units; sources may be made and used in any. */
typedef struct _KutipConvertInput KutipConvertInput;

/* Something that can be read on its own: a file, or a line of one. */
typedef struct
{
  const KutipFormat *format;
  char *path;       /* as the user named it, or below the folder that he named */
  char *name;       /* its place in the corpus */
  GBytes *bytes;    /* NULL: the whole file, not read yet */
  GBytes *head;     /* as KutipSource has it */
  gboolean on_disk; /* they lie in the view of a spool */
  guint64 line;
  gboolean named;
} KutipConvertUnit;

void kutip_convert_unit_clear (KutipConvertUnit *unit);
/* Says in @error, which is set, which file it was, and which line unless it does. */
void kutip_convert_unit_name_place (const KutipConvertUnit *unit, GError **error);

/* @format NULL: guessed for each input. */
KutipConvertInput *kutip_convert_input_new (char *const *inputs,
                                            const KutipFormat *format,
                                            GCancellable *cancellable);
/* Places in the corpus begin below @folder, as far as inputs lie in it, instead of below
 * the folder that was named. Borrowed. */
void kutip_convert_input_set_base (KutipConvertInput *self, const char *folder);
/* At the end: what was left alone in folders whose format was guessed, and what there is
 * to tell of other tools' tag sets. */
KutipReport *kutip_convert_input_get_report (KutipConvertInput *self);
/* The file that is written in the end, or NULL; and whether it is among what was read. */
void kutip_convert_input_set_output (KutipConvertInput *self, const char *path);
gboolean kutip_convert_input_met_output (KutipConvertInput *self);
/* Counts the files of each folder before it is read, so that the share is known. */
void kutip_convert_input_set_counting (KutipConvertInput *self);
/* How much of all was handed out, from 0 to 1: each input that was named is as much as
 * another, and in a folder each file, if they are counted. Never falls; 0 where nobody
 * knows. */
double kutip_convert_input_get_share (KutipConvertInput *self);
void kutip_convert_input_free (KutipConvertInput *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipConvertInput, kutip_convert_input_free)

/* FALSE with @error at a failure, after which the next call goes on behind it; FALSE
 * without one at the end. @unit is to be cleared. */
gboolean kutip_convert_input_next (KutipConvertInput *self,
                                   KutipConvertUnit *unit,
                                   GError **error);

/* Whether the next unit may be long in coming: it is to be read from a pipe, in which
 * there is nothing now. */
gboolean kutip_convert_input_waits (KutipConvertInput *self);

KutipConvertFiles *kutip_convert_input_get_files (KutipConvertInput *self);

/* Makes @source read @unit, with its bytes loaded; clear it with
 * kutip_convert_source_clear.
 */
gboolean kutip_convert_input_open (KutipConvertInput *self,
                                   const KutipConvertUnit *unit,
                                   KutipSource *source,
                                   GError **error);
void kutip_convert_source_clear (KutipSource *source);

G_END_DECLS
