/* A login that is tried from the step IMAP, at a real Dovecot. */
#include "../harness/unit.h"

#include <stdlib.h>
#include <string.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../harness/command.h"
#include "../harness/dovecot.h"
#include "../harness/own_certificate.h"
#include "../harness/pty.h"
#include "../harness/state.h"

#define USER	 "joe@example.org"
#define PASSWORD "Tr0ub4dor-and-3"

static const char zone[] = "@ SOA ns hostmaster 1 3600 600 86400 300\n"
			   "@ MX 10 mail\n@ TXT \"v=spf1 mx -all\"\n"
			   "mail A 127.0.0.2\n";

/* A plan in which only IMAP is used, at the port of that Dovecot. */
static void
save_plan(uint16_t port)
{
	char path[128];
	FILE *out;

	snprintf(path, sizeof(path), "%s/mailwizard", state_dir);
	assert_int_equal(mkdir(path, 0700), 0);
	snprintf(
	    path, sizeof(path), "%s/mailwizard/example.org.plan", state_dir);
	out = fopen(path, "w");
	assert_non_null(out);
	fprintf(out,
	    "# mailwizard plan 1\ndomain = example.org\n"
	    "host = mail.example.org\npop3.used = no\n"
	    "submission.used = no\nimap4.port = %u:tls\n",
	    port);
	fclose(out);
}

static bool
is_saved(const char *text)
{
	char command[256];

	snprintf(
	    command, sizeof(command), "grep -rqF '%s' %s", text, state_dir);
	return system(command) == 0;
}

/* Key by key, until that is on the screen. */
static void
go_to(struct terminal *t, const char *key, const char *hint)
{
	for (int i = 0; i < 20 && !terminal_shows(t, hint); i++) {
		terminal_keys(t, key);
		terminal_settle(t, 60);
	}
	if (!terminal_shows(t, hint)) {
		terminal_print(t);
		fail_msg("no %s", hint);
	}
}

static void
type(struct terminal *t, const char *text)
{
	for (; *text != '\0'; text++) {
		terminal_send(t, text, 1);
		terminal_settle(t, 15);
	}
}

static struct terminal *
open_login(void)
{
	const char *env[] = { state_env, NULL };
	const char *argv[] = { mailwizard(), "--zone",
		command_file("login-step.zone", zone), "--offline", "--ca-file",
		own_chain, "example.org", NULL };
	struct terminal *t = terminal_start(argv, env, 30, 90);

	assert_true(terminal_wait(t, "Step 1 of 8"));
	for (int i = 0; i < 6; i++) {
		char step[32];

		snprintf(step, sizeof(step), "Step %d of 8", i + 1);
		if (terminal_shows(t, "IMAP: ") && i == 0)
			break;
		assert_true(terminal_wait(t, step));
		if (i < 5)
			terminal_keys(t, "<C-n>");
	}
	assert_true(terminal_wait(t, "Try a login here"));
	go_to(t, "<Down>", "as a mail program gives them.");
	terminal_keys(t, "<Enter>");
	assert_true(terminal_wait(t, "User name"));
	return t;
}

static void
log_in(struct terminal *t, const char *password)
{
	terminal_settle(t, 100);
	if (!terminal_shows(t, USER))
		type(t, USER);
	terminal_keys(t, "<Tab>");
	assert_true(terminal_wait(t, "shown as stars"));
	type(t, password);
	assert_true(terminal_wait(t, "****"));
	go_to(t, "<Tab>", "servers often delay a refusal");
	terminal_keys(t, "<Enter>");
}

static void
a_login_works_from_the_step(void **state)
{
	struct dovecot *d;
	struct terminal *t;

	(void)state;
	NEED_MAIL_SERVERS();
	d = dovecot_start(&(struct mail_options){ .chain = own_chain,
	    .key = own_key,
	    .user = USER,
	    .password = PASSWORD });
	save_plan(d->imaps);
	t = open_login();
	log_in(t, "Wr0ng-Guess-99");
	assert_true(terminal_wait(t, "refuses the login of " USER));
	assert_true(terminal_wait(t, "What to do"));
	terminal_keys(t, "<Esc>");
	assert_true(terminal_wait_gone(t, "User name"));
	terminal_settle(t, 100);
	terminal_keys(t, "<Enter>");
	assert_true(terminal_wait(t, "User name"));
	assert_false(terminal_shows(t, "refuses"));
	log_in(t, PASSWORD);
	assert_true(terminal_wait(t, USER " can log in"));
	terminal_keys(t, "<Esc>");
	assert_true(terminal_wait_gone(t, "User name"));
	assert_null(strstr(terminal_output(t, NULL), PASSWORD));
	assert_null(strstr(terminal_output(t, NULL), "Wr0ng"));
	terminal_signal(t, SIGTERM);
	terminal_exit(t);
	terminal_end(t);
	assert_true(is_saved("mail.example.org"));
	assert_false(is_saved(PASSWORD));
	assert_false(is_saved("Wr0ng"));
	assert_false(is_saved(USER));
	dovecot_stop(d);
}

static int
begin(void **state)
{
	return state_begin(state) == 0 ? own_certificate_make(state) : -1;
}

static int
end(void **state)
{
	own_certificate_remove(state);
	return state_end(state);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_login_works_from_the_step),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
