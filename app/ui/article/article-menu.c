/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/article/article-view-private.h"

#include "ui/label/label-look.h"

#include <glib/gi18n.h>

/* More labels would push the rest of the menu off the screen: they get one of their own.
 */
#define MOST_LABELS 6

/* Menus take a low line for the sign of a mnemonic. */
static char *
escape_title (const char *title)
{
  g_autoptr (GString) escaped = g_string_new (title);

  g_string_replace (escaped, "_", "__", 0);
  return g_strdup (escaped->str);
}

static void
append_label (GMenu *menu,
              const KutipLabelType *type,
              const char *words,
              const char *action,
              GdkModifierType modifiers)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (words, NULL);

  g_menu_item_set_action_and_target (item, action, "s", type->name);
  if (type->key != 0)
    {
      g_autofree char *key =
          gtk_accelerator_name (gdk_unicode_to_keyval (type->key), modifiers);

      g_menu_item_set_attribute (item, "accel", "s", key);
    }
  g_menu_append_item (menu, item);
}

/* For what GTK knows no key of: it is the article's own, or the text view's. */
static void
append_with_key (GMenu *menu, const char *words, const char *action, const char *key)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (words, action);

  g_menu_item_set_attribute (item, "accel", "s", key);
  g_menu_append_item (menu, item);
}

/* @modifiers: what the label's key does the same with. */
static void
append_labels (GMenu *menu,
               KutipTagset *tagset,
               const char *action,
               GdkModifierType modifiers)
{
  for (guint i = 0; i < kutip_tagset_get_n_labels (tagset); i++)
    {
      const KutipLabelType *type = kutip_tagset_get_nth_label (tagset, i);
      g_autofree char *title =
          escape_title (kutip_label_look_get (tagset, type->name)->title);

      append_label (menu, type, title, action, modifiers);
    }
}

static void
append_marks (GMenu *menu, KutipTagset *tagset)
{
  for (guint i = 0; i < kutip_tagset_get_n_labels (tagset); i++)
    {
      const KutipLabelType *type = kutip_tagset_get_nth_label (tagset, i);
      g_autofree char *title =
          escape_title (kutip_label_look_get (tagset, type->name)->title);
      /* Translators: %s is a label, for example Quote. */
      g_autofree char *words = g_strdup_printf (_ ("Mark as %s"), title);

      append_label (menu, type, words, "annotation.mark", 0);
    }
}

/* Takes @section over. */
static void
append_section (GMenu *menu, GMenu *section)
{
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
  g_object_unref (section);
}

/* Its extent: at the place that was clicked on, which is where the caret is. */
static GMenu *
create_extent_section (KutipSpan *span, KutipRange selection)
{
  GMenu *section = g_menu_new ();
  KutipRange hull = kutip_span_get_hull (span);

  if (selection.start == selection.end && selection.start > hull.start &&
      selection.start < hull.end)
    g_menu_append (section, _ ("S_plit Here"), "annotation.split");
  g_menu_append (section, _ ("_Merge with the Next of Its Label"), "annotation.merge");
  if (kutip_span_get_n_ranges (span) > 1)
    g_menu_append (section, _ ("_Remove This Piece"), "annotation.remove-piece");
  return section;
}

/* By words they are dragged, at the grips. */
static GMenu *
create_end_section (void)
{
  GMenu *section = g_menu_new ();

  g_menu_append (section, _ ("End a Sentence Later"), "annotation.edge::end+sentence");
  g_menu_append (section, _ ("End a Sentence Earlier"), "annotation.edge::end-sentence");
  g_menu_append (section, _ ("End a Character Later"), "annotation.edge::end+character");
  g_menu_append (section, _ ("End a Character Earlier"),
                 "annotation.edge::end-character");
  return section;
}

static GMenu *
create_start_section (void)
{
  GMenu *section = g_menu_new ();

  g_menu_append (section, _ ("Start a Sentence Earlier"),
                 "annotation.edge::start-sentence");
  g_menu_append (section, _ ("Start a Sentence Later"),
                 "annotation.edge::start+sentence");
  g_menu_append (section, _ ("Start a Character Earlier"),
                 "annotation.edge::start-character");
  g_menu_append (section, _ ("Start a Character Later"),
                 "annotation.edge::start+character");
  return section;
}

static void
fill_extent_menu (GMenu *extent, KutipAnnotator *annotator)
{
  append_section (extent,
                  create_extent_section (kutip_annotator_get_current (annotator),
                                         kutip_annotator_get_selection (annotator)));
  append_section (extent, create_end_section ());
  append_section (extent, create_start_section ());
}

static void
fill_link_menu (GMenu *link, KutipAnnotator *annotator)
{
  g_menu_append (link, _ ("_Follow It"), "annotation.follow");
  g_menu_append (link, _ ("Another _Kind…"), "annotation.link-type");
  g_menu_append (link, _ ("_Turn It Around"), "annotation.reverse-link");
  g_menu_append (link, _ ("_Attributes and Note"), "annotation.link-details");
  g_menu_append (link, _ ("_Remove It"), "annotation.remove-link");
}

static KutipTagset *
get_tagset (KutipAnnotator *annotator)
{
  return kutip_document_get_tagset (kutip_annotator_get_document (annotator));
}

static void
fill_label_menu (GMenu *labels, KutipAnnotator *annotator)
{
  append_labels (labels, get_tagset (annotator), "annotation.set-label", GDK_ALT_MASK);
}

static void
fill_duplicate_menu (GMenu *labels, KutipAnnotator *annotator)
{
  append_labels (labels, get_tagset (annotator), "annotation.duplicate",
                 GDK_ALT_MASK | GDK_SHIFT_MASK);
}

static void
fill_mark_menu (GMenu *labels, KutipAnnotator *annotator)
{
  append_labels (labels, get_tagset (annotator), "annotation.mark", 0);
}

static GMenu *
create_finding_section (void)
{
  GMenu *section = g_menu_new ();

  g_menu_append (section, _ ("_Find…"), "win.find");
  g_menu_append (section, _ ("_Search All Articles…"), "win.search-corpus");
  g_menu_append (section, _ ("To a _Place…"), "annotation.jump");
  return section;
}

static GMenu *
create_alike_section (void)
{
  GMenu *section = g_menu_new ();

  g_menu_append (section, _ ("_Next of This Label"), "annotation.next-alike");
  g_menu_append (section, _ ("Pre_vious of This Label"), "annotation.previous-alike");
  return section;
}

static GMenu *
create_to_do_section (void)
{
  GMenu *section = g_menu_new ();

  g_menu_append (section, _ ("Next Thing Left to _Do"), "annotation.next-finding");
  g_menu_append (section, _ ("Previous Thing _Left to Do"),
                 "annotation.previous-finding");
  return section;
}

static GMenu *
create_history_section (void)
{
  GMenu *section = g_menu_new ();

  g_menu_append (section, _ ("_Back"), "win.back");
  g_menu_append (section, _ ("For_ward"), "win.forward");
  return section;
}

static void
fill_go_menu (GMenu *go, KutipAnnotator *annotator)
{
  append_section (go, create_finding_section ());
  if (kutip_annotator_get_current (annotator) != NULL)
    append_section (go, create_alike_section ());
  append_section (go, create_to_do_section ());
  append_section (go, create_history_section ());
}

enum
{
  EXTENT,
  LINK,
  LABEL,
  DUPLICATE,
  GO,
  MARK
};

/* All of them would be more work than the menu itself, and few are opened: one is filled
 * when it is. */
static const struct
{
  const char *words;
  void (*fill) (GMenu *menu, KutipAnnotator *annotator);
} submenus[] = {
  [EXTENT] = { N_ ("_Extent"), fill_extent_menu },
  [LINK] = { N_ ("The L_ink"), fill_link_menu },
  [LABEL] = { N_ ("Change the La_bel"), fill_label_menu },
  [DUPLICATE] = { N_ ("Mark the Same Text _Too as"), fill_duplicate_menu },
  [GO] = { N_ ("_Go"), fill_go_menu },
  [MARK] = { N_ ("_Mark as"), fill_mark_menu },
};

static void
append_submenu (GMenu *section, guint which)
{
  g_autoptr (GMenu) empty = g_menu_new ();

  g_menu_append_submenu (section, _ (submenus[which].words), G_MENU_MODEL (empty));
}

/* The submenu of these words, or NULL. */
static GMenuModel *
find_submenu (GMenuModel *menu, const char *words)
{
  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autoptr (GMenuModel) section =
          g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);

      for (int j = 0; j < g_menu_model_get_n_items (section); j++)
        {
          g_autofree char *label = NULL;

          if (g_menu_model_get_item_attribute (section, j, G_MENU_ATTRIBUTE_LABEL, "s",
                                               &label) &&
              g_str_equal (label, words))
            return g_menu_model_get_item_link (section, j, G_MENU_LINK_SUBMENU);
        }
    }
  return NULL;
}

static GMenu *
create_link_section (KutipAnnotator *annotator)
{
  GMenu *section = g_menu_new ();

  g_menu_append (section, _ ("_Link to…"), "annotation.link::");
  if (kutip_annotator_get_relation (annotator) != NULL)
    append_submenu (section, LINK);
  if (kutip_annotator_may_join (annotator, kutip_annotator_get_current (annotator)))
    g_menu_append (section, _ ("_Join the Attribution"), "annotation.accept");
  g_menu_append (section, _ ("Open the _Attribution"), "annotation.attribution");
  return section;
}

/* What can be done with the current span. */
static GMenu *
create_span_section (void)
{
  GMenu *section = g_menu_new ();

  g_menu_append (section, _ ("Write a _Note"), "annotation.note");
  append_submenu (section, LABEL);
  append_submenu (section, DUPLICATE);
  append_with_key (section, _ ("_Delete the Annotation"), "annotation.delete", "Delete");
  return section;
}

static void
append_span_sections (GMenu *menu, KutipAnnotator *annotator)
{
  GMenu *links;

  if (kutip_annotator_get_current (annotator) == NULL)
    return;
  links = create_link_section (annotator);
  append_submenu (links, EXTENT);
  append_section (menu, links);
  append_section (menu, create_span_section ());
}

static GMenu *
create_text_section (void)
{
  GMenu *section = g_menu_new ();

  append_with_key (section, _ ("_Copy"), "clipboard.copy", "<Control>c");
  g_menu_append (section, _ ("Select the _Sentence"), "article.select-sentence");
  g_menu_append (section, _ ("Select the Parag_raph"), "article.select-paragraph");
  append_submenu (section, GO);
  append_with_key (section, _ ("Show All Lin_ks"), "article.show-all-links",
                   "<Control><Shift>l");
  return section;
}

/* What the selection, or the word, can be marked as. */
static GMenu *
create_mark_section (KutipAnnotator *annotator)
{
  KutipTagset *tagset = get_tagset (annotator);
  GMenu *section = g_menu_new ();

  if (kutip_tagset_get_n_labels (tagset) > MOST_LABELS)
    append_submenu (section, MARK);
  else
    append_marks (section, tagset);
  if (kutip_annotator_can_add_piece (annotator))
    g_menu_append (section, _ ("Add as a _Piece to the Span Used Last"),
                   "annotation.add-piece");
  g_menu_append (section, _ ("Mark All _Occurrences…"), "annotation.mark-all");
  return section;
}

static GMenuModel *
create_menu (KutipAnnotator *annotator)
{
  GMenu *menu = g_menu_new ();

  append_section (menu, create_mark_section (annotator));
  append_span_sections (menu, annotator);
  append_section (menu, create_text_section ());
  return G_MENU_MODEL (menu);
}

static void
on_closed (GtkPopover *popover, KutipArticleView *self)
{
  /* Not now: the menu still has to activate what was chosen. */
  if (self->menu == GTK_WIDGET (popover))
    kutip_article_view_grab_focus (self);
}

static gboolean
on_idle_filled (gpointer menu)
{
  /* It may have gone with the view meanwhile. */
  if (gtk_widget_get_mapped (menu))
    gtk_popover_present (menu);
  return G_SOURCE_REMOVE;
}

/* GTK 4.8 adds the lines between sections in an idle callback, after it has decided how
 * high the menu is, and cuts off the last item by their height. */
static void
fit_when_filled (KutipArticleView *self)
{
  g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_idle_filled, g_object_ref (self->menu),
                   g_object_unref);
}

static void
on_opened (KutipArticleView *self)
{
  g_autofree char *words = NULL;

  g_object_get (self->menu, "visible-submenu", &words, NULL);
  for (guint i = 0; words != NULL && i < G_N_ELEMENTS (submenus); i++)
    {
      g_autoptr (GMenuModel) menu = NULL;

      if (!g_str_equal (_ (submenus[i].words), words))
        continue;
      menu = find_submenu (
          gtk_popover_menu_get_menu_model (GTK_POPOVER_MENU (self->menu)), words);
      if (menu == NULL || g_menu_model_get_n_items (menu) > 0)
        continue;
      submenus[i].fill (G_MENU (menu), self->annotator);
      fit_when_filled (self);
    }
}

/* Which of create_menu()'s sections and items there are now. */
static guint
get_shape (KutipAnnotator *annotator)
{
  KutipSpan *current = kutip_annotator_get_current (annotator);
  guint shape = kutip_annotator_can_add_piece (annotator) ? 1 : 0;

  if (current == NULL)
    return shape;
  shape |= 2;
  shape |= kutip_annotator_get_relation (annotator) != NULL ? 4 : 0;
  shape |= kutip_annotator_may_join (annotator, current) ? 8 : 0;
  return shape;
}

static GtkWidget *
build_menu (KutipArticleView *self)
{
  g_autoptr (GMenuModel) model = create_menu (self->annotator);
  GtkWidget *menu = gtk_popover_menu_new_from_model (model);

  gtk_widget_set_parent (menu, GTK_WIDGET (self->page_view));
  gtk_popover_set_has_arrow (GTK_POPOVER (menu), FALSE);
  gtk_widget_set_halign (menu, GTK_ALIGN_START);
  g_signal_connect_object (menu, "closed", G_CALLBACK (on_closed), self, 0);
  g_signal_connect_object (menu, "notify::visible-submenu", G_CALLBACK (on_opened), self,
                           G_CONNECT_SWAPPED);
  return menu;
}

/* What they offer may be something else now. */
static void
empty_submenus (GtkWidget *menu)
{
  GMenuModel *model = gtk_popover_menu_get_menu_model (GTK_POPOVER_MENU (menu));

  for (guint i = 0; i < G_N_ELEMENTS (submenus); i++)
    {
      g_autoptr (GMenuModel) submenu = find_submenu (model, _ (submenus[i].words));

      if (submenu != NULL && g_menu_model_get_n_items (submenu) > 0)
        g_menu_remove_all (G_MENU (submenu));
    }
}

void
kutip_article_view_forget_menus (KutipArticleView *self)
{
  self->menu = NULL;
  for (guint i = 0; i < KUTIP_ARTICLE_MENUS; i++)
    g_clear_pointer (&self->menus[i], gtk_widget_unparent);
  g_clear_object (&self->menus_tagset);
}

/* Making the menu anew takes longer than showing it: it is kept, and so is one with other
 * items. Whether it is new. */
static gboolean
choose_menu (KutipArticleView *self)
{
  guint shape = get_shape (self->annotator);
  gboolean is_new;

  if (self->menus_tagset != get_tagset (self->annotator))
    kutip_article_view_forget_menus (self);
  g_set_object (&self->menus_tagset, get_tagset (self->annotator));
  if (self->menu != NULL && self->menu != self->menus[shape])
    {
      GtkWidget *other = g_steal_pointer (&self->menu);

      gtk_popover_popdown (GTK_POPOVER (other));
    }
  is_new = self->menus[shape] == NULL;
  if (is_new)
    self->menus[shape] = build_menu (self);
  else
    empty_submenus (self->menus[shape]);
  self->menu = self->menus[shape];
  return is_new;
}

/* @x and @y in coordinates of the page view, whose actions the menu may name too. */
void
kutip_article_view_show_menu (KutipArticleView *self, double x, double y)
{
  gboolean is_new;

  if (self->annotator == NULL)
    return;
  kutip_label_popover_hide (self->popover);
  is_new = choose_menu (self);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu),
                               &(GdkRectangle){ (int) x, (int) y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->menu));
  if (is_new)
    fit_when_filled (self);
}

void
kutip_article_view_show_menu_at_caret (KutipArticleView *self)
{
  GdkRectangle caret = kutip_article_view_locate_caret (self);
  int height = gtk_widget_get_height (GTK_WIDGET (self->page_view));

  kutip_article_view_show_menu (self, caret.x, CLAMP (caret.y + caret.height, 0, height));
}
