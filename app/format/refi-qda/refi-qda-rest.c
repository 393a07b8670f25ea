/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/refi-qda/refi-qda-rest.h"

void
kutip_refi_rest_tell (const KutipRefiRest *self,
                      const char *id,
                      guint line,
                      const char *element,
                      const char *name)
{
  g_autofree char *detail = NULL;

  if (self->report == NULL)
    return;
  detail = g_strconcat (element, "/", name, NULL);
  kutip_report_add_left_out (self->report, "unknown-member", self->file, id, line,
                             detail);
}

void
kutip_refi_rest_look (const KutipRefiRest *self,
                      KutipXmlReader *reader,
                      const char *const *known)
{
  const char *name_space, *name, *value;
  g_autofree char *id = NULL;

  if (self->report == NULL)
    return;
  kutip_xml_reader_rewind_attributes (reader);
  /* Those of a namespace say where its schema is. */
  while (kutip_xml_reader_next_attribute (reader, &name_space, &name, &value))
    if (*name_space == '\0' && *value != '\0' && !g_strv_contains (known, name))
      {
        if (id == NULL)
          id = kutip_xml_reader_dup_attribute (reader, "guid");
        kutip_refi_rest_tell (self, id, kutip_xml_reader_get_line (reader),
                              kutip_xml_reader_get_name (reader), name);
      }
}

void
kutip_refi_rest_skip (const KutipRefiRest *self,
                      KutipXmlReader *reader,
                      const char *parent,
                      const char *id)
{
  kutip_refi_rest_tell (self, id, kutip_xml_reader_get_line (reader), parent,
                        kutip_xml_reader_get_name (reader));
  kutip_xml_reader_skip (reader);
}
