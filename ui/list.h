/*
 * ui/list.h - rows to walk through, more of them than the screen has.
 */
#ifndef LIST_H
#define LIST_H

#include "keys.h"

struct list {
	int count; /* rows there are */
	int chosen; /* 0 to count - 1 */
	int top; /* first row that is visible */
};

/* A new count; what was chosen stays chosen as far as it is there. */
void list_resize(struct list *, int count);

/*
 * Moves.  False if the action means nothing to a list, or leads out of it at
 * the first or last row.  `page`: rows that are visible.
 */
bool list_act(struct list *, enum action, int page);

/* Scrolls as little as makes the chosen row visible among `rows`. */
void list_scroll(struct list *, int rows);

#endif
