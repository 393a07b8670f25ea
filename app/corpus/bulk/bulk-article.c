/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/bulk/bulk-article.h"

#include "model/reshape.h"

#include <glib/gi18n.h>

void
kutip_bulk_article_free (KutipBulkArticle *article)
{
  g_object_unref (article->file);
  g_free (article->name);
  g_clear_pointer (&article->lines, g_ptr_array_unref);
  g_clear_pointer (&article->change, kutip_change_unref);
  g_clear_pointer (&article->line, kutip_bulk_line_free);
  g_free (article->failure);
  g_free (article);
}

gboolean
kutip_bulk_refuse (GError **error, const char *reason)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, reason);
  return FALSE;
}

/* The places as ranges; FALSE when the words do not stand there any more. */
static gboolean
list_ranges (const KutipBulkArticle *article,
             KutipText *text,
             GArray *ranges,
             GError **error)
{
  for (guint i = 0; i < article->lines->len; i++)
    {
      KutipConcordanceLine *line = g_ptr_array_index (article->lines, i);
      KutipRange range = kutip_concordance_line_get_range (line);
      const char *match = kutip_concordance_line_get_context (line)->match;
      g_autofree char *words = NULL;

      if (range.end <= kutip_text_get_length (text))
        words = kutip_concordance_line_dup_match (text, range);
      if (g_strcmp0 (words, match) != 0)
        return kutip_bulk_refuse (error,
                                  _ ("the text has changed since it was searched"));
      g_array_append_val (ranges, range);
    }
  return TRUE;
}

/* Before it is on the disk that something was marked, it is there what. */
static gboolean
record (KutipBulkAction *action, KutipBulkArticle *article, GError **error)
{
  KutipBulkLine *line;
  gboolean done;

  if (action->record == NULL)
    return TRUE;
  if (!action->has_record &&
      !kutip_bulk_record_begin (action->record, action->label, action->annotator, error))
    return FALSE;
  action->has_record = TRUE;
  line = kutip_bulk_line_new (article->file, article->name, article->change);
  done = kutip_bulk_record_append (action->record, line, error);
  kutip_bulk_line_free (line);
  return done;
}

static gboolean
mark (KutipBulkAction *action,
      KutipBulkArticle *article,
      KutipDocument *document,
      GError **error)
{
  g_autoptr (GArray) ranges = g_array_new (FALSE, FALSE, sizeof (KutipRange));
  guint n = 0;

  if (!list_ranges (article, kutip_document_get_text (document), ranges, error) ||
      !kutip_reshape_mark_all (document, action->label,
                               (const KutipRange *) (gpointer) ranges->data, ranges->len,
                               &n, error))
    return FALSE;
  if (n == 0)
    return TRUE;
  article->change =
      kutip_change_ref (kutip_history_peek_undo (kutip_document_get_history (document)));
  if (record (action, article, error))
    return TRUE;
  kutip_document_undo (document);
  g_clear_pointer (&article->change, kutip_change_unref);
  return FALSE;
}

gboolean
kutip_bulk_article_is_marked (const KutipBulkArticle *article)
{
  return article->change != NULL || article->line != NULL;
}

static guint
count_spans (KutipChange *change)
{
  guint n = 0;

  for (guint i = 0; i < kutip_change_get_n_edits (change); i++)
    n += kutip_change_get_nth_edit (change, i)->kind == KUTIP_EDIT_SPAN;
  return n;
}

guint
kutip_bulk_article_count (const KutipBulkArticle *article)
{
  if (article->line != NULL)
    return article->line->places->len;
  if (article->change != NULL)
    return count_spans (article->change);
  return article->lines != NULL ? article->lines->len : 0;
}

/* The spans that a change adds; NULL when it does anything else but take the article up.
 */
static GPtrArray *
list_added (KutipChange *change)
{
  g_autoptr (GPtrArray) added = g_ptr_array_new ();

  for (guint i = 0; i < kutip_change_get_n_edits (change); i++)
    {
      const KutipEdit *edit = kutip_change_get_nth_edit (change, i);

      if (edit->kind == KUTIP_EDIT_RELATION ||
          (edit->kind == KUTIP_EDIT_SPAN && edit->before != NULL))
        return NULL;
      if (edit->kind == KUTIP_EDIT_SPAN)
        g_ptr_array_add (added, edit->after);
    }
  return g_steal_pointer (&added);
}

static gboolean
is_same_change (KutipChange *one, KutipChange *other)
{
  g_autoptr (GPtrArray) a = list_added (one);
  g_autoptr (GPtrArray) b = other != NULL ? list_added (other) : NULL;

  if (a == NULL || b == NULL || a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (!kutip_span_equal (g_ptr_array_index (a, i), g_ptr_array_index (b, i)))
      return FALSE;
  return TRUE;
}

static gboolean
refuse_undo (KutipDocument *document, GError **error)
{
  if (!kutip_progress_is_cancelled (kutip_document_get_progress (document)))
    return kutip_bulk_refuse (error, _ ("it cannot be changed now"));
  g_set_error_literal (error, KUTIP_DOCUMENT_ERROR, KUTIP_DOCUMENT_ERROR_CANCELLED,
                       _ ("Stopped: nothing has been changed"));
  return FALSE;
}

static gboolean
unmark (KutipBulkAction *action,
        KutipBulkArticle *article,
        KutipDocument *document,
        GError **error)
{
  KutipHistory *history = kutip_document_get_history (document);
  g_autoptr (KutipChange) made = NULL;
  g_autoptr (KutipChange) removal = NULL;

  if (kutip_document_is_read_only (document))
    return kutip_bulk_refuse (error, _ ("it cannot be changed now"));
  made = article->line != NULL
             ? kutip_bulk_line_find (article->line, document, action->label, error)
             : kutip_change_ref (article->change);
  if (made == NULL)
    return FALSE;
  /* Stopped before they were there, or taken back already. */
  if (kutip_change_get_n_edits (made) == 0)
    return TRUE;
  if (is_same_change (made, kutip_history_peek_undo (history)))
    return kutip_document_undo (document) || refuse_undo (document, error);
  removal = kutip_change_new (_ ("Take Back Marking"));
  for (guint i = 0; i < kutip_change_get_n_edits (made); i++)
    {
      const KutipEdit *edit = kutip_change_get_nth_edit (made, i);

      if (edit->kind == KUTIP_EDIT_SPAN)
        kutip_change_add_span (removal, edit->after, NULL);
    }
  return kutip_document_apply (document, removal, error);
}

gboolean
kutip_bulk_action_run (KutipBulkAction *action,
                       KutipBulkArticle *article,
                       KutipDocument *document,
                       GError **error)
{
  return action->back ? unmark (action, article, document, error)
                      : mark (action, article, document, error);
}

void
kutip_bulk_action_record_rest (KutipBulkAction *action, GPtrArray *articles)
{
  g_autoptr (GPtrArray) lines =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kutip_bulk_line_free);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < articles->len; i++)
    {
      const KutipBulkArticle *article = g_ptr_array_index (articles, i);

      if (article->line != NULL)
        g_ptr_array_add (lines, kutip_bulk_line_copy (article->line));
      else if (article->change != NULL)
        g_ptr_array_add (
            lines, kutip_bulk_line_new (article->file, article->name, article->change));
    }
  /* With what was taken back still in it, a record does no harm: it is not found any
   * more. */
  if (action->record != NULL &&
      !kutip_bulk_record_replace (action->record, action->label, action->annotator, lines,
                                  &error))
    g_debug ("%s", error->message);
}
