/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "text/find.h"
#include "ui/annotator.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_MARK_ALL (kutip_mark_all_get_type ())
G_DECLARE_FINAL_TYPE (KutipMarkAll, kutip_mark_all, KUTIP, MARK_ALL, AdwWindow)

/* Asks which of the places where some words occur are to be marked, and with which label;
 * then marks them, as one change. */
KutipMarkAll *kutip_mark_all_new (GtkWindow *parent,
                                  KutipAnnotator *annotator,
                                  const char *words,
                                  KutipFindFlags flags);

G_END_DECLS
