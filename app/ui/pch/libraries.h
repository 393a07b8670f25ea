/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is compiled once for all the files beside it (meson.build), and not to be
 * included: each file includes what it needs, and is built without this one, too. */
#include <adwaita.h>
#include <glib/gi18n.h>
