/* check_host() over the network: what waits for what.  RFC 7208 4.4, 5. */
#include "../harness/unit.h"

#include <string.h>

#include "../../checks/dns.h"
#include "../../checks/spf.h"
#include "../harness/responder.h"

#define DELAY_MS 100
#define HOST(label, ip)                                                        \
	{                                                                      \
		.name = label ".test", .delay_ms = DELAY_MS,                   \
		.answer = label ".test. 300 A " ip "\n",                       \
	}
#define TXT(label, text)                                                       \
	{                                                                      \
		.name = label ".test", .type = RR_TXT,                         \
		.answer = label ".test. 300 TXT \"" text "\"\n",               \
	}

static const struct reply replies[] = {
	TXT("five",
	    "v=spf1 a:h1.test a:h2.test include:in.test exists:h3.test "
	    "redirect=end.test"),
	TXT("early", "v=spf1 a:h1.test a:silent.test mx:silent.test -all"),
	TXT("sure", "v=spf1 a:silent.test ip4:192.0.2.1 -all"),
	TXT("behind", "v=spf1 ip4:192.0.2.1 a:silent.test -all"),
	TXT("mail", "v=spf1 mx -all"),
	{ .name = "mail.test",
	    .type = RR_MX,
	    .answer = "mail.test. 300 MX 1 h1.test.\n"
		      "mail.test. 300 MX 2 h2.test.\n"
		      "mail.test. 300 MX 3 silent.test.\n" },
	TXT("in", "v=spf1 a:h2.test -all"),
	TXT("end", "v=spf1 -all"),
	HOST("h1", "192.0.2.11"),
	HOST("h2", "192.0.2.12"),
	{ .name = "h3.test", .delay_ms = DELAY_MS, .fault = R_NXDOMAIN },
	{ .name = "silent.test", .fault = R_SILENT },
	{ .fault = R_NXDOMAIN },
};

static const struct {
	const char *domain;
	const char *ip;
	enum spf_result result;
	int64_t at_least_ms;
	int64_t at_most_ms; /* generous: the machine may be busy */
	unsigned int lookups;
} cases[] = {
	/* Four slow questions cost one wait. */
	{ "five.test", "192.0.2.1", SPF_RESULT_FAIL, DELAY_MS, 3 * DELAY_MS,
	    6 },
	/* A silent server behind the match is not waited for, nor counted. */
	{ "early.test", "192.0.2.11", SPF_RESULT_PASS, DELAY_MS, 5 * DELAY_MS,
	    1 },
	{ "behind.test", "192.0.2.1", SPF_RESULT_PASS, 0, 4 * DELAY_MS, 0 },
	{ "mail.test", "192.0.2.12", SPF_RESULT_PASS, DELAY_MS, 5 * DELAY_MS,
	    1 },
	/* One in front of it is: order is order. */
	{ "sure.test", "192.0.2.1", SPF_RESULT_TEMPERROR, 350, 1500, 1 },
	{ "early.test", "192.0.2.99", SPF_RESULT_TEMPERROR, 350, 1500, 2 },
	{ "silent.test", "192.0.2.1", SPF_RESULT_TEMPERROR, 350, 1500, 0 },
};

static void
test_waiting(void **state)
{
	struct responder *r =
	    responder_start("127.0.0.1", replies, COUNT(replies));

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct resolver *dns = resolver_network(&r->server, 1);
		struct spf_query query = { .helo = "h.test", .sender = "" };
		struct spf_verdict verdict;
		struct run run;
		int64_t took;

		ip_parse(str_of(cases[i].ip), &query.ip);
		run_begin(&run, dns, 400, -1);
		took = monotonic_ms();
		assert_int_equal(
		    spf_check_host(&run, cases[i].domain, &query, &verdict),
		    OK);
		took = monotonic_ms() - took;
		if (verdict.result != cases[i].result ||
		    verdict.lookups != cases[i].lookups)
			fail_msg("%s: %s, %u lookups: %s", cases[i].domain,
			    spf_result_word(verdict.result), verdict.lookups,
			    verdict.reason);
		if (took < cases[i].at_least_ms || took > cases[i].at_most_ms)
			fail_msg("%s: %d ms", cases[i].domain, (int)took);
		run_end(&run);
		resolver_free(dns);
	}
	responder_stop(r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_waiting),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
