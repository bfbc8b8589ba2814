/* Each row is a sentence of RFC 7208 section 12, or of a section it quotes. */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "../../checks/spf.h"

#define PASS	 SPF_RESULT_PASS
#define FAIL	 SPF_RESULT_FAIL
#define SOFTFAIL SPF_RESULT_SOFTFAIL
#define NEUTRAL	 SPF_RESULT_NEUTRAL

/* Terms that are well written, and what they are. */
static const struct {
	const char *text;
	enum spf_kind kind;
	enum spf_result qualifier;
	const char *argument; /* domain-spec or address */
	unsigned int bits4;
	unsigned int bits6;
} good[] = {
	/* 4.6.2: the qualifier, "+" if there is none; 12: case-insensitive */
	{ "all", SPF_ALL, PASS, "", 32, 128 },
	{ "+all", SPF_ALL, PASS, "", 32, 128 },
	{ "-all", SPF_ALL, FAIL, "", 32, 128 },
	{ "~all", SPF_ALL, SOFTFAIL, "", 32, 128 },
	{ "?all", SPF_ALL, NEUTRAL, "", 32, 128 },
	{ "-aLL", SPF_ALL, FAIL, "", 32, 128 },
	/* 5.2 */
	{ "include:a.example", SPF_INCLUDE, PASS, "a.example", 32, 128 },
	{ "-INCLUDE:a.example.", SPF_INCLUDE, FAIL, "a.example.", 32, 128 },
	/* 5.3 */
	{ "a", SPF_A, PASS, "", 32, 128 },
	{ "a/0", SPF_A, PASS, "", 0, 128 },
	{ "a/24", SPF_A, PASS, "", 24, 128 },
	{ "a//64", SPF_A, PASS, "", 32, 64 },
	{ "a//0", SPF_A, PASS, "", 32, 0 },
	{ "a/24//64", SPF_A, PASS, "", 24, 64 },
	{ "a/32//128", SPF_A, PASS, "", 32, 128 },
	{ "a:x.example/30//126", SPF_A, PASS, "x.example", 30, 126 },
	{ "?a:x.example.//8", SPF_A, NEUTRAL, "x.example.", 32, 8 },
	{ "a:foo:bar/baz.example.com", SPF_A, PASS, "foo:bar/baz.example.com",
	    32, 128 },
	{ "a:foo/24.example.com/25", SPF_A, PASS, "foo/24.example.com", 25,
	    128 },
	{ "a:!#$&'()*+,;<>?@[]^`{|}~\"\\.example", SPF_A, PASS,
	    "!#$&'()*+,;<>?@[]^`{|}~\"\\.example", 32, 128 },
	{ "a:_x..example", SPF_A, PASS, "_x..example", 32, 128 },
	{ "a:.example", SPF_A, PASS, ".example", 32, 128 },
	/* 5.4 to 5.7 */
	{ "mx", SPF_MX, PASS, "", 32, 128 },
	{ "~MX:x.example/8", SPF_MX, SOFTFAIL, "x.example", 8, 128 },
	{ "ptr", SPF_PTR, PASS, "", 32, 128 },
	{ "ptr:x.example", SPF_PTR, PASS, "x.example", 32, 128 },
	{ "exists:%{ir}.sbl.example.org", SPF_EXISTS, PASS,
	    "%{ir}.sbl.example.org", 32, 128 },
	{ "ip4:192.0.2.1", SPF_IP4, PASS, "192.0.2.1", 32, 128 },
	{ "ip4:0.0.0.0/0", SPF_IP4, PASS, "0.0.0.0", 0, 128 },
	{ "IP4:255.255.255.255/32", SPF_IP4, PASS, "255.255.255.255", 32, 128 },
	{ "ip6:::/0", SPF_IP6, PASS, "::", 32, 0 },
	{ "ip6:2001:DB8::CD30/64", SPF_IP6, PASS, "2001:db8::cd30", 32, 64 },
	{ "ip6:::ffff:192.0.2.1/128", SPF_IP6, PASS, "::ffff:192.0.2.1", 32,
	    128 },
	/* 6 */
	{ "redirect=x.example", SPF_REDIRECT, PASS, "x.example", 32, 128 },
	{ "Redirect=%{d2}", SPF_REDIRECT, PASS, "%{d2}", 32, 128 },
	{ "exp=x:y.example", SPF_EXP, PASS, "x:y.example", 32, 128 },
	{ "moo.cow-far_out=man:dog/cat", SPF_UNKNOWN_MODIFIER, PASS, "", 32,
	    128 },
	{ "x=", SPF_UNKNOWN_MODIFIER, PASS, "", 32, 128 },
	{ "x===%%", SPF_UNKNOWN_MODIFIER, PASS, "", 32, 128 },
	{ "ip4=192.0.2.1", SPF_UNKNOWN_MODIFIER, PASS, "", 32, 128 },
	{ "all=x", SPF_UNKNOWN_MODIFIER, PASS, "", 32, 128 },
	{ "v=spf1", SPF_UNKNOWN_MODIFIER, PASS, "", 32, 128 },
	{ "a1-_.=%{c}", SPF_UNKNOWN_MODIFIER, PASS, "", 32, 128 },
	/* 7.1: the end of a domain-spec is a toplabel or a macro */
	{ "a:x.xn--zckzah", SPF_A, PASS, "x.xn--zckzah", 32, 128 },
	{ "a:x.4u", SPF_A, PASS, "x.4u", 32, 128 },
	{ "a:x.1-2", SPF_A, PASS, "x.1-2", 32, 128 },
	{ "a:%{d}", SPF_A, PASS, "%{d}", 32, 128 },
	{ "a:%{d}/24", SPF_A, PASS, "%{d}", 24, 128 },
	{ "a:x%%", SPF_A, PASS, "x%%", 32, 128 },
	{ "a:x%_", SPF_A, PASS, "x%_", 32, 128 },
	{ "a:x%-", SPF_A, PASS, "x%-", 32, 128 },
	{ "a:%{d}.example.", SPF_A, PASS, "%{d}.example.", 32, 128 },
	{ "a:%{s127r.-+,/_=}", SPF_A, PASS, "%{s127r.-+,/_=}", 32, 128 },
	{ "a:%{S1R}%{L}%{O}%{I}%{P}%{V}%{H}", SPF_A, PASS,
	    "%{S1R}%{L}%{O}%{I}%{P}%{V}%{H}", 32, 128 },
	{ "a:%{l01}", SPF_A, PASS, "%{l01}", 32, 128 },
	{ "a:%{d99999999999999999999}", SPF_A, PASS, "%{d99999999999999999999}",
	    32, 128 },
};

/* Terms that are not, and the octets at fault. */
static const struct {
	const char *text;
	const char *fault;
} bad[] = {
	/* 4.6.1: names */
	{ "moo", "moo" },
	{ "", "" },
	{ "-", "-" },
	{ "--all", "-all" },
	{ "+-all", "-all" },
	{ "mx-all", "mx-all" },
	{ "ipv4:192.0.2.1", "ipv4" },
	{ "ip:192.0.2.1", "ip" },
	{ "192.0.2.1", "192.0.2.1" },
	{ "192.0.2.0/24", "192.0.2.0" },
	{ "2001:db8::1", "2001" },
	{ "mail.example.org", "mail.example.org" },
	{ "=dog", "=dog" },
	{ "1x=dog", "1x" },
	{ "_x=dog", "_x" },
	{ ".x=dog", ".x" },
	{ "-x=dog", "-" },
	{ "moo.cow/far_out=man:dog/cat", "moo.cow" },
	{ "moo.cow:far_out=man:dog/cat", "moo.cow" },
	{ "mo!o=man", "!" },
	{ "mx,", "," },
	{ "-all;", ";" },
	{ "\"mx\"", "\"" },
	{ "x=%abc", "%" },
	{ "x=%", "%" },
	{ "x=%{", "%{" },
	{ "x=%{d", "%{d" },
	/* 5.1 */
	{ "all.", "all." },
	{ "all:x.example", ":x.example" },
	{ "all/8", "/8" },
	{ "all:", ":" },
	/* 5.2 */
	{ "include", "include" },
	{ "include:", "include:" },
	{ "include/24", "/24" },
	{ "include:x.example/24", "/24" },
	{ "include:x.example//24", "//24" },
	/* 5.3: what can only be a length is one, and it has its range */
	{ "a:", "a:" },
	{ "a/", "/" },
	{ "a//", "/" },
	{ "a/33", "/33" },
	{ "a/032", "/032" },
	{ "a/00", "/00" },
	{ "a//129", "/129" },
	{ "a//064", "/064" },
	{ "a/24/64", "/24/64" },
	{ "a///64", "//64" },
	{ "a/24//64//64", "/64//64" },
	{ "a/-1", "/-1" },
	{ "a/24x", "/24x" },
	{ "a:/24", "a:/24" },
	{ "a:x.example/33", "/33" },
	{ "a:x.example/", "/" },
	{ "a:x.example/99999999999999999999", "/99999999999999999999" },
	{ "a:x.example:8080", "x.example:8080" },
	{ "mx/33", "/33" },
	{ "mx:", "mx:" },
	{ "mx/24//129", "/129" },
	{ "ptr/0", "/0" },
	{ "ptr:", "ptr:" },
	{ "ptr:x.example/24", "/24" },
	{ "exists", "exists" },
	{ "exists:", "exists:" },
	{ "exists:x.example/24", "/24" },
	/* 5.6 */
	{ "ip4", "ip4" },
	{ "ip4:", "ip4:" },
	{ "ip4/24", "/24" },
	{ "ip4:192.0.2", "192.0.2" },
	{ "ip4:192.0.2.300", "192.0.2.300" },
	{ "ip4:192.0.2.01", "192.0.2.01" },
	{ "ip4:192.0.2.1.1", "192.0.2.1.1" },
	{ "ip4:192.0.2.1:25", "192.0.2.1:25" },
	{ "ip4:192.0.2.1,", "192.0.2.1," },
	{ "ip4:192.0.2.1/33", "/33" },
	{ "ip4:192.0.2.1/032", "/032" },
	{ "ip4:192.0.2.1/", "/" },
	{ "ip4:192.0.2.1//32", "//32" },
	{ "ip4:192.0.2.1/32//64", "/32//64" },
	{ "ip4:x.example", "x.example" },
	{ "ip4:%{i}", "%{i}" },
	{ "ip4:2001:db8::1", "2001:db8::1" },
	{ "ip6", "ip6" },
	{ "ip6:", "ip6:" },
	{ "ip6:2001:db8::1/129", "/129" },
	{ "ip6:2001:db8::1//64", "//64" },
	{ "ip6:2001:db8::1/064", "/064" },
	{ "ip6:2001:db8", "2001:db8" },
	{ "ip6:2001:db8::1%eth0", "2001:db8::1%eth0" },
	{ "ip6:[2001:db8::1]", "[2001:db8::1]" },
	{ "ip6::::", ":::" },
	{ "ip6:192.0.2.1", "192.0.2.1" },
	{ "ip6:::1.1.1.1//33", "//33" },
	/* 6 */
	{ "redirect=", "redirect=" },
	{ "exp=", "exp=" },
	{ "redirect", "redirect" },
	{ "redirect:x.example", "redirect" },
	{ "exp:x.example", "exp" },
	{ "-redirect=x.example", "-" },
	{ "~exp=x.example", "~" },
	{ "exp=-all", "-all" },
	{ "redirect=x.example/24", "/24" },
	{ "redirect=museum", "museum" },
	/* 7.1: domain-end */
	{ "a:museum", "museum" },
	{ "a:museum.", "museum." },
	{ "a:foo-bar", "foo-bar" },
	{ "a:111.222.33.44", "111.222.33.44" },
	{ "a:abc.123", "abc.123" },
	{ "a:example.-com", "example.-com" },
	{ "a:example.com-", "example.com-" },
	{ "a:example.c_m", "example.c_m" },
	{ "a:example..", "example.." },
	{ "a:.", "." },
	{ "a:%{d}.", "." },
	{ "a:%{d}com", "com" },
	{ "a:x.%{d}-com", "-com" },
	{ "a:%{d}.123", ".123" },
	/* 7.1 and 7.3: macro-expand */
	{ "a:%(ir).example.org", "%" },
	{ "a:x%.example", "%" },
	{ "a:%", "%" },
	{ "a:%{x}.example", "%{x" },
	{ "a:%{}.example", "%{}" },
	{ "a:%{d0}.example", "%{d0" },
	{ "a:%{d000r}.example", "%{d000" },
	{ "a:%{dr2}.example", "%{dr" },
	{ "a:%{d!}.example", "%{d" },
	{ "a:%{d2.r}.example", "%{d2." },
	{ "a:%{d", "%{d" },
	{ "a:%{", "%{" },
	{ "a:%{dd}.example", "%{d" },
	{ "exists:%{c}.example", "%{c" },
	{ "exists:%{R}.example", "%{R" },
	{ "exp=%{t}.example", "%{t" },
	{ "a:%{d%}.example", "%{d" },
	/* 4.6, 12: octets that are no visible ASCII */
	{ "a:x\x01y.example", "\x01" },
	{ "a:x\x7f.example", "\x7f" },
	{ "a:b\xc3\xbc.example", "\xc3\xbc" },
	{ "\xc2\xa0mx", "\xc2\xa0" },
	{ "x=\xff", "\xff" },
	{ "\xe2\x80\x9cmx\xe2\x80\x9d", "\xe2\x80\x9c" },
};

static void
test_good_terms(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(good); i++) {
		struct arena *arena = arena_new();
		struct spf_term term;

		spf_parse_term(arena, str_of(good[i].text), &term);
		if (term.kind != good[i].kind)
			fail_msg("%s: kind %d, %s", good[i].text, term.kind,
			    term.problem);
		if (term.qualifier != good[i].qualifier ||
		    term.bits4 != good[i].bits4 || term.bits6 != good[i].bits6)
			fail_msg("%s: %d %d %d", good[i].text, term.qualifier,
			    term.bits4, term.bits6);
		assert_string_equal(
		    arena_printf(arena, "%s%s", str_dup(arena, term.domain),
			ip_print(arena, term.ip)),
		    good[i].argument);
		assert_null(term.problem);
		assert_int_equal(term.at.to, strlen(good[i].text));
		arena_free(arena);
	}
}

static void
test_bad_terms(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++) {
		struct arena *arena = arena_new();
		struct str text = str_of(bad[i].text);
		struct spf_term term;
		const char *fault;

		spf_parse_term(arena, text, &term);
		if (term.kind != SPF_BROKEN)
			fail_msg("%s: is no error", bad[i].text);
		assert_non_null(term.problem);
		fault = str_dup(
		    arena, str_slice(text, term.fault.from, term.fault.to));
		if (strcmp(fault, bad[i].fault) != 0)
			fail_msg("%s: fault at \"%s\"", bad[i].text, fault);
		arena_free(arena);
	}
}

/* What a newcomer is told. */
static const struct {
	const char *text;
	const char *problem;
} phrases[] = {
	{ "ip4:192.0.2.300",
	    "an IPv4 address needs four numbers from 0 to 255" },
	{ "ip4:2001:db8::1",
	    "this is an IPv6 address: it belongs behind ip6:" },
	{ "ip6:192.0.2.1", "this is an IPv4 address: it belongs behind ip4:" },
	{ "192.0.2.1/24", "an IPv4 address needs ip4: in front" },
	{ "2001:db8::/32", "an IPv6 address needs ip6: in front" },
	{ "ipv4:192.0.2.1", "the words for addresses are ip4 and ip6" },
	{ "redirect:x.example",
	    "behind redirect and exp stands =, not a colon" },
	{ "mx;", "terms are separated by spaces, nothing else" },
	{ "moo", "no mechanism has this name" },
	{ "include", "it needs a colon and a domain name" },
	{ "include:x.example/24",
	    "only a, mx, ip4 and ip6 take a network length" },
	{ "a:%(d)", "a % must be followed by {, %, _ or -" },
};

static void
test_phrases(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(phrases); i++) {
		struct spf_term term;

		spf_parse_term(arena, str_of(phrases[i].text), &term);
		assert_string_equal(term.problem, phrases[i].problem);
	}
	arena_free(arena);
}

/* 4.5: "exactly v=spf1", ended by a space or by the end. */
static const struct {
	const char *text;
	bool is_record;
} versions[] = {
	{ "v=spf1", true },
	{ "v=spf1 ", true },
	{ "v=spf1 -all", true },
	{ "V=sPf1 -all", true },
	{ "v=spf10", false },
	{ "v=spf1-all", false },
	{ "v=spf1;", false },
	{ "v=spf1\t-all", false },
	{ " v=spf1 -all", false },
	{ "\"v=spf1 -all\"", false },
	{ "v=spf2 -all", false },
	{ "v=spf", false },
	{ "", false },
	{ "spf2.0/pra -all", false },
};

static void
test_versions(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(versions); i++)
		assert_int_equal(spf_is_record(str_of(versions[i].text)),
		    versions[i].is_record);
}

/* Whole records: how many terms, and what is wrong with which octets. */
static const struct {
	const char *text;
	size_t nterms;
	bool broken;
	const char *fault; /* of the record as a whole; NULL: nothing */
} records[] = {
	{ "v=spf1", 0, false, NULL },
	{ "v=spf1    ", 0, false, NULL },
	{ "v=spf1 mx a:x.example/28 -all", 3, false, NULL },
	{ "v=spf1   mx    -all   ", 2, false, NULL },
	{ "v=spf1 mx\t-all", 2, true, "\t" },
	{ "v=spf1 mx -all\n", 2, true, "\n" },
	{ "v=spf1 \rmx", 1, true, "\r" },
	{ "v=spf1 ip4:1.2.3.4 -all moo", 3, true, NULL },
	{ "v=spf1 redirect=a.example redirect=a.example", 2, true,
	    "redirect=a.example" },
	{ "v=spf1 exp=a.example -all EXP=b.example", 3, true, "EXP=b.example" },
	{ "v=spf1 redirect=a.example redirect=", 2, true, NULL },
	{ "v=spf1 foo=a foo=b foo=c", 3, false, NULL },
	{ "v=spf1 exp=a.example redirect=a.example", 2, false, NULL },
	{ "mx -all", 2, true, "" },
};

static void
test_records(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(records); i++) {
		struct arena *arena = arena_new();
		struct str text = str_of(records[i].text);
		struct spf_record record;
		struct str fault;

		spf_parse(arena, text, &record);
		assert_int_equal(record.nterms, records[i].nterms);
		assert_int_equal(record.broken, records[i].broken);
		assert_int_equal(
		    record.problem != NULL, records[i].fault != NULL);
		fault = str_slice(text, record.fault.from, record.fault.to);
		if (records[i].fault != NULL)
			assert_string_equal(
			    str_dup(arena, fault), records[i].fault);
		for (size_t j = 0; j < record.nterms; j++) {
			const struct spf_term *term = &record.terms[j];

			assert_true(str_equal(term->text,
			    str_slice(text, term->at.from, term->at.to)));
		}
		arena_free(arena);
	}
}

static void
test_fault_is_counted_from_the_record(void **state)
{
	struct arena *arena = arena_new();
	struct spf_record record;

	(void)state;
	spf_parse(arena, str_of("v=spf1  mx ip4:192.0.2.300 -all"), &record);
	assert_int_equal(record.nterms, 3);
	assert_int_equal(record.terms[1].at.from, 11);
	assert_int_equal(record.terms[1].at.to, 26);
	assert_int_equal(record.terms[1].fault.from, 15);
	assert_int_equal(record.terms[1].fault.to, 26);
	assert_int_equal(record.terms[2].kind, SPF_ALL);
	arena_free(arena);
}

static void
test_octets_of_any_value(void **state)
{
	static const char text[] = "v=spf1 a:foo.example.com\0 -all";
	struct arena *arena = arena_new();
	struct spf_record record;

	(void)state;
	spf_parse(arena, (struct str){ text, sizeof(text) - 1 }, &record);
	assert_true(record.broken);
	assert_int_equal(record.nterms, 2);
	assert_int_equal(record.terms[0].kind, SPF_BROKEN);
	assert_int_equal(record.terms[0].fault.from, 24);
	arena_free(arena);
}

/* A hostile record of the largest size takes no time worth naming. */
static void
test_long_records(void **state)
{
	static const char *const repeated[] = { " a", "\t", " x=", "%{d}", " ",
		"/", "//1", ".", " exp=%{d}", "\xff" };

	(void)state;
	for (size_t i = 0; i < COUNT(repeated); i++) {
		struct arena *arena = arena_new();
		struct spf_record record;
		size_t len = strlen(repeated[i]);
		char *text = arena_alloc(arena, 65536);
		size_t at = strlen("v=spf1 a:");

		memcpy(text, "v=spf1 a:", at);
		for (; at + len <= 65535; at += len)
			memcpy(text + at, repeated[i], len);
		spf_parse(arena, (struct str){ text, at }, &record);
		assert_true(arena_used(arena) < (size_t)32 << 20);
		arena_free(arena);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_good_terms),
		cmocka_unit_test(test_bad_terms),
		cmocka_unit_test(test_phrases),
		cmocka_unit_test(test_versions),
		cmocka_unit_test(test_records),
		cmocka_unit_test(test_fault_is_counted_from_the_record),
		cmocka_unit_test(test_octets_of_any_value),
		cmocka_unit_test(test_long_records),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
