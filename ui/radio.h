/*
 * ui/radio.h - one of a few, side by side: (o) this  ( ) that.
 */
#ifndef RADIO_H
#define RADIO_H

#include "draw.h"
#include "keys.h"

struct radio {
	const char *const *labels;
	int count;
	int chosen; /* -1: none of them */
};

/* Left and Right choose another, Space the next and around. */
bool radio_act(struct radio *, enum action);

/*
 * Draws all of them when they fit in `width`, else the chosen one between
 * "<" and ">".  The cursor goes to the mark of the chosen one.
 */
void radio_draw(const struct canvas *, int y, int x, int width,
    const struct radio *, bool focused);

#endif
