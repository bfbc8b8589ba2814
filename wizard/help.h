/*
 * wizard/help.h - help in plain words, for someone who has never run a mail
 * server.  The texts are assets/help/: the first line is the title, an empty
 * line, then lines of at most 72 columns of ASCII.
 *
 * What comes back is ended by NUL and lives as long as the program; NULL when
 * there is no such help.  The texts are English for now.
 */
#ifndef HELP_H
#define HELP_H

#include "../checks/spf.h"
#include "copy_form.h"

/* For a finding, by its stable id: "spf-plus-all". */
const char *help_for_finding(const char *id);

/* For a question, by the name of the field: "spf.term", "sending". */
const char *help_for_field(const char *name);

/* For a term of an SPF record, and for the sign before one. */
const char *help_for_term(enum spf_kind);
const char *help_for_qualifier(
    enum spf_result); /* PASS FAIL SOFTFAIL NEUTRAL */

/* For a form records are copied in. */
const char *help_for_form(enum copy_form);

/* For a step, by steps[].help: "step-spf". */
const char *help_for_step(const char *help);

/* The first line, in the arena; and where the text behind it begins. */
const char *help_heading(struct arena *, const char *text);
const char *help_body(const char *text);

/*
 * A text in its parts, so that it can be wrapped to any width: lines that
 * belong together are one, without line ends.
 *
 *	const char *rest = help_body(text);
 *
 *	while (help_next(arena, &rest, &part))
 *		...
 */
enum help_kind {
	HELP_GAP, /* an empty line */
	HELP_PARAGRAPH,
	HELP_ITEM, /* of a list; without its "- " */
	HELP_COMMAND, /* one line, to be shown as it is; without indent */
};

struct help_part {
	enum help_kind kind;
	const char *text; /* in the arena */
};

bool help_next(struct arena *, const char **rest, struct help_part *out);

#endif
