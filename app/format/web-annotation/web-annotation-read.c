/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/draft.h"
#include "format/text-apart.h"
#include "format/web-annotation/selector.h"
#include "format/web-annotation/web-annotation-parts.h"
#include "format/web-annotation/web-annotation.h"

#include <glib/gi18n.h>
#include <string.h>

const char *const kutip_web_annotation_members[] = {
  "@context", "id",       "type",       "motivation", "creator", "generator",
  "created",  "modified", "body",       "bodyValue",  "target",  KUTIP_WEB_ANNOTATION_OWN,
  "items",    "partOf",   "startIndex", NULL,
};

/* Held as a node, or read again each time it is looked at: most of a large file. */
typedef struct
{
  const KutipJsonNode *node; /* or NULL */
  KutipJsonPlace place;
} Annotation;

/* The annotations of one person in one article. */
typedef struct
{
  char *annotator;
  const KutipJsonNode *page; /* Kutip's own: one page is one layer; else NULL */
  GArray *annotations;       /* Annotation */
  GArray *links;             /* the same: those that begin at one of them */
} Layer;

typedef struct
{
  char *source; /* as the annotations name it; NULL: they do not */
  GPtrArray *layers;
  GHashTable *by_who; /* page and annotator -> Layer */
} Article;

typedef struct
{
  KutipSource *source;
  const KutipFormatOptions *options;
  KutipReport *report;
  KutipJsonTree *tree;
  GPtrArray *articles;
  GHashTable *sources; /* -> Article */
  GHashTable *layers;  /* an annotation's id -> its Layer */
  GArray *links;       /* Annotation: those that link others */
  /* Of the layer that is read. */
  const char *path;
  KutipDraft *draft;
  KutipOffsetUnit unit;
} Reading;

static void
free_layer (gpointer data)
{
  Layer *layer = data;

  g_free (layer->annotator);
  g_array_unref (layer->annotations);
  g_array_unref (layer->links);
  g_free (layer);
}

static void
free_article (gpointer data)
{
  Article *article = data;

  g_free (article->source);
  g_hash_table_unref (article->by_who);
  g_ptr_array_unref (article->layers);
  g_free (article);
}

/* The @nth of a list of them; it may be gone with the next call. */
static const KutipJsonNode *
get_annotation (Reading *self, const GArray *list, guint nth)
{
  const Annotation *annotation = &g_array_index (list, Annotation, nth);

  return annotation->node != NULL
             ? annotation->node
             : kutip_json_tree_read_again (self->tree, annotation->place);
}

/* --- what there is --- */

static Article *
get_article (Reading *self, const char *source)
{
  const char *key = source == NULL ? "" : source;
  Article *article = g_hash_table_lookup (self->sources, key);

  if (article != NULL)
    return article;
  article = g_new0 (Article, 1);
  article->source = g_strdup (source);
  article->layers = g_ptr_array_new_with_free_func (free_layer);
  article->by_who = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_ptr_array_add (self->articles, article);
  g_hash_table_insert (self->sources, g_strdup (key), article);
  return article;
}

static Layer *
get_layer (Article *article, const char *annotator, const KutipJsonNode *page)
{
  g_autofree char *who =
      g_strdup_printf ("%p%c%s", (gconstpointer) page, annotator == NULL ? '-' : ' ',
                       annotator == NULL ? "" : annotator);
  Layer *layer = g_hash_table_lookup (article->by_who, who);

  if (layer != NULL)
    return layer;
  layer = g_new0 (Layer, 1);
  layer->annotator = g_strdup (annotator);
  layer->page = page;
  layer->annotations = g_array_new (FALSE, FALSE, sizeof (Annotation));
  layer->links = g_array_new (FALSE, FALSE, sizeof (Annotation));
  g_ptr_array_add (article->layers, layer);
  g_hash_table_insert (article->by_who, g_steal_pointer (&who), layer);
  return layer;
}

static const char *
get_creator (const KutipJsonNode *annotation)
{
  static const char *const names[] = { "name", "nickname", "nick", "id" };
  const KutipJsonNode *creator = kutip_web_get_first (annotation, "creator");

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *name =
          kutip_json_node_get_string (kutip_web_get_first (creator, names[i]));

      if (name != NULL)
        return name;
    }
  return kutip_json_node_get_string (creator);
}

static const char *
get_source (const KutipJsonNode *annotation)
{
  const KutipJsonNode *target = kutip_web_get_first (annotation, "target");
  const KutipJsonNode *source = kutip_web_get_first (target, "source");

  return source != NULL ? kutip_web_get_iri (source) : kutip_web_get_iri (target);
}

/* The page that Kutip wrote, or NULL. */
static const KutipJsonNode *
get_own (const KutipJsonNode *node)
{
  const KutipJsonNode *own = kutip_json_node_get (node, KUTIP_WEB_ANNOTATION_OWN);

  return kutip_json_node_is_object (own) ? own : NULL;
}

/* @node is what @annotation says. */
static void
note_annotation (Reading *self,
                 const KutipJsonNode *node,
                 Annotation annotation,
                 const KutipJsonNode *page)
{
  const KutipJsonNode *own = get_own (page);
  const char *id = kutip_json_node_get_member (node, "id");
  g_autofree char *source = NULL;
  Layer *layer;

  if (kutip_web_has_value (node, "motivation", "linking") &&
      kutip_web_get_iri (kutip_web_get_first (node, "target")))
    {
      g_array_append_val (self->links, annotation);
      return;
    }
  if (kutip_json_node_get_member (own, "path") != NULL)
    source = g_strdup (kutip_json_node_get_member (own, "path"));
  else if (get_source (node) != NULL)
    source = g_uri_unescape_string (get_source (node), NULL);
  /* What is escaped may be anything. */
  if (source != NULL && !g_utf8_validate (source, -1, NULL))
    {
      g_free (source);
      source = g_strdup (get_source (node));
    }
  layer = get_layer (get_article (self, source),
                     own != NULL ? kutip_json_node_get_member (own, "annotator")
                                 : get_creator (node),
                     own != NULL ? page : NULL);
  g_array_append_val (layer->annotations, annotation);
  if (id != NULL)
    g_hash_table_insert (self->layers, g_strdup (id), layer);
}

static gboolean
fail_type (Reading *self, const KutipJsonNode *node, GError **error)
{
  return kutip_json_tree_fail (
      self->tree, node, error,
      /* Translators: the words in quotes stay as they are. */
      _ ("an “Annotation” with a “target” was expected here, an “AnnotationPage”, or "
         "an “AnnotationCollection”"));
}

static gboolean
is_annotation (const KutipJsonNode *node)
{
  return kutip_web_has_value (node, "type", "Annotation") &&
         kutip_json_node_get (node, "target") != NULL;
}

static gboolean note_value (Reading *self,
                            const KutipJsonNode *node,
                            const KutipJsonNode *page,
                            GError **error);

static gboolean
note_values (Reading *self,
             const KutipJsonNode *list,
             const KutipJsonNode *page,
             GError **error)
{
  if (!kutip_json_node_is_array (list))
    return list == NULL || note_value (self, list, page, error);
  for (const KutipJsonNode *child = list->first; child != NULL; child = child->next)
    if (!note_value (self, child, page, error))
      return FALSE;
  return TRUE;
}

/* A list that is apart has annotations alone. */
static gboolean
note_items (Reading *self, const KutipJsonNode *page, GError **error)
{
  const KutipJsonNode *list = kutip_json_node_get (page, "items");
  const KutipJsonNode *node;
  g_auto (KutipJsonElements) elements = { NULL };

  if (!kutip_json_node_is_array (list))
    return note_values (self, list, page, error);
  kutip_json_elements_init (&elements, self->tree, list);
  if (!kutip_json_elements_are_apart (&elements))
    return note_values (self, list, page, error);
  while ((node = kutip_json_elements_next (&elements)) != NULL)
    {
      Annotation annotation = { NULL, kutip_json_elements_get_place (&elements, node) };

      if (!is_annotation (node))
        return fail_type (self, node, error);
      note_annotation (self, node, annotation, page);
    }
  return TRUE;
}

/* Every list of Kutip's own is a layer, even an empty one. */
static gboolean
note_page (Reading *self, const KutipJsonNode *node, GError **error)
{
  const KutipJsonNode *own = get_own (node);
  const char *path = kutip_json_node_get_member (own, "path");

  kutip_source_let_go (self->source);
  if (path != NULL)
    get_layer (get_article (self, path), kutip_json_node_get_member (own, "annotator"),
               node);
  if (kutip_json_node_get_member (node, "next") != NULL)
    kutip_report_add (self->report, KUTIP_REPORT_WARNING, "next-page", self->source->name,
                      NULL, kutip_json_tree_get_line (self->tree, node),
                      kutip_json_node_get_member (node, "next"));
  return note_items (self, node, error);
}

/* An annotation, a page of them, or a collection with its first page. */
static gboolean
note_value (Reading *self,
            const KutipJsonNode *node,
            const KutipJsonNode *page,
            GError **error)
{
  const KutipJsonNode *first = kutip_json_node_get (node, "first");

  if (kutip_web_has_value (node, "type", "AnnotationPage"))
    return note_page (self, node, error);
  if (kutip_web_has_value (node, "type", "AnnotationCollection"))
    return !kutip_json_node_is_object (first) || note_value (self, first, NULL, error);
  if (!is_annotation (node))
    return fail_type (self, node, error);
  note_annotation (self, node, (Annotation){ .node = node }, page);
  return TRUE;
}

/* --- spans --- */

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

/* What is not understood; and the id, unless Kutip made it. */
static void
keep_unknown (const KutipJsonNode *annotation, GString **unknown)
{
  const KutipJsonNode *own = get_own (annotation);
  gboolean is_foreign = own == NULL || kutip_json_node_is_true (kutip_json_node_get (
                                           own, KUTIP_WEB_ANNOTATION_FOREIGN_ID));

  for (const KutipJsonNode *child = annotation->first; child != NULL; child = child->next)
    if (!g_strv_contains (kutip_web_annotation_members, child->name) ||
        (is_foreign && strcmp (child->name, "id") == 0))
      kutip_draft_keep_unknown (unknown, child);
}

static void
take_own_span (Reading *self, const KutipJsonNode *annotation, KutipDraftSpan *span)
{
  const KutipJsonNode *own = get_own (annotation);

  for (const KutipJsonNode *child = own == NULL ? NULL : own->first; child != NULL;
       child = child->next)
    if (!kutip_draft_take_span_member (self->draft, span, child) &&
        strcmp (child->name, KUTIP_WEB_ANNOTATION_FOREIGN_ID) != 0)
      warn (self, "unknown-member", annotation);
  if (own == NULL)
    span->fields.origin_by =
        dup_member (self, kutip_web_get_first (annotation, "generator"), "name");
  keep_unknown (annotation, &span->unknown);
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

  if (id != NULL && kutip_draft_find_span (self->draft, id) != NULL)
    return kutip_json_tree_fail (self->tree, annotation, error,
                                 _ ("the id “%s” occurs twice"), id);
  span = kutip_draft_get_span (self->draft, id, annotation);
  for (guint i = 0; i < selectors->len; i++)
    if (!kutip_selector_apply (&g_array_index (selectors, KutipSelector, i), self->draft,
                               span, self->unit, &moved, error))
      return FALSE;
  if (moved)
    warn (self, "other-text", annotation);
  take_own_span (self, annotation, span);
  bodies.attributes = &span->fields.attributes;
  bodies.links = get_own (annotation) == NULL ? span->links : NULL;
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

static const KutipJsonNode *
find_linked (const KutipJsonNode *annotation)
{
  const KutipJsonNode *body = kutip_web_get_first (annotation, "body");
  gboolean is_list = kutip_json_node_is_array (kutip_json_node_get (annotation, "body"));

  for (; body != NULL; body = is_list ? body->next : NULL)
    if (kutip_web_get_iri (body) != NULL && kutip_json_node_get (body, "value") == NULL)
      return body;
  return NULL;
}

static gboolean
read_relation (Reading *self, const KutipJsonNode *annotation, GError **error)
{
  KutipDraftRelation *relation = kutip_draft_add_relation (self->draft, annotation);
  const KutipJsonNode *own = get_own (annotation);
  const KutipJsonNode *linked = find_linked (annotation);
  KutipWebBodies bodies = { .draft = self->draft,
                            .attributes = &relation->fields.attributes };

  for (const KutipJsonNode *child = own == NULL ? NULL : own->first; child != NULL;
       child = child->next)
    if (!kutip_draft_take_relation_member (self->draft, relation, child) &&
        strcmp (child->name, KUTIP_WEB_ANNOTATION_FOREIGN_ID) != 0)
      warn (self, "unknown-member", annotation);
  keep_unknown (annotation, &relation->unknown);
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
take_header (Reading *self, Layer *layer)
{
  const KutipJsonNode *own = get_own (layer->page);
  KutipHeaderFields *header = kutip_draft_get_header (self->draft);

  if (layer->annotator != NULL && *layer->annotator != '\0')
    header->annotator = layer->annotator;
  for (const KutipJsonNode *child = own == NULL ? NULL : own->first; child != NULL;
       child = child->next)
    kutip_draft_take_header_member (self->draft, child);
}

static gboolean
find_unit (Reading *self, Layer *layer, KutipText *text, GError **error)
{
  g_autoptr (GArray) selectors = g_array_new (FALSE, FALSE, sizeof (KutipSelector));
  KutipOffsetsRating rating = { 0 };

  /* Kutip's own are code points. */
  self->unit = layer->page != NULL && self->options->offset_unit == KUTIP_OFFSETS_AUTO
                   ? KUTIP_OFFSETS_CODE_POINTS
                   : self->options->offset_unit;
  if (self->unit != KUTIP_OFFSETS_AUTO)
    return TRUE;
  for (guint i = 0; i < layer->annotations->len; i++)
    {
      g_array_set_size (selectors, 0);
      if (!collect_selectors (self, get_annotation (self, layer->annotations, i),
                              selectors, error))
        return FALSE;
      for (guint j = 0; j < selectors->len; j++)
        kutip_selector_rate (&g_array_index (selectors, KutipSelector, j), text, &rating);
    }
  self->unit = kutip_offsets_rating_get_best (&rating);
  return TRUE;
}

/* A KutipTextApartRead. */
static KutipLayer *
read_layer (gpointer part, KutipText *text, gpointer data, GError **error)
{
  Layer *layer = part;
  Reading *self = data;
  g_autoptr (KutipDraft) draft = kutip_draft_new (self->tree, text);
  g_autoptr (GString) kept = g_string_new (NULL);

  self->draft = draft;
  take_header (self, layer);
  if (!find_unit (self, layer, text, error))
    return NULL;
  for (guint i = 0; i < layer->annotations->len; i++)
    {
      const KutipJsonNode *annotation = get_annotation (self, layer->annotations, i);
      g_autoptr (GArray) selectors = g_array_new (FALSE, FALSE, sizeof (KutipSelector));

      if (!collect_selectors (self, annotation, selectors, error))
        return NULL;
      if (selectors->len == 0)
        keep_annotation (self, annotation, kept);
      else if (!read_span (self, annotation, selectors, error))
        return NULL;
    }
  for (guint i = 0; i < layer->links->len; i++)
    if (!read_relation (self, get_annotation (self, layer->links, i), error))
      return NULL;
  if (kept->len > 0)
    {
      g_string_append_c (kept, ']');
      kutip_draft_keep_json (kutip_draft_get_unknown (draft), "annotations", kept->str);
    }
  return kutip_draft_finish (draft, KUTIP_WEB_ANNOTATION, error);
}

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

/* Whether any annotation of it selects a text; one that does not may be about a picture,
 * or a whole page. */
static gboolean
selects_text (Reading *self, Article *article)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (KutipSelector));

  for (guint i = 0; i < article->layers->len; i++)
    {
      Layer *layer = g_ptr_array_index (article->layers, i);

      if (layer->page != NULL)
        return TRUE;
      for (guint j = 0; j < layer->annotations->len; j++)
        if (!collect_selectors (self, get_annotation (self, layer->annotations, j), all,
                                NULL) ||
            all->len > 0)
          return TRUE;
    }
  return FALSE;
}

static void
pass_over (Reading *self, Article *article)
{
  self->path = article->source;
  for (guint i = 0; i < article->layers->len; i++)
    {
      Layer *layer = g_ptr_array_index (article->layers, i);

      for (guint j = 0; j < layer->annotations->len; j++)
        warn (self, "no-text", get_annotation (self, layer->annotations, j));
    }
}

static KutipRecord *
read_article (Reading *self, Article *article, GError **error)
{
  g_autofree char *path = make_path (self, article->source);
  g_autoptr (KutipText) text = kutip_text_apart_fetch (self->source, article->source,
                                                       self->articles->len == 1, error);

  if (text == NULL)
    return NULL;
  self->path = path;
  return kutip_text_apart_make_record (path, text, article->layers, read_layer, self,
                                       error);
}

/* Gives each link to the layer of the annotation where it begins. */
static gboolean
place_links (Reading *self, GError **error)
{
  for (guint i = 0; i < self->links->len; i++)
    {
      const KutipJsonNode *link = get_annotation (self, self->links, i);
      const char *from = kutip_web_get_iri (kutip_web_get_first (link, "target"));
      Layer *layer = g_hash_table_lookup (self->layers, from);

      if (layer == NULL)
        return kutip_json_tree_fail (self->tree, link, error, _ ("there is no span “%s”"),
                                     from);
      g_array_append_val (layer->links, g_array_index (self->links, Annotation, i));
    }
  return TRUE;
}

/* A KutipJsonChoose: the annotations of a page, or of a collection's first. */
static KutipJsonChoice
choose (guint n_objects, const char *owner, const char *name)
{
  gboolean is_page =
      n_objects == 1 || (n_objects == 2 && g_strcmp0 (owner, "first") == 0);

  return is_page && strcmp (name, "items") == 0 ? KUTIP_JSON_APART : KUTIP_JSON_KEEP;
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
  g_autoptr (KutipJsonTree) tree =
      kutip_json_tree_new_with_choice (bytes, n_bytes, source->line, choose, error);
  g_autoptr (GPtrArray) articles = g_ptr_array_new_with_free_func (free_article);
  g_autoptr (GHashTable) sources =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) layers =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GArray) links = g_array_new (FALSE, FALSE, sizeof (Annotation));
  Reading reading = {
    .source = source,
    .options = options,
    .report = report,
    .tree = tree,
    .articles = articles,
    .sources = sources,
    .layers = layers,
    .links = links,
  };

  if (tree == NULL ||
      !note_values (&reading, kutip_json_tree_get_root (tree), NULL, error) ||
      !place_links (&reading, error))
    return FALSE;
  for (guint i = 0; i < articles->len; i++)
    {
      Article *article = g_ptr_array_index (articles, i);
      KutipRecord *record;

      kutip_source_let_go (source);
      if (articles->len > 1 && !selects_text (&reading, article))
        {
          pass_over (&reading, article);
          continue;
        }
      record = read_article (&reading, article, error);
      if (record == NULL || !emit (record, data, error))
        return FALSE;
    }
  return TRUE;
}
