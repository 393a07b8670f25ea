/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/convert/convert-made-up.h"

#include "format/tagset/tagset-json.h"

#include <string.h>

struct _KutipConvertMadeUp
{
  KutipTagsetGather *gather;
  KutipTagset *tagset; /* the first, or NULL */
  gboolean is_mixed;   /* there are others */
  KutipReport *losses;
};

KutipConvertMadeUp *
kutip_convert_made_up_new (gboolean all)
{
  KutipConvertMadeUp *self = g_new0 (KutipConvertMadeUp, 1);

  self->gather = kutip_tagset_gather_new ();
  self->losses = kutip_report_new ();
  if (all)
    kutip_report_set_limit (self->losses, G_MAXUINT);
  return self;
}

void
kutip_convert_made_up_free (KutipConvertMadeUp *self)
{
  if (self == NULL)
    return;
  kutip_tagset_gather_free (self->gather);
  g_clear_object (&self->tagset);
  kutip_report_free (self->losses);
  g_free (self);
}

gboolean
kutip_convert_made_up_add (KutipConvertMadeUp *self, KutipRecord *record)
{
  if (record->tagset == NULL ||
      g_strcmp0 (kutip_tagset_get_name (record->tagset), KUTIP_TAGSET_GATHER_NAME) != 0)
    return FALSE;
  /* Even of sidecars nothing more is asked than what they mark. */
  kutip_tagset_gather_add (self->gather, record, FALSE);
  return TRUE;
}

static gboolean
is_same (KutipTagset *a, KutipTagset *b)
{
  g_autofree char *json = NULL;
  g_autofree char *other = NULL;

  if (a == b)
    return TRUE;
  json = kutip_tagset_to_json (a);
  other = kutip_tagset_to_json (b);
  return strcmp (json, other) == 0;
}

void
kutip_convert_made_up_wait (KutipConvertMadeUp *self,
                            KutipTagset *tagset,
                            KutipReport *losses)
{
  kutip_report_take (self->losses, losses);
  if (self->tagset == NULL)
    self->tagset = g_object_ref (tagset);
  self->is_mixed = self->is_mixed || !is_same (self->tagset, tagset);
}

KutipReport *
kutip_convert_made_up_finish (KutipConvertMadeUp *self)
{
  g_autoptr (KutipTagset) made = NULL;

  if (self->tagset == NULL)
    return NULL;
  made = kutip_tagset_gather_finish (self->gather, NULL);
  return !self->is_mixed && made != NULL && is_same (made, self->tagset) ? NULL
                                                                         : self->losses;
}
