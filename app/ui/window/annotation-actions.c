/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/window/annotation-actions.h"

struct _KutipAnnotationActions
{
  GSimpleActionGroup parent_instance;
  gboolean live;
};

static void set_up_group (GActionGroupInterface *group);

G_DEFINE_FINAL_TYPE_WITH_CODE (KutipAnnotationActions,
                               kutip_annotation_actions,
                               G_TYPE_SIMPLE_ACTION_GROUP,
                               G_IMPLEMENT_INTERFACE (G_TYPE_ACTION_GROUP, set_up_group))

static GActionGroupInterface *parent_group;

static void
activate_action (GActionGroup *group, const char *name, GVariant *parameter)
{
  g_autoptr (GVariant) kept = parameter != NULL ? g_variant_ref_sink (parameter) : NULL;

  if (KUTIP_ANNOTATION_ACTIONS (group)->live)
    parent_group->activate_action (group, name, kept);
}

static void
change_action_state (GActionGroup *group, const char *name, GVariant *value)
{
  g_autoptr (GVariant) kept = g_variant_ref_sink (value);

  if (KUTIP_ANNOTATION_ACTIONS (group)->live)
    parent_group->change_action_state (group, name, kept);
}

static void
set_up_group (GActionGroupInterface *group)
{
  parent_group = g_type_interface_peek_parent (group);
  group->activate_action = activate_action;
  group->change_action_state = change_action_state;
}

static void
kutip_annotation_actions_class_init (KutipAnnotationActionsClass *klass)
{
}

static void
kutip_annotation_actions_init (KutipAnnotationActions *self)
{
}

KutipAnnotationActions *
kutip_annotation_actions_new (void)
{
  return g_object_new (KUTIP_TYPE_ANNOTATION_ACTIONS, NULL);
}

void
kutip_annotation_actions_set_live (KutipAnnotationActions *self, gboolean live)
{
  self->live = live;
}
