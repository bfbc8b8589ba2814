/*
 * wizard/store.h - plans on disk.  CONTRACT, "Files".
 *
 * $XDG_STATE_HOME/mailwizard/DOMAIN.plan, default ~/.local/state; directory
 * 0700, files 0600.  Written to a temporary file, fsync, rename, fsync of the
 * directory: a plan is the old one or the new one, never half of it.  Whoever
 * holds the lock of DOMAIN.lock writes; another wizard only reads.
 *
 * Nothing here is fatal: without a home, on a full disk or a read-only one
 * the wizard goes on and says once that answers are not kept.
 */
#ifndef STORE_H
#define STORE_H

#include <time.h>

#include "../checks/base/str.h"
#include "plan.h"

#define STORE_PATH  4096 /* octets of a path, NUL included */
#define STORE_SAVED 64 /* saved plans listed at most, newest first */

struct saved_plan {
	char domain[PLAN_NAME];
	unsigned int step; /* enum wizard_step */
	time_t changed;
};

struct store;

/*
 * `dir` is the folder itself, or NULL: as the environment says.  Never NULL;
 * store_problem() says when there is no such folder and none could be made.
 */
struct store *store_new(const char *dir);
struct store *store_none(void); /* keeps nothing, and nothing is the matter */
void store_free(struct store *); /* drops the lock; NULL is fine */

/*
 * Opens the plan of a domain (A-labels), lets go of the one before and takes
 * the lock.  *out is filled when there is a saved one, and left alone when
 * not.  True when there was one.
 */
bool store_open(struct store *, const char *domain, struct plan *out);

/*
 * Only reads a saved plan: takes no lock, makes and mends nothing.  `dir` as
 * above, `domain` A-labels.  NULL, or one sentence (in the arena) that says
 * why there is none.
 */
const char *store_read(
    struct arena *, const char *dir, const char *domain, struct plan *out);

/* Lets go of the plan that is open. */
void store_close(struct store *);

/*
 * Saves the plan under the name it was opened with.  False when it could not
 * be: store_problem() says why.
 */
bool store_save(struct store *, const struct plan *);

/* Writes a text beside the plan: DOMAIN.SUFFIX, 0600.  The path, or NULL. */
const char *store_write(struct store *, const char *suffix, const char *text);

/* Why answers are not kept, one sentence; NULL: they are. */
const char *store_problem(const struct store *);

/* What happened when it was opened and the person should know; or NULL. */
const char *store_told(const struct store *);

bool store_read_only(const struct store *); /* held by another, or newer */
const char *store_path(const struct store *); /* of the plan; NULL: none */

/* The saved plans; at most STORE_SAVED.  Gives how many. */
size_t store_list(struct store *, struct saved_plan *out);

#endif
