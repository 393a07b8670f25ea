/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/formats.h"

const KutipFormat *const kutip_formats[] = {
  &kutip_format_kutip,
  &kutip_format_brat,
  &kutip_format_conll,
  &kutip_format_csv,
  &kutip_format_tsv,
  &kutip_format_doccano,
  &kutip_format_jsonl,
  NULL,
};
