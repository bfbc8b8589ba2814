/*
 * Any octets as an SPF record: reading ends, every position lies in the text,
 * and what is written reads the same again.  The same octets as a record and
 * as its explanation, in a world of their own, are judged without harm.
 */
#include <string.h>

#include "../../checks/resolver.h"
#include "../../checks/spf.h"
#include "../../checks/spf_cost.h"
#include "must.h"

#define LIMIT_MS 2000

static bool
same_term(const struct spf_term *a, const struct spf_term *b)
{
	return a->kind == b->kind && a->qualifier == b->qualifier &&
	    str_equal(a->domain, b->domain) && ip_equal(a->ip, b->ip) &&
	    a->bits4 == b->bits4 && a->bits6 == b->bits6 &&
	    a->problem == b->problem;
}

static void
check_places(const struct spf_record *record, struct str text)
{
	must(record->fault.from <= record->fault.to);
	must(record->fault.to <= text.len);
	for (size_t i = 0; i < record->nterms; i++) {
		const struct spf_term *term = &record->terms[i];

		must(term->at.from < term->at.to && term->at.to <= text.len);
		must(str_equal(
		    term->text, str_slice(text, term->at.from, term->at.to)));
		must((term->kind == SPF_BROKEN) == (term->problem != NULL));
		if (term->kind != SPF_BROKEN)
			continue;
		must(record->broken);
		must(term->fault.from < term->fault.to);
		must(term->fault.from >= term->at.from);
		must(term->fault.to <= term->at.to);
	}
}

static void
round_trip(struct str text)
{
	struct arena *arena = arena_new();
	struct spf_record record, again;
	const char *printed;

	spf_parse(arena, text, &record);
	check_places(&record, text);
	printed = spf_print(arena, &record);
	/* A text ended by NUL cannot hold one. */
	if (str_find(text, '\0') == text.len) {
		spf_parse(arena, str_of(printed), &again);
		must(record.nterms == again.nterms);
		for (size_t i = 0; i < record.nterms; i++)
			must(same_term(&record.terms[i], &again.terms[i]));
		must(strcmp(printed, spf_print(arena, &again)) == 0);
	}
	arena_free(arena);
}

/* Every TXT record is the text, and 192.0.2.1 is called x.example. */
struct world {
	struct resolver resolver;
	struct str text;
};

static enum status
ask(struct resolver *resolver, struct run *run, struct arena *arena,
    const struct question *questions, size_t n, struct answer **out)
{
	(void)run;
	for (size_t i = 0; i < n; i++) {
		struct record *record = arena_new_of(arena, struct record);

		out[i] = arena_new_of(arena, struct answer);
		out[i]->name = arena_strdup(arena, questions[i].name);
		out[i]->owner = out[i]->name;
		out[i]->type = questions[i].type;
		out[i]->records = record;
		out[i]->nrecords = 1;
		record->name = out[i]->name;
		record->type = questions[i].type;
		if (record->type == RR_TXT)
			record->text = ((struct world *)resolver)->text;
		else if (record->type == RR_MX)
			record->mx.host = "x.example";
		else if (record->type == RR_PTR)
			record->host = "x.example";
		else
			ip_parse_v4(str_of("192.0.2.1"), &record->ip);
	}
	return OK;
}

static void
end(struct resolver *resolver)
{
	(void)resolver;
}

static void
judge(struct str text)
{
	struct world world = {
		.resolver = { .ask = ask, .end = end },
		.text = text,
	};
	struct spf_query query = { .helo = "h.example", .sender = "a-b@c.d" };
	struct spf_verdict verdict;
	struct spf_record record;
	struct spf_cost cost;
	struct run run;

	resolver_init(&world.resolver);
	run_begin(&run, &world.resolver, LIMIT_MS, -1);
	ip_parse_v4(str_of("192.0.2.1"), &query.ip);
	must(spf_check_host(&run, "e.example", &query, &verdict) == OK);
	must(verdict.lookups <= SPF_MAX_LOOKUPS + 1);
	must(verdict.voids <= SPF_MAX_VOIDS + 1);
	must(verdict.reason != NULL);
	spf_parse(run.arena, text, &record);
	must(spf_cost(&run, "e.example", &record, &cost) == OK);
	run_end(&run);
	resolver_free(&world.resolver);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = { (const char *)data, size };

	if (size > 65535)
		return 0;
	round_trip(text);
	judge(text);
	return 0;
}
