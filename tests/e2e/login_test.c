/* mailwizard server --login: where the password comes from, and goes. */
#include "../harness/unit.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../checks/base/str.h"
#include "../harness/command.h"
#include "../harness/mail_responder.h"
#include "../harness/own_certificate.h"
#include "../harness/postfix.h"
#include "../harness/pty.h"
#include "../harness/state.h"

#define HOST	 "mail.example.org"
#define USER	 "joe@example.org"
#define PASSWORD "Tr0ub4dor-and-3"
#define CODED	 "VHIwdWI0ZG9yLWFuZC0z" /* the same in base64 */

static const char *
zone_file(void)
{
	return command_file(
	    "login.zone", "$ORIGIN example.org.\nmail 60 A 127.0.0.2\n");
}

/* A file with a password in it, that nobody else may read. */
static const char *
password_file(const char *name, const char *text)
{
	const char *path = command_file(name, text);

	assert_int_equal(chmod(path, 0600), 0);
	return path;
}

/* Runs "mailwizard server" at a port with TLS; `more` is shell text. */
static struct outcome
server(uint16_t port, const char *protocol, const char *more)
{
	struct outcome o;
	char *line;

	assert_true(asprintf(&line,
			"%s $MW server " HOST " --zone %s --offline "
			"--service %s:%u:tls --login " USER " %s",
			state_env, zone_file(), protocol, port, more) > 0);
	o = command_shell(line);
	free(line);
	return o;
}

static void
assert_says(const struct outcome *o, int status, const char *out)
{
	if (o->status != status || strstr(o->out, out) == NULL)
		fail_msg("%d instead of %d, or no \"%s\": %s%s", o->status,
		    status, out, o->out, o->err);
}

/* Nowhere in what is printed, nor in what is saved. */
static void
assert_secret(const struct outcome *o)
{
	char command[512];

	assert_null(strstr(o->out, PASSWORD));
	assert_null(strstr(o->err, PASSWORD));
	assert_null(strstr(o->out, CODED));
	assert_null(strstr(o->err, CODED));
	snprintf(
	    command, sizeof(command), "grep -rqF '%s' %s", PASSWORD, state_dir);
	assert_int_not_equal(system(command), 0);
}

/* --- real servers ------------------------------------------------------------ */

static struct dovecot *dovecot;

static void
start_dovecot(void)
{
	dovecot = dovecot_start(&(struct mail_options){ .chain = own_chain,
	    .key = own_key,
	    .user = USER,
	    .password = PASSWORD });
}

static char *
with_file(const char *text, const char *more)
{
	char *words;

	assert_true(asprintf(&words, "--ca-file %s --password-file %s %s",
			own_chain, password_file("password", text), more) > 0);
	return words;
}

static void
the_right_password_gets_in(void **state)
{
	struct outcome o;
	char *more = with_file(PASSWORD "\nnot this\n", "--json -v");

	(void)state;
	NEED_MAIL_SERVERS();
	start_dovecot();
	o = server(dovecot->imaps, "imap", more);
	assert_says(&o, 0, "\"id\": \"login-ok\"");
	assert_secret(&o);
	command_free(&o);
	o = server(dovecot->pop3s, "pop3", more);
	assert_says(&o, 0, USER " can log in at 127.0.0.2 port ");
	assert_secret(&o);
	command_free(&o);
	free(more);
	dovecot_stop(dovecot);
}

static void
the_wrong_password_is_tried_once(void **state)
{
	struct outcome o;
	char *more, *services;

	(void)state;
	NEED_MAIL_SERVERS();
	start_dovecot();
	assert_true(
	    asprintf(&services, "--service pop3:%u:tls", dovecot->pop3s) > 0);
	more = with_file("Wr0ng-Guess-99", services);
	o = server(dovecot->imaps, "imap", more);
	assert_says(&o, 1, "FAIL     127.0.0.2 port ");
	assert_non_null(strstr(o.out, "refuses the login of " USER));
	assert_non_null(strstr(o.out, "[AUTHENTICATIONFAILED]"));
	assert_non_null(strstr(o.out, "(login-not-tried)"));
	assert_null(strstr(o.out, "Wr0ng"));
	assert_null(strstr(o.err, "Wr0ng"));
	command_free(&o);
	free(more);
	free(services);
	dovecot_stop(dovecot);
}

static void
a_descriptor_gives_the_password(void **state)
{
	struct outcome o;
	char *more;

	(void)state;
	NEED_MAIL_SERVERS();
	start_dovecot();
	assert_true(
	    asprintf(&more, "--ca-file %s --password-fd 3 3<%s", own_chain,
		password_file("password", PASSWORD "\r\n")) > 0);
	o = server(dovecot->imaps, "imap", more);
	assert_says(&o, 0, "can log in");
	assert_secret(&o);
	command_free(&o);
	free(more);
	dovecot_stop(dovecot);
}

/* Typed at the terminal, while stdin and stdout are elsewhere. */
static void
a_person_types_the_password(void **state)
{
	const char *env[] = { state_env, NULL };
	char service[32];
	const char *argv[] = { mailwizard(), "server", HOST, "--zone",
		zone_file(), "--offline", "--service", service, "--login", USER,
		"--ca-file", own_chain, NULL };
	struct terminal *t;
	size_t len;

	(void)state;
	NEED_MAIL_SERVERS();
	start_dovecot();
	snprintf(service, sizeof(service), "imap:%u:tls", dovecot->imaps);
	t = terminal_start(argv, env, 24, 80);
	assert_true(terminal_wait(t, "Password of " USER " at " HOST));
	terminal_settle(t, 50);
	terminal_keys(t, PASSWORD "<Enter>");
	assert_true(terminal_wait(t, "can log in"));
	assert_int_equal(terminal_exit(t), 0);
	assert_null(strstr(terminal_output(t, &len), PASSWORD));
	assert_int_equal(terminal_modes(t).c_lflag & ECHO,
	    terminal_modes_before(t)->c_lflag & ECHO);
	terminal_end(t);
	dovecot_stop(dovecot);
}

static void
leaving_at_the_question_sends_nothing(void **state)
{
	const char *env[] = { state_env, NULL };
	const char *argv[] = { mailwizard(), "server", HOST, "--zone",
		zone_file(), "--offline", "--login", USER, NULL };
	struct terminal *t = terminal_start(argv, env, 24, 80);

	(void)state;
	assert_true(terminal_wait(t, "Password of"));
	terminal_settle(t, 50);
	terminal_keys(t, "Tr0ub<C-c>");
	assert_int_equal(terminal_exit(t), 130);
	assert_null(strstr(terminal_output(t, NULL), "Tr0ub"));
	assert_int_equal(terminal_modes(t).c_lflag & ECHO,
	    terminal_modes_before(t)->c_lflag & ECHO);
	terminal_end(t);
}

/* --- servers that are not to be trusted ----------------------------------------- */

static const struct mail_answer inside[] = {
	{ .command = "CAPABILITY",
	    .reply = "* CAPABILITY IMAP4rev1\r\n$ OK\r\n" },
	{ .command = "LOGIN",
	    .reply = "$ NO you said " PASSWORD " or " CODED "\033[2J\r\n" },
	{ .command = NULL, .reply = "$ OK\r\n" },
};
static const struct mail_step steps[] = {
	{ .act = M_TLS },
	{ .act = M_SAY, .text = "* OK hello\r\n" },
	{ .act = M_SERVE, .answers = inside },
	{ .act = M_END },
};

static struct outcome
visit(const char *heard, bool trusted, const char *words)
{
	struct mail_responder *r =
	    mail_responder_start(&(struct mail_script){ .steps = steps,
		.chain = own_chain,
		.key = own_key,
		.heard = heard });
	struct outcome o;
	char *more;

	assert_true(asprintf(&more, "%s%s --password-file %s %s",
			trusted ? "--ca-file " : "", trusted ? own_chain : "",
			password_file("password", PASSWORD), words) > 0);
	o = server(r->port, "imap", more);
	free(more);
	mail_responder_stop(r);
	return o;
}

static bool
was_heard(const char *file, const char *text)
{
	char command[512];

	snprintf(command, sizeof(command), "grep -qi '%s' %s", text, file);
	return system(command) == 0;
}

static void
an_unverified_server_hears_nothing(void **state)
{
	const char *heard = command_file("heard", "");
	struct outcome o = visit(heard, false, "");

	(void)state;
	assert_non_null(strstr(o.out, "No password was sent to 127.0.0.2"));
	assert_non_null(strstr(o.out, "(login-not-tried)"));
	assert_null(strstr(o.out, "login-ok"));
	assert_true(was_heard(heard, "CAPABILITY"));
	assert_false(was_heard(heard, "LOGIN "));
	assert_false(was_heard(heard, "AUTHENTICATE"));
	assert_secret(&o);
	command_free(&o);
	o = visit(heard, false, "--json");
	assert_non_null(strstr(o.out, "\"id\": \"login-not-tried\""));
	assert_false(was_heard(heard, "LOGIN "));
	command_free(&o);
	o = visit(heard, true, "--host other.example.org");
	assert_non_null(strstr(o.out, "(login-not-tried)"));
	assert_non_null(strstr(o.out, "other.example.org"));
	assert_false(was_heard(heard, "LOGIN "));
	command_free(&o);
}

static void
a_server_that_tells_is_not_quoted(void **state)
{
	static const char *const words[] = { "", "--json", "-v" };
	const char *heard = command_file("heard", "");

	(void)state;
	for (size_t i = 0; i < COUNT(words); i++) {
		struct outcome o = visit(heard, true, words[i]);

		assert_says(&o, 1, "holds the password");
		assert_null(strchr(o.out, '\033'));
		assert_secret(&o);
		command_free(&o);
	}
	assert_true(was_heard(heard, "LOGIN "));
}

/* --- what is refused before anything is asked -------------------------------------- */

static const struct {
	const char *what;
	const char *words; /* "%s": a sound password file */
	const char *err;
} wrong[] = {
	{ "no terminal and no file", "--login joe", "--password-file FILE" },
	{ "a file that others may read",
	    "--login joe --password-file $(f=%s.lax; cp %s $f; chmod 640 $f; "
	    "echo $f)",
	    "Others may read the password" },
	{ "a file that is not there", "--login joe --password-file /none/x",
	    "cannot be read from /none/x" },
	{ "a folder", "--login joe --password-file /", "is no file" },
	{ "an empty file", "--login joe --password-fd 3 3</dev/null",
	    "password is empty" },
	{ "no such descriptor", "--login joe --password-fd 77",
	    "cannot be read from descriptor 77" },
	{ "no number", "--login joe --password-fd x", "number" },
	{ "zeros", "--login joe --password-fd 3 3</dev/zero", "no password" },
	{ "a password without a name", "--password-file %s", "--login" },
	{ "two passwords", "--login joe --password-file %s --password-fd 0",
	    "leave one" },
	{ "no name", "--login '' --password-file %s", "name of the user" },
	{ "a name of two lines",
	    "--login \"$(printf 'a\\nb')\" --password-file %s", "one line" },
	{ "a root file that is none",
	    "--login joe --password-file %s --ca-file /dev/null", "" },
};

static void
what_cannot_work_is_said_at_once(void **state)
{
	const char *file = password_file("password", PASSWORD);

	(void)state;
	for (size_t i = 0; i < COUNT(wrong); i++) {
		struct outcome o;
		char *words, *line;

		assert_true(asprintf(&words, wrong[i].words, file, file) > 0);
		assert_true(asprintf(&line,
				"setsid -w $MW server " HOST " --zone %s "
				"--offline %s",
				zone_file(), words) > 0);
		o = command_shell(line);
		if (o.status != 2 || strstr(o.err, wrong[i].err) == NULL ||
		    strstr(o.err, "mailwizard: ") != o.err || o.out_len > 0)
			fail_msg("%s: %d %s%s", wrong[i].what, o.status, o.out,
			    o.err);
		assert_null(strstr(o.err, PASSWORD));
		command_free(&o);
		free(line);
		free(words);
	}
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
		cmocka_unit_test(the_right_password_gets_in),
		cmocka_unit_test(the_wrong_password_is_tried_once),
		cmocka_unit_test(a_descriptor_gives_the_password),
		cmocka_unit_test(a_person_types_the_password),
		cmocka_unit_test(leaving_at_the_question_sends_nothing),
		cmocka_unit_test(an_unverified_server_hears_nothing),
		cmocka_unit_test(a_server_that_tells_is_not_quoted),
		cmocka_unit_test(what_cannot_work_is_said_at_once),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
