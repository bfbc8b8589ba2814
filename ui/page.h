/*
 * ui/page.h - the step that shows a check: what is published, what was found,
 * what repairs it, and the buttons below.
 *
 * A view of a step adds its own rows between page_begin() and page_end(), and
 * hands on what it does not know itself.  Ids of rows up to FIELD_COUNT are
 * fields, those from PAGE_OWN to PAGE_OWN_END are the view's own.
 */
#ifndef PAGE_H
#define PAGE_H

#include "view.h"

enum { /* ids of rows */
	PAGE_OWN = 100,
	PAGE_OWN_END = 199,
	PAGE_RECORDS = 200,
	PAGE_WHERE, /* who has the record by now... */
	PAGE_WHERE_OLD, /* ...and that of the old DKIM key */
	PAGE_BACK = 300,
	PAGE_CHECK,
	PAGE_PUBLISH, /* there only while the check suggests records */
	PAGE_CONTINUE,
	PAGE_FINDING = 1000, /* and up, worst first */
};

#define PAGE_GROUP 6 /* this group of rows and the next are the page's */

/* The check whose result belongs to a step with one. */
enum look_kind page_look(enum wizard_step);

void page_begin(struct form *, enum wizard_step);
void page_end(struct ui *, struct form *, enum wizard_step);

/* The same as functions of struct view, for what the view does not know. */
bool page_press(struct ui *, enum wizard_step, int id);
bool page_act(struct ui *, enum wizard_step, enum action);
const char *page_hint(struct ui *, enum wizard_step, int id);
const char *page_help(struct ui *, enum wizard_step, int id);
const char *page_topic(struct ui *, enum wizard_step, int id);

/*
 * "MX    10 mail.example.org."; with the owner when that is another name, for
 * a text in front of it.
 */
const char *page_record(struct ui *, const struct record *);

/* Opens all records that the check of a step found. */
void page_open_records(struct ui *, enum look_kind);

/*
 * Opens the records that a check suggests, and where to enter them; of the
 * plan's own record, that.
 */
void page_open_mend(struct ui *, enum look_kind);

#endif
