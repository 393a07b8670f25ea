/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/web-annotation/web-annotation-index.h"

#include "format/web-annotation/web-annotation-parts.h"
#include "format/web-annotation/web-annotation.h"

#include <glib/gi18n.h>
#include <string.h>

/* Bytes that are gone through before they leave the memory. */
#define ENOUGH ((gsize) 1 << 20)

struct _KutipWebIndex
{
  KutipSource *source;
  KutipJsonTree *tree;
  KutipReport *report;
  KutipWebPlaces *places;
  gboolean is_second; /* what is looked for is where links begin */
  gsize mark;         /* what stood before it has left the memory */
};

/* The page that is gone through. */
typedef struct
{
  const KutipJsonNode *own; /* NULL: another program's */
  KutipJsonPlace place;     /* of that */
  const char *path;         /* of Kutip's, where it names its article: it is a layer */
} Page;

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

/* Owned, or NULL. */
static char *
dup_source_of (const KutipJsonNode *target)
{
  const KutipJsonNode *source = kutip_web_get_first (target, "source");
  const char *iri =
      source != NULL ? kutip_web_get_iri (source) : kutip_web_get_iri (target);
  g_autofree char *plain = iri == NULL ? NULL : g_uri_unescape_string (iri, NULL);

  /* What is escaped may be anything. */
  if (plain != NULL && !g_utf8_validate (plain, -1, NULL))
    return g_strdup (iri);
  return g_steal_pointer (&plain);
}

char *
kutip_web_dup_source (const KutipJsonNode *annotation, const KutipJsonNode *target)
{
  char *source = dup_source_of (target);

  return source != NULL ? source
                        : dup_source_of (kutip_web_get_first (annotation, "target"));
}

/* The @nth of its targets, from 0; NULL when there are not so many. */
static const KutipJsonNode *
get_target (const KutipJsonNode *annotation, guint nth)
{
  const KutipJsonNode *target = kutip_web_get_first (annotation, "target");
  gboolean is_list =
      kutip_json_node_is_array (kutip_json_node_get (annotation, "target"));

  for (; target != NULL && nth > 0; nth--)
    target = is_list ? target->next : NULL;
  return target;
}

/* Notes @node of @owner, or that links begin at it. */
static gboolean
note_owner (KutipWebIndex *self,
            const KutipJsonNode *node,
            KutipJsonPlace place,
            const KutipWebOwner *owner,
            GError **error)
{
  return self->is_second
             ? kutip_web_places_add_origin (
                   self->places, kutip_json_node_get_member (node, "id"), owner, error)
             : kutip_web_places_add_annotation (self->places, owner, place, error);
}

/* Once for each source in which it selects something; links begin in the first one. */
static gboolean
note_sources (KutipWebIndex *self,
              const KutipJsonNode *node,
              KutipJsonPlace place,
              KutipWebOwner *owner,
              GError **error)
{
  gboolean is_list = kutip_json_node_is_array (kutip_json_node_get (node, "target"));
  g_autoptr (GHashTable) seen =
      is_list ? g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL) : NULL;
  const KutipJsonNode *target = is_list ? get_target (node, 0) : NULL;
  g_autofree char *first = NULL;

  for (guint nth = 0; target != NULL; nth++, target = target->next)
    {
      char *source;

      if (kutip_json_node_get (target, "selector") == NULL)
        continue;
      source = kutip_web_dup_source (node, target);
      if (source == NULL)
        source = g_strdup ("");
      if (!g_hash_table_add (seen, source))
        continue;
      owner->source = source;
      owner->target = nth;
      if (!note_owner (self, node, place, owner, error))
        return FALSE;
      if (self->is_second)
        return TRUE;
    }
  if (is_list && g_hash_table_size (seen) > 0)
    return TRUE;
  owner->source = first = dup_source_of (get_target (node, 0));
  owner->target = 0;
  return note_owner (self, node, place, owner, error);
}

/* @node is what stands at @place. */
static gboolean
note_annotation (KutipWebIndex *self,
                 const KutipJsonNode *node,
                 KutipJsonPlace place,
                 const Page *page,
                 GError **error)
{
  const char *id = kutip_json_node_get_member (node, "id");
  KutipWebOwner owner = { .source = page->path, .own = page->place };

  if (kutip_web_is_link (node))
    return self->is_second ||
           kutip_web_places_add_link (self->places, get_from (node), place, error);
  if (self->is_second && id == NULL)
    return TRUE;
  if (page->own == NULL)
    owner.annotator = kutip_web_get_creator (node);
  return page->path != NULL ? note_owner (self, node, place, &owner, error)
                            : note_sources (self, node, place, &owner, error);
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
  if (place.offset >= self->mark + ENOUGH)
    {
      kutip_source_let_go (self->source);
      self->mark = place.offset;
    }
  return kutip_web_check_annotation (self->tree, node, error) &&
         note_annotation (self, node, place, page, error);
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
  return (page->path != NULL && !self->is_second) || note_list (self, items, page, error);
}

/* Every page that names its article is a layer, even an empty one. */
static gboolean
note_layer (KutipWebIndex *self,
            const Page *page,
            const KutipJsonNode *items,
            GError **error)
{
  KutipWebOwner owner = { .source = page->path, .own = page->place };
  KutipJsonPlace list = { 0, 0 };

  if (kutip_json_node_is_array (items))
    list = (KutipJsonPlace){ items->offset, items->n_bytes };
  return kutip_web_places_add_page (self->places, &owner, list, error);
}

/* What others say of a whole page or collection has no place. */
static void
tell_members (KutipWebIndex *self, const KutipJsonNode *node)
{
  static const char *const known[] = { "@context", "type",  "first",      "items", "next",
                                       "last",     "total", "startIndex", "prev",  NULL };

  for (const KutipJsonNode *child = self->is_second ? NULL : node->first; child != NULL;
       child = child->next)
    if (!g_strv_contains (known, child->name) && child->type != KUTIP_JSON_NULL)
      kutip_report_add_left_out (self->report, "unknown-member", self->source->name,
                                 kutip_json_node_get_member (node, "id"),
                                 kutip_json_tree_get_line (self->tree, node),
                                 child->name);
}

static gboolean
note_page (KutipWebIndex *self, const KutipJsonNode *node, gsize end, GError **error)
{
  Page page = { .own = kutip_web_get_own (node) };
  const KutipJsonNode *items = kutip_json_node_get (node, "items");
  const char *next = kutip_json_node_get_member (node, "next");

  kutip_source_let_go (self->source);
  page.path = kutip_json_node_get_member (page.own, "path");
  if (page.own != NULL)
    page.place = make_place (page.own, end);
  if (page.path == NULL)
    tell_members (self, node);
  if (page.path != NULL && !self->is_second && !note_layer (self, &page, items, error))
    return FALSE;
  if (next != NULL && !self->is_second)
    kutip_report_add_left_out (self->report, "next-page", self->source->name, NULL,
                               kutip_json_tree_get_line (self->tree, node), next);
  return note_items (self, items, end, &page, error);
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
    tell_members (self, node);
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

static gboolean
note_all (KutipWebIndex *self, GError **error)
{
  const char *lost;
  gsize offset;

  if (!note_file (self, error))
    return FALSE;
  self->is_second = TRUE;
  self->mark = 0;
  if ((kutip_web_places_has_links (self->places) && !note_file (self, error)) ||
      !kutip_web_places_finish (self->places, self->report, self->source->name, error))
    return FALSE;
  lost = kutip_web_places_get_lost (self->places, &offset);
  return lost == NULL || kutip_json_tree_fail_at (self->tree, offset, error,
                                                  _ ("there is no span “%s”"), lost);
}

KutipWebIndex *
kutip_web_index_new (KutipSource *source,
                     KutipJsonTree *tree,
                     KutipReport *report,
                     GError **error)
{
  g_autoptr (KutipWebIndex) self = g_new0 (KutipWebIndex, 1);

  self->source = source;
  self->tree = tree;
  self->report = report;
  self->places = kutip_web_places_new (kutip_source_get_spill (source));
  return note_all (self, error) ? g_steal_pointer (&self) : NULL;
}

void
kutip_web_index_free (KutipWebIndex *self)
{
  kutip_web_places_free (self->places);
  g_free (self);
}

/* --- articles --- */

guint64
kutip_web_index_get_n_articles (KutipWebIndex *self)
{
  return kutip_web_places_get_n_articles (self->places);
}

const KutipWebArticle *
kutip_web_index_next (KutipWebIndex *self, GError **error)
{
  return kutip_web_places_next (self->places, error);
}

static const KutipJsonNode *
read_own (KutipWebIndex *self, const KutipWebLayer *layer)
{
  return layer->own.n_bytes == 0 ? NULL
                                 : kutip_json_tree_read_again (self->tree, layer->own);
}

static const KutipJsonNode *
read_first (KutipWebIndex *self, const KutipWebLayer *layer)
{
  return kutip_json_tree_read_again (
      self->tree, g_array_index (layer->annotations, KutipJsonPlace, 0));
}

char *
kutip_web_index_dup_source (KutipWebIndex *self, const KutipWebArticle *article)
{
  const KutipWebLayer *first = article->first;
  const char *path = kutip_json_node_get_member (read_own (self, first), "path");
  const KutipJsonNode *annotation;

  if (path != NULL)
    return g_strdup (path);
  annotation = read_first (self, first);
  return kutip_web_dup_source (annotation, get_target (annotation, article->target));
}

char *
kutip_web_index_dup_annotator (KutipWebIndex *self, const KutipWebLayer *layer)
{
  const KutipJsonNode *own = read_own (self, layer);

  return g_strdup (own != NULL ? kutip_json_node_get_member (own, "annotator")
                               : kutip_web_get_creator (read_first (self, layer)));
}

KutipJsonChoice
kutip_web_index_choose (guint n_objects, const char *owner, const char *name)
{
  gboolean is_page =
      n_objects == 1 || (n_objects == 2 && g_strcmp0 (owner, "first") == 0);

  return n_objects == 0 || (is_page && strcmp (name, "items") == 0) ? KUTIP_JSON_APART
                                                                    : KUTIP_JSON_KEEP;
}
