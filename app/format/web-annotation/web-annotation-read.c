/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/draft.h"
#include "format/text-apart.h"
#include "format/web-annotation/selector.h"
#include "format/web-annotation/web-annotation-index.h"
#include "format/web-annotation/web-annotation-kept.h"
#include "format/web-annotation/web-annotation-parts.h"
#include "format/web-annotation/web-annotation.h"

#include <glib/gi18n.h>
#include <string.h>

const char *const kutip_web_annotation_members[] = {
  "@context", "id",       "type",       "motivation", "creator", "generator",
  "created",  "modified", "body",       "bodyValue",  "target",  KUTIP_WEB_ANNOTATION_OWN,
  "items",    "partOf",   "startIndex", NULL,
};

typedef struct
{
  KutipSource *source;
  const KutipFormatOptions *options;
  KutipReport *report;
  KutipJsonTree *tree;
  KutipWebIndex *index;
  gboolean is_only; /* there is one article */
  const char *name; /* of the article, as targets have it; NULL: they are all in it */
  /* Of the layer that is read. */
  KutipDraft *draft;
  const KutipWebLayer *layer;
  GHashTable *ids; /* of the article: an annotation's or link's, owned -> its layer */
  KutipOffsetUnit unit;
} Reading;

/* --- spans --- */

/* Whether it is about the article that is read: others may be selected, too. */
static gboolean
is_here (Reading *self, const KutipJsonNode *annotation, const KutipJsonNode *target)
{
  g_autofree char *source =
      self->name == NULL ? NULL : kutip_web_dup_source (annotation, target);

  return self->name == NULL || strcmp (self->name, source != NULL ? source : "") == 0;
}

static gboolean
collect_selectors (Reading *self,
                   const KutipJsonNode *annotation,
                   GArray *selectors,
                   GError **error)
{
  const KutipJsonNode *target = kutip_web_get_first (annotation, "target");
  gboolean is_list =
      kutip_json_node_is_array (kutip_json_node_get (annotation, "target"));

  for (; target != NULL; target = is_list ? target->next : NULL)
    {
      KutipSelector selector = { NULL };

      if (is_list && !is_here (self, annotation, target))
        continue;
      if (!kutip_selector_read (self->tree, kutip_json_node_get (target, "selector"),
                                &selector, error))
        return FALSE;
      if (!kutip_selector_is_empty (&selector))
        g_array_append_val (selectors, selector);
    }
  return TRUE;
}

static void
warn (Reading *self, const char *what, const KutipJsonNode *node)
{
  kutip_report_add (self->report, KUTIP_REPORT_WARNING, what, self->source->name,
                    kutip_json_node_get_member (node, "id"),
                    kutip_json_tree_get_line (self->tree, node), NULL);
}

static const char *
dup_member (Reading *self, const KutipJsonNode *node, const char *name)
{
  return kutip_draft_keep (self->draft,
                           kutip_json_node_get_string (kutip_web_get_first (node, name)));
}

/* Whether all targets are in the article that is read. */
static gboolean
is_all_here (Reading *self, const KutipJsonNode *annotation)
{
  const KutipJsonNode *target = kutip_json_node_get (annotation, "target");

  for (target = kutip_json_node_is_array (target) ? target->first : NULL; target != NULL;
       target = target->next)
    if (!is_here (self, annotation, target))
      return FALSE;
  return TRUE;
}

/* What is not understood, or written otherwise; and the id, unless Kutip made it. */
static void
keep_unknown (Reading *self,
              const KutipJsonNode *annotation,
              gboolean is_link,
              GString **unknown)
{
  const KutipJsonNode *own = kutip_web_get_own (annotation);
  gboolean is_foreign = own == NULL || kutip_json_node_is_true (kutip_json_node_get (
                                           own, KUTIP_WEB_ANNOTATION_FOREIGN_ID));

  for (const KutipJsonNode *child = annotation->first; child != NULL; child = child->next)
    if (!g_strv_contains (kutip_web_annotation_members, child->name) ||
        (is_foreign && strcmp (child->name, "id") == 0))
      kutip_draft_keep_unknown (unknown, child);
  kutip_web_keep (unknown, annotation, kutip_draft_get_text (self->draft), is_link,
                  is_link || is_all_here (self, annotation));
}

static void
take_own_span (Reading *self, const KutipJsonNode *annotation, KutipDraftSpan *span)
{
  const KutipJsonNode *own = kutip_web_get_own (annotation);

  for (const KutipJsonNode *child = own == NULL ? NULL : own->first; child != NULL;
       child = child->next)
    if (!kutip_draft_take_span_member (self->draft, span, child) &&
        strcmp (child->name, KUTIP_WEB_ANNOTATION_FOREIGN_ID) != 0)
      warn (self, "unknown-member", annotation);
  if (own == NULL)
    span->fields.origin_by =
        dup_member (self, kutip_web_get_first (annotation, "generator"), "name");
  keep_unknown (self, annotation, FALSE, &span->unknown);
}

static gboolean
check_id (Reading *self, const KutipJsonNode *annotation, GError **error)
{
  const char *id = kutip_json_node_get_member (annotation, "id");
  gpointer other = id == NULL ? NULL : g_hash_table_lookup (self->ids, id);

  if (id != NULL && other == self->layer)
    return kutip_json_tree_fail (self->tree, annotation, error,
                                 _ ("the id “%s” occurs twice"), id);
  /* Another annotator's, which links cannot tell from this one. */
  if (other != NULL)
    warn (self, "id-twice", annotation);
  if (id != NULL)
    g_hash_table_insert (self->ids, g_strdup (id), (gpointer) self->layer);
  return TRUE;
}

static gboolean
read_span (Reading *self,
           const KutipJsonNode *annotation,
           const GArray *selectors,
           GError **error)
{
  const char *id = kutip_json_node_get_member (annotation, "id");
  KutipDraftSpan *span;
  KutipWebBodies bodies = { .draft = self->draft };
  gboolean moved = FALSE;

  span = kutip_draft_get_span (self->draft, id, annotation);
  for (guint i = 0; i < selectors->len; i++)
    if (!kutip_selector_apply (&g_array_index (selectors, KutipSelector, i), self->draft,
                               span, self->unit, &moved, error))
      return FALSE;
  if (moved)
    warn (self, "other-text", annotation);
  take_own_span (self, annotation, span);
  bodies.attributes = &span->fields.attributes;
  bodies.links = kutip_web_get_own (annotation) == NULL ? span->links : NULL;
  kutip_web_bodies_read (&bodies, annotation);
  span->fields.label = bodies.label;
  span->fields.note = bodies.note;
  span->fields.created = dup_member (self, annotation, "created");
  span->fields.modified = dup_member (self, annotation, "modified");
  return TRUE;
}

/* What selects no text is kept for the way back. */
static void
keep_annotation (Reading *self, const KutipJsonNode *annotation, GString *kept)
{
  g_string_append (kept, kept->len == 0 ? "[" : ", ");
  kutip_json_node_append (kept, annotation);
  warn (self, "no-text", annotation);
}

/* --- relations --- */

static gboolean
read_relation (Reading *self, const KutipJsonNode *annotation, GError **error)
{
  KutipDraftRelation *relation = kutip_draft_add_relation (self->draft, annotation);
  const KutipJsonNode *own = kutip_web_get_own (annotation);
  const KutipJsonNode *linked = kutip_web_find_linked (annotation);
  KutipWebBodies bodies = { .draft = self->draft,
                            .attributes = &relation->fields.attributes,
                            .linked = linked };

  for (const KutipJsonNode *child = own == NULL ? NULL : own->first; child != NULL;
       child = child->next)
    if (!kutip_draft_take_relation_member (self->draft, relation, child) &&
        strcmp (child->name, KUTIP_WEB_ANNOTATION_FOREIGN_ID) != 0)
      warn (self, "unknown-member", annotation);
  keep_unknown (self, annotation, TRUE, &relation->unknown);
  kutip_web_bodies_read (&bodies, annotation);
  relation->from = kutip_draft_keep (
      self->draft, kutip_web_get_iri (kutip_web_get_first (annotation, "target")));
  relation->to =
      kutip_draft_keep (self->draft, linked == NULL ? NULL : kutip_web_get_iri (linked));
  relation->fields.label = bodies.label;
  relation->fields.note = bodies.note;
  relation->fields.created = dup_member (self, annotation, "created");
  relation->fields.modified = dup_member (self, annotation, "modified");
  return TRUE;
}

/* --- layers --- */

static void
take_header (Reading *self, const KutipWebLayer *layer)
{
  g_autofree char *annotator = kutip_web_index_dup_annotator (self->index, layer);
  const KutipJsonNode *own = layer->own.n_bytes == 0
                                 ? NULL
                                 : kutip_json_tree_read_again (self->tree, layer->own);
  KutipHeaderFields *header = kutip_draft_get_header (self->draft);

  if (annotator != NULL && *annotator != '\0')
    header->annotator = kutip_draft_keep (self->draft, annotator);
  for (const KutipJsonNode *child = own == NULL ? NULL : own->first; child != NULL;
       child = child->next)
    if (!kutip_draft_take_header_member (self->draft, child) &&
        strcmp (child->name, "path") != 0 && strcmp (child->name, "annotator") != 0)
      kutip_draft_keep_unknown (kutip_draft_get_unknown (self->draft), child);
}

/* The @nth of @places; it is gone with the next call. */
static const KutipJsonNode *
read_again (Reading *self, const GArray *places, guint nth)
{
  return kutip_json_tree_read_again (self->tree,
                                     g_array_index (places, KutipJsonPlace, nth));
}

/* How well the places of an annotation fit each unit, where they say what stands there;
 * by themselves they are code points, as the standard has it. */
static gboolean
rate_annotation (Reading *self,
                 const KutipJsonNode *annotation,
                 KutipText *text,
                 KutipOffsetsRating *rating,
                 GError **error)
{
  g_autoptr (GArray) selectors = g_array_new (FALSE, FALSE, sizeof (KutipSelector));

  if (!collect_selectors (self, annotation, selectors, error))
    return FALSE;
  for (guint i = 0; i < selectors->len; i++)
    if (g_array_index (selectors, KutipSelector, i).exact != NULL)
      kutip_selector_rate (&g_array_index (selectors, KutipSelector, i), text, rating);
  return TRUE;
}

static gboolean
find_unit (Reading *self, const KutipWebLayer *layer, KutipText *text, GError **error)
{
  KutipOffsetsRating rating = { 0 };
  gboolean is_own = layer->own.n_bytes > 0;

  /* Kutip's own are code points. */
  self->unit = is_own && self->options->offset_unit == KUTIP_OFFSETS_AUTO
                   ? KUTIP_OFFSETS_CODE_POINTS
                   : self->options->offset_unit;
  if (self->unit != KUTIP_OFFSETS_AUTO)
    return TRUE;
  for (guint i = 0; i < layer->annotations->len; i++)
    if (!rate_annotation (self, read_again (self, layer->annotations, i), text, &rating,
                          error))
      return FALSE;
  self->unit = kutip_offsets_rating_get_best (&rating);
  return TRUE;
}

static gboolean
read_annotation (Reading *self,
                 const KutipJsonNode *annotation,
                 GString *kept,
                 GError **error)
{
  g_autoptr (GArray) selectors = g_array_new (FALSE, FALSE, sizeof (KutipSelector));

  if (!check_id (self, annotation, error) ||
      !collect_selectors (self, annotation, selectors, error))
    return FALSE;
  if (selectors->len > 0)
    return read_span (self, annotation, selectors, error);
  keep_annotation (self, annotation, kept);
  return TRUE;
}

static gboolean
read_relations (Reading *self, const GArray *links, GError **error)
{
  for (guint i = 0; i < links->len; i++)
    {
      const KutipJsonNode *link = read_again (self, links, i);

      if (!check_id (self, link, error) || !read_relation (self, link, error))
        return FALSE;
    }
  return TRUE;
}

/* What is in the list of a page that Kutip wrote: links begin at an annotation of it. */
static gboolean
read_items (Reading *self, KutipJsonPlace items, GString *kept, GError **error)
{
  g_auto (KutipJsonElements) elements = { NULL };
  g_autoptr (GArray) links = g_array_new (FALSE, FALSE, sizeof (KutipJsonPlace));
  const KutipJsonNode *annotation;

  if (items.n_bytes == 0)
    return TRUE;
  kutip_json_elements_init_at (&elements, self->tree, items);
  while ((annotation = kutip_json_elements_next (&elements)) != NULL)
    {
      KutipJsonPlace place = kutip_json_elements_get_place (&elements, annotation);

      if (!kutip_web_check_annotation (self->tree, annotation, error))
        return FALSE;
      if (kutip_web_is_link (annotation))
        g_array_append_val (links, place);
      else if (!read_annotation (self, annotation, kept, error))
        return FALSE;
    }
  return read_relations (self, links, error);
}

static KutipLayer *
read_layer (Reading *self, const KutipWebLayer *layer, KutipText *text, GError **error)
{
  g_autoptr (KutipDraft) draft = kutip_draft_new (self->tree, text);
  g_autoptr (GString) kept = g_string_new (NULL);

  self->draft = draft;
  self->layer = layer;
  take_header (self, layer);
  if (!find_unit (self, layer, text, error) ||
      !read_items (self, layer->items, kept, error))
    return NULL;
  for (guint i = 0; i < layer->annotations->len; i++)
    if (!read_annotation (self, read_again (self, layer->annotations, i), kept, error))
      return NULL;
  if (!read_relations (self, layer->links, error))
    return NULL;
  if (kept->len > 0)
    {
      g_string_append_c (kept, ']');
      kutip_draft_keep_json (kutip_draft_get_unknown (draft), "annotations", kept->str);
    }
  return kutip_draft_finish (draft, KUTIP_WEB_ANNOTATION, error);
}

/* --- articles --- */

/* A name for an article that is known by an IRI. Owned. */
static char *
make_path (Reading *self, const char *source)
{
  g_autofree char *last = NULL;

  if (source == NULL)
    return g_strdup (self->source->name);
  if (strstr (source, "://") == NULL && *source != '/')
    return g_strdup (source);
  last = g_path_get_basename (source);
  return g_strdup (strcmp (last, "/") == 0 ? self->source->name : last);
}

/* In a page of Kutip all targets are in its article. @name: of that, or NULL. */
static void
set_name (Reading *self, const KutipWebLayer *layer, const char *name)
{
  const KutipJsonNode *own = layer->own.n_bytes == 0
                                 ? NULL
                                 : kutip_json_tree_read_again (self->tree, layer->own);

  if (kutip_json_node_get_member (own, "path") != NULL)
    self->name = NULL;
  else
    self->name = name != NULL ? name : "";
}

/* Whether any annotation of it selects a text; one that does not may be about a picture,
 * or a whole page. */
static gboolean
selects_text (Reading *self, const KutipWebArticle *article)
{
  g_autofree char *name = kutip_web_index_dup_source (self->index, article);
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (KutipSelector));

  for (const KutipWebLayer *layer = article->first; layer != NULL; layer = layer->next)
    {
      if (layer->own.n_bytes > 0)
        return TRUE;
      set_name (self, layer, name);
      for (guint i = 0; i < layer->annotations->len; i++)
        if (!collect_selectors (self, read_again (self, layer->annotations, i), all,
                                NULL) ||
            all->len > 0)
          return TRUE;
    }
  return FALSE;
}

static void
pass_over (Reading *self, const KutipWebArticle *article)
{
  for (const KutipWebLayer *layer = article->first; layer != NULL; layer = layer->next)
    for (guint i = 0; i < layer->annotations->len; i++)
      warn (self, "no-text", read_again (self, layer->annotations, i));
}

static KutipRecord *
read_article (Reading *self, const KutipWebArticle *from, GError **error)
{
  g_autofree char *name = kutip_web_index_dup_source (self->index, from);
  g_autofree char *path = make_path (self, name);
  g_autoptr (KutipText) text =
      kutip_text_apart_fetch (self->source, name, self->is_only, &path, error);
  g_autoptr (KutipArticle) article =
      text == NULL ? NULL : kutip_record_make_article (path, text);
  g_autoptr (KutipRecord) record =
      article == NULL ? NULL : kutip_record_new (path, article);
  g_autoptr (GHashTable) ids =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  self->ids = ids;
  for (const KutipWebLayer *from_layer = from->first;
       record != NULL && from_layer != NULL; from_layer = from_layer->next)
    {
      KutipLayer *layer;

      set_name (self, from_layer, name);
      layer = read_layer (self, from_layer, text, error);
      if (layer == NULL)
        return NULL;
      g_ptr_array_add (record->layers, layer);
    }
  return g_steal_pointer (&record);
}

/* FALSE with @error. */
static gboolean
read_next (Reading *self,
           const KutipWebArticle *article,
           KutipRecordFunc emit,
           gpointer data,
           GError **error)
{
  KutipRecord *record;

  kutip_source_let_go (self->source);
  if (!self->is_only && !selects_text (self, article))
    {
      pass_over (self, article);
      return TRUE;
    }
  record = read_article (self, article, error);
  return record != NULL && emit (record, data, error);
}

gboolean
kutip_web_annotation_read (KutipSource *source,
                           const KutipFormatOptions *options,
                           KutipRecordFunc emit,
                           gpointer data,
                           KutipReport *report,
                           GError **error)
{
  gsize n_bytes;
  const char *bytes = g_bytes_get_data (source->bytes, &n_bytes);
  g_autoptr (KutipJsonTree) tree = kutip_json_tree_new_with_choice (
      bytes, n_bytes, source->line, kutip_web_index_choose, error);
  g_autoptr (KutipWebIndex) index =
      tree == NULL ? NULL : kutip_web_index_new (source, tree, report, error);
  g_autoptr (GError) local = NULL;
  const KutipWebArticle *article;
  Reading reading = {
    .source = source, .options = options, .report = report, .tree = tree, .index = index
  };

  if (index == NULL)
    return FALSE;
  reading.is_only = kutip_web_index_get_n_articles (index) == 1;
  while ((article = kutip_web_index_next (index, &local)) != NULL)
    if (!read_next (&reading, article, emit, data, error))
      return FALSE;
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}
