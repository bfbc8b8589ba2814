/*
 * What the wizard tells the admin to write is loaded by the real Dovecot and
 * Postfix, and works.
 */
#include "../harness/unit.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../wizard/server_commands.h"
#include "../harness/dovecot.h"
#include "../harness/has.h"
#include "../harness/mail_client.h"
#include "../harness/mail_server_inside.h"
#include "../harness/own_certificate.h"
#include "../harness/postfix.h"

static struct arena *arena;
static char folder[256], sasl[512];

static int
begin(void **state)
{
	const char *parent = getenv("TMPDIR");

	arena = arena_new();
	snprintf(folder, sizeof(folder), "%s/mailwizard-config-XXXXXX",
	    parent != NULL ? parent : "/tmp");
	if (mkdtemp(folder) == NULL)
		return -1;
	snprintf(sasl, sizeof(sasl), "%s/auth", folder);
	return own_certificate_make(state);
}

static int
end(void **state)
{
	int status = system(arena_printf(arena, "rm -rf '%s'", folder));

	arena_free(arena);
	own_certificate_remove(state);
	return status;
}

static struct command_list
blocks(void)
{
	const struct server_facts facts = {
		.host = "mail.example.org",
		.pop3 = true,
		.imap4 = true,
		.submission = true,
		.chain = own_chain,
		.key = own_key,
		.sasl_socket = sasl,
		.sasl_path = sasl,
	};
	struct command_list list = server_commands(arena,
	    strcmp(dovecot_version(), "2.4") < 0 ? COMMANDS_DOVECOT_2_3
						 : COMMANDS_DOVECOT_2_4,
	    &facts);

	if (list.error != NULL)
		fail_msg("%s", list.error);
	return list;
}

/* The lines of the file that goes to this place. */
static const char *
file_at(const struct command_list *list, const char *place)
{
	for (size_t i = 0; i < list->n; i++)
		if (strcmp(list->blocks[i].place, place) == 0)
			return list->blocks[i].commands;
	fail_msg("no block writes %s", place);
	return NULL;
}

/* Dovecot that was open to everybody, and then got what the wizard says. */
static struct dovecot *
start_dovecot(const struct command_list *list)
{
	return dovecot_start(&(struct mail_options){ .chain = own_chain,
	    .key = own_key,
	    .tls = MAIL_TLS_OPTIONAL,
	    .plain_login = true,
	    .oldest = "TLSv1",
	    .more = file_at(list, "/etc/dovecot/local.conf") });
}

/* All commands of postconf, typed into a shell, on empty files. */
static void
run_postconf(const struct command_list *list)
{
	const char *script = "set -e\n";
	char program[512], *absolute;
	int status;
	pid_t pid;

	assert_true(server_program("postconf", program, sizeof(program)));
	absolute = realpath(program, NULL);
	assert_non_null(absolute);
	script = arena_printf(arena,
	    "%spostconf() { '%s' -c '%s' \"$@\"; }\n: > '%s/main.cf'\n"
	    ": > '%s/master.cf'\n",
	    script, absolute, folder, folder, folder);
	free(absolute);
	for (size_t i = 0; i < list->n; i++) {
		struct str rest = str_of(list->blocks[i].commands);

		while (rest.len > 0) {
			struct str line = str_word(&rest, '\n');

			if (str_starts_nocase(line, "postconf "))
				script = arena_printf(arena, "%s%.*s\n", script,
				    (int)line.len, line.p);
		}
	}
	fflush(NULL);
	pid = fork();
	if (pid == 0) {
		mail_server_elsewhere();
		execl("/bin/sh", "sh", "-c", script, (char *)NULL);
		_exit(127);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

static char *
read_file(const char *name)
{
	const char *path = arena_printf(arena, "%s/%s", folder, name);
	char *text = NULL;
	size_t size = 0;
	FILE *in = fopen(path, "r");

	assert_non_null(in);
	assert_true(getdelim(&text, &size, '\0', in) > 0);
	fclose(in);
	return text;
}

static struct postfix *
start_postfix(const struct command_list *list)
{
	struct postfix *p;
	char *more, *master;

	run_postconf(list);
	more = read_file("main.cf");
	master = read_file("master.cf");
	p = postfix_start_master(&(struct mail_options){ .chain = own_chain,
				     .key = own_key,
				     .name = "inside.local",
				     .tls = MAIL_TLS_OPTIONAL,
				     .plain_login = true,
				     .oldest = "TLSv1",
				     .more = more },
	    NULL, master);
	free(more);
	free(master);
	return p;
}

/* Postfix takes connections before the process that serves TLS is up. */
static struct mail_client *
open_tls(const char *address, uint16_t port)
{
	for (int i = 0; i < 10; i++) {
		struct mail_client *c = mail_client_open(address, port);

		assert_non_null(c);
		if (mail_client_tls(c, own_chain, "mail.example.org"))
			return c;
		mail_client_close(c);
		usleep(300000);
	}
	fail_msg("no TLS at %s port %u", address, (unsigned int)port);
	return NULL;
}

static void
test_dovecot(void **state)
{
	struct command_list list;
	struct mail_client *c;
	struct dovecot *d;

	(void)state;
	NEED_MAIL_SERVERS();
	list = blocks();
	d = start_dovecot(&list);
	c = open_tls(d->address, d->imaps);
	mail_client_say(c, NULL, "* OK");
	has(mail_client_say(c, "a LOGIN joe@example.org secret\r\n", "a "),
	    "a OK");
	mail_client_close(c);
	c = open_tls(d->address, d->pop3s);
	mail_client_say(c, NULL, "+OK");
	has(mail_client_say(c, "CAPA\r\n", "."), "SASL PLAIN LOGIN");
	mail_client_close(c);
	c = mail_client_open(d->address, d->imap);
	has(mail_client_say(c, NULL, "* OK"), "LOGINDISABLED");
	mail_client_close(c);
	c = mail_client_open(d->address, d->pop3);
	mail_client_say(c, NULL, "+OK");
	has_not(mail_client_say(c, "CAPA\r\n", "."), "USER");
	mail_client_close(c);
	dovecot_stop(d);
}

/* "\0joe@example.org\0secret" */
#define AUTH_PLAIN "AUTH PLAIN AGpvZUBleGFtcGxlLm9yZwBzZWNyZXQ=\r\n"

/* What the check says of all six ports, run as the program that is built. */
static void
passes_the_check(const struct dovecot *d, const struct postfix *p)
{
	const char *program = getenv("MAILWIZARD");

	assert_non_null(program);
	assert_int_equal(
	    system(arena_printf(arena,
		"'%s' server %s --host mail.example.org --ca-file '%s' "
		"--service imap:%u:starttls --service imap:%u:tls "
		"--service pop3:%u:starttls --service pop3:%u:tls "
		"--service smtp:%u:starttls --service smtp:%u:tls "
		"> '%s/checked' || { cat '%s/checked'; exit 1; }",
		program, d->address, own_chain, d->imap, d->imaps, d->pop3,
		d->pop3s, p->submission, p->submissions, folder, folder)),
	    0);
}

static void
test_postfix(void **state)
{
	struct command_list list;
	struct mail_client *c;
	struct dovecot *d;
	struct postfix *p;

	(void)state;
	NEED_MAIL_SERVERS();
	list = blocks();
	d = start_dovecot(&list);
	p = start_postfix(&list);
	c = open_tls(p->address, p->submissions);
	has(mail_client_say(c, NULL, "220 "), "220 mail.example.org");
	has(mail_client_say(c, "EHLO x\r\n", "250 "), "AUTH PLAIN LOGIN");
	mail_client_say(c, "MAIL FROM:<joe@example.org>\r\n", "250");
	has(mail_client_say(c, "RCPT TO:<sue@example.net>\r\n", "554"),
	    "Access denied");
	mail_client_say(c, "RSET\r\n", "250");
	has(mail_client_say(c, AUTH_PLAIN, "235"), "235 2.7.0");
	mail_client_say(c, "MAIL FROM:<joe@example.org>\r\n", "250");
	has(mail_client_say(c, "RCPT TO:<sue@example.net>\r\n", "250"),
	    "250 2.1.5");
	mail_client_close(c);

	c = mail_client_open(p->address, p->submission);
	mail_client_say(c, NULL, "220 ");
	has_not(mail_client_say(c, "EHLO x\r\n", "250 "), "AUTH");
	has(mail_client_say(c, "MAIL FROM:<joe@example.org>\r\n", "530"),
	    "STARTTLS");
	mail_client_say(c, "STARTTLS\r\n", "220 ");
	assert_true(mail_client_tls(c, own_chain, "mail.example.org"));
	has(mail_client_say(c, "EHLO x\r\n", "250 "), "AUTH PLAIN LOGIN");
	has(mail_client_say(c, AUTH_PLAIN, "235"), "235 2.7.0");
	mail_client_close(c);
	passes_the_check(d, p);
	postfix_stop(p);
	dovecot_stop(d);
}

static bool
takes_tls_1_1(const char *address, uint16_t port)
{
	return system(arena_printf(arena,
		   "echo | timeout 10 openssl s_client -tls1_1 -cipher ALL:@SECLEVEL=0 "
		   "-connect %s:%u > /dev/null 2>&1",
		   address, port)) == 0;
}

/* TLS 1.1 was taken before, and is not any more. */
static void
test_old_tls(void **state)
{
	const struct mail_options before = {
		.chain = own_chain, .key = own_key, .oldest = "TLSv1"
	};
	struct command_list list;
	struct dovecot *d;
	struct postfix *p;

	(void)state;
	NEED_MAIL_SERVERS();
	list = blocks();
	d = dovecot_start(&before);
	p = postfix_start(&before, d);
	assert_true(takes_tls_1_1(d->address, d->imaps));
	assert_true(takes_tls_1_1(p->address, p->submissions));
	postfix_stop(p);
	dovecot_stop(d);
	d = start_dovecot(&list);
	p = start_postfix(&list);
	assert_false(takes_tls_1_1(d->address, d->imaps));
	assert_false(takes_tls_1_1(p->address, p->submissions));
	postfix_stop(p);
	dovecot_stop(d);
}

/* Writes the files of the blocks; their places are in our folder. */
static void
write_files(const struct command_list *list)
{
	for (size_t i = 0; i < list->n; i++) {
		const struct command_block *b = &list->blocks[i];
		FILE *out;

		if (strncmp(b->place, folder, strlen(folder)) != 0)
			continue;
		out = fopen(b->place, "w");
		assert_non_null(out);
		fputs(b->commands, out);
		fclose(out);
	}
}

/* What "opendkim -n -x FILE" says; 0 when it takes the configuration. */
static int
check_opendkim(const char *conf)
{
	return system(arena_printf(arena,
	    "root=build/opendkim/root; PATH=$PATH:/usr/sbin:$root/usr/sbin; "
	    "libraries=$root/usr/lib; "
	    "for part in $root/usr/lib/*-linux-gnu; do "
	    "libraries=$libraries:$part; done; "
	    "LD_LIBRARY_PATH=$libraries LD_PRELOAD=%s/elsewhere.so "
	    "opendkim -n -x '%s' > '%s/said' 2>&1",
	    servers_folder(), conf, folder));
}

static void
test_opendkim(void **state)
{
	const char *conf = arena_printf(arena, "%s/opendkim.conf", folder);
	const char *const senders[] = { "192.0.2.25" };
	const struct server_facts facts = {
		.domain = "example.org",
		.selector = "2026a",
		.key_place = arena_printf(arena, "%s/2026a.private", folder),
		.conf = conf,
		.folder = folder,
		.senders = senders,
		.nsenders = 1,
	};
	struct command_list list =
	    server_commands(arena, COMMANDS_OPENDKIM, &facts);
	FILE *out;

	(void)state;
	if (system("tests/servers/fetch_opendkim.sh 2> /dev/null") != 0)
		SKIP("OpenDKIM is not here, and cannot be fetched");
	assert_null(list.error);
	assert_int_equal(
	    system(arena_printf(arena,
		"openssl genrsa -out '%s' 2048 2> /dev/null && chmod 600 '%s'",
		facts.key_place, facts.key_place)),
	    0);
	write_files(&list);
	if (check_opendkim(conf) != 0)
		fail_msg("%s", read_file("said"));

	/* It looks: a line it does not know is not taken. */
	out = fopen(conf, "a");
	assert_non_null(out);
	fputs("NoSuchSetting yes\n", out);
	fclose(out);
	assert_int_not_equal(check_opendkim(conf), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_dovecot),
		cmocka_unit_test(test_postfix),
		cmocka_unit_test(test_old_tls),
		cmocka_unit_test(test_opendkim),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
