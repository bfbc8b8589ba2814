/* The commands that show what a check saw, safe to paste into a shell. */
#include "../harness/unit.h"

#include <string.h>

#include "../../checks/proof.h"

static const struct dns_server server = { .ip = { IP_V4, { 127, 0, 0, 1 } },
	.port = 5353 };

static const struct dns_server usual = { .ip = { IP_V4, { 127, 0, 0, 1 } },
	.port = 53 };

static const struct {
	struct finding finding;
	const struct dns_server *server;
	const char *proof;
} cases[] = {
	{ { .code = F_SPF_MISSING, .subject = "example.org" }, NULL,
	    "dig +short TXT example.org" },
	{ { .code = F_SPF_MISSING, .subject = "example.org" }, &server,
	    "dig @127.0.0.1 -p 5353 +short TXT example.org" },
	{ { .code = F_SPF_MISSING, .subject = "example.org" }, &usual,
	    "dig @127.0.0.1 +short TXT example.org" },
	{ { .code = F_PTR_MISMATCH,
	      .subject = "192.0.2.1",
	      .detail = { "a.example" } },
	    NULL, "dig +short -x 192.0.2.1 a.example A a.example AAAA" },
	{ { .code = F_MX_MISSING, .subject = "example.org" }, NULL,
	    "dig +short MX example.org" },
	{ { .code = F_PTR_MISSING, .subject = "192.0.2.1" }, NULL,
	    "dig +short -x 192.0.2.1" },
	{ { .code = F_SPF_INCLUDE_MISSING,
	      .subject = "example.org",
	      .detail = { "include:b.example", "b.example" } },
	    NULL, "dig +short TXT b.example" },
	{ { .code = F_DNS_TIMEOUT,
	      .subject = "example.org",
	      .detail = { "TXT", "no answer" } },
	    NULL, "dig +short TXT example.org" },
	{ { .code = F_SPF_MISSING, .subject = "a;rm -rf $HOME" }, NULL,
	    "dig +short TXT 'a;rm -rf $HOME'" },
	{ { .code = F_SPF_MISSING, .subject = "it's" }, NULL,
	    "dig +short TXT 'it'\\''s'" },
	{ { .code = F_TLS_TOO_OLD,
	      .subject = "192.0.2.1 port 143 (imap)",
	      .detail = { "TLSv1.0", NULL, "192.0.2.1:143", "imap" } },
	    &server, "openssl s_client -connect 192.0.2.1:143 -starttls imap" },
	{ { .code = F_PORT_CLOSED,
	      .subject = "2001:db8::1 port 993 (imap)",
	      .detail = { NULL, NULL, "[2001:db8::1]:993", "" } },
	    NULL, "openssl s_client -connect '[2001:db8::1]:993'" },
	{ { .code = F_MX_NO_ADDRESS, .subject = "example.org" }, NULL, NULL },
};

static void
facts_have_a_command(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *proof =
		    finding_proof(arena, &cases[i].finding, cases[i].server);

		if (cases[i].proof == NULL)
			assert_null(proof);
		else
			assert_string_equal(proof, cases[i].proof);
	}
	arena_free(arena);
}

/* Everything that is not in order can be looked at by other means. */
static void
every_finding_has_one(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	for (int code = F_NONE + 1; code < FINDING_COUNT; code++) {
		struct finding finding = {
			.code = (enum finding_code)code,
			.subject = "example.org",
			.detail = { "a", "b", "c", "d" },
		};

		if (strncmp(finding_kinds[code].id, "helo-", 5) != 0)
			assert_non_null(finding_proof(arena, &finding, NULL));
	}
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(facts_have_a_command),
		cmocka_unit_test(every_finding_has_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
