/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define KUTIP_DOCUMENT_ERROR (kutip_document_error_quark ())
GQuark kutip_document_error_quark (void);
typedef enum
{
  KUTIP_DOCUMENT_ERROR_READ_ONLY,
  KUTIP_DOCUMENT_ERROR_STALE,     /* "before" is not what the layer holds */
  KUTIP_DOCUMENT_ERROR_INVALID,   /* a range outside the text, an id twice, a relation to
                                     nothing */
  KUTIP_DOCUMENT_ERROR_REFUSED,   /* the tag set does not allow it */
  KUTIP_DOCUMENT_ERROR_BUSY,      /* a change of very many things is under way */
  KUTIP_DOCUMENT_ERROR_CANCELLED, /* a person has stopped it */
} KutipDocumentError;

G_END_DECLS
