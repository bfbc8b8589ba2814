/*
 * ui/input.h - octets from the terminal become keys.
 *
 * curses would hand an escape sequence it does not know over as single
 * characters, so that Ctrl-Left turns into "Back" and a text; and it reads a
 * paste one octet at a time.  Here every sequence is read to its end and
 * swallowed when it means nothing.  No clock and no terminal in here: time
 * comes in as an argument.
 */
#ifndef INPUT_H
#define INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "keys.h"
#include "paste.h"

#define INPUT_ESC_MS   50 /* an ESC alone for so long is the key Esc */
#define INPUT_LATE_MS  150 /* what may still belong to an Esc given out */
#define INPUT_BURST_MS 20 /* a paste without brackets goes on after this */
#define INPUT_LEARNED  48

struct learned { /* a key of this terminal, from terminfo */
	char octets[12];
	size_t len;
	uint32_t key;
};

struct input {
	unsigned char octets[8192]; /* not made into keys yet */
	size_t have;
	int64_t came_ms; /* when the last of them came */
	int64_t esc_given_ms; /* when Esc was given out last */
	int esc_ms; /* patience for what follows an ESC */
	bool mouse; /* reports of it were asked for */
	bool utf8; /* else the locale's own encoding */
	bool esc_apart; /* the first octet is an ESC, and the next came in
			   another read and begins no sequence */
	bool pasting; /* between the brackets of a paste */
	bool burst; /* text and Enter came in one go: wait whether
		       more follows */
	size_t burst_at; /* keys before it, in octets */
	struct paste paste; /* the text of K_PASTE */
	int mouse_y, mouse_x; /* of K_CLICK, from 0 */
	struct learned learned[INPUT_LEARNED];
	size_t nlearned;
};

void input_begin(struct input *, int esc_ms, bool utf8);
void input_end(struct input *); /* frees the paste */

/* This sequence of the terminal is that key. */
void input_learn(struct input *, const char *octets, uint32_t key);

/* How much input_feed() would take. */
size_t input_room(const struct input *);

/* Octets that were read; at most input_room(). */
void input_feed(struct input *, const void *octets, size_t n, int64_t now_ms);

/*
 * The next key; false when there is none, or it is not all here yet.  After
 * K_PASTE the text is in input->paste until the next call.
 */
bool input_next(struct input *, int64_t now_ms, uint32_t *out);

/* Milliseconds until waiting is over for what has begun; -1: nothing has. */
int input_wait_ms(const struct input *, int64_t now_ms);

#endif
