/*
 * The demo, from the first screen to a green checklist, by keys alone: at two
 * sizes side by side, since what is published takes its time to be seen.
 */
#include "../harness/unit.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../harness/pty.h"
#include "../harness/state.h"

static const struct {
	const char *term;
	int rows, cols;
} screens[] = {
	{ "TERM=xterm-256color", 24, 80 },
	{ "TERM=linux", 20, 60 },
};

#define SCREENS (sizeof(screens) / sizeof(screens[0]))
#define PRESSES 24 /* of one key until the focus is where it should be */

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
	for (int i = 0; i < PRESSES; i++) {
		if (terminal_wait_ms(t, text, 150))
			return;
		press(t, key);
	}
	assert_true(terminal_wait(t, text));
}

/* What a person would do who follows the screen, stage by stage. */
static void
begin(struct terminal *t)
{
	assert_true(terminal_wait(t, "This is a demo"));
	assert_true(terminal_wait(t, "bakery.example"));
	assert_true(terminal_wait(t, "192.0.2.25"));
	assert_true(terminal_shows(t, "DEMO"));
	terminal_keys(t, "<C-n>");
	assert_true(terminal_wait(t, "Step 1 of 8"));
	assert_true(terminal_wait(t, "Down to a fault"));
}

static void
enter_domain(struct terminal *t)
{
	press_until(t, "<Down>", "> FAIL");
	terminal_keys(t, "<Enter>");
	assert_true(terminal_wait(t, "> < See what to enter, and where >"));
	terminal_keys(t, "<Enter>");
	assert_true(terminal_wait(t, "10 mail.bakery.example."));
	press_until(t, "<Right>", "> < Enter them >");
	terminal_keys(t, "<Enter>");
	assert_true(terminal_wait(t, "Entered."));
}

/* At the name servers, while resolvers still see the old. */
static void
domain_is_served(struct terminal *t)
{
	assert_true(terminal_wait(t, "The name servers have it"));
	assert_true(terminal_wait(t, "Domain !!"));
}

static void
domain_is_green(struct terminal *t)
{
	assert_true(terminal_wait(t, "In order. Ctrl-N goes on"));
	assert_true(terminal_wait(t, "Domain ok"));
	terminal_keys(t, "<C-n>");
	assert_true(terminal_wait(t, "Step 2 of 8"));
	assert_true(terminal_wait(t, "Tab to Repair"));
}

static void
enter_spf(struct terminal *t)
{
	press_until(t, "<Tab>", "> Repair it");
	terminal_keys(t, "<Enter>");
	assert_true(terminal_wait(t, "Publish: DNS has the old one"));
	assert_true(terminal_shows(t, "1 of 1 own addresses pass"));
	press_until(t, "<Tab>", "Back to the domain");
	press_until(t, "<Right>", "Shows what to enter");
	terminal_keys(t, "<Enter>");
	press_until(t, "<Tab>", "> < Publish it >");
	terminal_keys(t, "<Enter>");
	assert_true(terminal_wait(t, "Entered."));
}

static void
spf_is_served(struct terminal *t)
{
	assert_true(terminal_wait(t, "The name servers have it"));
	assert_true(terminal_wait(t, "SPF !!"));
}

static void
spf_is_green(struct terminal *t)
{
	assert_true(terminal_wait(t, "exactly this record is published"));
	terminal_keys(t, "<C-n>");
	assert_true(terminal_wait(t, "Step 3 of 8"));
	assert_true(terminal_wait(t, "Down to a fault"));
}

/* The worst fault of the step, opened, and what it suggests entered. */
static void
enter_suggested(struct terminal *t)
{
	press_until(t, "<Down>", "> FAIL");
	terminal_keys(t, "<Enter>");
	assert_true(terminal_wait(t, "> < See what to enter, and where >"));
	terminal_keys(t, "<Enter>");
	press_until(t, "<Right>", "> < Enter them >");
	terminal_keys(t, "<Enter>");
	assert_true(terminal_wait(t, "Entered."));
}

/* The key of the server by the button below, the other from its finding. */
static void
publish_key(struct terminal *t)
{
	press_until(t, "<Tab>", "Up to a fault");
	press_until(t, "<Right>", "Shows the record in the form");
	terminal_keys(t, "<Enter>");
	press_until(t, "<Tab>", "> < Publish it >");
	terminal_keys(t, "<Enter>");
	assert_true(terminal_wait(t, "Entered."));
}

static void
key_is_seen(struct terminal *t)
{
	assert_true(terminal_wait(t, "this is your key"));
	assert_true(terminal_wait(t, "Up to a fault"));
	assert_true(terminal_wait(t, "DKIM !!"));
	press_until(t, "<Up>", "> FAIL");
}

static void
dkim_is_green(struct terminal *t)
{
	assert_true(terminal_wait(t, "Ctrl-N goes on to DMARC"));
	assert_true(terminal_wait(t, "DKIM ok"));
	terminal_keys(t, "<C-n>");
	assert_true(terminal_wait(t, "Step 4 of 8"));
	assert_true(terminal_wait(t, "Down to a fault"));
}

static void
dmarc_is_green(struct terminal *t)
{
	assert_true(terminal_wait(t, "Ctrl-N goes on to POP3"));
	assert_true(terminal_wait(t, "DMARC ok"));
	terminal_keys(t, "<C-n>");
	assert_true(terminal_wait(t, "Step 5 of 8"));
	assert_true(terminal_wait(t, "Down to a fault"));
}

/* What the screen says is done on the made-up server, for all three. */
static void
mend_server(struct terminal *t)
{
	press_until(t, "<Down>", "> WARN");
	terminal_keys(t, "<Enter>");
	assert_true(terminal_wait(t, "> < See what to do on the server >"));
	terminal_keys(t, "<Enter>");
	assert_true(terminal_wait(t, "Dovecot: certificate and TLS"));
	press_until(t, "<Tab>", "> < I have done it >");
	terminal_keys(t, "<Enter>");
	assert_true(terminal_wait(t, "Done, in this demo."));
}

static void
ports_are_green(struct terminal *t)
{
	assert_true(terminal_wait(t, "Ctrl-N goes on to IMAP"));
	assert_true(terminal_wait(t, "POP3 ok"));
	terminal_keys(t, "<C-n>");
	assert_true(terminal_wait(t, "Ctrl-N goes on to SMTP"));
	assert_true(terminal_wait(t, "IMAP ok"));
	terminal_keys(t, "<C-n>");
	assert_true(terminal_wait(t, "Ctrl-N: the checklist"));
	assert_true(terminal_wait(t, "SMTP ok"));
	terminal_keys(t, "<C-n>");
	assert_true(terminal_wait(t, "All is green. Ctrl-N"));
	assert_true(terminal_wait(t, "List ok"));
	assert_false(terminal_shows(t, "FAIL"));
	assert_false(terminal_shows(t, "WARN"));
}

static void
leave(struct terminal *t)
{
	const char *output;
	size_t len;

	press_until(t, "<C-n>", "Leaves the screen");
	terminal_keys(t, "<Enter>");
	assert_int_equal(terminal_exit(t), 0);
	assert_false(terminal_on_alternate_screen(t));
	output = terminal_output(t, &len);
	assert_non_null(strstr(output, "0 to fix"));
	assert_non_null(strstr(output, "This was a demo"));
	assert_null(strstr(output, "Go on with"));
}

static bool
is_empty(const char *path)
{
	DIR *dir = opendir(path);
	size_t n = 0;

	assert_non_null(dir);
	while (readdir(dir) != NULL)
		n++;
	closedir(dir);
	return n == 2; /* "." and ".." */
}

typedef void (*stage)(struct terminal *);

/* Two ways to the keys. */
static const stage stages[][SCREENS] = {
	{ begin, begin },
	{ enter_domain, enter_domain },
	{ domain_is_served, domain_is_served },
	{ domain_is_green, domain_is_green },
	{ enter_spf, enter_spf },
	{ spf_is_served, spf_is_served },
	{ spf_is_green, spf_is_green },
	{ publish_key, enter_suggested },
	{ key_is_seen, dkim_is_green },
	{ enter_suggested, enter_suggested },
	{ dkim_is_green, dmarc_is_green },
	{ enter_suggested, mend_server },
	{ dmarc_is_green, ports_are_green },
	{ mend_server, leave },
	{ ports_are_green, NULL },
	{ leave, NULL },
};

static void
from_broken_to_green(void **state)
{
	const char *argv[] = { mailwizard(), "--demo", NULL };
	struct terminal *t[SCREENS];
	char home[80];

	(void)state;
	assert_true(state_make());
	snprintf(home, sizeof(home), "HOME=%s", state_dir);
	for (size_t i = 0; i < SCREENS; i++) {
		const char *env[] = { home, state_env, screens[i].term, NULL };

		t[i] =
		    terminal_start(argv, env, screens[i].rows, screens[i].cols);
	}
	for (size_t i = 0; i < sizeof(stages) / sizeof(stages[0]); i++)
		for (size_t j = 0; j < SCREENS; j++)
			if (stages[i][j] != NULL)
				stages[i][j](t[j]);
	for (size_t i = 0; i < SCREENS; i++)
		terminal_end(t[i]);
	assert_true(is_empty(state_dir));
	assert_true(state_remove());
}

/* Half way: the list says what is open, and that it was a demo. */
static void
left_early(void **state)
{
	const char *argv[] = { mailwizard(), "--demo", NULL };
	struct terminal *t = terminal_start(argv, NULL, 12, 40);
	const char *output;
	size_t len;

	(void)state;
	assert_true(terminal_wait(t, "DEMO"));
	terminal_keys(t, "<C-n>");
	assert_true(terminal_wait(t, "Down to a fault"));
	terminal_keys(t, "<C-x>");
	assert_true(terminal_wait(t, "nothing is saved"));
	terminal_keys(t, "y");
	assert_int_equal(terminal_exit(t), 1);
	output = terminal_output(t, &len);
	assert_non_null(strstr(output, "This was a demo"));
	terminal_end(t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(from_broken_to_green),
		cmocka_unit_test(left_early),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
