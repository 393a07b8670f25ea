/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/review/finding-words.h"

#include "ui/label/label-look.h"
#include "ui/sidebar/span-hints.h"

#include <glib/gi18n.h>

static const struct
{
  const char *title;
  const char *icon;
} kinds[KUTIP_N_FINDING_KINDS] = {
  [KUTIP_FINDING_MISSING_RELATION] = { N_ ("Link missing"), "kutip-link-symbolic" },
  [KUTIP_FINDING_MISSING_ATTRIBUTE] = { N_ ("Value missing"), "kutip-missing-symbolic" },
  [KUTIP_FINDING_UNSURE] = { N_ ("Unsure"), "kutip-unsure-symbolic" },
  [KUTIP_FINDING_ORPHAN] = { N_ ("Not found"), "kutip-orphan-symbolic" },
  [KUTIP_FINDING_UNKNOWN_LABEL] = { N_ ("Label not in the tag set"),
                                    "dialog-warning-symbolic" },
  [KUTIP_FINDING_UNKNOWN_VALUE] = { N_ ("Value not in the tag set"),
                                    "dialog-warning-symbolic" },
  [KUTIP_FINDING_FORBIDDEN_RELATION] = { N_ ("Link not allowed"),
                                         "action-unavailable-symbolic" },
  [KUTIP_FINDING_TOO_MANY_RELATIONS] = { N_ ("Too many links"),
                                         "action-unavailable-symbolic" },
  [KUTIP_FINDING_APPROXIMATE] = { N_ ("Found approximately"),
                                  "kutip-approximate-symbolic" },
  [KUTIP_FINDING_MOVED] = { N_ ("Moved"), "kutip-moved-symbolic" },
};

const char *
kutip_finding_words_get_title (KutipFindingKind kind)
{
  g_return_val_if_fail (kind < KUTIP_N_FINDING_KINDS, NULL);

  return _ (kinds[kind].title);
}

const char *
kutip_finding_words_get_icon (KutipFindingKind kind)
{
  g_return_val_if_fail (kind < KUTIP_N_FINDING_KINDS, NULL);

  return kinds[kind].icon;
}

char *
kutip_finding_words_describe (KutipTagset *tagset, const KutipFinding *finding)
{
  char *words = NULL;

  if (finding->kind == KUTIP_FINDING_UNKNOWN_LABEL)
    /* Translators: %s is the name of a label, as it stands in a file. */
    return g_strdup_printf (_ ("Not in the tag set: %s"),
                            kutip_label_look_get (tagset, finding->name)->title);
  if (finding->kind != KUTIP_FINDING_APPROXIMATE)
    words = kutip_span_hints_describe_finding (tagset, finding);
  return words != NULL ? words : g_strdup (kutip_finding_words_get_title (finding->kind));
}
