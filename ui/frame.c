/* ui/frame.c - see frame.h */
#include <string.h>

#include "../checks/base/i18n.h"
#include "advice.h"
#include "frame.h"

enum frame_size
frame_size(int rows, int cols)
{
	if (rows >= FRAME_FULL_ROWS && cols >= FRAME_FULL_COLUMNS)
		return FRAME_FULL;
	if (rows >= FRAME_LEAST_ROWS && cols >= FRAME_LEAST_COLUMNS)
		return FRAME_COMPACT;
	return FRAME_TOO_SMALL;
}

struct canvas
frame_body(const struct canvas *screen)
{
	bool full = frame_size(screen->rows, screen->cols) == FRAME_FULL;
	int top = full ? 3 : 1;
	int below = full ? 3 : 2;
	int cols = screen->cols < FRAME_BODY_COLUMNS ? screen->cols
						     : FRAME_BODY_COLUMNS;

	if (screen->cols >= FRAME_SIDE_FROM &&
	    cols > screen->cols - 40) /* the side needs some room too */
		cols = screen->cols - 40;
	return canvas_part(screen, top, 0, screen->rows - top - below, cols);
}

struct canvas
frame_side(const struct canvas *screen)
{
	struct canvas body = frame_body(screen);
	int left = body.cols + 3;

	if (screen->cols < FRAME_SIDE_FROM)
		return canvas_part(screen, 0, 0, 0, 0);
	return canvas_part(screen, body.top - screen->top + 1, left,
	    body.rows - 1, screen->cols - left - 1);
}

/* --- the top ------------------------------------------------------------- */

static const char *
step_text(struct ui *ui, bool full)
{
	unsigned int number = step_number(ui->at);
	const char *name = _(steps[ui->at].name);

	if (number == 0)
		return full ? _("Start") : "mailwizard";
	return ui_format(ui, full ? _("Step %u of %u: %s") : "%u/%u %s", number,
	    step_total(), name);
}

static void
draw_title(struct ui *ui, const struct canvas *screen, bool full)
{
	const char *domain = session_plan(ui->session)->domain;
	int x = 1;

	draw_blank(screen, 0, ROLE_TITLE);
	if (full)
		x = draw_text(screen, 0, x, ROLE_TITLE, "mailwizard   ");
	x = draw_text(screen, 0, x, ROLE_TITLE, step_text(ui, full));
	if (session_is_demo(ui->session))
		x = draw_text(screen, 0, x, ROLE_TITLE,
		    screen->cols >= 76 ? _("   DEMO: made-up names")
				       : _("   DEMO"));
	if (session_read_only(ui->session))
		x = draw_text(screen, 0, x, ROLE_TITLE, _(" [read only]"));
	if (ui->at == WIZ_START || *domain == '\0')
		return;
	if (text_columns(domain) + x + 3 <= screen->cols)
		draw_right(screen, 0, 1, ROLE_TITLE, domain);
	else
		draw_cut(
		    screen, 0, x + 2, screen->cols - x - 3, ROLE_TITLE, domain);
}

/* How much of each step the bar says; the widest that fits is taken. */
enum bar {
	BAR_NUMBERED, /* " 1 Domain ok [2 SPF !!] 3 DKIM !! " */
	BAR_NAMES, /* " Domain ok [SPF !!] DKIM !! " */
	BAR_MARKS, /* " 1 ok [2 SPF !!] 3 !! " */
};

static const char *
bar_text(struct ui *ui, enum wizard_step step, enum bar bar)
{
	bool here = step == ui->at;
	unsigned int number = step_number(step);
	const char *name = _(steps[step].name);
	const char *mark = mark_text(session_mark(ui->session, step));

	if (bar == BAR_NAMES)
		return ui_format(ui, "%s %s", name, mark);
	if (bar == BAR_MARKS && !here)
		return ui_format(ui, "%u %s", number, mark);
	return ui_format(ui, "%u %s %s", number, name, mark);
}

/* Draws it, or only measures it when `screen` is NULL; gives the columns. */
static int
put_bar(struct ui *ui, const struct canvas *screen, enum bar bar)
{
	int x = 0;

	for (int i = WIZ_START + 1; i < WIZ_COUNT; i++) {
		enum wizard_step step = (enum wizard_step)i;
		bool here = step == ui->at;
		const char *text = ui_format(
		    ui, here ? "[%s]" : " %s ", bar_text(ui, step, bar));

		if (screen != NULL)
			draw_text(screen, 1, x, here ? ROLE_HEADING : ROLE_TEXT,
			    text);
		x += text_columns(text);
	}
	return x;
}

/* " 1 Domain ok [2 SPF !!] 3 List -- " */
static void
draw_steps(struct ui *ui, const struct canvas *screen)
{
	const struct advice *advice = advice_now(ui);
	int next = advice == NULL ? 0 : text_columns(_(advice->next)) + 2;
	enum bar bar = BAR_NUMBERED;
	int x;

	while (bar < BAR_MARKS && put_bar(ui, NULL, bar) > screen->cols)
		bar++;
	x = put_bar(ui, screen, bar);
	if (advice != NULL && x + next <= screen->cols)
		draw_right(screen, 1, 1, ROLE_HEADING, _(advice->next));
}

void
frame_draw_top(struct ui *ui, const struct canvas *screen)
{
	bool full = frame_size(screen->rows, screen->cols) == FRAME_FULL;

	draw_title(ui, screen, full);
	if (!full)
		return;
	draw_steps(ui, screen);
	draw_rule(screen, 2);
}

/* --- the bottom ---------------------------------------------------------- */

static void
draw_message(struct ui *ui, const struct canvas *screen)
{
	int y = screen->rows - 2;
	const struct view *view = ui_view(ui);
	const char *hint = NULL;
	int x = 1;

	if (ui->note.text[0] != '\0') {
		x = draw_badge(screen, y, x, role_of_level(ui->note.level),
		    level_word(ui->note.level));
		draw_cut(screen, y, x + 2, screen->cols - x - 3, ROLE_TEXT,
		    ui->note.text);
		return;
	}
	if (view->hint != NULL)
		hint = view->hint(ui, ui_state(ui)->focus);
	if (hint != NULL)
		draw_cut(screen, y, x, screen->cols - 2, ROLE_TEXT, hint);
}

static void
draw_keys(struct ui *ui, const struct canvas *screen, const struct form *form)
{
	static const struct hint common[] = {
		{ ACT_HELP, N_("Help") },
		{ ACT_STEPS, N_("Steps") },
		{ ACT_QUIT, N_("Quit") },
	};
	/* The first says what the button would that is not there. */
	static const struct hint few[][3] = {
		{ { ACT_NEXT_STEP, N_("Next") }, { ACT_HELP, N_("Help") },
		    { ACT_QUIT, N_("Quit") } },
		{ { ACT_NEXT_STEP, N_("Start") }, { ACT_HELP, N_("Help") },
		    { ACT_QUIT, N_("Quit") } },
		{ { ACT_NEXT_STEP, N_("Done") }, { ACT_HELP, N_("Help") },
		    { ACT_QUIT, N_("Quit") } },
	};
	size_t which = ui->at == WIZ_START ? 1 : ui->at == WIZ_LIST ? 2 : 0;
	size_t skipped = ui->noverlays > 0; /* "Next" */
	bool full = frame_size(screen->rows, screen->cols) == FRAME_FULL;
	struct hints own = { form->hints, form->nhints };
	struct hints right = { few[which] + skipped,
		COUNT(few[which]) - skipped };
	char line[512];
	int y = screen->rows - 1;

	if (full)
		right = (struct hints){ common, COUNT(common) };
	draw_blank(screen, y, ROLE_TITLE);
	keys_line(line, sizeof(line), screen->cols, own, right,
	    ui->function_keys, text_columns);
	draw_text(screen, y, 0, ROLE_TITLE, line);
}

void
frame_draw_bottom(
    struct ui *ui, const struct canvas *screen, const struct form *top)
{
	draw_message(ui, screen);
	draw_keys(ui, screen, top);
}

void
frame_draw_too_small(struct ui *ui, const struct canvas *screen)
{
	const char *text[] = {
		ui_format(ui, _("Window too small: %dx%d."), screen->cols,
		    screen->rows),
		ui_format(ui, _("Needed: %dx%d."), FRAME_LEAST_COLUMNS,
		    FRAME_LEAST_ROWS),
		_("Enlarge it: nothing is lost."),
		_("p  go on as plain text"),
		_("q  save and quit"),
	};
	int y = 0;

	for (size_t i = 0; i < COUNT(text) && y < screen->rows; i++) {
		struct canvas below =
		    canvas_part(screen, y, 0, screen->rows - y, screen->cols);

		y += draw_wrapped(&below, 0, screen->cols > 20 ? 1 : 0,
		    below.rows, ROLE_TEXT, text[i]);
	}
	draw_cursor(screen, y < screen->rows ? y : screen->rows - 1, 0);
}
