/*
 * What the screens promise, by number: tests that a person at a terminal could
 * make.  Some numbers stand in wizard_test.c, plain_test.c and tmux_test.c.
 */
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

#define ZONE  "tests/ui/zones/broken.zone"
#define STEPS "\342\224\200 Steps" /* behind a line: the title of it */
#define N(a)  (sizeof(a) / sizeof((a)[0]))

static struct terminal *
start_as(const char *const argv[], const char *term, const char *more, int rows,
    int cols)
{
	const char *env[] = { state_env, term, more, NULL };

	state_forget();
	return terminal_start(argv, env, rows, cols);
}

static struct terminal *
start(const char *domain, int rows, int cols)
{
	const char *argv[] = { mailwizard(), "--zone", ZONE, "--offline",
		domain, NULL };

	return start_as(argv, "TERM=xterm-256color", NULL, rows, cols);
}

static void
leave(struct terminal *t)
{
	terminal_keys(t, "<C-c><C-c>");
	assert_int_equal(terminal_exit(t), 130);
	terminal_end(t);
}

static double
now_in_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* Milliseconds from the keys to this text on the screen. */
static double
answered_in(struct terminal *t, const char *keys, const char *text)
{
	double begin = now_in_ms();

	terminal_keys(t, keys);
	assert_true(terminal_wait(t, text));
	return now_in_ms() - begin;
}

/* Kilobytes it had in memory at most; 0 where sanitizers count too. */
static long
peak_memory(const struct terminal *t)
{
	char path[64], line[128];
	long n = 0;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/status", (int)terminal_pid(t));
	file = fopen(path, "r");
	assert_non_null(file);
	while (fgets(line, sizeof(line), file) != NULL)
		if (strncmp(line, "VmHWM:", 6) == 0)
			n = strtol(line + 6, NULL, 10);
	fclose(file);
#if defined(__SANITIZE_ADDRESS__)
	n = 0;
#endif
	return n;
}

/* --- 1 ------------------------------------------------------------------- */

/* The row of the cursor has the mark of the focus, left of the cursor. */
static bool
cursor_is_at_focus(struct terminal *t)
{
	struct terminal_cursor cursor = terminal_cursor(t);

	if (!cursor.visible)
		return false;
	for (int col = 0; col <= cursor.col; col++)
		if (strcmp(terminal_cell(t, cursor.row, col).text, ">") == 0)
			return true;
	return false;
}

/* Every picture: a visible cursor at the focus, keys in the last row. */
static void
is_whole(struct terminal *t, int rows)
{
	const char *keys;

	terminal_settle(t, 25);
	if (!cursor_is_at_focus(t)) {
		terminal_print(t);
		fail_msg("the cursor is not at the focus");
	}
	keys = terminal_row(t, rows - 1);
	if (strstr(keys, "^X") == NULL && strstr(keys, "Esc") == NULL) {
		terminal_print(t);
		fail_msg("there are no keys in the last row");
	}
}

static void
visit(struct terminal *t, int rows, const char *key)
{
	is_whole(t, rows);
	for (int i = 0; i < 8; i++) {
		terminal_keys(t, key);
		is_whole(t, rows);
	}
	terminal_keys(t, "<F1>");
	assert_true(terminal_wait(t, "Help"));
	terminal_settle(t, 60);
	assert_true(terminal_cursor(t).visible);
	terminal_keys(t, "<Esc>");
	assert_true(terminal_wait_gone(t, "Close"));
	terminal_keys(t, "<F2>");
	assert_true(terminal_wait(t, STEPS));
	is_whole(t, rows);
	terminal_keys(t, "<Esc>");
	terminal_settle(t, 60);
}

static void
acceptance_01_cursor_focus_and_keys_at_every_size(void **state)
{
	static const int sizes[][2] = { { 24, 80 }, { 12, 40 }, { 60, 200 },
		{ 20, 60 } };

	(void)state;
	for (size_t i = 0; i < N(sizes); i++) {
		int rows = sizes[i][0];
		struct terminal *t = start(NULL, rows, sizes[i][1]);

		assert_true(terminal_wait(t, "Mail domain"));
		terminal_keys(t, "<C-a><C-k>example.org");
		visit(t, rows, "<Tab>");
		terminal_keys(t, "<C-n>");
		assert_true(terminal_wait(t, "The PTR of"));
		visit(t, rows, "<Tab>");
		terminal_keys(t, "<C-n>");
		assert_true(terminal_wait(t, "inlcude"));
		visit(t, rows, "<Down>");
		terminal_keys(t, "<C-n>");
		terminal_settle(t, 150);
		visit(t, rows, "<Down>");
		leave(t);
	}
}

/* --- 2 ------------------------------------------------------------------- */

static void
acceptance_02_storm_of_sizes_in_an_overlay(void **state)
{
	static const int sizes[][2] = { { 12, 40 }, { 5, 20 }, { 60, 200 },
		{ 24, 80 } };
	struct terminal *t = start("example.org", 24, 80);
	static char before[16384];

	(void)state;
	assert_true(terminal_wait(t, "The PTR of"));
	terminal_keys(t, "<F1>");
	assert_true(terminal_wait(t, "Help"));
	terminal_keys(t, "<Down>");
	terminal_settle(t, 300);
	snprintf(before, sizeof(before), "%s", terminal_text(t));
	for (int round = 0; round < 5; round++)
		for (size_t i = 0; i < N(sizes); i++)
			terminal_resize(t, sizes[i][0], sizes[i][1]);
	terminal_settle(t, 300);
	assert_string_equal(terminal_text(t), before);
	leave(t);
}

/* --- 4 ------------------------------------------------------------------- */

static void
acceptance_04_a_megabyte_is_pasted(void **state)
{
	struct terminal *t = start(NULL, 24, 80);
	size_t n = (size_t)1024 * 1024;
	char *text = malloc(n + 1);

	(void)state;
	assert_non_null(text);
	memset(text, 'x', n);
	text[n] = '\0';
	assert_true(terminal_wait(t, "Mail domain"));
	terminal_keys(t, "<C-a><C-k>");
	terminal_paste(t, text);
	free(text);
	assert_true(terminal_wait(t, "too long for this field"));
	assert_in_range(peak_memory(t), 0, 16 * 1024);
	terminal_keys(t, "<C-u>example.org");
	assert_true(terminal_wait(t, "[example.org_"));
	leave(t);
}

/* --- 5 and 11 ------------------------------------------------------------ */

#define TRIES 7

/* The fastest of some tries: a busy machine is not what is tested. */
static double
fastest(const double *took)
{
	double least = took[0];

	for (int i = 1; i < TRIES; i++)
		if (took[i] < least)
			least = took[i];
	return least;
}

static void
acceptance_05_esc_is_prompt_and_strange_keys_do_nothing(void **state)
{
	static const char *const strange[] = { "\033[1;5D", "\033[25;2~",
		"\033[25~", "\033x", "\033[<0;10;5M", "\033[<0;10;5m",
		"\033[M !!", "\033[I", "\033[O", "\033[57;1u" };
	struct terminal *t = start(NULL, 24, 80);
	double took[TRIES];
	static char before[16384];

	(void)state;
	assert_true(terminal_wait(t, "Mail domain"));
	terminal_keys(t, "<C-a><C-k>example.org");
	assert_true(terminal_wait(t, "OK"));
	for (int i = 0; i < TRIES; i++) {
		took[i] = answered_in(t, "<Esc>", "Quit?");
		terminal_keys(t, "<Esc>");
		assert_true(terminal_wait_gone(t, "Quit?"));
		terminal_settle(t, 60);
	}
	assert_true(fastest(took) < 100);
	terminal_keys(t, "x<BS>");
	terminal_settle(t, 700);
	snprintf(before, sizeof(before), "%s", terminal_text(t));
	for (size_t i = 0; i < N(strange); i++) {
		terminal_send(t, strange[i], strlen(strange[i]));
		terminal_settle(t, 250);
		if (strcmp(terminal_text(t), before) != 0)
			fail_msg("key %zu changed something", i);
	}
	leave(t);
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
acceptance_11_keys_answer_while_dns_is_silent(void **state)
{
	char address[32];
	int fd = silent_server(address);
	const char *argv[] = { mailwizard(), "--dns", address, "example.org",
		NULL };
	struct terminal *t =
	    start_as(argv, "TERM=xterm-256color", NULL, 24, 80);
	double keys[TRIES], back[TRIES];

	(void)state;
	assert_true(terminal_wait(t, "looking"));
	for (int i = 0; i < TRIES; i++) {
		keys[i] = answered_in(t, "<F2>", STEPS);
		back[i] = now_in_ms();
		terminal_keys(t, "<Esc>");
		assert_true(terminal_wait_gone(t, STEPS));
		back[i] = now_in_ms() - back[i];
		terminal_settle(t, 20);
	}
	assert_true(fastest(keys) < 50);
	assert_true(fastest(back) < 100);
	terminal_keys(t, "<C-x>y");
	assert_int_equal(terminal_exit(t), 1);
	terminal_end(t);
	close(fd);
}

/* --- 8 ------------------------------------------------------------------- */

static const char *const terms[] = { "TERM=vt100", "TERM=linux", "TERM=xterm",
	"TERM=xterm-256color", "TERM=screen", "TERM=tmux-256color",
	"TERM=xterm-kitty", "TERM=xterm-ghostty", "TERM=alacritty",
	"TERM=foot" };

static void
acceptance_08_every_terminal_shows_every_screen(void **state)
{
	const char *argv[] = { mailwizard(), "--zone", ZONE, "--offline",
		"example.org", NULL };

	(void)state;
	for (size_t i = 0; i < N(terms); i++) {
		struct terminal *t = start_as(argv, terms[i], NULL, 24, 80);

		assert_true(terminal_wait(t, "The PTR of"));
		terminal_keys(t, "<C-n>");
		assert_true(terminal_wait(t, "Take over"));
		terminal_keys(t, "<Down>");
		assert_true(terminal_wait(t, "> inlcude:_spf.example.net"));
		terminal_keys(t, "<C-n><C-n><C-n><C-n><C-n><C-n>");
		assert_true(terminal_wait(t, "To do now"));
		terminal_keys(t, "<C-p><C-p><C-p><C-p><C-p><C-p><C-p>");
		assert_true(terminal_wait(t, "Step 1 of 8"));
		terminal_keys(t, "<C-g>");
		assert_true(terminal_wait(t, "Help"));
		terminal_keys(t, "<Esc>");
		terminal_settle(t, 60);
		leave(t);
	}
}

/* --- 9 ------------------------------------------------------------------- */

/* Without a locale, and in plain C: nothing the terminal may not know. */
static void
acceptance_09_plain_locales_have_plain_frames(void **state)
{
	static const char *const locales[] = { "LANG=C", "LANG=", "LC_ALL=C" };
	const char *argv[] = { mailwizard(), "--zone", ZONE, "--offline",
		"example.org", NULL };

	(void)state;
	for (size_t i = 0; i < N(locales); i++) {
		struct terminal *t =
		    start_as(argv, "TERM=xterm-256color", locales[i], 24, 80);
		const char *output;
		size_t n;

		assert_true(terminal_wait(t, "The PTR of"));
		terminal_keys(t, "<C-n>");
		assert_true(terminal_wait(t, "Take over"));
		terminal_keys(t, "<F2>");
		assert_true(terminal_wait(t, "Which domain is it about"));
		assert_null(strstr(terminal_text(t), "??"));
		terminal_keys(t, "<Esc>");
		terminal_settle(t, 100);
		output = terminal_output(t, &n);
		for (size_t at = 0; at < n; at++)
			assert_true((unsigned char)output[at] < 0x80);
		leave(t);
	}
}

/* --- 12 ------------------------------------------------------------------ */

static void
acceptance_12_first_frame_and_memory(void **state)
{
	double took[TRIES];

	(void)state;
	for (int i = 0; i < TRIES; i++) {
		double begin = now_in_ms();
		struct terminal *t = start(NULL, 24, 80);

		assert_true(terminal_wait(t, "Quit"));
		took[i] = now_in_ms() - begin;
		terminal_keys(t, "<C-a><C-k>example.org<C-n>");
		assert_true(terminal_wait(t, "The PTR of"));
		terminal_keys(t, "<C-n>");
		assert_true(terminal_wait(t, "Take over"));
		assert_in_range(peak_memory(t), 0, 16 * 1024);
		leave(t);
	}
#if !defined(__SANITIZE_ADDRESS__)
	assert_true(fastest(took) < 100); /* "make bench" has the target */
#endif
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    acceptance_01_cursor_focus_and_keys_at_every_size),
		cmocka_unit_test(acceptance_02_storm_of_sizes_in_an_overlay),
		cmocka_unit_test(acceptance_04_a_megabyte_is_pasted),
		cmocka_unit_test(
		    acceptance_05_esc_is_prompt_and_strange_keys_do_nothing),
		cmocka_unit_test(
		    acceptance_08_every_terminal_shows_every_screen),
		cmocka_unit_test(acceptance_09_plain_locales_have_plain_frames),
		cmocka_unit_test(acceptance_11_keys_answer_while_dns_is_silent),
		cmocka_unit_test(acceptance_12_first_frame_and_memory),
	};

	return cmocka_run_group_tests(tests, state_begin, state_end);
}
