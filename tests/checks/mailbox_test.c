/* Addresses in From, and the client in Received. */
#include "../harness/unit.h"

#include <string.h>

#include "../../checks/mailbox.h"

static const struct {
	const char *value;
	const char *wanted; /* "domain|domain|"; "-" for one that has none */
} authors[] = {
	{ " a@example.org", "example.org|" },
	{ "a@example.org", "example.org|" },
	{ "A <a@example.org>", "example.org|" },
	{ "<a@EXAMPLE.org>", "example.org|" },
	{ "\"a@evil.example\" <a@example.org>", "example.org|" },
	{ "a@evil.example <a@example.org>", "example.org|" },
	{ "\"b, c\" <a@example.org>", "example.org|" },
	{ "\"b \\\" <x@y.z>\" <a@example.org>", "example.org|" },
	{ "a@example.org (comment @ b.c)", "example.org|" },
	{ "a (one (two) three)@example.org", "example.org|" },
	{ "(x\\)y) a@example.org", "example.org|" },
	{ "a @ example . org", "example.org|" },
	{ "a@example.org.", "example.org|" },
	{ "\"a b\"@example.org", "example.org|" },
	{ "\"a@b\"@example.org", "example.org|" },
	{ "a@one.example, B <b@two.example>", "one.example|two.example|" },
	{ "Us: a@one.example, b@two.example;", "one.example|two.example|" },
	{ "undisclosed: ;", "" },
	{ "", "" },
	{ " , ,", "" },
	{ "<>", "-|" },
	{ "someone", "-|" },
	{ "a@", "-|" },
	{ "a@[192.0.2.1]", "-|" },
	{ "a@exa_mple.org", "exa_mple.org|" },
	{ "a@b!c.org", "-|" },
	{ "=?utf-8?q?a=40b=2Ec?= <a@example.org>", "example.org|" },
	{ "a@b\xc3\xbc"
	  "cher.example",
	    "xn--bcher-kva.example|" },
	{ "<@relay.example:a@example.org>", "example.org|" },
	{ "A <a@example.org", "example.org|" },
	{ "Folded\r\n <a@example.org>", "example.org|" },
	{ "(((((", "" },
	{ "\"unclosed <a@example.org>", "-|" },
};

static void
test_authors(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(authors); i++) {
		struct arena *arena = arena_new();
		struct str *list;
		size_t n = mailbox_read(arena, str_of(authors[i].value), &list);
		const char *got = "";

		for (size_t k = 0; k < n; k++) {
			const char *domain = mailbox_domain(arena, list[k]);

			got = arena_printf(
			    arena, "%s%s|", got, domain != NULL ? domain : "-");
		}
		if (strcmp(got, authors[i].wanted) != 0)
			fail_msg("%s: %s", authors[i].value, got);
		arena_free(arena);
	}
}

static const struct {
	const char *value;
	const char *ip; /* NULL: none */
	const char *helo;
} hops[] = {
	{ " from mail.example.net (host.example.net [192.0.2.1])\r\n"
	  "\tby mx.example.org (Postfix) with ESMTPS id 1;\r\n\tFri",
	    "192.0.2.1", "mail.example.net" },
	{ " from mail.example.net (unknown [IPv6:2001:db8::1]) by mx",
	    "2001:db8::1", "mail.example.net" },
	{ " from mail.example.net ([192.0.2.1]) by mx", "192.0.2.1",
	    "mail.example.net" },
	{ " from host.example.net ([192.0.2.1] helo=mail.example.net)\r\n by m",
	    "192.0.2.1", "mail.example.net" },
	{ " from [192.0.2.1] (helo=mail.example.net) by mx", "192.0.2.1",
	    "mail.example.net" },
	{ " from unknown (HELO mail.example.net) (192.0.2.1) by mx",
	    "192.0.2.1", "mail.example.net" },
	{ " from EX1.example.net (192.0.2.1) by EX2.example.org (192.0.2.9) "
	  "with Microsoft SMTP Server",
	    "192.0.2.1", "EX1.example.net" },
	{ " from mail.example.net (mail.example.net. [192.0.2.1])\r\n"
	  "        by mx.google.com with ESMTPS id x",
	    "192.0.2.1", "mail.example.net" },
	{ " from [192.0.2.1] (host.example.net [192.0.2.1]) by mx", "192.0.2.1",
	    NULL },
	{ " by 2002:a05:6402:0:b0:1:2:3 with SMTP id x; Fri", NULL, NULL },
	{ " from localhost by mx.example.org; Fri", NULL, NULL },
	{ " (qmail 1234 invoked by uid 0); Fri", NULL, NULL },
	{ "", NULL, NULL },
	{ " from", NULL, NULL },
	{ " from a by b ([192.0.2.1])", NULL, NULL },
	{ " from bye.example (by.example [192.0.2.1]) by x", "192.0.2.1",
	    "bye.example" },
};

static void
test_hops(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(hops); i++) {
		struct arena *arena = arena_new();
		struct received got = { .helo = NULL };
		bool found = received_read(arena, str_of(hops[i].value), &got);

		if (found != (hops[i].ip != NULL))
			fail_msg("%s", hops[i].value);
		if (found) {
			assert_string_equal(
			    ip_print(arena, got.ip), hops[i].ip);
			if (hops[i].helo == NULL)
				assert_null(got.helo);
			else
				assert_string_equal(got.helo, hops[i].helo);
		}
		arena_free(arena);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_authors),
		cmocka_unit_test(test_hops),
	};

	return cmocka_run_group_tests_name("mailbox", tests, NULL, NULL);
}
