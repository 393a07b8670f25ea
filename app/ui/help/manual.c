/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/help/manual.h"

#include <gio/gio.h>
#include <string.h>

#define FOLDER "/org/kutip/Kutip/help/"

static gboolean
is_row (const char *line)
{
  return line[0] == '|';
}

/* "| --- | --- |" */
static gboolean
is_rule (const char *line)
{
  return is_row (line) && strspn (line, "|-: ") == strlen (line);
}

/* Of a program that makes a part of the page, and for those who write the rest. */
static gboolean
is_remark (const char *line)
{
  return g_str_has_prefix (line, "<!--") && g_str_has_suffix (line, "-->");
}

/* Between the bars; "\|" is a bar in a cell. */
static GPtrArray *
split_cells (const char *line)
{
  GPtrArray *cells = g_ptr_array_new_with_free_func (g_free);
  GString *cell = g_string_new (NULL);

  for (const char *p = line + 1; *p != '\0'; p++)
    {
      if (p[0] == '\\' && p[1] == '|')
        g_string_append_c (cell, *++p);
      else if (*p == '|')
        {
          g_ptr_array_add (cells, g_strstrip (g_strdup (cell->str)));
          g_string_truncate (cell, 0);
        }
      else
        g_string_append_c (cell, *p);
    }
  g_string_free (cell, TRUE);
  return cells;
}

static void
append_item (GString *list, const char *line)
{
  g_autoptr (GPtrArray) cells = split_cells (line);
  guint n = 0;

  for (guint i = 0; i < cells->len; i++)
    {
      const char *cell = g_ptr_array_index (cells, i);
      gboolean is_plain = strpbrk (cell, "*`[") == NULL;

      if (*cell == '\0')
        continue;
      if (n == 0)
        g_string_append_printf (list, is_plain ? "- **%s**" : "- %s", cell);
      else
        g_string_append_printf (list, n == 1 ? ": %s" : "; %s", cell);
      n++;
    }
  g_string_append_c (list, '\n');
}

char *
kutip_manual_list_tables (const char *markdown)
{
  g_auto (GStrv) lines = NULL;
  GString *text = g_string_new (NULL);
  gboolean in_code = FALSE;

  g_return_val_if_fail (markdown != NULL, NULL);

  lines = g_strsplit (markdown, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      gboolean is_head =
          !in_code && is_row (lines[i]) && lines[i + 1] != NULL && is_rule (lines[i + 1]);

      if (g_str_has_prefix (lines[i], "```"))
        in_code = !in_code;
      if (is_head)
        i++; /* the columns' names say what the page has said before */
      else if (!in_code && is_row (lines[i]))
        append_item (text, lines[i]);
      else if (in_code || !is_remark (lines[i]))
        g_string_append_printf (text, "%s\n", lines[i]);
    }
  return g_string_free (text, FALSE);
}

char *
kutip_manual_make_anchor (const char *heading)
{
  GString *anchor = g_string_new (NULL);

  g_return_val_if_fail (heading != NULL, NULL);

  for (const char *p = heading; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isalnum (c) || c == '-' || c == '_')
        g_string_append_unichar (anchor, g_unichar_tolower (c));
      else if (c == ' ')
        g_string_append_c (anchor, '-');
    }
  return g_string_free (anchor, FALSE);
}

static char *
dup_words (cmark_node *node)
{
  GString *words = g_string_new (NULL);
  cmark_iter *iter = cmark_iter_new (node);
  cmark_event_type event;

  while ((event = cmark_iter_next (iter)) != CMARK_EVENT_DONE)
    {
      cmark_node_type type = cmark_node_get_type (cmark_iter_get_node (iter));

      if (event == CMARK_EVENT_ENTER &&
          (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE))
        g_string_append (words, cmark_node_get_literal (cmark_iter_get_node (iter)));
    }
  cmark_iter_free (iter);
  return g_string_free (words, FALSE);
}

cmark_node *
kutip_manual_parse_page (const char *name)
{
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  cmark_node *page;

  g_return_val_if_fail (name != NULL, NULL);

  path = g_strconcat (FOLDER, name, NULL);
  bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  if (bytes == NULL)
    return NULL;
  /* Resources end with a NUL that does not count. */
  text = kutip_manual_list_tables (g_bytes_get_data (bytes, NULL));
  page = cmark_parse_document (text, strlen (text), CMARK_OPT_DEFAULT);
  for (cmark_node *node = cmark_node_first_child (page); node != NULL;
       node = cmark_node_next (node))
    if (cmark_node_get_type (node) == CMARK_NODE_HEADING)
      {
        g_autofree char *words = dup_words (node);
        g_autofree char *anchor = kutip_manual_make_anchor (words);

        /* The node does not own it, and the manual is of one size. */
        cmark_node_set_user_data (node, (gpointer) g_intern_string (anchor));
      }
  return page;
}

char *
kutip_manual_dup_title (cmark_node *page)
{
  g_return_val_if_fail (page != NULL, NULL);

  for (cmark_node *node = cmark_node_first_child (page); node != NULL;
       node = cmark_node_next (node))
    if (cmark_node_get_type (node) == CMARK_NODE_HEADING)
      return dup_words (node);
  return g_strdup ("");
}
