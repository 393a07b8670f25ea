/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/export/export-field.h"

#include <string.h>

#define DAY_LENGTH 10 /* of "2023-07-01" */

/* Members of the header that are called like themselves. */
static const struct
{
  const char *name;
  gsize offset;
} members[] = {
  { "language", G_STRUCT_OFFSET (KutipHeaderFields, language) },
  { "title", G_STRUCT_OFFSET (KutipHeaderFields, title) },
  { "author", G_STRUCT_OFFSET (KutipHeaderFields, author) },
  { "date", G_STRUCT_OFFSET (KutipHeaderFields, date) },
  { "publisher", G_STRUCT_OFFSET (KutipHeaderFields, publisher) },
  { "url", G_STRUCT_OFFSET (KutipHeaderFields, url) },
  { "annotator", G_STRUCT_OFFSET (KutipHeaderFields, annotator) },
};

static const char *
get_from_header (const KutipHeaderFields *header, const char *name)
{
  const char *value;

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (strcmp (members[i].name, name) == 0)
      return G_STRUCT_MEMBER (const char *, header, members[i].offset);
  if (strcmp (name, "status") == 0)
    return kutip_status_to_string (header->status);
  value = kutip_attributes_get_string (header->attributes, name);
  /* A flag. */
  return value != NULL && *value == '\0' ? "true" : value;
}

static char *
dup_value (const char *name, const char *value)
{
  return strcmp (name, "date") == 0 ? g_strndup (value, DAY_LENGTH) : g_strdup (value);
}

char *
kutip_export_get_field (KutipRecord *record, const char *name)
{
  if (strcmp (name, "folder") == 0)
    return g_path_get_dirname (record->path);
  for (guint i = 0; i < record->layers->len; i++)
    {
      KutipHeader *header = kutip_layer_get_header (record->layers->pdata[i]);
      const char *value = get_from_header (kutip_header_get_fields (header), name);

      if (value != NULL && *value != '\0')
        return dup_value (name, value);
    }
  return NULL;
}

static void
add_value (GPtrArray *values, const char *name, const char *value)
{
  g_autofree char *copy = value == NULL ? NULL : dup_value (name, value);

  if (copy != NULL && *copy != '\0' &&
      !g_ptr_array_find_with_equal_func (values, copy, g_str_equal, NULL))
    g_ptr_array_add (values, g_steal_pointer (&copy));
}

static int
compare_strings (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char **
kutip_export_list_field (KutipRecord *record, const char *name)
{
  GPtrArray *values = g_ptr_array_new ();
  g_autofree char *first = kutip_export_get_field (record, name);

  add_value (values, name, first);
  for (guint i = 0; i < record->layers->len && strcmp (name, "folder") != 0; i++)
    {
      const KutipHeaderFields *header =
          kutip_header_get_fields (kutip_layer_get_header (record->layers->pdata[i]));
      const char *value = get_from_header (header, name);
      KutipAttribute attribute;

      add_value (values, name, value);
      /* The first of a list is in place. */
      if (value != NULL &&
          kutip_attributes_lookup (header->attributes, name, &attribute) &&
          value == attribute.values[0])
        for (guint j = 1; attribute.values[j] != NULL; j++)
          add_value (values, name, attribute.values[j]);
    }
  g_ptr_array_sort (values, compare_strings);
  g_ptr_array_add (values, NULL);
  return (char **) g_ptr_array_free (values, FALSE);
}

/* How much of @date is a year, year and month, or day; 0 when it is none. */
static gsize
measure_date (const char *date)
{
  static const char form[] = "0000-00-00";
  gsize n = 0;

  while (n < DAY_LENGTH && date[n] != '\0' &&
         (form[n] == '0' ? g_ascii_isdigit (date[n]) : date[n] == '-'))
    n++;
  if ((n != 4 && n != 7 && n != DAY_LENGTH) ||
      (date[n] != '\0' && (n < DAY_LENGTH || (date[n] != 'T' && date[n] != ' '))))
    return 0;
  return n;
}

char *
kutip_export_parse_day (const char *date)
{
  gsize n = measure_date (date);
  g_autofree char *day = g_strdup_printf ("%.*s%s", (int) n, date, &"0000-01-01"[n]);
  guint year, month, number;

  if (n == 0)
    return NULL;
  year = (guint) g_ascii_strtoull (day, NULL, 10);
  month = (guint) g_ascii_strtoull (day + 5, NULL, 10);
  number = (guint) g_ascii_strtoull (day + 8, NULL, 10);
  if (!g_date_valid_dmy ((GDateDay) number, (GDateMonth) month, (GDateYear) year))
    return NULL;
  return g_steal_pointer (&day);
}

gboolean
kutip_export_compare_day (const char *date, const char *day, gboolean *is_before)
{
  gsize n = measure_date (date);
  g_autofree char *first = kutip_export_parse_day (date);
  int order;

  if (first == NULL)
    return FALSE;
  order = strncmp (date, day, n);
  *is_before = order < 0;
  /* "2023" is not before 2023-01-01, and nobody knows whether it is before 2023-07-01. */
  return order != 0 || strcmp (first, day) >= 0;
}
