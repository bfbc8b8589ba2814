/*
 * Saved work, end to end: killed while saving, a full disk, no home, files
 * that are damaged or of a later version, and a second wizard.
 */
#include "../harness/unit.h"

#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "../../wizard/store.h"
#include "../harness/pty.h"

#define ZONE		 "tests/ui/zones/broken.zone"
#define KILLS		 500
#define KILLS_OF_PROGRAM 12
#define MARK		 "x.example"

static char dir[64];
static char state_env[96];
static char folder[128];

static void
shell(const char *fmt, ...)
{
	char command[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(command, sizeof(command), fmt, ap);
	va_end(ap);
	assert_int_equal(system(command), 0);
}

static void
put_plan(const char *text)
{
	char path[160];
	FILE *file;

	shell("rm -rf '%s'; mkdir -p '%s'", folder, folder);
	snprintf(path, sizeof(path), "%s/example.org.plan", folder);
	file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	assert_int_equal(fclose(file), 0);
}

static bool
has(const char *name, const char *text)
{
	char path[160], found[8192];
	size_t n;
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	file = fopen(path, "r");
	if (file == NULL)
		return false;
	n = fread(found, 1, sizeof(found) - 1, file);
	found[n] = '\0';
	fclose(file);
	return strstr(found, text) != NULL;
}

static struct terminal *
start_in(const char *env1, const char *env2)
{
	const char *argv[] = { mailwizard(), "--zone", ZONE, "--offline",
		"example.org", NULL };
	const char *env[] = { env1, env2, NULL };

	return terminal_start(argv, env, 24, 80);
}

static void
leave(struct terminal *t)
{
	terminal_keys(t, "<C-c><C-c>");
	assert_int_equal(terminal_exit(t), 130);
	terminal_end(t);
}

/* --- killed -------------------------------------------------------------- */

/* Plans that differ in every answer: a mixture of two would be seen. */
static void
fill(struct plan *plan, unsigned int n)
{
	strcpy(plan->domain, "example.org");
	plan->spf_begun = true;
	plan->nterms = PLAN_TERMS / 2;
	for (size_t i = 0; i < plan->nterms; i++)
		snprintf(plan->term[i], sizeof(plan->term[i]),
		    "include:n%u-%zu.%s", n, i, MARK);
	snprintf(plan->helo, sizeof(plan->helo), "n%u.%s", n, MARK);
}

static void
is_one_plan(const struct plan *plan)
{
	unsigned int n;

	assert_int_equal(sscanf(plan->helo, "n%u.", &n), 1);
	assert_int_equal(plan->nterms, PLAN_TERMS / 2);
	for (size_t i = 0; i < plan->nterms; i++) {
		char wanted[64];

		snprintf(
		    wanted, sizeof(wanted), "include:n%u-%zu.%s", n, i, MARK);
		assert_string_equal(plan->term[i], wanted);
	}
}

/* Saves and saves, until it is killed; a line when it has begun. */
static pid_t
save_for_ever(unsigned int n)
{
	int ready[2];
	char octet;
	pid_t child;

	assert_int_equal(pipe(ready), 0);
	child = fork();
	if (child == 0) {
		struct plan *plan = calloc(1, sizeof(*plan));
		struct store *store = store_new(folder);

		store_open(store, "example.org", plan);
		for (;; n++) {
			fill(plan, n);
			if (!store_save(store, plan) ||
			    write(ready[1], "!", 1) != 1)
				_exit(1);
		}
	}
	close(ready[1]);
	assert_int_equal(read(ready[0], &octet, 1), 1);
	close(ready[0]);
	return child;
}

static void
acceptance_07_killed_five_hundred_times(void **state)
{
	struct plan *plan = calloc(1, sizeof(*plan));

	(void)state;
	shell("rm -rf '%s'", folder);
	signal(SIGPIPE, SIG_IGN);
	for (unsigned int i = 0; i < KILLS; i++) {
		/* Every point of time within some saves. */
		struct timespec wait = { 0, (long)(i * 7919 % 2000) * 500 };
		pid_t child = save_for_ever(i * 1000);
		struct store *store;
		int status;

		nanosleep(&wait, NULL);
		kill(child, SIGKILL);
		assert_true(waitpid(child, &status, 0) == child);
		store = store_new(folder);
		memset(plan, 0, sizeof(*plan));
		assert_true(store_open(store, "example.org", plan));
		assert_null(store_problem(store));
		assert_null(store_told(store));
		is_one_plan(plan);
		store_free(store);
	}
	free(plan);
}

/* The same with the program, by keys: what was entered before is there. */
static void
acceptance_07_the_program_is_killed(void **state)
{
	(void)state;
	put_plan("# mailwizard plan 1\ndomain = example.org\nstep = spf\n"
		 "spf.term = mx\nspf.term = ~all\n");
	for (int i = 0; i < KILLS_OF_PROGRAM; i++) {
		struct terminal *t = start_in(state_env, NULL);
		struct timespec wait = { 0, i * 3000000 };
		char keys[64], text[64];

		assert_true(terminal_wait(t, "All other senders"));
		snprintf(keys, sizeof(keys), "192.0.2.%d", 100 + i);
		snprintf(text, sizeof(text), "ip4:192.0.2.%d", 100 + i);
		/* Keys that come in one read are taken for a paste. */
		terminal_keys(t, "a");
		assert_true(terminal_wait(t, "Add to the SPF record"));
		terminal_keys(t, "<Down><Enter>");
		assert_true(terminal_wait_gone(t, "Add to the SPF record"));
		terminal_keys(t, keys);
		assert_true(terminal_wait(t, keys));
		terminal_keys(t, "<Enter>");
		nanosleep(&wait, NULL);
		if (i % 2 == 0) {
			assert_true(terminal_wait_gone(t, "Whoever matches"));
			assert_true(terminal_wait(t, text));
		}
		terminal_signal(t, SIGKILL);
		assert_int_equal(terminal_exit(t), 137);
		terminal_end(t);
		assert_true(has("example.org.plan", "spf.term = mx\n"));
		if (i % 2 == 0)
			assert_true(has("example.org.plan", text));
	}
}

/* --- nothing can be kept ------------------------------------------------- */

/* Said in a sentence that has to be closed, and it works all the same. */
static void
goes_on_unkept(const char *env1, const char *env2, const char *why)
{
	struct terminal *t = start_in(env1, env2);

	assert_true(terminal_wait(t, why));
	terminal_keys(t, "<Enter>");
	assert_true(terminal_wait(t, "The PTR of"));
	terminal_keys(t, "<C-n>");
	assert_true(terminal_wait(t, "Take over"));
	leave(t);
}

static void
no_home_at_all(void **state)
{
	(void)state;
	goes_on_unkept("HOME=", NULL, "HOME is not set");
}

/* Where not even root can make a folder. */
static void
a_home_that_cannot_be_written(void **state)
{
	(void)state;
	goes_on_unkept("HOME=/proc", NULL, "Answers are not kept");
	goes_on_unkept("HOME=/dev/null", NULL, "Answers are not kept");
}

/*
 * The disk is full from here on: no file may grow.  The old plan stays, it is
 * said, and the work goes on.
 */
static void
a_full_disk(void **state)
{
	char command[512];
	const char *argv[] = { "/bin/sh", "-c", command, NULL };
	const char *env[] = { state_env, NULL };
	struct terminal *t;

	(void)state;
	put_plan("# mailwizard plan 1\ndomain = example.org\nstep = spf\n"
		 "spf.term = mx\nspf.term = ~all\n");
	snprintf(command, sizeof(command),
	    "ulimit -f 0; exec %s --zone %s --offline example.org",
	    mailwizard(), ZONE);
	t = terminal_start(argv, env, 24, 80);
	assert_true(terminal_wait(t, "Answers are not kept"));
	terminal_keys(t, "<Enter>");
	assert_true(terminal_wait(t, "+ add a"));
	terminal_keys(t, "a<Down><Enter>192.0.2.77<Enter>");
	assert_true(terminal_wait(t, "ip4:192.0.2.77"));
	leave(t);
	assert_true(has("example.org.plan", "spf.term = mx\n"));
	assert_false(has("example.org.plan", "192.0.2.77"));
}

/* --- what stands there --------------------------------------------------- */

static void
a_damaged_plan(void **state)
{
	struct terminal *t;

	(void)state;
	put_plan("# mailwizard plan 1\ndomain = example.org\nstep = spf\n"
		 "spf.term = ip4:192.0.2.88\n\001\002\003 \377\n");
	t = start_in(state_env, NULL);
	assert_true(terminal_wait(t, "damaged"));
	terminal_keys(t, "<Enter>");
	assert_true(terminal_wait(t, "ip4:192.0.2.88"));
	leave(t);
	assert_true(has("example.org.plan.damaged", "\001\002\003"));
	assert_true(has("example.org.plan", "ip4:192.0.2.88"));
}

static void
a_newer_plan(void **state)
{
	static const char newer[] = "# mailwizard plan 99\n"
				    "domain = example.org\nstep = spf\n"
				    "spf.term = ip4:192.0.2.99\n"
				    "future = yes\n";
	struct terminal *t;

	(void)state;
	put_plan(newer);
	t = start_in(state_env, NULL);
	assert_true(terminal_wait(t, "later version"));
	terminal_keys(t, "<Enter>");
	assert_true(terminal_wait(t, "ip4:192.0.2.99"));
	terminal_keys(t, "a<Down><Enter>192.0.2.66<Enter>");
	assert_true(terminal_wait(t, "ip4:192.0.2.66"));
	leave(t);
	assert_true(has("example.org.plan", "future = yes"));
	assert_false(has("example.org.plan", "192.0.2.66"));
}

/* Key by key, as a person: all at once would be a paste. */
static void
add_address(struct terminal *t, const char *address)
{
	terminal_keys(t, "a");
	assert_true(terminal_wait(t, "Add to the SPF record"));
	terminal_keys(t, "<Down>");
	assert_true(terminal_wait(t, "> ip4"));
	terminal_keys(t, "<Enter>");
	assert_true(terminal_wait(t, "Whoever matches"));
	terminal_keys(t, address);
	assert_true(terminal_wait(t, address));
	terminal_keys(t, "<Enter>");
}

static void
the_second_wizard(void **state)
{
	struct terminal *first, *second;
	char who[64];

	(void)state;
	put_plan("# mailwizard plan 1\ndomain = example.org\nstep = spf\n"
		 "spf.term = mx\nspf.term = ~all\n");
	first = start_in(state_env, NULL);
	assert_true(terminal_wait(first, "+ add a"));
	snprintf(who, sizeof(who), "process %d", (int)terminal_pid(first));
	second = start_in(state_env, NULL);
	assert_true(terminal_wait(second, "another wizard"));
	assert_true(terminal_wait(second, who));
	terminal_keys(second, "<Enter>");
	assert_true(terminal_wait(second, "+ add a"));
	add_address(second, "192.0.2.55");
	assert_true(terminal_wait(second, "ip4:192.0.2.55  "));
	leave(second);
	assert_false(has("example.org.plan", "192.0.2.55"));
	add_address(first, "192.0.2.44");
	assert_true(terminal_wait(first, "ip4:192.0.2.44  "));
	leave(first);
	assert_true(has("example.org.plan", "192.0.2.44"));
}

static int
begin(void **state)
{
	(void)state;
	strcpy(dir, "/tmp/mailwizard-XXXXXX");
	if (mkdtemp(dir) == NULL)
		return -1;
	snprintf(state_env, sizeof(state_env), "XDG_STATE_HOME=%s", dir);
	snprintf(folder, sizeof(folder), "%s/mailwizard", dir);
	return 0;
}

static int
end(void **state)
{
	char command[128];

	(void)state;
	snprintf(command, sizeof(command), "rm -rf '%s'", dir);
	return system(command);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(acceptance_07_killed_five_hundred_times),
		cmocka_unit_test(acceptance_07_the_program_is_killed),
		cmocka_unit_test(no_home_at_all),
		cmocka_unit_test(a_home_that_cannot_be_written),
		cmocka_unit_test(a_full_disk),
		cmocka_unit_test(a_damaged_plan),
		cmocka_unit_test(a_newer_plan),
		cmocka_unit_test(the_second_wizard),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
