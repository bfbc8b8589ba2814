/*
 * wizard/checklist.h - what is done, what is left to do, and how to prove it.
 *
 * The list is made from the plan and the newest results, and remade whenever
 * one of them changes.  What the program verified cannot be ticked by hand;
 * what cannot be tested from here can.
 */
#ifndef CHECKLIST_H
#define CHECKLIST_H

#include "../checks/check.h"
#include "dkim_rotation.h"
#include "live.h"
#include "plan.h"
#include "published.h"
#include "step.h"

enum item_level {
	ITEM_OK, /* verified */
	ITEM_NOTE,
	ITEM_WARN,
	ITEM_FAIL,
	ITEM_WAIT, /* looking, not looked at, or waiting for caches */
	ITEM_TODO, /* something a person has to do or to tick */
};

enum item_group { /* in this order on the screen */
	GROUP_TODO, /* to do now */
	GROUP_DONE, /* done and verified */
	GROUP_MANUAL, /* cannot be tested from here */
	GROUP_COUNT
};

struct item {
	enum item_level level;
	enum item_group group;
	const char *text; /* one line */
	const char *detail; /* at the right of it; or NULL */
	const char *why; /* sentences: what receivers make of it; or NULL */
	const char *fix; /* sentences: what to do; or NULL */
	const char *proof; /* a command that shows the same; or NULL */
	enum wizard_step step; /* where it is repaired */
	const struct finding *finding; /* it stands for; or NULL */
	const char *tick_id; /* can be ticked by hand; or NULL */
	bool ticked; /* by hand, or verified */
};

struct checklist {
	struct item *items; /* by group, worst first within one */
	size_t nitems;
	size_t done; /* verified or ticked... */
	size_t to_fix; /* ...and open: WARN or FAIL... */
	size_t to_wait; /* ...WAIT... */
	size_t to_do; /* ...TODO, the items to tick among them */
	int exit_status; /* CONTRACT, exit status: 0, 1 or 3 */
	time_t checked_at; /* the oldest of the results; 0: none */
};

/* A record of the plan; it and all below may be empty. */
struct checklist_planned {
	const char *name; /* of the record */
	struct str text; /* its value; empty: the plan has none */
	bool known; /* it was looked at what DNS has */
	bool published; /* DNS shows exactly that record now */
	const struct published_view *where; /* it is; NULL: not looked */
};

/* What the list is made from; result[] is NULL where nothing was found yet. */
struct checklist_source {
	const struct plan *plan;
	const struct look *result[LOOK_COUNT];
	bool busy[LOOK_COUNT]; /* a look runs or waits */
	struct checklist_planned planned[PLANNED_COUNT];
	struct dkim_rotation rotation; /* of keys, while there is an old one */
	const char *look_key; /* what looks again: "F5" */
	bool demo; /* a made-up world: there is nothing to go on with */
	bool open_fields; /* an answer is missing or has a problem */
	time_t now;
};

/* Everything in *out lives in the arena, with the plan or with the looks. */
void checklist_make(
    struct arena *, const struct checklist_source *, struct checklist *out);

/* Would the planned record fail?  False while that is not known. */
bool checklist_plan_is_faulty(const struct checklist_source *, enum planned);

#define REPORT_WIDTH 78 /* columns of the checklist in a file */

/*
 * The list as plain text for stdout and for the report file: open items
 * first, then the records to publish as single lines, what is done, and how
 * to go on.  `report` is the path of the saved report, or NULL; sentences are
 * wrapped at `width` columns.  Lives in the arena.
 */
const char *checklist_text(struct arena *, const struct checklist_source *,
    const struct checklist *, const char *report, size_t width);

/* "OK", "NOTE", "WARN", "FAIL", "WAIT", "TODO" */
const char *item_level_word(enum item_level);

/* "To do now", "Done and verified live", ... */
const char *item_group_title(enum item_group);

#endif
