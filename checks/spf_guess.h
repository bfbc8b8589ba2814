/*
 * checks/spf_guess.h - what the words of a faulty SPF record stand for.
 */
#ifndef SPF_GUESS_H
#define SPF_GUESS_H

#include "base/str.h"

/* What a word people write stands for. */
enum spf_meaning {
	MEANS_NOTHING,
	MEANS_VERSION,
	MEANS_ALL,
	MEANS_ADDRESS,
	MEANS_INCLUDE,
	MEANS_A,
	MEANS_MX,
	MEANS_PTR,
	MEANS_EXISTS,
	MEANS_REDIRECT,
	MEANS_EXP,
};

/* The meaning of a word in front of ":" or "=", misspelt or not. */
enum spf_meaning spf_meaning_of(struct str word);

/* Takes the signs off the front; gives the last of them, "" without. */
const char *spf_take_sign(struct arena *, struct str *text);

/*
 * Where a second term begins in a word, glued to the first: strings of a TXT
 * record are joined without a blank (RFC 7208 section 3.3).  word.len: nowhere.
 */
size_t spf_glued_at(struct str word);

/*
 * Can the word stand as a term as it is?  A comma, a semicolon, an @ or a
 * second term in a plain name is good syntax, and yet nobody's domain.
 */
bool spf_is_sound(struct arena *, struct str word);

#endif
