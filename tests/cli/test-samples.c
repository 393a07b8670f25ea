/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/sidecar/sidecar.h"
#include "store/open.h"

#include <string.h>

#define ANNOTATED "id-turbin-air.txt.annotations.json"

static GFile *
get_sample (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("KUTIP_SAMPLES_DIR"), name, NULL);

  return g_file_new_for_path (path);
}

/* What is shipped is what Kutip itself writes. */
static void
test_canonical (void)
{
  g_autoptr (GFile) file = get_sample (ANNOTATED);
  KutipOpenOptions options = { .no_journal = TRUE };
  g_autoptr (GError) error = NULL;
  g_autoptr (KutipOpened) opened = kutip_open (file, &options, NULL, &error);
  g_autoptr (GString) written = NULL;
  g_autofree char *content = NULL;
  gsize n_bytes;

  g_assert_no_error (error);
  g_assert_no_error (opened->sidecar_error);
  g_assert_false (opened->text_changed);
  g_file_load_contents (file, NULL, &content, &n_bytes, NULL, &error);
  g_assert_no_error (error);
  written = kutip_sidecar_write (kutip_document_get_article (opened->document),
                                 kutip_document_get_layer (opened->document));
  g_assert_cmpmem (content, n_bytes, written->str, written->len);
}

/* Each sample opens as UTF-8, with a title and a language guessed or written down. */
static void
test_opens (gconstpointer data)
{
  const char *name = data;
  g_autofree char *language = g_strndup (name, strcspn (name, "-"));
  g_autoptr (GFile) file = get_sample (name);
  KutipOpenOptions options = { .no_journal = TRUE };
  g_autoptr (GError) error = NULL;
  g_autoptr (KutipOpened) opened = kutip_open (file, &options, NULL, &error);
  const KutipHeaderFields *header;

  g_assert_no_error (error);
  header = kutip_header_get_fields (
      kutip_layer_get_header (kutip_document_get_layer (opened->document)));
  g_assert_null (header->encoding);
  g_assert_nonnull (header->title);
  g_assert_cmpstr (header->language, ==, language);
}

int
main (int argc, char **argv)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;
  guint n_articles = 0;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/samples/canonical", test_canonical);
  dir = g_dir_open (g_getenv ("KUTIP_SAMPLES_DIR"), 0, NULL);
  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = NULL;

      if (!g_str_has_suffix (name, ".txt"))
        continue;
      path = g_strconcat ("/samples/", name, NULL);
      g_test_add_data_func_full (path, g_strdup (name), test_opens, g_free);
      n_articles++;
    }
  g_assert_cmpuint (n_articles, >=, 6);
  return g_test_run ();
}
