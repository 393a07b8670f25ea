/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/digest.h"

#include <nettle/base16.h>
#include <nettle/sha2.h>

G_STATIC_ASSERT (BASE16_ENCODE_LENGTH (SHA256_DIGEST_SIZE) + 1 == KUTIP_DIGEST_SIZE);

void
kutip_digest (const char *bytes, gsize n_bytes, char digest[KUTIP_DIGEST_SIZE])
{
  struct sha256_ctx context;
  guint8 raw[SHA256_DIGEST_SIZE];

  sha256_init (&context);
  sha256_update (&context, n_bytes, (const guint8 *) bytes);
  sha256_digest (&context, sizeof raw, raw);
  base16_encode_update (digest, sizeof raw, raw);
  digest[KUTIP_DIGEST_SIZE - 1] = '\0';
}

char *
kutip_digest_dup (const char *bytes, gsize n_bytes)
{
  char *digest = g_malloc (KUTIP_DIGEST_SIZE);

  kutip_digest (bytes, n_bytes, digest);
  return digest;
}
