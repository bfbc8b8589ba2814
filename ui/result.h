/*
 * ui/result.h - the result of one domain, as text or as JSON.
 */
#ifndef RESULT_H
#define RESULT_H

#include <stdio.h>

#include "audit.h"
#include "since.h"

struct result_style {
	const struct options *options;
	const char *command; /* "check" or "spf" */
	const struct saved *saved; /* to compare with; NULL: nothing */
	bool color;
};

/* A checklist, or one line of JSON. */
void result_print(FILE *, const struct result_style *, const struct audit *);

/* With --verbose: the questions that were asked; else nothing. */
void result_trace(FILE *, const struct options *, const struct audit *);

#endif
