/*
 * ui/since.h - what changed between a saved result and this one.
 */
#ifndef SINCE_H
#define SINCE_H

#include <stdio.h>

#include "audit.h"

struct saved_finding {
	const char *step;
	const char *id;
	const char *severity;
	const char *subject; /* "" for none */
	const char *title;
};

/* The result of one domain, as an earlier --json had it. */
struct saved {
	const char *checked_at; /* "2026-11-24T10:00:00Z"; "" if not there */
	const char **steps; /* that were looked at */
	size_t nsteps;
	struct saved_finding *findings;
	size_t nfindings;
};

/* This result as a saved one; all of it copied into the arena. */
void since_take(struct arena *, const struct audit *, struct saved *out);

struct change {
	bool gone; /* else new */
	struct saved_finding finding;
};

/*
 * What is new and what is gone, apart from what is in order; steps that only
 * one of the two looked at are left out.  Lives in the arena.
 */
size_t since_compare(struct arena *, const struct saved *, const struct audit *,
    struct change **out);

/* The same as lines of text. */
void since_print(
    FILE *, struct arena *, const struct saved *, const struct audit *);

#endif
