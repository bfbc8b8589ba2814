/* A record arrives as it is, whatever form it goes through. */
#include "../harness/unit.h"

#include <string.h>

#include "../../checks/zone_index.h"
#include "../../checks/zone_answer.h"
#include "../../wizard/copy_form.h"

#define ZONE "example.org"

#define TEN	"0123456789"
#define HUNDRED TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN

static struct record
text(const char *name, struct str value)
{
	return (struct record){
		.name = name, .type = RR_TXT, .ttl = 3600, .text = value
	};
}

/* What quoting gets wrong: each of them alone, at the ends, and together. */
static const struct str hostile[] = {
#define T(literal)                                                             \
	{                                                                      \
		literal, sizeof(literal) - 1                                   \
	}
	T("v=spf1 mx -all"),
	T("v=DMARC1; p=none; rua=mailto:a@example.org"),
	T(""),
	T(" "),
	T(" both ends "),
	T("\""),
	T("\"quoted\""),
	T("\\"),
	T("ends in \\"),
	T("a\\\"b"),
	T("\\\\\\"),
	T("\\065"),
	T("it's 'so'"),
	T("'"),
	T("$env:PATH $(calc) `n `$x"),
	T("100% %PATH% %{i}._spf.%{d2}"),
	T("(a) ; b # c @ d"),
	T("; comment"),
	T("a|b&c>d<e^f!g~h"),
	T("tab\there"),
	T("line\r\nupdate delete example.org.\nsend\n"),
	T("nul\0in it"),
	T("\x1b[2J\x9b"),
	T("za\xc5\xbc\xc3\xb3\xc5\x82\xc4\x87 \xe2\x80\x99"),
	T("\xff\xfe\x80"),
	T(HUNDRED HUNDRED TEN TEN TEN TEN TEN "1234"),
	T(HUNDRED HUNDRED TEN TEN TEN TEN TEN "12345"),
	T(HUNDRED HUNDRED TEN TEN TEN TEN TEN "123456"),
	T(HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED),
	T("\"" HUNDRED HUNDRED HUNDRED),
	T("\\" HUNDRED HUNDRED HUNDRED),
	T("it's $x `n % " HUNDRED HUNDRED HUNDRED),
	T(HUNDRED HUNDRED TEN TEN TEN TEN TEN "1234\"\\\"\\"),
	T(HUNDRED HUNDRED TEN TEN TEN TEN TEN "123\\\\;\"" HUNDRED),
#undef T
};

static const char *
one(struct arena *arena, const struct record *record, enum copy_form form)
{
	const struct copy copy = {
		.records = record, .nrecords = 1, .zone = ZONE
	};

	return copy_text(arena, &copy, form);
}

/* The text is a zone file in which this record is the only one. */
static void
reads_back(struct arena *arena, const char *file, const struct record *wanted)
{
	const char *error = NULL;
	struct zone *zone =
	    zone_read_text(arena, "copy", str_of(file), "example.net", &error);

	if (zone == NULL)
		fail_msg("%s\n%s", error, file);
	assert_int_equal(zone->n, 1);
	assert_true(record_equal(&zone->entries[0].record, wanted));
	assert_int_equal(zone->entries[0].record.ttl, wanted->ttl);
	zone_free(zone);
}

static void
the_zone_form_reads_back(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(hostile); i++) {
		struct record record =
		    text("mail._domainkey.example.org", hostile[i]);

		reads_back(arena, one(arena, &record, COPY_ZONE), &record);
	}
	arena_free(arena);
}

static void
no_line_of_the_zone_form_is_long(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(hostile); i++) {
		struct record record = text("example.org", hostile[i]);
		const char *form = one(arena, &record, COPY_ZONE);
		struct str rest = str_of(form);

		if (hostile[i].len > 255)
			assert_non_null(strstr(form, "TXT (\n\t\""));
		/* 255 octets, all of them \DDD at worst, and the rest. */
		while (rest.len > 0)
			assert_true(str_word(&rest, '\n').len < 4 * 255 + 60);
	}
	arena_free(arena);
}

/* What nsupdate reads behind "update add" is a line of a zone file. */
static void
nsupdate_lines_read_back(void **state)
{
	static const char add[] = "update add ";
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(hostile); i++) {
		struct record record = text("example.org", hostile[i]);
		struct str rest = str_of(one(arena, &record, COPY_NSUPDATE));
		struct str line = str_word(&rest, '\n');

		assert_true(str_skip(&line, add));
		reads_back(arena, str_dup(arena, line), &record);
		assert_true(str_equal(rest, str_of("send\n")));
	}
	arena_free(arena);
}

static void
nsupdate_takes_the_old_ones_away(void **state)
{
	struct arena *arena = arena_new();
	const struct record old[] = {
		text(ZONE, str_of("v=spf1 +all")),
		text(ZONE, str_of("v=spf1 \"x\\")),
	};
	const struct record new = text(ZONE, str_of("v=spf1 mx -all"));
	const struct copy copy = {
		.records = &new,
		.nrecords = 1,
		.old = old,
		.nold = 2,
		.zone = ZONE,
	};

	(void)state;
	assert_string_equal(copy_text(arena, &copy, COPY_NSUPDATE),
	    "update delete example.org. IN TXT \"v=spf1 +all\"\n"
	    "update delete example.org. IN TXT \"v=spf1 \\\"x\\\\\"\n"
	    "update add example.org. 3600 IN TXT \"v=spf1 mx -all\"\n"
	    "send\n");
	arena_free(arena);
}

/* Reads the string that begins at a single quote, as PowerShell does. */
static const char *
unquoted(struct arena *arena, const char *at, const char **end)
{
	char *out = arena_alloc(arena, strlen(at) + 1);
	char *to = out;

	assert_int_equal(*at, '\'');
	for (at++; at[0] != '\'' || at[1] == '\''; at++) {
		assert_int_not_equal(*at, '\0');
		if (*at == '\'')
			at++;
		*to++ = *at;
	}
	*end = at + 1;
	return out;
}

static bool
printable_ascii(struct str value)
{
	for (size_t i = 0; i < value.len; i++)
		if (value.p[i] < ' ' || value.p[i] > '~')
			return false;
	return true;
}

/* One command; its value is the record's, or it is a comment. */
static void
powershell_carries(struct arena *arena, struct str value)
{
	static const char before[] =
	    "Add-DnsServerResourceRecord -ZoneName 'example.org' -Name '@' "
	    "-Txt -DescriptiveText ";
	struct record record = text(ZONE, value);
	const char *line = one(arena, &record, COPY_POWERSHELL);
	const char *end;

	assert_ptr_equal(strchr(line, '\n'), line + strlen(line) - 1);
	if (!printable_ascii(value)) {
		assert_int_equal(line[0], '#');
		return;
	}
	assert_true(value.len <= 254);
	assert_memory_equal(line, before, strlen(before));
	assert_string_equal(
	    unquoted(arena, line + strlen(before), &end), value.p);
	assert_string_equal(end, " -TimeToLive 01:00:00\n");
}

/* dnscmd: strings of 255 behind each other. */
static void
dnscmd_carries(struct arena *arena, struct str value)
{
	static const char before[] =
	    "dnscmd /RecordAdd 'example.org' '@' 3600 TXT";
	struct record record = text(ZONE, value);
	const char *line = one(arena, &record, COPY_POWERSHELL);
	const char *end = line + strlen(before);
	const char *joined = "";

	if (strpbrk(value.p, "\"\\") != NULL) {
		assert_int_equal(line[0], '#');
		return;
	}
	assert_memory_equal(line, before, strlen(before));
	while (*end == ' ') {
		const char *string = unquoted(arena, end + 1, &end);

		assert_true(strlen(string) <= 255);
		joined = arena_printf(arena, "%s%s", joined, string);
	}
	assert_string_equal(joined, value.p);
	assert_string_equal(end, "\n");
}

static void
powershell_quotes(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(hostile); i++)
		if (hostile[i].len > 254)
			dnscmd_carries(arena, hostile[i]);
		else
			powershell_carries(arena, hostile[i]);
	arena_free(arena);
}

static void
powershell_takes_the_old_one_away(void **state)
{
	struct arena *arena = arena_new();
	struct record old = text("_dmarc.example.org", str_of("it's; $x"));
	struct record new =
	    text("_dmarc.example.org", str_of("v=DMARC1; p=none"));
	const struct copy copy = {
		.records = &new,
		.nrecords = 1,
		.old = &old,
		.nold = 1,
		.zone = ZONE,
	};
	const char *lines;

	(void)state;
	new.ttl = 90061;
	assert_string_equal(copy_text(arena, &copy, COPY_POWERSHELL),
	    "Get-DnsServerResourceRecord -ZoneName 'example.org' -Name "
	    "'_dmarc' -RRType TXT | Where-Object { "
	    "$_.RecordData.DescriptiveText -ceq 'it''s; $x' } | "
	    "Remove-DnsServerResourceRecord -ZoneName 'example.org' -Force\n"
	    "Add-DnsServerResourceRecord -ZoneName 'example.org' -Name "
	    "'_dmarc' -Txt -DescriptiveText 'v=DMARC1; p=none' -TimeToLive "
	    "1.01:01:01\n");
	/* What cannot be named is not guessed at. */
	old.text = str_of("two\nlines");
	lines = copy_text(arena, &copy, COPY_POWERSHELL);
	assert_int_equal(lines[0], '#');
	assert_non_null(strstr(lines, "\nAdd-DnsServerResourceRecord "));
	arena_free(arena);
}

static void
json_escapes(void **state)
{
	static const struct {
		struct str value;
		const char *wanted;
	} rows[] = {
		{ { "v=spf1 -all", 11 }, "v=spf1 -all" },
		{ { "a\"b", 3 }, "a\\\"b" },
		/* printable() doubles a backslash, JSON doubles both. */
		{ { "a\\b", 3 }, "a\\\\\\\\b" },
		{ { "a\nb\0c", 5 }, "a\\\\010b\\\\000c" },
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct record record = text("a.example.org", rows[i].value);

		assert_string_equal(one(arena, &record, COPY_JSON),
		    arena_printf(arena,
			"{\"name\": \"a.example.org\", \"type\": \"TXT\", "
			"\"ttl\": 3600, \"value\": \"%s\"}\n",
			rows[i].wanted));
	}
	arena_free(arena);
}

static void
names_are_relative_to_the_zone(void **state)
{
	static const struct {
		const char *name;
		const char *zone;
		const char *wanted;
	} rows[] = {
		{ "example.org", "example.org", "@" },
		{ "EXAMPLE.org", "example.org", "@" },
		{ "_dmarc.example.org", "example.org", "_dmarc" },
		{ "a.b.Example.Org", "example.org", "a.b" },
		{ "mail.example.org", "org", "mail.example" },
		{ "notexample.org", "example.org", "notexample.org" },
		{ "example.net", "example.org", "example.net" },
		{ "example.org", "mail.example.org", "example.org" },
		{ "example.org", "", "example.org" },
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_string_equal(
		    copy_relative_name(arena, rows[i].name, rows[i].zone),
		    rows[i].wanted);
	arena_free(arena);
}

/* A page gets one line, without quotes, as it is to be. */
static void
panel_values_are_plain(void **state)
{
	struct arena *arena = arena_new();
	struct copy_fields f;

	(void)state;
	for (size_t i = 0; i < COUNT(hostile); i++) {
		struct record record = text(ZONE, hostile[i]);

		copy_fields(arena, &record, ZONE, NULL, &f);
		assert_null(strpbrk(f.value, "\n\r\t\x1b"));
		if (printable_ascii(hostile[i]))
			assert_string_equal(f.value, hostile[i].p);
		assert_string_equal(f.name, "@");
		assert_null(f.priority);
	}
	arena_free(arena);
}

static void
panels_have_their_ways(void **state)
{
	static const struct {
		struct panel panel;
		const char *apex;
		const char *below;
		const char *text;
		const char *host;
	} rows[] = {
		{ { .apex = PANEL_APEX_AT }, "@", "_dmarc", "a \"b\"",
		    "mail.example.org" },
		{ { .apex = PANEL_APEX_EMPTY, .dot = true }, "", "_dmarc",
		    "a \"b\"", "mail.example.org." },
		{ { .apex = PANEL_APEX_FULL,
		      .full_names = true,
		      .quotes = true },
		    "example.org", "_dmarc.example.org", "\"a \\\"b\\\"\"",
		    "mail.example.org" },
		{ { .apex = PANEL_APEX_DOTTED, .dot = true }, "example.org.",
		    "_dmarc", "a \"b\"", "mail.example.org." },
	};
	struct arena *arena = arena_new();
	struct copy_fields f;
	struct record mx = { .name = ZONE, .type = RR_MX, .ttl = 300 };
	struct record txt = text("_dmarc.example.org", str_of("a \"b\""));

	(void)state;
	mx.mx.preference = 10;
	for (size_t i = 0; i < COUNT(rows); i++) {
		mx.mx.host = "mail.example.org";
		copy_fields(arena, &mx, ZONE, &rows[i].panel, &f);
		assert_string_equal(f.name, rows[i].apex);
		assert_string_equal(f.priority, "10");
		assert_string_equal(f.value, rows[i].host);
		copy_fields(arena, &txt, ZONE, &rows[i].panel, &f);
		assert_string_equal(f.name, rows[i].below);
		assert_string_equal(f.value, rows[i].text);
		mx.mx.host = "."; /* the null MX of RFC 7505 */
		copy_fields(arena, &mx, ZONE, &rows[i].panel, &f);
		assert_string_equal(f.value, ".");
	}
	arena_free(arena);
}

static void
long_values_are_cut_where_a_page_wants_it(void **state)
{
	const struct panel whole = { .quotes = true };
	const struct panel cut = { .quotes = true, .by_hand = true };
	struct arena *arena = arena_new();
	struct record record = text(ZONE, str_of(HUNDRED HUNDRED HUNDRED));
	struct copy_fields f;

	(void)state;
	copy_fields(arena, &record, ZONE, &whole, &f);
	assert_string_equal(f.value, "\"" HUNDRED HUNDRED HUNDRED "\"");
	copy_fields(arena, &record, ZONE, &cut, &f);
	assert_int_equal(strlen(f.value), 300 + 5);
	assert_memory_equal(f.value + 256, "\" \"", 3);
	arena_free(arena);
}

static void
a_page_in_words(void **state)
{
	struct arena *arena = arena_new();
	const struct record old = text(ZONE, str_of("v=spf1 +all"));
	const struct record new[] = {
		text(ZONE, str_of("v=spf1 mx -all")),
		{ .name = ZONE, .type = RR_MX, .ttl = 300, .mx = { 0, "." } },
	};
	const struct copy copy = {
		.records = new,
		.nrecords = 2,
		.old = &old,
		.nold = 1,
		.zone = ZONE,
	};

	(void)state;
	assert_string_equal(copy_text(arena, &copy, COPY_PANEL),
	    "Name:\n@\nFull name: example.org\nType: TXT   TTL: 3600\n"
	    "Value:\nv=spf1 mx -all\n"
	    "\n"
	    "Name:\n@\nFull name: example.org\nType: MX   TTL: 300   "
	    "Priority: 0\nValue:\n.\n"
	    "\n"
	    "Takes the place of this TXT record of example.org, which goes:\n"
	    "v=spf1 +all\n");
	arena_free(arena);
}

static void
other_types_read_back(void **state)
{
	struct arena *arena = arena_new();
	const struct record records[] = {
		{ .name = ZONE,
		    .type = RR_MX,
		    .ttl = 60,
		    .mx = { 10, "mail.example.org" } },
		{ .name = "mail.example.org",
		    .type = RR_CNAME,
		    .ttl = 60,
		    .host = "x.example.net" },
		{ .name = "_imaps._tcp.example.org",
		    .type = RR_SRV,
		    .ttl = 60,
		    .srv = { 0, 1, 993, "mail.example.org" } },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(records); i++) {
		reads_back(
		    arena, one(arena, &records[i], COPY_ZONE), &records[i]);
		assert_memory_equal(
		    one(arena, &records[i], COPY_POWERSHELL), "Add-", 4);
	}
	assert_non_null(strstr(one(arena, &records[0], COPY_POWERSHELL),
	    "-Name '@' -MX -MailExchange 'mail.example.org' -Preference 10 "
	    "-TimeToLive 00:01:00\n"));
	arena_free(arena);
}

static void
nothing_is_nothing(void **state)
{
	struct arena *arena = arena_new();
	const struct copy copy = { .zone = ZONE };

	(void)state;
	for (int i = 0; i < COPY_FORM_COUNT; i++)
		assert_string_equal(
		    copy_text(arena, &copy, (enum copy_form)i), "");
	arena_free(arena);
}

static void
forms_have_words(void **state)
{
	(void)state;
	for (int i = 0; i < COPY_FORM_COUNT; i++) {
		enum copy_form form = (enum copy_form)i;
		enum copy_form back = COPY_FORM_COUNT;

		assert_true(
		    copy_form_by_word(str_of(copy_form_word(form)), &back));
		assert_int_equal(back, form);
		assert_non_null(copy_form_label(form));
	}
	assert_false(copy_form_by_word(str_of("bind"), &(enum copy_form){ 0 }));
	assert_false(copy_form_by_word(str_of(""), &(enum copy_form){ 0 }));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_zone_form_reads_back),
		cmocka_unit_test(no_line_of_the_zone_form_is_long),
		cmocka_unit_test(nsupdate_lines_read_back),
		cmocka_unit_test(nsupdate_takes_the_old_ones_away),
		cmocka_unit_test(powershell_quotes),
		cmocka_unit_test(powershell_takes_the_old_one_away),
		cmocka_unit_test(json_escapes),
		cmocka_unit_test(names_are_relative_to_the_zone),
		cmocka_unit_test(panel_values_are_plain),
		cmocka_unit_test(panels_have_their_ways),
		cmocka_unit_test(long_values_are_cut_where_a_page_wants_it),
		cmocka_unit_test(a_page_in_words),
		cmocka_unit_test(other_types_read_back),
		cmocka_unit_test(nothing_is_nothing),
		cmocka_unit_test(forms_have_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
