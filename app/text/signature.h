/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A sentence for people that says which well-known kind of file, not plain text, the
 * bytes seem to be; NULL when they are none of these. Translated; belongs to the
 * translation. */
const char *kutip_signature_describe (const char *bytes, gsize n_bytes);

G_END_DECLS
