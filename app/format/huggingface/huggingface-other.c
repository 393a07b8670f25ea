/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/huggingface/huggingface.h"

#include <string.h>

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
