/* The world made of one zone file. */
#include "../harness/unit.h"

#include "../harness/fixture.h"

static void
check_world(const char *zone, const struct fixture_row *rows, size_t n)
{
	struct fixture f;

	fixture_begin(&f, zone);
	fixture_check(&f, rows, n);
	fixture_end(&f);
}

static void
names_and_types(void **state)
{
	static const char zone[] = "@ A 192.0.2.1\n"
				   "@ A 192.0.2.2\n"
				   "a.b.c TXT x\n"
				   "under_score TXT y\n";
	static const struct fixture_row rows[] = {
		{ "@", RR_A, "found 192.0.2.1 | 192.0.2.2" },
		{ "EXAMPLE.org", RR_A, "found 192.0.2.1 | 192.0.2.2" },
		{ "@", RR_AAAA, "no data" },
		{ "a.b.c.example.org", RR_TXT, "found x" },
		{ "a.b.c.example.org", RR_A, "no data" },
		{ "b.c.example.org", RR_TXT, "no data" }, /* RFC 8020 */
		{ "c", RR_TXT, "no data" },
		{ "b", RR_TXT, "no name" },
		{ "x.a.b.c.example.org", RR_TXT, "no name" },
		{ "aa.b.c.example.org", RR_TXT, "no name" },
		{ ".", RR_NS, "no data" },
		{ "example.com", RR_A, "no name" },
		{ "under_score", RR_TXT, "found y" },
		{ "a..b.example.org", RR_A, "broken" },
	};

	(void)state;
	check_world(zone, rows, COUNT(rows));
}

static void
an_empty_world(void **state)
{
	static const struct fixture_row rows[] = {
		{ "@", RR_A, "no name" },
		{ ".", RR_NS, "no name" },
	};

	(void)state;
	check_world("", rows, COUNT(rows));
}

static void
aliases(void **state)
{
	static const char zone[] = "www CNAME web\n"
				   "web A 192.0.2.1\n"
				   "both CNAME web\n"
				   "both TXT hidden\n"
				   "gone CNAME nowhere\n"
				   "empty CNAME @\n"
				   "loop CNAME pool\n"
				   "pool CNAME loop\n"
				   "self CNAME self\n"
				   "two CNAME www\n"
				   "d DNAME e\n"
				   "x.d TXT hidden\n"
				   "x.e TXT seen\n"
				   "d TXT own\n";
	static const struct fixture_row rows[] = {
		{ "www", RR_A, "found 192.0.2.1 -> web.example.org" },
		{ "www", RR_CNAME, "found web.example.org." },
		{ "two", RR_A, "found 192.0.2.1 -> web.example.org" },
		{ "www", RR_TXT, "no data -> web.example.org" },
		{ "both", RR_TXT, "no data -> web.example.org" },
		{ "gone", RR_A, "no name -> nowhere.example.org" },
		{ "empty", RR_A, "no data -> example.org" },
		{ "loop", RR_A, "broken" },
		{ "self", RR_A, "broken" },
		{ "x.d.example.org", RR_TXT, "found seen -> x.e.example.org" },
		{ "y.d.example.org", RR_TXT, "no name -> y.e.example.org" },
		{ "d", RR_TXT, "found own" },
		{ "d", RR_DNAME, "found e.example.org." },
	};

	(void)state;
	check_world(zone, rows, COUNT(rows));
}

/* The example of RFC 4592 section 2.2.1, and its table of answers. */
static void
wildcards_of_rfc_4592(void **state)
{
	static const char zone[] = "* TXT wild\n"
				   "* MX 10 host1\n"
				   "sub.* TXT below\n"
				   "host1 A 192.0.2.1\n"
				   "_ssh._tcp.host1 SRV 0 0 22 host1\n"
				   "_ssh._tcp.host2 SRV 0 0 22 host2\n";
	static const struct fixture_row rows[] = {
		{ "host3", RR_MX, "found 10 host1.example.org." },
		{ "host3", RR_A, "no data" },
		{ "foo.bar.example.org", RR_TXT, "found wild" },
		{ "host1", RR_MX, "no data" },
		{ "sub.*.example.org", RR_MX, "no data" },
		{ "_telnet._tcp.host1.example.org", RR_SRV, "no name" },
		{ "host2", RR_TXT, "no data" },
		{ "ghost.*.example.org", RR_MX, "no name" },
		{ "*.example.org", RR_TXT, "found wild" },
		{ "sub.x.example.org", RR_TXT, "found wild" },
	};

	(void)state;
	check_world(zone, rows, COUNT(rows));
}

static void
wildcards_with_aliases(void **state)
{
	static const char zone[] = "*.w CNAME target\n"
				   "target A 192.0.2.1\n"
				   "there.w TXT x\n";
	static const struct fixture_row rows[] = {
		{ "a.w.example.org", RR_A,
		    "found 192.0.2.1 -> target.example.org" },
		{ "a.b.w.example.org", RR_A,
		    "found 192.0.2.1 -> target.example.org" },
		{ "there.w.example.org", RR_A, "no data" },
		{ "w", RR_A, "no data" },
	};

	(void)state;
	check_world(zone, rows, COUNT(rows));
}

static void
times_to_live(void **state)
{
	static const struct {
		const char *name;
		enum rr_type type;
		uint32_t ttl;
	} rows[] = {
		{ "example.org", RR_A, 100 }, /* the shortest of the set */
		{ "example.org", RR_MX, 60 }, /* the SOA's minimum */
		{ "nowhere.sub.example.org", RR_MX, 30 }, /* the SOA's TTL */
		{ "nowhere.example.com", RR_MX, RECORD_TTL },
		{ "www.example.org", RR_A, 50 }, /* the alias's */
	};
	struct fixture f;

	(void)state;
	fixture_begin(&f,
	    "@ 300 SOA a b 1 2 3 4 60\n"
	    "sub 30 SOA a b 1 2 3 4 600\n"
	    "@ 200 A 192.0.2.1\n"
	    "@ 100 A 192.0.2.2\n"
	    "www 50 CNAME @\n");
	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct answer *answer;

		assert_int_equal(
		    dns_ask(&f.run, rows[i].name, rows[i].type, &answer), OK);
		assert_int_equal(answer->ttl, rows[i].ttl);
		assert_string_equal(answer->server, "zone file test.zone");
	}
	fixture_end(&f);
}

#define MANY 100000

/* 100,000 records, and as many questions: better than linear, or too long. */
static void
a_large_zone_is_no_trouble(void **state)
{
	struct arena *arena = arena_new();
	char *text = arena_alloc(arena, (size_t)MANY * 32);
	struct resolver *dns;
	struct zone *zone;
	const char *error;
	struct run run;
	size_t len = 0;

	(void)state;
	for (int i = 0; i < MANY; i++)
		len += (size_t)sprintf(
		    text + len, "h%d A 192.0.2.%d\n", i, i % 256);
	zone = zone_read_text(
	    arena, "x", (struct str){ text, len }, "example.org", &error);
	assert_non_null(zone);
	dns = resolver_offline(zone);
	run_begin(&run, dns, 10000, -1);
	for (int i = 0; i < MANY; i += 100) {
		const char *name = arena_printf(arena, "h%d.example.org", i);
		const struct answer *answer;

		assert_int_equal(dns_ask(&run, name, RR_A, &answer), OK);
		assert_int_equal(answer->nrecords, 1);
		assert_int_equal(
		    answer->records[0].ip.octets[3], (uint8_t)(i % 256));
	}
	run_end(&run);
	resolver_free(dns);
	zone_free(zone);
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_and_types),
		cmocka_unit_test(an_empty_world),
		cmocka_unit_test(aliases),
		cmocka_unit_test(wildcards_of_rfc_4592),
		cmocka_unit_test(wildcards_with_aliases),
		cmocka_unit_test(times_to_live),
		cmocka_unit_test(a_large_zone_is_no_trouble),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
