/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/tagset/tagset-json.h"

#include "format/builtin-tagsets.h"

/* The first is the default. */
static const char *const names[] = { "news-attribution", "parc", "fact-checking", "empty",
                                     NULL };

const char *const *
kutip_tagset_list_builtin (void)
{
  return names;
}

static gpointer
get_resource (gpointer data)
{
  return kutip_builtin_tagsets_get_resource ();
}

/* In GLib 2.74 the first call registers the resource, and another thread that calls
 * meanwhile gets NULL. */
static GResource *
get_resource_once (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, get_resource, NULL);
}

GBytes *
kutip_tagset_get_builtin_json (const char *name)
{
  g_autofree char *path = g_strdup_printf ("/org/kutip/tagsets/%s.json", name);

  return g_resource_lookup_data (get_resource_once (), path, G_RESOURCE_LOOKUP_FLAGS_NONE,
                                 NULL);
}

KutipTagset *
kutip_tagset_load_builtin (const char *name)
{
  g_autoptr (GBytes) bytes = kutip_tagset_get_builtin_json (name);
  g_autoptr (KutipTagset) plain = NULL;
  g_autoptr (GError) error = NULL;
  KutipTagsetFields fields;

  g_return_val_if_fail (bytes != NULL, NULL);

  plain = kutip_tagset_from_json (g_bytes_get_data (bytes, NULL),
                                  g_bytes_get_size (bytes), &error);
  g_assert_no_error (error);
  kutip_tagset_get_fields (plain, &fields);
  fields.builtin = TRUE;
  return kutip_tagset_new (&fields, NULL);
}
