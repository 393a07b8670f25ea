/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/exchange/exchange-view.h"
#include "ui/exchange/more-options.h"
#include "ui/exchange/shipped-row.h"

G_BEGIN_DECLS

/* What the windows for import and export have in common: a form, then what comes of it.
 * Belongs to the window; the widgets are its own. */
typedef struct
{
  GtkStack *pages; /* "form" and "result" */
  KutipExchangeView *view;
  GtkWidget *cancel_button;
  GtkWidget *begin_button;
  GtkWidget *back_button; /* to the form, where nothing was written */
  AdwComboRow *format_row;
  KutipShippedRow *map_row;
  KutipMoreOptions *more;
  GtkLabel *refusal;  /* why it cannot begin */
  GPtrArray *formats; /* KutipFormat as format_row has them */
  KutipExchange *exchange;
  char *tagset_path, *map_path; /* of files, as they were read last; or NULL */
} KutipExchangeForm;

/* For class_init, once the template is set: @offset is where the form lies in the window.
 */
void kutip_exchange_form_bind (GtkWidgetClass *class,
                               gssize offset,
                               const char *begin_button);

typedef gboolean (*KutipFormatFunc) (const KutipFormat *format);

/* Fills the choice with the formats that @is_wanted; after @none, which stands for no
 * format, unless it is NULL. */
void kutip_exchange_form_init (KutipExchangeForm *self,
                               KutipFormatFunc is_wanted,
                               const char *none);
/* Opens the window no wider than the one it belongs to: on a phone that fills the screen.
 */
void kutip_exchange_form_fit (GtkWindow *window, GtkWindow *parent);
/* For dispose: cancels what is under way. May be called again. */
void kutip_exchange_form_clear (KutipExchangeForm *self);
/* The chosen one; NULL for none. */
const KutipFormat *kutip_exchange_form_get_format (KutipExchangeForm *self);
/* Says why it cannot begin, until the next time; the focus goes to @row, which may be
 * NULL. */
void kutip_exchange_form_refuse (KutipExchangeForm *self,
                                 const char *reason,
                                 gpointer row);
/* Reads the names of labels and the seldom used options into @conversion, whose renaming
 * belongs to the caller until it is started. FALSE after having said why not. */
gboolean kutip_exchange_form_read (KutipExchangeForm *self, KutipConversion *conversion);
/* What the map that was read last is called; NULL for none. Owned. */
char *kutip_exchange_form_dup_map_name (KutipExchangeForm *self);
/* Begins, and shows how far it is. @dataset: what a dataset is made by, or NULL for none.
 * @ended is called with @window in the end. */
void kutip_exchange_form_start (KutipExchangeForm *self,
                                const KutipConversion *conversion,
                                const KutipExportOptions *dataset,
                                GCallback ended,
                                gpointer window);
/* Back to the form, after the end: it can be started again. */
void kutip_exchange_form_return (KutipExchangeForm *self);
/* After the end, once nothing else is to be said: whether it was done. If not, the way
 * back to the form shows. */
gboolean kutip_exchange_form_end (KutipExchangeForm *self);
/* After the end: whether something was there already, that was not to be replaced. The
 * form is back then, says so, and @row has the focus. */
gboolean kutip_exchange_form_meets_another (KutipExchangeForm *self, gpointer row);
/* After the end: whether a file of names could not be read. The form is back then, and
 * says why. */
gboolean kutip_exchange_form_lacks_names (KutipExchangeForm *self);
/* Whether the window must stay: what is under way is stopped first, and its end is then
 * shown. */
gboolean kutip_exchange_form_holds (KutipExchangeForm *self);

/* What is kept of the names and of the seldom used options; see kept-rows.h. */
void kutip_exchange_form_append (KutipExchangeForm *self, GString *lines);
void kutip_exchange_form_set (KutipExchangeForm *self, const char *lines);

G_END_DECLS
