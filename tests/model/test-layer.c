/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../rounds.h"
#include "model/layer.h"

#include "fixture.h"

#include <malloc.h>

static void
add_span (KutipLayer *layer, const char *id, const char *label, guint start, guint end)
{
  g_autoptr (KutipSpan) span = fixture_span (id, label, start, end);

  g_assert_true (kutip_layer_add_span (layer, span));
}

static void
add_relation (KutipLayer *layer, const char *id, const char *from, const char *to)
{
  g_autoptr (KutipRelation) relation = fixture_relation (id, "attributed-to", from, to);

  g_assert_true (kutip_layer_add_relation (layer, relation));
}

static void
assert_holds (KutipLayer *layer, const char *expected)
{
  g_autofree char *description = fixture_describe (layer);

  g_assert_cmpstr (description, ==, expected);
}

/* Spans in document order, relations in that of the spans they begin at. */
static void
test_order (void)
{
  g_autoptr (KutipLayer) layer = fixture_layer ();

  add_span (layer, "s3", "quote", 40, 60);
  add_span (layer, "s10", "source", 5, 8);
  add_span (layer, "s2", "source", 5, 8);
  add_span (layer, "s1", "quote", 5, 30);
  add_relation (layer, "r5", "s3", "s2");
  add_relation (layer, "r10", "s1", "s10");
  add_relation (layer, "r9", "s1", "s2");
  assert_holds (
      layer,
      "in-progress\n"
      "s1 quote 5-30\ns2 source 5-8\ns10 source 5-8\ns3 quote 40-60\n"
      "r9 attributed-to s1>s2\nr10 attributed-to s1>s10\nr5 attributed-to s3>s2\n");
}

/* What happens to a layer while its spans are read. */
typedef struct
{
  KutipLayer *layer;
  GString *seen;
  gboolean changed;
} Fresh;

static gboolean
note_span (KutipSpan *span, gpointer data)
{
  Fresh *reading = data;

  g_string_append_printf (reading->seen, "%s ", kutip_span_get_id (span));
  if (!reading->changed)
    {
      g_autoptr (KutipSpan) gone =
          kutip_span_ref (kutip_layer_get_span (reading->layer, "s3"));

      reading->changed = TRUE;
      add_span (reading->layer, "s9", "quote", 0, 1);
      kutip_layer_remove_span (reading->layer, gone);
    }
  return TRUE;
}

/* Spans that came in any order, before anything took the tree, are read in order; those
 * that come or go meanwhile change nothing for who reads. */
static void
test_fresh (void)
{
  g_autoptr (KutipLayer) layer = fixture_layer ();
  g_autoptr (GString) seen = g_string_new (NULL);
  Fresh reading = { layer, seen, FALSE };
  g_autoptr (KutipSpan) again = fixture_span ("s2", "quote", 8, 9);
  g_autoptr (KutipRelation) same = fixture_relation ("s2", "attributed-to", "s1", "s3");

  for (guint i = 100; i > 0; i--)
    {
      g_autofree char *id = g_strdup_printf ("s%u", i + 100);

      add_span (layer, id, "claim", 1000 + i, 2000);
    }
  add_span (layer, "s3", "quote", 40, 60);
  add_span (layer, "s2", "source", 5, 8);
  add_relation (layer, "r1", "s3", "s2");
  add_span (layer, "s1", "quote", 5, 30);
  g_assert_false (kutip_layer_add_span (layer, again));
  g_assert_false (kutip_layer_add_relation (layer, same));
  g_assert_null (kutip_layer_get_span (layer, "r1"));
  g_assert_null (kutip_layer_get_relation (layer, "s1"));
  g_assert_nonnull (kutip_layer_get_relation (layer, "r1"));
  g_assert_cmpuint (kutip_layer_get_n_spans (layer), ==, 103);
  kutip_layer_foreach_span (layer, note_span, &reading);
  g_assert_true (g_str_has_prefix (seen->str, "s1 s2 s3 s101 s102 "));
  g_assert_true (g_str_has_suffix (seen->str, " s199 s200 "));
  g_assert_cmpuint (kutip_layer_get_n_spans (layer), ==, 103);
  g_assert_null (kutip_layer_get_span (layer, "s3"));
  g_assert_cmpstr (kutip_span_get_id (kutip_layer_get_nth_span (layer, 0)), ==, "s9");
  g_assert_cmpuint (kutip_layer_count_label (layer, "claim"), ==, 100);
}

static void
test_lookup (void)
{
  g_autoptr (KutipLayer) layer = fixture_layer ();
  g_autoptr (KutipSpan) foreign = fixture_span ("s1", "quote", 1, 2);
  KutipSpan *span;
  guint position = 99;

  add_span (layer, "s1", "quote", 10, 20);
  add_span (layer, "s2", "quote", 30, 40);
  add_relation (layer, "r1", "s1", "s2");
  span = kutip_layer_get_span (layer, "s2");
  g_assert_cmpstr (kutip_span_get_id (span), ==, "s2");
  g_assert_true (kutip_layer_get_nth_span (layer, 1) == span);
  g_assert_true (kutip_layer_get_position (layer, span, &position));
  g_assert_cmpuint (position, ==, 1);
  g_assert_false (kutip_layer_get_position (layer, foreign, &position));
  g_assert_null (kutip_layer_get_span (layer, "r1"));
  g_assert_null (kutip_layer_get_span (layer, ""));
  g_assert_nonnull (kutip_layer_get_relation (layer, "r1"));
  g_assert_null (kutip_layer_get_relation (layer, "s1"));
  g_assert_null (kutip_layer_get_nth_span (layer, 2));
  g_assert_true (kutip_layer_get_span_after (layer, 10) == span);
  g_assert_null (kutip_layer_get_span_before (layer, 10));
}

/* An id stands for one thing, be it a span or a relation. */
static void
test_unique_ids (void)
{
  g_autoptr (KutipLayer) layer = fixture_layer ();
  g_autoptr (KutipSpan) span = fixture_span ("r1", "quote", 1, 2);
  g_autoptr (KutipSpan) again = fixture_span ("s1", "quote", 1, 2);
  g_autoptr (KutipRelation) relation = fixture_relation ("s1", "same-as", "s1", "s2");

  add_span (layer, "s1", "quote", 10, 20);
  add_span (layer, "s2", "quote", 10, 20);
  add_relation (layer, "r1", "s1", "s2");
  g_assert_false (kutip_layer_add_span (layer, span));
  g_assert_false (kutip_layer_add_span (layer, again));
  g_assert_false (kutip_layer_add_relation (layer, relation));
  g_assert_cmpuint (kutip_layer_get_n_spans (layer), ==, 2);
  g_assert_cmpuint (kutip_layer_get_n_relations (layer), ==, 1);
}

static void
assert_relations (KutipLayer *layer, const char *span_id, const char *expected)
{
  g_autoptr (GPtrArray) relations = kutip_layer_list_relations_of (layer, span_id);
  g_autoptr (GString) ids = g_string_new (NULL);

  for (guint i = 0; i < relations->len; i++)
    g_string_append_printf (ids, "%s ",
                            kutip_relation_get_id (g_ptr_array_index (relations, i)));
  g_assert_cmpstr (ids->str, ==, expected);
}

static void
test_relations (void)
{
  g_autoptr (KutipLayer) layer = fixture_layer ();
  g_autoptr (KutipLayer) snapshot = NULL;

  add_span (layer, "s1", "quote", 10, 20);
  add_span (layer, "s2", "source", 30, 40);
  add_relation (layer, "r1", "s1", "s2");
  add_relation (layer, "r2", "s2", "s1");
  add_relation (layer, "r3", "s1", "s1");
  snapshot = kutip_layer_snapshot (layer);
  kutip_layer_remove_relation (layer, kutip_layer_get_relation (layer, "r2"));
  assert_relations (layer, "s1", "r1 r3 ");
  assert_relations (layer, "s2", "r1 ");
  kutip_layer_remove_relation (layer, kutip_layer_get_relation (layer, "r3"));
  kutip_layer_remove_relation (layer, kutip_layer_get_relation (layer, "r1"));
  assert_relations (layer, "s1", "");
  assert_relations (layer, "s2", "");
  assert_relations (snapshot, "s1", "r1 r2 r3 ");
  assert_relations (snapshot, "s2", "r1 r2 ");
}

static void
append_label (const char *label, guint n, gpointer out)
{
  g_string_append_printf (out, "%s %u\n", label, n);
}

static void
test_labels (void)
{
  g_autoptr (KutipLayer) layer = fixture_layer ();
  g_autoptr (KutipLayer) snapshot = NULL;
  g_autoptr (GString) labels = g_string_new (NULL);
  char quote[] = "quote";

  add_span (layer, "s1", "source", 10, 20);
  add_span (layer, "s2", "quote", 10, 20);
  add_span (layer, "s3", "quote", 12, 20);
  snapshot = kutip_layer_snapshot (layer);
  g_assert_cmpuint (kutip_layer_count_label (layer, quote), ==, 2);
  kutip_layer_remove_span (layer, kutip_layer_get_span (layer, "s1"));
  kutip_layer_remove_span (layer, kutip_layer_get_span (layer, "s2"));
  g_assert_cmpuint (kutip_layer_count_label (layer, quote), ==, 1);
  g_assert_cmpuint (kutip_layer_count_label (layer, "source"), ==, 0);
  g_assert_cmpuint (kutip_layer_count_label (layer, "never seen anywhere"), ==, 0);
  kutip_layer_foreach_label (snapshot, append_label, labels);
  g_assert_cmpstr (labels->str, ==, "quote 2\nsource 1\n");
}

/* As they come and go; a snapshot keeps its own. */
static void
test_relation_labels (void)
{
  g_autoptr (KutipLayer) layer = fixture_layer ();
  g_autoptr (KutipLayer) snapshot = NULL;
  g_autoptr (GString) before = g_string_new (NULL);
  g_autoptr (GString) after = g_string_new (NULL);
  g_autoptr (KutipRelation) other = kutip_relation_new (&(KutipRelationFields){
      .id = "r3", .label = "a-kind-of-its-own", .from = "s1", .to = "s1" });

  add_span (layer, "s1", "quote", 10, 20);
  add_relation (layer, "r1", "s1", "s1");
  add_relation (layer, "r2", "s1", "s9");
  g_assert_true (kutip_layer_add_relation (layer, other));
  snapshot = kutip_layer_snapshot (layer);
  kutip_layer_remove_relation (layer, kutip_layer_get_relation (layer, "r3"));
  kutip_layer_remove_relation (layer, kutip_layer_get_relation (layer, "r1"));
  kutip_layer_foreach_relation_label (snapshot, append_label, before);
  kutip_layer_foreach_relation_label (layer, append_label, after);
  g_assert_cmpstr (before->str, ==, "a-kind-of-its-own 1\nattributed-to 2\n");
  g_assert_cmpstr (after->str, ==, "attributed-to 1\n");
}

static void
assert_next_id (KutipLayer *layer, const char *prefix, const char *expected)
{
  g_autofree char *id = kutip_layer_make_id (layer, prefix);

  g_assert_cmpstr (id, ==, expected);
}

/* A number is never used twice, whatever became of what had it. */
static void
test_ids (void)
{
  g_autoptr (KutipHeader) header =
      kutip_header_new (&(KutipHeaderFields){ .last_id = 7 });
  g_autoptr (KutipLayer) layer = kutip_layer_new (header);
  g_autoptr (KutipLayer) snapshot = NULL;

  assert_next_id (layer, "s", "s8");
  add_span (layer, "T12", "quote", 1, 2);
  assert_next_id (layer, "s", "s13");
  assert_next_id (layer, "r", "r14");
  g_assert_cmpuint (kutip_layer_get_last_id (layer), ==, 14);
  g_assert_cmpuint (kutip_layer_get_highest_live_id (layer), ==, 12);
  add_relation (layer, "r20", "T12", "T12");
  g_assert_cmpuint (kutip_layer_get_highest_live_id (layer), ==, 20);
  snapshot = kutip_layer_snapshot (layer);
  kutip_layer_remove_relation (layer, kutip_layer_get_relation (layer, "r20"));
  g_assert_cmpuint (kutip_layer_get_highest_live_id (layer), ==, 12);
  g_assert_cmpuint (kutip_layer_get_last_id (layer), ==, 20);
  kutip_layer_remove_span (layer, kutip_layer_get_span (layer, "T12"));
  g_assert_cmpuint (kutip_layer_get_highest_live_id (layer), ==, 0);
  assert_next_id (layer, "s", "s21");
  g_assert_cmpuint (kutip_layer_get_highest_live_id (snapshot), ==, 20);
  g_assert_cmpuint (kutip_layer_get_last_id (snapshot), ==, 20);
}

/* A file that claims the counter has run out still gets ids that are new to it. */
static void
test_ids_run_out (void)
{
  g_autoptr (KutipHeader) header =
      kutip_header_new (&(KutipHeaderFields){ .last_id = G_MAXUINT });
  g_autoptr (KutipLayer) layer = kutip_layer_new (header);

  add_span (layer, "s0", "quote", 1, 2);
  add_span (layer, "s1", "quote", 1, 2);
  assert_next_id (layer, "s", "s2");
}

static void
test_equal (void)
{
  g_autoptr (KutipLayer) a = fixture_layer ();
  g_autoptr (KutipLayer) b = fixture_layer ();
  g_autoptr (KutipLayer) snapshot = NULL;
  g_autoptr (KutipHeader) done = fixture_header (KUTIP_STATUS_DONE);

  g_assert_true (kutip_layer_equal (a, b));
  add_span (a, "s1", "quote", 10, 20);
  g_assert_false (kutip_layer_equal (a, b));
  add_span (b, "s1", "quote", 10, 21);
  g_assert_false (kutip_layer_equal (a, b));
  kutip_layer_remove_span (b, kutip_layer_get_span (b, "s1"));
  add_span (b, "s1", "quote", 10, 20);
  g_assert_true (kutip_layer_equal (a, b));
  add_relation (a, "r1", "s1", "s1");
  add_relation (b, "r2", "s1", "s1");
  g_assert_false (kutip_layer_equal (a, b));
  snapshot = kutip_layer_snapshot (a);
  g_assert_true (kutip_layer_equal (a, snapshot));
  kutip_layer_set_header (a, done);
  g_assert_false (kutip_layer_equal (a, snapshot));
}

/* Relations whose span is not there are kept, behind the others: a reader decides about
 * them. */
static void
test_dangling (void)
{
  g_autoptr (KutipLayer) layer = fixture_layer ();

  add_span (layer, "s5", "quote", 10, 20);
  add_relation (layer, "r2", "s9", "s5");
  add_relation (layer, "r1", "s8", "s9");
  add_relation (layer, "r3", "s5", "s9");
  assert_holds (layer, "in-progress\ns5 quote 10-20\nr3 attributed-to s5>s9\n"
                       "r1 attributed-to s8>s9\nr2 attributed-to s9>s5\n");
  assert_relations (layer, "s9", "r1 r2 r3 ");
}

typedef struct
{
  KutipLayer *snapshot;
  char *expected;
} Reading;

/* Reads over and over what must not change. */
static gpointer
read_snapshot (gpointer data)
{
  Reading *reading = data;

  for (guint i = 0; i < 20; i++)
    assert_holds (reading->snapshot, reading->expected);
  g_object_unref (reading->snapshot);
  g_free (reading->expected);
  return NULL;
}

/* Snapshots are read in other threads while the layer is edited. */
static void
test_threads (void)
{
  g_autoptr (GRand) random = fixture_random (20260104);
  g_autoptr (KutipLayer) layer = fixture_layer ();
  GThread *threads[8];
  Reading readings[8];

  for (guint i = 0; i < 500; i++)
    {
      g_autofree char *id = g_strdup_printf ("s%u", i);
      g_autofree char *relation_id = g_strdup_printf ("r%u", i);

      add_span (layer, id, "quote", i, i + 10);
      add_relation (layer, relation_id, id, "s0");
    }
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      readings[i] = (Reading){ kutip_layer_snapshot (layer), fixture_describe (layer) };
      threads[i] = g_thread_new ("reader", read_snapshot, &readings[i]);
      for (guint j = 0; j < 400; j++)
        {
          guint n = (guint) g_rand_int_range (random, 0, 500);
          g_autofree char *id = g_strdup_printf ("s%u", n);
          g_autofree char *relation_id = g_strdup_printf ("r%u", n);

          kutip_layer_remove_relation (layer,
                                       kutip_layer_get_relation (layer, relation_id));
          kutip_layer_remove_span (layer, kutip_layer_get_span (layer, id));
          add_span (layer, id, "claim", n + i, n + 20);
          add_relation (layer, relation_id, id, "s1");
        }
    }
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

static gboolean
count_span (KutipSpan *span, gpointer n)
{
  ++*(guint *) n;
  return TRUE;
}

static gsize
get_memory (void)
{
  return mallinfo2 ().uordblks;
}

/* What 100,000 spans and 30,000 relations cost. Memory is the same on every machine, so
 * it has a bound; times are only reported. */
static void
test_large (void)
{
  const guint n_spans = rounds (100000), n_relations = rounds (30000);
  gsize before = get_memory ();
  g_autoptr (KutipLayer) layer = fixture_layer ();
  g_autoptr (KutipLayer) snapshot = NULL;
  guint n = 0;
  double seconds;

  g_test_timer_start ();
  for (guint i = 0; i < n_spans; i++)
    {
      char id[16];

      g_snprintf (id, sizeof id, "s%u", i);
      add_span (layer, id, "quote", i * 100, i * 100 + 150);
    }
  seconds = g_test_timer_elapsed ();
  g_test_message ("adding %u spans: %.0f ms", n_spans, seconds * 1e3);
  if (before > 0)
    {
      double n_bytes = (double) (get_memory () - before) / n_spans;

      g_test_message ("a span: %.0f bytes, all included", n_bytes);
      g_assert_cmpfloat (n_bytes, <=, 300);
    }

  for (guint i = 0; i < n_relations; i++)
    {
      char id[16], from[16], to[16];

      g_snprintf (id, sizeof id, "r%u", i);
      g_snprintf (from, sizeof from, "s%u", i * 3);
      g_snprintf (to, sizeof to, "s%u", i * 3 + 1);
      add_relation (layer, id, from, to);
    }
  g_test_timer_start ();
  snapshot = kutip_layer_snapshot (layer);
  g_test_message ("a snapshot: %.3f ms", g_test_timer_elapsed () * 1e3);
  g_test_timer_start ();
  for (guint i = 0; i < n_spans; i++)
    kutip_layer_foreach_span_in (layer, (KutipRange){ i * 100 + 1, i * 100 + 2 },
                                 count_span, &n);
  g_test_message ("%u questions by place: %.0f ms", n_spans,
                  g_test_timer_elapsed () * 1e3);
  g_assert_cmpuint (n, ==, 2 * n_spans - 1);
  g_assert_true (kutip_layer_equal (layer, snapshot));
}

/* What is put into maps side by side is the same as what comes one after the other. */
static void
test_many_at_once (void)
{
  const guint n = 33000;
  g_autoptr (KutipLayer) at_once = fixture_layer ();
  g_autoptr (KutipLayer) each = fixture_layer ();
  KutipLayer *layers[] = { at_once, each };

  g_object_unref (kutip_layer_snapshot (each));
  for (guint i = 0; i < 2 * n; i++)
    for (guint j = 0; j < G_N_ELEMENTS (layers); j++)
      {
        guint k = i % n;
        char id[16], from[16], to[16];

        g_snprintf (id, sizeof id, "%c%u", i < n ? 's' : 'r', k);
        g_snprintf (from, sizeof from, "s%u", k);
        g_snprintf (to, sizeof to, "s%u", k / 2);
        if (i < n)
          add_span (layers[j], id, k % 3 == 0 ? "claim" : "quote", k * 10, k * 10 + 15);
        else
          add_relation (layers[j], id, from, to);
      }
  g_assert_true (kutip_layer_equal (at_once, each));
  g_assert_cmpuint (kutip_layer_count_label (at_once, "claim"), ==, n / 3);
  for (guint k = 0; k < n; k++)
    {
      char id[16];
      g_autoptr (GPtrArray) relations = NULL;
      g_autoptr (GPtrArray) others = NULL;

      g_snprintf (id, sizeof id, "s%u", k);
      g_assert_nonnull (kutip_layer_get_span (at_once, id));
      relations = kutip_layer_list_relations_of (at_once, id);
      others = kutip_layer_list_relations_of (each, id);
      g_assert_cmpuint (relations->len, ==, others->len);
      g_assert_cmpuint (relations->len, ==, 2 * k < n ? 3 - (k == 0) : 1);
      id[0] = 'r';
      g_assert_nonnull (kutip_layer_get_relation (at_once, id));
    }
}

/* The same span with a note, and elsewhere: all that is known of it follows. */
static void
test_replace (void)
{
  g_autoptr (KutipLayer) layer = fixture_layer ();
  g_autoptr (KutipLayer) snapshot = NULL;
  g_autoptr (KutipSpan) noted = NULL;
  g_autoptr (KutipSpan) moved = fixture_span ("s2", "claim", 1, 4);
  KutipSpanFields fields;
  KutipSpan *was;

  add_span (layer, "s1", "quote", 10, 20);
  add_span (layer, "s2", "quote", 30, 40);
  add_relation (layer, "r1", "s1", "s2");
  snapshot = kutip_layer_snapshot (layer);
  was = kutip_layer_get_span (layer, "s2");
  kutip_span_get_fields (was, &fields);
  fields.note = "new";
  noted = kutip_span_new (&fields);
  kutip_layer_replace_span (layer, was, noted);
  g_assert_true (kutip_layer_get_span (layer, "s2") == noted);
  g_assert_true (kutip_layer_get_nth_span (layer, 1) == noted);
  g_assert_true (kutip_layer_get_nth_span (snapshot, 1) == was);
  g_assert_cmpuint (kutip_layer_count_label (layer, "quote"), ==, 2);
  g_assert_cmpuint (kutip_layer_get_highest_live_id (layer), ==, 2);
  kutip_layer_replace_span (layer, noted, moved);
  g_assert_true (kutip_layer_get_nth_span (layer, 0) == moved);
  g_assert_cmpuint (kutip_layer_get_n_spans (layer), ==, 2);
  g_assert_cmpuint (kutip_layer_count_label (layer, "claim"), ==, 1);
  g_assert_cmpuint (kutip_layer_get_highest_live_id (layer), ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/layer/order", test_order);
  g_test_add_func ("/layer/fresh", test_fresh);
  g_test_add_func ("/layer/lookup", test_lookup);
  g_test_add_func ("/layer/unique-ids", test_unique_ids);
  g_test_add_func ("/layer/relations", test_relations);
  g_test_add_func ("/layer/labels", test_labels);
  g_test_add_func ("/layer/relation-labels", test_relation_labels);
  g_test_add_func ("/layer/ids", test_ids);
  g_test_add_func ("/layer/ids-run-out", test_ids_run_out);
  g_test_add_func ("/layer/equal", test_equal);
  g_test_add_func ("/layer/dangling", test_dangling);
  g_test_add_func ("/layer/threads", test_threads);
  g_test_add_func ("/layer/replace", test_replace);
  g_test_add_func ("/layer/large", test_large);
  g_test_add_func ("/layer/many-at-once", test_many_at_once);
  return g_test_run ();
}
