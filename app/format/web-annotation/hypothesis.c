/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/draft.h"
#include "format/formats.h"
#include "format/json/json-head.h"
#include "format/text-apart.h"
#include "format/web-annotation/selector.h"
#include "format/web-annotation/web-annotation-places.h"

#include <glib/gi18n.h>
#include <string.h>

/* What Hypothesis exports, and what its search answers with: annotations of pages, whose
 * text is a further input. Positions count UTF-16 units. One tag is the label, others an
 * attribute; pages are articles, users annotators. */

#define HYPOTHESIS "hypothesis"
/* A label for what has no tag. */
#define UNTAGGED "highlight"

static const char *const known[] = {
  "target", "tags", "text", "user", "created", "updated", "uri", NULL,
};

static const char *const lists[] = { "annotations", "rows", NULL };

/* Bytes that are gone through before they leave the memory. */
#define ENOUGH ((gsize) 1 << 20)

typedef struct
{
  KutipSource *source;
  KutipReport *report;
  KutipJsonTree *tree;
  KutipWebPlaces *places; /* pages are articles, users annotators */
  KutipDraft *draft;
  GString *others; /* of the layer: annotations that are no spans, as JSON */
  KutipOffsetUnit unit;
} Reading;

/* What the annotations of a page call it. */
typedef struct
{
  char *uri;
  char *title; /* or NULL */
} Page;

static void
page_clear (Page *self)
{
  g_free (self->uri);
  g_free (self->title);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Page, page_clear)

static const char *
get_user (const KutipJsonNode *annotation)
{
  const char *user = kutip_json_node_get_member (annotation, "user");

  if (user == NULL)
    return "";
  return g_str_has_prefix (user, "acct:") ? user + strlen ("acct:") : user;
}

static void
warn (Reading *self, const char *what, const KutipJsonNode *annotation)
{
  kutip_report_add (self->report, KUTIP_REPORT_WARNING, what, self->source->name,
                    kutip_json_node_get_member (annotation, "id"),
                    kutip_json_tree_get_line (self->tree, annotation), NULL);
}

/* --- annotations --- */

static const KutipJsonNode *
get_selector (const KutipJsonNode *annotation)
{
  const KutipJsonNode *target = kutip_json_node_get (annotation, "target");

  return kutip_json_node_get (kutip_json_node_is_array (target) ? target->first : target,
                              "selector");
}

static void
take_tags (Reading *self, const KutipJsonNode *annotation, KutipDraftSpan *span)
{
  const KutipJsonNode *tags = kutip_json_node_get (annotation, "tags");
  const KutipJsonNode *tag = kutip_json_node_is_array (tags) ? tags->first : NULL;
  const char *label = kutip_json_node_get_string (tag);
  g_autoptr (GPtrArray) others = g_ptr_array_new ();

  span->fields.label =
      kutip_draft_keep (self->draft, label == NULL || *label == '\0' ? UNTAGGED : label);
  for (tag = tag == NULL ? NULL : tag->next; tag != NULL; tag = tag->next)
    if (kutip_json_node_get_string (tag) != NULL)
      g_ptr_array_add (others, (gpointer) tag->string);
  if (others->len == 0)
    return;
  g_ptr_array_add (others, NULL);
  kutip_draft_set_attribute (
      self->draft, &span->fields.attributes,
      (KutipAttribute){ "tags", KUTIP_VALUE_LIST, (const char *const *) others->pdata });
}

static const char *
keep_member (Reading *self, const KutipJsonNode *annotation, const char *name)
{
  const char *value = kutip_json_node_get_member (annotation, name);

  return value == NULL || *value == '\0' ? NULL : kutip_draft_keep (self->draft, value);
}

/* Whether a member is read, and there is no more to it: of targets, where Hypothesis
 * itself looks for a place, there is. */
static gboolean
is_all_read (const KutipJsonNode *member)
{
  gboolean are_words = kutip_json_node_is_array (member);

  for (const KutipJsonNode *tag = are_words ? member->first : NULL; tag != NULL;
       tag = tag->next)
    are_words &= kutip_json_node_get_string (tag) != NULL;
  if (strcmp (member->name, "tags") == 0 && member->type != KUTIP_JSON_NULL)
    return are_words;
  return g_strv_contains (known, member->name) &&
         (member->type == KUTIP_JSON_NULL || kutip_json_node_get_string (member) != NULL);
}

static gboolean
read_span (Reading *self,
           const KutipJsonNode *annotation,
           const KutipSelector *selector,
           GError **error)
{
  const char *id = kutip_json_node_get_member (annotation, "id");
  KutipDraftSpan *span;
  gboolean moved = FALSE;

  if (id != NULL && kutip_draft_find_span (self->draft, id) != NULL)
    return kutip_json_tree_fail (self->tree, annotation, error,
                                 _ ("the id “%s” occurs twice"), id);
  span = kutip_draft_get_span (self->draft, id, annotation);
  if (!kutip_selector_apply (selector, self->draft, span, self->unit, &moved, error))
    return FALSE;
  if (moved)
    warn (self, "other-text", annotation);
  take_tags (self, annotation, span);
  span->fields.id = kutip_draft_keep (self->draft, id);
  span->fields.note = keep_member (self, annotation, "text");
  span->fields.created = keep_member (self, annotation, "created");
  span->fields.modified = keep_member (self, annotation, "updated");
  for (const KutipJsonNode *child = annotation->first; child != NULL; child = child->next)
    if (!is_all_read (child) && strcmp (child->name, "id") != 0)
      kutip_draft_keep_unknown (&span->unknown, child);
  return TRUE;
}

/* A note on the page, or an answer to another: what it says, and its tags, become the
 * article's; it is kept. */
static void
take_page_note (Reading *self, const KutipJsonNode *annotation)
{
  KutipHeaderFields *header = kutip_draft_get_header (self->draft);
  const char *text = kutip_json_node_get_member (annotation, "text");
  const KutipJsonNode *tags = kutip_json_node_get (annotation, "tags");

  g_string_append (self->others, self->others->len == 0 ? "[" : ", ");
  kutip_json_node_append (self->others, annotation);
  if (text != NULL && *text != '\0')
    kutip_draft_add_note (self->draft, &header->note, text);
  for (const KutipJsonNode *tag = kutip_json_node_is_array (tags) ? tags->first : NULL;
       tag != NULL; tag = tag->next)
    if (kutip_json_node_get_string (tag) != NULL)
      kutip_draft_add_value (self->draft, &header->attributes, "tags", tag->string,
                             KUTIP_VALUE_LIST);
}

static gboolean
read_annotation (Reading *self, const KutipJsonNode *annotation, GError **error)
{
  const KutipJsonNode *references = kutip_json_node_get (annotation, "references");
  KutipSelector selector = { NULL };

  if (!kutip_selector_read (self->tree, get_selector (annotation), &selector, error))
    return FALSE;
  if (references != NULL && references->n_children > 0)
    {
      warn (self, "reply", annotation);
      take_page_note (self, annotation);
      return TRUE;
    }
  if (!kutip_selector_is_empty (&selector))
    return read_span (self, annotation, &selector, error);
  take_page_note (self, annotation);
  return TRUE;
}

/* --- pages --- */

static const KutipJsonNode *
read_again (Reading *self, const KutipWebLayer *user, guint nth)
{
  return kutip_json_tree_read_again (
      self->tree, g_array_index (user->annotations, KutipJsonPlace, nth));
}

/* What is no span, and what the export says of itself. */
static void
keep_export (Reading *self)
{
  GString **unknown = kutip_draft_get_unknown (self->draft);
  const KutipJsonNode *root = kutip_json_tree_get_root (self->tree);

  if (self->others->len > 0)
    {
      g_string_append_c (self->others, ']');
      kutip_draft_keep_json (unknown, "annotations", self->others->str);
    }
  for (const KutipJsonNode *child = kutip_json_node_is_object (root) ? root->first : NULL;
       child != NULL; child = child->next)
    if (!g_strv_contains (lists, child->name))
      kutip_draft_keep_unknown (unknown, child);
}

static KutipLayer *
read_layer (Reading *self,
            const Page *page,
            const KutipWebLayer *user,
            KutipText *text,
            GError **error)
{
  g_autoptr (KutipDraft) draft = kutip_draft_new (self->tree, text);
  g_autoptr (GString) others = g_string_new (NULL);
  KutipHeaderFields *header = kutip_draft_get_header (draft);
  const char *name = get_user (read_again (self, user, 0));

  self->draft = draft;
  self->others = others;
  header->annotator = *name == '\0' ? NULL : kutip_draft_keep (draft, name);
  header->title = page->title;
  header->url = page->uri;
  for (guint i = 0; i < user->annotations->len; i++)
    if (!read_annotation (self, read_again (self, user, i), error))
      return NULL;
  keep_export (self);
  return kutip_draft_finish (draft, HYPOTHESIS, error);
}

static KutipText *
fetch_text (Reading *self, const Page *page, char **path, GError **error)
{
  gboolean is_only = kutip_web_places_get_n_articles (self->places) == 1;
  KutipText *text =
      page->title == NULL
          ? NULL
          : kutip_text_apart_fetch (self->source, page->title, FALSE, NULL, NULL);

  if (text == NULL)
    text = kutip_text_apart_fetch (self->source, page->uri, is_only, path, error);
  if (text != NULL && is_only)
    kutip_text_apart_take_name (self->source, path);
  return text;
}

/* By the page's title, as its address may be long and say little. */
static char *
make_path (Reading *self, const Page *page)
{
  g_autofree char *name = g_strdup (page->title != NULL ? page->title : page->uri);

  g_strdelimit (name, "/\\", '-');
  g_strstrip (name);
  return *name == '\0' || *name == '.' ? g_strdup (self->source->name) : g_strdup (name);
}

static KutipRecord *
read_page (Reading *self, const Page *page, const KutipWebArticle *from, GError **error)
{
  g_autofree char *path = make_path (self, page);
  g_autoptr (KutipText) text = fetch_text (self, page, &path, error);
  g_autoptr (KutipArticle) article =
      text == NULL ? NULL : kutip_record_make_article (path, text);
  g_autoptr (KutipRecord) record =
      article == NULL ? NULL : kutip_record_new (path, article);

  for (const KutipWebLayer *user = from->first; record != NULL && user != NULL;
       user = user->next)
    {
      KutipLayer *layer = read_layer (self, page, user, text, error);

      if (layer == NULL)
        return NULL;
      g_ptr_array_add (record->layers, layer);
    }
  return g_steal_pointer (&record);
}

/* --- the file --- */

static const char *
get_title (const KutipJsonNode *annotation)
{
  const KutipJsonNode *title =
      kutip_json_node_get (kutip_json_node_get (annotation, "document"), "title");

  if (kutip_json_node_is_array (title))
    title = title->first;
  return kutip_json_node_get_string (title);
}

/* @annotation is what stands at @place. */
static gboolean
note_annotation (Reading *self,
                 const KutipJsonNode *annotation,
                 KutipJsonPlace place,
                 GError **error)
{
  KutipWebOwner owner = { .source = kutip_json_node_get_member (annotation, "uri"),
                          .annotator = get_user (annotation) };

  if (owner.source == NULL)
    return kutip_json_tree_fail (self->tree, annotation, error,
                                 _ ("an annotation needs a “uri”"));
  return kutip_web_places_add_annotation (self->places, &owner, place, error);
}

static const KutipJsonNode *
find_list (KutipJsonTree *tree, GError **error)
{
  const KutipJsonNode *root = kutip_json_tree_get_root (tree);

  for (guint i = 0; lists[i] != NULL; i++)
    if (kutip_json_node_is_array (kutip_json_node_get (root, lists[i])))
      return kutip_json_node_get (root, lists[i]);
  if (kutip_json_node_is_array (root))
    return root;
  kutip_json_tree_fail (tree, root, error,
                        /* Translators: the words in quotes stay as they are. */
                        _ ("a list of “annotations” was expected here"));
  return NULL;
}

/* A KutipJsonChoose. */
static KutipJsonChoice
choose (guint n_objects, const char *owner, const char *name)
{
  return n_objects == 0 || (n_objects == 1 && g_strv_contains (lists, name))
             ? KUTIP_JSON_APART
             : KUTIP_JSON_KEEP;
}

/* The same for an annotation: what tells where it belongs. */
static KutipJsonChoice
choose_of_annotation (guint n_objects, const char *owner, const char *name)
{
  static const char *const members[] = { "uri", "user", "document", NULL };

  return n_objects > 1 || g_strv_contains (members, name) ? KUTIP_JSON_KEEP
                                                          : KUTIP_JSON_PASS;
}

static gboolean
note_annotations (Reading *self, GError **error)
{
  const KutipJsonNode *list = find_list (self->tree, error);
  g_auto (KutipJsonElements) elements = { NULL };
  const KutipJsonNode *annotation;
  gsize mark = 0;

  if (list == NULL)
    return FALSE;
  kutip_json_elements_init (&elements, self->tree, list);
  kutip_json_elements_set_choice (&elements, choose_of_annotation);
  while ((annotation = kutip_json_elements_next (&elements)) != NULL)
    {
      KutipJsonPlace place = kutip_json_elements_get_place (&elements, annotation);

      if (place.offset >= mark + ENOUGH)
        {
          kutip_source_let_go (self->source);
          mark = place.offset;
        }
      if (!note_annotation (self, annotation, place, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_pages (Reading *self, KutipRecordFunc emit, gpointer data, GError **error)
{
  g_autoptr (GError) local = NULL;
  const KutipWebArticle *article;

  while ((article = kutip_web_places_next (self->places, &local)) != NULL)
    {
      const KutipJsonNode *first = read_again (self, article->first, 0);
      g_auto (Page) page = { g_strdup (kutip_json_node_get_member (first, "uri")),
                             g_strdup (get_title (first)) };
      KutipRecord *record = read_page (self, &page, article, error);

      kutip_source_let_go (self->source);
      if (record == NULL || !emit (record, data, error))
        return FALSE;
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
read_hypothesis (KutipSource *source,
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
  g_autoptr (KutipWebPlaces) places =
      kutip_web_places_new (kutip_source_get_spill (source));
  Reading reading = {
    .source = source, .report = report, .tree = tree, .places = places
  };

  reading.unit = options->offset_unit != KUTIP_OFFSETS_AUTO ? options->offset_unit
                                                            : KUTIP_OFFSETS_UTF16;
  return tree != NULL && note_annotations (&reading, error) &&
         kutip_web_places_finish (places, report, source->name, error) &&
         read_pages (&reading, emit, data, error);
}

static KutipMatch
recognise (const char *name, const char *head, gsize n_head)
{
  gboolean exported = kutip_json_head_has (head, n_head, "export_userid", 1);
  gboolean searched = kutip_json_head_has (head, n_head, "rows", 1) &&
                      kutip_json_head_has_value (head, n_head, "user", "acct:");

  return exported || searched ? KUTIP_MATCH_YES : KUTIP_MATCH_NO;
}

const KutipFormat kutip_format_hypothesis = {
  .name = HYPOTHESIS,
  .title = N_ ("Hypothesis annotations, JSON"),
  .suffix = ".json",
  .keeps = KUTIP_KEEPS_TEXT | KUTIP_KEEPS_OVERLAP | KUTIP_KEEPS_SUB_TOKEN |
           KUTIP_KEEPS_IDS | KUTIP_KEEPS_NOTES | KUTIP_KEEPS_TIMES |
           KUTIP_KEEPS_METADATA | KUTIP_KEEPS_ARTICLE_NOTE | KUTIP_KEEPS_ANNOTATORS,
  .apart = TRUE,
  .many = TRUE,
  .recognise = recognise,
  .read = read_hypothesis,
};
