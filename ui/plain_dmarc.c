/* The DMARC record in lines: its tags, the path, alignment, repair. */
#include <string.h>

#include "../checks/base/i18n.h"
#include "../checks/base/printable.h"
#include "../wizard/dmarc_help.h"
#include "../wizard/dmarc_plan.h"
#include "../wizard/help.h"
#include "../wizard/try_alignment.h"
#include "plain_inside.h"

/* --- one tag ------------------------------------------------------------- */

static const char *
value_name(const struct dmarc_value_help *value)
{
	return value->label != NULL ? _(value->label) : value->value;
}

/* Is it what the record says now?  Of fo: one of what it says. */
static bool
is_chosen(const struct plan *plan, enum dmarc_tag_id tag,
    const struct dmarc_value_help *value)
{
	return tag == DMARC_FO
	    ? dmarc_plan_fo(plan, value->value[0])
	    : dmarc_plan_says(plan, tag, str_of(value->value));
}

const char *
plain_dmarc_default(struct plain *p, enum field_id field)
{
	enum dmarc_tag_id tag;

	if (!dmarc_tag_of(field, &tag) ||
	    dmarc_plan_has(session_plan(p->session), tag))
		return NULL;
	for (size_t i = 0; i < dmarc_help_values(tag); i++)
		if (is_chosen(session_plan(p->session), tag,
			&dmarc_tag_help[tag].values[i]))
			return arena_printf(p->arena, _("%s, not written"),
			    value_name(&dmarc_tag_help[tag].values[i]));
	return NULL;
}

static void
put_values(struct plain *p, enum dmarc_tag_id tag)
{
	const struct dmarc_tag_help *help = &dmarc_tag_help[tag];

	for (size_t i = 0; i < dmarc_help_values(tag); i++) {
		const struct dmarc_value_help *value = &help->values[i];
		bool chosen = is_chosen(session_plan(p->session), tag, value);

		plain_print(arena_printf(p->arena, "%2zu  ", i + 1),
		    "[%c] %s: %s", chosen ? 'x' : ' ', value_name(value),
		    _(value->text));
	}
}

static const char *
tag_help(struct plain *p, enum dmarc_tag_id tag)
{
	return arena_printf(p->arena, "%s%s",
	    _("A number chooses that value in your plan; nothing is published "
	      "by it. Enter leaves it as it is."),
	    plain_help(p, help_for_field(fields[dmarc_field(tag)].name)));
}

static void
take_value(struct plain *p, enum dmarc_tag_id tag,
    const struct dmarc_value_help *value)
{
	struct dmarc_path path;
	const char *problem = NULL;

	if (tag == DMARC_FO)
		session_dmarc_toggle_fo(p->session, value->value[0]);
	else
		problem =
		    session_answer(p->session, dmarc_field(tag), value->value);
	if (problem != NULL) {
		plain_put("FAIL  ", problem);
		return;
	}
	path = session_dmarc_path(p->session);
	if (path.jumps && (tag == DMARC_P || tag == DMARC_T))
		plain_put("WARN  ", _(dmarc_stage_risk(path.planned)));
}

bool
plain_dmarc_tag(struct plain *p, enum field_id field)
{
	enum dmarc_tag_id tag;
	enum reply reply;
	size_t n;

	if (!dmarc_tag_of(field, &tag))
		return false;
	plain_print(
	    "", "%s. %s", _(fields[field].label), _(dmarc_tag_help[tag].text));
	if (dmarc_tag_help[tag].older != NULL)
		plain_put("", _(dmarc_tag_help[tag].older));
	if (dmarc_help_values(tag) == 0) {
		plain_ask_field(p, field);
		return true;
	}
	put_values(p, tag);
	n = plain_choose(p,
	    tag == DMARC_FO
		? _("Number to switch it, Enter to leave it, ? help:")
		: _("Number to choose it, Enter to leave it, ? help:"),
	    tag_help(p, tag), dmarc_help_values(tag), &reply);
	if (n > 0)
		take_value(p, tag, &dmarc_tag_help[tag].values[n - 1]);
	return true;
}

/* --- the path ------------------------------------------------------------ */

static void
put_path_line(struct plain *p, const struct dmarc_path *path)
{
	time_t now = time(NULL);

	if (path->published == STAGE_UNKNOWN)
		plain_put("", _("Path: begin with p=none and reports."));
	else if (path->published == STAGE_REJECT)
		plain_put(
		    "", _("Path: reject is published, the end of the way."));
	else if (path->due == 0)
		plain_print("", _("Path: %s now; next: %s."),
		    _(dmarc_stage_label(path->published)),
		    _(dmarc_stage_label(path->next)));
	else
		plain_print("",
		    path->advised ? _("Path: %s now; %s is advised since %s.")
				  : _("Path: %s now; next: %s, not before %s."),
		    _(dmarc_stage_label(path->published)),
		    _(dmarc_stage_label(path->next)),
		    clock_print(p->arena, path->due, now));
	if (path->obstacle != NULL)
		plain_print(
		    "", _("Wait with the next stage: %s"), _(path->obstacle));
	if (path->jumps)
		plain_print("WARN  ",
		    _("Your record goes ahead of this way. %s"),
		    _(dmarc_stage_risk(path->planned)));
}

static const char *
stage_note(const struct dmarc_path *path, enum dmarc_stage stage)
{
	if (stage == path->published && stage == path->planned)
		return _(", now, and in your record");
	if (stage == path->published)
		return _(", now");
	return stage == path->planned ? _(", your record") : "";
}

static void
put_path(struct plain *p)
{
	struct dmarc_path path = session_dmarc_path(p->session);

	put_path_line(p, &path);
	for (int i = STAGE_REPORTS; i < STAGE_COUNT; i++)
		plain_print(arena_printf(p->arena, "%2d  ", i), "%s%s. %s",
		    _(dmarc_stage_label((enum dmarc_stage)i)),
		    stage_note(&path, (enum dmarc_stage)i),
		    _(dmarc_stage_text((enum dmarc_stage)i)));
	if (path.next == path.published || path.next == path.planned)
		return;
	if (!path.advised)
		plain_print("WARN  ", _("%s is early. %s"),
		    _(dmarc_stage_label(path.next)),
		    _(dmarc_stage_risk(path.next)));
	if (plain_confirm(p,
		arena_printf(p->arena, _("Put %s into your record? [n]:"),
		    _(dmarc_stage_label(path.next))))) {
		session_dmarc_take(p->session, path.next);
		plain_tell(p);
	}
}

/* --- alignment ----------------------------------------------------------- */

static void
put_tries(struct plain *p, const struct dmarc_tries *tries)
{
	const struct plan *plan = session_plan(p->session);

	for (size_t i = 0; i < tries->n; i++) {
		const struct dmarc_try *row = &tries->list[i];
		bool ours = alignment_is_ours(plan, row);

		plain_print("    ",
		    _("From %s, %s%s%s%s%s: relaxed %s, strict %s%s"),
		    row->from,
		    row->kind == DMARC_BY_SIGNATURE ? "d=" : "MAIL FROM ",
		    row->identifier, row->who == NULL ? "" : " (",
		    row->who == NULL ? "" : row->who,
		    row->who == NULL ? "" : ")",
		    _(dmarc_alignment_word(row->relaxed)),
		    _(dmarc_alignment_word(row->strict)),
		    !ours ? ""
			: alignment_counts(plan, row)
			? _("; it counts by your record")
			: _("; it does not count by your record"));
	}
}

/* What was typed, or what stands in brackets; NULL: back, or the end. */
static const char *
ask_name(struct plain *p, const char *question, const char *otherwise)
{
	enum reply reply = plain_ask(p,
	    arena_printf(p->arena, "%s [%s]:", question,
		otherwise[0] == '\0' ? "-" : otherwise),
	    _("An address or a domain, as in the source of a mail you sent to "
	      "yourself: From, Return-Path, and d= in DKIM-Signature."));

	if (reply == REPLY_TEXT)
		return strcmp(p->line, "-") == 0
		    ? ""
		    : arena_strdup(p->arena, p->line);
	return reply == REPLY_EMPTY ? otherwise : NULL;
}

static void
try_typed(struct plain *p)
{
	const char *typed[ALIGN_NAMES] = { NULL };
	const struct dmarc_tries *tries;
	const char *problem;

	typed[ALIGN_MAIL_FROM] =
	    ask_name(p, _("Try another: bounces go to (MAIL FROM)"), "");
	if (typed[ALIGN_MAIL_FROM] != NULL)
		typed[ALIGN_SIGNER] = ask_name(p, _("Signed, d="), "");
	if (typed[ALIGN_SIGNER] == NULL ||
	    (typed[ALIGN_MAIL_FROM][0] == '\0' &&
		typed[ALIGN_SIGNER][0] == '\0'))
		return;
	typed[ALIGN_FROM] =
	    ask_name(p, _("From"), session_plan(p->session)->domain);
	if (typed[ALIGN_FROM] == NULL)
		return;
	problem = try_alignment(p->session, typed);
	if (problem != NULL) {
		plain_put("FAIL  ", problem);
		return;
	}
	plain_wait_for(p, LOOK_ALIGN);
	tries = try_alignment_result(p->session, typed);
	if (tries != NULL)
		put_tries(p, tries);
}

static void
put_alignment(struct plain *p)
{
	const struct look *look = session_look(p->session, LOOK_DMARC_PLAN);
	const char *advice;

	plain_put("",
	    _("DMARC passes when SPF passes for a MAIL FROM, or DKIM for a "
	      "d=, that belongs to the domain in From. Relaxed: the same "
	      "organization; strict: the very same name."));
	if (look != NULL) {
		put_tries(p, &look->tries);
		advice =
		    alignment_advice(session_plan(p->session), &look->tries);
		if (advice != NULL)
			plain_put("", _(advice));
	}
	try_typed(p);
}

/* --- the step ------------------------------------------------------------ */

/* Addresses of others, who have to agree. */
static void
put_consents(struct plain *p)
{
	const struct plan *plan = session_plan(p->session);
	const struct plan_dmarc *dmarc = &plan->dmarc;

	for (size_t i = 0; i < dmarc->nrua + dmarc->nruf; i++) {
		const char *name = dmarc_plan_consent(p->arena, plan,
		    i < dmarc->nrua ? dmarc->rua[i]
				    : dmarc->ruf[i - dmarc->nrua]);

		if (name != NULL)
			plain_print("    ",
			    _("Its owner has to publish TXT %s: \"v=DMARC1\""),
			    name);
	}
}

void
plain_dmarc_show(struct plain *p)
{
	const struct plan *plan = session_plan(p->session);
	const struct look *look = session_look(p->session, LOOK_DMARC_PLAN);
	struct dmarc_path path = session_dmarc_path(p->session);

	if (!plan->dmarc.begun || plan->sends_nothing)
		return;
	if (look != NULL)
		plain_print("", _("Judged: %s."), plain_summary(p, look));
	put_consents(p);
	if (look != NULL && look->repair.len > 0) {
		plain_put("", _("As it was meant; m takes it over:"));
		plain_line(printable(p->arena, look->repair));
	}
	put_path_line(p, &path);
	plain_put("", _("Or: d the dated path, a alignment, u undo."));
}

bool
plain_dmarc_act(struct plain *p, const char *line)
{
	const struct plan *plan = session_plan(p->session);

	if (!plan->dmarc.begun || plan->sends_nothing || line[0] == '\0' ||
	    line[1] != '\0')
		return false;
	switch (line[0]) {
	case 'd':
		put_path(p);
		return true;
	case 'a':
		put_alignment(p);
		return true;
	case 'u':
		plain_put("", session_undo(p->session));
		return true;
	case 'm': {
		const char *problem = session_dmarc_repair(p->session);

		plain_put("",
		    problem != NULL
			? problem
			: _("Taken over. u takes it back; publish it then."));
		return true;
	}
	default:
		return false;
	}
}
