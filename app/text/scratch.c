/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/scratch.h"

#include <sys/mman.h>

/* What is smaller finds a place in the heap again; bytes. */
#define LARGE ((gsize) 1 << 18)
/* What is larger than that is asked for in pages of two megabytes, where the system has
 * them: each small one costs as much as what is written into it; bytes. */
#define HUGE ((gsize) 1 << 23)

gpointer
kutip_scratch_new (gsize n_bytes)
{
  gpointer scratch;

  if (n_bytes < LARGE)
    return g_malloc0 (MAX (n_bytes, 1));
  scratch =
      mmap (NULL, n_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (scratch == MAP_FAILED)
    g_error ("There is no memory left for %" G_GSIZE_FORMAT " bytes.", n_bytes);
#ifdef MADV_HUGEPAGE
  if (n_bytes >= HUGE)
    madvise (scratch, n_bytes, MADV_HUGEPAGE);
#endif
  return scratch;
}

void
kutip_scratch_free (gpointer scratch, gsize n_bytes)
{
  if (n_bytes < LARGE)
    g_free (scratch);
  else if (scratch != NULL)
    munmap (scratch, n_bytes);
}
