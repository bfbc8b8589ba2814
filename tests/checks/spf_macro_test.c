/* Macros: RFC 7208 section 7, with its own examples (7.4). */
#include <string.h>

#include "../../checks/spf_macro.h"
#include "../harness/spf_world.h"
#include "../harness/unit.h"

static struct spf_macros
macros_of_the_rfc(const char *ip)
{
	struct spf_macros macros = {
		.sender = str_of("strong-bad@email.example.com"),
		.local = str_of("strong-bad"),
		.sender_domain = str_of("email.example.com"),
		.domain = str_of("email.example.com"),
		.validated = str_of("mx.example.org"),
		.helo = str_of("mx.example.org"),
		.receiver = str_of("mail.receiver.example"),
		.now = 1234567890,
	};

	assert_true(ip_parse(str_of(ip), &macros.ip));
	return macros;
}

static const struct {
	const char *text;
	const char *expanded;
	const char *ip; /* NULL: 192.0.2.3 */
} expansions[] = {
	/* 7.4 */
	{ "%{s}", "strong-bad@email.example.com", NULL },
	{ "%{o}", "email.example.com", NULL },
	{ "%{d}", "email.example.com", NULL },
	{ "%{d4}", "email.example.com", NULL },
	{ "%{d3}", "email.example.com", NULL },
	{ "%{d2}", "example.com", NULL },
	{ "%{d1}", "com", NULL },
	{ "%{dr}", "com.example.email", NULL },
	{ "%{d2r}", "example.email", NULL },
	{ "%{l}", "strong-bad", NULL },
	{ "%{l-}", "strong.bad", NULL },
	{ "%{lr}", "strong-bad", NULL },
	{ "%{lr-}", "bad.strong", NULL },
	{ "%{l1r-}", "strong", NULL },
	{ "%{ir}.%{v}._spf.%{d2}", "3.2.0.192.in-addr._spf.example.com", NULL },
	{ "%{lr-}.lp._spf.%{d2}", "bad.strong.lp._spf.example.com", NULL },
	{ "%{lr-}.lp.%{ir}.%{v}._spf.%{d2}",
	    "bad.strong.lp.3.2.0.192.in-addr._spf.example.com", NULL },
	{ "%{ir}.%{v}.%{l1r-}.lp._spf.%{d2}",
	    "3.2.0.192.in-addr.strong.lp._spf.example.com", NULL },
	{ "%{d2}.trusted-domains.example.net",
	    "example.com.trusted-domains.example.net", NULL },
	{ "%{ir}.%{v}._spf.%{d2}",
	    "1.0.b.c.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2"
	    ".ip6._spf.example.com",
	    "2001:db8::cb01" },
	/* 7.2, 7.3 */
	{ "%{i}",
	    "2.0.0.1.0.d.b.8.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.c.b.0.1",
	    "2001:DB8::CB01" },
	{ "%{i}", "192.0.2.3", NULL },
	{ "%{i2}", "2.3", NULL },
	{ "%{i3r}", "2.0.192", NULL },
	{ "%{c}", "192.0.2.3", NULL },
	{ "%{c}", "2001:db8::cb01", "2001:DB8:0::cb01" },
	{ "%{v}", "ip6", "::1" },
	{ "%{p} %{h} %{r} %{t}",
	    "mx.example.org mx.example.org mail.receiver.example 1234567890",
	    NULL },
	{ "%{p2}", "example.org", NULL },
	{ "%{d127}", "email.example.com", NULL },
	{ "%{d99999999999999999999999}", "email.example.com", NULL },
	{ "%{d01}", "com", NULL },
	{ "%{d3r}", "com.example.email", NULL },
	{ "%{d1r}", "email", NULL },
	{ "%{S}", "strong-bad%40email.example.com", NULL },
	{ "%{LR-}", "bad.strong", NULL },
	{ "%{s@}", "strong-bad@email.example.com", "" },
	{ "%{s-}", "strong.bad@email.example.com", NULL },
	{ "%{s1-.}", "com", NULL },
	{ "%{sr.-}", "com.example.bad@email.strong", NULL },
	{ "%{d=}", "email.example.com", NULL },
	{ "%{o1=}", "email.example.com", NULL },
	{ "%%%_%-%%", "% %20%", NULL },
	{ "%%{d}", "%{d}", NULL },
	{ "a b", "a b", NULL },
	{ "", "", NULL },
};

static void
test_expansions(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(expansions); i++) {
		struct arena *arena = arena_new();
		const char *ip = expansions[i].ip;
		struct spf_macros macros = macros_of_the_rfc(
		    ip == NULL || ip[0] == '\0' ? "192.0.2.3" : ip);
		struct str text = str_of(expansions[i].text);
		struct span fault;
		const char *got;

		if (ip != NULL && ip[0] == '\0') {
			assert_non_null(spf_macro_problem(
			    text, SPF_IN_EXPLANATION, &fault));
			arena_free(arena);
			continue;
		}
		assert_null(
		    spf_macro_problem(text, SPF_IN_EXPLANATION, &fault));
		got = str_dup(arena,
		    spf_macro_expand(arena, text, SPF_IN_EXPLANATION, &macros));
		if (strcmp(got, expansions[i].expanded) != 0)
			fail_msg("%s: %s", expansions[i].text, got);
		arena_free(arena);
	}
}

/* The parts may be empty, and odd: "no special treatment" (7.3). */
static const struct {
	const char *local;
	const char *text;
	const char *expanded;
} parts[] = {
	{ "foo-bar+zip+quux", "%{l4r+-}", "quux.zip.bar.foo" },
	{ "foo-bar+zip+quux", "%{l2r+-}", "bar.foo" },
	{ "foo-bar+zip+quux", "%{l2+-}", "zip.quux" },
	{ "foo-bar+zip+quux", "%{l1+}", "quux" },
	{ "a,b/c_d=e", "%{l,/_=}", "a.b.c.d.e" },
	{ "-a--b-", "%{l-}", ".a..b." },
	{ "-a--b-", "%{lr-}", ".b..a." },
	{ "-a--b-", "%{l3-}", ".b." },
	{ "-a--b-", "%{l3r-}", ".a." },
	{ "-a--b-", "%{l1-}", "" },
	{ "--", "%{lr-}", ".." },
	{ "a.b", "%{l-}", "a.b" },
	{ "a.b-c", "%{lr-}", "c.a.b" },
	{ "jack&jill=up", "%{L}", "jack%26jill%3Dup" },
	{ "a-._~b", "%{L}", "a-._~b" },
	{ "\xc3\xbc \x01", "%{L}", "%C3%BC%20%01" },
	{ "a%b", "%{l}%{L}", "a%ba%25b" },
	{ "%{d}", "%{l}", "%{d}" },
	{ "a=b=c", "%{L2r=}", "b.a" },
};

static void
test_parts(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(parts); i++) {
		struct arena *arena = arena_new();
		struct spf_macros macros = macros_of_the_rfc("::1");
		const char *got;

		macros.local = str_of(parts[i].local);
		got = str_dup(arena,
		    spf_macro_expand(
			arena, str_of(parts[i].text), SPF_IN_TERM, &macros));
		if (strcmp(got, parts[i].expanded) != 0)
			fail_msg(
			    "%s of %s: %s", parts[i].text, parts[i].local, got);
		arena_free(arena);
	}
}

/* 7.3: at most 253 octets, labels dropped from the left. */
static void
test_long_names(void **state)
{
	struct arena *arena = arena_new();
	struct spf_macros macros = macros_of_the_rfc("::1");
	char label[64] = "";
	const char *four, *long_name;
	struct str name;

	(void)state;
	memset(label, 'x', 62);
	four = arena_printf(arena, "%s.%s.%s.%s", label, label, label, label);
	assert_int_equal(strlen(four), 251);
	macros.domain = str_of(four);
	name = spf_macro_name(arena, str_of("y.%{d}."), &macros);
	assert_int_equal(name.len, 253);
	assert_int_equal(name.p[0], 'y');
	name = spf_macro_name(arena, str_of("yy.%{d}"), &macros);
	assert_int_equal(name.len, 251);
	assert_int_equal(name.p[0], 'x');
	name = spf_macro_name(arena, str_of("a.b.%{d}.%{d}.org"), &macros);
	assert_int_equal(name.len, 62 * 3 + 3 + 3);
	assert_int_equal(name.p[0], 'x');

	/* However long it becomes: the end is what counts. */
	long_name = "";
	for (int i = 0; i < 200; i++)
		long_name = arena_printf(arena, "%s%%{d}.", long_name);
	name = spf_macro_name(arena,
	    str_of(arena_printf(arena, "%send.org", long_name)), &macros);
	assert_int_equal(name.len, 62 * 3 + 3 + 7);
	assert_memory_equal(name.p + name.len - 8, ".end.org", 8);
	name = spf_macro_expand(
	    arena, str_of(long_name), SPF_IN_EXPLANATION, &macros);
	assert_int_equal(name.len, SPF_EXPANDED_MAX);
	arena_free(arena);
}

#define PASS	  .result = SPF_RESULT_PASS
#define FAIL	  .result = SPF_RESULT_FAIL
#define PERMERROR .result = SPF_RESULT_PERMERROR

#define P_NAMES                                                                \
	"1.2.0.192.in-addr.arpa. PTR other.example.net.\n"                     \
	"1.2.0.192.in-addr.arpa. PTR sub.example.com.\n"                       \
	"1.2.0.192.in-addr.arpa. PTR wrong.example.com.\n"                     \
	"other.example.net. A 192.0.2.1\nsub A 192.0.2.1\n"                    \
	"wrong A 192.0.2.99\n"                                                 \
	"2.2.0.192.in-addr.arpa. PTR other2.example.net.\n"                    \
	"other2.example.net. A 192.0.2.2\n"                                    \
	"3.2.0.192.in-addr.arpa. PTR wrong.example.com.\n"                     \
	"4.2.0.192.in-addr.arpa. PTR example.com.\n"                           \
	"4.2.0.192.in-addr.arpa. PTR sub4.example.com.\n"                      \
	"sub4 A 192.0.2.4\n@ A 192.0.2.4\n"                                    \
	"sub.example.com.p A 127.0.0.2\nother2.example.net.p A 127.0.0.2\n"    \
	"unknown.p A 127.0.0.2\nexample.com.p A 127.0.0.2\n"                   \
	"p TXT \"%{p}\"\n"

/* Macros in a whole evaluation. */
static const struct spf_case whole[] = {
	/* 7.2: %{p}: the domain itself, else below it, else any, else none */
	{ "v=spf1 -all exp=p.example.com", P_NAMES, .ip = "192.0.2.4", FAIL,
	    .explanation = "example.com" },
	{ "v=spf1 -all exp=p.example.com", P_NAMES, FAIL,
	    .explanation = "sub.example.com" },
	{ "v=spf1 -all exp=p.example.com", P_NAMES, .ip = "192.0.2.2", FAIL,
	    .explanation = "other2.example.net" },
	{ "v=spf1 -all exp=p.example.com", P_NAMES, .ip = "192.0.2.3", FAIL,
	    .explanation = "unknown" },
	{ "v=spf1 -all exp=p.example.com", P_NAMES, .ip = "192.0.2.9", FAIL,
	    .explanation = "unknown" },
	{ "v=spf1 -all exp=p.example.com", P_NAMES, .ip = "::1", FAIL,
	    .explanation = "unknown" },
	{ "v=spf1 exists:%{p}.p.%{d} -all", P_NAMES, PASS, .lookups = 2 },
	{ "v=spf1 exists:%{p}.p.%{d} -all", P_NAMES, .ip = "192.0.2.2", PASS },
	{ "v=spf1 exists:%{P}.p.%{d} -all", P_NAMES, .ip = "192.0.2.9", PASS,
	    .lookups = 2 },
	{ "v=spf1 exists:%{p2}.p.%{d} -all", P_NAMES, .ip = "192.0.2.4", PASS },
	/* 7.2: s, l, o stay the same, d changes */
	{ "v=spf1 include:%{d1}.%{o} -all",
	    .zone = "com TXT \"v=spf1 exists:%{s}.%{d} -all\"\n"
		    "user\\@example.com.com A 127.0.0.2\n",
	    PASS, .lookups = 2 },
	{ "v=spf1 redirect=x.%{d}",
	    .zone = "x TXT \"v=spf1 redirect=y.%{d}\"\n"
		    "y.x TXT \"v=spf1 exists:%{d}.%{o}.%{l} -all\"\n",
	    FAIL, .lookups = 3 },
	{ "v=spf1 exists:%{l}.x.%{d} -all", .sender = "a.b@example.com",
	    .zone = "a.b.x A 127.0.0.2\n", PASS },
	/* 4.3 and 2.4: who has no local-part is postmaster */
	{ "v=spf1 exists:%{l}.%{o} -all", .sender = "@example.com",
	    .zone = "postmaster A 127.0.0.2\n", PASS },
	{ "v=spf1 exists:%{l}.%{o} -all", .sender = "example.com",
	    .zone = "postmaster A 127.0.0.2\n", PASS },
	{ "v=spf1 exists:%{l}.%{o} -all", .sender = "",
	    .helo = "mx.example.com", .zone = "postmaster.mx A 127.0.0.2\n",
	    PASS },
	{ "v=spf1 exists:%{s}.%{d} -all", .sender = "",
	    .helo = "mx.example.com",
	    .zone = "postmaster\\@mx.example.com A 127.0.0.2\n", PASS },
	{ "v=spf1 exists:%{l}.%{d} -all", .sender = "\"a@b\"@example.com",
	    .zone = "\\\"a\\@b\\\" A 127.0.0.2\n", PASS },
	/* octets that host names do not have are asked for as they are */
	{ "v=spf1 exists:%{l}.%{d} -all", .sender = "a b+c!d=e@example.com",
	    .zone = "a\\032b+c!d=e A 127.0.0.2\n", PASS },
	{ "v=spf1 exists:x%_y.%{d} -all", .zone = "x\\032y A 127.0.0.2\n",
	    PASS },
	{ "v=spf1 exists:x%-y.%{d} -all", .zone = "x%20y A 127.0.0.2\n", PASS },
	{ "v=spf1 exists:x%%.%{d} -all", .zone = "x% A 127.0.0.2\n", PASS },
	{ "v=spf1 exists:\\.%{d} -all", .zone = "\\\\ A 127.0.0.2\n", PASS },
	{ "v=spf1 exists:%{l}.%{d} -all",
	    .sender = "b\xc3\xbc"
		      "cher@example.com",
	    .zone = "b\\195\\188cher A 127.0.0.2\n", PASS },
	{ "v=spf1 exists:%{l}.%{d} -all", .sender = "a..b@example.com",
	    .zone = "* A 127.0.0.2\n", FAIL },
	{ "v=spf1 exists:%{L}.%{d} -all", .sender = "a=b@example.com",
	    .zone = "a%3Db A 127.0.0.2\n", PASS },
	{ "v=spf1 exists:%{h}.%{d} -all", .helo = "MX.Example.NET",
	    .zone = "mx.example.net. A 127.0.0.2\n", FAIL },
	{ "v=spf1 exists:%{h}.%{d} -all", .helo = "MX.Example.NET",
	    .zone = "mx.example.net.example.com. A 127.0.0.2\n", PASS },
	{ "v=spf1 exists:%{i}.%{v}.%{d} -all", .ip = "::ffff:192.0.2.1",
	    .zone = "192.0.2.1.in-addr A 127.0.0.2\n", PASS },
	/* 6.2 */
	{ "v=spf1 -all exp=%{d}", .zone = "example.com. TXT \"%{d}\"", FAIL },
	{ "v=spf1 -all exp=%{l}.%{d}", .zone = "user TXT \"Hello, %{l}.\"",
	    FAIL, .explanation = "Hello, user." },
	{ "v=spf1 -all exp=e.%{d}",
	    .zone = "e TXT \"See http://%{d}/why.html?s=%{S}&i=%{I}\"",
	    .sender = "a+b@example.com", FAIL,
	    .explanation = "See http://example.com/why.html?"
			   "s=a%2Bb%40example.com&i=192.0.2.1" },
};

static void
test_whole(void **state)
{
	(void)state;
	spf_world_try(whole, COUNT(whole));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_expansions),
		cmocka_unit_test(test_parts),
		cmocka_unit_test(test_long_names),
		cmocka_unit_test(test_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
