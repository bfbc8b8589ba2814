/*
 * Acceptance 10: what strangers write into DNS, on every screen, in the text,
 * the JSON and the report.  Nothing of it reaches the terminal as it is.
 */
#include "../harness/unit.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../harness/command.h"
#include "../harness/pty.h"
#include "../harness/state.h"

/*
 * ESC with a sequence no program sends, C1 as a character and as an octet,
 * U+202E, NUL, DEL, octets that are no UTF-8, and OSC 52.
 */
#define EVIL                                                                   \
	"\\027[?9876h\\194\\155\\155\\226\\128\\174\\000\\127\\255\\254"       \
	"\\192\\175\\027]52;c;aGk=\\007\\013\\010"

static const char zone_text[] =
    "$ORIGIN example.org.\n"
    "$TTL 3600\n"
    "@ SOA ns1 hostmaster 1 3600 600 86400 300\n"
    "@ NS ns1\n"
    "ns1 A 192.0.2.53\n"
    "@ MX 10 mail\n"
    "@ MX 20 e\\027[?9876h\\155vil\n"
    "mail A 192.0.2.25\n"
    "25.2.0.192.in-addr.arpa. PTR m\\027[?9876h\\007.example.org.\n"
    "@ TXT \"v=spf1 mx " EVIL " include:\\027[?9876h.example ip4:192.0.2.1"
    "\\027]52;c;aGk=\\007 ?all\"\n"
    "@ TXT \"v=spf1 " EVIL " exp=" EVIL " -all\"\n";

/* What must not be written, as it is, by the program. */
static const char *const bad[] = { "\033[?9876h", "\302\233", "\342\200\256",
	"\033]52", "\377", "\376", "\300\257" };

static const char *zone;

static void
is_clean(const char *what, const char *text, size_t n)
{
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (memmem(text, n, bad[i], strlen(bad[i])) != NULL)
			fail_msg("%s: sequence %zu came through", what, i);
}

/* Lines of printable ASCII, or of letters that are no control characters. */
static void
is_text(const char *what, const char *text, size_t n)
{
	is_clean(what, text, n);
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)text[i];

		if ((c < ' ' && c != '\n') || c >= 0x7f)
			fail_msg("%s: octet %u at %zu", what, c, i);
	}
}

static void
acceptance_10_text_and_json(void **state)
{
	static const char *const commands[] = { "check", "spf" };
	static const char *const json[] = { "--no-authoritative", "--json",
		"--verbose" };

	(void)state;
	for (size_t i = 0; i < 2; i++)
		for (size_t j = 0; j < 3; j++) {
			struct outcome o =
			    command_run(NULL, commands[i], json[j], "--offline",
				"--zone", zone, "example.org");

			assert_int_equal(o.status, 1);
			assert_true(o.out_len > 100);
			is_text(commands[i], o.out, o.out_len);
			is_text("stderr", o.err, strlen(o.err));
			command_free(&o);
		}
}

static void
is_clean_so_far(struct terminal *t)
{
	size_t n;
	const char *output = terminal_output(t, &n);

	is_clean("the screen", output, n);
}

static void
acceptance_10_every_screen_and_the_report(void **state)
{
	const char *argv[] = { mailwizard(), "--zone", zone, "--offline",
		"example.org", NULL };
	const char *env[] = { state_env, NULL };
	static const char *const tour[] = { "<F1>", "<Esc>", "<F6>", "n",
		"<F3>", "n", "n", "n", "r", "<Enter>", "<PgDn>", "<F1>",
		"<Esc>", "<F5>", "<Tab>", "<F1>", "<Esc>" };
	struct terminal *t = terminal_start(argv, env, 24, 80);

	(void)state;
	assert_true(terminal_wait(t, "\\155vil"));
	for (int step = 0; step < 8; step++) {
		char here[32];

		snprintf(here, sizeof(here), "Step %d of 8", step + 1);
		terminal_settle(t, 200);
		assert_true(terminal_wait(t, here));
		for (size_t i = 0; i < sizeof(tour) / sizeof(tour[0]); i++) {
			terminal_keys(t, tour[i]);
			terminal_settle(t, 70);
		}
		is_clean_so_far(t);
		terminal_keys(t, "<F2>"); /* whatever is open */
		terminal_settle(t, 70);
		terminal_keys(t, "<Down><Enter>");
	}
	terminal_keys(t, "<C-x>");
	terminal_settle(t, 100);
	terminal_keys(t, "y");
	assert_int_equal(terminal_exit(t), 1);
	is_clean_so_far(t);
	terminal_end(t);
}

static void
acceptance_10_as_lines(void **state)
{
	const char *argv[] = { mailwizard(), "--plain", "--zone", zone,
		"--offline", "example.org", NULL };
	const char *env[] = { state_env, NULL };
	struct terminal *t = terminal_start(argv, env, 24, 80);

	(void)state;
	terminal_settle(t, 400);
	for (int i = 0; i < 8; i++) {
		terminal_keys(t, "<Enter>");
		terminal_settle(t, 100);
	}
	terminal_keys(t, "q<Enter>");
	terminal_exit(t);
	is_clean_so_far(t);
	terminal_end(t);
}

static int
begin(void **state)
{
	zone = command_file("hostile.zone", zone_text);
	return state_begin(state);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(acceptance_10_text_and_json),
		cmocka_unit_test(acceptance_10_every_screen_and_the_report),
		cmocka_unit_test(acceptance_10_as_lines),
	};

	return cmocka_run_group_tests(tests, begin, state_end);
}
