/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* All names under which the C library opens a file, for what stands between a program and
 * it. To be included behind what they all go through, which returns a descriptor or sets
 * errno:
 *
 * static int open_through (int folder, const char *path, int flags, mode_t mode); */

#include <fcntl.h>
#include <stdarg.h>

/* Not declared without their macros, and called all the same by a program with checks. */
int __open_2 (const char *path, int flags);
int __open64_2 (const char *path, int flags);
int __openat_2 (int folder, const char *path, int flags);
int __openat64_2 (int folder, const char *path, int flags);

#define DEFINE_OPEN(name, folder, ...)                                                   \
  int name (__VA_ARGS__, int flags, ...)                                                 \
  {                                                                                      \
    va_list arguments;                                                                   \
    mode_t mode;                                                                         \
    va_start (arguments, flags);                                                         \
    mode = flags & (O_CREAT | O_TMPFILE) ? va_arg (arguments, mode_t) : 0;               \
    va_end (arguments);                                                                  \
    return open_through (folder, path, flags, mode);                                     \
  }
#define DEFINE_OPEN_2(name, folder, ...)                                                 \
  int name (__VA_ARGS__, int flags) { return open_through (folder, path, flags, 0); }

DEFINE_OPEN (open, AT_FDCWD, const char *path)
DEFINE_OPEN (open64, AT_FDCWD, const char *path)
DEFINE_OPEN (openat, folder, int folder, const char *path)
DEFINE_OPEN (openat64, folder, int folder, const char *path)
DEFINE_OPEN_2 (__open_2, AT_FDCWD, const char *path)
DEFINE_OPEN_2 (__open64_2, AT_FDCWD, const char *path)
DEFINE_OPEN_2 (__openat_2, folder, int folder, const char *path)
DEFINE_OPEN_2 (__openat64_2, folder, int folder, const char *path)
