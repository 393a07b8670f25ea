/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/sidebar/span-history.h"

#include "model/iso-date.h"
#include "ui/foreign-words.h"

#include <glib/gi18n.h>
#include <math.h>

/* Code points shown of what stands in a file. */
#define MOST_NAME_CHARS 80

char *
kutip_span_history_format_time (const char *time)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) parsed = g_date_time_new_from_iso8601 (time, utc);
  g_autoptr (GDateTime) local = parsed != NULL ? g_date_time_to_local (parsed) : NULL;

  return local != NULL ? kutip_iso_date_format_time (local) : g_strdup (time);
}

static void
add_line (GString *lines, char *line)
{
  if (lines->len > 0)
    g_string_append_c (lines, '\n');
  g_string_append (lines, line);
  g_free (line);
}

static void
add_times (GString *lines, const KutipSpanFields *fields)
{
  if (fields->created != NULL)
    {
      g_autofree char *time = kutip_span_history_format_time (fields->created);

      /* Translators: %s is a date and time. */
      add_line (lines, g_strdup_printf (_ ("Marked on %s"), time));
    }
  if (fields->modified != NULL && g_strcmp0 (fields->modified, fields->created) != 0)
    {
      g_autofree char *time = kutip_span_history_format_time (fields->modified);

      /* Translators: %s is a date and time. */
      add_line (lines, g_strdup_printf (_ ("Changed on %s"), time));
    }
}

static void
add_origin (GString *lines, const KutipSpanFields *fields)
{
  g_autofree char *by = kutip_foreign_words (fields->origin_by, MOST_NAME_CHARS);

  if (by == NULL)
    return;

  if (isnan (fields->origin_score))
    /* Translators: %s is the name of a rule, a model or an importer. */
    add_line (lines, g_strdup_printf (_ ("Comes from %s"), by));
  else
    /* Translators: %1$s is the name of a rule or a model, %2$.2f how sure it was, from 0
     * to 1. */
    add_line (lines, g_strdup_printf (_ ("Comes from %1$s (score %2$.2f)"), by,
                                      fields->origin_score));
}

char *
kutip_span_history_describe (KutipSpan *span)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  KutipSpanFields fields = KUTIP_SPAN_FIELDS_INIT;

  kutip_span_get_fields (span, &fields);
  for (guint i = 0; i < fields.n_links; i++)
    {
      const KutipSpanLink *link = &fields.links[i];

      g_autofree char *base = kutip_foreign_words (link->base, MOST_NAME_CHARS);
      g_autofree char *id = kutip_foreign_words (link->id, MOST_NAME_CHARS);
      g_autofree char *title = kutip_foreign_words (link->title, MOST_NAME_CHARS);

      add_line (lines, g_strdup_printf ("%s %s%s%s", base, id, title != NULL ? ": " : "",
                                        title != NULL ? title : ""));
    }
  add_times (lines, &fields);
  add_origin (lines, &fields);
  return lines->len > 0 ? g_strdup (lines->str) : NULL;
}
