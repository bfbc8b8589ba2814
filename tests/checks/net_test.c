/* One message to one server and back, over a socket of ours. */
#include "../harness/unit.h"

#include <errno.h>
#include <string.h>

#include "../../checks/dns_message.h"
#include "../../checks/net.h"
#include "../harness/responder.h"

#define A_RECORD(name) name ". 300 A 192.0.2.1\n"

static const struct reply replies[] = {
	{ .name = "a+b.test", .answer = A_RECORD("a+b.test") },
	{ .name = "lost.test",
	    .fault = R_DROP_FIRST,
	    .answer = A_RECORD("lost.test") },
	{ .name = "id.test",
	    .fault = R_WRONG_ID | R_THEN_RIGHT,
	    .answer = A_RECORD("id.test") },
	{ .name = "empty.test",
	    .fault = R_EMPTY | R_THEN_RIGHT,
	    .answer = A_RECORD("empty.test") },
	{ .name = "pieces.test",
	    .fault = R_TCP_PIECES,
	    .answer = A_RECORD("pieces.test") },
	{ .name = "half.test",
	    .fault = R_TCP_HALF,
	    .answer = A_RECORD("half.test") },
	{ .name = "closed.test", .fault = R_TCP_CLOSED },
	{ .name = "silent.test", .fault = R_SILENT },
};

static const struct {
	const char *name;
	bool tcp;
	enum net_state state;
	int error;
} cases[] = {
	{ "a+b.test", false, NET_ANSWERED, 0 },
	{ "a+b.test", true, NET_ANSWERED, 0 },
	{ "lost.test", false, NET_ANSWERED, 0 },
	{ "id.test", false, NET_ANSWERED, 0 },
	{ "empty.test", false, NET_ANSWERED, 0 },
	{ "id.test", true, NET_FAILED, EBADMSG },
	{ "empty.test", true, NET_FAILED, EBADMSG },
	{ "pieces.test", true, NET_ANSWERED, 0 },
	{ "half.test", true, NET_FAILED, 0 },
	{ "closed.test", true, NET_FAILED, 0 },
	{ "silent.test", false, NET_WAITING, 0 },
};

/* Until the end of the exchange, or of the run. */
static void
carry(struct run *run, struct net_exchange *x)
{
	struct pollfd fd;

	while (net_pollfd(x, &fd)) {
		net_tick(x);
		if (run_poll(run, &fd, 1, 50) != OK)
			break;
		net_ready(x, fd.revents);
	}
}

static void
test_exchanges(void **state)
{
	struct responder *r =
	    responder_start("127.0.0.1", replies, COUNT(replies));

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct dns_query query = {
			.name = cases[i].name,
			.type = RR_A,
			.id = (uint16_t)(i * 4099),
		};
		struct net_exchange x;
		struct dns_facts facts;
		struct answer answer;
		struct str message;
		struct run run;

		run_begin(
		    &run, NULL, cases[i].state == NET_WAITING ? 100 : 2000, -1);
		assert_true(dns_message_question(run.arena, &query, &message));
		net_open(run.arena, &r->server, cases[i].tcp, message, &x);
		carry(&run, &x);
		if (x.state != cases[i].state || x.error != cases[i].error)
			fail_msg("%s: state %d, error %d", cases[i].name,
			    x.state, x.error);
		if (x.state == NET_ANSWERED) {
			assert_true(dns_message_read(
			    run.arena, x.answer, &query, &answer, &facts));
			assert_int_equal(answer.outcome, DNS_FOUND);
		}
		net_close(&x);
		net_close(&x);
		assert_int_equal(x.fd, -1);
		run_end(&run);
	}
	responder_stop(r);
}

static void
test_nobody_there(void **state)
{
	struct dns_server server = { .ip = { IP_V4, { 127, 0, 0, 1 } } };
	struct str message = { "\0\1\1\0\0\1\0\0\0\0\0\0", 12 };

	(void)state;
	server.port = server_free_port("127.0.0.1");
	assert_true(net_has_route(&server));
	for (int tcp = 0; tcp <= 1; tcp++) {
		struct net_exchange x;
		struct run run;

		run_begin(&run, NULL, 2000, -1);
		net_open(run.arena, &server, tcp, message, &x);
		carry(&run, &x);
		assert_int_equal(x.state, NET_FAILED);
		assert_int_equal(x.error, ECONNREFUSED);
		assert_false(x.connected);
		net_close(&x);
		run_end(&run);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_exchanges),
		cmocka_unit_test(test_nobody_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
