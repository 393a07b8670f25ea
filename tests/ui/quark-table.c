/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stddef.h>

/* GLib makes a table of 2,048 quarks when it is loaded, and keeps it for good once a
 * whole window has outgrown it. LeakSanitizer knows that by the caller, the loader, which
 * only whole stacks tell (tests/run): they take ten times as long as all the rest. So
 * what has that table's size, and comes before main(), is no leak. */

enum
{
  TABLE_SIZE = 2048 * sizeof (void *)
};

static int main_is_near;

void __lsan_ignore_object (const void *memory) __attribute__ ((weak));
void __sanitizer_malloc_hook (const volatile void *memory, size_t size);

/* Called by the address sanitizer, where there is one. */
void
__sanitizer_malloc_hook (const volatile void *memory, size_t size)
{
  if (!main_is_near && size == TABLE_SIZE && __lsan_ignore_object)
    __lsan_ignore_object ((const void *) memory);
}

/* The constructors of the program itself run after those of its libraries. */
static void __attribute__ ((constructor)) note_main (void) { main_is_near = 1; }
