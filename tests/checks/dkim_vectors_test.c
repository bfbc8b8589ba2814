/*
 * The examples of the standards: RFC 8463 appendix A, RFC 6376 appendices A
 * and C, and the hashes of empty bodies in its section 3.4.
 *
 * The text of RFC 6376 was set anew by its editors: the signature holds for
 * continuation lines that begin with six blanks, and for one blank between
 * the two sentences of the body.
 */
#include "../harness/fixture.h"
#include "../harness/unit.h"
#include "../harness/verdict.h"

#include <stdlib.h>
#include <string.h>

#include "../../checks/dkim_canon.h"

static const char rfc8463[] =
    "DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;\n"
    " d=football.example.com; i=@football.example.com;\n"
    " q=dns/txt; s=brisbane; t=1528637909; h=from : to :\n"
    " subject : date : message-id : from : subject : date;\n"
    " bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\n"
    " b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus\n"
    " Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==\n"
    "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;\n"
    " d=football.example.com; i=@football.example.com;\n"
    " q=dns/txt; s=test; t=1528637909; h=from : to : subject :\n"
    " date : message-id : from : subject : date;\n"
    " bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\n"
    " b=F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3\n"
    " DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz\n"
    " dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=\n"
    "From: Joe SixPack <joe@football.example.com>\n"
    "To: Suzie Q <suzie@shopping.example.net>\n"
    "Subject: Is dinner ready?\n"
    "Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)\n"
    "Message-ID: <20030712040037.46341.5F8J@football.example.com>\n"
    "\n"
    "Hi.\n"
    "\n"
    "We lost the game.  Are you hungry yet?\n"
    "\n"
    "Joe.\n";

static const char rfc6376[] =
    "DKIM-Signature: v=1; a=rsa-sha256; s=brisbane; d=example.com;\n"
    "      c=simple/simple; q=dns/txt; i=joe@football.example.com;\n"
    "      h=Received : From : To : Subject : Date : Message-ID;\n"
    "      bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\n"
    "      b=AuUoFEfDxTDkHlLXSZEpZj79LICEps6eda7W3deTVFOk4yAUoqOB\n"
    "      4nujc7YopdG5dWLSdNg6xNAZpOPr+kHxt1IrE+NahM6L/LbvaHut\n"
    "      KVdkLLkpVaVVQPzeRDI009SO2Il5Lu7rDNH6mZckBdrIx0orEtZV\n"
    "      4bmp/YzhwvcubU4=;\n"
    "Received: from client1.football.example.com  [192.0.2.1]\n"
    "      by submitserver.example.com with SUBMISSION;\n"
    "      Fri, 11 Jul 2003 21:01:54 -0700 (PDT)\n"
    "From: Joe SixPack <joe@football.example.com>\n"
    "To: Suzie Q <suzie@shopping.example.net>\n"
    "Subject: Is dinner ready?\n"
    "Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)\n"
    "Message-ID: <20030712040037.46341.5F8J@football.example.com>\n"
    "\n"
    "Hi.\n"
    "\n"
    "We lost the game. Are you hungry yet?\n"
    "\n"
    "Joe.\n";

static const char zone[] =
    "brisbane._domainkey.football TXT \"v=DKIM1; k=ed25519; "
    "p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\"\n";
static const char key_test[] =
    "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWR"
    "iGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutAC"
    "DfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3"
    "Ip3G+2kryOTIKT+l/K4w3QIDAQAB";
static const char key_brisbane[] =
    "v=DKIM1; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQ"
    "KBgQDwIRP/UC3SBsEmGqZ9ZJW3/DkMoGeLnQg1fWn7/zYt"
    "IxN2SnFCjxOCKG9v3b4jYfcTNh5ijSsq631uBItLa7od+v"
    "/RtdC2UzJ1lWT947qR+Rcac2gbto/NMqJ0fzfVjH4OuKhi"
    "tdY9tf6mcwGjaNBcWToIMmPSPDdQPNUYckcQ2QIDAQAB";

static void
verify(const char *text, size_t wanted)
{
	struct fixture f;
	struct message message;
	struct dkim_verdicts verdicts;
	char world[2048];

	/* The strings of a TXT record hold 255 octets. */
	snprintf(world, sizeof(world),
	    "$ORIGIN example.com.\n%s"
	    "test._domainkey.football TXT \"%.100s\" \"%s\"\n"
	    "brisbane._domainkey TXT \"%.100s\" \"%s\"\n",
	    zone, key_test, key_test + 100, key_brisbane, key_brisbane + 100);
	fixture_begin(&f, world);
	verdict_message(f.run.arena, text, strlen(text), &message);
	assert_int_equal(dkim_verify(&f.run, &message, &verdicts), OK);
	assert_int_equal(verdicts.n, wanted);
	for (size_t i = 0; i < wanted; i++) {
		assert_string_equal(dkim_word(verdicts.list[i].result), "pass");
		assert_int_equal(verdicts.list[i].nautopsy, 0);
	}
	message_close(&message);
	fixture_end(&f);
}

static void
test_rfc8463(void **state)
{
	(void)state;
	verify(rfc8463, 2);
}

static void
test_rfc6376(void **state)
{
	(void)state;
	verify(rfc6376, 1);
}

static const struct {
	enum dkim_canon how;
	const char *body;
	const char *hash; /* of the same in canonical form */
	const char *canonical;
} bodies[] = {
	{ DKIM_SIMPLE, "",
	    "frcCV1k9oG9oKj3dpUqdJg1PxRT2RSN/XKdLCPjaYaY=", NULL },
	{ DKIM_RELAXED, "",
	    "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", NULL },
	/* Section 3.4.5, examples 1 and 2. */
	{ DKIM_RELAXED, " C \r\nD \t E\r\n\r\n\r\n", NULL, " C\r\nD E\r\n" },
	{ DKIM_SIMPLE, " C \r\nD \t E\r\n\r\n\r\n", NULL, " C \r\nD \t E\r\n" },
	{ DKIM_RELAXED, "\r\r\n\ra\n", NULL, "\r\r\n\ra\r\n" },
	{ DKIM_RELAXED, "a\r", NULL, "a\r\r\n" },
	{ DKIM_SIMPLE, "\r", NULL, "\r\r\n" },
	{ DKIM_RELAXED, "\n\n \n\t\n", NULL, "" },
	{ DKIM_RELAXED, "\n\n a", NULL, "\r\n\r\n a\r\n" },
	{ DKIM_RELAXED, "0123456789abcdef 0123456789abcdef  x\n", NULL,
	    "0123456789abcdef 0123456789abcdef x\r\n" },
	{ DKIM_RELAXED, "0123456789abcdef\t0123456789abcdef\n", NULL,
	    "0123456789abcdef 0123456789abcdef\r\n" },
	{ DKIM_RELAXED, "                   0123456789abcdef0123456789abcdef",
	    NULL, " 0123456789abcdef0123456789abcdef\r\n" },
};

/* Cut into pieces anywhere, the outcome is the same. */
static void
test_bodies(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(bodies); i++) {
		size_t len = strlen(bodies[i].body);
		struct sha256 wanted, got;
		struct hash *hash = hash_new();
		struct body_canon canon;

		if (bodies[i].canonical != NULL) {
			hash_add(hash, bodies[i].canonical,
			    strlen(bodies[i].canonical));
			hash_end(hash, &wanted);
		}
		for (size_t a = 0; a <= len; a++)
			for (size_t b = a; b <= len; b++) {
				const char *p = bodies[i].body;
				char *base64;

				body_canon_begin(&canon, bodies[i].how, hash);
				body_canon_add(&canon, p, a);
				body_canon_add(&canon, p + a, b - a);
				body_canon_add(&canon, p + b, len - b);
				body_canon_end(&canon, &got);
				if (bodies[i].canonical != NULL)
					assert_memory_equal(
					    &got, &wanted, sizeof(got));
				base64 = signer_base64(&got, sizeof(got));
				if (bodies[i].hash != NULL)
					assert_string_equal(
					    base64, bodies[i].hash);
				free(base64);
			}
		hash_free(hash);
	}
}

/* Section 3.4.5: headers. */
static const struct {
	const char *field;
	const char *relaxed;
} headers[] = {
	{ "A: X\r\n", "a:X\r\n" },
	{ "B : Y\t\r\n\tZ  \r\n", "b:Y Z\r\n" },
	{ "SUBJect: AbC\r\n", "subject:AbC\r\n" },
	{ "C:\r\n x\r\n", "c:x\r\n" },
	{ "D:\r\n", "d:\r\n" },
	{ "E: \r\n \r\n", "e:\r\n" },
	{ "F:a:b : c\r\n", "f:a:b : c\r\n" },
};

static void
test_headers(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(headers); i++) {
		struct hash *hash = hash_new();
		struct sha256 wanted, got;

		hash_add(hash, headers[i].relaxed, strlen(headers[i].relaxed));
		hash_end(hash, &wanted);
		header_canon_add(hash, DKIM_RELAXED, str_of(headers[i].field));
		hash_end(hash, &got);
		assert_memory_equal(&got, &wanted, sizeof(got));
		hash_free(hash);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rfc8463),
		cmocka_unit_test(test_rfc6376),
		cmocka_unit_test(test_bodies),
		cmocka_unit_test(test_headers),
	};

	return cmocka_run_group_tests_name("dkim_vectors", tests, NULL, NULL);
}
