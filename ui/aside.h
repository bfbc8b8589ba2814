/*
 * ui/aside.h - the normal screen, while curses is away.
 *
 * Text is printed there and stays in the scrollback; keys come one by one.
 * Stopping, going on and every end work as they do on the screen.
 */
#ifndef ASIDE_H
#define ASIDE_H

#include "../checks/base/str.h"
#include "term.h"

#define ASIDE_LINE 1024 /* octets of a line typed there, NUL included */

struct aside {
	struct tty *term;
	unsigned int ended; /* enum term_event that ended it; 0: none did */
};

/* Leaves the screen: no mouse, no brackets around a paste, no curses. */
void aside_begin(struct aside *, struct tty *);

/*
 * Back to the screen; not when the program ends now, for then what was
 * printed shall stay in sight.
 */
void aside_end(struct aside *);

/*
 * Waits for a key.  K_NONE: it was stopped and goes on, print again.  False:
 * the program has to end, and `ended` says by what.
 */
bool aside_key(struct aside *, uint32_t *key);

/* Does this key go back to the screen? */
bool aside_key_ends(uint32_t key);

/* Sends a text to the terminal's clipboard, and says so. */
void aside_clipboard(struct str text);

/* Prints lines, whole and at once. */
void aside_print(const char *text);

/*
 * Asks for a line of text; `line` holds what stands there at first.  False
 * when Esc or Ctrl-C gave it up, or the program has to end.
 */
bool aside_line(struct aside *, const char *prompt, char line[ASIDE_LINE]);

/* Asks for y or n; anything else is no. */
bool aside_yes(struct aside *, const char *question);

#endif
