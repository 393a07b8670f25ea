/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/web-annotation/web-annotation-index.h"

#include "format/web-annotation/web-annotation-parts.h"
#include "format/web-annotation/web-annotation.h"

#include <glib/gi18n.h>
#include <string.h>

/* A link that stands outside of Kutip's own pages. */
typedef struct
{
  KutipJsonPlace place;
  const char *from; /* the annotation where it begins */
} Link;

struct _KutipWebIndex
{
  KutipSource *source;
  KutipJsonTree *tree;
  KutipReport *report;
  GPtrArray *articles;
  GHashTable *by_source; /* -> KutipWebArticle */
  GHashTable *layers;    /* a set of KutipWebLayer */
  GStringChunk *strings;
  GArray *links;      /* Link */
  GHashTable *linked; /* from -> its KutipWebLayer; or NULL: they are not known yet */
};

/* The page that is gone through. */
typedef struct
{
  const KutipJsonNode *own; /* NULL: another program's */
  KutipJsonPlace place;     /* of that */
  KutipWebLayer *layer;     /* of Kutip's, where it names its article; or NULL */
} Page;

static guint
hash_layer (gconstpointer data)
{
  const KutipWebLayer *layer = data;

  return g_direct_hash (layer->article) * 31u + layer->own.offset * 7u +
         (layer->annotator == NULL ? 0 : g_str_hash (layer->annotator));
}

static gboolean
is_same_layer (gconstpointer a, gconstpointer b)
{
  const KutipWebLayer *first = a;
  const KutipWebLayer *second = b;

  return first->article == second->article && first->own.offset == second->own.offset &&
         g_strcmp0 (first->annotator, second->annotator) == 0;
}

static void
free_layer (KutipWebLayer *layer)
{
  g_clear_pointer (&layer->annotations, g_array_unref);
  g_clear_pointer (&layer->links, g_array_unref);
  g_free (layer);
}

static void
free_article (gpointer data)
{
  KutipWebArticle *article = data;

  while (article->first != NULL)
    {
      KutipWebLayer *layer = article->first;

      article->first = layer->next;
      free_layer (layer);
    }
  g_free (article);
}

static KutipWebArticle *
get_article (KutipWebIndex *self, const char *source)
{
  KutipWebArticle *article =
      g_hash_table_lookup (self->by_source, source == NULL ? "" : source);

  if (article != NULL)
    return article;
  article = g_new0 (KutipWebArticle, 1);
  if (source != NULL)
    article->source = g_string_chunk_insert (self->strings, source);
  g_ptr_array_add (self->articles, article);
  g_hash_table_insert (self->by_source,
                       (gpointer) (source == NULL ? "" : article->source), article);
  return article;
}

/* @own: in Kutip's own pages, of which each is a layer. */
static KutipWebLayer *
get_layer (KutipWebIndex *self,
           KutipWebArticle *article,
           const char *annotator,
           KutipJsonPlace own)
{
  KutipWebLayer key = { .article = article, .annotator = annotator, .own = own };
  KutipWebLayer *layer = g_hash_table_lookup (self->layers, &key);

  if (layer != NULL)
    return layer;
  layer = g_new (KutipWebLayer, 1);
  *layer = key;
  if (annotator != NULL)
    layer->annotator = g_string_chunk_insert_const (self->strings, annotator);
  if (article->last == NULL)
    article->first = layer;
  else
    article->last->next = layer;
  article->last = layer;
  g_hash_table_add (self->layers, layer);
  return layer;
}

/* --- annotations --- */

const KutipJsonNode *
kutip_web_get_own (const KutipJsonNode *node)
{
  const KutipJsonNode *own = kutip_json_node_get (node, KUTIP_WEB_ANNOTATION_OWN);

  return kutip_json_node_is_object (own) ? own : NULL;
}

static const char *
get_from (const KutipJsonNode *annotation)
{
  return kutip_web_get_iri (kutip_web_get_first (annotation, "target"));
}

gboolean
kutip_web_is_link (const KutipJsonNode *annotation)
{
  return kutip_web_has_value (annotation, "motivation", "linking") &&
         get_from (annotation) != NULL;
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

/* What the annotation is about. Owned, or NULL. */
static char *
dup_source (const KutipJsonNode *annotation)
{
  const KutipJsonNode *target = kutip_web_get_first (annotation, "target");
  const KutipJsonNode *source = kutip_web_get_first (target, "source");
  const char *iri =
      source != NULL ? kutip_web_get_iri (source) : kutip_web_get_iri (target);
  g_autofree char *plain = iri == NULL ? NULL : g_uri_unescape_string (iri, NULL);

  /* What is escaped may be anything. */
  if (plain != NULL && !g_utf8_validate (plain, -1, NULL))
    return g_strdup (iri);
  return g_steal_pointer (&plain);
}

/* The layer of an annotation that is no link. */
static KutipWebLayer *
find_layer (KutipWebIndex *self, const KutipJsonNode *node, const Page *page)
{
  g_autofree char *source = NULL;

  if (page->layer != NULL)
    return page->layer;
  source = dup_source (node);
  return get_layer (self, get_article (self, source),
                    page->own != NULL
                        ? kutip_json_node_get_member (page->own, "annotator")
                        : get_creator (node),
                    page->place);
}

static void
add_place (GArray **places, KutipJsonPlace place)
{
  if (*places == NULL)
    *places = g_array_new (FALSE, FALSE, sizeof (KutipJsonPlace));
  g_array_append_val (*places, place);
}

/* @node is what stands at @place. */
static void
note_annotation (KutipWebIndex *self,
                 const KutipJsonNode *node,
                 KutipJsonPlace place,
                 const Page *page)
{
  const char *id = kutip_json_node_get_member (node, "id");

  if (self->linked != NULL)
    {
      if (id != NULL && !kutip_web_is_link (node) &&
          g_hash_table_contains (self->linked, id))
        g_hash_table_replace (self->linked,
                              g_string_chunk_insert_const (self->strings, id),
                              find_layer (self, node, page));
      return;
    }
  if (kutip_web_is_link (node))
    {
      Link link = { place, g_string_chunk_insert_const (self->strings, get_from (node)) };

      g_array_append_val (self->links, link);
    }
  else
    add_place (&find_layer (self, node, page)->annotations, place);
}

/* --- the file --- */

gboolean
kutip_web_check_annotation (KutipJsonTree *tree,
                            const KutipJsonNode *node,
                            GError **error)
{
  if (kutip_web_has_value (node, "type", "Annotation") &&
      kutip_json_node_get (node, "target") != NULL)
    return TRUE;
  return kutip_json_tree_fail (
      tree, node, error,
      /* Translators: the words in quotes stay as they are. */
      _ ("an “Annotation” with a “target” was expected here, an “AnnotationPage”, or "
         "an “AnnotationCollection”"));
}

/* What begins at @node ends at @end or before. */
static KutipJsonPlace
make_place (const KutipJsonNode *node, gsize end)
{
  return (KutipJsonPlace){ node->offset, (guint) (end - node->offset) };
}

static gboolean
note_node (KutipWebIndex *self,
           const KutipJsonNode *node,
           KutipJsonPlace place,
           const Page *page,
           GError **error)
{
  if (!kutip_web_check_annotation (self->tree, node, error))
    return FALSE;
  note_annotation (self, node, place, page);
  return TRUE;
}

/* A list of annotations. */
static gboolean
note_list (KutipWebIndex *self,
           const KutipJsonNode *list,
           const Page *page,
           GError **error)
{
  g_auto (KutipJsonElements) elements = { NULL };
  const KutipJsonNode *node;

  kutip_json_elements_init (&elements, self->tree, list);
  while ((node = kutip_json_elements_next (&elements)) != NULL)
    if (!note_node (self, node, kutip_json_elements_get_place (&elements, node), page,
                    error))
      return FALSE;
  return TRUE;
}

static gboolean
note_items (KutipWebIndex *self,
            const KutipJsonNode *items,
            gsize end,
            const Page *page,
            GError **error)
{
  if (items == NULL)
    return TRUE;
  if (!kutip_json_node_is_array (items))
    return note_node (self, items, make_place (items, end), page, error);
  /* They are looked at when the layer is read. */
  if (page->layer != NULL && self->linked == NULL)
    {
      page->layer->items = (KutipJsonPlace){ items->offset, items->n_bytes };
      return TRUE;
    }
  return note_list (self, items, page, error);
}

/* Every list of Kutip's own is a layer, even an empty one. */
static gboolean
note_page (KutipWebIndex *self, const KutipJsonNode *node, gsize end, GError **error)
{
  Page page = { .own = kutip_web_get_own (node) };
  const char *path = kutip_json_node_get_member (page.own, "path");
  const char *next = kutip_json_node_get_member (node, "next");

  kutip_source_let_go (self->source);
  if (page.own != NULL)
    page.place = make_place (page.own, end);
  if (path != NULL)
    page.layer =
        get_layer (self, get_article (self, path),
                   kutip_json_node_get_member (page.own, "annotator"), page.place);
  if (next != NULL && self->linked == NULL)
    kutip_report_add (self->report, KUTIP_REPORT_WARNING, "next-page", self->source->name,
                      NULL, kutip_json_tree_get_line (self->tree, node), next);
  return note_items (self, kutip_json_node_get (node, "items"), end, &page, error);
}

/* An annotation, a page of them, or a collection with its first page. */
static gboolean
note_value (KutipWebIndex *self, const KutipJsonNode *node, gsize end, GError **error)
{
  const KutipJsonNode *first = kutip_json_node_get (node, "first");
  static const Page none = { NULL };

  if (kutip_web_has_value (node, "type", "AnnotationPage"))
    return note_page (self, node, end, error);
  if (kutip_web_has_value (node, "type", "AnnotationCollection"))
    return !kutip_json_node_is_object (first) || note_value (self, first, end, error);
  return note_node (self, node, make_place (node, end), &none, error);
}

static gboolean
note_file (KutipWebIndex *self, GError **error)
{
  const KutipJsonNode *root = kutip_json_tree_get_root (self->tree);
  g_auto (KutipJsonElements) elements = { NULL };
  const KutipJsonNode *node;

  if (!kutip_json_node_is_array (root))
    return note_value (self, root, g_bytes_get_size (self->source->bytes), error);
  kutip_json_elements_init (&elements, self->tree, root);
  kutip_json_elements_set_choice (&elements, kutip_web_index_choose);
  while ((node = kutip_json_elements_next (&elements)) != NULL)
    {
      KutipJsonPlace place = kutip_json_elements_get_place (&elements, node);

      if (!note_value (self, node, (gsize) place.offset + place.n_bytes, error))
        return FALSE;
    }
  return TRUE;
}

/* Gives each link to the layer of the annotation where it begins. */
static gboolean
place_links (KutipWebIndex *self, GError **error)
{
  if (self->links->len == 0)
    return TRUE;
  self->linked = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < self->links->len; i++)
    g_hash_table_insert (self->linked,
                         (gpointer) g_array_index (self->links, Link, i).from, NULL);
  if (!note_file (self, error))
    return FALSE;
  for (guint i = 0; i < self->links->len; i++)
    {
      const Link *link = &g_array_index (self->links, Link, i);
      KutipWebLayer *layer = g_hash_table_lookup (self->linked, link->from);

      if (layer == NULL)
        return kutip_json_tree_fail_at (self->tree, link->place.offset, error,
                                        _ ("there is no span “%s”"), link->from);
      add_place (&layer->links, link->place);
    }
  return TRUE;
}

KutipWebIndex *
kutip_web_index_new (KutipSource *source,
                     KutipJsonTree *tree,
                     KutipReport *report,
                     GError **error)
{
  g_autoptr (KutipWebIndex) self = g_new0 (KutipWebIndex, 1);
  gboolean good;

  self->source = source;
  self->tree = tree;
  self->report = report;
  self->articles = g_ptr_array_new_with_free_func (free_article);
  self->by_source = g_hash_table_new (g_str_hash, g_str_equal);
  self->layers = g_hash_table_new (hash_layer, is_same_layer);
  self->strings = g_string_chunk_new (4096);
  self->links = g_array_new (FALSE, FALSE, sizeof (Link));
  good = note_file (self, error) && place_links (self, error);
  /* All are in their places. */
  g_clear_pointer (&self->by_source, g_hash_table_unref);
  g_clear_pointer (&self->layers, g_hash_table_unref);
  g_clear_pointer (&self->linked, g_hash_table_unref);
  g_clear_pointer (&self->links, g_array_unref);
  return good ? g_steal_pointer (&self) : NULL;
}

void
kutip_web_index_free (KutipWebIndex *self)
{
  g_clear_pointer (&self->by_source, g_hash_table_unref);
  g_clear_pointer (&self->layers, g_hash_table_unref);
  g_clear_pointer (&self->linked, g_hash_table_unref);
  g_clear_pointer (&self->links, g_array_unref);
  g_ptr_array_unref (self->articles);
  g_string_chunk_free (self->strings);
  g_free (self);
}

GPtrArray *
kutip_web_index_get_articles (KutipWebIndex *self)
{
  return self->articles;
}

KutipJsonChoice
kutip_web_index_choose (guint n_objects, const char *owner, const char *name)
{
  gboolean is_page =
      n_objects == 1 || (n_objects == 2 && g_strcmp0 (owner, "first") == 0);

  return n_objects == 0 || (is_page && strcmp (name, "items") == 0) ? KUTIP_JSON_APART
                                                                    : KUTIP_JSON_KEEP;
}
