/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "article/open-text.h"

#include "format/tagset/tagset-json.h"

#include <time.h>

/* What a person does with 100,000 spans in the article takes less than a frame, wherever
 * they are: 200 of each, measured in processor time, so that other programs do not count.
 */
#define N_SPANS 100000
#define N_TIMES 200
#define FRAME_USEC 16667.0

static KutipAnnotator *annotator;

static double
get_usec (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1e6 + (double) now.tv_nsec / 1e3;
}

static KutipLayer *
get_layer (void)
{
  return kutip_document_get_layer (kutip_annotator_get_document (annotator));
}

static guint
get_length (void)
{
  return kutip_text_get_length (
      kutip_document_get_text (kutip_annotator_get_document (annotator)));
}

static void
go_somewhere (GRand *random)
{
  guint nth = (guint) g_rand_int_range (random, 0, N_SPANS);

  kutip_annotator_set_current (annotator, kutip_layer_get_nth_span (get_layer (), nth),
                               TRUE);
}

/* One span of a label of its own, as far away as can be: at the end. */
static void
add_rare (void)
{
  KutipSpanFields fields = KUTIP_SPAN_FIELDS_INIT;
  KutipRange range = { get_length () - 10, get_length () - 5 };
  g_autoptr (KutipSpan) span = NULL;

  fields.id = "rare1";
  fields.label = "rare";
  fields.ranges = &range;
  fields.n_ranges = 1;
  span = kutip_span_new (&fields);
  kutip_layer_add_span (get_layer (), span);
}

static void
select_all (GRand *random)
{
  kutip_annotator_set_selection (annotator, (guint) g_rand_int_range (random, 0, 100),
                                 get_length (), TRUE);
}

static void
cycle_in_all (GRand *random)
{
  kutip_annotator_set_selection (annotator, (guint) g_rand_int_range (random, 0, 100),
                                 get_length (), FALSE);
  kutip_annotator_cycle_at_caret (annotator);
}

static void
mark_all (GRand *random)
{
  kutip_annotator_set_selection (annotator, (guint) g_rand_int_range (random, 0, 100),
                                 get_length (), FALSE);
  kutip_annotator_mark (annotator, "claim");
  kutip_annotator_undo (annotator);
}

static void
go_next (GRand *random)
{
  go_somewhere (random);
  kutip_annotator_go_to_next_span (annotator, g_rand_boolean (random));
}

static void
go_alike (GRand *random)
{
  go_somewhere (random);
  kutip_annotator_go_to_next_alike (annotator, g_rand_boolean (random));
}

/* The only one of its label: all others are passed over. */
static void
go_alike_far (GRand *random)
{
  kutip_annotator_set_current (annotator, kutip_layer_get_span (get_layer (), "rare1"),
                               FALSE);
  kutip_annotator_go_to_next_alike (annotator, g_rand_boolean (random));
}

static void
go_unfinished (GRand *random)
{
  go_somewhere (random);
  kutip_annotator_go_to_next_finding (annotator, g_rand_boolean (random));
}

static void
follow (GRand *random)
{
  go_somewhere (random);
  kutip_annotator_follow_relation (annotator);
}

static void
link_and_step (GRand *random)
{
  go_somewhere (random);
  kutip_annotator_start_link (annotator, NULL);
  kutip_annotator_step_link_candidate (annotator, g_rand_boolean (random));
  kutip_annotator_cancel_link (annotator);
}

static void
drag (GRand *random)
{
  KutipRange hull;

  go_somewhere (random);
  hull = kutip_span_get_hull (kutip_annotator_get_current (annotator));
  kutip_annotator_drag_edge (annotator, 0, TRUE, hull.end + 30, KUTIP_UNIT_WORD);
  kutip_annotator_end_drag (annotator, FALSE);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

static void
test_times (void)
{
  static const struct
  {
    const char *name;
    void (*act) (GRand *random);
  } acts[] = {
    { "select nearly all", select_all },
    { "cycle in a selection of nearly all", cycle_in_all },
    { "mark nearly all, and undo", mark_all },
    { "next span", go_next },
    { "next span of the label", go_alike },
    { "the only span of its label", go_alike_far },
    { "next thing left to do", go_unfinished },
    { "follow a link", follow },
    { "link, next target", link_and_step },
    { "drag an edge", drag },
  };
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    {
      double times[N_TIMES];

      for (guint k = 0; k < N_TIMES; k++)
        {
          double start = get_usec ();

          acts[i].act (random);
          times[k] = get_usec () - start;
        }
      qsort (times, N_TIMES, sizeof *times, compare);
      g_test_message ("%s: median %.0f, 99th percentile %.0f microseconds", acts[i].name,
                      times[N_TIMES / 2], times[N_TIMES * 99 / 100]);
      g_assert_cmpfloat (times[N_TIMES * 99 / 100], <, FRAME_USEC);
    }
}

int
main (int argc, char **argv)
{
  static const char sentence[] = "Putin mengatakan langkah ini dilakukan demi semua. ";
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (KutipTagset) tagset = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  while (text->len < 10 * 1000 * 1000)
    {
      g_string_append (text, sentence);
      if (text->len % 7 == 0)
        g_string_append_c (text, '\n');
    }
  annotator = open_text (text->str, (gssize) text->len);
  mark_many (annotator, N_SPANS, 3);
  add_rare ();
  /* So that what is left to do is known of all of them. */
  tagset = kutip_tagset_load_builtin ("news-attribution");
  kutip_document_set_tagset (kutip_annotator_get_document (annotator), tagset);
  g_assert_cmpuint (kutip_check_get_n_findings (kutip_annotator_get_check (annotator)), >,
                    0);
  g_test_add_func ("/many/times", test_times);
  status = g_test_run ();
  g_object_unref (annotator);
  return status;
}
