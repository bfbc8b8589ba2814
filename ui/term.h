/*
 * ui/term.h - the terminal: opened, waited for, and given back as it was.
 *
 * Whatever ends the program, the shell gets a sane terminal: leaving, a
 * signal from outside, no memory left, a fault of ours.  There is one terminal,
 * so what the signal handlers need is kept in term.c; everything else is here.
 */
#ifndef TERM_H
#define TERM_H

#include "draw.h"
#include "input.h"

enum color_when { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

struct term_options {
	enum color_when color;
	bool ascii; /* no line drawing */
	bool mouse; /* clicks and wheel; takes selecting text away */
};

struct tty {
	struct theme theme;
	struct input input;
	bool function_keys; /* it has more than four of them */
	const char
	    *guessed; /* a TERM nobody knows, treated as xterm; or NULL */
	SCREEN *screen;
	bool away; /* the screen is left: plain view, suspended */
};

enum term_event {
	TERM_INPUT = 1 << 0, /* keys may be there */
	TERM_READY = 1 << 1, /* the other descriptor is readable */
	TERM_RESIZED = 1 << 2,
	TERM_RESUMED = 1 << 3, /* SIGCONT: draw everything again */
	TERM_STOP = 1 << 4, /* SIGTSTP from outside */
	TERM_INTERRUPTED = 1 << 5, /* SIGINT */
	TERM_TERMINATED = 1 << 6, /* SIGTERM */
	TERM_HANGUP = 1 << 7, /* SIGHUP, or the terminal is gone */
};

/*
 * Chooses the encoding: the locale's, or UTF-8 when the environment names no
 * locale at all.  Before term_open() and before any text is made.
 */
void term_locale(void);

/*
 * Why this terminal cannot be used, one sentence; NULL: it can.  Nothing is
 * changed or sent.
 */
const char *term_unusable(void);

/*
 * Takes the terminal.  NULL, or one sentence that says why it cannot be used;
 * then nothing was changed.
 */
const char *term_open(struct tty *, const struct term_options *);

/* Gives it back; harmless when it is not open. */
void term_close(struct tty *);

/*
 * Waits for keys, for `fd` (-1: none), for a signal, at most `wait_ms` (-1: no
 * limit).  Gives what happened, of enum term_event.  Keys are then taken with
 * input_next() until it gives none.
 */
unsigned int term_wait(struct tty *, int fd, int wait_ms);

/* The whole screen as a part to draw on; `cursor` as in struct canvas. */
struct canvas term_canvas(const struct tty *, struct place *cursor);

/* Begins and ends one picture: what did not change is not sent. */
void term_erase(struct tty *);
void term_show(struct tty *, struct place cursor);

/* Sends the whole screen again with the next picture. */
void term_redraw(struct tty *);

/* To the shell until it brings us back; `group`: with all who run with us. */
void term_suspend(struct tty *, bool group);

/* Leaves the screen for plain text, one key at a time; and comes back. */
void term_leave(struct tty *);
void term_return(struct tty *);

/* Offers a text to the terminal's clipboard (OSC 52); many ignore it. */
void term_clipboard(const char *text, size_t len);

#endif
