/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/split.h"

#include "format/fields.h"
#include "format/sorter.h"

#include <string.h>

#define HASH_SIZE 32
/* Of a group that is in no split yet. */
#define NOWHERE G_MAXUINT8

/* A stratum. */
typedef struct
{
  guint n_left;   /* of the groups that have it */
  guint n_groups; /* all of them */
  guint64 start;  /* of the first of them in the list */
  gint64 lack[KUTIP_SPLIT_MAX_SPLITS];
} Stratum;

/* What is still lacking is counted in units of 1 / the sum of the shares, so that it
 * stays whole. Negative: too much. */
struct _KutipSplit
{
  KutipSpillFunc open;
  guint shares[KUTIP_SPLIT_MAX_SPLITS];
  guint n_splits;
  guint64 seed;
  gint64 sum;            /* of the shares */
  Stratum articles;      /* that all have */
  GArray *strata;        /* Stratum */
  KutipSorter *by_seed;  /* groups: hash, number, articles, strata */
  KutipSpill *described; /* the same in this order, without the hash */
  KutipSpill *list;      /* Listed, one stratum's behind another's */
  GString *record;
  guint n_groups;
  guint8 *splits;
};

/* A group of a stratum. */
typedef struct
{
  guint64 place; /* where it is described */
  guint32 n_bytes;
  guint32 group;
} Listed;

/* So many of them are looked at in one go. */
#define LISTED_AT_ONCE 512u

KutipSplit *
kutip_split_new (const guint *shares, guint n_splits, guint64 seed, KutipSpillFunc open)
{
  KutipSplit *self = g_new0 (KutipSplit, 1);

  g_assert (n_splits > 0 && n_splits <= KUTIP_SPLIT_MAX_SPLITS);

  self->open = open;
  self->n_splits = n_splits;
  self->seed = seed;
  for (guint i = 0; i < n_splits; i++)
    {
      self->shares[i] = shares[i];
      self->sum += shares[i];
    }
  self->strata = g_array_new (FALSE, TRUE, sizeof (Stratum));
  self->by_seed = kutip_sorter_new (open, KUTIP_SORTER_MOST);
  self->record = g_string_new (NULL);
  return self;
}

void
kutip_split_free (KutipSplit *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->strata);
  kutip_sorter_free (self->by_seed);
  kutip_spill_free (self->described);
  kutip_spill_free (self->list);
  g_string_free (self->record, TRUE);
  g_free (self->splits);
  g_free (self);
}

/* --- groups --- */

static Stratum *
get_stratum (KutipSplit *self, guint i)
{
  return &g_array_index (self->strata, Stratum, i);
}

static void
add_demand (KutipSplit *self, Stratum *stratum, guint n)
{
  for (guint i = 0; i < self->n_splits; i++)
    stratum->lack[i] += (gint64) self->shares[i] * n;
  stratum->n_groups++;
  stratum->n_left++;
}

static void
append_hash (KutipSplit *self, const char *name)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *said = g_strdup_printf ("%" G_GUINT64_FORMAT "\n%s", self->seed, name);
  guint8 hash[HASH_SIZE];
  gsize n = HASH_SIZE;

  g_checksum_update (checksum, (const guchar *) said, -1);
  g_checksum_get_digest (checksum, hash, &n);
  g_string_append_len (self->record, (const char *) hash, HASH_SIZE);
}

gboolean
kutip_split_add (KutipSplit *self, const KutipSplitGroup *group, GError **error)
{
  g_string_truncate (self->record, 0);
  append_hash (self, group->name);
  kutip_fields_put_number (self->record, self->n_groups++);
  kutip_fields_put_number (self->record, group->n_articles);
  add_demand (self, &self->articles, group->n_articles);
  for (guint i = 0; i < group->n_strata; i++)
    {
      const KutipStratumCount *count = &group->strata[i];

      if (count->stratum >= self->strata->len)
        g_array_set_size (self->strata, count->stratum + 1);
      add_demand (self, get_stratum (self, count->stratum), count->n);
      kutip_fields_put_number (self->record, count->stratum);
      kutip_fields_put_number (self->record, count->n);
    }
  return kutip_sorter_add (self->by_seed, self->record->str, self->record->len, error);
}

/* The next group in the order that the seed makes: its number, its articles and strata.
 * FALSE at the end, or with @error. */
static gboolean
next_group (KutipSplit *self, KutipFields *fields, GError **error)
{
  gsize n;
  const char *bytes = kutip_sorter_next (self->by_seed, &n, error);

  if (bytes == NULL)
    return FALSE;
  *fields = (KutipFields){ bytes + HASH_SIZE, bytes + n };
  return TRUE;
}

/* --- which split --- */

/* The split that lacks the most of @stratum, and of articles among those. */
static guint
choose_split (KutipSplit *self, const Stratum *stratum)
{
  guint best = 0;

  for (guint i = 1; i < self->n_splits; i++)
    {
      gint64 more = stratum->lack[i] - stratum->lack[best];

      if (more > 0 || (more == 0 && self->articles.lack[i] > self->articles.lack[best]))
        best = i;
    }
  return best;
}

/* @fields: what is known of the group. */
static void
place_group (KutipSplit *self, KutipFields fields, guint split)
{
  guint64 group = kutip_fields_take_number (&fields);

  self->splits[group] = (guint8) split;
  self->articles.lack[split] -= self->sum * (gint64) kutip_fields_take_number (&fields);
  while (fields.at < fields.end)
    {
      Stratum *stratum = get_stratum (self, (guint) kutip_fields_take_number (&fields));

      stratum->lack[split] -= self->sum * (gint64) kutip_fields_take_number (&fields);
      stratum->n_left--;
    }
}

/* --- strata --- */

/* A stratum's groups in the list, by the order of the seed. */
static gboolean
list_group (KutipSplit *self,
            KutipSorter *by_stratum,
            guint64 rank,
            guint64 place,
            KutipFields fields,
            GError **error)
{
  guint64 n_bytes = (guint64) (fields.end - fields.at);
  guint64 group = kutip_fields_take_number (&fields);

  kutip_fields_take_number (&fields);
  while (fields.at < fields.end)
    {
      g_string_truncate (self->record, 0);
      kutip_fields_put_number (self->record, kutip_fields_take_number (&fields));
      kutip_fields_put_number (self->record, rank);
      kutip_fields_put_number (self->record, place);
      kutip_fields_put_number (self->record, n_bytes);
      kutip_fields_put_number (self->record, group);
      if (!kutip_sorter_add (by_stratum, self->record->str, self->record->len, error))
        return FALSE;
      kutip_fields_take_number (&fields);
    }
  return TRUE;
}

static gboolean
describe_groups (KutipSplit *self, KutipSorter *by_stratum, GError **error)
{
  g_autoptr (GError) local = NULL;
  guint64 rank = 0, place = 0;
  KutipFields fields;

  self->described = self->open (error);
  if (self->described == NULL || !kutip_sorter_begin (self->by_seed, error))
    return FALSE;
  for (; next_group (self, &fields, &local); rank++)
    {
      gsize n = (gsize) (fields.end - fields.at);

      if (!self->described->append (self->described, fields.at, n, error) ||
          !list_group (self, by_stratum, rank, place, fields, error))
        return FALSE;
      place += n;
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* So that the groups of any stratum can be gone through. */
static gboolean
list_strata (KutipSplit *self, GError **error)
{
  g_autoptr (KutipSorter) by_stratum = kutip_sorter_new (self->open, KUTIP_SORTER_MOST);
  g_autoptr (GError) local = NULL;
  guint64 place = 0;
  const char *bytes;
  gsize n;

  if (!describe_groups (self, by_stratum, error) ||
      !kutip_sorter_begin (by_stratum, error))
    return FALSE;
  self->list = self->open (error);
  for (guint i = 0; i < self->strata->len; i++)
    {
      get_stratum (self, i)->start = place;
      place += get_stratum (self, i)->n_groups * sizeof (Listed);
    }
  while (self->list != NULL &&
         (bytes = kutip_sorter_next (by_stratum, &n, &local)) != NULL)
    {
      KutipFields fields = { bytes, bytes + n };
      Listed listed;

      kutip_fields_take_number (&fields);
      kutip_fields_take_number (&fields);
      listed.place = kutip_fields_take_number (&fields);
      listed.n_bytes = (guint32) kutip_fields_take_number (&fields);
      listed.group = (guint32) kutip_fields_take_number (&fields);
      if (!self->list->append (self->list, (const char *) &listed, sizeof listed, error))
        return FALSE;
    }
  if (local == NULL)
    return self->list != NULL;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* The stratum that the fewest groups left have, or NULL when none has any. */
static Stratum *
find_rarest (KutipSplit *self)
{
  Stratum *rarest = NULL;

  for (guint i = 0; i < self->strata->len; i++)
    {
      Stratum *stratum = get_stratum (self, i);

      if (stratum->n_left > 0 && (rarest == NULL || stratum->n_left < rarest->n_left))
        rarest = stratum;
    }
  return rarest;
}

static gboolean
place_listed (KutipSplit *self, Stratum *stratum, const Listed *listed, GError **error)
{
  KutipFields fields;

  if (self->splits[listed->group] != NOWHERE)
    return TRUE;
  g_string_set_size (self->record, listed->n_bytes);
  if (!self->described->read (self->described, listed->place, self->record->str,
                              listed->n_bytes, error))
    return FALSE;
  fields = (KutipFields){ self->record->str, self->record->str + listed->n_bytes };
  place_group (self, fields, choose_split (self, stratum));
  return TRUE;
}

static gboolean
place_stratum (KutipSplit *self, Stratum *stratum, GError **error)
{
  g_autofree Listed *listed = g_new (Listed, LISTED_AT_ONCE);

  for (guint i = 0; i < stratum->n_groups;)
    {
      guint n = MIN (stratum->n_groups - i, LISTED_AT_ONCE);

      if (!self->list->read (self->list, stratum->start + i * sizeof (Listed),
                             (char *) listed, n * sizeof (Listed), error))
        return FALSE;
      for (guint j = 0; j < n; j++)
        if (!place_listed (self, stratum, &listed[j], error))
          return FALSE;
      i += n;
    }
  return TRUE;
}

static gboolean
place_strata (KutipSplit *self, GError **error)
{
  Stratum *stratum;

  if (self->strata->len == 0)
    return TRUE;
  if (!list_strata (self, error))
    return FALSE;
  while ((stratum = find_rarest (self)) != NULL)
    if (!place_stratum (self, stratum, error))
      return FALSE;
  return TRUE;
}

static gboolean
place_rest (KutipSplit *self, GError **error)
{
  g_autoptr (GError) local = NULL;
  KutipFields fields;

  if (!kutip_sorter_begin (self->by_seed, error))
    return FALSE;
  while (next_group (self, &fields, &local))
    {
      KutipFields rest = fields;

      if (self->splits[kutip_fields_take_number (&rest)] == NOWHERE)
        place_group (self, fields, choose_split (self, &self->articles));
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* --- splits that have got nothing --- */

static guint
count_groups (KutipSplit *self, guint split)
{
  guint n = 0;

  for (guint i = 0; i < self->n_groups; i++)
    n += self->splits[i] == split ? 1 : 0;
  return n;
}

/* The split that lacks the fewest articles of those that can spare a group, or n_splits.
 */
static guint
find_giver (KutipSplit *self)
{
  guint best = self->n_splits;

  for (guint i = 0; i < self->n_splits; i++)
    if (count_groups (self, i) > 1 &&
        (best == self->n_splits || self->articles.lack[i] < self->articles.lack[best]))
      best = i;
  return best;
}

/* The smallest group of @split moves to @to; the one that came last, of several. */
static gboolean
move_group (KutipSplit *self, guint split, guint to, GError **error)
{
  g_autoptr (GError) local = NULL;
  guint64 moved = 0;
  gint64 size = G_MAXINT64;
  KutipFields fields;

  if (!kutip_sorter_begin (self->by_seed, error))
    return FALSE;
  while (next_group (self, &fields, &local))
    {
      guint64 group = kutip_fields_take_number (&fields);
      gint64 n_articles = (gint64) kutip_fields_take_number (&fields);

      if (self->splits[group] == split && n_articles <= size)
        {
          moved = group;
          size = n_articles;
        }
    }
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  self->splits[moved] = (guint8) to;
  self->articles.lack[split] += self->sum * size;
  self->articles.lack[to] -= self->sum * size;
  return TRUE;
}

/* Where groups are large, the first split lacks most until nothing is left. */
static gboolean
fill_empty (KutipSplit *self, GError **error)
{
  for (guint i = self->n_splits; i-- > 0;)
    {
      guint giver = count_groups (self, i) > 0 ? self->n_splits : find_giver (self);

      if (giver < self->n_splits && !move_group (self, giver, i, error))
        return FALSE;
    }
  return TRUE;
}

guint8 *
kutip_split_assign (KutipSplit *self, GError **error)
{
  self->splits = g_malloc ((gsize) self->n_groups + 1);
  memset (self->splits, NOWHERE, (gsize) self->n_groups + 1);
  if (!place_strata (self, error) || !place_rest (self, error) ||
      !fill_empty (self, error))
    return NULL;
  return g_steal_pointer (&self->splits);
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
