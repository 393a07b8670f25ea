/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/annotate.h"

#include "fixture.h"

static KutipSpan *
mark (KutipDocument *document, const char *label, guint start, guint end)
{
  g_autoptr (GError) error = NULL;
  KutipSpan *span =
      kutip_annotate_mark (document, label, &(KutipRange){ start, end }, 1, &error);

  g_assert_no_error (error);
  g_assert_nonnull (span);
  return span;
}

static KutipLayer *
get_layer (KutipDocument *document)
{
  return kutip_document_get_layer (document);
}

static KutipSpan *
get_span (KutipDocument *document, const char *id)
{
  return kutip_layer_get_span (get_layer (document), id);
}

static void
assert_undo_title (KutipDocument *document, const char *expected)
{
  g_autofree char *title = NULL;

  g_object_get (document, "undo-title", &title, NULL);
  g_assert_cmpstr (title, ==, expected);
}

static guint
count_changes (KutipDocument *document)
{
  return kutip_history_get_n_changes (kutip_document_get_history (document));
}

static void
assert_time (const char *time)
{
  g_autoptr (GDateTime) parsed = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  g_assert_nonnull (time);
  g_assert_cmpuint (strlen (time), ==, strlen ("2026-11-22T09:30:00Z"));
  g_assert_true (g_str_has_suffix (time, "Z"));
  parsed = g_date_time_new_from_iso8601 (time, NULL);
  g_assert_nonnull (parsed);
  g_assert_cmpint (ABS (g_date_time_difference (now, parsed)), <,
                   60 * G_TIME_SPAN_SECOND);
}

static void
test_mark (void)
{
  g_autoptr (KutipDocument) document = fixture_document (100);
  const KutipRange ranges[] = { { 30, 40 }, { 10, 20 }, { 20, 25 }, { 50, 50 } };
  g_autoptr (GError) error = NULL;
  KutipSpan *span = kutip_annotate_mark (document, "quote", ranges, 4, &error);
  KutipAttributes *attributes;
  KutipSpanFields fields;

  g_assert_no_error (error);
  kutip_span_get_fields (span, &fields);
  g_assert_cmpstr (fields.id, ==, "s1");
  g_assert_cmpuint (fields.n_ranges, ==, 2);
  g_assert_cmpuint (fields.ranges[0].start, ==, 10);
  g_assert_cmpuint (fields.ranges[0].end, ==, 25);
  g_assert_cmpuint (fields.ranges[1].start, ==, 30);
  assert_time (fields.created);
  g_assert_null (fields.modified);
  assert_undo_title (document, "Mark Quote");

  g_test_message ("the default is written out; what has none is left open");
  attributes = kutip_span_get_attributes (span);
  g_assert_cmpuint (kutip_attributes_get_n (attributes), ==, 1);
  g_assert_cmpstr (kutip_attributes_get_string (attributes, "form"), ==, "indirect");
  g_assert_null (kutip_span_get_attributes (mark (document, "source", 1, 5)));
}

/* Defaults of all kinds take the shape that the form gives them. */
static void
test_defaults (void)
{
  static const char *const values[] = { "a", "b", NULL };
  static const char *const names[] = { "one", "many", "flag", "text", NULL };
  static const KutipAttributeType types[] = {
    { .name = "one", .values = values, .default_value = "b" },
    { .name = "many", .values = values, .multiple = TRUE, .default_value = "a" },
    { .name = "flag", .kind = KUTIP_ATTRIBUTE_FLAG, .default_value = "true" },
    { .name = "text", .kind = KUTIP_ATTRIBUTE_TEXT, .default_value = "?" },
  };
  static const KutipLabelType label = { .name = "l", .attributes = names };
  static const KutipValueType expected[] = { KUTIP_VALUE_STRING, KUTIP_VALUE_LIST,
                                             KUTIP_VALUE_FLAG, KUTIP_VALUE_STRING };
  g_autoptr (KutipDocument) document = fixture_document (100);
  g_autoptr (KutipTagset) tagset =
      kutip_tagset_new (&(KutipTagsetFields){ .name = "T",
                                              .labels = &label,
                                              .n_labels = 1,
                                              .attributes = types,
                                              .n_attributes = 4 },
                        NULL);
  KutipAttributes *attributes;

  kutip_document_set_tagset (document, tagset);
  attributes = kutip_span_get_attributes (mark (document, "l", 1, 2));
  g_assert_cmpuint (kutip_attributes_get_n (attributes), ==, 4);
  for (guint i = 0; i < 4; i++)
    {
      KutipAttribute attribute = kutip_attributes_get_nth (attributes, i);

      g_assert_cmpstr (attribute.name, ==, names[i]);
      g_assert_cmpint (attribute.type, ==, expected[i]);
      if (attribute.type != KUTIP_VALUE_FLAG)
        g_assert_cmpstr (attribute.values[0], ==, types[i].default_value);
    }
}

static void
test_mark_refused (void)
{
  static const struct
  {
    const char *label;
    KutipRange range;
    int code;
    const char *reason;
  } rows[] = {
    { "nonsense", { 1, 2 }, KUTIP_DOCUMENT_ERROR_REFUSED, "an unknown label" },
    { "quote", { 7, 7 }, KUTIP_DOCUMENT_ERROR_INVALID, "nothing selected" },
    { "quote", { 90, 101 }, KUTIP_DOCUMENT_ERROR_INVALID, "past the end" },
  };
  g_autoptr (KutipDocument) document = fixture_document (100);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", rows[i].reason);
      g_assert_null (
          kutip_annotate_mark (document, rows[i].label, &rows[i].range, 1, &error));
      g_assert_error (error, KUTIP_DOCUMENT_ERROR, rows[i].code);
    }
  g_assert_cmpuint (count_changes (document), ==, 0);
}

/* The first mark takes a new article up; undoing it gives it back. */
static void
test_progress (void)
{
  g_autoptr (KutipDocument) document = fixture_document (100);
  g_autoptr (KutipHeader) new = fixture_header (KUTIP_STATUS_NEW);

  kutip_layer_set_header (get_layer (document), new);
  mark (document, "quote", 1, 5);
  g_assert_cmpint (
      kutip_header_get_fields (kutip_layer_get_header (get_layer (document)))->status, ==,
      KUTIP_STATUS_IN_PROGRESS);
  g_assert_cmpuint (count_changes (document), ==, 1);
  kutip_document_undo (document);
  g_assert_true (kutip_layer_get_header (get_layer (document)) == new);
}

static void
test_remove (void)
{
  g_autoptr (KutipDocument) document = fixture_document (100);
  KutipSpan *spans[3];
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  mark (document, "quote", 1, 20);
  mark (document, "source", 30, 35);
  mark (document, "claim", 40, 50);
  for (guint i = 0; i < 3; i++)
    spans[i] = kutip_layer_get_nth_span (get_layer (document), i);
  kutip_annotate_link (document, spans[0], spans[1], NULL, NULL);
  kutip_annotate_link (document, spans[2], spans[1], NULL, NULL);
  kutip_annotate_link (document, spans[0], spans[2], "same-as", NULL);
  before = fixture_describe (get_layer (document));

  g_test_message ("two at once, one of them named twice; a link between them goes once");
  spans[1] = spans[0];
  g_assert_true (kutip_annotate_remove_spans (document, spans, 3, NULL));
  g_assert_cmpuint (kutip_layer_get_n_spans (get_layer (document)), ==, 1);
  g_assert_cmpuint (kutip_layer_get_n_relations (get_layer (document)), ==, 0);
  kutip_document_undo (document);
  after = fixture_describe (get_layer (document));
  g_assert_cmpstr (after, ==, before);

  g_assert_true (kutip_annotate_remove_spans (document, spans, 1, NULL));
  assert_undo_title (document, "Delete Annotation");
  g_assert_true (kutip_annotate_remove_spans (document, NULL, 0, NULL));
  g_assert_cmpuint (count_changes (document), ==, 7);
}

typedef gboolean (*Setter) (KutipDocument *document, const char *id, gboolean other);

static gboolean
set_label (KutipDocument *document, const char *id, gboolean other)
{
  return kutip_annotate_set_label (document, get_span (document, id),
                                   other ? "claim" : "quote", NULL);
}

static gboolean
set_ranges (KutipDocument *document, const char *id, gboolean other)
{
  const KutipRange ranges[] = { { 15, 20 }, { 10, 15 }, { 30, 40 } };

  return kutip_annotate_set_ranges (document, get_span (document, id), ranges,
                                    other ? 3 : 2, NULL);
}

static gboolean
set_attributes (KutipDocument *document, const char *id, gboolean other)
{
  g_autoptr (KutipAttributes) attributes =
      kutip_attributes_with_string (NULL, "form", other ? "direct" : "indirect");

  return kutip_annotate_set_attributes (document, get_span (document, id), attributes,
                                        NULL);
}

static gboolean
set_note (KutipDocument *document, const char *id, gboolean other)
{
  return kutip_annotate_set_note (document, get_span (document, id),
                                  other ? "a note" : "", NULL);
}

static gboolean
set_unsure (KutipDocument *document, const char *id, gboolean other)
{
  return kutip_annotate_set_unsure (document, get_span (document, id), other, NULL);
}

/* Each is one change, with its title and the time; what changes nothing is no change. */
static void
test_setters (void)
{
  static const struct
  {
    Setter set;
    const char *title;
  } rows[] = {
    { set_label, "Change Label to Claim" },  { set_ranges, "Change Extent" },
    { set_attributes, "Change Attributes" }, { set_note, "Change Note" },
    { set_unsure, "Mark as Unsure" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (KutipDocument) document = fixture_document (100);
      g_autoptr (KutipSpan) first = kutip_span_ref (mark (document, "quote", 10, 20));
      KutipSpanFields fields;

      g_assert_true (rows[i].set (document, "s1", FALSE));
      g_assert_true (get_span (document, "s1") == first);
      g_assert_true (rows[i].set (document, "s1", TRUE));
      g_assert_true (rows[i].set (document, "s1", TRUE));
      g_assert_cmpuint (count_changes (document), ==, 2);
      assert_undo_title (document, rows[i].title);
      kutip_span_get_fields (get_span (document, "s1"), &fields);
      assert_time (fields.created);
      assert_time (fields.modified);
      g_assert_false (kutip_span_equal (first, get_span (document, "s1")));
      kutip_document_undo (document);
      g_assert_true (kutip_span_equal (first, get_span (document, "s1")));
    }
}

/* A span that is an old version by now is refused, and nothing is lost. */
static void
test_stale (void)
{
  g_autoptr (KutipDocument) document = fixture_document (100);
  g_autoptr (KutipSpan) old = kutip_span_ref (mark (document, "quote", 10, 20));
  g_autoptr (GError) error = NULL;

  g_assert_true (kutip_annotate_set_note (document, old, "new", NULL));
  g_assert_false (kutip_annotate_set_unsure (document, old, TRUE, &error));
  g_assert_error (error, KUTIP_DOCUMENT_ERROR, KUTIP_DOCUMENT_ERROR_STALE);
  g_assert_cmpstr (kutip_span_get_note (get_span (document, "s1")), ==, "new");
}

static void
test_keeps_attributes (void)
{
  g_autoptr (KutipDocument) document = fixture_document (100);

  mark (document, "quote", 10, 20);
  g_assert_true (
      kutip_annotate_set_label (document, get_span (document, "s1"), "source", NULL));
  g_assert_cmpstr (kutip_attributes_get_string (
                       kutip_span_get_attributes (get_span (document, "s1")), "form"),
                   ==, "indirect");
}

/* An orphan that is put somewhere is none any more. */
static void
test_place_orphan (void)
{
  g_autoptr (KutipDocument) document = fixture_document (100);
  g_autoptr (KutipSpan) orphan = fixture_orphan ("s7", "quote", 500, 510);
  g_autoptr (GError) error = NULL;

  kutip_layer_add_span (get_layer (document), orphan);
  g_assert_true (kutip_annotate_set_note (document, orphan, "where?", NULL));
  g_assert_true (kutip_span_is_orphan (get_span (document, "s7")));
  g_assert_false (kutip_annotate_set_ranges (document, get_span (document, "s7"),
                                             &(KutipRange){ 5, 5 }, 1, &error));
  g_assert_error (error, KUTIP_DOCUMENT_ERROR, KUTIP_DOCUMENT_ERROR_INVALID);
  g_assert_true (kutip_annotate_set_ranges (document, get_span (document, "s7"),
                                            &(KutipRange){ 5, 9 }, 1, NULL));
  g_assert_false (kutip_span_is_orphan (get_span (document, "s7")));
  g_assert_cmpstr (kutip_span_get_note (get_span (document, "s7")), ==, "where?");
}

static void
test_link (void)
{
  static const struct
  {
    const char *from, *to;
    const char *relation;
    const char *made; /* NULL: refused */
    const char *reason;
  } rows[] = {
    { "s1", "s2", NULL, "attributed-to", "the first type that is allowed" },
    { "s1", "s2", NULL, NULL, "it is there already" },
    { "s1", "s2", "attributed-to", NULL, "by its name, too" },
    { "s1", "s2", "same-as", "same-as", "another type between them" },
    { "s2", "s1", "same-as", NULL, "a symmetric one is there the other way" },
    { "s2", "s1", "attributed-to", NULL, "the wrong way round" },
    { "s1", "s1", "same-as", NULL, "to itself" },
    { "s1", "s3", NULL, "cued-by", "by the labels" },
    { "s1", "s3", "nonsense", NULL, "an unknown type" },
  };
  g_autoptr (KutipDocument) document = fixture_document (100);
  guint n_links = 0;

  mark (document, "quote", 1, 20);
  mark (document, "source", 30, 35);
  mark (document, "cue", 40, 45);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      KutipRelation *link =
          kutip_annotate_link (document, get_span (document, rows[i].from),
                               get_span (document, rows[i].to), rows[i].relation, &error);

      g_test_message ("%s", rows[i].reason);
      if (rows[i].made == NULL)
        {
          g_assert_null (link);
          g_assert_error (error, KUTIP_DOCUMENT_ERROR, KUTIP_DOCUMENT_ERROR_REFUSED);
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpstr (kutip_relation_get_label (link), ==, rows[i].made);
      g_assert_cmpuint (kutip_layer_get_n_relations (get_layer (document)), ==,
                        ++n_links);
    }
}

static void
test_unlink (void)
{
  g_autoptr (KutipDocument) document = fixture_document (100);
  g_autoptr (KutipRelation) link = NULL;
  KutipRelationFields fields;

  mark (document, "quote", 1, 20);
  mark (document, "source", 30, 35);
  link = kutip_relation_ref (kutip_annotate_link (document, get_span (document, "s1"),
                                                  get_span (document, "s2"), NULL, NULL));
  kutip_relation_get_fields (link, &fields);
  g_assert_cmpstr (fields.id, ==, "r3");
  assert_time (fields.created);
  assert_undo_title (document, "Link");
  g_assert_true (kutip_annotate_unlink (document, link, NULL));
  assert_undo_title (document, "Remove Link");
  g_assert_cmpuint (kutip_layer_get_n_relations (get_layer (document)), ==, 0);
  g_assert_false (kutip_annotate_unlink (document, link, NULL));
}

static void
test_header (void)
{
  g_autoptr (KutipDocument) document = fixture_document (100);
  KutipHeaderFields fields =
      *kutip_header_get_fields (kutip_layer_get_header (get_layer (document)));

  g_assert_true (kutip_annotate_set_header (document, &fields, "Change Title", NULL));
  g_assert_cmpuint (count_changes (document), ==, 0);
  fields.title = "Kian Mesra";
  g_assert_true (kutip_annotate_set_header (document, &fields, "Change Title", NULL));
  assert_undo_title (document, "Change Title");
  g_assert_true (kutip_annotate_set_status (document, KUTIP_STATUS_DONE, NULL));
  assert_undo_title (document, "Mark Article as Done");
  g_assert_true (kutip_annotate_set_status (document, KUTIP_STATUS_DONE, NULL));
  g_assert_cmpuint (count_changes (document), ==, 2);
  fields = *kutip_header_get_fields (kutip_layer_get_header (get_layer (document)));
  g_assert_cmpstr (fields.title, ==, "Kian Mesra");
  g_assert_cmpint (fields.status, ==, KUTIP_STATUS_DONE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/annotate/mark", test_mark);
  g_test_add_func ("/annotate/defaults", test_defaults);
  g_test_add_func ("/annotate/mark-refused", test_mark_refused);
  g_test_add_func ("/annotate/progress", test_progress);
  g_test_add_func ("/annotate/remove", test_remove);
  g_test_add_func ("/annotate/setters", test_setters);
  g_test_add_func ("/annotate/stale", test_stale);
  g_test_add_func ("/annotate/keeps-attributes", test_keeps_attributes);
  g_test_add_func ("/annotate/place-orphan", test_place_orphan);
  g_test_add_func ("/annotate/link", test_link);
  g_test_add_func ("/annotate/unlink", test_unlink);
  g_test_add_func ("/annotate/header", test_header);
  return g_test_run ();
}
