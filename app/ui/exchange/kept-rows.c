/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/exchange/kept-rows.h"

#include "ui/exchange/shipped-row.h"

#include <string.h>

#define YES "yes"
#define NO "no"

static const char *
get_value (const KutipKeptRow *row, gpointer widget)
{
  if (KUTIP_IS_SHIPPED_ROW (widget))
    return kutip_shipped_row_get_choice (widget);
  if (row->words != NULL)
    return row->words[adw_combo_row_get_selected (widget)];
  if (GTK_IS_SWITCH (widget))
    return gtk_switch_get_active (widget) ? YES : NO;
  return gtk_editable_get_text (widget);
}

static void
set_value (const KutipKeptRow *row, gpointer widget, const char *value)
{
  if (KUTIP_IS_SHIPPED_ROW (widget))
    kutip_shipped_row_set_choice (widget, value);
  else if (GTK_IS_SWITCH (widget))
    gtk_switch_set_active (widget, strcmp (value, YES) == 0);
  else if (row->words == NULL)
    gtk_editable_set_text (widget, value);
  for (guint i = 0; row->words != NULL && row->words[i] != NULL; i++)
    if (strcmp (row->words[i], value) == 0)
      adw_combo_row_set_selected (widget, i);
}

void
kutip_kept_rows_append (const KutipKeptRow *rows,
                        guint n_rows,
                        gpointer owner,
                        GString *lines)
{
  for (guint i = 0; i < n_rows; i++)
    g_string_append_printf (
        lines, "%s=%s\n", rows[i].name,
        get_value (&rows[i], G_STRUCT_MEMBER (gpointer, owner, rows[i].offset)));
}

void
kutip_kept_rows_set (const KutipKeptRow *rows,
                     guint n_rows,
                     gpointer owner,
                     const char *lines)
{
  g_auto (GStrv) parts = g_strsplit (lines, "\n", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      char *value = strchr (parts[i], '=');

      if (value == NULL)
        continue;
      *value++ = '\0';
      for (guint j = 0; j < n_rows; j++)
        if (strcmp (parts[i], rows[j].name) == 0)
          set_value (&rows[j], G_STRUCT_MEMBER (gpointer, owner, rows[j].offset), value);
    }
}
