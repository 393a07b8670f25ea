/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "corpus/migrate/migrate.h"
#include "model/tagset-draft.h"
#include "ui/after-frame.h"
#include "ui/tagset/tagset-editor.h"
#include "ui/tagset/tagset-list.h"

G_BEGIN_DECLS

/* As which it is kept (ui/kept-window.h). */
#define KUTIP_TAGSET_EDITOR_NAME "kutip-tagset-editor"

/* Shared by tagset-editor.c, with what is edited, tagset-editor-actions.c, with what can
 * be done to it, and tagset-editor-save.c, with what becomes of it. */
struct _KutipTagsetEditor
{
  AdwWindow parent_instance;

  const KutipTagsetHost *host;
  KutipTagsetFile *file;
  KutipTagset *in_effect;
  KutipTagsetDraft *draft;
  GPtrArray *problems; /* of KutipDraftProblem, warnings among them */
  gboolean closing;    /* what is not saved may be lost */
  gboolean is_filled;
  gboolean holds_form, is_form_stale, is_state_stale, is_menu_stale;
  KutipAfterFrame *filling; /* the list, then the form: in frames after the first */
  KutipAfterFrame *growing; /* the list, then the form: a part in each frame */
  KutipAfterFrame *folding; /* the header's buttons: when the list and form fold */
  GSimpleActionGroup *actions;

  /* Saving. */
  GCancellable *cancellable; /* of what goes on in a thread; NULL: nothing does */
  KutipTagset *built;        /* what is being saved */
  KutipMigration *migration;
  KutipMigrateReport *report;
  gboolean paused;
  gboolean has_record; /* a migration to be taken back; a folder may take long to list */

  AdwToast *toast; /* weak: of what was removed last */
  AdwToastOverlay *toasts;
  GtkStack *stages;
  AdwLeaflet *leaflet;
  KutipTagsetList *list;
  GtkWidget *form_page;
  GtkScrolledWindow *form_scroller;
  AdwClamp *form_clamp;
  AdwBin *form_bin;
  GtkWidget *last_form; /* the one before, which takes a while to drop; or NULL */
  GtkLabel *problem_label;
  GtkWidget *item_buttons;
  GtkMenuButton *merge_button;
  GtkWidget *back_button;
  GtkWidget *save_button;
  GtkWidget *cancel_button;
  GtkWidget *undo_button;
  GtkWidget *redo_button;
  GtkWidget *menu_button;
  AdwWindowTitle *title;
  GtkLabel *busy_label;
  GtkProgressBar *busy_bar;
  GtkWidget *busy_cancel;
  AdwBin *migration_bin;
  AdwStatusPage *done_page;
  AdwBin *done_problems;
  GtkWidget *take_back_button;
};

/* All that has a name: "editor.undo" and so on. */
void kutip_tagset_editor_add_actions (KutipTagsetEditor *self);
/* What is selected; borrowed, or NULL. */
const KutipDraftItem *kutip_tagset_editor_get_item (KutipTagsetEditor *self);
/* What changes the draft and then chooses another item makes the form but once: when it
 * is held no more. The list follows in the frame after that. */
void kutip_tagset_editor_hold_form (KutipTagsetEditor *self, gboolean hold);
/* Before anything is done in the window. */
void kutip_tagset_editor_fill_at_once (KutipTagsetEditor *self);
gboolean kutip_tagset_editor_is_editing (KutipTagsetEditor *self);
void kutip_tagset_editor_save (KutipTagsetEditor *self);
void kutip_tagset_editor_migrate (KutipTagsetEditor *self);
void kutip_tagset_editor_take_back (KutipTagsetEditor *self);
/* Ends what goes on in a thread, or closes the window when nothing does. */
void kutip_tagset_editor_stop (KutipTagsetEditor *self);
/* Why what is edited is not what the file says, if it is not. */
void kutip_tagset_editor_tell_broken (KutipTagsetEditor *self);
/* "edit", "busy", "migrate" or "done". */
void kutip_tagset_editor_show_stage (KutipTagsetEditor *self, const char *stage);
/* The folder of the tag set. */
GFile *kutip_tagset_editor_dup_folder (KutipTagsetEditor *self);

G_END_DECLS
