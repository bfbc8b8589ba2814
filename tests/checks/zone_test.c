/* Zone files: every form of RFC 1035 section 5, and what is wrong with one. */
#include "../harness/unit.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../checks/zone_index.h"
#include "../harness/fixture.h"
#include "../harness/test_arena.h"

/* All records of a zone, one a line, in the order of their keys. */
static const char *
lines_of(const struct zone *zone)
{
	const char *text = "";

	for (size_t i = 0; i < zone->n; i++)
		text = arena_printf(arena, "%s%s\n", text,
		    record_zone_line(arena, &zone->entries[i].record));
	return text;
}

#define ORG "example.org. 3600 IN "

static const struct {
	const char *text;
	const char *lines;
} files[] = {
	{ "", "" },
	{ "\n\n  \n\t; nothing\n;\n()\n( ; \n )", "" },
	{ "@ A 192.0.2.1", ORG "A 192.0.2.1\n" },
	{ "@ IN A 192.0.2.1\n", ORG "A 192.0.2.1\n" },
	{ "@ in a 192.0.2.1\r\n", ORG "A 192.0.2.1\n" },
	{ "\xef\xbb\xbf@ A 192.0.2.1\n", ORG "A 192.0.2.1\n" },
	{ "@ 300 IN A 192.0.2.1\n@ IN 300 MX 0 .\n",
	    "example.org. 300 IN A 192.0.2.1\n"
	    "example.org. 300 IN MX 0 .\n" },
	{ "@ 0 A 192.0.2.1", "example.org. 0 IN A 192.0.2.1\n" },
	{ "@ 1h30m A 192.0.2.1", "example.org. 5400 IN A 192.0.2.1\n" },
	{ "@ 1W1D1H1M1S A 192.0.2.1", "example.org. 694861 IN A 192.0.2.1\n" },
	{ "@ 2147483647 A 192.0.2.1",
	    "example.org. 2147483647 IN A 192.0.2.1\n" },
	{ "@ CLASS1 A 192.0.2.1", ORG "A 192.0.2.1\n" },
	{ "@ TYPE1 192.0.2.1", ORG "A 192.0.2.1\n" },
	/* names: relative, absolute, of the record before, of the origin */
	{ "a A 192.0.2.1\n  A 192.0.2.2\n\tMX 10 a\n",
	    "a.example.org. 3600 IN A 192.0.2.1\n"
	    "a.example.org. 3600 IN A 192.0.2.2\n"
	    "a.example.org. 3600 IN MX 10 a.example.org.\n" },
	{ "  A 192.0.2.1\n", ORG "A 192.0.2.1\n" },
	{ "a.example.net. A 192.0.2.1",
	    "a.example.net. 3600 IN A 192.0.2.1\n" },
	{ "example.org A 192.0.2.1",
	    "example.org.example.org. 3600 IN A 192.0.2.1\n" },
	{ "* A 192.0.2.1", "\\042.example.org. 3600 IN A 192.0.2.1\n" },
	{ "_dmarc TXT x", "_dmarc.example.org. 3600 IN TXT \"x\"\n" },
	{ "\\@ A 192.0.2.1", "\\064.example.org. 3600 IN A 192.0.2.1\n" },
	{ "a\\.b A 192.0.2.1", "a\\.b.example.org. 3600 IN A 192.0.2.1\n" },
	{ "a\\046b A 192.0.2.1", "a\\.b.example.org. 3600 IN A 192.0.2.1\n" },
	{ "a\\. A 192.0.2.1", "a\\..example.org. 3600 IN A 192.0.2.1\n" },
	{ "a\\ b A 192.0.2.1", "a\\032b.example.org. 3600 IN A 192.0.2.1\n" },
	{ "a\\;b A 192.0.2.1", "a\\059b.example.org. 3600 IN A 192.0.2.1\n" },
	{ "IN A 192.0.2.1", "IN.example.org. 3600 IN A 192.0.2.1\n" },
	{ "300 A 192.0.2.1", "300.example.org. 3600 IN A 192.0.2.1\n" },
	/* directives */
	{ "$ORIGIN sub\n@ A 192.0.2.1\nb CNAME a\n",
	    "sub.example.org. 3600 IN A 192.0.2.1\n"
	    "b.sub.example.org. 3600 IN CNAME a.sub.example.org.\n" },
	{ "$ORIGIN .\nexample.org A 192.0.2.1\n@ NS a",
	    ". 3600 IN NS a.\n" ORG "A 192.0.2.1\n" },
	{ "$origin example.net. ; comment\nwww A 192.0.2.1",
	    "www.example.net. 3600 IN A 192.0.2.1\n" },
	{ "a A 192.0.2.1\n$ORIGIN b\n A 192.0.2.2\n",
	    "a.example.org. 3600 IN A 192.0.2.1\n"
	    "a.example.org. 3600 IN A 192.0.2.2\n" },
	{ "@ A 192.0.2.1\n$TTL 60\n@ A 192.0.2.2\n$ttl 1h\n@ A 192.0.2.3",
	    ORG "A 192.0.2.1\nexample.org. 60 IN A 192.0.2.2\n" ORG
		"A 192.0.2.3\n" },
	/* text */
	{ "@ TXT v=spf1", ORG "TXT \"v=spf1\"\n" },
	{ "@ TXT v=spf1 -all", ORG "TXT \"v=spf1-all\"\n" },
	{ "@ TXT \"v=spf1 \" \"-all\"", ORG "TXT \"v=spf1 -all\"\n" },
	{ "@ TXT \"v=spf1 \"\"-all\"", ORG "TXT \"v=spf1 -all\"\n" },
	{ "@ TXT \"\"", ORG "TXT \"\"\n" },
	{ "@ TXT \"a;b (c) \\\"d\\\" \\\\ \\009\"",
	    ORG "TXT \"a;b (c) \\\"d\\\" \\\\ \\009\"\n" },
	{ "@ TXT \"\xc3\xa9\x80\"", ORG "TXT \"\\195\\169\\128\"\n" },
	{ "@ TXT \"\\000\\255\"", ORG "TXT \"\\000\\255\"\n" },
	{ "@ TXT a\\\"b\\ c", ORG "TXT \"a\\\"b c\"\n" },
	{ "@ TXT ( \"v=spf1 \" ; one\n   \"ip4:192.0.2.1 \" ; two \" (\n\n"
	  "\"-all\" )\n@ A 192.0.2.1",
	    ORG "A 192.0.2.1\n" ORG "TXT \"v=spf1 ip4:192.0.2.1 -all\"\n" },
	{ "@ TXT(a)", ORG "TXT \"a\"\n" },
	{ "@ SPF \"v=spf1 -all\"", ORG "SPF \"v=spf1 -all\"\n" },
	{ "@ TYPE99 \"v=spf1 -all\"", ORG "SPF \"v=spf1 -all\"\n" },
	{ "@ TXT \\# 4 03616263", ORG "TXT \"abc\"\n" },
	{ "@ TXT \"\\# 4\"", ORG "TXT \"# 4\"\n" },
	/* the other types */
	{ "@ SOA ns hostmaster ( 1 ; serial\n 1h 15m 1w 300 )",
	    ORG "SOA ns.example.org. hostmaster.example.org. 1 3600 900 "
		"604800 300\n" },
	{ "@ SOA ns a\\.b 4294967295 1 2 3 4",
	    ORG "SOA ns.example.org. a\\.b.example.org. 4294967295 1 2 3 4\n" },
	{ "@ MX 010 mail\n@ MX 65535 @",
	    ORG "MX 10 mail.example.org.\n" ORG "MX 65535 example.org.\n" },
	{ "@ AAAA 2001:DB8::1", ORG "AAAA 2001:db8::1\n" },
	{ "@ AAAA ::ffff:192.0.2.1", ORG "AAAA ::ffff:192.0.2.1\n" },
	{ "_imaps._tcp SRV 0 1 993 mail",
	    "_imaps._tcp.example.org. 3600 IN SRV 0 1 993 "
	    "mail.example.org.\n" },
	{ "@ CAA 0 issue ca.example", ORG "CAA 0 issue \"ca.example\"\n" },
	{ "@ CAA 128 issue \"ca.example; a=\\\"b\\\"\"",
	    ORG "CAA 128 issue \"ca.example; a=\\\"b\\\"\"\n" },
	{ "@ CAA 0 issue \";\"", ORG "CAA 0 issue \";\"\n" },
	{ "@ TLSA 3 1 1 AB CDef", ORG "TLSA 3 1 1 abcdef\n" },
	{ "1 PTR mail.example.org.",
	    "1.example.org. 3600 IN PTR mail.example.org.\n" },
	{ "a DNAME b", "a.example.org. 3600 IN DNAME b.example.org.\n" },
	{ "a CNAME \\@.b.\nb CNAME \\@\nc CNAME @a",
	    "a.example.org. 3600 IN CNAME \\064.b.\n"
	    "b.example.org. 3600 IN CNAME \\064.example.org.\n"
	    "c.example.org. 3600 IN CNAME \\064a.example.org.\n" },
	{ "@ NS a\\(b", ORG "NS a\\040b.example.org.\n" },
	{ "@ HINFO \"a b\" c", ORG "TYPE13 \\# 6 036120620163\n" },
	{ "@ TYPE65280 \\# 3 aa BBcc", ORG "TYPE65280 \\# 3 aabbcc\n" },
	{ "@ TYPE65280 \\# 0", ORG "TYPE65280 \\# 0\n" },
	{ "@ A \\# 4 C0000201", ORG "A 192.0.2.1\n" },
	/* one at a name that also has other data; and twice the same */
	{ "a CNAME b\na TXT x",
	    "a.example.org. 3600 IN CNAME b.example.org.\n"
	    "a.example.org. 3600 IN TXT \"x\"\n" },
	{ "@ A 192.0.2.2\n@ A 192.0.2.1\nExample.org. 5 A 192.0.2.2\n",
	    ORG "A 192.0.2.2\n" ORG "A 192.0.2.1\n" },
};

static void
files_are_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(files); i++) {
		const char *error;
		struct zone *zone = zone_read_text(
		    arena, "x", str_of(files[i].text), "example.org", &error);

		if (zone == NULL)
			fail_msg("row %zu: %s", i, error);
		if (strcmp(lines_of(zone), files[i].lines) != 0)
			print_error("row %zu\n", i);
		assert_string_equal(lines_of(zone), files[i].lines);
		zone_free(zone);
	}
}

#define X63 "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"

static const struct {
	const char *text;
	const char *error;
} faults[] = {
	{ "@ A 192.0.2.300\n", "x line 1: 192.0.2.300 is no value of type A" },
	{ "@ A 192.0.2.1\n\n; c\n@ AAAA 192.0.2.1",
	    "x line 4: 192.0.2.1 is no value of type AAAA" },
	{ "@ A 192.0.2.1 192.0.2.2",
	    "x line 1: 192.0.2.1 192.0.2.2 is no value of type A" },
	{ "@ A", "x line 1: the value of the A record is missing" },
	{ "@ MX mail 10", "x line 1: mail is not a number from 0 to 65535" },
	{ "@ MX mail", "x line 1: mail is not a number from 0 to 65535" },
	{ "@ MX 65536 a", "x line 1: 65536 is not a number from 0 to 65535" },
	{ "@ MX -1 a", "x line 1: -1 is not a number from 0 to 65535" },
	{ "@ MX 10", "x line 1: 10 is no value of type MX" },
	{ "@ MX (\n10\na..b\n)", "x line 2: 10 a..b is no value of type MX" },
	{ "@ SRV 0 0 70000 a",
	    "x line 1: 70000 is not a number from 0 to 65535" },
	{ "@ CAA 256 issue a", "x line 1: 256 is not a number from 0 to 255" },
	{ "@ TLSA 3 1 1 ABC",
	    "x line 1: ABC is not hexadecimal, two digits an octet" },
	{ "@ TLSA 3 1 1 XY",
	    "x line 1: XY is not hexadecimal, two digits an octet" },
	{ "@ SOA a b 4294967296 1 2 3 4",
	    "x line 1: 4294967296 is not a number from 0 to 4294967295" },
	{ "@ SOA a b 1 2 3 4",
	    "x line 1: a b 1 2 3 4 is no value of type SOA" },
	{ "@ TXT", "x line 1: the text is missing" },
	{ "@ TXT \"abc\n@ A 192.0.2.1\"",
	    "x line 1: a quote \" is not closed on its line" },
	{ "@ TXT \"abc", "x line 1: a quote \" is not closed on its line" },
	{ "@ TXT \\300",
	    "x line 1: a backslash stands before three digits up to 255, or "
	    "before another character: \\\\300" },
	{ "@ TXT \"a\\\"\n", "x line 1: a quote \" is not closed on its line" },
	{ "@ TXT (\n\"a\"\n", "x line 1: a ( is not closed" },
	{ "\n@ TXT a )", "x line 2: a ) closes what no ( opened" },
	{ "@ FOO bar", "x line 1: FOO is not a type of record" },
	{ "@ \"TXT\" bar", "x line 1: TXT is not a type of record" },
	{ "@ TYPE65536 \\# 0", "x line 1: TYPE65536 is not a type of record" },
	{ "@ TYPE0 \\# 0", "x line 1: TYPE0 is not a type of record" },
	{ "@ ANY", "x line 1: the class of a record is IN, not ANY" },
	{ "@ IN ANY", "x line 1: a record of type ANY is not for a zone file" },
	{ "@ OPT", "x line 1: a record of type OPT is not for a zone file" },
	{ "@ \033[2J bar", "x line 1: \\027[2J is not a type of record" },
	{ "@ CH TXT a", "x line 1: the class of a record is IN, not CH" },
	{ "@ HS TXT a", "x line 1: the class of a record is IN, not HS" },
	{ "@ CLASS3 A 192.0.2.1",
	    "x line 1: the class of a record is IN, not CLASS3" },
	{ "@", "x line 1: the type of the record is missing" },
	{ "@ 300 IN", "x line 1: the type of the record is missing" },
	{ "@ 300 300 A 192.0.2.1", "x line 1: 300 is not a type of record" },
	{ "@ 2147483648 A 192.0.2.1",
	    "x line 1: 2147483648 is not a TTL, in seconds and at most "
	    "2147483647" },
	{ "@ 1x A 192.0.2.1",
	    "x line 1: 1x is not a TTL, in seconds and at most 2147483647" },
	{ "$INCLUDE /etc/passwd\n",
	    "x line 1: $INCLUDE is not followed; put the records of that "
	    "file in this one" },
	{ "\n\n$include a",
	    "x line 3: $INCLUDE is not followed; put the "
	    "records of that file in this one" },
	{ "$GENERATE 1-2 a A 192.0.2.$",
	    "x line 1: $GENERATE is not understood; only $ORIGIN and $TTL "
	    "are" },
	{ "$TTL",
	    "x line 1: $TTL is followed by a number of seconds, at "
	    "most 2147483647" },
	{ "$TTL 1 2",
	    "x line 1: $TTL is followed by a number of seconds, at "
	    "most 2147483647" },
	{ "$ORIGIN", "x line 1: $ORIGIN is followed by one name" },
	{ "$ORIGIN a b", "x line 1: $ORIGIN is followed by one name" },
	{ "$ORIGIN a..b", "x line 1: a..b is not a domain name" },
	{ "a..b A 192.0.2.1", "x line 1: a..b is not a domain name" },
	{ "\"\" A 192.0.2.1", "x line 1:  is not a domain name" },
	{ "a\\ A 192.0.2.1",
	    "x line 1: 192.0.2.1 is not a TTL, in seconds "
	    "and at most 2147483647" },
	{ "a\\300 A 192.0.2.1", "x line 1: a\\\\300 is not a domain name" },
	{ X63 "x A 192.0.2.1",
	    "x line 1: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
	    "xxxxxxxx... is not a domain name" },
	{ "@ TYPE65280 abc", "x line 1: abc is no value of type TYPE65280" },
	{ "@ TYPE65280 \\# 3 aabb",
	    "x line 1: \\# is followed by a number and as many octets in "
	    "hexadecimal" },
	{ "@ TYPE65280 \\# x",
	    "x line 1: \\# is followed by a number of octets" },
	{ "@ A \\# 3 aabbcc", "x line 1: these octets are no value of type A" },
};

static void
faults_are_named_with_their_line(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(faults); i++) {
		const char *error = NULL;
		struct zone *zone = zone_read_text(
		    arena, "x", str_of(faults[i].text), "example.org", &error);

		if (zone != NULL)
			fail_msg("row %zu was read", i);
		assert_string_equal(error, faults[i].error);
	}
}

static struct zone *
read_octets(const char *octets, size_t len, const char **error)
{
	return zone_read_text(
	    arena, "x", (struct str){ octets, len }, "example.org", error);
}

static void
nul_octets_are_no_text(void **state)
{
	static const char utf16[] = "@\0 \0A\0 \0";
	static const char later[] = "@ A 192.0.2.1\n@ TXT \"a\0b\"\n";
	const char *error;

	(void)state;
	assert_null(read_octets(utf16, sizeof(utf16) - 1, &error));
	assert_string_equal(error,
	    "x line 1: a NUL octet; is this a text "
	    "file, and not UTF-16?");
	assert_null(read_octets(later, sizeof(later) - 1, &error));
	assert_non_null(strstr(error, "line 2: a NUL octet"));
}

static void
a_string_has_255_octets(void **state)
{
	char text[300] = "@ TXT \"";
	const char *error;
	struct zone *zone;

	(void)state;
	memset(text + 7, 'a', 256);
	text[7 + 255] = '"';
	zone = read_octets(text, 7 + 256, &error);
	assert_non_null(zone);
	assert_int_equal(zone->entries[0].record.text.len, 255);
	zone_free(zone);
	text[7 + 255] = 'a';
	text[7 + 256] = '"';
	assert_null(read_octets(text, 7 + 257, &error));
	assert_string_equal(error,
	    "x line 1: a text of 256 octets; at most 255 stand between two "
	    "quotes, so split it: \"...\" \"...\"");
}

/* 256 strings of 255 octets are one octet more than RDATA holds. */
static void
rdata_has_an_end(void **state)
{
	size_t unit = 255 + 3;
	char *text = arena_alloc(arena, 6 + 257 * unit);
	const char *error;
	struct zone *zone;

	(void)state;
	memcpy(text, "@ TXT ", 6);
	for (size_t i = 0; i < 257; i++) {
		char *p = text + 6 + i * unit;

		memset(p, 'a', unit);
		p[0] = p[unit - 2] = '"';
		p[unit - 1] = ' ';
	}
	zone = read_octets(text, 6 + 255 * unit, &error);
	assert_non_null(zone);
	assert_int_equal(zone->entries[0].record.text.len, 255 * 255);
	zone_free(zone);
	assert_null(read_octets(text, 6 + 257 * unit, &error));
	assert_string_equal(error, "x line 1: the record is too long");
}

/* One string after the other in parentheses, each with a line of its own. */
static struct zone *
read_many_strings(size_t strings, const char **error)
{
	char *text = arena_alloc(arena, 8 + 2 * strings);

	memcpy(text, "@ TXT (", 7);
	for (size_t i = 0; i < strings; i++)
		memcpy(text + 7 + 2 * i, "\na", 2);
	text[7 + 2 * strings] = ')';
	return read_octets(text, 8 + 2 * strings, error);
}

static void
an_entry_has_an_end(void **state)
{
	const char *error;
	struct zone *zone = read_many_strings(32767, &error);

	(void)state;
	assert_non_null(zone);
	assert_int_equal(zone->entries[0].record.text.len, 32767);
	zone_free(zone);
	assert_null(read_many_strings(32768, &error));
	assert_string_equal(error, "x line 32769: the record is too long");
	assert_null(read_many_strings(100000, &error));
	assert_string_equal(error, "x line 65539: more than any record holds");
}

static void
the_origin_is_a_name(void **state)
{
	const char *error;

	(void)state;
	assert_null(zone_read_text(arena, "x", str_of(""), "a..b", &error));
	assert_string_equal(
	    error, "x: its names belong to a..b, which is not a domain name");
}

static const char *
path_of(const char *name)
{
	const char *tmp = getenv("TMPDIR");

	return arena_printf(arena, "%s/mailwizard-zone-%ld-%s",
	    tmp != NULL ? tmp : "/tmp", (long)getpid(), name);
}

static void
write_file(const char *path, const char *text, size_t len, off_t size)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, len), (ssize_t)len);
	if (size > 0)
		assert_int_equal(ftruncate(fd, size), 0);
	close(fd);
}

static void
a_file_on_the_disk_is_read(void **state)
{
	const char *path = path_of("good");
	const char *error;
	struct zone *zone;

	(void)state;
	write_file(path, "@ A 192.0.2.1", 13, 0);
	zone = zone_read_file(arena, path, "example.org", &error);
	unlink(path);
	assert_non_null(zone);
	assert_null(error);
	assert_string_equal(lines_of(zone), ORG "A 192.0.2.1\n");
	assert_string_equal(
	    zone->label, arena_printf(arena, "zone file %s", path));
	zone_free(zone);
}

static void
files_that_cannot_be_read_are_named(void **state)
{
	const char *path = path_of("huge");
	const char *error;

	(void)state;
	assert_null(zone_read_file(arena, "/", "example.org", &error));
	assert_string_equal(error, "cannot read /: Is a directory");
	assert_null(
	    zone_read_file(arena, "/nonexistent/\033x", "example.org", &error));
	assert_string_equal(error,
	    "cannot read /nonexistent/\\027x: No such file or directory");
	write_file(path, "", 0, 16 * 1024 * 1024 + 1);
	assert_null(zone_read_file(arena, path, "example.org", &error));
	unlink(path);
	assert_non_null(strstr(error, "it is larger than 16 MiB"));
}

/* Two names of 255 octets, every one of them escaped. */
static void
the_longest_soa_comes_back(void **state)
{
	char octets[254];
	struct record record = { .name = ".", .type = RR_SOA, .ttl = 1 };
	const char *error;
	struct zone *zone;

	(void)state;
	memset(octets, 0, sizeof(octets));
	for (size_t dot = 63; dot < 253; dot += 64)
		octets[dot] = '.';
	record.soa.primary = record.soa.mailbox =
	    name_from_octets(arena, (struct str){ octets, 253 });
	assert_true(name_is_valid(record.soa.primary));
	zone = zone_read_text(
	    arena, "x", str_of(record_zone_line(arena, &record)), "z", &error);
	if (zone == NULL)
		fail_msg("%s", error);
	assert_true(record_equal(&zone->entries[0].record, &record));
	zone_free(zone);
}

static void
a_line_printed_is_the_record_read(void **state)
{
	static const struct record records[] = {
		{ .name = "example.org",
		    .type = RR_TXT,
		    .ttl = 5,
		    .text = { "a\0\"\\;\n\377", 7 } },
		{ .name = "a\\.b.\\009",
		    .type = RR_MX,
		    .ttl = 0,
		    .mx = { 10, "\\000.\\\\" } },
		{ .name = ".", .type = RR_NS, .ttl = 1, .host = "\\046" },
		{ .name = "\\042.a",
		    .type = RR_CAA,
		    .ttl = INT32_MAX,
		    .caa = { 255, { "issue", 5 }, { "\0\"\\ ", 4 } } },
		{ .name = "a",
		    .type = RR_CAA,
		    .ttl = 1,
		    .caa = { 0, { "is-sue", 6 }, { "x", 1 } } },
		{ .name = "a", .type = RR_SPF, .ttl = 1, .text = { "", 0 } },
		{ .name = "a",
		    .type = RR_TLSA,
		    .ttl = 1,
		    .tlsa = { 3, 1, 2, { "\0\377\20", 3 } } },
		{ .name = "a",
		    .type = RR_SOA,
		    .ttl = 1,
		    .soa = { ".", "\\@", 1, 4294967295, 3, 4, 0 } },
		{ .name = "a",
		    .type = RR_SRV,
		    .ttl = 1,
		    .srv = { 65535, 0, 65535, "." } },
		{ .name = "a",
		    .type = (enum rr_type)65535,
		    .ttl = 1,
		    .rdata = { "\0x", 2 } },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(records); i++) {
		const char *line = record_zone_line(arena, &records[i]);
		const char *error;
		struct zone *zone =
		    zone_read_text(arena, "x", str_of(line), "z", &error);

		if (zone == NULL)
			fail_msg("%s: %s", line, error);
		assert_int_equal(zone->n, 1);
		if (!record_equal(&zone->entries[0].record, &records[i]))
			fail_msg("%s became %s", line,
			    record_zone_line(arena, &zone->entries[0].record));
		assert_int_equal(zone->entries[0].record.ttl, records[i].ttl);
		zone_free(zone);
	}
}

/* The same for texts and names of random octets, always the same ones. */
static void
random_octets_come_back(void **state)
{
	unsigned int seed = 7208;

	(void)state;
	for (int round = 0; round < 300; round++) {
		char octets[900];
		size_t len = (size_t)rand_r(&seed) % sizeof(octets);
		struct record record = { .type = RR_TXT, .ttl = 1 };
		const char *error;
		struct zone *zone;

		for (size_t i = 0; i < len; i++)
			octets[i] = (char)rand_r(&seed);
		record.text = (struct str){ octets, len };
		record.name =
		    name_from_octets(arena, (struct str){ octets, len % 20 });
		if (!name_is_valid(record.name))
			record.name = ".";
		zone = zone_read_text(arena, "x",
		    str_of(record_zone_line(arena, &record)), "z", &error);
		if (zone == NULL)
			fail_msg("%s", error);
		assert_true(record_equal(&zone->entries[0].record, &record));
		zone_free(zone);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(files_are_read),
		TEST(faults_are_named_with_their_line),
		TEST(nul_octets_are_no_text),
		TEST(a_string_has_255_octets),
		TEST(rdata_has_an_end),
		TEST(an_entry_has_an_end),
		TEST(the_origin_is_a_name),
		TEST(a_file_on_the_disk_is_read),
		TEST(files_that_cannot_be_read_are_named),
		TEST(the_longest_soa_comes_back),
		TEST(a_line_printed_is_the_record_read),
		TEST(random_octets_come_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
