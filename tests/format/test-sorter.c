/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/fields.h"
#include "format/format.h"
#include "format/groups.h"
#include "format/sorter.h"

#include <stdlib.h>
#include <string.h>

/* --- a spill that fails --- */

/* How many calls go well; negative: all. */
static gint n_good_calls;
static guint n_calls, n_open;

typedef struct
{
  KutipSpill spill;
  KutipSpill *real;
} Failing;

static gboolean
goes_well (GError **error)
{
  n_calls++;
  if (n_good_calls < 0 || n_good_calls-- > 0)
    return TRUE;
  n_good_calls = 0;
  g_set_error_literal (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID, "full");
  return FALSE;
}

static gboolean
append (KutipSpill *spill, const char *bytes, gsize n, GError **error)
{
  KutipSpill *real = ((Failing *) spill)->real;

  return goes_well (error) && real->append (real, bytes, n, error);
}

static gboolean
read_bytes (KutipSpill *spill, guint64 at, char *bytes, gsize n, GError **error)
{
  KutipSpill *real = ((Failing *) spill)->real;

  return goes_well (error) && real->read (real, at, bytes, n, error);
}

static void
free_failing (KutipSpill *spill)
{
  kutip_spill_free (((Failing *) spill)->real);
  g_free (spill);
  n_open--;
}

static KutipSpill *
open_failing (GError **error)
{
  Failing *self;

  if (!goes_well (error))
    return NULL;
  self = g_new0 (Failing, 1);
  self->spill =
      (KutipSpill){ .append = append, .read = read_bytes, .free = free_failing };
  self->real = kutip_spill_new_in_memory (NULL);
  n_open++;
  return &self->spill;
}

/* --- what it should come to --- */

static int
compare_records (gconstpointer a, gconstpointer b)
{
  return g_bytes_compare (*(GBytes *const *) a, *(GBytes *const *) b);
}

/* Few letters, NUL among them, so that many begin alike and some are the same. */
static GPtrArray *
make_records (GRand *random, guint n, guint longest)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  for (guint i = 0; i < n; i++)
    {
      gsize length = (gsize) g_rand_int_range (random, 0, (gint32) longest + 1);
      char *bytes = g_malloc (length + 1);

      for (gsize j = 0; j < length; j++)
        bytes[j] = "\0ab\xff"[g_rand_int_range (random, 0, 4)];
      g_ptr_array_add (records, g_bytes_new_take (bytes, length));
    }
  return records;
}

static gboolean
add_all (KutipSorter *sorter, GPtrArray *records, GError **error)
{
  for (guint i = 0; i < records->len; i++)
    {
      gsize n;
      const char *bytes = g_bytes_get_data (g_ptr_array_index (records, i), &n);

      if (!kutip_sorter_add (sorter, bytes == NULL ? "" : bytes, n, error))
        return FALSE;
    }
  return TRUE;
}

/* FALSE with @error; otherwise all of them came, in order. */
static gboolean
read_all (KutipSorter *sorter, GPtrArray *sorted, GError **error)
{
  g_autoptr (GError) local = NULL;
  const char *bytes;
  guint i = 0;
  gsize n;

  if (!kutip_sorter_begin (sorter, error))
    return FALSE;
  for (; (bytes = kutip_sorter_next (sorter, &n, &local)) != NULL; i++)
    {
      g_autoptr (GBytes) expected = NULL;
      gsize n_expected;
      const char *data;

      g_assert_cmpuint (i, <, sorted->len);
      expected = g_bytes_ref (g_ptr_array_index (sorted, i));
      data = g_bytes_get_data (expected, &n_expected);
      g_assert_cmpmem (bytes, n, data, n_expected);
    }
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  g_assert_cmpuint (i, ==, sorted->len);
  return TRUE;
}

static const struct
{
  guint n, longest;
  gsize most;
  gboolean spills;
  const char *reason;
} rows[] = {
  { 0, 4, 1000, FALSE, "nothing" },
  { 1, 0, 1000, FALSE, "a record of no bytes" },
  { 300, 8, 1 << 20, FALSE, "all of it fits" },
  { 300, 8, 1000, TRUE, "a few runs" },
  { 300, 8, 1, TRUE, "a run for each record, which are merged twice" },
  { 2000, 3, 16, TRUE, "most of them the same, merged three times" },
  { 40, 100000, 5000, TRUE, "records that are longer than what may be in the memory" },
  { 3000, 200, 20000, TRUE, "runs longer than what is read of them at once" },
};

static void
test_order (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (17 + i);
      g_autoptr (GPtrArray) records = make_records (random, rows[i].n, rows[i].longest);
      g_autoptr (KutipSorter) sorter = kutip_sorter_new (open_failing, rows[i].most);
      g_autoptr (GError) error = NULL;

      n_good_calls = -1;
      n_calls = 0;
      g_test_message ("%s", rows[i].reason);
      add_all (sorter, records, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (kutip_sorter_get_n (sorter), ==, rows[i].n);
      g_ptr_array_sort (records, compare_records);
      for (guint round = 0; round < 2; round++)
        {
          read_all (sorter, records, &error);
          g_assert_no_error (error);
        }
      g_assert_cmpint (n_calls > 0, ==, rows[i].spills);
    }
  g_assert_cmpuint (n_open, ==, 0);
}

/* Whichever call fails, it is told, and nothing stays open. */
static void
test_failures (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  g_autoptr (GPtrArray) records = make_records (random, 200, 300);
  g_autoptr (GPtrArray) sorted =
      g_ptr_array_copy (records, (GCopyFunc) g_bytes_ref, NULL);
  gboolean good = FALSE;
  gint n = 0;

  g_ptr_array_set_free_func (sorted, (GDestroyNotify) g_bytes_unref);
  g_ptr_array_sort (sorted, compare_records);
  for (; !good; n++)
    {
      g_autoptr (KutipSorter) sorter = kutip_sorter_new (open_failing, 600);
      g_autoptr (GError) error = NULL;

      n_good_calls = n;
      good = add_all (sorter, records, &error) && read_all (sorter, sorted, &error);
      g_assert_cmpint (good, ==, error == NULL);
      if (!good)
        g_assert_cmpstr (error->message, ==, "full");
    }
  g_assert_cmpint (n, >, 100);
  g_assert_cmpuint (n_open, ==, 0);
}

/* The bytes are in the order of what they say. */
static void
test_fields (void)
{
  static const guint64 numbers[] = { 0,
                                     1,
                                     127,
                                     128,
                                     255,
                                     256,
                                     65535,
                                     65536,
                                     G_MAXUINT32,
                                     G_MAXINT64,
                                     (guint64) G_MAXINT64 + 1,
                                     G_MAXUINT64 };
  static const char *const strings[] = { "", "\x01", "a", "a\x01", "ab", "b", "\xff" };
  g_autoptr (GString) last = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    for (guint j = 0; j < G_N_ELEMENTS (strings); j++)
      {
        g_autoptr (GString) record = g_string_new (NULL);
        KutipFields fields;

        kutip_fields_put_number (record, numbers[i]);
        kutip_fields_put_string (record, strings[j]);
        g_assert_true (last->len == 0 ||
                       memcmp (last->str, record->str, MIN (last->len, record->len)) < 0);
        fields = (KutipFields){ record->str, record->str + record->len };
        g_assert_cmpuint (kutip_fields_take_number (&fields), ==, numbers[i]);
        g_assert_cmpstr (kutip_fields_take_string (&fields), ==, strings[j]);
        g_assert_true (fields.at == fields.end);
        g_string_truncate (last, 0);
        g_string_append_len (last, record->str, (gssize) record->len);
      }
}

/* --- groups --- */

#define N_GROUPS 7u

/* Two of them are longer than what is kept of a name, and differ at their ends. */
static char *
make_name (guint group)
{
  static const char *const names[] = { "", "a", "a b", "\xc3\xa4" };
  g_autofree char *same = g_strnfill (300, 'x');

  if (group < G_N_ELEMENTS (names))
    return g_strdup (names[group]);
  return group == G_N_ELEMENTS (names) ? g_strdup ("=")
                                       : g_strdup_printf ("%s%u", same, group);
}

/* What a record says of itself, and bytes that it is long with. */
static void
put_record (GString *out, guint64 order, gsize n)
{
  g_string_truncate (out, 0);
  kutip_fields_put_number (out, order);
  while (out->len < n)
    g_string_append_c (out, (char) order);
}

/* @all: for each group the orders of its records, sorted. */
static gboolean
add_to_groups (KutipGroups *groups,
               GRand *random,
               GArray **all,
               guint n,
               gsize longest,
               GError **error)
{
  g_autoptr (GString) record = g_string_new (NULL);
  g_autoptr (GString) key = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      guint group = (guint) g_rand_int_range (random, 0, N_GROUPS);
      g_autofree char *name = make_name (group);
      guint64 order = i;
      gboolean good;

      g_array_append_val (all[group], order);
      put_record (record, order, (gsize) g_rand_int_range (random, 0, (gint32) longest));
      g_string_truncate (key, 0);
      kutip_groups_put_key (key, name);
      good = i % 2 == 0 ? kutip_groups_add_by_key (groups, key->str, order, record->str,
                                                   record->len, error)
                        : kutip_groups_add (groups, *name == '\0' ? NULL : name, order,
                                            record->str, record->len, error);
      if (!good)
        return FALSE;
    }
  return kutip_groups_finish (groups, error);
}

static guint64
get_order (const GArray *orders, guint i)
{
  return g_array_index (orders, guint64, i);
}

static int
compare_groups (gconstpointer a, gconstpointer b)
{
  guint64 first = get_order (*(GArray *const *) a, 0);
  guint64 other = get_order (*(GArray *const *) b, 0);

  return (first > other) - (first < other);
}

/* So many records are asked for of each group at most. FALSE with @error. */
static gboolean
read_groups (
    KutipGroups *groups, GArray **all, guint n_groups, guint most, GError **error)
{
  g_autoptr (GString) expected = g_string_new (NULL);
  g_autoptr (GError) local = NULL;
  guint i = 0;

  g_assert_cmpuint (kutip_groups_get_n (groups), ==, n_groups);
  for (; local == NULL && kutip_groups_next (groups, &local); i++)
    {
      const char *bytes = "";
      guint j = 0;
      gsize n;

      g_assert_cmpuint (i, <, n_groups);
      while (j < most && (bytes = kutip_groups_next_record (groups, &n, &local)) != NULL)
        {
          put_record (expected, get_order (all[i], j++), n);
          g_assert_cmpmem (bytes, n, expected->str, expected->len);
        }
      if (bytes == NULL && local == NULL)
        g_assert_cmpuint (j, ==, all[i]->len);
    }
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  g_assert_cmpuint (i, ==, n_groups);
  g_assert_false (kutip_groups_next (groups, error));
  return TRUE;
}

/* FALSE with @error; otherwise all that was added came in order. */
static gboolean
run_groups (guint n, gsize longest, guint most, GError **error)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (n + most);
  g_autoptr (KutipGroups) groups = kutip_groups_new (open_failing);
  GArray *all[N_GROUPS];
  guint n_groups = 0;
  gboolean good;

  for (guint i = 0; i < N_GROUPS; i++)
    all[i] = g_array_new (FALSE, FALSE, sizeof (guint64));
  good = add_to_groups (groups, random, all, n, longest, error);
  for (guint i = 0; i < N_GROUPS; i++)
    if (all[i]->len > 0)
      {
        GArray *moved = all[n_groups];

        all[n_groups++] = all[i];
        all[i] = moved;
      }
  qsort (all, n_groups, sizeof (GArray *), compare_groups);
  good = good && read_groups (groups, all, n_groups, most, error);
  for (guint i = 0; i < N_GROUPS; i++)
    g_array_unref (all[i]);
  return good;
}

static void
test_groups (void)
{
  static const struct
  {
    guint n;
    gsize longest;
    guint most;
    const char *reason;
  } group_rows[] = {
    { 0, 1, G_MAXUINT, "nothing" },
    { 1, 1, G_MAXUINT, "one record" },
    { 300, 30, G_MAXUINT, "all of it fits" },
    { 300, 30, 2, "what is not asked for is passed over" },
    { 3000, 500, G_MAXUINT, "several runs" },
    { 3000, 500, 0, "of which nothing is asked for" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (group_rows); i++)
    {
      g_autoptr (GError) error = NULL;

      n_good_calls = -1;
      g_test_message ("%s", group_rows[i].reason);
      g_assert_true (run_groups (group_rows[i].n, group_rows[i].longest,
                                 group_rows[i].most, &error));
      g_assert_no_error (error);
    }
  g_assert_cmpuint (n_open, ==, 0);
}

static void
test_group_failures (void)
{
  gboolean good = FALSE;
  gint n = 0;

  for (; !good; n++)
    {
      g_autoptr (GError) error = NULL;

      n_good_calls = n;
      good = run_groups (1200, 500, G_MAXUINT, &error);
      g_assert_cmpint (good, ==, error == NULL);
      if (!good)
        g_assert_cmpstr (error->message, ==, "full");
    }
  g_assert_cmpint (n, >, 20);
  g_assert_cmpuint (n_open, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sorter/order", test_order);
  g_test_add_func ("/sorter/failures", test_failures);
  g_test_add_func ("/sorter/fields", test_fields);
  g_test_add_func ("/groups/order", test_groups);
  g_test_add_func ("/groups/failures", test_group_failures);
  return g_test_run ();
}
