/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Import and export while calls fail: the output is as it was, or whole. */
#include "../rounds.h"
#include "../store/place.h"
#include "corpus/convert/convert.h"
#include "corpus/export/export.h"
#include "corpus/rename.h"
#include "disk.h"
#include "sweep.h"
#include "tree.h"

#include <glib/gstdio.h>
#include <string.h>

#define STORY "Ana said that it rains. Budi denies it.\n"

typedef struct
{
  const char *name;
  const char *from;   /* what is put into the output before: a format; NULL: nothing */
  const char *to;     /* format */
  const char *output; /* in the folder of outputs */
  gboolean is_dataset;
  const char *reason;
} Case;

static const Case cases[] = {
  { "stream", NULL, "jsonl", "new.jsonl", FALSE, "a file that was not there" },
  { "stream-over", "csv", "jsonl", "there.jsonl", FALSE, "a file that is replaced" },
  { "beside", NULL, "label-studio", "new.json", FALSE, "one with another beside it" },
  { "beside-over", "label-studio", "label-studio", "there.json", FALSE,
    "both are replaced" },
  { "folder", NULL, "brat", "new", FALSE, "a folder that was not there" },
  { "folder-over", "kutip", "kutip", "there", FALSE,
    "files replaced and added among others, in folders that are there and not" },
  { "import", "kutip", "kutip", "there", FALSE, "back from brat into Kutip's own" },
  { "dataset", NULL, "jsonl", "new", TRUE, "an export" },
  { "dataset-over", "csv", "jsonl", "there", TRUE,
    "one that replaces another, whose "
    "files go" },
};

/* A case under way. */
typedef struct
{
  const Case *case_;
  char *folder; /* with the articles in "in", and with "brat" */
  char *parent; /* "faulty" in it: what is looked at */
  char *output;
  GHashTable *before;
  GHashTable *whole; /* what it is when it went well */
  guint n_later;
} Output;

static void
add_article (const char *folder, const char *name, const char *label, guint start)
{
  g_autoptr (GFile) file = place_file (folder, name, STORY);
  g_autoptr (KutipOpened) opened = place_open (file);
  KutipSaver *saver = kutip_saver_new (opened);

  place_mark (opened->document, label, start, start + 3);
  place_close (saver);
}

static gboolean
convert (const char *input,
         const char *to,
         const char *output,
         gboolean is_dataset,
         GError **error)
{
  char *const inputs[] = { (char *) input, NULL };
  KutipConversion conversion = { .inputs = inputs,
                                 .to = kutip_format_find (to),
                                 .output = output,
                                 .force = TRUE,
                                 .n_jobs = 1 };
  g_auto (KutipConversionResult) result = { 0 };
  g_auto (KutipExportResult) exported = { 0 };
  const KutipExportOptions options = { .version = "1", .title = "Study" };

  return is_dataset ? kutip_export_run (&conversion, &options, &exported, NULL, error)
                    : kutip_conversion_run (&conversion, &result, NULL, error);
}

static char *
get_input (Output *self)
{
  return g_build_filename (
      self->folder, g_str_equal (self->case_->name, "import") ? "brat" : "in", NULL);
}

static gboolean
run_case (Output *self, GError **error)
{
  g_autofree char *input = get_input (self);

  return convert (input, self->case_->to, self->output, self->case_->is_dataset, error);
}

/* What is there before: an older output, and something else. */
static void
prepare (Output *self)
{
  const Case *row = self->case_;
  g_autofree char *old = g_build_filename (self->folder, "old", NULL);
  g_autoptr (GError) error = NULL;
  gboolean is_folder = strchr (row->output, '.') == NULL;

  place_remove (g_strdup (self->parent));
  g_mkdir (self->parent, 0700);
  g_object_unref (place_file (self->parent, "mine.txt", "mine"));
  if (row->from != NULL)
    convert (old, row->from, self->output, row->is_dataset, &error);
  g_assert_no_error (error);
  if (row->from != NULL && is_folder && !row->is_dataset)
    {
      g_object_unref (place_file (self->output, "mine.txt", "mine"));
      g_object_unref (place_file (self->output, "deep/mine.txt", "mine"));
    }
  g_clear_pointer (&self->before, g_hash_table_unref);
  self->before = tree_take (self->parent);
}

/* What cannot be removed stays until the next run. */
static gboolean
is_stage (const char *name)
{
  return strstr (name, ".kutip-") != NULL;
}

/* Of a dataset that is gone, a folder in which nothing is: it is removed last, when all
 * is in place. */
static gboolean
is_folder (const char *name)
{
  return g_str_has_suffix (name, "/");
}

static gboolean
is_stage_or_folder (const char *name)
{
  return is_stage (name) || is_folder (name);
}

static gboolean
may_leave_a_folder (void)
{
  return g_str_equal (sweep_get_operation (), "rmdir");
}

static gboolean
may_leave_a_stage (void)
{
  static const char *const operations[] = { "unlink", "rmdir", "list", NULL };

  return g_strv_contains (operations, sweep_get_operation ());
}

/* Only the folder could not be synced: all is in place, and nobody may rely on it. */
static gboolean
is_done_but_for_the_sync (Output *self, GHashTable *after)
{
  return g_str_equal (sweep_get_operation (), "fsync") &&
         strchr (self->case_->output, '.') != NULL &&
         tree_compare (after, self->whole, NULL) == NULL;
}

/* What could not be put back either is, by the next run, whatever that comes to. */
static gboolean
is_put_back_later (Output *self, const GError *error)
{
  g_autoptr (GHashTable) after = NULL;
  const char *difference;

  if (strstr (error->message, "until the next run") == NULL)
    return FALSE;
  g_assert_false (
      convert ("/nowhere", self->case_->to, self->output, self->case_->is_dataset, NULL));
  after = tree_take (self->parent);
  difference = tree_compare (after, self->before, NULL);
  if (difference != NULL)
    g_error ("%s, a run after %s: “%s”", self->case_->name, sweep_get_planned (),
             difference);
  self->n_later++;
  return TRUE;
}

static void
run_output (gboolean clean, gpointer data)
{
  Output *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) after = NULL;
  gboolean done = run_case (self, &error);
  gboolean (*ignored) (const char *name) = NULL;
  const char *difference;

  if (!clean)
    fault_clear ();
  if (clean && !done)
    g_error ("%s after %s: %s", self->case_->name, sweep_get_planned (), error->message);
  g_assert_cmpint (done, ==, error == NULL);
  after = tree_take (self->parent);
  if (!clean && may_leave_a_stage ())
    ignored = may_leave_a_folder () ? is_stage_or_folder : is_stage;
  else if (may_leave_a_folder ())
    ignored = is_folder;
  difference = tree_compare (after, done ? self->whole : self->before, ignored);
  if (difference != NULL && (done || (!is_done_but_for_the_sync (self, after) &&
                                      !is_put_back_later (self, error))))
    g_error ("%s, %s %s: %s: “%s”", self->case_->name, clean ? "after" : "with",
             sweep_get_planned (), done ? "done" : error->message, difference);
  if (!done && strstr (error->message, "faulty") == NULL)
    g_error ("%s, with %s: no file is named: %s", self->case_->name, sweep_get_planned (),
             error->message);
  if (!done && strstr (error->message, sweep_get_reason ()) == NULL)
    g_error ("%s, with %s: no reason: %s", self->case_->name, sweep_get_planned (),
             error->message);
  if (clean)
    prepare (self);
}

static void
begin (Output *self, const Case *row)
{
  g_autofree char *brat = NULL;
  g_autofree char *in = NULL;
  g_autoptr (GError) error = NULL;

  *self = (Output){ .case_ = row, .folder = place_new () };
  g_test_message ("%s", row->reason);
  brat = g_build_filename (self->folder, "brat", NULL);
  in = g_build_filename (self->folder, "in", NULL);
  self->parent = g_build_filename (self->folder, "faulty", NULL);
  self->output = g_build_filename (self->parent, row->output, NULL);
  add_article (self->folder, "in/a.txt", "quote", 0);
  add_article (self->folder, "in/deep/b.txt", "claim", 4);
  add_article (self->folder, "in/other/c.txt", "claim", 4);
  add_article (self->folder, "old/a.txt", "source", 9);
  add_article (self->folder, "old/deep/b.txt", "source", 9);
  convert (in, "brat", brat, FALSE, &error);
  g_assert_no_error (error);
  prepare (self);
  run_case (self, &error);
  g_assert_no_error (error);
  self->whole = tree_take (self->parent);
  g_assert_nonnull (tree_compare (self->before, self->whole, NULL));
  prepare (self);
}

static void
end (Output *self)
{
  g_hash_table_unref (self->before);
  g_hash_table_unref (self->whole);
  g_free (self->parent);
  g_free (self->output);
  place_remove (self->folder);
}

static void
test_case (gconstpointer data)
{
  Output self;

  begin (&self, data);
  g_assert_cmpuint (sweep (run_output, &self, "faulty"), >, rounds (50));
  g_test_message ("%u times put back by the next run", self.n_later);
  end (&self);
}

/* Somewhere in @tree. */
static gboolean
holds (GHashTable *tree, GBytes *content)
{
  GHashTableIter iter;
  gpointer there;

  g_hash_table_iter_init (&iter, tree);
  while (g_hash_table_iter_next (&iter, NULL, &there))
    if (g_bytes_equal (there, content))
      return TRUE;
  return FALSE;
}

/* The power has failed: what was promised is there, whole; else everything that was there
 * before is, under its name or kept in the stage; and what took its place is whole. */
static void
check_power (const char *promised, gpointer data)
{
  Output *self = data;
  g_autoptr (GHashTable) now = tree_take (self->parent);
  gboolean is_whole = tree_compare (now, self->whole, is_stage_or_folder) == NULL;
  GHashTableIter iter;
  gpointer name, content;

  g_assert_true (is_whole || *promised == '\0');
  g_hash_table_iter_init (&iter, self->before);
  while (!is_whole && g_hash_table_iter_next (&iter, &name, &content))
    {
      GBytes *there = g_hash_table_lookup (now, name);
      GBytes *new = g_hash_table_lookup (self->whole, name);

      if (!holds (now, content))
        g_error ("%s: what “%s” was is lost", self->case_->name, (char *) name);
      if (there != NULL && !g_bytes_equal (there, content) &&
          (new == NULL || !g_bytes_equal (there, new)))
        g_error ("%s: “%s” is neither old nor new", self->case_->name, (char *) name);
    }
}

/* Where something is replaced: what is only made anew can be made again. */
static void
test_power (gconstpointer data)
{
  g_autoptr (Disk) disk = NULL;
  g_autoptr (GPtrArray) done = NULL;
  g_autoptr (GError) error = NULL;
  Output self;

  begin (&self, data);
  disk = disk_new ((const char *const[]){ self.parent, NULL });
  fault_record (self.parent);
  run_case (&self, &error);
  fault_record_mark ("done");
  done = fault_take_records ();
  g_assert_no_error (error);
  g_assert_cmpuint (disk_fail_everywhere (disk, done, check_power, &self), >=, 5);
  end (&self);
}

int
main (int argc, char **argv)
{
  place_init_in_memory (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/output/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
      if (cases[i].from != NULL)
        {
          g_autofree char *power = g_strconcat (path, "-and-power", NULL);

          g_test_add_data_func (power, &cases[i], test_power);
        }
    }
  return g_test_run ();
}
