/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "touch-screen.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <string.h>

/* The protocol between gtk4-broadwayd and its page, as far as it is needed here: what the
 * server tells is in little-endian bytes one after the other, what the page tells in
 * big-endian words of four bytes. */
enum
{
  OP_GRAB_POINTER,
  OP_UNGRAB_POINTER,
  OP_NEW_SURFACE,
  OP_SHOW_SURFACE,
  OP_HIDE_SURFACE,
  OP_RAISE_SURFACE,
  OP_LOWER_SURFACE,
  OP_DESTROY_SURFACE,
  OP_MOVE_RESIZE,
  OP_SET_TRANSIENT_FOR,
  OP_DISCONNECTED,
  OP_SURFACE_UPDATE,
  OP_SET_SHOW_KEYBOARD,
  OP_UPLOAD_TEXTURE,
  OP_RELEASE_TEXTURE,
  OP_SET_NODES,
  OP_ROUNDTRIP,
};

enum
{
  EVENT_ENTER = 0,
  EVENT_LEAVE = 1,
  EVENT_TOUCH = 5,
  EVENT_GRAB_NOTIFY = 9,
  EVENT_UNGRAB_NOTIFY = 10,
  EVENT_CONFIGURE_NOTIFY = 11,
  EVENT_SCREEN_SIZE_CHANGED = 12,
  EVENT_ROUNDTRIP_NOTIFY = 14,
};

typedef struct
{
  guint id;
  int x, y, width, height;
  gboolean is_visible;
} Surface;

/* One in a process. */
static struct
{
  char *folder;
  GSubprocess *server;
  GSocketConnection *connection;
  GSource *source;
  GByteArray *received;
  GArray *surfaces; /* Surface, the uppermost last */
  int width, height;
  guint32 serial;
  guint32 time; /* milliseconds, of the events: as far apart as the functions below say */
  graphene_point_t finger; /* on the screen */
  guint surface;           /* that the finger came down on last; 0: none yet */
  guint n_heard;
} screen;

/* The longest that anything may take, and how far apart events are said to be. */
enum
{
  PATIENCE_SECONDS = 20,
  STEP_MILLISECONDS = 16
};

/* A message of the server that is being read; it is whole. */
typedef struct
{
  const guint8 *bytes;
  gsize n;
  gsize at;
} Message;

static guint32
take (Message *message, guint n_bytes)
{
  guint32 value = 0;

  g_assert_cmpuint (message->at + n_bytes, <=, message->n);
  for (guint i = 0; i < n_bytes; i++)
    value |= (guint32) message->bytes[message->at++] << (8 * i);
  return value;
}

static int
take_signed (Message *message)
{
  return (gint16) take (message, 2);
}

static void
send_bytes (const guint8 *bytes, gsize n)
{
  GOutputStream *stream = g_io_stream_get_output_stream (G_IO_STREAM (screen.connection));
  g_autoptr (GError) error = NULL;

  g_output_stream_write_all (stream, bytes, n, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* A binary frame, whole, with a mask of zeros. */
static void
send_event (guint32 type, const gint32 *words, guint n)
{
  guint8 frame[2 + 4 + 4 * 16] = { 0x82 };
  guint32 event[16] = { type, screen.serial, screen.time };

  g_assert_cmpuint (n, <=, G_N_ELEMENTS (event) - 3);
  for (guint i = 0; i < n; i++)
    event[3 + i] = (guint32) words[i];
  frame[1] = (guint8) (0x80 | (4 * (3 + n)));
  for (guint i = 0; i < 3 + n; i++)
    {
      guint32 word = GUINT32_TO_BE (event[i]);

      memcpy (frame + 6 + 4 * i, &word, 4);
    }
  send_bytes (frame, 6 + 4 * (3 + n));
}

static Surface *
find_surface (guint id)
{
  for (guint i = 0; i < screen.surfaces->len; i++)
    if (g_array_index (screen.surfaces, Surface, i).id == id)
      return &g_array_index (screen.surfaces, Surface, i);
  g_assert_not_reached ();
}

static void
remove_surface (guint id)
{
  g_array_remove_index (
      screen.surfaces,
      (guint) (find_surface (id) - &g_array_index (screen.surfaces, Surface, 0)));
}

static void
raise_surface (guint id, gboolean lower)
{
  Surface surface = *find_surface (id);

  remove_surface (id);
  if (lower)
    g_array_prepend_val (screen.surfaces, surface);
  else
    g_array_append_val (screen.surfaces, surface);
}

static void
move_surface (Message *message)
{
  Surface *surface = find_surface (take (message, 2));
  guint what = take (message, 1);

  if (what & 1)
    {
      surface->x = take_signed (message);
      surface->y = take_signed (message);
    }
  if (what & 2)
    {
      surface->width = (int) take (message, 2);
      surface->height = (int) take (message, 2);
    }
  send_event (EVENT_CONFIGURE_NOTIFY,
              (gint32[]){ (gint32) surface->id, surface->x, surface->y, surface->width,
                          surface->height },
              5);
}

static void
add_surface (Message *message)
{
  Surface surface = { .id = take (message, 2) };

  surface.x = take_signed (message);
  surface.y = take_signed (message);
  surface.width = (int) take (message, 2);
  surface.height = (int) take (message, 2);
  g_array_append_val (screen.surfaces, surface);
}

static void
answer_roundtrip (Message *message)
{
  gint32 id = (gint32) take (message, 2);

  send_event (EVENT_ROUNDTRIP_NOTIFY, (gint32[]){ id, (gint32) take (message, 4) }, 2);
}

/* What only a page that paints needs. */
static void
skip (Message *message, guint op)
{
  if (op == OP_UPLOAD_TEXTURE || op == OP_RELEASE_TEXTURE)
    take (message, 4);
  else
    take (message, 2);
  if (op == OP_SET_TRANSIENT_FOR)
    take (message, 2);
  if (op == OP_UPLOAD_TEXTURE)
    message->at += take (message, 4);
  if (op == OP_SET_NODES)
    message->at += 4 * (gsize) take (message, 4);
}

static void
obey (Message *message)
{
  guint op = take (message, 1);

  screen.serial = take (message, 4);
  switch (op)
    {
    case OP_NEW_SURFACE:
      add_surface (message);
      break;
    case OP_SHOW_SURFACE:
    case OP_HIDE_SURFACE:
      find_surface (take (message, 2))->is_visible = op == OP_SHOW_SURFACE;
      break;
    case OP_RAISE_SURFACE:
    case OP_LOWER_SURFACE:
      raise_surface (take (message, 2), op == OP_LOWER_SURFACE);
      break;
    case OP_DESTROY_SURFACE:
      remove_surface (take (message, 2));
      break;
    case OP_MOVE_RESIZE:
      move_surface (message);
      break;
    case OP_ROUNDTRIP:
      answer_roundtrip (message);
      break;
    case OP_GRAB_POINTER:
      take (message, 3);
      send_event (EVENT_GRAB_NOTIFY, NULL, 0);
      break;
    case OP_UNGRAB_POINTER:
      send_event (EVENT_UNGRAB_NOTIFY, NULL, 0);
      break;
    case OP_SET_TRANSIENT_FOR:
    case OP_SET_SHOW_KEYBOARD:
    case OP_UPLOAD_TEXTURE:
    case OP_RELEASE_TEXTURE:
    case OP_SET_NODES:
      skip (message, op);
      break;
    default:
      g_error ("gtk4-broadwayd says %u, which is not known", op);
    }
}

/* How many bytes the first frame received takes, 0 when it is not whole; @head: those
 * before its content. */
static gsize
measure_frame (gsize *head)
{
  const guint8 *bytes = screen.received->data;
  gsize n = screen.received->len;
  guint n_length = 0;
  guint64 length;

  if (n < 2)
    return 0;
  length = bytes[1] & 0x7f;
  n_length = length == 126 ? 2 : length == 127 ? 8 : 0;
  *head = 2 + n_length;
  if (n < *head)
    return 0;
  if (n_length > 0)
    length = 0;
  for (guint i = 0; i < n_length; i++)
    length = length << 8 | bytes[2 + i];
  return n >= *head + length ? *head + (gsize) length : 0;
}

static gboolean
on_readable (GSocket *socket, GIOCondition condition, gpointer data)
{
  guint8 bytes[65536];
  g_autoptr (GError) error = NULL;
  gssize n = g_socket_receive (socket, (char *) bytes, sizeof bytes, NULL, &error);
  gsize whole, head;

  g_assert_no_error (error);
  if (n == 0)
    g_error ("gtk4-broadwayd went away");
  g_byte_array_append (screen.received, bytes, (guint) n);
  while ((whole = measure_frame (&head)) > 0)
    {
      Message message = { screen.received->data + head, whole - head, 0 };

      while (message.at < message.n)
        obey (&message);
      g_byte_array_remove_range (screen.received, 0, (guint) whole);
    }
  return G_SOURCE_CONTINUE;
}

static gboolean
give_up (gpointer what)
{
  g_error ("waited in vain for %s", (const char *) what);
  return G_SOURCE_REMOVE;
}

static void
wait_for_file (const char *path)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_SECONDS * G_USEC_PER_SEC;

  while (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_usleep (5000);
    }
}

/* Up to the empty line: what comes after it is frames. */
static void
shake_hands (void)
{
  static const char request[] = "GET /socket HTTP/1.1\r\n"
                                "Host: localhost\r\n"
                                "Origin: http://localhost\r\n"
                                "Upgrade: websocket\r\n"
                                "Connection: Upgrade\r\n"
                                "Sec-WebSocket-Key: S3V0aXAgdG91Y2ggdGVzdA==\r\n"
                                "Sec-WebSocket-Protocol: broadway\r\n"
                                "Sec-WebSocket-Version: 13\r\n\r\n";
  GInputStream *stream = g_io_stream_get_input_stream (G_IO_STREAM (screen.connection));
  g_autoptr (GString) answer = g_string_new (NULL);
  char c;

  send_bytes ((const guint8 *) request, sizeof request - 1);
  while (!g_str_has_suffix (answer->str, "\r\n\r\n"))
    {
      g_assert_cmpint (g_input_stream_read (stream, &c, 1, NULL, NULL), ==, 1);
      g_string_append_c (answer, c);
    }
  g_assert_true (g_str_has_prefix (answer->str, "HTTP/1.1 101"));
}

static void
connect_page (const char *path)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr (GError) error = NULL;

  screen.connection =
      g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, &error);
  g_assert_no_error (error);
  shake_hands ();
  screen.source = g_socket_create_source (
      g_socket_connection_get_socket (screen.connection), G_IO_IN, NULL);
  g_source_set_callback (screen.source, G_SOURCE_FUNC (on_readable), NULL, NULL);
  g_source_attach (screen.source, NULL);
  send_event (EVENT_SCREEN_SIZE_CHANGED, (gint32[]){ screen.width, screen.height, 1 }, 3);
}

void
touch_screen_open (int width, int height)
{
  g_autofree char *page = NULL;
  g_autofree char *display = NULL;
  g_autofree char *option = NULL;
  g_autoptr (GError) error = NULL;

  screen.folder = g_dir_make_tmp ("kutip-touch-XXXXXX", &error);
  g_assert_no_error (error);
  screen.width = width;
  screen.height = height;
  screen.time = 1;
  screen.received = g_byte_array_new ();
  screen.surfaces = g_array_new (FALSE, FALSE, sizeof (Surface));
  /* Where the display's own socket is, which is broadway1.socket for the first. */
  g_setenv ("XDG_RUNTIME_DIR", screen.folder, TRUE);
  g_setenv ("GDK_BACKEND", "broadway", TRUE);
  g_setenv ("BROADWAY_DISPLAY", ":0", TRUE);
  /* The server of GTK 4.8 gives up on a window that is painted by another. */
  g_setenv ("GSK_RENDERER", "broadway", TRUE);
  page = g_build_filename (screen.folder, "page", NULL);
  display = g_build_filename (screen.folder, "broadway1.socket", NULL);
  option = g_strconcat ("--unixsocket=", page, NULL);
  screen.server = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE |
                                        G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                                    &error, "gtk4-broadwayd", option, ":0", NULL);
  g_assert_no_error (error);
  wait_for_file (page);
  wait_for_file (display);
  connect_page (page);
}

static void
remove_file (const char *name)
{
  g_autofree char *path = g_build_filename (screen.folder, name, NULL);

  g_unlink (path);
}

void
touch_screen_close (void)
{
  g_source_destroy (screen.source);
  g_clear_pointer (&screen.source, g_source_unref);
  g_clear_object (&screen.connection);
  g_subprocess_force_exit (screen.server);
  g_subprocess_wait (screen.server, NULL, NULL);
  g_clear_object (&screen.server);
  g_clear_pointer (&screen.surfaces, g_array_unref);
  g_clear_pointer (&screen.received, g_byte_array_unref);
  remove_file ("page");
  remove_file ("broadway1.socket");
  g_rmdir (screen.folder);
  g_clear_pointer (&screen.folder, g_free);
}

/* Whether the page has it where the program has: it may be on its way. */
static gboolean
is_in_place (const Surface *surface, GdkSurface *wanted)
{
  int x = 0;
  int y = 0;

  if (!surface->is_visible || surface->width != gdk_surface_get_width (wanted) ||
      surface->height != gdk_surface_get_height (wanted))
    return FALSE;
  if (!GDK_IS_POPUP (wanted))
    return TRUE;
  for (; GDK_IS_POPUP (wanted); wanted = gdk_popup_get_parent (GDK_POPUP (wanted)))
    {
      x += gdk_popup_get_position_x (GDK_POPUP (wanted));
      y += gdk_popup_get_position_y (GDK_POPUP (wanted));
    }
  return surface->x == x && surface->y == y;
}

/* The uppermost in that place and of that size: a page knows no more of what belongs to
 * which widget. Windows begin in the screen's corner. NULL as long as the server has not
 * shown it. */
static Surface *
find_surface_of (GtkNative *native)
{
  for (guint i = screen.surfaces->len; i > 0; i--)
    {
      Surface *surface = &g_array_index (screen.surfaces, Surface, i - 1);

      if (is_in_place (surface, gtk_native_get_surface (native)))
        return surface;
    }
  return NULL;
}

/* Where it is on the screen. */
static graphene_point_t
locate (GtkWidget *widget, double x, double y, guint *id)
{
  GtkNative *native = gtk_widget_get_native (widget);
  graphene_point_t place;
  Surface *surface;
  double dx, dy;
  guint patience =
      g_timeout_add_seconds (PATIENCE_SECONDS, give_up, (gpointer) "a surface");

  while ((surface = find_surface_of (native)) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (patience);
  g_assert_true (gtk_widget_compute_point (
      widget, GTK_WIDGET (native), &GRAPHENE_POINT_INIT ((float) x, (float) y), &place));
  gtk_native_get_surface_transform (native, &dx, &dy);
  *id = surface->id;
  return GRAPHENE_POINT_INIT ((float) (surface->x + place.x + dx),
                              (float) (surface->y + place.y + dy));
}

/* Sees what comes to any window, whoever has grabbed it. */
static gboolean
on_event (GSignalInvocationHint *hint, guint n, const GValue *values, gpointer data)
{
  GdkEvent *event = g_value_get_pointer (&values[1]);

  switch ((int) gdk_event_get_event_type (event))
    {
    case GDK_TOUCH_BEGIN:
    case GDK_TOUCH_UPDATE:
    case GDK_TOUCH_END:
      screen.n_heard++;
      break;
    default:
      break;
    }
  return G_SOURCE_CONTINUE;
}

static void
listen (void)
{
  static gulong hook;

  if (hook == 0)
    hook = g_signal_add_emission_hook (g_signal_lookup ("event", GDK_TYPE_SURFACE), 0,
                                       on_event, NULL, NULL);
}

static void
send_crossing (guint32 type, guint id)
{
  Surface *surface = find_surface (id);
  int x = (int) screen.finger.x;
  int y = (int) screen.finger.y;

  send_event (
      type,
      (gint32[]){ (gint32) id, (gint32) id, x, y, x - surface->x, y - surface->y, 0, 0 },
      8);
}

static gboolean
has_surface (guint id)
{
  for (guint i = 0; i < screen.surfaces->len; i++)
    if (g_array_index (screen.surfaces, Surface, i).id == id)
      return TRUE;
  return FALSE;
}

/* The page tells where the pointer is, which goes with the first finger. */
static void
enter_surface (guint id)
{
  if (screen.surface == id)
    return;
  if (has_surface (screen.surface))
    send_crossing (EVENT_LEAVE, screen.surface);
  send_crossing (EVENT_ENTER, id);
  screen.surface = id;
}

/* @what: 0 down, 1 moved, 2 up. */
static void
touch (int what)
{
  Surface *surface = find_surface (screen.surface);
  guint before = screen.n_heard;
  int x = (int) screen.finger.x;
  int y = (int) screen.finger.y;
  guint patience =
      g_timeout_add_seconds (PATIENCE_SECONDS, give_up, (gpointer) "a finger to be felt");

  screen.time += STEP_MILLISECONDS;
  send_event (EVENT_TOUCH,
              (gint32[]){ what, (gint32) screen.surface, 1, 1, x, y, x - surface->x,
                          y - surface->y, 0 },
              9);
  while (screen.n_heard == before)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (patience);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

void
finger_down (GtkWidget *widget, double x, double y)
{
  guint id;

  screen.finger = locate (widget, x, y, &id);
  listen ();
  enter_surface (id);
  touch (0);
}

void
finger_move (GtkWidget *widget, double x, double y)
{
  guint id;

  screen.finger = locate (widget, x, y, &id);
  touch (1);
}

void
finger_up (void)
{
  touch (2);
}

void
finger_tap (GtkWidget *widget, double x, double y)
{
  finger_down (widget, x, y);
  finger_up ();
}

void
finger_drag (GtkWidget *widget, double x1, double y1, double x2, double y2)
{
  const int n_steps = 8;

  finger_down (widget, x1, y1);
  for (int i = 1; i <= n_steps; i++)
    finger_move (widget, x1 + (x2 - x1) * i / n_steps, y1 + (y2 - y1) * i / n_steps);
}
