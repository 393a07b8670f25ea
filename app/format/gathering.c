/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/gathering.h"

/* So many attributes or values are copied rather than gathered. */
#define FEW 16

typedef struct
{
  const char *name;
  KutipValueType type;
  GPtrArray *values; /* const char *, and NULL at the end once it is finished */
} Gathered;

/* Those of one place. */
typedef struct
{
  GPtrArray *all; /* Gathered, in order */
  GHashTable *by_name;
} Place;

struct _KutipGathering
{
  /* NULL while there are few. */
  GHashTable *places; /* KutipAttributes ** -> Place */
  GStringChunk *strings;
};

static void
free_gathered (gpointer data)
{
  Gathered *gathered = data;

  g_ptr_array_unref (gathered->values);
  g_free (gathered);
}

static void
free_place (gpointer data)
{
  Place *place = data;

  g_hash_table_unref (place->by_name);
  g_ptr_array_unref (place->all);
  g_free (place);
}

KutipGathering *
kutip_gathering_new (void)
{
  return g_new0 (KutipGathering, 1);
}

void
kutip_gathering_free (KutipGathering *self)
{
  g_clear_pointer (&self->places, g_hash_table_unref);
  g_clear_pointer (&self->strings, g_string_chunk_free);
  g_free (self);
}

/* --- many --- */

static Gathered *
get_gathered (KutipGathering *self, Place *place, const char *name)
{
  Gathered *gathered = g_hash_table_lookup (place->by_name, name);

  if (gathered != NULL)
    return gathered;
  gathered = g_new0 (Gathered, 1);
  gathered->name = g_string_chunk_insert (self->strings, name);
  gathered->values = g_ptr_array_new ();
  g_ptr_array_add (place->all, gathered);
  g_hash_table_insert (place->by_name, (gpointer) gathered->name, gathered);
  return gathered;
}

static void
gather_value (KutipGathering *self, Gathered *gathered, const char *value)
{
  g_ptr_array_add (gathered->values, g_string_chunk_insert (self->strings, value));
}

static void
gather (KutipGathering *self, Place *place, const KutipAttribute *attribute)
{
  Gathered *gathered = get_gathered (self, place, attribute->name);
  const char *const *value = attribute->values;

  gathered->type = attribute->type;
  g_ptr_array_set_size (gathered->values, 0);
  if (attribute->type == KUTIP_VALUE_FLAG)
    return;
  for (; value != NULL && *value != NULL; value++)
    gather_value (self, gathered, *value);
}

/* What is gathered for @where from now on, beginning with what is there. */
static Place *
begin (KutipGathering *self, KutipAttributes **where)
{
  Place *place = g_new0 (Place, 1);

  if (self->places == NULL)
    {
      self->places = g_hash_table_new_full (NULL, NULL, NULL, free_place);
      self->strings = g_string_chunk_new (4096);
    }
  place->all = g_ptr_array_new_with_free_func (free_gathered);
  place->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < kutip_attributes_get_n (*where); i++)
    {
      KutipAttribute attribute = kutip_attributes_get_nth (*where, i);

      gather (self, place, &attribute);
    }
  g_hash_table_insert (self->places, where, place);
  return place;
}

static Place *
find (KutipGathering *self, KutipAttributes **where)
{
  return self->places == NULL ? NULL : g_hash_table_lookup (self->places, where);
}

/* --- few --- */

static guint
count (const char *const *values)
{
  guint n = 0;

  while (values != NULL && n < FEW && values[n] != NULL)
    n++;
  return n;
}

static void
replace (KutipAttributes **place, const KutipAttribute *attribute)
{
  KutipAttributes *with = kutip_attributes_with (*place, *attribute);

  kutip_attributes_unref (*place);
  *place = with;
}

/* Of an attribute that was of type @old with @n values, when another is added. */
static KutipValueType
get_type (KutipValueType old, guint n, KutipValueType alone)
{
  return n > 0 || old == KUTIP_VALUE_LIST ? KUTIP_VALUE_LIST : alone;
}

static void
add_to_few (KutipAttributes **place,
            const KutipAttribute *old,
            const char *name,
            const char *value,
            KutipValueType alone)
{
  const char *values[FEW + 1] = { NULL };
  guint n = 0;

  for (; old->values != NULL && old->values[n] != NULL; n++)
    values[n] = old->values[n];
  if (value != NULL)
    values[n] = value;
  replace (place, &(KutipAttribute){ name, get_type (old->type, n, alone), values });
}

/* --- both --- */

void
kutip_gathering_set (KutipGathering *self,
                     KutipAttributes **place,
                     const KutipAttribute *attribute)
{
  Place *many = find (self, place);

  if (many == NULL && kutip_attributes_get_n (*place) < FEW)
    replace (place, attribute);
  else
    gather (self, many != NULL ? many : begin (self, place), attribute);
}

void
kutip_gathering_add (KutipGathering *self,
                     KutipAttributes **place,
                     const char *name,
                     const char *value,
                     KutipValueType alone)
{
  Place *many = find (self, place);
  KutipAttribute old = { NULL, KUTIP_VALUE_FLAG, NULL };
  Gathered *gathered;

  if (many == NULL && kutip_attributes_get_n (*place) < FEW)
    {
      kutip_attributes_lookup (*place, name, &old);
      if (count (old.values) < FEW)
        {
          add_to_few (place, &old, name, value, alone);
          return;
        }
    }
  if (many == NULL)
    many = begin (self, place);
  gathered = get_gathered (self, many, name);
  gathered->type = get_type (gathered->type, gathered->values->len, alone);
  if (value != NULL)
    gather_value (self, gathered, value);
}

static KutipAttributes *
build (Place *place)
{
  g_autoptr (GArray) list =
      g_array_sized_new (FALSE, FALSE, sizeof (KutipAttribute), place->all->len);

  for (guint i = 0; i < place->all->len; i++)
    {
      Gathered *gathered = g_ptr_array_index (place->all, i);
      KutipAttribute attribute = { gathered->name, gathered->type, NULL };

      g_ptr_array_add (gathered->values, NULL);
      attribute.values = (const char *const *) gathered->values->pdata;
      g_array_append_val (list, attribute);
    }
  return kutip_attributes_new ((const KutipAttribute *) (gpointer) list->data, list->len);
}

void
kutip_gathering_finish (KutipGathering *self)
{
  GHashTableIter iter;
  gpointer where, place;

  if (self->places == NULL)
    return;
  g_hash_table_iter_init (&iter, self->places);
  while (g_hash_table_iter_next (&iter, &where, &place))
    {
      KutipAttributes **attributes = where;

      kutip_attributes_unref (*attributes);
      *attributes = build (place);
    }
  g_hash_table_remove_all (self->places);
}
