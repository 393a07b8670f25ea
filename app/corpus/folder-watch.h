/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Tells what happens in a folder and in those below it. In the main context of the thread
 * that made it; a burst of events is told once. */
typedef struct _KutipFolderWatch KutipFolderWatch;

typedef struct
{
  /* Articles or folders may have come, gone, or been given another name. */
  void (*listing) (gpointer data);
  /* This annotator's annotations of an article were written or removed. */
  void (*sidecar) (GFile *article, gpointer data);
} KutipFolderWatchFuncs;

KutipFolderWatch *kutip_folder_watch_start (GFile *root,
                                            const char *annotator,
                                            const KutipFolderWatchFuncs *funcs,
                                            gpointer data);
/* Which folders are there: strings below the root, "" for itself. The first few hundred
 * are watched: the system's watches are few, and shared by all programs. */
void kutip_folder_watch_set_folders (KutipFolderWatch *self, GPtrArray *folders);
/* Nothing is told any more. */
void kutip_folder_watch_stop (KutipFolderWatch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipFolderWatch, kutip_folder_watch_stop)

G_END_DECLS
