/*
 * checks/run.h - one run of checks: what every check is given.
 *
 * A run owns the memory of its results, knows how long it may take and when it
 * was cancelled, and collects findings.  A check may block: it is called on a
 * worker thread, or by a command that has nothing else to do, never on the
 * thread that draws.  A run belongs to one thread at a time.
 */
#ifndef RUN_H
#define RUN_H

#include <poll.h>
#include <stdint.h>
#include <time.h>

#include "base/arena.h"
#include "finding.h"

#define RUN_MAX_FDS 64 /* descriptors one run_poll() waits for */

/*
 * How an operation of ours ended.  What is wrong with the domain is never a
 * status: that is a finding.  DNS silence is an answer too (DNS_SILENT).
 */
enum status {
	OK,
	E_TIMEOUT, /* run->deadline_ms passed */
	E_CANCELLED, /* the person moved on */
	E_NETWORK, /* no route, refused, reset; run->error says which */
};

struct resolver;
struct dns_ahead;
struct dns_channel;
struct dns_trace;
struct prober;
struct trust;

struct run {
	struct arena *arena; /* owned */
	struct resolver *dns; /* borrowed */
	struct report report; /* findings, in the order found */
	int64_t deadline_ms; /* CLOCK_MONOTONIC */
	time_t now; /* wall clock, fixed for the run */
	int cancel_fd; /* readable once cancelled; or -1 */
	const struct prober *prober; /* borrowed; looks at ports.  NULL: the
					network */
	const struct trust *trust; /* borrowed; roots of certificates.  NULL:
				      certificates are not judged */
	const char *error; /* of the last status that was not OK */
	struct dns_channel *channels; /* owned by checks/dns_ares.c */
	struct dns_ahead *ahead; /* dns_flight.c: sent, not yet asked for */
	struct dns_trace *trace; /* questions sent, newest first */
	size_t at_once; /* questions under way to DNS; 0: the usual number */
	bool made_up; /* a world for practice: addresses of documentation are
			 as good as any */
};

/*
 * Begins a run that may take `limit_ms` milliseconds from now.  The resolver
 * and `cancel_fd` (-1: none) are borrowed until run_end(), which frees the
 * arena with all that was found in it, and closes what asking DNS opened.
 */
void run_begin(
    struct run *, struct resolver *, int64_t limit_ms, int cancel_fd);
void run_end(struct run *);

/*
 * The only place in checks/ that waits.  Returns OK when a descriptor is ready
 * or `wait_ms` passed (-1: no limit of its own), E_TIMEOUT at the deadline of
 * the run, E_CANCELLED as soon as the run is cancelled.  At most RUN_MAX_FDS.
 */
enum status run_poll(struct run *, struct pollfd *, nfds_t, int wait_ms);

/* Milliseconds until the deadline; 0 when it has passed. */
int64_t run_left_ms(const struct run *);

/* Notes why, and returns `status`, so that it can be returned in one line. */
enum status run_fail(struct run *, enum status, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

int64_t monotonic_ms(void); /* CLOCK_MONOTONIC */

#endif
