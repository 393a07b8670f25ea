/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/report.h"
#include "format/xml/xml.h"

G_BEGIN_DECLS

/* What elements say beyond what is read of them: told, with their ids, as "ELEMENT/NAME".
 */
typedef struct
{
  KutipReport *report; /* NULL: nobody asks */
  const char *file;
} KutipRefiRest;

/* One thing; @id may be NULL. */
void kutip_refi_rest_tell (const KutipRefiRest *self,
                           const char *id,
                           guint line,
                           const char *element,
                           const char *name);
/* Of the element that starts: its attributes but for those that are read. */
void kutip_refi_rest_look (const KutipRefiRest *self,
                           KutipXmlReader *reader,
                           const char *const *known);
/* A child of the element @parent: passes over it. */
void kutip_refi_rest_skip (const KutipRefiRest *self,
                           KutipXmlReader *reader,
                           const char *parent,
                           const char *id);

G_END_DECLS
