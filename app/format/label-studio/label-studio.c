/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/label-studio/label-studio.h"

#include "format/elements.h"
#include "format/formats.h"
#include "format/json/json-head.h"

#include <glib/gi18n.h>
#include <string.h>

static gboolean
begin_tasks (KutipTagset *tagset,
             const KutipFormatOptions *options,
             KutipSink *sink,
             GError **error)
{
  return sink->append (sink, "", "[\n", 2, error);
}

static gboolean
end_tasks (KutipTagset *tagset,
           const KutipFormatOptions *options,
           guint64 n_records,
           KutipSink *sink,
           GError **error)
{
  g_autoptr (GTree) uses = NULL;
  g_autoptr (GString) config = NULL;

  if (!sink->append (sink, "", "\n]\n", 3, error))
    return FALSE;
  uses = kutip_label_studio_gather_uses (sink, error);
  if (uses == NULL)
    return FALSE;
  if (tagset == NULL && g_tree_nnodes (uses) == 0)
    return TRUE;
  config = kutip_label_studio_write_config (tagset, uses);
  return sink->append (sink, KUTIP_LABEL_STUDIO_CONFIG, config->str, config->len, error);
}

static KutipMatch
recognise (const char *name, const char *head, gsize n_head)
{
  static const char *const members[] = { "from_name", "was_cancelled", "completed_by",
                                         "predictions", NULL };

  if (kutip_format_names_text (name))
    return KUTIP_MATCH_NO;
  if (kutip_json_head_has_one_of (head, n_head, members, 0))
    return KUTIP_MATCH_YES;
  /* A task needs no more than its data. */
  return kutip_json_head_has (head, n_head, "data", 2) ? KUTIP_MATCH_MAYBE
                                                       : KUTIP_MATCH_NO;
}

const KutipFormat kutip_format_label_studio = {
  .name = KUTIP_LABEL_STUDIO,
  .title = N_ ("Label Studio tasks, with their configuration"),
  .suffix = ".json",
  .keeps = KUTIP_KEEPS_TEXT | KUTIP_KEEPS_OVERLAP | KUTIP_KEEPS_SUB_TOKEN |
           KUTIP_KEEPS_IDS | KUTIP_KEEPS_ATTRIBUTES | KUTIP_KEEPS_LISTS |
           KUTIP_KEEPS_NOTES | KUTIP_KEEPS_LINKS | KUTIP_KEEPS_UNSURE |
           KUTIP_KEEPS_ORIGIN | KUTIP_KEEPS_TIMES | KUTIP_KEEPS_RELATIONS |
           KUTIP_KEEPS_EVENTS | KUTIP_KEEPS_RELATION_ATTRIBUTES |
           KUTIP_KEEPS_RELATION_NOTES | KUTIP_KEEPS_PIECES | KUTIP_KEEPS_METADATA |
           KUTIP_KEEPS_STATUS | KUTIP_KEEPS_ARTICLE_ATTRIBUTES |
           KUTIP_KEEPS_ARTICLE_NOTE | KUTIP_KEEPS_ANNOTATORS | KUTIP_KEEPS_TAGSET,
  .foreign = KUTIP_LABEL_STUDIO,
  .separator = ",\n",
  .recognise = recognise,
  .next_unit = kutip_elements_next_unit,
  .read = kutip_label_studio_read,
  .write = kutip_label_studio_write,
  .compare = kutip_label_studio_compare,
  .begin = begin_tasks,
  .end = end_tasks,
  .tagset_file = KUTIP_LABEL_STUDIO_CONFIG,
  .read_tagset = kutip_label_studio_read_config,
  .tagset_beside = TRUE,
};
