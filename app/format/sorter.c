/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/sorter.h"

#include <string.h>

/* So many runs are merged at a time, with so many bytes of each in the memory. */
#define FAN_IN 16
#define WINDOW (((gsize) 1 << 13) - 1) /* a GString adds a byte */
/* What a record takes beside its bytes: its length before them, and where it is. */
#define LENGTH sizeof (guint32)
#define OVERHEAD (LENGTH + sizeof (guint32))

/* Records in order, in the spill. */
typedef struct
{
  guint64 start, end;
} Run;

/* A run that is read: @at is behind what is in the window. */
typedef struct
{
  KutipSpill *spill;
  guint64 at, end;
  GString *window;
  gsize place; /* in the window: of the record */
  gsize n;     /* its length */
} Cursor;

struct _KutipSorter
{
  KutipSpillFunc open;
  gsize most;
  guint64 n_records;
  GString *records;  /* that wait, each behind its length */
  GArray *places;    /* guint32: of each in them */
  KutipSpill *spill; /* or NULL: all of them wait */
  guint64 n_spilled;
  GArray *runs;
  /* While they are read. */
  guint next;        /* of those that waited */
  GArray *cursors;   /* a heap of Cursor: the least record is the first one's */
  gboolean is_taken; /* that of the first cursor was returned */
};

/* --- order --- */

static int
compare_bytes (const char *a, gsize n_a, const char *b, gsize n_b)
{
  int order = memcmp (a, b, MIN (n_a, n_b));

  return order != 0 ? order : (n_a > n_b) - (n_a < n_b);
}

static const char *
get_record (const char *at, gsize *n)
{
  guint32 length;

  memcpy (&length, at, LENGTH);
  *n = length;
  return at + LENGTH;
}

static int
compare_places (gconstpointer a, gconstpointer b, gpointer data)
{
  const char *records = data;
  gsize n_a, n_b;
  const char *one = get_record (records + *(const guint32 *) a, &n_a);
  const char *other = get_record (records + *(const guint32 *) b, &n_b);

  return compare_bytes (one, n_a, other, n_b);
}

/* --- what is added --- */

KutipSorter *
kutip_sorter_new (KutipSpillFunc open, gsize most)
{
  KutipSorter *self = g_new0 (KutipSorter, 1);

  self->open = open;
  self->most = most;
  self->records = g_string_new (NULL);
  self->places = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->runs = g_array_new (FALSE, FALSE, sizeof (Run));
  return self;
}

static void
drop_cursors (KutipSorter *self)
{
  for (guint i = 0; self->cursors != NULL && i < self->cursors->len; i++)
    g_string_free (g_array_index (self->cursors, Cursor, i).window, TRUE);
  g_clear_pointer (&self->cursors, g_array_unref);
}

void
kutip_sorter_free (KutipSorter *self)
{
  if (self == NULL)
    return;
  drop_cursors (self);
  g_string_free (self->records, TRUE);
  g_array_unref (self->places);
  g_array_unref (self->runs);
  kutip_spill_free (self->spill);
  g_free (self);
}

/* Records on their way into a spill. */
typedef struct
{
  KutipSpill *spill;
  GString *buffer;
  guint64 n_bytes;
} Output;

static gboolean
flush (Output *self, GError **error)
{
  gboolean good =
      self->spill->append (self->spill, self->buffer->str, self->buffer->len, error);

  g_string_truncate (self->buffer, 0);
  return good;
}

static gboolean
put (Output *self, const char *bytes, gsize n, GError **error)
{
  guint32 length = (guint32) n;

  g_string_append_len (self->buffer, (const char *) &length, LENGTH);
  g_string_append_len (self->buffer, bytes, (gssize) n);
  self->n_bytes += LENGTH + n;
  return self->buffer->len < WINDOW || flush (self, error);
}

static void
sort_waiting (KutipSorter *self)
{
  g_qsort_with_data (self->places->data, (gint) self->places->len, sizeof (guint32),
                     compare_places, self->records->str);
}

/* What waits becomes a run. */
static gboolean
unload (KutipSorter *self, GError **error)
{
  g_autoptr (GString) buffer = g_string_sized_new (2 * WINDOW);
  Output output = { NULL, buffer, 0 };
  Run run = { self->n_spilled, 0 };

  if (self->spill == NULL)
    self->spill = self->open (error);
  if (self->spill == NULL)
    return FALSE;
  output.spill = self->spill;
  sort_waiting (self);
  for (guint i = 0; i < self->places->len; i++)
    {
      gsize n;
      const char *bytes =
          get_record (self->records->str + g_array_index (self->places, guint32, i), &n);

      if (!put (&output, bytes, n, error))
        return FALSE;
    }
  if (!flush (&output, error))
    return FALSE;
  self->n_spilled += output.n_bytes;
  run.end = self->n_spilled;
  g_array_append_val (self->runs, run);
  g_string_truncate (self->records, 0);
  g_array_set_size (self->places, 0);
  return TRUE;
}

gboolean
kutip_sorter_add (KutipSorter *self, const char *bytes, gsize n, GError **error)
{
  guint32 place, length = (guint32) n;

  g_return_val_if_fail (n < G_MAXINT32, FALSE);

  if (self->places->len > 0 &&
      self->records->len + n + (self->places->len + 1) * OVERHEAD > self->most &&
      !unload (self, error))
    return FALSE;
  place = (guint32) self->records->len;
  g_string_append_len (self->records, (const char *) &length, LENGTH);
  g_string_append_len (self->records, bytes, (gssize) n);
  g_array_append_val (self->places, place);
  self->n_records++;
  return TRUE;
}

guint64
kutip_sorter_get_n (KutipSorter *self)
{
  return self->n_records;
}

/* --- what comes back --- */

static Cursor *
get_cursor (KutipSorter *self, guint i)
{
  return &g_array_index (self->cursors, Cursor, i);
}

/* Makes @n bytes at the cursor's place be in its window. */
static gboolean
fill (Cursor *self, gsize n, GError **error)
{
  gsize n_there = self->window->len - self->place;
  gsize n_more = (gsize) MIN (self->end - self->at, MAX (WINDOW, n) - MIN (n_there, n));

  if (n_there >= n)
    return TRUE;
  g_string_erase (self->window, 0, (gssize) self->place);
  self->place = 0;
  g_string_set_size (self->window, n_there + n_more);
  if (!self->spill->read (self->spill, self->at, self->window->str + n_there, n_more,
                          error))
    return FALSE;
  self->at += n_more;
  return TRUE;
}

/* FALSE at the end of the run, too. */
static gboolean
advance (Cursor *self, GError **error)
{
  self->place += self->n;
  self->n = 0;
  if (self->place == self->window->len && self->at == self->end)
    return FALSE;
  if (!fill (self, LENGTH, error))
    return FALSE;
  get_record (self->window->str + self->place, &self->n);
  if (!fill (self, LENGTH + self->n, error))
    return FALSE;
  self->place += LENGTH;
  return TRUE;
}

static gboolean
is_before (KutipSorter *self, guint i, guint j)
{
  const Cursor *a = get_cursor (self, i), *b = get_cursor (self, j);

  return compare_bytes (a->window->str + a->place, a->n, b->window->str + b->place,
                        b->n) < 0;
}

static void
swap (KutipSorter *self, guint i, guint j)
{
  Cursor moved = *get_cursor (self, i);

  *get_cursor (self, i) = *get_cursor (self, j);
  *get_cursor (self, j) = moved;
}

static void
sift_down (KutipSorter *self, guint i)
{
  for (guint least = i;; i = least)
    {
      for (guint child = 2 * i + 1; child <= 2 * i + 2; child++)
        if (child < self->cursors->len && is_before (self, child, least))
          least = child;
      if (least == i)
        return;
      swap (self, i, least);
    }
}

/* Of @n runs from the @first on. */
static gboolean
open_cursors (KutipSorter *self, guint first, guint n, GError **error)
{
  drop_cursors (self);
  self->cursors = g_array_new (FALSE, FALSE, sizeof (Cursor));
  self->is_taken = FALSE;
  for (guint i = 0; i < n; i++)
    {
      const Run *run = &g_array_index (self->runs, Run, first + i);
      Cursor cursor = { self->spill, run->start, run->end, g_string_new (NULL), 0, 0 };

      g_array_append_val (self->cursors, cursor);
      if (!advance (get_cursor (self, i), error))
        return FALSE;
    }
  for (guint i = n / 2; i-- > 0;)
    sift_down (self, i);
  return TRUE;
}

static const char *
next_of_runs (KutipSorter *self, gsize *n, GError **error)
{
  g_autoptr (GError) local = NULL;
  Cursor *first;

  if (self->is_taken && !advance (get_cursor (self, 0), &local))
    {
      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      g_string_free (get_cursor (self, 0)->window, TRUE);
      g_array_remove_index_fast (self->cursors, 0);
    }
  if (self->is_taken)
    sift_down (self, 0);
  self->is_taken = self->cursors->len > 0;
  if (!self->is_taken)
    return NULL;
  first = get_cursor (self, 0);
  *n = first->n;
  return first->window->str + first->place;
}

/* Of runs that are opened makes one in @output. */
static gboolean
merge (KutipSorter *self, Output *output, GError **error)
{
  g_autoptr (GError) local = NULL;
  const char *bytes;
  gsize n;

  while ((bytes = next_of_runs (self, &n, &local)) != NULL)
    if (!put (output, bytes, n, error))
      return FALSE;
  if (local == NULL)
    return flush (output, error);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* Makes fewer runs, in another spill. */
static gboolean
merge_runs (KutipSorter *self, GError **error)
{
  g_autoptr (KutipSpill) spill = self->open (error);
  g_autoptr (GString) buffer = g_string_sized_new (2 * WINDOW);
  g_autoptr (GArray) runs = g_array_new (FALSE, FALSE, sizeof (Run));
  Output output = { spill, buffer, 0 };

  if (spill == NULL)
    return FALSE;
  for (guint i = 0; i < self->runs->len; i += FAN_IN)
    {
      Run run = { output.n_bytes, 0 };

      if (!open_cursors (self, i, MIN (FAN_IN, self->runs->len - i), error) ||
          !merge (self, &output, error))
        return FALSE;
      run.end = output.n_bytes;
      g_array_append_val (runs, run);
    }
  drop_cursors (self);
  kutip_spill_free (self->spill);
  self->spill = g_steal_pointer (&spill);
  g_array_unref (self->runs);
  self->runs = g_steal_pointer (&runs);
  return TRUE;
}

gboolean
kutip_sorter_begin (KutipSorter *self, GError **error)
{
  self->next = 0;
  if (self->spill == NULL)
    {
      sort_waiting (self);
      return TRUE;
    }
  if (self->places->len > 0)
    {
      if (!unload (self, error))
        return FALSE;
      g_string_free (self->records, TRUE);
      self->records = g_string_new (NULL);
      g_array_unref (self->places);
      self->places = g_array_new (FALSE, FALSE, sizeof (guint32));
    }
  while (self->runs->len > FAN_IN)
    if (!merge_runs (self, error))
      return FALSE;
  return open_cursors (self, 0, self->runs->len, error);
}

const char *
kutip_sorter_next (KutipSorter *self, gsize *n, GError **error)
{
  if (self->spill != NULL)
    return next_of_runs (self, n, error);
  if (self->next == self->places->len)
    return NULL;
  return get_record (
      self->records->str + g_array_index (self->places, guint32, self->next++), n);
}
