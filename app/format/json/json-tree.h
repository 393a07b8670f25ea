/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/json/json.h"

G_BEGIN_DECLS

/* A JSON document as a tree, for formats whose members refer to one another in any order.
 * Read by the strict reader, so it is at most KUTIP_JSON_MAX_DEPTH deep, and no object
 * has a name twice. Nodes know where they stood, so that a document that is JSON but says
 * something impossible is refused with line and column. */
typedef struct _KutipJsonTree KutipJsonTree;

typedef struct _KutipJsonNode KutipJsonNode;
/* There are many of them: 48 bytes each. Input has at most KUTIP_JSON_MAX_BYTES. */
struct _KutipJsonNode
{
  KutipJsonToken type; /* OBJECT_START, ARRAY_START, STRING, NUMBER, TRUE, FALSE, NULL */
  guint n_children;
  const char *name;   /* in an object; else NULL */
  const char *string; /* a string, or a number as it is written; else NULL */
  guint n_bytes;      /* of string; of a list that was left apart: in the input; else 0 */
  guint offset;       /* in the input */
  KutipJsonNode *first, *next; /* children; siblings */
};

/* NULL with @error when it is no JSON. The tree keeps nothing of @bytes but for messages:
 * they must outlive it. */
KutipJsonTree *kutip_json_tree_new (const char *bytes,
                                    gsize n_bytes,
                                    guint64 first_line,
                                    GError **error);
/* What to do with a member. */
typedef enum
{
  KUTIP_JSON_KEEP,
  KUTIP_JSON_APART, /* of a list, only check that it is JSON: its elements are to be read
                       one at a time by kutip_json_elements_next(); it has no children */
  KUTIP_JSON_PASS,  /* only check that it is JSON, as if it were not there */
} KutipJsonChoice;
/* @n_objects: how deep the member lies, 1 for one of the outermost object; @owner: the
 * member, NULL for none, that the object around it is or is in the list of. First of all
 * asked with 0 objects, for the document itself, which has no @name. */
typedef KutipJsonChoice (*KutipJsonChoose) (guint n_objects,
                                            const char *owner,
                                            const char *name);
/* The same with a choice for each member. @bytes must outlive it. */
KutipJsonTree *kutip_json_tree_new_with_choice (const char *bytes,
                                                gsize n_bytes,
                                                guint64 first_line,
                                                KutipJsonChoose choose,
                                                GError **error);
void kutip_json_tree_free (KutipJsonTree *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipJsonTree, kutip_json_tree_free)

KutipJsonNode *kutip_json_tree_get_root (KutipJsonTree *self);
/* Sets @error, with the node's line and column before the message; always FALSE. Of
 * several failures the first is told. */
gboolean kutip_json_tree_fail (KutipJsonTree *self,
                               const KutipJsonNode *node,
                               GError **error,
                               const char *format,
                               ...) G_GNUC_PRINTF (4, 5);
/* The same at what stood at a node's offset. */
gboolean kutip_json_tree_fail_at (KutipJsonTree *self,
                                  gsize offset,
                                  GError **error,
                                  const char *format,
                                  ...) G_GNUC_PRINTF (4, 5);
/* The line in the file, from 1. */
guint64 kutip_json_tree_get_line (KutipJsonTree *self, const KutipJsonNode *node);

/* The elements of a list one after the other, whether it was left apart or not. */
typedef struct
{
  const KutipJsonNode *next; /* of a list that was not */
  KutipJsonTree *part;       /* holds one element at a time */
  KutipJsonReader *reader;
} KutipJsonElements;

/* @tree and @list must stay. */
void kutip_json_elements_init (KutipJsonElements *self,
                               KutipJsonTree *tree,
                               const KutipJsonNode *list);
/* Where something stands in the input, to be read again. */
typedef struct
{
  guint offset, n_bytes; /* of a list that was left apart as its node has them */
} KutipJsonPlace;
/* Of a list that was left apart, when its node may be gone. */
void kutip_json_elements_init_at (KutipJsonElements *self,
                                  KutipJsonTree *tree,
                                  KutipJsonPlace list);
/* Chooses of the elements of a list apart, as if each were a document. */
void kutip_json_elements_set_choice (KutipJsonElements *self, KutipJsonChoose choose);
void kutip_json_elements_clear (KutipJsonElements *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KutipJsonElements, kutip_json_elements_clear)
/* NULL behind the last. Of a list apart the element is gone with the next call; its
 * offsets are those of the tree. */
const KutipJsonNode *kutip_json_elements_next (KutipJsonElements *self);

/* Of the element that was returned last, which must be of a list apart. */
KutipJsonPlace kutip_json_elements_get_place (KutipJsonElements *self,
                                              const KutipJsonNode *element);
/* Whether elements are gone with the next call. */
gboolean kutip_json_elements_are_apart (const KutipJsonElements *self);
/* The value that begins there, and ends there or before; gone with the next call. */
const KutipJsonNode *kutip_json_tree_read_again (KutipJsonTree *self,
                                                 KutipJsonPlace place);

/* All of them take NULL for a node that is not there. */

gboolean kutip_json_node_is_object (const KutipJsonNode *self);
gboolean kutip_json_node_is_array (const KutipJsonNode *self);
/* NULL when @self is no object or has none. */
KutipJsonNode *kutip_json_node_get (const KutipJsonNode *self, const char *name);
/* NULL when it is no string. */
const char *kutip_json_node_get_string (const KutipJsonNode *self);
/* A string, or a number as it is written; else NULL. */
const char *kutip_json_node_get_word (const KutipJsonNode *self);
/* kutip_json_node_get_string() of a member. */
const char *kutip_json_node_get_member (const KutipJsonNode *self, const char *name);
/* FALSE when it is no whole number from 0 to G_MAXUINT. */
gboolean kutip_json_node_get_uint (const KutipJsonNode *self, guint *value);
/* NAN when it is no number, or one out of range. */
double kutip_json_node_get_double (const KutipJsonNode *self);
gboolean kutip_json_node_is_true (const KutipJsonNode *self);

/* The value as JSON on one line. */
void kutip_json_node_append (GString *out, const KutipJsonNode *self);

G_END_DECLS
