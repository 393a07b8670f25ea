/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../rounds.h"
#include "format/brat/brat.h"

#include <string.h>

/* annotation.conf as a tag set, and back. */

static void
test_conf (void)
{
  static const char conf[] =
      "# comment\n[entities]\n!Thing\n\tPerson\n\tOrg\n<POG>=Person|Org\n"
      "[relations]\nKnows Arg1:<POG>, Arg2:Person, "
      "<REL-TYPE>:symmetric-transitive\n[events]\n"
      "Say Who:<POG>, Content*:<ENTITY>\n[attributes]\n"
      "Neg Arg:<EVENT>\nConf Arg:Person, Value:low|high\n";
  g_autoptr (KutipReport) report = kutip_report_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (KutipTagset) tagset =
      kutip_brat_read_conf (conf, strlen (conf), "annotation.conf", report, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (kutip_tagset_get_n_labels (tagset), ==, 3);
  g_assert_true (kutip_tagset_get_relation (tagset, "Knows")->symmetric);
  g_assert_true (kutip_tagset_allows (tagset, "Knows", "Org", "Person"));
  g_assert_false (kutip_tagset_allows (tagset, "Knows", "Say", "Person"));
  g_assert_true (kutip_tagset_allows (tagset, "Content", "Say", "Org"));
  g_assert_cmpint (kutip_tagset_get_attribute (tagset, "Neg")->kind, ==,
                   KUTIP_ATTRIBUTE_FLAG);
  g_assert_cmpstr (kutip_tagset_get_attribute (tagset, "Conf")->values[1], ==, "high");
  g_assert_cmpstr (kutip_tagset_get_label (tagset, "Person")->attributes[0], ==, "Conf");
}

static char *
rewrite_conf (const char *conf)
{
  g_autoptr (KutipReport) report = kutip_report_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (KutipTagset) tagset =
      kutip_brat_read_conf (conf, strlen (conf), "annotation.conf", report, &error);

  g_assert_no_error (error);
  return g_string_free (kutip_brat_write_conf (tagset), FALSE);
}

/* Events are written as events, and relations as relations. */
static void
test_conf_events (void)
{
  static const char overlap[] =
      "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>\n";
  g_autofree char *conf = g_strconcat (
      "[entities]\nSource\nCue\nContent\n\n[relations]\nNear\tArg1:Cue, Arg2:Source\n",
      overlap,
      "\n[events]\n<ROLE-BA>=Person\n"
      "Attribution\tSource?:Source, Cue:Cue, Content+:Content|Attribution\nRain\n\n"
      "[attributes]\nNeg\tArg:Attribution|Rain\n",
      NULL);
  g_autofree char *shared = g_strconcat (
      "[entities]\nA\nB\n\n[relations]\nOf\tArg1:A|E, Arg2:B\n", overlap,
      "\n[events]\n<ROLE-A>=B\n<ROLE-B>=A|B\nE\tOf{2}:<ROLE-A>, At:<ROLE-B>\n"
      "F\tAt*:<ROLE-B>, Of:<ROLE-A>\n\n[attributes]\n",
      NULL);
  g_autofree char *written = rewrite_conf (conf);
  g_autofree char *again = rewrite_conf (written);
  g_autofree char *of_shared = rewrite_conf (shared);
  g_autofree char *of_that = rewrite_conf (of_shared);

  g_assert_null (strstr (written, "ROLE"));
  g_assert_nonnull (strstr (written, "\n[relations]\nNear\tArg1:Cue, Arg2:Source\n<"));
  g_assert_nonnull (
      strstr (written, "\n[events]\nAttribution\tSource?:Source, Cue:Cue, "
                       "Content+:Content|Attribution\nRain\n\n[attributes]\nNeg\tArg:"
                       "Attribution|Rain\n"));
  g_assert_null (strstr (written, "Content\nAttribution"));
  g_assert_cmpstr (again, ==, written);

  g_assert_nonnull (strstr (of_shared, "\n[relations]\nOf\tArg1:A|E|F, Arg2:B\n<"));
  g_assert_nonnull (strstr (of_shared, "E\tOf{2}:<ROLE-A>, At:<ROLE-B>\n"
                                       "F\tAt*:<ROLE-B>, Of:<ROLE-A>\n"));
  g_assert_cmpstr (of_that, ==, of_shared);
}

/* A role that the tag set has no more, or not from there, is left out. */
static void
test_conf_roles_changed (void)
{
  static const char conf[] = "[entities]\nA\n[events]\nE Of:A, At?:A\nF Of:A, At:A\n";
  static const char *const from[] = { "F", NULL };
  g_autoptr (KutipReport) report = kutip_report_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (KutipTagset) tagset =
      kutip_brat_read_conf (conf, strlen (conf), "annotation.conf", report, &error);
  g_autoptr (KutipTagset) changed = NULL;
  g_autoptr (GString) written = NULL;
  KutipTagsetFields fields;
  KutipRelationType type;

  g_assert_no_error (error);
  kutip_tagset_get_fields (tagset, &fields);
  type = *kutip_tagset_get_relation (tagset, "At");
  type.from = from;
  fields.relations = &type;
  fields.n_relations = 1;
  changed = kutip_tagset_new (&fields, &error);
  g_assert_no_error (error);
  written = kutip_brat_write_conf (changed);
  g_assert_nonnull (strstr (written->str, "\n[events]\nE\nF\tAt:A\n\n["));
  g_assert_nonnull (strstr (written->str, "\n[relations]\n<OVERLAP>"));
}

static int
compare_names (gconstpointer a, gconstpointer b, gpointer data)
{
  return strcmp (a, b);
}

/* Events that occur are defined, whatever the tag set says of their relations. */
static void
test_conf_marked (void)
{
  static const char *const ends[] = { "A", NULL };
  static const char *const none[] = { NULL };
  const KutipForeignMember kept[] = {
    { "requires", "x", "1" },
    { "requires", KUTIP_BRAT_ROLES, "[\"At?\", \"Gone\"]" },
  };
  g_autoptr (KutipForeign) foreign = kutip_foreign_new (kept, G_N_ELEMENTS (kept));
  const KutipLabelType labels[] = {
    { .name = "E", .attributes = none, .foreign = foreign },
    { .name = "A", .attributes = none },
    { .name = "F", .attributes = none },
  };
  const KutipRelationType relations[] = {
    { .name = "Of", .from = none, .to = none },
    { .name = "At", .from = ends, .to = ends },
    { .name = "By", .from = ends, .to = ends },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (KutipTagset) tagset =
      kutip_tagset_new (&(KutipTagsetFields){ .name = "a",
                                              .labels = labels,
                                              .n_labels = G_N_ELEMENTS (labels),
                                              .relations = relations,
                                              .n_relations = G_N_ELEMENTS (relations) },
                        &error);
  g_autoptr (GTree) of_e = g_tree_new_full (compare_names, NULL, NULL, NULL);
  g_autoptr (GTree) of_f = g_tree_new_full (compare_names, NULL, NULL, NULL);
  g_autoptr (GTree) roles = g_tree_new_full (compare_names, NULL, NULL, NULL);
  g_autoptr (GTree) plain = g_tree_new_full (compare_names, NULL, NULL, NULL);
  g_autoptr (GTree) equivalences = g_tree_new_full (compare_names, NULL, NULL, NULL);
  g_autoptr (GTree) arguments = g_tree_new_full (compare_names, NULL, NULL, NULL);
  g_autoptr (KutipTagset) marked = NULL;
  g_autoptr (GString) written = NULL;

  g_assert_no_error (error);
  g_tree_insert (of_e, (gpointer) "Of", NULL);
  g_tree_insert (of_e, (gpointer) "At", NULL);
  g_tree_insert (of_f, (gpointer) "By", NULL);
  g_tree_insert (roles, (gpointer) "E", of_e);
  g_tree_insert (roles, (gpointer) "F", of_f);
  g_tree_insert (plain, (gpointer) "By", NULL);
  g_tree_insert (equivalences, (gpointer) "Of", NULL);
  g_tree_insert (arguments, (gpointer) "At", (gpointer) "[\"From\", \"To\"]");
  marked = kutip_brat_mark_uses (
      tagset, &(KutipBratUses){ roles, plain, equivalences, arguments });
  written = kutip_brat_write_conf (marked);
  g_assert_cmpuint (kutip_foreign_get_n (kutip_tagset_get_label (marked, "E")->foreign),
                    ==, 2);
  g_assert_true (g_str_has_prefix (written->str,
                                   "[entities]\nA\n\n[relations]\n"
                                   "Of\tArg1:<ENTITY>, Arg2:<ENTITY>, "
                                   "<REL-TYPE>:symmetric-transitive\n"
                                   "At\tFrom:A, To:A\nBy\tArg1:A|F, Arg2:A\n<"));
  g_assert_nonnull (strstr (
      written->str, "\n[events]\nE\tAt?:A, Of*:<ENTITY>\nF\tBy*:A\n\n[attributes]\n"));
}

/* The places of types below others, names of arguments and kinds of relations come back;
 * what is moved from below another stands by itself. */
static void
test_conf_kept (void)
{
  static const char conf[] =
      "[entities]\n!Top\n\tOrg\n\t\tBank\n\t\tClub\n\tPlace\nPerson\n\n"
      "[relations]\nIn\tFrom:Org, To:Place\n"
      "Same\tArg1:Org, Arg2:Org, <REL-TYPE>:symmetric-transitive\n"
      "Near\tArg1:Place, Arg2:Place, <REL-TYPE>:symmetric\n"
      "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>\n\n"
      "[events]\nSay\tOf:Org\n\tShout\tOf:Org\n\n[attributes]\n";
  g_autofree char *written = rewrite_conf (conf);
  g_autofree char *again = rewrite_conf (written);
  g_autoptr (KutipReport) report = kutip_report_new ();
  g_autoptr (KutipTagset) tagset =
      kutip_brat_read_conf (conf, strlen (conf), "annotation.conf", report, NULL);
  g_autoptr (KutipTagset) moved = NULL;
  g_autoptr (GString) of_moved = NULL;
  KutipTagsetFields fields;
  KutipLabelType labels[3];

  g_assert_nonnull (strstr (written, "\n[events]\n<ROLE-D>=Org\nSay\tOf:<ROLE-D>\n"
                                     "\tShout\tOf:<ROLE-D>\n"));
  g_assert_true (strncmp (written, conf, (gsize) (strstr (conf, "[events]") - conf)) ==
                 0);
  g_assert_cmpstr (again, ==, written);
  kutip_tagset_get_fields (tagset, &fields);
  labels[0] = *kutip_tagset_get_label (tagset, "Bank");
  labels[1] = *kutip_tagset_get_label (tagset, "Person");
  labels[2] = *kutip_tagset_get_label (tagset, "Org");
  fields.labels = labels;
  fields.n_labels = G_N_ELEMENTS (labels);
  fields.n_relations = 0;
  moved = kutip_tagset_new (&fields, NULL);
  of_moved = kutip_brat_write_conf (moved);
  g_assert_true (
      g_str_has_prefix (of_moved->str, "[entities]\n!Top\n\tBank\nPerson\nOrg\n\n"));
}

/* Names in it are as they are in the annotations; what no line of it can hold is left
 * out, and the rest can be read. */
static void
test_conf_names (void)
{
  static const char *const labels[] = { "direct quote", "a,b|c", "<B>", "#C" };
  static const char *const attributes[] = { "how sure", NULL };
  static const char *const values[] = { "very sure", "x|y", NULL };
  static const char *const ends[] = { "direct quote", "a,b|c", NULL };
  static const char *const none[] = { NULL };
  KutipLabelType types[G_N_ELEMENTS (labels)] = { 0 };
  const KutipAttributeType attribute = { .name = "how sure",
                                         .kind = KUTIP_ATTRIBUTE_CHOICE,
                                         .values = values };
  const KutipRelationType relation = { .name = "said by", .from = ends, .to = ends };
  g_autoptr (KutipReport) report = kutip_report_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (KutipTagset) tagset = NULL;
  g_autoptr (KutipTagset) again = NULL;
  g_autoptr (GString) conf = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (labels); i++)
    types[i] =
        (KutipLabelType){ .name = labels[i], .attributes = i == 0 ? attributes : none };
  tagset = kutip_tagset_new (&(KutipTagsetFields){ .name = "a",
                                                   .labels = types,
                                                   .n_labels = G_N_ELEMENTS (types),
                                                   .attributes = &attribute,
                                                   .n_attributes = 1,
                                                   .relations = &relation,
                                                   .n_relations = 1 },
                             &error);
  g_assert_no_error (error);
  conf = kutip_brat_write_sections (tagset);
  again = kutip_brat_read_conf (conf->str, conf->len, "annotation.conf", report, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (kutip_tagset_get_n_labels (again), ==, 2);
  g_assert_nonnull (kutip_tagset_get_label (again, "direct_quote"));
  g_assert_nonnull (kutip_tagset_get_label (again, "a,b|c"));
  g_assert_true (kutip_tagset_allows (again, "said_by", "direct_quote", "direct_quote"));
  g_assert_cmpstr (kutip_tagset_get_label (again, "direct_quote")->attributes[0], ==,
                   "how_sure");
  g_assert_cmpstr (kutip_tagset_get_attribute (again, "how_sure")->values[0], ==,
                   "very_sure");
}

/* A name in no UTF-8, and an empty file. */
static void
test_conf_bytes (void)
{
  static const char latin[] = "[entities]\nCaf\xe9\n";
  g_autoptr (KutipReport) report = kutip_report_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (KutipTagset) empty =
      kutip_brat_read_conf (NULL, 0, "annotation.conf", report, NULL);

  g_assert_cmpuint (kutip_tagset_get_n_labels (empty), ==, 0);
  g_assert_null (
      kutip_brat_read_conf (latin, strlen (latin), "annotation.conf", report, &error));
  g_assert_true (g_str_has_prefix (error->message, "annotation.conf: "));
}

/* A few lines that, put in for one another, would stand for more than there is memory or
 * time for. */
static void
test_conf_hostile (void)
{
  /* Of fewer, all of each would not be too many. */
  const guint n = MAX (rounds (20000), 2000);
  g_autoptr (GString) macros = g_string_new ("[entities]\nPerson\nOrg\n");
  g_autoptr (GString) all = g_string_new ("[entities]\n");
  g_autoptr (KutipReport) report = kutip_report_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (KutipTagset) tagset = NULL;

  for (guint i = 0; i < 20; i++)
    {
      g_string_append_printf (macros, "<M%u>=", i);
      for (guint j = 0; j < 50; j++)
        g_string_append_printf (macros, "<M%u>|", i + 1);
      g_string_append (macros, "Person\n");
    }
  g_string_append (macros, "[relations]\nKnows Arg1:<M0>, Arg2:<M4>\n");
  tagset =
      kutip_brat_read_conf (macros->str, macros->len, "annotation.conf", report, &error);
  g_assert_no_error (error);
  g_assert_true (kutip_tagset_allows (tagset, "Knows", "Person", "Person"));
  g_assert_false (kutip_tagset_allows (tagset, "Knows", "Person", "Nobody"));

  for (guint i = 0; i < n; i++)
    g_string_append_printf (all, "L%u\n", i);
  g_string_append (all, "[attributes]\n");
  for (guint i = 0; i < n; i++)
    g_string_append_printf (all, "A%u Arg:<ENTITY>\n", i);
  g_assert_null (
      kutip_brat_read_conf (all->str, all->len, "annotation.conf", report, &error));
  g_assert_error (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID);
  g_assert_true (g_str_has_prefix (error->message, "annotation.conf: "));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/brat-conf/all", test_conf);
  g_test_add_func ("/brat-conf/events", test_conf_events);
  g_test_add_func ("/brat-conf/roles-changed", test_conf_roles_changed);
  g_test_add_func ("/brat-conf/marked", test_conf_marked);
  g_test_add_func ("/brat-conf/kept", test_conf_kept);
  g_test_add_func ("/brat-conf/names", test_conf_names);
  g_test_add_func ("/brat-conf/bytes", test_conf_bytes);
  g_test_add_func ("/brat-conf/hostile", test_conf_hostile);
  return g_test_run ();
}
