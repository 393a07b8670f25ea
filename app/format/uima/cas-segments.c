/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/uima/cas-segments.h"

/* So many are found by walking from one whose place is known. */
#define STRIDE 64
#define MAX_TYPES 127

/* What is known before every STRIDEth. */
typedef struct
{
  guint64 id, begin; /* of the one before it */
  gsize at;
} Mark;

/* Each is, as numbers of seven bits a byte: the type, how far the id and the beginning
 * are from those before it (the latter with its sign last), and the length. */
struct _KutipCasSegments
{
  GByteArray *bytes;
  GArray *marks;
  GPtrArray *types; /* borrowed */
  guint n;
  guint64 id, begin; /* of the last one */
};

KutipCasSegments *
kutip_cas_segments_new (void)
{
  KutipCasSegments *self = g_new0 (KutipCasSegments, 1);

  self->bytes = g_byte_array_new ();
  self->marks = g_array_new (FALSE, FALSE, sizeof (Mark));
  self->types = g_ptr_array_new ();
  return self;
}

void
kutip_cas_segments_free (KutipCasSegments *self)
{
  if (self == NULL)
    return;
  g_byte_array_unref (self->bytes);
  g_array_unref (self->marks);
  g_ptr_array_unref (self->types);
  g_free (self);
}

static void
put (KutipCasSegments *self, guint64 number)
{
  guint8 bytes[10];
  guint n = 0;

  for (; number > 0x7f; number >>= 7)
    bytes[n++] = (guint8) (number | 0x80);
  bytes[n++] = (guint8) number;
  g_byte_array_append (self->bytes, bytes, n);
}

static guint64
get (KutipCasSegments *self, gsize *at)
{
  guint64 number = 0;
  guint shift = 0;
  guint8 byte;

  do
    {
      byte = self->bytes->data[(*at)++];
      number |= (guint64) (byte & 0x7f) << shift;
      shift += 7;
    }
  while ((byte & 0x80) != 0);
  return number;
}

/* MAX_TYPES when there is no room for another one. */
static guint
find_type (KutipCasSegments *self, const char *type)
{
  guint i = 0;

  while (i < self->types->len && g_ptr_array_index (self->types, i) != type)
    i++;
  if (i == self->types->len && i < MAX_TYPES)
    g_ptr_array_add (self->types, (gpointer) type);
  return i;
}

gboolean
kutip_cas_segments_add (KutipCasSegments *self, const KutipCasSegment *segment)
{
  gboolean back = segment->begin < self->begin;
  guint64 step = back ? self->begin - segment->begin : segment->begin - self->begin;
  guint type;

  if (segment->id <= self->id || segment->end < segment->begin || step > G_MAXINT64)
    return FALSE;
  type = find_type (self, segment->type);
  if (type == MAX_TYPES)
    return FALSE;
  if (self->n % STRIDE == 0)
    {
      Mark mark = { self->id, self->begin, self->bytes->len };

      g_array_append_val (self->marks, mark);
    }
  put (self, type);
  put (self, segment->id - self->id);
  put (self, step << 1 | (guint64) back);
  put (self, segment->end - segment->begin);
  self->id = segment->id;
  self->begin = segment->begin;
  self->n++;
  return TRUE;
}

/* The last mark before the one with @id. */
static const Mark *
find_mark (KutipCasSegments *self, guint64 id)
{
  guint low = 0, high = self->marks->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->marks, Mark, middle).id < id)
        low = middle + 1;
      else
        high = middle;
    }
  return low == 0 ? NULL : &g_array_index (self->marks, Mark, low - 1);
}

gboolean
kutip_cas_segments_find (KutipCasSegments *self, guint64 id, KutipCasSegment *segment)
{
  const Mark *mark = find_mark (self, id);
  gsize at = mark == NULL ? self->bytes->len : mark->at;

  if (id > self->id || mark == NULL)
    return FALSE;
  *segment = (KutipCasSegment){ .id = mark->id, .begin = mark->begin };
  while (at < self->bytes->len && segment->id < id)
    {
      guint64 step;

      segment->type = g_ptr_array_index (self->types, get (self, &at));
      segment->id += get (self, &at);
      step = get (self, &at);
      segment->begin =
          (step & 1) != 0 ? segment->begin - (step >> 1) : segment->begin + (step >> 1);
      segment->end = segment->begin + get (self, &at);
    }
  return segment->id == id;
}

guint
kutip_cas_segments_get_n (KutipCasSegments *self)
{
  return self->n;
}
