/* Limits, faults and the extended examples: RFC 7208 4.6.4, 5 and app. A. */
#include <string.h>

#include "../harness/spf_world.h"
#include "../harness/unit.h"

#define NEUTRAL	  .result = SPF_RESULT_NEUTRAL
#define PASS	  .result = SPF_RESULT_PASS
#define FAIL	  .result = SPF_RESULT_FAIL
#define TEMPERROR .result = SPF_RESULT_TEMPERROR
#define PERMERROR .result = SPF_RESULT_PERMERROR

#define H   "a:h.example.com "
#define H5  H H H H H
#define H10 H5 H5
#define HOST                                                                   \
	"h A 192.0.2.99\nh MX 1 h\n"                                           \
	"in1 TXT \"v=spf1 " H "-all\"\n"                                       \
	"in9 TXT \"v=spf1 " H5 H H H H "-all\"\n"                              \
	"in10 TXT \"v=spf1 " H10 "-all\"\n"                                    \
	"pass10 TXT \"v=spf1 " H10 "+all\"\n"                                  \
	"loop TXT \"v=spf1 include:loop.example.com -all\"\n"                  \
	"ping TXT \"v=spf1 include:pong.example.com -all\"\n"                  \
	"pong TXT \"v=spf1 redirect=ping.example.com\"\n"                      \
	"self TXT \"v=spf1 redirect=self.example.com\"\n"                      \
	"w TXT \"ha\"\n"

/* 4.6.4: ten terms that ask DNS, all together. */
static const struct spf_case lookups[] = {
	{ "v=spf1 " H10 "-all", HOST, FAIL, .lookups = 10 },
	{ "v=spf1 " H10 H "-all", HOST, PERMERROR, .term = "a:h.example.com" },
	{ "v=spf1 " H10 "ip4:192.0.2.1 " H "-all", HOST, PASS, .lookups = 10 },
	{ "v=spf1 " H10 "ip4:192.0.2.2 ip6:::1 -all", HOST, FAIL },
	{ "v=spf1 " H5 H H H H "mx:h.example.com -all", HOST, FAIL },
	{ "v=spf1 " H10 "mx:h.example.com -all", HOST, PERMERROR },
	{ "v=spf1 " H10 "ptr -all", HOST, PERMERROR },
	{ "v=spf1 " H10 "exists:h.example.com -all", HOST, PERMERROR },
	{ "v=spf1 " H10 "redirect=in1.example.com", HOST, PERMERROR,
	    .term = "redirect=in1.example.com" },
	{ "v=spf1 " H10 "include:in1.example.com -all", HOST, PERMERROR },
	{ "v=spf1 " H5 H H H H "redirect=in1.example.com", HOST, PERMERROR },
	{ "v=spf1 " H5 H H H "redirect=in1.example.com", HOST, FAIL,
	    .lookups = 10 },
	{ "v=spf1 include:in9.example.com -all", HOST, FAIL, .lookups = 10 },
	{ "v=spf1 include:in9.example.com " H "-all", HOST, PERMERROR },
	{ "v=spf1 include:in10.example.com -all", HOST, PERMERROR },
	{ "v=spf1 include:pass10.example.com -all", HOST, PERMERROR },
	{ "v=spf1 redirect=in9.example.com", HOST, FAIL, .lookups = 10 },
	{ "v=spf1 redirect=in10.example.com", HOST, PERMERROR },
	{ "v=spf1 " H10 "-all exp=w.example.com", HOST, FAIL,
	    .explanation = "ha", .lookups = 10 },
	{ "v=spf1 include:loop.example.com -all", HOST, PERMERROR },
	{ "v=spf1 include:example.com -all", HOST, PERMERROR },
	{ "v=spf1 redirect=example.com", HOST, PERMERROR },
	{ "v=spf1 include:ping.example.com -all", HOST, PERMERROR },
	{ "v=spf1 redirect=self.example.com", HOST, PERMERROR },
	/* %{p} is one more */
	{ "v=spf1 exists:%{p}.example.com " H5 H H H "-all", HOST, FAIL,
	    .lookups = 10 },
	{ "v=spf1 exists:%{p}.example.com " H5 H H H H "-all", HOST,
	    PERMERROR },
	{ "v=spf1 " H5 H H H H "exists:%{p}.example.com -all", HOST, PERMERROR,
	    .term = "exists:%{p}.example.com" },
};

#define V "a:void%{l}.example.com "

/* 4.6.4: two void lookups, the third is an error. */
static const struct spf_case voids[] = {
	{ "v=spf1 " V "-all", FAIL, .voids = 1 },
	{ "v=spf1 " V V "-all", FAIL, .voids = 2 },
	{ "v=spf1 " V V V "-all", PERMERROR, .voids = 3 },
	{ "v=spf1 " V V V V V "-all", PERMERROR, .voids = 3 },
	{ "v=spf1 " V V "ip4:192.0.2.1 " V "-all", PASS, .voids = 2 },
	{ "v=spf1 " V V "exists:x.example.com -all", PERMERROR },
	{ "v=spf1 " V V "mx -all", PERMERROR, .term = "mx" },
	{ "v=spf1 " V V "ptr -all", PERMERROR, .term = "ptr" },
	{ "v=spf1 mx ptr -all", FAIL, .voids = 2 },
	{ "v=spf1 " V V "a -all", .zone = "@ AAAA 2001:db8::1", PERMERROR },
	{ "v=spf1 " V V "a -all", .zone = "@ A 192.0.2.2", FAIL },
	/* the address look-ups of names in MX and PTR records do not count */
	{ "v=spf1 " V V "mx -all", .zone = "@ MX 1 x\n@ MX 2 y\n@ MX 3 z\n",
	    FAIL, .voids = 2 },
	{ "v=spf1 " V V "ptr -all",
	    .zone = "1.2.0.192.in-addr.arpa. PTR x.example.com.\n", FAIL,
	    .voids = 2 },
	/* nor do exp=, an invalid name, and %{p} */
	{ "v=spf1 " V V "-all exp=x.example.com", FAIL, .voids = 2 },
	{ "v=spf1 " V V "a:x..example.com -all", FAIL, .voids = 2 },
	{ "v=spf1 " V "exists:%{p}.example.com -all", FAIL, .voids = 2 },
	/* includes share the count */
	{ "v=spf1 include:in.example.com " V "-all",
	    .zone = "in TXT \"v=spf1 " V V "-all\"", PERMERROR },
	{ "v=spf1 include:in.example.com -all",
	    .zone = "in TXT \"v=spf1 " V V "-all\"", FAIL, .voids = 2 },
	{ "v=spf1 include:x.example.com -all", PERMERROR, .voids = 1 },
};

#define P(n) "1.2.0.192.in-addr.arpa. PTR " n ".example.com.\n"
#define NINE                                                                   \
	P("p1") P("p2") P("p3") P("p4") P("p5") P("p6") P("p7") P("p8") P("p9")

/* 4.6.4: the names of a PTR answer; more than ten are no error. */
static const struct spf_case names[] = {
	{ "v=spf1 ptr -all", .zone = NINE P("h") "h A 192.0.2.1\n", PASS },
	{ "v=spf1 ptr -all",
	    .zone = NINE P("p10") P("p11") P("p12") "h A 192.0.2.1\n", FAIL },
	{ "v=spf1 a -all",
	    .zone = "@ A 192.0.2.2\n@ A 192.0.2.3\n@ A 192.0.2.4\n"
		    "@ A 192.0.2.5\n@ A 192.0.2.6\n@ A 192.0.2.7\n"
		    "@ A 192.0.2.8\n@ A 192.0.2.9\n@ A 192.0.2.10\n"
		    "@ A 192.0.2.11\n@ A 192.0.2.1\n",
	    PASS },
};

#define APPENDIX                                                               \
	"@ MX 10 mail-a\n@ MX 20 mail-b\n@ A 192.0.2.10\n@ A 192.0.2.11\n"     \
	"amy A 192.0.2.65\nbob A 192.0.2.66\nmail-a A 192.0.2.129\n"           \
	"mail-b A 192.0.2.130\nwww CNAME example.com.\n"                       \
	"example.org. MX 10 mail-c.example.org.\n"                             \
	"mail-c.example.org. A 192.0.2.140\n"                                  \
	"10.2.0.192.in-addr.arpa. PTR example.com.\n"                          \
	"65.2.0.192.in-addr.arpa. PTR amy.example.com.\n"                      \
	"129.2.0.192.in-addr.arpa. PTR mail-a.example.com.\n"                  \
	"140.2.0.192.in-addr.arpa. PTR mail-c.example.org.\n"                  \
	"4.0.0.10.in-addr.arpa. PTR bob.example.com.\n"

#define USERS                                                                  \
	APPENDIX                                                               \
	"mary.mobile-users._spf A 127.0.0.2\n"                                 \
	"fred.mobile-users._spf A 127.0.0.2\n"                                 \
	"15.15.168.192.joel.remote-users._spf A 127.0.0.2\n"                   \
	"mobile-users._spf TXT \"v=spf1 exists:%{l1r+}.%{d}\"\n"               \
	"remote-users._spf TXT \"v=spf1 exists:%{ir}.%{l1r+}.%{d}\"\n"

#define A3                                                                     \
	"v=spf1 mx include:mobile-users._spf.%{d} "                            \
	"include:remote-users._spf.%{d} -all"

#define DE_MORGAN                                                              \
	APPENDIX                                                               \
	"ip4._spf TXT \"v=spf1 -ip4:192.0.2.0/24 +all\"\n"                     \
	"ptr._spf TXT \"v=spf1 -ptr:example.com +all\"\n"

#define A4 "v=spf1 -include:ip4._spf.%{d} -include:ptr._spf.%{d} +all"

static const struct spf_case appendix_a[] = {
	/* A.1 */
	{ "v=spf1 +all", APPENDIX, .ip = "203.0.113.9", PASS },
	{ "v=spf1 a -all", APPENDIX, .ip = "192.0.2.10", PASS },
	{ "v=spf1 a -all", APPENDIX, .ip = "192.0.2.11", PASS },
	{ "v=spf1 a -all", APPENDIX, .ip = "192.0.2.12", FAIL },
	{ "v=spf1 a:example.org -all", APPENDIX, .ip = "192.0.2.10", FAIL },
	{ "v=spf1 mx -all", APPENDIX, .ip = "192.0.2.129", PASS },
	{ "v=spf1 mx -all", APPENDIX, .ip = "192.0.2.130", PASS },
	{ "v=spf1 mx -all", APPENDIX, .ip = "192.0.2.140", FAIL },
	{ "v=spf1 mx:example.org -all", APPENDIX, .ip = "192.0.2.140", PASS },
	{ "v=spf1 mx mx:example.org -all", APPENDIX, .ip = "192.0.2.130",
	    PASS },
	{ "v=spf1 mx mx:example.org -all", APPENDIX, .ip = "192.0.2.140",
	    PASS },
	{ "v=spf1 mx/30 mx:example.org/30 -all", APPENDIX, .ip = "192.0.2.131",
	    PASS },
	{ "v=spf1 mx/30 mx:example.org/30 -all", APPENDIX, .ip = "192.0.2.143",
	    PASS },
	{ "v=spf1 mx/30 mx:example.org/30 -all", APPENDIX, .ip = "192.0.2.144",
	    FAIL },
	{ "v=spf1 ptr -all", APPENDIX, .ip = "192.0.2.65", PASS },
	{ "v=spf1 ptr -all", APPENDIX, .ip = "192.0.2.140", FAIL },
	{ "v=spf1 ptr -all", APPENDIX, .ip = "10.0.0.4", FAIL },
	{ "v=spf1 ip4:192.0.2.128/28 -all", APPENDIX, .ip = "192.0.2.65",
	    FAIL },
	{ "v=spf1 ip4:192.0.2.128/28 -all", APPENDIX, .ip = "192.0.2.129",
	    PASS },
	/* A.3 */
	{ A3, USERS, .ip = "192.0.2.129", .sender = "zoe@example.com", PASS,
	    .lookups = 1 },
	{ A3, USERS, .ip = "203.0.113.1", .sender = "mary@example.com", PASS,
	    .lookups = 3, .term = "include:mobile-users._spf.%{d}" },
	{ A3, USERS, .ip = "203.0.113.1", .sender = "fred+x@example.com",
	    PASS },
	{ A3, USERS, .ip = "192.168.15.15", .sender = "joel@example.com", PASS,
	    .lookups = 5 },
	{ A3, USERS, .ip = "192.168.15.17", .sender = "joel@example.com",
	    FAIL },
	{ A3, USERS, .ip = "203.0.113.1", .sender = "zoe@example.com", FAIL },
	/* A.4: both must hold */
	{ A4, DE_MORGAN, .ip = "192.0.2.65", PASS },
	{ A4, DE_MORGAN, .ip = "192.0.2.140", FAIL },
	{ A4, DE_MORGAN, .ip = "10.0.0.4", FAIL },
};

#define TRY(name)                                                              \
	static void test_##name(void **state)                                  \
	{                                                                      \
		(void)state;                                                   \
		spf_world_try(name, COUNT(name));                              \
	}
TRY(lookups)
TRY(voids)
TRY(names)
TRY(appendix_a)

/* What stands in the tree: a branch a term that asked, with its own costs. */
static void
test_tree(void **state)
{
	const struct spf_case row = {
		.record = "v=spf1 ip4:192.0.2.2 a:void.example.com "
			  "include:in.%{d} mx redirect=on.example.com",
		.zone = "in TXT \"v=spf1 a:h.example.com -all\"\n"
			"on TXT \"v=spf1 exists:void.example.com -all\"\n"
			"h A 192.0.2.9\n@ MX 1 h\n",
	};
	struct spf_verdict verdict;
	struct spf_world world;
	const struct spf_branch *b;

	(void)state;
	spf_world_begin(&world, &row);
	spf_world_ask(&world, &row, &verdict);
	assert_int_equal(verdict.result, SPF_RESULT_FAIL);
	assert_int_equal(verdict.lookups, 6);
	assert_int_equal(verdict.voids, 2);
	assert_string_equal(verdict.term, "-all");
	assert_string_equal(verdict.term_domain, "on.example.com");

	b = verdict.tree;
	assert_string_equal(b->term, "a:void.example.com");
	assert_int_equal(b->lookups, 1);
	assert_int_equal(b->voids, 1);
	assert_null(b->below);
	b = b->next;
	assert_string_equal(b->term, "include:in.%{d}");
	assert_string_equal(b->domain, "in.example.com");
	assert_int_equal(b->lookups, 2);
	assert_int_equal(b->voids, 0);
	assert_string_equal(b->below->term, "a:h.example.com");
	assert_null(b->below->next);
	b = b->next;
	assert_string_equal(b->term, "mx");
	assert_string_equal(b->domain, "example.com");
	b = b->next;
	assert_string_equal(b->term, "redirect=on.example.com");
	assert_int_equal(b->lookups, 2);
	assert_int_equal(b->voids, 1);
	assert_string_equal(b->below->term, "exists:void.example.com");
	assert_null(b->next);
	spf_world_end(&world);
}

/* The sentence that says why. */
static const struct {
	const char *record;
	const char *zone;
	const char *reason;
} reasons[] = {
	{ "v=spf1 ip4:192.0.2.0/24 -all", NULL,
	    "\"ip4:192.0.2.0/24\" in the record of example.com matches" },
	{ "v=spf1 include:in.example.com -all", "in TXT \"v=spf1 +all\"",
	    "\"include:in.example.com\" in the record of example.com matches: "
	    "\"+all\" in the record of in.example.com matches" },
	{ "v=spf1 a", "@ A 192.0.2.2",
	    "no term in the record of example.com matches, and it does not "
	    "say what then" },
	{ "v=spf1 ip4:192.0.2.300 -all", NULL,
	    "\"ip4:192.0.2.300\" in the record of example.com has an error at "
	    "octet 11: an IPv4 address needs four numbers from 0 to 255" },
	{ "v=spf1 a:servfail.example.com", NULL,
	    "DNS gave no usable answer for the A records of "
	    "servfail.example.com: SERVFAIL" },
	{ "v=spf1 include:x.example.com", NULL,
	    "\"include:x.example.com\" in the record of example.com leads "
	    "nowhere: x.example.com does not exist" },
	{ "v=spf1 include:x.example.com", "x TXT \"spam\"",
	    "\"include:x.example.com\" in the record of example.com leads "
	    "nowhere: x.example.com has no SPF record" },
	{ "v=spf1 redirect=%{h1}", NULL,
	    "\"redirect=%{h1}\" in the record of example.com leads nowhere: "
	    "\"com\" is not a complete domain name: two or more labels of 1 "
	    "to 63 octets, with dots between" },
	{ "v=spf1 +all", "@ TXT \"v=spf1 -all\"",
	    "example.com has 2 SPF records, and only one is allowed" },
	{ "v=spf1 +all a:\x1b[31m.example", NULL,
	    "\"a:\\027[31m.example\" in the record of example.com has an error "
	    "at octet 14: only plain ASCII may stand here; this came along "
	    "from a web page or a text program, perhaps" },
};

static void
test_reasons(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(reasons); i++) {
		const struct spf_case row = {
			.record = reasons[i].record,
			.zone = reasons[i].zone,
		};
		struct spf_verdict verdict;
		struct spf_world world;

		spf_world_begin(&world, &row);
		spf_world_ask(&world, &row, &verdict);
		assert_string_equal(verdict.reason, reasons[i].reason);
		spf_world_end(&world);
	}
}

/* What is asked, and what is only announced. */
static const struct {
	const char *record;
	unsigned int asked;
	unsigned int ahead;
} questions[] = {
	{ "v=spf1 ip4:192.0.2.1 a:x.example mx -all", 1, 0 },
	{ "v=spf1 +all a:x.example mx", 1, 0 },
	{ "v=spf1 a:h.example.com mx ip4:192.0.2.1 a:x.example", 3, 2 },
	{ "v=spf1 a:h.example.com ip4:192.0.2.2 ip6:::/0 mx -all", 3, 2 },
	{ "v=spf1 ip4:192.0.2.2 a:h.example.com -all", 2, 0 },
	{ "v=spf1 exists:%{p}.example.com a:h.example.com "
	  "exists:h.example.com",
	    4, 2 },
	{ "v=spf1 a:h.example.com redirect=in1.example.com", 3, 2 },
	{ "v=spf1 a:h.example.com -all redirect=in1.example.com", 2, 0 },
	{ "v=spf1 a:x..example.com a:h.example.com a:in1.example.com", 3, 2 },
};

static void
test_questions(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(questions); i++) {
		const struct spf_case row = {
			.record = questions[i].record,
			.zone = HOST,
		};
		struct spf_verdict verdict;
		struct spf_world world;

		spf_world_begin(&world, &row);
		spf_world_ask(&world, &row, &verdict);
		if (world.asked != questions[i].asked ||
		    world.ahead != questions[i].ahead)
			fail_msg("%s: %u asked, %u ahead", row.record,
			    world.asked, world.ahead);
		spf_world_end(&world);
	}
}

static void
test_cancelled(void **state)
{
	const struct spf_case row = {
		.record = "v=spf1 a mx ptr exists:h.example.com "
			  "include:in1.example.com -all exp=w.example.com",
		.zone = HOST "@ MX 1 h\n@ A 192.0.2.2\n"
			     "1.2.0.192.in-addr.arpa. PTR h.example.com.\n",
	};
	struct spf_query query = { .helo = "h", .sender = "" };

	(void)state;
	assert_true(ip_parse(str_of("192.0.2.1"), &query.ip));
	for (unsigned int at = 1; at <= 8; at++) {
		struct spf_verdict verdict = { .reason = "untouched" };
		struct spf_world world;

		spf_world_begin(&world, &row);
		world.cancel_at = at;
		if (spf_check_host(&world.run, "example.com", &query,
			&verdict) == E_CANCELLED)
			assert_string_equal(verdict.reason, "untouched");
		else
			assert_true(world.asked < at);
		assert_true(world.asked >= 5 || world.asked == at);
		spf_world_end(&world);
	}
}

/* A hostile record costs neither time nor memory worth naming. */
static void
test_hostile(void **state)
{
	static const char *const repeated[] = { "%{l}", "%{lr-}", "%{S}.", "x.",
		"%%", "%{ir}" };

	(void)state;
	for (size_t i = 0; i < COUNT(repeated); i++) {
		static char record[60001];
		static char sender[2001];
		struct spf_case row = { .record = record, .sender = sender };
		struct spf_verdict verdict;
		struct spf_world world;
		size_t len = strlen(repeated[i]);
		size_t at = strlen("v=spf1 exists:");

		memset(sender, '-', sizeof(sender) - 1);
		memcpy(record, "v=spf1 exists:", at);
		for (; at + len < 4000; at += len)
			memcpy(record + at, repeated[i], len);
		memcpy(record + at, ".example", sizeof(".example"));
		spf_world_begin(&world, &row);
		spf_world_ask(&world, &row, &verdict);
		assert_int_equal(verdict.result, SPF_RESULT_NEUTRAL);
		assert_true(arena_used(world.run.arena) < (size_t)8 << 20);
		spf_world_end(&world);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lookups),
		cmocka_unit_test(test_voids),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_appendix_a),
		cmocka_unit_test(test_tree),
		cmocka_unit_test(test_reasons),
		cmocka_unit_test(test_questions),
		cmocka_unit_test(test_cancelled),
		cmocka_unit_test(test_hostile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
