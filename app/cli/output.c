/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/output.h"

#include "cli/exit-status.h"
#include "format/json/json.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

/* Columns that a table's names take. */
#define NAME_COLUMNS 32
/* Between two lines of progress, in microseconds. */
#define PROGRESS_INTERVAL 200000

/* A line of progress stands on the terminal. */
static gboolean progress_is_shown;
/* Why standard output could not be written, or 0. */
static int lost;

/* Soon after it was written: errno tells why. */
static void
note_loss (void)
{
  if (lost == 0 && ferror (stdout))
    lost = errno != 0 ? errno : EIO;
}

void
kutip_output_begin (void)
{
  signal (SIGPIPE, SIG_IGN);
}

gboolean
kutip_output_is_lost (void)
{
  return lost != 0;
}

static void
clear_progress (void)
{
  if (progress_is_shown)
    fputs ("\r\033[K", stderr);
  progress_is_shown = FALSE;
}

/* What comes from a file must not command the terminal. In UTF-8, its commands are the
 * characters before the space, but for TAB and LF, and those from 7F to 9F. */
static void
mask_commands (char *line)
{
  for (char *p = line; *p != '\0'; p++)
    {
      guchar c = (guchar) *p, next = (guchar) p[1];

      if ((c < 0x20 && c != '\t' && c != '\n') || c == 0x7f)
        *p = '?';
      else if (c == 0xc2 && next >= 0x80 && next < 0xa0)
        p[0] = p[1] = '?';
    }
}

static void print_line (FILE *stream,
                        const char *prefix,
                        const char *format,
                        va_list arguments) G_GNUC_PRINTF (3, 0);

static void
print_line (FILE *stream, const char *prefix, const char *format, va_list arguments)
{
  g_autofree char *line = g_strdup_vprintf (format, arguments);

  mask_commands (line);
  clear_progress ();
  fprintf (stream, "%s%s\n", prefix, line);
  note_loss ();
}

void
kutip_output_line (const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  print_line (stdout, "", format, arguments);
  va_end (arguments);
}

void
kutip_output_failure (const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  print_line (stderr, "kutip-tool: ", format, arguments);
  va_end (arguments);
}

void
kutip_output_finding (const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  print_line (stderr, "", format, arguments);
  va_end (arguments);
}

void
kutip_output_progress (const char *format, ...)
{
  static gint64 last;
  static int is_terminal = -1; /* asked once: this is called for each article */
  gint64 now;
  va_list arguments;

  if (is_terminal < 0)
    is_terminal = isatty (STDERR_FILENO);
  if (!is_terminal)
    return;
  now = g_get_monotonic_time ();
  if (format != NULL && now - last < PROGRESS_INTERVAL)
    return;
  last = now;
  clear_progress ();
  progress_is_shown = format != NULL;
  if (!progress_is_shown)
    return;
  va_start (arguments, format);
  vfprintf (stderr, format, arguments);
  va_end (arguments);
  fflush (stderr);
}

static guint
count_columns (const char *text)
{
  guint n = 0;

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (!g_unichar_iszerowidth (character))
        n += g_unichar_iswide (character) ? 2 : 1;
    }
  return n;
}

void
kutip_output_number (guint depth, const char *name, guint64 number)
{
  g_autofree char *shown = g_utf8_make_valid (name, -1);
  guint used = 2 * depth + count_columns (shown);
  guint padding = used < NAME_COLUMNS ? NAME_COLUMNS - used : 1;

  printf ("%*s%s%*s%10" G_GUINT64_FORMAT "\n", (int) (2 * depth), "", shown,
          (int) padding, "", number);
}

int
kutip_output_finish (int status)
{
  if (fflush (stdout) == 0 && !ferror (stdout))
    return status;
  note_loss ();
  kutip_output_failure (_ ("The output could not be written: %s"), g_strerror (lost));
  return KUTIP_EXIT_FINDINGS;
}

static void
begin_member (KutipJsonOutput *self, const char *name)
{
  g_autoptr (GString) quoted = g_string_new (NULL);

  note_loss ();
  if (self->depth > 0)
    printf ("%s\n%*s", self->has_members ? "," : "", (int) (2 * self->depth), "");
  self->has_members = TRUE;
  if (name == NULL)
    return;
  kutip_json_append_string (quoted, name);
  printf ("%s: ", quoted->str);
}

void
kutip_json_output_open (KutipJsonOutput *self, const char *name, char bracket)
{
  begin_member (self, name);
  putchar (bracket);
  self->depth++;
  self->has_members = FALSE;
}

void
kutip_json_output_close (KutipJsonOutput *self, char bracket)
{
  g_return_if_fail (self->depth > 0);

  self->depth--;
  if (self->has_members)
    printf ("\n%*s", (int) (2 * self->depth), "");
  putchar (bracket);
  self->has_members = TRUE;
  if (self->depth == 0)
    putchar ('\n');
}

void
kutip_json_output_string (KutipJsonOutput *self, const char *name, const char *value)
{
  g_autofree char *valid = g_utf8_make_valid (value, -1);
  g_autoptr (GString) quoted = g_string_new (NULL);

  begin_member (self, name);
  kutip_json_append_string (quoted, valid);
  fputs (quoted->str, stdout);
}

void
kutip_json_output_number (KutipJsonOutput *self, const char *name, guint64 value)
{
  begin_member (self, name);
  printf ("%" G_GUINT64_FORMAT, value);
}

void
kutip_json_output_boolean (KutipJsonOutput *self, const char *name, gboolean value)
{
  begin_member (self, name);
  fputs (value ? "true" : "false", stdout);
}
