/*
 * ui/domain_list.h - the domains to check: operands, then the lines of a file.
 */
#ifndef DOMAIN_LIST_H
#define DOMAIN_LIST_H

#include <stdio.h>

#include "options.h"

#define DOMAIN_LINE_MAX 4096 /* octets; a longer line is no domain */

struct domain_list {
	const char **names; /* of the operands, read; borrowed */
	size_t nnames;
	size_t next;
	FILE *file; /* or NULL */
	const char *path; /* for messages */
	size_t line;
	bool troubled; /* a line was no domain, or reading failed */
};

/*
 * Opens --file, if there is one ("-" is stdin).  False after a complaint when
 * it cannot be opened.  The arena and the names must live as long as the list.
 */
bool domain_list_open(struct domain_list *, struct arena *,
    const struct options *, const char **names, size_t n);
void domain_list_close(struct domain_list *);

/*
 * The next domain, in the arena; NULL at the end.  "#" begins a comment, empty
 * lines are skipped; a line that is no domain is complained of with its
 * number, noted in `troubled`, and skipped.
 */
const char *domain_list_next(struct domain_list *, struct arena *);

#endif
