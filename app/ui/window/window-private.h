/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "corpus/bulk/bulk-mark.h"
#include "store/watch.h"
#include "ui/after-frame.h"
#include "ui/annotator/annotator.h"
#include "ui/article/article-view.h"
#include "ui/attribution-bar.h"
#include "ui/corpus/corpus-pane.h"
#include "ui/find/concordance-window.h"
#include "ui/find/find-bar.h"
#include "ui/notice.h"
#include "ui/open-menu.h"
#include "ui/places.h"
#include "ui/side-pane.h"
#include "ui/sidebar/sidebar.h"
#include "ui/status-bar.h"
#include "ui/window/annotation-actions.h"
#include "ui/window/window.h"

G_BEGIN_DECLS

/* Shared by the window-*.c files only; each has one concern. */
struct _KutipWindow
{
  AdwApplicationWindow parent_instance;

  KutipPreferences *preferences;
  KutipCorpus *corpus; /* NULL for a single article */
  /* The corpus is new: an article of it is opened as soon as it is known which. */
  gboolean wants_first;
  GFile *wanted_first;   /* this one when it is there; NULL: where there is work left */
  gint64 first_deadline; /* monotonic; then what is known must do */

  /* The open article; all NULL when there is none. */
  KutipAnnotator *annotator;
  GFile *article_file;
  KutipWatch *article_watch;
  KutipWatch *sidecar_watch;
  GFile *tagset_file;           /* of the open article's tag set; NULL: a built-in one */
  GPtrArray *tagset_watches;    /* KutipWatch: where a tag set is, or could be, nearer */
  KutipWatch *guidelines_watch; /* of what the guidelines are read from, or NULL */
  GFile *paused_file; /* the article to be opened again when its tag set has changed */
  GSignalGroup *annotator_signals;
  GSignalGroup *document_signals;
  GSignalGroup *saver_signals;

  GCancellable *opening; /* of the article being opened; NULL when none is */
  GFile *opening_file;
  gboolean may_be_folder; /* what is opened */
  guint opening_delay;    /* source: tells so when it takes long */
  gboolean has_text; /* its text stands there already; its annotations are being read */
  /* Where what was here before reading again had to be saved, or NULL. */
  GFile *kept_file;
  KutipAfterFrame *settling; /* the panes follow what is open: window-settling.c */
  gboolean is_settled;       /* they have */
  KutipOpened *adopted;      /* how it was opened, until that is told; or NULL */
  char *trace_name;          /* to be told once the article is painted */
  gboolean is_text_traced;   /* and so is its text */
  gboolean closing;          /* everything is saved, or may be lost: the window may go */

  int width;           /* pixels; 0: not laid out yet */
  gboolean narrow;     /* so that the header has no room for all its buttons */
  gboolean panes_wait; /* to be shown or hidden as soon as the window is laid out */
  guint fitting;       /* source: fits the widgets to all three */

  KutipAnnotationActions *annotation_actions;
  AdwToast *toast; /* weak: the one last shown */
  gboolean is_toast_undoable;

  AdwToastOverlay *toasts;
  AdwHeaderBar *header;
  AdwWindowTitle *title, *narrow_title;
  GtkWidget *articles_button;
  GtkWidget *annotations_button;
  AdwSplitButton *open_button;
  KutipOpenMenu *open_menu;
  GtkWidget *history_buttons;
  GtkWidget *undo_button;
  GtkWidget *redo_button;
  GtkMenuButton *menu_button;
  GMenu *narrow_section;
  GtkDropTarget *drop_target;
  GtkBox *notices;
  AdwFlap *articles_flap;
  AdwFlap *annotations_flap;
  KutipSidePane *articles_side;
  KutipSidePane *annotations_side;
  KutipCorpusPane *corpus_pane;
  GtkStack *pages;
  GtkWidget *empty_page;
  AdwStatusPage *choose_page; /* there is a corpus, and no article */
  GtkWidget *samples_button;
  GtkSpinner *opening_spinner;
  KutipFindBar *find_bar;
  KutipConcordanceWindow *concordance; /* weak: NULL until articles are searched */
  GtkWidget *bulk_bar;                 /* what is under way, or NULL: window-bulk.c */
  guint bulk_source;                   /* shows it, and how far it is */
  KutipBulkMark *bulk_mark;            /* the last one that can be taken back, or NULL */
  GFile *wanted_file;                  /* to be opened at wanted_place, or NULL */
  KutipRange wanted_place;
  KutipPlaces *places; /* to go back to */
  KutipArticleView *article_view;
  KutipSidebar *sidebar;
  KutipAttributionBar *attribution_bar;
  KutipStatusBar *status_bar;
};

/* window.c */
/* NULL: none is open. Which page and panes are shown is kutip_window_show_page()'s. */
void kutip_window_set_annotator (KutipWindow *self, KutipAnnotator *annotator);
/* The same, but panes and notices follow only when the article is painted: a person who
 * opens an article wants to see its text. */
void kutip_window_swap_annotator (KutipWindow *self, KutipAnnotator *annotator);
/* The text of the article being opened takes the place of what is open, until its
 * annotator comes; NULL: it does not come. */
void kutip_window_set_text (KutipWindow *self, KutipArticle *article);
void kutip_window_show_page (KutipWindow *self);
/* The title of what is open, in the header and in the list of windows. */
void kutip_window_show_title (KutipWindow *self);
void kutip_window_focus_article (KutipWindow *self);

/* window-actions.c */
void kutip_window_add_actions (KutipWindow *self);
void kutip_window_update_actions (KutipWindow *self);

/* window-bulk.c */
/* Tells what changes very many annotations, when it takes long. */
void kutip_window_show_bulk (KutipWindow *self);

/* window-exchange.c */
void kutip_window_add_exchange_actions (KutipWindow *self);

/* window-find.c */
void kutip_window_add_find_actions (KutipWindow *self);
/* The articles of the corpus (GFile); none where there is no corpus. Owned. */
GPtrArray *kutip_window_list_articles (KutipWindow *self);
/* Opens the article, if it is not, and shows @range in it. */
void kutip_window_open_place (KutipWindow *self, GFile *file, KutipRange range);
/* Once the article is open. */
void kutip_window_show_wanted_place (KutipWindow *self);

/* window-settling.c */
void kutip_window_set_up_settling (KutipWindow *self);
/* What panes and notices tell is to follow what is open, after the next frame; or does
 * so at once. */
void kutip_window_settle_later (KutipWindow *self);
void kutip_window_settle (KutipWindow *self);
/* Settled: it is about what is open. */
KutipSidebar *kutip_window_get_sidebar (KutipWindow *self);

/* window-shape-actions.c, for window-actions.c */
void kutip_window_add_shape_actions (KutipWindow *self);
void kutip_window_update_shape_actions (KutipWindow *self, gboolean can_edit);

/* window-link-actions.c, for window-actions.c */
void kutip_window_add_link_actions (KutipWindow *self);
void kutip_window_update_link_actions (KutipWindow *self,
                                       gboolean has_spans,
                                       gboolean can_edit);

/* window-places.c */
void kutip_window_add_place_actions (KutipWindow *self);
void kutip_window_update_place_actions (KutipWindow *self);
/* The reader is where the caret is. */
void kutip_window_note_place (KutipWindow *self);

/* window-review.c, for window-actions.c */
void kutip_window_add_review_actions (KutipWindow *self);
void kutip_window_update_review_actions (KutipWindow *self, gboolean can_edit);

/* window-tagset.c */
void kutip_window_add_tagset_actions (KutipWindow *self);
void kutip_window_adopt_tagset (KutipWindow *self, KutipOpened *opened);
void kutip_window_tell_tagset_version (KutipWindow *self, KutipOpened *opened);

/* window-panes.c */
void kutip_window_show_articles (KutipWindow *self, gboolean show);
void kutip_window_show_annotations (KutipWindow *self, gboolean show);
void kutip_window_restore_panes (KutipWindow *self);
void kutip_window_step_pane (KutipWindow *self, gboolean forward);
/* Fits the header, the status bar and the panes to the window's width. */
void kutip_window_fit (KutipWindow *self, int width);
/* Lets it be made narrow in one step: what a wide header needs is no limit. */
void kutip_window_let_shrink (KutipWindow *self);
/* Between the header's buttons, or below them, where they leave too little room. */
void kutip_window_place_title (KutipWindow *self);

/* window-pane-widths.c */
void kutip_window_fit_panes (KutipWindow *self);
/* The pane with the focus, or the one there is. */
void kutip_window_widen_pane (KutipWindow *self, gboolean wider);
/* For the window's template. */
void kutip_window_on_pane_dragged (KutipWindow *self, int width, KutipSidePane *pane);
void kutip_window_on_pane_dropped (KutipWindow *self, KutipSidePane *pane);
void kutip_window_on_pane_reset (KutipWindow *self, KutipSidePane *pane);

/* window-open.c */
/* What follows when an article was opened and stands on the screen. */
void kutip_window_welcome (KutipWindow *self, KutipOpened *opened);
/* Saves and closes what is open, then opens it again, with @charset or what is found. */
void kutip_window_reload (KutipWindow *self);
void kutip_window_open_article (KutipWindow *self, GFile *file, const char *charset);
void kutip_window_open_folder (KutipWindow *self, GFile *folder);
void kutip_window_open_entry (KutipWindow *self, KutipEntry *entry);
/* After the first corpus entries have arrived. */
void kutip_window_set_corpus (KutipWindow *self, KutipCorpus *corpus);
/* A copy of the person's own of the samples, made sooner if there is none. */
void kutip_window_open_samples (KutipWindow *self);

/* window-saving.c */
typedef void (*KutipWindowFunc) (KutipWindow *self, gpointer data);
/* Saves what is open, then calls @then; if saving fails, asks whether to go on all the
 * same. @data is freed with @free_data in any case. */
void kutip_window_save_then (KutipWindow *self,
                             const char *proceed_label,
                             KutipWindowFunc then,
                             gpointer data,
                             GDestroyNotify free_data);
void kutip_window_save (KutipWindow *self);
void kutip_window_save_elsewhere (KutipWindow *self);
void kutip_window_show_save_state (KutipWindow *self);

/* window-notices.c */
/* Of one @id there is at most one notice. @text NULL takes it away. */
KutipNotice *kutip_window_notify (KutipWindow *self,
                                  const char *id,
                                  GtkMessageType type,
                                  const char *text);
void kutip_window_clear_notices (KutipWindow *self);
/* What a person should be told of how the article was opened. */
void kutip_window_tell_opened (KutipWindow *self, KutipOpened *opened);
/* A file's name as it may stand in a sentence. */
char *kutip_window_print_name (GFile *file);
void kutip_window_show_toast (KutipWindow *self, const char *text, gboolean undoable);
/* After another change the toast's button would undo that one. */
void kutip_window_end_undo_offer (KutipWindow *self);
/* A file could not be opened: what, why, and what can be done. */
void kutip_window_tell_failure (KutipWindow *self, GFile *file, const GError *error);

G_END_DECLS
