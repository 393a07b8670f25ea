/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sys/types.h>

G_BEGIN_DECLS

/* Linked into a test program, or loaded with LD_PRELOAD, it stands between that and the C
 * library. */

/* The path of a folder that stands for another disk (owned by whoever sets it; NULL:
 * none): files that are opened below it are on another device. At first it is what
 * KUTIP_OTHER_DISK says. */
extern char *other_disk;
/* What their inode is, unless it is 0. */
extern ino_t other_inode;

G_END_DECLS
