/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/commands.h"

#include <glib/gi18n.h>

#define ARTICLES KUTIP_COMMANDS_ARTICLES
#define MARKING KUTIP_COMMANDS_MARKING
#define SHAPING KUTIP_COMMANDS_SHAPING
#define LINKS KUTIP_COMMANDS_LINKS
#define MOVING KUTIP_COMMANDS_MOVING
#define REVIEWING KUTIP_COMMANDS_REVIEWING
#define FINDING KUTIP_COMMANDS_FINDING
#define READING KUTIP_COMMANDS_READING
#define WINDOW KUTIP_COMMANDS_WINDOW

/* Letters that marking needs are left free: a tag set's own keys come first, so each
 * command on a letter has an accelerator that is none. */
static const KutipCommand commands[] = {
  { "win.open", "<Control>o", NULL, N_ ("Open an article"), ARTICLES },
  { "win.open-folder", "<Control><Shift>o", NULL, N_ ("Open a folder"), ARTICLES },
  { "win.next-article", "<Control>Page_Down", NULL, N_ ("Next article"), ARTICLES },
  { "win.previous-article", "<Control>Page_Up", NULL, N_ ("Previous article"), ARTICLES },
  { "win.next-unfinished", "<Control><Shift>Page_Down", NULL,
    N_ ("Next article that is not done"), ARTICLES },
  { "win.filter", "<Control>k", NULL, N_ ("Find an article in the list"), ARTICLES },
  { "annotation.done", "<Control>d", NULL, N_ ("Mark the article as done, or not done"),
    ARTICLES },
  { "win.save", "<Control>s", NULL, N_ ("Save now"), ARTICLES },
  { "win.import", "<Control><Alt>i", NULL, N_ ("Import what another tool has annotated"),
    ARTICLES },
  { "win.export", "<Control><Shift>e", NULL, N_ ("Export in another tool’s format"),
    ARTICLES },
  { "win.reload", "<Control>r F5", NULL, N_ ("Read the article again from the disk"),
    ARTICLES },

  { "annotation.delete", NULL, "Delete KP_Delete BackSpace", N_ ("Delete the span"),
    MARKING },
  { "annotation.unsure", "<Control>u", "u", N_ ("Mark the span as unsure, or sure"),
    MARKING },
  { "annotation.note", "F2", "n", N_ ("Write a note on the span"), MARKING },
  { "annotation.mark-all", "<Control>m", "a",
    N_ ("Mark all places of the selected words"), MARKING },
  { "annotation.mark-everywhere", "<Control><Shift>m", "<Shift>a",
    N_ ("Mark the selected words in all articles"), MARKING },
  { "win.bulk-marked", "<Control><Alt>z", NULL,
    N_ ("Take back what was marked in all articles"), MARKING },
  { "annotation.undo", "<Control>z", NULL, N_ ("Undo"), MARKING },
  { "annotation.redo", "<Control><Shift>z <Control>y", NULL, N_ ("Redo"), MARKING },

  { "annotation.edge::end+word", "<Alt>k", NULL, N_ ("Extend the span’s end by a word"),
    SHAPING },
  { "annotation.edge::end-word", "<Alt>j", NULL, N_ ("Shrink the span’s end by a word"),
    SHAPING },
  { "annotation.edge::start-word", "<Alt><Shift>j", NULL,
    N_ ("Extend the span’s start by a word"), SHAPING },
  { "annotation.edge::start+word", "<Alt><Shift>k", NULL,
    N_ ("Shrink the span’s start by a word"), SHAPING },
  { "annotation.edge::end+character", "<Control><Alt>k", NULL,
    N_ ("Extend the span’s end by a character"), SHAPING },
  { "annotation.edge::end-character", "<Control><Alt>j", NULL,
    N_ ("Shrink the span’s end by a character"), SHAPING },
  { "annotation.edge::start-character", "<Control><Alt><Shift>j", NULL,
    N_ ("Extend the span’s start by a character"), SHAPING },
  { "annotation.edge::start+character", "<Control><Alt><Shift>k", NULL,
    N_ ("Shrink the span’s start by a character"), SHAPING },
  { "annotation.edge::end+sentence", "<Alt>Page_Down", NULL,
    N_ ("Extend the span’s end by a sentence"), SHAPING },
  { "annotation.edge::end-sentence", "<Alt>Page_Up", NULL,
    N_ ("Shrink the span’s end by a sentence"), SHAPING },
  { "annotation.edge::start-sentence", "<Alt><Shift>Page_Up", NULL,
    N_ ("Extend the span’s start by a sentence"), SHAPING },
  { "annotation.edge::start+sentence", "<Alt><Shift>Page_Down", NULL,
    N_ ("Shrink the span’s start by a sentence"), SHAPING },
  { "annotation.add-piece", "<Alt>p", "plus KP_Add",
    N_ ("Add the selection, or the rest of the sentence, to the span used last"),
    SHAPING },
  { "annotation.remove-piece", "<Alt><Shift>p", "minus KP_Subtract",
    N_ ("Remove the piece at the caret"), SHAPING },
  { "annotation.split", "<Alt>x", "x", N_ ("Split the span at the caret"), SHAPING },
  { "annotation.merge", "<Alt>m", "m", N_ ("Merge the span with the next of its label"),
    SHAPING },

  { "annotation.attribution", "<Alt>r", "r", N_ ("Open the attribution at the caret"),
    LINKS },
  { "annotation.close-attribution", "<Alt><Shift>r", "<Shift>r",
    N_ ("Close the attribution"), LINKS },
  { "annotation.link::", "<Control>l", "l", N_ ("Link the span to another one"), LINKS },
  { "annotation.accept", NULL, "Return KP_Enter",
    N_ ("Link to the span that is proposed, or join the attribution"), LINKS },
  { "annotation.cancel", NULL, "Escape",
    N_ ("Stop linking, or close the attribution, and select nothing"), LINKS },
  { "annotation.follow", "<Control>Return", "f",
    N_ ("To the other end of the link, and back"), LINKS },
  { "annotation.next-link", "<Control><Shift>Return", "<Shift>f",
    N_ ("Take the span’s next link in hand"), LINKS },
  { "annotation.link-type", "<Control>t", "t", N_ ("Make the link another kind"), LINKS },
  { "annotation.reverse-link", "<Control><Shift>t", "<Shift>t",
    N_ ("Turn the link around"), LINKS },
  { "annotation.link-details", "<Control>e", "e", N_ ("Attributes and note of the link"),
    LINKS },
  { "annotation.remove-link", "<Control><Shift>Delete", "<Shift>l",
    N_ ("Remove the link"), LINKS },
  { "win.show-links", "<Control><Shift>l", NULL,
    N_ ("Show all links, or the span’s only"), LINKS },

  { "annotation.next", "<Alt>Down", "period", N_ ("Next span"), MOVING },
  { "annotation.previous", "<Alt>Up", "comma", N_ ("Previous span"), MOVING },
  { "annotation.cycle", "<Alt>o", "o", N_ ("Next of the spans that lie over one another"),
    MOVING },
  { "annotation.next-alike", "<Alt><Shift>Down", "greater",
    N_ ("Next span of the same label"), MOVING },
  { "annotation.previous-alike", "<Alt><Shift>Up", "less",
    N_ ("Previous span of the same label"), MOVING },
  { "annotation.jump", "<Control>j", "j", N_ ("Go to a character, a line or a span"),
    MOVING },
  { "win.back", "<Control>bracketleft", NULL, N_ ("Back to where one was"), MOVING },
  { "win.forward", "<Control>bracketright", NULL, N_ ("Forward again"), MOVING },
  { "annotation.next-finding", "F8", NULL, N_ ("Next thing left to do"), MOVING },
  { "annotation.previous-finding", "<Shift>F8", NULL, N_ ("Previous thing left to do"),
    MOVING },

  { "win.to-do", "<Control>F8", NULL, N_ ("List of what is left to do"), MOVING },

  { "win.review", "<Control>F7", NULL,
    N_ ("Review the spans after the article has changed"), REVIEWING },
  { "annotation.next-review", "F7", NULL, N_ ("Next span to review"), REVIEWING },
  { "annotation.previous-review", "<Shift>F7", NULL, N_ ("Previous span to review"),
    REVIEWING },
  { "annotation.review-confirm", "<Alt>Return <Alt>KP_Enter", NULL,
    N_ ("Confirm where the span stands"), REVIEWING },
  { "annotation.review-place", "<Alt><Shift>Return <Alt><Shift>KP_Enter", NULL,
    N_ ("Put the span on the selected words"), REVIEWING },
  { "annotation.review-delete", "<Alt>Delete <Alt>KP_Delete", NULL,
    N_ ("Delete the span that is reviewed"), REVIEWING },
  { "annotation.review-moved", "<Control><Alt>Return <Control><Alt>KP_Enter", NULL,
    N_ ("Confirm all spans that only moved"), REVIEWING },

  { "win.find", "<Control>f", NULL, N_ ("Find in the article"), FINDING },
  { "win.find-next", "<Control>g F3", NULL, N_ ("Next place found"), FINDING },
  { "win.find-previous", "<Control><Shift>g <Shift>F3", NULL, N_ ("Previous place found"),
    FINDING },
  { "win.search-corpus", "<Control><Shift>f", NULL, N_ ("Search all articles"), FINDING },

  { "app.larger-text", "<Control>plus <Control>equal <Control>KP_Add", NULL,
    N_ ("Larger text"), READING },
  { "app.smaller-text", "<Control>minus <Control>KP_Subtract", NULL, N_ ("Smaller text"),
    READING },
  { "app.normal-text", "<Control>0 <Control>KP_0", NULL, N_ ("Normal text size"),
    READING },
  { "win.guidelines", "F4", NULL, N_ ("Show or hide the guidelines"), READING },
  { "win.fullscreen", "F11", NULL, N_ ("Full screen"), READING },

  { "win.articles-pane", "F9", NULL, N_ ("Show or hide the articles"), WINDOW },
  { "win.annotations-pane", "<Shift>F9", NULL, N_ ("Show or hide the annotations"),
    WINDOW },
  { "win.properties", "<Control>i", NULL, N_ ("Properties of the article"), WINDOW },
  { "win.edit-tagset", "<Shift>F4", NULL, N_ ("Edit the tag set"), WINDOW },
  { "win.next-pane", "F6", NULL, N_ ("To the next part of the window"), WINDOW },
  { "win.previous-pane", "<Shift>F6", NULL, N_ ("To the previous part of the window"),
    WINDOW },
  { "win.wider-pane", "<Control><Alt>plus <Control><Alt>equal <Control><Alt>KP_Add", NULL,
    N_ ("Make the side pane wider"), WINDOW },
  { "win.narrower-pane", "<Control><Alt>minus <Control><Alt>KP_Subtract", NULL,
    N_ ("Make the side pane narrower"), WINDOW },
  { "win.menu", "F10", NULL, N_ ("Main menu"), WINDOW },
  { "app.help", "F1", NULL, N_ ("Manual"), WINDOW },
  { "app.shortcuts", "<Control>question", NULL, N_ ("Keyboard shortcuts"), WINDOW },
  { "app.preferences", "<Control>comma", NULL, N_ ("Preferences"), WINDOW },
  { "app.new-window", "<Control>n", NULL, N_ ("New window"), WINDOW },
  { "win.close", "<Control>w", NULL, N_ ("Close the window"), WINDOW },
  { "app.quit", "<Control>q", NULL, N_ ("Quit"), WINDOW },
};

/* A key where nothing is written, and what it stands for. */
typedef struct
{
  GtkShortcutTrigger *trigger;
  const char *action; /* belongs to the table */
} PlainKey;

/* Lives as long as the program. */
static GArray *
get_plain_keys (void)
{
  static GArray *keys;

  if (keys != NULL)
    return keys;

  keys = g_array_new (FALSE, FALSE, sizeof (PlainKey));
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_auto (GStrv) words =
          g_strsplit (commands[i].keys ? commands[i].keys : "", " ", -1);

      for (guint j = 0; words[j] != NULL; j++)
        {
          PlainKey key = { gtk_shortcut_trigger_parse_string (words[j]),
                           commands[i].action };

          g_assert (key.trigger != NULL);
          g_array_append_val (keys, key);
        }
    }
  return keys;
}

/* Whether the event is the label's key with @modifiers and no others. Digits count by
 * their value, so that those of the number pad and of other scripts do. */
static GdkKeyMatch
match_label_key (gunichar key, GdkModifierType modifiers, GdkEvent *event)
{
  const GdkModifierType counting =
      GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_META_MASK | GDK_HYPER_MASK;
  gunichar typed = gdk_keyval_to_unicode (gdk_key_event_get_keyval (event));
  GdkModifierType state = gdk_event_get_modifier_state (event);

  if ((state & counting) == modifiers && typed != 0)
    {
      if (typed == key)
        return GDK_KEY_MATCH_EXACT;
      if (g_unichar_isdigit (key) && g_unichar_isdigit (typed) &&
          g_unichar_digit_value (key) == g_unichar_digit_value (typed))
        return GDK_KEY_MATCH_EXACT;
    }
  if (g_unichar_isupper (key))
    modifiers |= GDK_SHIFT_MASK;
  return gdk_key_event_matches (event, gdk_unicode_to_keyval (g_unichar_tolower (key)),
                                modifiers);
}

/* Whether the event is the label's key with @modifiers, of which Shift is one: with Shift
 * a key stands for another character, so it is asked for the one without. */
static gboolean
is_shifted_label_key (gunichar key, GdkModifierType modifiers, GdkEvent *event)
{
  const GdkModifierType counting = GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK |
                                   GDK_SUPER_MASK | GDK_META_MASK | GDK_HYPER_MASK;
  GdkModifierType state = gdk_event_get_modifier_state (event);
  guint keyval;

  if ((state & counting) != modifiers)
    return FALSE;
  return gdk_display_translate_key (
             gdk_event_get_display (event), gdk_key_event_get_keycode (event),
             state & ~(guint) GDK_SHIFT_MASK, (int) gdk_key_event_get_layout (event),
             &keyval, NULL, NULL, NULL) &&
         gdk_keyval_to_unicode (keyval) == key;
}

static char *
print_label_action (const char *action, const char *label)
{
  g_autoptr (GVariant) target = g_variant_ref_sink (g_variant_new_string (label));

  return g_action_print_detailed_name (action, target);
}

/* GDK_KEY_MATCH_PARTIAL: the key has that meaning on another of the keyboard's layouts.
 */
static char *
find_label_command (KutipTagset *tagset, GdkEvent *event, GdkKeyMatch wanted)
{
  for (guint i = 0; tagset != NULL && i < kutip_tagset_get_n_labels (tagset); i++)
    {
      const KutipLabelType *label = kutip_tagset_get_nth_label (tagset, i);

      if (label->key == 0)
        continue;
      if (match_label_key (label->key, 0, event) == wanted)
        return print_label_action ("annotation.mark-on", label->name);
      if (wanted == GDK_KEY_MATCH_EXACT &&
          is_shifted_label_key (label->key, GDK_ALT_MASK | GDK_SHIFT_MASK, event))
        return print_label_action ("annotation.duplicate", label->name);
      if (match_label_key (label->key, GDK_ALT_MASK, event) == wanted)
        return print_label_action ("annotation.set-label", label->name);
    }
  return NULL;
}

/* After the other commands: of a label whose key is a letter, Shift and it may be one. */
static char *
find_rest_command (KutipTagset *tagset, GdkEvent *event)
{
  for (guint i = 0; tagset != NULL && i < kutip_tagset_get_n_labels (tagset); i++)
    {
      const KutipLabelType *label = kutip_tagset_get_nth_label (tagset, i);

      if (label->key != 0 && is_shifted_label_key (label->key, GDK_SHIFT_MASK, event))
        return print_label_action ("annotation.mark-rest", label->name);
    }
  return NULL;
}

static char *
find_plain_command (GdkEvent *event, GdkKeyMatch wanted)
{
  GArray *keys = get_plain_keys ();

  for (guint i = 0; i < keys->len; i++)
    {
      PlainKey *key = &g_array_index (keys, PlainKey, i);

      if (gtk_shortcut_trigger_trigger (key->trigger, event, FALSE) == wanted)
        return g_strdup (key->action);
    }
  return NULL;
}

const char *
kutip_commands_get_title (KutipCommandGroup group)
{
  switch (group)
    {
    case KUTIP_COMMANDS_ARTICLES:
      return _ ("Articles");
    case KUTIP_COMMANDS_MARKING:
      return _ ("Marking");
    case KUTIP_COMMANDS_SHAPING:
      return _ ("Extent");
    case KUTIP_COMMANDS_LINKS:
      return _ ("Links");
    case KUTIP_COMMANDS_MOVING:
      return _ ("Moving");
    case KUTIP_COMMANDS_REVIEWING:
      return _ ("Reviewing");
    case KUTIP_COMMANDS_FINDING:
      return _ ("Finding");
    case KUTIP_COMMANDS_READING:
      return _ ("Reading");
    case KUTIP_COMMANDS_WINDOW:
      return _ ("Window");
    default:
      g_return_val_if_reached (NULL);
    }
}

const KutipCommand *
kutip_commands_list (guint *n)
{
  *n = G_N_ELEMENTS (commands);
  return commands;
}

void
kutip_commands_set_accels (GtkApplication *application)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_auto (GStrv) accels = NULL;

      if (commands[i].accels == NULL)
        continue;
      accels = g_strsplit (commands[i].accels, " ", -1);
      gtk_application_set_accels_for_action (application, commands[i].action,
                                             (const char *const *) accels);
    }
}

char *
kutip_commands_find (KutipTagset *tagset, GdkEvent *event)
{
  const GdkKeyMatch wanted[] = { GDK_KEY_MATCH_EXACT, GDK_KEY_MATCH_PARTIAL };

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      char *action = find_label_command (tagset, event, wanted[i]);

      if (action == NULL)
        action = find_plain_command (event, wanted[i]);
      if (action == NULL && wanted[i] == GDK_KEY_MATCH_EXACT)
        action = find_rest_command (tagset, event);
      if (action != NULL)
        return action;
    }
  return NULL;
}

gboolean
kutip_commands_is_writing (GtkWidget *focus)
{
  if (focus == NULL)
    return FALSE;
  if (GTK_IS_TEXT_VIEW (focus))
    return gtk_text_view_get_editable (GTK_TEXT_VIEW (focus));
  return GTK_IS_EDITABLE (focus) ||
         gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) != NULL;
}
