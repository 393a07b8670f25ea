/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/sidebar/language-name.h"

#include <glib/gi18n.h>
#include <string.h>

/* Sorted by code. */
static const struct
{
  const char *code; /* ISO 639 */
  const char *name;
} languages[] = {
  { "af", N_ ("Afrikaans") },
  { "am", N_ ("Amharic") },
  { "ar", N_ ("Arabic") },
  { "az", N_ ("Azerbaijani") },
  { "be", N_ ("Belarusian") },
  { "bg", N_ ("Bulgarian") },
  { "bn", N_ ("Bengali") },
  { "bs", N_ ("Bosnian") },
  { "ca", N_ ("Catalan") },
  { "cs", N_ ("Czech") },
  { "cy", N_ ("Welsh") },
  { "da", N_ ("Danish") },
  { "de", N_ ("German") },
  { "el", N_ ("Greek") },
  { "en", N_ ("English") },
  { "eo", N_ ("Esperanto") },
  { "es", N_ ("Spanish") },
  { "et", N_ ("Estonian") },
  { "eu", N_ ("Basque") },
  { "fa", N_ ("Persian") },
  { "fi", N_ ("Finnish") },
  { "fil", N_ ("Filipino") },
  { "fr", N_ ("French") },
  { "ga", N_ ("Irish") },
  { "gl", N_ ("Galician") },
  { "gu", N_ ("Gujarati") },
  { "ha", N_ ("Hausa") },
  { "he", N_ ("Hebrew") },
  { "hi", N_ ("Hindi") },
  { "hr", N_ ("Croatian") },
  { "hu", N_ ("Hungarian") },
  { "hy", N_ ("Armenian") },
  { "id", N_ ("Indonesian") },
  { "ig", N_ ("Igbo") },
  { "is", N_ ("Icelandic") },
  { "it", N_ ("Italian") },
  { "ja", N_ ("Japanese") },
  { "jv", N_ ("Javanese") },
  { "ka", N_ ("Georgian") },
  { "k"
    "k",
    N_ ("Kazakh") },
  { "km", N_ ("Khmer") },
  { "kn", N_ ("Kannada") },
  { "ko", N_ ("Korean") },
  { "ky", N_ ("Kyrgyz") },
  { "lo", N_ ("Lao") },
  { "lt", N_ ("Lithuanian") },
  { "lv", N_ ("Latvian") },
  { "mk", N_ ("Macedonian") },
  { "ml", N_ ("Malayalam") },
  { "mn", N_ ("Mongolian") },
  { "mr", N_ ("Marathi") },
  { "ms", N_ ("Malay") },
  { "mt", N_ ("Maltese") },
  { "my", N_ ("Burmese") },
  { "nb", N_ ("Norwegian Bokmål") },
  { "ne", N_ ("Nepali") },
  { "nl", N_ ("Dutch") },
  { "nn", N_ ("Norwegian Nynorsk") },
  { "no", N_ ("Norwegian") },
  { "or", N_ ("Odia") },
  { "pa", N_ ("Punjabi") },
  { "pl", N_ ("Polish") },
  { "ps", N_ ("Pashto") },
  { "pt", N_ ("Portuguese") },
  { "ro", N_ ("Romanian") },
  { "ru", N_ ("Russian") },
  { "si", N_ ("Sinhala") },
  { "sk", N_ ("Slovak") },
  { "sl", N_ ("Slovenian") },
  { "so", N_ ("Somali") },
  { "sq", N_ ("Albanian") },
  { "sr", N_ ("Serbian") },
  { "su", N_ ("Sundanese") },
  { "sv", N_ ("Swedish") },
  { "sw", N_ ("Swahili") },
  { "ta", N_ ("Tamil") },
  { "te", N_ ("Telugu") },
  { "th", N_ ("Thai") },
  { "tl", N_ ("Tagalog") },
  { "tr", N_ ("Turkish") },
  { "uk", N_ ("Ukrainian") },
  { "ur", N_ ("Urdu") },
  { "uz", N_ ("Uzbek") },
  { "vi", N_ ("Vietnamese") },
  { "xh", N_ ("Xhosa") },
  { "yo", N_ ("Yoruba") },
  { "zh", N_ ("Chinese") },
  { "zu", N_ ("Zulu") },
};

gboolean
kutip_language_name_is_tag (const char *tag)
{
  guint part = 0;
  guint n_chars = 0;

  for (const char *p = tag;; p++)
    {
      if (*p == '-' || *p == '\0')
        {
          if (n_chars < (part == 0 ? 2 : 1) || n_chars > 8)
            return FALSE;
          if (*p == '\0')
            return TRUE;
          part++;
          n_chars = 0;
        }
      else if (part == 0 ? g_ascii_isalpha (*p) : g_ascii_isalnum (*p))
        n_chars++;
      else
        return FALSE;
    }
}

static const char *
find_name (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    if (g_ascii_strcasecmp (languages[i].code, code) == 0)
      return _ (languages[i].name);
  return NULL;
}

char *
kutip_language_name_get (const char *tag)
{
  const char *rest = strchr (tag, '-');
  g_autofree char *code =
      rest != NULL ? g_strndup (tag, (gsize) (rest - tag)) : g_strdup (tag);
  const char *name = find_name (code);

  if (name == NULL)
    return NULL;
  if (rest == NULL)
    return g_strdup (name);
  /* Translators: %1$s is a language, %2$s a code of its region or script: Portuguese
   * (BR). */
  return g_strdup_printf (_ ("%1$s (%2$s)"), name, rest + 1);
}
