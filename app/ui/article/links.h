/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where links are drawn in the margin beside the text: from the lines of one span out to
 * a lane, along it, and back to the lines of the other. Knows no widget. Heights are in
 * one system of coordinates; distances count from the text's edge outwards, so that they
 * hold on either side. */

/* Where one end of a link is. */
typedef enum
{
  KUTIP_LINK_IN_VIEW,
  KUTIP_LINK_ABOVE,
  KUTIP_LINK_BELOW,
} KutipLinkPlace;

typedef struct
{
  KutipLinkPlace place;
  float top, bottom; /* of the lines that show the span; in view only */
} KutipLinkEnd;

typedef struct
{
  KutipLinkEnd from, to;
} KutipLink;

typedef struct
{
  float top, bottom; /* of the view */
  float first_lane;  /* distance of the lane nearest to the text */
  float lane_pitch;
  guint n_lanes; /* for which there is room, at least 1 */
  float text_height;
} KutipLinkArea;

typedef struct
{
  guint link; /* index of the one it stands for */
  float lane; /* distance */
  float from_y, to_y;
  /* Distance at which its title starts, clear of the lanes beside it. 0: it has none, as
   * there is room only so far away that nobody would know whose it is. */
  float text;
  float text_y;
} KutipLinkShape;

/* A KutipLinkShape for each link, but for those with no end in view. */
GArray *kutip_links_lay_out (const KutipLink *links,
                             guint n_links,
                             const KutipLinkArea *area);

G_END_DECLS
