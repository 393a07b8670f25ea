/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/json/json-scan.h"

G_BEGIN_DECLS

/* A walk through JSON that was just written, to see that it says what it should: several
 * times as fast as the reader (format/json.h), because it holds nothing and decodes only
 * what is compared. Checks the grammar of all that it passes; names that stand twice in
 * one object are the business of whoever looks at them. */
typedef struct
{
  KutipJsonScan scan;
  GString *decoded; /* room for strings with escapes */
  gboolean
      is_first; /* nothing was read yet in the object or array that was opened last */
  gboolean is_broken; /* this is no JSON, or not of the kind that was asked for */
} KutipJsonCursor;

/* @bytes must stay alive. */
void kutip_json_cursor_init (KutipJsonCursor *self, const char *bytes, gsize n_bytes);
void kutip_json_cursor_clear (KutipJsonCursor *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KutipJsonCursor, kutip_json_cursor_clear)

/* Each of the following breaks the cursor when something else comes next, and does
 * nothing but return FALSE when it is broken. */

/* A brace or a bracket. */
gboolean kutip_json_cursor_open (KutipJsonCursor *self, char bracket);
/* FALSE at the end of the object, behind which the cursor is then. @name is as it stands
 * between its quotation marks. */
gboolean kutip_json_cursor_next_member (KutipJsonCursor *self,
                                        const char **name,
                                        gsize *n_bytes);
/* Which of @names the next member has, looking first behind the one before it, which was
 * the @last of them; or one of the following. */
#define KUTIP_JSON_CURSOR_END (-2)   /* of the object, or broken */
#define KUTIP_JSON_CURSOR_OTHER (-1) /* in a member that is none of them */
int kutip_json_cursor_next_of (KutipJsonCursor *self, const char *const *names, int last);
gboolean kutip_json_cursor_next_element (KutipJsonCursor *self);
/* Whether the value, a string, is that very one. */
gboolean kutip_json_cursor_is_string (KutipJsonCursor *self,
                                      const char *bytes,
                                      gsize n_bytes);
/* Whether @bytes begin with the value, a string; *@n is how many of them it is then. */
gboolean kutip_json_cursor_is_start (KutipJsonCursor *self,
                                     const char *bytes,
                                     gsize n_bytes,
                                     gsize *n);
/* Whether the value, which must be one of the two, is true and not false. */
gboolean kutip_json_cursor_is_true (KutipJsonCursor *self);
/* Whether the value, a number, is that very one, written with digits alone. */
gboolean kutip_json_cursor_is_uint (KutipJsonCursor *self, guint number);
void kutip_json_cursor_skip (KutipJsonCursor *self);
/* The elements up to the end of a list; how many there were. */
guint kutip_json_cursor_skip_rest (KutipJsonCursor *self);

/* A member that an object must have, and its value: this string, or what @is finds right,
 * which passes it; or, with neither, this number. */
typedef struct
{
  const char *name;
  const char *string;
  gboolean (*is) (gpointer data);
  guint number;
} KutipJsonExpected;

#define KUTIP_JSON_CURSOR_MOST_EXPECTED 16
/* Whether the value, an object, has all of them, which are quickest found in their order;
 * there may be others beside them. @data goes to @is. */
gboolean kutip_json_cursor_is_object (KutipJsonCursor *self,
                                      const KutipJsonExpected *expected,
                                      guint n,
                                      gpointer data);
/* The same for an object of which all of them were passed already: none may come again as
 * anything else. */
gboolean kutip_json_cursor_is_rest (KutipJsonCursor *self,
                                    const KutipJsonExpected *expected,
                                    guint n,
                                    gpointer data);

/* For what stands there to the byte as this program writes it, as it does nearly always:
 * moves behind it. FALSE, with nothing moved or broken, does not tell that it is wrong,
 * which is for the functions above. */
gboolean kutip_json_cursor_pass_string (KutipJsonCursor *self,
                                        const char *bytes,
                                        gsize n_bytes);
/* A string that @bytes, which are UTF-8, begin with. */
gboolean kutip_json_cursor_pass_start (KutipJsonCursor *self,
                                       const char *bytes,
                                       gsize n_bytes);
gboolean kutip_json_cursor_pass_uint (KutipJsonCursor *self, guint number);
static G_ALWAYS_INLINE inline gboolean
kutip_json_cursor_pass_bytes (KutipJsonCursor *self, const char *bytes, gsize n_bytes)
{
  const char *p = self->scan.position;

  if ((gsize) (self->scan.end - p) < n_bytes || memcmp (p, bytes, n_bytes) != 0)
    return FALSE;
  self->scan.position = p + n_bytes;
  return TRUE;
}
#define KUTIP_JSON_CURSOR_PASS(self, literal)                                            \
  kutip_json_cursor_pass_bytes ((self), (literal), sizeof (literal) - 1)
/* Breaks the cursor when anything follows. */
void kutip_json_cursor_end (KutipJsonCursor *self);

G_END_DECLS
