/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/tagset.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_TAGSET_EDITOR (kutip_tagset_editor_get_type ())
G_DECLARE_FINAL_TYPE (
    KutipTagsetEditor, kutip_tagset_editor, KUTIP, TAGSET_EDITOR, AdwWindow)

/* What the editor asks of those who have articles open. */
typedef struct
{
  /* Saves and closes all articles below @folder, then calls @then, with whether all of
   * them are. */
  void (*pause) (GFile *folder,
                 void (*then) (gboolean done, gpointer data),
                 gpointer data);
  /* Opens them again, with the tag set as it is now. */
  void (*resume) (GFile *folder);
} KutipTagsetHost;

/* A window to edit the tag set of @folder: the file @file there or above, or, when it is
 * NULL, a new one in the folder that begins with @in_effect. Nothing is written before it
 * is saved, and closing asks when there is something to lose. */
KutipTagsetEditor *kutip_tagset_editor_present (GtkWindow *parent,
                                                GFile *folder,
                                                GFile *file,
                                                KutipTagset *in_effect,
                                                const KutipTagsetHost *host);

G_END_DECLS
