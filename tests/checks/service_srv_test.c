/* Where a domain says that its mail services are, and what becomes of it. */
#include "../harness/unit.h"

#include <string.h>

#include "../../checks/service_srv.h"
#include "../harness/fixture.h"
#include "../harness/judged.h"

/* --- what a name server says ------------------------------------------------- */

static void
found_at_a_name_server(void **state)
{
	static const struct zone_source zones[] = {
		{ "example.org",
		    "@ MX 20 mx2.example.net.\n@ MX 10 mx1\n@ MX 5 gone\n"
		    "mx1 A 127.0.0.9\nb AAAA ::1\nalias CNAME b\n"
		    "_imaps._tcp SRV 20 9 993 c\n_imaps._tcp SRV 10 1 993 b\n"
		    "_imaps._tcp SRV 10 5 1993 alias\n"
		    "_pop3._tcp SRV 0 0 0 .\n" },
	};
	struct server *nsd;
	struct dns_server at;
	struct service_srv srv;
	struct resolver *dns;
	struct run run;
	const struct srv_set *imaps = &srv.sets[SRV_IMAPS];

	(void)state;
	NEED_SERVERS();
	nsd = nsd_start(zones, COUNT(zones));
	run_begin(&run, NULL, 10000, -1);
	assert_null(dns_server_parse(run.arena, str_of(nsd->at), &at));
	dns = run.dns = resolver_network(&at, 1);
	assert_int_equal(service_srv_find(&run, "example.org", NULL, &srv), OK);

	/* Priority up, and of these the heavier first. */
	assert_int_equal(imaps->n, 3);
	assert_string_equal(
	    imaps->records[0].record->srv.host, "alias.example.org");
	assert_int_equal(imaps->records[0].record->srv.port, 1993);
	assert_string_equal(
	    imaps->records[1].record->srv.host, "b.example.org");
	assert_string_equal(
	    imaps->records[2].record->srv.host, "c.example.org");
	assert_string_equal(
	    srv_alias(&imaps->records[0].host), "b.example.org");
	assert_null(srv_alias(&imaps->records[1].host));
	assert_false(srv_is_dead(&imaps->records[0].host));
	assert_false(srv_is_dead(&imaps->records[1].host));
	assert_true(srv_is_dead(&imaps->records[2].host));

	assert_true(srv_offers_protocol(&srv, MAIL_IMAP));
	assert_false(srv_denies(&srv, MAIL_IMAP));
	assert_true(srv_denies(&srv, MAIL_POP3));
	assert_false(srv_denies(&srv, MAIL_SMTP));
	assert_true(srv_offers_any(&srv));
	assert_false(srv.null_mx);
	assert_string_equal(srv.mx_host.name, "mx1.example.org");
	run_end(&run);
	resolver_free(dns);
	server_stop(nsd);
}

/* --- what the steps make of it -------------------------------------------------- */

/* Nothing listens at 127.0.0.9; 203.0.113.0/24 is never connected to. */
static const struct {
	const char *zone;
	const char *host; /* --host; or NULL */
	enum step_id step;
	const char *ids;
	const char *suggested; /* "" for none */
} rows[] = {
	/* no host */
	{ "@ MX 10 mx.example.net.\n", NULL, STEP_IMAP4, "port-no-host", "" },
	{ "@ TXT x\n", NULL, STEP_POP3, "port-no-host", "" },
	{ "@ MX 10 mx\n", NULL, STEP_SUBMISSION, "port-no-host", "" },
	{ "@ MX 0 .\n", NULL, STEP_IMAP4, "port-no-host", "" },
	{ "@ MX 10 notexample.org.\n", NULL, STEP_IMAP4, "port-no-host", "" },
	/* an MX host in the domain, a host given, a host of another service */
	{ "@ MX 10 mx\nmx A 127.0.0.9\n", NULL, STEP_IMAP4, "port-closed", "" },
	{ "@ MX 10 mx\nmx A 203.0.113.1\n", NULL, STEP_IMAP4, "port-no-route",
	    "" },
	{ "mail A 127.0.0.9\n", "mail.example.org", STEP_SUBMISSION,
	    "port-closed", "" },
	{ "@ MX 0 .\nmail A 203.0.113.1\n", "mail.example.org", STEP_SUBMISSION,
	    "port-no-route", "" },
	{ "@ MX 10 mx\n", "gone.example.org", STEP_IMAP4, "host-no-address",
	    "" },
	{ "_imaps._tcp SRV 0 1 993 mail\nmail A 203.0.113.1\n", NULL,
	    STEP_SUBMISSION, "port-no-route", "" },
	/* not offered */
	{ "_pop3s._tcp SRV 0 0 0 .\n@ MX 10 mx\nmx A 127.0.0.9\n", NULL,
	    STEP_POP3, "srv-not-offered", "" },
	{ "_pop3._tcp SRV 0 0 0 .\nmail A 127.0.0.9\n", "mail.example.org",
	    STEP_POP3, "srv-not-offered", "" },
	/* closed: the record is wrong, but what would be right? */
	{ "_imaps._tcp SRV 0 1 993 mail\nmail A 127.0.0.9\n", NULL, STEP_IMAP4,
	    "port-closed srv-mismatch", "" },
	/* cannot tell */
	{ "_imaps._tcp SRV 0 1 993 mail\nmail A 203.0.113.1\n", NULL,
	    STEP_IMAP4, "port-no-route", "" },
	/* names another host than the one given */
	{ "_imaps._tcp SRV 7 3 993 old\nold A 203.0.113.1\nmail A 203.0.113.2\n",
	    "mail.example.org", STEP_IMAP4, "port-no-route srv-mismatch",
	    "_imaps._tcp.example.org SRV 0 1 993 mail.example.org." },
	{ "_imaps._tcp SRV 7 3 993 old\n_imaps._tcp SRV 9 2 994 MAIL\n"
	  "old A 203.0.113.1\nmail A 203.0.113.2\n",
	    "mail.example.org", STEP_IMAP4, "port-no-route srv-mismatch",
	    "_imaps._tcp.example.org SRV 9 2 994 MAIL.example.org." },
	/* nothing is right: the one given is not there */
	{ "_imaps._tcp SRV 7 3 993 old\nold A 203.0.113.1\n",
	    "gone.example.org", STEP_IMAP4, "host-no-address srv-mismatch",
	    "" },
	/* the one given is an alias, and theirs to keep */
	{ "_imaps._tcp SRV 0 1 993 mail\nmail CNAME real\n"
	  "real A 203.0.113.1\n",
	    "mail.example.org", STEP_IMAP4, "port-no-route srv-mismatch",
	    "_imaps._tcp.example.org SRV 0 1 993 real.example.org." },
	{ "_imaps._tcp SRV 0 1 993 real\nmail CNAME real\n"
	  "real A 203.0.113.1\n",
	    "mail.example.org", STEP_IMAP4, "port-no-route", "" },
	/* no address */
	{ "_imaps._tcp SRV 0 1 993 gone\n@ MX 10 mx\nmx A 203.0.113.1\n", NULL,
	    STEP_IMAP4, "host-no-address srv-mismatch",
	    "_imaps._tcp.example.org SRV 0 1 993 mx.example.org." },
	{ "_imaps._tcp SRV 0 1 993 gone\n_imaps._tcp SRV 5 1 993 mail\n"
	  "mail A 203.0.113.1\n",
	    NULL, STEP_IMAP4, "host-no-address port-no-route srv-mismatch",
	    "_imaps._tcp.example.org SRV 5 1 993 mail.example.org." },
	/* an alias, inside and outside */
	{ "_submission._tcp SRV 0 1 587 mail\nmail CNAME real\n"
	  "real A 203.0.113.1\nreal AAAA 2001:db8::1\n",
	    NULL, STEP_SUBMISSION, "port-no-route srv-mismatch",
	    "_submission._tcp.example.org SRV 0 1 587 mail.example.org.\n"
	    "mail.example.org A 203.0.113.1\n"
	    "mail.example.org AAAA 2001:db8::1" },
	/* "." beside a host */
	{ "_submission._tcp SRV 0 0 0 .\n_submission._tcp SRV 0 1 587 mail\n"
	  "mail A 203.0.113.1\n",
	    NULL, STEP_SUBMISSION, "port-no-route srv-mismatch",
	    "_submission._tcp.example.org SRV 0 1 587 mail.example.org." },
	/* the names of automatic settings */
	{ "autodiscover CNAME autodiscover.example.net.\n@ MX 0 .\n", NULL,
	    STEP_SUBMISSION, "port-no-host autodiscover-no-address", "" },
	{ "autoconfig CNAME real\nreal A 203.0.113.1\n@ MX 0 .\n", NULL,
	    STEP_SUBMISSION, "port-no-host", "" },
	{ "_autodiscover._tcp SRV 0 0 443 gone\n@ MX 0 .\n", NULL,
	    STEP_SUBMISSION, "port-no-host srv-mismatch", "" },
	{ "_autodiscover._tcp SRV 0 0 443 gone\n@ MX 0 .\n", NULL, STEP_IMAP4,
	    "port-no-host", "" },
};

static void
steps_say_what_is_wrong(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct target target = { .host = rows[i].host };
		struct judged j;

		judge(&j, rows[i].zone, rows[i].step, &target);
		if (strcmp(judged_ids(&j), rows[i].ids) != 0 ||
		    strcmp(judged_suggested(&j), rows[i].suggested) != 0)
			fail_msg("row %zu, %s: %s, suggested %s", i,
			    rows[i].zone, judged_ids(&j), judged_suggested(&j));
		if (rows[i].suggested[0] != '\0') {
			judge_suggested(&j);
			if (judged_finding(&j, "srv-mismatch") != NULL ||
			    j.report.nsuggested > 0)
				fail_msg(
				    "row %zu, again: %s", i, judged_ids(&j));
		}
		judged_end(&j);
	}
}

/* A name of somebody else is not ours to give addresses. */
static void
an_alias_elsewhere(void **state)
{
	static const struct zone_source zones[] = {
		{ "example.org",
		    "_imaps._tcp SRV 3 1 993 mail.example.net.\n" },
		{ "example.net", "mail CNAME host\nhost A 203.0.113.1\n" },
	};
	struct server *nsd;
	struct dns_server at;
	struct arena *arena = arena_new();
	struct judged j;

	(void)state;
	NEED_SERVERS();
	nsd = nsd_start(zones, COUNT(zones));
	assert_null(dns_server_parse(arena, str_of(nsd->at), &at));
	judge_with(&j, resolver_network(&at, 1), STEP_IMAP4, NULL);
	j.dns = j.run.dns;
	assert_string_equal(judged_ids(&j), "port-no-route srv-mismatch");
	assert_string_equal(judged_suggested(&j),
	    "_imaps._tcp.example.org SRV 3 1 993 host.example.net.");
	judged_end(&j);
	server_stop(nsd);
	arena_free(arena);
}

/* How bad it is, is fixed: CONTRACT section 4. */
static const struct {
	const char *zone;
	enum step_id step;
	const char *id;
	enum severity severity;
} severities[] = {
	{ "@ TXT x\n", STEP_IMAP4, "port-no-host", SEV_UNKNOWN },
	{ "@ MX 0 .\n", STEP_IMAP4, "port-no-host", SEV_NOTE },
	{ "@ MX 10 mx\nmx A 127.0.0.9\n", STEP_POP3, "port-closed", SEV_FAIL },
	{ "_imaps._tcp SRV 0 1 993 mx\nmx A 127.0.0.9\n", STEP_POP3,
	    "port-closed", SEV_NOTE }, /* others are offered, and not this */
	{ "_imaps._tcp SRV 0 1 993 mx\nmx A 127.0.0.9\n", STEP_IMAP4,
	    "srv-mismatch", SEV_WARN },
	{ "_pop3._tcp SRV 0 0 0 .\n", STEP_POP3, "srv-not-offered", SEV_PASS },
};

static void
how_bad_it_is(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(severities); i++) {
		const struct finding *f;
		struct judged j;

		judge(&j, severities[i].zone, severities[i].step, NULL);
		f = judged_finding(&j, severities[i].id);
		if (f == NULL || f->severity != severities[i].severity)
			fail_msg("row %zu: %s", i, judged_ids(&j));
		assert_false(finding_hides_truth(f));
		judged_end(&j);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(found_at_a_name_server),
		cmocka_unit_test(steps_say_what_is_wrong),
		cmocka_unit_test(an_alias_elsewhere),
		cmocka_unit_test(how_bad_it_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
