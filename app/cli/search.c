/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/search.h"

#include "cli/command.h"
#include "cli/inputs.h"
#include "cli/interrupt.h"
#include "cli/output.h"
#include "corpus/convert/convert-spool.h"
#include "format/fields.h"
#include "store/paths.h"

#include <glib/gi18n.h>
#include <string.h>

#define MOST_CONTEXT 1000
/* Columns for the offset behind a file's name; longer ones push their line. */
#define OFFSET_COLUMNS 8
/* So many articles may be searched ahead for each thread. */
#define LOOK_AHEAD 8

static char *label, *attribute, *annotator;
static gboolean regex, match_case, words, accents, as_json, quiet;
static int n_context = 40;
static int n_jobs = 1;

static const GOptionEntry entries[] = {
  { "regex", 'E', 0, G_OPTION_ARG_NONE, &regex,
    N_ ("PATTERN is a regular expression (PCRE)"), NULL },
  { "case", 0, 0, G_OPTION_ARG_NONE, &match_case,
    N_ ("Tell capital letters from small ones"), NULL },
  { "words", 'w', 0, G_OPTION_ARG_NONE, &words, N_ ("Find whole words only"), NULL },
  { "accents", 0, 0, G_OPTION_ARG_NONE, &accents,
    N_ ("Tell letters with accents from those without"), NULL },
  { "label", 'l', 0, G_OPTION_ARG_STRING, &label, N_ ("Search the spans of this label"),
    N_ ("LABEL") },
  { "attribute", 'a', 0, G_OPTION_ARG_STRING, &attribute,
    N_ ("Search the spans that have this attribute, or this value of it"),
    N_ ("NAME[=VALUE]") },
  { "annotator", 0, 0, G_OPTION_ARG_STRING, &annotator,
    N_ ("Search only the spans of this annotator"), N_ ("NAME") },
  { "context", 'C', 0, G_OPTION_ARG_INT, &n_context,
    N_ ("Characters shown on each side; 40 without it"), N_ ("N") },
  { "jobs", 'j', 0, G_OPTION_ARG_INT, &n_jobs,
    N_ ("Search several articles at a time; 0: as many as there are processors"),
    N_ ("N") },
  { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_ ("Print one JSON document"), NULL },
  { "quiet", 'q', 0, G_OPTION_ARG_NONE, &quiet,
    N_ ("Print failures only; the exit status tells whether anything was found"), NULL },
  { NULL },
};

/* A hit as it is kept until the articles before it are printed. */
typedef struct
{
  KutipRange range;
  KutipContext context;
  const char *label; /* interned, or NULL */
  char *id;
} Hit;

/* One file to search: an article, or one of its sidecars. */
typedef struct
{
  char *article;
  char *path;
  char *by; /* whose sidecar; NULL: the one without a name, or no sidecar */
  /* Written by a thread, then guarded by the lock until it is "finished". */
  GArray *hits; /* Hit */
  GError *error;
  gboolean finished;
} Place;

typedef struct
{
  const KutipSearchQuery *query;
  GCancellable *cancellable;
  /* Places in the order of the output, of which there may be more than can be held: so
   * many are told, and read again from where the next one is. */
  KutipSpill *told;
  GString *record;
  guint n_places, n_read;
  guint64 next;
  GQueue places;   /* those that are searched */
  guint n_columns; /* of the longest file's name */
  guint64 n_hits;
  KutipJsonOutput out;
  gboolean failed;
  GError *failure; /* of the places */
  GMutex lock;
  GCond changed;
} Run;

/* Only the first hit counts then. */
static gboolean
is_silent (void)
{
  return quiet && !as_json;
}

static void
clear_hit (gpointer data)
{
  Hit *hit = data;

  kutip_context_clear (&hit->context);
  g_free (hit->id);
}

static void
free_place (gpointer data)
{
  Place *place = data;

  g_free (place->article);
  g_free (place->path);
  g_free (place->by);
  g_clear_pointer (&place->hits, g_array_unref);
  g_clear_error (&place->error);
  g_free (place);
}

/* As far as a terminal can be foreseen. */
static guint
count_columns (const char *line)
{
  guint n = 0;

  for (; *line != '\0'; line = g_utf8_next_char (line))
    {
      gunichar c = g_utf8_get_char (line);

      n += g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
    }
  return n;
}

/* Its length stands before it. */
static void
add_place (Run *self, const char *article, const char *path, const char *by)
{
  g_autofree char *shown = g_filename_display_name (article);
  guint32 n;

  g_string_truncate (self->record, 0);
  kutip_fields_put_string (self->record, article);
  kutip_fields_put_string (self->record, path);
  kutip_fields_put_number (self->record, by != NULL);
  kutip_fields_put_string (self->record, by);
  n = (guint32) self->record->len;
  g_string_prepend_len (self->record, (const char *) &n, sizeof n);
  if (self->failure == NULL)
    self->told->append (self->told, self->record->str, self->record->len, &self->failure);
  self->n_places++;
  self->n_columns = MAX (self->n_columns, count_columns (shown));
}

/* The next of them; NULL with an error. */
static Place *
read_place (Run *self, GError **error)
{
  Place *place;
  KutipFields fields;
  guint32 n;

  if (!self->told->read (self->told, self->next, (char *) &n, sizeof n, error))
    return NULL;
  g_string_set_size (self->record, n);
  if (!self->told->read (self->told, self->next + sizeof n, self->record->str, n, error))
    return NULL;
  self->next += sizeof n + n;
  self->n_read++;
  fields = (KutipFields){ self->record->str, self->record->str + n };
  place = g_new0 (Place, 1);
  place->article = g_strdup (kutip_fields_take_string (&fields));
  place->path = g_strdup (kutip_fields_take_string (&fields));
  if (kutip_fields_take_number (&fields) != 0)
    place->by = g_strdup (kutip_fields_take_string (&fields));
  return place;
}

static void
take_input (const KutipInput *input, gpointer data)
{
  Run *self = data;

  if (!kutip_search_query_is_for_spans (self->query))
    {
      add_place (self, input->article, input->article, NULL);
      return;
    }
  for (guint i = 0; i < input->sidecars->len; i++)
    {
      const char *path = g_ptr_array_index (input->sidecars, i);
      g_autoptr (GFile) sidecar = g_file_new_for_path (path);
      g_autofree char *by = NULL;
      g_autoptr (GFile) article = kutip_paths_get_article (sidecar, &by);

      if (article != NULL &&
          (annotator == NULL || strcmp (by != NULL ? by : "", annotator) == 0))
        add_place (self, input->article, path, by);
    }
}

static gboolean
keep_hit (const KutipSearchHit *found, gpointer data)
{
  GArray *hits = data;
  gboolean is_wanted = n_context > 0;
  Hit hit = { .range = found->range,
              .context = { g_strdup (is_wanted ? found->context.left : ""),
                           g_strdup (found->context.match),
                           g_strdup (is_wanted ? found->context.right : "") },
              .label = found->label,
              .id = g_strdup (found->id) };

  g_array_append_val (hits, hit);
  return !is_silent ();
}

static void
search_place (gpointer data, gpointer user_data)
{
  Place *place = data;
  Run *self = user_data;
  g_autoptr (GFile) file = g_file_new_for_path (place->path);
  GArray *hits = g_array_new (FALSE, FALSE, sizeof (Hit));
  GError *error = NULL;

  g_array_set_clear_func (hits, clear_hit);
  kutip_search_file (self->query, file, keep_hit, hits, self->cancellable, &error);
  g_mutex_lock (&self->lock);
  place->hits = hits;
  place->error = error;
  place->finished = TRUE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
}

static void
print_json_hit (Run *self, const Place *place, const Hit *hit)
{
  KutipJsonOutput *out = &self->out;

  kutip_json_output_open (out, NULL, '{');
  kutip_json_output_string (out, "file", place->article);
  kutip_json_output_number (out, "start", hit->range.start);
  kutip_json_output_number (out, "end", hit->range.end);
  kutip_json_output_string (out, "left", hit->context.left);
  kutip_json_output_string (out, "match", hit->context.match);
  kutip_json_output_string (out, "right", hit->context.right);
  if (hit->label != NULL)
    {
      kutip_json_output_string (out, "annotator", place->by != NULL ? place->by : "");
      kutip_json_output_string (out, "label", hit->label);
      kutip_json_output_string (out, "id", hit->id);
    }
  kutip_json_output_close (out, '}');
}

/* "FILE:OFFSET", then what stands before, ending in one column, the words, and what
 * stands behind. */
static void
print_hit (Run *self, const Place *place, const Hit *hit)
{
  g_autofree char *shown = g_filename_display_name (place->article);
  g_autofree char *at = g_strdup_printf ("%s:%u", shown, hit->range.start);
  g_autoptr (GString) line = g_string_new (at);
  guint n_at = count_columns (at);
  guint n_left = count_columns (hit->context.left);
  guint n_wanted = self->n_columns + OFFSET_COLUMNS;

  g_string_append_printf (line, "%*s ", (int) (n_wanted > n_at ? n_wanted - n_at : 0),
                          "");
  if (n_left < (guint) n_context)
    g_string_append_printf (line, "%*s", (int) ((guint) n_context - n_left), "");
  g_string_append_printf (line, "%s|%s|%s", hit->context.left, hit->context.match,
                          hit->context.right);
  if (hit->label != NULL)
    g_string_append_printf (line, " [%s %s]", hit->label, hit->id);
  kutip_output_line ("%s", line->str);
}

static void
print_place (Run *self, Place *place)
{
  if (place->error != NULL &&
      !g_error_matches (place->error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      kutip_output_progress (NULL);
      kutip_output_failure ("%s", place->error->message);
      self->failed = TRUE;
    }
  self->n_hits += place->hits->len;
  for (guint i = 0; !is_silent () && i < place->hits->len; i++)
    {
      const Hit *hit = &g_array_index (place->hits, Hit, i);

      if (as_json)
        print_json_hit (self, place, hit);
      else
        print_hit (self, place, hit);
    }
  g_clear_pointer (&place->hits, g_array_unref);
}

static void
wait_for (Run *self, Place *place)
{
  g_mutex_lock (&self->lock);
  while (!place->finished)
    g_cond_wait (&self->changed, &self->lock);
  g_mutex_unlock (&self->lock);
}

static gboolean
goes_on (Run *self)
{
  return !g_cancellable_is_cancelled (self->cancellable) && !kutip_output_is_lost () &&
         !(is_silent () && self->n_hits > 0);
}

/* Gives the threads enough to do. */
static gboolean
look_ahead (Run *self, GThreadPool *pool, guint n, GError **error)
{
  while (self->n_read < self->n_places && self->places.length < n)
    {
      Place *place = read_place (self, error);

      if (place == NULL)
        return FALSE;
      g_queue_push_tail (&self->places, place);
      g_thread_pool_push (pool, place, NULL);
    }
  return TRUE;
}

static void
tell_progress (guint n_done, guint n)
{
  if (!quiet)
    kutip_output_progress (ngettext ("%1$u of %2$u article", "%1$u of %2$u articles", n),
                           n_done, n);
}

/* Searches ahead in threads, and prints in order. */
static gboolean
search_places (Run *self, GError **error)
{
  guint n_threads = n_jobs == 0 ? g_get_num_processors () : (guint) n_jobs;
  GThreadPool *pool =
      g_thread_pool_new (search_place, self, (int) n_threads, TRUE, error);
  gboolean good = pool != NULL;
  guint n_done = 0;

  if (pool == NULL)
    return FALSE;
  while (goes_on (self) &&
         (good = look_ahead (self, pool, LOOK_AHEAD * n_threads, error)) &&
         self->places.length > 0)
    {
      Place *place = g_queue_peek_head (&self->places);

      wait_for (self, place);
      print_place (self, place);
      free_place (g_queue_pop_head (&self->places));
      tell_progress (++n_done, self->n_places);
    }
  g_thread_pool_free (pool, TRUE, TRUE);
  g_queue_clear_full (&self->places, free_place);
  kutip_output_progress (NULL);
  return good;
}

static void
begin_json (Run *self)
{
  kutip_json_output_open (&self->out, NULL, '{');
  kutip_json_output_open (&self->out, "hits", '[');
}

static void
end_json (Run *self)
{
  kutip_json_output_close (&self->out, ']');
  kutip_json_output_number (&self->out, "count", self->n_hits);
  kutip_json_output_close (&self->out, '}');
}

static int
search (const KutipSearchQuery *query, char *const *paths)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KutipSpill) told = kutip_spool_new_spill (&error);
  g_autoptr (GString) record = g_string_new (NULL);
  Run self = { .query = query, .told = told, .record = record };

  if (told == NULL)
    {
      kutip_output_failure ("%s", error->message);
      return KUTIP_EXIT_FINDINGS;
    }
  self.cancellable = kutip_interrupt_watch ();
  g_mutex_init (&self.lock);
  g_cond_init (&self.changed);
  g_queue_init (&self.places);
  if (!kutip_inputs_foreach (paths, take_input, &self))
    self.failed = TRUE;
  if (as_json)
    begin_json (&self);
  error = g_steal_pointer (&self.failure);
  if (error != NULL || !search_places (&self, &error))
    {
      kutip_output_failure ("%s", error->message);
      self.failed = TRUE;
    }
  if (as_json)
    end_json (&self);
  g_mutex_clear (&self.lock);
  g_cond_clear (&self.changed);
  kutip_interrupt_finish ();
  return self.failed || self.n_hits == 0 ? KUTIP_EXIT_FINDINGS : KUTIP_EXIT_SUCCESS;
}

static int
refuse (const char *reason)
{
  kutip_output_failure ("%s", reason);
  return KUTIP_EXIT_USAGE;
}

static int
run_search (int argc, char **argv)
{
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GError) error = NULL;
  KutipSearchQuery query = { .pattern = NULL };
  char *value;

  if (!kutip_command_parse (&kutip_command_search, entries, 2, argv, &arguments))
    return KUTIP_EXIT_USAGE;
  if (n_context < 0 || n_context > MOST_CONTEXT)
    return refuse (_ ("The context is from 0 to 1000 characters."));
  if (n_jobs < 0 || n_jobs > 1024)
    return refuse (_ ("The number of jobs is from 0 to 1024."));
  value = attribute != NULL ? strchr (attribute, '=') : NULL;
  if (value != NULL)
    *value++ = '\0';
  query = (KutipSearchQuery){
    .pattern = arguments[0],
    .flags = (regex ? KUTIP_FIND_REGEX : 0) | (match_case ? KUTIP_FIND_CASE : 0) |
             (words ? KUTIP_FIND_WORDS : 0) | (accents ? KUTIP_FIND_DIACRITICS : 0),
    .label = label,
    .attribute = attribute,
    .value = value,
    .reach = (guint) n_context,
  };
  if ((attribute != NULL && *attribute == '\0') || (label != NULL && *label == '\0'))
    return refuse (_ ("A label or an attribute has a name."));
  if (!g_utf8_validate (arguments[0], -1, NULL))
    return refuse (_ ("The pattern is not UTF-8."));
  if (annotator != NULL && !kutip_search_query_is_for_spans (&query))
    return refuse (_ ("--annotator needs --label or --attribute."));
  if (!kutip_search_query_check (&query, &error))
    return refuse (error->message);
  return search (&query, arguments + 1);
}

const KutipToolCommand kutip_command_search = {
  .name = "search",
  .arguments = N_ ("PATTERN PATH…"),
  .summary = N_ ("Find words and spans in articles, with what stands around them"),
  .run = run_search,
};
