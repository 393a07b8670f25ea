/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/find/find-bar.h"

#include "ui/find/finder.h"
#include "ui/wrap-box.h"

#include <glib/gi18n.h>
#include <string.h>

/* A longer selection is something to search in, not for; code points. */
#define MOST_TAKEN 120

struct _KutipFindBar
{
  GtkWidget parent_instance;

  KutipArticleView *view;
  KutipFinder *finder;
  gboolean match_case, words, accents, regex;
  gboolean filling; /* the entry is being filled by us */
  guint emptied;    /* source: the entry has been empty since it last changed */

  GtkRevealer *revealer;
  GtkEditable *entry;
  GtkLabel *count;
  GtkSpinner *spinner;
  GtkLabel *error;
};

enum
{
  PROP_VIEW = 1,
  PROP_CASE,
  PROP_WORDS,
  PROP_ACCENTS,
  PROP_REGEX,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

enum
{
  CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KutipFindBar, kutip_find_bar, GTK_TYPE_WIDGET)

static const KutipArticleKey keys[] = {
  { "find.next", "Return KP_Enter", N_ ("Next place found") },
  { "find.previous", "<Shift>Return <Shift>KP_Enter", N_ ("Previous place found") },
  { "find.case", "<Alt>c", N_ ("Tell capital and small letters apart, or not") },
  { "find.words", "<Alt>w", N_ ("Find whole words only, or parts too") },
  { "find.accents", "<Alt>a", N_ ("Tell letters with accents apart, or not") },
  { "find.regex", "<Alt>e", N_ ("Take it for a regular expression, or not") },
  { "find.close", "Escape", N_ ("Close the search") },
  { NULL, NULL, NULL },
};

const KutipArticleKey *
kutip_find_bar_list_keys (void)
{
  return keys;
}

const char *
kutip_find_bar_get_pattern (KutipFindBar *self, KutipFindFlags *flags)
{
  g_return_val_if_fail (KUTIP_IS_FIND_BAR (self), "");

  if (flags != NULL)
    *flags = (self->match_case ? KUTIP_FIND_CASE : 0) |
             (self->words ? KUTIP_FIND_WORDS : 0) |
             (self->accents ? KUTIP_FIND_DIACRITICS : 0) |
             (self->regex ? KUTIP_FIND_REGEX : 0);
  return gtk_editable_get_text (self->entry);
}

static void
search (KutipFindBar *self)
{
  KutipFindFlags flags;
  const char *pattern = kutip_find_bar_get_pattern (self, &flags);

  if (kutip_find_bar_is_open (self) && !self->filling)
    kutip_finder_search (self->finder, pattern, flags);
}

static gboolean
on_idle_emptied (gpointer data)
{
  KutipFindBar *self = data;

  self->emptied = 0;
  search (self);
  return G_SOURCE_REMOVE;
}

/* What is written over something else makes the entry empty first, for no time at all:
 * for that the article neither goes back nor loses its hits. */
static void
on_entry_changed (KutipFindBar *self)
{
  g_clear_handle_id (&self->emptied, g_source_remove);
  if (*gtk_editable_get_text (self->entry) != '\0')
    search (self);
  else if (!self->filling)
    self->emptied = g_idle_add_full (G_PRIORITY_HIGH, on_idle_emptied, self, NULL);
}

static char *
describe_hits (KutipFindBar *self)
{
  GArray *hits = kutip_finder_get_hits (self->finder);
  guint position = kutip_finder_get_position (self->finder);

  if (hits == NULL || *gtk_editable_get_text (self->entry) == '\0')
    return g_strdup ("");
  if (hits->len == 0)
    return g_strdup (_ ("Not found"));
  if (position == 0)
    /* Translators: %u is how many places were found. */
    return g_strdup_printf (ngettext ("%u place", "%u places", hits->len), hits->len);
  /* Translators: %1$u is the number of the place where one is, %2$u how many there are.
   */
  return g_strdup_printf (_ ("%1$u of %2$u"), position, hits->len);
}

static void
show_error (KutipFindBar *self, const GError *error)
{
  if (error != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
  gtk_label_set_text (self->error, error != NULL ? error->message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error), error != NULL);
}

/* GTK 4.8 has no live regions: the description of the field is what is read out anew. */
static void
on_finder_changed (KutipFindBar *self)
{
  const GError *error = kutip_finder_get_error (self->finder);
  gboolean busy = kutip_finder_is_busy (self->finder);
  g_autofree char *text = describe_hits (self);
  GArray *hits = kutip_finder_get_hits (self->finder);
  gboolean found = hits != NULL && hits->len > 0;

  gtk_spinner_set_spinning (self->spinner, busy);
  if (self->view != NULL && kutip_find_bar_is_open (self))
    kutip_article_view_set_hits (self->view, hits);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "find.next", found);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "find.previous", found);
  /* Until the next answer is there the last one stays, so that nothing flickers. */
  if (busy)
    return;
  show_error (self, error);
  if (g_strcmp0 (gtk_label_get_text (self->count), text) == 0 && error == NULL)
    return;
  gtk_label_set_text (self->count, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  error != NULL ? error->message : text, -1);
}

static void
follow_view (KutipFindBar *self)
{
  KutipAnnotator *annotator =
      self->view != NULL ? kutip_article_view_get_annotator (self->view) : NULL;

  if (annotator == NULL && kutip_find_bar_is_open (self))
    gtk_revealer_set_reveal_child (self->revealer, FALSE);
  if (!kutip_find_bar_is_open (self))
    kutip_finder_end (self->finder);
  kutip_finder_set_annotator (self->finder, annotator);
}

static void
on_next (GtkWidget *widget, const char *action, GVariant *parameter)
{
  kutip_finder_step (KUTIP_FIND_BAR (widget)->finder, TRUE);
}

static void
on_previous (GtkWidget *widget, const char *action, GVariant *parameter)
{
  kutip_finder_step (KUTIP_FIND_BAR (widget)->finder, FALSE);
}

static void
on_close (GtkWidget *widget, const char *action, GVariant *parameter)
{
  kutip_find_bar_close (KUTIP_FIND_BAR (widget));
}

static gboolean *
get_option (KutipFindBar *self, guint id)
{
  switch (id)
    {
    case PROP_CASE:
      return &self->match_case;
    case PROP_WORDS:
      return &self->words;
    case PROP_ACCENTS:
      return &self->accents;
    case PROP_REGEX:
      return &self->regex;
    default:
      return NULL;
    }
}

static void
set_view (KutipFindBar *self, KutipArticleView *view)
{
  if (!g_set_object (&self->view, view) || view == NULL)
    return;
  g_signal_connect_object (view, "notify::annotator", G_CALLBACK (follow_view), self,
                           G_CONNECT_SWAPPED);
  follow_view (self);
}

static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  KutipFindBar *self = KUTIP_FIND_BAR (object);
  gboolean *option = get_option (self, id);

  if (id == PROP_VIEW)
    set_view (self, g_value_get_object (value));
  else if (option == NULL)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  else if (*option != g_value_get_boolean (value))
    {
      *option = g_value_get_boolean (value);
      g_object_notify_by_pspec (object, pspec);
      search (self);
    }
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  KutipFindBar *self = KUTIP_FIND_BAR (object);
  gboolean *option = get_option (self, id);

  if (id == PROP_VIEW)
    g_value_set_object (value, self->view);
  else if (option == NULL)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  else
    g_value_set_boolean (value, *option);
}

static gboolean
grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (KUTIP_FIND_BAR (widget)->entry));
}

static void
dispose (GObject *object)
{
  KutipFindBar *self = KUTIP_FIND_BAR (object);

  g_clear_handle_id (&self->emptied, g_source_remove);
  if (self->finder != NULL)
    g_signal_handlers_disconnect_by_data (self->finder, self);
  g_clear_object (&self->finder);
  if (self->view != NULL)
    g_signal_handlers_disconnect_by_data (self->view, self);
  g_clear_object (&self->view);
  g_clear_pointer ((GtkWidget **) &self->revealer, gtk_widget_unparent);
  G_OBJECT_CLASS (kutip_find_bar_parent_class)->dispose (object);
}

/* Before the entry sees them, which has other ideas about some. */
static void
add_keys (KutipFindBar *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  for (const KutipArticleKey *key = keys; key->action != NULL; key++)
    {
      g_auto (GStrv) words = g_strsplit (key->keys, " ", -1);

      for (guint i = 0; words[i] != NULL; i++)
        gtk_shortcut_controller_add_shortcut (
            GTK_SHORTCUT_CONTROLLER (controller),
            gtk_shortcut_new (gtk_shortcut_trigger_parse_string (words[i]),
                              gtk_named_action_new (key->action)));
    }
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
install_properties (GObjectClass *class)
{
  const GParamFlags flags =
      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  props[PROP_VIEW] =
      g_param_spec_object ("view", NULL, NULL, KUTIP_TYPE_ARTICLE_VIEW, flags);
  props[PROP_CASE] = g_param_spec_boolean ("match-case", NULL, NULL, FALSE, flags);
  props[PROP_WORDS] = g_param_spec_boolean ("words", NULL, NULL, FALSE, flags);
  props[PROP_ACCENTS] = g_param_spec_boolean ("accents", NULL, NULL, FALSE, flags);
  props[PROP_REGEX] = g_param_spec_boolean ("regex", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (class, N_PROPS, props);
}

static void
install_actions (GtkWidgetClass *class)
{
  gtk_widget_class_install_property_action (class, "find.case", "match-case");
  gtk_widget_class_install_property_action (class, "find.words", "words");
  gtk_widget_class_install_property_action (class, "find.accents", "accents");
  gtk_widget_class_install_property_action (class, "find.regex", "regex");
  gtk_widget_class_install_action (class, "find.next", NULL, on_next);
  gtk_widget_class_install_action (class, "find.previous", NULL, on_previous);
  gtk_widget_class_install_action (class, "find.close", NULL, on_close);
}

static void
kutip_find_bar_class_init (KutipFindBarClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->set_property = set_property;
  object_class->get_property = get_property;
  object_class->dispose = dispose;
  widget_class->grab_focus = grab_focus;
  install_properties (object_class);
  install_actions (widget_class);
  signals[CLOSED] = g_signal_new ("closed", KUTIP_TYPE_FIND_BAR, G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (KUTIP_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/kutip/Kutip/find/find-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, KutipFindBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, KutipFindBar, entry);
  gtk_widget_class_bind_template_child (widget_class, KutipFindBar, count);
  gtk_widget_class_bind_template_child (widget_class, KutipFindBar, spinner);
  gtk_widget_class_bind_template_child (widget_class, KutipFindBar, error);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_changed);
}

static void
kutip_find_bar_init (KutipFindBar *self)
{
  self->finder = kutip_finder_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  /* What is not seen is no place for Tab to go to. */
  g_object_bind_property (self->revealer, "reveal-child", self->revealer, "can-focus",
                          G_BINDING_SYNC_CREATE);
  add_keys (self);
  g_signal_connect_object (self->finder, "changed", G_CALLBACK (on_finder_changed), self,
                           G_CONNECT_SWAPPED);
  on_finder_changed (self);
}

GtkWidget *
kutip_find_bar_new (void)
{
  return g_object_new (KUTIP_TYPE_FIND_BAR, NULL);
}

gboolean
kutip_find_bar_is_open (KutipFindBar *self)
{
  g_return_val_if_fail (KUTIP_IS_FIND_BAR (self), FALSE);
  return gtk_revealer_get_reveal_child (self->revealer);
}

/* What is selected in the article, if one would search for it. */
static char *
dup_selection (KutipFindBar *self)
{
  KutipAnnotator *annotator = kutip_article_view_get_annotator (self->view);
  KutipRange selection = kutip_annotator_get_selection (annotator);
  g_autofree char *words = NULL;

  if (selection.start == selection.end || selection.end - selection.start > MOST_TAKEN)
    return NULL;
  words = kutip_text_dup_range (
      kutip_document_get_text (kutip_annotator_get_document (annotator)), selection);
  return strpbrk (words, "\r\n") == NULL ? g_steal_pointer (&words) : NULL;
}

void
kutip_find_bar_open (KutipFindBar *self)
{
  g_autofree char *words = NULL;

  g_return_if_fail (KUTIP_IS_FIND_BAR (self));

  if (self->view == NULL || kutip_article_view_get_annotator (self->view) == NULL)
    return;
  /* Once more while one writes here: to write something else. */
  if (kutip_find_bar_is_open (self) &&
      gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL)
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->entry));
      return;
    }
  words = dup_selection (self);
  kutip_finder_begin (self->finder);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
  if (words != NULL && !self->regex)
    {
      self->filling = TRUE;
      gtk_editable_set_text (self->entry, words);
      self->filling = FALSE;
    }
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_select_region (self->entry, 0, -1);
  search (self);
}

void
kutip_find_bar_close (KutipFindBar *self)
{
  g_return_if_fail (KUTIP_IS_FIND_BAR (self));

  if (!kutip_find_bar_is_open (self))
    return;
  gtk_revealer_set_reveal_child (self->revealer, FALSE);
  kutip_article_view_set_hits (self->view, NULL);
  kutip_finder_end (self->finder);
  g_signal_emit (self, signals[CLOSED], 0);
}

void
kutip_find_bar_step (KutipFindBar *self, gboolean forward)
{
  g_return_if_fail (KUTIP_IS_FIND_BAR (self));

  if (kutip_find_bar_is_open (self))
    kutip_finder_step (self->finder, forward);
  else
    kutip_find_bar_open (self);
}
