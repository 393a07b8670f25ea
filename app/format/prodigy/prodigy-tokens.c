/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/prodigy/prodigy-tokens.h"

#include "format/json/json.h"
#include "format/prodigy/prodigy.h"
#include "format/token-cover.h"

#include <string.h>

void
kutip_prodigy_tokens_init (KutipProdigyTokens *self)
{
  *self = (KutipProdigyTokens){ .borders = g_array_new (FALSE, FALSE, sizeof (guint)),
                                .lengths = g_string_new (NULL) };
}

void
kutip_prodigy_tokens_clear (KutipProdigyTokens *self)
{
  g_array_unref (self->borders);
  g_string_free (self->lengths, TRUE);
}

void
kutip_prodigy_tokens_add (KutipProdigyTokens *self,
                          KutipText *text,
                          const KutipJsonNode *token)
{
  guint start = 0, end = 0;
  gboolean has_space;

  self->n++;
  self->are_whole =
      self->are_whole &&
      kutip_json_node_get_uint (kutip_json_node_get (token, "start"), &start) &&
      kutip_json_node_get_uint (kutip_json_node_get (token, "end"), &end) &&
      start == self->end && end > start && end <= kutip_text_get_length (text);
  if (!self->are_whole)
    return;
  g_array_append_val (self->borders, start);
  g_array_append_val (self->borders, end);
  has_space = kutip_json_node_is_true (kutip_json_node_get (token, "ws")) &&
              end < kutip_text_get_length (text) &&
              kutip_text_get_char (text, end) == ' ';
  if (self->lengths->len > 0 && self->lengths->str[self->lengths->len - 1] != ' ')
    g_string_append_c (self->lengths, '|');
  g_string_append_printf (self->lengths, "%u", end - start);
  if (has_space)
    g_string_append_c (self->lengths, ' ');
  self->end = end + (has_space ? 1 : 0);
}

void
kutip_prodigy_tokens_finish (KutipProdigyTokens *self, KutipText *text)
{
  self->are_whole &= self->end == kutip_text_get_length (text);
}

gboolean
kutip_prodigy_tokens_hold (const KutipProdigyTokens *self,
                           guint token,
                           guint offset,
                           gboolean is_start)
{
  guint start, end;

  if (token >= self->borders->len / 2)
    return FALSE;
  start = g_array_index (self->borders, guint, 2 * token);
  end = g_array_index (self->borders, guint, 2 * token + 1);
  return is_start ? start <= offset && offset < end : start < offset && offset <= end;
}

/* @foreign with a string that is kept, too; owned. */
static KutipForeign *
add_member (KutipForeign *foreign, const char *name, const char *value)
{
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (KutipForeignMember));
  KutipForeignMember own = { "note", KUTIP_PRODIGY, NULL };
  g_autoptr (GString) json = g_string_new ("{");

  for (guint i = 0; i < kutip_foreign_get_n (foreign); i++)
    {
      KutipForeignMember member = kutip_foreign_get_nth (foreign, i);

      if (strcmp (member.name, KUTIP_PRODIGY) != 0)
        {
          g_array_append_val (members, member);
          continue;
        }
      own.after = member.after;
      g_string_assign (json, member.json);
      g_string_truncate (json, json->len - 1);
      g_string_append (json, ", ");
    }
  kutip_json_append_string (json, name);
  g_string_append (json, ": ");
  kutip_json_append_string (json, value);
  g_string_append_c (json, '}');
  own.json = json->str;
  g_array_append_val (members, own);
  return kutip_foreign_new ((const KutipForeignMember *) (gpointer) members->data,
                            members->len);
}

void
kutip_prodigy_tokens_keep (const KutipProdigyTokens *self,
                           KutipText *text,
                           KutipLayer *layer)
{
  KutipHeaderFields fields = *kutip_header_get_fields (kutip_layer_get_header (layer));
  g_autoptr (KutipTokenCover) cover = NULL;
  g_autofree char *own = NULL;
  g_autoptr (KutipForeign) foreign = NULL;
  g_autoptr (KutipHeader) header = NULL;

  if (!self->are_whole)
    return;
  cover = kutip_token_cover_new (text, layer);
  own = kutip_token_cover_dup_lengths (cover);
  if (strcmp (own, self->lengths->str) == 0)
    return;
  fields.foreign = foreign = add_member (fields.foreign, "tokens", self->lengths->str);
  header = kutip_header_new (&fields);
  kutip_layer_set_header (layer, header);
}
