/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/web-annotation/selector.h"

#include "format/offsets.h"

#include <glib/gi18n.h>
#include <string.h>

gboolean
kutip_selector_is_empty (const KutipSelector *self)
{
  return self->position == NULL && (self->exact == NULL || *self->exact == '\0');
}

static gboolean
set_position (KutipJsonTree *tree,
              const KutipJsonNode *node,
              const KutipJsonNode *start,
              const KutipJsonNode *end,
              KutipSelector *selector,
              GError **error)
{
  if (!kutip_json_node_get_uint (start, &selector->start) ||
      !kutip_json_node_get_uint (end, &selector->end))
    return kutip_json_tree_fail (
        tree, node, error, _ ("a position needs a “start” and an “end”, whole numbers"));
  if (selector->end <= selector->start)
    return kutip_json_tree_fail (tree, node, error,
                                 _ ("the end is not behind the start"));
  selector->position = node;
  return TRUE;
}

/* "char=15,31": RFC 5147. */
static gboolean
read_fragment (KutipJsonTree *tree,
               const KutipJsonNode *node,
               KutipSelector *selector,
               GError **error)
{
  const char *value = kutip_json_node_get_member (node, "value");
  g_auto (GStrv) ends = NULL;
  guint64 start, end;

  if (value == NULL || !g_str_has_prefix (value, "char="))
    return TRUE;
  ends = g_strsplit (value + strlen ("char="), ",", 2);
  if (g_strv_length (ends) != 2 ||
      !g_ascii_string_to_unsigned (ends[0], 10, 0, G_MAXUINT, &start, NULL) ||
      !g_ascii_string_to_unsigned (ends[1], 10, 0, G_MAXUINT, &end, NULL) || end <= start)
    return kutip_json_tree_fail (tree, node, error, _ ("“%s” is no range"), value);
  selector->start = (guint) start;
  selector->end = (guint) end;
  selector->position = node;
  return TRUE;
}

static gboolean
has_type (const KutipJsonNode *node, const char *type)
{
  return g_strcmp0 (kutip_json_node_get_member (node, "type"), type) == 0;
}

static gboolean
read_one (KutipJsonTree *tree,
          const KutipJsonNode *node,
          KutipSelector *selector,
          GError **error)
{
  const KutipJsonNode *start = kutip_json_node_get (node, "start");
  const KutipJsonNode *end = kutip_json_node_get (node, "end");
  /* Recogito's own have no type. */
  gboolean untyped = kutip_json_node_get (node, "type") == NULL;
  const char *quote = kutip_json_node_get_member (node, "quote");

  if ((has_type (node, "TextPositionSelector") || (untyped && start != NULL)) &&
      !set_position (tree, node, start, end, selector, error))
    return FALSE;
  if (has_type (node, "FragmentSelector") && !read_fragment (tree, node, selector, error))
    return FALSE;
  if (untyped && quote != NULL)
    selector->exact = quote;
  if (!has_type (node, "TextQuoteSelector"))
    return TRUE;
  selector->exact = kutip_json_node_get_member (node, "exact");
  selector->prefix = kutip_json_node_get_member (node, "prefix");
  selector->suffix = kutip_json_node_get_member (node, "suffix");
  return TRUE;
}

gboolean
kutip_selector_read (KutipJsonTree *tree,
                     const KutipJsonNode *node,
                     KutipSelector *selector,
                     GError **error)
{
  if (kutip_json_node_is_array (node))
    {
      for (const KutipJsonNode *child = node->first; child != NULL; child = child->next)
        if (!kutip_selector_read (tree, child, selector, error))
          return FALSE;
      return TRUE;
    }
  /* What refines a selector counts within what that selects: only its quotation says
   * something of the whole text. */
  for (const KutipJsonNode *part = node; kutip_json_node_is_object (part);
       part = kutip_json_node_get (part, "refinedBy"))
    if (!read_one (tree, part, selector, error))
      return FALSE;
  if (kutip_json_node_get (node, "refinedBy") != NULL && selector->exact != NULL)
    selector->position = NULL;
  return TRUE;
}

void
kutip_selector_rate (const KutipSelector *self,
                     KutipText *text,
                     KutipOffsetsRating *rating)
{
  KutipOffsets offsets = { self->start, self->end, self->exact };

  if (self->position != NULL)
    kutip_offsets_rate (rating, text, &offsets);
}

KutipOffsetUnit
kutip_selector_find_unit (KutipText *text, const GArray *selectors)
{
  KutipOffsetsRating rating = { 0 };

  for (guint i = 0; i < selectors->len; i++)
    kutip_selector_rate (&g_array_index (selectors, KutipSelector, i), text, &rating);
  return kutip_offsets_rating_get_best (&rating);
}

/* Whether @a, which ends at @end, and @b are the same but for white space: a page's line
 * breaks may have become spaces where it was quoted. */
static gboolean
is_same_text (const char *a, const char *end, const char *b)
{
  while (a < end && *b != '\0')
    {
      gunichar one = g_utf8_get_char (a), other = g_utf8_get_char (b);

      if (one != other && !(g_unichar_isspace (one) && g_unichar_isspace (other)))
        return FALSE;
      a = g_utf8_next_char (a);
      b = g_utf8_next_char (b);
    }
  return a == end && *b == '\0';
}

static gboolean
stands_there (const KutipSelector *self, KutipText *text, KutipOffsetUnit unit)
{
  const char *there;
  KutipRange range;
  gsize n;

  if (self->position == NULL ||
      !kutip_offsets_convert (text, unit, self->start, self->end, &range))
    return FALSE;
  there = kutip_text_peek_range (text, range, &n);
  return self->exact == NULL || is_same_text (there, there + n, self->exact);
}

/* Contexts from here on are enough to look for a place by what resembles it. */
#define LONG_CONTEXT 32

static gboolean
ends_with (const char *start, const char *end, const char *tail)
{
  gsize n = strlen (tail);

  return (gsize) (end - start) >= n && memcmp (end - n, tail, n) == 0;
}

/* A quotation without a position, that its short context decides: the only place that has
 * all of it around. */
static gboolean
find_only (const KutipSelector *self, KutipText *text, KutipRange *range)
{
  const char *prefix = self->prefix == NULL ? "" : self->prefix;
  const char *suffix = self->suffix == NULL ? "" : self->suffix;
  const char *utf8 = kutip_text_get_utf8 (text, NULL);
  gsize n = strlen (self->exact);
  const char *found = NULL;

  if (self->position != NULL || (*prefix == '\0' && *suffix == '\0') ||
      strlen (prefix) >= LONG_CONTEXT || strlen (suffix) >= LONG_CONTEXT)
    return FALSE;
  for (const char *at = utf8; (at = strstr (at, self->exact)) != NULL;
       at = g_utf8_next_char (at))
    {
      if (!ends_with (utf8, at, prefix) || !g_str_has_prefix (at + n, suffix))
        continue;
      if (found != NULL)
        return FALSE;
      found = at;
    }
  return found != NULL &&
         kutip_text_from_byte (text, (gsize) (found - utf8), &range->start) &&
         kutip_text_from_byte (text, (gsize) (found - utf8) + n, &range->end);
}

gboolean
kutip_selector_apply (const KutipSelector *self,
                      KutipDraft *draft,
                      KutipDraftSpan *span,
                      KutipOffsetUnit unit,
                      gboolean *moved,
                      GError **error)
{
  KutipText *text = kutip_draft_get_text (draft);
  KutipRange range;

  if (self->exact == NULL || *self->exact == '\0' || stands_there (self, text, unit))
    return kutip_draft_add_range (draft, span, self->position, unit, self->start,
                                  self->end, error);
  if (find_only (self, text, &range))
    return kutip_draft_add_range (draft, span, NULL, KUTIP_OFFSETS_CODE_POINTS,
                                  range.start, range.end, error);
  *moved = self->position != NULL;
  kutip_draft_add_text (draft, span, self->exact, self->start);
  if (span->ranges->len == 1)
    {
      span->fields.prefix = kutip_draft_keep (draft, self->prefix);
      span->fields.suffix = kutip_draft_keep (draft, self->suffix);
    }
  return TRUE;
}
