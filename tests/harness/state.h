/*
 * tests/harness/state.h - a folder in which a test program saves its plans.
 */
#ifndef STATE_H
#define STATE_H

#include <stdbool.h>

/* The folder, and "XDG_STATE_HOME=" with it; made by state_make(). */
extern char state_dir[];
extern char state_env[];

/* Makes an empty folder; false when that fails. */
bool state_make(void);

/* Removes it with all that is in it; false when that fails. */
bool state_remove(void);

/* Removes what is saved there: the next run begins anew. */
void state_forget(void);

/* The two as fixtures of a group; 0, or -1 on failure. */
int state_begin(void **state);
int state_end(void **state);

#endif
