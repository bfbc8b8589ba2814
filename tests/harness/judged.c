/* A step checked against a zone, and again with what it suggests. */
#include "unit.h"

#include <string.h>

#include "judged.h"

#define JUDGED_MS 10000

void
judge_with(struct judged *j, struct resolver *dns, enum step_id step,
    const struct target *target)
{
	*j = (struct judged){ .step = step };
	if (target != NULL)
		j->target = *target;
	if (j->target.domain == NULL)
		j->target.domain = "example.org";
	run_begin(&j->run, dns, JUDGED_MS, -1);
	assert_int_equal(check_step(&j->run, step, &j->target, &j->report), OK);
}

void
judge(struct judged *j, const char *zone_text, enum step_id step,
    const struct target *target)
{
	struct arena *arena = arena_new();
	const char *error = NULL;
	struct resolver *dns;
	struct zone *zone = zone_read_text(
	    arena, "test", str_of(zone_text), "example.org", &error);

	if (zone == NULL)
		fail_msg("%s", error);
	arena_free(arena);
	dns = resolver_offline(zone);
	judge_with(j, dns, step, target);
	j->zone = zone;
	j->dns = dns;
}

void
judge_suggested(struct judged *j)
{
	assert_null(j->over);
	j->over = zone_from_records(j->report.suggested, j->report.nsuggested);
	j->over_dns = resolver_overlay(j->run.dns, j->over);
	run_begin(&j->second, j->over_dns, JUDGED_MS, -1);
	assert_int_equal(
	    check_step(&j->second, j->step, &j->target, &j->report), OK);
}

void
judged_end(struct judged *j)
{
	if (j->over != NULL) {
		run_end(&j->second);
		resolver_free(j->over_dns);
		zone_free(j->over);
	}
	run_end(&j->run);
	resolver_free(j->dns);
	zone_free(j->zone);
}

static const char *
ids(struct judged *j, enum severity least)
{
	const char *list = " ";

	for (const struct finding *f = j->report.findings.first; f != NULL;
	     f = f->next) {
		const char *id = finding_kinds[f->code].id;

		if (f->severity < least ||
		    strstr(list, arena_printf(j->run.arena, " %s ", id)) !=
			NULL)
			continue;
		list = arena_printf(j->run.arena, "%s%s ", list, id);
	}
	return str_dup(j->run.arena, str_trim(str_of(list)));
}

const char *
judged_ids(struct judged *j)
{
	return ids(j, SEV_PASS);
}

const char *
judged_faults(struct judged *j)
{
	return ids(j, SEV_WARN);
}

const struct finding *
judged_finding(struct judged *j, const char *id)
{
	for (const struct finding *f = j->report.findings.first; f != NULL;
	     f = f->next)
		if (strcmp(finding_kinds[f->code].id, id) == 0)
			return f;
	return NULL;
}

static const char *
lines(struct judged *j, const struct record *records, size_t n)
{
	const char *text = "";

	for (size_t i = 0; i < n; i++)
		text = arena_printf(j->run.arena, "%s%s%s %s %s", text,
		    i == 0 ? "" : "\n", records[i].name,
		    rr_type_word(j->run.arena, records[i].type),
		    record_value(j->run.arena, &records[i]));
	return text;
}

const char *
judged_published(struct judged *j)
{
	return lines(j, j->report.published, j->report.npublished);
}

const char *
judged_suggested(struct judged *j)
{
	return lines(j, j->report.suggested, j->report.nsuggested);
}
