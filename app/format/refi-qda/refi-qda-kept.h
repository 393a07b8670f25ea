/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A project is one archive of all articles: each writes its text as an entry, and its
 * parts of the project's file as what is kept for the end, where they are put together:
 * long ones on the disk, and words once. */

#define KUTIP_REFI_KEPT_DIRECTORY "++directory" /* lines of the archive's */
#define KUTIP_REFI_KEPT_SOURCES "++sources"
#define KUTIP_REFI_KEPT_NOTES "++notes"
#define KUTIP_REFI_KEPT_LINKS "++links"
#define KUTIP_REFI_KEPT_PROJECT "++project" /* all of these, packed */
#define KUTIP_REFI_KEPT_CODES "+codes"      /* "GUID\nPARENT\nNAME"; PARENT may be "" */
#define KUTIP_REFI_KEPT_USERS "+users"      /* "GUID\nNAME" */
#define KUTIP_REFI_KEPT_VARIABLES "+variables" /* the same */
