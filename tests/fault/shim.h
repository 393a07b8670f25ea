/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Stands between the program and the C library: system calls fail, do only half of their
 * work, or end the program, at a chosen moment. Linked into a test program it is steered
 * by these functions; loaded with LD_PRELOAD into another, by the environment:
 * KUTIP_FAULT="OPERATION,NUMBER,ERRNO,MODE,PART-OF-PATH"; the file that KUTIP_FAULT_LOG
 * names then gets a byte for each fault, and while there is a file that
 * KUTIP_FAULT_SWITCH names, nothing fails. */

typedef enum
{
  FAULT_ONCE,   /* the call fails */
  FAULT_STICKY, /* it fails from then on, as on a full disk */
  FAULT_SHORT,  /* a write writes half; other calls are let through */
  FAULT_SIGNAL, /* before the call the program gets the signal that @code says */
} FaultMode;

/* NULL-terminated names of the operations that can fail. */
extern const char *const fault_operations[];

/* From now on the @number-th (from 1) call of @operation ("*": any,
 * "change": any that is no mere looking) that is about a path
 * with @part in it fails with @code. */
void fault_plan (
    const char *operation, guint number, int code, FaultMode mode, const char *part);
void fault_clear (void);
/* How many such calls were made, and how many failed. */
guint fault_get_n_calls (void);
guint fault_get_n_faults (void);

/* Calls that a kernel or file system without them would refuse: renameat2, linkat. */
void fault_forbid_exchange (gboolean exchange, gboolean link);

/* How far the clock on the wall is off, in seconds; the monotonic one goes on. */
void fault_set_clock (gint64 seconds);

/* What is done to files below a path, in order. */
typedef enum
{
  RECORD_CREATE,
  RECORD_WRITE,
  RECORD_TRUNCATE,
  RECORD_SYNC, /* of a file, or of a folder: then the names in it */
  RECORD_SYNC_ALL,
  RECORD_RENAME,
  RECORD_EXCHANGE,
  RECORD_LINK,
  RECORD_UNLINK,
  RECORD_MKDIR,
  RECORD_RMDIR,
  RECORD_MARK, /* made by the test: @name is what has been promised */
} RecordKind;

typedef struct
{
  RecordKind kind;
  char *name;     /* absolute */
  char *other;    /* the new name */
  goffset offset; /* of what is written; or the length that is left */
  GBytes *bytes;
} Record;

void fault_record (const char *part);
void fault_record_mark (const char *name);
/* Ends it; an array of Record. */
GPtrArray *fault_take_records (void);

G_END_DECLS
