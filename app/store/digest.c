/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/digest.h"

#include <string.h>

#if defined(__x86_64__) && defined(__GNUC__)
#define HAVE_INSTRUCTIONS 1
#include <cpuid.h>
#include <immintrin.h>
#endif

void
kutip_digest_plainly (const char *bytes, gsize n_bytes, char digest[KUTIP_DIGEST_SIZE])
{
  g_autofree char *plain =
      g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) bytes, n_bytes);

  g_strlcpy (digest, plain, KUTIP_DIGEST_SIZE);
}

#ifdef HAVE_INSTRUCTIONS

#define BLOCK 64
#define WITH_INSTRUCTIONS __attribute__ ((target ("sha,sse4.1,ssse3")))

/* FIPS 180-4, 4.2.2 and 5.3.3. */
static const guint32 constants[64] = {
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4,
  0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe,
  0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f,
  0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7,
  0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc,
  0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
  0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116,
  0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
  0xc67178f2,
};
static const guint32 beginning[8] = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                      0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19 };

/* Bits of cpuid: SSSE3 and SSE4.1 in leaf 1, SHA in leaf 7. */
static gboolean
has_instructions (void)
{
  static gsize answer = 0;

  if (g_once_init_enter (&answer))
    {
      unsigned int a, b, c, d;
      gboolean has = __get_cpuid (1, &a, &b, &c, &d) && (c & (1u << 9)) != 0 &&
                     (c & (1u << 19)) != 0 && __get_cpuid_count (7, 0, &a, &b, &c, &d) &&
                     (b & (1u << 29)) != 0;

      g_once_init_leave (&answer, has ? 2 : 1);
    }
  return answer == 2;
}

/* The instructions do two rounds each on a state kept as (a, b, e, f) and (c, d, g, h),
 * and make four words of the message schedule out of the sixteen before. */
WITH_INSTRUCTIONS static void
add_blocks (guint32 state[8], const char *bytes, gsize n_blocks)
{
  const __m128i swap = _mm_set_epi64x (0x0c0d0e0f08090a0bLL, 0x0405060700010203LL);
  __m128i low = _mm_shuffle_epi32 (_mm_loadu_si128 ((const __m128i *) state), 0xb1);
  __m128i high =
      _mm_shuffle_epi32 (_mm_loadu_si128 ((const __m128i *) (state + 4)), 0x1b);
  __m128i abef = _mm_alignr_epi8 (low, high, 8);
  __m128i cdgh = _mm_blend_epi16 (high, low, 0xf0);

  for (; n_blocks > 0; n_blocks--, bytes += BLOCK)
    {
      const __m128i abef_before = abef;
      const __m128i cdgh_before = cdgh;
      __m128i words[4];

      for (guint i = 0; i < 16; i++)
        {
          __m128i *word = &words[i % 4];
          __m128i sum;

          if (i < 4)
            *word = _mm_shuffle_epi8 (
                _mm_loadu_si128 ((const __m128i *) (bytes + 16 * i)), swap);
          else
            {
              __m128i last = words[(i + 3) % 4];

              *word = _mm_sha256msg1_epu32 (*word, words[(i + 1) % 4]);
              *word =
                  _mm_add_epi32 (*word, _mm_alignr_epi8 (last, words[(i + 2) % 4], 4));
              *word = _mm_sha256msg2_epu32 (*word, last);
            }
          sum = _mm_add_epi32 (*word,
                               _mm_loadu_si128 ((const __m128i *) (constants + 4 * i)));
          cdgh = _mm_sha256rnds2_epu32 (cdgh, abef, sum);
          abef = _mm_sha256rnds2_epu32 (abef, cdgh, _mm_shuffle_epi32 (sum, 0x0e));
        }
      abef = _mm_add_epi32 (abef, abef_before);
      cdgh = _mm_add_epi32 (cdgh, cdgh_before);
    }
  low = _mm_shuffle_epi32 (abef, 0x1b);
  high = _mm_shuffle_epi32 (cdgh, 0xb1);
  _mm_storeu_si128 ((__m128i *) state, _mm_blend_epi16 (low, high, 0xf0));
  _mm_storeu_si128 ((__m128i *) (state + 4), _mm_alignr_epi8 (high, low, 8));
}

static void
digest_with_instructions (const char *bytes,
                          gsize n_bytes,
                          char digest[KUTIP_DIGEST_SIZE])
{
  guint32 state[8];
  char last[2 * BLOCK] = { 0 };
  gsize n_rest = n_bytes % BLOCK;
  gsize n_last = n_rest < BLOCK - 8 ? BLOCK : 2 * BLOCK;
  guint64 n_bits = GUINT64_TO_BE ((guint64) n_bytes * 8);

  memcpy (state, beginning, sizeof state);
  add_blocks (state, bytes, n_bytes / BLOCK);
  if (n_rest > 0)
    memcpy (last, bytes + n_bytes - n_rest, n_rest);
  last[n_rest] = (char) 0x80;
  memcpy (last + n_last - sizeof n_bits, &n_bits, sizeof n_bits);
  add_blocks (state, last, n_last / BLOCK);
  for (guint i = 0; i < 8; i++)
    g_snprintf (digest + 8 * i, 9, "%08x", state[i]);
}

#endif

void
kutip_digest (const char *bytes, gsize n_bytes, char digest[KUTIP_DIGEST_SIZE])
{
#ifdef HAVE_INSTRUCTIONS
  if (has_instructions ())
    {
      digest_with_instructions (bytes, n_bytes, digest);
      return;
    }
#endif
  kutip_digest_plainly (bytes, n_bytes, digest);
}
