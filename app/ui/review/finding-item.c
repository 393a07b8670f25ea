/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/review/finding-item.h"

struct _KutipFindingItem
{
  GObject parent_instance;

  KutipFinding finding; /* its id is ours */
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KutipFindingItem, kutip_finding_item, G_TYPE_OBJECT)

static void
kutip_finding_item_finalize (GObject *object)
{
  g_free ((char *) KUTIP_FINDING_ITEM (object)->finding.id);
  G_OBJECT_CLASS (kutip_finding_item_parent_class)->finalize (object);
}

static void
kutip_finding_item_class_init (KutipFindingItemClass *class)
{
  G_OBJECT_CLASS (class)->finalize = kutip_finding_item_finalize;

  signals[CHANGED] = g_signal_new ("changed", KUTIP_TYPE_FINDING_ITEM, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kutip_finding_item_init (KutipFindingItem *self)
{
}

KutipFindingItem *
kutip_finding_item_new (const KutipFinding *finding)
{
  KutipFindingItem *self = g_object_new (KUTIP_TYPE_FINDING_ITEM, NULL);

  self->finding = *finding;
  self->finding.id = g_strdup (finding->id);
  return self;
}

const KutipFinding *
kutip_finding_item_get (KutipFindingItem *self)
{
  g_return_val_if_fail (KUTIP_IS_FINDING_ITEM (self), NULL);

  return &self->finding;
}

void
kutip_finding_item_update (KutipFindingItem *self)
{
  g_return_if_fail (KUTIP_IS_FINDING_ITEM (self));

  g_signal_emit (self, signals[CHANGED], 0);
}
