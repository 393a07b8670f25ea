/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_ATTRIBUTES (kutip_attributes_get_type ())

/* Names to values, in the order they were given; immutable and reference counted. A value
 * is a flag (true), one string, or a list of strings. NULL stands for "no attributes"
 * everywhere. */
typedef struct _KutipAttributes KutipAttributes;

typedef enum
{
  KUTIP_VALUE_FLAG,
  KUTIP_VALUE_STRING,
  KUTIP_VALUE_LIST,
} KutipValueType;

/* One attribute; strings belong to the KutipAttributes. */
typedef struct
{
  const char *name;
  KutipValueType type;
  const char *const *values; /* NULL-terminated: none for a flag, one for a string */
} KutipAttribute;

GType kutip_attributes_get_type (void) G_GNUC_CONST;
KutipAttributes *kutip_attributes_ref (KutipAttributes *self);
void kutip_attributes_unref (KutipAttributes *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipAttributes, kutip_attributes_unref)

/* Copies @n attributes; NULL when @n is 0. Of two with one name the later wins. */
KutipAttributes *kutip_attributes_new (const KutipAttribute *attributes, guint n);
guint kutip_attributes_get_n (KutipAttributes *self);
KutipAttribute kutip_attributes_get_nth (KutipAttributes *self, guint i);
/* FALSE when there is none of that name. */
gboolean kutip_attributes_lookup (KutipAttributes *self,
                                  const char *name,
                                  KutipAttribute *attribute);
/* The first value, "" for a flag, NULL when absent. */
const char *kutip_attributes_get_string (KutipAttributes *self, const char *name);
gboolean kutip_attributes_equal (KutipAttributes *a, KutipAttributes *b);

/* Copies of @self with one attribute set or removed; @self may be NULL, and so may the
 * result. */
KutipAttributes *kutip_attributes_with (KutipAttributes *self, KutipAttribute attribute);
KutipAttributes *kutip_attributes_with_string (KutipAttributes *self,
                                               const char *name,
                                               const char *value);
KutipAttributes *kutip_attributes_without (KutipAttributes *self, const char *name);

G_END_DECLS
