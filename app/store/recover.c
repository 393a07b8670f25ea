/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/recover.h"

KutipLayer *
kutip_recover_layer (KutipJournal *journal,
                     KutipArticle *article,
                     KutipTagset *tagset,
                     KutipLayer *layer,
                     const char *sidecar_sha256,
                     GError **error)
{
  g_autoptr (KutipLayer) copy = NULL;
  g_autoptr (KutipDocument) document = NULL;
  gboolean recovered = FALSE;

  g_return_val_if_fail (journal != NULL, NULL);
  g_return_val_if_fail (KUTIP_IS_LAYER (layer), NULL);

  copy = kutip_layer_snapshot (layer);
  document = kutip_document_new (article, tagset, copy);
  kutip_journal_replay (journal, document, sidecar_sha256, TRUE, &recovered, error);
  return recovered ? g_steal_pointer (&copy) : NULL;
}

/* One side is gone through, with the other to compare with. */
typedef struct
{
  KutipLayer *other;
  KutipChange *change;
  gboolean forward; /* the other is what comes after */
} Comparing;

/* Forward: those that are no more, or another now. Backward: only those that are new. */
static gboolean
compare_span (KutipSpan *span, gpointer data)
{
  Comparing *self = data;
  KutipSpan *other = kutip_layer_get_span (self->other, kutip_span_get_id (span));

  if (!self->forward && other == NULL)
    kutip_change_add_span (self->change, NULL, span);
  else if (self->forward && (other == NULL || !kutip_span_equal (span, other)))
    kutip_change_add_span (self->change, span, other);
  return TRUE;
}

static gboolean
compare_relation (KutipRelation *relation, gpointer data)
{
  Comparing *self = data;
  KutipRelation *other =
      kutip_layer_get_relation (self->other, kutip_relation_get_id (relation));

  if (!self->forward && other == NULL)
    kutip_change_add_relation (self->change, NULL, relation);
  else if (self->forward && (other == NULL || !kutip_relation_equal (relation, other)))
    kutip_change_add_relation (self->change, relation, other);
  return TRUE;
}

KutipChange *
kutip_recover_compare (KutipLayer *from, KutipLayer *to, const char *title)
{
  g_autoptr (KutipChange) change = NULL;
  Comparing forward = { .other = to, .forward = TRUE };
  Comparing backward = { .other = from };
  KutipHeader *before, *after;

  g_return_val_if_fail (KUTIP_IS_LAYER (from), NULL);
  g_return_val_if_fail (KUTIP_IS_LAYER (to), NULL);

  change = kutip_change_new (title);
  forward.change = backward.change = change;
  /* A relation goes before the spans it hangs on, and comes after them. */
  kutip_layer_foreach_relation (from, compare_relation, &forward);
  kutip_layer_foreach_span (from, compare_span, &forward);
  kutip_layer_foreach_span (to, compare_span, &backward);
  kutip_layer_foreach_relation (to, compare_relation, &backward);
  before = kutip_layer_get_header (from);
  after = kutip_layer_get_header (to);
  if (!kutip_header_equal (before, after))
    kutip_change_add_header (change, before, after);
  return kutip_change_get_n_edits (change) > 0 ? g_steal_pointer (&change) : NULL;
}
