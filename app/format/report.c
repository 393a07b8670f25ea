/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/report.h"

#include <string.h>

/* Entries of one kind and word that are listed when nobody says otherwise; all are
 * counted. */
#define DEFAULT_LIMIT 1000

/* How often one word occurred. */
typedef struct
{
  guint count;
  guint n_kept;
} Tally;

struct _KutipReport
{
  GArray *entries;        /* KutipReportEntry */
  GStringChunk *strings;  /* what the entries point to */
  GHashTable *tallies[2]; /* interned word -> Tally, by KutipReportKind */
  guint n[2];
  guint limit;
};

KutipReport *
kutip_report_new (void)
{
  KutipReport *self = g_new0 (KutipReport, 1);

  self->entries = g_array_new (FALSE, FALSE, sizeof (KutipReportEntry));
  self->strings = g_string_chunk_new (1024);
  for (guint i = 0; i < G_N_ELEMENTS (self->tallies); i++)
    self->tallies[i] = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->limit = DEFAULT_LIMIT;
  return self;
}

void
kutip_report_free (KutipReport *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->entries);
  g_string_chunk_free (self->strings);
  for (guint i = 0; i < G_N_ELEMENTS (self->tallies); i++)
    g_hash_table_unref (self->tallies[i]);
  g_free (self);
}

void
kutip_report_set_limit (KutipReport *self, guint limit)
{
  self->limit = limit;
}

static Tally *
get_tally (KutipReport *self, KutipReportKind kind, const char *what)
{
  Tally *tally = g_hash_table_lookup (self->tallies[kind], what);

  if (tally == NULL)
    {
      tally = g_new0 (Tally, 1);
      g_hash_table_insert (self->tallies[kind], (gpointer) what, tally);
    }
  return tally;
}

static const char *
keep_string (KutipReport *self, const char *string)
{
  return string == NULL ? NULL : g_string_chunk_insert_const (self->strings, string);
}

void
kutip_report_add (KutipReport *self,
                  KutipReportKind kind,
                  const char *what,
                  const char *path,
                  const char *id,
                  guint64 line,
                  const char *detail)
{
  const char *word = g_intern_string (what);
  Tally *tally = get_tally (self, kind, word);

  self->n[kind]++;
  tally->count++;
  if (tally->n_kept >= self->limit)
    return;

  KutipReportEntry entry = {
    .kind = kind,
    .what = word,
    .path = keep_string (self, path),
    .id = keep_string (self, id),
    .line = line,
    .detail = keep_string (self, detail),
  };
  g_array_append_val (self->entries, entry);
  tally->n_kept++;
}

/* Adds what @other counted but did not list. */
static void
take_unlisted (KutipReport *self, KutipReport *other, KutipReportKind kind)
{
  GHashTableIter iter;
  gpointer what, value;

  g_hash_table_iter_init (&iter, other->tallies[kind]);
  while (g_hash_table_iter_next (&iter, &what, &value))
    {
      Tally *theirs = value;
      guint unlisted = theirs->count - theirs->n_kept;

      get_tally (self, kind, what)->count += unlisted;
      self->n[kind] += unlisted;
    }
}

void
kutip_report_take (KutipReport *self, KutipReport *other)
{
  for (guint i = 0; i < other->entries->len; i++)
    {
      const KutipReportEntry *entry =
          &g_array_index (other->entries, KutipReportEntry, i);

      kutip_report_add (self, entry->kind, entry->what, entry->path, entry->id,
                        entry->line, entry->detail);
    }
  take_unlisted (self, other, KUTIP_REPORT_LOSS);
  take_unlisted (self, other, KUTIP_REPORT_WARNING);

  g_array_set_size (other->entries, 0);
  g_string_chunk_clear (other->strings);
  for (guint i = 0; i < G_N_ELEMENTS (other->tallies); i++)
    {
      g_hash_table_remove_all (other->tallies[i]);
      other->n[i] = 0;
    }
}

guint
kutip_report_get_n (KutipReport *self, KutipReportKind kind)
{
  return self->n[kind];
}

guint
kutip_report_get_n_entries (KutipReport *self)
{
  return self->entries->len;
}

const KutipReportEntry *
kutip_report_get_nth (KutipReport *self, guint i)
{
  g_return_val_if_fail (i < self->entries->len, NULL);
  return &g_array_index (self->entries, KutipReportEntry, i);
}

guint
kutip_report_count (KutipReport *self, KutipReportKind kind, const char *what)
{
  Tally *tally = g_hash_table_lookup (self->tallies[kind], g_intern_string (what));

  return tally == NULL ? 0 : tally->count;
}

static int
compare_words (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char **
kutip_report_list_what (KutipReport *self, KutipReportKind kind)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer what;

  g_hash_table_iter_init (&iter, self->tallies[kind]);
  while (g_hash_table_iter_next (&iter, &what, NULL))
    g_ptr_array_add (words, g_strdup (what));
  g_ptr_array_sort (words, compare_words);
  g_ptr_array_add (words, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&words), FALSE);
}
