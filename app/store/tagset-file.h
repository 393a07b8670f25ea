/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/tagset.h"
#include "store/stamp.h"

G_BEGIN_DECLS

/* A tag set on disk, with its guidelines, as it was when it was read. */
typedef struct
{
  GFile *file;
  KutipStamp stamp;       /* "absent" when there was none */
  KutipTagset *tagset;    /* NULL: there was none, or it cannot be used */
  GError *error;          /* why */
  GFile *guidelines_file; /* NULL: it names none, or one that is not in its folder */
  KutipStamp guidelines_stamp;
  char *guidelines;         /* Markdown; NULL: there are none, or they cannot be read */
  GError *guidelines_error; /* why they cannot: then none are written over them */
} KutipTagsetFile;

/* What is named "guidelines" when a tag set has none yet. */
#define KUTIP_TAGSET_FILE_GUIDELINES "guidelines.md"
#define KUTIP_TAGSET_FILE_NAME "tagset.json"

/* Never NULL: what is wrong is said in "error". Guidelines are only looked for in the
 * tag set's folder and those below, and are not read over a megabyte. */
KutipTagsetFile *kutip_tagset_file_read (GFile *file, GCancellable *cancellable);
void kutip_tagset_file_free (KutipTagsetFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipTagsetFile, kutip_tagset_file_free)

/* The guidelines' file name, as the tag set should have it when it has guidelines. */
char *kutip_tagset_file_dup_guidelines_name (KutipTagsetFile *self);
/* Writes the guidelines (unless they are NULL or what was read), then the tag set, each
 * atomically, and only over what was read: G_IO_ERROR_WRONG_ETAG when somebody else has
 * changed it since. What could not be used is kept under another name first. */
gboolean kutip_tagset_file_write (KutipTagsetFile *self,
                                  KutipTagset *tagset,
                                  const char *guidelines,
                                  GError **error);

G_END_DECLS
