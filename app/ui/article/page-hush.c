/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/article/page-view-private.h"

/* GtkTextView asks for another size whenever a line turns out to be of another height,
 * though it is scrolled and gets the size it had: GTK measures and allocates the whole
 * window anew then, and asks the display twice for the room there is, before the text is
 * painted. When a page is loaded, its view is given its size by itself
 * (kutip_page_view_lay_out()), so that nothing of this is needed.
 *
 * It is the text view's layout, an object of GTK's own, that tells of such lines. Where
 * it cannot be found, as in another version of GTK, nothing is spared, and nothing is
 * wrong. */

#define LAYOUT_TYPE "GtkTextLayout"
#define LAYOUT_SIGNAL "changed"

/* Of all text views' layouts the one that has told this view. */
static gboolean
on_any_layout (GSignalInvocationHint *hint,
               guint n_values,
               const GValue *values,
               gpointer data)
{
  KutipPageView *self = data;
  gpointer layout = g_value_peek_pointer (&values[0]);

  if (g_signal_handler_find (layout, G_SIGNAL_MATCH_ID | G_SIGNAL_MATCH_DATA,
                             hint->signal_id, 0, NULL, NULL, self) == 0)
    return TRUE;
  g_set_weak_pointer (&self->layout, layout);
  self->layout_hook = 0;
  return FALSE;
}

static void
look_for_layout (KutipPageView *self)
{
  GType type = g_type_from_name (LAYOUT_TYPE);

  if (type == 0 || self->layout_hook != 0)
    return;
  self->layout_signal = g_signal_lookup (LAYOUT_SIGNAL, type);
  if (self->layout_signal != 0)
    self->layout_hook =
        g_signal_add_emission_hook (self->layout_signal, 0, on_any_layout, self, NULL);
}

void
kutip_page_view_hush (KutipPageView *self)
{
  if (self->layout == NULL)
    look_for_layout (self);
  else
    g_signal_handlers_block_matched (self->layout,
                                     G_SIGNAL_MATCH_ID | G_SIGNAL_MATCH_DATA,
                                     self->layout_signal, 0, NULL, NULL, self);
  self->is_hushed = self->layout != NULL;
}

/* It may have been found meanwhile. */
void
kutip_page_view_unhush (KutipPageView *self)
{
  if (self->is_hushed && self->layout != NULL)
    g_signal_handlers_unblock_matched (self->layout,
                                       G_SIGNAL_MATCH_ID | G_SIGNAL_MATCH_DATA,
                                       self->layout_signal, 0, NULL, NULL, self);
  self->is_hushed = FALSE;
}

void
kutip_page_view_forget_layout (KutipPageView *self)
{
  g_clear_weak_pointer (&self->layout);
  if (self->layout_hook != 0)
    g_signal_remove_emission_hook (self->layout_signal, self->layout_hook);
  self->layout_hook = 0;
}
