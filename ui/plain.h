/*
 * ui/plain.h - the wizard as lines of text: one question a line, one answer a
 * line, nothing that was printed ever changes.
 *
 * For screen readers, serial lines, terminals of which nothing is known, and
 * scripts.  It is the session of the curses screens, with the same texts and
 * the same saved plan.  No octet is sent but printable text and line feeds.
 */
#ifndef PLAIN_H
#define PLAIN_H

#include "../wizard/session.h"
#include "options.h"

/* Is it asked for: --plain, or ACCESSIBLE in the environment? */
bool plain_wanted(const struct options *);

/*
 * Runs the wizard and gives the exit status (CONTRACT, exit status); `why` is
 * a sentence that is told first, or NULL.  Works on any stdin and stdout.
 */
int plain_run(const struct options *, const char *why);

/*
 * Goes on with a session that was begun on a screen, after that was given
 * back; the session stays the caller's.  Gives the exit status.
 */
int plain_go_on(struct session *);

#endif
