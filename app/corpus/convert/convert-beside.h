/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "corpus/convert/convert-memory.h"
#include "corpus/convert/convert-staging.h"

G_BEGIN_DECLS

/* Stages what stands beside a stream, the files of @sink that have a name, to be beside
 * the file @output, called as that is: "tasks.config.xml" for "tasks.json", where @suffix
 * is
 * ".json". Nowhere when the stream has no file (NULL or "-"). */
gboolean kutip_convert_store_beside (KutipStaging *staging,
                                     KutipMemorySink *sink,
                                     const char *output,
                                     const char *suffix,
                                     GError **error);

G_END_DECLS
