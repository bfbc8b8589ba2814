/* Whom to ask next, and when to stop waiting. */
#include "../harness/unit.h"

#include <string.h>
#include <unistd.h>

#include "../../checks/dns.h"
#include "../../checks/pool.h"
#include "../harness/carrier.h"
#include "../harness/responder.h"

#define A_RECORD(name) name ". 300 A 192.0.2.1\n"

/* What the first server of a list says; the second always has the answer. */
static const struct reply first_replies[] = {
	{ .name = "servfail.test", .rcode = 2 },
	{ .name = "refused.test", .rcode = 5 },
	{ .name = "formerr.test", .rcode = 1 },
	{ .name = "malformed.test",
	    .fault = R_CUT,
	    .answer = A_RECORD("malformed.test") },
	{ .name = "lame.test", .authority = "test. 300 NS ns.test.\n" },
	{ .name = "no-tcp.test", .fault = R_TRUNCATED | R_TCP_CLOSED },
	{ .name = "no-name.test", .fault = R_NXDOMAIN },
	{ .name = "nothing.test" },
	{ .name = "silent.test", .fault = R_SILENT },
	{ .name = "silent-too.test", .fault = R_SILENT },
};

static const struct reply second_replies[] = {
	{ .name = "servfail.test", .answer = A_RECORD("servfail.test") },
	{ .name = "refused.test", .answer = A_RECORD("refused.test") },
	{ .name = "formerr.test", .answer = A_RECORD("formerr.test") },
	{ .name = "malformed.test", .answer = A_RECORD("malformed.test") },
	{ .name = "lame.test", .answer = A_RECORD("lame.test") },
	{ .name = "no-tcp.test", .answer = A_RECORD("no-tcp.test") },
	{ .name = "no-name.test", .answer = A_RECORD("no-name.test") },
	{ .name = "nothing.test", .answer = A_RECORD("nothing.test") },
	{ .name = "silent.test", .answer = A_RECORD("silent.test") },
	{ .name = "silent-too.test", .answer = A_RECORD("silent-too.test") },
};

struct pair {
	struct responder *first;
	struct responder *second;
	struct resolver *dns;
	struct run run;
};

static void
begin(struct pair *p)
{
	struct dns_server servers[2];

	p->first =
	    responder_start("127.0.0.1", first_replies, COUNT(first_replies));
	p->second =
	    responder_start("127.0.0.1", second_replies, COUNT(second_replies));
	servers[0] = p->first->server;
	servers[1] = p->second->server;
	p->dns = resolver_network(servers, 2);
	run_begin(&p->run, p->dns, 6000, -1);
}

static void
end(struct pair *p)
{
	run_end(&p->run);
	resolver_free(p->dns);
	responder_stop(p->first);
	responder_stop(p->second);
}

static void
test_next_server(void **state)
{
	struct pair p;

	(void)state;
	begin(&p);
	for (size_t i = 0; i < 6; i++) {
		const struct answer *answer;
		int64_t before = monotonic_ms();
		bool late =
		    first_replies[i].fault == R_CUT && carrier_is_patient();

		assert_int_equal(
		    dns_ask(&p.run, first_replies[i].name, RR_A, &answer), OK);
		if (answer->outcome != DNS_FOUND)
			fail_msg("%s: %s", answer->name, answer->why);
		assert_int_equal(p.second->heard[i].udp, 1);
		assert_true(late || monotonic_ms() - before < 1000);
		assert_non_null(strstr(p.run.trace->server, "127.0.0.1:"));
		if (!late)
			assert_string_equal(
			    answer->server, p.run.trace->server);
	}
	end(&p);
}

/* What a server says about a name is final, also that it does not exist. */
static void
test_no_next_server(void **state)
{
	const struct answer *answer;
	struct pair p;

	(void)state;
	begin(&p);
	assert_int_equal(dns_ask(&p.run, "no-name.test", RR_A, &answer), OK);
	assert_int_equal(answer->outcome, DNS_NO_NAME);
	assert_int_equal(dns_ask(&p.run, "nothing.test", RR_A, &answer), OK);
	assert_int_equal(answer->outcome, DNS_NO_DATA);
	assert_int_equal(responder_heard(p.second), 0);
	end(&p);
}

/* A silent server costs its silence once. */
static void
test_silent_server(void **state)
{
	const struct answer *answer;
	struct pair p;
	int64_t before = monotonic_ms();

	(void)state;
	begin(&p);
	assert_int_equal(dns_ask(&p.run, "silent.test", RR_A, &answer), OK);
	assert_int_equal(answer->outcome, DNS_FOUND);
	assert_true(monotonic_ms() - before < 3000);
	assert_true(p.first->heard[8].udp >= 2);
	before = monotonic_ms();
	assert_int_equal(dns_ask(&p.run, "silent-too.test", RR_A, &answer), OK);
	assert_int_equal(answer->outcome, DNS_FOUND);
	assert_true(monotonic_ms() - before < 500);
	assert_int_equal(p.first->heard[9].udp, 0);
	end(&p);
}

/* Little time is shared out: the second server has its part of it. */
static void
test_silent_server_little_time(void **state)
{
	const struct answer *answer;
	struct run hasty;
	struct pair p;

	(void)state;
	begin(&p);
	run_begin(&hasty, p.dns, 600, -1);
	assert_int_equal(dns_ask(&hasty, "silent.test", RR_A, &answer), OK);
	assert_int_equal(answer->outcome, DNS_FOUND);
	run_end(&hasty);
	end(&p);
}

/* A server that knows no EDNS is asked without from then on. */
static void
test_plain_server(void **state)
{
	static const struct reply replies[] = {
		{ .name = "one.test",
		    .fault = R_NO_EDNS,
		    .answer = A_RECORD("one.test") },
		{ .name = "two.test",
		    .fault = R_NO_EDNS,
		    .answer = A_RECORD("two.test") },
	};
	struct responder *r =
	    responder_start("127.0.0.1", replies, COUNT(replies));
	struct resolver *dns = resolver_network(&r->server, 1);
	const struct answer *answer;
	struct run run;

	(void)state;
	run_begin(&run, dns, 2000, -1);
	for (size_t i = 0; i < COUNT(replies); i++) {
		assert_int_equal(
		    dns_ask(&run, replies[i].name, RR_A, &answer), OK);
		assert_int_equal(answer->outcome, DNS_FOUND);
	}
	assert_int_equal(r->heard[0].edns, 1);
	assert_int_equal(r->heard[0].udp, 2);
	/* A newer c-ares tries without EDNS itself, and we do not learn. */
	assert_int_equal(r->heard[1].udp, 1 + r->heard[1].edns);
	assert_true(run_left_ms(&run) > 1000);
	run_end(&run);
	resolver_free(dns);
	responder_stop(r);
}

/* Nobody listens: the kernel says so at once, and we do too. */
static void
test_closed_port(void **state)
{
	struct dns_server servers[] = {
		{ .ip = { IP_V4, { 127, 0, 0, 1 } } },
		{ .ip = { IP_V4, { 127, 0, 0, 1 } } },
	};
	const struct answer *answer;
	struct responder *r;
	struct resolver *dns;
	struct run run;
	char why[100];

	(void)state;
	servers[0].port = server_free_port("127.0.0.1");
	snprintf(why, sizeof(why), "127.0.0.1 refuses connections on port %u",
	    (unsigned int)servers[0].port);
	dns = resolver_network(servers, 1);
	run_begin(&run, dns, 5000, -1);
	assert_int_equal(dns_ask(&run, "a.test", RR_A, &answer), OK);
	assert_int_equal(answer->outcome, DNS_SILENT);
	assert_string_equal(answer->why, why);
	assert_true(run_left_ms(&run) > 4000);
	run_end(&run);
	resolver_free(dns);

	r = responder_start("127.0.0.1", second_replies, COUNT(second_replies));
	servers[1] = r->server;
	dns = resolver_network(servers, 2);
	run_begin(&run, dns, 5000, -1);
	assert_int_equal(dns_ask(&run, "lame.test", RR_A, &answer), OK);
	assert_int_equal(answer->outcome, DNS_FOUND);
	assert_true(run_left_ms(&run) > 4000);
	run_end(&run);
	resolver_free(dns);
	responder_stop(r);
}

/* The deadline of a run; what it cut short is asked again by the next. */
static void
test_deadline(void **state)
{
	static const struct reply replies[] = {
		{ .name = "slow.test",
		    .fault = R_DROP_FIRST,
		    .answer = A_RECORD("slow.test") },
		{ .name = "silent.test", .fault = R_SILENT },
	};
	struct responder *r =
	    responder_start("127.0.0.1", replies, COUNT(replies));
	struct resolver *dns = resolver_network(&r->server, 1);
	struct question questions[] = {
		{ "slow.test", RR_A },
		{ "silent.test", RR_A },
	};
	const struct answer *answers[2];
	int64_t before = monotonic_ms();
	struct run run;

	(void)state;
	run_begin(&run, dns, 300, -1);
	assert_int_equal(dns_ask_many(&run, questions, 2, answers), OK);
	assert_in_range(monotonic_ms() - before, 290, 900);
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(answers[i]->outcome, DNS_SILENT);
		assert_non_null(
		    strstr(answers[i]->why, "no answer from 127.0.0.1:"));
	}
	/* Too late for anything. */
	assert_int_equal(dns_ask(&run, "late.test", RR_A, answers), OK);
	assert_int_equal(answers[0]->outcome, DNS_SILENT);
	assert_non_null(answers[0]->why);
	run_end(&run);

	run_begin(&run, dns, 2000, -1);
	assert_int_equal(dns_ask(&run, "slow.test", RR_A, answers), OK);
	assert_int_equal(answers[0]->outcome, DNS_FOUND);
	run_end(&run);
	resolver_free(dns);
	responder_stop(r);
}

/* Both addresses families, and a name server that is not there at all. */
static void
test_ipv6(void **state)
{
	struct responder *r;
	struct resolver *dns;
	const struct answer *answer;
	struct run run;

	(void)state;
	if (access("/proc/net/if_inet6", R_OK) != 0)
		SKIP("no IPv6 here");
	r = responder_start("::1", second_replies, COUNT(second_replies));
	dns = resolver_network(&r->server, 1);
	run_begin(&run, dns, 2000, -1);
	assert_int_equal(dns_ask(&run, "lame.test", RR_A, &answer), OK);
	assert_int_equal(answer->outcome, DNS_FOUND);
	assert_int_equal(strncmp(answer->server, "[::1]:", 6), 0);
	run_end(&run);
	resolver_free(dns);
	responder_stop(r);
}

/* Sent ahead: two slow questions cost one wait; a silent one costs none. */
static void
test_ahead(void **state)
{
	static const struct reply replies[] = {
		{ .name = "one.test",
		    .delay_ms = 150,
		    .answer = A_RECORD("one.test") },
		{ .name = "two.test",
		    .delay_ms = 150,
		    .answer = A_RECORD("two.test") },
		{ .name = "silent.test", .fault = R_SILENT },
	};
	static const struct question questions[] = {
		{ "one.test", RR_A },
		{ "Two.test", RR_A },
		{ "silent.test", RR_A },
		{ "bad..test", RR_A },
	};
	struct responder *r =
	    responder_start("127.0.0.1", replies, COUNT(replies));
	struct resolver *dns = resolver_network(&r->server, 1);
	const struct answer *answer;
	struct run run;

	(void)state;
	run_begin(&run, dns, 3000, -1);
	dns_ask_ahead(&run, questions, COUNT(questions));
	dns_ask_ahead(&run, questions, COUNT(questions));
	assert_true(run_left_ms(&run) > 2900);
	assert_int_equal(dns_ask(&run, "one.test", RR_A, &answer), OK);
	assert_int_equal(answer->outcome, DNS_FOUND);
	assert_int_equal(dns_ask(&run, "two.test", RR_A, &answer), OK);
	assert_int_equal(answer->outcome, DNS_FOUND);
	assert_string_equal(answer->name, "two.test");
	assert_true(run_left_ms(&run) > 2750);
	dns_ask_ahead(&run, questions, 2);
	assert_int_equal(responder_heard(r), 3);
	run_end(&run);
	resolver_free(dns);
	responder_stop(r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_next_server),
		cmocka_unit_test(test_no_next_server),
		cmocka_unit_test(test_silent_server),
		cmocka_unit_test(test_silent_server_little_time),
		cmocka_unit_test(test_plain_server),
		cmocka_unit_test(test_closed_port),
		cmocka_unit_test(test_deadline),
		cmocka_unit_test(test_ipv6),
		cmocka_unit_test(test_ahead),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
