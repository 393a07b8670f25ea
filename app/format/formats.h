/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/format.h"

G_BEGIN_DECLS

/* The table that format/format.c looks things up in; each format is a file of its own. */
extern const KutipFormat kutip_format_kutip;
extern const KutipFormat kutip_format_brat;
extern const KutipFormat kutip_format_conll;
extern const KutipFormat kutip_format_conllu;
extern const KutipFormat kutip_format_csv;
extern const KutipFormat kutip_format_tsv;
extern const KutipFormat kutip_format_doccano;
extern const KutipFormat kutip_format_label_studio;
extern const KutipFormat kutip_format_web_annotation;
extern const KutipFormat kutip_format_hypothesis;
extern const KutipFormat kutip_format_citron;
extern const KutipFormat kutip_format_html;
extern const KutipFormat kutip_format_recogito;
extern const KutipFormat kutip_format_prodigy;
extern const KutipFormat kutip_format_spacy_doc;
extern const KutipFormat kutip_format_huggingface;
extern const KutipFormat kutip_format_webanno_tsv;
extern const KutipFormat kutip_format_uima_xmi;
extern const KutipFormat kutip_format_uima_json;
extern const KutipFormat kutip_format_refi_qda;
extern const KutipFormat kutip_format_jsonl;

extern const KutipFormat *const kutip_formats[];

G_END_DECLS
