/*
 * In a real tmux, for what only one shows: pasting with and without brackets,
 * and text that is copied out again (acceptance 3 and 13).
 */
#include "../harness/unit.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "../harness/pty.h"

#define ZONE "tests/ui/zones/broken.zone"
#define RECORD                                                                 \
	"v=spf1 mx inlcude:_spf.example.net ip4:192.0.2.300 "                  \
	"include:_spf.nowhere.example ?all"

static char dir[64];
static char tmux[128]; /* the command, with a server of its own */

/* What a shell command of tmux prints; it lives until the next one. */
static const char *
run(const char *words)
{
	static char text[65536];
	char command[1024];
	size_t n;
	FILE *pipe;

	snprintf(command, sizeof(command), "%s %s 2>&1", tmux, words);
	pipe = popen(command, "r");
	assert_non_null(pipe);
	n = fread(text, 1, sizeof(text) - 1, pipe);
	text[n] = '\0';
	pclose(pipe);
	return text;
}

static void
pause_ms(long ms)
{
	struct timespec time = { ms / 1000, ms % 1000 * 1000000 };

	nanosleep(&time, NULL);
}

static bool
shows(const char *text)
{
	return strstr(run("capture-pane -p"), text) != NULL;
}

static void
wait_for(const char *text)
{
	for (int i = 0; i < 200; i++) {
		if (shows(text))
			return;
		pause_ms(50);
	}
	fail_msg("waited for \"%s\", but the screen is\n%s", text,
	    run("capture-pane -p"));
}

static void
keys(const char *names)
{
	char words[256];

	snprintf(words, sizeof(words), "send-keys %s", names);
	run(words);
}

/* The program from a shell, with or without a domain. */
static void
begin_session(const char *domain)
{
	char words[512];

	snprintf(words, sizeof(words),
	    "new-session -d -x 80 -y 24 'env PS1=ready: LC_ALL=C.UTF-8 "
	    "XDG_STATE_HOME=%s/state /bin/sh'",
	    dir);
	run(words);
	wait_for("ready:");
	snprintf(words, sizeof(words),
	    "send-keys '%s --zone %s --offline %s' Enter", mailwizard(), ZONE,
	    domain);
	run(words);
}

/* Back in the shell, which got none of what was pasted. */
static void
end_session(void)
{
	keys("C-c C-c");
	wait_for("ready:");
	keys("-l 'echo status $?'");
	keys("Enter");
	wait_for("status 130");
	assert_false(shows("not found"));
	assert_false(shows("MIIB"));
	run("kill-server");
	pause_ms(100);
}

static void
acceptance_03_a_key_of_four_lines_is_pasted(void **state)
{
	static const char *const ways[] = { "paste-buffer -p", "paste-buffer" };
	char words[256];
	char path[128];
	FILE *file;

	(void)state;
	snprintf(path, sizeof(path), "%s/key", dir);
	file = fopen(path, "w");
	assert_non_null(file);
	fputs("MIIB\nIjAN\nBgkq\nhkiG\n", file);
	assert_int_equal(fclose(file), 0);
	for (size_t i = 0; i < 2; i++) {
		begin_session("");
		wait_for("Mail domain");
		keys("C-a C-k");
		snprintf(words, sizeof(words), "load-buffer %s", path);
		run(words);
		run(ways[i]);
		wait_for("[MIIB IjAN Bgkq hkiG_");
		assert_true(shows("> Mail domain"));
		end_session();
	}
}

static void
acceptance_13_the_record_is_copied_as_it_is(void **state)
{
	const char *text, *line;

	(void)state;
	begin_session("example.org");
	wait_for("The PTR of");
	keys("C-n");
	wait_for("Take over");
	keys("F3");
	wait_for("triple click");
	text = run("capture-pane -p -J");
	line = strstr(text, "\nv=spf1");
	assert_non_null(line);
	assert_memory_equal(line + 1, RECORD "\n", sizeof(RECORD));
	keys("Enter");
	wait_for("Take over");
	end_session();
}

static int
begin(void **state)
{
	(void)state;
	strcpy(dir, "/tmp/mailwizard-XXXXXX");
	if (mkdtemp(dir) == NULL)
		return -1;
	snprintf(tmux, sizeof(tmux),
	    "env -u TMUX TERM=xterm tmux -S %s/socket -f /dev/null", dir);
	return 0;
}

static int
end(void **state)
{
	char command[128];

	(void)state;
	run("kill-server");
	snprintf(command, sizeof(command), "rm -rf '%s'", dir);
	return system(command);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(acceptance_03_a_key_of_four_lines_is_pasted),
		cmocka_unit_test(acceptance_13_the_record_is_copied_as_it_is),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
