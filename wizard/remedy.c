/* What the program can do about a finding. */
#include "remedy.h"

#include <stdio.h>
#include <string.h>

#include "../checks/base/i18n.h"
#include "../checks/base/printable.h"
#include "field.h"
#include "output.h"
#include "problem.h"
#include "provider.h"
#include "spf_plan.h"

/* What helps against what, best first. */
static const struct {
	enum finding_code code;
	enum remedy_id ids[REMEDY_MAX];
	size_t n;
} helps[] = {
	{ F_SPF_MISSING,
	    { REMEDY_SUGGESTED, REMEDY_PROPOSE, REMEDY_DECLARE_NOTHING }, 3 },
	{ F_SPF_MULTIPLE, { REMEDY_SUGGESTED }, 1 },
	{ F_SPF_QUOTED, { REMEDY_SUGGESTED }, 1 },
	{ F_SPF_MISPLACED, { REMEDY_SUGGESTED }, 1 },
	{ F_SPF_MISPLACED_NAME, { REMEDY_SUGGESTED }, 1 },
	{ F_SPF_MISPLACED_TYPE, { REMEDY_SUGGESTED }, 1 },
	{ F_SPF_SYNTAX, { REMEDY_SUGGESTED, REMEDY_REMOVE_TERM }, 2 },
	{ F_SPF_TOO_MANY_LOOKUPS, { REMEDY_SUGGESTED }, 1 },
	{ F_SPF_TOO_MANY_VOIDS, { REMEDY_SUGGESTED }, 1 },
	{ F_SPF_TOO_MANY_MX, { REMEDY_SUGGESTED, REMEDY_REMOVE_TERM }, 2 },
	{ F_SPF_INCLUDE_MISSING, { REMEDY_SUGGESTED, REMEDY_REMOVE_TERM }, 2 },
	{ F_SPF_INCLUDE_BROKEN, { REMEDY_SUGGESTED, REMEDY_REMOVE_TERM }, 2 },
	{ F_SPF_INCLUDE_MULTIPLE, { REMEDY_SUGGESTED, REMEDY_REMOVE_TERM }, 2 },
	{ F_SPF_LOOP, { REMEDY_SUGGESTED, REMEDY_REMOVE_TERM }, 2 },
	{ F_SPF_PLUS_ALL, { REMEDY_SUGGESTED, REMEDY_SOFTFAIL }, 2 },
	{ F_SPF_PLUS_ALL_BELOW, { REMEDY_SUGGESTED, REMEDY_REMOVE_TERM }, 2 },
	{ F_SPF_NO_ALL, { REMEDY_SUGGESTED, REMEDY_SOFTFAIL }, 2 },
	{ F_SPF_NEUTRAL_ALL, { REMEDY_SUGGESTED, REMEDY_SOFTFAIL }, 2 },
	{ F_SPF_AFTER_ALL, { REMEDY_SUGGESTED, REMEDY_REMOVE_TERM }, 2 },
	{ F_SPF_REDIRECT_IGNORED, { REMEDY_SUGGESTED, REMEDY_REMOVE_TERM }, 2 },
	{ F_SPF_PTR, { REMEDY_SUGGESTED, REMEDY_REMOVE_TERM }, 2 },
	{ F_SPF_EXISTS_PLAIN, { REMEDY_SUGGESTED, REMEDY_REMOVE_TERM }, 2 },
	{ F_SPF_UNKNOWN_MODIFIER, { REMEDY_SUGGESTED, REMEDY_REMOVE_TERM }, 2 },
	{ F_SPF_PRIVATE_ADDRESS, { REMEDY_SUGGESTED, REMEDY_REMOVE_TERM }, 2 },
	{ F_SPF_WIDE_RANGE, { REMEDY_SUGGESTED, REMEDY_REMOVE_TERM }, 2 },
	{ F_SPF_VOID, { REMEDY_SUGGESTED, REMEDY_REMOVE_TERM }, 2 },
	{ F_SPF_DUPLICATE, { REMEDY_SUGGESTED, REMEDY_REMOVE_TERM }, 2 },
	{ F_SPF_SENDER_NOT_COVERED,
	    { REMEDY_ADD_SENDER, REMEDY_SUGGESTED, REMEDY_ANSWER }, 3 },
	{ F_SPF_NOBODY,
	    { REMEDY_PROPOSE, REMEDY_DECLARE_NOTHING, REMEDY_SUGGESTED }, 3 },
	{ F_DOMAIN_MISSING, { REMEDY_CHANGE_DOMAIN }, 1 },
	{ F_HOST_NO_ADDRESS, { REMEDY_ANSWER }, 1 },
	{ F_HELO_MISMATCH, { REMEDY_ANSWER }, 1 },
	{ F_HELO_NO_ADDRESS, { REMEDY_ANSWER }, 1 },
	{ F_HELO_OTHER_ADDRESS, { REMEDY_ANSWER }, 1 },
	{ F_MX_NULL, { REMEDY_ANSWER }, 1 },
	{ F_MX_MISSING, { REMEDY_ANSWER }, 1 },
	{ F_PTR_MISSING, { REMEDY_ANSWER }, 1 },
	{ F_PTR_GENERIC, { REMEDY_ANSWER }, 1 },
	{ F_PTR_MISMATCH, { REMEDY_ANSWER }, 1 },
};

static const struct {
	const char *label; /* N_(); %s is the value */
	enum wizard_step step;
} remedies[REMEDY_COUNT] = {
	[REMEDY_SUGGESTED] = { N_("Take over the repaired record"), WIZ_SPF },
	[REMEDY_PROPOSE] = { N_("Begin with a record for what is known"),
	    WIZ_SPF },
	[REMEDY_REMOVE_TERM] = { N_("Remove \"%s\""), WIZ_SPF },
	[REMEDY_SOFTFAIL] = { N_("End the record with ~all"), WIZ_SPF },
	[REMEDY_ADD_SENDER] = { N_("Add %s to the record"), WIZ_SPF },
	[REMEDY_DECLARE_NOTHING] = { N_("This domain sends no mail: forbid it "
					"all"),
	    WIZ_SPF },
	[REMEDY_CHANGE_DOMAIN] = { N_("Change the domain"), WIZ_START },
	[REMEDY_PUBLISH] = { N_("Publish the record that is planned here"),
	    WIZ_SPF },
	[REMEDY_ANSWER] = { N_("Change what was answered about the servers"),
	    WIZ_DOMAIN },
};

/* The repaired SPF record a look offers; len 0: none. */
static struct str
suggested_spf(const struct look *look)
{
	for (size_t i = 0; i < look->report.nsuggested; i++) {
		const struct record *record = &look->report.suggested[i];

		if (record->type == RR_TXT && spf_is_record(record->text) &&
		    name_equal(record->name, look->target.domain))
			return record->text;
	}
	return (struct str){ 0 };
}

static bool
offer_suggested(
    struct arena *arena, const struct look *look, const struct plan *plan)
{
	struct str record = suggested_spf(look);

	return record.len > 0 &&
	    !spf_same_record(record, str_of(output_spf_text(arena, plan)));
}

/* The term a finding is about, when the plan has it. */
static const char *
term_of(const struct finding *finding, const struct plan *plan)
{
	const char *term = finding->detail[0];
	size_t at;

	if (term == NULL)
		return NULL;
	at = spf_plan_same(plan, str_of(term));
	return at < plan->nterms ? plan->term[at] : NULL;
}

/* The address a finding is about, as a term. */
static const char *
sender_of(struct arena *arena, const struct finding *finding)
{
	struct ip ip;

	if (finding->subject == NULL ||
	    !ip_parse(str_of(finding->subject), &ip))
		return NULL;
	return arena_printf(arena, "%s:%s", ip.family == IP_V4 ? "ip4" : "ip6",
	    ip_print(arena, ip));
}

/* What the remedy is about; NULL: it does not help here. */
static const char *
value_for(struct arena *arena, enum remedy_id id, const struct look *look,
    const struct finding *finding, const struct plan *plan)
{
	enum spf_ending ending;

	switch (id) {
	case REMEDY_SUGGESTED:
		return offer_suggested(arena, look, plan) ? "" : NULL;
	case REMEDY_REMOVE_TERM:
		return term_of(finding, plan);
	case REMEDY_ADD_SENDER:
		return sender_of(arena, finding);
	case REMEDY_SOFTFAIL:
		ending = spf_plan_ending(plan);
		return ending == SPF_END_SOFTFAIL || ending == SPF_END_FAIL
		    ? NULL
		    : "";
	default:
		return "";
	}
}

static void
fill(struct arena *arena, enum remedy_id id, const char *label,
    const char *value, struct remedy *out)
{
	*out = (struct remedy){ .id = id, .step = remedies[id].step };
	bounded_copy(out->value, sizeof(out->value), value);
	bounded_copy(out->label, sizeof(out->label), _(label));
	if (value[0] != '\0')
		snprintf(out->label, sizeof(out->label),
		    id == REMEDY_ADD_SENDER ? _("Add %s to the record")
					    : _("Remove \"%s\""),
		    printable(arena, str_of(value)));
}

/* An SPF record was judged that is not the planned one. */
static bool
is_replaced(
    struct arena *arena, const struct look *look, const struct plan *plan)
{
	struct str planned = str_of(output_spf_text(arena, plan));
	size_t same = 0;

	if (look->kind != LOOK_SPF || planned.len == 0)
		return false;
	for (size_t i = 0; i < look->report.npublished; i++)
		if (look->report.published[i].type == RR_TXT &&
		    spf_same_record(look->report.published[i].text, planned))
			same++;
	return same == 0 || same < look->report.npublished;
}

static const char *
label_of(enum remedy_id id, const struct finding *finding)
{
	if (id == REMEDY_SUGGESTED && finding->code == F_SPF_MULTIPLE)
		return N_("Merge the records into one");
	if (id == REMEDY_SUGGESTED && finding->code == F_SPF_MISSING)
		return N_("Take over the proposed record");
	return remedies[id].label;
}

size_t
remedy_find(const struct look *look, const struct finding *finding,
    const struct plan *plan, struct remedy out[REMEDY_MAX])
{
	struct arena *arena;
	size_t n = 0;
	size_t row = 0;

	/* The plan is about the domain, not about a name below it. */
	if (look->kind == LOOK_SUBDOMAINS)
		return 0;
	arena = arena_new();
	while (row < COUNT(helps) && helps[row].code != finding->code)
		row++;
	for (size_t i = 0; row < COUNT(helps) && i < helps[row].n; i++) {
		enum remedy_id id = helps[row].ids[i];
		const char *value = value_for(arena, id, look, finding, plan);

		if (value != NULL)
			fill(
			    arena, id, label_of(id, finding), value, &out[n++]);
	}
	if (n == 0 && row < COUNT(helps) && is_replaced(arena, look, plan))
		fill(arena, REMEDY_PUBLISH, remedies[REMEDY_PUBLISH].label, "",
		    &out[n++]);
	arena_free(arena);
	return n;
}

static const char *
remove_term(const char *term, struct plan *plan)
{
	size_t at = plan->nterms;

	/* The last one that reads so: of two alike the first one works. */
	for (size_t i = 0; i < plan->nterms; i++)
		if (strcmp(plan->term[i], term) == 0)
			at = i;
	if (!field_remove(plan, FIELD_SPF_TERM, at))
		return _("The term is not in the record any more.");
	return NULL;
}

static const char *
take_suggested(const struct look *look, struct plan *plan)
{
	struct str record = suggested_spf(look);

	if (record.len == 0)
		return _("There is no repaired record for this.");
	if (!spf_plan_take(plan, record))
		return _("The repaired record is too long to be edited here.");
	return NULL;
}

const char *
remedy_apply(
    const struct remedy *remedy, const struct look *look, struct plan *plan)
{
	switch (remedy->id) {
	case REMEDY_SUGGESTED:
		return take_suggested(look, plan);
	case REMEDY_PROPOSE:
		remedy_propose_spf(look, plan);
		return NULL;
	case REMEDY_REMOVE_TERM:
		return remove_term(remedy->value, plan);
	case REMEDY_SOFTFAIL:
		return spf_plan_end(plan, SPF_END_SOFTFAIL, NULL);
	case REMEDY_ADD_SENDER:
		return spf_plan_add(plan, SIZE_MAX, str_of(remedy->value));
	case REMEDY_DECLARE_NOTHING:
		plan->sends_nothing = true;
		remedy_propose_spf(look, plan);
		return NULL;
	case REMEDY_CHANGE_DOMAIN:
	case REMEDY_ANSWER:
	case REMEDY_PUBLISH:
	case REMEDY_COUNT:
		break;
	}
	return NULL;
}

/* An MX host inside the domain is most likely a server of its own. */
static bool
has_own_mx(const struct look *look, const char *domain)
{
	if (look == NULL)
		return false;
	for (size_t i = 0; i < look->report.npublished; i++) {
		const struct record *record = &look->report.published[i];

		if (record->type == RR_MX && name_equal(record->name, domain) &&
		    name_is_below(record->mx.host, domain))
			return true;
	}
	return false;
}

static void
add_include(struct plan *plan, const char *domain)
{
	char term[PLAN_TERM];

	snprintf(term, sizeof(term), "include:%s", domain);
	if (spf_plan_same(plan, str_of(term)) == plan->nterms)
		field_store(plan, FIELD_SPF_TERM, str_of(term));
}

/* Whoever keeps the mailboxes of the domain sends for them too. */
static const struct provider *
mailbox_service(const struct record *record, const struct plan *plan)
{
	const struct provider *p;

	if (record->type != RR_MX || !name_equal(record->name, plan->domain))
		return NULL;
	p = provider_by_mx(record->mx.host);
	return p != NULL && p->kind == PROVIDER_MAILBOX &&
		p->need == PROVIDER_NEEDED && p->ninclude > 0
	    ? p
	    : NULL;
}

static void
propose_services(const struct look *look, struct plan *plan)
{
	for (size_t i = 0; look != NULL && i < look->report.npublished; i++) {
		const struct provider *p =
		    mailbox_service(&look->report.published[i], plan);

		if (p != NULL)
			add_include(plan, p->include[0]);
	}
}

bool
remedy_knows_service(const struct look *look, const struct plan *plan)
{
	for (size_t i = 0; look != NULL && i < look->report.npublished; i++)
		if (mailbox_service(&look->report.published[i], plan) != NULL)
			return true;
	return false;
}

void
remedy_propose_spf(const struct look *look, struct plan *plan)
{
	field_clear(plan, FIELD_SPF_TERM);
	plan->spf_begun = true;
	plan->spf_published = false;
	if (plan->sends_nothing) {
		spf_plan_end(plan, SPF_END_FAIL, NULL);
		return;
	}
	if (has_own_mx(look, plan->domain))
		field_store(plan, FIELD_SPF_TERM, str_of("mx"));
	propose_services(look, plan);
	for (size_t i = 0; i < plan->nsending; i++) {
		char term[PLAN_IP + 4];
		bool v6 = strchr(plan->sending[i], ':') != NULL;

		snprintf(term, sizeof(term), "%s:%s", v6 ? "ip6" : "ip4",
		    plan->sending[i]);
		field_store(plan, FIELD_SPF_TERM, str_of(term));
	}
	/* Nobody may send, said softly, until a sender is added. */
	spf_plan_end(plan, SPF_END_SOFTFAIL, NULL);
}
