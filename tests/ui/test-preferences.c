/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/preferences.h"

#include <gio/gio.h>

/* What the schema says by default is what holds without a schema. */
static void
test_defaults (void)
{
  g_autoptr (GSettings) settings = g_settings_new ("org.kutip.Kutip");
  g_autoptr (KutipPreferences) preferences = kutip_preferences_new ();
  g_autoptr (GSettingsSchema) schema = NULL;
  g_auto (GStrv) keys = NULL;
  guint n_properties;
  g_autofree GParamSpec **properties =
      g_object_class_list_properties (G_OBJECT_GET_CLASS (preferences), &n_properties);

  g_object_get (settings, "settings-schema", &schema, NULL);
  keys = g_settings_schema_list_keys (schema);
  g_assert_cmpuint (g_strv_length (keys), ==, n_properties);
  g_assert_true (kutip_preferences_are_kept (preferences));
  for (guint i = 0; i < n_properties; i++)
    {
      const char *name = properties[i]->name;
      g_autoptr (GVariant) variant = g_settings_get_default_value (settings, name);
      g_auto (GValue) value = G_VALUE_INIT;
      g_autofree char *said = g_variant_print (variant, FALSE);
      g_autofree char *expected = NULL;

      g_assert_true (g_strv_contains ((const char *const *) keys, name));
      g_value_init (&value, properties[i]->value_type);
      g_param_value_set_default (properties[i], &value);
      if (G_VALUE_HOLDS_STRING (&value))
        expected = g_strdup_printf ("'%s'", g_value_get_string (&value));
      else if (G_VALUE_HOLDS_UINT (&value))
        expected = g_strdup_printf ("%u", g_value_get_uint (&value));
      else if (G_VALUE_HOLDS_INT (&value))
        expected = g_strdup_printf ("%d", g_value_get_int (&value));
      else if (G_VALUE_HOLDS_BOOLEAN (&value))
        expected = g_strdup (g_value_get_boolean (&value) ? "true" : "false");
      else if (G_VALUE_HOLDS_ENUM (&value))
        {
          g_autoptr (GEnumClass) names = g_type_class_ref (properties[i]->value_type);

          expected = g_strdup_printf (
              "'%s'", g_enum_get_value (names, g_value_get_enum (&value))->value_nick);
        }
      else
        {
          char number[G_ASCII_DTOSTR_BUF_SIZE];

          expected = g_strdup (g_ascii_formatd (number, sizeof number, "%.17g",
                                                g_value_get_double (&value)));
        }
      g_assert_cmpstr (said, ==, expected);
    }
}

static void
test_kept (void)
{
  g_autoptr (GSettings) settings = g_settings_new ("org.kutip.Kutip");
  KutipPreferences *preferences = kutip_preferences_new ();
  KutipPreferences *later;
  guint size;
  KutipColorScheme scheme;

  g_object_set (preferences, "text-size", 20, "color-scheme", KUTIP_COLOR_SCHEME_DARK,
                "annotator", "alice", NULL);
  g_assert_cmpuint (g_settings_get_uint (settings, "text-size"), ==, 20);
  g_settings_set_uint (settings, "text-size", 21);
  g_assert_cmpuint (kutip_preferences_get_text_size (preferences), ==, 21);
  g_assert_finalize_object (preferences);

  later = kutip_preferences_new ();
  g_object_get (later, "text-size", &size, "color-scheme", &scheme, NULL);
  g_assert_cmpuint (size, ==, 21);
  g_assert_cmpint (scheme, ==, KUTIP_COLOR_SCHEME_DARK);
  g_assert_cmpstr (kutip_preferences_get_annotator (later), ==, "alice");
  g_object_set (later, "text-size", 14, "color-scheme", KUTIP_COLOR_SCHEME_SYSTEM,
                "annotator", "", NULL);
  g_assert_finalize_object (later);
}

static void
test_annotator (void)
{
  static const struct
  {
    const char *name;
    gboolean taken;
    const char *reason;
  } rows[] = {
    { "alice", TRUE, "letters" },
    { "a_B-9", TRUE, "all kinds of characters that are allowed" },
    { "", FALSE, "none" },
    { "../evil", FALSE, "it would leave the folder" },
    { "a b", FALSE, "a space" },
    { "élise", FALSE, "a letter that file systems write in two ways" },
    { "gold.annotations", FALSE, "it would be taken for another kind of file" },
  };
  g_autoptr (KutipPreferences) preferences = kutip_preferences_new ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_object_set (preferences, "annotator", rows[i].name, NULL);
      if (g_strcmp0 (kutip_preferences_get_annotator (preferences),
                     rows[i].taken ? rows[i].name : NULL) != 0)
        g_error ("“%s”: %s", rows[i].name, rows[i].reason);
    }
  g_object_set (preferences, "annotator", "", NULL);
}

static void
count (guint *n)
{
  (*n)++;
}

static void
test_notify (void)
{
  g_autoptr (KutipPreferences) preferences = kutip_preferences_new ();
  guint n = 0;

  g_signal_connect_swapped (preferences, "notify::measure", G_CALLBACK (count), &n);
  g_object_set (preferences, "measure", 60, NULL);
  g_assert_cmpuint (n, ==, 1);
  g_object_set (preferences, "measure", 60, NULL);
  g_assert_cmpuint (n, ==, 1);
  g_object_set (preferences, "measure", 72, NULL);
  g_assert_cmpuint (n, ==, 2);
}

static void
test_no_schema (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr (KutipPreferences) preferences = kutip_preferences_new ();
      double height;

      g_assert_false (kutip_preferences_are_kept (preferences));
      g_object_get (preferences, "line-height", &height, NULL);
      g_assert_cmpfloat_with_epsilon (height, 1.6, 1e-9);
      g_object_set (preferences, "line-height", 2.0, NULL);
      g_object_get (preferences, "line-height", &height, NULL);
      g_assert_cmpfloat_with_epsilon (height, 2.0, 1e-9);
      return;
    }
  {
    g_autofree char *folder = g_strdup (g_getenv ("GSETTINGS_SCHEMA_DIR"));
    g_autofree char *data = g_strdup (g_getenv ("XDG_DATA_DIRS"));

    g_assert_nonnull (folder);
    g_unsetenv ("GSETTINGS_SCHEMA_DIR");
    g_setenv ("XDG_DATA_DIRS", "/nonexistent", TRUE);
    g_test_trap_subprocess (NULL, 0, 0);
    g_setenv ("GSETTINGS_SCHEMA_DIR", folder, TRUE);
    if (data != NULL)
      g_setenv ("XDG_DATA_DIRS", data, TRUE);
    g_test_trap_assert_passed ();
  }
}

int
main (int argc, char **argv)
{
  g_setenv ("GSETTINGS_BACKEND", "memory", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/preferences/defaults", test_defaults);
  g_test_add_func ("/preferences/kept", test_kept);
  g_test_add_func ("/preferences/annotator", test_annotator);
  g_test_add_func ("/preferences/notify", test_notify);
  g_test_add_func ("/preferences/no-schema", test_no_schema);
  return g_test_run ();
}
