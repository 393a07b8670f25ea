/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/history.h"

static void
push (KutipHistory *history, const char *title)
{
  g_autoptr (KutipChange) change = kutip_change_new (title);

  kutip_history_push (history, change);
}

static void
assert_stands (KutipHistory *history, guint position, const char *undo, const char *redo)
{
  KutipChange *back = kutip_history_peek_undo (history);
  KutipChange *forth = kutip_history_peek_redo (history);

  g_assert_cmpuint (kutip_history_get_position (history), ==, position);
  g_assert_cmpstr (back != NULL ? kutip_change_get_title (back) : NULL, ==, undo);
  g_assert_cmpstr (forth != NULL ? kutip_change_get_title (forth) : NULL, ==, redo);
}

static void
test_walk (void)
{
  g_autoptr (KutipHistory) history = kutip_history_new ();

  assert_stands (history, 0, NULL, NULL);
  push (history, "a");
  push (history, "b");
  push (history, "c");
  assert_stands (history, 3, "c", NULL);
  kutip_history_step_back (history);
  kutip_history_step_back (history);
  assert_stands (history, 1, "a", "b");
  kutip_history_step_forward (history);
  assert_stands (history, 2, "b", "c");
  kutip_history_step_back (history);
  kutip_history_step_back (history);
  assert_stands (history, 0, NULL, "a");
  g_assert_cmpuint (kutip_history_get_n_changes (history), ==, 3);
  g_assert_cmpstr (kutip_change_get_title (kutip_history_get_nth (history, 1)), ==, "b");

  g_test_message ("pushing forgets what was undone");
  kutip_history_step_forward (history);
  push (history, "d");
  assert_stands (history, 2, "d", NULL);
  g_assert_cmpuint (kutip_history_get_n_changes (history), ==, 2);
}

static void
test_list_undone (void)
{
  g_autoptr (KutipHistory) history = kutip_history_new ();
  g_autoptr (GPtrArray) undone = NULL;

  g_assert_null (kutip_history_list_undone (history));
  push (history, "a");
  push (history, "b");
  push (history, "c");
  g_assert_null (kutip_history_list_undone (history));
  kutip_history_step_back (history);
  kutip_history_step_back (history);
  undone = kutip_history_list_undone (history);
  push (history, "d");
  g_assert_cmpuint (undone->len, ==, 2);
  g_assert_cmpstr (kutip_change_get_title (g_ptr_array_index (undone, 0)), ==, "b");
  g_assert_cmpstr (kutip_change_get_title (g_ptr_array_index (undone, 1)), ==, "c");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/history/walk", test_walk);
  g_test_add_func ("/history/list-undone", test_list_undone);
  return g_test_run ();
}
