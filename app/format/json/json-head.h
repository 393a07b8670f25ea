/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The strings of the JSON value that a file begins with, of which its first kilobytes are
 * enough: to tell whose it is by the names of its members, and not by words that an
 * article or another tool's values may have just as well. */
typedef struct
{
  const char *position, *end;
  guint depth; /* of the objects and arrays that are open */
  /* What was found: as it stands between its quotation marks. */
  const char *word;
  gsize n_word;
  gboolean is_name;
} KutipJsonHead;

/* @bytes may begin with a byte order mark and white space. */
void kutip_json_head_init (KutipJsonHead *self, const char *bytes, gsize n_bytes);
/* FALSE behind the value, at the end of @bytes, and at what is no JSON. */
gboolean kutip_json_head_next (KutipJsonHead *self);

/* Whether there is a member @name in no more than @most_depth objects and arrays: 1 for
 * those of the value itself, 2 for those of objects in a list, 0 for all. */
gboolean kutip_json_head_has (const char *bytes,
                              gsize n_bytes,
                              const char *name,
                              guint most_depth);
/* The same for one of several, NULL-terminated. */
gboolean kutip_json_head_has_one_of (const char *bytes,
                                     gsize n_bytes,
                                     const char *const *names,
                                     guint most_depth);
/* Whether a member @name, wherever it is, is a string that begins so, or a list with
 * one. */
gboolean kutip_json_head_has_value (const char *bytes,
                                    gsize n_bytes,
                                    const char *name,
                                    const char *start);

G_END_DECLS
