/* The wizard as lines of text, on a terminal. */
#include "plain_fixture.h"

#include <arpa/inet.h>
#include <signal.h>
#include <sys/socket.h>

#include "../harness/pty.h"

static struct terminal *
start(const char *term, const char *more, const char *zone, const char *option)
{
	const char *argv[] = { mailwizard(), "--zone", zone, "--offline",
		option, NULL };
	char term_env[64];
	const char *env[] = { state_env, term_env, more, NULL };

	state_forget();
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
acceptance_14_the_same_plan_as_on_the_screen(void **state)
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
	answer(t, "Step 3 of", "");
	answer(t, "Step 4 of", "");
	answer(t, "Step 5 of", "");
	answer(t, "Step 6 of", "");
	answer(t, "Step 7 of", "");
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
	terminal_keys(t, "<C-n><C-n><C-n><C-n><C-n><C-n>");
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

/* "Checked DKIM (0.00 s): nothing is wrong", however long it took. */
static bool
found(struct terminal *t, const char *step, const char *what)
{
	for (int i = 0; i < 300; i++) {
		for (int took = 0; took < 100; took++) {
			char line[64];

			snprintf(line, sizeof(line),
			    "Checked %s (0.%02d s): %s", step, took, what);
			if (terminal_shows(t, line))
				return true;
		}
		terminal_settle(t, 100);
	}
	terminal_print(t);
	return false;
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
	if (!terminal_wait_ms(t,
		"OK    Published at both name servers, and visible", 30000)) {
		terminal_print(t);
		fail();
	}
	terminal_keys(t, "<Enter>");
	for (int step = 3; step <= 4; step++) {
		assert_true(terminal_wait(
		    t, step == 3 ? "Step 3 of 8" : "Step 4 of 8"));
		answer(t, "Or: p the records", "p");
		answer(t, "y it is published", "y");
		assert_true(
		    found(t, step == 3 ? "DKIM" : "DMARC", "nothing is wrong"));
		terminal_keys(t, "<Enter>");
	}
	assert_true(terminal_wait(t, "Step 5 of 8"));
	answer(t, "Or: g what to do on the server", "g");
	answer(t, "disable_plaintext_auth = yes", "w");
	/* There are no SRV records, which is no fault. */
	assert_true(found(t, "SMTP", "1 NOTE"));
	for (int step = 6; step <= 7; step++) {
		terminal_keys(t, "<Enter>");
		assert_true(terminal_wait(
		    t, step == 6 ? "Step 6 of 8" : "Step 7 of 8"));
	}
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
	state_forget();
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(acceptance_14_the_same_plan_as_on_the_screen),
		cmocka_unit_test(it_comes_when_asked_or_needed),
		cmocka_unit_test(signals_end_it_saved),
		cmocka_unit_test(the_end_on_a_terminal),
		cmocka_unit_test(nobody_has_to_wait),
		cmocka_unit_test(the_second_one_reads_only),
		cmocka_unit_test(a_small_window_offers_it),
		cmocka_unit_test(the_demo_is_repaired),
	};

	return cmocka_run_group_tests(tests, begin, state_end);
}
