/*
 * wizard/guess.h - first answers, found on this machine without asking any
 * network.  Each is shown as text that can be changed, with its origin.
 */
#ifndef GUESS_H
#define GUESS_H

#include "field.h"

struct guess {
	char value[PLAN_TEXT]; /* "" when there is none */
	char origin[PLAN_TEXT]; /* "from /etc/mailname"; "" without value */
};

/*
 * Guesses for FIELD_DOMAIN, FIELD_HOST, FIELD_SERVER and FIELD_RESOLVER; the
 * others stay empty.  `root` stands for "/" (tests say another).
 */
void guess_all(const char *root, struct guess out[FIELD_COUNT]);

#endif
