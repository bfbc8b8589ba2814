/* What a record can cost in the worst case: RFC 7208 section 4.6.4. */
#include <string.h>

#include "../../checks/spf_cost.h"
#include "../harness/spf_world.h"
#include "../harness/unit.h"

#define WORLD                                                                  \
	"h A 192.0.2.1\nsix AAAA 2001:db8::1\n@ MX 1 h\n@ A 192.0.2.1\n"       \
	"one TXT \"v=spf1 a:h.example.com -all\"\n"                            \
	"two TXT \"v=spf1 include:one.example.com mx:example.com -all\"\n"     \
	"on TXT \"v=spf1 ip4:192.0.2.1 redirect=one.example.com\"\n"           \
	"void TXT \"v=spf1 a:x.example.com exists:y.example.com ~all\"\n"      \
	"broken TXT \"v=spf1 a:h.example.com moo\"\n"                          \
	"twice TXT \"v=spf1 -all\"\ntwice TXT \"v=spf1 +all\"\n"               \
	"none TXT \"hello\"\n"                                                 \
	"ping TXT \"v=spf1 include:pong.example.com -all\"\n"                  \
	"pong TXT \"v=spf1 redirect=ping.example.com\"\n"                      \
	"elf MX 1 h\nelf MX 2 h\nelf MX 3 h\nelf MX 4 h\nelf MX 5 h\n"         \
	"elf MX 6 h\nelf MX 7 h\nelf MX 8 h\nelf MX 9 h\nelf MX 10 h\n"        \
	"elf MX 11 h\nnull MX 0 .\n"                                           \
	"www TXT \"v=spf1 a mx -all\"\n"                                       \
	"w.x TXT \"v=spf1 a:%{d2} a:h.%{o} -all\"\nexample.com.x A 192.0.2.1\n"

/* One term of example.com's, and what is found out about it. */
static const struct {
	const char *record;
	unsigned int lookups;
	unsigned int voids;
	enum spf_trouble trouble; /* of the first node */
	const char *domain; /* of the first node; NULL: there is none */
} cases[] = {
	{ "v=spf1 -all", 0, 0, SPF_FINE, NULL },
	{ "v=spf1 ip4:192.0.2.1 ip6:::1 exp=x.example ?all", 0, 0, SPF_FINE,
	    NULL },
	{ "v=spf1 a -all", 1, 0, SPF_FINE, "example.com" },
	{ "v=spf1 a mx ptr exists:h.example.com include:one.example.com -all",
	    6, 0, SPF_FINE, "example.com" },
	{ "v=spf1 a:six.example.com -all", 1, 0, SPF_FINE, "six.example.com" },
	{ "v=spf1 a:x.example.com -all", 1, 1, SPF_TROUBLE_VOID,
	    "x.example.com" },
	{ "v=spf1 mx:x.example.com -all", 1, 1, SPF_TROUBLE_VOID,
	    "x.example.com" },
	{ "v=spf1 mx:null.example.com -all", 1, 0, SPF_FINE,
	    "null.example.com" },
	{ "v=spf1 mx:elf.example.com -all", 1, 0, SPF_TROUBLE_TOO_MANY_MX,
	    "elf.example.com" },
	{ "v=spf1 exists:six.example.com -all", 1, 1, SPF_TROUBLE_VOID,
	    "six.example.com" },
	{ "v=spf1 a:servfail.example.com -all", 1, 0, SPF_TROUBLE_DNS,
	    "servfail.example.com" },
	{ "v=spf1 include:silent.example.com -all", 1, 0, SPF_TROUBLE_DNS,
	    "silent.example.com" },
	{ "v=spf1 include:one.example.com -all", 2, 0, SPF_FINE,
	    "one.example.com" },
	{ "v=spf1 include:two.example.com -all", 4, 0, SPF_FINE,
	    "two.example.com" },
	{ "v=spf1 include:one.example.com include:one.example.com -all", 4, 0,
	    SPF_FINE, "one.example.com" },
	{ "v=spf1 include:void.example.com -all", 3, 2, SPF_FINE,
	    "void.example.com" },
	{ "v=spf1 redirect=on.example.com", 3, 0, SPF_FINE, "on.example.com" },
	{ "v=spf1 redirect=on.example.com a", 4, 0, SPF_FINE, "example.com" },
	{ "v=spf1 redirect=on.example.com a -all", 1, 0, SPF_FINE,
	    "example.com" },
	{ "v=spf1 -all a mx redirect=on.example.com", 0, 0, SPF_FINE, NULL },
	{ "v=spf1 include:broken.example.com -all", 1, 0, SPF_TROUBLE_SYNTAX,
	    "broken.example.com" },
	{ "v=spf1 include:twice.example.com -all", 1, 0, SPF_TROUBLE_MULTIPLE,
	    "twice.example.com" },
	{ "v=spf1 include:none.example.com -all", 1, 0, SPF_TROUBLE_MISSING,
	    "none.example.com" },
	{ "v=spf1 include:x.example.com -all", 1, 1, SPF_TROUBLE_MISSING,
	    "x.example.com" },
	{ "v=spf1 include:x..example.com -all", 1, 0, SPF_TROUBLE_MISSING,
	    "x..example.com" },
	{ "v=spf1 include:example.com -all", 1, 0, SPF_TROUBLE_LOOP,
	    "example.com" },
	{ "v=spf1 redirect=Example.Com.", 1, 0, SPF_TROUBLE_LOOP,
	    "Example.Com" },
	{ "v=spf1 include:ping.example.com -all", 3, 0, SPF_FINE,
	    "ping.example.com" },
	/* macros: what is the domain's is asked, what is the client's is not */
	{ "v=spf1 a:h.%{d} -all", 1, 0, SPF_FINE, "h.example.com" },
	{ "v=spf1 a:x.%{d} -all", 1, 1, SPF_TROUBLE_VOID, "x.example.com" },
	{ "v=spf1 include:w.x.%{d} -all", 3, 0, SPF_FINE, "w.x.example.com" },
	{ "v=spf1 exists:%{ir}.%{d} -all", 1, 0, SPF_FINE, "%{ir}.%{d}" },
	{ "v=spf1 exists:%{p}.%{d} -all", 2, 0, SPF_FINE, "%{p}.%{d}" },
	{ "v=spf1 include:%{l}.%{d} redirect=%{h}.%{d}", 2, 0, SPF_FINE,
	    "%{l}.%{d}" },
	{ "v=spf1 ptr -all", 1, 0, SPF_FINE, "example.com" },
	{ "v=spf1 a moo mx -all", 2, 0, SPF_FINE, "example.com" },
};

static void
ask(struct spf_world *world, const char *record, const char *zone,
    struct spf_cost *out)
{
	const struct spf_case row = { .record = record, .zone = zone };
	struct spf_record *parsed;

	spf_world_begin(world, &row);
	parsed = arena_new_of(world->run.arena, struct spf_record);
	spf_parse(world->run.arena, str_of(record), parsed);
	assert_int_equal(spf_cost(&world->run, "example.com", parsed, out), OK);
}

static void
test_costs(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct spf_world world;
		struct spf_cost cost;

		ask(&world, cases[i].record, WORLD, &cost);
		if (cost.lookups != cases[i].lookups ||
		    cost.voids != cases[i].voids)
			fail_msg("%s: %u lookups, %u voids", cases[i].record,
			    cost.lookups, cost.voids);
		if ((cost.first == NULL) != (cases[i].domain == NULL))
			fail_msg("%s: nodes", cases[i].record);
		if (cost.first != NULL) {
			assert_string_equal(
			    cost.first->domain, cases[i].domain);
			if (cost.first->trouble != cases[i].trouble)
				fail_msg("%s: trouble %d", cases[i].record,
				    cost.first->trouble);
		}
		assert_int_equal(
		    cost.unknown, cases[i].trouble == SPF_TROUBLE_DNS);
		spf_world_end(&world);
	}
}

static void
test_tree(void **state)
{
	struct spf_world world;
	struct spf_cost cost;
	const struct spf_node *node;

	(void)state;
	ask(&world, "v=spf1 mx include:two.example.com -all", WORLD, &cost);
	node = cost.first;
	assert_int_equal(node->term->kind, SPF_MX);
	assert_int_equal(node->answer->nrecords, 1);
	node = node->next;
	assert_string_equal(node->record_text,
	    "v=spf1 include:one.example.com mx:example.com -all");
	assert_int_equal(node->record->nterms, 3);
	assert_int_equal(node->lookups, 4);
	assert_string_equal(node->below->domain, "one.example.com");
	assert_int_equal(node->below->lookups, 2);
	assert_string_equal(node->below->below->domain, "h.example.com");
	assert_non_null(node->below->below->answer6);
	assert_int_equal(node->below->next->lookups, 1);
	assert_null(node->below->next->next);
	node = node->next;
	assert_null(node);
	spf_world_end(&world);
}

static void
test_loop(void **state)
{
	struct spf_world world;
	struct spf_cost cost;
	const struct spf_node *node;

	(void)state;
	ask(&world, "v=spf1 include:ping.example.com -all", WORLD, &cost);
	node = cost.first;
	assert_string_equal(node->below->domain, "pong.example.com");
	assert_int_equal(node->below->trouble, SPF_FINE);
	assert_string_equal(node->below->below->domain, "ping.example.com");
	assert_int_equal(node->below->below->trouble, SPF_TROUBLE_LOOP);
	assert_null(node->below->below->below);
	spf_world_end(&world);
}

/* A tree that doubles at each level, and a record of a thousand terms. */
static void
test_bounds(void **state)
{
	struct arena *arena = arena_new();
	const char *zone = "h A 192.0.2.1\n";
	const char *wide = "v=spf1";
	struct spf_world world;
	struct spf_cost cost;
	const struct spf_node *node;
	unsigned int depth = 0;

	(void)state;
	for (int i = 0; i < 20; i++)
		zone = arena_printf(arena,
		    "%sn%d TXT \"v=spf1 include:n%d.example.com "
		    "include:n%d.example.com -all\"\n",
		    zone, i, i + 1, i + 1);
	ask(&world, "v=spf1 include:n0.example.com -all", zone, &cost);
	assert_true(cost.lookups > 10);
	assert_true(cost.lookups <= 62);
	assert_true(world.asked < 62);
	for (node = cost.first; node != NULL; node = node->below)
		depth++;
	assert_int_equal(depth, 12);
	spf_world_end(&world);

	for (int i = 0; i < 1000; i++)
		wide = arena_printf(arena, "%s a:h.example.com", wide);
	ask(&world, wide, zone, &cost);
	assert_int_equal(cost.lookups, 1000);
	assert_true(world.asked <= 122);
	spf_world_end(&world);
	arena_free(arena);
}

static void
test_cancelled(void **state)
{
	const struct spf_case row = {
		.record = "v=spf1 include:two.example.com a -all",
		.zone = WORLD,
	};

	(void)state;
	for (unsigned int at = 1; at <= 3; at++) {
		struct spf_world world;
		struct spf_record record;
		struct spf_cost cost = { .lookups = 77 };

		spf_world_begin(&world, &row);
		spf_parse(world.run.arena, str_of(row.record), &record);
		world.cancel_at = at;
		assert_int_equal(
		    spf_cost(&world.run, "example.com", &record, &cost),
		    E_CANCELLED);
		assert_int_equal(cost.lookups, 77);
		spf_world_end(&world);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_costs),
		cmocka_unit_test(test_tree),
		cmocka_unit_test(test_loop),
		cmocka_unit_test(test_bounds),
		cmocka_unit_test(test_cancelled),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
