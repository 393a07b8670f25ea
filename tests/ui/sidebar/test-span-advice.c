/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../article/open-text.h"
#include "format/tagset/tagset-json.h"
#include "ui/sidebar/span-advice.h"

#include <string.h>

/* What the list says where nothing is marked, for articles and tag sets of all kinds. */
typedef struct
{
  const char *path;
  const char *text;
  const char *labels; /* of the tag set, as JSON; NULL for the default one */
  gboolean read_only;
  const char *title;
  const char *says;     /* in the advice */
  const char *not_says; /* NULL for anything */
} Row;

static const Row rows[] = {
  /* How words are selected, by both hands. */
  { "mouse", "Putin said so.\n", NULL, FALSE, "Nothing Marked Yet",
    "Drag over some words, or hold Shift and press the arrow keys.", NULL },
  /* All of its keys, not only the first one's. */
  { "keys", "Putin said so.\n", NULL, FALSE, "Nothing Marked Yet",
    "press a label’s key: 1\u00a0Claim, 2\u00a0Quote, 3\u00a0Source, 4\u00a0Cue.", NULL },
  { "sentence", "Putin said so.\n", NULL, FALSE, "Nothing Marked Yet",
    "Shift and the key mark the rest of the sentence.", NULL },
  /* Letters as they stand on the keyboard, and the titles of the study, as they are. */
  { "letters", "So.\n",
    "{\"name\": \"a\", \"title\": \"A <b>&\", \"key\": \"k\"}, {\"name\": \"b\"}", FALSE,
    "Nothing Marked Yet", "key: K\u00a0A &lt;b&gt;&amp;.", "b," },
  /* Without keys there is nothing to be pressed. */
  { "no-keys", "So.\n", "{\"name\": \"a\"}", FALSE, "Nothing Marked Yet",
    "Then choose a label.", "key:" },
  /* Without labels there is nothing to be chosen, but where they are made. */
  { "no-labels", "So.\n", "", FALSE, "No Labels Yet", "Shift+F4", "Drag" },
  /* Very many keys: the first ones. */
  { "many-keys", "So.\n",
    "{\"name\": \"a\", \"key\": \"a\"}, {\"name\": \"b\", \"key\": \"b\"}, "
    "{\"name\": \"c\", \"key\": \"c\"}, {\"name\": \"d\", \"key\": \"d\"}, "
    "{\"name\": \"e\", \"key\": \"e\"}, {\"name\": \"f\", \"key\": \"f\"}, "
    "{\"name\": \"g\", \"key\": \"g\"}",
    FALSE, "Nothing Marked Yet", "F\u00a0f ….", "G\u00a0g" },
  /* There are no words to select. */
  { "empty", "", NULL, FALSE, "Empty Article", "There are no words to be marked.",
    "Drag" },
  { "blank", " \n\t\n", NULL, FALSE, "Empty Article", "There are no words to be marked.",
    "Drag" },
  /* Nothing that can be done is advised. */
  { "read-only", "So.\n", NULL, TRUE, "Nothing Marked", "can only be read", "Drag" },
};

static KutipTagset *
make_tagset (const char *labels)
{
  g_autofree char *json = g_strdup_printf (
      "{\"format\": 1, \"name\": \"Study\", \"labels\": [%s], \"attributes\": [], "
      "\"relations\": []}",
      labels);
  g_autoptr (GError) error = NULL;
  KutipTagset *tagset = kutip_tagset_from_json (json, strlen (json), &error);

  g_assert_no_error (error);
  return tagset;
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (KutipAnnotator) annotator = open_text (row->text, -1);
  KutipDocument *document = kutip_annotator_get_document (annotator);
  AdwStatusPage *page = g_object_ref_sink (ADW_STATUS_PAGE (adw_status_page_new ()));
  const char *advice;

  if (row->labels != NULL)
    {
      g_autoptr (KutipTagset) tagset = make_tagset (row->labels);

      kutip_document_set_tagset (document, tagset);
    }
  kutip_document_set_read_only (document, row->read_only);
  kutip_span_advice_show (page, document);
  advice = adw_status_page_get_description (page);
  g_assert_cmpstr (adw_status_page_get_title (page), ==, row->title);
  g_test_message ("%s", advice);
  g_assert_nonnull (strstr (advice, row->says));
  if (row->not_says != NULL)
    g_assert_null (strstr (advice, row->not_says));
  g_assert_finalize_object (page);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/span-advice/", rows[i].path, NULL);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  return g_test_run ();
}
