/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/web-annotation/web-annotation-parts.h"

G_BEGIN_DECLS

/* What an annotation was where it came from: members that Kutip reads, and would write
 * otherwise. They go back as they were as long as they still say what the span or
 * relation says. */
typedef struct
{
  KutipJsonTree *tree; /* which they belong to, or NULL */
  /* NULL: what Kutip writes stands there. */
  const KutipJsonNode *motivation, *creator, *generator, *target;
  const KutipJsonNode *body, *body_value; /* one of them, or both, instead of Kutip's */
  gboolean is_changed; /* there is one that says something else by now */
} KutipWebKept;

/* Of an annotation that is read, a link or not; with @keeps_target FALSE its targets are
 * not those of one span. */
void kutip_web_keep (GString **unknown,
                     const KutipJsonNode *annotation,
                     KutipText *text,
                     gboolean is_link,
                     gboolean keeps_target);

/* @annotator: "" for none. */
void kutip_web_kept_init_of_span (KutipWebKept *self,
                                  const KutipSpanFields *fields,
                                  KutipText *text,
                                  const char *annotator);
/* @from, @to: the IRIs of its ends. */
void kutip_web_kept_init_of_relation (KutipWebKept *self,
                                      const KutipRelationFields *fields,
                                      KutipText *text,
                                      const char *annotator,
                                      const char *from,
                                      const char *to);
void kutip_web_kept_clear (KutipWebKept *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KutipWebKept, kutip_web_kept_clear)

G_END_DECLS
