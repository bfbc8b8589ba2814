/* mailwizard dmarc: as text and as JSON, from a zone file and from NSD. */
#include "../harness/unit.h"

#include <string.h>

#include "../../checks/base/str.h"
#include "../harness/command.h"

static const char zone_text[] =
    "$ORIGIN example.org.\n"
    "@ MX 10 mail\n"
    "mail A 192.0.2.25\n"
    "_dmarc TXT \"v=DMARC1; p=reject; sp=quarantine; np=none; \" "
    "\"rua=mailto:reports@example.org; t=n; x=1\"\n"
    "sub A 192.0.2.26\n"
    "own MX 10 mail\n"
    "_dmarc.own TXT \"v=DMARC1; p=none; rua=mailto:r@example.org\"\n"
    "typo MX 10 mail\n"
    "_dmarc.typo TXT \"v=DMARC1; p=rejct\"\n"
    "test MX 10 mail\n"
    "_dmarc.test TXT \"v=DMARC1; p=reject; t=y; rua=mailto:r@example.org\"\n"
    "$ORIGIN example.net.\n"
    "@ MX 10 mail.example.org.\n"
    "$ORIGIN suffix.\n"
    "_dmarc TXT \"v=DMARC1; p=reject; psd=y\"\n"
    "bank MX 10 mail.example.org.\n";

static const char *zone;

/* Strings of the output, in this order. */
static const struct {
	const char *domain;
	int status;
	const char *wanted[12];
} results[] = {
	{ "example.org", 0,
	    { "{\"mailwizard\": \"", "\"command\": \"dmarc\", ",
		"\"domain\": \"example.org\", \"valid\": true, ",
		"\"record\": \"v=DMARC1; p=reject; sp=quarantine; np=none; "
		"rua=mailto:reports@example.org; t=n; x=1\", ",
		"\"record_domain\": \"example.org\", ",
		"\"organizational_domain\": \"example.org\", ",
		"\"policy\": \"reject\", \"applies\": \"p\", ",
		"\"queries\": [\"_dmarc.example.org\", \"_dmarc.org\"], ",
		"\"tags\": {\"p\": \"reject\", \"sp\": \"quarantine\", "
		"\"np\": \"none\", "
		"\"rua\": \"mailto:reports@example.org\", \"t\": \"n\", "
		"\"x\": \"1\"}, ",
		"\"findings\": [{\"id\": \"", "\"older_receivers\": [" } },
	{ "sub.example.org", 0,
	    { "\"valid\": true, ", "\"record_domain\": \"example.org\", ",
		"\"policy\": \"quarantine\", \"applies\": \"sp\", ",
		"\"queries\": [\"_dmarc.sub.example.org\", "
		"\"_dmarc.example.org\", \"_dmarc.org\"], ",
		"They ask only at sub.example.org" } },
	{ "nowhere.example.org", 0,
	    { "\"policy\": \"none\", \"applies\": \"np\", ",
		"They do not know np=" } },
	{ "own.example.org", 0,
	    { "\"record_domain\": \"own.example.org\", "
	      "\"organizational_domain\": \"example.org\", "
	      "\"policy\": \"none\", \"applies\": \"p\", ",
		"\"id\": \"dmarc-policy-none\"" } },
	{ "test.example.org", 0,
	    { "\"policy\": \"quarantine\", \"applies\": \"p\", ",
		"\"id\": \"dmarc-testing\"",
		"They do not know t=y, and apply reject in full." } },
	{ "typo.example.org", 1,
	    { "\"valid\": false, \"record\": null, \"record_domain\": null, "
	      "\"organizational_domain\": \"example.org\", "
	      "\"policy\": null, \"applies\": null, ",
		"\"tags\": {}, ", "\"id\": \"dmarc-bad-policy\"",
		"\"record\": 0, \"from\": 10, \"to\": 17}",
		"\"suggested\": [{\"name\": \"_dmarc.typo.example.org\", ",
		"\"value\": \"v=DMARC1; p=reject; "
		"rua=mailto:dmarc-reports@typo.example.org\"" } },
	{ "example.net", 1,
	    { "\"valid\": false, ", "\"id\": \"dmarc-missing\", ",
		"\"severity\": \"fail\"" } },
	{ "bank.suffix", 0,
	    { "\"valid\": true, ",
		"\"record_domain\": \"suffix\", "
		"\"organizational_domain\": "
		"\"bank.suffix\", \"policy\": \"reject\", "
		"\"applies\": \"sp\", ",
		"\"id\": \"dmarc-missing\", \"severity\": \"warn\"" } },
};

static void
check_result(size_t i, struct outcome o)
{
	const char *at = o.out;

	if (o.status != results[i].status)
		fail_msg("%s: exit %d\n%s%s", results[i].domain, o.status,
		    o.out, o.err);
	for (size_t k = 0; results[i].wanted[k] != NULL; k++) {
		const char *next = strstr(at, results[i].wanted[k]);

		if (next == NULL)
			fail_msg("%s: no %s in\n%s", results[i].domain,
			    results[i].wanted[k], o.out);
		at = next + strlen(results[i].wanted[k]);
	}
	command_free(&o);
}

static void
json_has_what_the_contract_says(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(results); i++)
		check_result(i,
		    command_run(NULL, "dmarc", results[i].domain, "--json",
			"--zone", zone, "--offline"));
}

static void
text_begins_with_the_verdict(void **state)
{
	struct outcome o = command_run(
	    NULL, "dmarc", "sub.example.org", "--zone", zone, "--offline");

	(void)state;
	assert_int_equal(o.status, 0);
	assert_int_equal(strncmp(o.out,
			     "Receivers are asked to treat mail as suspicious "
			     "that says it is from\nsub.example.org and",
			     80),
	    0);
	assert_non_null(strstr(o.out, "policy          quarantine (by sp)"));
	assert_non_null(strstr(o.out, "found at        _dmarc.example.org"));
	assert_non_null(strstr(o.out, "organization    example.org"));
	command_free(&o);
	o = command_run(
	    NULL, "dmarc", "example.net", "--zone", zone, "--offline");
	assert_int_equal(o.status, 1);
	assert_non_null(strstr(o.out, "No DMARC policy applies"));
	assert_non_null(strstr(o.out, "\nFAIL     dmarc "));
	assert_non_null(
	    strstr(o.out, "\nv=DMARC1; p=none; rua=mailto:dmarc-reports@"));
	command_free(&o);
	o = command_run(NULL, "dmarc", "localhost");
	assert_int_equal(o.status, 2);
	assert_string_equal(o.out, "");
	command_free(&o);
}

/* One step of "check", for those who ask for it alone. */
static void
check_has_the_step(void **state)
{
	struct outcome o = command_run(NULL, "check", "--only", "dmarc",
	    "example.org", "--zone", zone, "--offline");

	(void)state;
	assert_int_equal(o.status, 0);
	assert_non_null(strstr(o.out, "WARN     dmarc "));
	assert_null(strstr(o.out, " spf "));
	command_free(&o);
}

/* The same questions to a real server, which has this zone and no other. */
static void
a_real_name_server(void **state)
{
	static const struct zone_source zones[] = {
		{ "example.org",
		    "@ MX 10 mail\nmail A 192.0.2.25\n"
		    "_dmarc TXT \"v=DMARC1; p=reject; "
		    "rua=mailto:r@example.org\"\n"
		    "sub A 192.0.2.1\n" },
		{ "example.net", "@ MX 10 mail.example.org.\n" },
	};
	struct server *nsd;
	struct outcome o;

	(void)state;
	NEED_SERVERS();
	nsd = nsd_start(zones, COUNT(zones));
	o = command_run(NULL, "dmarc", "example.org", "--dns", nsd->at);
	if (o.status != 0)
		fail_msg("%s%s", o.out, o.err);
	command_free(&o);
	o = command_run(
	    NULL, "dmarc", "sub.example.org", "--json", "--dns", nsd->at);
	if (o.status != 0)
		fail_msg("%s%s", o.out, o.err);
	assert_non_null(strstr(o.out, "\"applies\": \"sp\""));
	command_free(&o);
	o = command_run(NULL, "dmarc", "example.net", "--dns", nsd->at);
	assert_int_equal(o.status, 1);
	assert_non_null(strstr(o.out, "has no DMARC record"));
	command_free(&o);
	o = command_run(
	    NULL, "dmarc", "nowhere.example", "--json", "--dns", nsd->at);
	assert_int_equal(o.status, 3); /* REFUSED */
	assert_non_null(strstr(o.out, "\"valid\": false"));
	assert_non_null(strstr(o.out, "\"id\": \"dns-failed\""));
	command_free(&o);
	server_stop(nsd);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(json_has_what_the_contract_says),
		cmocka_unit_test(text_begins_with_the_verdict),
		cmocka_unit_test(check_has_the_step),
		cmocka_unit_test(a_real_name_server),
	};

	zone = command_file("zone", zone_text);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
