/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/free-later.h"

/* What is freed at a time. */
#define STEP 1000

static gboolean
free_some (gpointer data)
{
  GPtrArray *objects = data;

  g_ptr_array_set_size (objects, (int) (objects->len - MIN (objects->len, STEP)));
  return objects->len > 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

void
kutip_free_later (GPtrArray *objects)
{
  g_return_if_fail (objects != NULL);

  if (objects->len <= STEP)
    g_ptr_array_unref (objects);
  else
    g_idle_add_full (G_PRIORITY_LOW, free_some, objects,
                     (GDestroyNotify) g_ptr_array_unref);
}
