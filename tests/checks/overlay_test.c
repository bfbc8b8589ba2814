/* A zone laid over another. */
#include "../harness/unit.h"

#include <stdlib.h>
#include <string.h>

#include "../../checks/resolver.h"
#include "../harness/fixture.h"

static void
check_overlay(const char *zone, const char *over,
    const struct fixture_row *rows, size_t n)
{
	struct fixture f;

	fixture_begin(&f, zone);
	fixture_overlay(&f, over);
	fixture_check(&f, rows, n);
	fixture_end(&f);
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
	static const struct fixture_row rows[] = {
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
	static const struct fixture_row rows[] = {
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
	static const struct fixture_row rows[] = {
		{ "a", RR_TXT, "found b -> b.example.org" },
		{ "a", RR_A, "no data -> b.example.org" },
		{ "c", RR_TXT, "no data -> d.example.org" },
		{ "e", RR_TXT, "found b -> b.example.org" },
		{ "g", RR_TXT, "no name -> h.example.org" },
	};

	(void)state;
	check_overlay(zone, over, rows, COUNT(rows));
	check_overlay("a CNAME x.wild\n", over,
	    (const struct fixture_row[]){
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
	static const struct fixture_row rows[] = {
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
	static const struct fixture_row rows[] = {
		{ "x", RR_TXT, "found wild" },
		{ "x.y.example.org", RR_TXT, "found wild" },
		{ "x", RR_A, "no data" }, /* the wildcard has not the type */
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

static const char *const some_names[] = { "@", "a", "b", "c", "x.a", "y.x.a",
	"z.q", "b.c" };
static const char *const asked_names[] = { "@", "a", "b", "c", "x.a", "y.x.a",
	"z.q", "q", "b.c", "n", "n.n", "n.a", "n.x.a", "n.q" };

/* A few records at a name, as lines; of bit 1 A, bit 2 TXT, bit 4 CNAME. */
static const char *
some_lines(struct arena *arena, const char *name, unsigned int bits,
    const char *who, unsigned int *seed)
{
	const char *target =
	    asked_names[(size_t)rand_r(seed) % COUNT(asked_names)];
	const char *text = "";

	if ((bits & 4) != 0)
		return arena_printf(arena, "%s CNAME %s\n", name, target);
	if ((bits & 1) != 0)
		text = arena_printf(arena, "%s A 192.0.2.%d\n", name, who[0]);
	if ((bits & 2) != 0)
		text = arena_printf(arena, "%s%s TXT %s\n", text, name, who);
	return text;
}

/* Base, overlay, and what both are together, made at random. */
struct worlds {
	const char *base, *over, *merged;
};

static void
add(struct arena *arena, const char **to, const char *more)
{
	*to = arena_printf(arena, "%s%s", *to, more);
}

static void
make_worlds(struct arena *arena, unsigned int *seed, struct worlds *out)
{
	*out = (struct worlds){ "", "", "" };
	for (size_t i = 0; i < COUNT(some_names); i++) {
		unsigned int base = (unsigned int)rand_r(seed) % 5;
		unsigned int over = (unsigned int)rand_r(seed) % 5;
		const char *lines;

		if (base == 4 && over < 4)
			over = 0; /* beside an alias: not for one zone */
		lines = some_lines(arena, some_names[i], base, "base", seed);
		add(arena, &out->base, lines);
		if (over != 4 && base != 4)
			lines = some_lines(
			    arena, some_names[i], base & ~over, "base", seed);
		if (over != 4)
			add(arena, &out->merged, lines);
		lines = some_lines(arena, some_names[i], over, "over", seed);
		add(arena, &out->over, lines);
		add(arena, &out->merged, lines);
	}
	for (size_t i = 0; i < 2; i++) {
		unsigned int bits = (unsigned int)rand_r(seed) % 5;
		const char *lines =
		    some_lines(arena, i == 0 ? "*" : "*.a", bits, "wild", seed);

		add(arena, &out->over, lines);
		add(arena, &out->merged, lines);
	}
}

static void
compare_worlds(struct fixture *laid, struct fixture *merged)
{
	static const enum rr_type types[] = { RR_A, RR_TXT, RR_CNAME };
	struct arena *arena = merged->run.arena;

	for (size_t i = 0; i < COUNT(asked_names) * COUNT(types); i++) {
		const char *name = asked_names[i / COUNT(types)];
		enum rr_type type = types[i % COUNT(types)];
		const struct answer *a, *b;

		name = strcmp(name, "@") == 0
		    ? FIXTURE_ORIGIN
		    : arena_printf(arena, "%s." FIXTURE_ORIGIN, name);
		assert_int_equal(dns_ask(&laid->run, name, type, &a), OK);
		assert_int_equal(dns_ask(&merged->run, name, type, &b), OK);
		if (strcmp(fixture_summary(arena, a),
			fixture_summary(arena, b)) != 0)
			print_error("%s %s\n", name, rr_type_word(arena, type));
		assert_string_equal(
		    fixture_summary(arena, a), fixture_summary(arena, b));
	}
}

/* Laid over another, a zone says what both say as one. */
static void
an_overlay_is_one_world(void **state)
{
	unsigned int seed = 1035;

	(void)state;
	for (int round = 0; round < 100; round++) {
		struct arena *arena = arena_new();
		struct fixture laid, merged;
		struct worlds worlds;

		make_worlds(arena, &seed, &worlds);
		fixture_begin(&laid, worlds.base);
		fixture_overlay(&laid, worlds.over);
		fixture_begin(&merged, worlds.merged);
		compare_worlds(&laid, &merged);
		fixture_end(&laid);
		fixture_end(&merged);
		arena_free(arena);
	}
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
	    fixture_summary(run.arena, answer), "found v=spf1 | v=spf1 -all");
	run_end(&run);
	resolver_free(dns);
	zone_free(zone);
}

/* A second zone file over the first: per name and type. */
static void
a_zone_over_a_zone(void **state)
{
	static const struct {
		const char *name;
		enum rr_type type;
		const char *found;
	} questions[] = {
		{ "example.org", RR_TXT, "found new" },
		{ "example.org", RR_MX, "found 10 mail.example.org." },
		{ "www.example.org", RR_TXT, "found apex" },
		{ "mail.example.org", RR_A, "found 192.0.2.7" },
		{ "gone.example.org", RR_A, "found 192.0.2.9" },
	};
	struct zone *zone = fixture_zone(
	    "@ TXT old\n@ TXT older\n@ MX 10 mail\nwww TXT old\nwww A "
	    "192.0.2.1\nmail A 192.0.2.7\ngone CNAME nowhere\n");
	struct zone *over = fixture_zone("@ TXT new\nwww CNAME apex\n"
					 "apex TXT apex\ngone A 192.0.2.9\n");
	struct resolver *dns;
	const struct answer *answer;
	struct run run;

	(void)state;
	zone_lay(zone, over);
	zone_lay(zone, zone);
	zone_free(over);
	dns = resolver_offline(zone);
	run_begin(&run, dns, 10000, -1);
	for (size_t i = 0; i < COUNT(questions); i++) {
		assert_int_equal(dns_ask(&run, questions[i].name,
				     questions[i].type, &answer),
		    OK);
		assert_string_equal(questions[i].found,
		    arena_printf(run.arena, "found %s",
			answer->nrecords == 0
			    ? "nothing"
			    : record_value(run.arena, &answer->records[0])));
		assert_int_equal(answer->nrecords, 1);
	}
	run_end(&run);
	resolver_free(dns);
	zone_free(zone);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_overlay_is_per_name_and_type),
		cmocka_unit_test(an_alias_of_the_overlay_excludes_other_types),
		cmocka_unit_test(chains_end_at_names_only_the_overlay_knows),
		cmocka_unit_test(wildcards_of_the_overlay),
		cmocka_unit_test(wildcards_stand_where_nothing_is_closer),
		cmocka_unit_test(an_overlay_is_one_world),
		cmocka_unit_test(where_the_zone_answers_nobody_is_asked),
		cmocka_unit_test(a_plan_can_be_laid_over),
		cmocka_unit_test(a_zone_over_a_zone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
