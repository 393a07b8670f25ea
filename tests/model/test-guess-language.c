/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/guess-language.h"

typedef struct
{
  const char *text;
  const char *language; /* NULL: not clear */
} LanguageCase;

static const LanguageCase cases[] = {
  { "Kepala desa mengatakan bahwa turbin itu cukup untuk menerangi 180 rumah. Warga yang "
    "tinggal di hulu sungai akan berbagi listrik dengan tiga desa lain, dan pemerintah "
    "daerah tidak keberatan karena biayanya sudah ditanggung.",
    "id" },
  { "Ketua kampung berkata bahawa turbin itu cukup untuk menerangi 180 buah rumah. "
    "Penduduk "
    "yang tinggal di hulu sungai akan berkongsi elektrik dengan tiga kampung lain, dan "
    "kerajaan negeri tidak membantah kerana kosnya telah ditanggung.",
    "ms" },
  { "The village head said that the turbine was enough to light 180 houses. People who "
    "live "
    "by the river will share it with three other villages, and nobody objects.",
    "en" },
  { "Der Bürgermeister sagte, dass die Turbine für 180 Häuser reicht. Die Leute, die am "
    "Fluss "
    "wohnen, werden den Strom mit drei anderen Dörfern teilen, und niemand ist dagegen.",
    "de" },
  { "De burgemeester zei dat de turbine genoeg is voor 180 huizen. De mensen die aan de "
    "rivier "
    "wonen, delen de stroom met drie andere dorpen en het is niet duur.",
    "nl" },
  { "Le maire a dit que la turbine suffit pour 180 maisons. Les gens qui habitent sur la "
    "rive "
    "vont partager le courant avec trois autres villages et ce ne sera pas cher.",
    "fr" },
  { "El alcalde dijo que la turbina basta para 180 casas. Las personas que viven en la "
    "orilla "
    "del río van a compartir la luz con otros tres pueblos y no es muy cara.",
    "es" },
  { "O prefeito disse que a turbina é suficiente para 180 casas. As pessoas que moram na "
    "margem "
    "do rio vão dividir a luz com outras três aldeias e não é muito cara.",
    "pt" },
  { "Il sindaco ha detto che la turbina è sufficiente per 180 case. Le persone che "
    "abitano "
    "nella valle del fiume non sono contrarie, e anche la luce è di tutti.",
    "it" },
  { "Мэр сказал, что этой турбины хватит на 180 домов, и жители были рады.", "ru" },
  { "Мер сказав, що цієї турбіни вистачить на 180 будинків, і її вже купили.", "uk" },
  { "قال رئيس القرية إن هذا التوربين يكفي لإنارة 180 بيتا", "ar" },
  { "رئیس روستا گفت که این توربین برای روشن کردن ۱۸۰ خانه کافی است و پول آن گرچه زیاد "
    "بود پرداخت شد",
    "fa" },
  { "گاؤں کے سربراہ نے کہا کہ یہ ٹربائن ایک سو اسی گھروں کے لیے کافی ہے اور بڑے بھی",
    "ur" },
  { "गाँव के मुखिया ने कहा कि यह टरबाइन काफी है", "hi" },
  { "गावाच्या प्रमुखाने सांगितले की ही टर्बाइन पुरेशी आहे", NULL },
  { "東京都知事選挙投票日発表、候補者十人が立つ", "ja" },
  { "ראש הכפר אמר שהטורבינה מספיקה כדי להאיר 180 בתים", "he" },
  { "村长说，这台水轮机足以照亮一百八十户人家。", "zh" },
  { "村長は、この水車で百八十軒の家を照らすことができると述べた。", "ja" },
  { "마을 이장은 이 터빈으로 180가구를 밝힐 수 있다고 말했다.", "ko" },
  { "ผู้ใหญ่บ้านกล่าวว่ากังหันนี้เพียงพอสำหรับบ้าน 180 หลัง", "th" },
  { "Ο δήμαρχος είπε ότι η τουρμπίνα φτάνει για 180 σπίτια", "el" },
  { "", NULL },
  { "12 345 67,8 % — 90", NULL },
  { "The cat", NULL },
  { "Xyzzy plugh quux frobnicate grault garply waldo fred thud corge", NULL },
  { "Кмет общината каза че турбината стига за домовете", NULL },
};

static void
test_cases (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (kutip_guess_language (cases[i].text), ==, cases[i].language);
    }
}

/* Quotations in another script do not make the text theirs. */
static void
test_mixed (void)
{
  g_autofree char *english = g_strconcat (cases[2].text, " “", "村长说", "”", NULL);
  g_autofree char *chinese = g_strconcat (cases[18].text, " BBC, KCNA", NULL);

  g_assert_cmpstr (kutip_guess_language (english), ==, "en");
  g_assert_cmpstr (kutip_guess_language (chinese), ==, "zh");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/guess-language/cases", test_cases);
  g_test_add_func ("/guess-language/mixed", test_mixed);
  return g_test_run ();
}
