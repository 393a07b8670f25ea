/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/tagset.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What commands are about: headings in the shortcuts window. */
typedef enum
{
  KUTIP_COMMANDS_ARTICLES,
  KUTIP_COMMANDS_MARKING,
  KUTIP_COMMANDS_SHAPING,
  KUTIP_COMMANDS_LINKS,
  KUTIP_COMMANDS_MOVING,
  KUTIP_COMMANDS_REVIEWING,
  KUTIP_COMMANDS_FINDING,
  KUTIP_COMMANDS_READING,
  KUTIP_COMMANDS_WINDOW,
} KutipCommandGroup;

/* Something a person can do by key. The one table of them is where the accelerators are
 * set from, and what the shortcuts window shows. */
typedef struct
{
  const char *action; /* with its target, as g_action_parse_detailed_name() takes it */
  const char *accels; /* separated by spaces; work wherever the focus is. NULL: none */
  const char *
      keys; /* the same, but only where one does not write: letters, Delete. NULL: none */
  const char *title; /* marked with N_() */
  KutipCommandGroup group;
} KutipCommand;

/* In the order of the shortcuts window; a group's commands stand together. */
const KutipCommand *kutip_commands_list (guint *n);
/* Translated. */
const char *kutip_commands_get_title (KutipCommandGroup group);
void kutip_commands_set_accels (GtkApplication *application);

/* The action, with its target, that a key stands for where nothing is being written: a
 * label's key from @tagset (may be NULL) marks, with Shift the rest of the sentence, with
 * Alt it changes the label, with Alt and Shift it marks the same text as that too; else
 * one of the "keys" of the table. NULL when it is none. */
char *kutip_commands_find (KutipTagset *tagset, GdkEvent *event);
/* Whether keys go into @focus as text, or to an open menu, so that they are no commands.
 */
gboolean kutip_commands_is_writing (GtkWidget *focus);

G_END_DECLS
