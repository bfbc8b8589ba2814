/* Records and files on the normal screen, while curses is away (F3, F4). */
#include "../harness/unit.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../harness/command.h"
#include "../harness/pty.h"
#include "../harness/state.h"

#define ZONE "tests/ui/zones/broken.zone"
#define RECORD                                                                 \
	"v=spf1 mx inlcude:_spf.example.net ip4:192.0.2.300 "                  \
	"include:_spf.nowhere.example ?all"

/* In the step SPF, in F3. */
static struct terminal *
start(void)
{
	const char *argv[] = { mailwizard(), "--zone", ZONE, "--offline",
		"example.org", NULL };
	const char *env[] = { state_env, NULL };
	struct terminal *t;

	state_forget();
	t = terminal_start(argv, env, 24, 80);
	assert_true(terminal_wait(t, "The PTR of"));
	terminal_keys(t, "<C-n>");
	assert_true(terminal_wait(t, "Take over"));
	terminal_keys(t, "<F3>");
	assert_true(terminal_wait(t, "triple click"));
	assert_false(terminal_on_alternate_screen(t));
	return t;
}

/* The text of a file in the folder of the plans; "" when there is none. */
static const char *
text_of(const char *name)
{
	static char text[4096];
	char path[160];
	size_t n;
	FILE *file;

	snprintf(path, sizeof(path), "%s/mailwizard/%s", state_dir, name);
	file = fopen(path, "r");
	if (file == NULL)
		return "";
	n = fread(text, 1, sizeof(text) - 1, file);
	text[n] = '\0';
	fclose(file);
	return text;
}

static int
mode_of(const char *name)
{
	char path[160];
	struct stat st;

	snprintf(path, sizeof(path), "%s/mailwizard/%s", state_dir, name);
	assert_int_equal(stat(path, &st), 0);
	return st.st_mode & 07777;
}

static bool
printed(struct terminal *t, const char *text)
{
	return strstr(terminal_output(t, NULL), text) != NULL;
}

static void
every_format(void **state)
{
	struct terminal *t = start();

	(void)state;
	assert_true(printed(t, "\nName:\r\n@\r\n"));
	assert_true(printed(t, "\n" RECORD "\r\n"));
	terminal_keys(t, "n");
	assert_true(terminal_wait(t, "format: Zone file"));
	assert_true(printed(t, "IN TXT \"" RECORD "\"\r\n"));
	terminal_keys(t, "n");
	assert_true(terminal_wait(t, "format: Windows DNS"));
	assert_true(printed(t, "DnsServerResourceRecord"));
	terminal_keys(t, "n");
	assert_true(terminal_wait(t, "format: nsupdate"));
	assert_true(printed(t, "update add example.org. "));
	terminal_keys(t, "r");
	assert_true(terminal_wait(t, "record 2 of"));
	terminal_keys(t, "q");
	assert_true(terminal_wait(t, "Take over"));
	assert_true(terminal_on_alternate_screen(t));
	terminal_keys(t, "<C-c><C-c>");
	assert_int_equal(terminal_exit(t), 130);
	terminal_end(t);
}

/* The name server in SOA or NS tells whose web page it is. */
static void
the_dns_host_is_named(void **state)
{
	const char *zone = command_file("cloud.zone",
	    "$ORIGIN example.org.\n$TTL 3600\n"
	    "@ SOA ada.ns.cloudflare.com. dns.cloudflare.com. 1 2 3 4 5\n"
	    "@ NS ada.ns.cloudflare.com.\n"
	    "@ MX 10 mail\nmail A 192.0.2.25\n@ TXT \"v=spf1 mx -all\"\n");
	const char *argv[] = { mailwizard(), "--zone", zone, "--offline",
		"example.org", NULL };
	const char *env[] = { state_env, NULL };
	struct terminal *t;

	(void)state;
	state_forget();
	t = terminal_start(argv, env, 24, 80);
	assert_true(terminal_wait(t, "What DNS says now"));
	terminal_settle(t, 200);
	terminal_keys(t, "<C-n>");
	assert_true(terminal_wait(t, "exactly this record"));
	terminal_keys(t, "<F3>");
	assert_true(terminal_wait(t, "Your DNS seems to be at Cloudflare"));
	terminal_keys(t, "<Enter><C-c><C-c>");
	assert_int_equal(terminal_exit(t), 130);
	terminal_end(t);
}

/* "dj1zcGYx" is "v=spf1". */
static void
to_the_clipboard(void **state)
{
	struct terminal *t = start();

	(void)state;
	terminal_keys(t, "c");
	assert_true(terminal_wait(t, "Many terminals ignore"));
	assert_true(printed(t, "\033]52;c;dj1zcGYx"));
	terminal_keys(t, "<Esc><C-c><C-c>");
	assert_int_equal(terminal_exit(t), 130);
	terminal_end(t);
}

static void
to_a_file(void **state)
{
	struct terminal *t = start();

	(void)state;
	terminal_keys(t, "n");
	assert_true(terminal_wait(t, "Zone file"));
	terminal_keys(t, "f");
	assert_true(terminal_wait(t, "Save to which file?"));
	assert_true(terminal_wait(t, "/mailwizard/example.org.zone"));
	terminal_keys(t, "xyz<BS><BS><BS><Enter>");
	assert_true(terminal_wait(t, "Saved to"));
	assert_int_equal(mode_of("example.org.zone"), 0600);
	assert_non_null(
	    strstr(text_of("example.org.zone"), "\"" RECORD "\"\n"));
	terminal_keys(t, "nf"); /* PowerShell, another name; given up */
	assert_true(terminal_wait(t, "example.org.ps1"));
	terminal_keys(t, "<C-u>/nonexistent/x<Enter>");
	assert_true(terminal_wait(t, "could not be written: No such file"));
	terminal_keys(t, "f<C-u>");
	terminal_keys(t, state_dir);
	terminal_keys(t, "/mailwizard/example.org.zone<Enter>");
	assert_true(terminal_wait(t, "Replace it? y/N"));
	terminal_keys(t, "n");
	assert_true(terminal_wait(t, "left as it is"));
	assert_null(strstr(text_of("example.org.zone"), "Dns"));
	terminal_keys(t, "f<C-u>");
	terminal_keys(t, state_dir);
	terminal_keys(t, "/mailwizard/example.org.zone<Enter>");
	terminal_settle(t, 200);
	terminal_keys(t, "y");
	terminal_settle(t, 200);
	assert_non_null(strstr(text_of("example.org.zone"), "Dns"));
	assert_int_equal(mode_of("example.org.zone"), 0600);
	terminal_keys(t, "f<Esc><Enter>");
	assert_true(terminal_wait(t, "Take over"));
	terminal_keys(t, "<C-c><C-c>");
	assert_int_equal(terminal_exit(t), 130);
	terminal_end(t);
}

static void
report_to_a_file(void **state)
{
	struct terminal *t = start();

	(void)state;
	terminal_keys(t, "<Enter>");
	assert_true(terminal_wait(t, "Take over"));
	terminal_keys(t, "<F4>");
	assert_true(terminal_wait(t, "Save to which file?"));
	assert_false(terminal_on_alternate_screen(t));
	terminal_keys(t, "<Enter>");
	assert_true(terminal_wait(t, "OK  Saved to"));
	assert_true(terminal_on_alternate_screen(t));
	assert_int_equal(mode_of("example.org.checklist.txt"), 0600);
	terminal_keys(t, "<F4><Esc>");
	assert_true(terminal_wait(t, "Take over"));
	terminal_keys(t, "<C-c><C-c>");
	assert_int_equal(terminal_exit(t), 130);
	assert_true(printed(t, "example.org.checklist.txt"));
	terminal_end(t);
}

/* --- what comes from outside --------------------------------------------- */

static const struct {
	int signal;
	int status;
} ends[] = {
	{ SIGTERM, 143 },
	{ SIGINT, 130 },
	{ SIGHUP, 129 },
	{ SIGSEGV, 4 },
};

static void
signals_while_away(void **state)
{
	(void)state;
	for (size_t i = 0; i < 2 * sizeof(ends) / sizeof(ends[0]); i++) {
		struct terminal *t = start();
		struct termios now;

		if (i % 2 == 1) {
			terminal_keys(t, "f");
			assert_true(terminal_wait(t, "Save to which"));
		}
		terminal_signal(t, ends[i / 2].signal);
		assert_int_equal(terminal_exit(t), ends[i / 2].status);
		now = terminal_modes(t);
		assert_int_equal(
		    now.c_lflag, terminal_modes_before(t)->c_lflag);
		assert_int_equal(
		    now.c_iflag, terminal_modes_before(t)->c_iflag);
		assert_false(terminal_on_alternate_screen(t));
		assert_true(terminal_cursor(t).visible);
		terminal_end(t);
	}
}

static void
line_is_cut_while_away(void **state)
{
	struct terminal *t = start();

	(void)state;
	terminal_hang_up(t);
	assert_int_equal(terminal_exit(t), 129);
	terminal_end(t);
}

static void
resized_while_away(void **state)
{
	struct terminal *t = start();

	(void)state;
	terminal_resize(t, 12, 40);
	terminal_resize(t, 5, 20);
	terminal_resize(t, 43, 132);
	terminal_settle(t, 100);
	assert_false(terminal_on_alternate_screen(t));
	terminal_keys(t, "<Enter>");
	assert_true(terminal_wait(t, "Take over"));
	assert_int_equal(strncmp(terminal_row(t, 42), " ", 1), 0);
	terminal_keys(t, "<C-c><C-c>");
	assert_int_equal(terminal_exit(t), 130);
	terminal_end(t);
}

static void
stopped_while_away(void **state)
{
	struct terminal *t = terminal_start_shell(
	    state_env, "--zone " ZONE " --offline example.org");

	(void)state;
	assert_non_null(t);
	assert_true(terminal_wait(t, "Take over"));
	terminal_keys(t, "<F3>");
	assert_true(terminal_wait(t, "triple click"));
	terminal_keys(t, "<C-z>");
	assert_true(terminal_wait(t, "Stopped"));
	terminal_settle(t, 100);
	terminal_keys(t, "clear; echo $((6*7))<Enter>");
	assert_true(terminal_wait(t, "42")); /* the shell sees what is typed */
	terminal_keys(t, "fg<Enter>");
	assert_true(terminal_wait(t, "triple click"));
	terminal_keys(t, "<Enter>");
	assert_true(terminal_wait(t, "Take over"));
	terminal_keys(t, "<C-c><C-c>");
	assert_true(terminal_wait(t, SHELL_PROMPT));
	terminal_end(t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_format),
		cmocka_unit_test(the_dns_host_is_named),
		cmocka_unit_test(to_the_clipboard),
		cmocka_unit_test(to_a_file),
		cmocka_unit_test(report_to_a_file),
		cmocka_unit_test(signals_while_away),
		cmocka_unit_test(line_is_cut_while_away),
		cmocka_unit_test(resized_while_away),
		cmocka_unit_test(stopped_while_away),
	};

	return cmocka_run_group_tests(tests, state_begin, state_end);
}
