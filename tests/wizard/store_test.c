/*
 * Plans on disk: whole or not at all, one writer, nothing ever fatal.
 *
 * The system calls that write are replaced by ours, which fail when told to,
 * so that every moment of a save is once its last.
 */
#include "../harness/unit.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../wizard/field.h"
#include "../../wizard/plan_file.h"
#include "../../wizard/store.h"

/* --- faults -------------------------------------------------------------- */

enum fault { NO_FAULT, AT_WRITE, AT_SHORT_WRITE, AT_FSYNC, AT_RENAME };
static enum fault fault;
static bool then_die; /* as kill -9 would: nothing is tidied up */

static bool
strikes(enum fault at)
{
	if (fault != at)
		return false;
	if (then_die)
		_exit(9);
	errno = ENOSPC;
	return true;
}

int
fsync(int fd)
{
	return strikes(AT_FSYNC) ? -1 : (int)syscall(SYS_fsync, fd);
}

int
renameat(int from_dir, const char *from, int to_dir, const char *to)
{
	if (strikes(AT_RENAME))
		return -1;
	return (int)syscall(SYS_renameat2, from_dir, from, to_dir, to, 0);
}

ssize_t
write(int fd, const void *text, size_t n)
{
	if (fd > 2 && strikes(AT_WRITE))
		return -1;
	if (fd > 2 && fault == AT_SHORT_WRITE && n > 7) {
		syscall(SYS_write, fd, text, (size_t)7);
		if (then_die)
			_exit(9);
		errno = ENOSPC;
		return -1;
	}
	return (ssize_t)syscall(SYS_write, fd, text, n);
}

/* --- the fixture --------------------------------------------------------- */

struct state {
	char dir[64];
	struct plan plan, back;
};

static int
begin(void **state)
{
	struct state *s = calloc(1, sizeof(*s));

	strcpy(s->dir, "/tmp/mailwizard-store-XXXXXX");
	assert_non_null(mkdtemp(s->dir));
	strcpy(s->plan.domain, "example.org");
	strcpy(s->plan.term[0], "mx");
	s->plan.nterms = 1;
	s->plan.spf_begun = true;
	fault = NO_FAULT;
	then_die = false;
	*state = s;
	return 0;
}

static int
end(void **state)
{
	struct state *s = *state;
	char command[128];

	fault = NO_FAULT;
	snprintf(command, sizeof(command), "rm -rf '%s'", s->dir);
	assert_int_equal(system(command), 0);
	free(s);
	return 0;
}

static const char *
path_of(const struct state *s, const char *name)
{
	static char path[256];

	snprintf(path, sizeof(path), "%s/%s", s->dir, name);
	return path;
}

static void
put_file(const struct state *s, const char *name, const char *text)
{
	FILE *file = fopen(path_of(s, name), "w");

	assert_non_null(file);
	fputs(text, file);
	assert_int_equal(fclose(file), 0);
}

static bool
has_file(const struct state *s, const char *name, const char *text)
{
	char found[8192] = "";
	FILE *file = fopen(path_of(s, name), "r");

	if (file == NULL)
		return false;
	found[fread(found, 1, sizeof(found) - 1, file)] = '\0';
	fclose(file);
	return text == NULL || strcmp(found, text) == 0;
}

static mode_t
mode_of(const struct state *s, const char *name)
{
	struct stat st;

	assert_int_equal(stat(path_of(s, name), &st), 0);
	return st.st_mode & 0777;
}

/* --- the tests ----------------------------------------------------------- */

#define SAVED                                                                  \
	"# mailwizard plan 1\n"                                                \
	"domain = example.org\n"                                               \
	"spf.term = mx\n"                                                      \
	"spf.begun = yes\n"

static void
a_plan_is_saved_and_opened_again(void **state)
{
	struct state *s = *state;
	struct store *store;

	chmod(s->dir, 0755);
	store = store_new(s->dir);
	assert_false(store_open(store, "example.org", &s->back));
	assert_true(store_save(store, &s->plan));
	assert_null(store_problem(store));
	assert_true(has_file(s, "example.org.plan", SAVED));
	assert_int_equal(mode_of(s, "example.org.plan"), 0600);
	assert_int_equal(mode_of(s, ""), 0700);
	store_free(store);

	store = store_new(s->dir);
	assert_true(store_open(store, "example.org", &s->back));
	assert_memory_equal(&s->plan, &s->back, sizeof(s->plan));
	assert_null(store_told(store));
	assert_string_equal(store_path(store), path_of(s, "example.org.plan"));
	store_free(store);
}

/* Whatever fails, the old plan stays, and no half of the new one. */
static void
a_failed_save_leaves_the_old_plan(void **state)
{
	struct state *s = *state;
	struct store *store = store_new(s->dir);

	store_open(store, "example.org", &s->back);
	assert_true(store_save(store, &s->plan));
	strcpy(s->plan.helo, "mail.example.org");
	for (fault = AT_WRITE; fault <= AT_RENAME; fault++) {
		assert_false(store_save(store, &s->plan));
		assert_non_null(
		    strstr(store_problem(store), "Answers are not kept"));
		assert_non_null(strstr(store_problem(store), "No space left"));
		assert_true(has_file(s, "example.org.plan", SAVED));
		assert_false(has_file(s, "example.org.plan.new", NULL));
	}
	fault = NO_FAULT;
	assert_true(store_save(store, &s->plan));
	assert_null(store_problem(store));
	store_free(store);
}

/* A process that dies in the middle of saving, at each of its calls. */
static void
dying_in_a_save_leaves_the_old_plan(void **state)
{
	struct state *s = *state;
	struct store *store = store_new(s->dir);

	store_open(store, "example.org", &s->back);
	assert_true(store_save(store, &s->plan));
	store_free(store);
	for (enum fault at = AT_WRITE; at <= AT_RENAME; at++) {
		pid_t child = fork();
		int status;

		if (child == 0) {
			store = store_new(s->dir);
			store_open(store, "example.org", &s->back);
			strcpy(s->back.helo, "mail.example.org");
			then_die = true;
			fault = at;
			store_save(store, &s->back);
			_exit(0);
		}
		assert_true(waitpid(child, &status, 0) == child);
		assert_int_equal(WEXITSTATUS(status), 9);
		assert_true(has_file(s, "example.org.plan", SAVED));
		/* What it left behind troubles nobody. */
		store = store_new(s->dir);
		assert_true(store_open(store, "example.org", &s->back));
		assert_null(store_problem(store));
		assert_true(store_save(store, &s->back));
		assert_false(has_file(s, "example.org.plan.new", NULL));
		store_free(store);
	}
}

static void
the_second_wizard_only_reads(void **state)
{
	struct state *s = *state;
	struct store *store = store_new(s->dir);
	int ready[2], status;
	pid_t child;
	char text[32], octet;

	store_open(store, "example.org", &s->back);
	assert_true(store_save(store, &s->plan));
	store_free(store);

	assert_int_equal(pipe(ready), 0);
	child = fork();
	if (child == 0) {
		store = store_new(s->dir);
		store_open(store, "example.org", &s->back);
		(void)!write(ready[1], "!", 1);
		pause();
		_exit(0);
	}
	assert_int_equal(read(ready[0], &octet, 1), 1);
	store = store_new(s->dir);
	assert_true(store_open(store, "example.org", &s->back));
	assert_true(store_read_only(store));
	snprintf(text, sizeof(text), "(process %d)", (int)child);
	assert_non_null(strstr(store_problem(store), text));
	assert_false(store_save(store, &s->plan));
	assert_true(has_file(s, "example.org.plan", SAVED));

	/* Another domain is free; and this one when the other has ended. */
	assert_false(store_open(store, "example.net", &s->back));
	assert_false(store_read_only(store));
	kill(child, SIGKILL);
	assert_true(waitpid(child, &status, 0) == child);
	assert_true(store_open(store, "example.org", &s->back));
	assert_false(store_read_only(store));
	assert_null(store_problem(store));
	store_free(store);
	close(ready[0]);
	close(ready[1]);
}

static void
a_damaged_plan_is_put_aside(void **state)
{
	struct state *s = *state;
	static const char damaged[] = SAVED "\001\002\n";
	struct store *store = store_new(s->dir);

	put_file(s, "example.org.plan", damaged);
	assert_true(store_open(store, "example.org", &s->back));
	assert_string_equal(s->back.term[0], "mx");
	assert_non_null(strstr(store_told(store), "line 5"));
	assert_non_null(strstr(store_told(store), "example.org.plan.damaged"));
	assert_true(has_file(s, "example.org.plan.damaged", damaged));
	assert_true(has_file(s, "example.org.plan", SAVED));
	assert_null(store_problem(store));
	store_free(store);
}

static void
a_newer_plan_is_only_read(void **state)
{
	struct state *s = *state;
	static const char newer[] = "# mailwizard plan 2\n"
				    "domain = example.org\n"
				    "spf.term = mx\n"
				    "dance = yes\n";
	struct store *store = store_new(s->dir);

	put_file(s, "example.org.plan", newer);
	assert_true(store_open(store, "example.org", &s->back));
	assert_string_equal(s->back.term[0], "mx");
	assert_true(store_read_only(store));
	assert_non_null(strstr(store_problem(store), "later version"));
	assert_false(store_save(store, &s->back));
	assert_true(has_file(s, "example.org.plan", newer));
	store_free(store);
}

/* A file that is too long to be a plan is put aside without reading it. */
static void
a_huge_file_is_put_aside(void **state)
{
	struct state *s = *state;
	struct store *store = store_new(s->dir);

	put_file(s, "example.org.plan", SAVED);
	assert_int_equal(
	    truncate(path_of(s, "example.org.plan"), PLAN_FILE_MAX + 1), 0);
	assert_false(store_open(store, "example.org", &s->back));
	assert_non_null(store_told(store));
	assert_true(has_file(s, "example.org.plan.damaged", NULL));
	store_free(store);
}

static void
without_a_home_it_goes_on(void **state)
{
	struct state *s = *state;
	struct store *store;

	unsetenv("HOME");
	unsetenv("XDG_STATE_HOME");
	store = store_new(NULL);
	assert_non_null(strstr(store_problem(store), "HOME is not set"));
	assert_false(store_open(store, "example.org", &s->back));
	assert_false(store_save(store, &s->plan));
	assert_null(store_path(store));
	assert_null(store_write(store, "checklist.txt", "x"));
	assert_non_null(store_problem(store));
	store_free(store);

	setenv("XDG_STATE_HOME", "/dev/null/there", 1);
	store = store_new(NULL);
	assert_non_null(
	    strstr(store_problem(store), "/dev/null/there/mailwizard"));
	store_free(store);
}

static void
the_environment_says_where(void **state)
{
	struct state *s = *state;
	struct store *store;

	setenv("XDG_STATE_HOME", "relative", 1);
	setenv("HOME", path_of(s, "home"), 1);
	store = store_new(NULL);
	store_open(store, "example.org", &s->back);
	assert_true(store_save(store, &s->plan));
	assert_true(has_file(
	    s, "home/.local/state/mailwizard/example.org.plan", SAVED));
	assert_int_equal(mode_of(s, "home/.local/state/mailwizard"), 0700);
	store_free(store);

	setenv("XDG_STATE_HOME", path_of(s, "state"), 1);
	store = store_new(NULL);
	store_open(store, "example.org", &s->back);
	assert_true(store_save(store, &s->plan));
	assert_true(has_file(s, "state/mailwizard/example.org.plan", SAVED));
	store_free(store);
	unsetenv("HOME");
	unsetenv("XDG_STATE_HOME");
}

/* A folder where the plan should be is put aside like any other damage. */
static void
a_folder_in_its_place_is_put_aside(void **state)
{
	struct state *s = *state;
	struct store *store = store_new(s->dir);

	assert_int_equal(mkdir(path_of(s, "example.org.plan"), 0700), 0);
	assert_false(store_open(store, "example.org", &s->back));
	assert_non_null(store_told(store));
	assert_true(store_save(store, &s->plan));
	assert_true(has_file(s, "example.org.plan", SAVED));
	store_free(store);
}

static void
names_never_leave_the_folder(void **state)
{
	static const char *const names[] = { "../x", "/etc/passwd", ".x", "",
		"a/b", "-x", "a b", "a\nb" };
	struct state *s = *state;
	struct store *store = store_new(s->dir);

	for (size_t i = 0; i < COUNT(names); i++) {
		assert_false(store_open(store, names[i], &s->back));
		assert_false(store_save(store, &s->plan));
	}
	store_free(store);
}

static void
saved_work_is_listed_newest_first(void **state)
{
	struct state *s = *state;
	struct store *store = store_new(s->dir);
	struct saved_plan saved[STORE_SAVED];
	static const struct timespec times[2] = { { .tv_sec = 1000 },
		{ .tv_sec = 1000 } };
	char name[32];

	assert_int_equal(store_list(store, saved), 0);
	put_file(s, "example.org.plan", SAVED "step = spf\n");
	put_file(s, "example.net.plan", SAVED);
	put_file(s, "example.com.plan.new", SAVED);
	put_file(s, "example.com.plan.damaged", SAVED);
	put_file(s, ".plan", SAVED);
	assert_int_equal(
	    utimensat(AT_FDCWD, path_of(s, "example.org.plan"), times, 0), 0);
	assert_int_equal(store_list(store, saved), 2);
	assert_string_equal(saved[0].domain, "example.net");
	assert_string_equal(saved[1].domain, "example.org");
	assert_int_equal(saved[1].step, WIZ_SPF);
	assert_true(saved[1].changed == 1000);
	for (int i = 0; i < STORE_SAVED; i++) {
		snprintf(name, sizeof(name), "x%d.example.plan", i);
		put_file(s, name, SAVED);
	}
	assert_int_equal(store_list(store, saved), STORE_SAVED);
	assert_string_not_equal(saved[STORE_SAVED - 1].domain, "example.org");
	store_free(store);
}

static void
a_report_is_written_beside_the_plan(void **state)
{
	struct state *s = *state;
	struct store *store = store_new(s->dir);

	store_open(store, "example.org", &s->back);
	assert_string_equal(store_write(store, "checklist.txt", "hello\n"),
	    path_of(s, "example.org.checklist.txt"));
	assert_true(has_file(s, "example.org.checklist.txt", "hello\n"));
	assert_int_equal(mode_of(s, "example.org.checklist.txt"), 0600);
	store_free(store);
}

int
main(void)
{
#define UNIT(f) cmocka_unit_test_setup_teardown(f, begin, end)
	const struct CMUnitTest tests[] = {
		UNIT(a_plan_is_saved_and_opened_again),
		UNIT(a_failed_save_leaves_the_old_plan),
		UNIT(dying_in_a_save_leaves_the_old_plan),
		UNIT(the_second_wizard_only_reads),
		UNIT(a_damaged_plan_is_put_aside),
		UNIT(a_newer_plan_is_only_read),
		UNIT(a_huge_file_is_put_aside),
		UNIT(without_a_home_it_goes_on),
		UNIT(the_environment_says_where),
		UNIT(a_folder_in_its_place_is_put_aside),
		UNIT(names_never_leave_the_folder),
		UNIT(saved_work_is_listed_newest_first),
		UNIT(a_report_is_written_beside_the_plan),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
