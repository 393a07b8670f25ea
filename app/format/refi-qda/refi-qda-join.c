/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/refi-qda/refi-qda-join.h"

#include "format/sorter.h"

#include <glib/gi18n.h>

/* Records by id: what has the id comes before what refers to it. */
typedef enum
{
  HAS_ID,      /* number in the file, line, and what it is */
  REFERS,      /* number in the file, line, source, what for, which selection */
  LINK_BEGINS, /* number of the link */
  LINK_NOTE,   /* number of the link, and of the note in it */
} Kind;

/* What has an id. */
typedef enum
{
  IS_OTHER,
  IS_SELECTION, /* source, which */
  IS_NOTE,      /* its place among the notes, length */
} Element;

/* Records by link. */
typedef enum
{
  LINK_IS,   /* the link */
  LINK_FROM, /* source, which selection */
  LINK_SAYS, /* number of the note, its place, length */
} LinkKind;

struct _KutipRefiJoin
{
  KutipSpillFunc open;
  KutipSorter *by_id, *by_link, *by_source;
  KutipSpill *notes; /* or NULL: none so far */
  guint64 n_note_bytes;
  guint64 n; /* of what came so far, so that the first is told that is wrong */
  guint n_links;
  GString *record; /* that is put together */
  GError *failure;
  /* By the id that is looked at: */
  char *id;
  guint n_owners;
  guint line;       /* of what has it */
  gboolean is_used; /* something that is read refers to it */
  Element element;
  guint64 a, b; /* source and selection, or place and length */
  /* By the link that is looked at. */
  GString *link, *says;
  guint64 link_number;
  gboolean has_origin;
  /* What has gone wrong first. */
  guint64 wrong;
  guint wrong_line;
  char *wrong_id;
  gboolean is_double;
  /* The second time: what waits until it is asked for. */
  KutipFields next;
  gboolean has_next;
  guint64 next_source, next_what, next_nth;
  GString *note;
};

KutipRefiJoin *
kutip_refi_join_new (KutipSpillFunc open)
{
  KutipRefiJoin *self = g_new0 (KutipRefiJoin, 1);

  self->open = open;
  self->by_id = kutip_sorter_new (open, KUTIP_SORTER_MOST);
  self->by_link = kutip_sorter_new (open, KUTIP_SORTER_MOST);
  self->record = g_string_new (NULL);
  self->link = g_string_new (NULL);
  self->says = g_string_new (NULL);
  self->note = g_string_new (NULL);
  return self;
}

void
kutip_refi_join_free (KutipRefiJoin *self)
{
  if (self == NULL)
    return;
  kutip_sorter_free (self->by_id);
  kutip_sorter_free (self->by_link);
  kutip_sorter_free (self->by_source);
  kutip_spill_free (self->notes);
  g_string_free (self->record, TRUE);
  g_string_free (self->link, TRUE);
  g_string_free (self->says, TRUE);
  g_string_free (self->note, TRUE);
  g_clear_error (&self->failure);
  g_free (self->id);
  g_free (self->wrong_id);
  g_free (self);
}

gboolean
kutip_refi_join_failed (KutipRefiJoin *self)
{
  return self->failure != NULL;
}

/* --- what is told --- */

static void
put (KutipRefiJoin *self, guint64 number)
{
  kutip_fields_put_number (self->record, number);
}

static void
begin_record (KutipRefiJoin *self, const char *guid, Kind kind)
{
  g_string_truncate (self->record, 0);
  kutip_fields_put_string (self->record, guid);
  put (self, kind);
}

static void
end_record (KutipRefiJoin *self, KutipSorter *sorter)
{
  if (self->failure == NULL)
    kutip_sorter_add (sorter, self->record->str, self->record->len, &self->failure);
}

static void
begin_element (KutipRefiJoin *self, const char *guid, guint line, Element element)
{
  begin_record (self, guid, HAS_ID);
  put (self, self->n++);
  put (self, line);
  put (self, element);
}

void
kutip_refi_join_add_element (KutipRefiJoin *self, const char *guid, guint line)
{
  begin_element (self, guid, line, IS_OTHER);
  end_record (self, self->by_id);
}

void
kutip_refi_join_add_selection (
    KutipRefiJoin *self, const char *guid, guint line, guint source, guint nth)
{
  begin_element (self, guid, line, IS_SELECTION);
  put (self, source);
  put (self, nth);
  end_record (self, self->by_id);
}

static void
put_optional (GString *out, const char *string)
{
  kutip_fields_put_number (out, string != NULL);
  kutip_fields_put_string (out, string);
}

static const char *
take_optional (KutipFields *fields)
{
  gboolean is_there = kutip_fields_take_number (fields) != 0;
  const char *string = kutip_fields_take_string (fields);

  return is_there ? string : NULL;
}

void
kutip_refi_join_add_note (KutipRefiJoin *self, const KutipRefiNote *note)
{
  guint64 place = self->n_note_bytes;

  g_string_truncate (self->note, 0);
  put_optional (self->note, note->content);
  put_optional (self->note, note->path);
  kutip_fields_put_number (self->note, note->line);
  if (self->notes == NULL && self->failure == NULL)
    self->notes = self->open (&self->failure);
  if (self->failure != NULL || !self->notes->append (self->notes, self->note->str,
                                                     self->note->len, &self->failure))
    return;
  self->n_note_bytes += self->note->len;
  begin_element (self, note->guid, note->line, IS_NOTE);
  put (self, place);
  put (self, self->note->len);
  end_record (self, self->by_id);
}

void
kutip_refi_join_add_reference (KutipRefiJoin *self,
                               const char *guid,
                               guint line,
                               guint source,
                               KutipRefiWhat what,
                               guint nth)
{
  begin_record (self, guid, REFERS);
  put (self, self->n++);
  put (self, line);
  put (self, source);
  put (self, what);
  put (self, nth);
  end_record (self, self->by_id);
}

void
kutip_refi_join_add_link (KutipRefiJoin *self,
                          const KutipRefiLink *link,
                          GPtrArray *notes)
{
  guint64 number = self->n_links++;

  if (link->origin == NULL)
    return;
  begin_record (self, link->origin, LINK_BEGINS);
  put (self, number);
  end_record (self, self->by_id);
  for (guint i = 0; notes != NULL && i < notes->len; i++)
    {
      begin_record (self, g_ptr_array_index (notes, i), LINK_NOTE);
      put (self, number);
      put (self, i);
      end_record (self, self->by_id);
    }
  g_string_truncate (self->record, 0);
  put (self, number);
  put (self, LINK_IS);
  put_optional (self->record, link->guid);
  put_optional (self->record, link->name);
  put_optional (self->record, link->target);
  put_optional (self->record, link->direction);
  put_optional (self->record, link->color);
  end_record (self, self->by_link);
}

guint
kutip_refi_join_get_n_links (KutipRefiJoin *self)
{
  return self->n_links;
}

/* --- by id --- */

static void
note_wrong (
    KutipRefiJoin *self, guint64 number, guint line, const char *id, gboolean is_double)
{
  /* An id that is there twice is wrong whatever else is; of several it is the first. */
  if (self->wrong_id != NULL && self->is_double != is_double
          ? self->is_double
          : self->wrong_id != NULL && self->wrong < number)
    return;
  g_free (self->wrong_id);
  self->wrong = number;
  self->wrong_line = line;
  self->wrong_id = g_strdup (id);
  self->is_double = is_double;
}

static void
take_owner (KutipRefiJoin *self, KutipFields *fields)
{
  guint64 number = kutip_fields_take_number (fields);
  guint line = (guint) kutip_fields_take_number (fields);

  if (++self->n_owners == 2)
    note_wrong (self, number, line, self->id, TRUE);
  self->line = line;
  self->element = (Element) kutip_fields_take_number (fields);
  if (self->element == IS_OTHER)
    return;
  self->a = kutip_fields_take_number (fields);
  self->b = kutip_fields_take_number (fields);
}

static gboolean
is_note (KutipRefiJoin *self)
{
  return self->n_owners > 0 && self->element == IS_NOTE;
}

/* @number: which of a source's or link's it is. */
static void
put_note (KutipRefiJoin *self)
{
  put (self, self->a);
  put (self, self->b);
}

static void
take_reference (KutipRefiJoin *self, KutipFields *fields, KutipRefiCodes *codes)
{
  guint64 number = kutip_fields_take_number (fields);
  guint line = (guint) kutip_fields_take_number (fields);
  guint64 source = kutip_fields_take_number (fields);
  guint64 what = kutip_fields_take_number (fields);

  if (!is_note (self))
    {
      if (codes != NULL && kutip_refi_codes_find (codes, self->id) == NULL)
        note_wrong (self, number, line, self->id, FALSE);
      return;
    }
  if (what == KUTIP_REFI_CODES)
    return;
  self->is_used = TRUE;
  g_string_truncate (self->record, 0);
  put (self, source);
  put (self, what);
  put (self, kutip_fields_take_number (fields));
  put (self, number);
  put_note (self);
  end_record (self, self->by_source);
}

static void
take_link_end (KutipRefiJoin *self, Kind kind, KutipFields *fields)
{
  g_string_truncate (self->record, 0);
  put (self, kutip_fields_take_number (fields));
  if (kind == LINK_BEGINS && self->n_owners > 0 && self->element == IS_SELECTION)
    put (self, LINK_FROM);
  else if (kind == LINK_NOTE && is_note (self))
    {
      self->is_used = TRUE;
      put (self, LINK_SAYS);
      put (self, kutip_fields_take_number (fields));
    }
  else
    return;
  put (self, self->a);
  put (self, self->b);
  end_record (self, self->by_link);
}

/* The next id is another one. */
static void
begin_id (KutipRefiJoin *self, const char *id, const KutipRefiRest *rest)
{
  if (is_note (self) && !self->is_used)
    kutip_refi_rest_tell (rest, self->id, self->line, "Notes", "Note");
  g_free (self->id);
  self->id = g_strdup (id);
  self->n_owners = 0;
  self->is_used = FALSE;
}

static gboolean
join_ids (KutipRefiJoin *self, KutipRefiCodes *codes)
{
  static const KutipRefiRest nobody = { NULL, NULL };
  const KutipRefiRest *rest = codes == NULL ? &nobody : &codes->rest;
  const char *bytes;
  gsize n;

  if (!kutip_sorter_begin (self->by_id, &self->failure))
    return FALSE;
  while (self->failure == NULL &&
         (bytes = kutip_sorter_next (self->by_id, &n, &self->failure)) != NULL)
    {
      KutipFields fields = { bytes, bytes + n };
      const char *id = kutip_fields_take_string (&fields);
      Kind kind = (Kind) kutip_fields_take_number (&fields);

      if (g_strcmp0 (self->id, id) != 0)
        begin_id (self, id, rest);
      if (kind == HAS_ID)
        take_owner (self, &fields);
      else if (kind == REFERS)
        take_reference (self, &fields, codes);
      else
        take_link_end (self, kind, &fields);
    }
  begin_id (self, NULL, rest);
  g_clear_pointer (&self->by_id, kutip_sorter_free);
  return self->failure == NULL;
}

/* --- by link --- */

/* With all that is known of it, to where it begins. */
static void
pass_link_on (KutipRefiJoin *self)
{
  if (self->has_origin)
    {
      g_string_truncate (self->record, 0);
      put (self, self->a);
      put (self, KUTIP_REFI_LINKS);
      put (self, self->b);
      put (self, self->link_number);
      g_string_append_len (self->record, self->link->str, (gssize) self->link->len);
      g_string_append_len (self->record, self->says->str, (gssize) self->says->len);
      end_record (self, self->by_source);
    }
  self->has_origin = FALSE;
  g_string_truncate (self->link, 0);
  g_string_truncate (self->says, 0);
}

static void
take_link_part (KutipRefiJoin *self, KutipFields *fields)
{
  switch ((LinkKind) kutip_fields_take_number (fields))
    {
    case LINK_IS:
      g_string_append_len (self->link, fields->at, fields->end - fields->at);
      break;
    case LINK_FROM:
      self->has_origin = TRUE;
      self->a = kutip_fields_take_number (fields);
      self->b = kutip_fields_take_number (fields);
      break;
    case LINK_SAYS:
    default:
      kutip_fields_take_number (fields);
      g_string_append_len (self->says, fields->at, fields->end - fields->at);
      break;
    }
}

static gboolean
join_links (KutipRefiJoin *self)
{
  const char *bytes;
  gsize n;

  if (!kutip_sorter_begin (self->by_link, &self->failure))
    return FALSE;
  while (self->failure == NULL &&
         (bytes = kutip_sorter_next (self->by_link, &n, &self->failure)) != NULL)
    {
      KutipFields fields = { bytes, bytes + n };
      guint64 number = kutip_fields_take_number (&fields);

      if (number != self->link_number)
        pass_link_on (self);
      self->link_number = number;
      take_link_part (self, &fields);
    }
  pass_link_on (self);
  g_clear_pointer (&self->by_link, kutip_sorter_free);
  return self->failure == NULL;
}

/* --- all of it --- */

static gboolean
check (KutipRefiJoin *self, GError **error)
{
  if (self->wrong_id == NULL)
    return TRUE;
  if (!self->is_double)
    {
      g_set_error (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID,
                   _ ("line %1$u: there is no code or note “%2$s”"), self->wrong_line,
                   self->wrong_id);
      return FALSE;
    }
  g_set_error (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID,
               _ ("“%s” is there twice"), self->wrong_id);
  g_prefix_error (error, _ ("line %u: "), self->wrong_line);
  return FALSE;
}

gboolean
kutip_refi_join_finish (KutipRefiJoin *self, KutipRefiCodes *codes, GError **error)
{
  self->by_source = kutip_sorter_new (self->open, KUTIP_SORTER_MOST);
  if (self->failure == NULL && join_ids (self, codes))
    {
      if (!check (self, error))
        return FALSE;
      if (codes != NULL && join_links (self))
        kutip_sorter_begin (self->by_source, &self->failure);
    }
  if (self->failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&self->failure));
  return FALSE;
}

/* --- the second time --- */

static gboolean
look_ahead (KutipRefiJoin *self, GError **error)
{
  gsize n;
  const char *bytes = kutip_sorter_next (self->by_source, &n, error);

  self->has_next = bytes != NULL;
  if (bytes == NULL)
    return FALSE;
  self->next = (KutipFields){ bytes, bytes + n };
  self->next_source = kutip_fields_take_number (&self->next);
  self->next_what = kutip_fields_take_number (&self->next);
  self->next_nth = kutip_fields_take_number (&self->next);
  kutip_fields_take_number (&self->next);
  return TRUE;
}

static int
compare_numbers (guint64 a, guint64 b)
{
  return (a > b) - (a < b);
}

gboolean
kutip_refi_join_next (KutipRefiJoin *self,
                      guint source,
                      KutipRefiWhat what,
                      guint nth,
                      KutipFields *fields,
                      GError **error)
{
  g_autoptr (GError) local = NULL;

  while (self->has_next || look_ahead (self, &local))
    {
      int order = compare_numbers (self->next_source, source);

      if (order == 0)
        order = compare_numbers (self->next_what, what);
      if (order == 0)
        order = compare_numbers (self->next_nth, nth);
      if (order > 0)
        return FALSE;
      self->has_next = FALSE;
      if (order < 0)
        continue;
      *fields = self->next;
      return TRUE;
    }
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

void
kutip_refi_join_take_link (KutipFields *fields, KutipRefiLink *link)
{
  link->guid = take_optional (fields);
  link->name = take_optional (fields);
  link->target = take_optional (fields);
  link->direction = take_optional (fields);
  link->color = take_optional (fields);
}

gboolean
kutip_refi_join_take_note (KutipRefiJoin *self,
                           KutipFields *fields,
                           KutipRefiNote *note,
                           GError **error)
{
  guint64 place;
  KutipFields said;

  if (fields->at == fields->end)
    return FALSE;
  place = kutip_fields_take_number (fields);
  g_string_set_size (self->note, (gsize) kutip_fields_take_number (fields));
  if (!self->notes->read (self->notes, place, self->note->str, self->note->len, error))
    return FALSE;
  said = (KutipFields){ self->note->str, self->note->str + self->note->len };
  *note = (KutipRefiNote){ .content = take_optional (&said) };
  note->path = take_optional (&said);
  note->line = (guint) kutip_fields_take_number (&said);
  return TRUE;
}
