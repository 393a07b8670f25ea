/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/pour.h"
#include "format/uima/cas.h"
#include "format/xml/xml.h"

G_BEGIN_DECLS

/* UIMA's XMI and the type system beside it. */

#define KUTIP_XMI_NAMESPACE "http://www.omg.org/XMI"
#define KUTIP_XMI_TYPES "TypeSystem.xml"

/* Declares in @cas what a type system description says. */
gboolean kutip_xmi_read_types (KutipCas *cas, GBytes *bytes, GError **error);
/* Fills @cas, whose types may be declared already. */
gboolean kutip_xmi_read (KutipCas *cas, KutipXmlReader *reader, GError **error);

void kutip_xmi_write (KutipCas *cas, KutipPour *pour);
GString *kutip_xmi_write_types (KutipCas *cas);

G_END_DECLS
