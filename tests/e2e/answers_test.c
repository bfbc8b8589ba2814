/* mailwizard -a: the session of the wizard without its screen. */
#include "../harness/unit.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../checks/base/str.h"
#include "../harness/command.h"
#include "../harness/state.h"

static const char good_zone[] =
    "$ORIGIN example.org.\n"
    "@ SOA ns hostmaster 1 3600 900 604800 300\n"
    "@ NS ns\n"
    "@ MX 10 mail\n"
    "@ TXT \"v=spf1 mx -all\"\n"
    "_dmarc TXT \"v=DMARC1; p=reject; rua=mailto:d@example.org\"\n"
    "ns A 192.0.2.53\n"
    "mail A 192.0.2.25\n"
    "25.2.0.192.in-addr.arpa. PTR mail.example.org.\n";

static const char *zone;

static struct outcome
run_answers(const char *answers, const char *domain)
{
	state_forget();
	return command_run(answers, "-a", "-", "--zone", zone, "--offline",
	    "--timeout", "20", domain);
}

/* The saved plan as it is on disk; free it. */
static char *
saved(const char *domain)
{
	char path[160];
	char text[8192];
	FILE *file;
	size_t n;

	snprintf(
	    path, sizeof(path), "%s/mailwizard/%s.plan", state_dir, domain);
	file = fopen(path, "r");
	if (file == NULL)
		return NULL;
	n = fread(text, 1, sizeof(text) - 1, file);
	text[n] = '\0';
	fclose(file);
	return strdup(text);
}

static void
what_is_published_is_green(void **state)
{
	struct outcome o = run_answers("# mailwizard plan 1\n"
				       "domain = example.org\n"
				       "spf.term = mx\n"
				       "spf.term = -all\n",
	    NULL);
	char *plan = saved("example.org");

	(void)state;
	assert_string_equal(o.err, "");
	assert_int_equal(o.status, 0);
	assert_non_null(strstr(o.out, "Checklist for example.org"));
	assert_null(strstr(o.out, "FAIL"));
	assert_non_null(strstr(plan,
	    "# mailwizard plan 1\ndomain = example.org\nspf.term = mx\n"
	    "spf.term = -all\nspf.begun = yes\n"));
	/* The published DMARC record was taken over. */
	assert_non_null(strstr(
	    plan, "dmarc.p = reject\ndmarc.rua = mailto:d@example.org\n"));
	assert_non_null(strstr(plan, "\nstep = list\n"));
	free(plan);
	command_free(&o);
}

/* Without a word about SPF the session begins as the wizard does. */
static void
what_is_not_answered_is_looked_up(void **state)
{
	struct outcome o = run_answers("domain = example.org\n", NULL);
	char *plan = saved("example.org");

	(void)state;
	assert_int_equal(o.status, 0);
	assert_non_null(strstr(plan, "spf.term = mx\nspf.term = -all\n"));
	free(plan);
	command_free(&o);
}

static void
another_record_is_to_be_published(void **state)
{
	struct outcome o = run_answers("domain = example.org\r\n"
				       "server = exchange-2019\r\n"
				       "sending = 192.0.2.25\r\n"
				       "sending = 2001:DB8::1\r\n"
				       "helo = Mail.Example.org.\r\n"
				       "spf.term = ip4:192.0.2.25\r\n"
				       "spf.term = ip6:2001:db8::1\r\n"
				       "spf.term = ~all\r\n",
	    NULL);
	char *plan = saved("example.org");

	(void)state;
	assert_int_equal(o.status, 1);
	assert_non_null(
	    strstr(o.out, "\nv=spf1 ip4:192.0.2.25 ip6:2001:db8::1 ~all\n"));
	assert_non_null(strstr(plan,
	    "server = exchange-2019\nsending = 192.0.2.25\n"
	    "sending = 2001:db8::1\nhelo = mail.example.org\n"));
	free(plan);
	command_free(&o);
}

/* A saved plan is a file of answers, and gives the same plan again. */
static void
a_saved_plan_is_a_file_of_answers(void **state)
{
	struct outcome first = run_answers("domain = example.org\n"
					   "receives-nothing = no\n"
					   "spf.term = inlcude:a.example\n"
					   "spf.term = exp=\\195\\188\n"
					   "spf.term = ?all\n"
					   "done = test-mail\n",
	    NULL);
	char *before = saved("example.org");
	struct outcome second = run_answers(before, NULL);
	char *after = saved("example.org");

	(void)state;
	assert_int_equal(first.status, 1);
	assert_int_equal(second.status, 1);
	assert_non_null(strstr(before, "spf.term = exp=\\195\\188\n"));
	assert_non_null(strstr(before, "done = test-mail\n"));
	assert_string_equal(before, after);
	free(before);
	free(after);
	command_free(&first);
	command_free(&second);
}

/* Answers replace what was saved; the rest of it stays. */
static void
a_saved_plan_is_gone_on_with(void **state)
{
	struct outcome o = run_answers("domain = example.org\n"
				       "sending = 192.0.2.25\n"
				       "spf.term = a\nspf.term = -all\n",
	    NULL);
	char *plan;

	(void)state;
	command_free(&o);
	o = command_run("spf.term = mx\nspf.term = -all\n", "-a", "-", "--zone",
	    zone, "--offline", "example.org");
	plan = saved("example.org");
	assert_int_equal(o.status, 0);
	assert_non_null(strstr(
	    plan, "sending = 192.0.2.25\nspf.term = mx\nspf.term = -all\n"));
	free(plan);
	command_free(&o);
}

static void
the_command_line_names_the_domain(void **state)
{
	struct outcome o = run_answers(
	    "domain = example.net\nspf.term = -all\n", "example.org");
	char *plan = saved("example.org");
	char *other = saved("example.net");

	(void)state;
	assert_non_null(strstr(o.out, "Checklist for example.org"));
	assert_non_null(strstr(plan, "domain = example.org\n"));
	assert_null(other);
	free(other);
	free(plan);
	command_free(&o);
}

static const struct {
	const char *answers;
	const char *says;
} wrong[] = {
	{ "", "Which domain?" },
	{ "# only this\n\n", "Which domain?" },
	{ "domain = example.org\nspf.terms = mx\n",
	    "standard input, line 2: there is no answer called \"spf.terms\"" },
	{ "domain = example.org\nexample.net\n",
	    "line 2: \"example.net\" is no answer" },
	{ "domain = exa mple\n", "line 1: domain: " },
	{ "domain =\n", "line 1: domain: " },
	{ "domain = a.example\n#\nsending = 192.0.2.300\n",
	    "line 3: sending: " },
	{ "domain = a.example\nserver = sendmail\n", "line 2: server: " },
	{ "domain = a.example\nsends-nothing = perhaps\n",
	    "line 2: sends-nothing: " },
	{ "domain = a.example\nspf.old-until = soon\n",
	    "line 2: spf.old-until: " },
	{ "domain = a.example\nhost = a.example\nhost = b.example\n",
	    "line 3: host was answered in line 2 already" },
	{ "# mailwizard plan 2\ndomain = a.example\n", "line 1: it was" },
	{ "domain = a.example\n\033]0;x\007 = 1\n", "\"\\027]0;x\\007\"" },
};

static void
wrong_answers_are_one_sentence(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(wrong); i++) {
		struct outcome o = run_answers(wrong[i].answers, NULL);
		const char *end = strchr(o.err, '\n');
		char *plan;

		if (o.status != 2 || o.out_len != 0 ||
		    strstr(o.err, wrong[i].says) == NULL || end == NULL ||
		    end[1] != '\0' || strncmp(o.err, "mailwizard: ", 12) != 0)
			fail_msg("%s: %d %s%s", wrong[i].answers, o.status,
			    o.out, o.err);
		plan = saved("a.example");
		assert_null(plan);
		free(plan);
		command_free(&o);
	}
}

/* Far more than such a file can have: a sentence, and no long wait. */
static void
a_file_too_long_is_refused(void **state)
{
	size_t n = 300000;
	char *text = malloc(n + 1);
	struct outcome o;

	(void)state;
	memset(text, 'x', n);
	text[n] = '\0';
	o = command_run(
	    NULL, "-a", command_file("long.answers", text), "example.org");
	assert_int_equal(o.status, 2);
	assert_non_null(strstr(o.err, "longer than"));
	command_free(&o);
	free(text);
	o = command_run(NULL, "-a", "/nonexistent/a", "example.org");
	assert_int_equal(o.status, 2);
	assert_non_null(strstr(o.err, "/nonexistent/a cannot be read: "));
	command_free(&o);
}

static void
the_file_stays_as_it_is(void **state)
{
	static const char text[] = "domain = EXAMPLE.org.\nspf.term = mx\n";
	const char *path = command_file("kept.answers", text);
	struct outcome o;
	char found[256] = "";
	FILE *file;

	(void)state;
	state_forget();
	assert_int_equal(chmod(path, 0444), 0);
	o = command_run(NULL, "--answers", path, "--zone", zone, "--offline");
	assert_int_equal(o.status, 1); /* not what is published */
	command_free(&o);
	file = fopen(path, "r");
	assert_non_null(file);
	assert_int_equal(
	    fread(found, 1, sizeof(found) - 1, file), sizeof(text) - 1);
	fclose(file);
	assert_string_equal(found, text);
}

/* Nowhere to save it: said, and the checks are worth as much. */
static void
without_a_home_it_goes_on(void **state)
{
	struct outcome o;
	char line[512];

	(void)state;
	snprintf(line, sizeof(line),
	    "printf 'spf.term = mx -all\\n' | env -u XDG_STATE_HOME "
	    "HOME=/dev/null \"$MW\" -a - --zone '%s' --offline example.org",
	    zone);
	o = command_shell(line);
	assert_int_equal(o.status, 0);
	assert_non_null(strstr(o.err, "Answers are not kept"));
	assert_non_null(strstr(o.out, "Checklist for example.org"));
	command_free(&o);
}

/* No folder, pipe or socket takes the place of a stream that was closed. */
static void
closed_streams_are_not_filled(void **state)
{
	struct outcome o;
	char line[512];

	(void)state;
	snprintf(line, sizeof(line),
	    "sleep 1 | \"$MW\" --plain --zone '%s' --offline example.org "
	    ">/dev/null 2>&- & sleep 0.5; readlink /proc/$!/fd/2; wait",
	    zone);
	o = command_shell(line);
	assert_string_equal(o.out, "/dev/null\n");
	command_free(&o);
}

static int
begin(void **state)
{
	(void)state;
	zone = command_file("good.zone", good_zone);
	return !state_make() || setenv("XDG_STATE_HOME", state_dir, 1) != 0;
}

#define KEY "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="

/* Each answer of the steps DKIM and DMARC, and the record made of it; what is
 * the default is left out, such as rf=afrf. */
static void
every_answer_of_dkim_and_dmarc_is_in_the_records(void **state)
{
	static const char *const formats[] = { "zone", "panel", "powershell",
		"nsupdate", "json" };
	static const char dmarc[] =
	    "v=DMARC1; p=reject; sp=quarantine; np=none; adkim=s; aspf=s; "
	    "t=y; psd=n; rua=mailto:a@example.org,mailto:b@example.org; "
	    "ruf=mailto:c@example.org; fo=1:d:s; pct=50; ri=3600; "
	    "x=1";
	struct outcome o = run_answers("domain = example.org\n"
				       "spf.term = mx\n"
				       "spf.term = -all\n"
				       "dkim.key-selector = mail2026a\n"
				       "dkim.key-type = ed25519\n"
				       "dkim.public = " KEY "\n"
				       "dkim.key-file = /root/mail.pem\n"
				       "dkim.old-selector = mail2025\n"
				       "dkim.revoke-old = yes\n"
				       "dkim.selector = news2026\n"
				       "dmarc.p = reject\n"
				       "dmarc.sp = quarantine\n"
				       "dmarc.np = none\n"
				       "dmarc.adkim = s\n"
				       "dmarc.aspf = s\n"
				       "dmarc.t = y\n"
				       "dmarc.psd = n\n"
				       "dmarc.rua = mailto:a@example.org\n"
				       "dmarc.rua = b@example.org\n"
				       "dmarc.ruf = mailto:c@example.org\n"
				       "dmarc.fo = 1:d:s\n"
				       "dmarc.pct = 50\n"
				       "dmarc.rf = afrf\n"
				       "dmarc.ri = 3600\n"
				       "dmarc.other = x=1\n",
	    NULL);

	(void)state;
	assert_string_equal(o.err, "");
	assert_non_null(
	    strstr(o.out, "Publish the DKIM key at mail2026a._dom"));
	assert_non_null(strstr(o.out, "Revoke the old DKIM key at mail2025."));
	assert_non_null(strstr(o.out, "Publish the DMARC record at _dmarc.ex"));
	assert_non_null(strstr(o.out, dmarc));
	command_free(&o);
	for (size_t i = 0; i < COUNT(formats); i++) {
		o = command_run(
		    NULL, "records", "--format", formats[i], "example.org");
		assert_int_equal(o.status, 0);
		if (strstr(o.out, "v=spf1 mx -all") == NULL ||
		    strstr(o.out, "mail2026a._domainkey") == NULL ||
		    strstr(o.out, "v=DKIM1; k=ed25519; p=" KEY) == NULL ||
		    strstr(o.out, "mail2025._domainkey") == NULL ||
		    strstr(o.out, "v=DKIM1; p=") == NULL ||
		    strstr(o.out, "_dmarc") == NULL ||
		    strstr(o.out, "v=DMARC1; p=reject; sp=quarantine;") == NULL)
			fail_msg("%s: %s", formats[i], o.out);
		command_free(&o);
	}
}

/* Tags in no line stay as they are published. */
static void
other_tags_stay(void **state)
{
	struct outcome o = run_answers("domain = example.org\n"
				       "dmarc.p = quarantine\n",
	    NULL);
	char *plan = saved("example.org");

	(void)state;
	assert_non_null(strstr(plan, "dmarc.p = quarantine\n"));
	assert_non_null(strstr(plan, "dmarc.rua = mailto:d@example.org\n"));
	free(plan);
	command_free(&o);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_published_is_green),
		cmocka_unit_test(what_is_not_answered_is_looked_up),
		cmocka_unit_test(another_record_is_to_be_published),
		cmocka_unit_test(a_saved_plan_is_a_file_of_answers),
		cmocka_unit_test(a_saved_plan_is_gone_on_with),
		cmocka_unit_test(the_command_line_names_the_domain),
		cmocka_unit_test(wrong_answers_are_one_sentence),
		cmocka_unit_test(a_file_too_long_is_refused),
		cmocka_unit_test(the_file_stays_as_it_is),
		cmocka_unit_test(without_a_home_it_goes_on),
		cmocka_unit_test(closed_streams_are_not_filled),
		cmocka_unit_test(
		    every_answer_of_dkim_and_dmarc_is_in_the_records),
		cmocka_unit_test(other_tags_stay),
	};

	return cmocka_run_group_tests(tests, begin, state_end);
}
