/* ui/view.c - what all views have in common; see view.h */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "../checks/base/i18n.h"
#include "view.h"

void
ui_open(struct ui *ui, const struct view *view)
{
	if (ui->noverlays == UI_OVERLAYS)
		return;
	ui->overlay_state[ui->noverlays] = (struct form_state){ 0 };
	ui->overlay[ui->noverlays++] = view;
	if (view->open != NULL)
		view->open(ui);
}

void
ui_close(struct ui *ui)
{
	if (ui->noverlays > 0)
		ui->noverlays--;
}

void
ui_close_all(struct ui *ui)
{
	ui->noverlays = 0;
}

static const struct view *const step_views[WIZ_COUNT] = {
	[WIZ_START] = &view_start,
	[WIZ_DOMAIN] = &view_domain,
	[WIZ_SPF] = &view_spf,
	[WIZ_DKIM] = &view_dkim,
	[WIZ_DMARC] = &view_dmarc,
	[WIZ_POP3] = &view_ports,
	[WIZ_IMAP4] = &view_ports,
	[WIZ_SUBMISSION] = &view_ports,
	[WIZ_LIST] = &view_list,
};

const struct view *
ui_step_view(enum wizard_step step)
{
	return step_views[step];
}

const struct view *
ui_view(const struct ui *ui)
{
	return ui->noverlays > 0 ? ui->overlay[ui->noverlays - 1]
				 : step_views[ui->at];
}

struct form_state *
ui_state(struct ui *ui)
{
	return ui->noverlays > 0 ? &ui->overlay_state[ui->noverlays - 1]
				 : &ui->state[ui->at];
}

void
ui_note(struct ui *ui, enum message_level level, const char *text)
{
	ui->note.level = level;
	snprintf(ui->note.text, sizeof(ui->note.text), "%s", text);
}

bool
ui_said(struct ui *ui, const char *problem)
{
	if (problem == NULL)
		return true;
	ui_note(ui, MESSAGE_WARN, problem);
	return false;
}

const char *
ui_format(struct ui *ui, const char *fmt, ...)
{
	va_list ap;
	const char *text;

	va_start(ap, fmt);
	text = arena_vprintf(ui->arena, fmt, ap);
	va_end(ap);
	return text;
}

void
ui_next_step(struct ui *ui)
{
	enum field_id bad;

	if (session_next(ui->session, &bad) == MOVE_BLOCKED)
		form_focus(&ui->state[ui->at], (int)bad + 1);
}

void
ui_save(struct ui *ui)
{
	if (session_is_demo(ui->session))
		ui_note(ui, MESSAGE_NOTE,
		    _("A demo saves nothing. Finish prints the list."));
	else
		ui->wish = WISH_SAVE;
}

bool
ui_typing(const struct ui *ui)
{
	return ui->typed_ms != 0 && ui->now_ms - ui->typed_ms < UI_IDLE_MS;
}

void
ui_answer(struct ui *ui, enum field_id id, struct text_field *field)
{
	const char *problem, *told, *now;

	ui->typed_ms = 0;
	if (session_field_problem(ui->session, id) == NULL &&
	    strcmp(session_field(ui->session, id), field->text) == 0)
		return; /* nothing new: nothing to look at */
	problem = session_answer(ui->session, id, field->text);
	told = session_told(ui->session);
	now = session_field(ui->session, id);
	if (problem != NULL) {
		ui_note(ui, MESSAGE_FAIL, problem);
		return;
	}
	if (strcmp(now, field->text) != 0)
		text_field_set(field, now);
	if (*told != '\0')
		ui_note(ui, MESSAGE_NOTE, told);
}

void
ui_judge(struct ui *ui, struct row *row, enum field_id id, bool focused)
{
	struct judged judged;

	if (focused && ui_typing(ui)) {
		row->right = "...";
		return;
	}
	if (row->field->len == 0)
		return;
	session_judge(ui->session, id, row->field->text, &judged);
	if (judged.problem[0] != '\0') {
		row->badge = "FAIL";
		row->badge_role = ROLE_FAIL;
		return;
	}
	row->badge = "OK";
	row->badge_role = ROLE_OK;
	row->right = judged.shown[0] != '\0'
	    ? arena_strdup(ui->arena, judged.shown)
	    : session_origin(ui->session, id);
}

enum role
role_of_severity(enum severity severity)
{
	static const enum role roles[SEV_COUNT] = {
		[SEV_PASS] = ROLE_OK,
		[SEV_NOTE] = ROLE_WAIT,
		[SEV_WARN] = ROLE_WARN,
		[SEV_UNKNOWN] = ROLE_WARN,
		[SEV_FAIL] = ROLE_FAIL,
	};

	return roles[severity];
}

const char *
severity_badge(enum severity severity)
{
	static const char *const words[SEV_COUNT] = {
		[SEV_PASS] = N_("OK"),
		[SEV_NOTE] = N_("NOTE"),
		[SEV_WARN] = N_("WARN"),
		[SEV_UNKNOWN] = N_("UNKNOWN"),
		[SEV_FAIL] = N_("FAIL"),
	};

	return _(words[severity]);
}

enum role
role_of_level(enum message_level level)
{
	static const enum role roles[] = {
		[MESSAGE_OK] = ROLE_OK,
		[MESSAGE_NOTE] = ROLE_WAIT,
		[MESSAGE_WARN] = ROLE_WARN,
		[MESSAGE_FAIL] = ROLE_FAIL,
		[MESSAGE_WAIT] = ROLE_WAIT,
	};

	return roles[level];
}

const char *
level_word(enum message_level level)
{
	static const char *const words[] = {
		[MESSAGE_OK] = N_("OK"),
		[MESSAGE_NOTE] = N_("NOTE"),
		[MESSAGE_WARN] = N_("WARN"),
		[MESSAGE_FAIL] = N_("FAIL"),
		[MESSAGE_WAIT] = N_("WAIT"),
	};

	return _(words[level]);
}

enum role
role_of_item(enum item_level level)
{
	static const enum role roles[] = {
		[ITEM_OK] = ROLE_OK,
		[ITEM_NOTE] = ROLE_WAIT,
		[ITEM_WARN] = ROLE_WARN,
		[ITEM_FAIL] = ROLE_FAIL,
		[ITEM_WAIT] = ROLE_WAIT,
		[ITEM_TODO] = ROLE_HEADING,
	};

	return roles[level];
}

enum role
role_of_result(enum spf_result result)
{
	return result == SPF_RESULT_PASS ? ROLE_OK
	    : result == SPF_RESULT_PERMERROR || result == SPF_RESULT_FAIL
	    ? ROLE_FAIL
	    : ROLE_WARN;
}

const char *
ui_clock(struct ui *ui, int64_t at)
{
	time_t then = (time_t)at;
	time_t now = time(NULL);
	struct tm then_tm, now_tm;
	char text[64];

	localtime_r(&then, &then_tm);
	localtime_r(&now, &now_tm);
	strftime(text, sizeof(text),
	    then_tm.tm_yday == now_tm.tm_yday ? "%H:%M" : "%Y-%m-%d %H:%M",
	    &then_tm);
	return arena_strdup(ui->arena, text);
}

const char *
ui_day(struct ui *ui, int64_t at)
{
	time_t then = (time_t)at;
	struct tm tm;
	char text[64];

	localtime_r(&then, &tm);
	strftime(text, sizeof(text), "%Y-%m-%d", &tm);
	return arena_strdup(ui->arena, text);
}

const char *
ui_proof_heading(struct ui *ui)
{
	return session_is_demo(ui->session)
	    ? _("How to see it yourself, with a domain that is not made up")
	    : _("How to see it yourself");
}

const char *
ui_field_help(struct ui *ui, enum field_id id)
{
	const struct field *field = &fields[id];
	const char *hint = field->hint == NULL ? "" : _(field->hint);

	if (field->example == NULL)
		return ui_format(ui, "%s\n\n%s", _(field->label), hint);
	return ui_format(ui, _("%s\n\n%s\n\nFor example: %s"), _(field->label),
	    hint, field->example);
}
