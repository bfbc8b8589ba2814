/*
 * checks/dns_ares.h - the only door to c-ares: it carries DNS messages.
 *
 * Messages are octets here; dns_message.c builds and reads them, and
 * dns_flight.c decides whom to ask.  A run has one channel for each server it
 * asks (and one more for TCP), made when it is first needed.  A channel sends
 * again after 1 s and 3 s of silence.
 */
#ifndef DNS_ARES_H
#define DNS_ARES_H

#include "dns.h"

enum carried {
	CARRIED_ANSWER, /* octets of an answer, whatever it says */
	CARRIED_JUNK, /* an answer c-ares could not make sense of */
	CARRIED_SILENCE,
	CARRIED_NOWHERE, /* refused, unreachable, connection closed */
	CARRIED_BAD_NAME, /* c-ares does not send such names */
	CARRIED_NO_NAME, /* c-ares knows that the name cannot exist: .onion */
	CARRIED_CANCELLED,
};

/* One message on its way. */
struct carriage {
	struct arena *arena; /* for the answer: the run's */
	const struct dns_channel *channel; /* it went by; NULL: by none */
	bool done; /* and then: */
	enum carried how;
	struct str answer;
	int64_t done_ms; /* CLOCK_MONOTONIC */
};

/*
 * Sends a message (a header at least, its id random) to a server.  *carriage
 * has to live as long as the run does: an answer may come late.  It may be
 * done at once.
 */
void dns_carry(struct run *, const struct dns_server *, bool tcp,
    struct str message, struct carriage *);

/*
 * For run_poll(): up to `max` descriptors to wait for, and in *wait_ms how
 * long at most (it is only made shorter).  Then what to do after the wait.
 */
size_t dns_channels_pollfds(
    struct run *, struct pollfd *fds, size_t max, int *wait_ms);
void dns_channels_ready(struct run *, const struct pollfd *fds, size_t n);

/* Closes what questions of this run opened; run_end() calls it. */
void dns_channels_close(struct run *);

/*
 * Once, before the first thread.  False when c-ares would not start; then no
 * question can be asked.
 */
bool dns_library_begin(void);

#endif
