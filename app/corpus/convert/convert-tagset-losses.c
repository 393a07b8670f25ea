/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/convert/convert-tagset-losses.h"

#include "format/tagset/tagset-json.h"
#include "format/tagset/tagset-losses.h"

#include <string.h>

/* So many are compared with the output's; of what is beyond it is told as a whole. */
#define MOST 100

typedef struct
{
  KutipTagset *tagset;
  char *path; /* of the first article that has it, or NULL */
} Met;

struct _KutipConvertTagsetLosses
{
  KutipTagsetGather *gather; /* of articles whose tag set is called as one made up */
  GArray *met;               /* Met, none twice */
  GHashTable *digests;       /* of their JSON */
  KutipTagset *last; /* that was added, or NULL: most have that of the one before */
  KutipReport *beyond;
  gboolean all;
};

static void
clear_met (gpointer data)
{
  Met *met = data;

  g_object_unref (met->tagset);
  g_free (met->path);
}

KutipConvertTagsetLosses *
kutip_convert_tagset_losses_new (gboolean all)
{
  KutipConvertTagsetLosses *self = g_new0 (KutipConvertTagsetLosses, 1);

  self->all = all;
  self->gather = kutip_tagset_gather_new ();
  self->met = g_array_new (FALSE, FALSE, sizeof (Met));
  g_array_set_clear_func (self->met, clear_met);
  self->digests = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->beyond = kutip_report_new ();
  return self;
}

void
kutip_convert_tagset_losses_free (KutipConvertTagsetLosses *self)
{
  if (self == NULL)
    return;
  kutip_tagset_gather_free (self->gather);
  g_array_unref (self->met);
  g_hash_table_unref (self->digests);
  g_clear_object (&self->last);
  kutip_report_free (self->beyond);
  g_free (self);
}

static gboolean
is_called_made_up (KutipTagset *tagset)
{
  return g_strcmp0 (kutip_tagset_get_name (tagset), KUTIP_TAGSET_MADE_UP) == 0;
}

void
kutip_convert_tagset_losses_gather (KutipConvertTagsetLosses *self, KutipRecord *record)
{
  /* Even of sidecars nothing more is asked than what they mark. */
  if (record->tagset != NULL && is_called_made_up (record->tagset))
    kutip_tagset_gather_add (self->gather, record, FALSE);
}

void
kutip_convert_tagset_losses_add (KutipConvertTagsetLosses *self,
                                 KutipTagset *tagset,
                                 const char *path)
{
  g_autofree char *json = NULL;
  char *digest;
  Met met;

  if (tagset == self->last)
    return;
  g_set_object (&self->last, tagset);
  json = kutip_tagset_to_json (tagset);
  digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, json, -1);
  if (g_hash_table_contains (self->digests, digest))
    {
      g_free (digest);
      return;
    }
  if (self->met->len == MOST)
    {
      g_free (digest);
      kutip_tagset_report_losses (tagset, NULL, path, self->beyond);
      return;
    }
  g_hash_table_add (self->digests, digest);
  met = (Met){ g_object_ref (tagset), g_strdup (path) };
  g_array_append_val (self->met, met);
}

/* If it is the only one, and what would be made up now. */
static gboolean
is_made_up (KutipConvertTagsetLosses *self, KutipTagset *tagset)
{
  g_autoptr (KutipTagset) made = NULL;
  g_autofree char *json = NULL;
  g_autofree char *other = NULL;

  if (self->met->len != 1 || !is_called_made_up (tagset))
    return FALSE;
  made = kutip_tagset_gather_finish (self->gather, NULL);
  if (made == NULL)
    return FALSE;
  json = kutip_tagset_to_json (tagset);
  other = kutip_tagset_to_json (made);
  return strcmp (json, other) == 0;
}

/* What is not on the disk beside a stream is nowhere. */
static KutipMemoryFile *
find_file (const KutipFormat *to, const char *output, KutipMemorySink *sink)
{
  gboolean in_stream = output == NULL || strcmp (output, "-") == 0;

  return sink == NULL || (in_stream && to->tagset_beside)
             ? NULL
             : kutip_memory_sink_find (sink, to->tagset_file);
}

gboolean
kutip_convert_tagset_losses_report (KutipConvertTagsetLosses *self,
                                    const KutipFormat *to,
                                    const char *output,
                                    KutipTagset *tagset,
                                    KutipMemorySink *sink,
                                    KutipReport *report,
                                    GError **error)
{
  KutipMemoryFile *file = find_file (to, output, sink);
  g_autoptr (KutipReport) reading = kutip_report_new ();
  g_autoptr (KutipTagset) read = NULL;
  const char *bytes;
  gsize n;

  if (file != NULL)
    {
      bytes = kutip_memory_file_view (file, &n, error);
      if (bytes == NULL)
        return FALSE;
      tagset = read = to->read_tagset (bytes, n, to->tagset_file, reading, NULL);
    }
  if (self->all)
    kutip_report_set_limit (report, G_MAXUINT);
  for (guint i = 0; i < self->met->len; i++)
    {
      const Met *met = &g_array_index (self->met, Met, i);

      if (!is_made_up (self, met->tagset))
        kutip_tagset_report_losses (met->tagset, tagset, met->path, report);
    }
  kutip_report_take (report, self->beyond);
  return TRUE;
}
