/* The world made of one zone file, and a zone laid over another. */
#include "../harness/unit.h"

#include <string.h>

#include "../../checks/resolver.h"
#include "../harness/fixture.h"

struct row {
	const char *name; /* relative to example.org unless it has a dot */
	enum rr_type type;
	const char *wanted;
};

/* "found VALUE | VALUE", "no data", "no name", "broken WHY"; -> OWNER */
static const char *
summary(struct arena *arena, const struct answer *answer)
{
	static const char *const words[] = {
		[DNS_FOUND] = "found",
		[DNS_NO_DATA] = "no data",
		[DNS_NO_NAME] = "no name",
		[DNS_BROKEN] = "broken",
		[DNS_SILENT] = "silent",
	};
	const char *text = words[answer->outcome];

	for (size_t i = 0; i < answer->nrecords; i++)
		text = arena_printf(arena, "%s%s %s", text, i == 0 ? "" : " |",
		    record_value(arena, &answer->records[i]));
	if (answer->nchain > 0 && answer->outcome != DNS_BROKEN)
		text = arena_printf(arena, "%s -> %s", text, answer->owner);
	return text;
}

static void
check_rows(struct fixture *f, const struct row *rows, size_t n)
{
	struct arena *arena = f->run.arena;

	for (size_t i = 0; i < n; i++) {
		const char *name = rows[i].name;
		const struct answer *answer;

		if (strcmp(name, "@") == 0)
			name = FIXTURE_ORIGIN;
		else if (strchr(name, '.') == NULL)
			name = arena_printf(arena, "%s." FIXTURE_ORIGIN, name);
		assert_int_equal(
		    dns_ask(&f->run, name, rows[i].type, &answer), OK);
		if (strcmp(summary(arena, answer), rows[i].wanted) != 0)
			print_error(
			    "%s %s\n", name, rr_type_word(arena, rows[i].type));
		assert_string_equal(summary(arena, answer), rows[i].wanted);
		assert_false(answer->partial);
		if (answer->outcome == DNS_FOUND)
			for (size_t k = 0; k < answer->nrecords; k++)
				assert_true(name_equal(
				    answer->records[k].name, answer->owner));
	}
}

static void
check_world(const char *zone, const struct row *rows, size_t n)
{
	struct fixture f;

	fixture_begin(&f, zone);
	check_rows(&f, rows, n);
	fixture_end(&f);
}

static void
check_overlay(
    const char *zone, const char *over, const struct row *rows, size_t n)
{
	struct fixture f;

	fixture_begin(&f, zone);
	fixture_overlay(&f, over);
	check_rows(&f, rows, n);
	fixture_end(&f);
}

static void
names_and_types(void **state)
{
	static const char zone[] = "@ A 192.0.2.1\n"
				   "@ A 192.0.2.2\n"
				   "a.b.c TXT x\n"
				   "under_score TXT y\n";
	static const struct row rows[] = {
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
	static const struct row rows[] = {
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
	static const struct row rows[] = {
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
	static const struct row rows[] = {
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
	static const struct row rows[] = {
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

static void
an_overlay_is_per_name_and_type(void **state)
{
	static const char zone[] = "@ TXT old\n"
				   "@ TXT other\n"
				   "@ MX 10 mail\n"
				   "mail A 192.0.2.1\n"
				   "www CNAME web\n"
				   "web A 192.0.2.2\n"
				   "alias CNAME web\n"
				   "a.deep TXT x\n";
	static const char over[] = "@ TXT new\n"
				   "mail AAAA 2001:db8::1\n"
				   "web TXT text\n"
				   "new A 192.0.2.9\n"
				   "x.y.z TXT deep\n"
				   "mail2 CNAME mail\n"
				   "alias A 192.0.2.7\n";
	static const struct row rows[] = {
		{ "@", RR_TXT, "found new" },
		{ "@", RR_MX, "found 10 mail.example.org." },
		{ "@", RR_A, "no data" },
		{ "mail", RR_A, "found 192.0.2.1" },
		{ "mail", RR_AAAA, "found 2001:db8::1" },
		{ "mail", RR_TXT, "no data" },
		{ "new", RR_A, "found 192.0.2.9" },
		{ "new", RR_TXT, "no data" },
		{ "y.z.example.org", RR_TXT, "no data" },
		{ "z", RR_TXT, "no data" },
		{ "q", RR_TXT, "no name" },
		{ "deep", RR_TXT, "no data" },
		{ "mail2", RR_A, "found 192.0.2.1 -> mail.example.org" },
		/* the chain of the base passes a name we overlay */
		{ "www", RR_A, "found 192.0.2.2 -> web.example.org" },
		{ "www", RR_TXT, "found text -> web.example.org" },
		/* a type of ours beside an alias of the base */
		{ "alias", RR_A, "found 192.0.2.7" },
		{ "alias", RR_TXT, "found text -> web.example.org" },
	};

	(void)state;
	check_overlay(zone, over, rows, COUNT(rows));
}

static void
an_alias_of_the_overlay_excludes_other_types(void **state)
{
	static const char zone[] = "a TXT old\na A 192.0.2.1\nb TXT b\n"
				   "x.d TXT old\nx.e TXT new\n"
				   "@ CNAME a\n"
				   "to CNAME x.d\n";
	static const char over[] = "a CNAME b\nd DNAME e\n";
	static const struct row rows[] = {
		{ "a", RR_TXT, "found b -> b.example.org" },
		{ "a", RR_A, "no data -> b.example.org" },
		{ "@", RR_TXT, "found b -> b.example.org" },
		{ "x.d.example.org", RR_TXT, "found new -> x.e.example.org" },
		{ "to", RR_TXT, "found new -> x.e.example.org" },
	};

	(void)state;
	check_overlay(zone, over, rows, COUNT(rows));
}

static void
chains_end_at_names_only_the_overlay_knows(void **state)
{
	static const char zone[] = "a CNAME b\nc CNAME d\ne CNAME f\n"
				   "g CNAME h\n";
	static const char over[] = "b TXT b\nx.d TXT x\n*.wild TXT w\n"
				   "f CNAME b\n";
	static const struct row rows[] = {
		{ "a", RR_TXT, "found b -> b.example.org" },
		{ "a", RR_A, "no data -> b.example.org" },
		{ "c", RR_TXT, "no data -> d.example.org" },
		{ "e", RR_TXT, "found b -> b.example.org" },
		{ "g", RR_TXT, "no name -> h.example.org" },
	};

	(void)state;
	check_overlay(zone, over, rows, COUNT(rows));
	check_overlay("a CNAME x.wild\n", over,
	    (const struct row[]){
		{ "a", RR_TXT, "found w -> x.wild.example.org" } },
	    1);
}

static void
wildcards_of_the_overlay(void **state)
{
	static const char zone[] = "there A 192.0.2.1\n"
				   "* MX 10 base\n"
				   "in.between A 192.0.2.2\n";
	static const char over[] = "* TXT wild\n";
	static const struct row rows[] = {
		{ "*.example.org", RR_TXT, "found wild" },
		{ "there", RR_TXT, "no data" },
		{ "*.example.org", RR_MX, "found 10 base.example.org." },
		{ "x", RR_MX, "found 10 base.example.org." },
		{ "there", RR_A, "found 192.0.2.1" },
	};

	(void)state;
	check_overlay(zone, over, rows, COUNT(rows));
}

static void
wildcards_stand_where_nothing_is_closer(void **state)
{
	static const char zone[] = "there A 192.0.2.1\n"
				   "in.between A 192.0.2.2\n"
				   "*.old TXT old\n"
				   "exact.old TXT exact\n"
				   "*.far TXT far\n";
	static const char over[] = "* TXT wild\n"
				   "*.old TXT new\n"
				   "*.nearer.far TXT near\n";
	static const struct row rows[] = {
		{ "x", RR_TXT, "found wild" },
		{ "x.y.example.org", RR_TXT, "found wild" },
		{ "x", RR_A, "no name" }, /* nobody has a wildcard for it */
		{ "there", RR_TXT, "no data" },
		{ "x.there.example.org", RR_TXT, "no name" },
		{ "x.between.example.org", RR_TXT, "no name" },
		{ "x.old.example.org", RR_TXT, "found new" },
		{ "exact.old.example.org", RR_TXT, "found exact" },
		{ "x.far.example.org", RR_TXT, "found far" },
		{ "x.nearer.far.example.org", RR_TXT, "found near" },
	};

	(void)state;
	check_overlay(zone, over, rows, COUNT(rows));
}

/* A base that counts what it is asked. */
static unsigned int asked;

static enum status
count_ask(struct resolver *resolver, struct run *run, struct arena *arena,
    const struct question *questions, size_t n, struct answer **out)
{
	(void)resolver;
	(void)run;
	for (size_t i = 0; i < n; i++) {
		asked++;
		out[i] = arena_new_of(arena, struct answer);
		*out[i] = (struct answer){
			.name = arena_strdup(arena, questions[i].name),
			.type = questions[i].type,
			.outcome = DNS_BROKEN,
			.why = "SERVFAIL",
			.rcode = 2,
		};
		out[i]->owner = out[i]->name;
	}
	return OK;
}

static void
count_end(struct resolver *resolver)
{
	(void)resolver;
}

static void
where_the_zone_answers_nobody_is_asked(void **state)
{
	struct resolver base = { .ask = count_ask, .end = count_end };
	struct zone *zone = fixture_zone("@ TXT x\n* TXT wild\n");
	struct resolver *overlay;
	const struct answer *answer;
	struct run run;

	(void)state;
	asked = 0;
	resolver_init(&base);
	overlay = resolver_overlay(&base, zone);
	run_begin(&run, overlay, 10000, -1);
	assert_int_equal(dns_ask(&run, "example.org", RR_TXT, &answer), OK);
	assert_int_equal(answer->outcome, DNS_FOUND);
	assert_int_equal(asked, 0);
	/* What could not be looked at stays so: no wildcard, no NODATA. */
	assert_int_equal(dns_ask(&run, "a.example.org", RR_TXT, &answer), OK);
	assert_int_equal(answer->outcome, DNS_BROKEN);
	assert_int_equal(asked, 1);
	assert_int_equal(dns_ask(&run, "a.example.org", RR_TXT, &answer), OK);
	assert_int_equal(asked, 1);
	run_end(&run);
	resolver_free(overlay);
	resolver_free(&base);
	zone_free(zone);
}

static void
a_plan_can_be_laid_over(void **state)
{
	static const struct record plan[] = {
		{ .name = "example.org",
		    .type = RR_TXT,
		    .ttl = 60,
		    .text = { "v=spf1 -all", 11 } },
		{ .name = "not..valid", .type = RR_TXT, .text = { "x", 1 } },
	};
	struct zone *more = zone_from_records(plan, COUNT(plan));
	struct zone *zone = fixture_zone("@ TXT v=spf1\n@ MX 0 .\n");
	struct resolver *dns;
	const struct answer *answer;
	struct run run;

	(void)state;
	zone_add(zone, more);
	zone_add(zone, more); /* twice is once */
	zone_free(more);
	dns = resolver_offline(zone);
	run_begin(&run, dns, 10000, -1);
	assert_int_equal(dns_ask(&run, "example.org", RR_TXT, &answer), OK);
	assert_string_equal(
	    summary(run.arena, answer), "found v=spf1 | v=spf1 -all");
	run_end(&run);
	resolver_free(dns);
	zone_free(zone);
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
		cmocka_unit_test(an_overlay_is_per_name_and_type),
		cmocka_unit_test(an_alias_of_the_overlay_excludes_other_types),
		cmocka_unit_test(chains_end_at_names_only_the_overlay_knows),
		cmocka_unit_test(wildcards_of_the_overlay),
		cmocka_unit_test(wildcards_stand_where_nothing_is_closer),
		cmocka_unit_test(where_the_zone_answers_nobody_is_asked),
		cmocka_unit_test(a_plan_can_be_laid_over),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
