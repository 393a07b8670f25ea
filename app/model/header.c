/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/header.h"

#include "model/tail.h"

/* One block: this, then the strings. */
struct _KutipHeader
{
  gatomicrefcount ref_count;
  KutipHeaderFields fields;
};

G_DEFINE_BOXED_TYPE (KutipHeader, kutip_header, kutip_header_ref, kutip_header_unref)

/* Where the strings are, so that copying and comparing treat them all alike. */
static const gsize string_offsets[] = {
  G_STRUCT_OFFSET (KutipHeaderFields, language),
  G_STRUCT_OFFSET (KutipHeaderFields, title),
  G_STRUCT_OFFSET (KutipHeaderFields, author),
  G_STRUCT_OFFSET (KutipHeaderFields, date),
  G_STRUCT_OFFSET (KutipHeaderFields, publisher),
  G_STRUCT_OFFSET (KutipHeaderFields, url),
  G_STRUCT_OFFSET (KutipHeaderFields, encoding),
  G_STRUCT_OFFSET (KutipHeaderFields, tagset_name),
  G_STRUCT_OFFSET (KutipHeaderFields, tagset_version),
  G_STRUCT_OFFSET (KutipHeaderFields, annotator),
  G_STRUCT_OFFSET (KutipHeaderFields, note),
};

static const char *
get_string (const KutipHeaderFields *fields, guint i)
{
  return G_STRUCT_MEMBER (const char *, fields, string_offsets[i]);
}

KutipHeader *
kutip_header_new (const KutipHeaderFields *fields)
{
  KutipHeader *self;
  gsize size = sizeof *self;
  char *tail;

  for (guint i = 0; i < G_N_ELEMENTS (string_offsets); i++)
    size += kutip_tail_measure (get_string (fields, i));

  self = g_malloc (size);
  g_atomic_ref_count_init (&self->ref_count);
  self->fields = *fields;
  tail = (char *) (self + 1);
  for (guint i = 0; i < G_N_ELEMENTS (string_offsets); i++)
    G_STRUCT_MEMBER (const char *, &self->fields, string_offsets[i]) =
        kutip_tail_append (&tail, get_string (fields, i));
  kutip_attributes_ref (self->fields.attributes);
  kutip_foreign_ref (self->fields.foreign);
  kutip_foreign_ref (self->fields.article_foreign);
  kutip_foreign_ref (self->fields.tagset_foreign);
  return self;
}

KutipHeader *
kutip_header_ref (KutipHeader *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
kutip_header_unref (KutipHeader *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  kutip_attributes_unref (self->fields.attributes);
  kutip_foreign_unref (self->fields.foreign);
  kutip_foreign_unref (self->fields.article_foreign);
  kutip_foreign_unref (self->fields.tagset_foreign);
  g_free (self);
}

const KutipHeaderFields *
kutip_header_get_fields (KutipHeader *self)
{
  return &self->fields;
}

gboolean
kutip_header_equal (KutipHeader *a, KutipHeader *b)
{
  if (a == b)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (string_offsets); i++)
    if (g_strcmp0 (get_string (&a->fields, i), get_string (&b->fields, i)) != 0)
      return FALSE;
  return a->fields.status == b->fields.status && a->fields.last_id == b->fields.last_id &&
         kutip_attributes_equal (a->fields.attributes, b->fields.attributes) &&
         kutip_foreign_equal (a->fields.foreign, b->fields.foreign) &&
         kutip_foreign_equal (a->fields.article_foreign, b->fields.article_foreign) &&
         kutip_foreign_equal (a->fields.tagset_foreign, b->fields.tagset_foreign);
}

static const char *const status_names[] = {
  [KUTIP_STATUS_NEW] = "new",
  [KUTIP_STATUS_IN_PROGRESS] = "in-progress",
  [KUTIP_STATUS_DONE] = "done",
};

const char *
kutip_status_to_string (KutipStatus status)
{
  g_return_val_if_fail (status < G_N_ELEMENTS (status_names), NULL);
  return status_names[status];
}

gboolean
kutip_status_from_string (const char *string, KutipStatus *status)
{
  for (guint i = 0; i < G_N_ELEMENTS (status_names); i++)
    if (g_strcmp0 (string, status_names[i]) == 0)
      {
        *status = (KutipStatus) i;
        return TRUE;
      }
  return FALSE;
}
