/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/draft.h"
#include "format/formats.h"
#include "format/text-apart.h"
#include "format/web-annotation/selector.h"

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

typedef struct
{
  char *uri;
  const char *title; /* of the page, or NULL */
  GPtrArray *users;  /* User, in order */
  GHashTable *by_name;
} Page;

/* What one user says of a page. */
typedef struct
{
  const char *name; /* "" for none */
  GPtrArray *annotations;
} User;

typedef struct
{
  KutipSource *source;
  KutipReport *report;
  KutipJsonTree *tree;
  Page *page; /* that is read */
  const char *path;
  KutipDraft *draft;
  KutipOffsetUnit unit;
} Reading;

static void
free_user (gpointer data)
{
  User *user = data;

  g_ptr_array_unref (user->annotations);
  g_free (user);
}

static void
free_page (gpointer data)
{
  Page *page = data;

  g_free (page->uri);
  g_hash_table_unref (page->by_name);
  g_ptr_array_unref (page->users);
  g_free (page);
}

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
    if (!g_strv_contains (known, child->name) && strcmp (child->name, "id") != 0)
      kutip_draft_keep_unknown (&span->unknown, child);
  return TRUE;
}

/* A note on the page, or an answer to another: what it says becomes the article's. */
static void
take_page_note (Reading *self, const KutipJsonNode *annotation)
{
  KutipHeaderFields *header = kutip_draft_get_header (self->draft);
  const char *text = kutip_json_node_get_member (annotation, "text");

  if (text != NULL && *text != '\0')
    kutip_draft_add_note (self->draft, &header->note, text);
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

/* A KutipTextApartRead. */
static KutipLayer *
read_layer (gpointer part, KutipText *text, gpointer data, GError **error)
{
  const User *user = part;
  Reading *self = data;
  Page *page = self->page;
  g_autoptr (KutipDraft) draft = kutip_draft_new (self->tree, text);
  KutipHeaderFields *header = kutip_draft_get_header (draft);

  self->draft = draft;
  header->annotator = *user->name == '\0' ? NULL : user->name;
  header->title = page->title;
  header->url = page->uri;
  for (guint i = 0; i < user->annotations->len; i++)
    if (!read_annotation (self, g_ptr_array_index (user->annotations, i), error))
      return NULL;
  return kutip_draft_finish (draft, HYPOTHESIS, error);
}

static KutipText *
fetch_text (Reading *self, Page *page, gboolean is_only, GError **error)
{
  g_autoptr (GError) local = NULL;
  KutipText *text = page->title == NULL
                        ? NULL
                        : kutip_text_apart_fetch (self->source, page->title, FALSE, NULL);

  return text != NULL ? text
                      : kutip_text_apart_fetch (self->source, page->uri, is_only, error);
}

/* By the page's title, as its address may be long and say little. */
static char *
make_path (Reading *self, Page *page)
{
  g_autofree char *name = g_strdup (page->title != NULL ? page->title : page->uri);

  g_strdelimit (name, "/\\", '-');
  g_strstrip (name);
  return *name == '\0' || *name == '.' ? g_strdup (self->source->name) : g_strdup (name);
}

static gboolean
read_page (Reading *self,
           Page *page,
           gboolean is_only,
           KutipRecordFunc emit,
           gpointer data,
           GError **error)
{
  g_autoptr (KutipText) text = fetch_text (self, page, is_only, error);
  g_autofree char *path = make_path (self, page);
  KutipRecord *record;

  if (text == NULL)
    return FALSE;
  self->path = path;
  self->page = page;
  record =
      kutip_text_apart_make_record (path, text, page->users, read_layer, self, error);
  return record != NULL && emit (record, data, error);
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

static User *
get_user_of_page (Page *page, const char *name)
{
  User *user = g_hash_table_lookup (page->by_name, name);

  if (user != NULL)
    return user;
  user = g_new0 (User, 1);
  user->name = name;
  user->annotations = g_ptr_array_new ();
  g_ptr_array_add (page->users, user);
  g_hash_table_insert (page->by_name, (gpointer) name, user);
  return user;
}

static gboolean
note_annotation (Reading *self,
                 const KutipJsonNode *annotation,
                 GPtrArray *pages,
                 GHashTable *by_uri,
                 GError **error)
{
  const char *uri = kutip_json_node_get_member (annotation, "uri");
  Page *page;

  if (uri == NULL)
    return kutip_json_tree_fail (self->tree, annotation, error,
                                 _ ("an annotation needs a “uri”"));
  page = g_hash_table_lookup (by_uri, uri);
  if (page == NULL)
    {
      page = g_new0 (Page, 1);
      page->uri = g_strdup (uri);
      page->title = get_title (annotation);
      page->users = g_ptr_array_new_with_free_func (free_user);
      page->by_name = g_hash_table_new (g_str_hash, g_str_equal);
      g_ptr_array_add (pages, page);
      g_hash_table_insert (by_uri, page->uri, page);
    }
  g_ptr_array_add (get_user_of_page (page, get_user (annotation))->annotations,
                   (gpointer) annotation);
  return TRUE;
}

static const KutipJsonNode *
find_list (KutipJsonTree *tree, GError **error)
{
  static const char *const names[] = { "annotations", "rows" };
  const KutipJsonNode *root = kutip_json_tree_get_root (tree);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (kutip_json_node_is_array (kutip_json_node_get (root, names[i])))
      return kutip_json_node_get (root, names[i]);
  if (kutip_json_node_is_array (root))
    return root;
  kutip_json_tree_fail (tree, root, error,
                        /* Translators: the words in quotes stay as they are. */
                        _ ("a list of “annotations” was expected here"));
  return NULL;
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
      kutip_json_tree_new (bytes, n_bytes, source->line, error);
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func (free_page);
  g_autoptr (GHashTable) by_uri = g_hash_table_new (g_str_hash, g_str_equal);
  Reading reading = { .source = source, .report = report, .tree = tree };
  const KutipJsonNode *list = tree == NULL ? NULL : find_list (tree, error);

  if (list == NULL)
    return FALSE;
  reading.unit = options->offset_unit != KUTIP_OFFSETS_AUTO ? options->offset_unit
                                                            : KUTIP_OFFSETS_UTF16;
  for (const KutipJsonNode *child = list->first; child != NULL; child = child->next)
    if (!note_annotation (&reading, child, pages, by_uri, error))
      return FALSE;
  for (guint i = 0; i < pages->len; i++)
    if (!read_page (&reading, g_ptr_array_index (pages, i), pages->len == 1, emit, data,
                    error))
      return FALSE;
  return TRUE;
}

static KutipMatch
recognise (const char *name, const char *head, gsize n_head)
{
  gboolean exported = g_strstr_len (head, (gssize) n_head, "\"export_userid\"") != NULL;
  gboolean searched = g_strstr_len (head, (gssize) n_head, "\"rows\"") != NULL &&
                      g_strstr_len (head, (gssize) n_head, "\"acct:") != NULL;

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
