/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <malloc.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* For LD_PRELOAD: writes into the file KUTIP_HEAP, at the end of the program, how many
 * bytes it had taken from the allocator, and not given back, when there were most of
 * them. What the system keeps in the memory of mapped files, which is its own affair, and
 * what the allocator keeps of freed memory are no part of it: the same work comes to the
 * same number. */

static atomic_size_t n_now, n_most;

/* What glibc calls its own. */
void *__libc_malloc (size_t n);
void *__libc_calloc (size_t n, size_t size);
void *__libc_realloc (void *old, size_t n);
void *__libc_memalign (size_t alignment, size_t n);
void __libc_free (void *memory);

static void *
count (void *memory)
{
  size_t n, most;

  if (memory == NULL)
    return NULL;
  n = atomic_fetch_add (&n_now, malloc_usable_size (memory));
  n += malloc_usable_size (memory);
  most = atomic_load (&n_most);
  while (n > most && !atomic_compare_exchange_weak (&n_most, &most, n))
    continue;
  return memory;
}

static void
discount (size_t n)
{
  atomic_fetch_sub (&n_now, n);
}

void *
malloc (size_t n)
{
  return count (__libc_malloc (n));
}

void *
calloc (size_t n, size_t size)
{
  return count (__libc_calloc (n, size));
}

void *
realloc (void *old, size_t n)
{
  size_t n_old = old == NULL ? 0 : malloc_usable_size (old);
  void *memory = __libc_realloc (old, n);

  /* What could not grow is as it was. */
  if (memory != NULL || n == 0)
    discount (n_old);
  return count (memory);
}

void *
memalign (size_t alignment, size_t n)
{
  return count (__libc_memalign (alignment, n));
}

void *
aligned_alloc (size_t alignment, size_t n)
{
  return count (__libc_memalign (alignment, n));
}

int
posix_memalign (void **memory, size_t alignment, size_t n)
{
  void *made = count (__libc_memalign (alignment, n));

  if (made == NULL)
    return ENOMEM;
  *memory = made;
  return 0;
}

void
free (void *memory)
{
  if (memory != NULL)
    discount (malloc_usable_size (memory));
  __libc_free (memory);
}

static void __attribute__ ((destructor)) tell (void)
{
  const char *name = getenv ("KUTIP_HEAP");
  size_t most = atomic_load (&n_most);
  FILE *file = name == NULL ? NULL : fopen (name, "w");

  if (file == NULL)
    return;
  fprintf (file, "%zu\n", most);
  fclose (file);
}
