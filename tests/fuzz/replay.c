/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

/* Runs a fuzzer's target on the inputs in a file, one in base64 on each line, and on
 * every beginning of each: so what fuzzing found stays found in every build. With a
 * folder as the second argument it writes the inputs there instead, as the fuzzer wants
 * them. */

static void
replay_input (const guint8 *bytes, gsize n_bytes)
{
  for (gsize n = 0; n <= n_bytes; n++)
    {
      /* Without a byte behind it, so that a sanitizer sees what is read beyond. */
      g_autofree guint8 *input = g_memdup2 (bytes, n);

      LLVMFuzzerTestOneInput (input, n);
    }
}

static void
unpack_input (const guint8 *bytes, gsize n_bytes, const char *folder, guint number)
{
  g_autofree char *path = g_strdup_printf ("%s/%04u", folder, number);
  g_autoptr (GError) error = NULL;

  if (!g_file_set_contents (path, (const char *) bytes, (gssize) n_bytes, &error))
    g_error ("%s", error->message);
}

int
main (int argc, char **argv)
{
  g_autofree char *contents = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;
  guint n_inputs = 0;

  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR);
  if (argc < 2 || !g_file_get_contents (argv[1], &contents, NULL, &error))
    g_error ("%s", error != NULL ? error->message : "replay FILE [FOLDER]");
  lines = g_strsplit (contents, "\n", -1);
  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      gsize n_bytes;
      g_autofree guint8 *bytes = g_base64_decode (lines[i], &n_bytes);

      if (argc > 2)
        unpack_input (bytes, n_bytes, argv[2], i);
      else
        replay_input (bytes, n_bytes);
      n_inputs++;
    }
  g_print ("%u inputs\n", n_inputs);
  return n_inputs > 0 ? 0 : 1;
}
