/* Lists of tags and base64: RFC 6376 section 3.2, RFC 4648 section 4. */
#include "../harness/unit.h"

#include <string.h>

#include "../../checks/tagvalue.h"

static const struct {
	const char *text;
	const char *wanted; /* "name=value|..."; NULL: invalid... */
	struct span fault; /* ...here */
} lists[] = {
	{ "a=b", "a=b|", { 0, 0 } },
	{ "a=b;", "a=b|", { 0, 0 } },
	{ "a=b; ", "a=b|", { 0, 0 } },
	{ " a = b ; c=d", "a=b|c=d|", { 0, 0 } },
	{ "a=", "a=|", { 0, 0 } },
	{ "a=;b=", "a=|b=|", { 0, 0 } },
	{ "a= b  c ", "a=b  c|", { 0, 0 } },
	{ "a=b=c==", "a=b=c==|", { 0, 0 } },
	{ "a=b\r\n\t c", "a=b\r\n\t c|", { 0, 0 } },
	{ "\r\n a=b", "a=b|", { 0, 0 } },
	{ "A=b;a=c", "A=b|a=c|", { 0, 0 } },
	{ "a1_=b", "a1_=b|", { 0, 0 } },
	{ "n=caf\xc3\xa9", "n=caf\xc3\xa9|", { 0, 0 } },
	{ "", NULL, { 0, 0 } },
	{ "  ", NULL, { 0, 2 } },
	{ ";", NULL, { 0, 0 } },
	{ "a=b;;", NULL, { 4, 4 } },
	{ "a=b; ;c=d", NULL, { 4, 5 } },
	{ ";a=b", NULL, { 0, 0 } },
	{ "a", NULL, { 0, 1 } },
	{ "a=b; foo ;", NULL, { 5, 8 } },
	{ "=b", NULL, { 0, 0 } },
	{ "1=b", NULL, { 0, 1 } },
	{ "_a=b", NULL, { 0, 2 } },
	{ "a-b=c", NULL, { 0, 3 } },
	{ "a b=c", NULL, { 0, 3 } },
	{ "a=b;a=b", NULL, { 4, 7 } },
	{ "a=b;c=d; a=e", NULL, { 9, 12 } },
	{ "a=b\x01", NULL, { 3, 4 } },
	{ "a=\x7f", NULL, { 2, 3 } },
	{ "a=b\xff", NULL, { 3, 4 } },
	{ "\"v=DKIM1", NULL, { 0, 2 } },
};

static void
test_lists(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(lists); i++) {
		struct arena *arena = arena_new();
		struct str text = str_of(lists[i].text);
		struct tag_list list;
		const char *got = "";

		tag_list_read(arena, text, &list);
		for (size_t k = 0; k < list.n; k++) {
			const struct tag *tag = &list.tags[k];

			got = arena_printf(arena, "%s%s=%s|", got,
			    str_dup(arena, tag->name),
			    str_dup(arena, tag->value));
			assert_true(str_equal(tag->value,
			    tag_trim(str_slice(
				text, tag->room.from, tag->room.to))));
			assert_ptr_equal(
			    tag_find(&list, str_dup(arena, tag->name)), tag);
		}
		if (lists[i].wanted != NULL) {
			assert_null(list.problem);
			assert_string_equal(got, lists[i].wanted);
		} else {
			assert_non_null(list.problem);
			if (list.fault.from != lists[i].fault.from ||
			    list.fault.to != lists[i].fault.to)
				fail_msg("%s: %zu to %zu", lists[i].text,
				    list.fault.from, list.fault.to);
		}
		arena_free(arena);
	}
}

static void
test_many_tags(void **state)
{
	struct arena *arena = arena_new();
	struct tag_list list;
	const char *text = "";

	(void)state;
	for (int i = 0; i <= TAG_LIST_MAX; i++) {
		tag_list_read(arena, str_of(text), &list);
		assert_int_equal(list.n, i);
		text = arena_printf(arena, "%st%d=x;", text, i);
	}
	tag_list_read(arena, str_of(text), &list);
	assert_non_null(list.problem);
	arena_free(arena);
}

static const struct {
	const char *text;
	const char *octets; /* NULL: invalid */
} codes[] = {
	{ "QQ==", "A" },
	{ "QUI=", "AB" },
	{ "QUJD", "ABC" },
	{ "Q U\tJ\r\n D", "ABC" },
	{ "QUJDREVG", "ABCDEF" },
	{ "+/+/", "\xfb\xff\xbf" },
	{ "", NULL },
	{ " ", NULL },
	{ "Q", NULL },
	{ "QU", NULL },
	{ "QUI", NULL },
	{ "QUI==", NULL },
	{ "QQ=", NULL },
	{ "QQ===", NULL },
	{ "QUJD=", NULL },
	{ "QUJD====", NULL },
	{ "QQ==QQ==", NULL },
	{ "QUJ!", NULL },
	{ "QU-_", NULL },
	{ "=", NULL },
	{ "QUJ\\", NULL },
};

static void
test_base64(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(codes); i++) {
		struct arena *arena = arena_new();
		struct str out;
		struct span fault;
		const char *problem =
		    base64_read(arena, str_of(codes[i].text), &out, &fault);

		if ((problem == NULL) != (codes[i].octets != NULL))
			fail_msg("\"%s\": %s", codes[i].text, problem);
		if (problem == NULL)
			assert_true(str_equal(out, str_of(codes[i].octets)));
		else
			assert_true(fault.to <= strlen(codes[i].text));
		arena_free(arena);
	}
}

static void
test_unquote(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
#define IS(from, to)                                                           \
	assert_true(str_equal(tag_unquote(arena, str_of(from)), str_of(to)))
	IS("a=20b", "a b");
	IS("a b\r\n\tc", "abc");
	IS("=3D=3d", "==");
	IS("=", "=");
	IS("=2", "=2");
	IS("=GG", "=GG");
	IS("", "");
#undef IS
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lists),
		cmocka_unit_test(test_many_tags),
		cmocka_unit_test(test_base64),
		cmocka_unit_test(test_unquote),
	};

	return cmocka_run_group_tests_name("tagvalue", tests, NULL, NULL);
}
