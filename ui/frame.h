/*
 * ui/frame.h - what stands around the body of every screen.
 *
 *	row 1    title: program, step, domain		   full  compact
 *	row 2    the steps and their marks		   full
 *	row 3    a line					   full
 *	         the body
 *	         buttons				   full
 *	         message line				   full  compact
 *	last     the keys that do something now		   full  compact
 *
 * Full from 60x20; compact down to 40x12; below that a message, with keys
 * that still work.  From 132 columns on, the help of what is focused stands at
 * the right of the body.
 */
#ifndef FRAME_H
#define FRAME_H

#include "view.h"

#define FRAME_FULL_ROWS	    20
#define FRAME_FULL_COLUMNS  60
#define FRAME_LEAST_ROWS    12
#define FRAME_LEAST_COLUMNS 40
#define FRAME_BODY_COLUMNS  100 /* a body is never wider */
#define FRAME_SIDE_FROM	    132

enum frame_size { FRAME_TOO_SMALL, FRAME_COMPACT, FRAME_FULL };
enum frame_size frame_size(int rows, int cols);

/* The body of a screen, and the part at its right (cols 0: there is none). */
struct canvas frame_body(const struct canvas *screen);
struct canvas frame_side(const struct canvas *screen);

/* Title, steps and line; message line and keys. */
void frame_draw_top(struct ui *, const struct canvas *screen);
void frame_draw_bottom(
    struct ui *, const struct canvas *screen, const struct form *top);

/* The screen that is too small to show anything else. */
void frame_draw_too_small(struct ui *, const struct canvas *screen);

#endif
