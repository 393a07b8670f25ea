/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/command.h"
#include "cli/output.h"
#include "cli/parallel.h"
#include "format/sidecar/sidecar.h"
#include "model/check.h"
#include "model/iso-date.h"
#include "store/open.h"
#include "store/paths.h"

#include <glib/gi18n.h>
#include <string.h>

#define EXCERPT_CHARACTERS 40

static gboolean as_json;
static gboolean quiet;
static gboolean strict;
static int n_jobs = 1;

static const GOptionEntry entries[] = {
  { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_ ("Print one JSON document"), NULL },
  { "quiet", 'q', 0, G_OPTION_ARG_NONE, &quiet, N_ ("Do not print what was found"),
    NULL },
  { "strict", 0, 0, G_OPTION_ARG_NONE, &strict, N_ ("Count warnings as errors"), NULL },
  { "jobs", 'j', 0, G_OPTION_ARG_INT, &n_jobs,
    N_ ("Check several articles at a time; 0: as many as there are processors"),
    N_ ("N") },
  { NULL },
};

#define TAGSET_KIND "tagset-unreadable"

/* What came of one article; made in any thread. */
typedef struct
{
  guint64 n_articles, n_layers;
  GArray *found; /* of Found */
} Validation;

/* Counts of all, and the document that is being printed. */
typedef struct
{
  guint64 n_articles, n_layers, n_errors, n_warnings;
  GHashTable *broken_tagsets; /* paths: each is told once */
  KutipJsonOutput json;
} Printing;

/* Something that was found, before it is put into words for a terminal or JSON. */
typedef struct
{
  char *file;
  const char *kind; /* a word for programs */
  gboolean is_warning;
  char *id; /* NULL: of the whole file */
  gboolean has_place;
  KutipRange place;
  char *message;
} Found;

static void
clear_found (gpointer data)
{
  Found *found = data;

  g_free (found->file);
  g_free (found->id);
  g_free (found->message);
}

/* For each kind of finding of the model: its word, and whether it is only something left
 * to do. */
static const struct
{
  const char *kind;
  gboolean is_warning;
} finding_kinds[] = {
  [KUTIP_FINDING_MISSING_RELATION] = { "missing-relation", TRUE },
  [KUTIP_FINDING_MISSING_ATTRIBUTE] = { "missing-attribute", TRUE },
  [KUTIP_FINDING_UNSURE] = { "unsure", TRUE },
  [KUTIP_FINDING_ORPHAN] = { "orphan", FALSE },
  [KUTIP_FINDING_UNKNOWN_LABEL] = { "unknown-label", FALSE },
  [KUTIP_FINDING_UNKNOWN_VALUE] = { "unknown-value", FALSE },
  [KUTIP_FINDING_FORBIDDEN_RELATION] = { "forbidden-relation", FALSE },
  [KUTIP_FINDING_TOO_MANY_RELATIONS] = { "too-many-relations", FALSE },
  [KUTIP_FINDING_APPROXIMATE] = { "approximate", TRUE },
};

static void
print_json_found (Printing *self, const Found *found)
{
  KutipJsonOutput *out = &self->json;

  kutip_json_output_open (out, NULL, '{');
  kutip_json_output_string (out, "file", found->file);
  kutip_json_output_string (out, "severity", found->is_warning ? "warning" : "error");
  kutip_json_output_string (out, "kind", found->kind);
  if (found->id != NULL)
    kutip_json_output_string (out, "id", found->id);
  if (found->has_place)
    {
      kutip_json_output_number (out, "start", found->place.start);
      kutip_json_output_number (out, "end", found->place.end);
    }
  kutip_json_output_string (out, "message", found->message);
  kutip_json_output_close (out, '}');
}

static void
print_found (const Found *found)
{
  g_autofree char *file = g_filename_display_name (found->file);
  g_autoptr (GString) place = g_string_new (NULL);

  if (found->id != NULL)
    g_string_append (place, found->id);
  if (found->has_place)
    g_string_append_printf (place, " (%u-%u)", found->place.start, found->place.end);
  if (place->len > 0)
    g_string_append (place, ": ");
  kutip_output_finding ("%s: %s: %s%s", file,
                        found->is_warning ? _ ("warning") : _ ("error"), place->str,
                        found->message);
}

/* A tag set is of many articles, and is told of once. */
static void
print_one (Printing *self, const Found *found)
{
  if (strcmp (found->kind, TAGSET_KIND) == 0 &&
      !g_hash_table_add (self->broken_tagsets, g_strdup (found->file)))
    return;
  if (found->is_warning)
    self->n_warnings++;
  else
    self->n_errors++;
  if (as_json)
    print_json_found (self, found);
  if (!quiet)
    print_found (found);
}

/* Takes the strings in @found. */
static void
report (Validation *self, const Found *found)
{
  g_array_append_vals (self->found, found, 1);
}

static void
report_file (Validation *self,
             const char *file,
             const char *kind,
             gboolean is_warning,
             const char *message)
{
  Found found = { .file = g_strdup (file),
                  .kind = kind,
                  .is_warning = is_warning,
                  .message = g_strdup (message) };

  report (self, &found);
}

static char *
make_excerpt (KutipSpan *span)
{
  KutipSpanFields fields;
  g_autofree char *start = NULL;

  kutip_span_get_fields (span, &fields);
  if (fields.texts == NULL)
    return g_strdup ("");
  if (g_utf8_strlen (fields.texts[0], -1) <= EXCERPT_CHARACTERS)
    return g_strdup (fields.texts[0]);
  start = g_utf8_substring (fields.texts[0], 0, EXCERPT_CHARACTERS);
  return g_strconcat (start, "…", NULL);
}

static const char *
get_label (KutipLayer *layer, const char *id)
{
  KutipSpan *span = kutip_layer_get_span (layer, id);

  return span != NULL ? kutip_span_get_label (span) : "";
}

static char *
describe_forbidden (KutipLayer *layer, const KutipFinding *finding)
{
  KutipRelation *relation = kutip_layer_get_relation (layer, finding->id);

  if (relation == NULL)
    return g_strdup (finding->name);
  /* Translators: a relation, and the labels of the two spans that it links */
  return g_strdup_printf (_ ("the tag set does not allow “%1$s” from “%2$s” to “%3$s”"),
                          kutip_relation_get_label (relation),
                          get_label (layer, kutip_relation_get_from (relation)),
                          get_label (layer, kutip_relation_get_to (relation)));
}

/* @span is NULL for a finding on a relation. */
static char *
describe (KutipLayer *layer, KutipSpan *span, const KutipFinding *finding)
{
  g_autofree char *excerpt = NULL;
  const char *label = span != NULL ? kutip_span_get_label (span) : "";

  switch (finding->kind)
    {
    case KUTIP_FINDING_MISSING_RELATION:
      /* Translators: a label, and the relation that is missing */
      return g_strdup_printf (_ ("a “%1$s” without “%2$s”"), label, finding->name);
    case KUTIP_FINDING_MISSING_ATTRIBUTE:
      /* Translators: a label, and the attribute that is missing */
      return g_strdup_printf (_ ("a “%1$s” without a value for “%2$s”"), label,
                              finding->name);
    case KUTIP_FINDING_UNSURE:
      return g_strdup (_ ("marked as unsure"));
    case KUTIP_FINDING_ORPHAN:
      excerpt = span != NULL ? make_excerpt (span) : g_strdup ("");
      /* Translators: what a span quotes */
      return g_strdup_printf (_ ("its text “%s” does not stand there in the article"),
                              excerpt);
    case KUTIP_FINDING_UNKNOWN_LABEL:
      return g_strdup_printf (_ ("the tag set does not know “%s”"), finding->name);
    case KUTIP_FINDING_UNKNOWN_VALUE:
      /* Translators: an attribute */
      return g_strdup_printf (_ ("the tag set does not allow this value of “%s”"),
                              finding->name);
    case KUTIP_FINDING_FORBIDDEN_RELATION:
      return describe_forbidden (layer, finding);
    case KUTIP_FINDING_TOO_MANY_RELATIONS:
      /* Translators: a label, and the relation that it has too many of */
      return g_strdup_printf (_ ("a “%1$s” with more of “%2$s” than the tag set allows"),
                              label, finding->name);
    case KUTIP_FINDING_APPROXIMATE:
      return g_strdup (_ ("found only approximately after the article had changed"));
    case KUTIP_FINDING_MOVED:
    case KUTIP_N_FINDING_KINDS:
    default:
      g_assert_not_reached ();
    }
}

static void
check_annotations (Validation *self,
                   const char *path,
                   KutipArticle *article,
                   KutipTagset *tagset,
                   KutipLayer *layer)
{
  g_autoptr (KutipDocument) document = kutip_document_new (article, tagset, layer);
  g_autoptr (KutipCheck) check = kutip_check_new (document);
  g_autoptr (GArray) findings = kutip_check_list (check);

  for (guint i = 0; i < findings->len; i++)
    {
      const KutipFinding *finding = &g_array_index (findings, KutipFinding, i);
      KutipSpan *span = kutip_layer_get_span (layer, finding->id);
      Found found = {
        .file = g_strdup (path),
        .kind = finding_kinds[finding->kind].kind,
        .is_warning = finding_kinds[finding->kind].is_warning,
        .id = g_strdup (finding->id),
        .has_place = span != NULL,
        .message = describe (layer, span, finding),
      };

      if (span != NULL)
        found.place = kutip_span_get_hull (span);
      report (self, &found);
    }
}

typedef struct
{
  Validation *validation;
  const char *path;
  KutipTagset *tagset;
} AttributeCheck;

/* The window leaves them alone, as other tools have them; they may be slips all the same.
 * @known: those that the tag set has for @label, or for articles when that is NULL; NULL
 * when it does not know the label. @found: where it is. */
static void
check_attribute (AttributeCheck *self,
                 const char *name,
                 const char *const *known,
                 const char *label,
                 Found found)
{
  if (kutip_tagset_get_attribute (self->tagset, name) == NULL)
    /* Translators: an attribute */
    found.message =
        g_strdup_printf (_ ("the tag set does not know the attribute “%s”"), name);
  else if (known == NULL || g_strv_contains (known, name))
    return;
  else if (label == NULL)
    /* Translators: an attribute */
    found.message =
        g_strdup_printf (_ ("the tag set has no attribute “%s” for articles"), name);
  else
    /* Translators: an attribute, and the label of a span or a relation */
    found.message = g_strdup_printf (_ ("the tag set has no attribute “%1$s” for “%2$s”"),
                                     name, label);
  found.file = g_strdup (self->path);
  found.id = g_strdup (found.id);
  found.kind = "unknown-attribute";
  found.is_warning = TRUE;
  report (self->validation, &found);
}

static gboolean
check_span_attributes (KutipSpan *span, gpointer data)
{
  AttributeCheck *self = data;
  KutipAttributes *attributes = kutip_span_get_attributes (span);
  const char *label = kutip_span_get_label (span);
  const KutipLabelType *type = kutip_tagset_get_label (self->tagset, label);

  for (guint i = 0; i < kutip_attributes_get_n (attributes); i++)
    check_attribute (self, kutip_attributes_get_nth (attributes, i).name,
                     type == NULL ? NULL : type->attributes, label,
                     (Found){ .id = (char *) kutip_span_get_id (span),
                              .has_place = TRUE,
                              .place = kutip_span_get_hull (span) });
  return TRUE;
}

static gboolean
check_relation_attributes (KutipRelation *relation, gpointer data)
{
  AttributeCheck *self = data;
  KutipRelationFields fields;
  const KutipRelationType *type;

  kutip_relation_get_fields (relation, &fields);
  type = kutip_tagset_get_relation (self->tagset, fields.label);
  for (guint i = 0; i < kutip_attributes_get_n (fields.attributes); i++)
    check_attribute (self, kutip_attributes_get_nth (fields.attributes, i).name,
                     type == NULL ? NULL : type->attributes, fields.label,
                     (Found){ .id = (char *) fields.id });
  return TRUE;
}

/* @place: its id, and where it is. */
static void
report_time (AttributeCheck *self, Found place, const char *kind, char *message)
{
  place.file = g_strdup (self->path);
  place.id = g_strdup (place.id);
  place.kind = kind;
  place.is_warning = TRUE;
  place.message = message;
  report (self->validation, &place);
}

/* When an annotation was made, and when it was changed last; either may be NULL. */
static void
check_times (AttributeCheck *self, const char *created, const char *modified, Found place)
{
  const char *const said[] = { created, modified };
  gint64 times[] = { G_MININT64, G_MAXINT64 };

  for (guint i = 0; i < G_N_ELEMENTS (said); i++)
    if (said[i] != NULL && !kutip_iso_date_read_time (said[i], &times[i]))
      report_time (
          self, place, "not-a-time",
          /* Translators: what a file says is the time of an annotation */
          g_strdup_printf (_ ("“%s” is no time such as 2023-07-01T09:30:00Z"), said[i]));
  if (times[1] < times[0])
    report_time (self, place, "modified-before-created",
                 /* Translators: two times */
                 g_strdup_printf (_ ("modified at %1$s, before it was created at %2$s"),
                                  modified, created));
}

static gboolean
check_span_times (KutipSpan *span, gpointer data)
{
  KutipSpanFields fields;

  kutip_span_get_fields (span, &fields);
  check_times (data, fields.created, fields.modified,
               (Found){ .id = (char *) fields.id,
                        .has_place = TRUE,
                        .place = kutip_span_get_hull (span) });
  return TRUE;
}

static gboolean
check_relation_times (KutipRelation *relation, gpointer data)
{
  KutipRelationFields fields;

  kutip_relation_get_fields (relation, &fields);
  check_times (data, fields.created, fields.modified,
               (Found){ .id = (char *) fields.id });
  return TRUE;
}

/* That it was saved with the tag set that it is looked at with; a file need not say which
 * version. */
static void
check_made_with (AttributeCheck *self, const KutipOpened *opened)
{
  const char *name = kutip_tagset_get_name (self->tagset);
  g_autofree char *message = NULL;

  if (opened->made_with_name == NULL ||
      (*opened->made_with_version == '\0' && strcmp (opened->made_with_name, name) == 0))
    return;
  message =
      /* Translators: a tag set and its version, twice */
      g_strdup_printf (
          _ ("saved with the tag set “%1$s”, version “%2$s”, not with “%3$s”, "
             "version “%4$s”"),
          opened->made_with_name, opened->made_with_version, name,
          kutip_tagset_get_version (self->tagset));
  report_file (self->validation, self->path, "tagset-differs", TRUE, message);
}

/* What is said of the article itself. */
static void
check_article (AttributeCheck *self, const KutipHeaderFields *header)
{
  const char *const *known = kutip_tagset_get_article_attributes (self->tagset);

  if (header->date != NULL && !kutip_iso_date_describe (header->date, NULL))
    {
      /* Translators: what a file says is the article's date */
      g_autofree char *message = g_strdup_printf (
          _ ("the article’s date “%s” is no date such as 2023-07-01"), header->date);

      report_file (self->validation, self->path, "not-a-date", TRUE, message);
    }
  for (guint i = 0; i < kutip_attributes_get_n (header->attributes); i++)
    {
      KutipAttribute attribute = kutip_attributes_get_nth (header->attributes, i);
      const KutipAttributeType *type =
          kutip_tagset_get_attribute (self->tagset, attribute.name);

      check_attribute (self, attribute.name, known, NULL, (Found){ .id = NULL });
      if (type != NULL && g_strv_contains (known, attribute.name) &&
          !kutip_check_allows_value (type, &attribute))
        {
          g_autofree char *message = g_strdup_printf (
              _ ("the tag set does not allow this value of “%s”"), attribute.name);

          report_file (self->validation, self->path, "unknown-value", FALSE, message);
        }
    }
}

/* A file that was renamed by hand, or written by one annotator and named for another. */
static void
check_names (Validation *self,
             const char *path,
             KutipArticle *article,
             const KutipSidecarInfo *info,
             KutipLayer *layer)
{
  const KutipHeaderFields *header =
      kutip_header_get_fields (kutip_layer_get_header (layer));
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *annotator = NULL;
  g_autoptr (GFile) of = kutip_paths_get_article (file, &annotator);
  g_autofree char *message = NULL;

  if (of != NULL && annotator != NULL && strstr (annotator, "conflict-") != NULL)
    report_file (self, path, "conflict", TRUE,
                 _ ("a version that was kept beside another one, to be merged by hand"));
  else if (g_strcmp0 (header->annotator, annotator) != 0 && header->annotator != NULL)
    {
      message = g_strdup_printf (_ ("the file says that its annotator is “%s”"),
                                 header->annotator);
      report_file (self, path, "name-differs", TRUE, message);
    }
  if (g_strcmp0 (info->file, kutip_article_get_file (article)) != 0)
    {
      g_free (message);
      message =
          g_strdup_printf (_ ("the file says that its article is “%s”"), info->file);
      report_file (self, path, "name-differs", TRUE, message);
    }
}

/* What the file itself says, before anything is found again in a changed text. */
static void
check_layer (Validation *self, const char *path, KutipOpened *opened)
{
  KutipArticle *article = kutip_document_get_article (opened->document);
  g_auto (KutipSidecarInfo) info = { 0 };
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (KutipLayer) layer = NULL;
  g_autoptr (GError) error = NULL;
  AttributeCheck attributes = { self, path,
                                kutip_document_get_tagset (opened->document) };
  KutipStamp stamp;
  const char *data;
  gsize n_bytes;

  bytes =
      kutip_stamp_read (opened->sidecar_file, KUTIP_OPEN_MAX_BYTES, &stamp, NULL, &error);
  if (bytes != NULL)
    {
      data = g_bytes_get_data (bytes, &n_bytes);
      layer = kutip_sidecar_read (data, n_bytes, kutip_article_get_text (article), &info,
                                  &error);
    }
  if (layer == NULL)
    {
      report_file (self, path, "sidecar-unreadable", FALSE,
                   error != NULL ? error->message : _ ("it is gone"));
      return;
    }
  if (opened->newer_format)
    report_file (
        self, path, "newer-format", FALSE,
        _ ("written by a newer version of Kutip; some of it may not be understood"));
  if (g_strcmp0 (info.sha256, kutip_article_get_sha256 (article)) != 0)
    report_file (self, path, "text-changed", FALSE,
                 _ ("the article has changed since it was annotated"));
  else if (info.length != kutip_article_get_length (article))
    {
      g_autofree char *message =
          /* Translators: how many characters a file says that its article has, and how
             many it has */
          g_strdup_printf (_ ("the file says that its article has %1$u characters, not "
                              "%2$u"),
                           info.length, kutip_article_get_length (article));

      report_file (self, path, "wrong-length", FALSE, message);
    }
  check_names (self, path, article, &info, layer);
  check_annotations (self, path, article, attributes.tagset, layer);
  check_article (&attributes, kutip_header_get_fields (kutip_layer_get_header (layer)));
  check_made_with (&attributes, opened);
  kutip_layer_foreach_span (layer, check_span_attributes, &attributes);
  kutip_layer_foreach_relation (layer, check_relation_attributes, &attributes);
  kutip_layer_foreach_span (layer, check_span_times, &attributes);
  kutip_layer_foreach_relation (layer, check_relation_times, &attributes);
}

static void
check_tagset (Validation *self, KutipOpened *opened)
{
  const char *path;

  if (opened->tagset_error == NULL)
    return;
  path = g_file_peek_path (opened->tagset_file);
  report_file (self, path, TAGSET_KIND, FALSE, opened->tagset_error->message);
}

/* @path is an article or a sidecar. NULL after having reported why it cannot be opened.
 */
static KutipOpened *
open_to_check (Validation *self, const KutipInput *input, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  KutipOpenOptions options = { .no_journal = TRUE };
  KutipOpened *opened;

  if (!input->exists)
    {
      report_file (self, path, "article-missing", FALSE, _ ("its article is not there"));
      return NULL;
    }
  opened = kutip_open (file, &options, NULL, &error);
  if (opened == NULL)
    report_file (self, input->article, "article-unreadable", FALSE, error->message);
  return opened;
}

static gpointer
validate_input (const KutipInput *input, gpointer data)
{
  Validation *self = g_new0 (Validation, 1);

  self->found = g_array_new (FALSE, FALSE, sizeof (Found));
  g_array_set_clear_func (self->found, clear_found);
  self->n_articles = input->exists ? 1 : 0;
  for (guint i = 0; i < input->sidecars->len; i++)
    {
      const char *path = g_ptr_array_index (input->sidecars, i);
      g_autoptr (KutipOpened) opened = open_to_check (self, input, path);

      self->n_layers++;
      if (opened == NULL)
        continue;
      check_tagset (self, opened);
      check_layer (self, path, opened);
    }
  if (input->sidecars->len == 0)
    {
      g_autoptr (KutipOpened) opened = open_to_check (self, input, input->article);

      if (opened != NULL)
        check_tagset (self, opened);
    }
  return self;
}

static void
print_validation (gpointer result, gpointer data)
{
  Validation *validation = result;
  Printing *self = data;

  self->n_articles += validation->n_articles;
  self->n_layers += validation->n_layers;
  for (guint i = 0; i < validation->found->len; i++)
    print_one (self, &g_array_index (validation->found, Found, i));
  g_array_unref (validation->found);
  g_free (validation);
}

static void
print_summary (const Printing *self)
{
  /* Translators: the first part of a summary: “3 articles, 4 layers: 1 error, no
   * warnings” */
  g_autofree char *articles = g_strdup_printf (
      ngettext ("%u article", "%u articles", self->n_articles), (guint) self->n_articles);
  g_autofree char *layers = g_strdup_printf (
      ngettext ("%u layer", "%u layers", self->n_layers), (guint) self->n_layers);
  g_autofree char *errors = g_strdup_printf (
      ngettext ("%u error", "%u errors", self->n_errors), (guint) self->n_errors);
  g_autofree char *warnings = g_strdup_printf (
      ngettext ("%u warning", "%u warnings", self->n_warnings), (guint) self->n_warnings);

  /* Translators: “3 articles”, “4 layers”, “1 error”, “2 warnings” */
  kutip_output_line (_ ("%1$s, %2$s: %3$s, %4$s"), articles, layers, errors, warnings);
}

static void
close_json (Printing *self)
{
  kutip_json_output_close (&self->json, ']');
  kutip_json_output_number (&self->json, "articles", self->n_articles);
  kutip_json_output_number (&self->json, "layers", self->n_layers);
  kutip_json_output_number (&self->json, "errors", self->n_errors);
  kutip_json_output_number (&self->json, "warnings", self->n_warnings);
  kutip_json_output_close (&self->json, '}');
}

static int
run_validate (int argc, char **argv)
{
  Printing self = { 0 };
  KutipParallel parallel = { .work = validate_input,
                             .take = print_validation,
                             .data = &self };
  g_auto (GStrv) paths = NULL;
  gboolean all_read;

  if (!kutip_command_parse (&kutip_command_validate, entries, 1, argv, &paths) ||
      !kutip_parallel_check_jobs (n_jobs))
    return KUTIP_EXIT_USAGE;
  parallel.n_jobs = n_jobs;
  parallel.is_shown = !quiet;
  self.broken_tagsets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (as_json)
    {
      kutip_json_output_open (&self.json, NULL, '{');
      kutip_json_output_open (&self.json, "findings", '[');
    }
  all_read = kutip_parallel_run (&parallel, paths);
  if (as_json)
    close_json (&self);
  else if (!quiet)
    print_summary (&self);
  g_hash_table_unref (self.broken_tagsets);
  if (!all_read || self.n_errors > 0 || (strict && self.n_warnings > 0))
    return KUTIP_EXIT_FINDINGS;
  return KUTIP_EXIT_SUCCESS;
}

const KutipToolCommand kutip_command_validate = {
  .name = "validate",
  .arguments = N_ ("PATH…"),
  .summary = N_ ("Check annotations against their articles and tag sets"),
  .run = run_validate,
};
