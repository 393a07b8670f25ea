/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/places.h"

/* What is done, and where the reader is then: a letter for the article and an offset. */
typedef enum
{
  VISIT,
  BACK,
  FORWARD
} What;

typedef struct
{
  What what;
  const char *file;
  guint offset;
  gboolean done; /* whether going back or forward led anywhere */
  const char *reason;
} Step;

static void
run (const Step *steps, guint n)
{
  g_autoptr (KutipPlaces) places = kutip_places_new ();

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GFile) wanted = g_file_new_for_path (steps[i].file);
      GFile *file = NULL;
      guint offset = 0;
      gboolean could;

      if (steps[i].what == VISIT)
        {
          kutip_places_visit (places, wanted, steps[i].offset);
          continue;
        }
      could = kutip_places_can_step (places, steps[i].what == FORWARD);
      g_assert_true (kutip_places_step (places, steps[i].what == FORWARD, &file,
                                        &offset) == steps[i].done);
      g_assert_true (could == steps[i].done);
      if (steps[i].done && (!g_file_equal (file, wanted) || offset != steps[i].offset))
        g_error ("%s: not at %u of %s but at %u of %s", steps[i].reason, steps[i].offset,
                 steps[i].file, offset, g_file_peek_path (file));
    }
}

static void
test_back_and_forward (void)
{
  static const Step steps[] = {
    { BACK, "/a", 0, FALSE, "nowhere yet" },
    { VISIT, "/a", 10, FALSE, NULL },
    { BACK, "/a", 0, FALSE, "the first place has none before it" },
    { VISIT, "/a", 100, FALSE, "a small step moves the place along" },
    { VISIT, "/a", 5000, FALSE, "a jump" },
    { VISIT, "/b", 5000, FALSE, "another article is never near" },
    { BACK, "/a", 5000, TRUE, "across articles" },
    { VISIT, "/a", 5003, FALSE, "the caret is put there: no jump" },
    { BACK, "/a", 100, TRUE, "to where the first steps had led" },
    { BACK, "/a", 0, FALSE, "no farther" },
    { FORWARD, "/a", 5003, TRUE, "and again" },
    { FORWARD, "/b", 5000, TRUE, "across articles" },
    { FORWARD, "/b", 0, FALSE, "no farther" },
    { BACK, "/a", 5003, TRUE, "once more" },
    { VISIT, "/a", 9000, FALSE, "a jump from here" },
    { FORWARD, "/b", 0, FALSE, "is another way forward" },
    { BACK, "/a", 5003, TRUE, "but back it is the same" },
  };

  run (steps, G_N_ELEMENTS (steps));
}

/* However long one reads, the way back has an end, and leads over the last places. */
static void
test_many (void)
{
  g_autoptr (KutipPlaces) places = kutip_places_new ();
  g_autoptr (GFile) file = g_file_new_for_path ("/a");
  GFile *reached;
  guint offset = 0, n = 0;

  for (guint i = 0; i < 1000; i++)
    kutip_places_visit (places, file, i * 1000);
  while (kutip_places_step (places, FALSE, &reached, &offset))
    g_assert_cmpuint (offset, ==, (999 - ++n) * 1000);
  g_assert_cmpuint (n, ==, 99);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/places/back-and-forward", test_back_and_forward);
  g_test_add_func ("/places/many", test_many);
  return g_test_run ();
}
