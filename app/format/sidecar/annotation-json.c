/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/sidecar/annotation-json.h"

#include "format/sidecar/sidecar-parts.h"

#include <math.h>
#include <string.h>

static void
append_name (GString *out, const char *name)
{
  g_string_append (out, ", ");
  kutip_json_append_string (out, name);
  g_string_append (out, ": ");
}

void
kutip_annotation_append_string (GString *out, const char *name, const char *value)
{
  if (value == NULL)
    return;
  append_name (out, name);
  kutip_json_append_string (out, value);
}

static void
append_attributes (GString *out, KutipAttributes *attributes)
{
  if (attributes == NULL)
    return;
  append_name (out, "attributes");
  kutip_sidecar_append_attributes (out, attributes);
}

static void
append_origin (GString *out, const char *by, double score)
{
  if (by == NULL)
    return;
  g_string_append (out, ", \"origin\": {\"by\": ");
  kutip_json_append_string (out, by);
  if (!isnan (score))
    {
      append_name (out, "score");
      kutip_json_append_double (out, score);
    }
  g_string_append_c (out, '}');
}

static void
append_links (GString *out, const KutipSpanFields *fields)
{
  if (fields->n_links == 0)
    return;
  append_name (out, "links");
  for (guint i = 0; i < fields->n_links; i++)
    {
      g_string_append (out, i == 0 ? "[{\"base\": " : ", {\"base\": ");
      kutip_json_append_string (out, fields->links[i].base);
      kutip_annotation_append_string (out, "id", fields->links[i].id);
      kutip_annotation_append_string (out, "title", fields->links[i].title);
      g_string_append_c (out, '}');
    }
  g_string_append_c (out, ']');
}

static void
append_unsure (GString *out, gboolean unsure)
{
  if (unsure)
    g_string_append (out, ", \"unsure\": true");
}

void
kutip_annotation_append_span (GString *out, const KutipSpanFields *fields)
{
  kutip_annotation_append_string (out, "id", fields->id);
  append_attributes (out, fields->attributes);
  append_links (out, fields);
  kutip_annotation_append_string (out, "note", fields->note);
  append_unsure (out, fields->unsure);
  append_origin (out, fields->origin_by, fields->origin_score);
  kutip_annotation_append_string (out, "created", fields->created);
  kutip_annotation_append_string (out, "modified", fields->modified);
}

void
kutip_annotation_append_relation (GString *out, const KutipRelationFields *fields)
{
  kutip_annotation_append_string (out, "id", fields->id);
  kutip_annotation_append_string (out, "event", fields->event);
  append_attributes (out, fields->attributes);
  kutip_annotation_append_string (out, "note", fields->note);
  append_unsure (out, fields->unsure);
  append_origin (out, fields->origin_by, fields->origin_score);
  kutip_annotation_append_string (out, "created", fields->created);
  kutip_annotation_append_string (out, "modified", fields->modified);
}

void
kutip_annotation_append_header (GString *out,
                                const KutipHeaderFields *fields,
                                KutipStatus status)
{
  kutip_annotation_append_string (out, "language", fields->language);
  kutip_annotation_append_string (out, "title", fields->title);
  kutip_annotation_append_string (out, "author", fields->author);
  kutip_annotation_append_string (out, "date", fields->date);
  kutip_annotation_append_string (out, "publisher", fields->publisher);
  kutip_annotation_append_string (out, "url", fields->url);
  if (fields->status != status)
    kutip_annotation_append_string (out, "status",
                                    kutip_status_to_string (fields->status));
  append_attributes (out, fields->attributes);
  kutip_annotation_append_string (out, "note", fields->note);
}

const KutipJsonNode *
kutip_annotation_find_unknown (KutipForeign *foreign,
                               const char *name,
                               KutipJsonTree **tree)
{
  for (guint i = 0; i < kutip_foreign_get_n (foreign) && *tree == NULL; i++)
    {
      KutipForeignMember kept = kutip_foreign_get_nth (foreign, i);

      if (strcmp (kept.name, name) == 0)
        *tree = kutip_json_tree_new (kept.json, strlen (kept.json), 1, NULL);
    }
  return *tree == NULL ? NULL : kutip_json_tree_get_root (*tree);
}

void
kutip_annotation_append_unknown (GString *out,
                                 KutipForeign *foreign,
                                 const char *name,
                                 const char *const *known)
{
  for (guint i = 0; i < kutip_foreign_get_n (foreign); i++)
    {
      KutipForeignMember kept = kutip_foreign_get_nth (foreign, i);
      g_autoptr (KutipJsonTree) tree = NULL;
      const KutipJsonNode *root;

      if (strcmp (kept.name, name) != 0)
        continue;
      tree = kutip_json_tree_new (kept.json, strlen (kept.json), 1, NULL);
      root = tree == NULL ? NULL : kutip_json_tree_get_root (tree);
      if (!kutip_json_node_is_object (root))
        continue;
      for (const KutipJsonNode *child = root->first; child != NULL; child = child->next)
        {
          if (g_strv_contains (known, child->name))
            continue;
          append_name (out, child->name);
          kutip_json_node_append (out, child);
        }
    }
}
