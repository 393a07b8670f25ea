/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/annotate.h"

G_BEGIN_DECLS

/* What a person does to a link that is there already. Each is one change
 * (model/annotate.h). */

/* Whether the two spans may be linked by that type: the tag set allows it, they are two,
 * and they are not linked so already. */
gboolean kutip_relate_may_link (KutipDocument *document,
                                KutipSpan *from,
                                KutipSpan *to,
                                const char *type);
/* Whether @link may be of that type, or, with @reversed, lead the other way as that type.
 * What it is now is no answer to that: FALSE. */
gboolean kutip_relate_may_become (KutipDocument *document,
                                  KutipRelation *link,
                                  const char *type,
                                  gboolean reversed);
/* Another type, and with @reversed the other direction. The id, the note and all
 * attributes are kept; those that the new type has and the link lacks get their default
 * values. */
gboolean kutip_relate_change (KutipDocument *document,
                              KutipRelation *link,
                              const char *type,
                              gboolean reversed,
                              GError **error);
/* NULL removes all. */
gboolean kutip_relate_set_attributes (KutipDocument *document,
                                      KutipRelation *link,
                                      KutipAttributes *attributes,
                                      GError **error);
gboolean kutip_relate_set_note (KutipDocument *document,
                                KutipRelation *link,
                                const char *note,
                                GError **error);

G_END_DECLS
