/* The checklist: records to publish, and where they are by now. */
#include "checklist_inside.h"

#include <string.h>

#include "../checks/base/i18n.h"
#include "../checks/base/printable.h"
#include "../checks/proof.h"
#include "no_mail_plan.h"
#include "planned.h"

/* "SPF: Published at all 3 name servers", for a text beside it. */
static const char *
where_text(struct checklist_builder *b, const struct published_view *where)
{
	size_t len = strlen(where->headline);

	if (len > 0 && where->headline[len - 1] == '.')
		len--;
	return arena_printf(b->arena, "%s: %.*s",
	    _(planned_words[where->what].label), (int)len, where->headline);
}

static const char *
proof_of(struct checklist_builder *b, const struct checklist_planned *planned)
{
	return arena_printf(b->arena, "dig +short TXT %s",
	    shell_word(b->arena, str_of(planned->name)));
}

/* "Published" was said: where the record is by now. */
static void
add_where(struct checklist_builder *b, const struct checklist_planned *planned)
{
	const struct published_view *where = planned->where;
	const struct planned_words *words = &planned_words[where->what];
	const char *label = _(words->label);
	struct item item = {
		.level = where->slip != SLIP_NONE ? ITEM_FAIL : ITEM_WAIT,
		.group = GROUP_TODO,
		.text = arena_printf(
		    b->arena, _("%s: looking for the published record"), label),
		.why = where->looked ? where->more : NULL,
		.fix = where->slip != SLIP_NONE
		    ? arena_printf(b->arena,
			  _("Mend the entry at your DNS provider. The record "
			    "stands in the step %s."),
			  _(steps[words->step].name))
		    : arena_printf(b->arena,
			  _("Nothing but wait: it is looked for again by "
			    "itself, twice a minute. %s looks now."),
			  b->source->look_key),
		.proof = proof_of(b, planned),
		.step = words->step,
	};

	if (where->looked && where->published == PUBLISHED_YES &&
	    where->slip == SLIP_NONE && where->until > b->source->now) {
		item.text = where_text(b, where);
		item.detail = arena_printf(b->arena, _("visible from %s"),
		    deadline_print(b->arena, where->until, b->source->now));
	} else if (where->looked) {
		item.text = arena_printf(
		    b->arena, "%s: %s %s", label, where->headline, where->more);
	}
	checklist_add(b, item);
}

/* Every name server was asked and has it. */
static void
add_verified(struct checklist_builder *b, const struct published_view *where)
{
	checklist_add(b,
	    (struct item){
		.level = ITEM_OK,
		.group = GROUP_DONE,
		.text = where_text(b, where),
		.detail = arena_printf(b->arena, _("verified %s"),
		    clock_print(b->arena, where->at, b->source->now)),
		.why = where->more,
		.step = planned_words[where->what].step,
		.ticked = true,
	    });
}

bool
checklist_plan_is_faulty(
    const struct checklist_source *source, enum planned which)
{
	const struct look *look = which == PLANNED_SPF
	    ? source->result[LOOK_PLAN]
	    : which == PLANNED_DMARC ? source->result[LOOK_DMARC_PLAN]
				     : NULL;

	return look != NULL && look->report.status == SEV_FAIL &&
	    str_equal(str_of(look->plan.record), source->planned[which].text);
}

/* What an item about this record is called: by the domain, or its name. */
static const char *
named(struct checklist_builder *b, const char *format, const char *name)
{
	return arena_printf(b->arena, format, name);
}

/* What would go wrong is mended first, not published. */
static void
add_faulty_plan(struct checklist_builder *b,
    const struct checklist_planned *planned, enum planned which)
{
	const struct planned_words *words = &planned_words[which];

	checklist_add(b,
	    (struct item){
		.level = ITEM_FAIL,
		.group = GROUP_TODO,
		.text = named(b, _(words->faulty), planned->name),
		.detail = printable(b->arena, planned->text),
		.why = which == PLANNED_SPF
		    ? _("It is not published like this: receivers would give "
			"up on it, or anybody could send in your name.")
		    : _("It is not published like this: receivers would take "
			"no notice of it."),
		.fix = arena_printf(b->arena,
		    _("Go to the step %s and take over the repaired record, "
		      "or change what is marked FAIL."),
		    _(steps[words->step].name)),
		.step = words->step,
	    });
}

static void
add_to_publish(struct checklist_builder *b,
    const struct checklist_planned *planned, enum planned which)
{
	const struct planned_words *words = &planned_words[which];

	checklist_add(b,
	    (struct item){
		.level = ITEM_TODO,
		.group = GROUP_TODO,
		.text = named(b, _(words->publish), planned->name),
		.detail = printable(b->arena, planned->text),
		.fix = _("Enter it at your DNS provider in place of the old "
			 "one, then check again."),
		.proof = proof_of(b, planned),
		.step = words->step,
	    });
}

/* One planned record, while DNS shows something else. */
static void
add_planned(struct checklist_builder *b, enum planned which)
{
	const struct checklist_planned *planned = &b->source->planned[which];
	const struct published_view *where = planned->where;

	if (planned->published) {
		if (where != NULL && where->looked && where->done &&
		    where->published == PUBLISHED_YES)
			add_verified(b, where);
	} else if (where != NULL && where->said) {
		b->open = true;
		add_where(b, planned);
	} else if (planned->known &&
	    checklist_plan_is_faulty(b->source, which)) {
		b->open = true;
		add_faulty_plan(b, planned, which);
	} else if (planned->known) {
		b->open = true;
		add_to_publish(b, planned, which);
	}
}

/* Who sends no mail has an item of its own for DMARC. */
static bool
is_left_out(const struct checklist_builder *b, enum planned which)
{
	const struct plan *plan = b->source->plan;

	return b->source->planned[which].text.len == 0 ||
	    checklist_skips(plan, planned_words[which].step) ||
	    (which == PLANNED_DMARC && plan->sends_nothing);
}

void
checklist_add_publishing(struct checklist_builder *b)
{
	for (int i = 0; i < PLANNED_COUNT; i++)
		if (!is_left_out(b, (enum planned)i))
			add_planned(b, (enum planned)i);
}

/* Null MX stands beside the SPF record that forbids all mail. */
static enum wizard_step
step_of(const struct record *record)
{
	return record->type == RR_MX ? WIZ_SPF : WIZ_DMARC;
}

/* DMARC and null MX of a domain that sends no mail. */
static void
add_no_mail_record(struct checklist_builder *b, const struct no_mail *seen,
    const struct record *record)
{
	const char *what = record->type == RR_MX ? _("Null MX") : _("DMARC");
	enum no_mail_state state =
	    seen == NULL ? NO_MAIL_UNSEEN : no_mail_state_of(seen, record);
	struct item item = {
		.level = ITEM_TODO,
		.group = GROUP_TODO,
		.detail = record_value(b->arena, record),
		.proof = arena_printf(b->arena, "dig +short %s %s",
		    rr_type_word(b->arena, record->type), record->name),
		.step = step_of(record),
	};

	if (state == NO_MAIL_THERE) {
		item.level = ITEM_OK;
		item.group = GROUP_DONE;
		item.ticked = true;
		item.text = arena_printf(b->arena, _("%s: is published"), what);
	} else {
		b->open = true;
		item.text = arena_printf(b->arena,
		    state == NO_MAIL_UNSEEN ? _("%s: not seen in DNS yet")
			: state == NO_MAIL_OTHER
			? _("%s: replace the record at %s")
			: _("%s: publish the record at %s"),
		    what, record->name);
		item.why = _("It goes with the SPF record of a domain that "
			     "sends no mail.");
		item.fix = _("Enter it at your DNS provider, then check "
			     "again.");
	}
	checklist_add(b, item);
}

void
checklist_add_no_mail(struct checklist_builder *b)
{
	const struct look *look = b->source->result[LOOK_NO_MAIL];
	struct output output = { 0 };

	if (b->source->busy[LOOK_NO_MAIL])
		look = NULL;
	no_mail_output(b->arena, b->source->plan, &output);
	for (size_t i = 0; i < output.nrecords; i++)
		if (!checklist_skips(
			b->source->plan, step_of(&output.records[i])))
			add_no_mail_record(b,
			    look == NULL ? NULL : &look->no_mail,
			    &output.records[i]);
}
