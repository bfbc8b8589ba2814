/* The command line: GNU conventions, and a sentence for what is wrong. */
#include "../harness/unit.h"

#include <string.h>

#include "../../ui/options.h"

#define WORDS_MAX 12

/* Splits at blanks; "''" stands for an empty word. */
static enum options_end
read_line(struct arena *arena, const char *line, struct options *out,
    const char **text)
{
	static char mailwizard[] = "mailwizard";
	char *argv[WORDS_MAX + 2] = { mailwizard };
	int argc = 1;
	char *copy = arena_strdup(arena, line);
	char *state = NULL;

	for (char *word = strtok_r(copy, " ", &state);
	     word != NULL && argc <= WORDS_MAX;
	     word = strtok_r(NULL, " ", &state))
		argv[argc++] =
		    strcmp(word, "''") == 0 ? arena_strdup(arena, "") : word;
	argv[argc] = NULL;
	return options_read(arena, argc, argv, out, text);
}

static struct options
good(struct arena *arena, const char *line)
{
	struct options options;
	const char *text = NULL;

	if (read_line(arena, line, &options, &text) != OPTIONS_RUN)
		fail_msg("%s: %s", line, text);
	return options;
}

static const struct {
	const char *line;
	const char *says; /* a part of the sentence */
} wrong[] = {
	{ "check", "\"mailwizard check\" needs a domain" },
	{ "spf", "\"mailwizard spf\" needs a domain" },
	{ "spf --ip 192.0.2.1", "needs a domain" },
	{ "spf a.example b.example", "\"b.example\" is one too many" },
	{ "a.example b.example", "\"b.example\" is one too many" },
	{ "chek a.example", "\"chek\" is neither a command" },
	{ "localhost", "\"localhost\" is neither a command" },
	{ "check --bogus a.example", "There is no option \"--bogus\"" },
	{ "check --bo\x1b a.example", "\"--bo\\027\"" },
	{ "check -x a.example", "There is no option \"-x\"" },
	{ "check -vx a.example", "There is no option \"-x\"" },
	{ "check a.example --dns", "--dns needs a value" },
	{ "check a.example -f", "--file needs a value: --file FILE" },
	{ "check --json=yes a.example", "--json takes no value" },
	{ "check --ver a.example", "can mean" },
	{ "check --ip 192.0.2.1 a.example",
	    "--ip is no option of \"mailwizard check\"" },
	{ "--json", "--json is no option of \"mailwizard\"" },
	{ "spf --jobs 3 a.example", "--jobs is no option" },
	{ "spf --ip 192.0.2 a.example", "\"192.0.2\" is not an IPv4 or IPv6" },
	{ "spf --ip '' a.example", "\"\" is not an IPv4 or IPv6" },
	{ "spf --ip 192.0.2.1/24 a.example", "is not an IPv4 or IPv6" },
	{ "spf --sender a@b.example a.example", "--sender needs the address" },
	{ "check --sending-ip mail a.example", "--sending-ip: \"mail\"" },
	{ "check --dns localhost a.example", "--dns: " },
	{ "check --dns 127.0.0.1,,127.0.0.2 a.example", "--dns: " },
	{ "check --dns 127.0.0.1:99999 a.example", "--dns: " },
	{ "check --dns '' a.example", "--dns: " },
	{ "check --authoritative=0 a.example", "not a port between 1" },
	{ "check --authoritative=53x a.example", "not a port between 1" },
	{ "check --timeout 0 a.example", "--timeout: \"0\"" },
	{ "check --timeout 0.0001 a.example", "--timeout" },
	{ "check --timeout -1 a.example", "--timeout" },
	{ "check --timeout 1e3 a.example", "--timeout" },
	{ "check --timeout 1,5 a.example", "--timeout" },
	{ "check --timeout . a.example", "--timeout" },
	{ "check --timeout inf a.example", "--timeout" },
	{ "check --timeout 999999 a.example", "--timeout" },
	{ "check --jobs 0 a.example", "--jobs: \"0\"" },
	{ "check --jobs 2000 a.example", "--jobs" },
	{ "check --only mx a.example", "\"mx\" is not a step" },
	{ "check --only '' a.example", "\"\" is not a step" },
	{ "check --only spf,pop a.example", "\"pop\" is not a step" },
	{ "check --skip bogus a.example", "\"bogus\" is not a step" },
	{ "check --skip domain,spf,dkim,dmarc,pop3,imap4,submission a.example",
	    "leaves no step" },
	{ "check --watch a.example b.example", "for one domain" },
	{ "check --since x -f names", "for one domain" },
	{ "check --watch=0 a.example", "--watch: \"0\"" },
	{ "check --offline a.example", "--offline needs a zone file" },
	{ "check --color blue a.example", "none of auto, always, never" },
	{ "check --host localhost a.example", "--host: " },
	{ "server --service ftp a.example", "is not of the form" },
	{ "server", "needs" },
	{ "--service imap", "--service is no option of" },
	{ "--demo example.org", "leave out \"example.org\", or --demo" },
	{ "--demo --zone=x", "leave out --zone, or --demo" },
	{ "--no-authoritative --demo", "leave out --no-authoritative" },
	{ "check --demo example.org", "no option of \"mailwizard check\"" },
	{ "check -a answers a.example", "--answers is no option of" },
	{ "records", "\"mailwizard records\" needs a domain" },
	{ "records --format x a.example", "--format: \"x\" is none of" },
	{ "records --dns 127.0.0.1 a.example", "--dns is no option of" },
	{ "--format zone a.example", "--format is no option of" },
	{ "check --login me a.example", "--login is no option of" },
	{ "server --password-file f a.example", "--login USER" },
	{ "server --password-fd 3 a.example", "--login USER" },
	{ "server --login me --password-fd x a.example", "open descriptor" },
	{ "server --login me --password-fd 0 --password-file f a.example",
	    "leave one of them out" },
};

static void
what_is_wrong_is_said(void **state)
{
	for (size_t i = 0; i < COUNT(wrong); i++) {
		struct options options;
		const char *text = NULL;
		enum options_end end =
		    read_line(*state, wrong[i].line, &options, &text);

		if (end != OPTIONS_WRONG || strstr(text, wrong[i].says) == NULL)
			fail_msg("%s: %s", wrong[i].line,
			    text != NULL ? text : "accepted");
		assert_null(strchr(text, '\n'));
	}
}

static void
commands_and_operands(void **state)
{
	struct options o = good(*state, "");

	assert_int_equal(o.command, COMMAND_WIZARD);
	assert_int_equal(o.noperands, 0);
	o = good(*state, "example.org");
	assert_int_equal(o.command, COMMAND_WIZARD);
	assert_string_equal(o.operands[0], "example.org");
	o = good(*state, "check a.example b.example");
	assert_int_equal(o.command, COMMAND_CHECK);
	assert_int_equal(o.noperands, 2);
	assert_string_equal(o.operands[1], "b.example");
	o = good(*state, "--json spf --ip 192.0.2.1 a.example");
	assert_int_equal(o.command, COMMAND_SPF);
	assert_true(o.json);
	o = good(*state, "check -f -");
	assert_string_equal(o.file, "-");
}

static void
gnu_conventions(void **state)
{
	struct options o = good(*state, "check a.example --json --timeout=2.5");

	assert_true(o.json);
	assert_int_equal(o.timeout_ms, 2500);
	o = good(*state, "check --timeo .25 a.example");
	assert_int_equal(o.timeout_ms, 250);
	o = good(*state, "check -vf names");
	assert_true(o.verbose);
	assert_string_equal(o.file, "names");
	o = good(*state, "check -fnames -v");
	assert_string_equal(o.file, "names");
	o = good(*state, "check -- --json");
	assert_false(o.json);
	assert_string_equal(o.operands[0], "--json");
	o = good(*state, "check --file= a.example");
	assert_string_equal(o.file, "");
}

static void
where_it_looks(void **state)
{
	struct options o = good(*state, "check a.example");

	assert_int_equal(o.nservers, 0);
	assert_true(o.authoritative);
	o = good(*state, "check --dns 127.0.0.1:5353,[::1]:53 a.example");
	assert_int_equal(o.nservers, 2);
	assert_int_equal(o.servers[0].port, 5353);
	assert_int_equal(o.servers[1].ip.family, IP_V6);
	assert_false(o.authoritative);
	o = good(*state, "check --dns 127.0.0.1 --authoritative=54 a.example");
	assert_true(o.authoritative);
	assert_int_equal(o.authoritative_port, 54);
	o = good(*state, "check --no-authoritative a.example");
	assert_false(o.authoritative);
	o = good(*state, "check --zone a --zone b --offline a.example");
	assert_int_equal(o.nzones, 2);
	assert_true(o.offline);
	assert_false(o.authoritative);
}

static void
what_it_looks_at(void **state)
{
	struct options o = good(*state, "check a.example");

	assert_true(o.step[STEP_DOMAIN] && o.step[STEP_SPF]);
	assert_int_equal(o.jobs, 64);
	assert_int_equal(o.timeout_ms, 30000);
	o = good(*state, "check --only spf a.example");
	assert_true(!o.step[STEP_DOMAIN] && o.step[STEP_SPF]);
	o = good(*state, "check --only spf --only domain a.example");
	assert_true(o.step[STEP_DOMAIN] && o.step[STEP_SPF]);
	o = good(*state, "check --skip spf,pop3,pop3 a.example");
	assert_true(o.step[STEP_DOMAIN] && !o.step[STEP_SPF]);
	assert_true(!o.step[STEP_POP3] && o.step[STEP_SUBMISSION]);
	o = good(*state,
	    "check --sending-ip 192.0.2.1 --sending-ip 2001:db8::1 a.example");
	assert_int_equal(o.nsending, 2);
	assert_string_equal(o.sending_texts[1], "2001:db8::1");
}

static void
the_client(void **state)
{
	struct options o = good(*state, "spf a.example --ip ::ffff:192.0.2.1");

	assert_int_equal(o.client.family, IP_V6);
	assert_null(o.sender);
	assert_null(o.helo);
	o = good(*state,
	    "spf a.example --ip 192.0.2.1 --sender '' --helo [1.2.3.4]");
	assert_string_equal(o.sender, "");
	assert_string_equal(o.helo, "[1.2.3.4]");
	o = good(*state, "check a.example --helo a\x1b[31m");
	assert_string_equal(o.helo, "a\\027[31m");
	o = good(*state,
	    "check a.example --helo b\xc3\xbc"
	    "cher.example");
	assert_string_equal(o.helo, "xn--bcher-kva.example");
	o = good(*state, "spf a.example --ip 192.0.2.1 --sender <>");
	assert_string_equal(o.sender, "");
	o = good(*state, "spf a.example --ip 192.0.2.1 --sender=<a@b.example>");
	assert_string_equal(o.sender, "a@b.example");
}

static void
help_and_version(void **state)
{
	static const char *const lines[] = { "--help", "-h", "check --help",
		"spf -h", "--help check", "check --json --help a b c" };
	struct options options;
	const char *text = NULL;

	for (size_t i = 0; i < COUNT(lines); i++) {
		assert_int_equal(
		    read_line(*state, lines[i], &options, &text), OPTIONS_SAY);
		assert_non_null(strstr(text, "Usage: mailwizard"));
		for (const char *p = text; *p != '\0'; p += strcspn(p, "\n")) {
			p += *p == '\n';
			assert_true(strcspn(p, "\n") <= 80);
		}
	}
	read_line(*state, "spf --help", &options, &text);
	assert_non_null(strstr(text, "--sender ADDRESS"));
	assert_null(strstr(text, "--jobs"));
	assert_int_equal(
	    read_line(*state, "--version", &options, &text), OPTIONS_SAY);
	assert_string_equal(text, "mailwizard " MAILWIZARD_VERSION "\n");
}

static int
begin(void **state)
{
	*state = arena_new();
	return 0;
}

static int
end(void **state)
{
	arena_free(*state);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_wrong_is_said),
		cmocka_unit_test(commands_and_operands),
		cmocka_unit_test(gnu_conventions),
		cmocka_unit_test(where_it_looks),
		cmocka_unit_test(what_it_looks_at),
		cmocka_unit_test(the_client),
		cmocka_unit_test(help_and_version),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
