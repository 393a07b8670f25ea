/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/split.h"

#include <string.h>

/* One group, and its place in the order that the seed makes. */
typedef struct
{
  guint group;
  char *hash;
} Place;

/* What is still lacking, in units of 1 / the sum of the shares, so that it stays whole.
 * Negative: too much. */
typedef struct
{
  const KutipSplitGroup *groups;
  const guint *shares;
  guint n_splits, n_strata;
  gint64 sum;     /* of the shares */
  gint64 *lack;   /* [split][stratum]; the last stratum is the articles */
  GArray **order; /* for each stratum the groups that have it, in the seed's order */
  guint *n_left;  /* of them */
  gboolean *is_placed;
  guint *splits;
} Assignment;

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const Place *x = a, *y = b;
  int order = strcmp (x->hash, y->hash);

  return order != 0 ? order : (x->group > y->group) - (x->group < y->group);
}

static void
clear_place (gpointer place)
{
  g_free (((Place *) place)->hash);
}

/* Places, sorted. */
static GArray *
shuffle (const KutipSplitGroup *groups, guint n, guint64 seed)
{
  GArray *places = g_array_sized_new (FALSE, FALSE, sizeof (Place), n);

  g_array_set_clear_func (places, clear_place);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *said =
          g_strdup_printf ("%" G_GUINT64_FORMAT "\n%s", seed, groups[i].name);
      Place place = { i, g_compute_checksum_for_string (G_CHECKSUM_SHA256, said, -1) };

      g_array_append_val (places, place);
    }
  g_array_sort (places, compare_places);
  return places;
}

static gint64 *
get_lack (Assignment *self, guint split, guint stratum)
{
  return &self->lack[(gsize) split * (self->n_strata + 1) + stratum];
}

/* The split that lacks the most of @stratum, and of articles among those. */
static guint
choose_split (Assignment *self, guint stratum)
{
  guint best = 0;

  for (guint i = 1; i < self->n_splits; i++)
    {
      gint64 more = *get_lack (self, i, stratum) - *get_lack (self, best, stratum);

      if (more > 0 || (more == 0 && *get_lack (self, i, self->n_strata) >
                                        *get_lack (self, best, self->n_strata)))
        best = i;
    }
  return best;
}

static void
place_group (Assignment *self, guint group, guint split)
{
  const KutipSplitGroup *placed = &self->groups[group];

  self->is_placed[group] = TRUE;
  self->splits[group] = split;
  *get_lack (self, split, self->n_strata) -= self->sum * placed->n_articles;
  for (guint i = 0; i < placed->n_strata; i++)
    {
      *get_lack (self, split, placed->strata[i].stratum) -=
          self->sum * placed->strata[i].n;
      self->n_left[placed->strata[i].stratum]--;
    }
}

/* The stratum that the fewest groups left have, or n_strata when none has any. */
static guint
find_rarest (Assignment *self)
{
  guint rarest = self->n_strata;

  for (guint i = 0; i < self->n_strata; i++)
    if (self->n_left[i] > 0 &&
        (rarest == self->n_strata || self->n_left[i] < self->n_left[rarest]))
      rarest = i;
  return rarest;
}

static void
place_stratum (Assignment *self, guint stratum)
{
  GArray *order = self->order[stratum];

  for (guint i = 0; i < order->len; i++)
    {
      guint group = g_array_index (order, guint, i);

      if (!self->is_placed[group])
        place_group (self, group, choose_split (self, stratum));
    }
}

static void
add_demand (Assignment *self, guint stratum, guint n)
{
  for (guint i = 0; i < self->n_splits; i++)
    *get_lack (self, i, stratum) += (gint64) self->shares[i] * n;
}

static void
prepare (Assignment *self, GArray *places)
{
  for (guint i = 0; i < self->n_splits; i++)
    self->sum += self->shares[i];
  for (guint i = 0; i < self->n_strata; i++)
    self->order[i] = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < places->len; i++)
    {
      guint group = g_array_index (places, Place, i).group;
      const KutipSplitGroup *added = &self->groups[group];

      add_demand (self, self->n_strata, added->n_articles);
      for (guint j = 0; j < added->n_strata; j++)
        {
          add_demand (self, added->strata[j].stratum, added->strata[j].n);
          g_array_append_val (self->order[added->strata[j].stratum], group);
          self->n_left[added->strata[j].stratum]++;
        }
    }
}

static guint
count_groups (Assignment *self, GArray *places, guint split)
{
  guint n = 0;

  for (guint i = 0; i < places->len; i++)
    n += self->splits[g_array_index (places, Place, i).group] == split ? 1 : 0;
  return n;
}

/* The split that lacks the fewest articles of those that can spare a group, or n_splits.
 */
static guint
find_giver (Assignment *self, GArray *places)
{
  guint best = self->n_splits;

  for (guint i = 0; i < self->n_splits; i++)
    if (count_groups (self, places, i) > 1 &&
        (best == self->n_splits ||
         *get_lack (self, i, self->n_strata) < *get_lack (self, best, self->n_strata)))
      best = i;
  return best;
}

/* The smallest group of @split moves to @to; the one that came last, of several. */
static void
move_group (Assignment *self, GArray *places, guint split, guint to)
{
  guint moved = 0;
  gint64 size = G_MAXINT64;

  for (guint i = 0; i < places->len; i++)
    {
      guint group = g_array_index (places, Place, i).group;

      if (self->splits[group] == split && self->groups[group].n_articles <= size)
        {
          moved = group;
          size = self->groups[group].n_articles;
        }
    }
  self->splits[moved] = to;
  *get_lack (self, split, self->n_strata) += self->sum * size;
  *get_lack (self, to, self->n_strata) -= self->sum * size;
}

/* Where groups are large, the first split lacks most until nothing is left. */
static void
fill_empty (Assignment *self, GArray *places)
{
  for (guint i = self->n_splits; i-- > 0;)
    {
      guint giver =
          count_groups (self, places, i) > 0 ? self->n_splits : find_giver (self, places);

      if (giver < self->n_splits)
        move_group (self, places, giver, i);
    }
}

void
kutip_split_assign (const KutipSplitGroup *groups,
                    guint n_groups,
                    guint n_strata,
                    const guint *shares,
                    guint n_splits,
                    guint64 seed,
                    guint *splits)
{
  g_autoptr (GArray) places = shuffle (groups, n_groups, seed);
  g_autofree gint64 *lack = g_new0 (gint64, (gsize) n_splits * (n_strata + 1));
  g_autofree GArray **order = g_new0 (GArray *, n_strata + 1);
  g_autofree guint *n_left = g_new0 (guint, n_strata + 1);
  g_autofree gboolean *is_placed = g_new0 (gboolean, (gsize) n_groups + 1);
  Assignment self = { .groups = groups,
                      .shares = shares,
                      .n_splits = n_splits,
                      .n_strata = n_strata,
                      .lack = lack,
                      .order = order,
                      .n_left = n_left,
                      .is_placed = is_placed,
                      .splits = splits };
  guint stratum;

  g_return_if_fail (n_splits > 0 && n_splits <= KUTIP_SPLIT_MAX_SPLITS);

  prepare (&self, places);
  while ((stratum = find_rarest (&self)) < n_strata)
    place_stratum (&self, stratum);
  for (guint i = 0; i < places->len; i++)
    {
      guint group = g_array_index (places, Place, i).group;

      if (!is_placed[group])
        place_group (&self, group, choose_split (&self, n_strata));
    }
  fill_empty (&self, places);
  for (guint i = 0; i < n_strata; i++)
    g_array_unref (order[i]);
}

/* --- groups --- */

/* The first article of the group that @article belongs to so far. */
static guint
find_root (guint *parents, guint article)
{
  while (parents[article] != article)
    {
      parents[article] = parents[parents[article]];
      article = parents[article];
    }
  return article;
}

static void
join (guint *parents, guint a, guint b)
{
  a = find_root (parents, a);
  b = find_root (parents, b);
  parents[MAX (a, b)] = MIN (a, b);
}

static void
join_equal (guint *parents, const char *const *names, guint n)
{
  g_autoptr (GHashTable) first = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < n; i++)
    {
      gpointer found;

      if (names[i] == NULL)
        continue;
      if (g_hash_table_lookup_extended (first, names[i], NULL, &found))
        join (parents, GPOINTER_TO_UINT (found), i);
      else
        g_hash_table_insert (first, (gpointer) names[i], GUINT_TO_POINTER (i));
    }
}

guint
kutip_split_join (const char *const *keys,
                  const char *const *digests,
                  guint n_articles,
                  guint *groups)
{
  g_autofree guint *parents = g_new (guint, (gsize) n_articles + 1);
  guint n_groups = 0;

  for (guint i = 0; i < n_articles; i++)
    parents[i] = i;
  join_equal (parents, keys, n_articles);
  join_equal (parents, digests, n_articles);
  for (guint i = 0; i < n_articles; i++)
    {
      guint root = find_root (parents, i);

      groups[i] = root == i ? n_groups++ : groups[root];
    }
  return n_groups;
}

gboolean
kutip_split_parse_shares (const char *text, guint shares[3], guint *n_splits)
{
  g_auto (GStrv) parts = g_strsplit (text, "/", -1);
  guint n = g_strv_length (parts);

  if (n < 2 || n > 3)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      guint64 share;

      if (!g_ascii_string_to_unsigned (parts[i], 10, 1, KUTIP_SPLIT_MAX_SHARE, &share,
                                       NULL))
        return FALSE;
      shares[i] = (guint) share;
    }
  *n_splits = n;
  return TRUE;
}
