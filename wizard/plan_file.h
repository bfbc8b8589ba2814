/*
 * wizard/plan_file.h - a plan as text.  CONTRACT, "Files".
 *
 *	# mailwizard plan 1
 *	domain = example.org
 *	spf.term = mx
 *	spf.term = -all
 *
 * One `name = value` a line, a list as repeated lines, `#` comments.  In a
 * value printable ASCII stands for itself; any other octet is \DDD (decimal)
 * and a backslash is doubled, so that a file holds what DNS held.  A backslash
 * before anything else is itself, for people who write such a file by hand.
 */
#ifndef PLAN_FILE_H
#define PLAN_FILE_H

#include "../checks/base/str.h"
#include "plan.h"

#define PLAN_FILE_VERSION 1
#define PLAN_FILE_MAX	  262144 /* octets of a file that is read at all */
#define PLAN_KEPT	  16384 /* octets of lines nobody here knows */

/* Lines of the file that this program does not know, to be written again. */
struct plan_kept {
	char text[PLAN_KEPT]; /* whole lines, each with its '\n' */
	size_t len;
};

enum plan_read {
	PLAN_READ_OK,
	PLAN_READ_NEWER, /* written by a later version of the program */
	PLAN_READ_DAMAGED, /* some of it could not be read; the rest was */
};

/*
 * Reads what can be read into *plan, which is cleared first.  For anything but
 * OK, problem[] says where and what, one sentence.  *plan and *kept are big:
 * let them live in something that does.
 */
enum plan_read plan_file_read(struct str text, struct plan *,
    struct plan_kept *, char problem[PLAN_TEXT]);

/* The octets that a value in the file stands for; they live in the arena. */
struct str plan_file_value(struct arena *, struct str text);

/* The version in the first line, "# mailwizard plan 1"; 0: it is no such. */
uint64_t plan_file_version(struct str line);

/* The text of the file; lives in the arena. */
const char *plan_file_write(
    struct arena *, const struct plan *, const struct plan_kept *);

#endif
