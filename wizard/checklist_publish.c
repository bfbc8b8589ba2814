/* The checklist: records to publish, and where they are by now. */
#include "checklist_inside.h"

#include <string.h>

#include "../checks/base/i18n.h"
#include "../checks/base/printable.h"
#include "no_mail_plan.h"

/* "SPF: Published at all 3 name servers", for a text beside it. */
static const char *
where_text(struct checklist_builder *b, const struct published_view *where)
{
	size_t len = strlen(where->headline);

	if (len > 0 && where->headline[len - 1] == '.')
		len--;
	return arena_printf(
	    b->arena, _("SPF: %.*s"), (int)len, where->headline);
}

/* "Published" was said: where the record is by now. */
static void
add_where(struct checklist_builder *b, const struct published_view *where)
{
	struct item item = {
		.level = where->slip != SLIP_NONE ? ITEM_FAIL : ITEM_WAIT,
		.group = GROUP_TODO,
		.text = _("SPF: looking for the published record"),
		.why = where->looked ? where->more : NULL,
		.fix = where->slip != SLIP_NONE
		    ? _("Mend the entry at your DNS provider. The record "
			"stands in the step SPF.")
		    : arena_printf(b->arena,
			  _("Nothing but wait: it is looked for again by "
			    "itself, twice a minute. %s looks now."),
			  b->source->look_key),
		.proof = arena_printf(
		    b->arena, "dig +short TXT %s", b->source->plan->domain),
		.step = WIZ_SPF,
	};

	if (where->looked && where->published == PUBLISHED_YES &&
	    where->slip == SLIP_NONE && where->until > b->source->now) {
		item.text = where_text(b, where);
		item.detail = arena_printf(b->arena, _("visible from %s"),
		    deadline_print(b->arena, where->until, b->source->now));
	} else if (where->looked) {
		item.text = arena_printf(
		    b->arena, _("SPF: %s %s"), where->headline, where->more);
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
		.step = WIZ_SPF,
		.ticked = true,
	    });
}

bool
checklist_plan_is_faulty(const struct checklist_source *source)
{
	const struct look *look = source->result[LOOK_PLAN];

	return look != NULL && look->report.status == SEV_FAIL &&
	    strcmp(look->plan.record, source->record) == 0;
}

/* What would go wrong is mended first, not published. */
static void
add_faulty_plan(struct checklist_builder *b)
{
	checklist_add(b,
	    (struct item){
		.level = ITEM_FAIL,
		.group = GROUP_TODO,
		.text = arena_printf(b->arena,
		    _("The planned SPF record of %s has faults"),
		    b->source->plan->domain),
		.detail = printable(b->arena, str_of(b->source->record)),
		.why = _("It is not published like this: receivers would give "
			 "up on it, or anybody could send in your name."),
		.fix = _("Go to the step SPF and take over the repaired "
			 "record, or change the entries marked FAIL."),
		.step = WIZ_SPF,
	    });
}

/* The planned record, while DNS shows something else. */
void
checklist_add_publishing(struct checklist_builder *b)
{
	const struct plan *plan = b->source->plan;
	const struct published_view *where = b->source->where;

	if (b->source->record[0] == '\0' || checklist_skips(plan, WIZ_SPF))
		return;
	if (b->source->published) {
		if (where != NULL && where->looked && where->done &&
		    where->published == PUBLISHED_YES)
			add_verified(b, where);
		return;
	}
	b->open = true;
	if (where != NULL && where->said) {
		add_where(b, where);
		return;
	}
	if (checklist_plan_is_faulty(b->source)) {
		add_faulty_plan(b);
		return;
	}
	checklist_add(b,
	    (struct item){
		.level = ITEM_TODO,
		.group = GROUP_TODO,
		.text = arena_printf(
		    b->arena, _("Publish the SPF record of %s"), plan->domain),
		.detail = printable(b->arena, str_of(b->source->record)),
		.fix = _("Enter it at your DNS provider in place of the old "
			 "one, then check again."),
		.proof =
		    arena_printf(b->arena, "dig +short TXT %s", plan->domain),
		.step = WIZ_SPF,
	    });
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
