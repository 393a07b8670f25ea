/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/exchange/shipped-row.h"

#include "corpus/rename.h"
#include "format/tagset/tagset-json.h"
#include "ui/exchange/open-in-view.h"
#include "ui/exchange/wrong-row.h"
#include "ui/sidebar/drop-down-look.h"

#include <glib/gi18n.h>
#include <string.h>

#define FILE_CHOICE "file"

struct _KutipShippedRow
{
  AdwComboRow parent_instance;

  KutipPathRow *file_row;
  char **names;        /* of those that are shipped */
  gboolean is_filling; /* nobody chooses */
};

enum
{
  PROP_FILE_ROW = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (KutipShippedRow, kutip_shipped_row, ADW_TYPE_COMBO_ROW)

static guint
count_names (KutipShippedRow *self)
{
  return self->names != NULL ? g_strv_length (self->names) : 0;
}

/* Once the list is away, which gives the focus back to the row. */
static gboolean
focus_file_row (GtkWidget *row, GdkFrameClock *clock, gpointer data)
{
  KutipShippedRow *self = KUTIP_SHIPPED_ROW (row);

  if (kutip_shipped_row_wants_file (self))
    gtk_widget_grab_focus (GTK_WIDGET (self->file_row));
  return G_SOURCE_REMOVE;
}

static void
show_file_row (KutipShippedRow *self)
{
  gboolean wanted = kutip_shipped_row_wants_file (self);

  if (self->file_row == NULL)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->file_row), wanted);
  kutip_wrong_row_mark (GTK_WIDGET (self->file_row), FALSE);
  if (wanted && !self->is_filling)
    gtk_widget_add_tick_callback (GTK_WIDGET (self), focus_file_row, NULL, NULL);
}

static void
on_file_changed (GtkWidget *file_row)
{
  kutip_wrong_row_mark (file_row, FALSE);
}

static void
set_file_row (KutipShippedRow *self, KutipPathRow *row)
{
  g_clear_object (&self->file_row);
  if (row == NULL)
    return;
  self->file_row = g_object_ref (row);
  g_signal_connect (row, "changed", G_CALLBACK (on_file_changed), NULL);
  show_file_row (self);
}

static void
kutip_shipped_row_get_property (GObject *object,
                                guint id,
                                GValue *value,
                                GParamSpec *pspec)
{
  if (id == PROP_FILE_ROW)
    g_value_set_object (value, KUTIP_SHIPPED_ROW (object)->file_row);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
kutip_shipped_row_set_property (GObject *object,
                                guint id,
                                const GValue *value,
                                GParamSpec *pspec)
{
  if (id == PROP_FILE_ROW)
    set_file_row (KUTIP_SHIPPED_ROW (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
kutip_shipped_row_dispose (GObject *object)
{
  g_clear_object (&KUTIP_SHIPPED_ROW (object)->file_row);
  G_OBJECT_CLASS (kutip_shipped_row_parent_class)->dispose (object);
}

static void
kutip_shipped_row_finalize (GObject *object)
{
  g_strfreev (KUTIP_SHIPPED_ROW (object)->names);
  G_OBJECT_CLASS (kutip_shipped_row_parent_class)->finalize (object);
}

static void
kutip_shipped_row_class_init (KutipShippedRowClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = kutip_shipped_row_get_property;
  object_class->set_property = kutip_shipped_row_set_property;
  object_class->dispose = kutip_shipped_row_dispose;
  object_class->finalize = kutip_shipped_row_finalize;
  props[PROP_FILE_ROW] = g_param_spec_object ("file-row", NULL, NULL, KUTIP_TYPE_PATH_ROW,
                                              G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
kutip_shipped_row_init (KutipShippedRow *self)
{
  kutip_open_in_view (ADW_COMBO_ROW (self));
  kutip_drop_down_look_apply_row (ADW_COMBO_ROW (self));
  g_signal_connect (self, "notify::selected", G_CALLBACK (show_file_row), NULL);
}

void
kutip_shipped_row_fill (KutipShippedRow *self,
                        const char *none,
                        const char *const *names,
                        KutipShippedTitleFunc get_title)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  g_autoptr (GStrvBuilder) offered = g_strv_builder_new ();

  g_return_if_fail (KUTIP_IS_SHIPPED_ROW (self));

  gtk_string_list_append (titles, none);
  for (guint i = 0; names[i] != NULL; i++)
    if (get_title (names[i]) != NULL)
      {
        g_strv_builder_add (offered, names[i]);
        gtk_string_list_append (titles, get_title (names[i]));
      }
  gtk_string_list_append (titles, _ ("A file…"));
  g_strfreev (self->names);
  self->names = g_strv_builder_end (offered);
  self->is_filling = TRUE;
  adw_combo_row_set_model (ADW_COMBO_ROW (self), G_LIST_MODEL (titles));
  self->is_filling = FALSE;
}

const char *
kutip_shipped_row_get_name (KutipShippedRow *self)
{
  guint i;

  g_return_val_if_fail (KUTIP_IS_SHIPPED_ROW (self), NULL);

  i = adw_combo_row_get_selected (ADW_COMBO_ROW (self));
  return i > 0 && i <= count_names (self) ? self->names[i - 1] : NULL;
}

gboolean
kutip_shipped_row_wants_file (KutipShippedRow *self)
{
  g_return_val_if_fail (KUTIP_IS_SHIPPED_ROW (self), FALSE);
  return self->names != NULL &&
         adw_combo_row_get_selected (ADW_COMBO_ROW (self)) == count_names (self) + 1;
}

KutipPathRow *
kutip_shipped_row_get_file_row (KutipShippedRow *self)
{
  g_return_val_if_fail (KUTIP_IS_SHIPPED_ROW (self), NULL);
  return self->file_row;
}

char *
kutip_shipped_row_dup_path (KutipShippedRow *self)
{
  g_autoptr (GFile) file = kutip_shipped_row_wants_file (self)
                               ? kutip_path_row_dup_file (self->file_row)
                               : NULL;

  return file != NULL ? g_file_get_path (file) : NULL;
}

void
kutip_shipped_row_blame (KutipShippedRow *self)
{
  g_return_if_fail (KUTIP_IS_SHIPPED_ROW (self));

  kutip_wrong_row_mark (GTK_WIDGET (self->file_row), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->file_row));
}

const char *
kutip_shipped_row_get_choice (KutipShippedRow *self)
{
  const char *name = kutip_shipped_row_get_name (self);

  if (name != NULL)
    return name;
  return kutip_shipped_row_wants_file (self) ? FILE_CHOICE : "";
}

void
kutip_shipped_row_set_choice (KutipShippedRow *self, const char *choice)
{
  guint n = count_names (self);

  g_return_if_fail (KUTIP_IS_SHIPPED_ROW (self));

  self->is_filling = TRUE;
  if (*choice == '\0')
    adw_combo_row_set_selected (ADW_COMBO_ROW (self), 0);
  if (strcmp (choice, FILE_CHOICE) == 0)
    adw_combo_row_set_selected (ADW_COMBO_ROW (self), n + 1);
  for (guint i = 0; i < n; i++)
    if (strcmp (choice, self->names[i]) == 0)
      adw_combo_row_set_selected (ADW_COMBO_ROW (self), i + 1);
  self->is_filling = FALSE;
}

/* --- what is shipped --- */

static const char *
get_map_title (const char *name)
{
  static const struct
  {
    const char *name, *title;
  } titles[] = {
    { "polnear-to-kutip", N_ ("PolNeAR’s events to quotes") },
    { "kutip-to-polnear", N_ ("Quotes to PolNeAR’s events") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    if (strcmp (titles[i].name, name) == 0)
      return _ (titles[i].title);
  return name;
}

void
kutip_shipped_row_fill_maps (KutipShippedRow *self)
{
  kutip_shipped_row_fill (self, _ ("Keep them"), kutip_renaming_list_builtin (),
                          get_map_title);
}

/* The one without a label is there to begin a study with, and no output is for it. */
static const char *
get_tagset_title (const char *name)
{
  g_autoptr (KutipTagset) tagset = kutip_tagset_load_builtin (name);

  if (strcmp (name, "empty") == 0)
    return NULL;
  /* Another string than the tag set's own, which goes with it. */
  return _ (g_intern_string (kutip_tagset_get_name (tagset)));
}

void
kutip_shipped_row_fill_tagsets (KutipShippedRow *self, const char *none)
{
  kutip_shipped_row_fill (self, none, kutip_tagset_list_builtin (), get_tagset_title);
}
