/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "corpus/export/export.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_DATASET_GROUP (kutip_dataset_group_get_type ())
G_DECLARE_FINAL_TYPE (
    KutipDatasetGroup, kutip_dataset_group, KUTIP, DATASET_GROUP, AdwPreferencesGroup)

/* The rows that ask for a dataset: whether there shall be one, and its options, which
 * show when it shall. Properties (gboolean, read-only, notify): "active"; "correct": no
 * row is marked as wrong, or it has been changed since. Signal: "accepted": Enter was
 * pressed in a row. */
gboolean kutip_dataset_group_is_active (KutipDatasetGroup *self);
gboolean kutip_dataset_group_is_correct (KutipDatasetGroup *self);
/* Some options are for one format only. */
void kutip_dataset_group_set_format (KutipDatasetGroup *self, const KutipFormat *format);

/* Puts what is asked for into @options, whose strings belong to the group and stay until
 * it is asked again. NULL when all is well, else why not, for people: the row that is to
 * blame has the focus then. */
const char *kutip_dataset_group_read (KutipDatasetGroup *self,
                                      KutipExportOptions *options);
/* Marks the row that asks for a field which turned out to be no article's. */
void kutip_dataset_group_blame_field (KutipDatasetGroup *self, const char *field);

/* All options but whether there shall be a dataset, "name=value" a line; owned. */
char *kutip_dataset_group_to_string (KutipDatasetGroup *self);
/* Lines that it does not know are passed over. */
void kutip_dataset_group_set_from_string (KutipDatasetGroup *self, const char *string);

G_END_DECLS
