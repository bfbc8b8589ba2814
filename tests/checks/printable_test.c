/* Octets from outside, made fit to be shown. */
#include "../harness/unit.h"

#include <string.h>

#include "../../checks/base/character.h"
#include "../../checks/base/printable.h"
#include "../harness/test_arena.h"

#define TEXT(octets)                                                           \
	{                                                                      \
		octets, sizeof(octets) - 1                                     \
	}

static const struct {
	struct str octets;
	const char *printable;
	const char *readable; /* NULL: the same */
} rows[] = {
	{ TEXT(""), "", NULL },
	{ TEXT("v=spf1 -all ~"), "v=spf1 -all ~", NULL },
	{ TEXT("a\\b\\000"), "a\\\\b\\\\000", NULL },
	{ TEXT("\0\t\r\n\033[2J\177"), "\\000\\009\\013\\010\\027[2J\\127",
	    NULL },
	{ TEXT("\"'`$"), "\"'`$", NULL },
	/* letters, marks, punctuation, symbols */
	{ TEXT("\xc3\xa9"), "\\195\\169", "\xc3\xa9" },
	{ TEXT("z\xc5\xbc"), "z\\197\\188", "z\xc5\xbc" },
	{ TEXT("\xe2\x80\x9c"), "\\226\\128\\156", "\xe2\x80\x9c" },
	{ TEXT("\xe2\x82\xac"), "\\226\\130\\172", "\xe2\x82\xac" },
	{ TEXT("\xe4\xb8\xad"), "\\228\\184\\173", "\xe4\xb8\xad" },
	{ TEXT("\xd7\xa9"), "\\215\\169", "\xd7\xa9" }, /* Hebrew */
	{ TEXT("\xf0\x9f\x98\x80"), "\\240\\159\\152\\128",
	    "\xf0\x9f\x98\x80" },
	{ TEXT("e\xcc\x81"), "e\\204\\129", "e\xcc\x81" },
	/* two marks on a letter; a third, or one on nothing, is seen */
	{ TEXT("e\xcc\x81\xcc\x81\xcc\x81"), "e\\204\\129\\204\\129\\204\\129",
	    "e\xcc\x81\xcc\x81\\204\\129" },
	{ TEXT("\xcc\x81"), "\\204\\129", NULL },
	{ TEXT("\n\xcc\x81"), "\\010\\204\\129", NULL },
	/* not UTF-8: cut short, overlong, surrogate, too large, lone */
	{ TEXT("\xc3"), "\\195", NULL },
	{ TEXT("\xe2\x82x"), "\\226\\130x", NULL },
	{ TEXT("\xc0\xaf"), "\\192\\175", NULL },
	{ TEXT("\xe0\x80\xaf"), "\\224\\128\\175", NULL },
	{ TEXT("\xf0\x80\x80\xaf"), "\\240\\128\\128\\175", NULL },
	{ TEXT("\xed\xa0\x80"), "\\237\\160\\128", NULL },
	{ TEXT("\xf4\x90\x80\x80"), "\\244\\144\\128\\128", NULL },
	{ TEXT("\xf8\x88\x80\x80\x80"), "\\248\\136\\128\\128\\128", NULL },
	{ TEXT("\x80\xff\xfe"), "\\128\\255\\254", NULL },
	{ TEXT("\xc3\xa9\xff"), "\\195\\169\\255", "\xc3\xa9\\255" },
	/* C1, direction, joiners, invisible, blanks, private, unassigned */
	{ TEXT("\xc2\x9b"), "\\194\\155", NULL }, /* U+009B, CSI */
	{ TEXT("\xc2\xa0"), "\\194\\160", NULL }, /* no-break space */
	{ TEXT("\xc2\xad"), "\\194\\173", NULL }, /* soft hyphen */
	{ TEXT("\xe2\x80\x8b"), "\\226\\128\\139", NULL }, /* U+200B */
	{ TEXT("\xe2\x80\x8d"), "\\226\\128\\141", NULL }, /* joiner */
	{ TEXT("\xe2\x80\x8f"), "\\226\\128\\143", NULL }, /* RLM */
	{ TEXT("\xe2\x80\xa8"), "\\226\\128\\168", NULL }, /* U+2028 */
	{ TEXT("\xe2\x80\xae"), "\\226\\128\\174", NULL }, /* override */
	{ TEXT("\xe2\x81\xa6"), "\\226\\129\\166", NULL }, /* isolate */
	{ TEXT("\xe2\x81\xa0"), "\\226\\129\\160", NULL }, /* U+2060 */
	{ TEXT("\xef\xbb\xbf"), "\\239\\187\\191", NULL }, /* U+FEFF */
	{ TEXT("x\xef\xb8\x8f"), "x\\239\\184\\143", NULL }, /* U+FE0F */
	{ TEXT("\xe3\x80\x80"), "\\227\\128\\128", NULL }, /* U+3000 */
	{ TEXT("\xe3\x85\xa4"), "\\227\\133\\164", NULL }, /* filler */
	{ TEXT("\xee\x80\x80"), "\\238\\128\\128", NULL }, /* U+E000 */
	{ TEXT("\xef\xbf\xbf"), "\\239\\191\\191", NULL }, /* U+FFFF */
	{ TEXT("\xcd\xb8"), "\\205\\184", NULL }, /* U+0378, unassigned */
	{ TEXT("\xf3\xa0\x81\x81"), "\\243\\160\\129\\129", NULL }, /* tag */
	{ TEXT("\xf3\xa0\x84\x80"), "\\243\\160\\132\\128", NULL },
};

static void
texts_become_fit_to_be_shown(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *wanted = rows[i].readable;

		if (wanted == NULL)
			wanted = rows[i].printable;
		assert_string_equal(
		    printable(arena, rows[i].octets), rows[i].printable);
		assert_string_equal(readable(arena, rows[i].octets), wanted);
	}
}

/* Whatever goes in, printable() comes out as printable ASCII, and back. */
static void
no_octet_gets_through(void **state)
{
	(void)state;
	for (unsigned int i = 0; i < 256; i++) {
		char octet = (char)i;
		struct str one = { &octet, 1 };
		const char *text = printable(arena, one);
		size_t len = strlen(text);

		assert_true(len == 1 || len == 2 || len == 4);
		for (size_t k = 0; k < len; k++)
			assert_true(text[k] >= ' ' && text[k] <= '~');
		assert_string_equal(readable(arena, one), text);
	}
}

/* Ranges that must never be shown, whatever the table says. */
static const struct {
	uint32_t from, to;
} hidden[] = {
	{ 0, 0x1f },
	{ 0x7f, 0xa0 },
	{ 0xad, 0xad },
	{ 0x34f, 0x34f },
	{ 0x600, 0x605 },
	{ 0x61c, 0x61c },
	{ 0x115f, 0x1160 },
	{ 0x1680, 0x1680 },
	{ 0x180b, 0x180f },
	{ 0x2000, 0x200f },
	{ 0x2028, 0x202f },
	{ 0x205f, 0x206f },
	{ 0x2800, 0x2800 },
	{ 0x3000, 0x3000 },
	{ 0x3164, 0x3164 },
	{ 0xd800, 0xf8ff },
	{ 0xfe00, 0xfe0f },
	{ 0xfeff, 0xfeff },
	{ 0xffa0, 0xffa0 },
	{ 0xfff0, 0xfffb },
	{ 0xfffe, 0xffff },
	{ 0x1bca0, 0x1bca3 },
	{ 0x1d173, 0x1d17a },
	{ 0xe0000, 0x10ffff },
	{ 0x110000, 0x110010 },
	{ UINT32_MAX, UINT32_MAX },
};

static void
the_table_hides_what_misleads(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(hidden); i++) {
		uint32_t c = hidden[i].from;

		do
			if (character_class(c) != CHARACTER_HIDDEN)
				fail_msg("U+%04X is shown", (unsigned int)c);
		while (c++ != hidden[i].to);
	}
}

static void
the_table_knows_letters_and_marks(void **state)
{
	(void)state;
	for (uint32_t c = ' '; c < 0x7f; c++)
		assert_int_equal(character_class(c), CHARACTER_SHOWN);
	for (uint32_t c = 0xc0; c <= 0x17f; c++)
		assert_int_equal(character_class(c), CHARACTER_SHOWN);
	for (uint32_t c = 0x300; c <= 0x34e; c++)
		assert_int_equal(character_class(c), CHARACTER_MARK);
	assert_int_equal(character_class(0x4e00), CHARACTER_SHOWN);
	assert_int_equal(character_class(0xfffd), CHARACTER_SHOWN);
	assert_int_equal(character_class(0x1f600), CHARACTER_SHOWN);
	assert_int_equal(character_class(0x20000), CHARACTER_SHOWN);
}

static void
a_large_text_is_whole(void **state)
{
	size_t len = 100000;
	char *octets = arena_alloc(arena, len);

	(void)state;
	memset(octets, '\377', len);
	assert_int_equal(
	    strlen(printable(arena, (struct str){ octets, len })), 4 * len);
	assert_int_equal(
	    strlen(readable(arena, (struct str){ octets, len })), 4 * len);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(texts_become_fit_to_be_shown),
		TEST(no_octet_gets_through),
		TEST(the_table_hides_what_misleads),
		TEST(the_table_knows_letters_and_marks),
		TEST(a_large_text_is_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
