/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/label-studio/label-studio.h"

#include <string.h>

/* What a configuration lists is held: some ten megabytes of each control. What it lists
 * less is told of, as Label Studio refuses results of values that it does not know. */
#define MOST_VALUES 100000

/* A word: "M" or "S", "A" or "R", the type, the attribute's bytes, ":", the attribute,
 * the control's bytes, ":", the control, what is chosen. */

static void
append_counted (GString *words, const char *name)
{
  g_string_append_printf (words, "%" G_GSIZE_FORMAT ":%s", strlen (name), name);
}

void
kutip_label_studio_append_use (GString *words,
                               const KutipLabelStudioUse *use,
                               const char *control,
                               const char *value)
{
  g_string_append_c (words, use->is_multiple ? 'M' : 'S');
  g_string_append_c (words, use->per_article ? 'A' : 'R');
  g_string_append_c (words, (char) use->type);
  append_counted (words, use->attribute);
  append_counted (words, control);
  g_string_append (words, value != NULL ? value : "");
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
  KutipReport *report; /* or NULL */
} Gathering;

/* A text and a control may be called alike. */
static char *
make_use_key (KutipLabelStudioType type, const char *control)
{
  return g_strconcat (type == KUTIP_LABEL_STUDIO_OBJECT ? "\001" : "", control, NULL);
}

/* Takes @attribute. */
static KutipLabelStudioUse *
get_use (Gathering *self, const char *flags, char *attribute, const char *control)
{
  KutipLabelStudioType type = (KutipLabelStudioType) flags[2];
  char *key = make_use_key (type, control);
  KutipLabelStudioUse *use = g_tree_lookup (self->uses, key);

  if (use != NULL)
    {
      g_free (attribute);
      g_free (key);
      return use;
    }
  use = g_new0 (KutipLabelStudioUse, 1);
  use->attribute = attribute;
  use->type = type;
  use->per_article = flags[1] == 'A';
  use->values = g_tree_new_full (compare_keys, NULL, g_free, NULL);
  g_tree_insert (self->uses, key, use);
  return use;
}

/* Owned; @end is behind it. */
static char *
dup_counted (const char *word, const char **end)
{
  char *name;
  gsize n = (gsize) g_ascii_strtoull (word, &name, 10);

  *end = name + 1 + n;
  return g_strndup (name + 1, n);
}

static void
add_word (Gathering *self, const char *word)
{
  const char *rest, *value;
  char *attribute = dup_counted (word + 3, &rest);
  g_autofree char *control = dup_counted (rest, &value);
  KutipLabelStudioUse *use = get_use (self, word, attribute, control);

  use->is_multiple |= *word == 'M';
  if (*value == '\0' || g_tree_lookup_node (use->values, value) != NULL)
    return;
  if (g_tree_nnodes (use->values) < MOST_VALUES)
    g_tree_insert (use->values, g_strdup (value), NULL);
  else if (!use->is_cut)
    {
      use->is_cut = TRUE;
      if (self->report != NULL)
        kutip_report_add (self->report, KUTIP_REPORT_LOSS, "tagset-values",
                          KUTIP_LABEL_STUDIO_CONFIG, NULL, 0, use->attribute);
    }
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
  Gathering self = { uses, begun, sink->report };
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

KutipLabelStudioType
kutip_label_studio_type_from_string (const char *type)
{
  return strcmp (type, "textarea") == 0   ? KUTIP_LABEL_STUDIO_TYPED
         : strcmp (type, "rating") == 0   ? KUTIP_LABEL_STUDIO_RATING
         : strcmp (type, "number") == 0   ? KUTIP_LABEL_STUDIO_NUMBER
         : strcmp (type, "datetime") == 0 ? KUTIP_LABEL_STUDIO_DATETIME
                                          : KUTIP_LABEL_STUDIO_CHOICES;
}
