/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/format.h"
#include "format/json/json-tree.h"

G_BEGIN_DECLS

/* A layer while it is put together from another program's JSON: spans and relations in
 * any order, known by what that program calls them; pieces of one span apart from one
 * another; and what nobody here understands, kept for the way back.
 *
 * All strings given are copied; of nodes only the place is kept, for messages. */
typedef struct _KutipDraft KutipDraft;

typedef struct
{
  gsize offset;           /* where it stands, as a node's */
  KutipSpanFields fields; /* but for ranges, links and foreign */
  GArray *ranges;         /* KutipRange */
  GPtrArray *texts;       /* for each range what it is said to cover, or NULL */
  GArray *links;          /* KutipSpanLink */
  GString *unknown;       /* members as JSON, or NULL */
  gboolean has_key;
} KutipDraftSpan;

typedef struct
{
  gsize offset;
  KutipRelationFields fields;          /* from and to: ids */
  const char *from, *to;               /* or keys of spans */
  KutipDraftSpan *from_span, *to_span; /* or these */
  GString *unknown;
} KutipDraftRelation;

/* @tree and @text must outlive it. */
KutipDraft *kutip_draft_new (KutipJsonTree *tree, KutipText *text);
void kutip_draft_free (KutipDraft *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipDraft, kutip_draft_free)

KutipText *kutip_draft_get_text (KutipDraft *self);
/* A copy that lives as long as the draft; NULL stays NULL. */
const char *kutip_draft_keep (KutipDraft *self, const char *string);

/* @key may be NULL: nothing refers to it. The key of another span: that one. */
KutipDraftSpan *kutip_draft_get_span (KutipDraft *self,
                                      const char *key,
                                      const KutipJsonNode *node);
/* NULL when there is none. */
KutipDraftSpan *kutip_draft_find_span (KutipDraft *self, const char *key);
KutipDraftRelation *kutip_draft_add_relation (KutipDraft *self,
                                              const KutipJsonNode *node);
guint kutip_draft_get_n_spans (KutipDraft *self);
KutipDraftSpan *kutip_draft_get_nth_span (KutipDraft *self, guint i);

/* Adds a range counted in @unit; FALSE with @error, at @node, when it is no place in the
 * text. */
gboolean kutip_draft_add_range (KutipDraft *self,
                                KutipDraftSpan *span,
                                const KutipJsonNode *node,
                                KutipOffsetUnit unit,
                                guint start,
                                guint end,
                                GError **error);
/* Of which only the text is known, to be looked for: an orphan's range at @near. */
void kutip_draft_add_text (KutipDraft *self,
                           KutipDraftSpan *span,
                           const char *text,
                           guint near);

/* Members as kutip_annotation_append_span() and _relation() write them; FALSE: it is none
 * of them, or says something else. */
gboolean kutip_draft_take_span_member (KutipDraft *self,
                                       KutipDraftSpan *span,
                                       const KutipJsonNode *member);
gboolean kutip_draft_take_relation_member (KutipDraft *self,
                                           KutipDraftRelation *relation,
                                           const KutipJsonNode *member);
/* Members as kutip_annotation_append_header() writes them. */
gboolean kutip_draft_take_header_member (KutipDraft *self, const KutipJsonNode *member);
KutipHeaderFields *kutip_draft_get_header (KutipDraft *self);
/* @attributes: of a span, a relation or the header of the draft, which has all of them
 * only when it is finished. */
void kutip_draft_set_attribute (KutipDraft *self,
                                KutipAttributes **attributes,
                                KutipAttribute attribute);
/* Another value, as kutip_gathering_add() has it. */
void kutip_draft_add_value (KutipDraft *self,
                            KutipAttributes **attributes,
                            const char *name,
                            const char *value,
                            KutipValueType alone);
/* Another line of a note. @note stays where it is as long as the draft. */
void kutip_draft_add_note (KutipDraft *self, const char **note, const char *text);
/* An attribute of a JSON value: true, a string, a list of strings; anything else as the
 * JSON that it is. */
void kutip_draft_take_attribute (KutipDraft *self,
                                 KutipAttributes **attributes,
                                 const KutipJsonNode *member);
void kutip_draft_take_attributes (KutipDraft *self,
                                  KutipAttributes **attributes,
                                  const KutipJsonNode *object);
/* @unknown is a draft span's or relation's. */
void kutip_draft_keep_unknown (GString **unknown, const KutipJsonNode *member);
void kutip_draft_keep_json (GString **unknown, const char *name, const char *json);
/* Of the whole layer. */
GString **kutip_draft_get_unknown (KutipDraft *self);
/* What was kept so of one span, relation or layer, as one member @name behind @after, the
 * last of those that are known there; NULL stays NULL. Changes @unknown, which stays the
 * caller's. */
KutipForeign *kutip_draft_make_foreign (GString *unknown,
                                        const char *after,
                                        const char *name);

/* What members are kept as that are not understood: one of this name. NULL with @error
 * when an id is there twice, a label is missing, or a relation's end is not there. */
KutipLayer *kutip_draft_finish (KutipDraft *self, const char *foreign, GError **error);

G_END_DECLS
