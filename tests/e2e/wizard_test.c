/* The wizard driven by keys on a terminal, as a person does. */
#include "../harness/unit.h"

#include <arpa/inet.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "../harness/pty.h"
#include "../harness/state.h"

#define ZONE "tests/ui/zones/broken.zone"

static struct terminal *
start_with(const char *const argv[], const char *term, const char *more,
    int rows, int cols)
{
	char term_env[64];
	const char *env[] = { state_env, term_env, more, NULL };

	state_forget();
	snprintf(term_env, sizeof(term_env), "TERM=%s", term);
	return terminal_start(argv, env, rows, cols);
}

static struct terminal *
start(const char *domain, int rows, int cols)
{
	const char *argv[] = { mailwizard(), "--zone", ZONE, "--offline",
		domain, NULL };

	return start_with(argv, "xterm-256color", NULL, rows, cols);
}

/* The shell gets back what it gave. */
static void
is_as_before(struct terminal *t)
{
	struct termios now = terminal_modes(t);
	const struct termios *before = terminal_modes_before(t);

	assert_int_equal(now.c_lflag, before->c_lflag);
	assert_int_equal(now.c_iflag, before->c_iflag);
	assert_int_equal(now.c_oflag, before->c_oflag);
	assert_false(terminal_on_alternate_screen(t));
	assert_true(terminal_cursor(t).visible);
	assert_non_null(strstr(terminal_output(t, NULL), "\033[?2004l"));
}

/* --- the whole way ------------------------------------------------------- */

static const struct {
	const char *term;
	const char *env;
	int rows, cols;
} screens[] = {
	{ "xterm-256color", NULL, 24, 80 },
	{ "xterm-256color", NULL, 20, 60 },
	{ "linux", NULL, 24, 80 },
	{ "vt100", "LANG=C", 24, 80 },
	{ "xterm-kitty", "LANG=", 24, 80 },
	{ "screen", "NO_COLOR=1", 24, 80 },
};

/* From the first screen to the printed checklist, repairing on the way. */
static void
whole_way(void **state)
{
	const char *argv[] = { mailwizard(), "--zone", ZONE, "--offline",
		NULL };

	(void)state;
	for (size_t i = 0; i < sizeof(screens) / sizeof(screens[0]); i++) {
		struct terminal *t = start_with(argv, screens[i].term,
		    screens[i].env, screens[i].rows, screens[i].cols);

		assert_true(terminal_wait(t, "Mail domain"));
		terminal_keys(t, "<C-a><C-k>https://www.example.org/");
		assert_true(terminal_wait(t, "OK"));
		terminal_keys(t, "<C-a><C-k>example.org<C-n>");
		assert_true(terminal_wait(t, "The PTR of 192.0.2.26"));
		terminal_keys(t, "<C-n>");
		assert_true(terminal_wait(t, "Take over the repaired"));
		/* A record that came late has the cursor behind it. */
		for (int up = 0; up < 8 && !terminal_shows(t, "> mx"); up++) {
			terminal_keys(t, "<Up>");
			terminal_settle(t, 50);
		}
		terminal_keys(t, "<Down><Del>");
		assert_true(terminal_wait_gone(t, "inlcude:_spf.example.net "));
		terminal_keys(t, "u<Tab><Tab><Tab><Tab><Tab>");
		assert_true(terminal_wait(t, "Changes your record here"));
		terminal_settle(t, 500);
		terminal_keys(t, "<Enter>");
		assert_true(terminal_wait(t, "3 of 3 own"));
		terminal_keys(t, "<C-n><C-n><C-n><C-n><C-n><C-n>");
		assert_true(terminal_wait(t, "To do now"));
		terminal_keys(t, "<C-n><Enter>");
		assert_int_equal(terminal_exit(t), 1);
		assert_non_null(strstr(terminal_output(t, NULL),
		    "v=spf1 mx include:_spf.example.net ~all"));
		assert_true(terminal_shows(t, "Go on with:"));
		is_as_before(t);
		terminal_end(t);
	}
}

/* --- colours ------------------------------------------------------------- */

/* Is there a colour among the numbers of some ESC [ ... m? */
static bool
has_colour(const char *p)
{
	while ((p = strstr(p, "\033[")) != NULL) {
		bool colour = false;

		p += 2;
		while ((*p >= '0' && *p <= '9') || *p == ';') {
			long n = strtol(p, (char **)&p, 10);

			colour = colour || (n >= 30 && n <= 49) ||
			    (n >= 90 && n <= 107);
			p += *p == ';';
		}
		if (*p == 'm' && colour)
			return true;
	}
	return false;
}

static void
acceptance_08_no_colour_when_not_wanted(void **state)
{
	static const char *const envs[] = { "NO_COLOR=1", "NO_COLOR=" };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		const char *argv[] = { mailwizard(), "--zone", ZONE,
			"--offline", "example.org", NULL };
		struct terminal *t =
		    start_with(argv, "xterm-256color", envs[i], 24, 80);

		assert_true(terminal_wait(t, "WARN"));
		terminal_keys(t, "<C-x>y");
		assert_int_equal(terminal_exit(t), 1);
		assert_int_equal(has_colour(terminal_output(t, NULL)), i == 1);
		terminal_end(t);
	}
}

/* --- keys that do nothing, and keys that must not ------------------------ */

static void
acceptance_05_strange_keys_change_nothing(void **state)
{
	static const char strange[] =
	    "\033[1;5D\033[25~\033x\033[<0;10;5M\033[I\033[O\033]11;x\007"
	    "\023\021\033[200~\033[201~";
	struct terminal *t = start(NULL, 24, 80);

	(void)state;
	assert_true(terminal_wait(t, "Mail domain"));
	terminal_keys(t, "<C-a><C-k>example.org");
	assert_true(terminal_wait(t, "[example.org__"));
	terminal_send(t, strange, sizeof(strange) - 1);
	terminal_keys(t, "x");
	assert_true(terminal_wait(t, "[example.orgx__"));
	assert_true(terminal_shows(t, "> Mail domain"));
	terminal_keys(t, "<Esc>");
	assert_true(terminal_wait_ms(t, "Quit?", 500));
	terminal_keys(t, "<Esc>");
	assert_true(terminal_wait_gone(t, "Quit?"));
	assert_true(terminal_wait(t, "[example.orgx__"));
	terminal_keys(t, "<C-c>");
	assert_true(terminal_wait(t, "Quit?"));
	terminal_keys(t, "<C-c>");
	assert_int_equal(terminal_exit(t), 130);
	is_as_before(t);
	terminal_end(t);
}

static void
acceptance_03_paste_never_submits(void **state)
{
	struct terminal *t = start(NULL, 24, 80);

	(void)state;
	assert_true(terminal_wait(t, "Mail domain"));
	terminal_keys(t, "<C-a><C-k>");
	terminal_paste(t, "exam\nple\n");
	assert_true(terminal_wait(t, "[exam ple_"));
	terminal_keys(t, "<C-a><C-k>");
	terminal_send(t, "one\rtwo\rthree\r", 14); /* without brackets */
	assert_true(terminal_wait(t, "[one two three_"));
	assert_true(terminal_shows(t, "> Mail domain"));
	terminal_keys(t, "<C-x>");
	assert_true(terminal_wait(t, "Quit?"));
	terminal_keys(t, "y");
	assert_int_equal(terminal_exit(t), 1);
	terminal_end(t);
}

/* --- sizes --------------------------------------------------------------- */

static void
acceptance_02_storm_of_sizes(void **state)
{
	static const int sizes[][2] = { { 12, 40 }, { 5, 20 }, { 60, 200 },
		{ 20, 60 } };
	struct terminal *t = start("example.org", 24, 80);
	static char before[16384];

	(void)state;
	assert_true(terminal_wait(t, "The PTR of"));
	terminal_keys(t, "<C-n>a<Down><Enter>192.0.2.1");
	assert_true(terminal_wait(t, "[192.0.2.1_"));
	terminal_settle(t, 500);
	snprintf(before, sizeof(before), "%s", terminal_text(t));
	for (size_t i = 0; i < 4; i++) {
		terminal_resize(t, sizes[i][0], sizes[i][1]);
		assert_true(terminal_wait(
		    t, sizes[i][0] == 5 ? "too small" : "192.0.2.1"));
	}
	terminal_resize(t, 24, 80);
	terminal_settle(t, 300);
	assert_string_equal(terminal_text(t), before);
	terminal_signal(t, SIGTERM);
	assert_int_equal(terminal_exit(t), 143);
	terminal_end(t);
}

/* --- ends ---------------------------------------------------------------- */

static const struct {
	int signal;
	int status;
} ends[] = {
	{ SIGTERM, 143 },
	{ SIGINT, 130 },
	{ SIGHUP, 129 },
	{ SIGSEGV, 4 },
	{ SIGABRT, 4 },
};

static void
acceptance_06_signals_leave_a_sane_terminal(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		struct terminal *t = start("example.org", 24, 80);

		assert_true(terminal_wait(t, "The PTR of"));
		terminal_signal(t, ends[i].signal);
		assert_int_equal(terminal_exit(t), ends[i].status);
		is_as_before(t);
		terminal_end(t);
	}
}

static void
acceptance_06_line_is_cut(void **state)
{
	struct terminal *t = start("example.org", 24, 80);

	(void)state;
	assert_true(terminal_wait(t, "The PTR of"));
	terminal_hang_up(t);
	assert_int_equal(terminal_exit(t), 129);
	terminal_end(t);
}

static void
acceptance_06_to_the_shell_and_back(void **state)
{
	struct terminal *t = terminal_start_shell(
	    state_env, "--zone " ZONE " --offline example.org");

	(void)state;
	assert_non_null(t);
	assert_true(terminal_wait(t, "The PTR of"));
	terminal_keys(t, "<C-z>");
	assert_true(terminal_wait(t, "Stopped"));
	terminal_settle(t, 100); /* and the prompt */
	assert_false(terminal_on_alternate_screen(t));
	terminal_resize(t, 20, 60);
	terminal_keys(t, "fg<Enter>");
	assert_true(terminal_wait(t, "Step 1 of 8"));
	assert_true(terminal_on_alternate_screen(t));
	terminal_keys(t, "<C-c><C-c>");
	assert_true(terminal_wait(t, SHELL_PROMPT));
	terminal_keys(t, "echo status $?<Enter>");
	assert_true(terminal_wait(t, "status 130"));
	terminal_end(t);
}

/* --- mouse --------------------------------------------------------------- */

static void
click_on(struct terminal *t, const char *text)
{
	char report[32];
	int row, col;

	assert_true(terminal_find(t, text, &row, &col));
	snprintf(report, sizeof(report), "\033[<0;%d;%dM", col + 1, row + 1);
	terminal_send(t, report, strlen(report));
}

static void
mouse_when_wanted(void **state)
{
	const char *argv[] = { mailwizard(), "--mouse", "--zone", ZONE,
		"--offline", "example.org", NULL };
	struct terminal *t = start_with(argv, "xterm-256color", NULL, 24, 80);

	(void)state;
	assert_true(terminal_wait(t, "The PTR of"));
	click_on(t, "HELO name");
	assert_true(terminal_wait(t, "> HELO name"));
	click_on(t, "< Continue >");
	assert_true(terminal_wait(t, "Step 2 of 8"));
	terminal_signal(t, SIGTERM);
	assert_int_equal(terminal_exit(t), 143);
	assert_non_null(strstr(terminal_output(t, NULL), "\033[?1000l"));
	terminal_end(t);
}

/* --- where it cannot run ------------------------------------------------- */

/* No screen can be drawn there: it goes on as lines of text. */
static void
acceptance_08_terminals_that_cannot(void **state)
{
	static const char *const terms[] = { "dumb", "nosuch", "" };
	const char *argv[] = { mailwizard(), "--offline", "--zone", ZONE,
		NULL };

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct terminal *t = start_with(argv, terms[i], NULL, 24, 80);

		assert_true(terminal_wait(t, "Mail domain ["));
		assert_null(strchr(terminal_output(t, NULL), '\033'));
		terminal_keys(t, "q<Enter>");
		assert_int_equal(terminal_exit(t), 1);
		assert_true(terminal_shows(t, "mailwizard --plain"));
		terminal_end(t);
	}
}

static void
not_a_terminal(void **state)
{
	char command[512];
	int status;

	(void)state;
	snprintf(command, sizeof(command),
	    "%s --offline --zone %s </dev/null 2>&1 | grep -q 'mailwizard "
	    "check'",
	    mailwizard(), ZONE);
	assert_int_equal(system(command), 0);
	snprintf(command, sizeof(command),
	    "%s --offline --zone %s </dev/null 2>/dev/null", mailwizard(),
	    ZONE);
	status = system(command);
	assert_int_equal(WEXITSTATUS(status), 2);
}

/* --- the record, to be marked with the mouse ----------------------------- */

static void
acceptance_13_record_on_one_line(void **state)
{
	struct terminal *t = start("example.org", 24, 80);

	(void)state;
	assert_true(terminal_wait(t, "The PTR of"));
	terminal_keys(t, "<C-n>");
	assert_true(terminal_wait(t, "Take over"));
	terminal_keys(t, "<F3>");
	assert_true(terminal_wait(t, "triple click"));
	assert_false(terminal_on_alternate_screen(t));
	assert_non_null(strstr(terminal_output(t, NULL),
	    "\nv=spf1 mx inlcude:_spf.example.net ip4:192.0.2.300 "
	    "include:_spf.nowhere.example ?all\r\n"));
	terminal_keys(t, "<Enter>");
	assert_true(terminal_wait(t, "Take over"));
	assert_true(terminal_on_alternate_screen(t));
	terminal_keys(t, "<C-c><C-c>");
	assert_int_equal(terminal_exit(t), 130);
	is_as_before(t);
	terminal_end(t);
}

/* --- calm ---------------------------------------------------------------- */

static long
context_switches(pid_t pid)
{
	char path[64], line[128];
	long n = -1;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/status", (int)pid);
	file = fopen(path, "r");
	assert_non_null(file);
	while (fgets(line, sizeof(line), file) != NULL)
		if (strncmp(line, "voluntary", 9) == 0)
			n = strtol(strchr(line, ':') + 1, NULL, 10);
	fclose(file);
	return n;
}

/* Nothing to do: nothing is done, and nothing is sent. */
static void
acceptance_12_and_15_idle_is_idle(void **state)
{
	struct terminal *t = start("example.org", 24, 80);
	struct timespec while_idle = { 1, 0 };
	size_t before, after;
	long switches;

	(void)state;
	assert_true(terminal_wait(t, "The PTR of"));
	terminal_keys(t, "<PgUp>"); /* the message gives way to a hint */
	terminal_settle(t, 600);
	terminal_output(t, &before);
	switches = context_switches(terminal_pid(t));
	nanosleep(&while_idle, NULL);
	assert_int_equal(context_switches(terminal_pid(t)), switches);
	terminal_keys(t, "<PgUp><C-s>"); /* a key, and the same picture */
	terminal_settle(t, 200);
	assert_null(strstr(terminal_output(t, &after), "?1000h"));
	assert_int_equal(after, before);
	terminal_signal(t, SIGTERM);
	assert_int_equal(terminal_exit(t), 143);
	terminal_end(t);
}

/* A name server that takes questions and says nothing. */
static int
silent_server(char address[32])
{
	struct sockaddr_in in = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof(in);
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	assert_int_equal(bind(fd, (struct sockaddr *)&in, sizeof(in)), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&in, &len), 0);
	snprintf(address, 32, "127.0.0.1:%d", ntohs(in.sin_port));
	return fd;
}

static void
acceptance_11_silence_blocks_no_key(void **state)
{
	char address[32];
	int fd = silent_server(address);
	const char *argv[] = { mailwizard(), "--dns", address, "example.org",
		NULL };
	struct terminal *t = start_with(argv, "xterm-256color", NULL, 24, 80);

	(void)state;
	assert_true(terminal_wait(t, "looking"));
	terminal_keys(t, "<F1>");
	assert_true(terminal_wait_ms(t, "Help", 1000));
	terminal_keys(t, "<Esc>");
	assert_true(terminal_wait_gone(t, "Close"));
	terminal_keys(t, "<C-n>");
	assert_true(terminal_wait_ms(t, "Step 2 of 8", 1000));
	terminal_keys(t, "<Esc>");
	assert_true(terminal_wait_ms(t, "Step 1 of 8", 1000));
	terminal_keys(t, "<C-x>y");
	assert_int_equal(terminal_exit(t), 1);
	terminal_end(t);
	close(fd);
}

/* --- saved work ---------------------------------------------------------- */

static void
acceptance_07_work_goes_on(void **state)
{
	const char *argv[] = { mailwizard(), "--zone", ZONE, "--offline", NULL,
		NULL };
	const char *env[] = { state_env, NULL };
	struct terminal *t = start("example.org", 24, 80);

	(void)state;
	assert_true(terminal_wait(t, "The PTR of"));
	terminal_keys(t, "<C-n>a<Down><Enter>192.0.2.77<Enter>");
	assert_true(terminal_wait(t, "> ip4:192.0.2.77"));
	terminal_signal(t, SIGKILL);
	assert_int_equal(terminal_exit(t), 137);
	terminal_end(t);

	t = terminal_start(argv, env, 24, 80);
	assert_true(terminal_wait(t, "Resume it"));
	terminal_keys(t, "<S-Tab><S-Tab>");
	assert_true(terminal_wait(t, "Goes on where you stopped"));
	terminal_keys(t, "<Enter>");
	assert_true(terminal_wait(t, "ip4:192.0.2.77"));
	terminal_keys(t, "<C-c><C-c>");
	assert_int_equal(terminal_exit(t), 130);
	assert_true(terminal_shows(t, "mailwizard example.org"));
	terminal_end(t);

	argv[4] = "example.org"; /* as it says */
	t = terminal_start(argv, env, 24, 80);
	assert_true(terminal_wait(t, "Step 2 of 8"));
	assert_true(terminal_wait(t, "ip4:192.0.2.77"));
	terminal_keys(t, "<C-c><C-c>");
	assert_int_equal(terminal_exit(t), 130);
	terminal_end(t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whole_way),
		cmocka_unit_test(acceptance_08_no_colour_when_not_wanted),
		cmocka_unit_test(acceptance_05_strange_keys_change_nothing),
		cmocka_unit_test(acceptance_03_paste_never_submits),
		cmocka_unit_test(acceptance_02_storm_of_sizes),
		cmocka_unit_test(acceptance_06_signals_leave_a_sane_terminal),
		cmocka_unit_test(acceptance_06_line_is_cut),
		cmocka_unit_test(acceptance_06_to_the_shell_and_back),
		cmocka_unit_test(mouse_when_wanted),
		cmocka_unit_test(acceptance_08_terminals_that_cannot),
		cmocka_unit_test(not_a_terminal),
		cmocka_unit_test(acceptance_13_record_on_one_line),
		cmocka_unit_test(acceptance_12_and_15_idle_is_idle),
		cmocka_unit_test(acceptance_11_silence_blocks_no_key),
		cmocka_unit_test(acceptance_07_work_goes_on),
	};

	return cmocka_run_group_tests(tests, state_begin, state_end);
}
