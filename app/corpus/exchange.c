/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/exchange.h"

#include "corpus/convert/convert-names.h"

/* Milliseconds between two looks at the progress. */
#define TICK 100

struct _KutipExchange
{
  GObject parent_instance;

  KutipConversion conversion; /* its strings are owned; the thread reads it */
  gboolean is_dataset;
  KutipExportOptions options;   /* as the conversion */
  char *tagset_path, *map_path; /* or NULL */
  KutipExchangeNames blamed;
  KutipExportResult result;
  GError *error;
  GCancellable *cancellable;
  gboolean running;
  guint ticker; /* source */

  GMutex mutex; /* guards what follows */
  KutipConversionProgress coming;
  KutipConversionProgress shown; /* main thread only */
};

enum
{
  PROP_RUNNING = 1,
  PROP_N_RECORDS,
  PROP_N_DONE,
  PROP_FRACTION,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (KutipExchange, kutip_exchange, G_TYPE_OBJECT)

/* In the thread. */
static void
take_progress (const KutipConversionProgress *progress, gpointer data)
{
  KutipExchange *self = data;

  g_mutex_lock (&self->mutex);
  self->coming = *progress;
  g_mutex_unlock (&self->mutex);
}

/* In the thread, as what is named may be anywhere, and anything. */
static gboolean
load_names (KutipExchange *self, GCancellable *cancellable, GError **error)
{
  KutipConversion *conversion = &self->conversion;

  if (self->map_path != NULL)
    {
      g_clear_pointer (&conversion->renaming, kutip_renaming_free);
      conversion->renaming = kutip_convert_load_map (self->map_path, cancellable, error);
      if (conversion->renaming == NULL)
        self->blamed = KUTIP_EXCHANGE_MAP;
    }
  if (self->tagset_path != NULL && self->blamed == KUTIP_EXCHANGE_NO_NAMES)
    {
      g_autoptr (KutipReport) told = kutip_report_new ();

      g_clear_object (&conversion->options.tagset);
      conversion->options.tagset =
          kutip_convert_load_tagset (self->tagset_path, told, cancellable, error);
      kutip_report_free (conversion->told);
      conversion->told = g_steal_pointer (&told);
      if (conversion->options.tagset == NULL)
        self->blamed = KUTIP_EXCHANGE_TAGSET;
    }
  return self->blamed == KUTIP_EXCHANGE_NO_NAMES;
}

static gboolean
run (KutipExchange *self, GCancellable *cancellable, GError **error)
{
  return self->is_dataset
             ? kutip_export_run (&self->conversion, &self->options, &self->result,
                                 cancellable, error)
             : kutip_conversion_run (&self->conversion, &self->result.conversion,
                                     cancellable, error);
}

static void
work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  KutipExchange *self = source;
  GError *error = NULL;

  if (load_names (self, cancellable, &error) && run (self, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
show_progress (KutipExchange *self)
{
  KutipConversionProgress before = self->shown;

  g_mutex_lock (&self->mutex);
  self->shown = self->coming;
  g_mutex_unlock (&self->mutex);
  if (before.share < self->shown.share)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FRACTION]);
  if (before.n_units != self->shown.n_units)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_DONE]);
  if (before.n_records != self->shown.n_records)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_RECORDS]);
}

static gboolean
on_tick (gpointer data)
{
  show_progress (data);
  return G_SOURCE_CONTINUE;
}

static void
on_worked (GObject *source, GAsyncResult *result, gpointer data)
{
  KutipExchange *self = KUTIP_EXCHANGE (source);

  g_task_propagate_boolean (G_TASK (result), &self->error);
  g_clear_handle_id (&self->ticker, g_source_remove);
  show_progress (self);
  self->running = FALSE;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_RUNNING]);
}

static void
kutip_exchange_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  KutipExchange *self = KUTIP_EXCHANGE (object);

  switch (id)
    {
    case PROP_RUNNING:
      g_value_set_boolean (value, self->running);
      break;
    case PROP_N_RECORDS:
      g_value_set_uint64 (value, self->shown.n_records);
      break;
    case PROP_N_DONE:
      g_value_set_uint64 (value, self->shown.n_units);
      break;
    case PROP_FRACTION:
      g_value_set_double (value, self->shown.share);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      break;
    }
}

static void
clear_options (KutipExportOptions *options)
{
  g_free ((char *) options->group_by);
  g_free ((char *) options->stratify_by);
  for (guint i = 0; i < options->n_dates; i++)
    g_free ((char *) options->dates[i]);
  g_free ((char *) options->layer);
  g_free ((char *) options->title);
  g_free ((char *) options->license);
  g_free ((char *) options->map);
  g_free ((char *) options->version);
}

/* The task keeps it alive while it runs. */
static void
kutip_exchange_finalize (GObject *object)
{
  KutipExchange *self = KUTIP_EXCHANGE (object);

  g_strfreev ((char **) self->conversion.inputs);
  g_clear_object (&self->conversion.options.tagset);
  g_clear_pointer (&self->conversion.renaming, kutip_renaming_free);
  kutip_report_free (self->conversion.told);
  g_free ((char *) self->conversion.options.language);
  g_free ((char *) self->conversion.output);
  g_free ((char *) self->conversion.annotator);
  g_free (self->tagset_path);
  g_free (self->map_path);
  clear_options (&self->options);
  kutip_export_result_clear (&self->result);
  g_clear_error (&self->error);
  g_object_unref (self->cancellable);
  g_mutex_clear (&self->mutex);
  G_OBJECT_CLASS (kutip_exchange_parent_class)->finalize (object);
}

static GParamSpec *
make_counter (const char *name)
{
  return g_param_spec_uint64 (name, NULL, NULL, 0, G_MAXUINT64, 0,
                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
}

static void
kutip_exchange_class_init (KutipExchangeClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = kutip_exchange_get_property;
  object_class->finalize = kutip_exchange_finalize;
  props[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_N_RECORDS] = make_counter ("n-records");
  props[PROP_N_DONE] = make_counter ("n-done");
  props[PROP_FRACTION] = g_param_spec_double ("fraction", NULL, NULL, 0, 1, 0,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
kutip_exchange_init (KutipExchange *self)
{
  g_mutex_init (&self->mutex);
  self->cancellable = g_cancellable_new ();
}

KutipExchange *
kutip_exchange_new (const KutipConversion *conversion)
{
  KutipExchange *self = g_object_new (KUTIP_TYPE_EXCHANGE, NULL);
  KutipConversion *own = &self->conversion;

  *own = *conversion;
  own->inputs = g_strdupv ((char **) conversion->inputs);
  own->options.language = g_strdup (conversion->options.language);
  own->output = g_strdup (conversion->output);
  own->annotator = g_strdup (conversion->annotator);
  if (own->options.tagset != NULL)
    g_object_ref (own->options.tagset);
  own->target = NULL;
  own->counts = TRUE;
  own->progress = take_progress;
  own->progress_data = self;
  return self;
}

void
kutip_exchange_make_dataset (KutipExchange *self, const KutipExportOptions *options)
{
  KutipExportOptions *own;

  g_return_if_fail (KUTIP_IS_EXCHANGE (self));
  g_return_if_fail (!self->running && !self->is_dataset);
  g_return_if_fail (kutip_export_check (options) == NULL);

  self->is_dataset = TRUE;
  own = &self->options;
  *own = *options;
  own->group_by = g_strdup (options->group_by);
  own->stratify_by = g_strdup (options->stratify_by);
  for (guint i = 0; i < options->n_dates; i++)
    own->dates[i] = g_strdup (options->dates[i]);
  own->layer = g_strdup (options->layer);
  own->title = g_strdup (options->title);
  own->license = g_strdup (options->license);
  own->map = g_strdup (options->map);
  own->version = g_strdup (options->version);
}

void
kutip_exchange_read_names (KutipExchange *self, const char *tagset, const char *map)
{
  g_return_if_fail (KUTIP_IS_EXCHANGE (self));
  g_return_if_fail (!self->running);

  g_free (self->tagset_path);
  self->tagset_path = g_strdup (tagset);
  g_free (self->map_path);
  self->map_path = g_strdup (map);
}

void
kutip_exchange_start (KutipExchange *self)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (KUTIP_IS_EXCHANGE (self));
  g_return_if_fail (!self->running && self->result.conversion.report == NULL);

  self->running = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_RUNNING]);
  self->ticker = g_timeout_add (TICK, on_tick, self);
  task = g_task_new (self, self->cancellable, on_worked, NULL);
  g_task_set_source_tag (task, kutip_exchange_start);
  /* What is in place is in place, also when somebody stops it at that very moment. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_run_in_thread (task, work);
}

void
kutip_exchange_cancel (KutipExchange *self)
{
  g_return_if_fail (KUTIP_IS_EXCHANGE (self));
  g_cancellable_cancel (self->cancellable);
}

gboolean
kutip_exchange_is_running (KutipExchange *self)
{
  g_return_val_if_fail (KUTIP_IS_EXCHANGE (self), FALSE);
  return self->running;
}

const GError *
kutip_exchange_get_error (KutipExchange *self)
{
  g_return_val_if_fail (KUTIP_IS_EXCHANGE (self), NULL);
  return self->error;
}

KutipExchangeNames
kutip_exchange_get_blamed (KutipExchange *self)
{
  g_return_val_if_fail (KUTIP_IS_EXCHANGE (self), KUTIP_EXCHANGE_NO_NAMES);
  return self->blamed;
}

const KutipConversionResult *
kutip_exchange_get_result (KutipExchange *self)
{
  g_return_val_if_fail (KUTIP_IS_EXCHANGE (self), NULL);
  return &self->result.conversion;
}

const KutipExportResult *
kutip_exchange_get_dataset (KutipExchange *self)
{
  g_return_val_if_fail (KUTIP_IS_EXCHANGE (self), NULL);
  return self->is_dataset ? &self->result : NULL;
}

const char *
kutip_exchange_get_output (KutipExchange *self)
{
  g_return_val_if_fail (KUTIP_IS_EXCHANGE (self), NULL);
  return self->conversion.output;
}

const KutipFormat *
kutip_exchange_get_format (KutipExchange *self)
{
  g_return_val_if_fail (KUTIP_IS_EXCHANGE (self), NULL);
  return self->conversion.to;
}
