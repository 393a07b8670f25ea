/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_ANNOTATION_ACTIONS (kutip_annotation_actions_get_type ())
G_DECLARE_FINAL_TYPE (KutipAnnotationActions,
                      kutip_annotation_actions,
                      KUTIP,
                      ANNOTATION_ACTIONS,
                      GSimpleActionGroup)

/* Actions on annotations, which do nothing while there are none to do it to. Which of
 * them are enabled may then follow later: all buttons that show it are painted anew. */
KutipAnnotationActions *kutip_annotation_actions_new (void);
void kutip_annotation_actions_set_live (KutipAnnotationActions *self, gboolean live);

G_END_DECLS
