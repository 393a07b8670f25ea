/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/tagset/tagset-note.h"

#include "format/tagset/tagset-json.h"
#include "format/tagset/tagset-losses.h"

#include <string.h>

/* --- writing --- */

/* How one is called that was made up says nothing. */
static gboolean
says_all (KutipTagset *tagset, KutipTagset *said)
{
  g_autoptr (KutipReport) report = kutip_report_new ();
  guint n_lost =
      said == NULL ? 1 : kutip_tagset_report_losses (tagset, said, NULL, report);

  if (g_strcmp0 (kutip_tagset_get_name (tagset), KUTIP_TAGSET_MADE_UP) == 0)
    n_lost -= kutip_report_count (report, KUTIP_REPORT_LOSS, "tagset-names") +
              kutip_report_count (report, KUTIP_REPORT_LOSS, "tagset-versions");
  return n_lost == 0;
}

char *
kutip_tagset_make_note (KutipTagset *tagset, KutipTagsetSay say)
{
  g_autoptr (KutipTagset) said = say (tagset);
  g_autofree char *json = NULL;
  GString *note;

  if (says_all (tagset, said))
    return NULL;
  json = kutip_tagset_to_json (tagset);
  note = g_string_sized_new (strlen (json));
  /* Two of them stand in strings alone. */
  for (const char *p = json; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if ((c == '-' && p > json && p[-1] == '-') || c == 0xfffe || c == 0xffff)
        g_string_append_printf (note, "\\u%04x", c);
      else
        g_string_append_len (note, p, g_utf8_next_char (p) - p);
    }
  return g_string_free (note, FALSE);
}

/* --- reading --- */

/* What stood in the tag set as it was: members that nobody here understands are kept by
 * their bytes. */
static GString *
unescape (const char *note)
{
  static const char dash[] = "\\u002d";
  GString *json = g_string_sized_new (strlen (note));

  while (*note != '\0')
    if (json->len > 0 && json->str[json->len - 1] == '-' && g_str_has_prefix (note, dash))
      {
        g_string_append_c (json, '-');
        note += strlen (dash);
      }
    else
      g_string_append_c (json, *note++);
  return json;
}

/* Three tag sets on their way into one: what the note keeps, what the configuration said
 * when it was written, and what it says now. */
typedef struct
{
  KutipTagsetFields kept, then, now;
  GHashTable *kept_terms, *then_terms, *now_terms; /* "l" and name -> the type */
  GStringChunk *names;
  GArray *labels, *attributes, *relations;
  GPtrArray *lists;
} Merge;

typedef enum
{
  LABEL = 'l',
  ATTRIBUTE = 'a',
  RELATION = 'r',
} Kind;

static const char *
get_key (Merge *self, Kind kind, const char *name)
{
  g_autofree char *key = g_strdup_printf ("%c%s", (int) kind, name);

  return g_string_chunk_insert_const (self->names, key);
}

static GHashTable *
index_terms (Merge *self, const KutipTagsetFields *fields)
{
  GHashTable *terms = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < fields->n_labels; i++)
    g_hash_table_insert (terms, (gpointer) get_key (self, LABEL, fields->labels[i].name),
                         (gpointer) &fields->labels[i]);
  for (guint i = 0; i < fields->n_attributes; i++)
    g_hash_table_insert (terms,
                         (gpointer) get_key (self, ATTRIBUTE, fields->attributes[i].name),
                         (gpointer) &fields->attributes[i]);
  for (guint i = 0; i < fields->n_relations; i++)
    g_hash_table_insert (terms,
                         (gpointer) get_key (self, RELATION, fields->relations[i].name),
                         (gpointer) &fields->relations[i]);
  return terms;
}

/* What the configuration said and says of a term of the note. FALSE: it has been taken
 * out. */
static gboolean
find (Merge *self, Kind kind, const char *name, gconstpointer *then, gconstpointer *now)
{
  const char *key = get_key (self, kind, name);

  *then = g_hash_table_lookup (self->then_terms, key);
  *now = g_hash_table_lookup (self->now_terms, key);
  return *then == NULL || *now != NULL;
}

static const char *
pick_string (const char *kept, const char *then, const char *now)
{
  return g_strcmp0 (then, now) == 0 ? kept : now;
}

static gboolean
is_same_list (const char *const *a, const char *const *b)
{
  gboolean is_empty = a == NULL || a[0] == NULL;
  gboolean is_other_empty = b == NULL || b[0] == NULL;

  return is_empty || is_other_empty ? is_empty == is_other_empty : g_strv_equal (a, b);
}

static const char *const *
pick_list (const char *const *kept, const char *const *then, const char *const *now)
{
  return is_same_list (then, now) ? kept : now;
}

static guint
pick_number (guint kept, guint then, guint now)
{
  return then == now ? kept : now;
}

static KutipForeign *
pick_foreign (KutipForeign *kept, KutipForeign *then, KutipForeign *now)
{
  return kutip_foreign_equal (then, now) ? kept : now;
}

static void
merge_label (Merge *self, const KutipLabelType *kept)
{
  KutipLabelType label = *kept;
  gconstpointer told_then, told_now;

  if (!find (self, LABEL, kept->name, &told_then, &told_now))
    return;
  if (told_then != NULL)
    {
      const KutipLabelType *then = told_then, *now = told_now;

      label.title = pick_string (kept->title, then->title, now->title);
      label.description =
          pick_string (kept->description, then->description, now->description);
      label.guidelines =
          pick_string (kept->guidelines, then->guidelines, now->guidelines);
      label.color = pick_string (kept->color, then->color, now->color);
      label.key = pick_number (kept->key, then->key, now->key);
      label.attributes = pick_list (kept->attributes, then->attributes, now->attributes);
      label.requires = pick_list (kept->requires, then->requires, now->requires);
      label.foreign = pick_foreign (kept->foreign, then->foreign, now->foreign);
    }
  g_array_append_val (self->labels, label);
}

static void
merge_attribute (Merge *self, const KutipAttributeType *kept)
{
  KutipAttributeType attribute = *kept;
  gconstpointer told_then, told_now;

  if (!find (self, ATTRIBUTE, kept->name, &told_then, &told_now))
    return;
  if (told_then != NULL)
    {
      const KutipAttributeType *then = told_then, *now = told_now;

      attribute.title = pick_string (kept->title, then->title, now->title);
      attribute.description =
          pick_string (kept->description, then->description, now->description);
      attribute.kind = pick_number (kept->kind, then->kind, now->kind);
      attribute.multiple = (gboolean) pick_number (
          (guint) kept->multiple, (guint) then->multiple, (guint) now->multiple);
      attribute.values = pick_list (kept->values, then->values, now->values);
      attribute.default_value =
          pick_string (kept->default_value, then->default_value, now->default_value);
      attribute.foreign = pick_foreign (kept->foreign, then->foreign, now->foreign);
    }
  g_array_append_val (self->attributes, attribute);
}

static void
merge_relation (Merge *self, const KutipRelationType *kept)
{
  KutipRelationType relation = *kept;
  gconstpointer told_then, told_now;

  if (!find (self, RELATION, kept->name, &told_then, &told_now))
    return;
  if (told_then != NULL)
    {
      const KutipRelationType *then = told_then, *now = told_now;

      relation.title = pick_string (kept->title, then->title, now->title);
      relation.description =
          pick_string (kept->description, then->description, now->description);
      relation.from = pick_list (kept->from, then->from, now->from);
      relation.to = pick_list (kept->to, then->to, now->to);
      relation.attributes =
          pick_list (kept->attributes, then->attributes, now->attributes);
      relation.key = pick_number (kept->key, then->key, now->key);
      relation.max = pick_number (kept->max, then->max, now->max);
      relation.symmetric = (gboolean) pick_number (
          (guint) kept->symmetric, (guint) then->symmetric, (guint) now->symmetric);
      relation.foreign = pick_foreign (kept->foreign, then->foreign, now->foreign);
    }
  g_array_append_val (self->relations, relation);
}

/* Neither in the note, nor what a name of the note had to be written as. */
static gboolean
is_new (Merge *self, Kind kind, const char *name)
{
  const char *key = get_key (self, kind, name);

  return !g_hash_table_contains (self->kept_terms, key) &&
         !g_hash_table_contains (self->then_terms, key);
}

/* What others have added comes behind what the note has. */
static void
merge_terms (Merge *self)
{
  for (guint i = 0; i < self->kept.n_labels; i++)
    merge_label (self, &self->kept.labels[i]);
  for (guint i = 0; i < self->kept.n_attributes; i++)
    merge_attribute (self, &self->kept.attributes[i]);
  for (guint i = 0; i < self->kept.n_relations; i++)
    merge_relation (self, &self->kept.relations[i]);
  for (guint i = 0; i < self->now.n_labels; i++)
    if (is_new (self, LABEL, self->now.labels[i].name))
      g_array_append_val (self->labels, self->now.labels[i]);
  for (guint i = 0; i < self->now.n_attributes; i++)
    if (is_new (self, ATTRIBUTE, self->now.attributes[i].name))
      g_array_append_val (self->attributes, self->now.attributes[i]);
  for (guint i = 0; i < self->now.n_relations; i++)
    if (is_new (self, RELATION, self->now.relations[i].name))
      g_array_append_val (self->relations, self->now.relations[i]);
}

/* --- what agrees with all the rest --- */

/* Those of @names that are in one of the sets; the second may be NULL. */
static const char *const *
filter (Merge *self, const char *const *names, GHashTable *one, GHashTable *other)
{
  GPtrArray *list = g_ptr_array_new ();

  g_ptr_array_add (self->lists, list);
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    if (g_hash_table_contains (one, names[i]) ||
        (other != NULL && g_hash_table_contains (other, names[i])))
      g_ptr_array_add (list, (gpointer) names[i]);
  g_ptr_array_add (list, NULL);
  return (const char *const *) list->pdata;
}

static gunichar
claim_key (GHashTable *keys, gunichar key)
{
  return key == 0 || g_hash_table_add (keys, GUINT_TO_POINTER (g_unichar_tolower (key)))
             ? key
             : 0;
}

static void
fit_attribute (Merge *self, KutipAttributeType *attribute)
{
  gboolean has_values = attribute->values != NULL && attribute->values[0] != NULL;

  if (has_values)
    attribute->kind = KUTIP_ATTRIBUTE_CHOICE;
  else if (attribute->kind == KUTIP_ATTRIBUTE_CHOICE)
    attribute->kind = KUTIP_ATTRIBUTE_TEXT;
  attribute->multiple = attribute->multiple && attribute->kind != KUTIP_ATTRIBUTE_FLAG;
  if (attribute->default_value != NULL && has_values &&
      !g_strv_contains (attribute->values, attribute->default_value))
    attribute->default_value = NULL;
}

static void
fit_label (Merge *self,
           KutipLabelType *label,
           GHashTable *attributes,
           GHashTable *relations,
           GHashTable *keys)
{
  g_autoptr (GHashTable) own = g_hash_table_new (g_str_hash, g_str_equal);

  label->attributes = filter (self, label->attributes, attributes, NULL);
  for (guint i = 0; label->attributes[i] != NULL; i++)
    g_hash_table_add (own, (gpointer) label->attributes[i]);
  label->requires = filter (self, label->requires, own, relations);
  label->key = claim_key (keys, label->key);
}

/* Names that are not there any more go, and keys that are there twice. */
static void
fit_terms (Merge *self, KutipTagsetFields *fields)
{
  g_autoptr (GHashTable) labels = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) attributes = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) relations = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) label_keys = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) relation_keys = g_hash_table_new (NULL, NULL);
  KutipLabelType *label = (KutipLabelType *) (gpointer) self->labels->data;
  KutipAttributeType *attribute =
      (KutipAttributeType *) (gpointer) self->attributes->data;
  KutipRelationType *relation = (KutipRelationType *) (gpointer) self->relations->data;

  for (guint i = 0; i < self->labels->len; i++)
    g_hash_table_add (labels, (gpointer) label[i].name);
  for (guint i = 0; i < self->attributes->len; i++)
    g_hash_table_add (attributes, (gpointer) attribute[i].name);
  for (guint i = 0; i < self->relations->len; i++)
    g_hash_table_add (relations, (gpointer) relation[i].name);
  for (guint i = 0; i < self->attributes->len; i++)
    fit_attribute (self, &attribute[i]);
  for (guint i = 0; i < self->labels->len; i++)
    fit_label (self, &label[i], attributes, relations, label_keys);
  for (guint i = 0; i < self->relations->len; i++)
    {
      relation[i].from = filter (self, relation[i].from, labels, NULL);
      relation[i].to = filter (self, relation[i].to, labels, NULL);
      relation[i].attributes = filter (self, relation[i].attributes, attributes, NULL);
      relation[i].key = claim_key (relation_keys, relation[i].key);
    }
  fields->article_attributes =
      filter (self, fields->article_attributes, attributes, NULL);
  fields->labels = label;
  fields->n_labels = self->labels->len;
  fields->attributes = attribute;
  fields->n_attributes = self->attributes->len;
  fields->relations = relation;
  fields->n_relations = self->relations->len;
}

static KutipTagset *
merge (KutipTagset *kept, KutipTagset *then, KutipTagset *now)
{
  g_autoptr (GPtrArray) lists =
      g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GArray) labels = g_array_new (FALSE, FALSE, sizeof (KutipLabelType));
  g_autoptr (GArray) attributes = g_array_new (FALSE, FALSE, sizeof (KutipAttributeType));
  g_autoptr (GArray) relations = g_array_new (FALSE, FALSE, sizeof (KutipRelationType));
  g_autoptr (GHashTable) kept_terms = NULL;
  g_autoptr (GHashTable) then_terms = NULL;
  g_autoptr (GHashTable) now_terms = NULL;
  Merge self = { .labels = labels,
                 .attributes = attributes,
                 .relations = relations,
                 .lists = lists,
                 .names = g_string_chunk_new (1024) };
  KutipTagsetFields fields;
  KutipTagset *merged;

  kutip_tagset_get_fields (kept, &self.kept);
  kutip_tagset_get_fields (then, &self.then);
  kutip_tagset_get_fields (now, &self.now);
  self.kept_terms = kept_terms = index_terms (&self, &self.kept);
  self.then_terms = then_terms = index_terms (&self, &self.then);
  self.now_terms = now_terms = index_terms (&self, &self.now);
  fields = self.kept;
  fields.name = pick_string (self.kept.name, self.then.name, self.now.name);
  fields.version = pick_string (self.kept.version, self.then.version, self.now.version);
  fields.article_attributes =
      pick_list (self.kept.article_attributes, self.then.article_attributes,
                 self.now.article_attributes);
  fields.foreign = pick_foreign (self.kept.foreign, self.then.foreign, self.now.foreign);
  merge_terms (&self);
  fit_terms (&self, &fields);
  merged = kutip_tagset_new (&fields, NULL);
  g_string_chunk_free (self.names);
  return merged;
}

KutipTagset *
kutip_tagset_complete (KutipTagset *said,
                       const char *note,
                       KutipTagsetSay say,
                       GError **error)
{
  g_autoptr (GString) json = unescape (note);
  g_autoptr (KutipTagset) kept = kutip_tagset_from_json (json->str, json->len, error);
  g_autoptr (KutipTagset) then = NULL;
  KutipTagset *merged;

  if (kept == NULL)
    return NULL;
  then = say (kept);
  if (then == NULL || said == NULL)
    return g_steal_pointer (&kept);
  merged = merge (kept, then, said);
  /* What does not go together any more: the configuration is what holds. */
  return merged != NULL ? merged : g_object_ref (said);
}
