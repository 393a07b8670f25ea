/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "corpus/convert/convert.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_MORE_OPTIONS (kutip_more_options_get_type ())
G_DECLARE_FINAL_TYPE (
    KutipMoreOptions, kutip_more_options, KUTIP, MORE_OPTIONS, AdwPreferencesGroup)

/* What is seldom asked of an import or export, in a row that unfolds. Property "reads"
 * (gboolean): it is an import, which is asked how foreign offsets count. Signal
 * "accepted": Enter was pressed in a row. */

/* Puts what is asked for into @conversion, whose tag set is borrowed until the next time;
 * @tagset_path becomes the file of the tag set, or NULL. FALSE when a file is wanted and
 * not named: its row has the focus then. */
gboolean kutip_more_options_read (KutipMoreOptions *self,
                                  KutipConversion *conversion,
                                  char **tagset_path);
/* Marks the row of the tag set's file. */
void kutip_more_options_blame_tagset (KutipMoreOptions *self);

/* Appends what is kept from one time to the next. What was written is read back the next
 * time, whatever was asked for now. */
void kutip_more_options_append (KutipMoreOptions *self, GString *lines);
/* Unfolds when something is not as it is by itself. */
void kutip_more_options_set (KutipMoreOptions *self, const char *lines);

G_END_DECLS
