/* The scripted mail server, and the proxy: each fault is seen by a client. */
#include "../harness/unit.h"

#include <openssl/ssl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "../harness/delay_proxy.h"
#include "../harness/has.h"
#include "../harness/mail_client.h"
#include "../harness/mail_responder.h"
#include "../harness/own_certificate.h"

static long
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static struct mail_responder *
start(const struct mail_step *steps)
{
	return mail_responder_start(&(struct mail_script){
	    .steps = steps, .chain = own_chain, .key = own_key });
}

static struct mail_client *
visit(const struct mail_responder *r)
{
	struct mail_client *c = mail_client_open(r->address, r->port);

	assert_non_null(c);
	return c;
}

/* What a client hears first, within two seconds. */
static void
first_words(const struct mail_step *steps, const char *until,
    const char *wanted, size_t at_least)
{
	struct mail_responder *r = start(steps);
	struct mail_client *c = visit(r);
	const char *heard = mail_client_say(c, NULL, until);

	has(heard, wanted);
	assert_true(strlen(heard) >= at_least);
	mail_client_close(c);
	mail_responder_stop(r);
}

static void
test_greetings(void **state)
{
	static const struct mail_step silent[] = { { .act = M_WAIT },
		{ .act = M_END } };
	static const struct mail_step slow[] = {
		{ .act = M_SLOW, .text = "220 mail\r\n", .ms = 20 },
		{ .act = M_END },
	};
	static const struct mail_step endless[] = {
		{ .act = M_FLOOD,
		    .text = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" },
		{ .act = M_END },
	};
	static const struct mail_step binary[] = {
		{ .act = M_SAY, .text = "\x01\xff\x16\x03\0\n", .len = 6 },
		{ .act = M_WAIT },
	};
	static const struct mail_step ssh[] = {
		{ .act = M_SAY, .text = "SSH-2.0-OpenSSH_9.2\r\n" },
		{ .act = M_WAIT },
	};
	static const struct mail_step bye[] = {
		{ .act = M_SAY, .text = "* BYE Connection is closed.\r\n" },
		{ .act = M_END },
	};
	static const struct mail_step refused[] = {
		{ .act = M_SAY, .text = "554 5.7.1 no\r\n" },
		{ .act = M_END },
	};
	static const struct mail_step ended[] = { { .act = M_END } };
	static const struct mail_step reset[] = { { .act = M_RESET } };
	long from = now_ms();

	(void)state;
	first_words(slow, "220", "220 mail", 8);
	assert_true(now_ms() - from >= 180);
	first_words(silent, "220", "", 0);
	assert_true(now_ms() - from >= 2000);
	first_words(endless, "220", "aaaa", 65000);
	first_words(binary, "\x01", "\x01\xff\x16\x03", 4);
	first_words(ssh, "SSH", "SSH-2.0", 10);
	first_words(bye, "* BYE", "closed", 10);
	first_words(refused, "554", "5.7.1", 10);
	from = now_ms();
	first_words(ended, "220", "", 0);
	first_words(reset, "220", "", 0);
	assert_true(now_ms() - from < 1000);
}

static const struct mail_answer smtp[] = {
	{ .command = "EHLO", .reply = "250-mail\r\n250 STARTTLS\r\n" },
	{ .command = "NOOP", .reply = "250 noop\r\n" },
	{ .command = "STARTTLS", .reply = "220 go\r\n", .last = true },
	{ .reply = "500 what\r\n" },
};
static const struct mail_answer stubborn[] = {
	{ .command = "STARTTLS", .reply = "454 4.7.0 not now\r\n" },
	{ .reply = "250 STARTTLS\r\n" },
};
static const struct mail_answer imap[] = {
	{ .command = "CAPABILITY",
	    .reply = "* CAPABILITY IMAP4rev1\r\n$ OK done\r\n" },
	{ .reply = "$ BAD what\r\n" },
};

static void
test_dialogues(void **state)
{
	static const struct mail_step never[] = {
		{ .act = M_SAY, .text = "220 mail\r\n" },
		{ .act = M_SERVE, .answers = stubborn },
		{ .act = M_END },
	};
	static const struct mail_step tagged[] = {
		{ .act = M_SAY, .text = "* OK\r\n" },
		{ .act = M_SERVE, .answers = imap },
		{ .act = M_END },
	};
	struct mail_responder *r = start(never);
	struct mail_client *c = visit(r);

	(void)state;
	mail_client_say(c, NULL, "220");
	has(mail_client_say(c, "EHLO x\r\n", "250"), "STARTTLS");
	has(mail_client_say(c, "starttls\r\n", "454"), "not now");
	mail_client_close(c);
	mail_responder_stop(r);

	r = start(tagged);
	c = visit(r);
	mail_client_say(c, NULL, "* OK");
	has(mail_client_say(c, "a7 CAPABILITY\r\n", "a7"), "a7 OK done");
	has(mail_client_say(c, "a8 XYZZY\r\n", "a8"), "a8 BAD");
	mail_client_close(c);
	mail_responder_stop(r);
}

/* The command smuggled in behind STARTTLS is answered inside TLS, or is not. */
static void
test_injection(void **state)
{
	static const struct mail_step steps[2][5] = {
		{ { .act = M_SAY, .text = "220 mail\r\n" },
		    { .act = M_SERVE, .answers = smtp }, { .act = M_TLS },
		    { .act = M_SERVE, .answers = smtp }, { .act = M_END } },
		{ { .act = M_SAY, .text = "220 mail\r\n" },
		    { .act = M_SERVE, .answers = smtp }, { .act = M_TLS_KEEP },
		    { .act = M_SERVE, .answers = smtp }, { .act = M_END } },
	};

	(void)state;
	for (int vulnerable = 0; vulnerable < 2; vulnerable++) {
		struct mail_responder *r = start(steps[vulnerable]);
		struct mail_client *c = visit(r);

		mail_client_say(c, NULL, "220");
		has(mail_client_say(c, "STARTTLS\r\nNOOP\r\n", "220"), "go");
		assert_true(mail_client_tls(c, own_chain, "mail.example.org"));
		assert_string_equal(mail_client_say(c, NULL, "250"),
		    vulnerable ? "250 noop\r\n" : "");
		mail_client_close(c);
		mail_responder_stop(r);
	}
}

static void
test_text_after_starttls(void **state)
{
	static const struct mail_answer answers[] = {
		{ .command = "STARTTLS",
		    .reply = "220 go\r\n250-mail\r\n250 AUTH PLAIN\r\n",
		    .last = true },
		{ .reply = "250 STARTTLS\r\n" },
	};
	static const struct mail_step steps[] = {
		{ .act = M_SAY, .text = "220 mail\r\n" },
		{ .act = M_SERVE, .answers = answers },
		{ .act = M_TLS },
		{ .act = M_END },
	};
	struct mail_responder *r = start(steps);
	struct mail_client *c = visit(r);

	(void)state;
	mail_client_say(c, NULL, "220");
	has(mail_client_say(c, "STARTTLS\r\n", "250 "), "AUTH PLAIN");
	mail_client_close(c);
	mail_responder_stop(r);
}

/* TLS where text is awaited, and text where TLS is. */
static void
test_other_way_round(void **state)
{
	static const struct mail_step plain[] = {
		{ .act = M_SAY, .text = "* OK hello\r\n" },
		{ .act = M_WAIT },
	};
	static const struct mail_step tls[] = {
		{ .act = M_TLS },
		{ .act = M_SAY, .text = "* OK hello\r\n" },
		{ .act = M_WAIT },
	};
	struct mail_responder *r = start(plain);
	struct mail_client *c = visit(r);

	(void)state;
	assert_false(mail_client_tls(c, NULL, NULL));
	mail_client_close(c);
	mail_responder_stop(r);

	r = start(tls);
	c = visit(r);
	assert_null(
	    strstr(mail_client_say(c, "a CAPABILITY\r\n", "* OK"), "OK"));
	mail_client_close(c);
	c = visit(r);
	assert_true(mail_client_tls(c, own_chain, "mail.example.org"));
	has(mail_client_say(c, NULL, "* OK"), "hello");
	mail_client_close(c);
	mail_responder_stop(r);
}

static void
test_handshakes(void **state)
{
	static const struct mail_step steps[] = {
		{ .act = M_TLS },
		{ .act = M_SAY, .text = "220 mail\r\n" },
		{ .act = M_WAIT },
	};
	struct mail_script script = {
		.steps = steps,
		.chain = own_chain,
		.key = own_key,
		.client_certificate = true,
	};
	struct mail_responder *r = mail_responder_start(&script);
	struct mail_client *c = visit(r);

	(void)state;
	/* With TLS 1.3 the client learns of it afterwards. */
	mail_client_tls(c, NULL, NULL);
	assert_string_equal(mail_client_say(c, NULL, "220"), "");
	mail_client_close(c);
	mail_responder_stop(r);

	script.client_certificate = false;
	script.newest = TLS1_VERSION;
	r = mail_responder_start(&script);
	c = visit(r);
	assert_true(mail_client_tls(c, NULL, NULL));
	assert_string_equal(mail_client_version(c), "TLSv1");
	has(mail_client_say(c, NULL, "220"), "mail");
	mail_client_close(c);
	mail_responder_stop(r);
}

static void
test_proxy(void **state)
{
	static const struct mail_step steps[] = {
		{ .act = M_SAY, .text = "220 mail\r\n" },
		{ .act = M_SERVE, .answers = smtp },
		{ .act = M_END },
	};
	struct mail_responder *r = start(steps);
	struct delay_proxy *far = delay_proxy_start(r->address, r->port, 50);
	struct mail_client *c = mail_client_open(far->address, far->port);
	long from;

	(void)state;
	assert_non_null(c);
	mail_client_say(c, NULL, "220");
	for (int i = 0; i < 3; i++) {
		from = now_ms();
		has(mail_client_say(c, "NOOP\r\n", "250"), "noop");
		assert_in_range(now_ms() - from, 99, 400);
	}
	mail_client_say(c, "STARTTLS\r\n", "220");
	from = now_ms();
	assert_string_equal(mail_client_say(c, NULL, "x"), ""); /* the end */
	assert_true(now_ms() - from < 1000);
	mail_client_close(c);
	assert_int_equal(atomic_load(far->connections), 1);
	delay_proxy_stop(far);
	mail_responder_stop(r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_greetings),
		cmocka_unit_test(test_dialogues),
		cmocka_unit_test(test_injection),
		cmocka_unit_test(test_text_after_starttls),
		cmocka_unit_test(test_other_way_round),
		cmocka_unit_test(test_handshakes),
		cmocka_unit_test(test_proxy),
	};

	return cmocka_run_group_tests(
	    tests, own_certificate_make, own_certificate_remove);
}
