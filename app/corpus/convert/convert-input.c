/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/convert/convert-input.h"

#include "corpus/convert/convert-guess.h"
#include "corpus/convert/convert-left.h"
#include "corpus/convert/convert-spool.h"
#include "corpus/convert/convert-stream.h"
#include "corpus/convert/convert-walk.h"
#include "format/formats.h"
#include "store/paths.h"

#include <glib/gi18n.h>
#include <string.h>
#include <sys/stat.h>

/* Characters of what is told of a failure. */
#define MOST_MESSAGE 500

/* What articles are called after that come through standard input without a name. */
#define STANDARD_INPUT "stdin"

/* What an input that was named can be told to be by its name. */
typedef enum
{
  INPUT_FILE,
  INPUT_TEXT,
  INPUT_FOLDER,
} InputKind;

struct _KutipConvertInput
{
  char *const *inputs;
  const KutipFormat *format; /* NULL: guessed */
  GCancellable *cancellable;
  KutipConvertStream *standard_input; /* when it was looked into already */
  GPtrArray *folders, *texts;         /* those of the inputs; borrowed */
  GHashTable *kinds;                  /* the same: borrowed path -> InputKind */
  GHashTable *formats;                /* those of folders that were asked for */
  GHashTable *with_texts;             /* the same: whether it has texts */
  gboolean apart_known, has_apart;
  KutipConvertFiles *files;
  /* What is written in the end, if it is there already; and whether it was met. */
  char *output_name;
  struct stat output_status;
  gboolean met_output;
  guint next;        /* input */
  GHashTable *begun; /* absolute paths of those before it */
  /* The folder that is walked. */
  const char *root;
  KutipConvertWalk *walk;
  const KutipFormat *walked;
  guint n_files, n_walked; /* in it, and those of them that are this format's */
  gboolean counts;
  guint64 n_counted;      /* all of them; 0: nobody knows */
  KutipConvertLeft *left; /* others in it */
  KutipReport *report;    /* warnings of them */
  /* The file that is read, and the stream when it is cut into units. */
  char *path, *name;
  gboolean named;
  KutipConvertStream *stream;
  const KutipFormat *stream_format;
};

void
kutip_convert_unit_clear (KutipConvertUnit *unit)
{
  g_clear_pointer (&unit->path, g_free);
  g_clear_pointer (&unit->name, g_free);
  g_clear_pointer (&unit->bytes, g_bytes_unref);
  g_clear_pointer (&unit->head, g_bytes_unref);
}

/* What a message quotes may have a megabyte; what is wrong with it stands behind it. */
static void
shorten (GError *error)
{
  glong n = g_utf8_strlen (error->message, -1);
  g_autofree char *start = NULL;
  g_autofree char *end = NULL;

  if (n <= MOST_MESSAGE)
    return;
  start = g_utf8_substring (error->message, 0, 2 * MOST_MESSAGE / 3);
  end = g_utf8_substring (error->message, n - MOST_MESSAGE / 3, n);
  g_free (error->message);
  error->message = g_strconcat (start, "…", end, NULL);
}

void
kutip_convert_unit_name_place (const KutipConvertUnit *unit, GError **error)
{
  g_autofree char *shown = kutip_convert_stream_dup_shown (unit->path);

  shorten (*error);
  if (unit->line > 1 && strstr ((*error)->message, "line ") == NULL)
    g_prefix_error (error, "%s:%" G_GUINT64_FORMAT ": ", shown, unit->line);
  else
    g_prefix_error (error, "%s: ", shown);
}

static InputKind
get_kind (KutipConvertInput *self, const char *path)
{
  return (InputKind) GPOINTER_TO_UINT (g_hash_table_lookup (self->kinds, path));
}

/* Texts are no units of a format that keeps them apart. */
static void
sort_inputs (KutipConvertInput *self)
{
  for (guint i = 0; self->inputs[i] != NULL; i++)
    {
      const char *path = self->inputs[i];
      g_autofree char *name = g_path_get_basename (path);

      InputKind kind = g_file_test (path, G_FILE_TEST_IS_DIR) ? INPUT_FOLDER
                       : kutip_paths_is_article_name (name)   ? INPUT_TEXT
                                                              : INPUT_FILE;

      if (kind == INPUT_FOLDER)
        g_ptr_array_add (self->folders, (gpointer) path);
      else if (kind == INPUT_TEXT)
        g_ptr_array_add (self->texts, (gpointer) path);
      g_hash_table_insert (self->kinds, (gpointer) path, GUINT_TO_POINTER (kind));
    }
}

KutipConvertInput *
kutip_convert_input_new (char *const *inputs,
                         const KutipFormat *format,
                         GCancellable *cancellable)
{
  KutipConvertInput *self = g_new0 (KutipConvertInput, 1);

  self->inputs = inputs;
  self->format = format;
  self->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  self->folders = g_ptr_array_new ();
  self->texts = g_ptr_array_new ();
  self->kinds = g_hash_table_new (NULL, NULL);
  self->formats = g_hash_table_new (NULL, NULL);
  self->with_texts = g_hash_table_new (NULL, NULL);
  self->begun = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->left = kutip_convert_left_new ();
  self->report = kutip_report_new ();
  sort_inputs (self);
  self->files = kutip_convert_files_new (inputs, self->folders, self->texts, cancellable);
  return self;
}

void
kutip_convert_input_set_base (KutipConvertInput *self, const char *folder)
{
  kutip_convert_files_set_base (self->files, folder);
}

KutipReport *
kutip_convert_input_get_report (KutipConvertInput *self)
{
  kutip_convert_files_tell (self->files, self->report);
  return self->report;
}

void
kutip_convert_input_set_output (KutipConvertInput *self, const char *path)
{
  g_clear_pointer (&self->output_name, g_free);
  if (path != NULL && stat (path, &self->output_status) == 0 &&
      S_ISREG (self->output_status.st_mode))
    self->output_name = g_path_get_basename (path);
}

gboolean
kutip_convert_input_met_output (KutipConvertInput *self)
{
  return self->output_name != NULL && self->met_output;
}

/* The files of an article are read, whatever the format. */
static void
look_for_output (KutipConvertInput *self, const char *path)
{
  struct stat status;

  if (self->output_name == NULL || !g_str_has_suffix (path, self->output_name))
    return;
  self->met_output |= stat (path, &status) == 0 &&
                      status.st_dev == self->output_status.st_dev &&
                      status.st_ino == self->output_status.st_ino;
}

void
kutip_convert_input_free (KutipConvertInput *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->walk, kutip_convert_walk_free);
  g_clear_pointer (&self->stream, kutip_convert_stream_free);
  g_clear_pointer (&self->standard_input, kutip_convert_stream_free);
  kutip_convert_files_free (self->files);
  g_free (self->path);
  g_free (self->name);
  g_free (self->output_name);
  g_ptr_array_unref (self->folders);
  g_ptr_array_unref (self->texts);
  g_hash_table_unref (self->kinds);
  g_hash_table_unref (self->formats);
  g_hash_table_unref (self->with_texts);
  g_hash_table_unref (self->begun);
  kutip_convert_left_free (self->left);
  kutip_report_free (self->report);
  g_clear_object (&self->cancellable);
  g_free (self);
}

/* What is looked at here is read later. */
static const KutipFormat *
guess_standard_input (KutipConvertInput *self)
{
  if (self->standard_input == NULL)
    self->standard_input = kutip_convert_stream_new ("-", self->cancellable, NULL);
  return self->standard_input == NULL
             ? NULL
             : kutip_convert_guess_stream (self->standard_input, "-", NULL);
}

/* @folder is one of self->folders. */
static const KutipFormat *
get_format (KutipConvertInput *self, const char *folder, GError **error)
{
  const KutipFormat *format = g_hash_table_lookup (self->formats, folder);

  if (self->format != NULL || format != NULL)
    return self->format != NULL ? self->format : format;
  format = kutip_convert_guess_folder (folder, self->cancellable, error);
  if (format != NULL)
    g_hash_table_insert (self->formats, (gpointer) folder, (gpointer) format);
  return format;
}

/* Whether a walk through @folder comes by @path. */
static gboolean
leads_to (const char *folder, const char *path)
{
  g_autofree char *from = g_canonicalize_filename (folder, NULL);
  g_autofree char *to = g_canonicalize_filename (path, NULL);
  gsize n = strlen (from);

  /* The root ends with a slash. */
  n -= n > 0 && from[n - 1] == '/';
  return strncmp (to, from, n) == 0 && to[n] == '/' && to[n + 1] != '\0' &&
         strstr (to + n, "/.") == NULL;
}

/* Whether one of the files that were named keeps its annotations apart from the text. */
static gboolean
has_apart (KutipConvertInput *self)
{
  for (guint i = 0; !self->apart_known && self->inputs[i] != NULL; i++)
    {
      const char *path = self->inputs[i];
      const KutipFormat *format;

      if (get_kind (self, path) != INPUT_FILE)
        continue;
      format = strcmp (path, "-") == 0
                   ? guess_standard_input (self)
                   : kutip_convert_guess_file (path, self->cancellable);
      self->has_apart = format != NULL && format->apart;
      self->apart_known = self->has_apart;
    }
  self->apart_known = TRUE;
  return self->has_apart;
}

/* Whether a file was named that is no text. */
static gboolean
names_file (KutipConvertInput *self)
{
  for (guint i = 0; self->inputs[i] != NULL; i++)
    if (get_kind (self, self->inputs[i]) == INPUT_FILE)
      return TRUE;
  return FALSE;
}

/* Whether there is more in a folder than annotations that are kept apart. */
static gboolean
look_for_texts (KutipConvertInput *self, const char *folder)
{
  const KutipFormat *format =
      kutip_convert_guess_folder (folder, self->cancellable, NULL);
  g_autoptr (KutipConvertWalk) walk = kutip_convert_walk_new (folder);
  gboolean is_plain, found = format == NULL || !format->apart;
  char *name;

  while (!found && (name = kutip_convert_walk_next (walk, &is_plain, NULL)) != NULL)
    {
      found = kutip_paths_is_article_name (name);
      g_free (name);
    }
  return found;
}

/* @folder is one of self->folders. */
static gboolean
has_texts (KutipConvertInput *self, const char *folder)
{
  gpointer found;

  if (!g_hash_table_lookup_extended (self->with_texts, folder, NULL, &found))
    {
      found = GINT_TO_POINTER (look_for_texts (self, folder));
      g_hash_table_insert (self->with_texts, (gpointer) folder, found);
    }
  return GPOINTER_TO_INT (found);
}

/* Whether what was named goes with such a file as its text: a folder beside it has the
 * texts, and other tables in it are none of that file's. */
static gboolean
is_texts (KutipConvertInput *self, const char *path)
{
  InputKind kind = get_kind (self, path);
  gboolean apart =
      self->format != NULL ? self->format->apart : kind != INPUT_FILE && has_apart (self);

  if (!apart || kind != INPUT_FOLDER)
    return apart && kind == INPUT_TEXT;
  return names_file (self) && has_texts (self, path);
}

/* Whether a folder that was named, too, has @path in it and is read in the same format:
 * its articles come with those of the folder, and not twice. */
static gboolean
comes_with_folder (KutipConvertInput *self, const char *path, const KutipFormat *format)
{
  for (guint i = 0; i < self->folders->len; i++)
    {
      const char *folder = g_ptr_array_index (self->folders, i);

      if (leads_to (folder, path) && !is_texts (self, folder) &&
          get_format (self, folder, NULL) == format)
        return TRUE;
    }
  return FALSE;
}

static gboolean
begin_folder (KutipConvertInput *self, const char *path, GError **error)
{
  self->walked = get_format (self, path, error);
  if (self->walked == NULL)
    return FALSE;
  if (comes_with_folder (self, path, self->walked))
    return TRUE;
  self->root = path;
  self->n_files = 0;
  self->n_walked = 0;
  self->n_counted = self->counts ? kutip_convert_walk_count (path, self->cancellable) : 0;
  self->walk = kutip_convert_walk_new (path);
  return TRUE;
}

/* The file at self->path and self->name, to be cut into units. */
static gboolean
begin_stream (KutipConvertInput *self, const KutipFormat *format, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (strcmp (self->path, "-") == 0)
    {
      /* It cannot be looked into once more for the texts that follow. */
      if (format == NULL && self->texts->len + self->folders->len > 0)
        has_apart (self);
      self->stream = g_steal_pointer (&self->standard_input);
    }
  if (self->stream == NULL)
    self->stream = kutip_convert_stream_new (self->path, self->cancellable, error);
  if (self->stream == NULL)
    return FALSE;
  if (format == NULL)
    {
      format = kutip_convert_guess_stream (self->stream, self->path, &local);
      if (format == &kutip_format_kutip && self->named &&
          kutip_convert_files_has_brat (self->files, self->path))
        format = &kutip_format_brat;
      if (local != NULL)
        g_propagate_error (error, g_steal_pointer (&local));
      else if (format == NULL && strcmp (self->path, "-") != 0 &&
               kutip_convert_files_has_sidecar (self->files, self->path))
        format = &kutip_format_kutip;
      else if (format == NULL)
        kutip_convert_guess_set_unknown (error, self->path);
    }
  self->stream_format = format;
  if (format == NULL)
    g_clear_pointer (&self->stream, kutip_convert_stream_free);
  return format != NULL;
}

static gboolean
begin_input (KutipConvertInput *self, const char *path, GError **error)
{
  g_autofree char *base = NULL;

  /* What is named twice is one thing all the same. */
  if (!g_hash_table_add (self->begun, g_canonicalize_filename (path, NULL)))
    return TRUE;
  look_for_output (self, path);
  if (is_texts (self, path))
    return TRUE;
  if (get_kind (self, path) == INPUT_FOLDER)
    return begin_folder (self, path, error);
  g_free (self->path);
  g_free (self->name);
  self->path = g_strdup (path);
  base = strcmp (path, "-") == 0 ? g_strdup (STANDARD_INPUT) : g_path_get_basename (path);
  self->name = kutip_convert_files_make_name (self->files, path, base);
  self->named = TRUE;
  if (!begin_stream (self, self->format, error))
    return FALSE;
  if (kutip_convert_guess_is_walked (self->stream_format, base) &&
      comes_with_folder (self, path, self->stream_format))
    g_clear_pointer (&self->stream, kutip_convert_stream_free);
  return TRUE;
}

/* Whether a file that was met is of the format that the folder is walked for. */
static gboolean
is_of_walked (KutipConvertInput *self,
              const char *name,
              const char *file,
              gboolean orphan)
{
  return kutip_convert_guess_has_suffix (self->walked, name) || orphan ||
         (self->walked == &kutip_format_kutip && !kutip_paths_is_sidecar_name (name) &&
          kutip_convert_files_has_sidecar (self->files, file));
}

/* The next file of the folder; FALSE at its end or with @error. */
static gboolean
next_file (KutipConvertInput *self, KutipConvertUnit *unit, GError **error)
{
  g_autoptr (GError) local = NULL;
  gboolean is_plain;
  char *name;

  while ((name = kutip_convert_walk_next (self->walk, &is_plain, &local)) != NULL)
    {
      g_autofree char *owned = name;
      g_autofree char *file = g_build_filename (self->root, name, NULL);
      gboolean orphan;

      self->n_files++;
      if (kutip_convert_guess_has_suffix (self->walked, name) ||
          kutip_paths_is_article_name (name) || kutip_paths_is_sidecar_name (name))
        look_for_output (self, file);
      orphan = self->walked == &kutip_format_kutip &&
               kutip_paths_is_sidecar_name (name) &&
               kutip_convert_files_is_orphan (self->files, file);
      if (!is_of_walked (self, name, file, orphan))
        {
          if (self->format == NULL && !kutip_convert_guess_is_walked (self->walked, name))
            kutip_convert_left_note (self->left, self->walked, file, is_plain);
          continue;
        }
      self->n_walked++;
      if (!is_plain)
        {
          kutip_convert_stream_fail_kind (file, error);
          return FALSE;
        }
      g_free (self->path);
      g_free (self->name);
      self->path = g_steal_pointer (&file);
      self->name = kutip_convert_files_make_name (self->files, self->path, owned);
      self->named = FALSE;
      if (self->walked->next_unit != NULL)
        return begin_stream (self, self->walked, error);
      *unit = (KutipConvertUnit){ .format = self->walked,
                                  .path = g_strdup (self->path),
                                  .name = g_strdup (self->name),
                                  .line = 1,
                                  /* Nobody else speaks for it. */
                                  .named = orphan };
      return TRUE;
    }
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else
    {
      g_clear_pointer (&self->walk, kutip_convert_walk_free);
      kutip_convert_left_tell (self->left, self->walked, self->report);
      /* Without a file it is a corpus of no articles. Texts go with formats that keep
       * them apart. */
      if (self->n_files > 0 && self->n_walked == 0 && !self->walked->apart)
        kutip_convert_guess_set_empty (error, self->root);
    }
  return FALSE;
}

/* The next unit of the file; FALSE at its end or with @error. */
static gboolean
next_part (KutipConvertInput *self, KutipConvertUnit *unit, GError **error)
{
  guint64 line;
  g_autoptr (GError) local = NULL;
  GBytes *bytes =
      kutip_convert_stream_next (self->stream, self->stream_format, &line, &local);
  GBytes *head = kutip_convert_stream_get_head (self->stream);

  if (bytes == NULL)
    {
      g_clear_pointer (&self->stream, kutip_convert_stream_free);
      if (local != NULL)
        g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  *unit = (KutipConvertUnit){ .format = self->stream_format,
                              .path = g_strdup (self->path),
                              .name = g_strdup (self->name),
                              .bytes = bytes,
                              .head = head == NULL ? NULL : g_bytes_ref (head),
                              .on_disk = kutip_convert_stream_is_on_disk (self->stream),
                              .line = line,
                              .named = self->named };
  return TRUE;
}

gboolean
kutip_convert_input_next (KutipConvertInput *self, KutipConvertUnit *unit, GError **error)
{
  g_autoptr (GError) local = NULL;

  *unit = (KutipConvertUnit){ .format = NULL };
  while (local == NULL)
    {
      if (g_cancellable_set_error_if_cancelled (self->cancellable, &local))
        break;
      if (self->stream != NULL)
        {
          if (next_part (self, unit, &local))
            return TRUE;
        }
      else if (self->walk != NULL)
        {
          if (next_file (self, unit, &local) && unit->path != NULL)
            return TRUE;
        }
      else if (self->inputs[self->next] == NULL)
        return FALSE;
      else
        begin_input (self, self->inputs[self->next++], &local);
    }
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

void
kutip_convert_input_set_counting (KutipConvertInput *self)
{
  self->counts = TRUE;
}

double
kutip_convert_input_get_share (KutipConvertInput *self)
{
  double of_file =
      self->stream != NULL ? kutip_convert_stream_get_share (self->stream) : 0;
  double of_input = self->walk == NULL ? of_file : 0;
  double n_done = self->next;

  if (self->walk != NULL && self->n_counted > 0)
    /* One that is being cut into units was met, and is not done. */
    of_input =
        (self->n_files - (self->stream != NULL) + of_file) / (double) self->n_counted;
  if (self->walk != NULL || self->stream != NULL)
    n_done += MIN (of_input, 1) - 1;
  return n_done / MAX (g_strv_length ((char **) self->inputs), 1);
}

gboolean
kutip_convert_input_waits (KutipConvertInput *self)
{
  return self->stream != NULL &&
         kutip_convert_stream_waits (self->stream, self->stream_format);
}

KutipConvertFiles *
kutip_convert_input_get_files (KutipConvertInput *self)
{
  return self->files;
}

static void
let_go (KutipSource *source)
{
  gsize n_bytes;
  const char *bytes = g_bytes_get_data (source->bytes, &n_bytes);

  kutip_spool_view_let_go (bytes, n_bytes);
}

static GBytes *
load_many (KutipConvertInput *self,
           const KutipConvertUnit *unit,
           gboolean *on_disk,
           GError **error)
{
  g_autoptr (KutipConvertStream) stream =
      kutip_convert_stream_new (unit->path, self->cancellable, error);
  guint64 line;
  GBytes *bytes = NULL;

  if (stream != NULL)
    {
      bytes = kutip_convert_stream_next (stream, unit->format, &line, error);
      *on_disk = kutip_convert_stream_is_on_disk (stream);
    }
  return bytes;
}

gboolean
kutip_convert_input_open (KutipConvertInput *self,
                          const KutipConvertUnit *unit,
                          KutipSource *source,
                          GError **error)
{
  gboolean on_disk = unit->on_disk;

  *source = (KutipSource){
    .path = unit->path,
    .name = unit->name,
    .line = unit->line,
    .head = unit->head,
    .named = unit->named,
    .spill = kutip_spool_new_spill,
  };
  kutip_convert_files_attach (self->files, source);
  if (unit->bytes != NULL)
    source->bytes = g_bytes_ref (unit->bytes);
  else if (unit->format->many)
    source->bytes = load_many (self, unit, &on_disk, error);
  else
    source->bytes = kutip_convert_stream_load_plain (unit->path, error);
  source->let_go = on_disk ? let_go : NULL;
  if (source->bytes == NULL && error != NULL && *error == NULL)
    {
      g_autofree char *shown = g_filename_display_name (unit->path);

      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                   /* Translators: a file */
                   _ ("“%s” is not there any more"), shown);
    }
  return source->bytes != NULL;
}

void
kutip_convert_source_clear (KutipSource *source)
{
  g_clear_pointer (&source->bytes, g_bytes_unref);
}
