/*
 * ui/audit.h - the chosen steps of one domain, looked at.
 */
#ifndef AUDIT_H
#define AUDIT_H

#include "../checks/certificate.h"
#include "../checks/check.h"
#include "../checks/mailport_many.h"
#include "../checks/pool.h"
#include "options.h"

struct audit {
	const char *domain;
	time_t checked_at;
	struct step_report steps[STEP_COUNT];
	size_t nsteps;
	struct run runs[STEP_COUNT]; /* own what the reports point to */
};

/* Connections to mail ports at a time, of all domains together. */
#define AUDIT_CONNECTIONS 128

/* What it is done with; all borrowed. */
struct audit_means {
	struct resolver *dns;
	const struct prober *prober; /* of the port steps; NULL: the network */
	const struct trust *trust; /* roots; NULL: certificates are not
				      judged */
	struct pool *pool; /* for the steps side by side; NULL: in turn, but
			      the port steps, which have threads of their own */
	int cancel_fd; /* ends it when readable; -1: none */
};

/*
 * Looks at the steps in `wanted`.  OK, and *out is to be ended; else
 * E_CANCELLED, and it is not.
 */
enum status audit_run(const struct options *, const bool wanted[STEP_COUNT],
    const struct audit_means *, const char *domain, struct audit *out);

/*
 * The roots for these steps: as trust_open() for --ca-file, or none where no
 * step looks at ports.
 */
const char *audit_trust(struct arena *, const struct options *,
    const bool wanted[STEP_COUNT], struct trust **out);

/* Frees what the reports point to; the resolver must still be there. */
void audit_end(struct audit *);

/* The exit status that these findings ask for: 0, 1 or 3. */
int audit_exit_status(const struct audit *);

/* Of two runs together: a failure, then not seen, then fine. */
int worse_status(int, int);

#endif
