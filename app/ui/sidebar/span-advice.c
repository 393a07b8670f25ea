/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/sidebar/span-advice.h"

#include "ui/label/label-look.h"

#include <glib/gi18n.h>

/* Of a tag set that has more, the bar at the bottom shows the rest. */
#define MOST_KEYS 6

/* "1 Claim, 2 Quote": the labels that have keys; NULL when none has. */
static char *
list_keys (KutipTagset *tagset)
{
  g_autoptr (GString) keys = g_string_new (NULL);
  guint n_keys = 0;

  for (guint i = 0; i < kutip_tagset_get_n_labels (tagset); i++)
    {
      const KutipLabelType *label = kutip_tagset_get_nth_label (tagset, i);
      char key[8] = { 0 };

      if (label->key == 0)
        continue;
      if (n_keys++ == MOST_KEYS)
        {
          g_string_append (keys, " …");
          break;
        }
      if (keys->len > 0)
        /* Translators: between the keys of a list: 1 Claim, 2 Quote. */
        g_string_append (keys, _ (", "));
      g_unichar_to_utf8 (g_unichar_toupper (label->key), key);
      /* Its title stays on the line of its key. */
      g_string_append_printf (keys, "%s\u00a0%s", key,
                              kutip_label_look_get (tagset, label->name)->title);
    }
  return keys->len > 0 ? g_strdup (keys->str) : NULL;
}

static char *
teach (KutipTagset *tagset)
{
  g_autofree char *keys = list_keys (tagset);
  g_autoptr (GString) advice =
      g_string_new (_ ("Drag over some words, or hold Shift and press the arrow keys."));

  g_string_append (advice, "\n\n");
  if (keys == NULL)
    g_string_append (advice, _ ("Then choose a label."));
  else
    {
      /* Translators: %s is a list of keys and labels: 1 Claim, 2 Quote, 3 Source. */
      g_string_append_printf (advice, _ ("Then press a label’s key: %s."), keys);
      g_string_append (advice, "\n\n");
      g_string_append (advice, _ ("Shift and the key mark the rest of the sentence."));
    }
  g_string_append_c (advice, ' ');
  g_string_append (advice, _ ("Ctrl+? shows all keys."));
  return g_strdup (advice->str);
}

static gboolean
has_words (KutipDocument *document)
{
  const char *text = kutip_text_get_utf8 (kutip_document_get_text (document), NULL);

  while (*text != '\0' && g_unichar_isspace (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  return *text != '\0';
}

void
kutip_span_advice_show (AdwStatusPage *page, KutipDocument *document)
{
  const char *title = _ ("Nothing Marked Yet");
  g_autofree char *advice = NULL;
  g_autofree char *escaped = NULL;

  g_return_if_fail (ADW_IS_STATUS_PAGE (page));
  g_return_if_fail (KUTIP_IS_DOCUMENT (document));

  if (!has_words (document))
    {
      title = _ ("Empty Article");
      advice = g_strdup (_ ("There are no words to be marked."));
    }
  else if (kutip_document_is_read_only (document))
    {
      title = _ ("Nothing Marked");
      advice = g_strdup (_ ("This article can only be read."));
    }
  else if (kutip_tagset_get_n_labels (kutip_document_get_tagset (document)) == 0)
    {
      title = _ ("No Labels Yet");
      advice = g_strdup (_ ("The tag set has none to mark words with. Shift+F4 opens it: "
                            "add the first one there."));
    }
  else
    advice = teach (kutip_document_get_tagset (document));
  escaped = g_markup_escape_text (advice, -1);
  adw_status_page_set_title (page, title);
  adw_status_page_set_description (page, escaped);
}
