/*
 * ui/builder.h - the rows of the SPF builder.
 */
#ifndef BUILDER_H
#define BUILDER_H

#include "view.h"

#define NARROW_BELOW 60 /* columns; then rows say less */

enum { /* ids of rows and buttons */
	ID_ADD = 100,
	ID_ENDING,
	ID_RECORD,
	ID_NOW,
	ID_FOUND,
	ID_REPAIR,
	ID_SUBDOMAINS,
	ID_OFFER,
	ID_BACK = 300,
	ID_CHECK,
	ID_TRY,
	ID_PUBLISH,
	ID_CONTINUE,
	ID_TERM = 1000,
};

enum {
	GROUP_TERMS,
	GROUP_ENDING,
	GROUP_RECORD,
	GROUP_NOW,
	GROUP_FOUND,
	GROUP_REPAIR,
	GROUP_SUBDOMAINS,
	GROUP_SERVICE
};

/*
 * The list leaves out an "all" at the end, for which there is a choice of its
 * own below.  Which line of the session a row stands for, and how many rows
 * there are.
 */
size_t builder_line_of(struct ui *, int id);
size_t builder_rows(struct ui *);

void builder_add_question(struct ui *, struct form *);
void builder_add_terms(struct ui *, struct form *, const struct spf_view *);
void builder_add_numbers(struct ui *, struct form *, const struct spf_view *);
void builder_add_record(struct ui *, struct form *, const struct spf_view *);
void builder_add_now(struct ui *, struct form *, const struct spf_view *);
void builder_draw_now(
    const struct row *, const struct canvas *line, bool focused);
void builder_add_found(struct ui *, struct form *);
void builder_add_subdomains(struct ui *, struct form *); /* if any send */

/* Offers what mends the worst fault of the record, if anything does. */
void builder_add_repair(struct ui *, struct form *);
void builder_repair(struct ui *);

/* Offers the include of the service that keeps the domain's mailboxes. */
void builder_add_service(struct ui *, struct form *);
void builder_take_service(struct ui *);
void builder_set_hints(struct ui *, struct form *);

const char *builder_hint(struct ui *, int id);
const char *builder_help(struct ui *, int id);
const char *builder_topic(struct ui *, int id);

/* Opens the editor: for a line of the list, or for a new term of a kind. */
void term_edit(struct ui *, size_t i);
void term_add(struct ui *, enum spf_kind);

/* The help of a kind of term: text, cost, advice, example. */
const char *term_help(struct ui *, enum spf_kind);

#endif
