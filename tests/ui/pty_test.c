/* The terminal of the harness: does it show what programs write? */
#include "../harness/unit.h"

#include <signal.h>
#include <string.h>

#include "../harness/pty.h"

static struct terminal *
sh(const char *script)
{
	const char *argv[] = { "/bin/sh", "-c", script, NULL };
	const char *env[] = { "PS1=ready> ", NULL };

	return terminal_start(argv, env, 5, 20);
}

static void
text_and_exit(void **state)
{
	struct terminal *t = sh("printf 'one\\n  two\\303\\251 \\n'; exit 7");

	(void)state;
	assert_int_equal(terminal_exit(t), 7);
	assert_string_equal(terminal_text(t), "one\n  two\303\251\n\n\n");
	assert_string_equal(terminal_row(t, 1), "  two\303\251");
	assert_string_equal(
	    terminal_output(t, NULL), "one\r\n  two\303\251 \r\n");
	terminal_end(t);
}

static void
cells_and_cursor(void **state)
{
	struct terminal *t = sh("printf '\\033[?25lA\\033[1;7;31mB\\033[0mC';"
				"printf '\\033[3;5Hdone'; read x");
	struct terminal_cell cell;
	int row, col;

	(void)state;
	assert_true(terminal_wait(t, "done"));
	cell = terminal_cell(t, 0, 1);
	assert_string_equal(cell.text, "B");
	assert_true(cell.bold && cell.reverse && !cell.underline);
	assert_int_equal(cell.fg, 1);
	assert_int_equal(terminal_cell(t, 0, 0).fg, -1);
	assert_int_equal(terminal_cursor(t).row, 2);
	assert_int_equal(terminal_cursor(t).col, 8);
	assert_false(terminal_cursor(t).visible);
	assert_true(terminal_find(t, "done", &row, &col));
	assert_int_equal(row, 2);
	assert_int_equal(col, 4);
	terminal_end(t);
}

static void
keys_as_the_mode_wants_them(void **state)
{
	struct terminal *t = sh("stty -echo; printf '\\033[?1h\\033[?2004hgo';"
				"cat -v");

	(void)state;
	assert_true(terminal_wait(t, "go"));
	terminal_keys(t, "a<lt><Up><F5><S-Tab>\n");
	assert_true(terminal_wait(t, "a<^[OA^[[15~^[[Z"));
	terminal_paste(t, "p\n");
	assert_true(terminal_wait(t, "^[[200~p"));
	terminal_keys(t, "<C-c>");
	assert_int_equal(terminal_exit(t), 128 + SIGINT);
	terminal_end(t);
}

static void
size_and_signals(void **state)
{
	struct terminal *t = sh("trap 'stty size' WINCH; echo go;"
				"while :; do sleep 0.01; done");

	(void)state;
	assert_true(terminal_wait(t, "go"));
	terminal_resize(t, 10, 40);
	assert_true(terminal_wait(t, "10 40"));
	terminal_signal(t, SIGTERM);
	assert_int_equal(terminal_exit(t), 128 + SIGTERM);
	terminal_end(t);
}

static void
modes_and_alternate_screen(void **state)
{
	struct terminal *t = sh("echo main; stty raw; printf '\\033[?1049halt';"
				"read x; printf '\\033[?1049l'; exit 0");

	(void)state;
	assert_true(terminal_wait(t, "alt"));
	assert_false(terminal_shows(t, "main"));
	assert_true(terminal_on_alternate_screen(t));
	assert_true(terminal_modes_before(t)->c_lflag & ICANON);
	assert_false(terminal_modes(t).c_lflag & ICANON);
	terminal_send(t, "\n", 1);
	assert_int_equal(terminal_exit(t), 0);
	assert_false(terminal_on_alternate_screen(t));
	assert_true(terminal_shows(t, "main"));
	assert_false(terminal_modes(t).c_lflag & ICANON);
	terminal_end(t);
}

static void
a_line_that_is_cut(void **state)
{
	struct terminal *t = sh("echo go; read x; sleep 10");

	(void)state;
	assert_true(terminal_wait(t, "go"));
	terminal_hang_up(t);
	assert_int_equal(terminal_exit(t), 128 + SIGHUP);
	terminal_end(t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_and_exit),
		cmocka_unit_test(cells_and_cursor),
		cmocka_unit_test(keys_as_the_mode_wants_them),
		cmocka_unit_test(size_and_signals),
		cmocka_unit_test(modes_and_alternate_screen),
		cmocka_unit_test(a_line_that_is_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
