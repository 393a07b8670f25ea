/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/places.h"

/* A step of fewer code points is no jump: some lines. */
#define NEAR 320
/* The oldest are forgotten. */
#define MOST 100

typedef struct
{
  GFile *file;
  guint offset;
} Place;

struct _KutipPlaces
{
  GArray *places; /* Place, in the order of reading */
  guint now;      /* index of where the reader is; 0 while there is none */
};

static void
clear_place (gpointer data)
{
  g_object_unref (((Place *) data)->file);
}

KutipPlaces *
kutip_places_new (void)
{
  KutipPlaces *self = g_new0 (KutipPlaces, 1);

  self->places = g_array_new (FALSE, FALSE, sizeof (Place));
  g_array_set_clear_func (self->places, clear_place);
  return self;
}

void
kutip_places_free (KutipPlaces *self)
{
  g_array_unref (self->places);
  g_free (self);
}

static gboolean
is_near (const Place *place, GFile *file, guint offset)
{
  return g_file_equal (place->file, file) &&
         MAX (place->offset, offset) - MIN (place->offset, offset) < NEAR;
}

void
kutip_places_visit (KutipPlaces *self, GFile *file, guint offset)
{
  Place place = { NULL, offset };

  if (self->places->len > 0)
    {
      Place *now = &g_array_index (self->places, Place, self->now);

      if (is_near (now, file, offset))
        {
          now->offset = offset;
          return;
        }
      g_array_set_size (self->places, self->now + 1);
    }
  place.file = g_object_ref (file);
  if (self->places->len == MOST)
    g_array_remove_index (self->places, 0);
  g_array_append_val (self->places, place);
  self->now = self->places->len - 1;
}

gboolean
kutip_places_can_step (KutipPlaces *self, gboolean forward)
{
  return forward ? self->now + 1 < self->places->len : self->now > 0;
}

gboolean
kutip_places_step (KutipPlaces *self, gboolean forward, GFile **file, guint *offset)
{
  const Place *place;

  if (!kutip_places_can_step (self, forward))
    return FALSE;
  self->now = forward ? self->now + 1 : self->now - 1;
  place = &g_array_index (self->places, Place, self->now);
  *file = place->file;
  *offset = place->offset;
  return TRUE;
}
