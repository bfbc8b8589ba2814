/* DNS messages: what is asked, and what answers are believed. */
#include "../harness/unit.h"

#include <stdlib.h>
#include <string.h>

#include "../harness/wire.h"

static void
a_question_has_these_octets(void **state)
{
	static const char plain[] = "MW\0\0\0\1\0\0\0\0\0\0"
				    "\7Example\3org\0\0\20\0\1";
	static const char all[] = "MW\1\60\0\1\0\0\0\0\0\1"
				  "\7Example\3org\0\0\20\0\1"
				  "\0\0\51\4\320\0\0\0\0\0\0";
	struct str out;

	(void)state;
	wire.query = (struct dns_query){
		.name = "Example.org", .type = RR_TXT, .id = WIRE_ID
	};
	assert_true(dns_message_question(wire.arena, &wire.query, &out));
	assert_int_equal(out.len, sizeof(plain) - 1);
	assert_memory_equal(out.p, plain, out.len);

	wire.query.recurse = wire.query.authentic = wire.query.unchecked =
	    wire.query.edns = true;
	assert_true(dns_message_question(wire.arena, &wire.query, &out));
	assert_int_equal(out.len, sizeof(all) - 1);
	assert_memory_equal(out.p, all, out.len);
}

static void
any_octet_can_be_asked_for(void **state)
{
	char octets[2 * 32 + 1];
	struct str out;

	(void)state;
	for (unsigned int from = 0; from < 256; from += 32) {
		for (unsigned int i = 0; i < 32; i++) {
			octets[2 * i] = (char)(from + i);
			octets[2 * i + 1] = 'x';
		}
		wire.query.name = name_from_octets(
		    wire.arena, (struct str){ octets, 2 * 16 - 1 });
		if (from == 32) /* a dot in a label must be escaped */
			wire.query.name = "\\.x\\\\.\\042-x_";
		assert_true(
		    dns_message_question(wire.arena, &wire.query, &out));
		wire_begin(0);
		wire_a(wire.query.name, 60);
		assert_int_equal(wire_outcome(), DNS_FOUND);
		assert_true(
		    name_equal(wire.answer.records[0].name, wire.query.name));
	}
	wire.query.name = "a..b";
	assert_false(dns_message_question(wire.arena, &wire.query, &out));
}

static void
what_is_not_for_us_is_ignored(void **state)
{
	static const struct {
		const char *what;
		size_t at;
		unsigned char octet;
	} changes[] = {
		{ "another id", 0, 0xff },
		{ "another id, low octet", 1, 0xff },
		{ "no QR", 2, 0x01 },
		{ "opcode STATUS", 2, 0x90 },
		{ "two questions", 5, 2 },
		{ "no question, and no error", 5, 0 },
		{ "another name", 14, 'y' },
		{ "another label length", 12, 6 },
		{ "another type", 26, 2 },
		{ "another class", 28, 3 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(changes); i++) {
		wire_begin(0);
		wire_a("example.org", 60);
		wire.octets[changes[i].at] = changes[i].octet;
		if (wire_read(wire.len))
			fail_msg("%s was believed", changes[i].what);
	}
	wire_begin(0);
	wire.octets[14] = 'X'; /* the case may differ: RFC 4343 */
	wire_a("example.org", 60);
	assert_int_equal(wire_outcome(), DNS_FOUND);
	assert_false(wire_read(11));
	assert_false(wire_read(0));
}

static void
an_error_may_come_without_the_question(void **state)
{
	(void)state;
	wire_begin(1); /* FORMERR */
	wire.octets[5] = 0;
	assert_true(wire_read(DNS_HEADER_SIZE));
	assert_int_equal(wire.answer.outcome, DNS_BROKEN);
	assert_string_equal(wire.answer.why, "FORMERR");
	assert_true(wire.facts.no_edns);
	wire.query.edns = false;
	assert_true(wire_read(DNS_HEADER_SIZE));
	assert_false(wire.facts.no_edns);
}

static void
rcodes_stay_apart(void **state)
{
	static const struct {
		unsigned int rcode;
		enum dns_outcome outcome;
		const char *why;
		bool no_edns;
	} rows[] = {
		{ 0, DNS_NO_DATA, NULL, false },
		{ 1, DNS_BROKEN, "FORMERR", true },
		{ 2, DNS_BROKEN, "SERVFAIL", false },
		{ 3, DNS_NO_NAME, NULL, false },
		{ 4, DNS_BROKEN, "NOTIMP", true },
		{ 5, DNS_BROKEN, "REFUSED", false },
		{ 6, DNS_BROKEN, "YXDOMAIN", false },
		{ 9, DNS_BROKEN, "NOTAUTH", false },
		{ 15, DNS_BROKEN, "rcode 15", false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		wire_begin(rows[i].rcode);
		assert_int_equal(wire_outcome(), rows[i].outcome);
		assert_int_equal(wire.answer.rcode, rows[i].rcode);
		assert_int_equal(wire.facts.no_edns, rows[i].no_edns);
		if (rows[i].why != NULL)
			assert_string_equal(wire.answer.why, rows[i].why);
		else
			assert_null(wire.answer.why);
	}
}

static void
flags_are_kept(void **state)
{
	(void)state;
	wire_begin(0x0420); /* AA, AD */
	wire_a("example.org", 60);
	assert_int_equal(wire_outcome(), DNS_FOUND);
	assert_true(wire.answer.authoritative);
	assert_true(wire.answer.authentic);
	wire_begin(0x0200); /* TC */
	wire_a("example.org", 60);
	wire_is_broken("truncated answer");
	assert_true(wire.facts.truncated);
	assert_false(wire.answer.authoritative);
}

static void
opt_says_more(void **state)
{
	(void)state;
	wire_begin(0);
	wire.section = 10;
	wire_count();
	wire_put("\0\0\51\4\320\1\0\0\0\0\0", 11); /* extended rcode 1 << 4 */
	assert_int_equal(wire_outcome(), DNS_BROKEN);
	assert_string_equal(wire.answer.why, "BADVERS");
	assert_true(wire.facts.no_edns);
	assert_int_equal(wire.facts.ede, -1);

	wire_begin(2);
	wire.section = 10;
	wire_count();
	wire_put("\0\0\51\4\320\0\0\0\0\0\15", 11);
	wire_put("\0\17\0\11\0\6bo\033gus", 12);
	wire_put("!", 1);
	assert_int_equal(wire_outcome(), DNS_BROKEN);
	assert_int_equal(wire.facts.ede, 6);
	assert_string_equal(wire.facts.ede_text, "bo\\027gus!");
}

static void
opt_that_lies_is_malformed(void **state)
{
	static const struct {
		const char *octets;
		size_t len;
	} rows[] = {
		{ "\1a\0\0\51\4\320\0\0\0\0\0\0", 13 }, /* not the root */
		{ "\0\0\51\4\320\0\0\0\0\0\3\0\17\0", 14 }, /* half an option */
		{ "\0\0\51\4\320\0\0\0\0\0\4\0\17\0\1", 15 }, /* too long */
		{ "\0\0\51\4\320\0\0\0\0\0\5\0\17\0\1x", 16 }, /* EDE of 1 */
		{ "\0\0\51\4\320\0\0\0\0\0\1", 11 }, /* ends before RDATA */
		{ "\0\0\51\4\320\0\0", 7 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		wire_begin(0);
		wire.section = 10;
		wire_count();
		wire_put(rows[i].octets, rows[i].len);
		wire_is_broken("malformed answer");
	}
	wire_begin(0);
	wire.section = 10;
	for (int i = 0; i < 2; i++) { /* RFC 6891 section 6.1.1: one at most */
		wire_count();
		wire_put("\0\0\51\4\320\0\0\0\0\0\0", 11);
	}
	wire_is_broken("malformed answer");
}

/* RDATA of one record at example.org, and the value it has; NULL: broken. */
static const struct {
	enum rr_type type;
	const char *rdata;
	size_t len;
	const char *value;
} rdatas[] = {
	{ RR_A, "\300\0\2\1", 4, "192.0.2.1" },
	{ RR_A, "\300\0\2", 3, NULL },
	{ RR_A, "\300\0\2\1\1", 5, NULL },
	{ RR_A, "", 0, NULL },
	{ RR_AAAA, "\40\1\15\270\0\0\0\0\0\0\0\0\0\0\0\1", 16, "2001:db8::1" },
	{ RR_AAAA, "\40\1\15\270\0\0\0\0\0\0\0\0\0\0\0", 15, NULL },
	{ RR_AAAA, "\40\1\15\270\0\0\0\0\0\0\0\0\0\0\0\0\0", 17, NULL },
	{ RR_NS, "\2ns\300\14", 5, "ns.example.org." },
	{ RR_NS, "\2ns", 3, NULL },
	{ RR_NS, "\300", 1, NULL },
	{ RR_NS, "\0\0", 2, NULL },
	{ RR_PTR, "\0", 1, "." },
	{ RR_PTR, "\3a.b\0", 5, "a\\.b." },
	{ RR_PTR, "\3 \\\0\0", 5, "\\032\\\\\\000." },
	{ RR_PTR, "\300\64", 2, NULL }, /* a pointer to itself */
	{ RR_PTR, "\300\377", 2, NULL }, /* ... and out of the message */
	{ RR_PTR, "\100a\0", 3, NULL }, /* no such kind of label */
	{ RR_MX, "\0\12\4mail\300\14", 9, "10 mail.example.org." },
	{ RR_MX, "\0\0\0", 3, "0 ." },
	{ RR_MX, "\0\12", 2, NULL },
	{ RR_MX, "\0", 1, NULL },
	{ RR_MX, "\0\12\0x", 4, NULL },
	{ RR_TXT, "\3abc", 4, "abc" },
	{ RR_TXT, "\1a\0\2b\"", 6, "ab\"" },
	{ RR_TXT, "\3\0\377\\", 4, "\\000\\255\\\\" },
	{ RR_TXT, "\0", 1, "" },
	{ RR_TXT, "", 0, NULL },
	{ RR_TXT, "\3ab", 3, NULL },
	{ RR_TXT, "\1abc", 4, NULL },
	{ RR_SPF, "\6v=spf1", 7, "v=spf1" },
	{ RR_SPF, "\7v=spf1", 7, NULL },
	{ RR_SRV, "\0\1\0\2\3\341\1a\0", 9, "1 2 993 a." },
	{ RR_SRV, "\0\1\0\2\3", 5, NULL },
	{ RR_SRV, "\0\1\0\2\3\341", 6, NULL },
	{ RR_SOA, "\0\0\0\0\0\1\0\0\0\2\0\0\0\3\0\0\0\4\0\0\0\5", 22,
	    ". . 1 2 3 4 5" },
	{ RR_SOA, "\0\0\0\0\0\1\0\0\0\2\0\0\0\3\0\0\0\4\0\0\0", 21, NULL },
	{ RR_CAA, "\200\5issueca.example", 17, "128 issue \"ca.example\"" },
	{ RR_CAA, "\0\5issue", 7, "0 issue \"\"" },
	{ RR_CAA, "\0\5iss", 5, NULL },
	{ RR_CAA, "\0\0", 2, NULL },
	{ RR_CAA, "\0", 1, NULL },
	{ RR_TLSA, "\3\1\1\253\315", 5, "3 1 1 abcd" },
	{ RR_TLSA, "\3\1", 2, NULL },
	{ (enum rr_type)65280, "\1\2\3", 3, "\\# 3 010203" },
};

static void
rdata_is_believed_whole_or_not_at_all(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(rdatas); i++) {
		const char *value = rdatas[i].value;

		wire.query.type = rdatas[i].type;
		wire_begin(0);
		wire_record("example.org", rdatas[i].type, 60, rdatas[i].rdata,
		    rdatas[i].len);
		if (value == NULL) {
			assert_true(wire_read(wire.len));
			if (wire.answer.outcome != DNS_BROKEN)
				fail_msg("row %zu was believed", i);
			continue;
		}
		if (wire_outcome() != DNS_FOUND)
			fail_msg("row %zu: %s", i, wire.answer.why);
		assert_string_equal(
		    record_value(wire.arena, &wire.answer.records[0]), value);
	}
}

static void
a_text_of_the_largest_message_is_whole(void **state)
{
	unsigned char string[256];
	size_t strings = 250;

	(void)state;
	wire.query.type = RR_TXT;
	memset(string, 'x', sizeof(string));
	string[0] = 255;
	wire_begin(0);
	wire_count();
	wire_name("example.org");
	wire_16(RR_TXT);
	wire_16(1);
	wire_32(60);
	wire_16((unsigned int)(strings * sizeof(string)));
	for (size_t i = 0; i < strings; i++)
		wire_put(string, sizeof(string));
	assert_int_equal(wire_outcome(), DNS_FOUND);
	assert_int_equal(wire.answer.records[0].text.len, strings * 255);
	wire.len = DNS_MESSAGE_MAX + 1;
	assert_false(wire_read(wire.len));
}

static void
too_many_records_are_malformed(void **state)
{
	(void)state;
	wire_begin(0);
	for (size_t i = 0; i < DNS_MAX_RECORDS + 1; i++)
		wire_record(".", 99, 0, "", 0);
	wire_is_broken("malformed answer");
	wire_begin(0);
	wire.octets[6] = 0xff; /* counts that promise more than there is */
	wire_is_broken("malformed answer");
}

/* No data would be a claim that nobody made. */
static void
an_answer_about_another_name_is_none(void **state)
{
	(void)state;
	wire_begin(0);
	wire_a("example.com", 60);
	wire_is_broken("an answer about another name");
	wire_begin(0);
	wire_host("example.com", RR_CNAME, 60, "example.org");
	wire_is_broken("an answer about another name");
}

static void
records_are_counted_once(void **state)
{
	(void)state;
	wire.query.type = RR_MX;
	wire_begin(0);
	wire_record("example.org", RR_MX, 60, "\0\12\1a\0", 5);
	wire_record("Example.org", RR_MX, 50, "\0\12\1A\0", 5);
	wire_record("example.org", RR_MX, 70, "\0\13\1a\0", 5);
	assert_int_equal(wire_outcome(), DNS_FOUND);
	assert_int_equal(wire.answer.nrecords, 2);
	wire_begin(3);
	wire_record("example.org", RR_MX, 60, "\0\12\1a\0", 5);
	wire_is_broken("NXDOMAIN, but with records");
}

static void
other_records_are_stepped_over(void **state)
{
	(void)state;
	wire_begin(0);
	wire_record("example.org", 46, 60, "whatever an RRSIG may be", 24);
	wire_record("example.org", RR_TXT, 60, "", 0); /* not asked for */
	wire_count();
	wire_name("example.org");
	wire_put("\0\1\0\3\0\0\0\0\0\4\300\0\2\7", 14); /* class CH */
	wire_a("example.org", 60);
	assert_int_equal(wire_outcome(), DNS_FOUND);
	assert_int_equal(wire.answer.nrecords, 1);
	assert_string_equal(
	    record_value(wire.arena, &wire.answer.records[0]), "192.0.2.1");
}

static void
no_part_of_a_message_is_a_whole_one(void **state)
{
	size_t whole;

	(void)state;
	wire.query.type = RR_MX;
	wire_begin(0);
	wire_host("example.org", RR_CNAME, 60, "a.example.org");
	wire_record("a.example.org", RR_MX, 60, "\0\12\4mail\300\14", 9);
	wire.section = 8;
	wire_soa("example.org", 60, 60);
	whole = wire.len;
	assert_int_equal(wire_outcome(), DNS_FOUND);
	for (size_t len = 0; len < whole; len++)
		if (wire_read(len)) {
			assert_int_equal(wire.answer.outcome, DNS_BROKEN);
			assert_int_equal(wire.answer.nrecords, 0);
		}
	/* Whatever octet is wrong, it is read without a step aside. */
	for (size_t at = 0; at < whole; at++) {
		unsigned char good = wire.octets[at];

		for (unsigned int bit = 0; bit < 8; bit++) {
			wire.octets[at] = (unsigned char)(good ^ 1u << bit);
			if (wire_read(whole) &&
			    wire.answer.outcome == DNS_FOUND)
				assert_int_equal(wire.answer.nrecords, 1);
		}
		wire.octets[at] = good;
	}
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, wire_setup, wire_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_question_has_these_octets),
		TEST(any_octet_can_be_asked_for),
		TEST(what_is_not_for_us_is_ignored),
		TEST(an_error_may_come_without_the_question),
		TEST(rcodes_stay_apart),
		TEST(flags_are_kept),
		TEST(opt_says_more),
		TEST(opt_that_lies_is_malformed),
		TEST(rdata_is_believed_whole_or_not_at_all),
		TEST(a_text_of_the_largest_message_is_whole),
		TEST(too_many_records_are_malformed),
		TEST(an_answer_about_another_name_is_none),
		TEST(records_are_counted_once),
		TEST(other_records_are_stepped_over),
		TEST(no_part_of_a_message_is_a_whole_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
