/* Records and names as text. */
#include "../harness/unit.h"

#include <string.h>

#include "../../checks/record.h"
#include "../harness/test_arena.h"

#define TEXT255                                                                \
	"aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeee"                   \
	"aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeee"                   \
	"aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeee"                   \
	"aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeee"                   \
	"aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeee12345"

#define IP4                                                                    \
	{                                                                      \
		.family = IP_V4, .octets = { 192, 0, 2, 1 }                    \
	}
#define IP6                                                                    \
	{                                                                      \
		.family = IP_V6, .octets = { 0x20, 1, 0x0d, 0xb8, [15] = 1 }   \
	}

static const struct {
	struct record record;
	const char *value;
	const char *line; /* from the type on; NULL: type and value */
} rows[] = {
	{ { .type = RR_A, .ip = IP4 }, "192.0.2.1", NULL },
	{ { .type = RR_AAAA, .ip = IP6 }, "2001:db8::1", NULL },
	{ { .type = RR_NS, .host = "ns.example.org" }, "ns.example.org.",
	    NULL },
	{ { .type = RR_CNAME, .host = "a" }, "a.", NULL },
	{ { .type = RR_DNAME, .host = "." }, ".", NULL },
	{ { .type = RR_PTR, .host = "a\\.b" }, "a\\.b.", NULL },
	{ { .type = RR_MX, .mx = { 10, "mail" } }, "10 mail.", NULL },
	{ { .type = RR_MX, .mx = { 0, "." } }, "0 .", NULL },
	{ { .type = RR_SRV, .srv = { 1, 2, 993, "a.b" } }, "1 2 993 a.b.",
	    NULL },
	{ { .type = RR_SOA, .soa = { "a", "b.c", 4294967295, 2, 3, 4, 5 } },
	    "a. b.c. 4294967295 2 3 4 5", NULL },
	{ { .type = RR_TXT, .text = { "v=spf1 -all", 11 } }, "v=spf1 -all",
	    "TXT \"v=spf1 -all\"" },
	{ { .type = RR_TXT, .text = { "", 0 } }, "", "TXT \"\"" },
	{ { .type = RR_SPF, .text = { "a\"b\\\0\n\377", 7 } },
	    "a\"b\\\\\\000\\010\\255", "SPF \"a\\\"b\\\\\\000\\010\\255\"" },
	{ { .type = RR_TXT, .text = { TEXT255, 255 } }, TEXT255,
	    "TXT \"" TEXT255 "\"" },
	{ { .type = RR_TXT, .text = { TEXT255 "6", 256 } }, TEXT255 "6",
	    "TXT \"" TEXT255 "\" \"6\"" },
	{ { .type = RR_TXT, .text = { TEXT255 TEXT255, 510 } }, TEXT255 TEXT255,
	    "TXT \"" TEXT255 "\" \"" TEXT255 "\"" },
	{ { .type = RR_CAA, .caa = { 128, { "issue", 5 }, { "a\"", 2 } } },
	    "128 issue \"a\\\"\"", NULL },
	{ { .type = RR_CAA, .caa = { 0, { "a b", 3 }, { "c", 1 } } },
	    "0 a b \"c\"",
	    "CAA \\# 6 00036120"
	    "6263" },
	{ { .type = RR_TLSA, .tlsa = { 3, 1, 1, { "\0\253", 2 } } },
	    "3 1 1 00ab", NULL },
	{ { .type = (enum rr_type)65280, .rdata = { "\1\377", 2 } },
	    "\\# 2 01ff", NULL },
	{ { .type = (enum rr_type)65280, .rdata = { "", 0 } }, "\\# 0", NULL },
};

static void
records_are_printed(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct record record = rows[i].record;
		const char *rest = rows[i].line;

		assert_string_equal(
		    record_value(arena, &record), rows[i].value);
		if (rest == NULL)
			rest = arena_printf(arena, "%s %s",
			    rr_type_word(arena, record.type), rows[i].value);
		record.name = "a.example.org";
		record.ttl = 4294967295;
		assert_string_equal(record_zone_line(arena, &record),
		    arena_printf(
			arena, "a.example.org. 4294967295 IN %s", rest));
		record.name = ".";
		assert_memory_equal(
		    record_zone_line(arena, &record), ". 4294967295", 12);
	}
}

static void
types_have_words(void **state)
{
	(void)state;
	assert_string_equal(rr_type_word(arena, RR_TXT), "TXT");
	assert_string_equal(rr_type_word(arena, RR_SPF), "SPF");
	assert_string_equal(
	    rr_type_word(arena, (enum rr_type)65280), "TYPE65280");
}

static void
records_are_compared_and_copied(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		for (size_t k = 0; k < COUNT(rows); k++) {
			struct record a = rows[i].record;
			struct record b = rows[k].record;
			struct record copy;
			int order;

			a.name = "Example.org";
			b.name = "exampl\\101.ORG";
			a.ttl = 1;
			copy = record_copy(arena, &b);
			order = record_compare(&a, &copy);
			assert_int_equal(record_equal(&a, &copy), i == k);
			assert_int_equal(order == 0, i == k);
			assert_int_equal(order<0, record_compare(&copy, &a)> 0);
			assert_true(copy.name != b.name);
			copy.name = "example.com";
			assert_false(record_equal(&a, &copy));
		}
	}
}

static const struct {
	const char *name;
	size_t labels;
	const char *parent;
	bool valid;
} names[] = {
	{ ".", 0, ".", true },
	{ "org", 1, ".", true },
	{ "example.org", 2, "org", true },
	{ "a\\.b.c", 2, "c", true },
	{ "a\\\\.b", 2, "b", true }, /* the backslash is escaped, the dot not */
	{ "a\\046b.c", 2, "c", true },
	{ "\\000\\255", 1, ".", true },
	{ "\\042.example.org", 3, "example.org", true },
	{ "*.example.org", 3, "example.org", true },
	{ "", 0, ".", false },
	{ "a..b", 3, ".b", false },
	{ ".a", 2, "a", false },
	{ "a.", 1, ".", false },
	{ "a\\", 1, ".", false },
	{ "a\\256", 1, ".", false },
	{ "a\\12", 1, ".", false },
	{ "a\\1x2", 1, ".", false },
};

static void
names_have_labels_and_parents(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(names); i++) {
		assert_string_equal(
		    name_parent(names[i].name), names[i].parent);
		assert_int_equal(name_labels(names[i].name), names[i].labels);
		assert_int_equal(name_is_valid(names[i].name), names[i].valid);
	}
}

static void
names_are_equal_in_both_cases(void **state)
{
	static const struct {
		const char *a, *b;
		bool equal;
	} pairs[] = {
		{ "Example.ORG", "example.org", true },
		{ "example.org", "example.com", false },
		{ "a\\046b", "a\\.b", true },
		{ "a\\.b", "a.b", false },
		{ "\\065", "a", true },
		{ "a*b", "a\\042b", true },
		{ "\\196", "\\228", false }, /* not letters of ASCII */
		{ "a", "a.b", false },
		{ "a", "ab", false },
		{ ".", ".", true },
		{ ".", "", false },
		{ "@", "`", false },
		{ "[", "{", false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(pairs); i++) {
		assert_int_equal(
		    name_equal(pairs[i].a, pairs[i].b), pairs[i].equal);
		assert_int_equal(
		    name_equal(pairs[i].b, pairs[i].a), pairs[i].equal);
	}
}

static void
below_means_whole_labels(void **state)
{
	static const struct {
		const char *name, *ancestor;
		bool below;
	} pairs[] = {
		{ "example.org", "example.org", true },
		{ "a.example.org", "EXAMPLE.org", true },
		{ "b.a.example.org", "example.org", true },
		{ "aexample.org", "example.org", false },
		{ "a\\.example.org", "example.org", false },
		{ "org", "example.org", false },
		{ "example.org", ".", true },
		{ ".", ".", true },
		{ ".", "org", false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(pairs); i++)
		assert_int_equal(
		    name_is_below(pairs[i].name, pairs[i].ancestor),
		    pairs[i].below);
}

static void
octets_become_names(void **state)
{
	static const struct {
		struct str octets;
		const char *name;
	} octets[] = {
		{ { "example.org", 11 }, "example.org" },
		{ { "example.org.", 12 }, "example.org" },
		{ { "Ab-_9", 5 }, "Ab-_9" },
		{ { "a b.c+d", 7 }, "a\\032b.c\\043d" },
		{ { "\0\\\377", 3 }, "\\000\\\\\\255" },
		{ { "a..b", 4 }, "a..b" },
		{ { "a..", 3 }, "a." },
		{ { ".a", 2 }, ".a" },
		{ { ".", 1 }, "." },
		{ { "", 0 }, "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(octets); i++)
		assert_string_equal(
		    name_from_octets(arena, octets[i].octets), octets[i].name);
}

/* RFC 1035 section 2.3.4: 63 octets a label, 255 with the length octets. */
static void
names_have_limits(void **state)
{
	char name[400];
	unsigned char wire[NAME_WIRE_MAX];

	(void)state;
	memset(name, 'a', sizeof(name));
	name[63] = '\0';
	assert_true(name_is_valid(name));
	name[63] = 'a';
	name[64] = '\0';
	assert_false(name_is_valid(name));
	name[64] = 'a';
	for (size_t dot = 63; dot < 253; dot += 64)
		name[dot] = '.';
	name[253] = '\0'; /* 63.63.63.61 */
	assert_int_equal(name_to_wire(name, wire), 255);
	assert_string_equal(name_from_wire(arena, wire), name);
	name[253] = 'a';
	name[254] = '\0';
	assert_false(name_is_valid(name));
	for (size_t i = 0; i < 253; i++)
		name[i] = i % 2 == 0 ? 'a' : '.';
	name[253] = '\0';
	assert_int_equal(name_to_wire(name, wire), 255);
	assert_int_equal(name_labels(name), 127);
}

static void
every_octet_goes_to_the_wire_and_back(void **state)
{
	unsigned char wire[NAME_WIRE_MAX], again[NAME_WIRE_MAX];

	(void)state;
	for (unsigned int octet = 0; octet < 256; octet++) {
		const unsigned char wanted[] = { 2, (unsigned char)octet, 'x',
			1, 'y', 0 };
		const char *name = name_from_wire(arena, wanted);

		assert_int_equal(name_to_wire(name, wire), 6);
		assert_memory_equal(wire, wanted, 6);
		assert_int_equal(name_labels(name), 2);
		name = arena_printf(arena, "\\%03ux.y", octet);
		assert_int_equal(name_to_wire(name, again), 6);
		assert_memory_equal(again, wanted, 6);
	}
	assert_int_equal(name_to_wire(".", wire), 1);
	assert_string_equal(name_from_wire(arena, wire), ".");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(records_are_printed),
		TEST(types_have_words),
		TEST(records_are_compared_and_copied),
		TEST(names_have_labels_and_parents),
		TEST(names_are_equal_in_both_cases),
		TEST(below_means_whole_labels),
		TEST(octets_become_names),
		TEST(names_have_limits),
		TEST(every_octet_goes_to_the_wire_and_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
