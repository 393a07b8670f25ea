/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/brat/brat-look-parts.h"

#include "format/brat/brat-write-parts.h"
#include "format/brat/brat.h"

#include <string.h>

/* Below it the words on a colour are white; the brightest is 255000. */
#define DARK 128000
/* A visual.conf that says nothing. */
#define NOTHING KUTIP_BRAT_LABELS "\n\n" KUTIP_BRAT_DRAWING "\n"

void
kutip_brat_types_clear (KutipBratTypes *self)
{
  g_clear_pointer (&self->words, g_ptr_array_unref);
  g_clear_pointer (&self->by_word, g_hash_table_unref);
}

static void
add_type (KutipBratTypes *self, const KutipBratType *type)
{
  g_autofree char *word = kutip_brat_make_word (type->name);

  if (g_hash_table_contains (self->by_word, word))
    return;
  g_ptr_array_add (self->words, word);
  g_hash_table_insert (self->by_word, g_steal_pointer (&word),
                       g_memdup2 (type, sizeof *type));
}

void
kutip_brat_types_gather (KutipBratTypes *self, const KutipTagsetFields *fields)
{
  self->by_word = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->words = g_ptr_array_new ();
  for (guint i = 0; i < fields->n_labels; i++)
    {
      const KutipLabelType *label = &fields->labels[i];

      add_type (self, &(KutipBratType){ .name = label->name,
                                        .title = label->title,
                                        .color = label->color,
                                        .key = label->key });
    }
  for (guint i = 0; i < fields->n_relations; i++)
    {
      const KutipRelationType *relation = &fields->relations[i];

      add_type (self, &(KutipBratType){ .name = relation->name,
                                        .title = relation->title,
                                        .key = relation->key });
    }
  for (guint i = 0; i < fields->n_attributes; i++)
    add_type (self, &(KutipBratType){ .name = fields->attributes[i].name,
                                      .title = fields->attributes[i].title });
}

/* What brat would not read as a name. */
static gboolean
is_special (const char *word)
{
  return strchr ("#[<!-", *word) != NULL || strchr (word, '|') != NULL;
}

/* --- the lines that Kutip writes --- */

char *
kutip_brat_make_label_line (const char *word, const KutipBratType *type)
{
  const char *title = type->title == NULL ? "" : type->title;
  g_autofree char *bare = g_strstrip (g_strdup (title));

  if (*title == '\0' || strcmp (title, word) == 0 || strcmp (title, bare) != 0 ||
      *title == '!' || strpbrk (title, "|\t\r\n") != NULL || is_special (word))
    return NULL;
  return g_strdup_printf ("%s | %s", word, title);
}

static guint
get_part (const char *color, guint nth)
{
  return (guint) (16 * g_ascii_xdigit_value (color[1 + 2 * nth]) +
                  g_ascii_xdigit_value (color[2 + 2 * nth]));
}

gboolean
kutip_brat_is_color (const char *color)
{
  return color != NULL && *color == '#' && strlen (color) == 7 &&
         strspn (color + 1, "0123456789abcdefABCDEF") == 6;
}

char *
kutip_brat_make_drawing_line (const char *word, const KutipBratType *type)
{
  const char *color = type->color;
  guint brightness;

  if (!kutip_brat_is_color (color) || is_special (word))
    return NULL;
  brightness =
      299 * get_part (color, 0) + 587 * get_part (color, 1) + 114 * get_part (color, 2);
  return g_strdup_printf ("%s\tbgColor:%s%s", word, color,
                          brightness < DARK ? ", fgColor:white" : "");
}

static char *
make_key_line (const char *word, const KutipBratType *type)
{
  gunichar key = g_unichar_toupper (type->key);
  char shown[7] = { 0 };

  if (key == 0 || key == '#' || !g_unichar_isgraph (key))
    return NULL;
  g_unichar_to_utf8 (key, shown);
  return g_strdup_printf ("%s\t%s", shown, word);
}

/* --- lines as they are kept --- */

gboolean
kutip_brat_is_begin (const char *line)
{
  return *line == '[' && g_str_has_suffix (line, "]");
}

/* The lines of @section, "" for those before the first: borrowed. */
static GPtrArray *
list_section (GPtrArray *lines, const char *section)
{
  GPtrArray *found = g_ptr_array_new ();
  gboolean is_here = *section == '\0';

  for (guint i = 0; i < lines->len; i++)
    {
      const char *line = g_ptr_array_index (lines, i);

      if (kutip_brat_is_begin (line))
        is_here = strcmp (line, section) == 0;
      else if (is_here)
        g_ptr_array_add (found, (gpointer) line);
    }
  return found;
}

char *
kutip_brat_cut_label (const char *line, char **title)
{
  g_auto (GStrv) cells = g_strsplit (line, "\t", 2);
  g_auto (GStrv) words = g_strsplit (cells[0], "|", 3);

  *title = words[0] != NULL && words[1] != NULL && *g_strstrip (words[1]) != '\0'
               ? g_strdup (words[1])
               : NULL;
  return words[0] == NULL ? g_strdup ("") : g_strdup (g_strstrip (words[0]));
}

char *
kutip_brat_cut_drawing (const char *line, char **color, GString *others)
{
  gsize n = strcspn (line, " \t");
  g_auto (GStrv) words = g_strsplit (line + n, ",", -1);

  *color = NULL;
  for (guint i = 0; words[i] != NULL; i++)
    {
      const char *word = g_strstrip (words[i]);

      if (g_str_has_prefix (word, "bgColor:") && *color == NULL)
        *color = g_strdup (word + strlen ("bgColor:"));
      else if (*word != '\0')
        g_string_append_printf (others, ", %s", word);
    }
  return g_strndup (line, n);
}

char *
kutip_brat_read_color (const char *color)
{
  g_autofree char *small = color == NULL ? NULL : g_ascii_strdown (color, -1);

  if (small != NULL && *small == '#' && strlen (small) == 4)
    {
      g_autofree char *three = g_steal_pointer (&small);

      small = g_strdup_printf ("#%c%c%c%c%c%c", three[1], three[1], three[2], three[2],
                               three[3], three[3]);
    }
  return kutip_brat_is_color (small) ? g_steal_pointer (&small) : NULL;
}

char *
kutip_brat_cut_key (const char *line, gunichar *key)
{
  const char *rest = g_utf8_next_char (line);

  *key = g_utf8_get_char (line);
  if (*key == '#' || (*rest != ' ' && *rest != '\t'))
    return NULL;
  rest += strspn (rest, " \t");
  return strpbrk (rest, " \t") == NULL ? g_strdup (rest) : NULL;
}

/* --- writing --- */

static void
append_line (GString *out, const char *line)
{
  if (line != NULL && strpbrk (line, "\r\n") == NULL)
    g_string_append_printf (out, "%s\n", line);
}

/* A kept line as it is, while that is what the tag set says; @done gets its name. */
static char *
renew_label (KutipBratTypes *types, const char *line, GHashTable *done)
{
  g_autofree char *title = NULL;
  char *word = kutip_brat_cut_label (line, &title);
  const KutipBratType *type = g_hash_table_lookup (types->by_word, word);
  char *renewed =
      type == NULL || g_strcmp0 (type->title, title == NULL ? word : title) == 0
          ? g_strdup (line)
          : kutip_brat_make_label_line (word, type);

  g_hash_table_add (done, word);
  return renewed;
}

static char *
renew_drawing (KutipBratTypes *types, const char *line, GHashTable *done)
{
  g_autofree char *color = NULL;
  g_autoptr (GString) others = g_string_new (NULL);
  char *word = kutip_brat_cut_drawing (line, &color, others);
  const KutipBratType *type = g_hash_table_lookup (types->by_word, word);
  g_autofree char *before = kutip_brat_read_color (color);
  char *renewed =
      type == NULL || !kutip_brat_is_color (type->color) ||
              (before != NULL && g_ascii_strcasecmp (before, type->color) == 0)
          ? g_strdup (line)
          : g_strdup_printf ("%s\tbgColor:%s%s", word, type->color, others->str);

  g_hash_table_add (done, word);
  return renewed;
}

static void
append_section (GString *out,
                const char *section,
                KutipBratTypes *types,
                GPtrArray *kept,
                char *(*renew) (KutipBratTypes *, const char *, GHashTable *),
                char *(*make) (const char *, const KutipBratType *) )
{
  g_autoptr (GPtrArray) lines = list_section (kept, section);
  g_autoptr (GHashTable) done =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_string_append_printf (out, "%s%s\n", out->len == 0 ? "" : "\n", section);
  for (guint i = 0; i < lines->len; i++)
    {
      const char *line = g_ptr_array_index (lines, i);
      g_autofree char *renewed = is_special (line) && strchr ("#-", *line) != NULL
                                     ? g_strdup (line)
                                     : renew (types, line, done);

      append_line (out, renewed);
    }
  for (guint i = 0; i < types->words->len; i++)
    {
      const char *word = g_ptr_array_index (types->words, i);
      g_autofree char *line =
          g_hash_table_contains (done, word)
              ? NULL
              : make (word, g_hash_table_lookup (types->by_word, word));

      append_line (out, line);
    }
}

GString *
kutip_brat_write_visual (KutipTagset *tagset)
{
  KutipTagsetFields fields;
  g_autoptr (GPtrArray) kept = NULL;
  g_autoptr (GPtrArray) head = NULL;
  g_auto (KutipBratTypes) types;
  GString *out;
  gboolean is_other = FALSE;

  kutip_tagset_get_fields (tagset, &fields);
  kutip_brat_types_gather (&types, &fields);
  kept = kutip_brat_list_kept (fields.foreign, KUTIP_BRAT_KEPT_VISUAL);
  out = g_string_new (NULL);
  head = list_section (kept, "");
  for (guint i = 0; i < head->len; i++)
    append_line (out, g_ptr_array_index (head, i));
  append_section (out, KUTIP_BRAT_LABELS, &types, kept, renew_label,
                  kutip_brat_make_label_line);
  append_section (out, KUTIP_BRAT_DRAWING, &types, kept, renew_drawing,
                  kutip_brat_make_drawing_line);
  for (guint i = 0; i < kept->len; i++)
    {
      const char *line = g_ptr_array_index (kept, i);

      if (kutip_brat_is_begin (line))
        is_other = strcmp (line, KUTIP_BRAT_LABELS) != 0 &&
                   strcmp (line, KUTIP_BRAT_DRAWING) != 0;
      if (is_other)
        append_line (out, line);
    }
  if (strcmp (out->str, NOTHING) == 0)
    g_string_free (g_steal_pointer (&out), TRUE);
  return out;
}

/* Those that Kutip gives to labels without any. */
static gboolean
has_usual_keys (const KutipTagsetFields *fields)
{
  for (guint i = 0; i < fields->n_labels; i++)
    if (fields->labels[i].key != (i < 9 ? '1' + i : 0))
      return FALSE;
  for (guint i = 0; i < fields->n_relations; i++)
    if (fields->relations[i].key != 0)
      return FALSE;
  return TRUE;
}

GPtrArray *
kutip_brat_list_key_lines (KutipBratTypes *types)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) taken = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < types->words->len; i++)
    {
      const char *word = g_ptr_array_index (types->words, i);
      const KutipBratType *type = g_hash_table_lookup (types->by_word, word);
      char *line = make_key_line (word, type);

      if (line != NULL &&
          g_hash_table_add (taken, GUINT_TO_POINTER (g_unichar_toupper (type->key))))
        g_ptr_array_add (lines, line);
      else
        g_free (line);
    }
  return lines;
}

GString *
kutip_brat_write_shortcuts (KutipTagset *tagset)
{
  KutipTagsetFields fields;
  g_autoptr (GPtrArray) kept = NULL;
  g_autoptr (GPtrArray) own = NULL;
  g_auto (KutipBratTypes) types;
  GString *out;

  kutip_tagset_get_fields (tagset, &fields);
  kutip_brat_types_gather (&types, &fields);
  kept = kutip_brat_list_kept (fields.foreign, KUTIP_BRAT_KEPT_SHORTCUTS);
  own = kutip_brat_list_key_lines (&types);
  if (kept->len == 0 && (own->len == 0 || has_usual_keys (&fields)))
    return NULL;
  out = g_string_new (NULL);
  for (guint i = 0; i < own->len; i++)
    append_line (out, g_ptr_array_index (own, i));
  for (guint i = 0; i < kept->len; i++)
    append_line (out, g_ptr_array_index (kept, i));
  return out;
}
