/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/pour.h"
#include "format/refi-qda/refi-qda-kept.h"
#include "format/refi-qda/refi-qda.h"

#include <glib/gi18n.h>
#include <string.h>

static const GString *
get_kept (KutipSink *sink, const char *name)
{
  return sink->peek == NULL ? NULL : sink->peek (sink, name);
}

/* Users and variables: each once. */
static void
append_named (GString *out,
              const GString *words,
              const char *list,
              const char *element,
              const char *more)
{
  g_autoptr (GHashTable) seen =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (words == NULL || words->len == 0)
    return;
  g_string_append_printf (out, "<%s>\n", list);
  for (gsize at = 0; at < words->len; at += strlen (words->str + at) + 1)
    {
      const char *name = strchr (words->str + at, '\n') + 1;
      char *guid = g_strndup (words->str + at, (gsize) (name - 1 - (words->str + at)));

      if (g_hash_table_add (seen, guid))
        {
          g_string_append_printf (out, "<%s guid=\"%s\"", element, guid);
          kutip_xml_append_attribute (out, "name", name);
          g_string_append_printf (out, "%s/>\n", more);
        }
    }
  g_string_append_printf (out, "</%s>\n", list);
}

/* The project on its way into the archive. */
typedef struct
{
  KutipZipEntry *entry;
  KutipPour *packed;
  const char *element; /* of the part that is replayed, which begins with what it has */
  gboolean any;
} Packing;

static void
pack_part (const char *bytes, gsize n, gpointer data)
{
  Packing *self = data;
  g_autofree char *start = NULL;

  if (n == 0)
    return;
  if (!self->any)
    {
      start = g_strdup_printf ("<%s>\n", self->element);
      kutip_zip_entry_append (self->entry, start, strlen (start));
    }
  self->any = TRUE;
  kutip_zip_entry_append (self->entry, bytes, n);
  kutip_pour_check (self->packed);
}

static gboolean
replay (KutipSink *sink,
        const char *name,
        void (*each) (const char *bytes, gsize n, gpointer data),
        gpointer data,
        GError **error)
{
  const GString *kept;

  if (sink->replay != NULL)
    return sink->replay (sink, name, each, data, error);
  kept = get_kept (sink, name);
  if (kept != NULL)
    each (kept->str, kept->len, data);
  return TRUE;
}

static gboolean
append_part (
    Packing *self, KutipSink *sink, const char *name, const char *element, GError **error)
{
  g_autofree char *end = g_strdup_printf ("</%s>\n", element);

  self->element = element;
  self->any = FALSE;
  if (!replay (sink, name, pack_part, self, error))
    return FALSE;
  if (self->any)
    kutip_zip_entry_append (self->entry, end, strlen (end));
  return TRUE;
}

/* For kutip_refi_append_codes(): NUL instead of the two line feeds of each. */
static GString *
get_codes (KutipSink *sink)
{
  const GString *kept = get_kept (sink, KUTIP_REFI_KEPT_CODES);
  GString *codes = g_string_new (NULL);

  if (kept != NULL)
    g_string_append_len (codes, kept->str, (gssize) kept->len);
  for (gsize at = 0; at < codes->len;)
    {
      gsize n = strlen (codes->str + at) + 1;
      char *code = codes->str + at;
      char *first = code + strcspn (code, "\n");
      char *second = first + 1 + strcspn (first + 1, "\n");

      *first = '\0';
      *second = '\0';
      at += n;
    }
  return codes;
}

static GString *
make_beginning (KutipTagset *tagset, KutipSink *sink)
{
  GString *out =
      g_string_new ("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                    "<Project xmlns=\"" KUTIP_REFI_PROJECT "\" origin=\"Kutip\"");
  g_autoptr (GString) codes = g_string_new (NULL);
  g_autoptr (GString) used = get_codes (sink);

  kutip_xml_append_attribute (out, "name",
                              tagset == NULL ? "Kutip" : kutip_tagset_get_name (tagset));
  g_string_append (out, ">\n");
  kutip_refi_append_note (out, tagset, TRUE);
  append_named (out, get_kept (sink, KUTIP_REFI_KEPT_USERS), "Users", "User", "");
  kutip_refi_append_codes (codes, tagset, used);
  if (codes->len > 0)
    g_string_append_printf (out, "<CodeBook><Codes>\n%s</Codes></CodeBook>\n",
                            codes->str);
  append_named (out, get_kept (sink, KUTIP_REFI_KEPT_VARIABLES), "Variables", "Variable",
                " typeOfVariable=\"Text\"");
  return out;
}

static gboolean
append_project (Packing *self, KutipTagset *tagset, KutipSink *sink, GError **error)
{
  static const char end[] = "</Project>\n";
  g_autoptr (GString) beginning = make_beginning (tagset, sink);
  gboolean good;

  kutip_zip_entry_append (self->entry, beginning->str, beginning->len);
  good = append_part (self, sink, KUTIP_REFI_KEPT_SOURCES, "Sources", error) &&
         append_part (self, sink, KUTIP_REFI_KEPT_NOTES, "Notes", error) &&
         append_part (self, sink, KUTIP_REFI_KEPT_LINKS, "Links", error);
  kutip_zip_entry_append (self->entry, end, strlen (end));
  if (!good || kutip_zip_entry_get_n_bytes (self->entry) <= KUTIP_ZIP_MAX_BYTES)
    return good;
  g_set_error_literal (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_UNSUPPORTED,
                       _ ("this is too much for one project: more than 1 GB of "
                          "annotations"));
  return FALSE;
}

/* The codes alone, beside the project, for programs that want them first. */
static gboolean
append_codebook (KutipTagset *tagset, KutipSink *sink, GError **error)
{
  g_autoptr (GString) out =
      g_string_new ("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                    "<CodeBook xmlns=\"" KUTIP_REFI_CODEBOOK "\" origin=\"Kutip\">");
  g_autoptr (GString) used = get_codes (sink);
  gsize n;

  kutip_refi_append_note (out, tagset, FALSE);
  g_string_append (out, "<Codes>\n");
  n = out->len;
  kutip_refi_append_codes (out, tagset, used);
  if (out->len == n)
    return TRUE;
  g_string_append (out, "</Codes></CodeBook>\n");
  return sink->append (sink, KUTIP_REFI_CODEBOOK_FILE, out->str, out->len, error);
}

/* The project is packed aside, as its length stands before it. */
static gboolean
pack_project (KutipTagset *tagset,
              KutipSink *sink,
              GString *head,
              GString *directory,
              GError **error)
{
  g_auto (KutipPour) packed;
  Packing packing = { .packed = &packed };
  gboolean good;

  kutip_pour_init_for_sink (&packed, sink, KUTIP_REFI_KEPT_PROJECT);
  packing.entry = kutip_zip_entry_new (packed.buffer, KUTIP_REFI_FILE);
  good = append_project (&packing, tagset, sink, error);
  good =
      kutip_zip_entry_end (packing.entry, head, directory, good ? error : NULL) && good;
  return kutip_pour_finish (&packed, good ? error : NULL) && good;
}

/* One part of the packed project. */
typedef struct
{
  KutipSink *sink;
  GError *failure;
} Passing;

static void
pass_part (const char *bytes, gsize n, gpointer data)
{
  Passing *self = data;

  if (self->failure == NULL)
    self->sink->append (self->sink, "", bytes, n, &self->failure);
}

static gboolean
pass_project (KutipSink *sink, GError **error)
{
  Passing passing = { sink, NULL };

  if (!replay (sink, KUTIP_REFI_KEPT_PROJECT, pass_part, &passing, error))
    return FALSE;
  if (passing.failure == NULL)
    return TRUE;
  g_propagate_error (error, passing.failure);
  return FALSE;
}

/* The archive's directory on its way out. */
typedef struct
{
  KutipZipDirectory lines;
  KutipSink *sink;
  GString *out;
  GError *failure;
} Ending;

static void
pass_lines (const char *bytes, gsize n, gpointer data)
{
  Ending *self = data;

  kutip_zip_directory_append (&self->lines, bytes, n, self->out);
  if (self->failure == NULL)
    self->sink->append (self->sink, "", self->out->str, self->out->len, &self->failure);
  g_string_truncate (self->out, 0);
}

/* @last: the line of the project, which comes behind the sources. */
static gboolean
append_directory (KutipSink *sink, const GString *last, GError **error)
{
  g_autoptr (GString) out = g_string_new (NULL);
  Ending ending = { .sink = sink, .out = out };
  g_autoptr (GError) local = NULL;

  kutip_zip_directory_init (&ending.lines);
  if (replay (sink, KUTIP_REFI_KEPT_DIRECTORY, pass_lines, &ending, &local))
    pass_lines (last->str, last->len, &ending);
  if (!kutip_zip_directory_end (&ending.lines, out, local == NULL ? &local : NULL) ||
      local != NULL || ending.failure != NULL)
    {
      g_propagate_error (error, local != NULL ? g_steal_pointer (&local)
                                              : g_steal_pointer (&ending.failure));
      g_clear_error (&ending.failure);
      return FALSE;
    }
  return sink->append (sink, "", out->str, out->len, error);
}

gboolean
kutip_refi_end (KutipTagset *tagset,
                const KutipFormatOptions *options,
                guint64 n_records,
                KutipSink *sink,
                GError **error)
{
  g_autoptr (GString) line = g_string_new (NULL);
  g_autoptr (GString) head = g_string_new (NULL);

  return pack_project (tagset, sink, head, line, error) &&
         sink->append (sink, "", head->str, head->len, error) &&
         pass_project (sink, error) && append_directory (sink, line, error) &&
         append_codebook (tagset, sink, error);
}
