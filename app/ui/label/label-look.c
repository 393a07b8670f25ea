/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/label/label-look.h"

#include "format/tagset/tagset-json.h"
#include "ui/foreign-words.h"
#include "ui/label/ink.h"

#include <glib/gi18n.h>

/* All looks of one tag set; hangs on the tag set. */
typedef struct
{
  KutipTagset *tagset; /* borrowed: it owns this */
  gboolean builtin;
  GHashTable *by_name; /* interned name -> KutipLabelLook, owned */
  GHashTable *letters; /* those that a label has: GUINT_TO_POINTER */
  GHashTable *titles;  /* as they stand in the tag set -> as they are shown */
  GHashTable *descriptions;
} Looks;

/* Code points of what is shown: a study may have longer ones, which would leave no room
 * for anything else. The tag set's editor and the guidelines have them whole. */
#define MOST_TITLE_CHARS 60
#define MOST_DESCRIPTION_CHARS 600

/* Okabe and Ito's colours, which colour-blind people tell apart; for labels that name
 * none. */
static const char *const palette[] = {
  "#e69f00", "#0072b2", "#009e73", "#cc79a7", "#d55e00", "#56b4e9", "#f0e442", "#6f6f6f",
};

static const GdkRGBA unknown_color = { 0.56f, 0.56f, 0.56f, 1.0f };

static void
looks_free (gpointer data)
{
  Looks *looks = data;

  g_hash_table_unref (looks->by_name);
  g_hash_table_unref (looks->letters);
  g_hash_table_unref (looks->titles);
  g_hash_table_unref (looks->descriptions);
  g_free (looks);
}

/* Whether the tag set is a shipped one, known by its name: only those have translations,
 * and a study's own words are never translated behind its back. */
static gboolean
is_builtin (KutipTagset *tagset)
{
  static GHashTable *names = NULL;

  if (names == NULL)
    {
      names = g_hash_table_new (g_str_hash, g_str_equal);
      for (const char *const *name = kutip_tagset_list_builtin (); *name != NULL; name++)
        {
          g_autoptr (KutipTagset) builtin = kutip_tagset_load_builtin (*name);

          if (builtin != NULL)
            g_hash_table_add (
                names, (gpointer) g_intern_string (kutip_tagset_get_name (builtin)));
        }
    }
  return kutip_tagset_get_name (tagset) != NULL &&
         g_hash_table_contains (names, kutip_tagset_get_name (tagset));
}

/* The first letter of the title that no earlier label has; the first of all when none is
 * left. */
static void
choose_letter (Looks *looks, KutipLabelLook *look)
{
  gunichar chosen = 0;

  for (const char *p = look->title; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar letter = g_unichar_toupper (g_utf8_get_char (p));

      if (!g_unichar_isalnum (letter))
        continue;
      if (chosen == 0)
        chosen = letter;
      if (!g_hash_table_contains (looks->letters, GUINT_TO_POINTER (letter)))
        {
          chosen = letter;
          break;
        }
    }
  if (chosen != 0)
    g_hash_table_add (looks->letters, GUINT_TO_POINTER (chosen));
  look->letter[g_unichar_to_utf8 (chosen != 0 ? chosen : '?', look->letter)] = '\0';
}

/* @words as people may be shown them; belongs to @shown. */
static const char *
show_words (GHashTable *shown, const char *words, guint max_chars)
{
  char *safe = g_hash_table_lookup (shown, words);

  if (safe == NULL)
    {
      safe = kutip_foreign_words (words, max_chars);
      g_hash_table_insert (shown, g_strdup (words), safe);
    }
  return safe;
}

static const char *
show_title (Looks *looks, const char *title)
{
  return show_words (looks->titles, title, MOST_TITLE_CHARS);
}

static void
add_known (Looks *looks, guint i)
{
  const KutipLabelType *type = kutip_tagset_get_nth_label (looks->tagset, i);
  KutipLabelLook *look = g_new0 (KutipLabelLook, 1);

  look->name = g_intern_string (type->name);
  look->title = type->title != NULL && *type->title != '\0'
                    ? (looks->builtin ? g_dgettext (GETTEXT_PACKAGE, type->title)
                                      : show_title (looks, type->title))
                    : show_title (looks, look->name);
  look->index = (int) i;
  if (type->color == NULL || !gdk_rgba_parse (&look->color, type->color))
    gdk_rgba_parse (&look->color, palette[i % G_N_ELEMENTS (palette)]);
  look->ink = kutip_ink_on (&look->color);
  choose_letter (looks, look);
  g_hash_table_insert (looks->by_name, (gpointer) look->name, look);
}

static Looks *
get_looks (KutipTagset *tagset)
{
  static GQuark quark = 0;
  Looks *looks;

  if (quark == 0)
    quark = g_quark_from_static_string ("kutip-label-looks");
  looks = g_object_get_qdata (G_OBJECT (tagset), quark);
  if (looks != NULL)
    return looks;

  looks = g_new0 (Looks, 1);
  looks->tagset = tagset;
  looks->builtin = is_builtin (tagset);
  looks->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  looks->letters = g_hash_table_new (NULL, NULL);
  looks->titles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  looks->descriptions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < kutip_tagset_get_n_labels (tagset); i++)
    add_known (looks, i);
  g_object_set_qdata_full (G_OBJECT (tagset), quark, looks, looks_free);
  return looks;
}

const KutipLabelLook *
kutip_label_look_get (KutipTagset *tagset, const char *label)
{
  Looks *looks;
  KutipLabelLook *look;

  g_return_val_if_fail (KUTIP_IS_TAGSET (tagset), NULL);
  g_return_val_if_fail (label != NULL, NULL);

  looks = get_looks (tagset);
  look = g_hash_table_lookup (looks->by_name, label);
  if (look == NULL)
    {
      look = g_new0 (KutipLabelLook, 1);
      look->name = g_intern_string (label);
      look->title = show_title (looks, look->name);
      look->letter[0] = '?';
      look->color = unknown_color;
      look->ink = kutip_ink_on (&look->color);
      look->index = -1;
      g_hash_table_insert (looks->by_name, (gpointer) look->name, look);
    }
  return look;
}

const char *
kutip_label_look_translate (KutipTagset *tagset, const char *text)
{
  Looks *looks;

  g_return_val_if_fail (KUTIP_IS_TAGSET (tagset), text);

  /* gettext answers "" with the catalog's header. */
  if (text == NULL || *text == '\0')
    return text;
  looks = get_looks (tagset);
  return looks->builtin ? g_dgettext (GETTEXT_PACKAGE, text) : show_title (looks, text);
}

const char *
kutip_label_look_describe (KutipTagset *tagset, const char *description)
{
  Looks *looks;

  g_return_val_if_fail (KUTIP_IS_TAGSET (tagset), description);

  if (description == NULL || *description == '\0')
    return description;
  looks = get_looks (tagset);
  return looks->builtin
             ? g_dgettext (GETTEXT_PACKAGE, description)
             : show_words (looks->descriptions, description, MOST_DESCRIPTION_CHARS);
}

const char *
kutip_label_look_get_attribute_title (KutipTagset *tagset, const char *name)
{
  const KutipAttributeType *type = kutip_tagset_get_attribute (tagset, name);

  if (type == NULL || type->title == NULL || *type->title == '\0')
    return show_title (get_looks (tagset), name);
  return kutip_label_look_translate (tagset, type->title);
}

const char *
kutip_label_look_get_relation_title (KutipTagset *tagset, const char *name)
{
  const KutipRelationType *type = kutip_tagset_get_relation (tagset, name);

  if (type == NULL || type->title == NULL || *type->title == '\0')
    return show_title (get_looks (tagset), name);
  return kutip_label_look_translate (tagset, type->title);
}
