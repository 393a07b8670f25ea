/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format/format.h"

G_BEGIN_DECLS

/* What becomes of one layer's ids: brat wants T1, R1, E1 …; one that is already so is
 * kept. */
typedef struct
{
  KutipLayer *layer;
  KutipTagset *tagset; /* or NULL */
  KutipText *text;
  const char *path;
  KutipReport *report;
  GString *out;
  GHashTable *brat_ids;   /* span or relation id -> brat id, owned */
  GHashTable *trigger_of; /* event id -> span id, owned: of those written as E lines */
  GHashTable *event_of;   /* span id -> the event that it triggers, "" when several */
  GHashTable *circular;   /* relations that would make an event an argument of itself */
  GHashTable *events;     /* event id -> GPtrArray of KutipRelation, in order */
  GPtrArray *kept;        /* of char: lines that the reader kept */
  guint last[128];        /* by letter: the highest number given */
} KutipBratWriter;

/* The brat id of a span, relation or event. */
const char *kutip_brat_writer_get_id (KutipBratWriter *self, const char *id, char letter);
/* That @id is taken, when it is one of brat's. */
void kutip_brat_writer_note_number (KutipBratWriter *self, const char *id, char letter);
/* @string as a type or value; what is changed in it is a loss of @id. */
char *kutip_brat_writer_make_word (KutipBratWriter *self,
                                   const char *string,
                                   const char *id);
/* Lines that speak of @target, a brat id. */
void kutip_brat_writer_append_attributes (KutipBratWriter *self,
                                          KutipAttributes *attributes,
                                          const char *target,
                                          const char *id);
void kutip_brat_writer_append_note (KutipBratWriter *self,
                                    const char *note,
                                    const char *target,
                                    const char *id);

/* Sorts relations into events before anything is written, as attributes may belong to
 * one. */
void kutip_brat_writer_gather_events (KutipBratWriter *self);
/* Finds those that have to name a trigger instead of its event, once these are known. */
void kutip_brat_writer_find_circular (KutipBratWriter *self);
/* The event that the span @id alone triggers, and that alone; or NULL. */
const char *kutip_brat_writer_get_event (KutipBratWriter *self, const char *id);
/* The lines of all relations and events. */
void kutip_brat_writer_append_relations (KutipBratWriter *self);
/* The member @name that was kept for the way back: the string, or the JSON of another
 * value; NULL when there is none. */
char *kutip_brat_dup_kept (KutipForeign *foreign, const char *name);
/* The nth of two names of arguments that were kept; brat's own when there is none that it
 * could read. */
const char *kutip_brat_get_argument (GPtrArray *names, guint nth);
/* The strings of a list that was kept; owned, of owned strings. */
GPtrArray *kutip_brat_list_kept (KutipForeign *foreign, const char *name);

G_END_DECLS
