/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/preferences.h"

#include "store/paths.h"

#include <gio/gio.h>

enum
{
  PROP_FONT = 1,
  PROP_TEXT_SIZE,
  PROP_LINE_HEIGHT,
  PROP_MEASURE,
  PROP_COLOR_SCHEME,
  PROP_ANNOTATOR,
  PROP_DATASET,
  PROP_EXPORT,
  PROP_IMPORT,
  PROP_SHOW_LINKS,
  PROP_SHOW_ARTICLES,
  PROP_SHOW_ANNOTATIONS,
  PROP_ARTICLES_WIDTH,
  PROP_ANNOTATIONS_WIDTH,
  PROP_WINDOW_WIDTH,
  PROP_WINDOW_HEIGHT,
  PROP_WINDOW_MAXIMIZED,
  N_PROPS
};

struct _KutipPreferences
{
  GObject parent_instance;

  GSettings *settings;    /* NULL: the schema is not installed */
  GValue values[N_PROPS]; /* by property; the first is not used */
};

static GParamSpec *props[N_PROPS];

G_DEFINE_ENUM_TYPE (KutipColorScheme,
                    kutip_color_scheme,
                    G_DEFINE_ENUM_VALUE (KUTIP_COLOR_SCHEME_SYSTEM, "system"),
                    G_DEFINE_ENUM_VALUE (KUTIP_COLOR_SCHEME_LIGHT, "light"),
                    G_DEFINE_ENUM_VALUE (KUTIP_COLOR_SCHEME_DARK, "dark"))

G_DEFINE_FINAL_TYPE (KutipPreferences, kutip_preferences, G_TYPE_OBJECT)

/* g_settings_new() would end the program where the schema is missing. */
static GSettings *
open_settings (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, KUTIP_APPLICATION_ID, TRUE);
  return schema != NULL ? g_settings_new_full (schema, NULL, NULL) : NULL;
}

/* An installed schema of another version may lack a key. */
static void
bind_settings (KutipPreferences *self)
{
  g_autoptr (GSettingsSchema) schema = NULL;

  g_object_get (self->settings, "settings-schema", &schema, NULL);
  for (guint i = 1; i < N_PROPS; i++)
    if (g_settings_schema_has_key (schema, props[i]->name))
      g_settings_bind (self->settings, props[i]->name, self, props[i]->name,
                       G_SETTINGS_BIND_DEFAULT);
}

static void
kutip_preferences_finalize (GObject *object)
{
  KutipPreferences *self = KUTIP_PREFERENCES (object);

  g_clear_object (&self->settings);
  for (guint i = 1; i < N_PROPS; i++)
    g_value_unset (&self->values[i]);
  G_OBJECT_CLASS (kutip_preferences_parent_class)->finalize (object);
}

static void
kutip_preferences_get_property (GObject *object,
                                guint id,
                                GValue *value,
                                GParamSpec *pspec)
{
  g_value_copy (&KUTIP_PREFERENCES (object)->values[id], value);
}

static void
kutip_preferences_set_property (GObject *object,
                                guint id,
                                const GValue *value,
                                GParamSpec *pspec)
{
  GValue *stored = &KUTIP_PREFERENCES (object)->values[id];

  if (g_param_values_cmp (pspec, stored, value) == 0)
    return;
  g_value_copy (value, stored);
  g_object_notify_by_pspec (object, pspec);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags =
      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  props[PROP_FONT] = g_param_spec_string ("font", NULL, NULL, "Serif", flags);
  props[PROP_TEXT_SIZE] = g_param_spec_uint ("text-size", NULL, NULL, 8, 48, 14, flags);
  props[PROP_LINE_HEIGHT] =
      g_param_spec_double ("line-height", NULL, NULL, 1.0, 3.0, 1.6, flags);
  props[PROP_MEASURE] = g_param_spec_uint ("measure", NULL, NULL, 30, 200, 72, flags);
  props[PROP_COLOR_SCHEME] =
      g_param_spec_enum ("color-scheme", NULL, NULL, KUTIP_TYPE_COLOR_SCHEME,
                         KUTIP_COLOR_SCHEME_SYSTEM, flags);
  props[PROP_ANNOTATOR] = g_param_spec_string ("annotator", NULL, NULL, "", flags);
  props[PROP_DATASET] = g_param_spec_string ("dataset", NULL, NULL, "", flags);
  props[PROP_EXPORT] = g_param_spec_string ("export", NULL, NULL, "", flags);
  props[PROP_IMPORT] = g_param_spec_string ("import", NULL, NULL, "", flags);
  props[PROP_SHOW_LINKS] = g_param_spec_boolean ("show-links", NULL, NULL, FALSE, flags);
  props[PROP_SHOW_ARTICLES] =
      g_param_spec_boolean ("show-articles", NULL, NULL, TRUE, flags);
  props[PROP_SHOW_ANNOTATIONS] =
      g_param_spec_boolean ("show-annotations", NULL, NULL, TRUE, flags);
  props[PROP_ARTICLES_WIDTH] =
      g_param_spec_int ("articles-width", NULL, NULL, 0, G_MAXINT, 0, flags);
  props[PROP_ANNOTATIONS_WIDTH] =
      g_param_spec_int ("annotations-width", NULL, NULL, 0, G_MAXINT, 0, flags);
  props[PROP_WINDOW_WIDTH] =
      g_param_spec_int ("window-width", NULL, NULL, 1, G_MAXINT, 1220, flags);
  props[PROP_WINDOW_HEIGHT] =
      g_param_spec_int ("window-height", NULL, NULL, 1, G_MAXINT, 760, flags);
  props[PROP_WINDOW_MAXIMIZED] =
      g_param_spec_boolean ("window-maximized", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
kutip_preferences_class_init (KutipPreferencesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = kutip_preferences_finalize;
  object_class->get_property = kutip_preferences_get_property;
  object_class->set_property = kutip_preferences_set_property;
  install_properties (object_class);
}

static void
kutip_preferences_init (KutipPreferences *self)
{
  for (guint i = 1; i < N_PROPS; i++)
    {
      g_value_init (&self->values[i], G_PARAM_SPEC_VALUE_TYPE (props[i]));
      g_param_value_set_default (props[i], &self->values[i]);
    }
  self->settings = open_settings ();
  if (self->settings != NULL)
    bind_settings (self);
}

KutipPreferences *
kutip_preferences_new (void)
{
  return g_object_new (KUTIP_TYPE_PREFERENCES, NULL);
}

gboolean
kutip_preferences_are_kept (KutipPreferences *self)
{
  g_return_val_if_fail (KUTIP_IS_PREFERENCES (self), FALSE);
  return self->settings != NULL;
}

const char *
kutip_preferences_get_annotator (KutipPreferences *self)
{
  const char *name;

  g_return_val_if_fail (KUTIP_IS_PREFERENCES (self), NULL);

  /* It becomes a part of a file's name, and dconf can hold anything. */
  name = g_value_get_string (&self->values[PROP_ANNOTATOR]);
  return name != NULL && kutip_paths_is_annotator (name) ? name : NULL;
}

guint
kutip_preferences_get_text_size (KutipPreferences *self)
{
  g_return_val_if_fail (KUTIP_IS_PREFERENCES (self), 0);
  return g_value_get_uint (&self->values[PROP_TEXT_SIZE]);
}

KutipColorScheme
kutip_preferences_get_color_scheme (KutipPreferences *self)
{
  g_return_val_if_fail (KUTIP_IS_PREFERENCES (self), KUTIP_COLOR_SCHEME_SYSTEM);
  return g_value_get_enum (&self->values[PROP_COLOR_SCHEME]);
}
