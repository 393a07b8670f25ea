/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/sidebar/span-hints.h"

#include "ui/label/label-look.h"

#include <glib/gi18n.h>

/* Where a relation type leads to labels of one kind only, that kind's name says more than
 * the type's. */
static const char *
get_only_target (KutipTagset *tagset, const char *relation)
{
  const KutipRelationType *type = kutip_tagset_get_relation (tagset, relation);

  if (type == NULL || type->to == NULL || type->to[0] == NULL || type->to[1] != NULL)
    return NULL;
  return kutip_label_look_get (tagset, type->to[0])->title;
}

static char *
describe_missing_relation (KutipTagset *tagset, const char *relation)
{
  const char *target = get_only_target (tagset, relation);

  if (target != NULL)
    /* Translators: %s is the label that something has to be linked to, for example
     * Source. */
    return g_strdup_printf (_ ("Not yet linked to: %s"), target);
  /* Translators: %s is a kind of link, for example Attributed to. */
  return g_strdup_printf (_ ("Link still missing: %s"),
                          kutip_label_look_get_relation_title (tagset, relation));
}

char *
kutip_span_hints_describe_finding (KutipTagset *tagset, const KutipFinding *finding)
{
  switch (finding->kind)
    {
    case KUTIP_FINDING_MISSING_RELATION:
      return describe_missing_relation (tagset, finding->name);
    case KUTIP_FINDING_MISSING_ATTRIBUTE:
      /* Translators: %s is an attribute, for example Stance. */
      return g_strdup_printf (
          _ ("Not yet chosen: %s"),
          kutip_label_look_get_attribute_title (tagset, finding->name));
    case KUTIP_FINDING_UNKNOWN_VALUE:
      /* Translators: %s is an attribute, for example Stance. */
      return g_strdup_printf (
          _ ("Not a value of the tag set: %s"),
          kutip_label_look_get_attribute_title (tagset, finding->name));
    case KUTIP_FINDING_FORBIDDEN_RELATION:
      /* Translators: %s is a kind of link, for example Attributed to. */
      return g_strdup_printf (
          _ ("The tag set does not allow this link: %s"),
          kutip_label_look_get_relation_title (tagset, finding->name));
    case KUTIP_FINDING_TOO_MANY_RELATIONS:
      /* Translators: %s is a kind of link, for example Attributed to. */
      return g_strdup_printf (
          _ ("More links than the tag set allows: %s"),
          kutip_label_look_get_relation_title (tagset, finding->name));
    case KUTIP_FINDING_APPROXIMATE:
      return g_strdup (_ ("The article has changed: these words were others"));
    case KUTIP_FINDING_UNSURE:
    case KUTIP_FINDING_ORPHAN:
    case KUTIP_FINDING_UNKNOWN_LABEL:
    case KUTIP_FINDING_MOVED:
    case KUTIP_N_FINDING_KINDS:
    default:
      return NULL;
    }
}

char *
kutip_span_hints_describe (KutipAnnotator *annotator, KutipSpan *span)
{
  KutipTagset *tagset =
      kutip_document_get_tagset (kutip_annotator_get_document (annotator));
  g_autoptr (GArray) findings = kutip_check_list_of (
      kutip_annotator_get_check (annotator), kutip_span_get_id (span));
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; i < findings->len; i++)
    {
      g_autofree char *line = kutip_span_hints_describe_finding (
          tagset, &g_array_index (findings, KutipFinding, i));

      if (line == NULL)
        continue;
      if (lines->len > 0)
        g_string_append_c (lines, '\n');
      g_string_append (lines, line);
    }
  return lines->len > 0 ? g_strdup (lines->str) : NULL;
}
