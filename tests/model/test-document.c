/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/document.h"

#include "fixture.h"

/* What a document tells is written down in words. */

static void
on_changed (KutipDocument *document,
            KutipChange *change,
            KutipDirection direction,
            GString *told)
{
  static const char *const directions[] = { "do", "undo", "redo" };

  g_string_append_printf (told, "%s", directions[direction]);
  for (guint i = 0; i < kutip_change_get_n_edits (change); i++)
    {
      const KutipEdit *edit = kutip_change_get_nth_edit (change, i);

      g_string_append (told, edit->before == NULL  ? " +"
                             : edit->after == NULL ? " -"
                                                   : " *");
      if (edit->kind == KUTIP_EDIT_SPAN)
        g_string_append (
            told, kutip_span_get_id (edit->after != NULL ? edit->after : edit->before));
    }
  g_string_append_c (told, '\n');
}

static void
on_notify (KutipDocument *document, GParamSpec *pspec, GString *told)
{
  g_string_append_printf (told, "%s\n", pspec->name);
}

static GString *
listen (KutipDocument *document)
{
  GString *told = g_string_new (NULL);

  g_signal_connect (document, "changed", G_CALLBACK (on_changed), told);
  g_signal_connect (document, "notify", G_CALLBACK (on_notify), told);
  return told;
}

static void
assert_told (GString *told, const char *expected)
{
  g_assert_cmpstr (told->str, ==, expected);
  g_string_truncate (told, 0);
}

static void
add_span (KutipDocument *document, const char *id, guint start, guint end)
{
  g_autofree char *title = g_strdup_printf ("Mark %s", id);
  g_autoptr (KutipSpan) span = fixture_span (id, "quote", start, end);
  g_autoptr (KutipChange) change = kutip_change_new (title);
  g_autoptr (GError) error = NULL;

  kutip_change_add_span (change, NULL, span);
  g_assert_true (kutip_document_apply (document, change, &error));
  g_assert_no_error (error);
}

static void
remove_span (KutipDocument *document, const char *id)
{
  g_autoptr (KutipChange) change = kutip_change_new ("Delete");

  kutip_change_add_span (
      change, kutip_layer_get_span (kutip_document_get_layer (document), id), NULL);
  g_assert_true (kutip_document_apply (document, change, NULL));
}

static void
assert_spans (KutipDocument *document, const char *expected)
{
  g_autofree char *description = fixture_describe (kutip_document_get_layer (document));

  g_assert_cmpstr (description + strlen ("in-progress\n"), ==, expected);
}

static void
test_signals (void)
{
  g_autoptr (KutipDocument) document = fixture_document (100);
  g_autoptr (GString) told = listen (document);

  add_span (document, "s1", 1, 5);
  assert_told (told, "do +s1\nmodified\ncan-undo\nundo-title\n");
  add_span (document, "s2", 3, 8);
  assert_told (told, "do +s2\nundo-title\n");
  g_assert_true (kutip_document_undo (document));
  assert_told (told, "undo -s2\ncan-redo\nundo-title\nredo-title\n");
  g_assert_true (kutip_document_undo (document));
  assert_told (told, "undo -s1\nmodified\ncan-undo\nundo-title\nredo-title\n");
  g_assert_false (kutip_document_undo (document));
  assert_told (told, "");
  g_assert_true (kutip_document_redo (document));
  assert_told (told, "redo +s1\nmodified\ncan-undo\nundo-title\nredo-title\n");
  add_span (document, "s3", 3, 8);
  assert_told (told, "do +s3\ncan-redo\nundo-title\nredo-title\n");
  g_assert_false (kutip_document_redo (document));
  kutip_document_mark_saved (document, kutip_document_get_state (document));
  assert_told (told, "modified\n");
  kutip_document_set_read_only (document, TRUE);
  assert_told (told, "read-only\ncan-undo\n");
  kutip_document_set_read_only (document, TRUE);
  assert_told (told, "");
}

static void
test_properties (void)
{
  g_autoptr (KutipDocument) document = fixture_document (100);
  g_autoptr (KutipTagset) other = fixture_tagset ();
  g_autoptr (KutipTagset) tagset = NULL;
  g_autoptr (GString) told = listen (document);
  g_autofree char *undo = NULL;
  g_autofree char *redo = NULL;
  gboolean modified, can_undo, can_redo, read_only;

  add_span (document, "s1", 1, 5);
  add_span (document, "s2", 1, 5);
  kutip_document_undo (document);
  g_object_get (document, "modified", &modified, "can-undo", &can_undo, "can-redo",
                &can_redo, "undo-title", &undo, "redo-title", &redo, "read-only",
                &read_only, "tagset", &tagset, NULL);
  g_assert_true (modified && can_undo && can_redo && !read_only);
  g_assert_cmpstr (undo, ==, "Mark s1");
  g_assert_cmpstr (redo, ==, "Mark s2");
  g_assert_true (tagset == kutip_document_get_tagset (document));

  g_string_truncate (told, 0);
  g_object_set (document, "tagset", other, NULL);
  g_object_set (document, "read-only", TRUE, NULL);
  assert_told (told, "tagset\ncan-redo\ncan-undo\nread-only\n");
  g_assert_true (kutip_document_get_tagset (document) == other);
  g_assert_true (kutip_document_is_read_only (document));
  kutip_document_set_tagset (document, other);
  assert_told (told, "");
}

static void
test_read_only (void)
{
  g_autoptr (KutipDocument) document = fixture_document (100);
  g_autoptr (KutipSpan) span = fixture_span ("s2", "quote", 1, 2);
  g_autoptr (KutipChange) change = kutip_change_new ("Mark");
  g_autoptr (GError) error = NULL;

  add_span (document, "s1", 1, 5);
  kutip_document_set_read_only (document, TRUE);
  kutip_change_add_span (change, NULL, span);
  g_assert_false (kutip_document_apply (document, change, &error));
  g_assert_error (error, KUTIP_DOCUMENT_ERROR, KUTIP_DOCUMENT_ERROR_READ_ONLY);
  g_assert_nonnull (strstr (error->message, "fixture.txt"));
  g_assert_false (kutip_document_undo (document));
  assert_spans (document, "s1 quote 1-5\n");
  kutip_document_set_read_only (document, FALSE);
  g_assert_true (kutip_document_undo (document));
  assert_spans (document, "");
}

/* One bad edit among good ones: none of them is made, and nobody hears of it. */
static void
test_all_or_nothing (void)
{
  g_autoptr (KutipDocument) document = fixture_document (100);
  g_autoptr (KutipSpan) good = fixture_span ("s1", "quote", 1, 2);
  g_autoptr (KutipSpan) bad = fixture_span ("s2", "quote", 1, 200);
  g_autoptr (KutipChange) change = kutip_change_new ("Mark");
  g_autoptr (GString) told = listen (document);
  g_autoptr (GError) error = NULL;
  guint64 state = kutip_document_get_state (document);

  kutip_change_add_span (change, NULL, good);
  kutip_change_add_span (change, NULL, bad);
  g_assert_false (kutip_document_apply (document, change, &error));
  g_assert_error (error, KUTIP_DOCUMENT_ERROR, KUTIP_DOCUMENT_ERROR_INVALID);
  assert_spans (document, "");
  assert_told (told, "");
  g_assert_true (kutip_document_get_state (document) == state);
  g_assert_cmpuint (kutip_history_get_n_changes (kutip_document_get_history (document)),
                    ==, 0);
}

/* A change with nothing in it is no step to undo. */
static void
test_empty_change (void)
{
  g_autoptr (KutipDocument) document = fixture_document (100);
  g_autoptr (KutipChange) change = kutip_change_new ("Nothing");
  g_autoptr (GString) told = listen (document);

  g_assert_true (kutip_document_apply (document, change, NULL));
  assert_told (told, "");
  g_assert_false (kutip_document_undo (document));
}

static void
test_states (void)
{
  g_autoptr (KutipDocument) document = fixture_document (100);
  guint64 start = kutip_document_get_state (document);
  guint64 one, two, other;

  g_assert_false (kutip_document_is_modified (document));
  add_span (document, "s1", 1, 5);
  one = kutip_document_get_state (document);
  add_span (document, "s2", 1, 5);
  two = kutip_document_get_state (document);
  g_assert_true (start != one && one != two && two != start);

  g_test_message ("what was written is an older state by now");
  kutip_document_mark_saved (document, one);
  g_assert_true (kutip_document_is_modified (document));
  kutip_document_undo (document);
  g_assert_true (kutip_document_get_state (document) == one);
  g_assert_false (kutip_document_is_modified (document));
  kutip_document_redo (document);
  g_assert_true (kutip_document_get_state (document) == two);
  kutip_document_undo (document);

  g_test_message ("another branch is another state, though it looks the same");
  add_span (document, "s2", 1, 5);
  other = kutip_document_get_state (document);
  g_assert_true (other != two && other != one);

  g_test_message ("the state that was saved cannot be come back to");
  kutip_document_undo (document);
  kutip_document_undo (document);
  add_span (document, "s5", 1, 2);
  remove_span (document, "s5");
  g_assert_true (kutip_document_is_modified (document));
}

/* A history of an earlier run: the layer is where it says, and both ways are open. */
static void
test_restore (void)
{
  g_autoptr (KutipDocument) first = fixture_document (100);
  g_autoptr (KutipDocument) second = NULL;
  g_autoptr (KutipLayer) copy = NULL;
  g_autoptr (GString) told = NULL;
  guint64 state;

  add_span (first, "s1", 1, 5);
  add_span (first, "s2", 3, 8);
  kutip_document_undo (first);
  copy = kutip_layer_snapshot (kutip_document_get_layer (first));
  second = kutip_document_new (kutip_document_get_article (first),
                               kutip_document_get_tagset (first), copy);
  told = listen (second);
  state = kutip_document_get_state (second);
  kutip_document_restore_history (second, kutip_document_get_history (first));
  assert_told (told, "can-undo\ncan-redo\nundo-title\nredo-title\n");
  g_assert_true (kutip_document_get_state (second) == state);
  g_assert_false (kutip_document_is_modified (second));
  g_assert_true (kutip_document_redo (second));
  assert_spans (second, "s1 quote 1-5\ns2 quote 3-8\n");
  g_assert_true (kutip_document_undo (second));
  g_assert_false (kutip_document_is_modified (second));
  g_assert_true (kutip_document_undo (second));
  assert_spans (second, "");
  g_assert_true (kutip_document_is_modified (second));
}

/* One that does not fit is forgotten when it shows; the annotations stay as they are. */
static void
test_restore_misfit (void)
{
  g_autoptr (KutipDocument) first = fixture_document (100);
  g_autoptr (KutipDocument) second = fixture_document (100);

  add_span (first, "s1", 1, 5);
  add_span (second, "s7", 1, 5);
  kutip_document_restore_history (second, kutip_document_get_history (first));
  g_test_expect_message ("kutip", G_LOG_LEVEL_WARNING, "*does not fit*s1*");
  g_assert_false (kutip_document_undo (second));
  g_test_assert_expected_messages ();
  assert_spans (second, "s7 quote 1-5\n");
  g_assert_false (kutip_document_undo (second));
  add_span (second, "s8", 1, 5);
  g_assert_true (kutip_document_undo (second));
  assert_spans (second, "s7 quote 1-5\n");
}

static void
apply_from_handler (KutipDocument *document,
                    KutipChange *change,
                    KutipDirection direction,
                    gpointer refused)
{
  g_test_expect_message ("kutip", G_LOG_LEVEL_CRITICAL, "*emitting*");
  *(gboolean *) refused = !kutip_document_apply (document, change, NULL);
  g_test_assert_expected_messages ();
}

/* From inside "changed" the other listeners would hear of the second change first. */
static void
test_no_change_inside_change (void)
{
  g_autoptr (KutipDocument) document = fixture_document (100);
  gboolean refused = FALSE;

  g_signal_connect (document, "changed", G_CALLBACK (apply_from_handler), &refused);
  add_span (document, "s1", 1, 5);
  g_assert_true (refused);
  assert_spans (document, "s1 quote 1-5\n");
}

static void
take_forgotten (KutipDocument *document,
                KutipChange *change,
                KutipDirection direction,
                GPtrArray **forgotten)
{
  *forgotten = kutip_document_take_forgotten (document);
}

/* What can be done again no more may be taken while the change is told, and only then. */
static void
test_forgotten (void)
{
  g_autoptr (KutipDocument) document = fixture_document (100);
  GPtrArray *forgotten = NULL;

  g_signal_connect (document, "changed", G_CALLBACK (take_forgotten), &forgotten);
  add_span (document, "s1", 1, 5);
  add_span (document, "s2", 3, 8);
  g_assert_null (forgotten);
  kutip_document_undo (document);
  kutip_document_undo (document);
  g_assert_null (forgotten);
  add_span (document, "s3", 3, 8);
  g_assert_nonnull (forgotten);
  g_assert_cmpuint (forgotten->len, ==, 2);
  g_assert_cmpstr (kutip_change_get_title (g_ptr_array_index (forgotten, 1)), ==,
                   "Mark s2");
  g_ptr_array_unref (forgotten);
  kutip_document_undo (document);
  g_signal_handlers_disconnect_by_data (document, &forgotten);
  add_span (document, "s4", 3, 8);
  g_assert_null (kutip_document_take_forgotten (document));
}

static void
test_dies (void)
{
  KutipDocument *document = fixture_document (100);
  KutipLayer *layer = g_object_ref (kutip_document_get_layer (document));
  KutipHistory *history = g_object_ref (kutip_document_get_history (document));

  add_span (document, "s1", 1, 5);
  g_assert_finalize_object (document);
  g_assert_finalize_object (history);
  g_assert_finalize_object (layer);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/signals", test_signals);
  g_test_add_func ("/document/properties", test_properties);
  g_test_add_func ("/document/read-only", test_read_only);
  g_test_add_func ("/document/all-or-nothing", test_all_or_nothing);
  g_test_add_func ("/document/empty-change", test_empty_change);
  g_test_add_func ("/document/states", test_states);
  g_test_add_func ("/document/restore", test_restore);
  g_test_add_func ("/document/restore-misfit", test_restore_misfit);
  g_test_add_func ("/document/no-change-inside-change", test_no_change_inside_change);
  g_test_add_func ("/document/forgotten", test_forgotten);
  g_test_add_func ("/document/dies", test_dies);
  return g_test_run ();
}
