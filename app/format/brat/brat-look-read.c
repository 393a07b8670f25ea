/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/brat/brat-look-parts.h"

#include "format/brat/brat-conf-others.h"
#include "format/brat/brat.h"
#include "text/charset.h"

#include <string.h>

/* A tag set on its way to another, with its parts in arrays of its own. */
typedef struct
{
  KutipTagsetFields fields;
  KutipLabelType *labels;
  KutipRelationType *relations;
  KutipAttributeType *attributes;
  GPtrArray *lines; /* of the file */
} Change;

static void
clear_change (Change *self)
{
  g_free (self->labels);
  g_free (self->relations);
  g_free (self->attributes);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Change, clear_change)

/* FALSE for what is no UTF-8. */
static gboolean
begin_change (Change *self,
              KutipTagset *tagset,
              const char *bytes,
              gsize n_bytes,
              const char *path,
              KutipReport *report)
{
  KutipTagsetFields *fields = &self->fields;
  g_autofree char *copy = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) lines = NULL;

  *self = (Change){ .lines = g_ptr_array_new_with_free_func (g_free) };
  if (!kutip_charset_check_utf8 (bytes, n_bytes, 1, &error))
    {
      kutip_report_add_left_out (report, "tagset", path, NULL, 0, error->message);
      return FALSE;
    }
  copy = g_strndup (n_bytes > 0 ? bytes : "", n_bytes);
  lines = g_strsplit (copy, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (*g_strstrip (lines[i]) != '\0')
      g_ptr_array_add (self->lines, g_strdup (lines[i]));
  kutip_tagset_get_fields (tagset, fields);
  fields->labels = self->labels =
      g_memdup2 (fields->labels, fields->n_labels * sizeof *self->labels);
  fields->relations = self->relations =
      g_memdup2 (fields->relations, fields->n_relations * sizeof *self->relations);
  fields->attributes = self->attributes =
      g_memdup2 (fields->attributes, fields->n_attributes * sizeof *self->attributes);
  return TRUE;
}

/* The tag set that it is now, which keeps those of the file's lines that are not in @own,
 * a set of "section line". */
static KutipTagset *
end_change (Change *self,
            KutipTagset *tagset,
            const char *member,
            GHashTable *own,
            const char *path,
            KutipReport *report)
{
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (KutipForeignMember));
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();
  g_autoptr (KutipForeign) foreign = NULL;
  g_autofree char *json = NULL;
  const char *section = "", *begun = "";
  g_autoptr (GError) error = NULL;
  KutipTagset *changed;

  for (guint i = 0; i < self->lines->len; i++)
    {
      const char *line = g_ptr_array_index (self->lines, i);
      g_autofree char *key = g_strconcat (section, " ", line, NULL);

      if (kutip_brat_is_begin (line))
        section = line;
      if (kutip_brat_is_begin (line) || g_hash_table_contains (own, key))
        continue;
      if (strcmp (section, begun) != 0)
        g_ptr_array_add (kept, (gpointer) (begun = section));
      g_ptr_array_add (kept, (gpointer) line);
    }
  for (guint i = 0; i < kutip_foreign_get_n (self->fields.foreign); i++)
    {
      KutipForeignMember other = kutip_foreign_get_nth (self->fields.foreign, i);

      if (strcmp (other.name, member) != 0)
        g_array_append_val (members, other);
    }
  if (kept->len > 0)
    {
      KutipForeignMember own_member = { "article_attributes", member, NULL };

      json = kutip_brat_list_as_json ((const char *const *) kept->pdata, kept->len);
      own_member.json = json;
      g_array_append_val (members, own_member);
    }
  if (members->len > 0)
    foreign = kutip_foreign_new ((const KutipForeignMember *) (gpointer) members->data,
                                 members->len);
  self->fields.foreign = foreign;
  changed = kutip_tagset_new (&self->fields, &error);
  if (changed != NULL)
    return changed;
  kutip_report_add_left_out (report, "tagset", path, NULL, 0, error->message);
  return g_object_ref (tagset);
}

/* What lines say of types: the first of each counts, as in brat. */
static void
read_look (Change *self, GStringChunk *strings, GHashTable *titles, GHashTable *colors)
{
  const char *section = "";

  for (guint i = 0; i < self->lines->len; i++)
    {
      const char *line = g_ptr_array_index (self->lines, i);
      g_autofree char *word = NULL;
      g_autofree char *said = NULL;
      g_autofree char *value = NULL;
      gboolean is_label = strcmp (section, KUTIP_BRAT_LABELS) == 0;
      g_autoptr (GString) others = g_string_new (NULL);

      if (kutip_brat_is_begin (line))
        section = line;
      if (kutip_brat_is_begin (line) || *line == '#' ||
          (!is_label && strcmp (section, KUTIP_BRAT_DRAWING) != 0))
        continue;
      word = is_label ? kutip_brat_cut_label (line, &said)
                      : kutip_brat_cut_drawing (line, &said, others);
      value = is_label ? g_steal_pointer (&said) : kutip_brat_read_color (said);
      if (value != NULL && !g_hash_table_contains (is_label ? titles : colors, word))
        g_hash_table_insert (is_label ? titles : colors,
                             g_string_chunk_insert (strings, word),
                             g_string_chunk_insert (strings, value));
    }
}

/* What @said has of a type, if it is the first by its word; else @before. */
static const char *
pick (KutipBratTypes *types, GHashTable *said, const char *name, const char *before)
{
  g_autofree char *word = kutip_brat_make_word (name);
  const KutipBratType *type = g_hash_table_lookup (types->by_word, word);
  const char *now = type->name == name ? g_hash_table_lookup (said, word) : NULL;

  return now == NULL ? before : now;
}

/* In capitals or not, a colour is the same. */
static const char *
pick_color (KutipBratTypes *types, GHashTable *colors, const KutipLabelType *label)
{
  const char *now = pick (types, colors, label->name, label->color);

  return now != NULL && label->color != NULL &&
                 g_ascii_strcasecmp (now, label->color) == 0
             ? label->color
             : now;
}

static void
take_lines (GHashTable *own,
            const char *section,
            KutipBratTypes *types,
            char *(*make) (const char *, const KutipBratType *) )
{
  for (guint i = 0; i < types->words->len; i++)
    {
      const char *word = g_ptr_array_index (types->words, i);
      g_autofree char *line = make (word, g_hash_table_lookup (types->by_word, word));

      if (line != NULL)
        g_hash_table_add (own, g_strconcat (section, " ", line, NULL));
    }
}

KutipTagset *
kutip_brat_add_visual (KutipTagset *tagset,
                       const char *bytes,
                       gsize n_bytes,
                       const char *path,
                       KutipReport *report)
{
  g_auto (Change) change;
  g_auto (KutipBratTypes) types = { NULL, NULL };
  g_auto (KutipBratTypes) now = { NULL, NULL };
  g_autoptr (GStringChunk) strings = g_string_chunk_new (1024);
  g_autoptr (GHashTable) titles = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) colors = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) own =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (!begin_change (&change, tagset, bytes, n_bytes, path, report))
    return g_object_ref (tagset);
  kutip_brat_types_gather (&types, &change.fields);
  read_look (&change, strings, titles, colors);
  for (guint i = 0; i < change.fields.n_labels; i++)
    {
      KutipLabelType *label = &change.labels[i];

      label->color = pick_color (&types, colors, label);
      label->title = pick (&types, titles, label->name, label->title);
    }
  for (guint i = 0; i < change.fields.n_relations; i++)
    change.relations[i].title =
        pick (&types, titles, change.relations[i].name, change.relations[i].title);
  for (guint i = 0; i < change.fields.n_attributes; i++)
    change.attributes[i].title =
        pick (&types, titles, change.attributes[i].name, change.attributes[i].title);
  kutip_brat_types_gather (&now, &change.fields);
  take_lines (own, KUTIP_BRAT_LABELS, &now, kutip_brat_make_label_line);
  take_lines (own, KUTIP_BRAT_DRAWING, &now, kutip_brat_make_drawing_line);
  return end_change (&change, tagset, KUTIP_BRAT_KEPT_VISUAL, own, path, report);
}

/* Written alike, so that they can be compared; the type of each key, and the key of each
 * type, the first of both. */
static void
read_keys (Change *self, GHashTable *keys)
{
  g_autoptr (GHashTable) taken = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < self->lines->len; i++)
    {
      gunichar key;
      g_autofree char *word =
          kutip_brat_cut_key (g_ptr_array_index (self->lines, i), &key);
      char **line = (char **) &self->lines->pdata[i];
      g_autofree char *before = NULL;

      if (word == NULL)
        continue;
      before = *line;
      *line = g_strdup_printf ("%.*s\t%s", (int) (g_utf8_next_char (before) - before),
                               before, word);
      if (g_hash_table_add (taken, GUINT_TO_POINTER (g_unichar_toupper (key))) &&
          !g_hash_table_contains (keys, word))
        g_hash_table_insert (keys, g_steal_pointer (&word), GUINT_TO_POINTER (key));
    }
}

/* A key that the file could say, and does not, is no more. */
static gunichar
pick_key (KutipBratTypes *types,
          GHashTable *writable,
          GHashTable *keys,
          const char *name,
          gunichar key)
{
  g_autofree char *word = kutip_brat_make_word (name);
  const KutipBratType *type = g_hash_table_lookup (types->by_word, word);
  gunichar now =
      type->name == name ? GPOINTER_TO_UINT (g_hash_table_lookup (keys, word)) : 0;

  if (now == 0)
    return type->name == name && g_hash_table_contains (writable, word) ? 0 : key;
  return g_unichar_tolower (now) == g_unichar_tolower (key) ? key
                                                            : g_unichar_tolower (now);
}

static GHashTable *
take_key_lines (KutipBratTypes *types, gboolean words_alone)
{
  g_autoptr (GPtrArray) lines = kutip_brat_list_key_lines (types);
  GHashTable *set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < lines->len; i++)
    {
      const char *line = g_ptr_array_index (lines, i);

      g_hash_table_add (set, words_alone ? g_strdup (strchr (line, '\t') + 1)
                                         : g_strconcat (" ", line, NULL));
    }
  return set;
}

/* Each key once among labels, and once among relations. */
static void
claim_key (GHashTable *taken, gunichar *key)
{
  if (*key != 0 && !g_hash_table_add (taken, GUINT_TO_POINTER (g_unichar_tolower (*key))))
    *key = 0;
}

KutipTagset *
kutip_brat_add_shortcuts (KutipTagset *tagset,
                          const char *bytes,
                          gsize n_bytes,
                          const char *path,
                          KutipReport *report)
{
  g_auto (Change) change;
  g_auto (KutipBratTypes) types = { NULL, NULL };
  g_auto (KutipBratTypes) now = { NULL, NULL };
  g_autoptr (GHashTable) keys =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) of_labels = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) of_relations = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) writable = NULL;
  g_autoptr (GHashTable) own = NULL;

  if (!begin_change (&change, tagset, bytes, n_bytes, path, report))
    return g_object_ref (tagset);
  kutip_brat_types_gather (&types, &change.fields);
  writable = take_key_lines (&types, TRUE);
  read_keys (&change, keys);
  for (guint i = 0; i < change.fields.n_labels; i++)
    {
      KutipLabelType *label = &change.labels[i];

      label->key = pick_key (&types, writable, keys, label->name, label->key);
      claim_key (of_labels, &label->key);
    }
  for (guint i = 0; i < change.fields.n_relations; i++)
    {
      KutipRelationType *relation = &change.relations[i];

      relation->key = pick_key (&types, writable, keys, relation->name, relation->key);
      claim_key (of_relations, &relation->key);
    }
  kutip_brat_types_gather (&now, &change.fields);
  own = take_key_lines (&now, FALSE);
  return end_change (&change, tagset, KUTIP_BRAT_KEPT_SHORTCUTS, own, path, report);
}
