/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "samples.h"

#include "../article/open-text.h"
#include "format/tagset/tagset-json.h"

#include <string.h>

static const char news[] =
    "Kian Mesra, Putin dan Kim Jong-Un Saling Kirim Surat, Ini yang Dibicarakan\n"
    "Pada suratnya, Putin mengatakan bahwa Rusia akan memperluas hubungan bilateral "
    "kedua "
    "negara yang komprehensif dan konstruktif.\n"
    "Dikutip dari BBC, Senin (15/8/2022), di surat yang dikirim pada Hari Pembebasan "
    "Pyongyang, Putin mengatakan langkah ini dilakukan demi kebaikan kedua negara.\n"
    "Sedangkan pada suratnya, Kim Jong-un menegaskan persahabatan kedua negara mulai "
    "terbentuk sejak menang atas Jepang di Perang Dunia II.\n"
    "Berdasarkan laporan dari kantor berita Korea Utara, KCNA, Putin menegaskan hubungan "
    "bilateral yang diperluas akan sesuai dengan kepentingan kedua negara.\n"
    "Korea Utara pun menjadi salah satu negara yang secara resmi mengakui kemerdekaan "
    "dan "
    "kedaulatan wilayah separatis pro-Rusia di Ukraina.\n"
    "Penulis : Haryo Jati Editor : Purwanto\n"
    "Sumber : BBC\n";

static const char arabic[] =
    "وزير الخارجية: الاتفاق خطوة مهمة\n"
    "قال وزير الخارجية إن الاتفاق الجديد سيزيد حجم التجارة بين البلدين بنسبة عشرين في "
    "المئة خلال "
    "عامين.\n"
    "وأكدت وكالة رويترز (Reuters) أن المفاوضات استمرت ثلاثة أشهر.\n";

static const char study_tagset[] =
    "{\"format\": 1, \"name\": \"Berichterstattung\", \"version\": \"3\", \"labels\": ["
    "{\"name\": \"frame\", \"title\": \"Framing of responsibility for the situation\", "
    "\"color\": \"#332288\", \"key\": \"1\", \"attributes\": [\"actors\", \"valence\", "
    "\"certainty\", \"verbatim\", \"quoted\", \"keywords\", \"paraphrase\"], "
    "\"requires\": [\"valence\", \"follows\"]},"
    "{\"name\": \"actor\", \"title\": \"Actor\", \"color\": \"#117733\", \"key\": \"2\"},"
    "{\"name\": \"place\", \"title\": \"Place\", \"key\": \"3\"},"
    "{\"name\": \"event\", \"title\": \"Event\"}, {\"name\": \"number\", \"title\": "
    "\"Number\"},"
    "{\"name\": \"law\", \"title\": \"Law\"}, {\"name\": \"emotion\", \"title\": "
    "\"Emotion\"},"
    "{\"name\": \"topic\", \"title\": \"Topic\"}, {\"name\": \"tone\", \"title\": "
    "\"Tone\"},"
    "{\"name\": \"time\", \"title\": \"Time\"}, {\"name\": \"party\", \"title\": "
    "\"Party\"},"
    "{\"name\": \"misc\", \"title\": \"Sonstiges\"}], \"attributes\": ["
    "{\"name\": \"actors\", \"title\": \"Actors held responsible\", \"multiple\": true, "
    "\"values\": [\"government\", \"companies\", \"citizens\", \"international "
    "organisations\"]},"
    "{\"name\": \"valence\", \"title\": \"Valence\", \"values\": [\"−\", \"0\", \"+\"]},"
    "{\"name\": \"certainty\", \"title\": \"How certain does the speaker sound?\", "
    "\"values\": [\"not at all certain\", \"rather uncertain\", \"neither certain nor "
    "uncertain\", \"rather certain\", \"completely certain\"]},"
    "{\"name\": \"verbatim\", \"title\": \"Verbatim\", \"type\": \"flag\"},"
    "{\"name\": \"quoted\", \"title\": \"In quotation marks\", \"type\": \"flag\"},"
    "{\"name\": \"keywords\", \"title\": \"Keywords\", \"multiple\": true},"
    "{\"name\": \"paraphrase\", \"title\": \"Paraphrase\"},"
    "{\"name\": \"desk\", \"title\": \"Desk\", \"values\": [\"politics\", \"economy\", "
    "\"sports\"]}, {\"name\": \"coder-remark\", \"title\": \"Remark\"}], \"relations\": ["
    "{\"name\": \"follows\", \"title\": \"Follows from\", \"from\": [\"frame\"], \"to\": "
    "[\"event\", \"law\"]}], \"article_attributes\": [\"desk\", \"coder-remark\"]}";

static void
set_attribute (KutipAnnotator *annotator,
               KutipSpan *span,
               const char *name,
               const char *value)
{
  g_autoptr (KutipAttributes) attributes =
      kutip_attributes_with_string (kutip_span_get_attributes (span), name, value);

  g_assert_true (kutip_annotate_set_attributes (kutip_annotator_get_document (annotator),
                                                span, attributes, NULL));
}

/* Spans are immutable: the one of that id as it is now. */
static KutipSpan *
refresh (KutipAnnotator *annotator, const char *id)
{
  return kutip_layer_get_span (
      kutip_document_get_layer (kutip_annotator_get_document (annotator)), id);
}

static void
link_spans (KutipAnnotator *annotator,
            const char *from,
            const char *to,
            const char *relation)
{
  kutip_annotate_link (kutip_annotator_get_document (annotator),
                       sample_find (annotator, from), sample_find (annotator, to),
                       relation, NULL);
}

KutipAnnotator *
sample_empty (void)
{
  return open_text (news, -1);
}

KutipAnnotator *
sample_news (void)
{
  static const char *const pieces[] = {
    "persahabatan kedua negara mulai terbentuk",
    "sejak menang atas Jepang",
    NULL,
  };
  KutipAnnotator *self = open_text (news, -1);
  KutipDocument *document = kutip_annotator_get_document (self);

  mark_words (self, "source", "Putin", 1);
  mark_words (self, "cue", "mengatakan", 0);
  mark_words (
      self, "quote",
      "Rusia akan memperluas hubungan bilateral kedua negara yang komprehensif dan "
      "konstruktif",
      0);
  mark_words (self, "source", "BBC", 0);
  mark_words (self, "quote", "langkah ini dilakukan demi kebaikan kedua negara", 0);
  mark_words (self, "source", "Kim Jong-un", 0);
  mark_words (self, "cue", "menegaskan", 0);
  mark_pieces (self, "quote", pieces);
  mark_words (self, "source", "kantor berita Korea Utara, KCNA", 0);
  mark_words (
      self, "claim",
      "Korea Utara pun menjadi salah satu negara yang secara resmi mengakui kemerdekaan "
      "dan kedaulatan wilayah separatis pro-Rusia di Ukraina",
      0);
  set_attribute (self, sample_find (self, "BBC"), "kind", "media");
  set_attribute (self, sample_find (self, "kantor berita"), "kind", "media");
  link_spans (self, "Rusia akan", "Putin", "attributed-to");
  link_spans (self, "Rusia akan", "mengatakan", "introduced-by");
  link_spans (self, "langkah ini", "BBC", "attributed-to");
  link_spans (self, "langkah ini", "Putin", "attributed-to");
  link_spans (self, "Korea Utara pun", "langkah ini", "supports");
  kutip_annotate_set_note (document, sample_find (self, "langkah ini"),
                           "Parafrase: BBC mengutip surat itu, bukan Putin sendiri.",
                           NULL);
  kutip_annotate_set_unsure (document, sample_find (self, "Korea Utara pun"), TRUE, NULL);
  return self;
}

KutipAnnotator *
sample_arabic (void)
{
  KutipAnnotator *self = open_text (arabic, -1);

  mark_words (self, "source", "وزير الخارجية", 1);
  mark_words (self, "cue", "قال", 0);
  mark_words (
      self, "quote",
      "الاتفاق الجديد سيزيد حجم التجارة بين البلدين بنسبة عشرين في المئة خلال عامين", 0);
  mark_words (self, "source", "وكالة رويترز (Reuters)", 0);
  mark_words (self, "claim", "المفاوضات استمرت ثلاثة أشهر", 0);
  link_spans (self, "الاتفاق الجديد", "وزير", "attributed-to");
  kutip_annotate_set_note (kutip_annotator_get_document (self),
                           sample_find (self, "الاتفاق"), "نقل غير مباشر", NULL);
  return self;
}

KutipTagset *
sample_study_tagset (void)
{
  g_autoptr (GError) error = NULL;
  KutipTagset *tagset =
      kutip_tagset_from_json (study_tagset, strlen (study_tagset), &error);

  g_assert_no_error (error);
  return tagset;
}

/* What no person could make in the window, but a file can hold. */
static void
add_odd_spans (KutipDocument *document)
{
  static const char *const lost[] = { "kata-kata yang tidak ada lagi", NULL };
  static const char *const flag[] = { NULL };
  static const char *const several[] = { "uno", "due", NULL };
  const KutipRange ranges[] = { { 5, 10 } };
  const KutipAttribute attributes[] = {
    { "reviewed", KUTIP_VALUE_FLAG, flag },
    { "old-categories", KUTIP_VALUE_LIST, several },
  };
  g_autoptr (KutipAttributes) odd = kutip_attributes_new (attributes, 2);
  g_autoptr (KutipChange) change = kutip_change_new ("Add odd spans");
  KutipSpanFields fields = KUTIP_SPAN_FIELDS_INIT;
  const KutipSpanLink link = { "wikidata", "Q7747", "Vladimir Putin" };

  fields.id = "o1";
  fields.label = "frame";
  fields.ranges = ranges;
  fields.n_ranges = 1;
  fields.texts = lost;
  fields.attributes = odd;
  fields.origin_by = "rule:frames";
  fields.origin_score = 0.93;
  fields.created = "2026-11-22T09:30:00Z";
  fields.modified = "2026-11-23T10:31:12Z";
  fields.links = &link;
  fields.n_links = 1;
  {
    g_autoptr (KutipSpan) orphan = kutip_span_new (&fields);

    kutip_change_add_span (change, NULL, orphan);
  }
  g_assert_true (kutip_document_apply (document, change, NULL));
}

KutipAnnotator *
sample_study (void)
{
  KutipAnnotator *self = sample_news ();
  KutipDocument *document = kutip_annotator_get_document (self);
  g_autoptr (KutipTagset) tagset = sample_study_tagset ();
  KutipSpan *span;

  kutip_document_set_tagset (document, tagset);
  add_odd_spans (document);
  mark_words (self, "event", "Perang Dunia II", 0);
  span = mark_words (self, "frame", "Rusia akan memperluas hubungan bilateral", 0);
  set_attribute (self, span, "paraphrase", "Rusia dan Korea Utara makin dekat");
  span = refresh (self, "o1");
  set_attribute (self, span, "certainty", "völlig sicher");
  return self;
}

KutipSpan *
sample_find (KutipAnnotator *annotator, const char *words)
{
  KutipDocument *document = kutip_annotator_get_document (annotator);
  KutipLayer *layer = kutip_document_get_layer (document);
  KutipText *text = kutip_document_get_text (document);

  for (guint i = 0; i < kutip_layer_get_n_spans (layer); i++)
    {
      KutipSpan *span = kutip_layer_get_nth_span (layer, i);
      g_autofree char *said =
          kutip_text_dup_range (text, kutip_span_get_ranges (span)[0]);

      if (g_str_has_prefix (said, words) && !kutip_span_is_orphan (span))
        return span;
    }
  g_error ("no span begins with “%s”", words);
}

KutipAnnotator *
sample_by_name (const char *name)
{
  KutipAnnotator *self = NULL;

  if (g_str_equal (name, "news"))
    return sample_news ();
  if (g_str_equal (name, "arabic"))
    return sample_arabic ();
  if (g_str_equal (name, "study"))
    return sample_study ();
  if (g_str_equal (name, "empty"))
    return sample_empty ();
  if (g_str_equal (name, "many"))
    {
      g_autoptr (GString) text = g_string_new (NULL);

      for (guint i = 0; i < 5000; i++)
        g_string_append (text, news);
      self = open_text (text->str, (gssize) text->len);
      mark_many (self, 100000, 1);
    }
  return self;
}
