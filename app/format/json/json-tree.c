/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/json/json-tree.h"

#include "format/format.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define NODES_IN_BLOCK 256
#define LINE_BLOCK ((gsize) 1 << 16)
/* Bytes of names that are kept for the next element. */
#define MOST_NAMES ((gsize) 1 << 16)

struct _KutipJsonTree
{
  const char *bytes;
  gsize n_bytes;
  guint64 first_line;
  KutipJsonNode *root;
  GPtrArray *blocks; /* of KutipJsonNode[NODES_IN_BLOCK] */
  gsize n_nodes;     /* in them */
  GStringChunk *strings;
  GStringChunk *names;
  gsize n_in_names;       /* bytes of them at most */
  gsize base;             /* what to add to the reader's offsets */
  KutipJsonChoose choose; /* or NULL: everything is kept */
  guint n_objects;        /* that are open */
  KutipJsonTree *again;   /* what is read again, or NULL */
  /* Where lines were last counted to; and how many end before each block of LINE_BLOCK
   * bytes, as far as they were counted, for places that are asked for in any order. */
  const char *counted;
  guint64 line;
  GArray *n_before; /* guint, or NULL */
};

static KutipJsonNode *
add_node (KutipJsonTree *self, KutipJsonToken type, gsize offset)
{
  gsize block = self->n_nodes / NODES_IN_BLOCK;
  KutipJsonNode *node;

  if (block == self->blocks->len)
    g_ptr_array_add (self->blocks, g_new (KutipJsonNode, NODES_IN_BLOCK));
  node = (KutipJsonNode *) g_ptr_array_index (self->blocks, block) +
         self->n_nodes++ % NODES_IN_BLOCK;
  *node = (KutipJsonNode){ .type = type, .offset = (guint) offset };
  return node;
}

static void
store_string (KutipJsonTree *self, KutipJsonReader *reader, KutipJsonNode *node)
{
  gsize n_bytes;
  const char *string = kutip_json_reader_get_string (reader, &n_bytes);

  node->string = g_string_chunk_insert_len (self->strings, string, (gssize) n_bytes);
  node->n_bytes = (guint) n_bytes;
}

/* Names are few, and each is there once. */
static const char *
store_name (KutipJsonTree *self, KutipJsonReader *reader)
{
  gsize n_bytes;
  const char *name = kutip_json_reader_get_string (reader, &n_bytes);

  self->n_in_names += n_bytes;
  return g_string_chunk_insert_const (self->names, name);
}

static KutipJsonNode *read_value (KutipJsonTree *self,
                                  KutipJsonReader *reader,
                                  const char *owner);

/* A list that is only checked; NULL after an error. */
static KutipJsonNode *
pass_list (KutipJsonTree *self, KutipJsonReader *reader)
{
  gsize offset = kutip_json_reader_get_offset (reader);
  KutipJsonNode *node = add_node (self, KUTIP_JSON_ARRAY_START, self->base + offset);
  gsize n_bytes;

  if (!kutip_json_reader_skip (reader))
    return NULL;
  kutip_json_reader_peek_raw (reader, offset, &n_bytes);
  node->n_bytes = (guint) n_bytes;
  return node;
}

/* The value of the member @name, or of the document; NULL when there is none to keep, and
 * after an error. */
static KutipJsonNode *
read_member (KutipJsonTree *self,
             KutipJsonReader *reader,
             const char *owner,
             const char *name)
{
  KutipJsonChoice choice = self->choose == NULL
                               ? KUTIP_JSON_KEEP
                               : self->choose (self->n_objects, owner, name);

  if (choice == KUTIP_JSON_APART &&
      kutip_json_reader_peek (reader) == KUTIP_JSON_ARRAY_START)
    return pass_list (self, reader);
  if (choice != KUTIP_JSON_PASS)
    return read_value (self, reader, name);
  kutip_json_reader_skip (reader);
  return NULL;
}

static void
add_child (KutipJsonNode *parent, KutipJsonNode ***link, KutipJsonNode *child)
{
  **link = child;
  *link = &child->next;
  parent->n_children++;
}

/* Up to the end of the object. */
static void
read_members (KutipJsonTree *self,
              KutipJsonReader *reader,
              KutipJsonNode *parent,
              const char *owner)
{
  KutipJsonNode **link = &parent->first;

  while (kutip_json_reader_next (reader) == KUTIP_JSON_NAME)
    {
      const char *name = store_name (self, reader);
      KutipJsonNode *child = read_member (self, reader, owner, name);

      if (child == NULL)
        continue;
      child->name = name;
      add_child (parent, &link, child);
    }
}

/* Up to the end of the list. */
static void
read_elements (KutipJsonTree *self,
               KutipJsonReader *reader,
               KutipJsonNode *parent,
               const char *owner)
{
  KutipJsonNode **link = &parent->first;
  KutipJsonNode *child;

  while ((child = read_value (self, reader, owner)) != NULL)
    add_child (parent, &link, child);
}

/* NULL at the end of an array, and after an error. */
static KutipJsonNode *
read_value (KutipJsonTree *self, KutipJsonReader *reader, const char *owner)
{
  KutipJsonToken token = kutip_json_reader_next (reader);
  KutipJsonNode *node;

  if (token == KUTIP_JSON_ARRAY_END || token == KUTIP_JSON_OBJECT_END ||
      token == KUTIP_JSON_END || token == KUTIP_JSON_ERROR)
    return NULL;
  node = add_node (self, token, self->base + kutip_json_reader_get_offset (reader));
  if (token == KUTIP_JSON_STRING || token == KUTIP_JSON_NUMBER)
    store_string (self, reader, node);
  else if (token == KUTIP_JSON_OBJECT_START)
    {
      self->n_objects++;
      read_members (self, reader, node, owner);
      self->n_objects--;
    }
  else if (token == KUTIP_JSON_ARRAY_START)
    read_elements (self, reader, node, owner);
  return node;
}

static KutipJsonTree *
make_tree (const char *bytes, gsize n_bytes, guint64 first_line)
{
  KutipJsonTree *self = g_new0 (KutipJsonTree, 1);

  self->bytes = bytes;
  self->n_bytes = n_bytes;
  self->first_line = first_line;
  self->blocks = g_ptr_array_new_with_free_func (g_free);
  self->strings = g_string_chunk_new (4096);
  self->names = g_string_chunk_new (1024);
  return self;
}

KutipJsonTree *
kutip_json_tree_new (const char *bytes, gsize n_bytes, guint64 first_line, GError **error)
{
  return kutip_json_tree_new_with_choice (bytes, n_bytes, first_line, NULL, error);
}

KutipJsonTree *
kutip_json_tree_new_with_choice (const char *bytes,
                                 gsize n_bytes,
                                 guint64 first_line,
                                 KutipJsonChoose choose,
                                 GError **error)
{
  g_autoptr (KutipJsonTree) self = make_tree (bytes, n_bytes, first_line);
  g_autoptr (KutipJsonReader) reader = kutip_json_reader_new (bytes, n_bytes);

  self->choose = choose;
  kutip_json_reader_set_first_line (reader, first_line);
  self->root = choose != NULL ? read_member (self, reader, NULL, NULL)
                              : read_value (self, reader, NULL);
  return kutip_json_reader_finish (reader, error) ? g_steal_pointer (&self) : NULL;
}

void
kutip_json_tree_free (KutipJsonTree *self)
{
  if (self == NULL)
    return;
  kutip_json_tree_free (self->again);
  g_clear_pointer (&self->n_before, g_array_unref);
  g_ptr_array_unref (self->blocks);
  g_string_chunk_free (self->strings);
  g_string_chunk_free (self->names);
  g_free (self);
}

KutipJsonNode *
kutip_json_tree_get_root (KutipJsonTree *self)
{
  return self->root;
}

/* What stands before @offset; the reader counts behind a byte order mark. */
static const char *
find_place (KutipJsonTree *self, gsize offset, const char **start)
{
  static const char mark[] = "\xef\xbb\xbf";
  gsize n_mark = strlen (mark);

  *start = self->bytes;
  if (self->n_bytes >= n_mark && memcmp (self->bytes, mark, n_mark) == 0)
    *start += n_mark;
  return *start + offset;
}

static guint
count_line_feeds (const char *bytes, gsize n_bytes)
{
  guint n = 0;

  for (gsize i = 0; i < n_bytes; i++)
    n += bytes[i] == '\n';
  return n;
}

/* How many lines end before the block. */
static guint
count_lines_before (KutipJsonTree *self, const char *start, gsize block)
{
  guint n = 0;

  if (self->n_before == NULL)
    {
      self->n_before = g_array_new (FALSE, FALSE, sizeof (guint));
      g_array_append_val (self->n_before, n);
    }
  while (self->n_before->len <= block)
    {
      gsize last = self->n_before->len - 1;

      n = g_array_index (self->n_before, guint, last) +
          count_line_feeds (start + last * LINE_BLOCK, LINE_BLOCK);
      g_array_append_val (self->n_before, n);
    }
  return g_array_index (self->n_before, guint, block);
}

static guint64
count_lines (KutipJsonTree *self, gsize offset)
{
  const char *start;
  const char *place = find_place (self, offset, &start);
  gsize block = offset / LINE_BLOCK;

  if (self->counted == NULL || self->counted > place ||
      self->counted < start + block * LINE_BLOCK)
    {
      self->counted = start + block * LINE_BLOCK;
      self->line = self->first_line + count_lines_before (self, start, block);
    }
  self->line += count_line_feeds (self->counted, (gsize) (place - self->counted));
  self->counted = place;
  return self->line;
}

guint64
kutip_json_tree_get_line (KutipJsonTree *self, const KutipJsonNode *node)
{
  return count_lines (self, node->offset);
}

static void set_error (KutipJsonTree *self,
                       gsize offset,
                       GError **error,
                       const char *format,
                       va_list arguments) G_GNUC_PRINTF (4, 0);

static void
set_error (KutipJsonTree *self,
           gsize offset,
           GError **error,
           const char *format,
           va_list arguments)
{
  g_autofree char *reason = g_strdup_vprintf (format, arguments);
  const char *start;
  const char *place = find_place (self, offset, &start);
  const char *line = place;

  while (line > start && line[-1] != '\n')
    line--;
  if (error == NULL || *error == NULL)
    g_set_error (error, KUTIP_FORMAT_ERROR, KUTIP_FORMAT_ERROR_INVALID,
                 /* Translators: where in a file, and what is wrong there */
                 _ ("line %1$lu, column %2$lu: %3$s"),
                 (gulong) count_lines (self, offset),
                 (gulong) g_utf8_strlen (line, place - line) + 1, reason);
}

gboolean
kutip_json_tree_fail (KutipJsonTree *self,
                      const KutipJsonNode *node,
                      GError **error,
                      const char *format,
                      ...)
{
  va_list arguments;

  va_start (arguments, format);
  set_error (self, node->offset, error, format, arguments);
  va_end (arguments);
  return FALSE;
}

gboolean
kutip_json_tree_fail_at (
    KutipJsonTree *self, gsize offset, GError **error, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  set_error (self, offset, error, format, arguments);
  va_end (arguments);
  return FALSE;
}

/* --- elements --- */

void
kutip_json_elements_init (KutipJsonElements *self,
                          KutipJsonTree *tree,
                          const KutipJsonNode *list)
{
  *self = (KutipJsonElements){ .next = list->first };
  if (list->type == KUTIP_JSON_ARRAY_START && list->n_bytes > 0)
    kutip_json_elements_init_at (self, tree,
                                 (KutipJsonPlace){ list->offset, list->n_bytes });
}

void
kutip_json_elements_init_at (KutipJsonElements *self,
                             KutipJsonTree *tree,
                             KutipJsonPlace list)
{
  const char *start;
  const char *bytes = find_place (tree, list.offset, &start);

  *self = (KutipJsonElements){ NULL };
  self->part = make_tree (bytes, list.n_bytes, 1);
  self->part->base = list.offset;
  self->reader = kutip_json_reader_new (bytes, list.n_bytes);
  kutip_json_reader_next (self->reader);
}

void
kutip_json_elements_set_choice (KutipJsonElements *self, KutipJsonChoose choose)
{
  if (self->part != NULL)
    self->part->choose = choose;
}

void
kutip_json_elements_clear (KutipJsonElements *self)
{
  g_clear_pointer (&self->part, kutip_json_tree_free);
  g_clear_pointer (&self->reader, kutip_json_reader_free);
}

static void
empty (KutipJsonTree *self)
{
  self->n_nodes = 0;
  g_string_chunk_clear (self->strings);
  if (self->n_in_names <= MOST_NAMES)
    return;
  g_string_chunk_clear (self->names);
  self->n_in_names = 0;
}

gboolean
kutip_json_elements_are_apart (const KutipJsonElements *self)
{
  return self->part != NULL;
}

KutipJsonPlace
kutip_json_elements_get_place (KutipJsonElements *self, const KutipJsonNode *element)
{
  KutipJsonPlace place = { element->offset, 0 };
  gsize n_bytes;

  kutip_json_reader_peek_raw (self->reader, element->offset - self->part->base, &n_bytes);
  place.n_bytes = (guint) n_bytes;
  return place;
}

const KutipJsonNode *
kutip_json_tree_read_again (KutipJsonTree *self, KutipJsonPlace place)
{
  const char *start;
  const char *bytes = find_place (self, place.offset, &start);
  /* Offsets do not count a byte order mark. */
  gsize n_there = (gsize) (self->bytes + self->n_bytes - bytes);
  gsize n_bytes = MIN (place.n_bytes, n_there);
  g_autoptr (KutipJsonReader) reader = kutip_json_reader_new (bytes, n_bytes);

  if (self->again == NULL)
    self->again = make_tree (bytes, n_bytes, 1);
  empty (self->again);
  self->again->base = place.offset;
  return read_value (self->again, reader, NULL);
}

const KutipJsonNode *
kutip_json_elements_next (KutipJsonElements *self)
{
  const KutipJsonNode *element = self->next;

  if (self->part == NULL)
    {
      self->next = element == NULL ? NULL : element->next;
      return element;
    }
  empty (self->part);
  return read_value (self->part, self->reader, NULL);
}

/* --- nodes --- */

gboolean
kutip_json_node_is_object (const KutipJsonNode *self)
{
  return self != NULL && self->type == KUTIP_JSON_OBJECT_START;
}

gboolean
kutip_json_node_is_array (const KutipJsonNode *self)
{
  return self != NULL && self->type == KUTIP_JSON_ARRAY_START;
}

KutipJsonNode *
kutip_json_node_get (const KutipJsonNode *self, const char *name)
{
  if (!kutip_json_node_is_object (self))
    return NULL;
  for (KutipJsonNode *child = self->first; child != NULL; child = child->next)
    if (strcmp (child->name, name) == 0)
      return child;
  return NULL;
}

const char *
kutip_json_node_get_string (const KutipJsonNode *self)
{
  return self != NULL && self->type == KUTIP_JSON_STRING ? self->string : NULL;
}

const char *
kutip_json_node_get_word (const KutipJsonNode *self)
{
  return self == NULL ? NULL : self->string;
}

const char *
kutip_json_node_get_member (const KutipJsonNode *self, const char *name)
{
  return kutip_json_node_get_string (kutip_json_node_get (self, name));
}

gboolean
kutip_json_node_get_uint (const KutipJsonNode *self, guint *value)
{
  guint64 number;

  if (self == NULL || self->type != KUTIP_JSON_NUMBER ||
      !g_ascii_string_to_unsigned (self->string, 10, 0, G_MAXUINT, &number, NULL))
    return FALSE;
  *value = (guint) number;
  return TRUE;
}

double
kutip_json_node_get_double (const KutipJsonNode *self)
{
  double value;

  if (self == NULL || self->type != KUTIP_JSON_NUMBER)
    return NAN;
  value = g_ascii_strtod (self->string, NULL);
  return isfinite (value) ? value : NAN;
}

gboolean
kutip_json_node_is_true (const KutipJsonNode *self)
{
  return self != NULL && self->type == KUTIP_JSON_TRUE;
}

static void
append_children (GString *out, const KutipJsonNode *self, gboolean is_object)
{
  g_string_append_c (out, is_object ? '{' : '[');
  for (const KutipJsonNode *child = self->first; child != NULL; child = child->next)
    {
      if (child != self->first)
        g_string_append (out, ", ");
      if (is_object)
        {
          kutip_json_append_string (out, child->name);
          g_string_append (out, ": ");
        }
      kutip_json_node_append (out, child);
    }
  g_string_append_c (out, is_object ? '}' : ']');
}

void
kutip_json_node_append (GString *out, const KutipJsonNode *self)
{
  switch (self->type)
    {
    case KUTIP_JSON_OBJECT_START:
    case KUTIP_JSON_ARRAY_START:
      append_children (out, self, self->type == KUTIP_JSON_OBJECT_START);
      break;
    case KUTIP_JSON_STRING:
      kutip_json_append_bytes (out, self->string, self->n_bytes);
      break;
    case KUTIP_JSON_NUMBER:
      g_string_append (out, self->string);
      break;
    case KUTIP_JSON_TRUE:
      g_string_append (out, "true");
      break;
    case KUTIP_JSON_FALSE:
      g_string_append (out, "false");
      break;
    case KUTIP_JSON_NULL:
    case KUTIP_JSON_OBJECT_END:
    case KUTIP_JSON_ARRAY_END:
    case KUTIP_JSON_NAME:
    case KUTIP_JSON_END:
    case KUTIP_JSON_ERROR:
    default:
      g_string_append (out, "null");
    }
}
