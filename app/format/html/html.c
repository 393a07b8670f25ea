/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/html/html.h"

#include "format/formats.h"

#include <glib/gi18n.h>
#include <string.h>

/* One page for an article: self-contained, without scripts, readable in light and dark,
 * in any direction, without colours and without sight. */

/* Okabe and Ito's, which colour-blind people can tell apart; for labels that no tag set
 * knows. */
static const char *const palette[] = { "#0072b2", "#d55e00", "#009e73", "#cc79a7",
                                       "#e69f00", "#56b4e9", "#b3a400", "#666666" };
/* Lines below the text tell labels apart besides. */
static const char *const lines[] = { "solid", "dashed", "double", "dotted" };

/* The tints, --a and --d of spans in spans, leave a contrast of 4.5 whatever the colour
 * of a label. */
static const char style[] =
    ":root{color-scheme:light dark;--b:#fff;--f:#1d1d20;--m:#5c5c66;--k:#d8d8de;--a:.16;"
    "--d:.1}\n"
    "@media(prefers-color-scheme:dark){:root{--b:#1d1d20;--f:#f2f2f5;--m:#b4b4bf;"
    "--k:#4a4a52;--a:.28;--d:.1}}\n"
    "body{background:var(--b);color:var(--f);font:1.0625rem/1.75 system-ui,sans-serif;"
    "max-width:44rem;margin:2rem auto;padding:0 1rem}\n"
    "h1{line-height:1.25}h4{font-size:1em;font-weight:normal;margin:0}\n"
    "header p,dt{color:var(--m)}section{border-top:1px solid var(--k);margin-top:2rem}\n"
    ".x p{white-space:pre-wrap;overflow-wrap:anywhere;line-height:2.1;margin:0 0 .6em}\n"
    ".s{background:rgba(var(--c),var(--a));border-bottom:3px var(--u) rgb(var(--c));"
    "padding-bottom:1px;-webkit-box-decoration-break:clone;box-decoration-break:clone}\n"
    ".s .s{padding-bottom:4px;background:rgba(var(--c),var(--d))}.s .s .s{background:"
    "none}\n"
    ".t{font-size:.68em;line-height:1;padding:.1em .35em;margin-inline-end:.2em;"
    "border:1px var(--u) rgb(var(--c));border-radius:.3em;color:inherit;"
    "text-decoration:none;white-space:nowrap;-webkit-user-select:none;user-select:none}\n"
    "q{quotes:none}a{color:inherit}a:focus-visible,a:hover{outline:2px solid currentColor}\n"
    ":target{outline:2px solid rgb(var(--c,120,120,120));outline-offset:2px}\n"
    ".v{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);"
    "white-space:nowrap}\n"
    "dl{display:grid;grid-template-columns:max-content 1fr;gap:0 1rem;margin:.2rem 0 1rem}"
    "dd{margin:0;overflow-wrap:anywhere}\n"
    "ul{padding-inline-start:1.2rem}.d li{margin-bottom:.6rem}\n"
    "@media print{body{max-width:none}.t{border-color:#000}}\n";

static gboolean
is_allowed (gunichar c)
{
  if (c < 0x20)
    return c == '\t' || c == '\n';
  return !(c >= 0x7f && c < 0xa0) && !(c >= 0xfdd0 && c <= 0xfdef) &&
         (c & 0xfffe) != 0xfffe;
}

void
kutip_html_append_text (GString *out, const char *text, gssize n_bytes)
{
  const char *end = text + (n_bytes < 0 ? (gssize) strlen (text) : n_bytes);

  for (const char *p = text; p < end; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '&')
        g_string_append (out, "&amp;");
      else if (c == '<')
        g_string_append (out, "&lt;");
      else if (c == '>')
        g_string_append (out, "&gt;");
      else if (c == '"')
        g_string_append (out, "&quot;");
      else if (c == '\'')
        g_string_append (out, "&#39;");
      else if (is_allowed (c))
        g_string_append_len (out, p, g_utf8_next_char (p) - p);
      else
        /* A picture of the control character, where there is one. */
        g_string_append_unichar (out, c < 0x20 ? 0x2400 + c : 0xfffd);
    }
}

const char *
kutip_html_get_language (void)
{
  /* Translators: the code of the language that you translate into, such as "id" */
  return C_ ("language code", "en");
}

/* --- labels --- */

const char *
kutip_html_get_title (const KutipHtmlLayer *self, const char *label)
{
  const KutipLabelType *type =
      self->tagset == NULL ? NULL : kutip_tagset_get_label (self->tagset, label);

  return type != NULL && type->title != NULL
             ? kutip_tagset_translate (self->tagset, type->title)
             : label;
}

guint
kutip_html_find_label (const KutipHtmlLayer *self, const char *label)
{
  guint place = 0;

  g_ptr_array_find_with_equal_func (self->labels, label, g_str_equal, &place);
  return place;
}

void
kutip_html_append_name (const KutipHtmlLayer *self, KutipSpan *span)
{
  kutip_html_append_text (self->out,
                          kutip_html_get_title (self, kutip_span_get_label (span)), -1);
  g_string_append_printf (
      self->out, " %u",
      GPOINTER_TO_UINT (g_hash_table_lookup (self->numbers, kutip_span_get_id (span))));
}

/* Counted while the spans are numbered. */
typedef struct
{
  KutipHtmlLayer *layer;
  GHashTable *counts; /* label -> number */
  guint n;
} Numbering;

static gboolean
number_span (KutipSpan *span, gpointer data)
{
  Numbering *self = data;
  gpointer label = (gpointer) kutip_span_get_label (span);
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, label)) + 1;

  g_hash_table_insert (self->counts, label, GUINT_TO_POINTER (number));
  g_hash_table_insert (self->layer->numbers, (gpointer) kutip_span_get_id (span),
                       GUINT_TO_POINTER (number));
  g_hash_table_insert (self->layer->places, (gpointer) kutip_span_get_id (span),
                       GUINT_TO_POINTER (++self->n));
  return TRUE;
}

static void
add_label (const char *label, guint n_spans, gpointer data)
{
  GPtrArray *labels = data;

  if (!g_ptr_array_find_with_equal_func (labels, label, g_str_equal, NULL))
    g_ptr_array_add (labels, (gpointer) label);
}

/* Those of all layers: those of the tag set first, as they stand there. */
static GPtrArray *
list_labels (KutipRecord *record, KutipTagset *tagset)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  GPtrArray *labels = g_ptr_array_new ();

  for (guint i = 0; i < record->layers->len; i++)
    kutip_layer_foreach_label (g_ptr_array_index (record->layers, i), add_label, found);
  for (guint i = 0; tagset != NULL && i < kutip_tagset_get_n_labels (tagset); i++)
    {
      const char *name = kutip_tagset_get_nth_label (tagset, i)->name;

      if (g_ptr_array_find_with_equal_func (found, name, g_str_equal, NULL))
        g_ptr_array_add (labels, (gpointer) name);
    }
  for (guint i = 0; i < found->len; i++)
    add_label (g_ptr_array_index (found, i), 0, labels);
  return labels;
}

static void
append_colors (GString *out, GPtrArray *labels, KutipTagset *tagset)
{
  for (guint i = 0; i < labels->len; i++)
    {
      const char *label = g_ptr_array_index (labels, i);
      const char *color = tagset != NULL && kutip_tagset_get_label (tagset, label) != NULL
                              ? kutip_tagset_get_color (tagset, label)
                              : palette[i % G_N_ELEMENTS (palette)];
      guint rgb = (guint) g_ascii_strtoull (color + 1, NULL, 16);

      g_string_append_printf (out, ".l%u{--c:%u,%u,%u;--u:%s}\n", i, rgb >> 16 & 255,
                              rgb >> 8 & 255, rgb & 255, lines[i % G_N_ELEMENTS (lines)]);
    }
}

static void
append_legend (const KutipHtmlLayer *self)
{
  g_string_append_printf (
      self->out,
      "<section aria-labelledby=\"legend\"><h2 id=\"legend\">%s</h2>\n"
      "<ul>\n",
      _ ("Labels"));
  for (guint i = 0; i < self->labels->len; i++)
    {
      const char *label = g_ptr_array_index (self->labels, i);
      const KutipLabelType *type =
          self->tagset == NULL ? NULL : kutip_tagset_get_label (self->tagset, label);
      guint n = 0;

      for (guint j = 0; j < self->record->layers->len; j++)
        n += kutip_layer_count_label (g_ptr_array_index (self->record->layers, j), label);
      g_string_append_printf (self->out, "<li><span class=\"s l%u\"><bdi>", i);
      kutip_html_append_text (self->out, kutip_html_get_title (self, label), -1);
      g_string_append_printf (self->out, "</bdi></span> (%u)", n);
      if (type != NULL && type->description != NULL)
        {
          g_string_append (self->out, " <bdi>");
          kutip_html_append_text (
              self->out, kutip_tagset_translate (self->tagset, type->description), -1);
          g_string_append (self->out, "</bdi>");
        }
      g_string_append (self->out, "</li>\n");
    }
  g_string_append (self->out, "</ul></section>\n");
}

/* --- the page --- */

static const char *
or_empty (const char *string)
{
  return string == NULL ? "" : string;
}

/* BCP 47: nothing else may stand in "lang". */
static gboolean
is_language (const char *language)
{
  if (language == NULL || !g_ascii_isalpha (*language) || strlen (language) > 35)
    return FALSE;
  for (const char *c = language; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && *c != '-')
      return FALSE;
  return language[strlen (language) - 1] != '-';
}

static void
append_byline (GString *out, const KutipHeaderFields *header)
{
  const char *const parts[] = { header->author, header->publisher, header->date };
  gboolean any = FALSE;

  g_string_append (out, "<p dir=\"auto\">");
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (*or_empty (parts[i]) != '\0')
      {
        g_string_append (out, any ? " · <bdi>" : "<bdi>");
        kutip_html_append_text (out, parts[i], -1);
        g_string_append (out, "</bdi>");
        any = TRUE;
      }
  if (header->url != NULL && (g_str_has_prefix (header->url, "https://") ||
                              g_str_has_prefix (header->url, "http://")))
    {
      g_autofree char *address =
          g_uri_escape_string (header->url, ":/?#[]@!$&'()*+,;=%", FALSE);

      g_string_append (out, any ? " · <a href=\"" : "<a href=\"");
      kutip_html_append_text (out, address, -1);
      g_string_append (out, "\" rel=\"noreferrer\"><bdi>");
      kutip_html_append_text (out, header->url, -1);
      g_string_append (out, "</bdi></a>");
    }
  g_string_append (out, "</p>");
  if (*or_empty (header->note) != '\0')
    {
      g_string_append (out, "<p dir=\"auto\">");
      kutip_html_append_text (out, header->note, -1);
      g_string_append (out, "</p>");
    }
}

static void
append_head (GString *out, const char *title, GPtrArray *labels, KutipTagset *tagset)
{
  g_string_append_printf (
      out,
      "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
      "style-src 'unsafe-inline'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"generator\" content=\"Kutip\">\n<title>",
      kutip_html_get_language ());
  kutip_html_append_text (out, title, -1);
  g_string_append_printf (out, "</title>\n<style>\n%s", style);
  append_colors (out, labels, tagset);
  g_string_append (out, "</style>\n</head>\n<body>\n");
}

/* A heading of its own where there are several annotators. */
static void
append_layer (KutipHtmlLayer *self, gboolean is_only)
{
  const KutipHeaderFields *header =
      kutip_header_get_fields (kutip_layer_get_header (self->layer));
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  Numbering numbering = { self, counts, 0 };

  kutip_layer_foreach_span (self->layer, number_span, &numbering);
  g_string_append_printf (self->out,
                          "<section aria-labelledby=\"h%u\"><h2 id=\"h%u\"><bdi>",
                          self->nth, self->nth);
  if (is_only || *or_empty (header->annotator) == '\0')
    kutip_html_append_text (self->out, _ ("Text"), -1);
  else
    kutip_html_append_text (self->out, header->annotator, -1);
  g_string_append (self->out, "</bdi></h2>\n<article class=\"x\"");
  if (is_language (header->language))
    g_string_append_printf (self->out, " lang=\"%s\"", header->language);
  g_string_append (self->out, ">\n");
  kutip_html_append_article (self);
  g_string_append (self->out, "</article>\n");
  if (numbering.n > 0)
    {
      g_string_append_printf (self->out, "<h3>%s</h3>\n", _ ("Annotations"));
      kutip_html_append_spans (self);
    }
  g_string_append (self->out, "</section>\n");
}

static void
append_page (GString *out, KutipRecord *record, KutipTagset *tagset)
{
  KutipLayer *first = g_ptr_array_index (record->layers, 0);
  const KutipHeaderFields *header =
      kutip_header_get_fields (kutip_layer_get_header (first));
  g_autoptr (GPtrArray) labels = list_labels (record, tagset);
  const char *title = *or_empty (header->title) != '\0' ? header->title : record->path;
  KutipHtmlLayer about = {
    .out = out, .record = record, .tagset = tagset, .labels = labels
  };

  append_head (out, title, labels, tagset);
  g_string_append (out, "<header><h1 dir=\"auto\"");
  if (is_language (header->language))
    g_string_append_printf (out, " lang=\"%s\"", header->language);
  g_string_append_c (out, '>');
  kutip_html_append_text (out, title, -1);
  g_string_append (out, "</h1>");
  append_byline (out, header);
  g_string_append (out, "</header>\n<main>\n");
  if (labels->len > 0)
    append_legend (&about);
  for (guint i = 0; i < record->layers->len; i++)
    {
      g_autoptr (GHashTable) numbers = g_hash_table_new (g_str_hash, g_str_equal);
      g_autoptr (GHashTable) places = g_hash_table_new (g_str_hash, g_str_equal);
      KutipHtmlLayer layer = about;

      layer.layer = g_ptr_array_index (record->layers, i);
      layer.nth = i + 1;
      layer.numbers = numbers;
      layer.places = places;
      append_layer (&layer, record->layers->len == 1);
    }
  g_string_append (out, "</main>\n</body>\n</html>\n");
}

static gboolean
write_html (KutipRecord *record,
            const KutipFormatOptions *options,
            KutipSink *sink,
            KutipReport *report,
            GError **error)
{
  g_autofree char *name = g_strconcat (record->path, ".html", NULL);
  g_autoptr (GString) page = g_string_new (NULL);

  append_page (page, record, options->tagset != NULL ? options->tagset : record->tagset);
  return sink->append (sink, name, page->str, page->len, error);
}

const KutipFormat kutip_format_html = {
  .name = "html",
  .title = N_ ("Web page to read (HTML)"),
  .suffix = ".html",
  .keeps = KUTIP_KEEPS_TEXT | KUTIP_KEEPS_OVERLAP | KUTIP_KEEPS_PIECES |
           KUTIP_KEEPS_SUB_TOKEN | KUTIP_KEEPS_ATTRIBUTES | KUTIP_KEEPS_LISTS |
           KUTIP_KEEPS_NOTES | KUTIP_KEEPS_LINKS | KUTIP_KEEPS_UNSURE |
           KUTIP_KEEPS_ORIGIN | KUTIP_KEEPS_RELATIONS | KUTIP_KEEPS_RELATION_NOTES |
           KUTIP_KEEPS_METADATA | KUTIP_KEEPS_ARTICLE_NOTE | KUTIP_KEEPS_ANNOTATORS |
           KUTIP_KEEPS_ORPHANS,
  .in_files = TRUE,
  .single = TRUE,
  .write = write_html,
};
