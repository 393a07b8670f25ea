/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/command.h"
#include "cli/output.h"
#include "cli/parallel.h"
#include "corpus/statistics.h"
#include "store/open.h"

#include <glib/gi18n.h>

static gboolean as_json;
static gboolean quiet;
static int n_jobs = 1;

static const GOptionEntry entries[] = {
  { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_ ("Print one JSON document"), NULL },
  { "quiet", 'q', 0, G_OPTION_ARG_NONE, &quiet, N_ ("Print failures only"), NULL },
  { "jobs", 'j', 0, G_OPTION_ARG_INT, &n_jobs,
    N_ ("Read several articles at a time; 0: as many as there are processors"),
    N_ ("N") },
  { NULL },
};

typedef struct
{
  KutipStatistics *statistics;
  gboolean failed;
} Run;

/* One article with its layers, or what is wrong with them. */
typedef struct
{
  GPtrArray *layers; /* KutipOpened; the article without one where nobody has marked
                        anything */
  gboolean is_annotated;
  GPtrArray *failures; /* char */
} Read;

/* Opens @path, an article or a sidecar, only to look at it. */
static void
open_to_look (Read *read, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  KutipOpenOptions options = { .no_journal = TRUE };
  KutipOpened *opened = kutip_open (file, &options, NULL, &error);

  if (opened != NULL && opened->tagset_error != NULL)
    g_ptr_array_add (read->failures, g_strdup (opened->tagset_error->message));
  if (opened != NULL && opened->sidecar_error == NULL)
    {
      g_ptr_array_add (read->layers, opened);
      return;
    }
  g_ptr_array_add (
      read->failures,
      g_strdup (opened != NULL ? opened->sidecar_error->message : error->message));
  g_clear_pointer (&opened, kutip_opened_free);
}

static gpointer
read_input (const KutipInput *input, gpointer data)
{
  Read *read = g_new0 (Read, 1);

  read->layers = g_ptr_array_new_with_free_func ((GDestroyNotify) kutip_opened_free);
  read->failures = g_ptr_array_new_with_free_func (g_free);
  read->is_annotated = input->sidecars->len > 0;
  for (guint i = 0; i < input->sidecars->len; i++)
    open_to_look (read, g_ptr_array_index (input->sidecars, i));
  if (!read->is_annotated)
    open_to_look (read, input->article);
  return read;
}

static void
count_input (gpointer result, gpointer data)
{
  Run *self = data;
  Read *read = result;

  for (guint i = 0; i < read->failures->len; i++)
    kutip_output_failure ("%s", (const char *) g_ptr_array_index (read->failures, i));
  self->failed = self->failed || read->failures->len > 0;
  for (guint i = 0; i < read->layers->len; i++)
    {
      KutipOpened *opened = g_ptr_array_index (read->layers, i);

      if (i == 0)
        kutip_statistics_add_article (self->statistics,
                                      kutip_document_get_article (opened->document),
                                      read->is_annotated ? 1 : 0);
      if (read->is_annotated)
        kutip_statistics_add_layer (self->statistics,
                                    kutip_document_get_tagset (opened->document),
                                    kutip_document_get_layer (opened->document));
    }
  g_ptr_array_unref (read->layers);
  g_ptr_array_unref (read->failures);
  g_free (read);
}

/* One number of the report: its member in the JSON, its name in the table. */
typedef struct
{
  const char *member;
  const char *name;
  gsize offset; /* in KutipStatistics */
} Number;

#define NUMBER(member, field, name)                                                      \
  {                                                                                      \
    member, name, G_STRUCT_OFFSET (KutipStatistics, field)                               \
  }

static const Number numbers[] = {
  NUMBER ("articles", n_articles, N_ ("Articles")),
  NUMBER ("articles_without_layers", n_unannotated, N_ ("Articles not annotated")),
  NUMBER ("code_points", n_code_points, N_ ("Characters (code points)")),
  NUMBER ("layers", n_layers, N_ ("Layers")),
  NUMBER ("spans", n_spans, N_ ("Spans")),
  NUMBER ("relations", n_relations, N_ ("Relations")),
  NUMBER ("pieces", n_pieces, N_ ("Pieces of spans")),
  NUMBER ("orphans", n_orphans, N_ ("Orphans")),
  NUMBER ("discontinuous_spans", n_discontinuous, N_ ("Discontinuous spans")),
  NUMBER ("nested_spans", n_nested, N_ ("Nested spans")),
  NUMBER ("coinciding_spans", n_coinciding, N_ ("Coinciding spans")),
  NUMBER ("crossing_spans", n_crossing, N_ ("Crossing spans")),
};

static void
print_json_counts (KutipJsonOutput *out, const char *name, GTree *counts)
{
  kutip_json_output_open (out, name, '{');
  for (GTreeNode *node = g_tree_node_first (counts); node != NULL;
       node = g_tree_node_next (node))
    kutip_json_output_number (out, g_tree_node_key (node),
                              *(const guint64 *) g_tree_node_value (node));
  kutip_json_output_close (out, '}');
}

static void
print_json_values (KutipJsonOutput *out, GTree *values)
{
  kutip_json_output_open (out, "attribute_values", '{');
  for (GTreeNode *label = g_tree_node_first (values); label != NULL;
       label = g_tree_node_next (label))
    {
      kutip_json_output_open (out, g_tree_node_key (label), '{');
      for (GTreeNode *attribute = g_tree_node_first (g_tree_node_value (label));
           attribute != NULL; attribute = g_tree_node_next (attribute))
        print_json_counts (out, g_tree_node_key (attribute),
                           g_tree_node_value (attribute));
      kutip_json_output_close (out, '}');
    }
  kutip_json_output_close (out, '}');
}

static void
print_json_annotators (KutipJsonOutput *out, GTree *annotators)
{
  kutip_json_output_open (out, "by_annotator", '{');
  for (GTreeNode *node = g_tree_node_first (annotators); node != NULL;
       node = g_tree_node_next (node))
    {
      const KutipAnnotatorStatistics *counts = g_tree_node_value (node);

      kutip_json_output_open (out, g_tree_node_key (node), '{');
      kutip_json_output_number (out, "layers", counts->n_layers);
      kutip_json_output_number (out, "spans", counts->n_spans);
      kutip_json_output_number (out, "relations", counts->n_relations);
      kutip_json_output_close (out, '}');
    }
  kutip_json_output_close (out, '}');
}

static void
print_json (const KutipStatistics *statistics)
{
  KutipJsonOutput out = { 0 };

  kutip_json_output_open (&out, NULL, '{');
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    kutip_json_output_number (&out, numbers[i].member,
                              G_STRUCT_MEMBER (guint64, statistics, numbers[i].offset));
  print_json_counts (&out, "spans_by_label", statistics->spans_by_label);
  print_json_counts (&out, "relations_by_label", statistics->relations_by_label);
  print_json_values (&out, statistics->attribute_values);
  kutip_json_output_open (&out, "attributions", '{');
  kutip_json_output_number (&out, "total", statistics->n_attributions);
  kutip_json_output_number (&out, "with_source", statistics->n_with_source);
  kutip_json_output_number (&out, "without_source",
                            statistics->n_attributions - statistics->n_with_source);
  kutip_json_output_number (&out, "with_cue", statistics->n_with_cue);
  kutip_json_output_number (&out, "without_cue",
                            statistics->n_attributions - statistics->n_with_cue);
  kutip_json_output_close (&out, '}');
  print_json_annotators (&out, statistics->by_annotator);
  kutip_json_output_open (&out, "by_status", '{');
  for (guint i = 0; i < G_N_ELEMENTS (statistics->n_by_status); i++)
    kutip_json_output_number (&out, kutip_status_to_string ((KutipStatus) i),
                              statistics->n_by_status[i]);
  kutip_json_output_close (&out, '}');
  kutip_json_output_close (&out, '}');
}

static void
print_counts (const char *title, GTree *counts)
{
  if (g_tree_nnodes (counts) == 0)
    return;
  kutip_output_line ("\n%s", title);
  for (GTreeNode *node = g_tree_node_first (counts); node != NULL;
       node = g_tree_node_next (node))
    kutip_output_number (1, g_tree_node_key (node),
                         *(const guint64 *) g_tree_node_value (node));
}

static void
print_annotators (GTree *annotators)
{
  if (g_tree_nnodes (annotators) == 0)
    return;
  kutip_output_line ("\n%s", _ ("Spans by annotator"));
  for (GTreeNode *node = g_tree_node_first (annotators); node != NULL;
       node = g_tree_node_next (node))
    {
      const KutipAnnotatorStatistics *counts = g_tree_node_value (node);
      const char *name = g_tree_node_key (node);

      kutip_output_number (1, *name != '\0' ? name : _ ("(no name)"), counts->n_spans);
    }
}

static void
print_status (const KutipStatistics *statistics)
{
  static const char *const names[] = { N_ ("new"), N_ ("in progress"), N_ ("done") };

  kutip_output_line ("\n%s", _ ("Layers by status"));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    kutip_output_number (1, _ (names[i]), statistics->n_by_status[i]);
}

/* A line for each value: "quote: form = indirect". */
static void
print_values (GTree *values)
{
  if (g_tree_nnodes (values) == 0)
    return;
  kutip_output_line ("\n%s", _ ("Attribute values"));
  for (GTreeNode *label = g_tree_node_first (values); label != NULL;
       label = g_tree_node_next (label))
    for (GTreeNode *attribute = g_tree_node_first (g_tree_node_value (label));
         attribute != NULL; attribute = g_tree_node_next (attribute))
      for (GTreeNode *value = g_tree_node_first (g_tree_node_value (attribute));
           value != NULL; value = g_tree_node_next (value))
        {
          g_autofree char *name =
              g_strdup_printf ("%s: %s = %s", (const char *) g_tree_node_key (label),
                               (const char *) g_tree_node_key (attribute),
                               (const char *) g_tree_node_key (value));

          kutip_output_number (1, name, *(const guint64 *) g_tree_node_value (value));
        }
}

static void
print_table (const KutipStatistics *statistics)
{
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    kutip_output_number (0, _ (numbers[i].name),
                         G_STRUCT_MEMBER (guint64, statistics, numbers[i].offset));
  print_counts (_ ("Spans by label"), statistics->spans_by_label);
  print_counts (_ ("Relations by type"), statistics->relations_by_label);
  print_values (statistics->attribute_values);
  kutip_output_line ("\n%s", _ ("Attributions"));
  kutip_output_number (1, _ ("with a source"), statistics->n_with_source);
  kutip_output_number (1, _ ("without a source"),
                       statistics->n_attributions - statistics->n_with_source);
  kutip_output_number (1, _ ("with a cue"), statistics->n_with_cue);
  kutip_output_number (1, _ ("without a cue"),
                       statistics->n_attributions - statistics->n_with_cue);
  print_annotators (statistics->by_annotator);
  print_status (statistics);
}

static int
run_stats (int argc, char **argv)
{
  g_autoptr (KutipStatistics) statistics = kutip_statistics_new ();
  g_auto (GStrv) paths = NULL;
  Run run = { .statistics = statistics };
  KutipParallel parallel = { .work = read_input, .take = count_input, .data = &run };

  if (!kutip_command_parse (&kutip_command_stats, entries, 1, argv, &paths) ||
      !kutip_parallel_check_jobs (n_jobs))
    return KUTIP_EXIT_USAGE;
  parallel.n_jobs = n_jobs;
  parallel.is_shown = !quiet;
  if (!kutip_parallel_run (&parallel, paths))
    run.failed = TRUE;
  if (as_json)
    print_json (statistics);
  /* When nothing could be read, there is nothing that was counted. */
  else if (!quiet && (!run.failed || statistics->n_articles > 0))
    print_table (statistics);
  return run.failed ? KUTIP_EXIT_FINDINGS : KUTIP_EXIT_SUCCESS;
}

const KutipToolCommand kutip_command_stats = {
  .name = "stats",
  .arguments = N_ ("PATH…"),
  .summary = N_ ("Count what is annotated in articles and folders"),
  .run = run_stats,
};
