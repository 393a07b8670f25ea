/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/corpus/entry-row.h"

#include "ui/foreign-words.h"
#include "ui/tooltip.h"

#include <glib/gi18n.h>

/* Code points: there are files of one line. */
#define MOST_TITLE_CHARS 300

enum
{
  CLICKED,
  N_SIGNALS
};

struct _KutipEntryRow
{
  GtkWidget parent_instance;

  KutipEntry *entry;
  GSignalGroup *entry_signals;

  GtkImage *state;
  GtkLabel *name;
  GtkLabel *title;
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KutipEntryRow, kutip_entry_row, GTK_TYPE_WIDGET)

/* How a status is shown: never by colour alone. */
typedef struct
{
  const char *icon;
  const char *words;
} StatusLook;

static const StatusLook looks[] = {
  [KUTIP_STATUS_NEW] = { "kutip-new-symbolic", N_ ("new") },
  [KUTIP_STATUS_IN_PROGRESS] = { "kutip-in-progress-symbolic", N_ ("in progress") },
  [KUTIP_STATUS_DONE] = { "kutip-done-symbolic", N_ ("done") },
};

static void
show_entry (KutipEntryRow *self)
{
  const StatusLook *look;
  g_autofree char *name = NULL;
  g_autofree char *title = NULL;
  g_autofree char *words = NULL;
  g_autofree char *tooltip = NULL;

  if (self->entry == NULL)
    return;

  look = &looks[kutip_entry_get_status (self->entry)];
  name = kutip_foreign_words (kutip_entry_get_name (self->entry), 0);
  title = kutip_foreign_words (kutip_entry_get_title (self->entry), MOST_TITLE_CHARS);
  gtk_image_set_from_icon_name (self->state, look->icon);
  gtk_label_set_label (self->name, name);
  /* A row is as high before its title is known as after. */
  gtk_label_set_label (self->title, title != NULL ? title : " ");
  /* Translators: %1$s is an article's name, %2$s how far it is ("done"). */
  words = g_strdup_printf (_ ("%1$s, %2$s"), name, _ (look->words));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words, -1);
  tooltip = title != NULL ? g_strdup_printf ("%s\n%s", title, words) : g_strdup (words);
  kutip_tooltip_set (GTK_WIDGET (self), tooltip);
}

static void
on_released (KutipEntryRow *self, int n_press)
{
  if (n_press == 1)
    g_signal_emit (self, signals[CLICKED], 0);
}

static void
kutip_entry_row_dispose (GObject *object)
{
  KutipEntryRow *self = KUTIP_ENTRY_ROW (object);
  GtkWidget *child;

  g_clear_object (&self->entry_signals);
  g_clear_object (&self->entry);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (kutip_entry_row_parent_class)->dispose (object);
}

static void
kutip_entry_row_class_init (KutipEntryRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kutip_entry_row_dispose;
  signals[CLICKED] =
      g_signal_new ("clicked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/kutip/Kutip/corpus/entry-row.ui");
  gtk_widget_class_bind_template_child (widget_class, KutipEntryRow, state);
  gtk_widget_class_bind_template_child (widget_class, KutipEntryRow, name);
  gtk_widget_class_bind_template_child (widget_class, KutipEntryRow, title);
  gtk_widget_class_bind_template_callback (widget_class, on_released);
}

static void
kutip_entry_row_init (KutipEntryRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->entry_signals = g_signal_group_new (KUTIP_TYPE_ENTRY);
  g_signal_group_connect_swapped (self->entry_signals, "notify", G_CALLBACK (show_entry),
                                  self);
}

GtkWidget *
kutip_entry_row_new (void)
{
  return g_object_new (KUTIP_TYPE_ENTRY_ROW, NULL);
}

void
kutip_entry_row_set_entry (KutipEntryRow *self, KutipEntry *entry)
{
  g_return_if_fail (KUTIP_IS_ENTRY_ROW (self));

  if (!g_set_object (&self->entry, entry))
    return;
  g_signal_group_set_target (self->entry_signals, entry);
  show_entry (self);
}

KutipEntry *
kutip_entry_row_get_entry (KutipEntryRow *self)
{
  g_return_val_if_fail (KUTIP_IS_ENTRY_ROW (self), NULL);
  return self->entry;
}

void
kutip_entry_row_set_open (KutipEntryRow *self, gboolean open)
{
  g_return_if_fail (KUTIP_IS_ENTRY_ROW (self));

  if (open)
    gtk_widget_add_css_class (GTK_WIDGET (self), "open");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "open");
}
