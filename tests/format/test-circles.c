/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../rounds.h"
#include "format/circles.h"

#include <string.h>

/* Deeper than any stack would take, if it were gone through by calls. */
#define MANY 200000u

static KutipRecord *
make_record (guint n_spans)
{
  g_autofree char *letters = g_strnfill (n_spans, 'a');
  g_autoptr (KutipText) text = kutip_text_new (letters);
  g_autoptr (KutipArticle) article = kutip_record_make_article ("a.txt", text);
  KutipRecord *record = kutip_record_new ("a.txt", article);
  KutipHeaderFields fields = { .status = KUTIP_STATUS_IN_PROGRESS };
  g_autoptr (KutipHeader) header = kutip_header_new (&fields);
  KutipLayer *layer = kutip_layer_new (header);

  for (guint i = 0; i < n_spans; i++)
    {
      KutipSpanFields span_fields = KUTIP_SPAN_FIELDS_INIT;
      KutipRange range = { i, i + 1 };
      g_autofree char *id = g_strdup_printf ("s%u", i);
      g_autoptr (KutipSpan) span = NULL;

      span_fields.id = id;
      span_fields.label = "Q";
      span_fields.ranges = &range;
      span_fields.n_ranges = 1;
      span = kutip_span_new (&span_fields);
      g_assert_true (kutip_layer_add_span (layer, span));
    }
  g_ptr_array_add (record->layers, layer);
  return record;
}

static void
relate (KutipRecord *record, const char *label, guint from, guint to)
{
  KutipLayer *layer = g_ptr_array_index (record->layers, 0);
  KutipRelationFields fields = KUTIP_RELATION_FIELDS_INIT;
  g_autofree char *id = g_strdup_printf ("r%u", kutip_layer_get_n_relations (layer) + 1);
  g_autofree char *from_id = g_strdup_printf ("s%u", from);
  g_autofree char *to_id = g_strdup_printf ("s%u", to);
  g_autoptr (KutipRelation) relation = NULL;

  fields.id = id;
  fields.label = label;
  fields.from = from_id;
  fields.to = to_id;
  relation = kutip_relation_new (&fields);
  g_assert_true (kutip_layer_add_relation (layer, relation));
}

static const struct
{
  const char *why;
  const char *relations; /* the span that it leaves, its label, the span it goes to */
  const char *told;      /* the details, each with a line */
} cases[] = {
  { "nothing", "", "" },
  { "a chain", "0a1 1a2 2a3", "" },
  { "two ways to one span", "0a1 0a2 1a3 2a3", "" },
  { "there and back", "0a1 1a0", "a: r1, r2\n" },
  { "over a third", "0a1 1a2 2a0", "a: r1, r2, r3\n" },
  { "back by another type", "0a1 1b0", "" },
  { "to itself, as a root is marked", "0a0 1a1 0a1", "" },
  { "to itself on a circle", "0a0 0a1 1a0", "a: r2, r3\n" },
  { "what leads in and out", "0a1 1a2 2a1 2a3", "a: r2, r3\n" },
  { "two that do not touch", "0a1 1a0 2a3 3a2", "a: r1, r2\na: r3, r4\n" },
  { "one after the other", "0a1 1a0 1a2 2a3 3a2", "a: r1, r2\na: r4, r5\n" },
  { "two that share a span", "0a1 1a0 1a2 2a1", "a: r1, r2, r3, r4\n" },
  { "of two types", "0a1 1a0 0b1 1b0", "a: r1, r2\nb: r3, r4\n" },
  { "twice the same way", "0a1 0a1 1a0", "a: r1, r2, r3\n" },
  { "more than are named", "0a1 1a2 2a3 3a4 4a5 5a6 6a7 7a8 8a9 9a0",
    "a: r1, r2, r3, r4, r5, r6, r7, r8, …\n" },
  { "of a type that is the same in both directions", "0m1 1m0", "" },
};

static KutipTagset *
make_tagset (void)
{
  KutipRelationType type = { .name = "m", .title = "m", .symmetric = TRUE };
  KutipTagsetFields fields = {
    .name = "t", .version = "1", .relations = &type, .n_relations = 1
  };

  return kutip_tagset_new (&fields, NULL);
}

static void
test_cases (void)
{
  g_autoptr (KutipTagset) tagset = make_tagset ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (KutipRecord) record = make_record (10);
      g_autoptr (KutipReport) report = kutip_report_new ();
      g_autoptr (GString) told = g_string_new (NULL);
      g_auto (GStrv) relations = g_strsplit (cases[i].relations, " ", -1);

      g_test_message ("%s", cases[i].why);
      for (guint r = 0; relations[r] != NULL; r++)
        {
          char label[2] = { relations[r][1], '\0' };

          relate (record, label, (guint) (relations[r][0] - '0'),
                  (guint) (relations[r][2] - '0'));
        }
      kutip_circles_report (record, tagset, "a.ann", 3, report);
      for (guint e = 0; e < kutip_report_get_n_entries (report); e++)
        {
          const KutipReportEntry *entry = kutip_report_get_nth (report, e);
          g_auto (GStrv) parts = g_strsplit (entry->detail, ": ", 3);

          g_assert_cmpint (entry->kind, ==, KUTIP_REPORT_WARNING);
          g_assert_cmpstr (entry->what, ==, "circle");
          g_assert_cmpstr (entry->path, ==, "a.ann");
          g_assert_cmpuint (entry->line, ==, 3);
          g_assert_cmpstr (parts[0], ==, "a.txt");
          g_assert_true (g_str_has_prefix (parts[2], entry->id));
          g_string_append_printf (told, "%s: %s\n", parts[1], parts[2]);
        }
      g_assert_cmpstr (told->str, ==, cases[i].told);
    }
}

/* The record's own tag set, and none. */
static void
test_symmetric (void)
{
  g_autoptr (KutipRecord) record = make_record (2);
  g_autoptr (KutipReport) report = kutip_report_new ();

  relate (record, "m", 0, 1);
  relate (record, "m", 1, 0);
  kutip_circles_report (record, NULL, "a.ann", 0, report);
  g_assert_cmpuint (kutip_report_count (report, KUTIP_REPORT_WARNING, "circle"), ==, 1);
  record->tagset = make_tagset ();
  kutip_circles_report (record, NULL, "a.ann", 0, report);
  g_assert_cmpuint (kutip_report_count (report, KUTIP_REPORT_WARNING, "circle"), ==, 1);
}

static void
test_depth (void)
{
  const guint n = rounds (MANY);

  for (guint closed = 0; closed <= 1; closed++)
    {
      g_autoptr (KutipRecord) record = make_record (n);
      g_autoptr (KutipReport) report = kutip_report_new ();

      for (guint i = 0; i + 1 < n; i++)
        relate (record, "a", i, i + 1);
      if (closed)
        relate (record, "a", n - 1, 0);
      kutip_circles_report (record, NULL, "a.ann", 0, report);
      g_assert_cmpuint (kutip_report_count (report, KUTIP_REPORT_WARNING, "circle"), ==,
                        closed);
    }
}

/* Each type has a list of its own. */
static void
test_types (void)
{
  g_autoptr (KutipRecord) record = make_record (1001);
  g_autoptr (KutipReport) report = kutip_report_new ();

  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *label = g_strdup_printf ("t%u", i);

      relate (record, label, i, i + 1);
    }
  kutip_circles_report (record, NULL, "a.ann", 0, report);
  g_assert_cmpuint (kutip_report_get_n_entries (report), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/circles/cases", test_cases);
  g_test_add_func ("/circles/symmetric", test_symmetric);
  g_test_add_func ("/circles/depth", test_depth);
  g_test_add_func ("/circles/types", test_types);
  return g_test_run ();
}
