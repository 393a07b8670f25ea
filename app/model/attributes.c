/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/attributes.h"

#include "model/tail.h"

#define MAX_SEARCHED 32

/* One block: the entries, then the arrays of values, then the strings. */
struct _KutipAttributes
{
  gatomicrefcount ref_count;
  guint n;
  KutipAttribute entries[];
};

G_DEFINE_BOXED_TYPE (KutipAttributes,
                     kutip_attributes,
                     kutip_attributes_ref,
                     kutip_attributes_unref)

static guint
count_values (const KutipAttribute *attribute)
{
  guint n = 0;

  if (attribute->type == KUTIP_VALUE_FLAG || attribute->values == NULL)
    return 0;
  while (attribute->values[n] != NULL && (n == 0 || attribute->type == KUTIP_VALUE_LIST))
    n++;
  return n;
}

static int
find_name (const KutipAttribute *attributes, guint n, const char *name)
{
  for (guint i = 0; i < n; i++)
    if (strcmp (attributes[i].name, name) == 0)
      return (int) i;
  return -1;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (a, b);
}

/* Of two with one name the later wins, in the earlier's place. A file may hold any
 * number: many are looked up in a tree of their names. */
static guint
merge_names (const KutipAttribute *attributes, guint n, KutipAttribute *merged)
{
  GTree *places = n > MAX_SEARCHED ? g_tree_new (compare_names) : NULL;
  guint n_merged = 0;

  for (guint i = 0; i < n; i++)
    {
      const char *name = attributes[i].name;
      int place = places != NULL ? GPOINTER_TO_INT (g_tree_lookup (places, name)) - 1
                                 : find_name (merged, n_merged, name);

      if (places != NULL && place < 0)
        g_tree_insert (places, (gpointer) name, GINT_TO_POINTER (n_merged + 1));
      if (place >= 0)
        merged[place] = attributes[i];
      else
        merged[n_merged++] = attributes[i];
    }
  g_clear_pointer (&places, g_tree_unref);
  return n_merged;
}

static gsize
measure (const KutipAttribute *attributes, guint n)
{
  gsize size = sizeof (KutipAttributes) + n * sizeof (KutipAttribute);

  for (guint i = 0; i < n; i++)
    {
      guint n_values = count_values (&attributes[i]);

      size += kutip_tail_measure (attributes[i].name) + (n_values + 1) * sizeof (char *);
      for (guint j = 0; j < n_values; j++)
        size += kutip_tail_measure (attributes[i].values[j]);
    }
  return size;
}

static KutipAttributes *
copy_into_block (const KutipAttribute *attributes, guint n)
{
  KutipAttributes *self = g_slice_alloc (measure (attributes, n));
  const char **values = (const char **) (self->entries + n);
  char *tail;

  g_atomic_ref_count_init (&self->ref_count);
  self->n = n;
  for (guint i = 0; i < n; i++)
    {
      self->entries[i].values = values;
      values += count_values (&attributes[i]) + 1;
    }

  tail = (char *) values;
  for (guint i = 0; i < n; i++)
    {
      guint n_values = count_values (&attributes[i]);

      values = (const char **) self->entries[i].values;
      self->entries[i].name = kutip_tail_append (&tail, attributes[i].name);
      self->entries[i].type = attributes[i].type;
      for (guint j = 0; j < n_values; j++)
        values[j] = kutip_tail_append (&tail, attributes[i].values[j]);
      values[n_values] = NULL;
    }
  return self;
}

/* It ends with the last string. */
static gsize
get_size (KutipAttributes *self)
{
  const KutipAttribute *entry = &self->entries[self->n - 1];
  const char *last = entry->name;

  for (const char *const *value = entry->values; *value != NULL; value++)
    last = *value;
  return (gsize) (last - (const char *) self) + strlen (last) + 1;
}

KutipAttributes *
kutip_attributes_ref (KutipAttributes *self)
{
  if (self != NULL)
    g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
kutip_attributes_unref (KutipAttributes *self)
{
  if (self != NULL && g_atomic_ref_count_dec (&self->ref_count))
    g_slice_free1 (get_size (self), self);
}

KutipAttributes *
kutip_attributes_new (const KutipAttribute *attributes, guint n)
{
  g_autofree KutipAttribute *merged = NULL;

  if (n == 0)
    return NULL;
  if (n == 1)
    return copy_into_block (attributes, 1);

  merged = g_new (KutipAttribute, n);
  return copy_into_block (merged, merge_names (attributes, n, merged));
}

guint
kutip_attributes_get_n (KutipAttributes *self)
{
  return self != NULL ? self->n : 0;
}

KutipAttribute
kutip_attributes_get_nth (KutipAttributes *self, guint i)
{
  g_assert (self != NULL && i < self->n);
  return self->entries[i];
}

gboolean
kutip_attributes_lookup (KutipAttributes *self,
                         const char *name,
                         KutipAttribute *attribute)
{
  int place = self != NULL ? find_name (self->entries, self->n, name) : -1;

  if (place < 0)
    return FALSE;
  if (attribute != NULL)
    *attribute = self->entries[place];
  return TRUE;
}

const char *
kutip_attributes_get_string (KutipAttributes *self, const char *name)
{
  KutipAttribute attribute;

  if (!kutip_attributes_lookup (self, name, &attribute))
    return NULL;
  return attribute.values[0] != NULL ? attribute.values[0] : "";
}

static gboolean
is_equal (const KutipAttribute *a, const KutipAttribute *b)
{
  return a->type == b->type && strcmp (a->name, b->name) == 0 &&
         g_strv_equal (a->values, b->values);
}

gboolean
kutip_attributes_equal (KutipAttributes *a, KutipAttributes *b)
{
  if (a == b)
    return TRUE;
  if (kutip_attributes_get_n (a) != kutip_attributes_get_n (b))
    return FALSE;
  for (guint i = 0; i < kutip_attributes_get_n (a); i++)
    if (!is_equal (&a->entries[i], &b->entries[i]))
      return FALSE;
  return TRUE;
}

KutipAttributes *
kutip_attributes_with (KutipAttributes *self, KutipAttribute attribute)
{
  guint n = kutip_attributes_get_n (self);
  g_autofree KutipAttribute *all = NULL;

  if (n == 0)
    return kutip_attributes_new (&attribute, 1);
  all = g_new (KutipAttribute, n + 1);
  memcpy (all, self->entries, n * sizeof *all);
  all[n] = attribute;
  return kutip_attributes_new (all, n + 1);
}

KutipAttributes *
kutip_attributes_with_string (KutipAttributes *self, const char *name, const char *value)
{
  const char *const values[] = { value, NULL };

  return kutip_attributes_with (
      self,
      (KutipAttribute){ .name = name, .type = KUTIP_VALUE_STRING, .values = values });
}

KutipAttributes *
kutip_attributes_without (KutipAttributes *self, const char *name)
{
  int place = self != NULL ? find_name (self->entries, self->n, name) : -1;
  g_autofree KutipAttribute *rest = NULL;

  if (place < 0)
    return kutip_attributes_ref (self);

  rest = g_new (KutipAttribute, self->n);
  memcpy (rest, self->entries, (gsize) place * sizeof *rest);
  memcpy (rest + place, self->entries + place + 1,
          (self->n - (guint) place - 1) * sizeof *rest);
  return kutip_attributes_new (rest, self->n - 1);
}
