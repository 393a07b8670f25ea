/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <glib/gstdio.h>

G_BEGIN_DECLS

/* What a conversion is about to do in its output, step by step: a file in its stage,
 * written before anything is touched, so that the next run can take back what one that
 * was killed had begun. However many steps there are, they stay in that file.
 *
 * A line for each: its kind, three numbers that tell the new file, and its escaped name;
 * and "end" after the last. Without that nothing was begun. */
typedef struct _KutipPlan KutipPlan;

typedef enum
{
  KUTIP_STEP_FOLDER, /* is made */
  KUTIP_STEP_FILE,   /* is put in place, over another or not */
  KUTIP_STEP_DROP,   /* goes */
  KUTIP_N_STEP_KINDS
} KutipStepKind;

/* Which file it is, also under another name; size in bytes. */
typedef struct
{
  guint64 inode, size;
  gint64 mtime_ns;
} KutipIdentity;

typedef struct
{
  guint64 number; /* from 0 */
  KutipStepKind kind;
  char *name;             /* below the output */
  KutipIdentity identity; /* of the new file */
} KutipStep;

KutipIdentity kutip_identity_get (const GStatBuf *status);
gboolean kutip_identity_equal (const KutipIdentity *one, const KutipIdentity *other);

/* An empty one; @stage is the folder that it is in. NULL with errno set. */
KutipPlan *kutip_plan_new (const char *stage);
void kutip_plan_free (KutipPlan *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KutipPlan, kutip_plan_free)

/* @status: of a new file, or NULL. FALSE with errno set. */
gboolean kutip_plan_add (KutipPlan *self,
                         KutipStepKind kind,
                         const char *name,
                         const GStatBuf *status);
/* After the last step: the plan is on the disk then; with @all, also everything else that
 * was written there, at once, as file by file takes its time. FALSE with errno set. */
gboolean kutip_plan_end (KutipPlan *self, gboolean all);

/* One that a run has left; each line has been looked at. Without steps when it has not
 * come to its end. NULL when it cannot be read, or is none. */
KutipPlan *kutip_plan_read (const char *stage);

/* To before the first step, or to behind the last one. */
void kutip_plan_rewind (KutipPlan *self);
void kutip_plan_wind (KutipPlan *self);
/* The step behind, or before, the one that was told last; it is the plan's and stays
 * until the next call. NULL with errno 0: there is none; or with errno set. */
const KutipStep *kutip_plan_next (KutipPlan *self);
const KutipStep *kutip_plan_previous (KutipPlan *self);

/* Whether a stage has a plan that is still to be carried out, or taken back. */
gboolean kutip_plan_is_there (const char *stage);
/* Nothing was begun. */
void kutip_plan_remove (const char *stage);
/* From now on there is nothing to take back. FALSE with errno set. */
gboolean kutip_plan_retire (const char *stage);
/* There is, after all. */
gboolean kutip_plan_revive (const char *stage);
/* Whether a plan, retired or not, is called so. */
gboolean kutip_plan_is_name (const char *name);

G_END_DECLS
