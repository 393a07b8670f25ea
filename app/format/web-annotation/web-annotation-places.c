/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/web-annotation/web-annotation-places.h"

#include "format/fields.h"
#include "format/groups.h"
#include "format/sorter.h"

#include <string.h>

/* What stands at a place. */
typedef enum
{
  IS_PAGE, /* its list stands there */
  IS_ANNOTATION,
  IS_LINK,
} Kind;

/* Behind any that is no link: there are fewer of them than the file has bytes. */
#define BEHIND_ALL ((guint64) KUTIP_JSON_MAX_BYTES)

struct _KutipWebPlaces
{
  KutipGroups *articles; /* owner, kind, place */
  /* The id, whether it is a link, number; then of a link its place, or the source's key
   * and the owner. */
  KutipSorter *by_id;
  guint64 n; /* of what came so far */
  gboolean has_links;
  GString *record; /* that is put together */
  /* The link from nowhere that came first. */
  guint64 lost;
  gsize lost_offset;
  char *lost_from;
  /* What is read. */
  KutipWebArticle article;
  GHashTable *layers; /* of the article: key of the owner -> KutipWebLayer */
};

KutipWebPlaces *
kutip_web_places_new (KutipSpillFunc open)
{
  KutipWebPlaces *self = g_new0 (KutipWebPlaces, 1);

  self->articles = kutip_groups_new (open);
  self->by_id = kutip_sorter_new (open, KUTIP_SORTER_MOST);
  self->record = g_string_new (NULL);
  self->layers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

static void
clear_article (KutipWebPlaces *self)
{
  while (self->article.first != NULL)
    {
      KutipWebLayer *layer = self->article.first;

      self->article.first = layer->next;
      g_array_unref (layer->annotations);
      g_array_unref (layer->links);
      g_free (layer);
    }
  self->article.last = NULL;
  self->article.target = 0;
  g_hash_table_remove_all (self->layers);
}

void
kutip_web_places_free (KutipWebPlaces *self)
{
  if (self == NULL)
    return;
  clear_article (self);
  kutip_groups_free (self->articles);
  kutip_sorter_free (self->by_id);
  g_hash_table_unref (self->layers);
  g_string_free (self->record, TRUE);
  g_free (self->lost_from);
  g_free (self);
}

/* --- what is noted --- */

static void
put_place (GString *out, KutipJsonPlace place)
{
  kutip_fields_put_number (out, place.offset);
  kutip_fields_put_number (out, place.n_bytes);
}

static KutipJsonPlace
take_place (KutipFields *fields)
{
  guint offset = (guint) kutip_fields_take_number (fields);

  return (KutipJsonPlace){ offset, (guint) kutip_fields_take_number (fields) };
}

/* Its key, then the place. */
static void
put_owner (GString *out, const KutipWebOwner *owner)
{
  if (owner->own.n_bytes > 0)
    {
      g_string_append_printf (out, "@%u", owner->own.offset);
      kutip_fields_put_string (out, "");
    }
  else if (owner->annotator == NULL)
    kutip_fields_put_string (out, "");
  else
    kutip_groups_put_key (out, owner->annotator);
  put_place (out, owner->own);
}

static void
begin_record (KutipWebPlaces *self)
{
  g_string_truncate (self->record, 0);
}

static void
put (KutipWebPlaces *self, guint64 number)
{
  kutip_fields_put_number (self->record, number);
}

static gboolean
add (KutipWebPlaces *self,
     const KutipWebOwner *owner,
     Kind kind,
     KutipJsonPlace place,
     GError **error)
{
  begin_record (self);
  put_owner (self->record, owner);
  put (self, kind);
  put_place (self->record, place);
  if (owner->target > 0)
    put (self, owner->target);
  return kutip_groups_add (self->articles, owner->source, self->n++, self->record->str,
                           self->record->len, error);
}

gboolean
kutip_web_places_add_page (KutipWebPlaces *self,
                           const KutipWebOwner *owner,
                           KutipJsonPlace items,
                           GError **error)
{
  return add (self, owner, IS_PAGE, items, error);
}

gboolean
kutip_web_places_add_annotation (KutipWebPlaces *self,
                                 const KutipWebOwner *owner,
                                 KutipJsonPlace place,
                                 GError **error)
{
  return add (self, owner, IS_ANNOTATION, place, error);
}

gboolean
kutip_web_places_add_link (KutipWebPlaces *self,
                           const char *from,
                           KutipJsonPlace place,
                           GError **error)
{
  self->has_links = TRUE;
  begin_record (self);
  kutip_fields_put_string (self->record, from);
  put (self, TRUE);
  put (self, self->n++);
  put_place (self->record, place);
  return kutip_sorter_add (self->by_id, self->record->str, self->record->len, error);
}

gboolean
kutip_web_places_has_links (KutipWebPlaces *self)
{
  return self->has_links;
}

gboolean
kutip_web_places_add_origin (KutipWebPlaces *self,
                             const char *id,
                             const KutipWebOwner *owner,
                             GError **error)
{
  begin_record (self);
  kutip_fields_put_string (self->record, id);
  put (self, FALSE);
  put (self, self->n++);
  kutip_groups_put_key (self->record, owner->source);
  put_owner (self->record, owner);
  return kutip_sorter_add (self->by_id, self->record->str, self->record->len, error);
}

/* --- in order --- */

static void
note_lost (KutipWebPlaces *self, guint64 number, KutipFields *fields, const char *id)
{
  if (self->lost_from != NULL && self->lost < number)
    return;
  g_free (self->lost_from);
  self->lost = number;
  self->lost_offset = take_place (fields).offset;
  self->lost_from = g_strdup (id);
}

/* Of @origin, which has the source's key and the owner; its place is left of @fields. */
static gboolean
place_link (KutipWebPlaces *self,
            const GString *origin,
            guint64 number,
            const KutipFields *fields,
            GError **error)
{
  KutipFields owner = { origin->str, origin->str + origin->len };
  const char *source = kutip_fields_take_string (&owner);

  begin_record (self);
  g_string_append_len (self->record, owner.at, owner.end - owner.at);
  put (self, IS_LINK);
  g_string_append_len (self->record, fields->at, fields->end - fields->at);
  return kutip_groups_add_by_key (self->articles, source, BEHIND_ALL + number,
                                  self->record->str, self->record->len, error);
}

/* Links go where the annotation is at which they begin. */
static gboolean
place_links (KutipWebPlaces *self, KutipReport *report, const char *file, GError **error)
{
  g_autoptr (GString) last = g_string_new (NULL);
  g_autoptr (GString) origin = g_string_new (NULL);
  g_autoptr (GError) local = NULL;
  guint n_origins = 0;
  const char *bytes;
  gsize n;

  if (!kutip_sorter_begin (self->by_id, error))
    return FALSE;
  while ((bytes = kutip_sorter_next (self->by_id, &n, &local)) != NULL)
    {
      KutipFields fields = { bytes, bytes + n };
      const char *id = kutip_fields_take_string (&fields);
      gboolean is_link = kutip_fields_take_number (&fields) != 0;
      guint64 number = kutip_fields_take_number (&fields);

      if (strcmp (last->str, id) != 0)
        {
          g_string_assign (last, id);
          g_string_truncate (origin, 0);
          n_origins = 0;
        }
      if (is_link && n_origins > 1)
        kutip_report_add_left_out (report, "id-twice", file, id, 0, NULL);
      if (!is_link)
        {
          n_origins++;
          g_string_truncate (origin, 0);
          g_string_append_len (origin, fields.at, fields.end - fields.at);
        }
      else if (origin->len == 0)
        note_lost (self, number, &fields, id);
      else if (!place_link (self, origin, number, &fields, error))
        return FALSE;
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

gboolean
kutip_web_places_finish (KutipWebPlaces *self,
                         KutipReport *report,
                         const char *file,
                         GError **error)
{
  if (self->has_links && !place_links (self, report, file, error))
    return FALSE;
  g_clear_pointer (&self->by_id, kutip_sorter_free);
  return kutip_groups_finish (self->articles, error);
}

const char *
kutip_web_places_get_lost (KutipWebPlaces *self, gsize *offset)
{
  *offset = self->lost_offset;
  return self->lost_from;
}

guint64
kutip_web_places_get_n_articles (KutipWebPlaces *self)
{
  return kutip_groups_get_n (self->articles);
}

/* --- what comes back --- */

static KutipWebLayer *
get_layer (KutipWebPlaces *self, const char *key, KutipJsonPlace own)
{
  KutipWebLayer *layer = g_hash_table_lookup (self->layers, key);

  if (layer != NULL)
    return layer;
  layer = g_new0 (KutipWebLayer, 1);
  layer->own = own;
  layer->annotations = g_array_new (FALSE, FALSE, sizeof (KutipJsonPlace));
  layer->links = g_array_new (FALSE, FALSE, sizeof (KutipJsonPlace));
  if (self->article.last == NULL)
    self->article.first = layer;
  else
    self->article.last->next = layer;
  self->article.last = layer;
  g_hash_table_insert (self->layers, g_strdup (key), layer);
  return layer;
}

static void
take_record (KutipWebPlaces *self, KutipFields fields)
{
  gboolean is_first = self->article.first == NULL;
  KutipWebLayer *layer;
  KutipJsonPlace place;
  const char *key;
  Kind kind;

  key = kutip_fields_take_string (&fields);
  layer = get_layer (self, key, take_place (&fields));
  kind = (Kind) kutip_fields_take_number (&fields);
  place = take_place (&fields);
  if (kind == IS_PAGE)
    layer->items = place;
  else
    g_array_append_val (kind == IS_LINK ? layer->links : layer->annotations, place);
  if (is_first && kind == IS_ANNOTATION && fields.at < fields.end)
    self->article.target = (guint) kutip_fields_take_number (&fields);
}

const KutipWebArticle *
kutip_web_places_next (KutipWebPlaces *self, GError **error)
{
  g_autoptr (GError) local = NULL;
  const char *bytes;
  gsize n;

  clear_article (self);
  if (!kutip_groups_next (self->articles, error))
    return NULL;
  while ((bytes = kutip_groups_next_record (self->articles, &n, &local)) != NULL)
    take_record (self, (KutipFields){ bytes, bytes + n });
  if (local == NULL)
    return &self->article;
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}
