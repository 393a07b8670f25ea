/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/header.h"
#include "text/text.h"

G_BEGIN_DECLS

/* A header with title, author, date, publisher and language as the text's own lines tell
 * them
 * ("Penulis : …", "By …", "15 Agustus 2022", "Sumber : …"), each only where it is clear;
 * the rest absent. Looks at the first and last few kilobytes only. @charset_name goes
 * into "encoding" unless it is UTF-8. */
KutipHeader *kutip_guess_header (KutipText *text, const char *charset_name);

G_END_DECLS
