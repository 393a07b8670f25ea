/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/uima/cas-foreign.h"

#include "format/json/json.h"

#include <string.h>

void
kutip_cas_trace_clear (KutipCasTrace *self)
{
  g_clear_pointer (&self->type, g_free);
  g_clear_pointer (&self->label, g_free);
  g_clear_pointer (&self->feature, g_free);
  g_clear_pointer (&self->chain, g_free);
}

static void
take_string (KutipJsonReader *reader, char **string)
{
  g_free (*string);
  *string = g_strdup (kutip_json_reader_read_string (reader));
}

static void
read_members (KutipCasTrace *self, KutipJsonReader *reader)
{
  const char *name;

  if (!kutip_json_reader_read_object (reader))
    return;
  while ((name = kutip_json_reader_read_member (reader)) != NULL)
    if (strcmp (name, "type") == 0)
      take_string (reader, &self->type);
    else if (strcmp (name, "label") == 0)
      take_string (reader, &self->label);
    else if (strcmp (name, "feature") == 0)
      take_string (reader, &self->feature);
    else if (strcmp (name, "chain") == 0)
      take_string (reader, &self->chain);
    else if (strcmp (name, "slot") == 0)
      kutip_json_reader_read_boolean (reader, &self->slot);
    else
      kutip_json_reader_skip (reader);
}

void
kutip_cas_trace_read (KutipCasTrace *self, KutipForeign *foreign)
{
  for (guint i = 0; i < kutip_foreign_get_n (foreign); i++)
    {
      KutipForeignMember member = kutip_foreign_get_nth (foreign, i);
      g_autoptr (KutipJsonReader) reader = NULL;

      if (strcmp (member.name, KUTIP_CAS_FOREIGN) != 0)
        continue;
      reader = kutip_json_reader_new (member.json, strlen (member.json));
      read_members (self, reader);
    }
}

static void
append_member (GString *json, const char *name, const char *value)
{
  if (value == NULL)
    return;
  g_string_append_printf (json, "%s\"%s\": ", json->len == 1 ? "" : ", ", name);
  kutip_json_append_string (json, value);
}

KutipForeign *
kutip_cas_trace_add_to (const KutipCasTrace *self,
                        KutipForeign *foreign,
                        const char *after)
{
  g_autoptr (GString) json = g_string_new ("{");
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (KutipForeignMember));
  KutipForeignMember own = { after, KUTIP_CAS_FOREIGN, NULL };

  append_member (json, "type", self->type);
  append_member (json, "label", self->label);
  append_member (json, "feature", self->feature);
  append_member (json, "chain", self->chain);
  if (self->slot)
    g_string_append (json, json->len == 1 ? "\"slot\": true" : ", \"slot\": true");
  g_string_append_c (json, '}');
  for (guint i = 0; i < kutip_foreign_get_n (foreign); i++)
    {
      KutipForeignMember member = kutip_foreign_get_nth (foreign, i);

      if (strcmp (member.name, KUTIP_CAS_FOREIGN) != 0)
        g_array_append_val (members, member);
    }
  own.json = json->str;
  if (json->len > 2)
    g_array_append_val (members, own);
  return kutip_foreign_new ((const KutipForeignMember *) (gpointer) members->data,
                            members->len);
}

gboolean
kutip_cas_is_column_word (const char *name)
{
  return g_str_has_prefix (name, "ROLE_") || g_str_has_prefix (name, "BT_");
}

char *
kutip_cas_make_feature_name (const char *attribute)
{
  static const char *const taken[] = {
    "sofa",
    "begin",
    "end",
    "Governor",
    "Dependent",
    "first",
    "next",
    "role",
    "target",
    KUTIP_CAS_FEATURE_LABEL,
    KUTIP_CAS_FEATURE_NOTE,
    NULL,
  };
  GString *name = g_string_new (NULL);

  for (const char *c = attribute; *c != '\0'; c = g_utf8_next_char (c))
    g_string_append_c (name, g_ascii_isalnum (*c) ? *c : '_');
  /* UIMA wants a letter first. */
  if (!g_ascii_isalpha (name->str[0]) || kutip_cas_is_column_word (name->str))
    g_string_prepend (name, "x_");
  if (g_strv_contains (taken, name->str) || g_str_has_prefix (name->str, "kutip"))
    g_string_append_c (name, '_');
  return g_string_free (name, FALSE);
}

char *
kutip_cas_dup_clean (const char *text)
{
  GString *clean = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0xfffe || c == 0xffff)
        g_string_append_c (clean, ' ');
      else
        g_string_append_len (clean, p, g_utf8_next_char (p) - p);
    }
  return g_string_free (clean, FALSE);
}

gboolean
kutip_cas_is_name (const char *name, gboolean with_points)
{
  gboolean begins = TRUE;

  for (const char *c = name; *c != '\0'; c++)
    {
      if (*c == '.' && with_points && !begins)
        {
          begins = TRUE;
          continue;
        }
      if (begins ? !g_ascii_isalpha (*c) : *c != '_' && !g_ascii_isalnum (*c))
        return FALSE;
      begins = FALSE;
    }
  return !begins;
}
