/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/huggingface/huggingface.h"

#include <glib/gi18n.h>
#include <string.h>

const char *
kutip_huggingface_read_string (KutipHuggingfacePlace *at)
{
  const char *string = kutip_json_reader_read_string (at->reader);

  return string == NULL ? "" : g_string_chunk_insert (at->strings, string);
}

void
kutip_huggingface_leave_out (KutipHuggingfacePlace *at, const char *member)
{
  g_autofree char *name = g_strdup (member);

  if (kutip_json_reader_peek (at->reader) != KUTIP_JSON_NULL)
    kutip_report_add_left_out (at->report, "unknown-member", at->file, NULL, at->line,
                               name);
  kutip_json_reader_skip (at->reader);
}

/* "flag", "list" or "string". */
static void
read_type (KutipHuggingfacePlace *at, KutipValueType *type)
{
  const char *word;

  if (kutip_json_reader_peek (at->reader) == KUTIP_JSON_NULL)
    {
      kutip_json_reader_skip (at->reader);
      return;
    }
  word = kutip_huggingface_read_string (at);
  if (strcmp (word, "flag") == 0)
    *type = KUTIP_VALUE_FLAG;
  else if (strcmp (word, "list") == 0)
    *type = KUTIP_VALUE_LIST;
}

static void
read_values (KutipHuggingfacePlace *at, GPtrArray *values)
{
  if (!kutip_json_reader_read_array (at->reader))
    return;
  while (kutip_json_reader_read_element (at->reader))
    g_ptr_array_add (values, (gpointer) kutip_huggingface_read_string (at));
}

/* One whose values are in a list of their own, which goes to @lists. */
static void
read_attribute (KutipHuggingfacePlace *at, GArray *attributes, GPtrArray *lists)
{
  KutipAttribute attribute = { .type = KUTIP_VALUE_STRING };
  GPtrArray *values = g_ptr_array_new ();
  const char *member;

  g_ptr_array_add (lists, values);
  if (!kutip_json_reader_read_object (at->reader))
    return;
  while ((member = kutip_json_reader_read_member (at->reader)) != NULL)
    if (strcmp (member, "name") == 0)
      attribute.name = kutip_huggingface_read_string (at);
    else if (strcmp (member, "type") == 0)
      read_type (at, &attribute.type);
    else if (strcmp (member, "values") == 0)
      read_values (at, values);
    else
      kutip_huggingface_leave_out (at, member);
  if (attribute.name == NULL ||
      (attribute.type == KUTIP_VALUE_STRING && values->len != 1))
    {
      kutip_json_reader_fail (at->reader,
                              _ ("an attribute needs a “name”, and “values” that fit its "
                                 "“type”"));
      return;
    }
  if (attribute.type == KUTIP_VALUE_FLAG)
    g_ptr_array_set_size (values, 0);
  g_ptr_array_add (values, NULL);
  attribute.values = (const char *const *) values->pdata;
  g_array_append_val (attributes, attribute);
}

KutipAttributes *
kutip_huggingface_read_attributes (KutipHuggingfacePlace *at)
{
  g_autoptr (GArray) attributes = g_array_new (FALSE, FALSE, sizeof (KutipAttribute));
  g_autoptr (GPtrArray) lists =
      g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);

  if (kutip_json_reader_read_array (at->reader))
    while (kutip_json_reader_read_element (at->reader))
      read_attribute (at, attributes, lists);
  return kutip_attributes_new ((const KutipAttribute *) (gpointer) attributes->data,
                               attributes->len);
}

static void
set (KutipAttributes **attributes, KutipAttribute attribute)
{
  KutipAttributes *changed = kutip_attributes_with (*attributes, attribute);

  kutip_attributes_unref (*attributes);
  *attributes = changed;
}

gboolean
kutip_huggingface_read_attribute (KutipJsonReader *reader,
                                  const char *name,
                                  KutipAttributes **attributes)
{
  KutipJsonToken token = kutip_json_reader_peek (reader);
  const char *values[] = { NULL, NULL };
  g_autofree char *value = NULL;

  if (token == KUTIP_JSON_ARRAY_START || token == KUTIP_JSON_OBJECT_START)
    {
      kutip_json_reader_skip (reader);
      return FALSE;
    }
  value = token == KUTIP_JSON_STRING ? g_strdup (kutip_json_reader_read_string (reader))
                                     : kutip_json_reader_read_raw (reader);
  values[0] = value;
  if (value == NULL || *value == '\0' || token == KUTIP_JSON_NULL)
    return TRUE;
  set (attributes, token == KUTIP_JSON_TRUE
                       ? (KutipAttribute){ name, KUTIP_VALUE_FLAG, values + 1 }
                       : (KutipAttribute){ name, KUTIP_VALUE_STRING, values });
  return TRUE;
}
