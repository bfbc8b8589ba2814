/*
 * checks/base/str.h - text with a length, not ended by NUL.
 *
 * Octets from outside are a struct str: they may hold any value, NUL too.
 * A parser takes slices off the front of one.  Letters are compared as ASCII,
 * whatever the locale.
 */
#ifndef STR_H
#define STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct str {
	const char *p; /* borrowed */
	size_t len; /* octets */
};

/* A part of a text: octets from `from` up to but not including `to`. */
struct span {
	size_t from;
	size_t to;
};

struct str str_of(const char *); /* of a text ended by NUL; NULL is empty */
char *str_dup(struct arena *, struct str); /* a copy ended by NUL */

bool str_equal(struct str, struct str);
bool str_equal_nocase(struct str, const char *);
bool str_starts_nocase(struct str, const char *prefix);

/* The part `from` up to `to`, cut to what there is. */
struct str str_slice(struct str, size_t from, size_t to);

/* Position of the first octet `c`, or s.len where there is none. */
size_t str_find(struct str, char c);

/* Takes everything up to the first `c`, and the `c`, off the front. */
struct str str_word(struct str *rest, char c);

/* Takes `prefix` off the front, if it is there. */
bool str_skip(struct str *rest, const char *prefix);

bool str_is_ascii(struct str); /* no octet above 127 */

struct str str_trim(struct str); /* without blanks and tabs at both ends */

/*
 * A decimal number that is the whole text, at most `max`; leading zeros are
 * no number.  False leaves *out alone.
 */
bool str_number(struct str, uint64_t max, uint64_t *out);

/* ASCII only, unlike <ctype.h>. */
bool is_digit(char);
bool is_alpha(char);
bool is_alnum(char);
char to_lower(char);

#endif
