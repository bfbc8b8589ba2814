/*
 * checks/spf_words.h - the words of an SPF record as they were meant: "mx,a",
 * "~ all", "include: example.net" and "mx-all" taken apart or put together.
 */
#ifndef SPF_WORDS_H
#define SPF_WORDS_H

#include "base/str.h"

struct spf_words {
	struct str *list; /* each one term, which may still be misspelt */
	size_t n;
};

/* Adds the words of what stands behind the version. */
void spf_words_read(struct arena *, struct str text, struct spf_words *out);

#endif
