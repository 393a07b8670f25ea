/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/check.h"
#include "model/document.h"
#include "store/anchor.h"
#include "store/stamp.h"

G_BEGIN_DECLS

#define KUTIP_TYPE_OPENED (kutip_opened_get_type ())

typedef struct _KutipJournal KutipJournal;

/* Articles and sidecars over this are refused. */
#define KUTIP_OPEN_MAX_BYTES ((gsize) 1 << 30)

/* What came of opening an article: the document, and all that a person should be told.
 * Owned by whoever opened it; fields are read-only. */
typedef struct
{
  KutipDocument *document;
  KutipCheck *check; /* of the document; NULL unless it was opened by kutip_open_async():
                        it looks at every span, which the caller should not wait for */
  GFile *article_file;
  GFile *sidecar_file;
  KutipStamp article_stamp;
  KutipStamp sidecar_stamp; /* what the sidecar was when it was read; "absent" when there
                               was none */
  GError *tagset_error;     /* tagset.json is broken; the default is used */
  GFile *tagset_file;       /* NULL: the built-in default */
  char tagset_sha256[KUTIP_DIGEST_SIZE]; /* of that file's content; "" without one */
  /* The tag set that the annotations were saved with, when it is another one, or another
   * version, than that in effect; else NULL. */
  char *made_with_name, *made_with_version;
  GError *sidecar_error; /* it does not parse or cannot be read; the document is empty,
                            and saving first keeps it under another name */
  gboolean newer_format; /* read-only for that reason */
  gboolean locked_elsewhere; /* another window or program has it open: read-only */
  gboolean text_changed;     /* the article is not the one the sidecar was written for */
  guint n_kept, n_moved, n_approximate, n_orphans; /* spans, when it has changed */
  GPtrArray *outcomes; /* of KutipAnchorOutcome: the spans that did not stay; NULL when it
                          has not changed */
  gboolean recovered;  /* unsaved work of an earlier run has been put back */
  char *came_from; /* that work was done to the article of this path, on another disk, and
                      is kept there too; NULL: it was done to this one */
  KutipJournal *journal; /* taken over by the saver; NULL without one */
  GError *journal_error; /* there is none, so a crash would lose what is not saved; or
                            what an earlier run left does not fit and was set aside */
} KutipOpened;

GType kutip_opened_get_type (void) G_GNUC_CONST;
void kutip_opened_free (KutipOpened *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipOpened, kutip_opened_free)

/* The article's text is there; reading goes on. */
typedef void (*KutipOpenTextFunc) (KutipArticle *article, gpointer data);

typedef struct
{
  const char *charset;       /* NULL: found */
  const char *annotator;     /* NULL: the sidecar without a name */
  gboolean no_journal;       /* only to look at: neither lock nor recovery */
  gboolean from_other_disks; /* unsaved work is found too if it was done to such a file on
                                another disk: for those who tell @came_from */
  /* Called as soon as there is a text to show, before the sidecar is read, unless both
   * are so short that it makes no difference (NULL: not);
   * kutip_open_async() calls it in the caller's main context, unless cancelled, and reads
   * on when that has nothing more urgent to do than to be idle: when the text is painted.
   * The document will be of this very article. */
  KutipOpenTextFunc text_ready;
  gpointer text_ready_data;
} KutipOpenOptions;

/* Opens an article (or, given a sidecar, the article it belongs to): reads, decodes,
 * reads the sidecar, finds moved spans again, loads the tag set, replays the journal.
 * Errors only when there is no article to show: they name the file and the reason.
 * @options may be NULL. */
KutipOpened *kutip_open (GFile *file,
                         const KutipOpenOptions *options,
                         GCancellable *cancellable,
                         GError **error);
void kutip_open_async (GFile *file,
                       const KutipOpenOptions *options,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer data);
KutipOpened *kutip_open_finish (GAsyncResult *result, GError **error);

/* The tag set for articles in @folder: tagset.json there or in the nearest folder above,
 * else the built-in default. @file (may be NULL) is where it was found, or NULL; @error
 * says why that file could not be used, with the default returned all the same. */
KutipTagset *kutip_open_tagset (GFile *folder,
                                GFile **file,
                                GCancellable *cancellable,
                                GError **error);

G_END_DECLS
