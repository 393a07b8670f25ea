/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/brat/brat-lines.h"
#include "format/brat/brat-write-parts.h"
#include "format/brat/brat.h"
#include "format/circles.h"

#include <glib/gi18n.h>
#include <string.h>

/* Events and which of them are arguments of which. */
typedef struct
{
  GHashTable *places; /* id of an event -> index + 1, borrowed */
  GArray *links;      /* KutipCircleLink */
  GPtrArray *from;    /* what each was made of: KutipBratLink or KutipRelation */
} Events;

static void
init_events (Events *self, GHashTable *trigger_of)
{
  GHashTableIter iter;
  gpointer event;
  guint n = 0;

  *self = (Events){ .places = g_hash_table_new (g_str_hash, g_str_equal),
                    .links = g_array_new (FALSE, FALSE, sizeof (KutipCircleLink)),
                    .from = g_ptr_array_new () };
  g_hash_table_iter_init (&iter, trigger_of);
  while (g_hash_table_iter_next (&iter, &event, NULL))
    g_hash_table_insert (self->places, event, GUINT_TO_POINTER (++n));
}

static void
clear_events (Events *self)
{
  g_clear_pointer (&self->places, g_hash_table_unref);
  g_clear_pointer (&self->links, g_array_unref);
  g_clear_pointer (&self->from, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Events, clear_events)

/* Either may be NULL, or no event. */
static void
add_argument (Events *self, const char *event, const char *argument, gpointer from)
{
  guint of =
      event == NULL ? 0 : GPOINTER_TO_UINT (g_hash_table_lookup (self->places, event));
  guint to = argument == NULL
                 ? 0
                 : GPOINTER_TO_UINT (g_hash_table_lookup (self->places, argument));
  KutipCircleLink link = { of - 1, to - 1 };

  if (of == 0 || to == 0)
    return;
  g_array_append_val (self->links, link);
  g_ptr_array_add (self->from, from);
}

/* What the arguments on a circle were made of, in order. Owned. */
static GPtrArray *
find_circular (Events *self)
{
  GPtrArray *circular = g_ptr_array_new ();
  g_autofree guint *groups = NULL;
  guint n_groups;

  if (self->links->len == 0)
    return circular;
  groups = kutip_circles_find (g_hash_table_size (self->places),
                               (const KutipCircleLink *) (gpointer) self->links->data,
                               self->links->len, &n_groups);
  for (guint i = 0; i < self->links->len; i++)
    {
      const KutipCircleLink *link = &g_array_index (self->links, KutipCircleLink, i);

      if (groups[link->from] == groups[link->to])
        g_ptr_array_add (circular, g_ptr_array_index (self->from, i));
    }
  return circular;
}

gboolean
kutip_brat_reader_check_events (KutipBratReader *self, GError **error)
{
  g_auto (Events) events = { NULL };
  g_autoptr (GPtrArray) circular = NULL;
  const KutipBratLink *first;

  if (self->trigger_of == NULL)
    return TRUE;
  init_events (&events, self->trigger_of);
  for (guint i = 0; i < self->links->len; i++)
    {
      KutipBratLink *link = g_ptr_array_index (self->links, i);

      add_argument (&events, link->event, link->to, link);
    }
  circular = find_circular (&events);
  if (circular->len == 0)
    return TRUE;
  first = g_ptr_array_index (circular, 0);
  g_set_error (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID,
               /* Translators: a line, and the ids of two events in it */
               _ ("line %1$lu: the event “%2$s” has itself as an argument, by “%3$s”"),
               (gulong) first->number, first->event, first->to);
  return FALSE;
}

/* The event that an argument would be written as; NULL: the span. */
static const char *
find_argument (KutipBratWriter *self, const KutipRelationFields *fields)
{
  g_autofree char *kept = NULL;
  gpointer event, trigger;

  if (!g_hash_table_contains (self->event_of, fields->to))
    return NULL;
  kept = kutip_brat_dup_kept (fields->foreign, KUTIP_BRAT_TO);
  if (kept != NULL && strcmp (kept, fields->to) == 0)
    return NULL;
  if (kept != NULL &&
      g_hash_table_lookup_extended (self->trigger_of, kept, &event, &trigger) &&
      strcmp (trigger, fields->to) == 0)
    return event;
  return kutip_brat_writer_get_event (self, fields->to);
}

void
kutip_brat_writer_find_circular (KutipBratWriter *self)
{
  g_auto (Events) events = { NULL };
  g_autoptr (GPtrArray) circular = NULL;
  GHashTableIter iter;
  gpointer event, members;

  init_events (&events, self->trigger_of);
  g_hash_table_iter_init (&iter, self->events);
  while (g_hash_table_iter_next (&iter, &event, &members))
    for (guint i = 0; i < ((GPtrArray *) members)->len; i++)
      {
        KutipRelation *relation = g_ptr_array_index ((GPtrArray *) members, i);
        KutipRelationFields fields;

        kutip_relation_get_fields (relation, &fields);
        add_argument (&events, event, find_argument (self, &fields), relation);
      }
  circular = find_circular (&events);
  for (guint i = 0; i < circular->len; i++)
    g_hash_table_add (self->circular, g_ptr_array_index (circular, i));
}
