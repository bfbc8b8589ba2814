/*
 * checks/stanza.h - tables kept as text among the assets: a stanza for each
 * row, "key: value" lines, empty lines between the stanzas.
 *
 * "#" begins a comment line; a line that begins with a blank goes on with the
 * value before it.
 */
#ifndef STANZA_H
#define STANZA_H

#include "base/str.h"

enum stanza_kind {
	STANZA_TEXT, /* const char *; "" when the line is not there */
	STANZA_WORDS, /* const char *const *, and a size_t that counts */
	STANZA_CHOICE, /* unsigned int: the place among the choices */
	STANZA_FLAG, /* bool: yes or no */
	STANZA_NUMBER, /* size_t, at most 65535 */
};

/* One key, and where its value goes in the struct of a row. */
struct stanza_key {
	const char *key;
	enum stanza_kind kind;
	size_t at; /* offset of the member */
	size_t count_at; /* STANZA_WORDS: offset of its count */
	const char *const *choices; /* STANZA_CHOICE */
	size_t nchoices;
	bool required;
};

struct stanza_table {
	void *rows; /* zeroed but for what the stanzas say */
	size_t n;
	const char *error; /* one sentence: file, line, what; NULL */
};

/*
 * Reads the asset of that name into rows of `size` octets.  After an error
 * the rows hold what could be read.  All lives in the arena.
 */
struct stanza_table stanza_read(struct arena *, const char *asset,
    const struct stanza_key *keys, size_t nkeys, size_t size);

/* The same from a text; `file` stands for it in the error. */
struct stanza_table stanza_parse(struct arena *, const char *file,
    struct str text, const struct stanza_key *keys, size_t nkeys, size_t size);

/*
 * An asset that is read when it is first asked for, by the main thread alone.
 * What is read lives as long as the program.
 */
struct stanza_asset {
	const char *name;
	const struct stanza_key *keys;
	size_t nkeys;
	size_t size; /* of a row */
	struct arena *arena; /* NULL: not yet read; this and the rest */
	struct stanza_table table;
};
const struct stanza_table *stanza_table(struct stanza_asset *);

/*
 * The row with the word that is the longest end of this host name, among the
 * words (STANZA_WORDS) of that key; NULL when there is none.  See
 * stanza_name_ends().
 */
const void *stanza_by_end(
    struct stanza_asset *, const char *key, const char *host);

/*
 * How long is `end` when it is the end of the host name `host`, label by
 * label, in any case; 0 when it is not.  A "*" at the end of a label of `end`
 * stands for the rest of that label: awsdns-*.com.  A dot at the end of `host`
 * counts for nothing.
 */
size_t stanza_name_ends(const char *host, const char *end);

#endif
