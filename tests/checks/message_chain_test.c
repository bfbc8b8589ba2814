/* DNS messages: chains of aliases, referrals, negative answers. */
#include "../harness/unit.h"

#include <string.h>

#include "../harness/wire.h"

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
		wire_begin(0);
		for (int i = 0; i < 4; i++) {
			int link = orders[row][i];
			uint32_t ttl = (uint32_t)(100 + link);

			if (links[link].host == NULL)
				wire_a(links[link].name, ttl);
			else
				wire_host(links[link].name, RR_CNAME, ttl,
				    links[link].host);
		}
		assert_int_equal(wire_outcome(), DNS_FOUND);
		assert_int_equal(wire.answer.nchain, 2);
		assert_int_equal(wire.answer.nrecords, 1);
		assert_string_equal(wire.answer.owner, "b.example.net");
		assert_false(wire.answer.partial);
		assert_int_equal(wire.answer.ttl, 100);
	}
}

static void
a_chain_that_leads_out_is_partial(void **state)
{
	(void)state;
	wire_begin(0);
	wire_host("example.org", RR_CNAME, 60, "a.example.net");
	assert_int_equal(wire_outcome(), DNS_NO_DATA);
	assert_true(wire.answer.partial);
	assert_string_equal(wire.answer.owner, "a.example.net");
	assert_int_equal(wire.answer.ttl, 60);

	wire.section = 8; /* a referral beside it changes nothing */
	wire_host("example.net", RR_NS, 60, "ns.example.net");
	assert_int_equal(wire_outcome(), DNS_NO_DATA);
	assert_true(wire.answer.partial);
	assert_false(wire.facts.lame);

	wire_soa("example.net", 60, 30); /* now it is said: no data */
	assert_int_equal(wire_outcome(), DNS_NO_DATA);
	assert_false(wire.answer.partial);
	assert_int_equal(wire.answer.ttl, 30);

	wire.octets[3] |= 3; /* RFC 6604: NXDOMAIN is about the last name */
	assert_int_equal(wire_outcome(), DNS_NO_NAME);
	assert_string_equal(wire.answer.owner, "a.example.net");
}

static void
an_soa_of_another_zone_says_nothing(void **state)
{
	(void)state;
	wire_begin(0);
	wire_host("example.org", RR_CNAME, 60, "a.example.net");
	wire.section = 8;
	wire_soa("example.org", 60, 30);
	assert_int_equal(wire_outcome(), DNS_NO_DATA);
	assert_true(wire.answer.partial);
}

static void
the_type_cname_itself_is_not_followed(void **state)
{
	(void)state;
	wire.query.type = RR_CNAME;
	wire_begin(0);
	wire_host("example.org", RR_CNAME, 60, "a.example.net");
	assert_int_equal(wire_outcome(), DNS_FOUND);
	assert_int_equal(wire.answer.nchain, 0);
	assert_string_equal(wire.answer.records[0].host, "a.example.net");
}

static void
loops_end(void **state)
{
	(void)state;
	wire_begin(0);
	wire_host("example.org", RR_CNAME, 60, "EXAMPLE.org");
	wire_is_broken("CNAME loop");
	wire_begin(0);
	wire_host("example.org", RR_CNAME, 60, "a.example.org");
	wire_host("a.example.org", RR_CNAME, 60, "b.example.org");
	wire_host("b.example.org", RR_CNAME, 60, "a.example.org");
	wire_is_broken("CNAME loop");
	wire_begin(0);
	for (int i = 0; i < 64; i++)
		wire_host(i == 0
			? "example.org"
			: arena_printf(wire.arena, "n%d.example.org", i),
		    RR_CNAME, 60,
		    arena_printf(wire.arena, "n%d.example.org", i + 1));
	wire_is_broken("too long a chain of CNAMEs");
}

static void
a_dname_makes_a_cname(void **state)
{
	(void)state;
	wire.query.name = "a.b.example.org";
	wire_begin(0);
	wire_host("example.org", RR_DNAME, 60, "example.net");
	wire_a("a.b.example.net", 90);
	assert_int_equal(wire_outcome(), DNS_FOUND);
	assert_string_equal(wire.answer.owner, "a.b.example.net");
	assert_int_equal(wire.answer.nchain, 2);
	assert_int_equal(wire.answer.chain[0].type, RR_DNAME);
	assert_int_equal(wire.answer.chain[1].type, RR_CNAME);
	assert_string_equal(wire.answer.chain[1].name, "a.b.example.org");
	assert_string_equal(wire.answer.chain[1].host, "a.b.example.net");
	assert_int_equal(wire.answer.ttl, 60);

	/* The one that the server made is taken, where there is one. */
	wire_begin(0);
	wire_host("a.b.example.org", RR_CNAME, 0, "a.b.example.net");
	wire_host("example.org", RR_DNAME, 60, "example.net");
	assert_int_equal(wire_outcome(), DNS_NO_DATA);
	assert_true(wire.answer.partial);
	assert_int_equal(wire.answer.nchain, 2);

	/* The owner itself is not renamed: RFC 6672 section 2.3. */
	wire.query.name = "example.org";
	wire_begin(0);
	wire_host("example.org", RR_DNAME, 60, "example.net");
	assert_int_equal(wire_outcome(), DNS_NO_DATA);
	assert_false(wire.answer.partial);
	assert_int_equal(wire.answer.nchain, 0);
}

#define LABEL50 "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeee"

static void
a_dname_can_make_too_long_a_name(void **state)
{
	(void)state;
	wire.query.name = LABEL50 "." LABEL50 "." LABEL50 ".example.org";
	wire_begin(0);
	wire_host("example.org", RR_DNAME, 60, LABEL50 "." LABEL50);
	wire_is_broken("a DNAME makes too long a name");
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
		wire_begin(3);
		wire.section = 8;
		wire_soa("org", rows[i].ttl, rows[i].minimum);
		assert_int_equal(wire_outcome(), DNS_NO_NAME);
		assert_int_equal(wire.answer.ttl, rows[i].wanted);
	}
	wire_begin(0);
	assert_int_equal(wire_outcome(), DNS_NO_DATA);
	assert_int_equal(wire.answer.ttl, 0);
}

static void
a_referral_is_lame(void **state)
{
	(void)state;
	wire_begin(0);
	wire.section = 8;
	wire_host("example.org", RR_NS, 60, "ns.example.org");
	assert_int_equal(wire_outcome(), DNS_BROKEN);
	assert_true(wire.facts.lame);
	wire_begin(0);
	wire.section = 8;
	wire_host(".", RR_NS, 60, "a.root-servers.net");
	assert_int_equal(wire_outcome(), DNS_BROKEN);
	assert_true(wire.facts.lame);
	wire_begin(0x0400); /* AA: it is at home here, and has no such data */
	wire.section = 8;
	wire_host("example.org", RR_NS, 60, "ns.example.org");
	assert_int_equal(wire_outcome(), DNS_NO_DATA);
	assert_false(wire.facts.lame);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, wire_setup, wire_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_chain_is_followed_in_any_order),
		TEST(a_chain_that_leads_out_is_partial),
		TEST(an_soa_of_another_zone_says_nothing),
		TEST(the_type_cname_itself_is_not_followed),
		TEST(loops_end),
		TEST(a_dname_makes_a_cname),
		TEST(a_dname_can_make_too_long_a_name),
		TEST(negative_answers_know_their_time),
		TEST(a_referral_is_lame),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
