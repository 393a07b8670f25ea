/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/tagset/tagset-losses.h"

#include <string.h>

/* One tag set on its way into the report. */
typedef struct
{
  KutipTagset *output;
  const char *path;
  KutipReport *report;
  guint n;
} Scan;

static void
add (Scan *scan, const char *what, const char *id, const char *detail)
{
  kutip_report_add (scan->report, KUTIP_REPORT_LOSS, what, scan->path, id, 0, detail);
  scan->n++;
}

static void
compare_string (
    Scan *scan, const char *what, const char *id, const char *string, const char *output)
{
  if (string != NULL && *string != '\0' && g_strcmp0 (string, output) != 0)
    add (scan, what, id, string);
}

static void
compare_title (Scan *scan, const char *id, const char *title, const char *output)
{
  if (g_strcmp0 (title, id) != 0)
    compare_string (scan, "tagset-titles", id, title, output);
}

static void
compare_key (Scan *scan, const char *id, gunichar key, gunichar output)
{
  char shown[7] = { 0 };

  if (key == 0 || key == output)
    return;
  g_unichar_to_utf8 (key, shown);
  add (scan, "tagset-keys", id, shown);
}

/* The first that is not there is enough. */
static void
compare_names (Scan *scan,
               const char *what,
               const char *id,
               const char *const *names,
               const char *const *output)
{
  g_autoptr (GHashTable) there = NULL;

  if (names == NULL || names[0] == NULL)
    return;
  there = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; output != NULL && output[i] != NULL; i++)
    g_hash_table_add (there, (gpointer) output[i]);
  for (guint i = 0; names[i] != NULL; i++)
    if (!g_hash_table_contains (there, names[i]))
      {
        add (scan, what, id, names[i]);
        return;
      }
}

/* Labels that a relation leads from or to: none stands for all, which more than these do
 * not say. */
static void
compare_ends (Scan *scan,
              const char *id,
              const char *const *ends,
              const char *const *output)
{
  gboolean is_any = ends == NULL || ends[0] == NULL;
  gboolean was_any = output == NULL || output[0] == NULL;
  guint n = scan->n;

  compare_names (scan, "tagset-ends", id, ends, output);
  if (scan->n == n &&
      (is_any != was_any ||
       (!is_any && g_strv_length ((char **) output) > g_strv_length ((char **) ends))))
    add (scan, "tagset-ends", id, NULL);
}

static gboolean
has_member (KutipForeign *foreign, const KutipForeignMember *member)
{
  for (guint i = 0; i < kutip_foreign_get_n (foreign); i++)
    {
      KutipForeignMember other = kutip_foreign_get_nth (foreign, i);

      if (strcmp (other.name, member->name) == 0 &&
          strcmp (other.json, member->json) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
compare_members (Scan *scan, const char *id, KutipForeign *foreign, KutipForeign *output)
{
  for (guint i = 0; i < kutip_foreign_get_n (foreign); i++)
    {
      KutipForeignMember member = kutip_foreign_get_nth (foreign, i);

      if (!has_member (output, &member))
        add (scan, "tagset-members", id, member.name);
    }
}

static void
compare_label (Scan *scan, const KutipLabelType *label)
{
  const KutipLabelType *output = kutip_tagset_get_label (scan->output, label->name);

  if (output == NULL)
    {
      add (scan, "tagset-labels", label->name, NULL);
      return;
    }
  compare_title (scan, label->name, label->title, output->title);
  compare_string (scan, "tagset-descriptions", label->name, label->description,
                  output->description);
  compare_string (scan, "tagset-guidelines", label->name, label->guidelines,
                  output->guidelines);
  compare_string (scan, "tagset-colors", label->name, label->color, output->color);
  compare_key (scan, label->name, label->key, output->key);
  compare_names (scan, "tagset-label-attributes", label->name, label->attributes,
                 output->attributes);
  compare_names (scan, "tagset-requires", label->name, label->requires, output->requires);
  compare_members (scan, label->name, label->foreign, output->foreign);
}

static void
compare_attribute (Scan *scan, const KutipAttributeType *attribute)
{
  const KutipAttributeType *output =
      kutip_tagset_get_attribute (scan->output, attribute->name);

  if (output == NULL)
    {
      add (scan, "tagset-attributes", attribute->name, NULL);
      return;
    }
  compare_title (scan, attribute->name, attribute->title, output->title);
  compare_string (scan, "tagset-descriptions", attribute->name, attribute->description,
                  output->description);
  if (attribute->kind != output->kind)
    add (scan, "tagset-types", attribute->name, NULL);
  else
    compare_names (scan, "tagset-values", attribute->name, attribute->values,
                   output->values);
  if (attribute->multiple && !output->multiple)
    add (scan, "tagset-multiple", attribute->name, NULL);
  compare_string (scan, "tagset-defaults", attribute->name, attribute->default_value,
                  output->default_value);
  compare_members (scan, attribute->name, attribute->foreign, output->foreign);
}

static void
compare_relation (Scan *scan, const KutipRelationType *relation)
{
  const KutipRelationType *output =
      kutip_tagset_get_relation (scan->output, relation->name);

  if (output == NULL)
    {
      add (scan, "tagset-relations", relation->name, NULL);
      return;
    }
  compare_title (scan, relation->name, relation->title, output->title);
  compare_string (scan, "tagset-descriptions", relation->name, relation->description,
                  output->description);
  compare_key (scan, relation->name, relation->key, output->key);
  compare_ends (scan, relation->name, relation->from, output->from);
  compare_ends (scan, relation->name, relation->to, output->to);
  compare_names (scan, "tagset-relation-attributes", relation->name, relation->attributes,
                 output->attributes);
  if (relation->max > 0 && relation->max != output->max)
    add (scan, "tagset-max", relation->name, NULL);
  if (relation->symmetric && !output->symmetric)
    add (scan, "tagset-symmetric", relation->name, NULL);
  compare_members (scan, relation->name, relation->foreign, output->foreign);
}

guint
kutip_tagset_report_losses (KutipTagset *tagset,
                            KutipTagset *output,
                            const char *path,
                            KutipReport *report)
{
  Scan scan = { .output = output, .path = path, .report = report };
  KutipTagsetFields fields, others;

  kutip_tagset_get_fields (tagset, &fields);
  if (output == NULL)
    {
      add (&scan, "tagset", NULL, fields.name);
      return scan.n;
    }
  if (tagset == output)
    return 0;
  kutip_tagset_get_fields (output, &others);
  compare_string (&scan, "tagset-names", NULL, fields.name, others.name);
  compare_string (&scan, "tagset-versions", NULL, fields.version, others.version);
  compare_string (&scan, "tagset-guidelines", NULL, fields.guidelines, others.guidelines);
  for (guint i = 0; i < fields.n_labels; i++)
    compare_label (&scan, &fields.labels[i]);
  for (guint i = 0; i < fields.n_attributes; i++)
    compare_attribute (&scan, &fields.attributes[i]);
  for (guint i = 0; i < fields.n_relations; i++)
    compare_relation (&scan, &fields.relations[i]);
  compare_names (&scan, "tagset-article-attributes", NULL, fields.article_attributes,
                 others.article_attributes);
  compare_members (&scan, NULL, fields.foreign, others.foreign);
  return scan.n;
}
