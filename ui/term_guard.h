/*
 * ui/term_guard.h - signals, and the terminal given back whatever happens.
 *
 * Signals are blocked except while waiting, so that none can fall between
 * looking and waiting.  Handlers only set a flag.  Those for faults put the
 * terminal back with what is allowed in a handler (write, tcsetattr), then
 * let the fault end the program as it would have.
 */
#ifndef TERM_GUARD_H
#define TERM_GUARD_H

#include <poll.h>
#include <stdbool.h>

/* Remembers the terminal's modes.  Before curses touches them. */
void guard_begin(void);

/* Takes the signals, after newterm() took them; prepares the way back. */
void guard_watch(void);

/* Gives the signals back; the modes are restored by endwin(). */
void guard_end(void);

/* ppoll() with the signals let in; -1: only a signal came. */
int guard_poll(struct pollfd *, nfds_t, int wait_ms);

/* Which came since, as enum term_event; forgets them. */
unsigned int guard_signals(void);

/* Stops the process, or its whole group as the terminal would. */
void guard_stop(bool group);

/* Outside of curses: keys come at once and are not shown. */
void guard_keys_one_by_one(void);

/* The modes as they were at the start. */
void guard_modes_before(void);

/* Puts the terminal back; may be called in a signal handler. */
void guard_restore(void);

#endif
