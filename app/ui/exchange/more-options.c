/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/exchange/more-options.h"

#include "format/tagset/tagset-json.h"
#include "ui/exchange/kept-rows.h"
#include "ui/exchange/open-in-view.h"
#include "ui/exchange/path-row.h"
#include "ui/exchange/shipped-row.h"
#include "ui/sidebar/drop-down-look.h"

#include <glib/gi18n.h>

struct _KutipMoreOptions
{
  AdwPreferencesGroup parent_instance;

  gboolean reads;
  KutipTagset *tagset; /* that was read last */

  AdwExpanderRow *expander;
  KutipShippedRow *tagset_row;
  KutipPathRow *tagset_file_row;
  AdwComboRow *unit_row;
  GtkSwitch *strict_switch, *verify_switch, *keep_going_switch;
};

enum
{
  PROP_READS = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];
static guint accepted; /* signal */

G_DEFINE_FINAL_TYPE (KutipMoreOptions, kutip_more_options, ADW_TYPE_PREFERENCES_GROUP)

/* In the order of the row, and of KutipOffsetUnit. */
static const char *const units[] = { "auto", "code-points", "utf-16", "bytes", NULL };

static const KutipKeptRow rows[] = {
#define ROW(name, row, words)                                                            \
  {                                                                                      \
    name, G_STRUCT_OFFSET (KutipMoreOptions, row), words                                 \
  }
  ROW ("tagset", tagset_row, NULL),
  ROW ("tagset-file", tagset_file_row, NULL),
  ROW ("read-offset-unit", unit_row, units),
  ROW ("strict", strict_switch, NULL),
  ROW ("keep-going", keep_going_switch, NULL),
#undef ROW
};

static void
on_entry_activated (KutipMoreOptions *self)
{
  g_signal_emit (self, accepted, 0);
}

/* libadwaita 1.2 does not tell screen readers. */
static void
on_expanded (KutipMoreOptions *self)
{
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->expander),
                               GTK_ACCESSIBLE_STATE_EXPANDED,
                               adw_expander_row_get_expanded (self->expander), -1);
}

static void
set_reads (KutipMoreOptions *self, gboolean reads)
{
  self->reads = reads;
  gtk_widget_set_visible (GTK_WIDGET (self->unit_row), reads);
}

static void
kutip_more_options_get_property (GObject *object,
                                 guint id,
                                 GValue *value,
                                 GParamSpec *pspec)
{
  if (id == PROP_READS)
    g_value_set_boolean (value, KUTIP_MORE_OPTIONS (object)->reads);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
kutip_more_options_set_property (GObject *object,
                                 guint id,
                                 const GValue *value,
                                 GParamSpec *pspec)
{
  if (id == PROP_READS)
    set_reads (KUTIP_MORE_OPTIONS (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
kutip_more_options_finalize (GObject *object)
{
  g_clear_object (&KUTIP_MORE_OPTIONS (object)->tagset);
  G_OBJECT_CLASS (kutip_more_options_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *class)
{
  g_type_ensure (KUTIP_TYPE_PATH_ROW);
  g_type_ensure (KUTIP_TYPE_SHIPPED_ROW);
  gtk_widget_class_set_template_from_resource (
      class, "/org/kutip/Kutip/exchange/more-options.ui");
  gtk_widget_class_bind_template_child (class, KutipMoreOptions, expander);
  gtk_widget_class_bind_template_child (class, KutipMoreOptions, tagset_row);
  gtk_widget_class_bind_template_child (class, KutipMoreOptions, tagset_file_row);
  gtk_widget_class_bind_template_child (class, KutipMoreOptions, unit_row);
  gtk_widget_class_bind_template_child (class, KutipMoreOptions, strict_switch);
  gtk_widget_class_bind_template_child (class, KutipMoreOptions, verify_switch);
  gtk_widget_class_bind_template_child (class, KutipMoreOptions, keep_going_switch);
  gtk_widget_class_bind_template_callback (class, on_entry_activated);
  gtk_widget_class_bind_template_callback (class, on_expanded);
}

static void
kutip_more_options_class_init (KutipMoreOptionsClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = kutip_more_options_get_property;
  object_class->set_property = kutip_more_options_set_property;
  object_class->finalize = kutip_more_options_finalize;
  props[PROP_READS] = g_param_spec_boolean ("reads", NULL, NULL, FALSE,
                                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  accepted = g_signal_new ("accepted", KUTIP_TYPE_MORE_OPTIONS, G_SIGNAL_RUN_LAST, 0,
                           NULL, NULL, NULL, G_TYPE_NONE, 0);
  bind_template (GTK_WIDGET_CLASS (class));
}

static void
kutip_more_options_init (KutipMoreOptions *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  kutip_open_in_view (self->unit_row);
  kutip_drop_down_look_apply_row (self->unit_row);
  kutip_shipped_row_fill_tagsets (self->tagset_row, _ ("As it is"));
  set_reads (self, FALSE);
  on_expanded (self);
}

gboolean
kutip_more_options_read (KutipMoreOptions *self,
                         KutipConversion *conversion,
                         char **tagset_path)
{
  const char *name;

  g_return_val_if_fail (KUTIP_IS_MORE_OPTIONS (self), FALSE);

  *tagset_path = kutip_shipped_row_dup_path (self->tagset_row);
  if (kutip_shipped_row_wants_file (self->tagset_row) && *tagset_path == NULL)
    {
      kutip_more_options_blame_tagset (self);
      return FALSE;
    }
  name = kutip_shipped_row_get_name (self->tagset_row);
  g_clear_object (&self->tagset);
  self->tagset = name != NULL ? kutip_tagset_load_builtin (name) : NULL;
  conversion->options.tagset = self->tagset;
  conversion->strict = gtk_switch_get_active (self->strict_switch);
  conversion->no_verify = !gtk_switch_get_active (self->verify_switch);
  conversion->keep_going = gtk_switch_get_active (self->keep_going_switch);
  if (self->reads)
    conversion->options.offset_unit =
        (KutipOffsetUnit) adw_combo_row_get_selected (self->unit_row);
  return TRUE;
}

/* To a row that may be folded away. */
void
kutip_more_options_blame_tagset (KutipMoreOptions *self)
{
  g_return_if_fail (KUTIP_IS_MORE_OPTIONS (self));

  adw_expander_row_set_expanded (self->expander, TRUE);
  kutip_shipped_row_blame (self->tagset_row);
}

void
kutip_more_options_append (KutipMoreOptions *self, GString *lines)
{
  g_return_if_fail (KUTIP_IS_MORE_OPTIONS (self));
  kutip_kept_rows_append (rows, G_N_ELEMENTS (rows), self, lines);
}

void
kutip_more_options_set (KutipMoreOptions *self, const char *lines)
{
  g_return_if_fail (KUTIP_IS_MORE_OPTIONS (self));

  kutip_kept_rows_set (rows, G_N_ELEMENTS (rows), self, lines);
  adw_expander_row_set_expanded (
      self->expander, *kutip_shipped_row_get_choice (self->tagset_row) != '\0' ||
                          adw_combo_row_get_selected (self->unit_row) > 0 ||
                          gtk_switch_get_active (self->strict_switch) ||
                          !gtk_switch_get_active (self->keep_going_switch));
}
