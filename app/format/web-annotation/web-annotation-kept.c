/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/web-annotation/web-annotation-kept.h"

#include "format/sidecar/annotation-json.h"
#include "format/web-annotation/selector.h"

#include <string.h>

/* --- what Kutip would write as well --- */

/* Whether @node is an object of that type, or of none, with strings called @names alone.
 */
static gboolean
is_object_of (const KutipJsonNode *node, const char *type, const char *const *names)
{
  if (!kutip_json_node_is_object (node))
    return FALSE;
  for (const KutipJsonNode *child = node->first; child != NULL; child = child->next)
    if (kutip_json_node_get_string (child) == NULL ||
        (strcmp (child->name, "type") == 0 ? strcmp (child->string, type) != 0
                                           : !g_strv_contains (names, child->name)))
      return FALSE;
  return TRUE;
}

static gboolean
is_agent (const KutipJsonNode *node, const char *type)
{
  static const char *const names[] = { "name", NULL };

  return is_object_of (node, type, names);
}

/* The label comes first, then attributes, then the note, then where a link leads. */
static int
get_rank (const KutipJsonNode *body)
{
  static const char *const names[] = { "purpose", "value", NULL };
  static const char *const of_attribute[] = { "purpose", "value", "label",
                                              KUTIP_WEB_ANNOTATION_OWN, NULL };
  static const char *const of_link[] = { "purpose", "source", NULL };
  const char *purpose = kutip_json_node_get_member (body, "purpose");
  const char *value = kutip_json_node_get_member (body, "value");

  if (is_object_of (body, "TextualBody", names) && value != NULL)
    return g_strcmp0 (purpose, "tagging") == 0 && *value != '\0' ? 0
           : g_strcmp0 (purpose, "commenting") == 0              ? 2
                                                                 : -1;
  if (is_object_of (body, "TextualBody", of_attribute) &&
      kutip_json_node_get_member (body, "label") != NULL && value != NULL)
    return g_strcmp0 (purpose, "classifying") == 0 ? 1 : -1;
  return is_object_of (body, "SpecificResource", of_link) &&
                 g_strcmp0 (purpose, "linking") == 0
             ? 3
             : -1;
}

static gboolean
are_own_bodies (const KutipJsonNode *annotation, gboolean is_link)
{
  const KutipJsonNode *body = kutip_web_get_first (annotation, "body");
  gboolean is_list = kutip_json_node_is_array (kutip_json_node_get (annotation, "body"));
  int last = -1;

  if (kutip_json_node_get (annotation, "bodyValue") != NULL)
    return FALSE;
  for (; body != NULL; body = is_list ? body->next : NULL)
    {
      int rank = get_rank (body);

      if (rank < last || rank < 0 || (rank == last && rank != 1) ||
          (last < 0 && rank != 0) || (rank == 3 && !is_link))
        return FALSE;
      last = rank;
    }
  return last < 0 || !is_link || last == 3;
}

/* Whether @said, or nothing, is what Kutip says of the text at @start to @end. */
static gboolean
is_own_context (const char *said, KutipText *text, guint start, guint end)
{
  g_autofree char *there = NULL;

  if (said == NULL)
    return TRUE;
  there = kutip_text_dup_range (text, (KutipRange){ start, end });
  return strcmp (said, there) == 0;
}

/* A quotation, a position, or both. What stands around is told of a position alone. */
static gboolean
is_own_selector (const KutipJsonNode *selector, KutipText *text)
{
  static const char *const of_quote[] = { "exact", "prefix", "suffix", NULL };
  gboolean is_list = kutip_json_node_is_array (selector);
  const KutipJsonNode *quote = NULL, *position = NULL;
  guint length = kutip_text_get_length (text), start, end;
  const char *prefix, *suffix;

  for (const KutipJsonNode *one = is_list ? selector->first : selector; one != NULL;
       one = is_list ? one->next : NULL)
    {
      const char *type = kutip_json_node_get_member (one, "type");
      gboolean is_quote = g_strcmp0 (type, "TextQuoteSelector") == 0;
      const KutipJsonNode **place = is_quote ? &quote : &position;

      if (*place != NULL || !(is_quote ? is_object_of (one, type, of_quote)
                                       : g_strcmp0 (type, "TextPositionSelector") == 0 &&
                                             one->n_children == 3))
        return FALSE;
      *place = one;
    }
  prefix = kutip_json_node_get_member (quote, "prefix");
  suffix = kutip_json_node_get_member (quote, "suffix");
  if (position == NULL)
    return quote != NULL && prefix == NULL && suffix == NULL;
  if (!kutip_json_node_get_uint (kutip_json_node_get (position, "start"), &start) ||
      !kutip_json_node_get_uint (kutip_json_node_get (position, "end"), &end) ||
      start > end || end > length)
    return FALSE;
  return is_own_context (prefix, text,
                         start - MIN (start, KUTIP_WEB_ANNOTATION_CONTEXT_LENGTH),
                         start) &&
         is_own_context (suffix, text, end,
                         end + MIN (length - end, KUTIP_WEB_ANNOTATION_CONTEXT_LENGTH));
}

/* Of an IRI elsewhere no more than its end becomes the article's name. */
static gboolean
are_own_targets (const KutipJsonNode *annotation, gboolean is_link, KutipText *text)
{
  const KutipJsonNode *target = kutip_web_get_first (annotation, "target");
  gboolean is_list =
      kutip_json_node_is_array (kutip_json_node_get (annotation, "target"));

  if (is_link)
    return !is_list && kutip_json_node_get_string (target) != NULL;
  for (; target != NULL; target = is_list ? target->next : NULL)
    {
      const char *source = kutip_json_node_get_member (target, "source");
      guint n_known = 2 + (kutip_json_node_get (target, "type") != NULL);

      if (source == NULL || strstr (source, "://") != NULL || *source == '/' ||
          target->n_children != n_known ||
          !is_own_selector (kutip_json_node_get (target, "selector"), text))
        return FALSE;
    }
  return TRUE;
}

static void
keep (GString **unknown, const KutipJsonNode *annotation, const char *name)
{
  const KutipJsonNode *member = kutip_json_node_get (annotation, name);

  if (member != NULL && member->type != KUTIP_JSON_NULL)
    kutip_draft_keep_unknown (unknown, member);
}

void
kutip_web_keep (GString **unknown,
                const KutipJsonNode *annotation,
                KutipText *text,
                gboolean is_link,
                gboolean keeps_target)
{
  const char *motivation = kutip_json_node_get_member (annotation, "motivation");
  gboolean keeps_bodies = !are_own_bodies (annotation, is_link);

  /* Where bodies have no purpose, it is theirs. */
  if (keeps_bodies || g_strcmp0 (motivation, is_link ? "linking" : "classifying") != 0)
    keep (unknown, annotation, "motivation");
  if (!is_agent (kutip_json_node_get (annotation, "creator"), "Person"))
    keep (unknown, annotation, "creator");
  if (!is_agent (kutip_json_node_get (annotation, "generator"), "Software"))
    keep (unknown, annotation, "generator");
  if (keeps_target && !are_own_targets (annotation, is_link, text))
    keep (unknown, annotation, "target");
  if (!keeps_bodies)
    return;
  keep (unknown, annotation, "body");
  keep (unknown, annotation, "bodyValue");
}

/* --- what they say --- */

/* Whether the tags, notes and attributes that are kept are those that are there now. */
static gboolean
is_same (const KutipSpanFields *a, const KutipSpanFields *b)
{
  if (g_strcmp0 (a->label, b->label) != 0 || g_strcmp0 (a->note, b->note) != 0 ||
      !kutip_attributes_equal (a->attributes, b->attributes))
    return FALSE;
  for (guint i = 0; i < a->n_links; i++)
    {
      gboolean is_there = FALSE;

      for (guint j = 0; !is_there && j < b->n_links; j++)
        is_there = g_strcmp0 (a->links[i].id, b->links[j].id) == 0 &&
                   g_strcmp0 (a->links[i].base, b->links[j].base) == 0;
      if (!is_there)
        return FALSE;
    }
  return TRUE;
}

/* Whether a quotation that has to be looked for is found at @range: it is there alone, or
 * with what stands around it. */
static gboolean
is_quoted (const char *quote,
           const KutipSpanFields *said,
           KutipText *text,
           KutipRange range)
{
  const char *utf8 = kutip_text_get_utf8 (text, NULL);
  const char *first = strstr (utf8, quote), *at;
  const char *prefix = said->prefix == NULL ? "" : said->prefix;
  const char *suffix = said->suffix == NULL ? "" : said->suffix;
  gsize n;

  at = kutip_text_peek_range (text, range, &n);
  if (n == 0 || n != strlen (quote) || memcmp (at, quote, n) != 0)
    return FALSE;
  if (strstr (first + 1, quote) == NULL)
    return TRUE;
  return (*prefix != '\0' || *suffix != '\0') && (gsize) (at - utf8) >= strlen (prefix) &&
         memcmp (at - strlen (prefix), prefix, strlen (prefix)) == 0 &&
         g_str_has_prefix (at + n, suffix);
}

static gboolean
has_ranges (const KutipSpanFields *said, const KutipSpanFields *now, KutipText *text)
{
  gboolean same = said->n_ranges == now->n_ranges;

  for (guint i = 0; same && i < now->n_ranges; i++)
    same = said->texts != NULL && said->texts[i] != NULL
               ? is_quoted (said->texts[i], said, text, now->ranges[i])
               : kutip_range_equal (said->ranges[i], now->ranges[i]);
  return same;
}

/* What an annotation that is kept says, as a reader of a page of Kutip's finds it. */
typedef struct
{
  KutipLayer *layer; /* of one span; NULL: it says nothing that can be read */
  KutipSpanFields fields;
} Said;

static void
clear_said (Said *self)
{
  g_clear_object (&self->layer);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Said, clear_said)

static gboolean
take_span (KutipSpan *span, gpointer data)
{
  kutip_span_get_fields (span, data);
  return FALSE;
}

static gboolean
apply_targets (KutipDraft *draft,
               KutipDraftSpan *span,
               KutipJsonTree *tree,
               const KutipJsonNode *kept)
{
  const KutipJsonNode *target = kutip_web_get_first (kept, "target");
  gboolean is_list = kutip_json_node_is_array (kutip_json_node_get (kept, "target"));
  gboolean moved = FALSE;

  for (; target != NULL; target = is_list ? target->next : NULL)
    {
      KutipSelector selector = { NULL };

      if (!kutip_selector_read (tree, kutip_json_node_get (target, "selector"), &selector,
                                NULL))
        return FALSE;
      if (!kutip_selector_is_empty (&selector) &&
          !kutip_selector_apply (&selector, draft, span, KUTIP_OFFSETS_CODE_POINTS,
                                 &moved, NULL))
        return FALSE;
    }
  return !moved && span->ranges->len > 0;
}

/* @ranges: where it is, if @kept says nothing of that. */
static void
read_kept (Said *self,
           KutipJsonTree *tree,
           const KutipJsonNode *kept,
           KutipText *text,
           const KutipSpanFields *place,
           const KutipJsonNode *linked)
{
  g_autoptr (KutipDraft) draft = kutip_draft_new (tree, text);
  KutipDraftSpan *span = kutip_draft_get_span (draft, NULL, kept);
  KutipWebBodies bodies = { .draft = draft,
                            .attributes = &span->fields.attributes,
                            .links = linked == NULL ? span->links : NULL,
                            .linked = linked };

  if (place == NULL)
    {
      if (!apply_targets (draft, span, tree, kept))
        return;
    }
  else
    g_array_append_vals (span->ranges, place->ranges, place->n_ranges);
  kutip_web_bodies_read (&bodies, kept);
  span->fields.label = bodies.label;
  span->fields.note = bodies.note;
  self->layer = kutip_draft_finish (draft, KUTIP_WEB_ANNOTATION, NULL);
  if (self->layer != NULL)
    kutip_layer_foreach_span (self->layer, take_span, &self->fields);
}

/* Gives up what says something else. */
static void
check (KutipWebKept *self, const KutipJsonNode **member, gboolean same)
{
  if (*member == NULL || same)
    return;
  *member = NULL;
  self->is_changed = TRUE;
}

static void
check_bodies (KutipWebKept *self, gboolean same)
{
  check (self, &self->body, same);
  check (self, &self->body_value, same);
}

/* FALSE when there is none. */
static gboolean
find (KutipWebKept *self,
      KutipForeign *foreign,
      const char *annotator,
      const char *origin_by,
      const KutipJsonNode **kept)
{
  const char *creator, *generator;

  *self = (KutipWebKept){ NULL };
  *kept = kutip_annotation_find_unknown (foreign, KUTIP_WEB_ANNOTATION, &self->tree);
  self->motivation = kutip_json_node_get (*kept, "motivation");
  self->creator = kutip_json_node_get (*kept, "creator");
  self->generator = kutip_json_node_get (*kept, "generator");
  self->target = kutip_json_node_get (*kept, "target");
  self->body = kutip_json_node_get (*kept, "body");
  self->body_value = kutip_json_node_get (*kept, "bodyValue");
  creator = kutip_web_get_creator (*kept);
  generator = kutip_json_node_get_string (
      kutip_web_get_first (kutip_web_get_first (*kept, "generator"), "name"));
  check (self, &self->creator,
         g_strcmp0 (creator == NULL ? "" : creator, annotator) == 0);
  check (self, &self->generator, g_strcmp0 (generator, origin_by) == 0);
  return self->target != NULL || self->body != NULL || self->body_value != NULL;
}

void
kutip_web_kept_init_of_span (KutipWebKept *self,
                             const KutipSpanFields *fields,
                             KutipText *text,
                             const char *annotator)
{
  const KutipJsonNode *kept;
  g_auto (Said) said = { NULL };

  if (find (self, fields->foreign, annotator, fields->origin_by, &kept))
    {
      read_kept (&said, self->tree, kept, text, self->target == NULL ? fields : NULL,
                 NULL);
      check (self, &self->target,
             said.layer != NULL && has_ranges (&said.fields, fields, text));
      check_bodies (self, said.layer != NULL && is_same (&said.fields, fields));
    }
  /* It would be a link. */
  check (self, &self->motivation, !kutip_web_has_value (kept, "motivation", "linking"));
}

void
kutip_web_kept_init_of_relation (KutipWebKept *self,
                                 const KutipRelationFields *fields,
                                 KutipText *text,
                                 const char *annotator,
                                 const char *from,
                                 const char *to)
{
  KutipRange anywhere = { 0, 1 };
  KutipSpanFields as_span = KUTIP_SPAN_FIELDS_INIT;
  const KutipJsonNode *kept, *linked;
  g_auto (Said) said = { NULL };

  if (find (self, fields->foreign, annotator, fields->origin_by, &kept))
    {
      as_span.label = fields->label;
      as_span.note = fields->note;
      as_span.attributes = fields->attributes;
      as_span.ranges = &anywhere;
      as_span.n_ranges = 1;
      linked = kutip_web_find_linked (kept);
      read_kept (&said, self->tree, kept, text, &as_span, linked);
      check (self, &self->target,
             g_strcmp0 (kutip_web_get_iri (kutip_web_get_first (kept, "target")), from) ==
                 0);
      check_bodies (self, said.layer != NULL && linked != NULL &&
                              g_strcmp0 (kutip_web_get_iri (linked), to) == 0 &&
                              is_same (&said.fields, &as_span));
    }
  check (self, &self->motivation, kutip_web_has_value (kept, "motivation", "linking"));
}

void
kutip_web_kept_clear (KutipWebKept *self)
{
  g_clear_pointer (&self->tree, kutip_json_tree_free);
}
