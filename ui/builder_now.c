/* ui/builder_now.c - the rows "In DNS now" of the SPF builder. */
#include "../checks/base/i18n.h"
#include "builder.h"
#include "findings.h"
#include "servers.h"

#define TEXT_FROM 22 /* column behind the badge */

void
builder_draw_now(const struct row *row, const struct canvas *line, bool focused)
{
	int x = line->cols < NARROW_BELOW ? 9 : 16;

	if (focused) {
		draw_text(line, 0, line->cols < NARROW_BELOW ? 0 : 1,
		    ROLE_HEADING, ">");
		draw_cursor(line, 0, line->cols < NARROW_BELOW ? 1 : 3);
	}
	draw_cut(line, 0, line->cols < NARROW_BELOW ? 1 : 3, x - 2,
	    focused ? ROLE_FOCUS : ROLE_TEXT, row->label);
	x = draw_badge(line, 0, x, row->badge_role, row->badge);
	draw_cut(line, 0, x + 2,
	    line->cols - x - 3 -
		(row->right == NULL ? 0 : text_columns(row->right) + 2),
	    ROLE_TEXT, row->text);
	if (row->right != NULL)
		draw_right(line, 0, 1, ROLE_TEXT, row->right);
}

static void
describe_now(struct ui *ui, const struct spf_view *spf, struct row *row)
{
	static const struct {
		enum role role;
		const char *badge;
		const char *text;
	} states[] = {
		[SPF_NOW_LOOKING] = { ROLE_WAIT, N_("WAIT"),
		    N_("asking DNS ...") },
		[SPF_NOW_SAME] = { ROLE_OK, N_("OK"),
		    N_("exactly this record is published") },
		[SPF_NOW_DIFFERENT] = { ROLE_WARN, N_("WARN"),
		    N_("another record: ") },
		[SPF_NOW_NONE] = { ROLE_WARN, N_("WARN"),
		    N_("no SPF record is published yet") },
		[SPF_NOW_SEVERAL] = { ROLE_FAIL, N_("FAIL"),
		    N_("more than one SPF record is published") },
		[SPF_NOW_FAILED] = { ROLE_WARN, N_("WARN"),
		    N_("could not look: DNS did not answer") },
	};

	if (spf->now == SPF_NOW_SAME &&
	    findings_worst(ui, LOOK_PLAN) == SEV_FAIL) {
		row->badge = _("NOTE");
		row->badge_role = ROLE_WAIT;
		row->text = _("the same record, with the same faults");
		return;
	}
	row->badge = _(states[spf->now].badge);
	row->badge_role = states[spf->now].role;
	row->text = _(states[spf->now].text);
	if (spf->now == SPF_NOW_DIFFERENT && spf->published != NULL)
		row->text = ui_format(ui, "%s%s", row->text, spf->published);
}

/* What DNS answers, while nothing was said to be published. */
static void
add_answer(struct ui *ui, struct form *form, const struct spf_view *spf,
    struct row row)
{
	describe_now(ui, spf, &row);
	if (session_busy(ui->session, LOOK_SPF)) {
		row.badge = _("WAIT");
		row.badge_role = ROLE_WAIT;
		row.text = ui_format(ui, _("asking DNS ... %lld s"),
		    (long long)session_busy_ms(ui->session, LOOK_SPF) / 1000);
	}
	if (spf->now == SPF_NOW_DIFFERENT || spf->now == SPF_NOW_SEVERAL)
		row.right = form->compact ? "F6" : _("F6 compare");
	form_add(form, row);
}

/* What was published is waited for, or has just been found. */
static void
add_where(struct ui *ui, struct form *form, const struct published_view *where,
    struct row row)
{
	const char *next = servers_next(ui, PLANNED_SPF);

	row.badge = servers_badge(where);
	row.badge_role = servers_role(where);
	row.text = !where->looked ? _("asking the name servers ...")
	    : form->compact	  ? where->brief
				  : where->headline;
	if (form->columns >= NARROW_BELOW + 16)
		row.right = _("F6 servers");
	form_add(form, row);
	if (form->compact || !where->looked)
		return;
	if (*where->more != '\0')
		form_text(form, DROP_NOTE, ROLE_TEXT, TEXT_FROM, where->more);
	if (*next != '\0')
		form_text(form, DROP_SECOND, ROLE_TEXT, TEXT_FROM, next);
}

/* Done, though no name server was asked: what DNS answers says as much. */
static bool
has_news(const struct published_view *where)
{
	return where->said &&
	    (!where->done || where->published == PUBLISHED_YES);
}

void
builder_add_now(struct ui *ui, struct form *form, const struct spf_view *spf)
{
	const struct published_view *where =
	    session_published(ui->session, PLANNED_SPF);
	struct row row = {
		.id = ID_NOW,
		.group = GROUP_NOW,
		.draw = builder_draw_now,
		.label = form->compact ? _("DNS now") : _("In DNS now"),
	};

	if (has_news(where))
		add_where(ui, form, where, row);
	else
		add_answer(ui, form, spf, row);
}
