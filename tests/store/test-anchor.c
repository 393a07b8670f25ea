/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../rounds.h"
#include "store/anchor.h"

#include "../model/fixture.h"
#include "format/sidecar/sidecar.h"
#include "place.h"
#include "prose.h"

#include <string.h>

/* A layer as it is read for a text that has changed: nothing in place. */
static KutipLayer *
make_lost_layer (const char *old, KutipLayer *layer)
{
  g_autoptr (KutipText) text = kutip_text_new (old);
  g_autoptr (KutipText) nothing = kutip_text_new ("");
  KutipCharset charset = { .name = "UTF-8" };
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, old, -1);
  g_autoptr (KutipArticle) article = kutip_article_new (text, "a.txt", digest, &charset);
  GString *bytes = kutip_sidecar_write (article, layer);
  g_autoptr (GError) error = NULL;
  KutipLayer *lost = kutip_sidecar_read (bytes->str, bytes->len, nothing, NULL, &error);

  g_assert_no_error (error);
  g_string_free (bytes, TRUE);
  return lost;
}

static const KutipAnchorOutcome *
find_outcome (GPtrArray *outcomes, const char *id)
{
  for (guint i = 0; i < outcomes->len; i++)
    {
      const KutipAnchorOutcome *outcome = g_ptr_array_index (outcomes, i);

      if (strcmp (outcome->id, id) == 0)
        return outcome;
    }
  return NULL;
}

/* In @old and @new the span is between "[" and "]", with "…[" and "]…" for more pieces;
 * none in
 * @new for an orphan. */
static char *
parse_marked (const char *marked, GArray *ranges)
{
  GString *plain = g_string_new (NULL);
  guint offset = 0;
  KutipRange range = { 0 };

  for (const char *p = marked; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (*p == '[')
        range.start = offset;
      else if (*p == ']')
        {
          range.end = offset;
          g_array_append_val (ranges, range);
        }
      else
        {
          g_string_append_unichar (plain, g_utf8_get_char (p));
          offset++;
        }
    }
  return g_string_free (plain, FALSE);
}

static void
test_table (void)
{
  static const struct
  {
    const char *old, *new;
    KutipAnchorResult result;
    const char *why;
  } rows[] = {
    { "Dikutip dari [BBC], Senin.", "Dikutip dari [BBC], Senin.", KUTIP_ANCHOR_KEPT,
      "as it was" },
    { "Dikutip dari [BBC], Senin.", "Baru. Dikutip dari [BBC], Senin.",
      KUTIP_ANCHOR_MOVED, "something before" },
    { "Dikutip dari [BBC], Senin.", "Dikutip dari [BBC], Selasa.", KUTIP_ANCHOR_KEPT,
      "something behind" },
    { "Dikutip dari [BBC], Senin.", "Dikutip dari KCNA, Senin.", KUTIP_ANCHOR_ORPHAN,
      "another word" },
    { "Dikutip dari [BBC], Senin.", "", KUTIP_ANCHOR_ORPHAN, "an empty text" },
    { "[Semua]", "[Semua]", KUTIP_ANCHOR_KEPT, "the whole text" },
    { "[ab Kami semua sahabat, kata BBC kemarin. cd]",
      "ef Kami semua sahabat, kata BBC kemarin. gh", KUTIP_ANCHOR_ORPHAN,
      "the whole text, of which only the middle is left" },
    { "satu dua [satu] dua satu", "satu dua [satu] dua satu", KUTIP_ANCHOR_KEPT,
      "the middle one of three" },
    { "satu dua satu dua [satu]", "x satu dua satu dua [satu]", KUTIP_ANCHOR_MOVED,
      "the last one of three" },
    { "[satu] dua satu dua satu", "satu dua satu dua satu dua satu", KUTIP_ANCHOR_ORPHAN,
      "put before or put behind: nobody can tell" },
    { "he said that [prices will rise sharply] next year, and left",
      "he said that [prices will rise very sharply] next year, and left",
      KUTIP_ANCHOR_APPROXIMATE, "a word inside" },
    { "he said that [prices will rise sharply] next year, and left",
      "then he said that [prices will rise shaply] next year, and left",
      KUTIP_ANCHOR_APPROXIMATE, "a misprint inside, and moved" },
    { "he said that [prices will rise sharply] next year, and left",
      "he said that nothing is known of what comes next year, and left",
      KUTIP_ANCHOR_ORPHAN, "another quotation in its place" },
    { "“[We will win],” he said, “[and they will lose].” That was all.",
      "So: “[We will win],” he said, “[and they will lose].” That was all.",
      KUTIP_ANCHOR_MOVED, "two pieces" },
    { "“[We will win],” he said, “[and they will lose].” That was all.",
      "“[We will win],” he added later, “[and they will lose].” That was all.",
      KUTIP_ANCHOR_MOVED, "other words between two pieces" },
    { "a [b] c [d] e [f] g is what it was, as everybody knows",
      "so a [b] c [d] e [f] g is what it was, as everybody knows", KUTIP_ANCHOR_MOVED,
      "three short pieces" },
    { "ทักษิณบอกว่า[จะกลับบ้าน]ในเดือนหน้า", "เมื่อวานทักษิณบอกว่า[จะกลับบ้าน]ในเดือนหน้า",
      KUTIP_ANCHOR_MOVED, "Thai" },
    { "他说[经济会好转]，但没有说什么时候。", "昨天他说[经济会好转]，但没有说什么时候。",
      KUTIP_ANCHOR_MOVED, "Chinese" },
    { "وقال [إن الحرب ستنتهي] قريبا جدا", "وقال الوزير [إن الحرب ستنتهي] قريبا جدا",
      KUTIP_ANCHOR_MOVED, "Arabic" },
    { "smile [😀👍🏽] and go on with it",
      "a smile [😀👍🏽] and go on with it", KUTIP_ANCHOR_MOVED,
      "beyond the basic plane" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GArray) before = g_array_new (FALSE, FALSE, sizeof (KutipRange));
      g_autoptr (GArray) after = g_array_new (FALSE, FALSE, sizeof (KutipRange));
      g_autofree char *old = parse_marked (rows[i].old, before);
      g_autofree char *new = parse_marked (rows[i].new, after);
      g_autoptr (KutipText) text = kutip_text_new (new);
      g_autoptr (KutipLayer) layer = fixture_layer ();
      g_autoptr (KutipLayer) lost = NULL;
      g_autoptr (GPtrArray) outcomes = NULL;
      g_autoptr (KutipSpan) span = fixture_pieces (
          "s1", "quote", (KutipRange *) (gpointer) before->data, before->len);
      const KutipAnchorOutcome *outcome;
      KutipAnchorResult result = KUTIP_ANCHOR_KEPT;
      KutipSpan *found;

      g_test_message ("%s", rows[i].why);
      kutip_layer_add_span (layer, span);
      lost = make_lost_layer (old, layer);
      outcomes = kutip_anchor_layer (lost, text, NULL, NULL);
      g_assert_nonnull (outcomes);
      outcome = find_outcome (outcomes, "s1");
      if (outcome != NULL)
        result = outcome->result;
      g_assert_cmpint (result, ==, rows[i].result);
      found = kutip_layer_get_span (lost, "s1");
      g_assert_cmpint (kutip_span_is_orphan (found), ==, result == KUTIP_ANCHOR_ORPHAN);
      if (result == KUTIP_ANCHOR_ORPHAN)
        continue;
      g_assert_cmpuint (kutip_span_get_n_ranges (found), ==, after->len);
      for (guint j = 0; j < after->len; j++)
        {
          g_assert_cmpuint (kutip_span_get_ranges (found)[j].start, ==,
                            g_array_index (after, KutipRange, j).start);
          g_assert_cmpuint (kutip_span_get_ranges (found)[j].end, ==,
                            g_array_index (after, KutipRange, j).end);
        }
    }
}

/* Where two places are as good as each other, none is taken. */
static void
test_ambiguous (void)
{
  const char *old =
      "Some words here. The same sentence, twice, with nothing around it. Other words.";
  g_autoptr (KutipText) text =
      kutip_text_new ("The same sentence, twice, with nothing around it.\n"
                      "The same sentence, twice, with nothing around it.\n"
                      "The same sentence, twice, with nothing around it.\n");
  g_autoptr (KutipLayer) layer = fixture_layer ();
  g_autoptr (KutipSpan) span = fixture_span ("s1", "claim", 26, 34);
  g_autoptr (KutipLayer) lost = NULL;
  g_autoptr (GPtrArray) outcomes = NULL;

  kutip_layer_add_span (layer, span);
  lost = make_lost_layer (old, layer);
  outcomes = kutip_anchor_layer (lost, text, NULL, NULL);
  g_assert_cmpuint (outcomes->len, ==, 1);
  g_assert_cmpint (find_outcome (outcomes, "s1")->result, ==, KUTIP_ANCHOR_ORPHAN);
  g_assert_cmpstr (find_outcome (outcomes, "s1")->old_text, ==, "sentence");
  g_assert_null (find_outcome (outcomes, "s1")->new_text);
}

/* An article that changes, with what became of each of its characters. */
typedef struct
{
  GRand *random;
  GArray *chars; /* gunichar */
  GArray *from;  /* guint: where it stood in the old text, or G_MAXUINT */
} Changing;

static void
changing_init (Changing *self, const char *text, GRand *random)
{
  guint i = 0;

  self->random = random;
  self->chars = g_array_new (FALSE, FALSE, sizeof (gunichar));
  self->from = g_array_new (FALSE, FALSE, sizeof (guint));
  for (; *text != '\0'; text = g_utf8_next_char (text), i++)
    {
      gunichar c = g_utf8_get_char (text);

      g_array_append_val (self->chars, c);
      g_array_append_val (self->from, i);
    }
}

static void
changing_clear (Changing *self)
{
  g_array_unref (self->chars);
  g_array_unref (self->from);
}

static void
replace (Changing *self, guint at, guint n_old, const char *text)
{
  guint n_new = (guint) g_utf8_strlen (text, -1);
  g_autofree gunichar *chars = g_utf8_to_ucs4_fast (text, -1, NULL);
  g_autofree guint *from = g_new (guint, n_new + 1);

  for (guint i = 0; i < n_new; i++)
    from[i] = G_MAXUINT;
  n_old = MIN (n_old, self->chars->len - at);
  g_array_remove_range (self->chars, at, n_old);
  g_array_remove_range (self->from, at, n_old);
  g_array_insert_vals (self->chars, at, chars, n_new);
  g_array_insert_vals (self->from, at, from, n_new);
}

/* Single characters: the hardest for what is found by its surroundings. */
static guint
change_character (Changing *self)
{
  guint at = (guint) g_rand_int_range (self->random, 0, (gint32) self->chars->len);
  guint what = (guint) g_rand_int_range (self->random, 0, 3);
  char letter[2] = { (char) g_rand_int_range (self->random, 'a', 'z' + 1), '\0' };

  replace (self, at, what == 0 ? 0 : 1, what == 1 ? "" : letter);
  return 1;
}

/* Words and phrases come and go. */
static guint
change_phrase (Changing *self)
{
  guint at = (guint) g_rand_int_range (self->random, 0, (gint32) self->chars->len);
  guint n = (guint) g_rand_int_range (self->random, 0, 40);
  GString *text = g_string_new (NULL);
  guint n_words = (guint) g_rand_int_range (self->random, 0, 6);

  for (guint i = 0; i < n_words; i++)
    {
      prose_add_word (text, self->random);
      g_string_append_c (text, ' ');
    }
  replace (self, at, n, text->str);
  n = MAX (n, (guint) text->len);
  g_string_free (text, TRUE);
  return MAX (n, 1);
}

/* A passage is carried elsewhere. */
static guint
carry_passage (Changing *self)
{
  guint n = (guint) g_rand_int_range (self->random, 100, 600);
  guint at = (guint) g_rand_int_range (self->random, 0, (gint32) (self->chars->len - n));
  g_autofree gunichar *chars =
      g_memdup2 (&g_array_index (self->chars, gunichar, at), n * sizeof (gunichar));
  g_autofree guint *from =
      g_memdup2 (&g_array_index (self->from, guint, at), n * sizeof (guint));
  guint to;

  g_array_remove_range (self->chars, at, n);
  g_array_remove_range (self->from, at, n);
  to = (guint) g_rand_int_range (self->random, 0, (gint32) self->chars->len);
  g_array_insert_vals (self->chars, to, chars, n);
  g_array_insert_vals (self->from, to, from, n);
  return n;
}

static KutipLayer *
make_layer (GRand *random, guint length, guint n_spans)
{
  KutipLayer *layer = fixture_layer ();

  for (guint i = 0; i < n_spans; i++)
    {
      g_autofree char *id = g_strdup_printf ("s%u", i + 1);
      g_autoptr (KutipSpan) span = NULL;
      guint n_pieces = g_rand_int_range (random, 0, 100) < 15 ? 2 : 1;
      guint start = (guint) g_rand_int_range (random, 0, (gint32) length - 700);
      KutipRange ranges[2];

      for (guint j = 0; j < n_pieces; j++)
        {
          guint n =
              (guint) g_rand_int_range (random, 2, g_rand_boolean (random) ? 12 : 200);

          ranges[j] = (KutipRange){ start, start + n };
          start += n + (guint) g_rand_int_range (random, 3, 80);
        }
      span = fixture_pieces (id, "quote", ranges, n_pieces);
      kutip_layer_add_span (layer, span);
    }
  return layer;
}

/* Where the characters of an old range stand now, if they still are one after the other.
 */
static gboolean
find_truth (const guint *place, KutipRange old, KutipRange *now)
{
  for (guint i = old.start; i < old.end; i++)
    {
      if (place[i] == G_MAXUINT || (i > old.start && place[i] != place[i - 1] + 1))
        return FALSE;
    }
  now->start = place[old.start];
  now->end = now->start + (old.end - old.start);
  return TRUE;
}

/* How it went. */
typedef struct
{
  guint n_intact, n_right, n_wrong, n_lost;
  guint n_damaged, n_approximate,
      n_false; /* what has changed, and what of it was called unchanged */
} Score;

/* A damaged span called unchanged is false unless what was taken is its own text, or the
 * same words typed again in its place: between what stood before it and what stood behind
 * it. */
static gboolean
is_its_own (
    const guint *place, const guint *from, guint length, KutipRange now, KutipRange old)
{
  guint n = 0;
  guint before = old.start, behind = old.end;

  for (guint i = now.start; i < now.end; i++)
    n += from[i] != G_MAXUINT && from[i] >= old.start && from[i] < old.end;
  if (2 * n >= now.end - now.start)
    return TRUE;
  while (before > 0 && place[before - 1] == G_MAXUINT)
    before--;
  while (behind < length && place[behind] == G_MAXUINT)
    behind++;
  return (before == 0 || place[before - 1] < now.start) &&
         (behind == length || place[behind] >= now.end);
}

static void
score_span (Score *score,
            KutipSpan *before,
            KutipSpan *after,
            const KutipAnchorOutcome *outcome,
            const guint *place,
            const guint *from,
            guint length)
{
  guint n = kutip_span_get_n_ranges (before);
  gboolean is_intact = TRUE;
  gboolean is_right = kutip_span_get_n_ranges (after) == n;
  gboolean is_own = TRUE;

  for (guint i = 0; i < n; i++)
    {
      KutipRange old = kutip_span_get_ranges (before)[i];
      KutipRange truth = { 0 };

      is_intact = is_intact && find_truth (place, old, &truth);
      if (i < kutip_span_get_n_ranges (after))
        {
          KutipRange now = kutip_span_get_ranges (after)[i];

          is_right = is_right && kutip_range_equal (now, truth);
          is_own = is_own && !kutip_span_is_orphan (after) &&
                   is_its_own (place, from, length, now, old);
        }
    }
  if (is_intact)
    {
      score->n_intact++;
      if (kutip_span_is_orphan (after))
        score->n_lost++;
      else if (is_right)
        score->n_right++;
      else
        score->n_wrong++;
      return;
    }
  score->n_damaged++;
  if (outcome != NULL && outcome->result == KUTIP_ANCHOR_APPROXIMATE)
    score->n_approximate++;
  else if (!kutip_span_is_orphan (after) && !is_own)
    score->n_false++;
}

static char *
join_chars (Changing *self)
{
  return g_ucs4_to_utf8 ((gunichar *) (gpointer) self->chars->data, self->chars->len,
                         NULL, NULL, NULL);
}

static void
score_changes (Score *score, Changing *changing, const char *old, KutipLayer *layer)
{
  guint length = (guint) g_utf8_strlen (old, -1);
  g_autofree guint *place = g_new (guint, length + 1);
  g_autofree char *new = join_chars (changing);
  g_autoptr (KutipText) text = kutip_text_new (new);
  g_autoptr (KutipLayer) lost = make_lost_layer (old, layer);
  g_autoptr (GPtrArray) outcomes = NULL;
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);
  const guint *from = (const guint *) (gpointer) changing->from->data;

  memset (place, 0xff, length * sizeof (guint));
  for (guint i = 0; i < changing->from->len; i++)
    {
      if (from[i] != G_MAXUINT)
        place[from[i]] = i;
    }
  outcomes = kutip_anchor_layer (lost, text, NULL, NULL);
  g_assert_nonnull (outcomes);
  for (guint i = 0; i < outcomes->len; i++)
    {
      KutipAnchorOutcome *outcome = g_ptr_array_index (outcomes, i);

      g_hash_table_insert (by_id, outcome->id, outcome);
    }
  for (guint i = 0; i < kutip_layer_get_n_spans (layer); i++)
    {
      KutipSpan *before = kutip_layer_get_nth_span (layer, i);
      const char *id = kutip_span_get_id (before);

      score_span (score, before, kutip_layer_get_span (lost, id),
                  g_hash_table_lookup (by_id, id), place, from, length);
    }
}

/* Articles changed at random, from one character in a thousand to one in five: at least
 * 99 % of the spans whose text is intact are exactly where they belong, and none is
 * anywhere else. */
static void
run_random (const char *what,
            guint (*change) (Changing *self),
            guint length,
            guint n_spans,
            guint n_articles)
{
  static const double rates[] = { 0.001, 0.01, 0.05, 0.1, 0.2 };

  for (gsize i = 0; i < G_N_ELEMENTS (rates); i++)
    {
      Score score = { 0 };

      for (guint32 seed = 1; seed <= rounds (n_articles); seed++)
        {
          g_autoptr (GRand) random = fixture_random (seed * 31);
          g_autofree char *old = prose_new (random, length);
          g_autoptr (KutipLayer) layer =
              make_layer (random, (guint) g_utf8_strlen (old, -1), n_spans);
          Changing changing;
          double wanted = rates[i] * length;

          changing_init (&changing, old, random);
          while (wanted > 0)
            wanted -= change (&changing);
          score_changes (&score, &changing, old, layer);
          changing_clear (&changing);
        }
      g_test_message (
          "%s %.1f %%: %u intact, %.2f %% right, %u wrong, %u lost; %u damaged, "
          "%u approximate, %u false",
          what, rates[i] * 100, score.n_intact,
          100.0 * score.n_right / MAX (score.n_intact, 1), score.n_wrong, score.n_lost,
          score.n_damaged, score.n_approximate, score.n_false);
      /* One of few is more than one in a hundred. */
      g_assert_cmpuint ((score.n_right + 1) * 100, >=, score.n_intact * 99);
      g_assert_cmpuint (score.n_wrong, ==, 0);
      g_assert_cmpuint (score.n_false, ==, 0);
    }
}

static void
test_characters (void)
{
  run_random ("characters", change_character, 20000, 300, 10);
}

static void
test_phrases (void)
{
  run_random ("phrases", change_phrase, 20000, 300, 10);
}

static void
test_passages (void)
{
  run_random ("passages", carry_passage, 20000, 300, 10);
}

/* A short article with few spans, so that there is little to hold on to. */
static void
test_few (void)
{
  run_random ("few spans", change_phrase, 3000, 12, 150);
}

static void
test_cancel (void)
{
  g_autoptr (KutipText) text = kutip_text_new ("text");
  g_autoptr (KutipLayer) layer = fixture_layer ();
  g_autoptr (KutipSpan) span = fixture_orphan ("s1", "claim", 1, 3);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  kutip_layer_add_span (layer, span);
  g_cancellable_cancel (cancellable);
  g_assert_null (kutip_anchor_layer (layer, text, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (kutip_span_is_orphan (kutip_layer_get_span (layer, "s1")));
}

int
main (int argc, char **argv)
{
  place_init (&argc, &argv);
  g_test_add_func ("/anchor/table", test_table);
  g_test_add_func ("/anchor/ambiguous", test_ambiguous);
  g_test_add_func ("/anchor/characters", test_characters);
  g_test_add_func ("/anchor/phrases", test_phrases);
  g_test_add_func ("/anchor/passages", test_passages);
  g_test_add_func ("/anchor/few", test_few);
  g_test_add_func ("/anchor/cancel", test_cancel);
  return g_test_run ();
}
