/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/parallel.h"

#include "cli/output.h"

#include <glib/gi18n.h>

#define MOST_JOBS 1024
/* So many inputs may wait for each thread. */
#define LOOK_AHEAD 8

typedef struct
{
  const KutipParallel *parallel;
  GThreadPool *pool; /* NULL: everything in one thread */
  guint n_ahead;
  GQueue jobs; /* in the order of the inputs */
  gulong n_done;
  GMutex lock;
  GCond changed;
} Run;

typedef struct
{
  Run *run;
  KutipInput input;
  gpointer result;
  gboolean finished; /* guarded by the run's lock */
} Job;

gboolean
kutip_parallel_check_jobs (int n_jobs)
{
  if (n_jobs >= 0 && n_jobs <= MOST_JOBS)
    return TRUE;
  kutip_output_failure (_ ("The number of jobs is from 0 to 1024."));
  return FALSE;
}

static gpointer
copy_string (gconstpointer string, gpointer data)
{
  return g_strdup (string);
}

static Job *
make_job (Run *run, const KutipInput *input)
{
  Job *job = g_new0 (Job, 1);

  job->run = run;
  job->input =
      (KutipInput){ .article = g_strdup (input->article),
                    .exists = input->exists,
                    .sidecars = g_ptr_array_copy (input->sidecars, copy_string, NULL) };
  g_ptr_array_set_free_func (job->input.sidecars, g_free);
  return job;
}

static void
work (gpointer data, gpointer user_data)
{
  Job *job = data;
  Run *run = job->run;
  gpointer result = run->parallel->work (&job->input, run->parallel->data);

  g_mutex_lock (&run->lock);
  job->result = result;
  job->finished = TRUE;
  g_cond_broadcast (&run->changed);
  g_mutex_unlock (&run->lock);
}

static void
take (Run *run, gpointer result)
{
  run->parallel->take (result, run->parallel->data);
  run->n_done++;
  if (run->parallel->is_shown)
    kutip_output_progress (ngettext ("%lu article", "%lu articles", run->n_done),
                           run->n_done);
}

static void
take_first (Run *run)
{
  Job *job = g_queue_pop_head (&run->jobs);

  g_mutex_lock (&run->lock);
  while (!job->finished)
    g_cond_wait (&run->changed, &run->lock);
  g_mutex_unlock (&run->lock);
  take (run, job->result);
  g_free ((char *) job->input.article);
  g_ptr_array_unref (job->input.sidecars);
  g_free (job);
}

static void
add_input (const KutipInput *input, gpointer data)
{
  Run *run = data;
  Job *job;

  if (run->pool == NULL)
    {
      take (run, run->parallel->work (input, run->parallel->data));
      return;
    }
  job = make_job (run, input);
  g_queue_push_tail (&run->jobs, job);
  g_thread_pool_push (run->pool, job, NULL);
  if (run->jobs.length > run->n_ahead)
    take_first (run);
}

gboolean
kutip_parallel_run (const KutipParallel *self, char *const *paths)
{
  guint n_threads = self->n_jobs == 0 ? g_get_num_processors () : (guint) self->n_jobs;
  Run run = { .parallel = self, .n_ahead = LOOK_AHEAD * n_threads };
  gboolean all_read;

  g_mutex_init (&run.lock);
  g_cond_init (&run.changed);
  g_queue_init (&run.jobs);
  /* Without threads it takes longer, and that is all. */
  if (n_threads > 1)
    run.pool = g_thread_pool_new (work, NULL, (int) n_threads, TRUE, NULL);
  all_read = kutip_inputs_foreach (paths, add_input, &run);
  while (run.jobs.length > 0)
    take_first (&run);
  if (run.pool != NULL)
    g_thread_pool_free (run.pool, FALSE, TRUE);
  kutip_output_progress (NULL);
  g_mutex_clear (&run.lock);
  g_cond_clear (&run.changed);
  return all_read;
}
