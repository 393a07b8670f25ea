/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/convert/convert.h"

#include <glib/gstdio.h>
#include <string.h>

/* --- folders --- */

typedef struct
{
  char *root;
  char *in;
  char *out;
} Folder;

static void
remove_all (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_unlink (child) != 0)
        remove_all (child);
    }
  g_rmdir (path);
}

static void
put (const char *folder, const char *name, const char *content)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, content, -1, NULL));
}

static char *
get (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  char *content = NULL;

  g_file_get_contents (path, &content, NULL, NULL);
  return content;
}

static void
set_up (Folder *folder, gconstpointer data)
{
  folder->root = g_dir_make_tmp ("kutip-convert-XXXXXX", NULL);
  folder->in = g_build_filename (folder->root, "in", NULL);
  folder->out = g_build_filename (folder->root, "out", NULL);
  for (guint i = 0; i < 30; i++)
    {
      g_autofree char *text = g_strdup_printf ("%s%02u.txt", i % 3 == 0 ? "b/" : "", i);
      g_autofree char *ann = g_strdup_printf ("%s%02u.ann", i % 3 == 0 ? "b/" : "", i);
      g_autofree char *content = g_strdup_printf ("Menurut BBC 🙂 %u, itu baik.", i);

      put (folder->in, text, content);
      put (folder->in, ann,
           "T1\tSource 8 11\tBBC\nT2\tQuote 12 13\t🙂\nR1\tby Arg1:T2 Arg2:T1\t\n"
           "#1\tAnnotatorNotes T2\twhy\n");
    }
}

static void
tear_down (Folder *folder, gconstpointer data)
{
  remove_all (folder->root);
  g_free (folder->root);
  g_free (folder->in);
  g_free (folder->out);
}

static gboolean
run (Folder *folder,
     KutipConversion *conversion,
     const char *to,
     KutipConversionResult *result,
     GError **error)
{
  char *inputs[] = { folder->in, NULL };

  if (conversion->inputs == NULL)
    conversion->inputs = inputs;
  conversion->to = kutip_format_find (to);
  if (conversion->output == NULL)
    conversion->output = folder->out;
  return kutip_conversion_run (conversion, result, NULL, error);
}

/* The root holds "in" and what else is said; no staging is left over. */
static void
assert_only (Folder *folder, gboolean has_out)
{
  g_autoptr (GDir) dir = g_dir_open (folder->root, 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_assert_true (strcmp (name, "in") == 0 || (has_out && strcmp (name, "out") == 0));
      n++;
    }
  g_assert_cmpuint (n, ==, has_out ? 2 : 1);
}

static void
test_threads (Folder *folder, gconstpointer data)
{
  static const char *const formats[] = { "jsonl", "csv", "conll", "doccano" };
  static const guint jobs[] = { 1, 2, 7 };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *first = NULL;

      for (guint j = 0; j < G_N_ELEMENTS (jobs); j++)
        {
          g_auto (KutipConversionResult) result = { 0 };
          KutipConversion conversion = { .n_jobs = jobs[j] };
          g_autoptr (GError) error = NULL;
          g_autofree char *content = NULL;

          run (folder, &conversion, formats[i], &result, &error);
          g_assert_no_error (error);
          g_assert_cmpuint (result.n_records, ==, 30);
          g_assert_cmpuint (result.n_spans, ==, 60);
          content = get (folder->root, "out");
          g_assert_nonnull (content);
          if (first == NULL)
            first = g_steal_pointer (&content);
          else
            g_assert_cmpstr (content, ==, first);
          assert_only (folder, TRUE);
        }
    }
}

/* brat to Kutip and back gives the same files, folders kept. */
static void
test_folders (Folder *folder, gconstpointer data)
{
  g_autofree char *back = g_build_filename (folder->root, "back", NULL);
  char *inputs[] = { folder->out, NULL };
  g_auto (KutipConversionResult) result = { 0 };
  g_auto (KutipConversionResult) other = { 0 };
  KutipConversion conversion = { .n_jobs = 2 };
  KutipConversion again = { .n_jobs = 2, .inputs = inputs, .output = back };
  g_autoptr (GError) error = NULL;
  g_autofree char *before = get (folder->in, "b/03.ann");
  g_autofree char *text = get (folder->in, "b/03.txt");
  g_autofree char *after = NULL;
  g_autofree char *text_after = NULL;
  g_autofree char *tagset = NULL;

  run (folder, &conversion, "kutip", &result, &error);
  g_assert_no_error (error);
  tagset = get (folder->out, "tagset.json");
  g_assert_nonnull (strstr (tagset, "\"Quote\""));
  run (folder, &again, "brat", &other, &error);
  g_assert_no_error (error);
  after = get (back, "b/03.ann");
  text_after = get (back, "b/03.txt");
  g_assert_nonnull (strstr (after, "T2\tQuote 12 13\t🙂\n"));
  g_assert_cmpuint (strlen (after), ==, strlen (before));
  g_assert_cmpstr (text_after, ==, text);
}

/* Annotations that name a tag set Kutip ships are converted with that one, whole: a value
 * that does not occur is allowed still. */
static void
test_shipped_tagset (Folder *folder, gconstpointer data)
{
  static const struct
  {
    const char *names[2]; /* of the two layers' tag sets */
    const char *version;
    const char *expected; /* in tagset.json */
    const char *unexpected;
    const char *reason;
  } cases[] = {
    { { "News attribution", "News attribution" },
      "1",
      "\"free-indirect\"",
      "Converted",
      "" },
    { { "News attribution", "Mine" }, "1", "Converted", "free-indirect", "two tag sets" },
    { { "Mine", "Mine" }, "1", "Converted", "free-indirect", "not shipped" },
    { { "News attribution", "News attribution" },
      "0",
      "Converted",
      "free-indirect",
      "another version" },
  };

  g_autofree char *digest =
      g_compute_checksum_for_string (G_CHECKSUM_SHA256, "One\n", -1);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *in = g_strdup_printf ("%s/named-%u", folder->root, i);
      g_autofree char *out = g_strdup_printf ("%s/out-%u", folder->root, i);
      g_autofree char *tagset = NULL;
      g_auto (KutipConversionResult) result = { 0 };
      char *inputs[] = { in, NULL };
      KutipConversion conversion = { .n_jobs = 1, .inputs = inputs, .output = out };
      g_autoptr (GError) error = NULL;

      for (guint j = 0; j < 2; j++)
        {
          g_autofree char *article = g_strdup_printf ("%u.txt", j);
          g_autofree char *sidecar = g_strconcat (article, ".annotations.json", NULL);
          g_autofree char *content = g_strdup_printf (
              "{\"format\": 1, \"article\": {\"file\": \"%s\", \"sha256\": \"%s\", "
              "\"length\": 4}, \"offsets\": \"unicode code points\", \"tagset\": "
              "{\"name\": \"%s\", \"version\": \"%s\"}, \"spans\": [{\"id\": \"s1\", "
              "\"label\": \"quote\", \"ranges\": [[0, 3]], \"text\": [\"One\"], "
              "\"attributes\": {\"form\": \"direct\"}}], \"relations\": []}",
              article, digest, cases[i].names[j], cases[i].version);

          put (in, article, "One\n");
          put (in, sidecar, content);
        }
      run (folder, &conversion, "kutip", &result, &error);
      g_assert_no_error (error);
      tagset = get (out, "tagset.json");
      if (strstr (tagset, cases[i].expected) == NULL ||
          strstr (tagset, cases[i].unexpected) != NULL)
        g_error ("%s: %s", cases[i].reason, tagset);
    }
}

/* One bad file among the others. */
static void
test_failure (Folder *folder, gconstpointer data)
{
  static const char *const formats[] = { "jsonl", "kutip" };

  put (folder->in, "11.ann", "T1\tSource 0 1\tM\n\xff\xfe\n");
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    for (guint jobs = 1; jobs <= 3; jobs++)
      {
        g_auto (KutipConversionResult) result = { 0 };
        g_auto (KutipConversionResult) going = { 0 };
        KutipConversion conversion = { .n_jobs = jobs };
        KutipConversion keep_going = { .n_jobs = jobs, .keep_going = TRUE };
        g_autoptr (GError) error = NULL;

        g_assert_false (run (folder, &conversion, formats[i], &result, &error));
        g_assert_nonnull (strstr (error->message, "11.ann"));
        assert_only (folder, FALSE);
        g_clear_error (&error);

        g_assert_true (run (folder, &keep_going, formats[i], &going, &error));
        g_assert_cmpuint (going.failures->len, ==, 1);
        g_assert_nonnull (strstr (g_ptr_array_index (going.failures, 0), "11.ann"));
        g_assert_cmpuint (going.n_records, ==, 29);
        assert_only (folder, TRUE);
        remove_all (folder->out);
        g_unlink (folder->out);
      }
}

/* Files that are there are not replaced, and nothing else is added, unless forced to. */
static void
test_existing (Folder *folder, gconstpointer data)
{
  g_auto (KutipConversionResult) result = { 0 };
  g_auto (KutipConversionResult) forced = { 0 };
  KutipConversion conversion = { .n_jobs = 2 };
  KutipConversion with_force = { .n_jobs = 2, .force = TRUE };
  g_autoptr (GError) error = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *replaced = NULL;
  g_autofree char *other = NULL;

  put (folder->out, "29.txt", "mine");
  put (folder->out, "mine.txt", "mine");
  g_assert_false (run (folder, &conversion, "brat", &result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  kept = get (folder->out, "29.txt");
  g_assert_cmpstr (kept, ==, "mine");
  g_assert_cmpstr (get (folder->out, "28.txt"), ==, NULL);
  g_clear_error (&error);

  g_assert_true (run (folder, &with_force, "brat", &forced, &error));
  replaced = get (folder->out, "29.txt");
  g_assert_cmpstr (replaced, ==, "Menurut BBC 🙂 29, itu baik.");
  other = get (folder->out, "mine.txt");
  g_assert_cmpstr (other, ==, "mine");
}

static void
test_strict (Folder *folder, gconstpointer data)
{
  g_auto (KutipConversionResult) result = { 0 };
  KutipConversion conversion = { .n_jobs = 2, .strict = TRUE };
  g_autoptr (GError) error = NULL;

  g_assert_false (run (folder, &conversion, "conll", &result, &error));
  g_assert_error (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_LOSS);
  g_assert_cmpuint (kutip_report_count (result.report, KUTIP_REPORT_LOSS, "relations"),
                    ==, 30);
  g_assert_cmpuint (kutip_report_count (result.report, KUTIP_REPORT_LOSS, "notes"), ==,
                    30);
  assert_only (folder, FALSE);
}

static void
cancel (const KutipConversionProgress *progress, gpointer cancellable)
{
  if (progress->n_units >= 9)
    g_cancellable_cancel (cancellable);
}

static void
test_cancel (Folder *folder, gconstpointer data)
{
  static const char *const formats[] = { "jsonl", "kutip" };
  char *inputs[] = { folder->in, NULL };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    for (guint jobs = 1; jobs <= 2; jobs++)
      {
        g_autoptr (GCancellable) cancellable = g_cancellable_new ();
        g_auto (KutipConversionResult) result = { 0 };
        g_autoptr (GError) error = NULL;
        KutipConversion conversion = {
          .inputs = inputs,
          .to = kutip_format_find (formats[i]),
          .output = folder->out,
          .n_jobs = jobs,
          .keep_going = TRUE,
          .progress = cancel,
          .progress_data = cancellable,
        };

        g_assert_false (kutip_conversion_run (&conversion, &result, cancellable, &error));
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
        assert_only (folder, FALSE);
      }
}

/* The shares that were told, one after the other. */
static void
note_share (const KutipConversionProgress *progress, gpointer shares)
{
  g_array_append_val (shares, progress->share);
}

static void
test_share (Folder *folder, gconstpointer data)
{
  static const struct
  {
    const char *inputs[3];
    gboolean counts;
    gboolean known; /* before the end */
    const char *reason;
  } rows[] = {
    { { "in" }, TRUE, TRUE, "a folder whose files are counted" },
    { { "in" }, FALSE, FALSE, "one whose files are not" },
    { { "lines.jsonl" }, FALSE, TRUE, "a file of many articles" },
    { { "lines.jsonl", "more.jsonl" }, FALSE, TRUE, "two of them" },
    { { "lines.jsonl", "in" }, TRUE, TRUE, "a file before a folder" },
    { { "in", "in/01.ann" }, TRUE, TRUE, "what comes with the folder" },
  };
  static const char line[] = "{\"path\": \"%u-%s.txt\", \"text\": \"b\"}\n";

  g_assert_cmpint (g_chdir (folder->root), ==, 0);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GString) lines = g_string_new (NULL);

      for (guint j = 0; j < 50; j++)
        g_string_append_printf (lines, line, j, i == 0 ? "a" : "b");
      put (folder->root, i == 0 ? "lines.jsonl" : "more.jsonl", lines->str);
    }
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (guint jobs = 1; jobs <= 2; jobs++)
      {
        g_autoptr (GArray) shares = g_array_new (FALSE, FALSE, sizeof (double));
        g_auto (KutipConversionResult) result = { 0 };
        g_autoptr (GError) error = NULL;
        KutipConversion conversion = {
          .inputs = (char *const *) rows[i].inputs,
          .to = kutip_format_find ("jsonl"),
          .output = folder->out,
          .force = TRUE,
          .n_jobs = jobs,
          .counts = rows[i].counts,
          .progress = note_share,
          .progress_data = shares,
        };
        double before = 0;
        guint n_steps = 0;

        g_test_message ("%s, %u at a time", rows[i].reason, jobs);
        kutip_conversion_run (&conversion, &result, NULL, &error);
        g_assert_no_error (error);
        for (guint j = 0; j < shares->len; j++)
          {
            double share = g_array_index (shares, double, j);

            g_assert_cmpfloat (share, >=, before);
            g_assert_cmpfloat (share, <=, 1);
            n_steps += share > before;
            before = share;
          }
        g_assert_cmpfloat_with_epsilon (before, 1, 1e-9);
        /* With several at a time short ones come together. */
        g_assert_cmpuint (n_steps, >=, !rows[i].known ? 1 : jobs == 1 ? 30 : 2);
        g_assert_cmpuint (n_steps, <=, rows[i].known ? shares->len : 1);
      }
}

/* A path in a file leads nowhere but into the output. */
static void
test_escape (Folder *folder, gconstpointer data)
{
  static const char *const paths[] = { "../x.txt", "/tmp/x.txt", "a/../../x.txt", "",
                                       "a//x.txt" };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *line =
          g_strdup_printf ("{\"path\": \"%s\", \"text\": \"b\"}\n", paths[i]);
      g_autofree char *file = g_build_filename (folder->in, "x.jsonl", NULL);
      char *inputs[] = { file, NULL };
      g_auto (KutipConversionResult) result = { 0 };
      KutipConversion conversion = { .inputs = inputs, .n_jobs = 1 };
      g_autoptr (GError) error = NULL;

      put (folder->in, "x.jsonl", line);
      g_assert_false (run (folder, &conversion, "kutip", &result, &error));
      g_assert_nonnull (error);
      assert_only (folder, FALSE);
    }
}

/* Events whose trigger is the cue itself, one cue for two of them, and a trigger that two
 * events share: what belongs to one event is linked to nothing of the other. */
static void
test_map_of_cues (Folder *folder, gconstpointer data)
{
  static const char text[] = "He and she said it is good and that is all.";
  static const char ann[] =
      "T1\tSource 0 2\tHe\nT2\tSource 7 10\tshe\nT3\tCue 11 15\tsaid\n"
      "T4\tContent 16 26\tit is good\nT5\tContent 31 42\tthat is all\n"
      "E1\tCue:T3 Source:T1 Content:T4\nE2\tCue:T3 Source:T2 Content:T5\n"
      "T6\tAttribution 11 15\tsaid\nE3\tAttribution:T6 Source:T1 Content:T5 Cue:T3\n"
      "E4\tAttribution:T6 Source:T2 Content:T4 Cue:T3\n";
  static const char *const relations[] = {
    "\"introduced-by\", \"from\": \"T4\", \"to\": \"T3\", \"event\": \"E1\"",
    "\"attributed-to\", \"from\": \"T4\", \"to\": \"T1\", \"event\": \"E1\"",
    "\"introduced-by\", \"from\": \"T5\", \"to\": \"T3\", \"event\": \"E2\"",
    "\"attributed-to\", \"from\": \"T5\", \"to\": \"T2\", \"event\": \"E2\"",
    "\"introduced-by\", \"from\": \"T5\", \"to\": \"T3\", \"event\": \"E3\"",
    "\"attributed-to\", \"from\": \"T5\", \"to\": \"T1\", \"event\": \"E3\"",
    "\"introduced-by\", \"from\": \"T4\", \"to\": \"T3\", \"event\": \"E4\"",
    "\"attributed-to\", \"from\": \"T4\", \"to\": \"T2\", \"event\": \"E4\"",
  };
  g_autofree char *in = g_build_filename (folder->root, "in", "p", NULL);
  char *inputs[] = { in, NULL };
  g_autoptr (KutipRenaming) there = kutip_renaming_load_builtin ("polnear-to-kutip");
  g_auto (KutipConversionResult) result = { 0 };
  KutipConversion conversion = { .inputs = inputs, .renaming = there, .n_jobs = 1 };
  g_autoptr (GError) error = NULL;
  g_autofree char *sidecar = NULL;
  g_auto (GStrv) lines = NULL;

  put (in, "a.txt", text);
  put (in, "a.ann", ann);
  run (folder, &conversion, "kutip", &result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (kutip_report_get_n (result.report, KUTIP_REPORT_LOSS), ==, 0);
  sidecar = get (folder->out, "a.txt.annotations.json");
  for (guint i = 0; i < G_N_ELEMENTS (relations); i++)
    {
      g_test_message ("%s", relations[i]);
      g_assert_nonnull (strstr (sidecar, relations[i]));
    }
  lines = g_strsplit (sidecar, "\"from\": ", -1);
  g_assert_cmpuint (g_strv_length (lines) - 1, ==, G_N_ELEMENTS (relations));
  g_assert_null (strstr (sidecar, "Attribution"));
}

/* Events of PolNeAR into direct relations, and back: the same annotations. */
static void
test_maps (Folder *folder, gconstpointer data)
{
  static const char text[] = "He said it is good and that is all.";
  static const char ann[] =
      "T1\tSource 0 2\tHe\nT2\tCue 3 7\tsaid\nT3\tContent 8 18;23 34\tit is good that is "
      "all\nT4\tAttribution 3 7\tsaid\nE1\tAttribution:T4 Content:T3 Cue:T2 Source:T1\n"
      "T5\tCue 19 22\tand\nT6\tContent 23 27\tthat\n"
      "T7\tAttribution-no-source 19 22\tand\n"
      "E2\tAttribution-no-source:T7 Cue:T5 Content:T6\n";
  g_autofree char *in = g_build_filename (folder->root, "in", "p", NULL);
  g_autofree char *back = g_build_filename (folder->root, "back", NULL);
  char *inputs[] = { in, NULL };
  char *outputs[] = { folder->out, NULL };
  g_autoptr (KutipRenaming) there = kutip_renaming_load_builtin ("polnear-to-kutip");
  g_autoptr (KutipRenaming) back_again = kutip_renaming_load_builtin ("kutip-to-polnear");
  g_auto (KutipConversionResult) result = { 0 };
  g_auto (KutipConversionResult) other = { 0 };
  KutipConversion conversion = { .inputs = inputs, .renaming = there, .n_jobs = 1 };
  KutipConversion again = {
    .inputs = outputs, .renaming = back_again, .output = back, .n_jobs = 1
  };
  g_autoptr (GError) error = NULL;
  g_autofree char *sidecar = NULL;
  g_autofree char *after = NULL;
  g_autofree char *conf = NULL;

  put (in, "text/a.txt", text);
  put (in, "attributions/a_4b22.ann", ann);
  run (folder, &conversion, "kutip", &result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (kutip_report_get_n (result.report, KUTIP_REPORT_LOSS), ==, 0);
  sidecar = get (folder->out, "text/a.txt.4b22.annotations.json");
  g_assert_nonnull (
      strstr (sidecar, "\"label\": \"quote\", \"ranges\": [[8, 18], [23, 34]]"));
  g_assert_nonnull (
      strstr (sidecar, "\"label\": \"attributed-to\", \"from\": \"T3\", \"to\": \"T1\""));
  g_assert_nonnull (
      strstr (sidecar, "\"label\": \"introduced-by\", \"from\": \"T3\", \"to\": \"T2\""));
  g_assert_nonnull (
      strstr (sidecar, "\"label\": \"introduced-by\", \"from\": \"T6\", \"to\": \"T5\""));
  g_assert_null (strstr (sidecar, "Attribution"));

  run (folder, &again, "brat", &other, &error);
  g_assert_no_error (error);
  after = get (back, "text/a_4b22.ann");
  g_assert_nonnull (strstr (after, "\tContent 8 18;23 34\t"));
  g_assert_nonnull (strstr (after, "\tAttribution 3 7\tsaid\n"));
  g_assert_nonnull (strstr (after, "E1\tAttribution:T"));
  g_assert_nonnull (strstr (after, " Content:T3"));
  g_assert_nonnull (strstr (after, " Source:T1"));
  g_assert_nonnull (strstr (after, " Cue:T2"));
  g_assert_nonnull (strstr (after, "\tAttribution-no-source 19 22\tand\n"));
  g_assert_nonnull (strstr (after, "\tAttribution-no-source:T"));

  /* Events are defined as such, with what is in them. */
  conf = get (back, "annotation.conf");
  g_assert_nonnull (strstr (
      conf, "\n[events]\n<ROLE-F>=Content\n<ROLE-G>=Cue\n"
            "Attribution\tContent*:<ROLE-F>, Cue*:<ROLE-G>, Source*:Source\n"
            "Attribution-no-source\tContent*:<ROLE-F>, Cue*:<ROLE-G>\n\n[attributes]\n"));
  g_assert_null (strstr (conf, "\nSource\tArg1:"));
}

#define ADD(name, function)                                                              \
  g_test_add ("/convert/" name, Folder, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("threads", test_threads);
  ADD ("folders", test_folders);
  ADD ("shipped-tagset", test_shipped_tagset);
  ADD ("failure", test_failure);
  ADD ("existing", test_existing);
  ADD ("strict", test_strict);
  ADD ("cancel", test_cancel);
  ADD ("share", test_share);
  ADD ("escape", test_escape);
  ADD ("maps", test_maps);
  ADD ("map-of-cues", test_map_of_cues);
  return g_test_run ();
}
