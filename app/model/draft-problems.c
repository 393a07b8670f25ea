/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/tagset-draft-private.h"

#include "model/iso-date.h"

#include <glib/gi18n.h>
#include <string.h>

void
kutip_draft_problem_free (KutipDraftProblem *self)
{
  g_free (self->message);
  g_free (self);
}

/* Takes @message. */
static void
add (GPtrArray *problems, guint id, const char *field, gboolean is_warning, char *message)
{
  KutipDraftProblem *problem = g_new (KutipDraftProblem, 1);

  *problem = (KutipDraftProblem){ id, field, is_warning, message };
  g_ptr_array_add (problems, problem);
}

static const char *
get_title (const KutipDraftItem *item)
{
  return *item->title != '\0' ? item->title : item->name;
}

static void
check_name (KutipTagsetDraft *self, const KutipDraftItem *item, GPtrArray *problems)
{
  if (*item->name == '\0')
    {
      add (problems, item->id, "name", FALSE, g_strdup (_ ("It needs a name.")));
      return;
    }
  for (guint i = 0; i < kutip_tagset_draft_get_n (self, item->kind); i++)
    {
      const KutipDraftItem *other = kutip_tagset_draft_get_nth (self, item->kind, i);

      if (other == item || !g_str_equal (other->name, item->name))
        continue;
      add (problems, item->id, "name", FALSE,
           /* Translators: %s is a name. */
           g_strdup_printf (_ ("There is another one with the name “%s”."), item->name));
      return;
    }
}

/* Keys count without regard to capital and small letters. */
static gboolean
has_same_key (const KutipDraftItem *a, const KutipDraftItem *b)
{
  return *a->key != '\0' && *b->key != '\0' &&
         g_unichar_tolower (g_utf8_get_char (a->key)) ==
             g_unichar_tolower (g_utf8_get_char (b->key));
}

static void
check_key (KutipTagsetDraft *self, const KutipDraftItem *item, GPtrArray *problems)
{
  if (*item->key == '\0')
    return;
  if (*g_utf8_next_char (item->key) != '\0' ||
      !g_unichar_isgraph (g_utf8_get_char (item->key)))
    {
      add (problems, item->id, "key", FALSE,
           g_strdup (_ ("A key is one visible character.")));
      return;
    }
  for (guint i = 0; i < kutip_tagset_draft_get_n (self, item->kind); i++)
    {
      const KutipDraftItem *other = kutip_tagset_draft_get_nth (self, item->kind, i);

      if (other == item || !has_same_key (item, other))
        continue;
      add (problems, item->id, "key", FALSE,
           /* Translators: %1$s is a key, %2$s the title of a label or relation. */
           g_strdup_printf (_ ("“%1$s” is the key of “%2$s” already."), item->key,
                            get_title (other)));
      return;
    }
}

static gboolean
is_color (const char *color)
{
  if (color[0] != '#' || strlen (color) != 7)
    return FALSE;
  return strspn (color + 1, "0123456789abcdefABCDEF") == 6;
}

/* A relation without ends on one side can take part in everything. */
static gboolean
can_take_part (const KutipDraftItem *relation, guint label)
{
  return relation->from->len == 0 || relation->to->len == 0 ||
         kutip_draft_item_has (relation->from, label) ||
         kutip_draft_item_has (relation->to, label);
}

static gboolean
has_attribute_called (KutipTagsetDraft *self,
                      const KutipDraftItem *label,
                      const char *name)
{
  for (guint i = 0; i < label->attributes->len; i++)
    {
      const KutipDraftItem *attribute =
          kutip_tagset_draft_get (self, g_array_index (label->attributes, guint, i));

      if (g_str_equal (attribute->name, name))
        return TRUE;
    }
  return FALSE;
}

static void
check_requirement (KutipTagsetDraft *self,
                   const KutipDraftItem *label,
                   const KutipDraftItem *required,
                   GPtrArray *problems)
{
  if (required->kind != KUTIP_DRAFT_RELATION)
    return;
  if (has_attribute_called (self, label, required->name))
    add (problems, label->id, "requires", FALSE,
         /* Translators: %s is a name. */
         g_strdup_printf (_ ("It requires “%s”, which is the name of one of its "
                             "attributes and of a relation; rename one of the two."),
                          required->name));
  else if (!can_take_part (required, label->id))
    add (problems, label->id, "requires", FALSE,
         /* Translators: %s is the title of a relation. */
         g_strdup_printf (_ ("It requires “%s”, a relation that is not for this label."),
                          get_title (required)));
}

static void
check_label (KutipTagsetDraft *self, const KutipDraftItem *item, GPtrArray *problems)
{
  check_name (self, item, problems);
  check_key (self, item, problems);
  if (*item->color != '\0' && !is_color (item->color))
    add (problems, item->id, "color", FALSE,
         g_strdup (_ ("A colour is “#” and six digits from 0 to f, such as #0072b2.")));
  for (guint i = 0; i < item->requires->len; i++)
    check_requirement (
        self, item,
        kutip_tagset_draft_get (self, g_array_index (item->requires, guint, i)),
        problems);
}

static void
check_values (const KutipDraftItem *item, GPtrArray *problems)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  if (item->values->len == 0)
    add (problems, item->id, "values", FALSE,
         g_strdup (_ ("There are no values to choose from.")));
  for (guint i = 0; i < item->values->len; i++)
    {
      const KutipDraftValue *value = g_ptr_array_index (item->values, i);

      if (*value->text == '\0')
        add (problems, item->id, "values", FALSE, g_strdup (_ ("A value is empty.")));
      else if (!g_hash_table_add (seen, value->text))
        add (problems, item->id, "values", FALSE,
             /* Translators: %s is one of the values of an attribute. */
             g_strdup_printf (_ ("The value “%s” is there twice."), value->text));
    }
  if (*item->default_value != '\0' &&
      !kutip_draft_item_has_value (item, item->default_value))
    add (problems, item->id, "default", FALSE,
         g_strdup (_ ("The default is none of the values.")));
}

static void
check_attribute (KutipTagsetDraft *self, const KutipDraftItem *item, GPtrArray *problems)
{
  check_name (self, item, problems);
  switch (item->type)
    {
    case KUTIP_ATTRIBUTE_CHOICE:
      check_values (item, problems);
      break;
    case KUTIP_ATTRIBUTE_DATE:
      if (*item->default_value != '\0' &&
          !kutip_iso_date_describe (item->default_value, NULL))
        add (problems, item->id, "default", FALSE,
             g_strdup (_ ("A date is written as 2022, 2022-08 or 2022-08-15.")));
      break;
    case KUTIP_ATTRIBUTE_FLAG:
      if (*item->default_value != '\0' && !g_str_equal (item->default_value, "true"))
        add (problems, item->id, "default", FALSE,
             g_strdup (_ ("The default is none of the values.")));
      break;
    case KUTIP_ATTRIBUTE_TEXT:
    default:
      break;
    }
}

GPtrArray *
kutip_tagset_draft_list_problems (KutipTagsetDraft *self)
{
  GPtrArray *problems =
      g_ptr_array_new_with_free_func ((GDestroyNotify) kutip_draft_problem_free);
  const KutipDraftItem *root;

  g_return_val_if_fail (KUTIP_IS_TAGSET_DRAFT (self), problems);

  root = kutip_tagset_draft_get_root (self);
  if (*root->name == '\0')
    add (problems, root->id, "name", FALSE, g_strdup (_ ("It needs a name.")));
  for (guint i = 0; i < kutip_tagset_draft_get_n (self, KUTIP_DRAFT_LABEL); i++)
    check_label (self, kutip_tagset_draft_get_nth (self, KUTIP_DRAFT_LABEL, i), problems);
  for (guint i = 0; i < kutip_tagset_draft_get_n (self, KUTIP_DRAFT_ATTRIBUTE); i++)
    check_attribute (self, kutip_tagset_draft_get_nth (self, KUTIP_DRAFT_ATTRIBUTE, i),
                     problems);
  for (guint i = 0; i < kutip_tagset_draft_get_n (self, KUTIP_DRAFT_RELATION); i++)
    {
      const KutipDraftItem *item =
          kutip_tagset_draft_get_nth (self, KUTIP_DRAFT_RELATION, i);

      check_name (self, item, problems);
      check_key (self, item, problems);
    }
  return problems;
}
