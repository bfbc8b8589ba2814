/* The way to a DMARC policy that protects. */
#include "dmarc_path.h"

#include "../checks/base/i18n.h"
#include "dmarc_plan.h"

#define DAY 86400

struct stage {
	enum dmarc_policy policy;
	bool testing;
	unsigned int days; /* before the next one */
	const char *label, *text, *risk;
};

static const struct stage stages[STAGE_COUNT] = {
	[STAGE_UNKNOWN] = {
		.label = N_("nothing yet"),
		.text = N_("No policy was seen in DNS yet."),
		.risk = N_("Nothing is at risk."),
	},
	[STAGE_REPORTS] = {
		.policy = DMARC_NONE,
		.days = 14,
		.label = N_("p=none"),
		.text = N_("Reports only, for two to four weeks. They name "
		    "every server that sends as you: allow those that are "
		    "yours."),
		.risk = N_("Nothing is at risk: mail is treated as before."),
	},
	[STAGE_TRY_QUARANTINE] = {
		.policy = DMARC_QUARANTINE,
		.testing = true,
		.days = 7,
		.label = N_("quarantine (t=y)"),
		.text = N_("Quarantine as a test, for a week: new receivers "
		    "only report what they would do."),
		.risk = N_("Older receivers do not know t=y: there your mail "
		    "that fails SPF and DKIM goes to the spam folder now."),
	},
	[STAGE_QUARANTINE] = {
		.policy = DMARC_QUARANTINE,
		.days = 14,
		.label = N_("quarantine"),
		.text = N_("Mail that fails goes to the spam folder. Watch "
		    "the reports for two weeks."),
		.risk = N_("Your mail that fails SPF and DKIM goes to the spam "
		    "folder, such as that of a forgotten newsletter or a "
		    "web form."),
	},
	[STAGE_TRY_REJECT] = {
		.policy = DMARC_REJECT,
		.testing = true,
		.days = 7,
		.label = N_("reject (t=y)"),
		.text = N_("Reject as a test, for a week: new receivers still "
		    "quarantine."),
		.risk = N_("Older receivers do not know t=y: they refuse your "
		    "mail that fails SPF and DKIM now."),
	},
	[STAGE_REJECT] = {
		.policy = DMARC_REJECT,
		.label = N_("reject"),
		.text = N_("Mail that fails is refused: the end of the way. "
		    "Go on reading the reports."),
		.risk = N_("Your mail that fails SPF and DKIM is refused and "
		    "never arrives; forwarded mail and mailing lists are hit "
		    "most."),
	},
};

/* The stage of a policy and t=y. */
static enum dmarc_stage
stage_of(enum dmarc_policy policy, bool testing)
{
	switch (policy) {
	case DMARC_QUARANTINE:
		return testing ? STAGE_TRY_QUARANTINE : STAGE_QUARANTINE;
	case DMARC_REJECT:
		return testing ? STAGE_TRY_REJECT : STAGE_REJECT;
	case DMARC_NONE:
		break;
	}
	return STAGE_REPORTS;
}

bool
dmarc_path_note(
    struct plan *plan, const struct dmarc_record *record, int64_t now)
{
	enum dmarc_stage stage = record == NULL || !record->usable
	    ? STAGE_UNKNOWN
	    : stage_of(record->p, record->testing);

	if (plan->dmarc.stage == (unsigned int)stage)
		return false;
	plan->dmarc.stage = (unsigned int)stage;
	plan->dmarc.since = stage == STAGE_UNKNOWN ? 0 : now;
	return true;
}

static enum dmarc_stage
planned_stage(const struct plan *plan)
{
	enum dmarc_policy policy = DMARC_NONE;

	if (!plan->dmarc.begun ||
	    !dmarc_policy_read(
		str_of(dmarc_plan_meaning(plan, DMARC_P)), &policy))
		return STAGE_UNKNOWN;
	return stage_of(policy,
	    str_equal_nocase(str_of(dmarc_plan_meaning(plan, DMARC_T)), "y"));
}

static const char *
obstacle(const struct plan *plan, enum dmarc_green spf, enum dmarc_green dkim)
{
	if (spf == GREEN_NO)
		return N_("SPF is not in order yet.");
	if (dkim == GREEN_NO)
		return N_("DKIM is not in order yet.");
	if (spf == GREEN_UNKNOWN)
		return N_("Whether SPF is in order is not known yet.");
	if (dkim == GREEN_UNKNOWN)
		return N_("Whether DKIM is in order is not known yet.");
	if (plan->dmarc.nrua == 0)
		return N_("Nobody gets reports, so nobody knows what the next "
			  "stage would do: set rua.");
	return NULL;
}

struct dmarc_path
dmarc_path_at(const struct plan *plan, enum dmarc_green spf,
    enum dmarc_green dkim, int64_t now)
{
	struct dmarc_path path = {
		.published = (enum dmarc_stage)plan->dmarc.stage,
		.planned = planned_stage(plan),
	};
	unsigned int days = stages[path.published].days;

	path.next = path.published < STAGE_REJECT
	    ? (enum dmarc_stage)(path.published + 1)
	    : STAGE_REJECT;
	if (days > 0 && plan->dmarc.since > 0 &&
	    plan->dmarc.since < INT64_MAX - (int64_t)days * DAY)
		path.due = plan->dmarc.since + (int64_t)days * DAY;
	path.waited = path.due <= now;
	/* Asking for reports needs nothing else to be in order. */
	if (path.published > STAGE_UNKNOWN && path.published < STAGE_REJECT)
		path.obstacle = obstacle(plan, spf, dkim);
	path.advised = path.published < STAGE_REJECT && path.waited &&
	    path.obstacle == NULL;
	path.jumps = path.planned > path.published &&
	    path.planned > STAGE_REPORTS &&
	    (path.planned > path.next || !path.advised);
	return path;
}

void
dmarc_path_take(struct plan *plan, enum dmarc_stage stage)
{
	char problem[PLAN_TEXT];

	dmarc_plan_set(plan, DMARC_P,
	    str_of(dmarc_policy_word(stages[stage].policy)), problem);
	dmarc_plan_set(
	    plan, DMARC_T, str_of(stages[stage].testing ? "y" : "n"), problem);
}

const char *
dmarc_stage_label(enum dmarc_stage stage)
{
	return stages[stage].label;
}

const char *
dmarc_stage_text(enum dmarc_stage stage)
{
	return stages[stage].text;
}

const char *
dmarc_stage_risk(enum dmarc_stage stage)
{
	return stages[stage].risk;
}
