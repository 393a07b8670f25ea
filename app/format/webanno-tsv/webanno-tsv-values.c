/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/webanno-tsv/webanno-tsv.h"

#include <glib/gi18n.h>
#include <string.h>

/* --- layers --- */

static void
clear_column (gpointer data)
{
  KutipWebannoColumn *column = data;

  g_free (column->feature);
  g_free (column->type);
}

KutipWebannoLayer *
kutip_webanno_layer_new (KutipWebannoKind kind, const char *type)
{
  KutipWebannoLayer *self = g_new0 (KutipWebannoLayer, 1);

  self->kind = kind;
  self->type = g_strdup (type);
  self->columns = g_array_new (FALSE, TRUE, sizeof (KutipWebannoColumn));
  g_array_set_clear_func (self->columns, clear_column);
  return self;
}

void
kutip_webanno_layer_free (gpointer data)
{
  KutipWebannoLayer *self = data;

  g_free (self->type);
  g_array_unref (self->columns);
  g_free (self);
}

void
kutip_webanno_layer_add_column (KutipWebannoLayer *self,
                                KutipWebannoColumnKind kind,
                                const char *feature,
                                const char *type)
{
  KutipWebannoColumn column = { kind, g_strdup (feature), g_strdup (type), FALSE };

  g_array_append_val (self->columns, column);
}

/* "ROLE_HOST:FEATURE_LINK": the host may hold "_" and the feature too, but names of types
 * have points. */
static gboolean
add_roles (KutipWebannoLayer *self, const char *word, const char *targets)
{
  const char *colon = strchr (word, ':');
  const char *bar = colon == NULL ? NULL : strrchr (colon, '_');
  g_autofree char *feature = NULL;

  if (bar == NULL || targets == NULL)
    return FALSE;
  /* Its last "_" that stands before the first point. */
  for (const char *p = colon + 1; *p != '\0' && *p != '.'; p++)
    if (*p == '_')
      bar = p;
  feature = g_strndup (colon + 1, (gsize) (bar - colon - 1));
  kutip_webanno_layer_add_column (self, KUTIP_WEBANNO_COLUMN_ROLES, feature, bar + 1);
  kutip_webanno_layer_add_column (self, KUTIP_WEBANNO_COLUMN_TARGETS, feature, targets);
  return TRUE;
}

static gboolean
add_columns (KutipWebannoLayer *self, char **words)
{
  for (guint i = 0; words[i] != NULL; i++)
    if (g_str_has_prefix (words[i], KUTIP_WEBANNO_ROLE))
      {
        if (!add_roles (self, words[i], words[i + 1]))
          return FALSE;
        i++;
      }
    else if (g_str_has_prefix (words[i], KUTIP_WEBANNO_BASE))
      kutip_webanno_layer_add_column (self, KUTIP_WEBANNO_COLUMN_SOURCE, NULL,
                                      words[i] + strlen (KUTIP_WEBANNO_BASE));
    else if (*words[i] != '\0')
      kutip_webanno_layer_add_column (self, KUTIP_WEBANNO_COLUMN_FEATURE, words[i], NULL);
  if (self->columns->len == 0)
    kutip_webanno_layer_add_column (self, KUTIP_WEBANNO_COLUMN_MARK, NULL, NULL);
  return self->kind != KUTIP_WEBANNO_LAYER_RELATIONS ||
         g_array_index (self->columns, KutipWebannoColumn, self->columns->len - 1).kind ==
             KUTIP_WEBANNO_COLUMN_SOURCE;
}

static const char *const prefixes[] = { KUTIP_WEBANNO_SPANS, KUTIP_WEBANNO_CHAINS,
                                        KUTIP_WEBANNO_RELATIONS };

KutipWebannoLayer *
kutip_webanno_layer_parse (const char *line, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    {
      g_auto (GStrv) words = NULL;
      KutipWebannoLayer *self;

      if (!g_str_has_prefix (line, prefixes[i]))
        continue;
      words = g_strsplit (line + strlen (prefixes[i]), "|", -1);
      if (words[0] == NULL || *words[0] == '\0')
        break;
      for (guint j = 0; words[j] != NULL; j++)
        if (!kutip_format_check_name (words[j], error))
          return NULL;
      self = kutip_webanno_layer_new ((KutipWebannoKind) i, words[0]);
      if (add_columns (self, words + 1))
        return self;
      kutip_webanno_layer_free (self);
      break;
    }
  g_set_error (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID,
               /* Translators: a line of a file */
               _ ("“%s” describes no layer"), line);
  return NULL;
}

void
kutip_webanno_layer_append (GString *out, const KutipWebannoLayer *self)
{
  g_string_append_printf (out, "%s%s", prefixes[self->kind], self->type);
  for (guint i = 0; i < self->columns->len; i++)
    {
      const KutipWebannoColumn *column =
          &g_array_index (self->columns, KutipWebannoColumn, i);

      switch (column->kind)
        {
        case KUTIP_WEBANNO_COLUMN_ROLES:
          g_string_append_printf (out, "|" KUTIP_WEBANNO_ROLE "%s:%s_%s", self->type,
                                  column->feature, column->type);
          break;
        case KUTIP_WEBANNO_COLUMN_TARGETS:
          g_string_append_printf (out, "|%s", column->type);
          break;
        case KUTIP_WEBANNO_COLUMN_SOURCE:
          g_string_append_printf (out, "|" KUTIP_WEBANNO_BASE "%s", column->type);
          break;
        case KUTIP_WEBANNO_COLUMN_MARK:
          g_string_append_c (out, '|');
          break;
        case KUTIP_WEBANNO_COLUMN_FEATURE:
        default:
          g_string_append_printf (out, "|%s", column->feature);
          break;
        }
    }
  g_string_append_c (out, '\n');
}

/* --- cells --- */

GPtrArray *
kutip_webanno_split (const char *cell, char separator)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func (g_free);
  const char *start = cell;

  for (const char *p = cell;; p++)
    {
      if (*p == '\\' && p[1] != '\0')
        {
          p++;
          continue;
        }
      if (*p != separator && *p != '\0')
        continue;
      g_ptr_array_add (parts, g_strndup (start, (gsize) (p - start)));
      if (*p == '\0')
        return parts;
      start = p + 1;
    }
}

/* The "[" of an id at the end, which is not escaped; NULL when there is none. */
static char *
find_id (char *value)
{
  gsize n = strlen (value);
  char *bracket = NULL;

  if (n < 3 || value[n - 1] != ']')
    return NULL;
  for (char *p = value; *p != '\0'; p++)
    if (*p == '\\' && p[1] != '\0')
      p++;
    else if (*p == '[')
      bracket = p;
  if (bracket == NULL || bracket + 2 >= value + n)
    return NULL;
  for (const char *p = bracket + 1; p < value + n - 1; p++)
    if (!g_ascii_isdigit (*p))
      return NULL;
  return bracket;
}

static void
clear_item (gpointer data)
{
  g_free (((KutipWebannoItem *) data)->value);
}

GArray *
kutip_webanno_parse_cell (const char *cell)
{
  g_autoptr (GPtrArray) parts = kutip_webanno_split (cell, '|');
  GArray *items = g_array_new (FALSE, TRUE, sizeof (KutipWebannoItem));

  g_array_set_clear_func (items, clear_item);
  for (guint i = 0; i < parts->len; i++)
    {
      KutipWebannoItem item = { g_strdup (g_ptr_array_index (parts, i)), FALSE, 0 };
      char *bracket = find_id (item.value);

      if (bracket != NULL)
        {
          item.id = g_ascii_strtoull (bracket + 1, NULL, 10);
          *bracket = '\0';
        }
      item.blank = strcmp (item.value, "_") == 0;
      if (item.blank || strcmp (item.value, "*") == 0)
        g_clear_pointer (&item.value, g_free);
      g_array_append_val (items, item);
    }
  return items;
}

char *
kutip_webanno_unescape (const char *value)
{
  GString *plain = g_string_new (NULL);

  for (const char *p = value; *p != '\0'; p++)
    {
      if (*p == '\\' && p[1] != '\0')
        {
          p++;
          g_string_append_c (plain, *p == 't'   ? '\t'
                                    : *p == 'n' ? '\n'
                                    : *p == 'r' ? '\r'
                                                : *p);
        }
      else
        g_string_append_c (plain, *p);
    }
  return g_string_free (plain, FALSE);
}

void
kutip_webanno_append_escaped (GString *out, const char *value)
{
  for (const char *p = value; *p != '\0'; p++)
    {
      if (*p == '\t' || *p == '\n' || *p == '\r')
        g_string_append_printf (out, "\\%c", *p == '\t' ? 't' : *p == '\n' ? 'n' : 'r');
      else if (strchr ("\\[]|_;*", *p) != NULL || (*p == '-' && p[1] == '>'))
        g_string_append_printf (out, "\\%c", *p);
      else
        g_string_append_c (out, *p);
    }
}

/* --- the text --- */

/* "uXXXX" at @p, perhaps the first of a pair; moves to its last character. 0: it is none.
 */
static gunichar
parse_unit (const char *p)
{
  gunichar unit = 0;

  for (guint i = 1; i <= 4; i++)
    {
      if (!g_ascii_isxdigit (p[i]))
        return 0;
      unit = unit * 16 + (gunichar) g_ascii_xdigit_value (p[i]);
    }
  return unit;
}

static const char *
append_unit (GString *plain, const char *p)
{
  gunichar c = parse_unit (p);
  gunichar low;

  if (c >= 0xd800 && c < 0xdc00 && p[5] == '\\' && p[6] == 'u' &&
      (low = parse_unit (p + 6)) >= 0xdc00 && low < 0xe000)
    {
      g_string_append_unichar (plain, 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00));
      return p + 10;
    }
  if (c == 0 || !g_unichar_validate (c))
    {
      g_string_append_c (plain, 'u');
      return p;
    }
  g_string_append_unichar (plain, c);
  return p + 4;
}

char *
kutip_webanno_unescape_text (const char *text, gboolean java)
{
  static const char letters[] = "trnfb";
  static const char characters[] = "\t\r\n\f\b";
  GString *plain = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    {
      const char *letter;

      if (*p != '\\' || p[1] == '\0')
        {
          g_string_append_c (plain, *p);
          continue;
        }
      p++;
      letter = strchr (letters, *p);
      if (java && *p == 'u')
        p = append_unit (plain, p);
      else
        g_string_append_c (plain, letter == NULL ? *p : characters[letter - letters]);
    }
  return g_string_free (plain, FALSE);
}

void
kutip_webanno_append_text (GString *out, const char *text, gsize n_bytes)
{
  for (const char *p = text; p < text + n_bytes; p++)
    switch (*p)
      {
      case '\t':
        g_string_append (out, "\\t");
        break;
      case '\r':
        g_string_append (out, "\\r");
        break;
      case '\n':
        g_string_append (out, "\n" KUTIP_WEBANNO_TEXT);
        break;
      case '\f':
        g_string_append (out, "\\f");
        break;
      case '\b':
        g_string_append (out, "\\b");
        break;
      case '\\':
        g_string_append (out, "\\\\");
        break;
      default:
        if ((guchar) *p < 0x20)
          g_string_append_c (out, '\\');
        g_string_append_c (out, *p);
        break;
      }
}
