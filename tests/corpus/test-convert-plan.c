/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../rounds.h"
#include "corpus/convert/convert-plan.h"

#include <errno.h>
#include <glib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Some hundred kilobytes of lines, so that none of what is read at once begins or ends
 * where lines do. */
#define N_STEPS 6000

typedef struct
{
  char *stage, *path;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->stage = g_dir_make_tmp ("kutip-plan-XXXXXX", NULL);
  self->path = g_build_filename (self->stage, "plan", NULL);
  g_assert_nonnull (self->stage);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_autofree char *retired = g_build_filename (self->stage, "old-plan", NULL);

  g_unlink (self->path);
  g_unlink (retired);
  g_assert_cmpint (g_rmdir (self->stage), ==, 0);
  g_free (self->path);
  g_free (self->stage);
}

/* Of one byte up to some hundreds, with what has to be escaped. */
static char *
make_name (guint i)
{
  g_autoptr (GString) name = g_string_new (NULL);

  g_string_append_printf (name, "%u/", i);
  for (guint k = 0; k < i * 7919 % 300; k++)
    g_string_append (name, k % 3 == 0 ? "\n" : k % 3 == 1 ? " " : "é");
  g_string_append_c (name, 'x');
  return g_string_free (g_steal_pointer (&name), FALSE);
}

static void
add_steps (KutipPlan *plan)
{
  for (guint i = 0; i < N_STEPS; i++)
    {
      g_autofree char *name = make_name (i);
      GStatBuf status = { .st_ino = i, .st_size = (off_t) i * 3 };

      status.st_mtim.tv_nsec = i;
      g_assert_true (kutip_plan_add (plan, i % KUTIP_N_STEP_KINDS, name, &status));
    }
}

static void
check_step (const KutipStep *step, guint i)
{
  KutipIdentity identity = { .inode = i, .size = (guint64) i * 3, .mtime_ns = i };
  g_autofree char *name = make_name (i);

  g_assert_nonnull (step);
  g_assert_cmpuint (step->number, ==, i);
  g_assert_cmpuint (step->kind, ==, i % KUTIP_N_STEP_KINDS);
  g_assert_cmpstr (step->name, ==, name);
  g_assert_true (kutip_identity_equal (&step->identity, &identity));
}

static void
check_end (const KutipStep *step)
{
  g_assert_null (step);
  g_assert_cmpint (errno, ==, 0);
}

static void
check_steps (KutipPlan *plan)
{
  for (guint i = 0; i < N_STEPS; i++)
    check_step (kutip_plan_next (plan), i);
  check_end (kutip_plan_next (plan));
  for (guint i = N_STEPS; i > 0; i--)
    check_step (kutip_plan_previous (plan), i - 1);
  check_end (kutip_plan_previous (plan));
}

static void
test_steps (Fixture *self, gconstpointer data)
{
  g_autoptr (KutipPlan) plan = kutip_plan_new (self->stage);
  g_autoptr (KutipPlan) found = NULL;

  g_assert_nonnull (plan);
  add_steps (plan);
  g_assert_true (kutip_plan_end (plan, FALSE));
  check_steps (plan);

  found = kutip_plan_read (self->stage);
  g_assert_nonnull (found);
  kutip_plan_rewind (found);
  check_steps (found);
  kutip_plan_wind (found);
  check_end (kutip_plan_next (found));
}

/* From any place, either way. */
static void
test_both_ways (Fixture *self, gconstpointer data)
{
  g_autoptr (KutipPlan) plan = kutip_plan_new (self->stage);
  guint before = 0;

  add_steps (plan);
  g_assert_true (kutip_plan_end (plan, FALSE));
  for (guint i = 0; i < rounds (20000); i++)
    {
      /* Long ways, and some steps there and back. */
      gboolean is_forth = g_test_rand_int_range (0, 100) < (i / 4000 % 2 == 0 ? 90 : 10);

      if (is_forth && before < N_STEPS)
        check_step (kutip_plan_next (plan), before++);
      else if (is_forth)
        check_end (kutip_plan_next (plan));
      else if (before > 0)
        check_step (kutip_plan_previous (plan), --before);
      else
        check_end (kutip_plan_previous (plan));
    }
}

/* One that a run has ended before its end: nothing was begun. */
static void
test_unfinished (Fixture *self, gconstpointer data)
{
  g_autoptr (KutipPlan) plan = kutip_plan_new (self->stage);
  g_autoptr (KutipPlan) found = NULL;

  g_assert_null (kutip_plan_new (self->stage));
  g_assert_cmpint (errno, ==, EEXIST);
  add_steps (plan);
  found = kutip_plan_read (self->stage);
  g_assert_nonnull (found);
  kutip_plan_rewind (found);
  check_end (kutip_plan_next (found));
  kutip_plan_wind (found);
  check_end (kutip_plan_previous (found));
}

typedef struct
{
  const char *content;
  int n_steps; /* -1: it is none */
} Row;

static void
test_contents (Fixture *self, gconstpointer data)
{
  static const Row rows[] = {
    { "", 0 },
    { "end\n", 0 },
    { "end", 0 },
    { "drop 0 0 0 a\nend\n", 1 },
    { "drop 0 0 0 a", 0 },
    { "drop 0 0 0 a\nend", 0 },
    { "drop 0 0 0 aend\n", 0 },
    { "file 1 2 3 a\nfolder 0 0 0 b/c\nend\n", 2 },
    { "file 1 2 3 a\n\nend\n", -1 },
    { "end\nend\n", -1 },
    { "file 1 2 a\nend\n", -1 },
    { "chair 0 0 0 a\nend\n", -1 },
    { "drop 0 0 0 \nend\n", -1 },
    { "drop 0 0 0 a%00b\nend\n", -1 },
    { "drop 0 0 0 ../a\nend\n", -1 },
    { "drop 0 0 0 a/./b\nend\n", -1 },
    { "drop 0 0 0 a%2F..%2F..\nend\n", -1 },
    { "drop 0 0 0 /a\nend\n", -1 },
  };
  g_autofree char *name = g_path_get_basename (self->stage);
  g_autofree char *inside = g_strdup_printf ("drop 0 0 0 %s/a\nend\n", name);
  g_autofree char *many = g_strnfill (1 << 17, 'a');
  g_autofree char *longest = g_strdup_printf ("drop 0 0 0 %s\nend\n", many);
  const Row more[] = { { inside, -1 }, { longest, -1 } };

  for (guint i = 0; i < G_N_ELEMENTS (rows) + G_N_ELEMENTS (more); i++)
    {
      const Row *row =
          i < G_N_ELEMENTS (rows) ? &rows[i] : &more[i - G_N_ELEMENTS (rows)];
      g_autoptr (KutipPlan) found = NULL;
      int n = 0;

      g_test_message ("“%.60s”", row->content);
      g_assert_true (g_file_set_contents (self->path, row->content, -1, NULL));
      found = kutip_plan_read (self->stage);
      g_assert_true ((found == NULL) == (row->n_steps < 0));
      if (found == NULL)
        continue;
      kutip_plan_rewind (found);
      while (kutip_plan_next (found) != NULL)
        n++;
      check_end (NULL);
      g_assert_cmpint (n, ==, row->n_steps);
    }
}

static void
test_zeros (Fixture *self, gconstpointer data)
{
  static const char within[] = "drop 0 0 0 a\0b\nend\n";
  static const char behind[] = "drop 0 0 0 a\nend\n\0\0";
  g_autoptr (KutipPlan) found = NULL;

  g_assert_true (g_file_set_contents (self->path, within, sizeof within - 1, NULL));
  g_assert_null (kutip_plan_read (self->stage));
  /* As a disk leaves it that lost its power. */
  g_assert_true (g_file_set_contents (self->path, behind, sizeof behind - 1, NULL));
  found = kutip_plan_read (self->stage);
  g_assert_nonnull (found);
  check_end (kutip_plan_previous (found));
}

static void
test_no_file (Fixture *self, gconstpointer data)
{
  g_assert_false (kutip_plan_is_there (self->stage));
  g_assert_null (kutip_plan_read (self->stage));
  g_assert_cmpint (mkfifo (self->path, 0600), ==, 0);
  g_assert_true (kutip_plan_is_there (self->stage));
  g_assert_null (kutip_plan_read (self->stage));
}

/* What somebody cuts off meanwhile is missed, not made up. */
static void
test_cut (Fixture *self, gconstpointer data)
{
  g_autoptr (KutipPlan) plan = kutip_plan_new (self->stage);

  add_steps (plan);
  g_assert_true (kutip_plan_end (plan, FALSE));
  g_assert_cmpint (truncate (self->path, 100), ==, 0);
  kutip_plan_wind (plan);
  g_assert_null (kutip_plan_previous (plan));
  g_assert_cmpint (errno, ==, EBADMSG);
  kutip_plan_rewind (plan);
  while (kutip_plan_next (plan) != NULL)
    ;
  g_assert_cmpint (errno, ==, EBADMSG);
}

static void
test_retire (Fixture *self, gconstpointer data)
{
  g_autoptr (KutipPlan) plan = kutip_plan_new (self->stage);

  g_assert_true (kutip_plan_end (plan, TRUE));
  g_assert_true (kutip_plan_is_there (self->stage));
  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (kutip_plan_retire (self->stage));
      g_assert_false (kutip_plan_is_there (self->stage));
    }
  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (kutip_plan_revive (self->stage));
      g_assert_true (kutip_plan_is_there (self->stage));
    }
  kutip_plan_remove (self->stage);
  g_assert_false (kutip_plan_is_there (self->stage));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                              \
  g_test_add ("/convert-plan/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("steps", test_steps);
  ADD ("both-ways", test_both_ways);
  ADD ("unfinished", test_unfinished);
  ADD ("contents", test_contents);
  ADD ("zeros", test_zeros);
  ADD ("no-file", test_no_file);
  ADD ("cut", test_cut);
  ADD ("retire", test_retire);
#undef ADD

  return g_test_run ();
}
