/*
 * No space left on the device: the old plan stays, it is said in a sentence,
 * and the work goes on.  A tiny file system of its own is filled where the
 * test may mount one; else no file may grow.
 */
#include "../harness/unit.h"

#include <stdlib.h>
#include <string.h>

#include "../harness/command.h"
#include "../harness/state.h"

/* The folder stands for the disk; what is left of the plan goes to stderr. */
static const char script[] =
    "disk=$XDG_STATE_HOME\n"
    "work() {\n"
    "	mkdir -p \"$disk/mailwizard\"\n"
    "	printf '# mailwizard plan 1\\ndomain = example.org\\nstep = spf\\n"
    "spf.term = mx\\nspf.term = ~all\\nspf.begun = yes\\n' \\\n"
    "	    > \"$disk/mailwizard/example.org.plan\"\n"
    "	$1\n"
    "	printf 'a\\nip4:192.0.2.77\\nq\\n' | \"$MW\" --plain --offline \\\n"
    "	    --zone tests/ui/zones/broken.zone example.org\n"
    "	cat \"$disk/mailwizard/example.org.plan\" >&2\n"
    "}\n"
    "fill() { cat /dev/zero > \"$disk/fill\" 2> /dev/null; }\n"
    "if [ \"$1\" = inside ]; then\n"
    "	mount -t tmpfs -o size=64k tmpfs \"$disk\" || exit 9\n"
    "	echo 'on a full file system'\n"
    "	work fill\n"
    "	exit\n"
    "fi\n"
    "for how in -m -rm; do\n"
    "	unshare $how sh -c 'mount -t tmpfs tmpfs \"$0\"' \"$disk\" \\\n"
    "	    2> /dev/null && exec unshare $how sh \"$0\" inside\n"
    "done\n"
    "echo 'where no file may grow'\n"
    "work 'ulimit -f 0'\n";

static void
a_full_disk_keeps_the_old_plan(void **state)
{
	const char *path = command_file("full.sh", script);
	char line[256];
	struct outcome o;

	(void)state;
	snprintf(line, sizeof(line), "export %s MW; sh '%s' outside", state_env,
	    path);
	o = command_shell(line);
	print_message("%.*s\n", (int)strcspn(o.out, "\n"), o.out);
	if (strstr(o.out, "Answers are not kept") == NULL ||
	    strstr(o.out, "\nv=spf1 mx ip4:192.0.2.77 ~all\n") == NULL)
		fail_msg("%s%s", o.out, o.err);
	if (strstr(o.out, "on a full file system") != NULL)
		assert_non_null(strstr(o.out, "o space left"));
	assert_null(strstr(o.out, "Saved to"));
	assert_non_null(strstr(o.err, "spf.term = mx\nspf.term = ~all\n"));
	assert_null(strstr(o.err, "192.0.2.77"));
	command_free(&o);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_full_disk_keeps_the_old_plan),
	};

	return cmocka_run_group_tests(tests, state_begin, state_end);
}
