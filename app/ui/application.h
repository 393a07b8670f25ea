/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/preferences.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define KUTIP_TYPE_APPLICATION (kutip_application_get_type ())
G_DECLARE_FINAL_TYPE (
    KutipApplication, kutip_application, KUTIP, APPLICATION, AdwApplication)

/* The program: its command line, its windows, and what is not about one of them. */
KutipApplication *kutip_application_new (void);
KutipPreferences *kutip_application_get_preferences (KutipApplication *self);

G_END_DECLS
