/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/refi-qda/refi-qda.h"

#include "format/sidecar/annotation-json.h"

const KutipJsonNode *
kutip_refi_find_trace (KutipForeign *foreign, KutipJsonTree **tree)
{
  return kutip_annotation_find_unknown (foreign, KUTIP_REFI_FOREIGN, tree);
}

KutipForeign *
kutip_refi_make_trace (const char *const *members, const char *after)
{
  g_autoptr (GString) json = g_string_new (NULL);
  KutipForeignMember member = { after, KUTIP_REFI_FOREIGN, NULL };

  for (; members[0] != NULL; members += 2)
    kutip_annotation_append_string (json, members[0], members[1]);
  if (json->len == 0)
    return NULL;
  /* Behind the first comma and space. */
  g_string_append_c (json, '}');
  g_string_erase (json, 0, 1);
  *json->str = '{';
  member.json = json->str;
  return kutip_foreign_new (&member, 1);
}
