/* DNS messages: what is asked, and what answers are believed. */
#include "../harness/unit.h"

#include <stdlib.h>
#include <string.h>

#include "../../checks/dns_message.h"

#define ID 0x4d57

/* A message under construction. */
struct wire {
	unsigned char octets[DNS_MESSAGE_MAX + 64];
	size_t len;
	size_t section; /* count of this one goes up: 6 answer, 8, 10 */
};

static struct arena *arena;
static struct wire wire;
static struct answer answer;
static struct dns_facts facts;
static struct dns_query query;

static int
setup(void **state)
{
	(void)state;
	arena = arena_new();
	query = (struct dns_query){
		.name = "example.org",
		.type = RR_A,
		.id = ID,
		.recurse = true,
		.edns = true,
	};
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static void
put(const void *octets, size_t len)
{
	assert_true(wire.len + len <= sizeof(wire.octets));
	memcpy(wire.octets + wire.len, octets, len);
	wire.len += len;
}

static void
put16(unsigned int n)
{
	const unsigned char octets[] = { (unsigned char)(n >> 8),
		(unsigned char)n };

	put(octets, 2);
}

static void
put32(uint32_t n)
{
	put16(n >> 16);
	put16(n & 0xffff);
}

static void
put_name(const char *name)
{
	unsigned char octets[NAME_WIRE_MAX];
	size_t len = name_to_wire(name, octets);

	assert_true(len > 0);
	put(octets, len);
}

/* Header and question; flags beside QR. */
static void
begin(unsigned int flags)
{
	wire.len = 0;
	wire.section = 6;
	put16(ID);
	put16(0x8000 | flags);
	put16(1);
	put16(0);
	put16(0);
	put16(0);
	put_name(query.name);
	put16(query.type);
	put16(1);
}

static void
count_one(void)
{
	unsigned char *count = wire.octets + wire.section;

	if (++count[1] == 0)
		count[0]++;
}

static void
put_record(const char *name, unsigned int type, uint32_t ttl, const void *rdata,
    size_t len)
{
	count_one();
	put_name(name);
	put16(type);
	put16(1);
	put32(ttl);
	put16((unsigned int)len);
	put(rdata, len);
}

static void
put_host(const char *name, unsigned int type, uint32_t ttl, const char *host)
{
	unsigned char octets[NAME_WIRE_MAX];

	put_record(name, type, ttl, octets, name_to_wire(host, octets));
}

static void
put_a(const char *name, uint32_t ttl)
{
	put_record(name, RR_A, ttl, "\300\0\2\1", 4);
}

static void
put_soa(const char *name, uint32_t ttl, uint32_t minimum)
{
	unsigned char rdata[22] = { 0 };

	rdata[18] = (unsigned char)(minimum >> 24);
	rdata[19] = (unsigned char)(minimum >> 16);
	rdata[20] = (unsigned char)(minimum >> 8);
	rdata[21] = (unsigned char)minimum;
	put_record(name, RR_SOA, ttl, rdata, sizeof(rdata));
}

static bool
read_len(size_t len)
{
	/* A copy of its own, so that a step over the end is seen. */
	char *copy = malloc(len + 1);
	bool ours;

	assert_non_null(copy);
	memcpy(copy, wire.octets, len);
	ours = dns_message_read(
	    arena, (struct str){ copy, len }, &query, &answer, &facts);
	free(copy);
	return ours;
}

static enum dns_outcome
outcome(void)
{
	assert_true(read_len(wire.len));
	return answer.outcome;
}

static void
is_broken(const char *why)
{
	assert_int_equal(outcome(), DNS_BROKEN);
	assert_string_equal(answer.why, why);
	assert_int_equal(answer.nrecords, 0);
}

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
	query = (struct dns_query){
		.name = "Example.org", .type = RR_TXT, .id = ID
	};
	assert_true(dns_message_question(arena, &query, &out));
	assert_int_equal(out.len, sizeof(plain) - 1);
	assert_memory_equal(out.p, plain, out.len);

	query.recurse = query.authentic = query.unchecked = query.edns = true;
	assert_true(dns_message_question(arena, &query, &out));
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
		query.name =
		    name_from_octets(arena, (struct str){ octets, 2 * 16 - 1 });
		if (from == 32) /* a dot in a label must be escaped */
			query.name = "\\.x\\\\.\\042-x_";
		assert_true(dns_message_question(arena, &query, &out));
		begin(0);
		put_a(query.name, 60);
		assert_int_equal(outcome(), DNS_FOUND);
		assert_true(name_equal(answer.records[0].name, query.name));
	}
	query.name = "a..b";
	assert_false(dns_message_question(arena, &query, &out));
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
		begin(0);
		put_a("example.org", 60);
		wire.octets[changes[i].at] = changes[i].octet;
		if (read_len(wire.len))
			fail_msg("%s was believed", changes[i].what);
	}
	begin(0);
	wire.octets[14] = 'X'; /* the case may differ: RFC 4343 */
	put_a("example.org", 60);
	assert_int_equal(outcome(), DNS_FOUND);
	assert_false(read_len(11));
	assert_false(read_len(0));
}

static void
an_error_may_come_without_the_question(void **state)
{
	(void)state;
	begin(1); /* FORMERR */
	wire.octets[5] = 0;
	assert_true(read_len(DNS_HEADER_SIZE));
	assert_int_equal(answer.outcome, DNS_BROKEN);
	assert_string_equal(answer.why, "FORMERR");
	assert_true(facts.no_edns);
	query.edns = false;
	assert_true(read_len(DNS_HEADER_SIZE));
	assert_false(facts.no_edns);
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
		begin(rows[i].rcode);
		assert_int_equal(outcome(), rows[i].outcome);
		assert_int_equal(answer.rcode, rows[i].rcode);
		assert_int_equal(facts.no_edns, rows[i].no_edns);
		if (rows[i].why != NULL)
			assert_string_equal(answer.why, rows[i].why);
		else
			assert_null(answer.why);
	}
}

static void
flags_are_kept(void **state)
{
	(void)state;
	begin(0x0420); /* AA, AD */
	put_a("example.org", 60);
	assert_int_equal(outcome(), DNS_FOUND);
	assert_true(answer.authoritative);
	assert_true(answer.authentic);
	begin(0x0200); /* TC */
	put_a("example.org", 60);
	is_broken("truncated answer");
	assert_true(facts.truncated);
	assert_false(answer.authoritative);
}

static void
opt_says_more(void **state)
{
	(void)state;
	begin(0);
	wire.section = 10;
	count_one();
	put("\0\0\51\4\320\1\0\0\0\0\0", 11); /* extended rcode 1 << 4 */
	assert_int_equal(outcome(), DNS_BROKEN);
	assert_string_equal(answer.why, "BADVERS");
	assert_true(facts.no_edns);
	assert_int_equal(facts.ede, -1);

	begin(2);
	wire.section = 10;
	count_one();
	put("\0\0\51\4\320\0\0\0\0\0\15", 11);
	put("\0\17\0\11\0\6bo\033gus", 12);
	put("!", 1);
	assert_int_equal(outcome(), DNS_BROKEN);
	assert_int_equal(facts.ede, 6);
	assert_string_equal(facts.ede_text, "bo\\027gus!");
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
		begin(0);
		wire.section = 10;
		count_one();
		put(rows[i].octets, rows[i].len);
		is_broken("malformed answer");
	}
	begin(0);
	wire.section = 10;
	for (int i = 0; i < 2; i++) { /* RFC 6891 section 6.1.1: one at most */
		count_one();
		put("\0\0\51\4\320\0\0\0\0\0\0", 11);
	}
	is_broken("malformed answer");
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

		query.type = rdatas[i].type;
		begin(0);
		put_record("example.org", rdatas[i].type, 60, rdatas[i].rdata,
		    rdatas[i].len);
		if (value == NULL) {
			assert_true(read_len(wire.len));
			if (answer.outcome != DNS_BROKEN)
				fail_msg("row %zu was believed", i);
			continue;
		}
		if (outcome() != DNS_FOUND)
			fail_msg("row %zu: %s", i, answer.why);
		assert_string_equal(
		    record_value(arena, &answer.records[0]), value);
	}
}

static void
a_text_of_the_largest_message_is_whole(void **state)
{
	unsigned char string[256];
	size_t strings = 250;

	(void)state;
	query.type = RR_TXT;
	memset(string, 'x', sizeof(string));
	string[0] = 255;
	begin(0);
	count_one();
	put_name("example.org");
	put16(RR_TXT);
	put16(1);
	put32(60);
	put16((unsigned int)(strings * sizeof(string)));
	for (size_t i = 0; i < strings; i++)
		put(string, sizeof(string));
	assert_int_equal(outcome(), DNS_FOUND);
	assert_int_equal(answer.records[0].text.len, strings * 255);
	wire.len = DNS_MESSAGE_MAX + 1;
	assert_false(read_len(wire.len));
}

static void
too_many_records_are_malformed(void **state)
{
	(void)state;
	begin(0);
	for (size_t i = 0; i < DNS_MAX_RECORDS + 1; i++)
		put_record(".", 99, 0, "", 0);
	is_broken("malformed answer");
	begin(0);
	wire.octets[6] = 0xff; /* counts that promise more than there is */
	is_broken("malformed answer");
}

static void
a_chain_is_followed_in_any_order(void **state)
{
	static const struct {
		const char *name;
		const char *host; /* NULL: an address */
	} links[] = {
		{ "example.org", "a.example.net" },
		{ "A.example.net", "b.example.net" }, { "b.Example.net", NULL },
		{ "c.example.net", NULL }, /* of no concern */
	};
	static const int orders[][4] = {
		{ 0, 1, 2, 3 },
		{ 3, 2, 1, 0 },
		{ 2, 0, 3, 1 },
		{ 1, 3, 0, 2 },
	};

	(void)state;
	for (size_t row = 0; row < COUNT(orders); row++) {
		begin(0);
		for (int i = 0; i < 4; i++) {
			int link = orders[row][i];
			uint32_t ttl = (uint32_t)(100 + link);

			if (links[link].host == NULL)
				put_a(links[link].name, ttl);
			else
				put_host(links[link].name, RR_CNAME, ttl,
				    links[link].host);
		}
		assert_int_equal(outcome(), DNS_FOUND);
		assert_int_equal(answer.nchain, 2);
		assert_int_equal(answer.nrecords, 1);
		assert_string_equal(answer.owner, "b.example.net");
		assert_false(answer.partial);
		assert_int_equal(answer.ttl, 100);
	}
}

static void
a_chain_that_leads_out_is_partial(void **state)
{
	(void)state;
	begin(0);
	put_host("example.org", RR_CNAME, 60, "a.example.net");
	assert_int_equal(outcome(), DNS_NO_DATA);
	assert_true(answer.partial);
	assert_string_equal(answer.owner, "a.example.net");
	assert_int_equal(answer.ttl, 60);

	wire.section = 8; /* a referral beside it changes nothing */
	put_host("example.net", RR_NS, 60, "ns.example.net");
	assert_int_equal(outcome(), DNS_NO_DATA);
	assert_true(answer.partial);
	assert_false(facts.lame);

	put_soa("example.net", 60, 30); /* now it is said: no data */
	assert_int_equal(outcome(), DNS_NO_DATA);
	assert_false(answer.partial);
	assert_int_equal(answer.ttl, 30);

	wire.octets[3] |= 3; /* RFC 6604: NXDOMAIN is about the last name */
	assert_int_equal(outcome(), DNS_NO_NAME);
	assert_string_equal(answer.owner, "a.example.net");
}

static void
an_soa_of_another_zone_says_nothing(void **state)
{
	(void)state;
	begin(0);
	put_host("example.org", RR_CNAME, 60, "a.example.net");
	wire.section = 8;
	put_soa("example.org", 60, 30);
	assert_int_equal(outcome(), DNS_NO_DATA);
	assert_true(answer.partial);
}

static void
the_type_cname_itself_is_not_followed(void **state)
{
	(void)state;
	query.type = RR_CNAME;
	begin(0);
	put_host("example.org", RR_CNAME, 60, "a.example.net");
	assert_int_equal(outcome(), DNS_FOUND);
	assert_int_equal(answer.nchain, 0);
	assert_string_equal(answer.records[0].host, "a.example.net");
}

static void
loops_end(void **state)
{
	(void)state;
	begin(0);
	put_host("example.org", RR_CNAME, 60, "EXAMPLE.org");
	is_broken("CNAME loop");
	begin(0);
	put_host("example.org", RR_CNAME, 60, "a.example.org");
	put_host("a.example.org", RR_CNAME, 60, "b.example.org");
	put_host("b.example.org", RR_CNAME, 60, "a.example.org");
	is_broken("CNAME loop");
	begin(0);
	for (int i = 0; i < 64; i++)
		put_host(i == 0 ? "example.org"
				: arena_printf(arena, "n%d.example.org", i),
		    RR_CNAME, 60,
		    arena_printf(arena, "n%d.example.org", i + 1));
	is_broken("too long a chain of CNAMEs");
}

static void
a_dname_makes_a_cname(void **state)
{
	(void)state;
	query.name = "a.b.example.org";
	begin(0);
	put_host("example.org", RR_DNAME, 60, "example.net");
	put_a("a.b.example.net", 90);
	assert_int_equal(outcome(), DNS_FOUND);
	assert_string_equal(answer.owner, "a.b.example.net");
	assert_int_equal(answer.nchain, 2);
	assert_int_equal(answer.chain[0].type, RR_DNAME);
	assert_int_equal(answer.chain[1].type, RR_CNAME);
	assert_string_equal(answer.chain[1].name, "a.b.example.org");
	assert_string_equal(answer.chain[1].host, "a.b.example.net");
	assert_int_equal(answer.ttl, 60);

	/* The one that the server made is taken, where there is one. */
	begin(0);
	put_host("a.b.example.org", RR_CNAME, 0, "a.b.example.net");
	put_host("example.org", RR_DNAME, 60, "example.net");
	assert_int_equal(outcome(), DNS_NO_DATA);
	assert_true(answer.partial);
	assert_int_equal(answer.nchain, 2);

	/* The owner itself is not renamed: RFC 6672 section 2.3. */
	query.name = "example.org";
	begin(0);
	put_host("example.org", RR_DNAME, 60, "example.net");
	assert_int_equal(outcome(), DNS_NO_DATA);
	assert_false(answer.partial);
	assert_int_equal(answer.nchain, 0);
}

#define LABEL50 "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeee"

static void
a_dname_can_make_too_long_a_name(void **state)
{
	(void)state;
	query.name = LABEL50 "." LABEL50 "." LABEL50 ".example.org";
	begin(0);
	put_host("example.org", RR_DNAME, 60, LABEL50 "." LABEL50);
	is_broken("a DNAME makes too long a name");
}

static void
negative_answers_know_their_time(void **state)
{
	static const struct {
		uint32_t ttl, minimum, wanted;
	} rows[] = {
		{ 3600, 300, 300 }, { 300, 3600, 300 },
		{ 0x80000000, 3600, 0 }, /* RFC 2181 section 8 */
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		begin(3);
		wire.section = 8;
		put_soa("org", rows[i].ttl, rows[i].minimum);
		assert_int_equal(outcome(), DNS_NO_NAME);
		assert_int_equal(answer.ttl, rows[i].wanted);
	}
	begin(0);
	assert_int_equal(outcome(), DNS_NO_DATA);
	assert_int_equal(answer.ttl, 0);
}

static void
a_referral_is_lame(void **state)
{
	(void)state;
	begin(0);
	wire.section = 8;
	put_host("example.org", RR_NS, 60, "ns.example.org");
	assert_int_equal(outcome(), DNS_BROKEN);
	assert_true(facts.lame);
	begin(0);
	wire.section = 8;
	put_host(".", RR_NS, 60, "a.root-servers.net");
	assert_int_equal(outcome(), DNS_BROKEN);
	assert_true(facts.lame);
	begin(0x0400); /* AA: it is at home here, and has no such data */
	wire.section = 8;
	put_host("example.org", RR_NS, 60, "ns.example.org");
	assert_int_equal(outcome(), DNS_NO_DATA);
	assert_false(facts.lame);
}

static void
records_are_counted_once(void **state)
{
	(void)state;
	query.type = RR_MX;
	begin(0);
	put_record("example.org", RR_MX, 60, "\0\12\1a\0", 5);
	put_record("Example.org", RR_MX, 50, "\0\12\1A\0", 5);
	put_record("example.org", RR_MX, 70, "\0\13\1a\0", 5);
	assert_int_equal(outcome(), DNS_FOUND);
	assert_int_equal(answer.nrecords, 2);
	begin(3);
	put_record("example.org", RR_MX, 60, "\0\12\1a\0", 5);
	is_broken("NXDOMAIN, but with records");
}

static void
other_records_are_stepped_over(void **state)
{
	(void)state;
	begin(0);
	put_record("example.org", 46, 60, "whatever an RRSIG may be", 24);
	put_record("example.org", RR_TXT, 60, "", 0); /* not asked for */
	count_one();
	put_name("example.org");
	put("\0\1\0\3\0\0\0\0\0\4\300\0\2\7", 14); /* class CH */
	put_a("example.org", 60);
	assert_int_equal(outcome(), DNS_FOUND);
	assert_int_equal(answer.nrecords, 1);
	assert_string_equal(
	    record_value(arena, &answer.records[0]), "192.0.2.1");
}

static void
no_part_of_a_message_is_a_whole_one(void **state)
{
	size_t whole;

	(void)state;
	query.type = RR_MX;
	begin(0);
	put_host("example.org", RR_CNAME, 60, "a.example.org");
	put_record("a.example.org", RR_MX, 60, "\0\12\4mail\300\14", 9);
	wire.section = 8;
	put_soa("example.org", 60, 60);
	whole = wire.len;
	assert_int_equal(outcome(), DNS_FOUND);
	for (size_t len = 0; len < whole; len++)
		if (read_len(len)) {
			assert_int_equal(answer.outcome, DNS_BROKEN);
			assert_int_equal(answer.nrecords, 0);
		}
	/* Whatever octet is wrong, it is read without a step aside. */
	for (size_t at = 0; at < whole; at++) {
		unsigned char good = wire.octets[at];

		for (unsigned int bit = 0; bit < 8; bit++) {
			wire.octets[at] = (unsigned char)(good ^ 1u << bit);
			if (read_len(whole) && answer.outcome == DNS_FOUND)
				assert_int_equal(answer.nrecords, 1);
		}
		wire.octets[at] = good;
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

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
		TEST(a_chain_is_followed_in_any_order),
		TEST(a_chain_that_leads_out_is_partial),
		TEST(an_soa_of_another_zone_says_nothing),
		TEST(the_type_cname_itself_is_not_followed),
		TEST(loops_end),
		TEST(a_dname_makes_a_cname),
		TEST(a_dname_can_make_too_long_a_name),
		TEST(negative_answers_know_their_time),
		TEST(a_referral_is_lame),
		TEST(records_are_counted_once),
		TEST(other_records_are_stepped_over),
		TEST(no_part_of_a_message_is_a_whole_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
