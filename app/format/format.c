/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/format.h"

#include "text/digest.h"

#include <glib/gi18n.h>
#include <string.h>

G_DEFINE_QUARK (kutip - format - error - quark, kutip_format_error)

KutipRecord *
kutip_record_new (const char *path, KutipArticle *article)
{
  KutipRecord *self = g_new0 (KutipRecord, 1);

  self->path = g_strdup (path);
  self->article = g_object_ref (article);
  self->layers = g_ptr_array_new_with_free_func (g_object_unref);
  return self;
}

KutipLayer *
kutip_record_make_untouched_layer (void)
{
  KutipHeaderFields fields = { .status = KUTIP_STATUS_NEW };
  g_autoptr (KutipHeader) header = kutip_header_new (&fields);

  return kutip_layer_new (header);
}

gboolean
kutip_record_is_untouched_layer (KutipLayer *layer)
{
  g_autoptr (KutipLayer) untouched = kutip_record_make_untouched_layer ();

  return kutip_layer_equal (layer, untouched);
}

gboolean
kutip_sink_take (KutipSink *self, const char *name, GString *bytes, GError **error)
{
  gboolean written;

  if (self->take != NULL)
    return self->take (self, name, bytes, error);
  written = self->append (self, name, bytes->str, bytes->len, error);
  g_string_free (bytes, TRUE);
  return written;
}

void
kutip_record_free (KutipRecord *self)
{
  if (self == NULL)
    return;
  g_free (self->path);
  g_clear_object (&self->article);
  g_ptr_array_unref (self->layers);
  g_clear_object (&self->tagset);
  g_free (self);
}

KutipArticle *
kutip_record_make_article (const char *path, KutipText *text)
{
  const KutipCharset utf8 = { .name = "UTF-8" };
  g_autofree char *file = g_path_get_basename (path);
  gsize n_bytes;
  const char *bytes = kutip_text_get_utf8 (text, &n_bytes);
  char sha256[KUTIP_DIGEST_SIZE];

  kutip_digest (bytes, n_bytes, sha256);
  /* Of a path that is nothing but slashes. */
  if (strchr (file, '/') != NULL)
    *file = '-';
  return kutip_article_new (text, file, sha256, &utf8);
}

KutipLayer *
kutip_record_begin_layer (KutipRecord *self, guint nth, KutipReport *report)
{
  KutipLayer *layer = g_ptr_array_index (self->layers, nth);

  kutip_report_set_annotator (
      report, kutip_header_get_fields (kutip_layer_get_header (layer))->annotator);
  return layer;
}

char *
kutip_record_make_annotator_part (const char *name)
{
  GString *valid = g_string_new (NULL);

  for (const char *c = name; c != NULL && *c != '\0' && valid->len < 56; c++)
    g_string_append_c (valid, g_ascii_isalnum (*c) || *c == '_' || *c == '-' ? *c : '_');
  return g_string_free (valid, FALSE);
}

gboolean
kutip_record_names_annotator (const char *name, const char *wanted)
{
  g_autofree char *part = kutip_record_make_annotator_part (name);

  return g_strcmp0 (name != NULL ? name : "", wanted) == 0 || strcmp (part, wanted) == 0;
}

char *
kutip_record_make_annotator (KutipRecord *record,
                             const char *name,
                             GHashTable *taken,
                             KutipReport *report)
{
  g_autofree char *part = kutip_record_make_annotator_part (name);
  GString *valid = g_string_new (part);
  gsize n = valid->len;
  guint number = 1;

  while (g_hash_table_contains (taken, valid->str))
    {
      g_string_truncate (valid, n);
      g_string_append_printf (valid, "%s%u", n == 0 ? "annotator-" : "-", ++number);
    }
  if (report != NULL && strcmp (valid->str, name == NULL ? "" : name) != 0)
    kutip_report_add (report, KUTIP_REPORT_LOSS, "annotator-name", record->path, NULL, 0,
                      name);
  g_hash_table_add (taken, g_strdup (valid->str));
  return g_string_free (valid, FALSE);
}

void
kutip_source_let_go (KutipSource *source)
{
  if (source->let_go != NULL)
    source->let_go (source);
}

KutipSpillFunc
kutip_source_get_spill (KutipSource *source)
{
  return source->spill != NULL ? source->spill : kutip_spill_new_in_memory;
}

GBytes *
kutip_source_fetch_text (KutipSource *source, const char *name, GError **error)
{
  static const char *const endings[] = { "", ".txt", NULL };

  if (source->fetch_text != NULL)
    return source->fetch_text (source, name, error);
  for (guint i = 0; name != NULL && endings[i] != NULL; i++)
    {
      g_autofree char *relative = g_strconcat (name, endings[i], NULL);
      g_autoptr (GError) local = NULL;
      GBytes *bytes = source->fetch (source, relative, &local);

      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      if (bytes != NULL)
        return bytes;
    }
  return NULL;
}

gboolean
kutip_format_check_name (const char *name, GError **error)
{
  gsize n = strlen (name);

  if (n <= KUTIP_FORMAT_MOST_NAME)
    return TRUE;
  g_set_error (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID,
               _ ("a name is %1$lu bytes long, and at most %2$u are read"), (gulong) n,
               KUTIP_FORMAT_MOST_NAME);
  return FALSE;
}
