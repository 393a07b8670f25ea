/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/label-studio/label-studio.h"

#include <string.h>

/* Nobody chooses from more; and what a configuration lists is held. */
#define MOST_VALUES 1000

/* A word: "M" or "S", "A" or "R", "C" or "T", the attribute's bytes, ":", the attribute,
 * what is chosen. */

void
kutip_label_studio_append_use (GString *words,
                               const char *attribute,
                               gboolean per_article,
                               gboolean is_multiple,
                               const char *value)
{
  g_string_append_c (words, is_multiple ? 'M' : 'S');
  g_string_append_c (words, per_article ? 'A' : 'R');
  g_string_append_c (words, value != NULL ? 'C' : 'T');
  g_string_append_printf (words, "%" G_GSIZE_FORMAT ":%s%s", strlen (attribute),
                          attribute, value != NULL ? value : "");
  g_string_append_c (words, '\0');
}

static int
compare_keys (gconstpointer a, gconstpointer b, gpointer data)
{
  return strcmp (a, b);
}

static void
free_use (gpointer data)
{
  KutipLabelStudioUse *use = data;

  g_free (use->attribute);
  g_tree_unref (use->values);
  g_free (use);
}

/* The words come in parts, which end anywhere. */
typedef struct
{
  GTree *uses;
  GString *begun;
} Gathering;

static KutipLabelStudioUse *
get_use (Gathering *self, const char *flags, char *attribute)
{
  gboolean per_article = flags[1] == 'A';
  gboolean is_choice = flags[2] == 'C';
  char *control = kutip_label_studio_make_control (attribute, is_choice, per_article);
  KutipLabelStudioUse *use = g_tree_lookup (self->uses, control);

  if (use != NULL)
    {
      g_free (attribute);
      g_free (control);
      return use;
    }
  use = g_new0 (KutipLabelStudioUse, 1);
  use->attribute = attribute;
  use->is_choice = is_choice;
  use->per_article = per_article;
  use->values = g_tree_new_full (compare_keys, NULL, g_free, NULL);
  g_tree_insert (self->uses, control, use);
  return use;
}

static void
add_word (Gathering *self, const char *word)
{
  char *name;
  gsize n = (gsize) g_ascii_strtoull (word + 3, &name, 10);
  const char *value = name + 1 + n;
  KutipLabelStudioUse *use = get_use (self, word, g_strndup (name + 1, n));

  use->is_multiple |= *word == 'M';
  if (*value != '\0' && g_tree_nnodes (use->values) < MOST_VALUES &&
      g_tree_lookup_node (use->values, value) == NULL)
    g_tree_insert (use->values, g_strdup (value), NULL);
}

static void
add_part (const char *bytes, gsize n, gpointer data)
{
  Gathering *self = data;
  const char *end = bytes + n;

  while (bytes < end)
    {
      const char *nul = memchr (bytes, '\0', (gsize) (end - bytes));

      g_string_append_len (self->begun, bytes, (nul != NULL ? nul : end) - bytes);
      if (nul == NULL)
        return;
      add_word (self, self->begun->str);
      g_string_truncate (self->begun, 0);
      bytes = nul + 1;
    }
}

GTree *
kutip_label_studio_gather_uses (KutipSink *sink, GError **error)
{
  g_autoptr (GTree) uses = g_tree_new_full (compare_keys, NULL, g_free, free_use);
  g_autoptr (GString) begun = g_string_new (NULL);
  Gathering self = { uses, begun };
  const GString *kept = NULL;

  if (sink->replay != NULL)
    return sink->replay (sink, KUTIP_LABEL_STUDIO_KEPT_CONTROLS, add_part, &self, error)
               ? g_steal_pointer (&uses)
               : NULL;
  if (sink->peek != NULL)
    kept = sink->peek (sink, KUTIP_LABEL_STUDIO_KEPT_CONTROLS);
  if (kept != NULL)
    add_part (kept->str, kept->len, &self);
  return g_steal_pointer (&uses);
}
