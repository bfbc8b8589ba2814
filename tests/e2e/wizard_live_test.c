/* The wizard against a real name server, from a broken record to exit 0. */
#include "../harness/unit.h"

#include <stdlib.h>
#include <string.h>

#include "../harness/good_key.h"
#include "../harness/pty.h"
#include "../harness/state.h"

#define REVERSE                                                                \
	{                                                                      \
		"2.0.192.in-addr.arpa", "25 PTR mail.example.org.\n"           \
	}
#define HOSTS                                                                  \
	"@ MX 10 mail\nmail A 192.0.2.25\n"                                    \
	"_dmarc TXT \"v=DMARC1; p=reject; rua=mailto:d@example.org\"\n" GOOD_KEY

static const struct zone_source broken[] = {
	{ "example.org",
	    HOSTS "@ TXT \"v=spf1 mx inlcude:_spf.example.net -all\"\n" },
	REVERSE,
	{ "example.net", "_spf TXT \"v=spf1 ip4:198.51.100.0/24 -all\"\n" },
};
static const struct zone_source repaired[] = {
	{ "example.org",
	    HOSTS "@ TXT \"v=spf1 mx include:_spf.example.net -all\"\n" },
	REVERSE,
	{ "example.net", "_spf TXT \"v=spf1 ip4:198.51.100.0/24 -all\"\n" },
};

static const struct {
	const char *term;
	int rows, cols;
} screens[] = {
	{ "TERM=xterm-256color", 24, 80 },
	{ "TERM=linux", 20, 60 },
};

static void
repair(struct terminal *t)
{
	assert_true(terminal_wait(t, "Step 1 of 8"));
	assert_true(terminal_wait(t, "OK"));
	terminal_keys(t, "<C-n>");
	assert_true(terminal_wait(t, "Take over the repaired"));
	terminal_keys(t, "<S-Tab><S-Tab><S-Tab><S-Tab><S-Tab><S-Tab>");
	assert_true(terminal_wait(t, "Changes your record here"));
	terminal_keys(t, "<Enter>");
	assert_true(terminal_wait_gone(t, "Take over the repaired"));
	assert_true(terminal_wait(t, "1 of 1 own"));
}

static void
publish(struct terminal *t, struct server *nsd)
{
	terminal_keys(t, "<F7>");
	assert_true(terminal_wait(t, "192.0.2.25"));
	assert_true(terminal_shows(t, "pass"));
	terminal_keys(t, "<Enter>");
	assert_true(terminal_wait_gone(t, "Your own addresses"));
	terminal_keys(t, "<Up><Up><Enter>");
	assert_true(terminal_wait(t, "It is published"));
	nsd_reload(nsd, repaired, 3);
	assert_true(terminal_wait(t, "Asks DNS whether it is there"));
	terminal_keys(t, "<Enter>");
	assert_true(terminal_wait(t, "exactly this record"));
}

static void
finish(struct terminal *t)
{
	terminal_keys(t, "<C-n>");
	assert_true(terminal_wait(t, "Step 3 of 8"));
	terminal_keys(t, "<C-n>");
	assert_true(terminal_wait(t, "Step 4 of 8"));
	terminal_keys(t, "<C-n>");
	for (int step = 5; step < 8; step++) {
		char text[32];

		snprintf(text, sizeof(text), "Step %d of 8", step);
		assert_true(terminal_wait(t, text));
		terminal_keys(t, "<Right><Right>"); /* used here: no */
		assert_true(terminal_wait(t, "You said that nobody uses it"));
		terminal_keys(t, "<C-n>");
	}
	assert_true(terminal_wait(t, "Step 8 of 8"));
	assert_true(terminal_wait(t, "to do by hand"));
	/* The list may still change under the cursor: look, then press. */
	for (int i = 0; i < 60 && terminal_shows(t, "by hand"); i++) {
		if (terminal_shows(t, "> ---- [ ]"))
			terminal_keys(t, "<Space>");
		else
			terminal_keys(t, i % 15 == 0 ? "<End>" : "<Up>");
		terminal_settle(t, 50);
	}
	assert_true(terminal_wait_gone(t, "by hand"));
	terminal_keys(t, "<C-n><Enter>");
	assert_int_equal(terminal_exit(t), 0);
	assert_false(terminal_on_alternate_screen(t));
}

static void
from_broken_to_done(void **state)
{
	struct server *nsd;

	(void)state;
	NEED_SERVERS();
	for (size_t i = 0; i < sizeof(screens) / sizeof(screens[0]); i++) {
		const char *env[] = { state_env, screens[i].term, NULL };
		const char *argv[] = { mailwizard(), "--dns", NULL,
			"example.org", NULL };
		struct terminal *t;

		nsd = nsd_start(broken, 3);
		argv[2] = nsd->at;
		assert_true(state_make());
		t = terminal_start(argv, env, screens[i].rows, screens[i].cols);
		repair(t);
		publish(t, nsd);
		finish(t);
		terminal_end(t);
		server_stop(nsd);
		assert_true(state_remove());
	}
}

/* Two at once: the second says who has it, and changes nothing. */
static void
second_one_only_reads(void **state)
{
	char holder[64];
	const char *env[] = { state_env, NULL };
	const char *argv[] = { mailwizard(), "--offline", "--zone",
		"tests/ui/zones/good.zone", "example.org", NULL };
	struct terminal *first, *second;

	(void)state;
	first = terminal_start(argv, env, 24, 80);
	assert_true(terminal_wait(first, "in order"));
	second = terminal_start(argv, env, 24, 80);
	snprintf(
	    holder, sizeof(holder), "process %d", (int)terminal_pid(first));
	assert_true(terminal_wait(second, holder));
	terminal_keys(second, "<Enter>");
	assert_true(terminal_wait(second, "[read only]"));
	terminal_keys(second, "<C-c><C-c>");
	assert_int_equal(terminal_exit(second), 130);
	assert_false(terminal_shows(first, "[read only]"));
	terminal_end(second);
	terminal_end(first);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(from_broken_to_done),
		cmocka_unit_test_setup_teardown(
		    second_one_only_reads, state_begin, state_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
