/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/article.h"

static void
test_contents (void)
{
  g_autoptr (KutipText) text = kutip_text_new ("añ\r\n😀");
  const KutipCharset charset = { "WINDOWS-1252", FALSE, TRUE };
  g_autoptr (KutipArticle) article =
      kutip_article_new (text, "kian-mesra.txt", "00ff", &charset);

  g_assert_true (kutip_article_get_text (article) == text);
  g_assert_cmpstr (kutip_article_get_file (article), ==, "kian-mesra.txt");
  g_assert_cmpstr (kutip_article_get_sha256 (article), ==, "00ff");
  g_assert_cmpstr (kutip_article_get_charset (article)->name, ==, "WINDOWS-1252");
  g_assert_true (kutip_article_get_charset (article)->guessed);
  g_assert_cmpuint (kutip_article_get_length (article), ==, 5);
}

static void
test_plain (void)
{
  g_autoptr (KutipText) text = kutip_text_new ("");
  KutipArticle *article = kutip_article_new (text, "empty.txt", NULL, NULL);

  g_assert_cmpstr (kutip_article_get_charset (article)->name, ==, "UTF-8");
  g_assert_null (kutip_article_get_sha256 (article));
  g_assert_cmpuint (kutip_article_get_length (article), ==, 0);
  g_assert_finalize_object (article);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/article/contents", test_contents);
  g_test_add_func ("/article/plain", test_plain);
  return g_test_run ();
}
