/* The wizard as lines of text: by pipes, and on a terminal. */
#include "../harness/unit.h"

#include <arpa/inet.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../../checks/base/str.h"
#include "../harness/command.h"
#include "../harness/pty.h"

#define WORLD                                                                  \
	"$ORIGIN example.org.\n"                                               \
	"@ SOA ns hostmaster 1 3600 900 604800 300\n"                          \
	"@ NS ns\n"                                                            \
	"@ MX 10 mail\n"                                                       \
	"ns A 192.0.2.53\n"                                                    \
	"mail A 192.0.2.25\n"                                                  \
	"25.2.0.192.in-addr.arpa. PTR mail.example.org.\n"

static const char *bare, *broken, *hostile, *changing;
static char state_dir[64];
static char state_env[96];

/* --- a run by pipes ------------------------------------------------------ */

static void
forget_plans(void)
{
	char command[128];

	snprintf(command, sizeof(command), "rm -rf '%s/mailwizard'", state_dir);
	assert_int_equal(system(command), 0);
}

/* Lines of text and line feeds, nothing else; no line but one to be copied
 * is longer than the screen is wide. */
static void
is_plain(const char *out)
{
	for (const char *p = out; *p != '\0'; p++) {
		unsigned char c = (unsigned char)*p;

		if (c != '\n' && (c < 0x20 || c > 0x7e))
			fail_msg("octet %u in: %s", c, out);
	}
}

static struct outcome
go(const char *zone, const char *lines)
{
	struct outcome o;

	forget_plans();
	o = command_run(lines, "--plain", "--zone", zone, "--offline");
	is_plain(o.out);
	is_plain(o.err);
	return o;
}

static char *
saved(void)
{
	char path[160];
	char text[8192];
	FILE *file;
	size_t n;

	snprintf(
	    path, sizeof(path), "%s/mailwizard/example.org.plan", state_dir);
	file = fopen(path, "r");
	assert_non_null(file);
	n = fread(text, 1, sizeof(text) - 1, file);
	text[n] = '\0';
	fclose(file);
	return strdup(text);
}

static void
put_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	fputs(text, file);
	assert_int_equal(fclose(file), 0);
}

static bool
ends_with(const char *text, const char *end)
{
	size_t n = strlen(text);

	return n >= strlen(end) && strcmp(text + n - strlen(end), end) == 0;
}

/* --- the whole way ------------------------------------------------------- */

static void
is_green(struct outcome *o)
{
	assert_non_null(strstr(o->out, "exactly this record is published"));
	assert_null(strstr(o->out, "FAIL"));
	assert_int_equal(o->status, 0);
	assert_true(
	    ends_with(o->out, "Continue: mailwizard --plain example.org\n"));
	command_free(o);
}

/*
 * From nothing: the proposal, the record shown, put into DNS, seen there.
 * The zone file is what the person changes at the provider; a second run goes
 * on with the saved plan.
 */
static void
from_nothing_to_green(void **state)
{
	struct outcome o;

	(void)state;
	put_file(changing, WORLD);
	o = go(changing, "https://Example.org/\n\n2\n\n\np\ny\n\n\n");
	assert_non_null(strstr(o.out, "Mail domain: example.org\n"));
	assert_non_null(strstr(o.out, "no SPF record is published yet"));
	assert_non_null(strstr(o.out, "Value:\nv=spf1 mx ~all\n"));
	assert_non_null(strstr(o.out, "DNS does not show it yet"));
	assert_int_equal(o.status, 1);
	command_free(&o);
	put_file(changing, WORLD "@ TXT \"v=spf1 mx ~all\"\n");
	o = command_run(
	    "1\n<\n!\n\n\n", "--plain", "--zone", changing, "--offline");
	assert_non_null(strstr(o.out, "Saved work:\n 1  example.org, "));
	is_green(&o);
}

/* A repair that the program offers, by its number. */
static void
a_broken_record_is_repaired(void **state)
{
	struct outcome o = go(broken, "example.org\n\n\n\n\n4\n1\nt\n\n\n");
	char *plan = saved();

	(void)state;
	assert_non_null(strstr(o.out, "Take over the repaired"));
	assert_non_null(strstr(o.out, "192.0.2.25: pass"));
	assert_non_null(
	    strstr(plan, "spf.term = mx\nspf.term = ~all\nspf.begun = yes\n"));
	assert_non_null(strstr(o.out, "\nv=spf1 mx ~all\n"));
	assert_int_equal(o.status, 1); /* it is not published */
	free(plan);
	command_free(&o);
}

/* Every command of the SPF step, one after the other. */
static void
terms_are_edited(void **state)
{
	static const struct {
		const char *lines;
		const char *terms; /* in the saved plan */
	} edits[] = {
		{ "a\n3\n192.0.2.26\n", "mx|ip4:192.0.2.26|-all" },
		{ "a\ninclude:_spf.example.net\n",
		    "mx|include:_spf.example.net|-all" },
		{ "a\n1\n\nu\n", "mx|-all" },
		{ "a\n2\n\n", "mx|a|-all" },
		{ "1\n2\n", "-all" },
		{ "1\n2\nu\n", "mx|-all" },
		{ "1\n1\na:mail.example.org\n", "a:mail.example.org|-all" },
		{ "1\n4\n", "-all|mx" },
		{ "2\n3\n", "-all|mx" },
		{ "1\n5\n3\n", "~mx|-all" },
		{ "e\n2\n", "mx|~all" },
		{ "1\n\na\n\ne\n\n", "mx|-all" },
		{ "1\n3\n", "mx|-all" }, /* the first one already */
		{ "a\n<\n1\n<\n", "mx|-all" },
		{ "1\n2\nl\n", "mx|-all" },
	};

	(void)state;
	put_file(changing, WORLD "@ TXT \"v=spf1 mx -all\"\n");
	for (size_t i = 0; i < COUNT(edits); i++) {
		char lines[256];
		char found[256] = "";
		struct outcome o;
		char *plan;

		snprintf(lines, sizeof(lines), "example.org\n\n\n\n\n%s\n\n",
		    edits[i].lines);
		o = go(changing, lines);
		plan = saved();
		for (char *p = plan; (p = strstr(p, "spf.term = ")) != NULL;) {
			size_t n = strcspn(p += 11, "\n");

			snprintf(found + strlen(found),
			    sizeof(found) - strlen(found), "%s%.*s",
			    *found == '\0' ? "" : "|", (int)n, p);
		}
		if (strcmp(found, edits[i].terms) != 0)
			fail_msg("%s: %s\n%s", edits[i].lines, found, o.out);
		free(plan);
		command_free(&o);
	}
}

/* --- what is typed wrong ------------------------------------------------- */

static void
wrong_lines_are_told(void **state)
{
	char *lines = malloc(32768);
	struct outcome o;

	(void)state;
	strcpy(lines, "\nlocalhost\n");
	memset(lines + strlen(lines), 'a', 10000);
	strcpy(lines + 11 + 10000,
	    "\nexample.org\n\n9\n\n\n99\n0\n-1\n1 77\n"
	    "1.2.3\n192.0.2.25\nxyz\n\n6x\n\n\n");
	put_file(changing, WORLD "@ TXT \"v=spf1 mx -all\"\n");
	o = go(changing, lines);
	assert_non_null(strstr(o.out, "An answer is needed here"));
	assert_non_null(strstr(o.out, "FAIL  \"localhost\""));
	assert_non_null(strstr(o.out, "longer than 4095 characters"));
	assert_non_null(strstr(o.out, "none of the choices. Choose one"));
	assert_non_null(strstr(o.out, "\"99\" is none of the choices"));
	assert_non_null(strstr(o.out, "\"0\" is none of the choices"));
	assert_non_null(strstr(o.out, "\"-1\" is none of the choices"));
	assert_non_null(strstr(o.out, "\"77\" is none of the choices"));
	assert_non_null(strstr(o.out, "\"1.2.3\""));
	assert_non_null(strstr(o.out, "\"xyz\" is none of the choices"));
	assert_non_null(strstr(o.out, "\"6x\" is none of the choices"));
	command_free(&o);
	free(lines);
}

/* At every question the input may end: it is saved, and said how to go on. */
static void
the_end_may_come_anywhere(void **state)
{
	static const char all[] =
	    "example.org\nmail.example.org\n2\n\n1\n\n2\n\n5\n\n"
	    "a\n3\n\n1\n5\n\n1\n1\n\ne\n\np\n2\ny\nr\n\n9\n\n";
	size_t at = 0;

	(void)state;
	put_file(changing, WORLD "@ TXT \"v=spf1 mx +all\"\n");
	for (;;) {
		char lines[sizeof(all)] = "";
		struct outcome o;

		memcpy(lines, all, at);
		o = go(changing, lines);
		if (o.status != 1 ||
		    strstr(o.out, "mailwizard --plain") == NULL ||
		    !ends_with(o.out,
			strstr(o.out, "Step ") == NULL
			    ? "again with: mailwizard --plain\n"
			    : "Continue: mailwizard --plain example.org\n"))
			fail_msg("%s: %d %s", lines, o.status, o.out);
		assert_string_equal(o.err, "");
		command_free(&o);
		if (all[at] == '\0')
			break;
		at += strcspn(all + at, "\n") + 1;
	}
}

static void
q_quits_and_back_goes_back(void **state)
{
	struct outcome o = go(bare, "example.org\n<\n<\n\n\n\n\n\n<\n<\nq\n");

	(void)state;
	assert_non_null(strstr(o.out, "This is the first question"));
	assert_int_equal(o.status, 1);
	assert_true(
	    ends_with(o.out, "Continue: mailwizard --plain example.org\n"));
	command_free(&o);
}

/* --- hostile octets ------------------------------------------------------ */

static void
hostile_octets_are_shown(void **state)
{
	struct outcome o = go(hostile,
	    "example.org\n\n\n\n\n1\n\n2\n\n3\n\n4\n\n5\n\np\n1\n2\n"
	    "3\n4\n\nt\n\n1\n\n2\n\n\n");

	(void)state;
	assert_non_null(strstr(o.out, "\\027]52;c;eA==\\007"));
	assert_non_null(strstr(o.out, "\\155"));
	assert_non_null(strstr(o.out, "\\226\\128\\174"));
	command_free(&o);
	o = go(bare, "ex\033[2Jample\001.org\n\302\233\342\200\256\nq\n");
	command_free(&o);
}

/* --- on a terminal ------------------------------------------------------- */

static struct terminal *
start(const char *term, const char *more, const char *zone, const char *option)
{
	const char *argv[] = { mailwizard(), "--zone", zone, "--offline",
		option, NULL };
	char term_env[64];
	const char *env[] = { state_env, term_env, more, NULL };

	forget_plans();
	snprintf(term_env, sizeof(term_env), "TERM=%s", term);
	return terminal_start(argv, env, option == NULL ? 24 : 120, 80);
}

/* As a person, or expect, does it: an answer after each prompt. */
static void
answer(struct terminal *t, const char *prompt, const char *line)
{
	if (!terminal_wait(t, prompt))
		fail_msg("no prompt %s", prompt);
	terminal_settle(t, 30);
	terminal_keys(t, line);
	terminal_keys(t, "<Enter>");
}

static void
the_same_plan_as_on_the_screen(void **state)
{
	struct terminal *t = start("dumb", NULL, broken, "--plain");
	char *lines, *keys;

	(void)state;
	answer(t, "Mail domain [", "example.org");
	answer(t, "Mail host [", "-");
	answer(t, "Number [", "1");
	answer(t, "DNS resolver [", "-");
	answer(t, "Step 1 of", "");
	answer(t, "Or: a add", "4");
	answer(t, "Number to do it", "1");
	answer(t, "OK    Done", "");
	answer(t, "Or: s save", "");
	assert_int_equal(terminal_exit(t), 1);
	assert_null(strchr(terminal_output(t, NULL), '\033'));
	terminal_end(t);
	lines = saved();

	t = start("xterm", NULL, broken, NULL);
	assert_true(terminal_wait(t, "Mail domain"));
	terminal_keys(t,
	    "<C-a><C-k>example.org<Tab><C-a><C-k><Tab><Tab>"
	    "<C-a><C-k><C-n>");
	assert_true(terminal_wait(t, "What DNS says now"));
	terminal_keys(t, "<C-n>");
	assert_true(terminal_wait(t, "Take over the repaired"));
	terminal_settle(t, 300);
	terminal_keys(t, "<Tab><Tab><Tab><Tab><Tab>");
	assert_true(terminal_wait(t, "Changes your record here"));
	terminal_settle(t, 300);
	terminal_keys(t, "<Enter>");
	assert_true(terminal_wait(t, "1 of 1 own"));
	terminal_keys(t, "<C-n>");
	assert_true(terminal_wait(t, "To do now"));
	terminal_keys(t, "<C-n><Enter>");
	assert_int_equal(terminal_exit(t), 1);
	terminal_end(t);
	keys = saved();
	assert_string_equal(lines, keys);
	free(lines);
	free(keys);
}

static const struct {
	const char *term;
	const char *env;
	const char *option;
	bool plain;
} ways[] = {
	{ "xterm", NULL, "--plain", true },
	{ "xterm", "ACCESSIBLE=1", NULL, true },
	{ "xterm", "ACCESSIBLE=true", NULL, true },
	{ "xterm", "ACCESSIBLE=0", NULL, false },
	{ "xterm", "ACCESSIBLE=false", NULL, false },
	{ "xterm", "ACCESSIBLE=", NULL, false },
	{ "dumb", NULL, NULL, true },
	{ "nosuch", NULL, NULL, true },
	{ "", NULL, NULL, true },
	{ "xterm", NULL, NULL, false },
};

static void
it_comes_when_asked_or_needed(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(ways); i++) {
		struct terminal *t =
		    start(ways[i].term, ways[i].env, bare, ways[i].option);

		assert_true(terminal_wait(
		    t, ways[i].plain ? "Mail domain [" : "> Mail domain"));
		if (ways[i].plain !=
		    (strchr(terminal_output(t, NULL), '\033') == NULL))
			fail_msg("way %zu", i);
		terminal_end(t);
	}
}

static const struct {
	int number; /* of a signal; 0: Ctrl-C typed */
	int status;
} endings[] = { { 0, 130 }, { SIGINT, 130 }, { SIGTERM, 143 },
	{ SIGHUP, 129 } };

static void
signals_end_it_saved(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(endings); i++) {
		struct terminal *t = start("xterm", NULL, bare, "--plain");
		char *plan;

		answer(t, "Mail domain [", "example.org");
		answer(t, "Mail host [", "");
		answer(t, "Number [", "");
		answer(t, "DNS resolver [", "");
		assert_true(terminal_wait(t, "q quit:"));
		if (endings[i].number == 0)
			terminal_keys(t, "<C-c>");
		else
			terminal_signal(t, endings[i].number);
		assert_int_equal(terminal_exit(t), endings[i].status);
		if (endings[i].number != SIGHUP)
			assert_true(terminal_shows(
			    t, "Continue: mailwizard --plain example.org"));
		plan = saved();
		assert_non_null(strstr(plan, "domain = example.org\n"));
		free(plan);
		terminal_end(t);
	}
}

/* Ctrl-D, and a line that is cut. */
static void
the_end_on_a_terminal(void **state)
{
	struct terminal *t = start("xterm", NULL, bare, "--plain");

	(void)state;
	assert_true(terminal_wait(t, "Mail domain ["));
	terminal_keys(t, "<C-d>");
	assert_int_equal(terminal_exit(t), 1);
	assert_true(terminal_shows(t, "Begin again with: mailwizard --plain"));
	terminal_end(t);
	t = start("xterm", NULL, bare, "--plain");
	assert_true(terminal_wait(t, "Mail domain ["));
	terminal_hang_up(t);
	assert_int_equal(terminal_exit(t), 129);
	terminal_end(t);
}

/* From a window that shrank; the answers so far are there. */
static void
a_small_window_offers_it(void **state)
{
	struct terminal *t = start("xterm", NULL, bare, NULL);

	(void)state;
	assert_true(terminal_wait(t, "> Mail domain"));
	terminal_keys(t, "<C-a><C-k>example.org<C-n>");
	assert_true(terminal_wait(t, "What DNS says now"));
	terminal_resize(t, 10, 30);
	assert_true(terminal_wait(t, "p  go on as plain text"));
	terminal_keys(t, "p");
	assert_true(terminal_wait(t, "q quit:"));
	assert_false(terminal_on_alternate_screen(t));
	terminal_resize(t, 24, 80);
	terminal_keys(t, "<Enter>");
	assert_true(terminal_wait(t, "Or: a add"));
	terminal_keys(t, "q<Enter>");
	assert_int_equal(terminal_exit(t), 1);
	assert_true(terminal_shows(t, "mailwizard --plain example.org"));
	assert_int_equal(
	    terminal_modes(t).c_lflag, terminal_modes_before(t)->c_lflag);
	terminal_end(t);
}

/* Repaired and published in the demo, whose DNS follows by itself. */
static void
the_demo_is_repaired(void **state)
{
	const char *argv[] = { mailwizard(), "--plain", "--demo", NULL };
	struct terminal *t = terminal_start(argv, NULL, 200, 100);

	(void)state;
	answer(t, "Mail domain [bakery.example]", "");
	answer(t, "Mail host [", "");
	answer(t, "Number [", "");
	answer(t, "DNS resolver [", "");
	answer(t, "Or: p the records", "p");
	answer(t, "y it is published", "y");
	answer(t, "a moment.", "");
	answer(t, "Repair: r", "r");
	answer(t, "OK    Done", "p");
	answer(t, "y it is published", "y");
	assert_true(terminal_wait_ms(
	    t, "DNS shows the record as it is planned", 30000));
	terminal_keys(t, "<Enter>");
	assert_true(terminal_wait(t, "Or: s save"));
	terminal_keys(t, "<Enter>");
	assert_int_equal(terminal_exit(t), 0);
	terminal_end(t);
}

/* A name server that never answers: its port, and who holds it. */
static int
silent_server(uint16_t *port)
{
	struct sockaddr_in at = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t size = sizeof(at);
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	assert_int_not_equal(fd, -1);
	assert_int_equal(bind(fd, (struct sockaddr *)&at, size), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&at, &size), 0);
	*port = ntohs(at.sin_port);
	return fd;
}

static void
nobody_has_to_wait(void **state)
{
	uint16_t port;
	int fd = silent_server(&port);
	char at[32];
	const char *argv[] = { mailwizard(), "--plain", "--dns", at,
		"example.org", NULL };
	const char *env[] = { state_env, NULL };
	struct terminal *t;

	(void)state;
	forget_plans();
	snprintf(at, sizeof(at), "127.0.0.1:%u", (unsigned int)port);
	t = terminal_start(argv, env, 60, 80);
	assert_true(terminal_wait(t, "Enter goes on without waiting"));
	terminal_keys(t, "<Enter>");
	assert_true(terminal_wait_ms(t, "What DNS has is not known yet", 1000));
	answer(t, "q quit:", "99");
	assert_true(terminal_wait(t, "\"99\" is none of the choices"));
	terminal_keys(t, "<C-c>");
	assert_int_equal(terminal_exit(t), 130);
	terminal_end(t);
	close(fd);
}

/* The second one looks, and says that it does not write. */
static void
the_second_one_reads_only(void **state)
{
	struct terminal *t = start("xterm", NULL, bare, "--plain");
	struct outcome o;

	(void)state;
	answer(t, "Mail domain [", "example.org");
	answer(t, "Mail host [", "");
	answer(t, "Number [", "");
	answer(t, "DNS resolver [", "");
	assert_true(terminal_wait(t, "q quit:"));
	o = command_run("1\n192.0.2.99\n", "--plain", "--zone", bare,
	    "--offline", "example.org");
	assert_non_null(strstr(o.out, "is open in another wizard"));
	assert_int_equal(o.status, 1);
	command_free(&o);
	o = command_run("sending = 192.0.2.98\n", "-a", "-", "--zone", bare,
	    "--offline", "example.org");
	assert_non_null(strstr(o.err, "is open in another wizard"));
	command_free(&o);
	terminal_keys(t, "q<Enter>");
	terminal_exit(t);
	terminal_end(t);
	o = command_run(
	    NULL, "--plain", "--zone", bare, "--offline", "example.org");
	assert_null(strstr(o.out, "192.0.2.9"));
	command_free(&o);
}

static int
begin(void **state)
{
	(void)state;
	bare = command_file("bare.zone", WORLD);
	broken = command_file(
	    "broken.zone", WORLD "@ TXT \"v=spf1 mx ip4:192.0.2.300 ?all\"\n");
	hostile = command_file("hostile.zone",
	    WORLD "@ TXT \"v=spf1 a\\027]52;c;eA==\\007 mx \\155[2J "
		  "exp=\\226\\128\\174.example -all\"\n"
		  "@ TXT \"v=spf1 \\000\\255 -all\"\n"
		  "mail TXT \"\\027[2J\"\n");
	changing = command_file("changing.zone", WORLD);
	strcpy(state_dir, "/tmp/mailwizard-plain-XXXXXX");
	if (mkdtemp(state_dir) == NULL)
		return -1;
	snprintf(state_env, sizeof(state_env), "XDG_STATE_HOME=%s", state_dir);
	return setenv("XDG_STATE_HOME", state_dir, 1) ||
	    setenv("LC_ALL", "C.UTF-8", 1);
}

static int
end(void **state)
{
	(void)state;
	forget_plans();
	return rmdir(state_dir);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(from_nothing_to_green),
		cmocka_unit_test(a_broken_record_is_repaired),
		cmocka_unit_test(terms_are_edited),
		cmocka_unit_test(wrong_lines_are_told),
		cmocka_unit_test(the_end_may_come_anywhere),
		cmocka_unit_test(q_quits_and_back_goes_back),
		cmocka_unit_test(hostile_octets_are_shown),
		cmocka_unit_test(the_same_plan_as_on_the_screen),
		cmocka_unit_test(it_comes_when_asked_or_needed),
		cmocka_unit_test(signals_end_it_saved),
		cmocka_unit_test(the_end_on_a_terminal),
		cmocka_unit_test(nobody_has_to_wait),
		cmocka_unit_test(the_second_one_reads_only),
		cmocka_unit_test(a_small_window_offers_it),
		cmocka_unit_test(the_demo_is_repaired),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
