/* What is done, what is left to do, and how to prove it. */
#include "checklist_inside.h"

#include <string.h>

#include "../checks/base/i18n.h"
#include "../checks/proof.h"

/* --- building ------------------------------------------------------------ */

void
checklist_add(struct checklist_builder *b, struct item item)
{
	struct checklist *list = b->out;

	list->items = arena_grow(
	    b->arena, list->items, list->nitems, sizeof(*list->items));
	list->items[list->nitems++] = item;
}

bool
checklist_skips(const struct plan *plan, enum wizard_step step)
{
	for (size_t i = 0; i < plan->nskipped; i++)
		if (strcmp(plan->skipped[i], steps[step].word) == 0)
			return true;
	return false;
}

/* Who to ask in a proof: the plan's first name server. */
static const struct dns_server *
proof_server(struct checklist_builder *b)
{
	struct str rest = str_of(b->source->plan->resolver);
	struct dns_server *server = arena_new_of(b->arena, struct dns_server);

	if (rest.len == 0 ||
	    dns_server_parse(
		b->arena, str_trim(str_word(&rest, ',')), server) != NULL)
		return NULL;
	return server;
}

static const struct {
	enum item_level level;
	enum item_group group;
} by_severity[SEV_COUNT] = {
	[SEV_PASS] = { ITEM_OK, GROUP_DONE },
	[SEV_NOTE] = { ITEM_NOTE, GROUP_DONE },
	[SEV_WARN] = { ITEM_WARN, GROUP_TODO },
	[SEV_UNKNOWN] = { ITEM_WAIT, GROUP_TODO },
	[SEV_FAIL] = { ITEM_FAIL, GROUP_TODO },
};

static void
add_finding(struct checklist_builder *b, enum wizard_step step,
    const struct finding *finding)
{
	enum severity severity = finding->severity;
	enum item_level level = by_severity[severity].level;
	const char *fix = finding_fix(b->arena, finding);

	b->failed = b->failed || severity == SEV_FAIL;
	b->unknown = b->unknown || finding_hides_truth(finding);
	if (severity == SEV_UNKNOWN && !finding_hides_truth(finding))
		level = ITEM_TODO; /* only the person can tell */
	checklist_add(b,
	    (struct item){
		.level = level,
		.group = by_severity[severity].group,
		.text = finding_title(b->arena, finding),
		.why = finding_text(b->arena, finding),
		.fix = fix[0] != '\0' ? fix : NULL,
		.proof = finding_proof(b->arena, finding, proof_server(b)),
		.step = step,
		.finding = finding,
		.ticked = by_severity[severity].group == GROUP_DONE,
	    });
}

static void
add_waiting(struct checklist_builder *b, enum wizard_step step, bool busy)
{
	b->open = true;
	checklist_add(b,
	    (struct item){
		.level = ITEM_WAIT,
		.group = GROUP_TODO,
		.text = arena_printf(b->arena,
		    busy ? _("%s: looking") : _("%s: not looked at yet"),
		    _(steps[step].name)),
		.fix = busy ? NULL : _("Start the check of this step."),
		.step = step,
	    });
}

/*
 * Of all ports nobody can look at from here, the first stands for the others:
 * notes one more.
 */
static bool
joins_unseen(struct checklist_builder *b, const struct finding *finding)
{
	static const char id[] = "port-no-route";

	if (strcmp(finding_kinds[finding->code].id, id) != 0)
		return false;
	for (size_t i = 0; i < b->out->nitems; i++) {
		struct item *item = &b->out->items[i];

		if (item->finding == NULL ||
		    strcmp(finding_kinds[item->finding->code].id, id) != 0)
			continue;
		b->unseen++;
		item->detail = arena_printf(
		    b->arena, _("and %zu more like it"), b->unseen);
		return true;
	}
	return false;
}

/* Of the host as a whole: the other protocols found it too. */
static bool
is_said(const struct checklist_builder *b, const struct finding *finding)
{
	for (size_t i = 0; i < b->out->nitems; i++) {
		const struct finding *f = b->out->items[i].finding;

		if (f != NULL && f->code == finding->code &&
		    (f->code == F_CERT_DIFFERS ||
			f->code == F_HOST_NO_ADDRESS ||
			finding_hides_truth(f)) &&
		    strcmp(finding_title(b->arena, f),
			finding_title(b->arena, finding)) == 0)
			return true;
	}
	return false;
}

/* The record of a domain that sends no mail has an item of its own. */
static bool
is_said_otherwise(
    const struct checklist_builder *b, const struct finding *finding)
{
	return (b->source->plan->sends_nothing &&
		   finding->code == F_DMARC_MISSING) ||
	    is_said(b, finding);
}

void
checklist_add_look(
    struct checklist_builder *b, enum wizard_step step, enum look_kind kind)
{
	const struct look *look = b->source->result[kind];

	if (checklist_skips(b->source->plan, step)) {
		checklist_add(b,
		    (struct item){
			.level = ITEM_NOTE,
			.group = GROUP_DONE,
			.text = arena_printf(b->arena,
			    _("%s: left out on purpose"), _(steps[step].name)),
			.step = step,
		    });
		return;
	}
	if (look == NULL || b->source->busy[kind])
		add_waiting(b, step, b->source->busy[kind]);
	if (look == NULL)
		return;
	for (const struct finding *f = look->report.findings.first; f != NULL;
	     f = f->next)
		if (!is_said_otherwise(b, f) && !joins_unseen(b, f))
			add_finding(b, step, f);
	if (b->out->checked_at == 0 || look->at < b->out->checked_at)
		b->out->checked_at = look->at;
}

/* Who sends no mail has nothing to sign. */
static void
add_dkim(struct checklist_builder *b)
{
	if (!b->source->plan->sends_nothing) {
		checklist_add_look(b, WIZ_DKIM, LOOK_DKIM);
		return;
	}
	checklist_add(b,
	    (struct item){
		.level = ITEM_NOTE,
		.group = GROUP_DONE,
		.text = _("DKIM: the domain sends no mail, so nothing is "
			  "signed"),
		.step = WIZ_DKIM,
	    });
}

/* --- order and numbers --------------------------------------------------- */

static int
rank(const struct item *item)
{
	static const int ranks[] = {
		[ITEM_FAIL] = 0,
		[ITEM_TODO] = 1,
		[ITEM_WARN] = 2,
		[ITEM_WAIT] = 3,
		[ITEM_NOTE] = 5,
		[ITEM_OK] = 4,
	};

	/* What is ticked by hand stays in its place. */
	if (item->group == GROUP_MANUAL)
		return 100 * GROUP_MANUAL;
	return 100 * (int)item->group + ranks[item->level];
}

/* By insertion, so that alike items stay in the order they were found. */
static void
sort_items(struct checklist *list)
{
	for (size_t i = 1; i < list->nitems; i++) {
		struct item item = list->items[i];
		size_t j = i;

		for (; j > 0 && rank(&list->items[j - 1]) > rank(&item); j--)
			list->items[j] = list->items[j - 1];
		list->items[j] = item;
	}
}

static void
count_items(struct checklist *list)
{
	for (size_t i = 0; i < list->nitems; i++) {
		switch (list->items[i].level) {
		case ITEM_OK:
		case ITEM_NOTE:
			list->done++;
			break;
		case ITEM_WARN:
		case ITEM_FAIL:
			list->to_fix++;
			break;
		case ITEM_WAIT:
			list->to_wait++;
			break;
		case ITEM_TODO:
			list->to_do++;
			break;
		}
	}
}

void
checklist_make(struct arena *arena, const struct checklist_source *source,
    struct checklist *out)
{
	struct checklist_builder b = {
		.arena = arena,
		.source = source,
		.out = out,
		.open = source->open_fields || source->plan->domain[0] == '\0',
	};

	*out = (struct checklist){ 0 };
	checklist_add_look(&b, WIZ_DOMAIN, LOOK_DOMAIN);
	checklist_add_look(&b, WIZ_SPF, LOOK_SPF);
	if (source->plan->nsubdomains > 0 &&
	    !checklist_skips(source->plan, WIZ_SPF))
		checklist_add_look(&b, WIZ_SPF, LOOK_SUBDOMAINS);
	checklist_add_publishing(&b);
	add_dkim(&b);
	checklist_add_look(&b, WIZ_DMARC, LOOK_DMARC);
	checklist_add_rotation(&b);
	checklist_add_no_mail(&b);
	checklist_add_ports(&b);
	checklist_add_manuals(&b);
	checklist_add_server(&b);
	sort_items(out);
	count_items(out);
	out->exit_status = b.failed || b.open ? 1 : b.unknown ? 3 : 0;
}

const char *
item_level_word(enum item_level level)
{
	static const char *const words[] = {
		[ITEM_OK] = "OK",
		[ITEM_NOTE] = "NOTE",
		[ITEM_WARN] = "WARN",
		[ITEM_FAIL] = "FAIL",
		[ITEM_WAIT] = "WAIT",
		[ITEM_TODO] = "TODO",
	};

	return words[level];
}

const char *
item_group_title(enum item_group group)
{
	static const char *const titles[GROUP_COUNT] = {
		[GROUP_TODO] = N_("To do now"),
		[GROUP_DONE] = N_("Done and verified live"),
		[GROUP_MANUAL] =
		    N_("Cannot be tested from here - tick yourself"),
	};

	return _(titles[group]);
}
