/* ui/advice.c - see advice.h */
#include "advice.h"

#include "../checks/base/i18n.h"
#include "../wizard/demo.h"
#include "page.h"
#include "server.h"

enum step_of_demo {
	DO_START,
	DO_GO_BACK, /* from another domain than the demo's */
	DO_WAIT,
	DO_OPEN_FAULT,
	DO_OPEN_FAULT_ABOVE, /* the focus is on a button, below them */
	DO_SEE_RECORDS,
	DO_ENTER_RECORDS,
	DO_GO_TO_SPF,
	DO_REPAIR,
	DO_GO_TO_PUBLISH,
	DO_PUBLISH,
	DO_GO_TO_DKIM,
	DO_GO_TO_DMARC,
	DO_GO_TO_POP3,
	DO_GO_TO_IMAP,
	DO_GO_TO_SMTP,
	DO_GO_TO_LIST,
	DO_SEE_SERVER,
	DO_MEND_SERVER,
	DO_OPEN_LINE,
	DO_FINISH,
};

static const struct advice advices[] = {
	[DO_START] = { .next = N_("Next: Start") },
	[DO_GO_BACK] = { N_("Next: Esc"), MESSAGE_NOTE,
	    N_("The demo knows bakery.example only. Esc goes back.") },
	[DO_WAIT] = { .next = N_("Next: wait a moment") },
	[DO_OPEN_FAULT] = { N_("Next: open a fault"), MESSAGE_FAIL,
	    N_("Down to a fault, Enter opens it.") },
	[DO_OPEN_FAULT_ABOVE] = { N_("Next: open a fault"), MESSAGE_FAIL,
	    N_("Up to a fault, Enter opens it.") },
	[DO_SEE_RECORDS] = { .next = N_("Next: what to enter") },
	[DO_ENTER_RECORDS] = { .next = N_("Next: Enter them") },
	[DO_GO_TO_SPF] = { N_("Next: Ctrl-N"), MESSAGE_OK,
	    N_("In order. Ctrl-N goes on to SPF.") },
	[DO_REPAIR] = { N_("Next: Repair it"), MESSAGE_FAIL,
	    N_("Faults: Tab to Repair, Enter.") },
	[DO_GO_TO_PUBLISH] = { N_("Next: Publish"), MESSAGE_NOTE,
	    N_("Publish: DNS has the old one.") },
	[DO_PUBLISH] = { .next = N_("Next: Publish it") },
	[DO_GO_TO_DKIM] = { N_("Next: Ctrl-N"), MESSAGE_OK,
	    N_("In DNS. Ctrl-N goes on to DKIM.") },
	[DO_GO_TO_DMARC] = { N_("Next: Ctrl-N"), MESSAGE_OK,
	    N_("Fine. Ctrl-N goes on to DMARC.") },
	[DO_GO_TO_POP3] = { N_("Next: Ctrl-N"), MESSAGE_OK,
	    N_("In order. Ctrl-N goes on to POP3.") },
	[DO_GO_TO_IMAP] = { N_("Next: Ctrl-N"), MESSAGE_OK,
	    N_("Fine. Ctrl-N goes on to IMAP.") },
	[DO_GO_TO_SMTP] = { N_("Next: Ctrl-N"), MESSAGE_OK,
	    N_("Fine. Ctrl-N goes on to SMTP.") },
	[DO_SEE_SERVER] = { .next = N_("Next: the server") },
	[DO_MEND_SERVER] = { N_("Next: I have done it"), MESSAGE_NOTE,
	    N_("Enter shows the commands.") },
	[DO_GO_TO_LIST] = { N_("Next: Ctrl-N"), MESSAGE_OK,
	    N_("In order. Ctrl-N: the checklist.") },
	[DO_OPEN_LINE] = { N_("Next: open a line"), MESSAGE_FAIL,
	    N_("Enter on a line: what to do.") },
	[DO_FINISH] = { N_("Next: Finish"), MESSAGE_OK,
	    N_("All is green. Ctrl-N finishes.") },
};

static enum severity
worst_of(const struct ui *ui, enum look_kind kind)
{
	const struct look *look = session_look(ui->session, kind);

	return look != NULL ? report_worst(&look->report.findings) : SEV_PASS;
}

static const struct advice *
for_check(const struct ui *ui, enum step_of_demo then)
{
	enum look_kind kind = page_look(ui->at);
	const struct look *look = session_look(ui->session, kind);
	int focus = ui->state[ui->at].focus;

	if (!name_equal(session_plan(ui->session)->domain, demo_domain))
		return &advices[DO_GO_BACK];
	if (worst_of(ui, kind) < SEV_WARN)
		return &advices[then];
	if (look == NULL || look->report.nsuggested == 0)
		return &advices[DO_OPEN_LINE];
	return focus >= PAGE_BACK && focus < PAGE_FINDING
	    ? &advices[DO_OPEN_FAULT_ABOVE]
	    : &advices[DO_OPEN_FAULT];
}

static const struct advice *
for_ports(const struct ui *ui, enum step_of_demo then)
{
	if (worst_of(ui, page_look(ui->at)) < SEV_WARN)
		return &advices[then];
	return ui->state[ui->at].focus >= PAGE_BACK &&
		ui->state[ui->at].focus < PAGE_FINDING
	    ? &advices[DO_OPEN_FAULT_ABOVE]
	    : &advices[DO_OPEN_FAULT];
}

static const struct advice *
for_spf(const struct ui *ui)
{
	const struct spf_view *spf = session_spf(ui->session);

	if (worst_of(ui, LOOK_PLAN) >= SEV_WARN || spf->record[0] == '\0')
		return &advices[DO_REPAIR];
	if (spf->now == SPF_NOW_SAME)
		return &advices[DO_GO_TO_DKIM];
	return session_demo_waits(ui->session) &&
		session_published(ui->session, PLANNED_SPF)->said
	    ? &advices[DO_WAIT]
	    : &advices[DO_GO_TO_PUBLISH];
}

/* What lies over the step. */
static const struct advice *
for_overlay(const struct ui *ui)
{
	const struct view *view = ui_view(ui);

	if (view == &view_server)
		return &advices[DO_MEND_SERVER];
	if (view == &view_mend)
		return &advices[DO_ENTER_RECORDS];
	if (view == &view_publish)
		return &advices[DO_PUBLISH];
	if (view == &view_finding && ui->at >= WIZ_POP3 && steps[ui->at].looks)
		return &advices[DO_SEE_SERVER];
	if (view == &view_finding && ui->at != WIZ_SPF && steps[ui->at].looks &&
	    worst_of(ui, ui->finding_look) >= SEV_WARN)
		return &advices[DO_SEE_RECORDS];
	return NULL;
}

const struct advice *
advice_now(const struct ui *ui)
{
	if (!session_is_demo(ui->session))
		return NULL;
	if (ui->noverlays > 0)
		return for_overlay(ui);
	if (ui->at == WIZ_START)
		return &advices[DO_START];
	if (session_any_busy(ui->session))
		return &advices[DO_WAIT];
	if (ui->at == WIZ_SPF)
		return for_spf(ui);
	if (session_demo_waits(ui->session))
		return &advices[DO_WAIT];
	if (ui->at == WIZ_DOMAIN)
		return for_check(ui, DO_GO_TO_SPF);
	if (ui->at == WIZ_DKIM)
		return for_check(ui, DO_GO_TO_DMARC);
	if (ui->at == WIZ_DMARC)
		return for_check(ui, DO_GO_TO_POP3);
	if (ui->at == WIZ_POP3)
		return for_ports(ui, DO_GO_TO_IMAP);
	if (ui->at == WIZ_IMAP4)
		return for_ports(ui, DO_GO_TO_SMTP);
	if (ui->at == WIZ_SUBMISSION)
		return for_ports(ui, DO_GO_TO_LIST);
	return session_checklist(ui->session)->exit_status == 0
	    ? &advices[DO_FINISH]
	    : &advices[DO_OPEN_LINE];
}

void
advice_tell(struct ui *ui)
{
	const struct advice *now = advice_now(ui);

	if (now == ui->advised || ui_typing(ui))
		return;
	ui->advised = now;
	if (now != NULL && now->text != NULL)
		ui_note(ui, now->level, _(now->text));
}
