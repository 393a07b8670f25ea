/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/search.h"

#include "store/open.h"
#include "store/paths.h"
#include "store/stamp.h"
#include "text/utf8.h"

#include <glib/gi18n.h>
#include <string.h>

#define BETWEEN_PIECES " … "

/* The search of one article. */
typedef struct
{
  const KutipSearchQuery *query;
  GFile *file;
  KutipText *text;
  KutipLayer *layer;    /* NULL: not read */
  const char *covering; /* interned, or NULL */
  KutipSearchFunc func;
  gpointer data;
  GCancellable *cancellable;
  GError *error;
} Search;

KutipSearchQuery *
kutip_search_query_copy (const KutipSearchQuery *self)
{
  KutipSearchQuery *copy = g_new0 (KutipSearchQuery, 1);

  copy->pattern = g_strdup (self->pattern != NULL ? self->pattern : "");
  copy->flags = self->flags;
  copy->label = g_strdup (self->label);
  copy->attribute = g_strdup (self->attribute);
  copy->value = g_strdup (self->value);
  copy->annotator = g_strdup (self->annotator);
  copy->covering = g_strdup (self->covering);
  copy->reach = self->reach;
  return copy;
}

void
kutip_search_query_free (KutipSearchQuery *self)
{
  if (self == NULL)
    return;
  g_free ((char *) self->pattern);
  g_free ((char *) self->label);
  g_free ((char *) self->attribute);
  g_free ((char *) self->value);
  g_free ((char *) self->annotator);
  g_free ((char *) self->covering);
  g_free (self);
}

gboolean
kutip_search_query_is_for_spans (const KutipSearchQuery *self)
{
  return self->label != NULL || self->attribute != NULL;
}

static gboolean
has_pattern (const KutipSearchQuery *self)
{
  return self->pattern != NULL && *self->pattern != '\0';
}

gboolean
kutip_search_query_check (const KutipSearchQuery *self, GError **error)
{
  g_autoptr (KutipText) nothing = kutip_text_new ("");
  g_autoptr (GArray) hits = NULL;

  if (!has_pattern (self))
    {
      if (kutip_search_query_is_for_spans (self))
        return TRUE;
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                           _ ("There is nothing to search for."));
      return FALSE;
    }
  hits = kutip_find_all (nothing, self->pattern, self->flags, NULL, error);
  return hits != NULL;
}

static guint
get_reach (const KutipSearchQuery *query)
{
  return query->reach == 0 ? KUTIP_SEARCH_REACH : query->reach;
}

static gboolean
report_hit (Search *self, KutipSearchHit *hit)
{
  gboolean goes_on;

  hit->file = self->file;
  goes_on = self->func (hit, self->data);
  kutip_context_clear (&hit->context);
  return goes_on;
}

typedef struct
{
  KutipRange range;
  const char *label;
  gboolean covered;
} Place;

/* As kutip_reshape_mark_all() sees it. */
static gboolean
covers_place (KutipSpan *span, gpointer data)
{
  Place *place = data;

  for (guint i = 0; i < kutip_span_get_n_ranges (span); i++)
    if (kutip_span_get_label (span) == place->label &&
        kutip_range_contains (kutip_span_get_ranges (span)[i], place->range))
      place->covered = TRUE;
  return !place->covered;
}

static gboolean
is_covered (Search *self, KutipRange range)
{
  Place place = { range, self->covering, FALSE };

  if (self->covering != NULL && self->layer != NULL)
    kutip_layer_foreach_span_in (self->layer, range, covers_place, &place);
  return place.covered;
}

static gboolean
search_text (Search *self)
{
  g_autoptr (GArray) hits =
      kutip_find_all (self->text, self->query->pattern, self->query->flags,
                      self->cancellable, &self->error);

  for (guint i = 0; hits != NULL && i < hits->len; i++)
    {
      KutipSearchHit hit = { .range = g_array_index (hits, KutipRange, i) };

      hit.covered = is_covered (self, hit.range);
      kutip_context_take (&hit.context, self->text, hit.range, get_reach (self->query));
      if (!report_hit (self, &hit))
        return TRUE;
    }
  return hits != NULL;
}

static gboolean
has_attribute (const KutipSearchQuery *query, KutipSpan *span)
{
  KutipAttribute attribute;

  if (query->attribute == NULL)
    return TRUE;
  if (!kutip_attributes_lookup (kutip_span_get_attributes (span), query->attribute,
                                &attribute))
    return FALSE;
  return query->value == NULL || g_strv_contains (attribute.values, query->value) ||
         (attribute.type == KUTIP_VALUE_FLAG && g_str_equal (query->value, "true"));
}

static KutipText *
join_pieces (KutipText *text, KutipSpan *span)
{
  GString *words = g_string_new (NULL);
  gsize n_bytes;

  for (guint i = 0; i < kutip_span_get_n_ranges (span); i++)
    {
      const char *piece =
          kutip_text_peek_range (text, kutip_span_get_ranges (span)[i], &n_bytes);

      if (i > 0)
        g_string_append (words, BETWEEN_PIECES);
      g_string_append_len (words, piece, (gssize) n_bytes);
    }
  n_bytes = words->len;
  return kutip_text_new_take (g_string_free (words, FALSE), n_bytes);
}

static gboolean
text_matches (Search *self, KutipText *words)
{
  g_autoptr (GArray) hits = NULL;

  if (!has_pattern (self->query))
    return TRUE;
  hits =
      kutip_find_all (words, self->query->pattern, self->query->flags | KUTIP_FIND_WHOLE,
                      self->cancellable, &self->error);
  return hits != NULL && hits->len > 0;
}

static gboolean
visit_span (KutipSpan *span, gpointer data)
{
  Search *self = data;
  const char *label = self->query->label;
  g_autoptr (KutipText) words = NULL;
  KutipSearchHit hit = { .label = kutip_span_get_label (span),
                         .id = kutip_span_get_id (span),
                         .range = kutip_span_get_hull (span) };

  if (g_cancellable_set_error_if_cancelled (self->cancellable, &self->error))
    return FALSE;
  if (kutip_span_is_orphan (span) || (label != NULL && strcmp (label, hit.label) != 0) ||
      !has_attribute (self->query, span))
    return TRUE;
  words = join_pieces (self->text, span);
  if (!text_matches (self, words))
    return self->error == NULL;
  kutip_context_take (&hit.context, self->text, hit.range, get_reach (self->query));
  g_free (hit.context.match);
  hit.context.match = kutip_context_dup_range (
      words, (KutipRange){ 0, kutip_text_get_length (words) }, G_MAXUINT);
  return report_hit (self, &hit);
}

/* NULL without an error: only the sidecar can tell which charset it is; or there is no
 * such file. */
static KutipText *
read_text (Search *self)
{
  g_autoptr (GBytes) bytes = NULL;
  KutipCharset charset = { 0 };
  gsize n_bytes;
  const char *data;
  KutipText *text;

  bytes = kutip_stamp_read_content (self->file, KUTIP_OPEN_MAX_BYTES, self->cancellable,
                                    &self->error);
  if (bytes == NULL)
    return NULL;
  data = g_bytes_get_data (bytes, &n_bytes);
  if (n_bytes > 0 && !kutip_utf8_validate (data, n_bytes, NULL))
    return NULL;
  text = kutip_charset_decode (bytes, NULL, &charset, NULL);
  return text;
}

static gboolean
search_layer (Search *self)
{
  if (!kutip_search_query_is_for_spans (self->query))
    return search_text (self);
  kutip_layer_foreach_span (self->layer, visit_span, self);
  return self->error == NULL;
}

static gboolean
search_opened (Search *self, GFile *file)
{
  KutipOpenOptions options = { .annotator = self->query->annotator, .no_journal = TRUE };
  g_autoptr (KutipOpened) opened =
      kutip_open (file, &options, self->cancellable, &self->error);

  if (opened == NULL)
    return FALSE;
  self->file = opened->article_file;
  self->text = kutip_document_get_text (opened->document);
  self->layer = kutip_document_get_layer (opened->document);
  if (opened->sidecar_error != NULL &&
      (self->covering != NULL || kutip_search_query_is_for_spans (self->query)))
    {
      g_propagate_error (&self->error, g_error_copy (opened->sidecar_error));
      return FALSE;
    }
  return search_layer (self);
}

/* What is marked in it must be known. */
static gboolean
needs_layer (Search *self)
{
  g_autoptr (GFile) sidecar = NULL;

  if (kutip_search_query_is_for_spans (self->query))
    return TRUE;
  if (self->covering == NULL)
    return FALSE;
  sidecar = kutip_paths_get_sidecar (self->file, self->query->annotator);
  return g_file_query_exists (sidecar, self->cancellable);
}

gboolean
kutip_search_file (const KutipSearchQuery *query,
                   GFile *file,
                   KutipSearchFunc func,
                   gpointer data,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (GFile) article = kutip_paths_get_article (file, NULL);
  g_autoptr (KutipText) text = NULL;
  Search self = { .query = query,
                  .file = article != NULL ? article : file,
                  .covering = g_intern_string (query->covering),
                  .func = func,
                  .data = data,
                  .cancellable = cancellable };
  gboolean done = FALSE;

  if (!needs_layer (&self))
    {
      text = read_text (&self);
      self.text = text;
      done = text != NULL && search_text (&self);
    }
  if (!done && self.error == NULL)
    done = search_opened (&self, file);
  if (self.error != NULL)
    g_propagate_error (error, self.error);
  return done && self.error == NULL;
}

gboolean
kutip_search_open (const KutipSearchQuery *query,
                   GFile *file,
                   KutipText *text,
                   KutipLayer *layer,
                   KutipSearchFunc func,
                   gpointer data,
                   GCancellable *cancellable,
                   GError **error)
{
  Search self = { .query = query,
                  .file = file,
                  .text = text,
                  .layer = layer,
                  .covering = g_intern_string (query->covering),
                  .func = func,
                  .data = data,
                  .cancellable = cancellable };
  gboolean done = search_layer (&self);

  if (self.error != NULL)
    g_propagate_error (error, self.error);
  return done && self.error == NULL;
}
