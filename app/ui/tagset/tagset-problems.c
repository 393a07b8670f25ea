/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tagset/tagset-problems.h"

#include "ui/commands.h"
#include "ui/tagset/tagset-rows.h"

#include <glib/gi18n.h>

/* Takes @message. */
static void
warn (GPtrArray *problems, guint id, const char *field, char *message)
{
  KutipDraftProblem *problem = g_new (KutipDraftProblem, 1);

  *problem = (KutipDraftProblem){ id, field, TRUE, message };
  g_ptr_array_add (problems, problem);
}

/* The command that a plain key stands for where no label has it; NULL: none. */
static const KutipCommand *
find_command (const char *key)
{
  guint n;
  const KutipCommand *commands = kutip_commands_list (&n);

  for (guint i = 0; i < n; i++)
    {
      g_auto (GStrv) keys =
          g_strsplit (commands[i].keys != NULL ? commands[i].keys : "", " ", -1);

      if (g_strv_contains ((const char *const *) keys, key))
        return &commands[i];
    }
  return NULL;
}

static void
warn_of_key (GPtrArray *problems, const KutipDraftItem *item)
{
  g_autofree char *key = g_utf8_strdown (item->key, -1);
  const KutipCommand *command = *key != '\0' ? find_command (key) : NULL;

  if (command == NULL)
    return;
  warn (
      problems, item->id, "key",
      /* Translators: %1$s is a key, %2$s what it does. */
      g_strdup_printf (_ ("“%1$s” marks this label then, and no longer does this: %2$s."),
                       item->key, _ (command->title)));
}

static void
warn_of_color (KutipTagsetDraft *draft,
               const KutipDraftItem *item,
               guint at,
               GPtrArray *problems)
{
  for (guint i = 0; *item->color != '\0' && i < at; i++)
    {
      const KutipDraftItem *other =
          kutip_tagset_draft_get_nth (draft, KUTIP_DRAFT_LABEL, i);

      if (g_ascii_strcasecmp (other->color, item->color) != 0)
        continue;
      warn (problems, item->id, "color",
            /* Translators: %s is the title of a label. */
            g_strdup_printf (_ ("“%s” has the same colour."),
                             kutip_tagset_item_title (other)));
      return;
    }
}

GPtrArray *
kutip_tagset_problems_find (KutipTagsetDraft *draft)
{
  GPtrArray *problems = kutip_tagset_draft_list_problems (draft);

  for (guint i = 0; i < kutip_tagset_draft_get_n (draft, KUTIP_DRAFT_LABEL); i++)
    {
      const KutipDraftItem *item =
          kutip_tagset_draft_get_nth (draft, KUTIP_DRAFT_LABEL, i);

      warn_of_key (problems, item);
      warn_of_color (draft, item, i, problems);
    }
  return problems;
}
