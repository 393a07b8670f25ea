/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/journal.h"
#include "store/open.h"

static gpointer
share_opened (gpointer opened)
{
  return g_atomic_rc_box_acquire (opened);
}

G_DEFINE_BOXED_TYPE (KutipOpened, kutip_opened, share_opened, kutip_opened_free)

static void
clear_opened (gpointer data)
{
  KutipOpened *self = data;

  g_clear_object (&self->check);
  g_clear_object (&self->document);
  g_clear_object (&self->article_file);
  g_clear_object (&self->sidecar_file);
  g_clear_object (&self->tagset_file);
  g_clear_pointer (&self->made_with_name, g_free);
  g_clear_pointer (&self->made_with_version, g_free);
  g_clear_pointer (&self->came_from, g_free);
  g_clear_error (&self->tagset_error);
  g_clear_error (&self->sidecar_error);
  g_clear_error (&self->journal_error);
  g_clear_pointer (&self->outcomes, g_ptr_array_unref);
  g_clear_pointer (&self->journal, kutip_journal_close);
}

void
kutip_opened_free (KutipOpened *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, clear_opened);
}
