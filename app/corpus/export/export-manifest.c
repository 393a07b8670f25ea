/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/export/export-parts.h"
#include "format/fields.h"
#include "format/json/json.h"

#include <string.h>

/* manifest.json: how a dataset was made, and what is in it. Nothing in it depends on when
 * or where. */

static void
append_name (GString *out, const char *indent, const char *name)
{
  g_string_append (out, indent);
  kutip_json_append_string (out, name);
  g_string_append (out, ": ");
}

static void
append_string (GString *out, const char *indent, const char *name, const char *value)
{
  if (value == NULL)
    return;
  append_name (out, indent, name);
  kutip_json_append_string (out, value);
  g_string_append (out, ",\n");
}

static void
append_number (GString *out, const char *indent, const char *name, guint64 value)
{
  append_name (out, indent, name);
  g_string_append_printf (out, "%" G_GUINT64_FORMAT ",\n", value);
}

static void
append_flag (GString *out, const char *indent, const char *name, gboolean value)
{
  append_name (out, indent, name);
  g_string_append (out, value ? "true,\n" : "false,\n");
}

/* Takes the comma behind the last member away. */
static void
end_members (GString *out, const char *closing)
{
  if (g_str_has_suffix (out->str, ",\n"))
    g_string_truncate (out, out->len - 2);
  g_string_append (out, closing);
}

static char *
format_shares (const KutipExportOptions *options)
{
  GString *shares = g_string_new (NULL);

  for (guint i = 0; i < options->n_shares; i++)
    g_string_append_printf (shares, "%s%u", i == 0 ? "" : "/", options->shares[i]);
  return g_string_free (shares, FALSE);
}

static void
append_how_split (GString *out, const KutipExportOptions *options)
{
  if (options->n_shares > 0)
    {
      g_autofree char *shares = format_shares (options);

      append_string (out, "    ", "split", shares);
      append_number (out, "    ", "seed", options->seed);
      append_string (out, "    ", "group_by", options->group_by);
      append_string (out, "    ", "stratify_by", options->stratify_by);
    }
  if (options->n_dates > 0)
    {
      g_autofree char *dates =
          g_strjoin (",", options->dates[0], options->dates[1], NULL);

      append_string (out, "    ", "split_by_date", dates);
    }
}

static const char *
name_unit (KutipOffsetUnit unit)
{
  static const char *const names[] = { NULL, "code-points", "utf-16", "bytes" };

  return names[unit];
}

static void
append_options (GString *out, KutipExport *self)
{
  static const char *const contexts[] = { "article", "paragraph", "sentence" };
  const KutipExportOptions *options = self->options;
  const KutipFormatOptions *format = &self->conversion->options;

  g_string_append (out, "  \"options\": {\n");
  append_string (out, "    ", "to", self->conversion->to->name);
  append_string (out, "    ", "from",
                 self->conversion->from == NULL ? NULL : self->conversion->from->name);
  append_how_split (out, options);
  append_string (out, "    ", "layer", options->layer);
  append_flag (out, "    ", "done_only", options->done_only);
  append_string (out, "    ", "context", contexts[options->context]);
  append_string (out, "    ", "map", options->map);
  append_string (out, "    ", "offset_unit", name_unit (format->offset_unit));
  append_flag (out, "    ", "spreadsheet", format->spreadsheet);
  append_flag (out, "    ", "bioes", format->bioes);
  append_flag (out, "    ", "column_per_label", format->column_per_label);
  append_flag (out, "    ", "verified", !self->conversion->no_verify);
  append_string (out, "    ", "title", options->title);
  append_string (out, "    ", "license", options->license);
  end_members (out, "\n  },\n");
}

static void
append_tagset (GString *out, KutipTagset *tagset, const char *sha256)
{
  if (tagset == NULL)
    return;
  g_string_append (out, "  \"tagset\": {\n");
  append_string (out, "    ", "name", kutip_tagset_get_name (tagset));
  append_string (out, "    ", "version", kutip_tagset_get_version (tagset));
  append_string (out, "    ", "file", KUTIP_EXPORT_TAGSET);
  append_string (out, "    ", "sha256", sha256);
  end_members (out, "\n  },\n");
}

static void
append_counts (GString *out, const char *name, GTree *counts)
{
  append_name (out, "      ", name);
  g_string_append_c (out, '{');
  for (GTreeNode *node = g_tree_node_first (counts); node != NULL;
       node = g_tree_node_next (node))
    {
      if (node != g_tree_node_first (counts))
        g_string_append (out, ", ");
      kutip_json_append_string (out, g_tree_node_key (node));
      g_string_append_printf (out, ": %" G_GUINT64_FORMAT,
                              *(const guint64 *) g_tree_node_value (node));
    }
  g_string_append (out, "},\n");
}

static void
append_splits (GString *out, KutipExport *self)
{
  g_string_append (out, "  \"splits\": [\n");
  for (guint i = 0; i < self->result->n_splits; i++)
    {
      const KutipExportSplit *split = &self->result->splits[i];

      g_string_append (out, "    {\n");
      append_string (out, "      ", "name", split->name);
      append_number (out, "      ", "groups", split->n_groups);
      append_number (out, "      ", "articles", split->n_articles);
      append_number (out, "      ", "records", split->n_records);
      append_number (out, "      ", "layers", split->n_layers);
      append_number (out, "      ", "spans", split->n_spans);
      append_number (out, "      ", "relations", split->n_relations);
      append_counts (out, "spans_by_label", self->spans_by_label[i]);
      append_counts (out, "relations_by_label", self->relations_by_label[i]);
      end_members (out, "\n    },\n");
    }
  end_members (out, "\n  ],\n");
}

static void
append_losses (GString *out, KutipReport *report)
{
  g_auto (GStrv) words = kutip_report_list_what (report, KUTIP_REPORT_LOSS);

  g_string_append (out, "  \"losses\": {");
  for (guint i = 0; words[i] != NULL; i++)
    {
      append_name (out, i == 0 ? "" : ", ", words[i]);
      g_string_append_printf (out, "%u",
                              kutip_report_count (report, KUTIP_REPORT_LOSS, words[i]));
    }
  g_string_append (out, "},\n");
}

/* The manifest on its way out: there may be more articles than can be held. */
typedef struct
{
  GString *out;
  gboolean any; /* of the list that is written */
} Listing;

static gboolean
flush (KutipExport *self, GString *out, GError **error)
{
  gboolean good = kutip_staging_append (self->staging, out->str, out->len, error);

  g_string_truncate (out, 0);
  return good;
}

static void
begin_item (Listing *listing, const char *path)
{
  if (listing->any)
    g_string_append (listing->out, ",\n");
  listing->any = TRUE;
  append_name (listing->out, "    {", "path");
  kutip_json_append_string (listing->out, path);
}

static gboolean
append_files (KutipExport *self, Listing *listing, GError **error)
{
  g_autoptr (GError) local = NULL;
  const char *bytes;
  gsize n;

  g_string_append (listing->out, "  \"files\": [\n");
  if (!kutip_sorter_begin (self->files, error))
    return FALSE;
  while ((bytes = kutip_sorter_next (self->files, &n, &local)) != NULL)
    {
      KutipFields fields = { bytes, bytes + n };
      const char *sha256;

      begin_item (listing, kutip_fields_take_string (&fields));
      sha256 = kutip_fields_take_string (&fields);
      g_string_append_printf (listing->out,
                              ", \"bytes\": %" G_GUINT64_FORMAT ", \"sha256\": \"%s\"}",
                              kutip_fields_take_number (&fields), sha256);
      if (!flush (self, listing->out, error))
        return FALSE;
    }
  g_string_append (listing->out, "\n  ],\n");
  listing->any = FALSE;
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* Which article is where, one a line; "group" is the number that articles share which
 * stay together. A KutipExportRowFunc. */
static gboolean
append_article (KutipExport *self,
                const KutipExportRow *row,
                gpointer data,
                GError **error)
{
  Listing *listing = data;

  if (!row->is_first)
    return TRUE;
  begin_item (listing, row->path);
  g_string_append_printf (
      listing->out, ", \"split\": \"%s\", \"group\": %u, \"sha256\": \"%s\"}",
      self->result->splits[row->split].name, row->group_number, row->sha256);
  return flush (self, listing->out, error);
}

gboolean
kutip_export_write_manifest (KutipExport *self,
                             KutipTagset *tagset,
                             const char *tagset_sha256,
                             GError **error)
{
  g_autoptr (GString) out = g_string_new ("{\n  \"format\": 1,\n");
  g_autofree char *generator = g_strconcat ("Kutip ", self->options->version, NULL);
  Listing listing = { out, FALSE };

  if (!kutip_staging_begin_file (self->staging, KUTIP_EXPORT_MANIFEST, error))
    return FALSE;
  append_string (out, "  ", "generator", generator);
  append_options (out, self);
  append_tagset (out, tagset, tagset_sha256);
  append_splits (out, self);
  append_number (out, "  ", "articles_left_out", (guint64) self->result->n_left_out);
  append_losses (out, self->result->conversion.report);
  if (!append_files (self, &listing, error))
    return FALSE;
  g_string_append (out, "  \"articles\": [\n");
  if (!kutip_export_foreach_row (self, append_article, &listing, error))
    return FALSE;
  g_string_append (out, "\n  ]\n}\n");
  return flush (self, out, error) && kutip_staging_end_file (self->staging, error);
}

/* --- of an earlier dataset --- */

static void
read_file (KutipJsonReader *reader, GPtrArray *names)
{
  const char *member;

  if (!kutip_json_reader_read_object (reader))
    return;
  while ((member = kutip_json_reader_read_member (reader)) != NULL)
    if (strcmp (member, "path") == 0)
      g_ptr_array_add (names, g_strdup (kutip_json_reader_read_string (reader)));
    else
      kutip_json_reader_skip (reader);
}

static gboolean
read_members (KutipJsonReader *reader, GPtrArray *names)
{
  gboolean is_ours = FALSE;
  const char *member;

  if (!kutip_json_reader_read_object (reader))
    return FALSE;
  while ((member = kutip_json_reader_read_member (reader)) != NULL)
    if (strcmp (member, "generator") == 0)
      {
        const char *generator = kutip_json_reader_read_string (reader);

        is_ours = generator != NULL && g_str_has_prefix (generator, "Kutip ");
      }
    else if (strcmp (member, "files") != 0)
      kutip_json_reader_skip (reader);
    else if (kutip_json_reader_read_array (reader))
      while (kutip_json_reader_read_element (reader))
        read_file (reader, names);
  return is_ours;
}

char **
kutip_export_read_manifest (const char *bytes, gsize n)
{
  g_autoptr (KutipJsonReader) reader = kutip_json_reader_new (bytes, n);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  gboolean is_ours = read_members (reader, names);

  if (!kutip_json_reader_finish (reader, NULL) || !is_ours)
    return NULL;
  g_ptr_array_add (names, g_strdup (KUTIP_EXPORT_MANIFEST));
  /* The end of the list; g_free() takes it too. */
  g_ptr_array_add (names, NULL);
  return g_strdupv ((char **) names->pdata);
}
