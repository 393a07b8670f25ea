/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/conll/conll.h"

#include "format/formats.h"

#include <glib/gi18n.h>
#include <string.h>

static gboolean
begins_with (const char *line, const char *end, const char *prefix)
{
  gsize n = strlen (prefix);

  return (gsize) (end - line) >= n && memcmp (line, prefix, n) == 0;
}

/* A document reaches to the next -DOCSTART-, or to the next "# doc" behind rows. */
static gsize
next_unit (const char *bytes, gsize n_bytes, gboolean at_end)
{
  const char *end = bytes + n_bytes;
  gboolean any = FALSE;   /* a row, or what else makes it a document */
  gboolean named = FALSE; /* by a "# doc" */

  for (const char *line = bytes; line < end;)
    {
      const char *newline = memchr (line, '\n', (gsize) (end - line));

      /* Whether it begins a document cannot be told before it is all there. */
      if (newline == NULL && !at_end)
        return 0;
      if (any && begins_with (line, end, KUTIP_CONLL_START))
        return (gsize) (line - bytes);
      if (begins_with (line, end, KUTIP_CONLL_DOC))
        {
          if (named)
            return (gsize) (line - bytes);
          named = TRUE;
          any = TRUE;
        }
      else if (*line != '\n' && *line != '\r' && *line != '#' &&
               !begins_with (line, end, KUTIP_CONLL_START))
        any = TRUE;
      line = newline == NULL ? end : newline + 1;
    }
  return at_end ? n_bytes : 0;
}

static const char *const suffixes[] = { ".conll", ".iob", ".iob2", ".bio", NULL };

static KutipMatch
recognise (const char *name, const char *head, gsize n_head)
{
  if (n_head > 0 && begins_with (head, head + n_head, KUTIP_CONLL_START))
    return KUTIP_MATCH_YES;
  for (guint i = 0; suffixes[i] != NULL; i++)
    if (g_str_has_suffix (name, suffixes[i]))
      return KUTIP_MATCH_MAYBE;
  return KUTIP_MATCH_NO;
}

const KutipFormat kutip_format_conll = {
  .name = "conll",
  .title = N_ ("Token columns, BIO or BIOES (CoNLL)"),
  .suffix = ".conll",
  .suffixes = suffixes,
  .keeps = KUTIP_KEEPS_TEXT | KUTIP_KEEPS_ANNOTATORS,
  .counts = KUTIP_KEEPS_OVERLAP | KUTIP_KEEPS_SUB_TOKEN,
  .recognise = recognise,
  .next_unit = next_unit,
  .read = kutip_conll_read,
  .write = kutip_conll_write,
  .compare = kutip_conll_compare,
};
