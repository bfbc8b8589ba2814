/* mailwizard records: the records of the saved plan, in every form. */
#include "../harness/unit.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../checks/base/str.h"
#include "../harness/command.h"
#include "../harness/state.h"

static char folder[96];

static void
save(const char *domain, const char *text)
{
	char path[192];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s.plan", folder, domain);
	file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	assert_int_equal(fclose(file), 0);
}

static const char plan[] = "# mailwizard plan 1\n"
			   "domain = example.org\n"
			   "spf.term = mx\n"
			   "spf.term = -all\n"
			   "spf.begun = yes\n";

static const struct {
	const char *format; /* NULL: none */
	const char *holds;
} forms[] = {
	{ NULL, "example.org. 3600 IN TXT \"v=spf1 mx -all\"\n" },
	{ "zone", "example.org. 3600 IN TXT \"v=spf1 mx -all\"\n" },
	{ "panel", "\nv=spf1 mx -all\n" },
	{ "powershell", "Add-DnsServerResourceRecord" },
	{ "nsupdate", "update add example.org. 3600 IN TXT" },
	{ "nsupdate", "; This adds and deletes nothing." },
	{ "nsupdate", "\n; update delete example.org. IN TXT \"...\"\n" },
	{ "json",
	    "{\"mailwizard\": \"0.1.0\", \"command\": \"records\", "
	    "\"domain\": \"example.org\", \"records\": [{\"name\": "
	    "\"example.org\", \"type\": \"TXT\", \"ttl\": 3600, \"value\": "
	    "\"v=spf1 mx -all\"}]}\n" },
};

static void
every_form_holds_the_record(void **state)
{
	(void)state;
	save("example.org", plan);
	for (size_t i = 0; i < COUNT(forms); i++) {
		struct outcome o = forms[i].format == NULL
		    ? command_run(NULL, "records", "Example.ORG.")
		    : command_run(NULL, "records", "example.org", "--format",
			  forms[i].format);

		if (o.status != 0 || strstr(o.out, forms[i].holds) == NULL)
			fail_msg("%s: %d %s%s", forms[i].format, o.status,
			    o.out, o.err);
		command_free(&o);
	}
}

static void
json_has_two_names(void **state)
{
	struct outcome a =
	    command_run(NULL, "records", "--json", "example.org");
	struct outcome b =
	    command_run(NULL, "records", "--format=json", "example.org");

	(void)state;
	assert_string_equal(a.out, b.out);
	assert_int_equal(a.status, 0);
	command_free(&a);
	command_free(&b);
}

/* Whatever the plan holds, no form sends it to the terminal as it is. */
static void
hostile_octets_are_shown(void **state)
{
	static const char *const formats[] = { "zone", "panel", "powershell",
		"nsupdate", "json" };

	(void)state;
	save("hostile.example",
	    "# mailwizard plan 1\ndomain = hostile.example\n"
	    "spf.term = a\\027]52;c;x\\007\\155\\226\\128\\174\\255\n"
	    "spf.term = -all\nspf.begun = yes\n");
	for (size_t i = 0; i < COUNT(formats); i++) {
		struct outcome o = command_run(
		    NULL, "records", "hostile.example", "--format", formats[i]);

		assert_int_equal(o.status, 0);
		for (size_t j = 0; j < o.out_len; j++) {
			unsigned char c = (unsigned char)o.out[j];

			if (c != '\n' && (c < 0x20 || c > 0x7e))
				fail_msg("%s: octet %u", formats[i], c);
		}
		command_free(&o);
	}
}

static const struct {
	const char *name;
	const char *text; /* NULL: no such file */
	int status;
	const char *says;
} without[] = {
	{ "none.example", NULL, 2, "There is no saved plan for none.example" },
	{ "empty.example", "# mailwizard plan 1\ndomain = empty.example\n", 1,
	    "has no record to publish yet" },
	{ "damaged.example", "# mailwizard plan 1\nspf.term\n", 2,
	    "cannot be used: line 2" },
	{ "newer.example", "# mailwizard plan 9\n", 2, "cannot be used" },
};

static void
without_a_record_it_says_why(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(without); i++) {
		struct outcome o;

		if (without[i].text != NULL)
			save(without[i].name, without[i].text);
		o = command_run(NULL, "records", without[i].name);
		if (o.status != without[i].status || o.out_len != 0 ||
		    strstr(o.err, without[i].says) == NULL)
			fail_msg("%s: %d %s", without[i].name, o.status, o.err);
		command_free(&o);
	}
}

/* Reading leaves no lock and no folder behind. */
static void
nothing_is_made(void **state)
{
	char path[192];
	struct outcome o = command_shell("env -u XDG_STATE_HOME HOME=/dev/null"
					 " \"$MW\" records example.org");

	(void)state;
	assert_int_equal(o.status, 2);
	command_free(&o);
	o = command_shell(
	    "env -u XDG_STATE_HOME -u HOME \"$MW\" records example.org");
	assert_int_equal(o.status, 2);
	assert_non_null(strstr(o.err, "HOME is not set"));
	command_free(&o);
	o = command_run(NULL, "records", "example.org");
	assert_int_equal(o.status, 0);
	command_free(&o);
	snprintf(path, sizeof(path), "%s/example.org.lock", folder);
	assert_int_equal(access(path, F_OK), -1);
}

static int
begin(void **state)
{
	(void)state;
	if (!state_make())
		return -1;
	snprintf(folder, sizeof(folder), "%s/mailwizard", state_dir);
	return mkdir(folder, 0700) != 0 ||
	    setenv("XDG_STATE_HOME", state_dir, 1) != 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_form_holds_the_record),
		cmocka_unit_test(json_has_two_names),
		cmocka_unit_test(hostile_octets_are_shown),
		cmocka_unit_test(without_a_record_it_says_why),
		cmocka_unit_test(nothing_is_made),
	};

	return cmocka_run_group_tests(tests, begin, state_end);
}
