/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "corpus/entry.h"

/* There may be 100,000 of them: the GFile is made when it is asked for, and the name is
 * the path itself where that is good UTF-8. */
struct _KutipEntry
{
  GObject parent_instance;

  GFile *root;
  char *path;
  char *name; /* NULL: as the path */
  char *title;
  GFile *file; /* NULL: not asked for yet */
  KutipEntryOwner *owner;
  KutipStatus status : 8;
  guint unread : 1;   /* there is a sidecar, and its status is not known */
  guint unknown : 1;  /* the title is not known */
  guint is_asked : 1; /* the owner was told that somebody wants to know */
  guint set_by_hand : 1;
  int claimed; /* atomic */
};

enum
{
  PROP_NAME = 1,
  PROP_TITLE,
  PROP_STATUS,
  PROP_FILE,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (KutipEntry, kutip_entry, G_TYPE_OBJECT)

static gboolean
has_owner (KutipEntry *self)
{
  return self->owner != NULL && self->owner->data != NULL;
}

static void
want (KutipEntry *self)
{
  if (self->is_asked || !has_owner (self))
    return;
  self->is_asked = 1;
  self->owner->wanted (self, self->owner->data);
}

static void
change_status (KutipEntry *self, KutipStatus status)
{
  KutipStatus before = self->status;

  if (before == status)
    return;
  self->status = status;
  if (has_owner (self))
    self->owner->status_changed (self, before, self->owner->data);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATUS]);
}

static void
kutip_entry_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  KutipEntry *self = KUTIP_ENTRY (object);

  switch (id)
    {
    case PROP_NAME:
      g_value_set_string (value, kutip_entry_get_name (self));
      break;
    case PROP_TITLE:
      g_value_set_string (value, kutip_entry_get_title (self));
      break;
    case PROP_STATUS:
      g_value_set_int (value, (int) kutip_entry_get_status (self));
      break;
    case PROP_FILE:
      g_value_set_object (value, kutip_entry_get_file (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kutip_entry_finalize (GObject *object)
{
  KutipEntry *self = KUTIP_ENTRY (object);

  g_clear_object (&self->root);
  g_clear_object (&self->file);
  g_clear_pointer (&self->owner, g_atomic_rc_box_release);
  g_free (self->path);
  g_free (self->name);
  g_free (self->title);
  G_OBJECT_CLASS (kutip_entry_parent_class)->finalize (object);
}

static void
kutip_entry_class_init (KutipEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = kutip_entry_get_property;
  object_class->finalize = kutip_entry_finalize;
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_STATUS] = g_param_spec_int ("status", NULL, NULL, KUTIP_STATUS_NEW,
                                              KUTIP_STATUS_DONE, KUTIP_STATUS_NEW, flags);
  properties[PROP_FILE] = g_param_spec_object ("file", NULL, NULL, G_TYPE_FILE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
kutip_entry_init (KutipEntry *self)
{
  self->status = KUTIP_STATUS_NEW;
}

KutipEntry *
kutip_entry_new (GFile *root, const char *path, gboolean has_sidecar)
{
  KutipEntry *self;

  g_return_val_if_fail (G_IS_FILE (root), NULL);
  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (KUTIP_TYPE_ENTRY, NULL);
  self->root = g_object_ref (root);
  self->path = g_strdup (path);
  if (!g_utf8_validate (path, -1, NULL))
    self->name = g_filename_display_name (path);
  self->unread = has_sidecar ? 1 : 0;
  self->unknown = 1;
  return self;
}

void
kutip_entry_set_owner (KutipEntry *self, KutipEntryOwner *owner)
{
  g_return_if_fail (KUTIP_IS_ENTRY (self));

  if (owner != NULL)
    g_atomic_rc_box_acquire (owner);
  g_clear_pointer (&self->owner, g_atomic_rc_box_release);
  self->owner = owner;
}

GFile *
kutip_entry_get_file (KutipEntry *self)
{
  g_return_val_if_fail (KUTIP_IS_ENTRY (self), NULL);

  if (self->file == NULL)
    self->file = g_file_resolve_relative_path (self->root, self->path);
  return self->file;
}

const char *
kutip_entry_get_path (KutipEntry *self)
{
  g_return_val_if_fail (KUTIP_IS_ENTRY (self), NULL);

  return self->path;
}

const char *
kutip_entry_get_name (KutipEntry *self)
{
  g_return_val_if_fail (KUTIP_IS_ENTRY (self), NULL);

  return self->name != NULL ? self->name : self->path;
}

const char *
kutip_entry_get_title (KutipEntry *self)
{
  g_return_val_if_fail (KUTIP_IS_ENTRY (self), NULL);

  if (self->unknown)
    want (self);
  return self->title;
}

KutipStatus
kutip_entry_get_status (KutipEntry *self)
{
  g_return_val_if_fail (KUTIP_IS_ENTRY (self), KUTIP_STATUS_NEW);

  if (self->unread)
    want (self);
  return self->status;
}

void
kutip_entry_set_status (KutipEntry *self, KutipStatus status)
{
  g_return_if_fail (KUTIP_IS_ENTRY (self));

  self->set_by_hand = 1;
  change_status (self, status);
}

gboolean
kutip_entry_is_unread (KutipEntry *self)
{
  g_return_val_if_fail (KUTIP_IS_ENTRY (self), FALSE);

  return self->unread;
}

gboolean
kutip_entry_claim (KutipEntry *self)
{
  g_return_val_if_fail (KUTIP_IS_ENTRY (self), FALSE);

  return g_atomic_int_compare_and_exchange (&self->claimed, 0, 1);
}

void
kutip_entry_forget (KutipEntry *self)
{
  g_return_if_fail (KUTIP_IS_ENTRY (self));

  self->unread = self->unknown = 1;
  self->is_asked = 0;
  g_atomic_int_set (&self->claimed, 0);
}

gboolean
kutip_entry_take_head (KutipEntry *self, char *title, KutipStatus status)
{
  gboolean is_other;

  g_return_val_if_fail (KUTIP_IS_ENTRY (self), FALSE);

  self->unread = self->unknown = 0;
  is_other = g_strcmp0 (self->title, title) != 0;
  if (is_other)
    {
      g_free (self->title);
      self->title = title;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
    }
  else
    g_free (title);
  if (self->set_by_hand && status == self->status)
    self->set_by_hand = 0;
  if (!self->set_by_hand)
    change_status (self, status);
  return is_other;
}
