/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/article/text-provider.h"

struct _KutipTextProvider
{
  GdkContentProvider parent_instance;

  KutipText *text;
  KutipRange range;
};

G_DEFINE_FINAL_TYPE (KutipTextProvider, kutip_text_provider, GDK_TYPE_CONTENT_PROVIDER)

static GdkContentFormats *
ref_formats (GdkContentProvider *provider)
{
  return gdk_content_formats_new_for_gtype (G_TYPE_STRING);
}

static gboolean
get_value (GdkContentProvider *provider, GValue *value, GError **error)
{
  KutipTextProvider *self = KUTIP_TEXT_PROVIDER (provider);

  if (!G_VALUE_HOLDS (value, G_TYPE_STRING))
    return GDK_CONTENT_PROVIDER_CLASS (kutip_text_provider_parent_class)
        ->get_value (provider, value, error);
  g_value_take_string (value, kutip_text_dup_range (self->text, self->range));
  return TRUE;
}

static void
finalize (GObject *object)
{
  kutip_text_unref (KUTIP_TEXT_PROVIDER (object)->text);
  G_OBJECT_CLASS (kutip_text_provider_parent_class)->finalize (object);
}

static void
kutip_text_provider_class_init (KutipTextProviderClass *class)
{
  GdkContentProviderClass *provider_class = GDK_CONTENT_PROVIDER_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = finalize;
  provider_class->ref_formats = ref_formats;
  provider_class->get_value = get_value;
}

static void
kutip_text_provider_init (KutipTextProvider *self)
{
}

GdkContentProvider *
kutip_text_provider_new (KutipText *text, KutipRange range)
{
  KutipTextProvider *self = g_object_new (KUTIP_TYPE_TEXT_PROVIDER, NULL);

  self->text = kutip_text_ref (text);
  self->range = range;
  return GDK_CONTENT_PROVIDER (self);
}

void
kutip_text_provider_set_range (KutipTextProvider *self, KutipRange range)
{
  self->range = range;
}
