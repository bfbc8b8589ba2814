/* The mail servers of the tests are what their headers say. */
#include "../harness/unit.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "../harness/dovecot.h"
#include "../harness/has.h"
#include "../harness/mail_client.h"
#include "../harness/own_certificate.h"
#include "../harness/postfix.h"

static struct mail_options
options(void)
{
	return (struct mail_options){ .chain = own_chain, .key = own_key };
}

static struct mail_client *
open_tls(const char *address, uint16_t port)
{
	struct mail_client *c = mail_client_open(address, port);

	assert_non_null(c);
	assert_true(mail_client_tls(c, own_chain, "mail.example.org"));
	return c;
}

static void
test_imap(void **state)
{
	struct mail_options o = options();
	struct dovecot *d;
	struct mail_client *c;

	(void)state;
	NEED_MAIL_SERVERS();
	d = dovecot_start(&o);
	c = open_tls(d->address, d->imaps);
	assert_string_equal(mail_client_version(c), "TLSv1.3");
	has(mail_client_say(c, NULL, "* OK"), "ready");
	has(mail_client_say(c, "a LOGIN joe@example.org wrong\r\n", "a "),
	    "a NO");
	has(mail_client_say(c, "b LOGIN joe@example.org secret\r\n", "b "),
	    "Logged in");
	has(mail_client_say(c, "c LIST \"\" *\r\n", "c "), "INBOX");
	mail_client_close(c);

	c = mail_client_open(d->address, d->imap);
	has(mail_client_say(c, NULL, "* OK"), "LOGINDISABLED");
	has(mail_client_say(c, "a LOGIN joe@example.org secret\r\n", "a "),
	    "PRIVACYREQUIRED");
	mail_client_say(c, "b STARTTLS\r\n", "b OK");
	assert_true(mail_client_tls(c, own_chain, "mail.example.org"));
	has(mail_client_say(c, "c CAPABILITY\r\n", "c "), "AUTH=PLAIN");
	mail_client_close(c);
	dovecot_stop(d);
}

static void
test_pop3(void **state)
{
	struct mail_options o = options();
	struct dovecot *d;
	struct mail_client *c;

	(void)state;
	NEED_MAIL_SERVERS();
	d = dovecot_start(&o);
	c = open_tls(d->address, d->pop3s);
	has(mail_client_say(c, NULL, "+OK"), "ready");
	has(mail_client_say(c, "USER joe@example.org\r\n", "+OK"), "+OK");
	has(mail_client_say(c, "PASS secret\r\n", "+OK"), "Logged in");
	mail_client_close(c);

	c = mail_client_open(d->address, d->pop3);
	mail_client_say(c, NULL, "+OK");
	has_not(mail_client_say(c, "CAPA\r\n", "."), "USER");
	has(mail_client_say(c, "STLS\r\n", "+OK"), "+OK");
	assert_true(mail_client_tls(c, own_chain, "mail.example.org"));
	has(mail_client_say(c, "CAPA\r\n", "."), "USER");
	mail_client_close(c);
	dovecot_stop(d);
}

/* "\0joe@example.org\0secret" */
#define AUTH_PLAIN "AUTH PLAIN AGpvZUBleGFtcGxlLm9yZwBzZWNyZXQ=\r\n"

static void
test_submission(void **state)
{
	struct mail_options o = options();
	struct dovecot *d;
	struct postfix *p;
	struct mail_client *c;

	(void)state;
	NEED_MAIL_SERVERS();
	d = dovecot_start(&o);
	p = postfix_start(&o, d);
	c = open_tls(p->address, p->submissions);
	has(mail_client_say(c, NULL, "220 "), "mail.example.org ESMTP");
	has(mail_client_say(c, "EHLO x\r\n", "250 "), "AUTH PLAIN");
	has(mail_client_say(c, AUTH_PLAIN, "235"), "235 2.7.0");
	mail_client_say(c, "MAIL FROM:<joe@example.org>\r\n", "250");
	mail_client_say(c, "RCPT TO:<sue@example.net>\r\n", "250");
	has(mail_client_say(c, "DATA\r\n", "354"), "354");
	has(mail_client_say(c, "Subject: x\r\n\r\nx\r\n.\r\n", "250"),
	    "queued as");
	mail_client_close(c);

	c = mail_client_open(p->address, p->submission);
	mail_client_say(c, NULL, "220 ");
	has_not(mail_client_say(c, "EHLO x\r\n", "250 "), "AUTH");
	has(mail_client_say(c, "MAIL FROM:<joe@example.org>\r\n", "530"),
	    "Must issue a STARTTLS command first");
	has(mail_client_say(c, "STARTTLS\r\n", "220 "), "220 2.0.0");
	assert_true(mail_client_tls(c, own_chain, "mail.example.org"));
	has(mail_client_say(c, "EHLO x\r\n", "250 "), "AUTH PLAIN");
	mail_client_close(c);
	postfix_stop(p);
	dovecot_stop(d);
}

static void
test_plain_login(void **state)
{
	struct mail_options o = options();
	struct dovecot *d;
	struct postfix *p;
	struct mail_client *c;

	(void)state;
	NEED_MAIL_SERVERS();
	o.tls = MAIL_TLS_OPTIONAL;
	o.plain_login = true;
	d = dovecot_start(&o);
	p = postfix_start(&o, d);
	c = mail_client_open(d->address, d->imap);
	mail_client_say(c, NULL, "* OK");
	has(mail_client_say(c, "b LOGIN joe@example.org secret\r\n", "b "),
	    "Logged in");
	mail_client_close(c);
	c = mail_client_open(p->address, p->submission);
	mail_client_say(c, NULL, "220 ");
	has(mail_client_say(c, "EHLO x\r\n", "250 "), "AUTH PLAIN");
	mail_client_close(c);
	postfix_stop(p);
	dovecot_stop(d);
}

static void
test_no_tls(void **state)
{
	struct mail_options o = { .tls = MAIL_TLS_OFF, .plain_login = true };
	struct dovecot *d;
	struct postfix *p;
	struct mail_client *c;

	(void)state;
	NEED_MAIL_SERVERS();
	d = dovecot_start(&o);
	p = postfix_start(&o, d);
	assert_null(mail_client_open(d->address, d->imaps));
	assert_null(mail_client_open(d->address, d->pop3s));
	assert_null(mail_client_open(p->address, p->submissions));
	c = mail_client_open(d->address, d->imap);
	has_not(mail_client_say(c, NULL, "* OK"), "STARTTLS");
	mail_client_close(c);
	c = mail_client_open(p->address, p->submission);
	mail_client_say(c, NULL, "220 ");
	has_not(mail_client_say(c, "EHLO x\r\n", "250 "), "STARTTLS");
	mail_client_close(c);
	postfix_stop(p);
	dovecot_stop(d);
}

/* A client that knows TLS 1.0 alone gets in, or does not. */
static bool
takes_tls_1_0(const char *address, uint16_t port)
{
	char command[256];

	snprintf(command, sizeof(command),
	    "echo | timeout 10 openssl s_client -tls1 -cipher ALL:@SECLEVEL=0 "
	    "-connect %s:%u > /dev/null 2>&1",
	    address, port);
	return system(command) == 0;
}

static void
test_versions(void **state)
{
	struct mail_options o = options();
	struct dovecot *d;
	struct postfix *p;

	(void)state;
	NEED_MAIL_SERVERS();
	for (int old = 0; old < 2; old++) {
		o.oldest = old ? "TLSv1" : NULL;
		d = dovecot_start(&o);
		p = postfix_start(&o, d);
		assert_int_equal(takes_tls_1_0(d->address, d->imaps), old);
		assert_int_equal(
		    takes_tls_1_0(p->address, p->submissions), old);
		postfix_stop(p);
		dovecot_stop(d);
	}
}

/* Both up, in less than three seconds; and gone. */
static void
test_quick(void **state)
{
	struct mail_options o = options();
	struct timespec from, to;
	struct dovecot *d;
	struct postfix *p;
	char folder[256];

	(void)state;
	NEED_MAIL_SERVERS();
	clock_gettime(CLOCK_MONOTONIC, &from);
	d = dovecot_start(&o);
	p = postfix_start(&o, d);
	clock_gettime(CLOCK_MONOTONIC, &to);
	printf("# both started in %ld ms\n",
	    (to.tv_sec - from.tv_sec) * 1000 +
		(to.tv_nsec - from.tv_nsec) / 1000000);
	assert_true(to.tv_sec - from.tv_sec < 3);
	snprintf(folder, sizeof(folder), "%s", d->server->folder);
	assert_int_equal(access(folder, F_OK), 0);
	postfix_stop(p);
	dovecot_stop(d);
	assert_int_equal(access(folder, F_OK), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_imap),
		cmocka_unit_test(test_pop3),
		cmocka_unit_test(test_submission),
		cmocka_unit_test(test_plain_login),
		cmocka_unit_test(test_no_tls),
		cmocka_unit_test(test_versions),
		cmocka_unit_test(test_quick),
	};

	return cmocka_run_group_tests(
	    tests, own_certificate_make, own_certificate_remove);
}
