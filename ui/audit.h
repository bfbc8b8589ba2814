/*
 * ui/audit.h - the chosen steps of one domain, looked at.
 */
#ifndef AUDIT_H
#define AUDIT_H

#include "../checks/check.h"
#include "../checks/pool.h"
#include "options.h"

struct audit {
	const char *domain;
	time_t checked_at;
	struct step_report steps[STEP_COUNT];
	size_t nsteps;
	struct run runs[STEP_COUNT]; /* own what the reports point to */
};

/*
 * Looks at the steps in `wanted`: side by side on the threads of the pool, or
 * without one (NULL) one after another, until `cancel_fd` (-1: none) becomes
 * readable.  OK, and *out is to be ended; else E_CANCELLED, and it is not.
 */
enum status audit_run(const struct options *, const bool wanted[STEP_COUNT],
    struct resolver *, const char *domain, struct pool *, int cancel_fd,
    struct audit *out);

/* Frees what the reports point to; the resolver must still be there. */
void audit_end(struct audit *);

/* The exit status that these findings ask for: 0, 1 or 3. */
int audit_exit_status(const struct audit *);

/* Of two runs together: a failure, then not seen, then fine. */
int worse_status(int, int);

#endif
