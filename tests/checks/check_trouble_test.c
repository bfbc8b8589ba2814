/*
 * The steps when DNS cannot be looked at, or says two things: never "missing"
 * when nobody knows, and nothing proposed on ignorance.
 */
#include "../harness/unit.h"

#include <stdlib.h>
#include <string.h>

#include "../../checks/resolver.h"
#include "../harness/judged.h"

/* A zone whose answers for some names and types are trouble. */
struct troubled {
	struct resolver resolver;
	struct resolver *offline;
	struct zone *zone;
	const char *name; /* that cannot be looked at */
	enum rr_type type; /* 0: any */
	enum dns_outcome outcome;
	bool bogus;
};

static enum status
ask(struct resolver *resolver, struct run *run, struct arena *arena,
    const struct question *questions, size_t n, struct answer **out)
{
	struct troubled *t = (struct troubled *)(void *)resolver;
	enum status status =
	    t->offline->ask(t->offline, run, arena, questions, n, out);

	for (size_t i = 0; i < n && status == OK; i++) {
		if (!name_equal(questions[i].name, t->name) ||
		    (t->type != 0 && questions[i].type != t->type))
			continue;
		*out[i] = (struct answer){
			.name = arena_strdup(arena, questions[i].name),
			.type = questions[i].type,
			.outcome = t->outcome,
			.rcode = t->outcome == DNS_BROKEN ? 2 : -1,
			.why =
			    t->outcome == DNS_BROKEN ? "SERVFAIL" : "no answer",
			.bogus = t->bogus,
		};
		out[i]->owner = out[i]->name;
	}
	return status;
}

static void
end(struct resolver *resolver)
{
	struct troubled *t = (struct troubled *)(void *)resolver;

	resolver_free(t->offline);
	zone_free(t->zone);
	free(t);
}

static struct resolver *
troubled(const char *zone_text, const char *name, enum rr_type type,
    enum dns_outcome outcome, bool bogus)
{
	struct troubled *t = calloc(1, sizeof(*t));
	struct arena *arena = arena_new();
	const char *error = NULL;

	assert_non_null(t);
	t->zone = zone_read_text(
	    arena, "test", str_of(zone_text), "example.org", &error);
	if (t->zone == NULL)
		fail_msg("%s", error);
	arena_free(arena);
	t->offline = resolver_offline(t->zone);
	t->name = name;
	t->type = type;
	t->outcome = outcome;
	t->bogus = bogus;
	t->resolver.ask = ask;
	t->resolver.end = end;
	resolver_init(&t->resolver);
	return &t->resolver;
}

#define MAIL                                                                   \
	"@ MX 10 mail\nmail A 5.9.8.7\n"                                       \
	"7.8.9.5.in-addr.arpa. PTR mail.example.org.\n"                        \
	"_spf.example.net. TXT \"v=spf1 ip4:5.9.8.0/24 -all\"\n"
#define RECORD(text) MAIL "@ TXT \"" text "\"\n"

static const struct {
	const char *zone;
	enum step_id step;
	const char *name;
	enum rr_type type;
	enum dns_outcome outcome;
	bool bogus;
	const char *faults;
	const char *suggested;
} cases[] = {
	{ MAIL, STEP_SPF, "example.org", RR_TXT, DNS_BROKEN, false,
	    "dns-failed", "" },
	{ MAIL, STEP_SPF, "example.org", RR_TXT, DNS_SILENT, false,
	    "dns-timeout", "" },
	{ MAIL, STEP_SPF, "example.org", RR_TXT, DNS_BROKEN, true, "dns-bogus",
	    "" },
	{ RECORD("v=spf1 mx -all"), STEP_SPF, "example.org", RR_MX, DNS_BROKEN,
	    false, "dns-failed", "" },
	{ RECORD("v=spf1 ip4:5.9.8.7 -all"), STEP_SPF, "mail.example.org", 0,
	    DNS_SILENT, false, "dns-timeout", "" },
	{ RECORD("v=spf1 mx include:_spf.example.net -all"), STEP_SPF,
	    "_spf.example.net", RR_TXT, DNS_BROKEN, false, "dns-failed", "" },
	{ RECORD("v=spf1 mx include:_spf.example.net -all"), STEP_SPF,
	    "_spf.example.net", RR_TXT, DNS_SILENT, false, "dns-timeout", "" },
	/* no record, and nobody knows who sends */
	{ MAIL, STEP_SPF, "example.org", RR_MX, DNS_SILENT, false,
	    "spf-missing dns-timeout", "" },
	/* a fault that is seen is told, what is unknown is kept */
	{ RECORD("v=spf1 mx include:_spf.example.net +all"), STEP_SPF,
	    "_spf.example.net", RR_TXT, DNS_BROKEN, false,
	    "spf-plus-all dns-failed",
	    "example.org TXT v=spf1 mx include:_spf.example.net ~all" },
	/* a wrong place that cannot be looked at is no fault */
	{ MAIL, STEP_SPF, "example.org.example.org", RR_TXT, DNS_BROKEN, false,
	    "spf-missing", "example.org TXT v=spf1 mx ~all" },

	{ MAIL, STEP_DOMAIN, "example.org", 0, DNS_BROKEN, false, "dns-failed",
	    "" },
	{ MAIL, STEP_DOMAIN, "example.org", 0, DNS_SILENT, false, "dns-timeout",
	    "" },
	{ MAIL, STEP_DOMAIN, "example.org", RR_MX, DNS_BROKEN, true,
	    "dns-bogus", "" },
	{ MAIL, STEP_DOMAIN, "mail.example.org", RR_A, DNS_SILENT, false,
	    "dns-timeout", "" },
	{ MAIL, STEP_DOMAIN, "mail.example.org", RR_AAAA, DNS_BROKEN, false,
	    "dns-failed", "" },
	{ MAIL, STEP_DOMAIN, "7.8.9.5.in-addr.arpa", RR_PTR, DNS_SILENT, false,
	    "dns-timeout", "" },
	{ MAIL, STEP_DOMAIN, "7.8.9.5.in-addr.arpa", RR_PTR, DNS_BROKEN, false,
	    "dns-failed", "" },
	{ "@ MX 10 mail\nmail A 5.9.8.7\n"
	  "7.8.9.5.in-addr.arpa. PTR out.example.net.\n",
	    STEP_DOMAIN, "out.example.net", RR_A, DNS_SILENT, false,
	    "dns-timeout", "" },
};

static void
test_could_not_look(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct judged j;
		struct resolver *dns = troubled(cases[i].zone, cases[i].name,
		    cases[i].type, cases[i].outcome, cases[i].bogus);

		judge_with(&j, dns, cases[i].step, NULL);
		j.dns = dns;
		if (strcmp(judged_faults(&j), cases[i].faults) != 0)
			fail_msg("case %zu: %s", i, judged_faults(&j));
		if (strcmp(judged_suggested(&j), cases[i].suggested) != 0)
			fail_msg("case %zu: %s", i, judged_suggested(&j));
		assert_int_not_equal(j.report.status, SEV_PASS);
		judged_end(&j);
	}
}

/* The address of somebody else's MX host: does the sender pass, or not? */
static void
test_a_sender_of_unknown_fate(void **state)
{
	struct target target = { .nsending = 1 };
	struct judged j;
	struct resolver *dns = troubled("@ MX 10 mx.example.net.\n"
					"@ TXT \"v=spf1 mx -all\"\n",
	    "mx.example.net", RR_A, DNS_BROKEN, false);

	(void)state;
	assert_true(ip_parse(str_of("5.9.8.7"), &target.sending[0]));
	judge_with(&j, dns, STEP_SPF, &target);
	j.dns = dns;
	assert_string_equal(judged_ids(&j), "dns-failed");
	assert_string_equal(judged_suggested(&j), "");
	judged_end(&j);
}

static void
test_words_of_the_steps(void **state)
{
	enum step_id step;

	(void)state;
	for (int i = 0; i < STEP_COUNT; i++) {
		assert_true(
		    step_by_word(str_of(step_word((enum step_id)i)), &step));
		assert_int_equal(step, i);
	}
	assert_string_equal(step_word(STEP_DOMAIN), "domain");
	assert_string_equal(step_word(STEP_SPF), "spf");
	assert_string_equal(step_word(STEP_DMARC), "dmarc");
	assert_true(step_by_word(str_of("SPF"), &step));
	assert_false(step_by_word(str_of(""), &step));
	assert_false(step_by_word(str_of("spfx"), &step));
}

/* Two servers of one zone that say different things. */
#define SERVERS                                                                \
	"@ 300 SOA ns1 hostmaster 1 3600 900 604800 60\n"                      \
	"@ NS ns1\n@ NS ns2\nns1 A 127.0.0.71\nns2 A 127.0.0.72\n"             \
	"mail A 127.0.0.79\n"

static void
test_servers_disagree(void **state)
{
	static const struct zone_source first = { "example.org",
		SERVERS "@ MX 10 mail\n@ TXT \"v=spf1 mx -all\"\n"
			"@ TXT \"one\"\n" };
	static const struct zone_source second = { "example.org",
		SERVERS "@ MX 20 mail\n@ TXT \"v=spf1 mx ~all\"\n"
			"@ TXT \"two\"\n" };
	static const struct zone_source alike = { "example.org",
		SERVERS "@ MX 10 mail\n@ TXT \"v=spf1 mx -all\"\n"
			"@ TXT \"two\"\n" };
	struct server *one, *two;
	struct arena *arena = arena_new();
	struct dns_server at;
	struct target target = { .authoritative = true };
	struct judged j;

	(void)state;
	NEED_SERVERS();
	one = nsd_start_at("127.0.0.71", 0, &first, 1);
	two = nsd_start_at("127.0.0.72", one->port, &second, 1);
	target.authoritative_port = one->port;
	assert_null(dns_server_parse(arena, str_of(one->at), &at));
	for (int step = STEP_DOMAIN; step <= STEP_SPF; step++) {
		struct resolver *dns = resolver_network(&at, 1);
		const struct finding *finding;

		judge_with(&j, dns, (enum step_id)step, &target);
		j.dns = dns;
		finding = judged_finding(&j, "dns-servers-disagree");
		assert_non_null(finding);
		assert_string_equal(finding->detail[1],
		    step == STEP_DOMAIN
			? "ns1.example.org (127.0.0.71): 10 "
			  "mail.example.org.; ns2.example.org (127.0.0.72): "
			  "20 mail.example.org."
			: "ns1.example.org (127.0.0.71): v=spf1 mx -all; "
			  "ns2.example.org (127.0.0.72): v=spf1 mx ~all");
		if (step == STEP_SPF)
			assert_string_equal(judged_suggested(&j), "");
		judged_end(&j);
	}
	nsd_reload(two, &alike, 1);
	for (int step = STEP_DOMAIN; step <= STEP_SPF; step++) {
		struct resolver *dns = resolver_network(&at, 1);

		judge_with(&j, dns, (enum step_id)step, &target);
		j.dns = dns;
		assert_null(judged_finding(&j, "dns-servers-disagree"));
		judged_end(&j);
	}
	server_stop(two);
	server_stop(one);
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_could_not_look),
		cmocka_unit_test(test_a_sender_of_unknown_fate),
		cmocka_unit_test(test_words_of_the_steps),
		cmocka_unit_test(test_servers_disagree),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
