/* The ground everything stands on: arena, text, addresses. */
#include "../harness/unit.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../checks/base/ip.h"
#include "../harness/test_arena.h"

static void
memory_is_zeroed_and_aligned(void **state)
{
	static const size_t sizes[] = { 0, 1, 3, 8, 17, 4096, 8192, 100000 };
	char *before = NULL;

	(void)state;
	for (int round = 0; round < 50; round++) {
		for (size_t i = 0; i < COUNT(sizes); i++) {
			char *p = arena_alloc(arena, sizes[i]);

			assert_int_equal(
			    (uintptr_t)p % _Alignof(max_align_t), 0);
			assert_true(p != before);
			for (size_t k = 0; k < sizes[i]; k++)
				assert_int_equal(p[k], 0);
			memset(p, 0xa5, sizes[i]);
			before = p;
		}
	}
	assert_true(arena_used(arena) >= 50 * (size_t)112309);
	arena_free(NULL);
}

static void
lists_grow(void **state)
{
	int *list = NULL;

	(void)state;
	for (int i = 0; i < 5000; i++) {
		list = arena_grow(arena, list, (size_t)i, sizeof(*list));
		list[i] = i;
	}
	for (int i = 0; i < 5000; i++)
		assert_int_equal(list[i], i);
}

static void
texts_are_copied(void **state)
{
	char *copy = arena_memdup(arena, "a\0b", 3);

	(void)state;
	assert_memory_equal(copy, "a\0b", 4);
	assert_string_equal(arena_memdup(arena, NULL, 0), "");
	assert_string_equal(arena_strdup(arena, "text"), "text");
	assert_string_equal(
	    arena_printf(arena, "%s %d", "text", 42), "text 42");
	assert_int_equal(strlen(arena_printf(arena, "%*s", 20000, "")), 20000);
}

/* What cannot be had ends the program with 4, after the hook. */
static void
hook(void)
{
	_exit(99);
}

static void
take_too_much(bool with_hook)
{
	if (freopen("/dev/null", "w", stderr) == NULL)
		_exit(1);
	if (with_hook)
		out_of_memory_hook(hook);
	arena_array(arena, SIZE_MAX / 2, 3);
	_exit(0);
}

static void
an_overflow_ends_the_program(void **state)
{
	(void)state;
	for (int with_hook = 0; with_hook < 2; with_hook++) {
		pid_t child = fork();
		int status;

		if (child == 0)
			take_too_much(with_hook == 1);
		assert_int_equal(waitpid(child, &status, 0), child);
		assert_true(WIFEXITED(status));
		assert_int_equal(WEXITSTATUS(status), with_hook == 1 ? 99 : 4);
	}
}

static void
texts_are_compared_and_cut(void **state)
{
	struct str s = str_of("v=spf1 mx -all"), rest = s;

	(void)state;
	assert_int_equal(str_of(NULL).len, 0);
	assert_true(str_equal(str_of(NULL), str_of("")));
	assert_true(str_equal_nocase(str_of("V=sPf1"), "v=SpF1"));
	assert_false(str_equal_nocase(str_of("v=spf1"), "v=spf"));
	assert_false(str_equal_nocase(str_of("[@"), "{`"));
	assert_false(str_equal((struct str){ "a\0b", 3 }, str_of("a")));
	assert_true(str_starts_nocase(s, "V=SPF1 "));
	assert_false(str_starts_nocase(str_of("v"), "v="));
	assert_int_equal(str_find(s, ' '), 6);
	assert_int_equal(str_find(s, 'x' + 1), s.len);
	assert_int_equal(str_find(str_of(NULL), 'x'), 0);
	assert_true(str_equal(str_slice(s, 7, 9), str_of("mx")));
	assert_int_equal(str_slice(s, 20, 30).len, 0);
	assert_int_equal(str_slice(s, 9, 7).len, 0);
	assert_true(str_equal(str_word(&rest, ' '), str_of("v=spf1")));
	assert_true(str_skip(&rest, "mx "));
	assert_false(str_skip(&rest, "-ALL"));
	assert_true(str_equal(str_word(&rest, ' '), str_of("-all")));
	assert_int_equal(rest.len, 0);
	assert_int_equal(str_word(&rest, ' ').len, 0);
	assert_true(str_equal(str_trim(str_of(" \t a b\t ")), str_of("a b")));
	assert_int_equal(str_trim(str_of(" \t ")).len, 0);
	assert_true(str_is_ascii(str_of("a~\x7f")));
	assert_false(str_is_ascii(str_of("a\x80")));
	assert_string_equal(str_dup(arena, str_slice(s, 0, 6)), "v=spf1");
}

static void
numbers_are_whole_texts(void **state)
{
	static const struct {
		const char *text;
		uint64_t max;
		bool good;
		uint64_t n;
	} rows[] = {
		{ "0", 0, true, 0 },
		{ "1", 0, false, 0 },
		{ "255", 255, true, 255 },
		{ "256", 255, false, 0 },
		{ "00", 255, false, 0 },
		{ "01", 255, false, 0 },
		{ "", 255, false, 0 },
		{ "-1", 255, false, 0 },
		{ "+1", 255, false, 0 },
		{ " 1", 255, false, 0 },
		{ "1 ", 255, false, 0 },
		{ "1a", 255, false, 0 },
		{ "18446744073709551615", UINT64_MAX, true, UINT64_MAX },
		{ "18446744073709551616", UINT64_MAX, false, 0 },
		{ "99999999999999999999999", UINT64_MAX, false, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		uint64_t n = 77;

		assert_int_equal(
		    str_number(str_of(rows[i].text), rows[i].max, &n),
		    rows[i].good);
		assert_true(n == (rows[i].good ? rows[i].n : 77));
	}
}

static void
letters_are_ascii(void **state)
{
	(void)state;
	for (int i = 0; i < 256; i++) {
		char c = (char)i;
		bool digit = i >= '0' && i <= '9';
		bool small = i >= 'a' && i <= 'z';
		bool large = i >= 'A' && i <= 'Z';

		assert_int_equal(is_digit(c), digit);
		assert_int_equal(is_alpha(c), small || large);
		assert_int_equal(is_alnum(c), digit || small || large);
		assert_int_equal(to_lower(c), large ? (char)(i + 32) : c);
	}
}

/* RFC 4291 section 2.2, RFC 5952; NULL: no address. */
static const struct {
	const char *text;
	const char *printed;
} addresses[] = {
	{ "192.0.2.1", "192.0.2.1" },
	{ "0.0.0.0", "0.0.0.0" },
	{ "255.255.255.255", "255.255.255.255" },
	{ "192.0.2.256", NULL },
	{ "192.0.2.01", NULL },
	{ "192.0.2.00", NULL },
	{ "0300.0.2.1", NULL },
	{ "0xc0.0.2.1", NULL },
	{ "192.0.2", NULL },
	{ "192.0.513", NULL },
	{ "3221225985", NULL },
	{ "192.0.2.1.", NULL },
	{ "192.0.2.1.1", NULL },
	{ ".192.0.2.1", NULL },
	{ "192..2.1", NULL },
	{ "192.0.2.1 ", NULL },
	{ " 192.0.2.1", NULL },
	{ "192.0.2.-1", NULL },
	{ "192.0.2.1/32", NULL },
	{ "", NULL },
	{ "::", "::" },
	{ "::1", "::1" },
	{ "2001:db8::1", "2001:db8::1" },
	{ "2001:DB8:0:0:0:0:0:1", "2001:db8::1" },
	{ "2001:0db8:0000:0000:0000:0000:0000:0001", "2001:db8::1" },
	{ "2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1" },
	{ "2001:db8::1:1:1:1:1", "2001:db8:0:1:1:1:1:1" },
	{ "1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0" },
	{ "::ffff:192.0.2.1", "::ffff:192.0.2.1" },
	{ "::ffff:c000:201", "::ffff:192.0.2.1" },
	{ "64:ff9b::192.0.2.1", "64:ff9b::c000:201" },
	{ "ABCD:EF01:2345:6789:ABCD:EF01:2345:6789",
	    "abcd:ef01:2345:6789:abcd:ef01:2345:6789" },
	{ "0000:0000:0000:0000:0000:ffff:192.0.2.111", "::ffff:192.0.2.111" },
	{ "1:2:3:4:5:6:7", NULL },
	{ "1:2:3:4:5:6:7:8:9", NULL },
	{ "1:2:3:4:5:6:7:8::", NULL },
	{ "1::2::3", NULL },
	{ ":::", NULL },
	{ ":1", NULL },
	{ "1:", NULL },
	{ "12345::", NULL },
	{ "::g", NULL },
	{ "::1%eth0", NULL },
	{ "fe80::1%1", NULL },
	{ "[::1]", NULL },
	{ "::1/128", NULL },
	{ "::ffff:192.0.2", NULL },
	{ "::ffff:192.0.2.256", NULL },
	{ "::ffff:192.0.2.01", NULL },
	{ "::192.0.2.1:1", NULL },
	{ "1:2:3:4:5:6:7:192.0.2.1", NULL },
	{ "0000:0000:0000:0000:0000:ffff:192.0.2.1111", NULL },
};

static void
addresses_are_read_whole(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(addresses); i++) {
		struct str text = str_of(addresses[i].text);
		struct ip ip = { .family = IP_NONE, .octets = { 7 } };
		bool good = ip_parse(text, &ip);

		if (good != (addresses[i].printed != NULL))
			fail_msg("%s", addresses[i].text);
		if (!good) {
			assert_int_equal(ip.family, IP_NONE);
			assert_int_equal(ip.octets[0], 7);
			continue;
		}
		assert_string_equal(ip_print(arena, ip), addresses[i].printed);
		assert_int_equal(ip_parse_v4(text, &ip),
		    strchr(addresses[i].text, ':') == NULL);
		assert_int_equal(ip_parse_v6(text, &ip),
		    strchr(addresses[i].text, ':') != NULL);
	}
	assert_false(ip_parse((struct str){ "::1\0", 4 }, &(struct ip){ 0 }));
	assert_false(
	    ip_parse((struct str){ "192.0.2.1\0", 10 }, &(struct ip){ 0 }));
	assert_string_equal(ip_print(arena, (struct ip){ 0 }), "");
}

static struct ip
ip_of(const char *text)
{
	struct ip ip;

	if (!ip_parse(str_of(text), &ip))
		fail_msg("%s is no address", text);
	return ip;
}

static void
networks_hold_addresses(void **state)
{
	static const struct {
		const char *ip, *network;
		unsigned int bits;
		bool inside;
	} rows[] = {
		{ "192.0.2.1", "192.0.2.0", 24, true },
		{ "192.0.3.1", "192.0.2.0", 24, false },
		{ "192.0.3.1", "192.0.2.0", 23, true },
		{ "192.0.2.1", "192.0.2.1", 32, true },
		{ "192.0.2.2", "192.0.2.1", 32, false },
		{ "192.0.2.3", "192.0.2.2", 31, true },
		{ "255.255.255.255", "0.0.0.0", 0, true },
		{ "128.0.0.0", "0.0.0.0", 1, false },
		{ "192.0.2.1", "::", 0, false }, /* two families */
		{ "::ffff:192.0.2.1", "192.0.2.0", 24, false },
		{ "2001:db8::1", "2001:db8::", 127, true },
		{ "2001:db8::2", "2001:db8::", 127, false },
		{ "2001:db8::1", "2001:db8::1", 128, true },
		{ "2001:db9::1", "2001:db8::", 31, true },
		{ "2001:db8:8000::", "2001:db8::", 33, false },
		{ "ffff::", "::", 0, true },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		if (ip_in_network(ip_of(rows[i].ip), ip_of(rows[i].network),
			rows[i].bits) != rows[i].inside)
			fail_msg("%s %s/%u", rows[i].ip, rows[i].network,
			    rows[i].bits);
	assert_string_equal(
	    ip_print(arena, ip_network(ip_of("192.0.2.255"), 25)),
	    "192.0.2.128");
	assert_string_equal(
	    ip_print(arena, ip_network(ip_of("2001:db8:ffff::1"), 34)),
	    "2001:db8:c000::");
	assert_int_equal(ip_bits(ip_of("::")), 128);
	assert_int_equal(ip_bits(ip_of("0.0.0.0")), 32);
	assert_true(ip_equal(ip_of("::1"), ip_of("0::1")));
	assert_false(ip_equal(ip_of("::"), ip_of("0.0.0.0")));
}

static void
mapped_addresses_are_ipv4(void **state)
{
	(void)state;
	assert_true(
	    ip_equal(ip_unmap(ip_of("::ffff:192.0.2.1")), ip_of("192.0.2.1")));
	assert_true(ip_equal(ip_unmap(ip_of("::192.0.2.1")),
	    ip_of("::192.0.2.1"))); /* compatible, not mapped */
	assert_true(ip_equal(ip_unmap(ip_of("192.0.2.1")), ip_of("192.0.2.1")));
	assert_true(ip_equal(
	    ip_unmap(ip_of("::fffe:192.0.2.1")), ip_of("::fffe:c000:201")));
}

static void
addresses_of_reverse_names(void **state)
{
	static const char *const none[] = { "", ".", "in-addr.arpa",
		".in-addr.arpa", "1.2.3.in-addr.arpa", "1.2.3.4.5.in-addr.arpa",
		"1.2.3.256.in-addr.arpa", "1..2.3.in-addr.arpa",
		"1.2.3.4.in-addr.arpa.example", "a.ip6.arpa",
		"0-7.2.0.192.in-addr.arpa",
		("00.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0."
		 "0.ip6.arpa") };
	static const char *const all[] = { "192.0.2.10", "0.0.0.0",
		"255.255.255.255", "::", "2001:db8::25",
		"4321:0:1:2:3:4:567:89ab", "::ffff:192.0.2.1" };
	struct ip ip;

	(void)state;
	for (size_t i = 0; i < COUNT(none); i++)
		assert_false(ip_of_reverse_name(str_of(none[i]), &ip));
	for (size_t i = 0; i < COUNT(all); i++) {
		assert_true(ip_of_reverse_name(
		    str_of(ip_reverse_name(arena, ip_of(all[i]))), &ip));
		assert_true(ip_equal(ip, ip_of(all[i])));
	}
	assert_true(ip_of_reverse_name(str_of("10.2.0.192.IN-ADDR.ARPA"), &ip));
}

static void
reverse_names(void **state)
{
	(void)state;
	assert_string_equal(ip_reverse_name(arena, ip_of("192.0.2.10")),
	    "10.2.0.192.in-addr.arpa");
	assert_string_equal(
	    ip_reverse_name(arena, ip_of("4321:0:1:2:3:4:567:89ab")),
	    "b.a.9.8.7.6.5.0.4.0.0.0.3.0.0.0.2.0.0.0.1.0.0.0.0.0.0.0."
	    "1.2.3.4.ip6.arpa"); /* the example of RFC 3596 section 2.5 */
}

static void
what_addresses_are_for(void **state)
{
	static const struct {
		const char *ip;
		enum ip_use use;
	} rows[] = {
		{ "192.0.1.255", IP_USE_PUBLIC },
		{ "8.8.8.8", IP_USE_PUBLIC },
		{ "9.255.255.255", IP_USE_PUBLIC },
		{ "10.0.0.0", IP_USE_PRIVATE },
		{ "10.255.255.255", IP_USE_PRIVATE },
		{ "11.0.0.0", IP_USE_PUBLIC },
		{ "172.15.255.255", IP_USE_PUBLIC },
		{ "172.16.0.0", IP_USE_PRIVATE },
		{ "172.31.255.255", IP_USE_PRIVATE },
		{ "172.32.0.0", IP_USE_PUBLIC },
		{ "192.168.0.1", IP_USE_PRIVATE },
		{ "192.169.0.1", IP_USE_PUBLIC },
		{ "100.63.255.255", IP_USE_PUBLIC },
		{ "100.64.0.0", IP_USE_SHARED },
		{ "100.127.255.255", IP_USE_SHARED },
		{ "100.128.0.0", IP_USE_PUBLIC },
		{ "127.0.0.1", IP_USE_LOOPBACK },
		{ "127.255.255.255", IP_USE_LOOPBACK },
		{ "169.254.0.1", IP_USE_LINK_LOCAL },
		{ "192.0.2.1", IP_USE_DOCUMENTATION },
		{ "198.51.100.1", IP_USE_DOCUMENTATION },
		{ "203.0.113.1", IP_USE_DOCUMENTATION },
		{ "203.0.114.1", IP_USE_PUBLIC },
		{ "0.0.0.0", IP_USE_OTHER },
		{ "192.0.0.1", IP_USE_OTHER },
		{ "198.18.0.1", IP_USE_OTHER },
		{ "198.19.255.255", IP_USE_OTHER },
		{ "198.20.0.0", IP_USE_PUBLIC },
		{ "224.0.0.1", IP_USE_OTHER },
		{ "240.0.0.1", IP_USE_OTHER },
		{ "255.255.255.255", IP_USE_OTHER },
		{ "::", IP_USE_OTHER },
		{ "::1", IP_USE_LOOPBACK },
		{ "::2", IP_USE_OTHER },
		{ "::ffff:10.0.0.1", IP_USE_PRIVATE },
		{ "::ffff:8.8.8.8", IP_USE_PUBLIC },
		{ "64:ff9b::8.8.8.8", IP_USE_PUBLIC },
		{ "64:ff9b:1::1", IP_USE_OTHER },
		{ "100::1", IP_USE_OTHER },
		{ "2001:2::1", IP_USE_OTHER },
		{ "2001:db8::1", IP_USE_DOCUMENTATION },
		{ "2001:db9::1", IP_USE_PUBLIC },
		{ "2a00::1", IP_USE_PUBLIC },
		{ "3fff:fff::1", IP_USE_DOCUMENTATION },
		{ "3fff:1000::1", IP_USE_PUBLIC },
		{ "4000::1", IP_USE_OTHER },
		{ "fbff::1", IP_USE_OTHER },
		{ "fc00::1", IP_USE_PRIVATE },
		{ "fdff::1", IP_USE_PRIVATE },
		{ "fe80::1", IP_USE_LINK_LOCAL },
		{ "febf::1", IP_USE_LINK_LOCAL },
		{ "fec0::1", IP_USE_OTHER },
		{ "ff02::1", IP_USE_OTHER },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		if (ip_use(ip_of(rows[i].ip)) != rows[i].use)
			fail_msg("%s: %d", rows[i].ip,
			    (int)ip_use(ip_of(rows[i].ip)));
}

static void
adopted_memory_lives_on(void **state)
{
	struct arena *own = arena_new(), *child = arena_new();
	char *mine = arena_strdup(own, "mine");
	char *its = arena_strdup(child, "its");
	char *large = arena_alloc(child, 100000);

	(void)state;
	large[99999] = 'x';
	arena_adopt(own, child);
	arena_adopt(own, NULL);
	arena_adopt(own, arena_new());
	assert_string_equal(arena_strdup(own, "more"), "more");
	assert_string_equal(mine, "mine");
	assert_string_equal(its, "its");
	assert_int_equal(large[99999], 'x');
	assert_true(arena_used(own) >= 100000);
	arena_free(own);

	own = arena_new(); /* nothing in it yet */
	child = arena_new();
	its = arena_strdup(child, "its");
	arena_adopt(own, child);
	assert_string_equal(its, "its");
	arena_free(own);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(memory_is_zeroed_and_aligned),
		TEST(lists_grow),
		TEST(texts_are_copied),
		TEST(adopted_memory_lives_on),
		TEST(an_overflow_ends_the_program),
		TEST(texts_are_compared_and_cut),
		TEST(numbers_are_whole_texts),
		TEST(letters_are_ascii),
		TEST(addresses_are_read_whole),
		TEST(networks_hold_addresses),
		TEST(mapped_addresses_are_ipv4),
		TEST(reverse_names),
		TEST(addresses_of_reverse_names),
		TEST(what_addresses_are_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
