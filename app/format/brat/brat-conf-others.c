/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/brat/brat-conf-others.h"

#include "format/json/json.h"

#include <string.h>

void
kutip_brat_others_init (KutipBratOthers *self)
{
  self->lines = g_ptr_array_new_with_free_func (g_free);
  self->begin = NULL;
  self->filled = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

void
kutip_brat_others_clear (KutipBratOthers *self)
{
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_clear_pointer (&self->filled, g_hash_table_unref);
}

static gboolean
is_section (const char *line)
{
  return *line == '[' && g_str_has_suffix (line, "]");
}

void
kutip_brat_others_add (KutipBratOthers *self, const char *section, const char *line)
{
  g_autofree char *begin = g_strdup_printf ("[%s]", section);

  if (strcmp (line, KUTIP_BRAT_OVERLAP) == 0)
    return;
  if (self->begin == NULL || strcmp (self->begin, begin) != 0)
    g_ptr_array_add (self->lines, self->begin = g_steal_pointer (&begin));
  g_ptr_array_add (self->lines, g_strdup (line));
}

void
kutip_brat_others_fill (KutipBratOthers *self, const char *section, const char *group)
{
  if (*group == '!')
    g_hash_table_add (self->filled, g_strconcat (section, " ", group, NULL));
}

/* Those of one section that come with no type. */
static void
list_section (KutipBratOthers *self, const char *section, GPtrArray *found)
{
  g_autofree char *wanted = g_strdup_printf ("[%s]", section);
  gboolean is_here = FALSE, any = FALSE;

  for (guint i = 0; i < self->lines->len; i++)
    {
      const char *line = g_ptr_array_index (self->lines, i);
      g_autofree char *key = g_strconcat (section, " ", line, NULL);

      if (is_section (line))
        is_here = strcmp (line, wanted) == 0;
      else if (is_here && !g_hash_table_contains (self->filled, key))
        {
          if (!any)
            g_ptr_array_add (found, g_strdup (wanted));
          any = TRUE;
          g_ptr_array_add (found, g_strdup (line));
        }
    }
}

/* In the order in which they are written, so that they are the same again. */
char *
kutip_brat_others_list (KutipBratOthers *self)
{
  static const char *const sections[] = { "",          "entities", "spans",
                                          "relations", "events",   "attributes" };
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) listed = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    list_section (self, sections[i], found);
  for (guint i = 0; i < self->lines->len; i++)
    {
      const char *line = g_ptr_array_index (self->lines, i);
      g_autofree char *section = NULL;

      if (!is_section (line) || !g_hash_table_add (listed, (gpointer) line))
        continue;
      section = g_strndup (line + 1, strlen (line) - 2);
      if (*section != '\0' && !kutip_brat_is_section_of_types (section))
        list_section (self, section, found);
    }
  return found->len == 0
             ? NULL
             : kutip_brat_list_as_json ((const char *const *) found->pdata, found->len);
}

gboolean
kutip_brat_is_section_of_types (const char *section)
{
  static const char *const sections[] = { "entities",  "spans",      "events",
                                          "relations", "attributes", NULL };

  return g_strv_contains (sections, section);
}

char *
kutip_brat_list_as_json (const char *const *strings, guint n)
{
  g_autoptr (GString) json = g_string_new ("[");

  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append (json, ", ");
      kutip_json_append_string (json, strings[i]);
    }
  g_string_append_c (json, ']');
  return g_string_free (g_steal_pointer (&json), FALSE);
}
