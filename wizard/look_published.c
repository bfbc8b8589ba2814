/* Who hands out the planned records by now: asking. */
#include "look.h"
#include "output.h"
#include "published.h"

/* Names asked for side by side, and which record each is of. */
struct names {
	struct question questions[PLANNED_COUNT];
	enum planned what[PLANNED_COUNT];
	size_t n;
};

/* --- on the main thread -------------------------------------------------- */

void
look_published_begin(
    struct look *look, const struct plan *plan, enum asking asking)
{
	struct arena *arena = look->arena;

	for (int i = 0; i < PLANNED_COUNT; i++) {
		struct published_facts *facts = &look->published[i];
		struct record record;

		facts->asking = asking;
		if (output_record(arena, plan, (enum planned)i, &record)) {
			facts->name = record.name;
			facts->text = record.text;
		}
	}
	/* What is there already is asked before anything is planned. */
	if (look->published[PLANNED_SPF].name == NULL)
		look->published[PLANNED_SPF].name = look->target.domain;
	if (look->published[PLANNED_DMARC].name == NULL)
		look->published[PLANNED_DMARC].name =
		    arena_printf(arena, "_dmarc.%s", look->target.domain);
}

/* --- on a worker --------------------------------------------------------- */

/* "_dmarc.example.org.example.org": where a panel puts what is entered as a
 * full name; NULL when that is too long to be one. */
static const char *
doubled(struct look *look, const char *name)
{
	const char *twice =
	    arena_printf(look->run.arena, "%s.%s", name, look->target.domain);

	return name_is_valid(twice) ? twice : NULL;
}

static bool
found_everywhere(struct look *look, enum planned what)
{
	const struct published_facts *facts = &look->published[what];
	struct arena *arena = look->run.arena;
	const char *shown;

	for (size_t i = 0; i < facts->nservers; i++)
		if (witness_judge(arena, what, facts->servers[i].answer,
			facts->text, &shown) != HAS_RECORD)
			return false;
	return facts->nservers > 0 ||
	    witness_judge(arena, what, facts->resolver, facts->text, &shown) ==
	    HAS_RECORD;
}

static void
add_name(struct names *names, const char *name, int what)
{
	names->what[names->n] = (enum planned)what;
	names->questions[names->n++] = (struct question){ name, RR_TXT };
}

static enum status
ask_resolver(struct look *look, const struct names *names)
{
	const struct answer *answers[PLANNED_COUNT] = { 0 };
	enum status status =
	    dns_ask_many(&look->run, names->questions, names->n, answers);

	for (size_t i = 0; i < names->n; i++)
		look->published[names->what[i]].resolver = answers[i];
	return status;
}

/* The servers of each name: out[] is AUTHORITY_MAX of them for each. */
static enum status
ask_servers(struct look *look, const struct names *names,
    struct authority **out, size_t n[PLANNED_COUNT])
{
	*out = arena_array(
	    look->run.arena, names->n * AUTHORITY_MAX + 1, sizeof(**out));
	return dns_ask_authorities_for(&look->run, names->questions, names->n,
	    look->target.authoritative_port, *out, n);
}

static enum status
ask_own_servers(struct look *look, const struct names *names)
{
	struct authority *servers;
	size_t n[PLANNED_COUNT] = { 0 };
	enum status status = ask_servers(look, names, &servers, n);

	for (size_t i = 0; i < names->n && status == OK; i++) {
		struct published_facts *facts =
		    &look->published[names->what[i]];

		facts->nservers = n[i];
		for (size_t j = 0; j < n[i]; j++)
			facts->servers[j] = servers[i * AUTHORITY_MAX + j];
	}
	return status;
}

/* At the wrong name: asked of the servers, which do not remember. */
static enum status
look_beside(struct look *look)
{
	struct authority *servers;
	size_t n[PLANNED_COUNT] = { 0 };
	struct names names = { 0 };
	enum status status = OK;

	for (int i = 0; i < PLANNED_COUNT; i++) {
		struct published_facts *facts = &look->published[i];
		const char *name;

		if (facts->text.len == 0 ||
		    found_everywhere(look, (enum planned)i) ||
		    (name = doubled(look, facts->name)) == NULL)
			continue;
		facts->doubled_name = name;
		if (facts->nservers > 0)
			add_name(&names, name, i);
		else
			status =
			    dns_ask(&look->run, name, RR_TXT, &facts->doubled);
		if (status != OK)
			return status;
	}
	if (names.n > 0)
		status = ask_servers(look, &names, &servers, n);
	for (size_t i = 0; i < names.n && status == OK; i++)
		for (size_t j = 0; j < n[i]; j++) {
			const struct answer *answer =
			    servers[i * AUTHORITY_MAX + j].answer;

			if (answer->outcome == DNS_FOUND)
				look->published[names.what[i]].doubled = answer;
		}
	return status;
}

enum status
look_published(struct look *look)
{
	struct names names = { 0 };
	enum status status;

	for (int i = 0; i < PLANNED_COUNT; i++)
		if (look->published[i].name != NULL)
			add_name(&names, look->published[i].name, i);
	status = ask_resolver(look, &names);
	if (status == OK && look->published[0].asking == ASKING_ALL)
		status = ask_own_servers(look, &names);
	if (status == OK)
		status = look_beside(look);
	return status;
}
