/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/whole-clicks.h"

#define KEY "kutip-whole-clicks"
#define BUTTONS                                                                          \
  (GDK_BUTTON1_MASK | GDK_BUTTON2_MASK | GDK_BUTTON3_MASK | GDK_BUTTON4_MASK |           \
   GDK_BUTTON5_MASK)

/* What is pressed is active up to its release, and so is all that it is in. */
static gboolean
is_pressed (GtkWidget *widget)
{
  return (gtk_widget_get_state_flags (widget) & GTK_STATE_FLAG_ACTIVE) != 0;
}

/* Only what GTK makes up has no time. */
static gboolean
is_made_up (GdkEvent *event)
{
  return gdk_event_get_event_type (event) == GDK_MOTION_NOTIFY &&
         gdk_event_get_time (event) == GDK_CURRENT_TIME;
}

static gboolean
on_event (GtkEventController *controller, GdkEvent *event, gpointer data)
{
  return is_made_up (event) && (gdk_event_get_modifier_state (event) & BUTTONS) == 0 &&
         is_pressed (gtk_event_controller_get_widget (controller));
}

/* A popover has the pointer for itself: its window hears nothing of it. */
static gboolean
on_realize (GSignalInvocationHint *hint, guint n, const GValue *values, gpointer data)
{
  GtkWidget *widget = g_value_get_object (&values[0]);
  GtkEventController *controller;

  if (!GTK_IS_NATIVE (widget) || g_object_get_data (G_OBJECT (widget), KEY) != NULL)
    return TRUE;
  controller = gtk_event_controller_legacy_new ();
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect (controller, "event", G_CALLBACK (on_event), NULL);
  gtk_widget_add_controller (widget, controller);
  g_object_set_data (G_OBJECT (widget), KEY, controller);
  return TRUE;
}

void
kutip_whole_clicks_keep (void)
{
  g_type_class_unref (g_type_class_ref (GTK_TYPE_WIDGET));
  g_signal_add_emission_hook (g_signal_lookup ("realize", GTK_TYPE_WIDGET), 0, on_realize,
                              NULL, NULL);
}
