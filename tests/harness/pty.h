/*
 * tests/harness/pty.h - a terminal that a test can read cell by cell.
 *
 *	const char *argv[] = { mailwizard(), "--demo", NULL };
 *	struct terminal *t = terminal_start(argv, NULL, 24, 80);
 *	assert_true(terminal_wait(t, "Which domain"));
 *	terminal_keys(t, "example.org<Enter>");
 *	assert_true(terminal_wait(t, "v=spf1"));
 *	terminal_keys(t, "<F10>");
 *	assert_int_equal(terminal_exit(t), 0);
 *	terminal_end(t);
 *
 * The program runs on a pty of its own, as the leader of its session; libvterm
 * is the screen.  Waiting is reading until it is there, at most WAIT_MS.  When
 * it does not come, the screen is printed to stderr.
 *
 * To test suspending, use terminal_start_shell().
 */
#ifndef PTY_H
#define PTY_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <termios.h>

#define WAIT_MS 10000 /* long enough under valgrind */

struct terminal;

/* The program under test: $MAILWIZARD, or ./mailwizard. */
const char *mailwizard(void);

/*
 * Starts a program (found as execvp() does).  Its environment is PATH, TMPDIR,
 * what sanitizers read, TERM=xterm-256color, LANG=C.UTF-8, HOME=/nonexistent,
 * and then `env` ("NAME=value", ends with NULL; NULL is fine), which wins.
 */
struct terminal *terminal_start(
    const char *const argv[], const char *const env[], int rows, int cols);

#define SHELL_PROMPT "ready>"

/*
 * A shell with that prompt, at 24x80, into which the program and these words
 * are typed.  `env`: one more "NAME=value".  NULL when there is no prompt.
 */
struct terminal *terminal_start_shell(const char *env, const char *words);

/* Kills what still runs, and frees.  NULL is fine. */
void terminal_end(struct terminal *);

/* The octets as they are. */
void terminal_send(struct terminal *, const char *octets, size_t n);

/*
 * Text and keys: "example.org<Enter><Tab><S-Tab><Esc><C-c><F5><Down>".  Keys
 * are sent as the terminal is set (DECCKM).  "<lt>" is a "<".  UTF-8 is fine.
 * Names: Enter Tab S-Tab Esc BS Del Ins Home End PgUp PgDn Up Down Left Right
 * Space F1 to F12, C-x for Ctrl, M-x for Alt, C-Left and so on.
 */
void terminal_keys(struct terminal *, const char *keys);

/* A paste, bracketed when the program asked for that. */
void terminal_paste(struct terminal *, const char *text);

/* A new size; the program gets SIGWINCH. */
void terminal_resize(struct terminal *, int rows, int cols);

/* A signal from outside, such as SIGTERM. */
void terminal_signal(struct terminal *, int signal);

/* The line is cut: the program gets SIGHUP, and can no longer write. */
void terminal_hang_up(struct terminal *);

/*
 * Reads until the text is (is no longer) somewhere on the screen, on one row.
 * False, with the screen on stderr, when that did not happen in time.
 */
bool terminal_wait(struct terminal *, const char *text);
bool terminal_wait_gone(struct terminal *, const char *text);

/* The same with a limit, and without printing anything. */
bool terminal_wait_ms(struct terminal *, const char *text, int limit_ms);

/* Reads until nothing came for `quiet_ms`. */
void terminal_settle(struct terminal *, int quiet_ms);

/* The screen now: rows with "\n" between, blanks at their ends cut off. */
const char *terminal_text(struct terminal *); /* until the next call */
const char *terminal_row(struct terminal *, int row); /* from 0; as above */
bool terminal_shows(struct terminal *, const char *text);
bool terminal_find(struct terminal *, const char *text, int *row, int *col);
void terminal_print(struct terminal *); /* to stderr, for whoever debugs */

struct terminal_cell {
	char text[32]; /* UTF-8; "" behind a wide character or when blank */
	bool bold, reverse, underline, blink;
	int fg, bg; /* palette index; -1: the default; -2: a true colour */
};
struct terminal_cell terminal_cell(struct terminal *, int row, int col);

struct terminal_cursor {
	int row, col;
	bool visible;
};
struct terminal_cursor terminal_cursor(struct terminal *);

bool terminal_on_alternate_screen(const struct terminal *);

/* All octets the program has written so far, ended by a NUL. */
const char *terminal_output(const struct terminal *, size_t *len);

/*
 * Waits for the end of the program: its exit status, or 128 plus the number of
 * the signal that ended it; -1 when it still runs after WAIT_MS.
 */
int terminal_exit(struct terminal *);

/* The process, for /proc; 0 when it has ended. */
pid_t terminal_pid(const struct terminal *);

/* How the line is set: when it was made, and now (also after the end). */
const struct termios *terminal_modes_before(const struct terminal *);
struct termios terminal_modes(const struct terminal *);

#endif
