/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  KUTIP_COLOR_SCHEME_SYSTEM,
  KUTIP_COLOR_SCHEME_LIGHT,
  KUTIP_COLOR_SCHEME_DARK,
} KutipColorScheme;

#define KUTIP_TYPE_COLOR_SCHEME (kutip_color_scheme_get_type ())
GType kutip_color_scheme_get_type (void) G_GNUC_CONST;

#define KUTIP_TYPE_PREFERENCES (kutip_preferences_get_type ())
G_DECLARE_FINAL_TYPE (KutipPreferences, kutip_preferences, KUTIP, PREFERENCES, GObject)

/* What a person has chosen, kept between runs by GSettings. Where the settings' schema is
 * not installed the choices hold for this run only, and the program works all the same.
 *
 * Properties (read-write, notify): "font" (a family), "text-size" (guint, points),
 * "line-height" (double, of the font's own), "measure" (guint, characters),
 * "color-scheme" (KutipColorScheme), "annotator" (string, "" for none), "dataset"
 * (string: exchange/dataset-group.h), "export", "import" (string: exchange/kept-rows.h),
 * "show-links", "show-articles", "show-annotations",
 * "window-maximized" (gboolean), "window-width", "window-height" (int, pixels),
 * "articles-width", "annotations-width" (int, pixels; 0: as the window is wide). */
KutipPreferences *kutip_preferences_new (void);
/* FALSE: they are forgotten when the program ends. */
gboolean kutip_preferences_are_kept (KutipPreferences *self);
/* NULL for a person who works without a name. */
const char *kutip_preferences_get_annotator (KutipPreferences *self);
guint kutip_preferences_get_text_size (KutipPreferences *self);
KutipColorScheme kutip_preferences_get_color_scheme (KutipPreferences *self);

G_END_DECLS
