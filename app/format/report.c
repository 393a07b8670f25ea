/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/report.h"

#include <string.h>

/* Entries of one kind and word that are listed when nobody says otherwise; all are
 * counted. */
#define DEFAULT_LIMIT 1000

/* How often one word occurred. */
typedef struct
{
  const char *what; /* interned */
  guint count;
  guint n_kept;
} Tally;

/* Two are made for each article of a conversion, and most stay empty: what they need is
 * made when something is added. */
struct _KutipReport
{
  GArray *entries;       /* KutipReportEntry, or NULL */
  GStringChunk *strings; /* what the entries point to, or NULL */
  GArray *tallies[2];    /* Tally, by KutipReportKind, or NULL; few words occur */
  guint n[2];
  guint n_left_out; /* of the warnings */
  guint limit;
  char *annotator; /* of what is added, or NULL */
};

KutipReport *
kutip_report_new (void)
{
  KutipReport *self = g_new0 (KutipReport, 1);

  self->limit = DEFAULT_LIMIT;
  return self;
}

void
kutip_report_free (KutipReport *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->entries, g_array_unref);
  g_clear_pointer (&self->strings, g_string_chunk_free);
  for (guint i = 0; i < G_N_ELEMENTS (self->tallies); i++)
    g_clear_pointer (&self->tallies[i], g_array_unref);
  g_free (self->annotator);
  g_free (self);
}

void
kutip_report_set_limit (KutipReport *self, guint limit)
{
  self->limit = limit;
}

/* NULL when the word did not occur. From the last, as words come in runs. */
static Tally *
find_tally (KutipReport *self, KutipReportKind kind, const char *what)
{
  GArray *tallies = self->tallies[kind];

  for (guint i = tallies == NULL ? 0 : tallies->len; i > 0; i--)
    {
      Tally *tally = &g_array_index (tallies, Tally, i - 1);

      if (tally->what == what || strcmp (tally->what, what) == 0)
        return tally;
    }
  return NULL;
}

static Tally *
get_tally (KutipReport *self, KutipReportKind kind, const char *what)
{
  Tally *tally = find_tally (self, kind, what);
  Tally new = { 0 };

  if (tally != NULL)
    return tally;
  if (self->tallies[kind] == NULL)
    self->tallies[kind] = g_array_new (FALSE, FALSE, sizeof (Tally));
  new.what = g_intern_string (what);
  g_array_append_val (self->tallies[kind], new);
  return &g_array_index (self->tallies[kind], Tally, self->tallies[kind]->len - 1);
}

static const char *
keep_string (KutipReport *self, const char *string)
{
  if (string != NULL && self->strings == NULL)
    self->strings = g_string_chunk_new (1024);
  return string == NULL ? NULL : g_string_chunk_insert (self->strings, string);
}

/* Most entries are of the same article and layer as the one before. */
static const char *
keep_again (KutipReport *self, const char *last, const char *string)
{
  return last != NULL && string != NULL && strcmp (last, string) == 0
             ? last
             : keep_string (self, string);
}

/* All but the tally's word is copied. */
static void
append_entry (KutipReport *self, const KutipReportEntry *entry)
{
  KutipReportEntry kept = *entry;
  const KutipReportEntry *last = NULL;

  if (self->entries == NULL)
    self->entries = g_array_new (FALSE, FALSE, sizeof (KutipReportEntry));
  else if (self->entries->len > 0)
    last = &g_array_index (self->entries, KutipReportEntry, self->entries->len - 1);
  kept.path = keep_again (self, last == NULL ? NULL : last->path, entry->path);
  kept.annotator =
      keep_again (self, last == NULL ? NULL : last->annotator, entry->annotator);
  kept.id = keep_string (self, entry->id);
  kept.detail = keep_string (self, entry->detail);
  g_array_append_val (self->entries, kept);
}

static void
add_entry (KutipReport *self, const KutipReportEntry *entry)
{
  Tally *tally = get_tally (self, entry->kind, entry->what);
  KutipReportEntry counted = *entry;

  self->n[entry->kind]++;
  tally->count++;
  if (tally->n_kept >= self->limit)
    return;
  counted.what = tally->what;
  append_entry (self, &counted);
  tally->n_kept++;
}

void
kutip_report_set_annotator (KutipReport *self, const char *annotator)
{
  if (annotator != NULL && *annotator == '\0')
    annotator = NULL;
  if (g_strcmp0 (self->annotator, annotator) == 0)
    return;
  g_free (self->annotator);
  self->annotator = g_strdup (annotator);
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
  const KutipReportEntry entry = {
    .kind = kind,
    .what = what,
    .path = path,
    .annotator = self->annotator,
    .id = id,
    .line = line,
    .detail = detail,
  };

  add_entry (self, &entry);
}

void
kutip_report_add_left_out (KutipReport *self,
                           const char *what,
                           const char *path,
                           const char *id,
                           guint64 line,
                           const char *detail)
{
  kutip_report_add (self, KUTIP_REPORT_WARNING, what, path, id, line, detail);
  self->n_left_out++;
}

guint
kutip_report_get_n_left_out (KutipReport *self)
{
  return self->n_left_out;
}

/* Adds what @other counted but did not list. */
static void
take_unlisted (KutipReport *self, KutipReport *other, KutipReportKind kind)
{
  GArray *tallies = other->tallies[kind];

  for (guint i = 0; tallies != NULL && i < tallies->len; i++)
    {
      const Tally *theirs = &g_array_index (tallies, Tally, i);
      guint unlisted = theirs->count - theirs->n_kept;

      if (unlisted == 0)
        continue;
      get_tally (self, kind, theirs->what)->count += unlisted;
      self->n[kind] += unlisted;
    }
}

void
kutip_report_take (KutipReport *self, KutipReport *other)
{
  for (guint i = 0; i < kutip_report_get_n_entries (other); i++)
    add_entry (self, &g_array_index (other->entries, KutipReportEntry, i));
  take_unlisted (self, other, KUTIP_REPORT_LOSS);
  take_unlisted (self, other, KUTIP_REPORT_WARNING);
  self->n_left_out += other->n_left_out;
  other->n_left_out = 0;

  g_clear_pointer (&other->entries, g_array_unref);
  g_clear_pointer (&other->strings, g_string_chunk_free);
  for (guint i = 0; i < G_N_ELEMENTS (other->tallies); i++)
    {
      g_clear_pointer (&other->tallies[i], g_array_unref);
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
  return self->entries == NULL ? 0 : self->entries->len;
}

const KutipReportEntry *
kutip_report_get_nth (KutipReport *self, guint i)
{
  g_return_val_if_fail (i < kutip_report_get_n_entries (self), NULL);
  return &g_array_index (self->entries, KutipReportEntry, i);
}

guint
kutip_report_count (KutipReport *self, KutipReportKind kind, const char *what)
{
  const Tally *tally = find_tally (self, kind, what);

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
  GArray *tallies = self->tallies[kind];

  for (guint i = 0; tallies != NULL && i < tallies->len; i++)
    g_ptr_array_add (words, g_strdup (g_array_index (tallies, Tally, i).what));
  g_ptr_array_sort (words, compare_words);
  g_ptr_array_add (words, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&words), FALSE);
}
