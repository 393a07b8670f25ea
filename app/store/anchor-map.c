/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/anchor-map.h"

#include <string.h>

#define K KUTIP_ANCHOR_K
/* Of a long text only one sequence in so many is looked at (by its hash, so that the same
 * ones are chosen in both texts) that about as many are left. */
#define MAX_SAMPLES 2000000
/* A text up to this length is searched as a whole where nothing else is known. */
#define WHOLE_TEXT 65536
#define MAX_SLACK 16384
#define NEAR 128
/* Occurrences of one sequence that are looked at in kutip_anchor_map_find(), and places
 * in all. */
#define MAX_OCCURRENCES 16
#define MAX_PLACES 1024
#define CLUSTER 32
/* Fragments that are asked whether a pair is one indeed: they overlap, and most agree. */
#define MAX_TRIES 64

/* A sequence of K characters. */
typedef struct
{
  guint32 hash;
  guint32 at;
} Sample;

typedef struct
{
  guint old;
  guint new;
} Pair;

struct _KutipAnchorMap
{
  const gunichar *text;
  guint length;
  guint rate;      /* one sample in so many */
  GArray *samples; /* of the new text, by hash */
  GArray *chain;   /* of Pair, in order of both */
};

static guint32
finish_hash (guint64 hash)
{
  hash ^= hash >> 29;
  hash *= G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  return (guint32) (hash >> 32);
}

/* Appends the samples of @chars, the first of which stands at @at. */
static void
add_samples (GArray *samples, const gunichar *chars, guint n_chars, guint at, guint rate)
{
  const guint64 base = G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  guint64 power = 1;
  guint64 hash = 0;

  for (guint i = 0; i < K; i++)
    power *= base;
  for (guint i = 0; i < n_chars; i++)
    {
      hash = hash * base + chars[i] + 1;
      if (i >= K)
        hash -= power * (chars[i - K] + 1);
      if (i + 1 >= K)
        {
          Sample sample = { finish_hash (hash), at + i + 1 - K };

          if (sample.hash % rate == 0)
            g_array_append_val (samples, sample);
        }
    }
}

/* One pass of a radix sort by 16 bits. */
static void
sort_pass (const Sample *from, Sample *to, guint n, gboolean by_place, guint shift)
{
  g_autofree guint *starts = g_new0 (guint, 65537);

  for (guint i = 0; i < n; i++)
    starts[(((by_place ? from[i].at : from[i].hash) >> shift) & 0xffff) + 1]++;
  for (guint i = 1; i < 65537; i++)
    starts[i] += starts[i - 1];
  for (guint i = 0; i < n; i++)
    to[starts[((by_place ? from[i].at : from[i].hash) >> shift) & 0xffff]++] = from[i];
}

/* By hash, and by place where the hash is the same. */
static void
sort_samples (GArray *samples)
{
  guint n = samples->len;
  Sample *data = (Sample *) (gpointer) samples->data;
  g_autofree Sample *other = g_new (Sample, n);

  sort_pass (data, other, n, TRUE, 0);
  sort_pass (other, data, n, TRUE, 16);
  sort_pass (data, other, n, FALSE, 0);
  sort_pass (other, data, n, FALSE, 16);
}

/* The fragments' samples; those of overlapping fragments only once. */
static GArray *
sample_fragments (const KutipFragment *fragments, guint n_fragments, guint rate)
{
  GArray *samples = g_array_new (FALSE, FALSE, sizeof (Sample));
  Sample *data;
  guint n = 0;

  for (guint i = 0; i < n_fragments; i++)
    add_samples (samples, fragments[i].chars, fragments[i].n_chars, fragments[i].old,
                 rate);
  sort_samples (samples);
  data = (Sample *) (gpointer) samples->data;
  for (guint i = 0; i < samples->len; i++)
    {
      if (n == 0 || data[n - 1].hash != data[i].hash || data[n - 1].at != data[i].at)
        data[n++] = data[i];
    }
  g_array_set_size (samples, n);
  return samples;
}

/* The end of the run of samples with the same hash that begins at @i. */
static guint
skip_run (GArray *samples, guint i)
{
  guint32 hash = g_array_index (samples, Sample, i).hash;

  while (i < samples->len && g_array_index (samples, Sample, i).hash == hash)
    i++;
  return i;
}

/* Both sorted by hash: what is once here and once there. */
static GArray *
pair_samples (GArray *old, GArray *new)
{
  GArray *pairs = g_array_new (FALSE, FALSE, sizeof (Sample));
  guint i = 0, j = 0;

  while (i < old->len && j < new->len)
    {
      Sample a = g_array_index (old, Sample, i);
      Sample b = g_array_index (new, Sample, j);

      if (a.hash == b.hash)
        {
          guint next_i = skip_run (old, i);
          guint next_j = skip_run (new, j);

          if (next_i == i + 1 && next_j == j + 1)
            {
              /* Sorted by the old place next: the new one takes the hash's room. */
              Sample pair = { b.at, a.at };

              g_array_append_val (pairs, pair);
            }
          i = next_i;
          j = next_j;
        }
      else if (a.hash < b.hash)
        i = skip_run (old, i);
      else
        j = skip_run (new, j);
    }
  return pairs;
}

static GArray *
sort_pairs (GArray *samples)
{
  guint n = samples->len;
  g_autofree Sample *other = g_new (Sample, n);
  GArray *pairs = g_array_sized_new (FALSE, FALSE, sizeof (Pair), n);

  sort_pass ((Sample *) (gpointer) samples->data, other, n, TRUE, 0);
  sort_pass (other, (Sample *) (gpointer) samples->data, n, TRUE, 16);
  for (guint i = 0; i < n; i++)
    {
      Sample sample = g_array_index (samples, Sample, i);
      Pair pair = { .old = sample.at, .new = sample.hash };

      g_array_append_val (pairs, pair);
    }
  return pairs;
}

/* The longest subsequence of @pairs (in the old order) that is in the new order as well.
 */
static GArray *
find_chain (GArray *pairs)
{
  guint n = pairs->len;
  g_autofree guint *ends =
      g_new (guint, n + 1); /* ends[l]: the last of the best chain of l + 1 */
  g_autofree guint *before = g_new (guint, n + 1);
  GArray *chain = g_array_new (FALSE, FALSE, sizeof (Pair));
  guint n_ends = 0;

  for (guint i = 0; i < n; i++)
    {
      guint new = g_array_index (pairs, Pair, i).new;
      guint low = 0, high = n_ends;

      while (low < high)
        {
          guint middle = (low + high) / 2;

          if (g_array_index (pairs, Pair, ends[middle]).new < new)
            low = middle + 1;
          else
            high = middle;
        }
      before[i] = low > 0 ? ends[low - 1] : G_MAXUINT;
      ends[low] = i;
      n_ends = MAX (n_ends, low + 1);
    }
  g_array_set_size (chain, n_ends);
  for (guint i = n_ends > 0 ? ends[n_ends - 1] : 0, l = n_ends; l > 0; l--, i = before[i])
    g_array_index (chain, Pair, l - 1) = g_array_index (pairs, Pair, i);
  return chain;
}

/* A hash may be the same by accident. */
static void
drop_accidents (GArray *pairs,
                const gunichar *text,
                const KutipFragment *fragments,
                guint n_fragments)
{
  guint fragment = 0;
  guint n = 0;

  for (guint i = 0; i < pairs->len; i++)
    {
      Pair pair = g_array_index (pairs, Pair, i);

      for (guint j = fragment;
           j < n_fragments && fragments[j].old <= pair.old && j < fragment + MAX_TRIES;
           j++)
        {
          const KutipFragment *at = &fragments[j];

          if (at->old + at->n_chars < pair.old + K)
            {
              if (j == fragment)
                fragment++;
              continue;
            }
          if (memcmp (at->chars + (pair.old - at->old), text + pair.new,
                      K * sizeof (gunichar)) == 0)
            {
              g_array_index (pairs, Pair, n++) = pair;
              break;
            }
        }
    }
  g_array_set_size (pairs, n);
}

static int
compare_fragments (gconstpointer a, gconstpointer b)
{
  const KutipFragment *one = a;
  const KutipFragment *other = b;

  return (one->old > other->old) - (one->old < other->old);
}

KutipAnchorMap *
kutip_anchor_map_new (const gunichar *text,
                      guint length,
                      const KutipFragment *fragments,
                      guint n_fragments,
                      GCancellable *cancellable)
{
  g_autoptr (KutipAnchorMap) self = NULL;
  g_autoptr (GArray) old = NULL;
  g_autoptr (GArray) paired = NULL;
  g_autoptr (GArray) pairs = NULL;
  g_autofree KutipFragment *sorted = NULL;

  g_return_val_if_fail (text != NULL || length == 0, NULL);

  self = g_new0 (KutipAnchorMap, 1);
  self->text = text;
  self->length = length;
  self->rate = length / MAX_SAMPLES + 1;
  self->samples = g_array_new (FALSE, FALSE, sizeof (Sample));
  add_samples (self->samples, text, length, 0, self->rate);
  sort_samples (self->samples);
  if (g_cancellable_is_cancelled (cancellable))
    return NULL;

  sorted = g_memdup2 (fragments, n_fragments * sizeof *fragments);
  if (n_fragments > 1)
    qsort (sorted, n_fragments, sizeof *sorted, compare_fragments);
  old = sample_fragments (sorted, n_fragments, self->rate);
  if (g_cancellable_is_cancelled (cancellable))
    return NULL;
  paired = pair_samples (old, self->samples);
  pairs = sort_pairs (paired);
  drop_accidents (pairs, text, sorted, n_fragments);
  self->chain = find_chain (pairs);
  return g_steal_pointer (&self);
}

void
kutip_anchor_map_free (KutipAnchorMap *self)
{
  g_clear_pointer (&self->samples, g_array_unref);
  g_clear_pointer (&self->chain, g_array_unref);
  g_free (self);
}

/* How many pairs of the chain stand before @old. */
static guint
count_before (KutipAnchorMap *self, guint old)
{
  guint low = 0, high = self->chain->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (g_array_index (self->chain, Pair, middle).old < old)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

gboolean
kutip_anchor_map_has_pair (KutipAnchorMap *self, guint start, guint end)
{
  guint i = count_before (self, start);

  return i < self->chain->len && g_array_index (self->chain, Pair, i).old + K <= end;
}

static guint
shift (KutipAnchorMap *self, guint old, const Pair *by)
{
  gint64 at = (gint64) old + (gint64) by->new - (gint64) by->old;

  return (guint) CLAMP (at, 0, (gint64) self->length);
}

static KutipAnchorGuess
guess_without_pairs (KutipAnchorMap *self, guint start)
{
  KutipAnchorGuess guess = { .at = MIN (start, self->length) };

  guess.other = guess.at;
  if (self->length <= WHOLE_TEXT)
    guess.high = self->length;
  else
    {
      guess.low = guess.at > MAX_SLACK ? guess.at - MAX_SLACK : 0;
      guess.high = MIN (guess.at + MAX_SLACK, self->length);
    }
  return guess;
}

/* A pair says where the K characters from its place on are: before @start, it is one that
 * begins there or earlier; behind @end, one that ends there or later. Where there are
 * neither, one between them has to do. */
KutipAnchorGuess
kutip_anchor_map_guess (KutipAnchorMap *self, guint start, guint end)
{
  guint n = self->chain->len;
  guint i = count_before (self, start + 1);
  guint j = count_before (self, end > K ? end - K : 0);
  const Pair *before = i > 0 ? &g_array_index (self->chain, Pair, i - 1) : NULL;
  const Pair *behind;
  KutipAnchorGuess guess = { 0 };
  guint to_before, to_behind, slack;

  if (n == 0)
    return guess_without_pairs (self, start);
  behind = MAX (i, j) < n ? &g_array_index (self->chain, Pair, MAX (i, j)) : NULL;
  if (before == NULL && behind == NULL)
    behind = &g_array_index (self->chain, Pair, 0);
  to_before = before != NULL ? start - before->old : G_MAXUINT;
  to_behind = behind != NULL ? (behind->old > end ? behind->old - end : 0) : G_MAXUINT;
  guess.at = shift (self, start, to_before <= to_behind ? before : behind);
  guess.other = guess.at;
  if (before != NULL && behind != NULL)
    {
      guess.other = shift (self, start, to_before <= to_behind ? behind : before);
      guess.bracketed = guess.other == guess.at;
    }
  guess.near = MIN (to_before, to_behind) <= NEAR;
  slack = 32 + MIN (to_before, to_behind) / 4;
  if (guess.other > guess.at)
    guess.high = guess.other;
  else
    guess.high = guess.at;
  guess.low = MIN (guess.other, guess.at);
  slack = MIN (slack, MAX_SLACK);
  guess.low = guess.low > slack ? guess.low - slack : 0;
  guess.high = MIN (guess.high + slack, self->length);
  if (guess.high - guess.low > 4 * MAX_SLACK)
    {
      guess.low = guess.at > MAX_SLACK ? guess.at - MAX_SLACK : 0;
      guess.high = MIN (guess.at + MAX_SLACK, self->length);
    }
  return guess;
}

/* Index of the first sample with that hash, or of where it would be. */
static guint
find_hash (KutipAnchorMap *self, guint32 hash)
{
  guint low = 0, high = self->samples->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->samples, Sample, middle).hash < hash)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  guint one = *(const guint *) a;
  guint other = *(const guint *) b;

  return (one > other) - (one < other);
}

/* Places that vote for nearly the same beginning, as one, with the number of votes. */
typedef struct
{
  guint at;
  guint n_votes;
} Cluster;

static int
compare_clusters (gconstpointer a, gconstpointer b)
{
  const Cluster *one = a;
  const Cluster *other = b;

  if (one->n_votes != other->n_votes)
    return one->n_votes > other->n_votes ? -1 : 1;
  return (one->at > other->at) - (one->at < other->at);
}

static GArray *
gather_clusters (GArray *places)
{
  GArray *clusters = g_array_new (FALSE, FALSE, sizeof (Cluster));

  g_array_sort (places, compare_numbers);
  for (guint i = 0; i < places->len;)
    {
      guint first = g_array_index (places, guint, i);
      Cluster cluster = { .at = first };
      guint j = i;

      while (j < places->len && g_array_index (places, guint, j) - first <= CLUSTER)
        j++;
      cluster.at = g_array_index (places, guint, i + (j - i) / 2);
      cluster.n_votes = j - i;
      g_array_append_val (clusters, cluster);
      i = j;
    }
  g_array_sort (clusters, compare_clusters);
  return clusters;
}

guint
kutip_anchor_map_find (KutipAnchorMap *self,
                       const gunichar *chars,
                       guint n_chars,
                       guint *positions,
                       guint max)
{
  g_autoptr (GArray) samples = g_array_new (FALSE, FALSE, sizeof (Sample));
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) clusters = NULL;
  guint n;

  add_samples (samples, chars, n_chars, 0, self->rate);
  for (guint i = 0; i < samples->len && places->len < MAX_PLACES; i++)
    {
      Sample wanted = g_array_index (samples, Sample, i);
      guint first = find_hash (self, wanted.hash);

      for (guint j = first; j < self->samples->len && j < first + MAX_OCCURRENCES; j++)
        {
          Sample found = g_array_index (self->samples, Sample, j);
          guint place = found.at > wanted.at ? found.at - wanted.at : 0;

          if (found.hash != wanted.hash)
            break;
          g_array_append_val (places, place);
        }
    }
  clusters = gather_clusters (places);
  n = MIN (max, clusters->len);
  for (guint i = 0; i < n; i++)
    positions[i] = g_array_index (clusters, Cluster, i).at;
  return n;
}
