/* The step DKIM against a real name server: from no key at all to green. */
#include "../harness/unit.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "../harness/pty.h"
#include "../harness/state.h"

#define ZONE "@ MX 10 mail\n@ TXT \"v=spf1 mx -all\"\nmail A 192.0.2.25\n"

/* What the saved plan has in a line; the first 1023 octets. */
static const char *
planned(const char *name)
{
	static char line[1200];
	char path[128];
	FILE *in;

	snprintf(
	    path, sizeof(path), "%s/mailwizard/example.org.plan", state_dir);
	in = fopen(path, "r");
	assert_non_null(in);
	while (fgets(line, sizeof(line), in) != NULL) {
		if (strncmp(line, name, strlen(name)) != 0 ||
		    strncmp(line + strlen(name), " = ", 3) != 0)
			continue;
		line[strcspn(line, "\n")] = '\0';
		fclose(in);
		return line + strlen(name) + 3;
	}
	fclose(in);
	fail_msg("no %s in %s", name, path);
	return NULL;
}

/* The zone with this key; cut into strings as TXT records are. */
static void
serve(struct server *nsd, const char *selector, const char *key)
{
	static char text[4096];
	const struct zone_source zone = { "example.org", text };

	snprintf(text, sizeof(text),
	    ZONE "%s._domainkey TXT \"v=DKIM1; k=rsa; p=%.200s\" \"%s\"\n",
	    selector, key, strlen(key) > 200 ? key + 200 : "");
	nsd_reload(nsd, &zone, 1);
}

static struct terminal *
start(struct server *nsd, const char *term, int rows, int cols)
{
	const char *env[] = { state_env, term, NULL };
	const char *argv[] = { "sh", "-c",
		"cd \"$1\" && exec \"$0\" --dns \"$2\" example.org", NULL,
		state_dir, nsd->at, NULL };
	static char program[4096];
	struct terminal *t;

	assert_non_null(realpath(mailwizard(), program));
	argv[3] = program;
	t = terminal_start(argv, env, rows, cols);
	assert_true(terminal_wait(t, "Step 1 of 8"));
	terminal_keys(t, "<C-n><C-n>");
	assert_true(terminal_wait(t, "Step 3 of 8"));
	return t;
}

static void
make_key(struct terminal *t)
{
	char path[256];
	struct stat st;

	assert_true(terminal_wait(t, "none yet"));
	terminal_keys(t, "<Tab><Enter>");
	assert_true(terminal_wait(t, "make a new one"));
	terminal_keys(t, "<Tab><Tab><Tab><Tab><Enter>");
	assert_true(terminal_wait(t, "RSA 2048 bits, private"));
	snprintf(path, sizeof(path), "%s", planned("dkim.key-file"));
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	assert_true(terminal_wait(t, "not in DNS yet"));
}

static void
say_published(struct terminal *t)
{
	for (int i = 0; i < 12 && !terminal_shows(t, "in the form of"); i++) {
		terminal_keys(t, "<Tab>");
		terminal_settle(t, 80);
	}
	assert_true(terminal_shows(t, "in the form of"));
	terminal_keys(t, "<Enter>");
	assert_true(terminal_wait(t, "It is published"));
	assert_true(terminal_wait(t, "Asks DNS whether it is there"));
	terminal_keys(t, "<Enter>");
}

/* A name server that has just started may not know its zone yet. */
static void
ask_until(struct terminal *t, const char *text)
{
	for (int i = 0; i < 10 && !terminal_wait_ms(t, text, 1000); i++)
		terminal_keys(t, "<F5>");
	assert_true(terminal_wait(t, text));
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
	static const struct zone_source empty = { "example.org", ZONE };

	(void)state;
	NEED_SERVERS();
	for (size_t i = 0; i < sizeof(screens) / sizeof(screens[0]); i++) {
		struct server *nsd = nsd_start(&empty, 1);
		char selector[64], wrong[1100];
		struct terminal *t;

		assert_true(state_make());
		t = start(
		    nsd, screens[i].term, screens[i].rows, screens[i].cols);
		make_key(t);
		snprintf(selector, sizeof(selector), "%s",
		    planned("dkim.key-selector"));
		/* The panel got another one: that is no green. */
		snprintf(wrong, sizeof(wrong), "%s", planned("dkim.public"));
		wrong[120] = wrong[120] == 'A' ? 'B' : 'A';
		serve(nsd, selector, wrong);
		say_published(t);
		ask_until(t, "another key");
		assert_false(terminal_shows(t, "DKIM ok"));
		/* Then the right one. */
		serve(nsd, selector, planned("dkim.public"));
		ask_until(t, "this is your key");
		assert_true(terminal_wait(t, "DKIM ok"));
		assert_string_not_equal(planned("dkim.seen"), "0");
		terminal_keys(t, "<C-c><C-c>");
		assert_int_equal(terminal_exit(t), 130);
		terminal_end(t);
		server_stop(nsd);
		assert_true(state_remove());
	}
}

/* A private key is read with its passphrase; neither is kept or shown. */
static void
a_key_is_read(void **state)
{
	static const struct zone_source empty = { "example.org", ZONE };
	struct server *nsd;
	struct terminal *t;
	char command[512];

	(void)state;
	NEED_SERVERS();
	nsd = nsd_start(&empty, 1);
	assert_true(state_make());
	snprintf(command, sizeof(command),
	    "openssl genpkey -quiet -algorithm ed25519 -aes128 "
	    "-pass pass:correct -out '%s/k.pem' 2>/dev/null || "
	    "openssl genpkey -algorithm ed25519 -aes128 "
	    "-pass pass:correct -out '%s/k.pem' 2>/dev/null",
	    state_dir, state_dir);
	assert_int_equal(system(command), 0);
	t = start(nsd, "TERM=xterm-256color", 24, 80);
	assert_true(terminal_wait(t, "none yet"));
	terminal_keys(t, "<Tab><Enter>");
	assert_true(terminal_wait(t, "make a new one"));
	terminal_keys(t, "<Right><Tab><Tab>k.pem<Tab>");
	assert_true(terminal_wait(t, "Only the public"));
	terminal_keys(t, "<Enter>");
	assert_true(terminal_wait(t, "locked by a passphrase"));
	terminal_keys(t, "wrong<Tab><Enter>");
	assert_true(terminal_wait(t, "does not open this key"));
	terminal_keys(t, "correct");
	assert_true(terminal_wait(t, "[*******_"));
	terminal_keys(t, "<Tab><Enter>");
	assert_true(terminal_wait(t, "Ed25519, private"));
	assert_int_equal(strlen(planned("dkim.public")), 44);
	assert_null(strstr(terminal_output(t, NULL), "correct"));
	snprintf(command, sizeof(command),
	    "! grep -rqE 'correct|PRIVATE' '%s/mailwizard'", state_dir);
	assert_int_equal(system(command), 0);
	terminal_keys(t, "<C-c><C-c>");
	terminal_end(t);
	server_stop(nsd);
	assert_true(state_remove());
}

/* A record for each of the two selectors; "" leaves the new one out. */
static void
serve_two(
    struct server *nsd, const char *old, const char *selector, const char *key)
{
	static char text[4096];
	const struct zone_source zone = { "example.org", text };
	int n = snprintf(text, sizeof(text), ZONE "%s", old);

	if (key[0] != '\0')
		snprintf(text + n, sizeof(text) - (size_t)n,
		    "%s._domainkey TXT \"v=DKIM1; k=ed25519; p=%s\"\n",
		    selector, key);
	nsd_reload(nsd, &zone, 1);
}

/* To the dates of the change, whatever has the focus. */
static void
open_dates(struct terminal *t, const char *then)
{
	for (int i = 0; i < 20 && !terminal_wait_ms(t, "> Change of keys", 400);
	     i++)
		terminal_keys(t, "<Tab>");
	terminal_keys(t, "<Enter>");
	assert_true(terminal_wait(t, "A new key without a gap"));
	assert_true(terminal_wait(t, then));
}

static void
press_button(struct terminal *t, const char *label)
{
	for (int i = 0; i < 12 && !terminal_wait_ms(t, label, 400); i++)
		terminal_keys(t, "<Right>");
	assert_true(terminal_wait(t, label));
	terminal_keys(t, "<Enter>");
}

/* From one key to the next, as the dates say. */
static void
keys_are_changed(void **state)
{
	static const char old[] =
	    "mail._domainkey TXT \"v=DKIM1; k=ed25519; "
	    "p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\"\n";
	static const char key[] =
	    "/fPIEUHW2BnRu24hSXUXXdxuf6KBRrKU7zHTNr7MoyM=";
	static const char zone[] =
	    ZONE "mail._domainkey TXT \"v=DKIM1; k=ed25519; "
		 "p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\"\n";
	static const struct zone_source source = { "example.org", zone };
	struct server *nsd;
	struct terminal *t;

	(void)state;
	NEED_SERVERS();
	nsd = nsd_start(&source, 1);
	assert_true(state_make());
	t = start(nsd, "TERM=xterm-256color", 24, 80);
	ask_until(t, "a sound key");
	terminal_keys(t, "<Tab><Enter>");
	assert_true(terminal_wait(t, "make a new one"));
	terminal_keys(t, "<Right><Right><Tab><C-u>");
	terminal_settle(t, 200);
	terminal_keys(t, "next<Tab>");
	terminal_settle(t, 200);
	terminal_paste(t, key);
	terminal_keys(t, "<Tab><Enter>");
	assert_true(terminal_wait(t, "publish the new key first"));
	open_dates(t, "NEXT   publish the new record");
	press_button(t, "> < Publish >");
	assert_true(terminal_wait(t, "next._domainkey"));
	terminal_keys(t, "<Esc>");
	serve_two(nsd, old, "next", key);
	ask_until(t, "this is your key");
	open_dates(t, "NEXT   let the server sign with it");
	press_button(t, "> < Switched >");
	assert_true(terminal_wait(t, "keep the old key until"));
	open_dates(t, "NEXT   revoke the old key");
	press_button(t, "> < Revoke >");
	assert_true(terminal_wait(t, "publish the empty record"));
	serve_two(nsd, "mail._domainkey TXT \"v=DKIM1; p=\"\n", "next", key);
	ask_until(t, "revoked");
	serve_two(nsd, "", "next", key);
	open_dates(t, "revoke the old key");
	press_button(t, "> < Deleted >");
	ask_until(t, "this is your key");
	assert_false(terminal_shows(t, "Change of keys"));
	assert_string_equal(planned("dkim.key-selector"), "next");
	terminal_keys(t, "<C-c><C-c>");
	assert_int_equal(terminal_exit(t), 130);
	terminal_end(t);
	server_stop(nsd);
	assert_true(state_remove());
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(from_nothing_to_green),
		cmocka_unit_test(a_key_is_read),
		cmocka_unit_test(keys_are_changed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
