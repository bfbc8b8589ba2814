/*
 * Name servers that are silent, slow, broken or lying.  Every fault is one
 * row; all questions of the big table leave together, so that the whole costs
 * no more than the slowest of them.
 */
#include "../harness/unit.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "../../checks/dns.h"
#include "../../checks/pool.h"
#include "../harness/carrier.h"
#include "../harness/responder.h"

#define LIMIT_MS 2300 /* of the big table; silence ends there */
#define RIGHT	 "192.0.2.1"

struct fault_case {
	struct reply reply;
	enum dns_outcome outcome;
	int rcode;
	const char *why; /* a part of it; NULL: there is none */
	bool bogus;
};

#define A_RECORD(name) name ". 300 A " RIGHT "\n"
#define SOA_OF(zone)                                                           \
	zone ". 900 SOA ns." zone ". hostmaster." zone                         \
	     ". 1 3600 900 604800 60\n"

static const struct fault_case cases[] = {
	/* A server as it should be. */
	{ .reply = { .name = "good.test", .answer = A_RECORD("good.test") } },
	{ .reply = { .name = "twice.test",
	      .fault = R_TWICE,
	      .answer = A_RECORD("twice.test") } },
	{ .reply = { .name = "nothing.test", .authority = SOA_OF("test") },
	    .outcome = DNS_NO_DATA },
	{ .reply = { .name = "no-name.test",
	      .fault = R_NXDOMAIN,
	      .authority = SOA_OF("test") },
	    .outcome = DNS_NO_NAME,
	    .rcode = 3 },
	/* Not for us: ignored, and the right one behind it is taken. */
	{ .reply = { .name = "id-right.test",
	      .fault = R_WRONG_ID | R_THEN_RIGHT,
	      .answer = A_RECORD("id-right.test") } },
	{ .reply = { .name = "question-right.test",
	      .fault = R_WRONG_QUESTION | R_THEN_RIGHT,
	      .answer = A_RECORD("question-right.test") } },
	{ .reply = { .name = "type-right.test",
	      .fault = R_WRONG_TYPE | R_THEN_RIGHT,
	      .answer = A_RECORD("type-right.test") } },
	{ .reply = { .name = "source-right.test",
	      .fault = R_OTHER_SOURCE | R_WRONG_ID | R_THEN_RIGHT,
	      .answer = A_RECORD("source-right.test") } },
	{ .reply = { .name = "empty-right.test",
	      .fault = R_EMPTY | R_THEN_RIGHT,
	      .answer = A_RECORD("empty-right.test") } },
	/* Not for us, and nothing else comes. */
	{ .reply = { .name = "id.test",
	      .fault = R_WRONG_ID,
	      .answer = A_RECORD("id.test") },
	    .outcome = DNS_SILENT,
	    .rcode = -1,
	    .why = "no answer from 127.0.0.1" },
	{ .reply = { .name = "question.test",
	      .fault = R_WRONG_QUESTION,
	      .answer = A_RECORD("question.test") },
	    .outcome = DNS_SILENT,
	    .rcode = -1,
	    .why = "no answer from 127.0.0.1" },
	{ .reply = { .name = "source.test",
	      .fault = R_OTHER_SOURCE,
	      .answer = A_RECORD("source.test") },
	    .outcome = DNS_SILENT,
	    .rcode = -1,
	    .why = "no answer from 127.0.0.1" },
	{ .reply = { .name = "no-qr.test",
	      .fault = R_NO_QR,
	      .answer = A_RECORD("no-qr.test") },
	    .outcome = DNS_SILENT,
	    .rcode = -1,
	    .why = "no answer from 127.0.0.1" },
	{ .reply = { .name = "silent.test", .fault = R_SILENT },
	    .outcome = DNS_SILENT,
	    .rcode = -1,
	    .why = "no answer from 127.0.0.1" },
	/* Lies in the octets. */
	{ .reply = { .name = "loop.test",
	      .fault = R_POINTER_LOOP,
	      .answer = A_RECORD("loop.test") },
	    .outcome = DNS_BROKEN,
	    .why = "malformed answer" },
	{ .reply = { .name = "rdata.test",
	      .fault = R_LONG_RDATA,
	      .answer = A_RECORD("rdata.test") },
	    .outcome = DNS_BROKEN,
	    .why = "malformed answer" },
	{ .reply = { .name = "count.test",
	      .fault = R_LYING_COUNT,
	      .answer = A_RECORD("count.test") },
	    .outcome = DNS_BROKEN,
	    .why = "malformed answer" },
	{ .reply = { .name = "cut.test",
	      .fault = R_CUT,
	      .answer = A_RECORD("cut.test") },
	    .outcome = DNS_BROKEN,
	    .why = "malformed answer" },
	/* UDP that is too small; RFC 1035 section 4.2.1. */
	{ .reply = { .name = "tcp.test",
	      .fault = R_TRUNCATED,
	      .answer = A_RECORD("tcp.test") } },
	{ .reply = { .name = "pieces.test",
	      .fault = R_TRUNCATED | R_TCP_PIECES,
	      .answer = A_RECORD("pieces.test") } },
	{ .reply = { .name = "closed.test",
	      .fault = R_TRUNCATED | R_TCP_CLOSED,
	      .answer = A_RECORD("closed.test") },
	    .outcome = DNS_BROKEN,
	    .rcode = -1,
	    .why = "127.0.0.1 closes the TCP connection" },
	{ .reply = { .name = "half.test",
	      .fault = R_TRUNCATED | R_TCP_HALF,
	      .answer = A_RECORD("half.test") },
	    .outcome = DNS_BROKEN,
	    .rcode = -1,
	    .why = "127.0.0.1 closes the TCP connection" },
	{ .reply = { .name = "tcp-silent.test",
	      .fault = R_TRUNCATED | R_TCP_SILENT,
	      .answer = A_RECORD("tcp-silent.test") },
	    .outcome = DNS_BROKEN,
	    .rcode = -1,
	    .why = "by TCP there is none" },
	/* No EDNS; RFC 6891 section 6.2.2. */
	{ .reply = { .name = "no-edns.test",
	      .fault = R_NO_EDNS,
	      .answer = A_RECORD("no-edns.test") } },
	{ .reply = { .name = "no-edns-bare.test",
	      .fault = R_NO_EDNS_BARE,
	      .answer = A_RECORD("no-edns-bare.test") } },
	{ .reply = { .name = "drop-edns.test",
	      .fault = R_DROP_EDNS,
	      .answer = A_RECORD("drop-edns.test") } },
	{ .reply = { .name = "not-implemented.test", .rcode = 4 },
	    .outcome = DNS_BROKEN,
	    .rcode = 4,
	    .why = "NOTIMP" },
	/* UDP that is lost. */
	{ .reply = { .name = "lost.test",
	      .fault = R_DROP_FIRST,
	      .answer = A_RECORD("lost.test") } },
	/* No answer, and said so. */
	{ .reply = { .name = "refused.test", .rcode = 5 },
	    .outcome = DNS_BROKEN,
	    .rcode = 5,
	    .why = "REFUSED" },
	{ .reply = { .name = "servfail.test", .rcode = 2 },
	    .outcome = DNS_BROKEN,
	    .rcode = 2,
	    .why = "SERVFAIL" },
	{ .reply = { .name = "bogus.test",
	      .fault = R_SERVFAIL_CHECKED,
	      .answer = A_RECORD("bogus.test") },
	    .outcome = DNS_BROKEN,
	    .rcode = 2,
	    .why = "SERVFAIL",
	    .bogus = true },
	{ .reply = { .name = "bogus-ede.test", .rcode = 2, .ede = 7 },
	    .outcome = DNS_BROKEN,
	    .rcode = 2,
	    .why = "SERVFAIL (why\\027)",
	    .bogus = true },
	/* A failure that has passed is none. */
	{ .reply = { .name = "passed.test",
	      .fault = R_FAIL_FIRST,
	      .answer = A_RECORD("passed.test") } },
	{ .reply = { .name = "strange.test", .rcode = 11 },
	    .outcome = DNS_BROKEN,
	    .rcode = 11,
	    .why = "rcode 11" },
	/* Referrals where an answer should be. */
	{ .reply = { .name = "lame.test",
	      .authority = "test. 300 NS ns.elsewhere.test.\n" },
	    .outcome = DNS_BROKEN,
	    .why = "lame" },
	{ .reply = { .name = "up.test",
	      .authority = ". 300 NS a.root-servers.net.\n" },
	    .outcome = DNS_BROKEN,
	    .why = "lame" },
};

static struct resolver *
resolver_to(const struct responder *r)
{
	return resolver_network(&r->server, 1);
}

/* Such a c-ares tries again where others report at once. */
static bool
is_slow_there(const struct fault_case *want, const struct answer *got)
{
	const unsigned int closed = R_TCP_CLOSED | R_TCP_HALF;

	if (want->why != NULL && strcmp(want->why, "malformed answer") == 0)
		return got->outcome == DNS_SILENT;
	return (want->reply.fault & closed) != 0 && got->outcome == DNS_BROKEN;
}

static void
check_case(const struct fault_case *want, const struct answer *got)
{
	const char *why = got->why != NULL ? got->why : "(none)";

	if (carrier_is_patient() && is_slow_there(want, got))
		return;
	if (got->outcome != want->outcome || got->rcode != want->rcode ||
	    got->bogus != want->bogus ||
	    (want->why == NULL ? got->why != NULL
			       : strstr(why, want->why) == NULL))
		fail_msg("%s: outcome %d, rcode %d, bogus %d, why \"%s\"",
		    want->reply.name, got->outcome, got->rcode, got->bogus,
		    why);
	assert_string_equal(got->name, want->reply.name);
	if (want->outcome == DNS_FOUND) {
		assert_int_equal(got->nrecords, 1);
		assert_int_equal(got->records[0].ip.octets[3], 1);
		assert_int_equal(got->ttl, 300);
		assert_true(strncmp(got->server, "127.0.0.1:", 10) == 0);
	} else {
		assert_int_equal(got->nrecords, 0);
	}
}

/* How many lines of the trace are about a name. */
static size_t
traced(const struct run *run, const char *name)
{
	size_t n = 0;

	for (const struct dns_trace *t = run->trace; t != NULL; t = t->next)
		n += strcmp(t->name, name) == 0;
	return n;
}

static void
test_every_fault(void **state)
{
	struct reply replies[COUNT(cases)];
	struct question questions[COUNT(cases)];
	const struct answer *answers[COUNT(cases)];
	struct responder *r;
	struct resolver *dns;
	struct run run;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		replies[i] = cases[i].reply;
		questions[i] = (struct question){ cases[i].reply.name, RR_A };
	}
	r = responder_start("127.0.0.1", replies, COUNT(cases));
	dns = resolver_to(r);
	run_begin(&run, dns, LIMIT_MS, -1);
	assert_int_equal(
	    dns_ask_many(&run, questions, COUNT(cases), answers), OK);
	for (size_t i = 0; i < COUNT(cases); i++) {
		check_case(&cases[i], answers[i]);
		assert_true(traced(&run, cases[i].reply.name) >= 1);
	}
	/* RD, AD, and no CD but where there was doubt. */
	assert_int_equal(r->heard[0].flags, 0x0120);
	assert_int_equal(r->heard[0].udp, 1);
	assert_int_equal(r->heard[0].edns, 1);
	assert_int_equal(r->heard[0].checked_off, 0);
	run_end(&run);
	resolver_free(dns);
	responder_stop(r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_fault),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
