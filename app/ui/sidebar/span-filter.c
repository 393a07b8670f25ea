/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/sidebar/span-filter.h"

#include <string.h>

struct _KutipSpanFilter
{
  gboolean any_label;
  GPtrArray *labels;       /* interned names */
  KutipTagset *unknown_to; /* or NULL */
  GArray *needle;          /* folded gunichars; NULL: any text */
  GArray *haystack;        /* kept between spans, so that 100,000 of them need no 100,000
                              allocations */
};

/* @c folded, or parts of it: lower case without accents. */
static void
append_char (GArray *folded, gunichar c)
{
  gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
  gsize n_parts;

  if (c < 0x80)
    {
      c = (gunichar) g_ascii_tolower ((char) c);
      g_array_append_val (folded, c);
      return;
    }

  n_parts = g_unichar_fully_decompose (c, FALSE, parts, G_N_ELEMENTS (parts));
  for (gsize i = 0; i < n_parts; i++)
    if (!g_unichar_ismark (parts[i]))
      {
        gunichar lower = g_unichar_tolower (parts[i]);

        g_array_append_val (folded, lower);
      }
}

/* Appends @utf8 folded, each stretch of white space as one space. */
static void
append_folded (GArray *folded, const char *utf8, gsize n_bytes)
{
  const char *end = utf8 + n_bytes;
  const gunichar space = ' ';
  gboolean after_space = TRUE;

  for (const char *p = utf8; p < end; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_isspace (c))
        append_char (folded, c);
      else if (!after_space)
        g_array_append_val (folded, space);
      after_space = g_unichar_isspace (c);
    }
}

static gboolean
contains (GArray *haystack, GArray *needle)
{
  const gunichar *hay = (const gunichar *) (gpointer) haystack->data;
  const gunichar *wanted = (const gunichar *) (gpointer) needle->data;

  for (guint i = 0; i + needle->len <= haystack->len; i++)
    if (hay[i] == wanted[0] &&
        memcmp (hay + i, wanted, needle->len * sizeof *wanted) == 0)
      return TRUE;
  return FALSE;
}

static void
fold_words (GArray *folded, KutipText *text, KutipSpan *span)
{
  const KutipRange *ranges = kutip_span_get_ranges (span);
  const gunichar space = ' ';
  KutipSpanFields fields = KUTIP_SPAN_FIELDS_INIT;

  if (kutip_span_is_orphan (span))
    kutip_span_get_fields (span, &fields);

  for (guint i = 0; i < kutip_span_get_n_ranges (span); i++)
    {
      if (i > 0)
        g_array_append_val (folded, space);
      if (fields.texts != NULL)
        append_folded (folded, fields.texts[i], strlen (fields.texts[i]));
      else
        {
          gsize n_bytes;
          const char *words = kutip_text_peek_range (text, ranges[i], &n_bytes);

          append_folded (folded, words, n_bytes);
        }
    }
}

static gboolean
matches_label (KutipSpanFilter *self, KutipSpan *span)
{
  const char *label = kutip_span_get_label (span);

  return self->any_label || g_ptr_array_find (self->labels, label, NULL) ||
         (self->unknown_to != NULL &&
          kutip_tagset_get_label (self->unknown_to, label) == NULL);
}

static gboolean
matches_text (KutipSpanFilter *self, KutipText *text, KutipSpan *span)
{
  const char *note = kutip_span_get_note (span);

  if (self->needle == NULL)
    return TRUE;

  g_array_set_size (self->haystack, 0);
  fold_words (self->haystack, text, span);
  if (contains (self->haystack, self->needle))
    return TRUE;
  if (note == NULL)
    return FALSE;

  g_array_set_size (self->haystack, 0);
  append_folded (self->haystack, note, strlen (note));
  return contains (self->haystack, self->needle);
}

KutipSpanFilter *
kutip_span_filter_new (const char *const *labels,
                       KutipTagset *unknown_to,
                       const char *text)
{
  g_autofree char *stripped = text != NULL ? g_strstrip (g_strdup (text)) : NULL;
  gboolean any_label = (labels == NULL || labels[0] == NULL) && unknown_to == NULL;
  gboolean any_text = stripped == NULL || *stripped == '\0';
  KutipSpanFilter *self;

  if (any_label && any_text)
    return NULL;

  self = g_new0 (KutipSpanFilter, 1);
  self->any_label = any_label;
  self->labels = g_ptr_array_new ();
  for (guint i = 0; labels != NULL && labels[i] != NULL; i++)
    g_ptr_array_add (self->labels, (gpointer) g_intern_string (labels[i]));
  if (unknown_to != NULL)
    self->unknown_to = g_object_ref (unknown_to);
  if (!any_text)
    {
      self->needle = g_array_new (FALSE, FALSE, sizeof (gunichar));
      self->haystack = g_array_new (FALSE, FALSE, sizeof (gunichar));
      append_folded (self->needle, stripped, strlen (stripped));
      /* Nothing but accents: there is no letter left to look for. */
      if (self->needle->len == 0)
        g_clear_pointer (&self->needle, g_array_unref);
    }
  return self;
}

void
kutip_span_filter_free (KutipSpanFilter *self)
{
  g_clear_pointer (&self->labels, g_ptr_array_unref);
  g_clear_object (&self->unknown_to);
  g_clear_pointer (&self->needle, g_array_unref);
  g_clear_pointer (&self->haystack, g_array_unref);
  g_free (self);
}

gboolean
kutip_span_filter_matches (KutipSpanFilter *self, KutipText *text, KutipSpan *span)
{
  return matches_label (self, span) && matches_text (self, text, span);
}
