/*
 * ui/paste.h - pasted text, and how it is made fit for a field.
 *
 * People paste what a web panel, a mail or a zone file shows: with line ends,
 * quotes, brackets and characters nobody sees.  A paste never presses Enter.
 */
#ifndef PASTE_H
#define PASTE_H

#include <stdbool.h>
#include <stddef.h>

#define PASTE_MAX ((size_t)256 * 1024)

struct paste {
	char *text; /* not ended by NUL; raw */
	size_t len;
	size_t size;
	bool cut; /* more than PASTE_MAX came */
};

void paste_add(struct paste *, const void *octets, size_t n);
void paste_clear(struct paste *); /* empties it, keeps no memory */

enum paste_rule {
	PASTE_WORDS, /* line ends and tabs become one blank */
	PASTE_JOIN, /* a key or a record: line ends, and blanks, quotes and
		       brackets next to them, vanish */
};

/* What had to be done to the text, for the message. */
struct paste_report {
	size_t lines; /* that were joined; 0 or 1: none */
	size_t removed; /* invisible and control characters */
};

/*
 * Writes at most size - 1 octets of the paste to `out`, as UTF-8 of one line,
 * ended by NUL and not cut within a character.  Gives the octets written.
 */
size_t paste_line(const struct paste *, enum paste_rule, char *out, size_t size,
    struct paste_report *report);

#endif
