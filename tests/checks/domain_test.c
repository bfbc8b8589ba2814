/* What people type or paste as a domain: understood, or refused with why. */
#include "../harness/unit.h"

#include <string.h>

#include "../../checks/domain.h"

#define ELEVEN	"elevenchars"
#define LABEL66 ELEVEN ELEVEN ELEVEN ELEVEN ELEVEN ELEVEN
#define LABEL63                                                                \
	"abcdefghijklmnopqrstuvwxyz0123456789"                                 \
	"abcdefghijklmnopqrstuvwxyz0"

static const struct {
	const char *typed;
	const char *name;
	const char *removed; /* NULL: nothing is told */
} understood[] = {
	{ "example.org", "example.org", NULL },
	{ "a.b.c.example.org", "a.b.c.example.org", NULL },
	{ "3com.example", "3com.example", NULL },
	{ "r3---sn-x.example.org", "r3---sn-x.example.org", NULL },
	{ LABEL63 ".example", LABEL63 ".example", NULL },
	{ "www.example.org", "www.example.org", NULL },
	{ "EXAMPLE.ORG.", "example.org",
	    "Removed the dot at the end. Capitals are now small letters." },
	{ "  example.org\t\r\n", "example.org", "Removed blanks." },
	{ "https://www.example.org/path?x", "example.org",
	    "Removed \"https://\", \"/path?x\" and \"www.\"." },
	{ "https://www.example.org", "example.org",
	    "Removed \"https://\" and \"www.\"." },
	{ "HTTP://user:secret@example.org:8080/a@b", "example.org",
	    "Removed \"HTTP://\", \"/a@b\", \"user:secret@\" and \":8080\"." },
	{ "https://www.org/", "www.org", "Removed \"https://\" and \"/\"." },
	{ "//example.org", "example.org", "Removed \"//\"." },
	{ "www.example.org/", "example.org", "Removed \"/\" and \"www.\"." },
	{ "example.org#top", "example.org", "Removed \"#top\"." },
	{ "example.org:25", "example.org", "Removed \":25\"." },
	{ "a@example.org", "example.org", "Removed \"a@\"." },
	{ "@example.org", "example.org", "Removed \"@\"." },
	{ "mailto:a@example.org?subject=x", "example.org",
	    "Removed \"mailto:\", \"?subject=x\" and \"a@\"." },
	{ "Someone <a@example.org>", "example.org",
	    "Removed \"Someone\", \"a@\" and brackets." },
	{ "\"Last, First\" <a@example.org>,", "example.org", NULL },
	{ "<example.org>", "example.org", "Removed brackets." },
	{ "<mailto:a@example.org>", "example.org",
	    "Removed \"mailto:\", \"a@\" and brackets." },
	{ "example.org/@someone", "example.org", "Removed \"/@someone\"." },
	{ "\"example.org\"", "example.org", "Removed quotation marks." },
	{ "example.org;", "example.org", "Removed punctuation." },
	{ "\xe2\x80\x9e"
	  "example.org\xe2\x80\x9d",
	    "example.org",
	    "Removed quotation marks. Typographic characters are now plain "
	    "ones." },
	{ "exam\xe2\x80\x8bple.org", "example.org",
	    "Removed 1 invisible character." },
	{ "https://exam\xe2\x80\x8bple.org", "example.org",
	    "Removed \"https://\" and 1 invisible character." },
	{ "\xef\xbb\xbf"
	  "example.org\xc2\xa0",
	    "example.org", "Removed blanks and 2 invisible characters." },
	{ "\xe2\x80\xae"
	  "example.org",
	    "example.org", "Removed 1 invisible character." },
	{ "example\xef\xbc\x8eorg", "example.org",
	    "Typographic characters are now plain ones." },
	{ "example\xe3\x80\x82org", "example.org",
	    "Typographic characters are now plain ones." },
	{ "za\xc5\xbc\xc3\xb3\xc5\x82\xc4\x87.pl", "xn--za-6ja4f8n1l.pl",
	    NULL },
	{ "ZA\xc5\xbb\xc3\x93\xc5\x81\xc4\x86.pl", "xn--za-6ja4f8n1l.pl",
	    NULL },
	{ "za\xc5\xbco\xcc\x81\xc5\x82\xc4\x87.pl", "xn--za-6ja4f8n1l.pl",
	    NULL }, /* o with a combining accent */
	{ "a@B\xc3\xbc"
	  "cher.example",
	    "xn--bcher-kva.example", NULL },
	{ "stra\xc3\x9f"
	  "e.example",
	    "xn--strae-oqa.example", NULL }, /* IDNA2008, not 2003 */
	{ "XN--BCHER-KVA.example", "xn--bcher-kva.example", NULL },
};

static const struct {
	const char *typed;
	const char *says; /* a part of the sentence */
} refused[] = {
	{ "", "There is no domain name" },
	{ " \t ", "There is no domain name" },
	{ "<>", "There is no domain name" },
	{ "https://", "There is no domain name" },
	{ "a@", "There is no domain name" },
	{ "\xe2\x80\x8b", "There is no domain name" },
	{ "192.0.2.1", "is an IP address" },
	{ "192.0.2.1:25", "is an IP address" },
	{ "http://192.0.2.1/", "is an IP address" },
	{ "2001:db8::1", "is an IP address" },
	{ "[2001:db8::1]:25", "is an IP address" },
	{ "a@[192.0.2.1]", "is an IP address" },
	{ "a@[IPv6:2001:db8::1]", "is an IP address" },
	{ "192.0.2.300", "ends in a number" },
	{ "localhost", "has no dot" },
	{ "org.", "has no dot" },
	{ LABEL63 "a.example", "has 64 characters; DNS allows 63" },
	{ LABEL63 "." LABEL63 "." LABEL63 "." LABEL63,
	    "has 255 characters; DNS allows 253" },
	{ "example..org", "two dots with nothing between" },
	{ "example.org..", "two dots with nothing between" },
	{ ".example.org", "begins with a dot" },
	{ ".", "begins with a dot" },
	{ "example.org example.net", "has a blank" },
	{ "example.org\nexample.net", "has a blank" },
	{ "example.org,example.net", "\",\" cannot stand" },
	{ "a@example.org,b@example.net", "more than one @" },
	{ "a@example.org, b@example.net", "more than one @" },
	{ "A <a@example.org>, B <b@example.net>", "has a blank" },
	{ "*.example.org", "\"*\" cannot stand" },
	{ "exam\x1b[31mple.org", "\"\\027\" cannot stand" },
	{ "exam\x7fple.org", "\"\\127\" cannot stand" },
	{ "exam\xc2\x9bple.org", "\"\\194\\155\" cannot stand" },
	{ "exam\xffple.org", "is not valid UTF-8" },
	{ "-example.org", "begins or ends with a hyphen" },
	{ "example-.org", "begins or ends with a hyphen" },
	{ "_spf.example.org", "has an underscore" },
	{ "xn--zz.example", "no valid international" },
	{ "xn--.example", "no valid international" },
	{ "xn--ls8h.example", "no valid international" }, /* a picture */
	{ "\xe2\x99\xa5.example", "no valid international" },
	/* a Greek question mark, which becomes a semicolon */
	{ "za\xcd\xbe.example", "no valid international" },
	/* a full-width low line */
	{ "a\xef\xbc\xbf"
	  "b.example",
	    "has an underscore in it" },
	{ LABEL66 "\xc3\xbc.example", "no valid international" },
};

static struct arena *
arena(void **state)
{
	return *state;
}

static void
names_are_understood(void **state)
{
	for (size_t i = 0; i < COUNT(understood); i++) {
		struct domain_name found = { 0 };
		const char *problem = domain_read(
		    arena(state), str_of(understood[i].typed), &found);

		if (problem != NULL)
			fail_msg("%s: %s", understood[i].typed, problem);
		assert_string_equal(found.name, understood[i].name);
		if (understood[i].removed != NULL)
			assert_string_equal(
			    found.removed, understood[i].removed);
	}
}

static void
others_are_refused(void **state)
{
	for (size_t i = 0; i < COUNT(refused); i++) {
		struct domain_name found = { 0 };
		const char *problem =
		    domain_read(arena(state), str_of(refused[i].typed), &found);

		if (problem == NULL || strstr(problem, refused[i].says) == NULL)
			fail_msg("row %zu, \"%s\": %s", i, refused[i].typed,
			    problem != NULL ? problem : found.name);
		assert_null(found.name);
	}
}

static void
a_nul_is_no_end(void **state)
{
	struct domain_name found = { 0 };
	const char typed[] = "example.org\0.example.net";
	const char *problem = domain_read(
	    arena(state), (struct str){ typed, sizeof(typed) - 1 }, &found);

	assert_non_null(problem);
	assert_non_null(strstr(problem, "\\000"));
	problem = domain_read_as(arena(state),
	    (struct str){ typed, sizeof(typed) - 1 }, DOMAIN_AS_TYPED, &found);
	assert_non_null(problem);
}

static void
too_much_text_is_refused(void **state)
{
	struct domain_name found = { 0 };
	size_t len = (size_t)1024 * 1024;
	char *typed = arena_alloc(arena(state), len);

	memset(typed, 'a', len);
	assert_non_null(
	    domain_read(arena(state), (struct str){ typed, len }, &found));
}

static void
dns_takes_underscores(void **state)
{
	struct domain_name found = { 0 };

	assert_null(domain_read_as(
	    arena(state), str_of("_spf.Example.org"), DOMAIN_IN_DNS, &found));
	assert_string_equal(found.name, "_spf.example.org");
	assert_null(domain_read_as(
	    arena(state), str_of("xn--ls8h.la"), DOMAIN_IN_DNS, &found));
	assert_non_null(domain_read_as(
	    arena(state), str_of("xn--zz.la"), DOMAIN_IN_DNS, &found));
}

/* Whatever check_host() may be given; RFC 7208 section 4.3. */
static void
as_typed_keeps_odd_names(void **state)
{
	static const char *const names[] = { "localhost", "a..example.org",
		"1.2.3.4", LABEL63 "a.example", "a b.example", "-x-.example",
		"xn--zz.example" };

	for (size_t i = 0; i < COUNT(names); i++) {
		struct domain_name found = { 0 };

		assert_null(domain_read_as(
		    arena(state), str_of(names[i]), DOMAIN_AS_TYPED, &found));
		assert_string_equal(found.name, names[i]);
	}
}

static const struct {
	const char *name;
	const char *shown;
} displayed[] = {
	{ "example.org", "example.org" },
	{ "xn--za-6ja4f8n1l.pl", "za\xc5\xbc\xc3\xb3\xc5\x82\xc4\x87.pl" },
	{ "xn--pple-43d.com", "xn--pple-43d.com" }, /* Cyrillic a, Latin pple */
	{ "xn--ls8h.la", "xn--ls8h.la" },
	{ "xn--zz.la", "xn--zz.la" },
	{ "_spf.example.org", "_spf.example.org" },
};

static void
only_safe_names_are_decoded(void **state)
{
	for (size_t i = 0; i < COUNT(displayed); i++)
		assert_string_equal(
		    domain_display(arena(state), displayed[i].name),
		    displayed[i].shown);
}

static int
begin(void **state)
{
	*state = arena_new();
	return 0;
}

static int
end(void **state)
{
	arena_free(*state);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_understood),
		cmocka_unit_test(others_are_refused),
		cmocka_unit_test(a_nul_is_no_end),
		cmocka_unit_test(too_much_text_is_refused),
		cmocka_unit_test(dns_takes_underscores),
		cmocka_unit_test(as_typed_keeps_odd_names),
		cmocka_unit_test(only_safe_names_are_decoded),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
