/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/layer.h"

G_BEGIN_DECLS

/* One thing as it was before and as it is after: a span, a relation or the header. Before
 * NULL: it is added; after NULL: it is removed. A header is never NULL. */
typedef enum
{
  KUTIP_EDIT_SPAN,
  KUTIP_EDIT_RELATION,
  KUTIP_EDIT_HEADER,
} KutipEditKind;
#define KUTIP_N_EDIT_KINDS (KUTIP_EDIT_HEADER + 1)

typedef struct
{
  KutipEditKind kind;
  gpointer before; /* KutipSpan, KutipRelation or KutipHeader; owned by the change */
  gpointer after;
} KutipEdit;

#define KUTIP_TYPE_CHANGE (kutip_change_get_type ())

/* Edits that are done, undone and redone together, with a title for people ("Mark
 * Quote"). Reference counted; built once, then not changed. */
typedef struct _KutipChange KutipChange;

GType kutip_change_get_type (void) G_GNUC_CONST;
/* @title is already translated. */
KutipChange *kutip_change_new (const char *title);
KutipChange *kutip_change_ref (KutipChange *self);
void kutip_change_unref (KutipChange *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipChange, kutip_change_unref)

/* Each takes references; at least one of the two is not NULL. */
void kutip_change_add_span (KutipChange *self, KutipSpan *before, KutipSpan *after);
void kutip_change_add_relation (KutipChange *self,
                                KutipRelation *before,
                                KutipRelation *after);
void kutip_change_add_header (KutipChange *self, KutipHeader *before, KutipHeader *after);

const char *kutip_change_get_title (KutipChange *self);
guint kutip_change_get_n_edits (KutipChange *self);
const KutipEdit *kutip_change_get_nth_edit (KutipChange *self, guint i);
/* Whether there are edits of that kind, and whether one of them changes what is there
 * before and after; both are known at once, however many edits there are. */
gboolean kutip_change_has (KutipChange *self, KutipEditKind kind);
gboolean kutip_change_alters (KutipChange *self, KutipEditKind kind);
/* The change that takes it back: edits in reverse order, before and after exchanged. */
KutipChange *kutip_change_invert (KutipChange *self);

G_END_DECLS
