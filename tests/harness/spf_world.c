/* A zone file as the world, with a few broken places. */
#include "spf_world.h"

#include <stdlib.h>
#include <string.h>

#include "../../checks/resolver.h"
#include "unit.h"

#define LIMIT_MS	   5000
#define STRING_MAX	   250 /* octets of one string of a TXT record */
#define NOW		   1700000000
#define OR(given, usually) ((given) != NULL ? (given) : (usually))

struct faulty {
	struct resolver resolver;
	struct spf_world *world;
};

static bool
has_label(const char *name, const char *label)
{
	size_t len = strlen(label);

	while (*name != '\0') {
		size_t n = strcspn(name, ".");

		if (n == len && strncmp(name, label, n) == 0)
			return true;
		name += n + (name[n] == '.');
	}
	return false;
}

static struct answer *
answer_one(struct arena *arena, const struct answer *found)
{
	struct answer *answer = arena_new_of(arena, struct answer);
	bool silent = has_label(found->name, "silent");

	*answer = *found;
	if (silent || has_label(found->name, "servfail"))
		*answer = (struct answer){
			.name = found->name,
			.owner = found->name,
			.type = found->type,
			.outcome = silent ? DNS_SILENT : DNS_BROKEN,
			.rcode = silent ? -1 : 2,
			.why = silent ? "no answer in 6 s" : "SERVFAIL",
		};
	return answer;
}

static enum status
ask(struct resolver *resolver, struct run *run, struct arena *arena,
    const struct question *questions, size_t n, struct answer **out)
{
	struct spf_world *world = ((struct faulty *)resolver)->world;

	for (size_t i = 0; i < n; i++) {
		const struct answer *found;

		if (++world->asked == world->cancel_at)
			return E_CANCELLED;
		if (resolver_ask(
			world->offline, run, &questions[i], 1, &found) != OK)
			return E_CANCELLED;
		out[i] = answer_one(arena, found);
	}
	return OK;
}

static void
ahead(struct resolver *resolver, struct run *run,
    const struct question *questions, size_t n)
{
	(void)run;
	for (size_t i = 0; i < n; i++)
		assert_true(name_is_valid(questions[i].name));
	((struct faulty *)resolver)->world->ahead += (unsigned int)n;
}

static void
end(struct resolver *resolver)
{
	free(resolver);
}

/* A TXT record of any octets, in strings. */
static const char *
txt_line(struct arena *arena, const char *name, const char *text)
{
	const char *line = arena_printf(arena, "%s TXT \"", name);

	for (size_t i = 0; text[i] != '\0'; i++)
		line = arena_printf(arena, "%s%s\\%03u", line,
		    i > 0 && i % STRING_MAX == 0 ? "\" \"" : "",
		    (unsigned char)text[i]);
	return arena_printf(arena, "%s\"\n", line);
}

static struct resolver *
faulty_resolver(struct spf_world *world)
{
	struct faulty *faulty = calloc(1, sizeof(*faulty));

	assert_non_null(faulty);
	faulty->world = world;
	faulty->resolver.ask = ask;
	faulty->resolver.ahead = ahead;
	faulty->resolver.end = end;
	resolver_init(&faulty->resolver);
	return &faulty->resolver;
}

void
spf_world_begin(struct spf_world *world, const struct spf_case *row)
{
	struct arena *arena = arena_new();
	const char *text = OR(row->zone, "");
	const char *error;

	if (row->record != NULL)
		text = arena_printf(arena, "%s%s",
		    txt_line(arena, "example.com.", row->record), text);
	*world = (struct spf_world){ .asked = 0 };
	world->zone =
	    zone_read_text(arena, "world", str_of(text), "example.com", &error);
	if (world->zone == NULL)
		fail_msg("%s\n%s", error, text);
	arena_free(arena);
	world->offline = resolver_offline(world->zone);
	world->dns = faulty_resolver(world);
	run_begin(&world->run, world->dns, LIMIT_MS, -1);
	world->run.now = NOW;
}

void
spf_world_end(struct spf_world *world)
{
	run_end(&world->run);
	resolver_free(world->dns);
	resolver_free(world->offline);
	zone_free(world->zone);
}

void
spf_world_ask(struct spf_world *world, const struct spf_case *row,
    struct spf_verdict *out)
{
	struct spf_query query = {
		.helo = OR(row->helo, "helo.example.com"),
		.sender = OR(row->sender, "user@example.com"),
	};

	if (!ip_parse(str_of(OR(row->ip, "192.0.2.1")), &query.ip))
		fail_msg("%s is no address", row->ip);
	assert_int_equal(spf_check_host(&world->run,
			     OR(row->domain, "example.com"), &query, out),
	    OK);
}

static unsigned int
count_branches(const struct spf_branch *branch, unsigned int *voids)
{
	unsigned int lookups = 0;

	for (; branch != NULL; branch = branch->next) {
		unsigned int below_voids = 0;

		lookups += branch->lookups;
		*voids += branch->voids;
		assert_true(count_branches(branch->below, &below_voids) <
		    branch->lookups);
		assert_true(below_voids <= branch->voids);
		assert_non_null(branch->term);
		assert_non_null(branch->domain);
	}
	return lookups;
}

/* What holds for every verdict. */
static void
check_sense(const struct spf_verdict *verdict)
{
	unsigned int voids = 0;
	unsigned int lookups = count_branches(verdict->tree, &voids);

	assert_true(lookups <= verdict->lookups);
	assert_true(voids <= verdict->voids);
	assert_true((verdict->term == NULL) == (verdict->term_domain == NULL));
	if (verdict->lookups <= SPF_MAX_LOOKUPS)
		assert_int_equal(voids, verdict->voids);
	assert_non_null(verdict->reason);
	for (const char *p = verdict->reason; *p != '\0'; p++)
		assert_true(*p >= ' ' && *p <= '~');
}

static void
compare(const struct spf_case *row, const struct spf_verdict *got)
{
	const char *record = OR(row->record, OR(row->zone, "nothing"));

	if (got->result != row->result)
		fail_msg("%s: %s, not %s: %s", record,
		    spf_result_word(got->result), spf_result_word(row->result),
		    got->reason);
	if (strcmp(OR(got->explanation, "(none)"),
		OR(row->explanation, "(none)")) != 0)
		fail_msg(
		    "%s: explains %s", record, OR(got->explanation, "nothing"));
	if (row->term != NULL && strcmp(OR(got->term, ""), row->term) != 0)
		fail_msg("%s: by term %s", record, OR(got->term, "(none)"));
	if (row->lookups != 0 && got->lookups != (unsigned int)row->lookups)
		fail_msg("%s: %u lookups", record, got->lookups);
	if (row->voids != 0 && got->voids != (unsigned int)row->voids)
		fail_msg("%s: %u voids", record, got->voids);
	check_sense(got);
}

void
spf_world_try(const struct spf_case *cases, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct spf_verdict verdict;
		struct spf_world world;

		spf_world_begin(&world, &cases[i]);
		spf_world_ask(&world, &cases[i], &verdict);
		compare(&cases[i], &verdict);
		spf_world_end(&world);
	}
}
