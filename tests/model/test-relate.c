/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/relate.h"

#include "fixture.h"

/* supports and denies (with a "strength" that has a default) between claims and quotes,
 * states from quotes to claims only, same-as between any two, symmetric. */
static KutipTagset *
create_tagset (void)
{
  static const char *const both[] = { "claim", "quote", NULL };
  static const char *const quote[] = { "quote", NULL };
  static const char *const claim[] = { "claim", NULL };
  static const char *const strength[] = { "strength", NULL };
  static const char *const degrees[] = { "weak", "strong", NULL };
  static const KutipLabelType labels[] = {
    { .name = "claim", .title = "Claim" },
    { .name = "quote", .title = "Quote" },
  };
  static const KutipAttributeType attributes[] = {
    { .name = "strength", .values = degrees, .default_value = "weak" },
  };
  static const KutipRelationType relations[] = {
    { .name = "states", .title = "States", .from = quote, .to = claim },
    { .name = "supports", .title = "Supports", .from = both, .to = both },
    { .name = "denies",
      .title = "Denies",
      .from = both,
      .to = both,
      .attributes = strength },
    { .name = "same-as", .title = "Same as", .symmetric = TRUE },
  };
  g_autoptr (GError) error = NULL;
  KutipTagset *tagset = kutip_tagset_new (
      &(KutipTagsetFields){
          .name = "Links",
          .version = "1",
          .labels = labels,
          .n_labels = G_N_ELEMENTS (labels),
          .attributes = attributes,
          .n_attributes = G_N_ELEMENTS (attributes),
          .relations = relations,
          .n_relations = G_N_ELEMENTS (relations),
      },
      &error);

  g_assert_no_error (error);
  return tagset;
}

/* q a quote, c a claim, d another claim; r, a link of type @type from q to c. */
static KutipDocument *
create_document (const char *type)
{
  g_autoptr (KutipText) text =
      kutip_text_new ("0123456789012345678901234567890123456789");
  g_autoptr (KutipArticle) article = kutip_article_new (text, "fixture.txt", "", NULL);
  g_autoptr (KutipTagset) tagset = create_tagset ();
  g_autoptr (KutipLayer) layer = fixture_layer ();
  g_autoptr (KutipSpan) quote = fixture_span ("q", "quote", 0, 5);
  g_autoptr (KutipSpan) claim = fixture_span ("c", "claim", 10, 15);
  g_autoptr (KutipSpan) other = fixture_span ("d", "claim", 20, 25);
  g_autoptr (KutipRelation) link = fixture_relation ("r1", type, "q", "c");

  kutip_layer_add_span (layer, quote);
  kutip_layer_add_span (layer, claim);
  kutip_layer_add_span (layer, other);
  kutip_layer_add_relation (layer, link);
  return kutip_document_new (article, tagset, layer);
}

static KutipRelation *
get_link (KutipDocument *document)
{
  return kutip_layer_get_relation (kutip_document_get_layer (document), "r1");
}

static void
test_change (void)
{
  static const struct
  {
    const char *was, *type;
    gboolean reversed;
    const char *becomes; /* NULL: refused */
    const char *reason;
  } rows[] = {
    { "states", "supports", FALSE, "supports q>c",
      "another type, as the tag set allows" },
    { "states", "states", FALSE, NULL, "it is that already" },
    { "states", "states", TRUE, NULL, "a claim states nothing" },
    { "supports", "supports", TRUE, "supports c>q", "the other direction" },
    { "supports", "denies", TRUE, "denies c>q", "another type and the other direction" },
    { "same-as", "same-as", TRUE, NULL, "a symmetric link has no direction" },
    { "supports", "nonsense", FALSE, NULL, "the tag set has no such type" },
    { "nonsense", "denies", FALSE, "denies q>c", "what was unknown can be put right" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (KutipDocument) document = create_document (rows[i].was);
      g_autoptr (KutipRelation) before = kutip_relation_ref (get_link (document));
      g_autoptr (GError) error = NULL;
      g_autofree char *now = NULL;
      gboolean may =
          kutip_relate_may_become (document, before, rows[i].type, rows[i].reversed);
      gboolean done =
          kutip_relate_change (document, before, rows[i].type, rows[i].reversed, &error);

      g_test_message ("%s", rows[i].reason);
      g_assert_true (may == done);
      g_assert_true (done == (rows[i].becomes != NULL));
      if (!done)
        {
          g_assert_error (error, KUTIP_DOCUMENT_ERROR, KUTIP_DOCUMENT_ERROR_REFUSED);
          g_assert_true (get_link (document) == before);
          continue;
        }
      now = g_strdup_printf ("%s %s>%s", kutip_relation_get_label (get_link (document)),
                             kutip_relation_get_from (get_link (document)),
                             kutip_relation_get_to (get_link (document)));
      g_assert_cmpstr (now, ==, rows[i].becomes);
      g_assert_true (kutip_document_undo (document));
      g_assert_true (kutip_relation_equal (get_link (document), before));
    }
}

static const char *
get_value (KutipRelation *link, const char *name)
{
  KutipRelationFields fields;
  KutipAttribute attribute;

  kutip_relation_get_fields (link, &fields);
  return kutip_attributes_lookup (fields.attributes, name, &attribute)
             ? attribute.values[0]
             : NULL;
}

/* The defaults of a type come with it, and never take the place of what was said. */
static void
test_defaults (void)
{
  g_autoptr (KutipDocument) document = create_document ("states");
  KutipLayer *layer = kutip_document_get_layer (document);
  const char *const strong[] = { "strong", NULL };
  g_autoptr (KutipAttributes) said = kutip_attributes_with (
      NULL, (KutipAttribute){ "strength", KUTIP_VALUE_STRING, strong });
  g_autoptr (GError) error = NULL;
  KutipRelation *made;

  kutip_relate_change (document, get_link (document), "denies", FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (get_value (get_link (document), "strength"), ==, "weak");
  kutip_relate_set_attributes (document, get_link (document), said, &error);
  g_assert_no_error (error);
  kutip_relate_change (document, get_link (document), "denies", TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (get_value (get_link (document), "strength"), ==, "strong");

  made = kutip_annotate_link (document, kutip_layer_get_span (layer, "c"),
                              kutip_layer_get_span (layer, "d"), "denies", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (get_value (made, "strength"), ==, "weak");
}

static void
test_note (void)
{
  static const struct
  {
    const char *note, *kept;
    const char *reason;
  } rows[] = {
    { "not sure", "not sure", "a note" },
    { "", NULL, "an empty one is none" },
    { NULL, NULL, "none" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (KutipDocument) document = create_document ("states");
      g_autoptr (GError) error = NULL;
      KutipRelationFields fields;

      g_assert_true (
          kutip_relate_set_note (document, get_link (document), rows[i].note, &error));
      kutip_relation_get_fields (get_link (document), &fields);
      g_assert_cmpstr (fields.note, ==, rows[i].kept);
      g_assert_true ((fields.modified != NULL) == (rows[i].kept != NULL));
      g_assert_true ((kutip_history_get_n_changes (kutip_document_get_history (
                          document)) > 0) == (rows[i].kept != NULL));
    }
}

static void
test_may_link (void)
{
  static const struct
  {
    const char *from, *to, *type;
    gboolean may;
    const char *reason;
  } rows[] = {
    { "q", "d", "states", TRUE, "allowed and not there" },
    { "q", "c", "states", FALSE, "there already" },
    { "q", "c", "supports", TRUE, "linked, but otherwise" },
    { "d", "q", "states", FALSE, "the wrong way round" },
    { "q", "q", "supports", FALSE, "to itself" },
  };
  g_autoptr (KutipDocument) document = create_document ("states");
  KutipLayer *layer = kutip_document_get_layer (document);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (kutip_relate_may_link (document, kutip_layer_get_span (layer, rows[i].from),
                               kutip_layer_get_span (layer, rows[i].to),
                               rows[i].type) != rows[i].may)
      g_error ("%s", rows[i].reason);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/relate/change", test_change);
  g_test_add_func ("/relate/defaults", test_defaults);
  g_test_add_func ("/relate/note", test_note);
  g_test_add_func ("/relate/may-link", test_may_link);
  return g_test_run ();
}
