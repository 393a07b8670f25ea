/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../model/fixture.h"
#include "../store/place.h"
#include "disk.h"
#include "format/tagset/tagset-json.h"
#include "model/annotate.h"
#include "store/journal.h"
#include "store/save.h"
#include "store/tagset-file.h"
#include "store/write.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define TEXT                                                                             \
  "Kian mesra, Putin dan Kim.\nDikutip dari BBC, Putin mengatakan langkah ini baik.\n"
#define OLD "the old file, whole\n"
#define NEW "the new file, whole\n"
/* A mark in the records. */
#define SAVED "saved"

/* One file, with what it may hold. */
typedef struct
{
  GFile *file;
  const char *old; /* NULL: none */
  guint n_bad;     /* states in which it is neither; for the test of the test */
  gboolean tolerant;
} Single;

static void
check_single (const char *promised, gpointer data)
{
  Single *self = data;
  g_autofree char *content = place_read (self->file);
  gboolean good = g_strcmp0 (content, NEW) == 0 ||
                  (*promised == '\0' && g_strcmp0 (content, self->old) == 0);

  if (!good && !self->tolerant)
    g_error ("after “%s” was promised: “%s”", promised, content);
  self->n_bad += !good;
}

/* Done wrongly, so that the disk shows that it finds it. */
typedef enum
{
  WITHOUT_SYNC,
  SYNCED_TOO_LATE,
  IN_PLACE,
  FOLDER_NOT_SYNCED,
} Mistake;

static void
write_wrongly (const char *folder, const char *path, Mistake mistake)
{
  g_autofree char *other = g_build_filename (folder, "other", NULL);
  int fd = open (mistake == IN_PLACE ? path : other, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  int folder_fd = open (folder, O_RDONLY | O_DIRECTORY);

  g_assert_cmpint (write (fd, NEW, strlen (NEW)), ==, strlen (NEW));
  if (mistake != WITHOUT_SYNC && mistake != SYNCED_TOO_LATE)
    g_assert_cmpint (fsync (fd), ==, 0);
  if (mistake != IN_PLACE)
    g_assert_cmpint (rename (other, path), ==, 0);
  if (mistake == SYNCED_TOO_LATE)
    g_assert_cmpint (fsync (fd), ==, 0);
  if (mistake != FOLDER_NOT_SYNCED)
    g_assert_cmpint (fsync (folder_fd), ==, 0);
  close (fd);
  close (folder_fd);
}

/* Writing as it must not be done is found out. */
static void
test_mistakes (void)
{
  for (Mistake mistake = WITHOUT_SYNC; mistake <= FOLDER_NOT_SYNCED; mistake++)
    {
      g_autofree char *folder = place_new ();
      Single self = { .old = OLD, .tolerant = TRUE };
      g_autoptr (Disk) disk = NULL;
      g_autoptr (GPtrArray) done = NULL;

      self.file = place_file (folder, "faulty.json", OLD);
      disk = disk_new ((const char *const[]){ folder, NULL });
      fault_record (folder);
      write_wrongly (folder, g_file_peek_path (self.file), mistake);
      fault_record_mark (SAVED);
      done = fault_take_records ();
      disk_fail_everywhere (disk, done, check_single, &self);
      g_assert_cmpuint (self.n_bad, >, 0);
      g_object_unref (self.file);
      place_remove (g_steal_pointer (&folder));
    }
}

/* A file that is written as everything is: over an old one or where nothing was, also
 * where names cannot be exchanged, and where there are no links either. */
static void
test_write (void)
{
  static const char *const olds[] = { OLD, NULL };

  for (guint mode = 0; mode < 3; mode++)
    for (gsize i = 0; i < G_N_ELEMENTS (olds); i++)
      {
        g_autofree char *folder = place_new ();
        Single self = { .old = olds[i] };
        g_autoptr (Disk) disk = NULL;
        g_autoptr (GPtrArray) done = NULL;
        KutipStamp stamp = { 0 };

        self.file = place_file (folder, "faulty.json", olds[i]);
        if (olds[i] != NULL)
          g_bytes_unref (kutip_stamp_read (self.file, 1000, &stamp, NULL, NULL));
        disk = disk_new ((const char *const[]){ folder, NULL });
        fault_plan ("none", 1, 0, FAULT_ONCE, folder);
        fault_forbid_exchange (mode > 0, mode > 1);
        fault_record (folder);
        g_assert_true (
            kutip_write_file_over (self.file, NEW, strlen (NEW), &stamp, NULL));
        fault_record_mark (SAVED);
        done = fault_take_records ();
        fault_forbid_exchange (FALSE, FALSE);
        fault_clear ();
        g_assert_cmpuint (done->len, >=, 5);
        g_assert_cmpuint (disk_fail_everywhere (disk, done, check_single, &self), >=, 2);
        g_object_unref (self.file);
        place_remove (g_steal_pointer (&folder));
      }
}

/* How many spans are promised; a mark in the records. */
static void
promise (guint n_spans)
{
  g_autofree char *mark = g_strdup_printf ("%u", n_spans);

  fault_record_mark (mark);
}

/* An article at work: marked, in the journal, saved, marked again, undone and done again,
 * closed and opened. */
static void
work_on (GFile *article)
{
  g_autoptr (KutipOpened) opened = place_open (article);
  KutipSaver *saver = kutip_saver_new (opened);
  KutipDocument *document = opened->document;

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GError) error = NULL;

      place_mark (document, "quote", 2 * i, 2 * i + 2);
      error = place_flush (saver);
      g_assert_no_error (error);
      promise (i + 1);
    }
  promise (2); /* what is undone may be, and need not be done again yet */
  g_assert_true (kutip_document_undo (document));
  g_assert_true (kutip_document_redo (document));
  place_close (saver);
  promise (3);
}

/* No sidecar is written: the journal alone has it. */
static void
note_in_journal (GFile *article, guint n_there)
{
  g_autoptr (KutipOpened) opened = place_open (article);

  g_assert_nonnull (opened->journal);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (KutipChange) change = kutip_change_new ("Mark");
      g_autofree char *id = g_strdup_printf ("s%u", n_there + i + 10);
      g_autoptr (KutipSpan) span = fixture_span (id, "quote", 30 + 2 * i, 32 + 2 * i);

      kutip_change_add_span (change, NULL, span);
      g_assert_true (kutip_document_apply (opened->document, change, NULL));
      kutip_journal_append_change (opened->journal, change, KUTIP_DIRECTION_DO);
      g_assert_true (kutip_journal_flush (opened->journal, NULL));
      promise (n_there + i + 1);
    }
}

static void
check_session (const char *promised, gpointer data)
{
  GFile *article = data;
  g_autoptr (KutipOpened) opened = place_open (article);
  guint n = kutip_layer_get_n_spans (kutip_document_get_layer (opened->document));

  g_assert_no_error (opened->sidecar_error);
  g_assert_nonnull (opened->journal);
  if (n < (guint) atoi (promised))
    g_error ("%s spans were promised, and there are %u", promised, n);
  g_assert_cmpuint (n, <=, 6);
}

static void
test_session (void)
{
  g_autofree char *folder = place_new ();
  g_autofree char *state = g_build_filename (g_get_user_state_dir (), "kutip", NULL);
  g_autoptr (GFile) article = place_file (folder, "faulty.txt", TEXT);
  g_autoptr (Disk) disk = NULL;
  g_autoptr (GPtrArray) done = NULL;

  g_assert_cmpint (g_mkdir_with_parents (state, 0700), ==, 0);
  disk = disk_new ((const char *const[]){ folder, state, NULL });
  /* Both are somewhere below it. */
  fault_record (g_get_tmp_dir ());
  work_on (article);
  note_in_journal (article, 3);
  done = fault_take_records ();
  g_assert_cmpuint (disk_fail_everywhere (disk, done, check_session, article), >, 50);
  place_remove (g_steal_pointer (&folder));
}

static KutipTagset *
make_tagset (const char *name)
{
  g_autofree char *json = g_strdup_printf (
      "{\"format\": 1, \"name\": \"%s\", \"version\": \"1\", \"guidelines\": "
      "\"guidelines.md\", \"labels\": [{\"name\": \"quote\"}], \"attributes\": [], "
      "\"relations\": []}",
      name);
  g_autoptr (GError) error = NULL;
  KutipTagset *tagset = kutip_tagset_from_json (json, strlen (json), &error);

  g_assert_no_error (error);
  return tagset;
}

static void
check_tagset (const char *promised, gpointer data)
{
  g_autoptr (KutipTagsetFile) file = kutip_tagset_file_read (data, NULL);
  const char *name;

  g_assert_no_error (file->error);
  g_assert_nonnull (file->tagset);
  name = kutip_tagset_get_name (file->tagset);
  if (*promised != '\0')
    g_assert_cmpstr (name, ==, "New");
  else if (!g_str_equal (name, "Old"))
    g_assert_cmpstr (name, ==, "New");
  /* They are written first, so a new tag set has new guidelines. */
  if (g_str_equal (name, "New"))
    g_assert_cmpstr (file->guidelines, ==, NEW);
  else if (!g_str_equal (file->guidelines, OLD))
    g_assert_cmpstr (file->guidelines, ==, NEW);
}

static void
test_tagset (void)
{
  g_autofree char *folder = place_new ();
  g_autoptr (GFile) file = place_file (folder, "tagset.json", NULL);
  g_autoptr (GFile) guidelines = place_file (folder, "guidelines.md", OLD);
  g_autoptr (KutipTagset) old = make_tagset ("Old");
  g_autoptr (KutipTagset) new = make_tagset ("New");
  g_autoptr (KutipTagsetFile) at_first = kutip_tagset_file_read (file, NULL);
  g_autoptr (KutipTagsetFile) read = NULL;
  g_autoptr (Disk) disk = NULL;
  g_autoptr (GPtrArray) done = NULL;

  g_assert_true (kutip_tagset_file_write (at_first, old, OLD, NULL));
  read = kutip_tagset_file_read (file, NULL);
  disk = disk_new ((const char *const[]){ folder, NULL });
  fault_record (folder);
  g_assert_true (kutip_tagset_file_write (read, new, NEW, NULL));
  fault_record_mark (SAVED);
  done = fault_take_records ();
  g_assert_cmpuint (disk_fail_everywhere (disk, done, check_tagset, file), >, 5);
  place_remove (g_steal_pointer (&folder));
}

int
main (int argc, char **argv)
{
  place_init_in_memory (&argc, &argv);
  g_test_add_func ("/power/mistakes", test_mistakes);
  g_test_add_func ("/power/write", test_write);
  g_test_add_func ("/power/session", test_session);
  g_test_add_func ("/power/tagset", test_tagset);
  return g_test_run ();
}
