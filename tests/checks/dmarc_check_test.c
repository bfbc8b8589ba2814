/* The step "dmarc": what is said, what is proposed, and that it mends. */
#include "../harness/unit.h"

#include <string.h>

#include "../harness/judged.h"
#include "../harness/responder.h"

#define RUA	 "rua=mailto:dmarc-reports@example.org"
#define GOOD	 "v=DMARC1; p=reject; " RUA
#define MX	 "@ MX 10 mail\nmail A 5.9.8.7\n"
#define AT(text) MX "_dmarc TXT \"" text "\"\n"
#define FIRST	 "v=DMARC1; p=none; " RUA

static const struct row {
	const char *zone;
	const char *ids; /* worse than a note */
	const char *suggested; /* at _dmarc; NULL: nothing */
	const char *left; /* ids with it in place */
} rows[] = {
	{ AT(GOOD), "", NULL, "" },
	{ AT("v=DMARC1;p=reject;" RUA ";"), "", NULL, "" },
	{ AT("v = DMARC1 ; p = quarantine ; " RUA), "", NULL, "" },
	{ AT("v=DMARC1; p=Reject; " RUA), "", NULL, "" },
	{ AT(GOOD "; fo=1; ruf=mailto:a@example.org; adkim=s; aspf=r"), "",
	    NULL, "" },
	{ AT(GOOD "; fo=1; x=y"), "", NULL, "" },
	/* the stage of p=none: no record is better than patience */
	{ AT(FIRST), "dmarc-policy-none", NULL, "dmarc-policy-none" },
	{ AT(FIRST "; sp=none; adkim=r"), "dmarc-policy-none", NULL,
	    "dmarc-policy-none" },
	{ AT(GOOD "; t=y"), "dmarc-testing", NULL, "dmarc-testing" },
	{ AT(FIRST "; t=y"), "dmarc-policy-none", NULL, "dmarc-policy-none" },
	{ AT(GOOD "; sp=none"), "dmarc-subdomain-weaker", NULL,
	    "dmarc-subdomain-weaker" },
	{ AT(GOOD "; np=none"), "dmarc-subdomain-weaker", NULL,
	    "dmarc-subdomain-weaker" },
	{ AT(GOOD "; sp=quarantine; np=reject"), "dmarc-subdomain-weaker", NULL,
	    "dmarc-subdomain-weaker" },
	/* nothing there */
	{ MX, "dmarc-missing", FIRST, "dmarc-policy-none" },
	{ "@ MX 0 .\n", "dmarc-missing", "v=DMARC1; p=reject", "" },
	{ "@ A 5.9.8.7\n", "dmarc-missing", "v=DMARC1; p=none",
	    "dmarc-policy-none dmarc-no-reports" },
	{ MX "_dmarc TXT \"v=spf1 -all\"\n", "dmarc-missing", FIRST,
	    "dmarc-policy-none" },
	{ MX "_dmarc TXT \"some words\"\n", "dmarc-missing", FIRST,
	    "dmarc-policy-none" },
	/* several */
	{ AT(GOOD) "_dmarc TXT \"v=DMARC1; p=none; rua=mailto:b@example.org\"\n",
	    "dmarc-multiple",
	    "v=DMARC1; p=none; "
	    "rua=mailto:dmarc-reports@example.org,mailto:b@example.org",
	    "dmarc-policy-none" },
	{ AT(GOOD) "_dmarc TXT \"google-site-verification=x\"\n", "", NULL,
	    "" },
	/* the version */
	{ AT("v=dmarc1; p=reject; " RUA), "dmarc-syntax", GOOD, "" },
	{ AT("v=DMARC2; p=reject; " RUA), "dmarc-syntax", GOOD, "" },
	{ AT("v=DMARC1 p=reject; " RUA), "dmarc-syntax", GOOD, "" },
	{ AT("v=DMARC1, p=reject, " RUA), "dmarc-syntax", GOOD, "" },
	{ AT("p=reject; v=DMARC1; " RUA), "dmarc-syntax", GOOD, "" },
	{ AT("p=reject; " RUA), "dmarc-syntax", GOOD, "" },
	{ AT("V=DMARC1; p=reject; " RUA), "dmarc-syntax", GOOD, "" },
	{ AT("v=DMARC1; P=reject; " RUA), "dmarc-syntax", GOOD, "" },
	/* marks in the way */
	{ AT(" v=DMARC1; p=reject; " RUA), "dmarc-quoted", GOOD, "" },
	{ AT("\\\"v=DMARC1; p=reject; " RUA "\\\""), "dmarc-quoted", GOOD, "" },
	{ AT("v=DMARC1\\\\; p=reject\\\\; " RUA), "dmarc-quoted", GOOD, "" },
	{ AT("\\226\\128\\156v=DMARC1; p=reject; " RUA "\\226\\128\\157"),
	    "dmarc-quoted", GOOD, "" },
	/* the policy */
	{ AT("v=DMARC1; " RUA), "dmarc-no-policy", FIRST, "dmarc-policy-none" },
	{ AT("v=DMARC1"), "dmarc-no-policy dmarc-no-reports", FIRST,
	    "dmarc-policy-none" },
	{ AT("v=DMARC1; policy=reject; " RUA), "dmarc-no-policy", GOOD, "" },
	{ AT("v=DMARC1; p=rejct; " RUA), "dmarc-bad-policy", GOOD, "" },
	{ AT("v=DMARC1; p=; " RUA), "dmarc-bad-policy", FIRST,
	    "dmarc-policy-none" },
	{ AT("v=DMARC1; p=whatever; " RUA), "dmarc-bad-policy", FIRST,
	    "dmarc-policy-none" },
	{ AT("v=DMARC1; p=reject " RUA), "dmarc-bad-policy dmarc-no-reports",
	    GOOD, "" },
	{ AT("v=DMARC1; p=reject; sp=rejected; " RUA), "dmarc-bad-policy",
	    "v=DMARC1; p=reject; sp=reject; " RUA, "" },
	{ AT("v=DMARC1; p=reject; np=x; " RUA), "dmarc-bad-policy", GOOD, "" },
	{ AT("v=DMARC1; p reject; " RUA), "dmarc-syntax dmarc-no-policy", GOOD,
	    "" },
	{ AT("v=DMARC1; p=reject; p=none; " RUA), "dmarc-syntax", GOOD, "" },
	{ AT("v=DMARC1; p=reject; nonsense; " RUA), "dmarc-syntax", GOOD, "" },
	{ AT("v=DMARC1; " RUA "; p=reject"), "dmarc-order", GOOD, "" },
	/* other values */
	{ AT("v=DMARC1; p=reject; adkim=strict; " RUA), "dmarc-bad-value",
	    "v=DMARC1; p=reject; adkim=s; " RUA, "" },
	{ AT("v=DMARC1; p=reject; aspf=x; " RUA), "dmarc-bad-value", GOOD, "" },
	{ AT("v=DMARC1; p=reject; psd=x; " RUA), "dmarc-bad-value", GOOD, "" },
	{ AT(GOOD "; ruf=mailto:a@example.org; fo=2"), "dmarc-bad-value",
	    GOOD "; ruf=mailto:a@example.org", "" },
	{ AT(GOOD "; pct=100"), "dmarc-removed-tag", GOOD, "" },
	{ AT(GOOD "; rf=afrf; ri=3600"), "dmarc-removed-tag", GOOD, "" },
	{ AT(GOOD "; pct=0"), "dmarc-removed-tag",
	    "v=DMARC1; p=reject; t=y; " RUA, "dmarc-testing" },
	/* reports */
	{ AT("v=DMARC1; p=reject"), "dmarc-no-reports", GOOD, "" },
	{ AT("v=DMARC1; p=reject; rua="), "dmarc-bad-value dmarc-no-reports",
	    GOOD, "" },
	{ "@ MX 0 .\n_dmarc TXT \"v=DMARC1; p=reject\"\n", "", NULL, "" },
	{ AT("v=DMARC1; p=reject; rua=dmarc-reports@example.org"),
	    "dmarc-report-uri", GOOD, "" },
	{ AT("v=DMARC1; p=reject; rua=mailto: dmarc-reports@example.org"),
	    "dmarc-report-uri", GOOD, "" },
	{ AT("v=DMARC1; p=reject; rau=mailto:dmarc-reports@example.org"),
	    "dmarc-no-reports", GOOD, "" },
	{ AT(GOOD "!10m"), "dmarc-report-uri", GOOD, "" },
	{ AT(GOOD ",https://example.org/x"), "dmarc-report-uri", GOOD, "" },
	{ AT("v=DMARC1; p=reject; rua=mailto:"), "dmarc-report-uri", GOOD, "" },
	{ AT("v=DMARC1; p=reject; rua=mailto:a@nomail.example.org") "nomail A 5.9.8.7\n",
	    "dmarc-report-no-mx", NULL, "dmarc-report-no-mx" },
	{ AT("v=DMARC1; p=reject; rua=mailto:a@x.example.org") "x MX 0 .\n",
	    "dmarc-report-no-mx", NULL, "dmarc-report-no-mx" },
	/* at a wrong name */
	{ MX "@ TXT \"" GOOD "\"\n", "dmarc-misplaced", GOOD, "" },
	{ MX "_dmarc.example.org TXT \"" GOOD "\"\n", "dmarc-misplaced", GOOD,
	    "" },
	{ MX "_dmarc._dmarc TXT \"" GOOD "\"\n", "dmarc-misplaced", GOOD, "" },
	{ MX "dmarc TXT \"v=DMARC1; p=rejct; " RUA "\"\n", "dmarc-misplaced",
	    GOOD, "" },
	{ AT(GOOD) "@ TXT \"v=DMARC1; p=none\"\n", "", NULL, "" },
	/* a slip beside a record harms less */
	{ AT(GOOD) "_dmarc TXT \"\\\"v=DMARC1; p=none\\\"\"\n", "dmarc-quoted",
	    GOOD, "" },
};

static void
check_row(const struct row *row, size_t i)
{
	struct judged j;
	const char *wanted = "";

	judge(&j, row->zone, STEP_DMARC, NULL);
	if (strcmp(judged_faults(&j), row->ids) != 0)
		fail_msg("row %zu: \"%s\", not \"%s\"\n%s", i,
		    judged_faults(&j), row->ids, row->zone);
	if (row->suggested != NULL)
		wanted = arena_printf(
		    j.run.arena, "_dmarc.example.org TXT %s", row->suggested);
	if (strcmp(judged_suggested(&j), wanted) != 0)
		fail_msg("row %zu: \"%s\", not \"%s\"\n%s", i,
		    judged_suggested(&j), wanted, row->zone);
	judge_suggested(&j);
	if (strcmp(judged_faults(&j), row->left) != 0)
		fail_msg("row %zu, mended: \"%s\", not \"%s\"\n%s", i,
		    judged_faults(&j), row->left, row->zone);
	assert_int_equal(j.report.findings.count[SEV_FAIL], 0);
	assert_int_equal(j.report.nsuggested, 0);
	if (row->left[0] == '\0')
		assert_non_null(judged_finding(&j, "dmarc-ok"));
	judged_end(&j);
}

static void
what_is_suggested_mends(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		check_row(&rows[i], i);
}

/* The part of the record that a finding is about. */
static const struct {
	const char *record;
	const char *id;
	const char *part;
} parts[] = {
	{ "v=DMARC1; p=rejct; " RUA, "dmarc-bad-policy", "p=rejct" },
	{ "v=DMARC1; p=none ; " RUA, "dmarc-policy-none", "p=none" },
	{ "v=DMARC1; p=reject; adkim = x ; " RUA, "dmarc-bad-value",
	    "adkim = x" },
	{ "v=DMARC1; p=reject; pct=20; " RUA, "dmarc-removed-tag", "pct=20" },
	{ "v=DMARC1; p=reject; rua=mailto:a@example.org,b@example.org",
	    "dmarc-report-uri", "b@example.org" },
	{ "v=DMARC1; p=reject; " RUA "; x=1;", "dmarc-unknown-tag", "x=1" },
	{ "v=DMARC1; p=reject; " RUA "; fo=d;", "dmarc-fo-without-ruf",
	    "fo=d" },
	{ "v=DMARC1; p=reject; sp=none; " RUA, "dmarc-subdomain-weaker",
	    "sp=none" },
	{ "v=DMARC1; sp=reject; p=reject; " RUA, "dmarc-order", "sp=reject" },
	{ "v=DMARC1; p=reject; t=y; " RUA, "dmarc-testing", "t=y" },
	{ "v=DMARC1; p=reject; p=none; " RUA, "dmarc-syntax", "p=none" },
	{ "v=dmarc1; p=reject; " RUA, "dmarc-syntax", "v=dmarc1" },
	{ " v=DMARC1; p=reject; " RUA, "dmarc-quoted", " " },
	{ "v=DMARC1; p=reject; 'x'=\x80; " RUA, "dmarc-syntax", "'x'=\x80" },
	{ "v=DMARC1; " RUA, "dmarc-no-policy", "v=DMARC1; " RUA },
	{ "v=DMARC1; p=reject; rua=mailto:a@example.net", "dmarc-report-no-mx",
	    "mailto:a@example.net" },
	{ "v=DMARC1; p=reject; rua=mailto:a@example.net",
	    "dmarc-report-unauthorised", "mailto:a@example.net" },
};

static void
findings_point_at_their_part(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(parts); i++) {
		struct arena *arena = arena_new();
		const struct finding *f;
		const char *record = parts[i].record;
		struct judged j;

		judge(&j, arena_printf(arena, MX "_dmarc TXT \"%s\"\n", record),
		    STEP_DMARC, NULL);
		f = judged_finding(&j, parts[i].id);
		if (f == NULL)
			fail_msg("\"%s\": no %s", record, parts[i].id);
		assert_true(f->has_record);
		assert_int_equal(f->record, 0);
		assert_string_equal(
		    str_dup(
			arena, str_slice(str_of(record), f->at.from, f->at.to)),
		    parts[i].part);
		assert_string_equal(f->subject, "example.org");
		judged_end(&j);
		arena_free(arena);
	}
}

/* Reports to another organization. */
#define NET	"example.net. MX 10 mail.example.net.\n"
#define CONSENT "example.org._report._dmarc.example.net."
#define TO_NET	AT("v=DMARC1; p=reject; rua=mailto:a@example.net") NET

static const struct row consents[] = {
	{ TO_NET CONSENT " TXT \"v=DMARC1\"\n", "", "", "" },
	{ TO_NET CONSENT " TXT \"v=DMARC1;\"\n", "", "", "" },
	{ TO_NET "*._report._dmarc.example.net. TXT \"v=DMARC1\"\n", "", "",
	    "" },
	{ TO_NET CONSENT " TXT \"v=DMARC1; rua=mailto:b@example.net\"\n", "",
	    "", "" },
	{ TO_NET, "dmarc-report-unauthorised",
	    "example.org._report._dmarc.example.net TXT v=DMARC1", "" },
	{ TO_NET CONSENT " TXT \"hello\"\n", "dmarc-report-unauthorised",
	    "example.org._report._dmarc.example.net TXT v=DMARC1", "" },
	{ TO_NET CONSENT " TXT \"v=DMARC1; rua=mailto:b@example.com\"\n",
	    "dmarc-report-unauthorised",
	    "example.org._report._dmarc.example.net TXT v=DMARC1", "" },
	{ AT(GOOD "; ruf=mailto:a@example.net") NET,
	    "dmarc-report-unauthorised",
	    "example.org._report._dmarc.example.net TXT v=DMARC1", "" },
	/* of an address that has to be mended first */
	{ AT("v=DMARC1; p=reject; rua=a@example.net") NET, "dmarc-report-uri",
	    "_dmarc.example.org TXT v=DMARC1; p=reject; "
	    "rua=mailto:a@example.net\n"
	    "example.org._report._dmarc.example.net TXT v=DMARC1",
	    "" },
	{ MX "@ TXT \"v=DMARC1; p=reject; rua=mailto:a@example.net\"\n" NET,
	    "dmarc-misplaced",
	    "_dmarc.example.org TXT v=DMARC1; p=reject; "
	    "rua=mailto:a@example.net\n"
	    "example.org._report._dmarc.example.net TXT v=DMARC1",
	    "" },
	/* of the same organization: no consent needed */
	{ AT("v=DMARC1; p=reject; rua=mailto:a@mail.example.org") "mail MX 1 mail\n",
	    "", "", "" },
	{ AT("v=DMARC1; p=reject; psd=n; rua=mailto:a@x.example.org") "x MX 1 mail\n_dmarc.x TXT \"v=DMARC1; p=none; psd=n\"\n",
	    "dmarc-report-unauthorised",
	    "example.org._report._dmarc.x.example.org TXT v=DMARC1", "" },
};

static void
reports_elsewhere_need_consent(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(consents); i++) {
		struct judged j;

		judge(&j, consents[i].zone, STEP_DMARC, NULL);
		if (strcmp(judged_faults(&j), consents[i].ids) != 0)
			fail_msg("row %zu: %s", i, judged_faults(&j));
		assert_string_equal(
		    judged_suggested(&j), consents[i].suggested);
		judge_suggested(&j);
		assert_string_equal(judged_faults(&j), consents[i].left);
		judged_end(&j);
	}
}

/* A name below the record: what applies to it, and where that is mended. */
static const struct {
	const char *zone;
	const char *domain;
	const char *ids;
	const char *suggested;
} below[] = {
	{ AT(GOOD), "a.example.org", "", "" },
	{ AT(GOOD "; sp=none") "a A 5.9.8.7\n", "a.example.org",
	    "dmarc-policy-none dmarc-subdomain-weaker", "" },
	{ AT("v=DMARC1; p=rejct; " RUA), "a.example.org", "dmarc-bad-policy",
	    "_dmarc.example.org TXT " GOOD },
	{ AT(GOOD) "_dmarc.a TXT \"v=DMARC1; p=none; " RUA "\"\n",
	    "a.example.org", "dmarc-policy-none", "" },
	{ AT(GOOD) "_dmarc.a TXT \"v=DMARC1; p=quarantine; sp=none; " RUA
		   "\"\n",
	    "a.example.org", "", "" },
	{ AT(GOOD) "_dmarc.a TXT \"v=DMARC1; p=quarantine\"\n", "a.example.org",
	    "dmarc-no-reports",
	    "_dmarc.a.example.org TXT v=DMARC1; p=quarantine; " RUA },
	{ MX "a A 5.9.8.7\n", "a.example.org", "dmarc-missing",
	    "_dmarc.a.example.org TXT v=DMARC1; p=none" },
	{ "x A 5.9.8.7\n", "example.com", "domain-missing dmarc-missing",
	    "_dmarc.example.com TXT v=DMARC1; p=none" },
	/* only of a public suffix: older receivers see none */
	{ MX "_dmarc.org. TXT \"v=DMARC1; p=reject; psd=y\"\n", "example.org",
	    "dmarc-missing", "_dmarc.example.org TXT " FIRST },
	{ AT(GOOD) "_dmarc TXT \"v=DMARC1; p=none\"\na A 5.9.8.7\n",
	    "a.example.org", "dmarc-missing dmarc-multiple",
	    "_dmarc.a.example.org TXT v=DMARC1; p=none" },
	/* an alias that leads nowhere is replaced */
	{ MX "_dmarc CNAME gone\n", "example.org", "dmarc-missing",
	    "_dmarc.example.org TXT " FIRST },
	/* an alias: mended where it leads */
	{ MX "_dmarc CNAME r\nr TXT \"v=DMARC1; p=rejct; " RUA "\"\n",
	    "example.org", "dmarc-bad-policy", "r.example.org TXT " GOOD },
};

static void
names_below_and_aliases(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(below); i++) {
		struct target target = { .domain = below[i].domain };
		struct judged j;

		judge(&j, below[i].zone, STEP_DMARC, &target);
		if (strcmp(judged_faults(&j), below[i].ids) != 0 ||
		    strcmp(judged_suggested(&j), below[i].suggested) != 0)
			fail_msg("row %zu: %s / %s", i, judged_faults(&j),
			    judged_suggested(&j));
		judge_suggested(&j);
		assert_int_equal(j.report.findings.count[SEV_FAIL], 0);
		assert_int_equal(j.report.nsuggested, 0);
		judged_end(&j);
	}
}

#define TXT(owner, text)                                                       \
	.name = (owner), .answer = owner ". 300 TXT \"" text "\"\n"
#define MAIL                                                                   \
	{                                                                      \
		.name = "example.org", .type = RR_MX,                          \
		.answer = "example.org. 300 MX 1 mail.example.org.\n"          \
	}

static const struct {
	struct reply replies[4]; /* all others: NXDOMAIN */
	const char *ids;
	size_t suggested;
} troubles[] = {
	{ { MAIL, { .name = "_dmarc.example.org", .rcode = 2 } }, "dns-failed",
	    0 },
	{ { MAIL, { TXT("_dmarc.example.org", GOOD) },
	      { .name = "_dmarc.org", .rcode = 5 } },
	    "", 0 },
	{ { MAIL, { .name = "_dmarc.org", .rcode = 5 } }, "dmarc-missing", 1 },
	{ { MAIL,
	      { TXT("_dmarc.example.org",
		  "v=DMARC1; p=reject; rua=mailto:a@example.net") },
	      { .name = "example.org._report._dmarc.example.net", .rcode = 2 },
	      { .name = "example.net", .rcode = 2 } },
	    "dns-failed", 0 },
};

static void
what_dns_does_not_tell_is_said(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(troubles); i++) {
		struct reply replies[COUNT(troubles[i].replies) + 1];
		struct responder *responder;
		struct resolver *dns;
		struct judged j;
		size_t n = 0;

		while (n < COUNT(troubles[i].replies) &&
		    troubles[i].replies[n].name != NULL) {
			replies[n] = troubles[i].replies[n];
			n++;
		}
		replies[n++] = (struct reply){ .fault = R_NXDOMAIN };
		responder = responder_start("127.0.0.1", replies, n);
		dns = resolver_network(&responder->server, 1);
		judge_with(&j, dns, STEP_DMARC, NULL);
		if (strcmp(judged_faults(&j), troubles[i].ids) != 0)
			fail_msg("row %zu: %s", i, judged_faults(&j));
		assert_int_equal(j.report.nsuggested, troubles[i].suggested);
		judged_end(&j);
		resolver_free(dns);
		responder_stop(responder);
	}
}

static void
a_domain_that_sends_nothing(void **state)
{
	struct target target = { .sends_nothing = true };
	struct judged j;

	(void)state;
	judge(&j, MX, STEP_DMARC, &target);
	assert_string_equal(
	    judged_suggested(&j), "_dmarc.example.org TXT v=DMARC1; p=reject");
	judge_suggested(&j);
	assert_string_equal(judged_ids(&j), "dmarc-ok");
	judged_end(&j);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_suggested_mends),
		cmocka_unit_test(findings_point_at_their_part),
		cmocka_unit_test(reports_elsewhere_need_consent),
		cmocka_unit_test(names_below_and_aliases),
		cmocka_unit_test(what_dns_does_not_tell_is_said),
		cmocka_unit_test(a_domain_that_sends_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
