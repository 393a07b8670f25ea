/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/output.h"
#include "corpus/convert/convert.h"

G_BEGIN_DECLS

/* What the commands that convert have in common: their options, and how they tell what
 * came of it. */

/* @own, and the options that are common; free with g_free(). */
GOptionEntry *kutip_conversion_join_entries (const GOptionEntry *own);

/* NULL when @name is. FALSE after having said that there is no such format. */
gboolean kutip_conversion_find_format (const char *name, const KutipFormat **format);
/* Whether @option, if it is @given, @belongs to the format. FALSE after having said that
 * it does not. */
gboolean kutip_conversion_check_option (const char *option,
                                        gboolean given,
                                        gboolean belongs,
                                        const KutipFormat *to);
/* Whether @conversion can write its format, into a folder or not, with the options for
 * how it is written. FALSE after having said why not. */
gboolean kutip_conversion_check_formats (const KutipConversion *conversion);
/* What the options say. FALSE after having said what is wrong. */
gboolean kutip_conversion_take_options (KutipConversion *conversion);
/* Loads what the options name; what it sets stays until the program ends. FALSE with
 * @error for what cannot be loaded. */
gboolean kutip_conversion_load (KutipConversion *conversion, GError **error);
/* The last part of what --map says, or NULL. Owned. */
char *kutip_conversion_dup_map_name (void);
gboolean kutip_conversion_is_json (void);
gboolean kutip_conversion_is_quiet (void);
/* Whether --losses says standard output. */
gboolean kutip_conversion_prints_losses (void);
/* Whether what the options name can be where they say, beside the output, which is NULL
 * or "-" for standard output; @prints_result: something may go there. FALSE after having
 * said why not. */
gboolean kutip_conversion_check_places (const char *output, gboolean prints_result);

/* Lists losses, warnings and failures; @error becomes one of these. FALSE when there were
 * any. */
gboolean kutip_conversion_tell (const KutipConversion *conversion,
                                KutipConversionResult *result,
                                const GError *error);
/* Numbers, losses, warnings and failures as members of an open object. */
void kutip_conversion_print_members (KutipJsonOutput *out,
                                     const KutipConversionResult *result);

G_END_DECLS
