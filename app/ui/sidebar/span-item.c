/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/sidebar/span-item.h"

struct _KutipSpanItem
{
  GObject parent_instance;

  KutipSpan *span;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KutipSpanItem, kutip_span_item, G_TYPE_OBJECT)

static void
kutip_span_item_finalize (GObject *object)
{
  KutipSpanItem *self = KUTIP_SPAN_ITEM (object);

  g_clear_pointer (&self->span, kutip_span_unref);
  G_OBJECT_CLASS (kutip_span_item_parent_class)->finalize (object);
}

static void
kutip_span_item_class_init (KutipSpanItemClass *class)
{
  G_OBJECT_CLASS (class)->finalize = kutip_span_item_finalize;

  signals[CHANGED] = g_signal_new ("changed", KUTIP_TYPE_SPAN_ITEM, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kutip_span_item_init (KutipSpanItem *self)
{
}

KutipSpanItem *
kutip_span_item_new (KutipSpan *span)
{
  KutipSpanItem *self = g_object_new (KUTIP_TYPE_SPAN_ITEM, NULL);

  self->span = kutip_span_ref (span);
  return self;
}

KutipSpan *
kutip_span_item_get_span (KutipSpanItem *self)
{
  g_return_val_if_fail (KUTIP_IS_SPAN_ITEM (self), NULL);

  return self->span;
}

void
kutip_span_item_update (KutipSpanItem *self, KutipSpan *span)
{
  g_return_if_fail (KUTIP_IS_SPAN_ITEM (self));
  g_return_if_fail (span != NULL);

  if (span != self->span)
    {
      kutip_span_unref (self->span);
      self->span = kutip_span_ref (span);
    }
  g_signal_emit (self, signals[CHANGED], 0);
}
