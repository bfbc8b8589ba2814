/*
 * ui/advice.h - in the demo, what to do next: for whoever sees all this for
 * the first time.
 */
#ifndef ADVICE_H
#define ADVICE_H

#include "view.h"

struct advice {
	const char *next; /* N_(): "Next: Publish", beside the steps */
	enum message_level level;
	const char *text; /* N_(): a sentence of at most 32 columns; or NULL */
};

/* For the screen as it is now; NULL where there is none, as in real life. */
const struct advice *advice_now(const struct ui *);

/* Says the sentence, once each time the advice becomes another. */
void advice_tell(struct ui *);

#endif
