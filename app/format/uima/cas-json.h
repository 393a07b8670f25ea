/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/pour.h"
#include "format/uima/cas.h"

G_BEGIN_DECLS

/* UIMA CAS JSON 0.4. */
gboolean kutip_cas_json_read (
    KutipCas *cas, const char *bytes, gsize n_bytes, guint64 first_line, GError **error);
void kutip_cas_json_write (KutipCas *cas, KutipPour *pour);

G_END_DECLS
