/* The step "domain": each finding, and the records that repair it. */
#include "../harness/unit.h"

#include <string.h>

#include "../../checks/ptr_name.h"
#include "../harness/judged.h"

#define SOA                                                                    \
	"@ SOA ns1 hostmaster 1 7200 3600 1209600 3600\n"                      \
	"@ NS ns1\nns1 A 192.0.2.53\n"
#define GOOD_MX	   "@ MX 10 mail\nmail A 192.0.2.25\n"
#define GOOD_PTR   "25.2.0.192.in-addr.arpa. PTR mail.example.org.\n"
#define PUBLIC_MX  "@ MX 10 mail\nmail A 5.9.8.7\n"
#define PUBLIC_PTR "7.8.9.5.in-addr.arpa. PTR mail.example.org.\n"

static const struct {
	const char *zone;
	const char *ids; /* all of them, in order */
	const char *suggested; /* NULL: nothing */
	const char *sending; /* an address; NULL: the MX hosts */
	const char *helo;
	const char *host;
	bool receives_nothing;
	bool stays; /* records alone cannot repair all of it */
} cases[] = {
	{ .zone = SOA PUBLIC_MX PUBLIC_PTR, .ids = "domain-ok" },
	{ .zone = SOA GOOD_MX GOOD_PTR, .ids = "mx-private-address domain-ok" },
	{ .zone = "other.example. A 192.0.2.1\n",
	    .ids = "domain-missing",
	    .stays = true },

	/* MX */
	{ .zone = SOA "@ A 5.9.8.7\n",
	    .ids = "mx-missing",
	    .suggested = "example.org MX 10 example.org.\n"
			 "7.8.9.5.in-addr.arpa PTR example.org." },
	{ .zone = SOA "@ A 5.9.8.1\nmail A 5.9.8.7\n" PUBLIC_PTR,
	    .ids = "mx-missing",
	    .suggested = "example.org MX 10 mail.example.org." },
	{ .zone = SOA, .ids = "mx-missing", .stays = true },
	{ .zone = SOA,
	    .ids = "mx-missing",
	    .receives_nothing = true,
	    .suggested = "example.org MX 0 ." },
	{ .zone = SOA "@ MX 0 .\n", .ids = "mx-null", .stays = true },
	{ .zone = SOA "@ MX 0 .\n",
	    .ids = "mx-null domain-ok",
	    .receives_nothing = true },
	{ .zone = SOA PUBLIC_MX PUBLIC_PTR "@ MX 0 .\n",
	    .ids = "mx-null",
	    .suggested = "example.org MX 10 mail.example.org." },
	{ .zone = SOA "@ MX 10 5.9.8.7.\n",
	    .ids = "mx-is-address",
	    .suggested = "example.org MX 10 mail.example.org.\n"
			 "mail.example.org A 5.9.8.7\n"
			 "7.8.9.5.in-addr.arpa PTR mail.example.org." },
	{ .zone = SOA "@ MX 10 5.9.8.7\n" PUBLIC_PTR,
	    .ids = "mx-is-address",
	    .suggested = "example.org MX 10 mail.example.org.\n"
			 "mail.example.org A 5.9.8.7" },
	{ .zone = SOA "@ MX 10 [5.9.8.7].\nmail A 5.9.8.9\n"
		      "7.8.9.5.in-addr.arpa. PTR mx.example.org.\n",
	    .ids = "mx-is-address",
	    .suggested = "example.org MX 10 mx.example.org.\n"
			 "mx.example.org A 5.9.8.7" },
	{ .zone =
		SOA "@ MX 10 www\nwww CNAME mail\nmail A 5.9.8.7\n" PUBLIC_PTR,
	    .ids = "mx-is-cname",
	    .suggested = "example.org MX 10 mail.example.org." },
	{ .zone = SOA "@ MX 10 www\nwww CNAME gone\n",
	    .ids = "mx-is-cname mx-no-address",
	    .stays = true },
	{ .zone = SOA "@ MX 10 mail\n", .ids = "mx-no-address", .stays = true },
	{ .zone = SOA PUBLIC_MX PUBLIC_PTR "@ MX 20 old\n@ MX 30 ns.example.\n",
	    .ids = "mx-no-address",
	    .suggested = "example.org MX 10 mail.example.org." },
	{ .zone = SOA "@ MX 10 mail.example.org\nmail A 5.9.8.7\n" PUBLIC_PTR,
	    .ids = "mx-no-address",
	    .suggested = "example.org MX 10 mail.example.org." },
	{ .zone = SOA "@ MX 10 mail\nmail A 10.0.0.5\n",
	    .ids = "mx-private-address",
	    .stays = true },
	{ .zone = SOA
	    "@ MX 10 mail\nmail A 10.0.0.5\nmail A 5.9.8.7\n" PUBLIC_PTR,
	    .ids = "mx-private-address",
	    .suggested = "mail.example.org A 5.9.8.7" },
	{ .zone = SOA PUBLIC_MX PUBLIC_PTR "@ MX 20 in\nin AAAA fd00::5\n",
	    .ids = "mx-private-address",
	    .suggested = "example.org MX 10 mail.example.org." },
	{ .zone = "@ CNAME www.example.net.\nwww.example.net. A 5.9.8.7\n",
	    .ids = "dns-cname-conflict mx-missing",
	    .suggested = NULL,
	    .stays = true },
	{ .zone = "@ CNAME mail.example.net.\n"
		  "mail.example.net. MX 10 mx.example.net.\n"
		  "mx.example.net. A 5.9.8.7\n",
	    .ids = "domain-ok" },

	{ .zone = SOA "@ MX 10 5.9.8.7\n5.9.8.7 A 5.9.8.7\n"
		      "7.8.9.5.in-addr.arpa. PTR 5.9.8.7.example.org.\n",
	    .ids = "ptr-generic",
	    .stays = true },
	{ .zone = SOA PUBLIC_MX PUBLIC_PTR,
	    .receives_nothing = true,
	    .ids = "domain-ok" },
	{ .zone = SOA PUBLIC_MX PUBLIC_PTR "@ MX 0 .\n",
	    .receives_nothing = true,
	    .ids = "mx-null",
	    .suggested = "example.org MX 0 ." },

	/* the host that clients use */
	{ .zone = SOA PUBLIC_MX PUBLIC_PTR,
	    .host = "imap.example.org",
	    .ids = "host-no-address",
	    .stays = true },
	{ .zone = SOA PUBLIC_MX PUBLIC_PTR "imap A 192.168.1.2\n",
	    .host = "imap.example.org",
	    .ids = "host-private-address",
	    .stays = true },
	{ .zone =
		SOA PUBLIC_MX PUBLIC_PTR "imap A 192.168.1.2\nimap A 5.9.8.7\n",
	    .host = "imap.example.org",
	    .ids = "host-private-address",
	    .suggested = "imap.example.org A 5.9.8.7" },
	{ .zone = SOA PUBLIC_MX PUBLIC_PTR "imap CNAME mail\n",
	    .host = "imap.example.org",
	    .ids = "domain-ok" },

	/* names of sending addresses */
	{ .zone = SOA PUBLIC_MX,
	    .ids = "ptr-missing",
	    .suggested = "7.8.9.5.in-addr.arpa PTR mail.example.org." },
	{ .zone = SOA PUBLIC_MX PUBLIC_PTR "mail AAAA 2a01::7\n",
	    .ids = "ptr-missing",
	    .suggested = "7.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0."
			 "0.0.0.0.0.0.0.0.0.0.0.0.1.0.a.2.ip6.arpa "
			 "PTR mail.example.org." },
	{ .zone = SOA PUBLIC_MX "7.8.9.5.in-addr.arpa. PTR gone.example.net.\n",
	    .ids = "ptr-mismatch",
	    .suggested = "7.8.9.5.in-addr.arpa PTR mail.example.org." },
	{ .zone = SOA PUBLIC_MX PUBLIC_PTR
	    "9.8.9.5.in-addr.arpa. PTR out.example.org.\nout A 5.9.8.1\n",
	    .sending = "5.9.8.9",
	    .ids = "ptr-mismatch",
	    .suggested = "out.example.org A 5.9.8.1\n"
			 "out.example.org A 5.9.8.9" },
	{ .zone = SOA PUBLIC_MX "7.8.9.5.in-addr.arpa. PTR gone.example.net.\n"
				"7.8.9.5.in-addr.arpa. PTR mail.example.org.\n",
	    .ids = "domain-ok" },
	{ .zone = SOA PUBLIC_MX
	    "7.8.9.5.in-addr.arpa. CNAME 7.0-15.8.9.5.in-addr.arpa.\n"
	    "7.0-15.8.9.5.in-addr.arpa. PTR mail.example.org.\n",
	    .ids = "domain-ok" },
	{ .zone = SOA PUBLIC_MX
	    "7.8.9.5.in-addr.arpa. PTR 5-9-8-7.dsl.example.net.\n"
	    "5-9-8-7.dsl.example.net. A 5.9.8.7\n",
	    .ids = "ptr-generic",
	    .suggested = "7.8.9.5.in-addr.arpa PTR mail.example.org." },
	{ .zone = SOA PUBLIC_MX PUBLIC_PTR,
	    .sending = "5.9.8.9",
	    .ids = "ptr-missing",
	    .stays = true },

	/* the name in EHLO */
	{ .zone = SOA PUBLIC_MX PUBLIC_PTR,
	    .helo = "mail.example.org",
	    .ids = "domain-ok" },
	{ .zone = SOA PUBLIC_MX PUBLIC_PTR,
	    .helo = "MAILSERVER",
	    .ids = "helo-mismatch",
	    .stays = true },
	{ .zone = SOA PUBLIC_MX PUBLIC_PTR,
	    .helo = "[5.9.8.7]",
	    .ids = "helo-mismatch",
	    .stays = true },
	{ .zone = SOA PUBLIC_MX PUBLIC_PTR,
	    .helo = "ex01.corp.local",
	    .ids = "helo-mismatch",
	    .stays = true },
	{ .zone = SOA PUBLIC_MX PUBLIC_PTR "www A 5.9.8.1\n",
	    .helo = "www.example.org",
	    .ids = "helo-mismatch",
	    .stays = true },
	{ .zone = SOA PUBLIC_MX PUBLIC_PTR "smtp A 5.9.8.7\n",
	    .helo = "smtp.example.org",
	    .ids = "helo-mismatch",
	    .suggested = "7.8.9.5.in-addr.arpa PTR smtp.example.org." },
	/* two servers, each with a name of its own */
	{ .zone = SOA PUBLIC_MX PUBLIC_PTR
	    "@ MX 20 mx2\nmx2 A 5.9.8.8\n"
	    "8.8.9.5.in-addr.arpa. PTR mx2.example.org.\n",
	    .helo = "mx2.example.org",
	    .ids = "domain-ok" },
};

static void
target_of(size_t i, struct target *out)
{
	*out = (struct target){
		.helo = cases[i].helo,
		.host = cases[i].host,
		.receives_nothing = cases[i].receives_nothing,
	};
	if (cases[i].sending != NULL)
		assert_true(ip_parse(
		    str_of(cases[i].sending), &out->sending[out->nsending++]));
}

static void
test_each_finding(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct judged j;
		struct target target;

		target_of(i, &target);
		judge(&j, cases[i].zone, STEP_DOMAIN, &target);
		if (strcmp(judged_ids(&j), cases[i].ids) != 0)
			fail_msg("%s: %s", cases[i].zone, judged_ids(&j));
		if (strcmp(judged_suggested(&j),
			cases[i].suggested == NULL ? "" : cases[i].suggested) !=
		    0)
			fail_msg("%s: suggests %s", cases[i].zone,
			    judged_suggested(&j));
		if (j.report.nsuggested > 0)
			judge_suggested(&j);
		if (!cases[i].stays && judged_faults(&j)[0] != '\0')
			fail_msg("%s: with %s still: %s", cases[i].zone,
			    cases[i].suggested, judged_faults(&j));
		judged_end(&j);
	}
}

/* Zones made by chance from these. */
static const char *const lines[] = { "@ MX 10 mail\n", "@ MX 10 mail\n",
	"@ MX 20 mx2\n", "@ MX 20 old\n", "@ MX 30 www\n", "@ MX 0 .\n",
	"@ MX 5 5.9.8.9.\n", "@ MX 5 5.9.8.9\n", "@ MX 10 mail.example.org\n",
	"@ MX 40 mx.example.net.\n", "mx.example.net. A 5.1.1.1\n",
	"mail A 5.9.8.7\n", "mail A 5.9.8.7\n", "mail A 10.0.0.1\n",
	"mail AAAA 2a01::7\n", "mx2 A 5.9.8.8\n", "mx2 A 192.168.0.1\n",
	"www CNAME mail\n", "www CNAME gone\n", "@ A 5.9.8.1\n",
	"mx A 5.9.8.6\n", "7.8.9.5.in-addr.arpa. PTR mail.example.org.\n",
	"7.8.9.5.in-addr.arpa. PTR other.example.org.\n",
	"7.8.9.5.in-addr.arpa. PTR 5-9-8-7.dsl.example.net.\n",
	"8.8.9.5.in-addr.arpa. PTR gone.example.net.\n",
	"9.8.9.5.in-addr.arpa. PTR mail.example.org.\n", "other A 5.9.8.2\n",
	"5-9-8-7.dsl.example.net. A 5.9.8.7\n", "imap A 10.1.1.1\n",
	"imap A 5.9.8.5\n", "smtp A 5.9.8.7\n" };

static uint32_t
chance(uint32_t *state)
{
	*state = *state * 1664525u + 1013904223u;
	return *state >> 8;
}

static unsigned int
count_bad(const struct judged *j)
{
	return j->report.findings.count[SEV_FAIL] +
	    j->report.findings.count[SEV_WARN];
}

/* What is suggested adds no fault, and nothing more is suggested then. */
static void
test_zones_made_by_chance(void **state)
{
	static const char *const helos[] = { NULL, NULL, "mail.example.org",
		"smtp.example.org", "srv" };
	static const char *const hosts[] = { NULL, NULL, "imap.example.org",
		"mail.example.org" };
	uint32_t seed = 20261124;

	(void)state;
	for (int i = 0; i < 1500; i++) {
		struct arena *arena = arena_new();
		const char *zone = SOA;
		size_t n = 3 + chance(&seed) % 12;
		struct target target = {
			.helo = helos[chance(&seed) % COUNT(helos)],
			.host = hosts[chance(&seed) % COUNT(hosts)],
			.receives_nothing = chance(&seed) % 16 == 0,
			.sends_nothing = chance(&seed) % 16 == 0,
		};
		struct judged j;
		unsigned int before;

		while (n-- > 0)
			zone = arena_printf(arena, "%s%s", zone,
			    lines[chance(&seed) % COUNT(lines)]);
		judge(&j, zone, STEP_DOMAIN, &target);
		before = count_bad(&j);
		if (before == 0)
			assert_int_equal(j.report.nsuggested, 0);
		if (j.report.nsuggested > 0) {
			const char *first = judged_suggested(&j);
			const char *faults = judged_ids(&j);

			judge_suggested(&j);
			if (count_bad(&j) > before || j.report.nsuggested > 0)
				fail_msg("%s\n%s\n%s ->\n%s\nthen %s", zone,
				    faults, first, judged_ids(&j),
				    judged_suggested(&j));
		}
		judged_end(&j);
		arena_free(arena);
	}
}

static void
test_what_is_published_is_shown(void **state)
{
	struct judged j;
	const struct finding *finding;

	(void)state;
	judge(&j, SOA "@ MX 10 mail\n@ MX 20 gone\nmail A 10.0.0.1\n",
	    STEP_DOMAIN, NULL);
	assert_string_equal(judged_published(&j),
	    "example.org MX 10 mail.example.org.\n"
	    "example.org MX 20 gone.example.org.\n"
	    "mail.example.org A 10.0.0.1");
	finding = judged_finding(&j, "mx-no-address");
	assert_true(finding->has_record);
	assert_int_equal(finding->record, 1);
	assert_int_equal(finding->at.from, 3);
	assert_int_equal(finding->at.to, 20);
	finding = judged_finding(&j, "mx-private-address");
	assert_int_equal(finding->record, 2);
	judged_end(&j);
}

static const struct {
	const char *name;
	const char *ip;
	bool generic;
} names[] = {
	{ "mail.example.org", "192.0.2.25", false },
	{ "mx1.static.example.net", "192.0.2.25", false },
	{ "mail25.example.org", "192.0.2.25", false },
	{ "a8-29.smtp-out.amazonses.com", "54.240.8.29", false },
	{ "static.25.2.0.192.clients.your-server.de", "192.0.2.25", true },
	{ "192-0-2-25.example.net", "192.0.2.25", true },
	{ "25.2.0.192.example.net", "192.0.2.25", true },
	{ "ip-192-000-002-025.example.net", "192.0.2.25", true },
	{ "host192000002025.example.net", "192.0.2.25", true },
	{ "c0000219.example.net", "192.0.2.25", true },
	{ "dyn1234.provider.example.net", "192.0.2.25", true },
	{ "p54a1.dip0.t-ipconnect.de", "192.0.2.25", false },
	{ "x.pool.example.net", "192.0.2.25", true },
	{ "ppp7.example.net", "192.0.2.25", true },
	{ "mail.dsl.net", "192.0.2.25", false },
	{ "mail.example.org", "2001:db8::25", false },
	{ "2001-db8-0000-0000-0000-0000-0000-0025.example.net", "2001:db8::25",
	    true },
	{ "dsl.org", "192.0.2.25", false },
	{ "", "192.0.2.25", false },
};

static void
test_generic_names(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(names); i++) {
		struct ip ip;

		assert_true(ip_parse(str_of(names[i].ip), &ip));
		if (ptr_name_is_generic(names[i].name, ip) != names[i].generic)
			fail_msg("%s", names[i].name);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_finding),
		cmocka_unit_test(test_what_is_published_is_shown),
		cmocka_unit_test(test_generic_names),
		cmocka_unit_test(test_zones_made_by_chance),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
