/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/write-all.h"

#include <errno.h>
#include <unistd.h>

gboolean
kutip_write_all (int fd, const char *bytes, gsize n)
{
  while (n > 0)
    {
      gssize n_written = write (fd, bytes, n);

      if (n_written < 0 && errno == EINTR)
        continue;
      /* Or it would be tried for ever. */
      if (n_written == 0)
        errno = ENOSPC;
      if (n_written <= 0)
        return FALSE;
      bytes += n_written;
      n -= (gsize) n_written;
    }
  return TRUE;
}
