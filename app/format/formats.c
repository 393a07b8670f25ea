/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/formats.h"

#include "format/sidecar/sidecar-name.h"

#include <string.h>

/* A byte order mark, as some editors put it before everything. */
#define MARK "\xef\xbb\xbf"

const KutipFormat *const kutip_formats[] = {
  &kutip_format_kutip,
  &kutip_format_brat,
  &kutip_format_conll,
  &kutip_format_conllu,
  &kutip_format_csv,
  &kutip_format_tsv,
  &kutip_format_doccano,
  &kutip_format_prodigy,
  &kutip_format_spacy_doc,
  &kutip_format_label_studio,
  &kutip_format_web_annotation,
  &kutip_format_hypothesis,
  &kutip_format_recogito,
  &kutip_format_citron,
  &kutip_format_huggingface,
  &kutip_format_html,
  &kutip_format_webanno_tsv,
  &kutip_format_uima_xmi,
  &kutip_format_uima_json,
  &kutip_format_refi_qda,
  &kutip_format_jsonl,
  NULL,
};

const KutipFormat *const *
kutip_format_list (void)
{
  return kutip_formats;
}

const KutipFormat *
kutip_format_find (const char *name)
{
  for (guint i = 0; kutip_formats[i] != NULL; i++)
    if (strcmp (kutip_formats[i]->name, name) == 0)
      return kutip_formats[i];
  return NULL;
}

gboolean
kutip_format_names_text (const char *name)
{
  g_autofree char *base = g_path_get_basename (name);

  return kutip_sidecar_name_is_article (base);
}

const KutipFormat *
kutip_format_guess (const char *name, const char *head, gsize n_head)
{
  const KutipFormat *best = NULL;
  KutipMatch best_match = KUTIP_MATCH_NO;

  if (n_head >= strlen (MARK) && memcmp (head, MARK, strlen (MARK)) == 0)
    {
      head += strlen (MARK);
      n_head -= strlen (MARK);
    }
  for (guint i = 0; kutip_formats[i] != NULL; i++)
    {
      const KutipFormat *format = kutip_formats[i];
      KutipMatch match;

      if (format->recognise == NULL)
        continue;
      match = format->recognise (name, head, n_head);
      if (match > best_match)
        {
          best = format;
          best_match = match;
        }
    }
  return best;
}
