/*
 * ui/overlay.h - a view in a box over the body of the screen.
 */
#ifndef OVERLAY_H
#define OVERLAY_H

#include "view.h"

/* Columns there are for the rows of one. */
int overlay_columns(const struct canvas *body);

/*
 * Draws it in a box as high as its rows need, or as high as the body is; its
 * buttons stand in the last row of the box.
 */
void overlay_draw(const char *title, const struct form *, struct form_state *,
    const struct canvas *body);

#endif
