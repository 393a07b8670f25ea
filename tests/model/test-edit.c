/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/edit.h"

#include "fixture.h"

static void
test_invert (void)
{
  g_autoptr (KutipSpan) old_span = fixture_span ("s1", "quote", 1, 5);
  g_autoptr (KutipSpan) new_span = fixture_span ("s1", "quote", 1, 9);
  g_autoptr (KutipRelation) relation = fixture_relation ("r1", "same-as", "s1", "s2");
  g_autoptr (KutipHeader) old_header = fixture_header (KUTIP_STATUS_NEW);
  g_autoptr (KutipHeader) new_header = fixture_header (KUTIP_STATUS_DONE);
  g_autoptr (KutipChange) change = kutip_change_new ("Do Things");
  g_autoptr (KutipChange) inverse = NULL;
  const KutipEdit *edit;

  kutip_change_add_span (change, old_span, new_span);
  kutip_change_add_relation (change, relation, NULL);
  kutip_change_add_header (change, old_header, new_header);
  inverse = kutip_change_invert (change);
  g_clear_pointer (&change, kutip_change_unref);

  g_assert_cmpstr (kutip_change_get_title (inverse), ==, "Do Things");
  g_assert_cmpuint (kutip_change_get_n_edits (inverse), ==, 3);
  edit = kutip_change_get_nth_edit (inverse, 0);
  g_assert_cmpint (edit->kind, ==, KUTIP_EDIT_HEADER);
  g_assert_true (edit->before == new_header && edit->after == old_header);
  edit = kutip_change_get_nth_edit (inverse, 1);
  g_assert_cmpint (edit->kind, ==, KUTIP_EDIT_RELATION);
  g_assert_true (edit->before == NULL && edit->after == relation);
  edit = kutip_change_get_nth_edit (inverse, 2);
  g_assert_cmpint (edit->kind, ==, KUTIP_EDIT_SPAN);
  g_assert_true (edit->before == new_span && edit->after == old_span);
}

/* What a window asks about each change, without going through 100,000 edits. */
static void
test_kinds (void)
{
  g_autoptr (KutipSpan) span = fixture_span ("s1", "quote", 1, 5);
  g_autoptr (KutipRelation) relation = fixture_relation ("r1", "same-as", "s1", "s2");
  g_autoptr (KutipRelation) other = fixture_relation ("r1", "same-as", "s1", "s3");
  g_autoptr (KutipChange) change = kutip_change_new ("Do Things");
  g_autoptr (KutipChange) inverse = NULL;

  g_assert_false (kutip_change_has (change, KUTIP_EDIT_SPAN));
  kutip_change_add_span (change, NULL, span);
  kutip_change_add_relation (change, relation, NULL);
  g_assert_true (kutip_change_has (change, KUTIP_EDIT_SPAN));
  g_assert_true (kutip_change_has (change, KUTIP_EDIT_RELATION));
  g_assert_false (kutip_change_has (change, KUTIP_EDIT_HEADER));
  g_assert_false (kutip_change_alters (change, KUTIP_EDIT_RELATION));
  kutip_change_add_relation (change, relation, other);
  kutip_change_add_relation (change, NULL, relation);
  g_assert_true (kutip_change_alters (change, KUTIP_EDIT_RELATION));
  g_assert_false (kutip_change_alters (change, KUTIP_EDIT_SPAN));
  inverse = kutip_change_invert (change);
  g_assert_true (kutip_change_alters (inverse, KUTIP_EDIT_RELATION));
  g_assert_false (kutip_change_has (inverse, KUTIP_EDIT_HEADER));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/edit/invert", test_invert);
  g_test_add_func ("/edit/kinds", test_kinds);
  return g_test_run ();
}
