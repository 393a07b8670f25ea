/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/html/html.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* So much of a span is quoted in the list. */
#define MAX_QUOTED 160
#define START "<dl>"

static void
begin_row (GString *out, const char *name)
{
  g_string_append (out, "<dt>");
  kutip_html_append_text (out, name, -1);
  g_string_append (out, "</dt><dd dir=\"auto\">");
}

static void
append_row (GString *out, const char *name, const char *value)
{
  if (value == NULL || *value == '\0')
    return;
  begin_row (out, name);
  kutip_html_append_text (out, value, -1);
  g_string_append (out, "</dd>");
}

static void
append_attributes (const KutipHtmlLayer *self, KutipAttributes *attributes)
{
  for (guint i = 0; i < kutip_attributes_get_n (attributes); i++)
    {
      KutipAttribute attribute = kutip_attributes_get_nth (attributes, i);
      const KutipAttributeType *type =
          self->tagset == NULL
              ? NULL
              : kutip_tagset_get_attribute (self->tagset, attribute.name);
      const char *title = type != NULL && type->title != NULL
                              ? kutip_tagset_translate (self->tagset, type->title)
                              : attribute.name;

      begin_row (self->out, title);
      if (attribute.type == KUTIP_VALUE_FLAG)
        kutip_html_append_text (self->out, _ ("yes"), -1);
      else
        {
          g_autofree char *joined = g_strjoinv (", ", (char **) attribute.values);

          kutip_html_append_text (self->out, joined, -1);
        }
      g_string_append (self->out, "</dd>");
    }
}

static void
append_link_to (const KutipHtmlLayer *self, const char *id)
{
  KutipSpan *span = kutip_layer_get_span (self->layer, id);

  if (span == NULL)
    return;
  g_string_append_printf (self->out, "<a href=\"#d%u-%u\"><bdi>", self->nth,
                          GPOINTER_TO_UINT (g_hash_table_lookup (self->places, id)));
  kutip_html_append_name (self, span);
  g_string_append (self->out, "</bdi></a>");
}

static void
append_relations (const KutipHtmlLayer *self, const char *id)
{
  g_autoptr (GPtrArray) relations = kutip_layer_list_relations_of (self->layer, id);

  for (guint i = 0; i < relations->len; i++)
    {
      KutipRelation *relation = g_ptr_array_index (relations, i);
      const char *label = kutip_relation_get_label (relation);
      const KutipRelationType *type =
          self->tagset == NULL ? NULL : kutip_tagset_get_relation (self->tagset, label);
      const char *title = type != NULL && type->title != NULL
                              ? kutip_tagset_translate (self->tagset, type->title)
                              : label;
      KutipRelationFields fields;

      if (strcmp (kutip_relation_get_from (relation), id) != 0)
        continue;
      kutip_relation_get_fields (relation, &fields);
      begin_row (self->out, title);
      append_link_to (self, fields.to);
      if (fields.note != NULL && *fields.note != '\0')
        {
          g_string_append (self->out, " – ");
          kutip_html_append_text (self->out, fields.note, -1);
        }
      g_string_append (self->out, "</dd>");
    }
}

static void
append_knowledge (const KutipHtmlLayer *self, const KutipSpanFields *fields)
{
  for (guint i = 0; i < fields->n_links; i++)
    {
      g_autofree char *link =
          g_strdup_printf ("%s:%s%s%s", fields->links[i].base, fields->links[i].id,
                           fields->links[i].title != NULL ? " " : "",
                           fields->links[i].title != NULL ? fields->links[i].title : "");

      append_row (self->out, _ ("Link"), link);
    }
}

/* The words of a span, pieces with dots between them, long ones cut. */
static void
append_quotation (const KutipHtmlLayer *self, const KutipSpanFields *fields)
{
  KutipText *text = kutip_article_get_text (self->record->article);
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < fields->n_ranges; i++)
    {
      gsize n;
      const char *bytes = fields->texts != NULL
                              ? fields->texts[i]
                              : kutip_text_peek_range (text, fields->ranges[i], &n);

      if (i > 0)
        g_string_append (words, " […] ");
      if (fields->texts != NULL)
        g_string_append (words, bytes);
      else
        g_string_append_len (words, bytes, (gssize) n);
    }
  if (g_utf8_strlen (words->str, -1) > MAX_QUOTED)
    {
      g_string_truncate (
          words,
          (gsize) (g_utf8_offset_to_pointer (words->str, MAX_QUOTED) - words->str));
      g_string_append (words, "…");
    }
  g_string_append (self->out, "<q><bdi>");
  kutip_html_append_text (self->out, words->str, (gssize) words->len);
  g_string_append (self->out, "</bdi></q>");
}

static gboolean
append_span (KutipSpan *span, gpointer data)
{
  const KutipHtmlLayer *self = data;
  KutipSpanFields fields;
  gsize before;
  guint place;

  kutip_span_get_fields (span, &fields);
  place = GPOINTER_TO_UINT (g_hash_table_lookup (self->places, fields.id));
  g_string_append_printf (self->out, "<li id=\"d%u-%u\"><h4><span class=\"s l%u\"><bdi>",
                          self->nth, place, kutip_html_find_label (self, fields.label));
  kutip_html_append_name (self, span);
  g_string_append (self->out, "</bdi></span> ");
  if (fields.texts == NULL)
    g_string_append_printf (self->out, "<a href=\"#m%u-%u\">", self->nth, place);
  append_quotation (self, &fields);
  g_string_append (self->out, fields.texts == NULL ? "</a></h4>" : "</h4>");
  g_string_append (self->out, START);
  before = self->out->len;
  append_attributes (self, fields.attributes);
  append_relations (self, fields.id);
  append_row (self->out, _ ("Note"), fields.note);
  append_knowledge (self, &fields);
  if (fields.unsure)
    append_row (self->out, _ ("Unsure"), _ ("yes"));
  append_row (self->out, _ ("Suggested by"), fields.origin_by);
  if (fields.texts != NULL)
    append_row (self->out, _ ("Place"), _ ("not found in the text"));
  /* No list of nothing. */
  if (self->out->len == before)
    g_string_truncate (self->out, before - strlen (START));
  else
    g_string_append (self->out, "</dl>");
  g_string_append (self->out, "</li>\n");
  return TRUE;
}

void
kutip_html_append_spans (const KutipHtmlLayer *self)
{
  g_string_append (self->out, "<ol class=\"d\">\n");
  kutip_layer_foreach_span (self->layer, append_span, (gpointer) self);
  g_string_append (self->out, "</ol>\n");
}
