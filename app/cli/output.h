/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The only place that prints: what was asked for goes to standard output, what went wrong
 * to standard error. */

void kutip_output_line (const char *format, ...) G_GNUC_PRINTF (1, 2);
/* "kutip-tool: …", to standard error. */
void kutip_output_failure (const char *format, ...) G_GNUC_PRINTF (1, 2);
/* A line of standard error as it is: "FILE: error: …". */
void kutip_output_finding (const char *format, ...) G_GNUC_PRINTF (1, 2);
/* A row of a table: a name, indented by @depth, and a number. */
void kutip_output_number (guint depth, const char *name, guint64 number);
/* A line on a terminal that the next one replaces, a few times a second; NULL takes it
 * away. Nothing where standard error is no terminal. */
void kutip_output_progress (const char *format, ...) G_GNUC_PRINTF (1, 2);
/* Once at the beginning: from now on, output into a pipe that nobody reads any more fails
 * like any other, so that nothing half-written stays of what else is done. */
void kutip_output_begin (void);
/* Whether there is no use in more of it. */
gboolean kutip_output_is_lost (void);
/* Once at the end: @status, or KUTIP_EXIT_FINDINGS when standard output could not be
 * written. */
int kutip_output_finish (int status);

/* One JSON document, a member or element a line. Zero to begin with. */
typedef struct
{
  guint depth;
  gboolean has_members; /* in the object or array that is open */
} KutipJsonOutput;

/* @name is NULL in an array and for the document itself. */
void kutip_json_output_open (KutipJsonOutput *self, const char *name, char bracket);
void kutip_json_output_close (KutipJsonOutput *self, char bracket);
/* @value need not be valid UTF-8: a file's name. */
void kutip_json_output_string (KutipJsonOutput *self,
                               const char *name,
                               const char *value);
void kutip_json_output_number (KutipJsonOutput *self, const char *name, guint64 value);
void kutip_json_output_boolean (KutipJsonOutput *self, const char *name, gboolean value);

G_END_DECLS
