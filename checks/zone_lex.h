/*
 * checks/zone_lex.h - a zone file, cut into entries and tokens.  RFC 1035
 * section 5.1.
 *
 * Parentheses, comments, quotes and line ends are dealt with here; what the
 * tokens mean, and their escapes, is for zone.c.
 */
#ifndef ZONE_LEX_H
#define ZONE_LEX_H

#include "base/str.h"

struct zone_token {
	struct str text; /* without its quotes, escapes as written */
	bool quoted;
	size_t line; /* from 1 */
};

struct zone_line {
	struct zone_token *tokens; /* at least one */
	size_t ntokens;
	bool indented; /* begins with a blank: no owner stands there */
};

struct zone_lexer {
	struct str rest; /* not yet read */
	size_t line; /* where that begins; 1 at first */
	const char *problem; /* why ZONE_LEX_ERROR; translated, one clause */
	size_t problem_line;
};

enum zone_lex { ZONE_LEX_LINE, ZONE_LEX_END, ZONE_LEX_ERROR };

/* The next entry that is not empty; its tokens are made in the arena. */
enum zone_lex zone_lex_next(
    struct arena *, struct zone_lexer *, struct zone_line *out);

#endif
