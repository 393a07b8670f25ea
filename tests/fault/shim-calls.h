/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shim.h"

#include <sys/types.h>

G_BEGIN_DECLS

/* What the calls that are stood in for ask the plan (shim.c) before, and tell it after.
 * A file is known by its descriptor @fd, or by @path, from @folder when it is relative.
 */

/* Whether this call is the one; errno is set. */
gboolean fault_hit (const char *operation, const char *path, int folder, int fd);
/* Whether a write that fails does half of its work. */
gboolean fault_is_short (void);
/* Whether this file system shall know no exchange of names, or no second name; errno is
 * set. */
gboolean fault_refuses_exchange (const char *path, int folder);
gboolean fault_refuses_link (const char *path, int folder);

/* Whether what happens to it is to be noted. */
gboolean fault_is_recorded (const char *path, int folder, int fd);
void fault_note (RecordKind kind, const char *path, int folder, int fd);
void fault_note_two (
    RecordKind kind, const char *old, int old_folder, const char *new, int new_folder);
void fault_note_write (int fd, goffset offset, const void *bytes, size_t n_bytes);
void fault_note_length (int fd, goffset length);

G_END_DECLS
