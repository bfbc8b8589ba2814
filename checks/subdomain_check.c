/* The SPF records of subdomains that send, in one report. */
#include "subdomain_check.h"

static void
add_records(struct arena *arena, struct record **list, size_t *n,
    const struct record *records, size_t nrecords)
{
	for (size_t i = 0; i < nrecords; i++) {
		*list = arena_grow(arena, *list, *n, sizeof(**list));
		(*list)[(*n)++] = records[i];
	}
}

static bool
says(const struct report *findings, enum finding_code code)
{
	for (const struct finding *f = findings->first; f != NULL; f = f->next)
		if (f->code == code)
			return true;
	return false;
}

/* The findings of one name, about records that move up by `moved`. */
static void
add_findings(struct run *run, const struct report *findings, size_t moved)
{
	for (const struct finding *f = findings->first; f != NULL;
	     f = f->next) {
		struct finding copy = *f;

		/* Its first record brings the name into being. */
		if (f->code == F_DOMAIN_MISSING &&
		    says(findings, F_SPF_MISSING))
			continue;
		copy.has_severity = true;
		copy.next = NULL;
		if (copy.has_record)
			copy.record += moved;
		report_add(run, copy);
	}
}

/* One list for all: that of the domain above decides. */
static struct record
redirect_to(struct arena *arena, const char *name, const char *domain)
{
	return (struct record){
		.name = name,
		.type = RR_TXT,
		.ttl = RECORD_TTL,
		.text =
		    str_of(arena_printf(arena, "v=spf1 redirect=%s", domain)),
	};
}

static void
merge(struct run *run, const struct target *target, const char *name,
    struct step_report *one, struct step_report *out)
{
	size_t moved = out->npublished;

	if (says(&one->findings, F_SPF_MISSING) && one->nsuggested == 0 &&
	    !target->sends_nothing) {
		one->suggested = arena_new_of(run->arena, struct record);
		*one->suggested = redirect_to(run->arena, name, target->domain);
		one->nsuggested = 1;
	}
	add_records(run->arena, &out->published, &out->npublished,
	    one->published, one->npublished);
	add_records(run->arena, &out->suggested, &out->nsuggested,
	    one->suggested, one->nsuggested);
	run->report = out->findings;
	add_findings(run, &one->findings, moved);
	out->findings = run->report;
	if (one->status > out->status)
		out->status = one->status;
}

enum status
subdomain_check(struct run *run, const struct target *target,
    const char *const *names, size_t n, struct step_report *out)
{
	*out = (struct step_report){ .step = STEP_SPF };
	for (size_t i = 0; i < n; i++) {
		/* Own addresses send for the domain; who sends for a part of
		   it only its record can say. */
		struct target sub = { .domain = names[i],
			.authoritative = target->authoritative,
			.authoritative_port = target->authoritative_port };
		struct step_report one;
		enum status status;

		run->report = (struct report){ 0 };
		status = check_step(run, STEP_SPF, &sub, &one);
		if (status != OK)
			return status;
		merge(run, target, names[i], &one, out);
	}
	return OK;
}
