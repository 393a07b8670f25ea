/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/sidebar/span-catch-up.h"

/* A piece exchanges so many rows; and so many has GtkListView at the most, so that what
 * lies farther away is none of its business. */
#define FEW_ROWS 12
#define MOST_ROWS 220

/* Where a span that is held was, and where it is; or, when it is gone or has changed
 * places with others, where it would be. */
typedef struct
{
  guint old;
  guint new;
  gboolean stays;
} Stop;

struct _KutipSpanCatchUp
{
  KutipSpanSequence *before;
  KutipSpanSequence *after;
  GArray *stops; /* Stop, from the top; last of all, where both lists end */
  guint n_passed;

  /* The list: what is in @after up to @new, then in @before from @old up to @cut, and
   * from @resume on. What lies between @old and @resume, the next stop, is to go. */
  guint new;
  guint old, cut, resume;
  guint n_added; /* since the last stop */
};

/* FALSE when it was not there before. */
static gboolean
look_up_stop (KutipSpanSequence *before,
              KutipSpanSequence *after,
              const char *id,
              Stop *stop)
{
  if (!kutip_span_sequence_find (before, id, &stop->old))
    return FALSE;
  stop->stays = kutip_span_sequence_find (after, id, &stop->new);
  if (!stop->stays)
    stop->new = kutip_span_sequence_get_rank (
        after, kutip_span_sequence_get_nth (before, stop->old));
  return TRUE;
}

static int
compare_stops (gconstpointer a, gconstpointer b)
{
  const Stop *x = a, *y = b;

  return (x->old > y->old) - (x->old < y->old);
}

/* So that all are in order in both layers. */
static void
straighten (GArray *stops)
{
  Stop *list = (Stop *) (gpointer) stops->data;
  guint place = 0;

  for (guint i = 0; i < stops->len; i++)
    {
      list[i].stays = list[i].stays && list[i].new >= place;
      if (list[i].stays)
        place = list[i].new + 1;
    }
  for (guint i = stops->len - 1; i > 0; i--)
    if (!list[i - 1].stays)
      list[i - 1].new = MIN (list[i - 1].new, list[i].new);
  place = 0;
  for (guint i = 0; i < stops->len; i++)
    {
      list[i].new = MAX (list[i].new, place);
      place = list[i].new + (list[i].stays ? 1 : 0);
    }
}

static GArray *
list_stops (KutipSpanSequence *before, KutipSpanSequence *after, GPtrArray *held)
{
  GArray *stops = g_array_new (FALSE, FALSE, sizeof (Stop));
  Stop end = { kutip_span_sequence_get_n (before), kutip_span_sequence_get_n (after),
               FALSE };

  for (guint i = 0; i < held->len; i++)
    {
      Stop stop;

      if (look_up_stop (before, after, g_ptr_array_index (held, i), &stop))
        g_array_append_val (stops, stop);
    }
  g_array_sort (stops, compare_stops);
  g_array_append_val (stops, end);
  straighten (stops);
  return stops;
}

static const Stop *
peek_stop (KutipSpanCatchUp *self)
{
  return &g_array_index (self->stops, Stop, self->n_passed);
}

KutipSpanCatchUp *
kutip_span_catch_up_new (KutipSpanSequence *before,
                         KutipSpanSequence *after,
                         GPtrArray *held)
{
  KutipSpanCatchUp *self = g_new0 (KutipSpanCatchUp, 1);

  self->before = before;
  self->after = after;
  self->stops = list_stops (before, after, held);
  self->cut = self->resume = peek_stop (self)->old;
  return self;
}

void
kutip_span_catch_up_free (KutipSpanCatchUp *self)
{
  if (self == NULL)
    return;
  kutip_span_sequence_free (self->before);
  kutip_span_sequence_free (self->after);
  g_array_unref (self->stops);
  g_free (self);
}

/* From the end, so that the rows that come into a view's reach are those to stay: first
 * what no view can have rows of. */
static gboolean
remove_some (KutipSpanCatchUp *self, KutipSpanPiece *piece)
{
  guint n = self->cut - self->old;

  if (n == 0)
    return FALSE;
  n = n > MOST_ROWS ? n - MOST_ROWS : MIN (n, FEW_ROWS);
  self->cut -= n;
  *piece = (KutipSpanPiece){ self->new + self->cut - self->old, n, 0 };
  return TRUE;
}

/* From the start, so that what has come stays in a view's reach: what is out of it comes
 * at once. */
static gboolean
add_some (KutipSpanCatchUp *self, KutipSpanPiece *piece)
{
  guint n = peek_stop (self)->new - self->new;

  if (n == 0)
    return FALSE;
  if (self->n_added < MOST_ROWS)
    n = MIN (n, FEW_ROWS);
  *piece = (KutipSpanPiece){ self->new, 0, n };
  self->new += n;
  self->n_added += n;
  return TRUE;
}

/* What stays is from now on shown as what it is. TRUE when it goes. */
static gboolean
pass_stop (KutipSpanCatchUp *self, KutipSpanPiece *piece)
{
  gboolean stays = peek_stop (self)->stays;

  *piece = (KutipSpanPiece){ self->new, 1, 0 };
  if (stays)
    self->new += 1;
  self->old = self->resume + 1;
  self->n_passed++;
  self->cut = self->resume = peek_stop (self)->old;
  self->n_added = 0;
  return !stays;
}

gboolean
kutip_span_catch_up_step (KutipSpanCatchUp *self, KutipSpanPiece *piece)
{
  while (!remove_some (self, piece) && !add_some (self, piece))
    {
      if (self->n_passed == self->stops->len - 1)
        return FALSE;
      if (pass_stop (self, piece))
        return TRUE;
    }
  return TRUE;
}

KutipSpan *
kutip_span_catch_up_get_nth (KutipSpanCatchUp *self, guint position)
{
  guint n_to_go = self->cut - self->old;

  if (position < self->new)
    return kutip_span_sequence_get_nth (self->after, position);
  position -= self->new;
  return kutip_span_sequence_get_nth (
      self->before,
      position < n_to_go ? self->old + position : self->resume + position - n_to_go);
}

gboolean
kutip_span_catch_up_find (KutipSpanCatchUp *self, const char *id, guint *position)
{
  guint place;

  if (kutip_span_sequence_find (self->after, id, position) && *position < self->new)
    return TRUE;
  if (!kutip_span_sequence_find (self->before, id, &place) || place < self->old ||
      (place >= self->cut && place < self->resume))
    return FALSE;
  *position = self->new + place - self->old;
  if (place >= self->resume)
    *position -= self->resume - self->cut;
  return TRUE;
}

static guint
get_n_frozen (gpointer data)
{
  KutipSpanCatchUp *self = data;

  return self->new + self->cut - self->old + kutip_span_sequence_get_n (self->before) -
         self->resume;
}

static KutipSpan *
get_nth_frozen (gpointer data, guint position)
{
  return kutip_span_catch_up_get_nth (data, position);
}

static gboolean
find_frozen (gpointer data, const char *id, guint *position)
{
  return kutip_span_catch_up_find (data, id, position);
}

static void
free_frozen (gpointer data)
{
  kutip_span_catch_up_free (data);
}

KutipSpanSequence *
kutip_span_catch_up_freeze (KutipSpanCatchUp *self)
{
  static const KutipSpanSequenceKind kind = {
    .get_n = get_n_frozen,
    .get_nth = get_nth_frozen,
    .find = find_frozen,
    .free = free_frozen,
  };

  return kutip_span_sequence_new (&kind, self);
}
