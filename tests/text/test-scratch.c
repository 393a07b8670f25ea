/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/scratch.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <string.h>

/* Of sizes at which another place is taken for it: all zeros, and all of it is there. */
static void
test_sizes (void)
{
  const gsize sizes[] = { 0, 1, (1 << 18) - 1, 1 << 18, (1 << 18) + 1, 1 << 22 };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      char *scratch = kutip_scratch_new (sizes[i]);

      g_assert_nonnull (scratch);
      for (gsize k = 0; k < sizes[i]; k++)
        g_assert_cmpint (scratch[k], ==, 0);
      memset (scratch, 'x', sizes[i]);
      kutip_scratch_free (scratch, sizes[i]);
    }
  kutip_scratch_free (NULL, 0);
  kutip_scratch_free (NULL, 1 << 22);
}

#ifdef __GLIBC__
/* What is large is no part of the heap, whatever that is told to keep. */
static void
test_heap (void)
{
  const gsize size = 1 << 20;
  struct mallinfo2 before;
  gpointer scratch;

  mallopt (M_MMAP_THRESHOLD, 8 * (int) size);
  before = mallinfo2 ();
  scratch = kutip_scratch_new (size);
  g_assert_cmpuint (mallinfo2 ().uordblks, <, before.uordblks + size / 2);
  kutip_scratch_free (scratch, size);
}
#endif

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scratch/sizes", test_sizes);
#ifdef __GLIBC__
  g_test_add_func ("/scratch/heap", test_heap);
#endif
  return g_test_run ();
}
