/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Writes all @n bytes, however many calls it takes. FALSE with errno set; how much was
 * written by then nobody knows. Nothing is synced. */
gboolean kutip_write_all (int fd, const char *bytes, gsize n);

G_END_DECLS
