/*
 * tests/harness/responder.h - a name server that does what it is told, for the
 * faults that no real server makes.
 *
 *	static const struct reply replies[] = {
 *		{ .name = "a.test", .answer = "a.test. 300 A 192.0.2.1\n" },
 *		{ .name = "b.test", .fault = R_WRONG_ID | R_THEN_RIGHT },
 *	};
 *	struct responder *r = responder_start("127.0.0.1", replies, 2);
 *	... ask r->server ...
 *	responder_stop(r);
 *
 * A child process, UDP and TCP on one port, one loopback address.  It dies
 * with the test.
 */
#ifndef RESPONDER_H
#define RESPONDER_H

#include <stdatomic.h>
#include <sys/types.h>

#include "../../checks/dns.h"

enum { /* faults, may be added up */
	R_SILENT = 1 << 0, /* by UDP and TCP */
	R_WRONG_ID = 1 << 1,
	R_WRONG_QUESTION = 1 << 2, /* another name in it */
	R_WRONG_TYPE = 1 << 3, /* another type in it */
	R_NO_QR = 1 << 4, /* as if it were a question */
	R_OTHER_SOURCE = 1 << 5, /* from another port */
	R_THEN_RIGHT = 1 << 6, /* a right answer behind the wrong one */
	R_TWICE = 1 << 7,
	R_TRUNCATED = 1 << 8, /* UDP: TC and no records */
	R_TCP_CLOSED = 1 << 9, /* TCP: closed after the question */
	R_TCP_HALF = 1 << 10, /* TCP: closed in the middle of the answer */
	R_TCP_PIECES = 1 << 11, /* TCP: octet by octet, at first */
	R_TCP_SILENT = 1 << 12,
	R_NO_EDNS = 1 << 13, /* FORMERR to an OPT record, with the question */
	R_NO_EDNS_BARE = 1 << 14, /* FORMERR to it, a header alone */
	R_DROP_EDNS = 1 << 15, /* silence to it */
	R_POINTER_LOOP = 1 << 16, /* the owner name points to itself */
	R_LONG_RDATA = 1 << 17, /* RDLENGTH beyond the end */
	R_LYING_COUNT = 1 << 18, /* ANCOUNT says 7 */
	R_CUT = 1 << 19, /* the last octets are missing */
	R_EMPTY = 1 << 20, /* a datagram of no octets */
	R_BARE = 1 << 21, /* a header alone, whatever was asked */
	R_SERVFAIL_CHECKED = 1 << 22, /* SERVFAIL unless CD is set */
	R_DROP_FIRST = 1 << 23, /* silence to the first */
	R_FAIL_FIRST = 1 << 24, /* SERVFAIL to the first without CD */
	R_AA = 1 << 25,
	R_AD = 1 << 26,
	R_RA = 1 << 27,
	R_NXDOMAIN = 1 << 28,
};

struct reply {
	const char *name; /* without the dot at the end; NULL: all others */
	int type; /* 0: any */
	unsigned int fault;
	int rcode;
	int delay_ms;
	int ede; /* INFO-CODE of RFC 8914, when there is an OPT; 0: none */
	const char *answer; /* records, one a line, as in a zone file */
	const char *authority;
};

/* What came in, in memory that both processes see. */
struct heard {
	atomic_uint udp; /* questions */
	atomic_uint tcp;
	atomic_uint edns; /* of those, with an OPT record */
	atomic_uint checked_off; /* ... with CD */
	atomic_uint flags; /* the second 16 bits of the last */
};

struct responder {
	struct dns_server server;
	struct heard *heard; /* one for each reply */
	size_t nreplies;
	pid_t pid;
};

struct responder *responder_start(
    const char *address, const struct reply *, size_t n);
void responder_stop(struct responder *);

/* All questions, by UDP and TCP. */
unsigned int responder_heard(const struct responder *);

#endif
