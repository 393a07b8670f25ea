/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether @tag has the form of a BCP 47 language tag ("id", "pt-BR", "zh-Hant-TW"). */
gboolean kutip_language_name_is_tag (const char *tag);
/* What people call the language of a BCP 47 tag, with its region or script as it stands:
 * "Portuguese (BR)". NULL for a language that has no name here. */
char *kutip_language_name_get (const char *tag);

G_END_DECLS
