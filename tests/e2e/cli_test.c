/*
 * The built program as scripts see it: exit statuses, what is on stdout and
 * what on stderr, hostile octets, files that cannot be read.
 */
#include "../harness/unit.h"

#include <stdlib.h>
#include <string.h>

#include "../../checks/base/str.h"
#include "../harness/command.h"
#include "../harness/has.h"

/* One world for the tests without a name server. */
static const char zone_text[] =
    "$ORIGIN example.org.\n"
    "@ SOA ns hostmaster 1 3600 900 604800 300\n"
    "@ NS ns\n"
    "@ MX 10 mail\n"
    "@ TXT \"v=spf1 mx include:_spf.example.net -all exp=why.%{d}\"\n"
    "why TXT \"%{i} may not send for %{d}\"\n"
    "_dmarc TXT \"v=DMARC1; p=reject; rua=mailto:r@example.org\"\n"
    "ns A 192.0.2.53\n"
    "mail A 192.0.2.25\n"
    "soft TXT \"v=spf1 ip4:192.0.2.1 ~all\"\n"
    "neutral TXT \"v=spf1 ?all\"\n"
    "plus TXT \"v=spf1 mx +all\"\n"
    "plus MX 10 mail\n"
    "broken TXT \"v=spf1 ip4:192.0.2.300 -all\"\n"
    "two TXT \"v=spf1 -all\"\n"
    "two TXT \"v=spf1 mx -all\"\n"
    "none A 192.0.2.1\n"
    "_under TXT \"v=spf1 ip4:192.0.2.1 -all\"\n"
    "$ORIGIN example.net.\n"
    "_spf TXT \"v=spf1 ip4:198.51.100.0/24 -all\"\n"
    "25.2.0.192.in-addr.arpa. PTR mail.example.org.\n";

static const char *zone;

static const struct {
	const char *domain;
	const char *ip;
	const char *result;
	int status;
} results[] = {
	{ "example.org", "192.0.2.25", "pass", 0 },
	{ "example.org", "::ffff:192.0.2.25", "pass", 0 },
	{ "example.org", "198.51.100.7", "pass", 0 },
	{ "example.org", "203.0.113.1", "fail", 1 },
	{ "example.org", "2001:db8::1", "fail", 1 },
	{ "EXAMPLE.ORG.", "192.0.2.25", "pass", 0 },
	{ "a@example.org", "192.0.2.25", "pass", 0 },
	{ "soft.example.org", "203.0.113.1", "softfail", 1 },
	{ "neutral.example.org", "203.0.113.1", "neutral", 1 },
	{ "broken.example.org", "203.0.113.1", "permerror", 1 },
	{ "two.example.org", "203.0.113.1", "permerror", 1 },
	{ "none.example.org", "203.0.113.1", "none", 1 },
	{ "nowhere.example.org", "203.0.113.1", "none", 1 },
	{ "_under.example.org", "192.0.2.1", "pass", 0 },
	/* what DNS cannot hold is none, RFC 7208 section 4.3 */
	{ "localhost", "203.0.113.1", "none", 1 },
	{ "a..example.org", "203.0.113.1", "none", 1 },
	{ "a.b.c.d.e.f-------------------------------------------------------"
	  "--------------.example.org",
	    "203.0.113.1", "none", 1 },
	{ "[192.0.2.1]", "203.0.113.1", "none", 1 },
};

static void
spf_says_one_word(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(results); i++) {
		struct outcome o = command_run(NULL, "spf", results[i].domain,
		    "--ip", results[i].ip, "--zone", zone, "--offline");
		size_t line = strcspn(o.out, "\n");

		if (o.status != results[i].status ||
		    line != strlen(results[i].result) ||
		    strncmp(o.out, results[i].result, line) != 0)
			fail_msg("%s for %s: %d, %s%s", results[i].domain,
			    results[i].ip, o.status, o.out, o.err);
		assert_non_null(strstr(o.out, "\nlookups: "));
		assert_non_null(strstr(o.out, "/10\nvoid lookups: "));
		if (strpbrk(results[i].domain, "@[") == NULL)
			assert_string_equal(o.err, "");
		command_free(&o);
	}
}

static void
spf_explains(void **state)
{
	struct outcome o = command_run(NULL, "spf", "example.org", "--ip",
	    "203.0.113.1", "--zone", zone, "--offline");

	(void)state;
	assert_non_null(strstr(o.out,
	    "\nexplanation: 203.0.113.1 may not send for example.org\n"));
	assert_non_null(strstr(o.out, "\nreason: "));
	assert_non_null(strstr(o.out, "\nlookups: 2/10\nvoid lookups: 0/2\n"));
	command_free(&o);
}

static void
spf_writes_accents_as_dns_does(void **state)
{
	const char *path = command_file("sender.zone",
	    "@ TXT \"v=spf1 -all exp=e.%{d}\"\ne TXT \"%{s} %{h}\"\n");
	struct outcome o = command_run(NULL, "spf", "example.org", "--ip",
	    "203.0.113.1", "--zone", path, "--offline", "--sender",
	    "a@b\xc3\xbc"
	    "cher.example",
	    "--helo",
	    "B\xc3\x9c"
	    "cher.example");

	(void)state;
	assert_non_null(strstr(o.out,
	    "\nexplanation: a@xn--bcher-kva.example xn--bcher-kva.example\n"));
	command_free(&o);
}

/* Each part stands behind the one before. */
static void
assert_order(const char *text, const char *const *parts, size_t n)
{
	const char *at = text;

	for (size_t i = 0; i < n; i++) {
		const char *found = strstr(at, parts[i]);

		if (found == NULL)
			fail_msg("no %s behind %s", parts[i], at);
		at = found + strlen(parts[i]);
	}
}

static void
spf_as_json(void **state)
{
	static const char *const keys[] = { "{\"mailwizard\": ",
		"\"command\": \"spf\"", "\"domain\": \"example.org\"",
		"\"result\": \"pass\"", "\"explanation\": null",
		"\"reason\": ", "\"term\": ", "\"lookups\": 2",
		"\"void_lookups\": 0", "\"tree\": [{\"term\": \"mx\"",
		"\"term\": \"include:_spf.example.net\"",
		"\"domain\": \"_spf.example.net\"", "\"lookups\": 1",
		"\"voids\": 0", "\"tree\": []", "}]}\n" };
	struct outcome o = command_run(NULL, "spf", "--json", "example.org",
	    "--ip", "198.51.100.7", "--zone", zone, "--offline");

	(void)state;
	assert_order(o.out, keys, COUNT(keys));
	command_free(&o);
}

static void
check_as_json(void **state)
{
	static const char *const keys[] = { "{\"mailwizard\": ",
		"\"command\": \"check\"", "\"domain\": \"plus.example.org\"",
		"\"checked_at\": \"20", "Z\"", "\"steps\": [",
		"{\"step\": \"domain\", \"status\": ", "\"published\": [",
		"\"suggested\": ", "\"findings\": [",
		"{\"step\": \"spf\", \"status\": \"fail\"",
		("\"published\": [{\"name\": \"plus.example.org\", \"type\": "
		 "\"TXT\", \"ttl\": 3600, \"value\": \"v=spf1 mx +all\"}]"),
		"\"suggested\": [{\"name\": \"plus.example.org\"",
		"\"findings\": [{\"id\": ", "\"severity\": ", "\"subject\": ",
		"\"title\": ", "\"text\": ", "\"fix\": ", "\"reference\": ",
		"\"record\": ", "\"from\": ", "\"to\": ",
		"\"summary\": {\"pass\": ", "\"note\": ", "\"warn\": ",
		"\"unknown\": ", "\"fail\": ", "}}\n" };
	static const char *const place[] = { "\"id\": \"spf-plus-all\"",
		"\"severity\": \"fail\"",
		"\"record\": 0, \"from\": 10, \"to\": 14}" };
	struct outcome o = command_run(NULL, "check", "plus.example.org",
	    "--json", "--zone", zone, "--offline");

	(void)state;
	assert_int_equal(o.status, 1);
	assert_order(o.out, keys, COUNT(keys));
	assert_order(o.out, place, COUNT(place));
	command_free(&o);
	o = command_run(NULL, "check", "--only=spf", "example.org", "--json",
	    "--zone", zone, "--offline");
	assert_int_equal(o.status, 0);
	assert_null(strstr(o.out, "\"step\": \"domain\""));
	assert_non_null(strstr(o.out, "\"suggested\": [], "));
	command_free(&o);
}

static void
check_as_text(void **state)
{
	struct outcome o = command_run(
	    NULL, "check", "plus.example.org", "--zone", zone, "--offline");

	(void)state;
	assert_int_equal(o.status, 1);
	assert_non_null(strstr(o.out, "\nFAIL     spf     "));
	assert_non_null(strstr(o.out, "  v=spf1 mx +all\n"));
	assert_non_null(strstr(o.out, "          ^^^^\n"));
	assert_non_null(
	    strstr(o.out, "\n  prove  dig +short TXT plus.example.org\n"));
	assert_null(strchr(o.out, '\033'));
	command_free(&o);
	o = command_run(NULL, "spf", "plus.example.org", "--zone", zone,
	    "--offline", "--color", "always");
	assert_int_equal(o.status, 1);
	assert_non_null(strstr(o.out, "\033[1;37;41mFAIL\033[0m"));
	assert_non_null(strstr(o.out, "Lookups in the worst case"));
	command_free(&o);
}

/* What is wrong with the use: one line on stderr, nothing on stdout, 2. */
static void
assert_usage(struct outcome *o, const char *says)
{
	if (o->status != 2 || strstr(o->err, says) == NULL)
		fail_msg("%d, %s, not: %s", o->status, o->err, says);
	assert_int_equal(strncmp(o->err, "mailwizard: ", 12), 0);
	assert_ptr_equal(strchr(o->err, '\n'), o->err + strlen(o->err) - 1);
	assert_int_equal(o->out_len, 0);
	command_free(o);
}

static const struct {
	const char *line; /* behind "$MW " */
	const char *says;
} misused[] = {
	{ "check", "needs a domain" },
	{ "check --bogus example.org", "\"--bogus\"" },
	{ "check 192.0.2.1", "is an IP address" },
	{ "check localhost", "has no dot" },
	{ "check 'a b.example'", "has a blank" },
	{ "check ''", "There is no domain name" },
	{ "check \"$(printf 'a\\033[2J.example')\"", "\\027" },
	{ "spf \"$(printf 'a\\377.example')\"", "not valid UTF-8" },
	{ "check xn--zz.example", "no valid international" },
	{ "spf example.org --ip 192.0.2", "--ip: \"192.0.2\"" },
	{ "check example.org --dns ns.example", "--dns: " },
	{ "check example.org --zone /nowhere/zone", "/nowhere/zone" },
	{ "check example.org --zone /", "/" },
	{ "spf example.org --ip ::1 --zone /nowhere/zone", "/nowhere/zone" },
	{ "check example.org --offline", "--offline needs" },
	{ "check -f /nowhere/names", "/nowhere/names cannot be read" },
	{ "check -f /", "cannot be read" },
	{ "check -f \"$(printf '/\\033[2J')\"", "/\\027[2J cannot be read" },
	{ "spf a.example --offline --zone \"$(printf '/\\033[2J')\"",
	    "/\\027[2J" },
	{ "check a.example --since \"$(printf '/\\033[2J')\"", "/\\027[2J" },
	{ "explain", "explain\" yet" },
	{ "--demo example.org", "--demo brings its own domain" },
	{ "--demo --dns 192.0.2.53", "leave out --dns" },
	{ "--demo -a answers", "leave out --answers" },
};

static void
misuse_is_one_sentence(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(misused); i++) {
		char line[256];
		struct outcome o;

		snprintf(line, sizeof(line), "\"$MW\" %s", misused[i].line);
		o = command_shell(line);
		assert_usage(&o, misused[i].says);
	}
}

static void
zone_errors_have_a_line(void **state)
{
	const char *path = command_file("bad.zone",
	    "$ORIGIN example.org.\n@ A 192.0.2.1\n@ A 192.0.2.300\n");
	struct outcome o =
	    command_run(NULL, "check", "example.org", "--zone", path);

	(void)state;
	assert_non_null(strstr(o.err, "line 3"));
	assert_usage(&o, path);
	path = command_file("include.zone", "$INCLUDE /etc/passwd\n");
	o = command_run(NULL, "spf", "example.org", "--ip", "192.0.2.1",
	    "--offline", "--zone", path);
	assert_usage(&o, "$INCLUDE");
}

static void
help_goes_to_stdout(void **state)
{
	struct outcome o = command_run(NULL, "check", "--help");

	(void)state;
	assert_int_equal(o.status, 0);
	assert_non_null(strstr(o.out, "Usage: mailwizard check"));
	assert_string_equal(o.err, "");
	command_free(&o);
	o = command_run(NULL, "--version");
	assert_int_equal(o.status, 0);
	assert_int_equal(strncmp(o.out, "mailwizard 0.", 13), 0);
	command_free(&o);
}

static void
what_was_removed_is_told(void **state)
{
	struct outcome o = command_run(NULL, "check", "--json", "--zone", zone,
	    "--offline", "https://www.example.org/x");

	(void)state;
	assert_non_null(strstr(o.out, "\"domain\": \"example.org\""));
	assert_non_null(strstr(o.err, "example.org: Removed \"https://\""));
	command_free(&o);
}

/* Several domains: one object a line, in the order asked, twice if asked. */
static void
many_keep_their_order(void **state)
{
	static const char *const order[] = { "\"domain\": \"soft.example.org\"",
		"\n{", "\"domain\": \"example.org\"", "\n{",
		"\"domain\": \"none.example.org\"", "\n{",
		"\"domain\": \"example.org\"", "}\n" };
	struct outcome o = command_run(
	    "# names\n\nexample.org # again\r\n  none.example.org\nexample.org",
	    "check", "--json", "soft.example.org", "-f", "-", "--zone", zone,
	    "--offline", "--only", "spf");

	(void)state;
	assert_int_equal(o.status, 1); /* none.example.org has no record */
	assert_order(o.out, order, COUNT(order));
	assert_string_equal(o.err, "");
	command_free(&o);
}

static void
bad_lines_are_named(void **state)
{
	const char *names = command_file(
	    "names", "example.org\nlocalhost\n\xff.example\nexample.org\n");
	struct outcome o = command_run(
	    NULL, "check", "-f", names, "--json", "--zone", zone, "--offline");
	const char *second;

	(void)state;
	assert_int_equal(o.status, 2);
	assert_non_null(strstr(o.err, "names:2: "));
	assert_non_null(strstr(o.err, "names:3: "));
	second = strchr(o.out, '\n');
	assert_non_null(second);
	assert_non_null(strstr(second, "\"domain\": \"example.org\""));
	command_free(&o);
}

static void
many_at_once(void **state)
{
	struct outcome o = command_shell(
	    "i=0; while [ $i -lt 2000 ]; do echo host$i.example.org; "
	    "i=$((i + 1)); done | \"$MW\" check -f - --json --only spf "
	    "--offline --zone /dev/null --jobs 8 | "
	    "sed 's/.*\"domain\": \"host\\([0-9]*\\)[^0-9].*/\\1/' | "
	    "awk '$1 != NR - 1 { bad++ } END { print NR, bad + 0 }'");

	(void)state;
	assert_string_equal(o.out, "2000 0\n");
	command_free(&o);
}

/* One that needs no domain is read once, not once for each of a thousand. */
static void
a_zone_for_many(void **state)
{
	const char *relative =
	    command_file("relative.zone", "@ TXT \"v=spf1 -all\"\n");
	struct outcome o =
	    command_run("a.example\nb.example\n", "check", "--json", "-f", "-",
		"--zone", relative, "--offline", "--only", "spf");
	const char *second = strstr(o.out, "\"domain\": \"b.example\"");

	(void)state;
	has(o.out, "\"v=spf1 -all\"");
	assert_non_null(second);
	has(second, "\"v=spf1 -all\"");
	command_free(&o);
	o = command_shell("d=$(mktemp -d); i=0; while [ $i -lt 1000 ]; do "
			  "echo d$i.example >&3; "
			  "echo \"d$i.example. TXT \\\"v=spf1 -all\\\"\"; "
			  "i=$((i + 1)); done > $d/zone 3> $d/names; "
			  "timeout 10 \"$MW\" check -f $d/names --zone $d/zone "
			  "--json --only spf --offline | grep -c spf-nobody; "
			  "rm -r $d");
	assert_string_equal(o.out, "1000\n");
	command_free(&o);
}

/* Nothing that DNS can say reaches a terminal raw. */
static void
hostile_octets_are_shown(void **state)
{
	static const char *const commands[] = { "spf evil.example --ip ::1",
		"spf evil.example --ip 192.0.2.1", "spf evil.example",
		"check evil.example", "check evil.example -v" };
	const char *path = command_file("evil.zone",
	    "$ORIGIN evil.example.\n"
	    "@ TXT \"v=spf1 \\027[2J \\155x include:\\226\\128\\174.example "
	    "\\000 a=\\007 -all exp=why.evil.example\"\n"
	    "@ MX 10 ma\\027il\\155\n"
	    "@ MX 20 \\226\\128\\174.evil.example.\n"
	    "ma\\027il\\155 A 192.0.2.1\n"
	    "why TXT \"\\027]52;c;aGk=\\007 \\000\"\n"
	    "1.2.0.192.in-addr.arpa. PTR \\027[31m.evil.example.\n");
	const char *explained = command_file("why.zone",
	    "$ORIGIN evil.example.\n@ TXT \"v=spf1 -all exp=why.%{d}\"\n"
	    "why TXT \"\\027]52;c;aGk=\\007 \\155 \\226\\128\\174\"\n");

	(void)state;
	for (size_t i = 0; i < 4 * COUNT(commands); i++) {
		char line[1024];
		struct outcome o;

		snprintf(line, sizeof(line), "\"$MW\" %s%s --offline --zone %s",
		    commands[i / 4], i % 2 ? " --json" : "",
		    i % 4 < 2 ? path : explained);
		o = command_shell(line);
		assert_true(o.out_len > 0);
		for (size_t j = 0; j < o.out_len; j++)
			if (o.out[j] != '\n' &&
			    (o.out[j] < ' ' || o.out[j] > '~'))
				fail_msg("%s: octet %d", line,
				    (unsigned char)o.out[j]);
		command_free(&o);
	}
}

static void
what_changed_is_told(void **state)
{
	char line[1024];
	struct outcome o = command_run(NULL, "check", "plus.example.org",
	    "--json", "--offline", "--zone", zone);
	const char *then = command_file("then.json", o.out);
	const char *mended = command_file("mended.zone",
	    "plus.example.org. MX 10 mail.example.org.\n"
	    "mail.example.org. A 192.0.2.25\n"
	    "plus.example.org. TXT \"v=spf1 mx -all\"\n"
	    "_dmarc.plus.example.org. TXT \"v=DMARC1; p=none; "
	    "rua=mailto:reports@plus.example.org\"\n"
	    "25.2.0.192.in-addr.arpa. PTR mail.example.org.\n");

	(void)state;
	command_free(&o);
	o = command_run(NULL, "check", "plus.example.org", "--since", then,
	    "--offline", "--zone", zone);
	assert_non_null(strstr(o.out, "Z:\n  nothing changed\n"));
	command_free(&o);
	o = command_run(NULL, "check", "plus.example.org", "--since", then,
	    "--offline", "--zone", mended);
	assert_non_null(strstr(o.out, "\n  gone  fail     spf-plus-all  "));
	command_free(&o);
	o = command_run(NULL, "check", "example.org", "--since", then,
	    "--offline", "--zone", zone);
	assert_usage(&o, "for example.org");

	/* It is looked at until it passes, each time afresh. */
	snprintf(line, sizeof(line),
	    "z=$(mktemp) && cp %s $z; { sleep 0.5; cp %s $z; } & "
	    "\"$MW\" check plus.example.org --watch=1 --offline "
	    "--zone $z; status=$?; rm -f $z; exit $status",
	    zone, mended);
	o = command_shell(line);
	assert_int_equal(o.status, 0);
	assert_non_null(strstr(o.out, "FAIL "));
	assert_non_null(strstr(strstr(o.out, "FAIL "), "\nOK       spf "));
	assert_non_null(strstr(o.err, "not everything is in order yet"));
	command_free(&o);
}

static void
results_that_cannot_be_written(void **state)
{
	char line[512];
	struct outcome o;

	(void)state;
	snprintf(line, sizeof(line),
	    "\"$MW\" check example.org --offline --zone %s > /dev/full", zone);
	o = command_shell(line);
	assert_usage(&o, "could not be written: No space left");
	snprintf(line, sizeof(line),
	    "{ \"$MW\" check example.org --offline --zone %s; "
	    "echo $? >&2; } | :",
	    zone);
	o = command_shell(line);
	assert_true(strcmp(o.err, "2\n") == 0 || strcmp(o.err, "0\n") == 0);
	command_free(&o);
}

static void
a_bug_is_called_a_bug(void **state)
{
	struct outcome o = command_shell(
	    "sleep 5 | \"$MW\" check -f - & sleep 0.3; kill -SEGV $!; wait $!");

	(void)state;
	assert_int_equal(o.status, 4);
	assert_non_null(strstr(o.err, "this is a bug in mailwizard"));
	command_free(&o);
}

static int
begin(void **state)
{
	(void)state;
	zone = command_file("world.zone", zone_text);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(spf_says_one_word),
		cmocka_unit_test(spf_explains),
		cmocka_unit_test(spf_writes_accents_as_dns_does),
		cmocka_unit_test(spf_as_json),
		cmocka_unit_test(check_as_json),
		cmocka_unit_test(check_as_text),
		cmocka_unit_test(misuse_is_one_sentence),
		cmocka_unit_test(zone_errors_have_a_line),
		cmocka_unit_test(help_goes_to_stdout),
		cmocka_unit_test(what_was_removed_is_told),
		cmocka_unit_test(many_keep_their_order),
		cmocka_unit_test(bad_lines_are_named),
		cmocka_unit_test(many_at_once),
		cmocka_unit_test(a_zone_for_many),
		cmocka_unit_test(hostile_octets_are_shown),
		cmocka_unit_test(what_changed_is_told),
		cmocka_unit_test(results_that_cannot_be_written),
		cmocka_unit_test(a_bug_is_called_a_bug),
	};

	return cmocka_run_group_tests(tests, begin, NULL);
}
