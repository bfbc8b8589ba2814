/* The step DMARC against a real name server: from no record to green. */
#include "../harness/unit.h"

#include <stdlib.h>
#include <string.h>

#include "../harness/pty.h"
#include "../harness/state.h"

/* All but DMARC is in order, so that the path depends on the days alone. */
#define ZONE                                                                   \
	"@ MX 10 mail\n@ TXT \"v=spf1 mx -all\"\nmail A 192.0.2.25\n"          \
	"mail._domainkey TXT \"v=DKIM1; k=rsa; p="                             \
	"MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAn1O0WHIlzMhqZhnJ"         \
	"3Wqf/+cR5PrfstqDa9U4z0VFwuTfXotvPuMWWlOrKeaN5yArW0FMrh6NrbCU"         \
	"9DT4xHRj4cFch6jtJilKMD5Ijkl6kP28Ctg/gXYrKHAqgiype8cmoUKvdEPU"         \
	"i178bHy7uHIMlJSS5axs\" "                                              \
	"\"3D1Qj6VMZQMGJM5u80uokH2qt+S2RJuaG98JmNmLuwpxPNXBranRAulPSl1h"       \
	"5yhwMUsqQpWBrsDWWW3MwxpU3449brXmTEOzhA6w5qrm81pAlNWKAu3IfOBm"         \
	"ePELMZw6Yj5JyyXkumFNCbDFtzBGN7Wqi1EZ9CprpQ6Ld9scPjeE8vJ0dJUC"         \
	"+DpvuQIDAQAB\"\n"

#define REPORTS "@ MX 10 in\nin A 192.0.2.77\n"

static const char *
plan_path(void)
{
	static char path[128];

	snprintf(
	    path, sizeof(path), "%s/mailwizard/example.org.plan", state_dir);
	return path;
}

/* Is this line in the saved plan? */
static bool
planned(const char *wanted)
{
	FILE *in = fopen(plan_path(), "r");
	char line[1200];
	bool found = false;

	assert_non_null(in);
	while (!found && fgets(line, sizeof(line), in) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		found = strcmp(line, wanted) == 0;
	}
	fclose(in);
	return found;
}

/* Both zones: the domain with this at _dmarc, and who gets the reports. */
static void
serve(struct server *nsd, const char *dmarc, const char *consent)
{
	static char text[4096], other[512];
	const struct zone_source zones[] = { { "example.org", text },
		{ "reports.example", other } };

	snprintf(text, sizeof(text), ZONE "%s", dmarc);
	snprintf(other, sizeof(other), REPORTS "%s", consent);
	nsd_reload(nsd, zones, 2);
}

static struct server *
start_server(void)
{
	static const struct zone_source zones[] = { { "example.org", ZONE },
		{ "reports.example", REPORTS } };

	return nsd_start(zones, 2);
}

static struct terminal *
start(struct server *nsd, const char *term, int rows, int cols)
{
	const char *env[] = { state_env, term, NULL };
	const char *argv[] = { mailwizard(), "--dns", nsd->at, "example.org",
		NULL };
	struct terminal *t = terminal_start(argv, env, rows, cols);

	assert_true(terminal_wait(t, "Step 1 of"));
	for (int step = 2; step <= 4; step++) {
		char text[32];

		terminal_keys(t, "<C-n>");
		snprintf(text, sizeof(text), "Step %d of", step);
		assert_true(terminal_wait(t, text));
	}
	return t;
}

static void
end(struct terminal *t)
{
	terminal_keys(t, "<C-c>");
	assert_true(terminal_wait(t, "Quit?"));
	terminal_keys(t, "<C-c>");
	assert_int_equal(terminal_exit(t), 130);
	terminal_end(t);
}

/* One key, and what comes of it: a busy machine may take its time. */
static void
press(struct terminal *t, const char *key)
{
	size_t before, after;

	terminal_output(t, &before);
	terminal_keys(t, key);
	for (int i = 0; i < 40; i++) {
		terminal_settle(t, 50);
		terminal_output(t, &after);
		if (after != before)
			return;
	}
}

/* Presses a key until this is on the screen. */
static void
press_until(struct terminal *t, const char *key, const char *text)
{
	for (int i = 0; i < 30 && !terminal_wait_ms(t, text, 100); i++)
		press(t, key);
	assert_true(terminal_wait(t, text));
}

/* A name server that has just started may not know its zone yet. */
static void
ask_until(struct terminal *t, const char *text)
{
	for (int i = 0; i < 10 && !terminal_wait_ms(t, text, 1000); i++)
		press(t, "<F5>");
	assert_true(terminal_wait(t, text));
}

static void
say_published(struct terminal *t)
{
	press_until(t, "<Tab>", "Shows the records that repair");
	press(t, "<Enter>");
	press_until(t, "<Tab>", "> < It is published >");
	press(t, "<Enter>");
}

/* The one that comes next: too early, and told so; it is not forbidden. */
static void
take_next_stage(struct terminal *t, const char *path)
{
	press_until(t, "<Up>", "> Path: ");
	assert_true(terminal_wait(t, path));
	press(t, "<Enter>");
	assert_true(terminal_wait(t, "comes not"));
	assert_true(terminal_shows(t, "> < Close >"));
	press(t, "<Right>");
	assert_true(terminal_wait(t, "> < Take the next stage >"));
	press(t, "<Enter>");
	press_until(t, "<Up>", "> p: policy");
	assert_true(planned("dmarc.p = quarantine"));
}

static const struct {
	const char *term;
	int rows, cols;
} screens[] = {
	{ "TERM=xterm-256color", 24, 80 },
	{ "TERM=linux", 20, 60 },
	{ "TERM=vt100", 43, 132 },
};

static void
from_nothing_to_green(void **state)
{
	(void)state;
	NEED_SERVERS();
	for (size_t i = 0; i < sizeof(screens) / sizeof(screens[0]); i++) {
		struct server *nsd = start_server();
		struct terminal *t;

		assert_true(state_make());
		t = start(
		    nsd, screens[i].term, screens[i].rows, screens[i].cols);
		ask_until(t, "DMARC !!");
		/* Reports only, and a place for them: nothing to be typed. */
		assert_true(terminal_wait(t, "> p: policy"));
		assert_true(planned("dmarc.p = none"));
		assert_true(
		    planned("dmarc.rua = mailto:dmarc-reports@example.org"));
		say_published(t);
		serve(nsd,
		    "_dmarc TXT \"v=DMARC1; p=none; "
		    "rua=mailto:dmarc-reports@example.org\"\n",
		    "");
		ask_until(t, "Your resolver shows the record");
		/* "p=none" protects nobody, and is how one begins. */
		assert_true(terminal_wait(t, "DNS says now   1 WARN"));
		assert_false(planned("dmarc.since = 0"));
		take_next_stage(t, "Path: p=none since");
		assert_true(planned("dmarc.t = y"));
		say_published(t);
		serve(nsd,
		    "_dmarc TXT \"v=DMARC1; p=quarantine; t=y; "
		    "rua=mailto:dmarc-reports@example.org\"\n",
		    "");
		ask_until(t, "_dmarc  v=DMARC1; p=quarantine");
		take_next_stage(t, "Path: quarantine (t=y) since");
		say_published(t);
		serve(nsd,
		    "_dmarc TXT \"v=DMARC1; p=quarantine; "
		    "rua=mailto:dmarc-reports@example.org\"\n",
		    "");
		ask_until(t, "DMARC ok");
		assert_true(planned("dmarc.stage = quarantine"));
		end(t);
		server_stop(nsd);
		assert_true(state_remove());
	}
}

/* Reports to somebody who has not agreed are not sent. */
static void
reports_to_another_domain(void **state)
{
	struct server *nsd;
	struct terminal *t;

	(void)state;
	NEED_SERVERS();
	nsd = start_server();
	assert_true(state_make());
	t = start(nsd, "TERM=xterm-256color", 43, 132);
	ask_until(t, "DMARC !!");
	assert_true(terminal_wait(t, "> p: policy"));
	press_until(t, "<Right>", "(o) reject");
	press_until(t, "<Down>", "> rua: reports to");
	for (int i = 0; i < 60; i++)
		press(t, i == 0 ? "<End>" : "<BS>");
	for (const char *p = "d@reports.example"; *p != '\0'; p++) {
		char key[2] = { *p, '\0' };

		press(t, key);
	}
	press(t, "<Down>");
	assert_true(terminal_wait(t, "example.org._report._dmarc."));
	assert_true(planned("dmarc.rua = mailto:d@reports.example"));
	say_published(t);
	serve(nsd,
	    "_dmarc TXT \"v=DMARC1; p=reject; "
	    "rua=mailto:d@reports.example\"\n",
	    "");
	ask_until(t, "are not sent: it has not agreed");
	assert_true(terminal_shows(t, "DMARC !!"));
	/* Its owner agrees. */
	serve(nsd,
	    "_dmarc TXT \"v=DMARC1; p=reject; "
	    "rua=mailto:d@reports.example\"\n",
	    "example.org._report._dmarc TXT \"v=DMARC1\"\n");
	ask_until(t, "DMARC ok");
	assert_false(terminal_shows(t, "has not agreed"));
	end(t);
	server_stop(nsd);
	assert_true(state_remove());
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(from_nothing_to_green),
		cmocka_unit_test(reports_to_another_domain),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
