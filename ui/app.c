/* ui/app.c - the main loop: wait, act, draw; see app.h */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../checks/base/i18n.h"
#include "app.h"
#include "begin.h"
#include "plain.h"
#include "record_view.h"
#include "save_view.h"
#include "term.h"
#include "view.h"
#include "wrap.h"

#define EXIT_USAGE	 2
#define EXIT_INTERRUPTED 130
#define EXIT_HANGUP	 129
#define EXIT_TERMINATED	 143

struct app {
	struct session *session;
	struct tty term;
	struct ui ui;
	int exit_status; /* -1: go on */
	bool lines; /* ...as lines of text */
};

static void
draw(struct app *app)
{
	struct place cursor = { 0, 0 };
	struct canvas screen;

	term_erase(&app->term);
	screen = term_canvas(&app->term, &cursor);
	ui_draw(&app->ui, &screen);
	term_show(&app->term, cursor);
}

static void
end_by(struct app *app, unsigned int events)
{
	if ((events & TERM_HANGUP) != 0)
		app->exit_status = EXIT_HANGUP;
	else if ((events & TERM_TERMINATED) != 0)
		app->exit_status = EXIT_TERMINATED;
	else if ((events & TERM_INTERRUPTED) != 0)
		app->exit_status = EXIT_INTERRUPTED;
}

/* What a key asked of the terminal. */
static void
grant(struct app *app)
{
	enum wish wish = app->ui.wish;

	app->ui.wish = WISH_NOTHING;
	switch (wish) {
	case WISH_REDRAW:
		term_redraw(&app->term);
		break;
	case WISH_SUSPEND:
		term_suspend(&app->term, true);
		break;
	case WISH_PLAIN:
		end_by(app, record_view(&app->ui, &app->term));
		break;
	case WISH_SAVE:
		end_by(app, save_view_report(&app->ui, &app->term));
		break;
	case WISH_LINES:
		app->lines = true;
		break;
	case WISH_LEAVE:
		app->exit_status = session_exit_status(app->session);
		break;
	case WISH_INTERRUPTED:
		app->exit_status = EXIT_INTERRUPTED;
		break;
	case WISH_NOTHING:
		break;
	}
}

static void
take_keys(struct app *app)
{
	struct input *input = &app->term.input;
	uint32_t key;

	while (app->exit_status < 0 && !app->lines &&
	    input_next(input, monotonic_ms(), &key)) {
		app->ui.now_ms = monotonic_ms();
		app->ui.mouse =
		    (struct place){ input->mouse_y, input->mouse_x };
		ui_key(&app->ui, key, &input->paste);
		grant(app);
	}
}

static int
sooner(int a, int b)
{
	return a < 0 ? b : b < 0 ? a : a < b ? a : b;
}

static void
turn(struct app *app)
{
	unsigned int events;
	int wait = sooner(ui_wait_ms(&app->ui), session_wait_ms(app->session));

	events = term_wait(&app->term, session_fd(app->session), wait);
	end_by(app, events);
	if (app->exit_status >= 0)
		return;
	if ((events & TERM_STOP) != 0)
		term_suspend(&app->term, false);
	take_keys(app);
	if (app->exit_status >= 0)
		return;
	session_poll(app->session);
	ui_tick(&app->ui, monotonic_ms());
	draw(app);
}

/* What is left on the normal screen: nothing ends without a word. */
static void
say_goodbye(struct app *app)
{
	if (app->exit_status == EXIT_HANGUP)
		return;
	if (*session_plan(app->session)->domain == '\0')
		puts(_("Nothing was entered, so nothing was saved. To begin "
		       "again: mailwizard"));
	else
		fputs(
		    session_report(app->session, wrap_columns(stdout)), stdout);
	fflush(stdout);
}

static int
run(struct app *app, const struct options *options)
{
	struct term_options t = { .color = (enum color_when)options->color,
		.ascii = options->ascii,
		.mouse = options->mouse };
	const char *problem = term_open(&app->term, &t);

	if (problem != NULL) {
		fprintf(stderr, "mailwizard: %s\n", problem);
		return EXIT_USAGE;
	}
	ui_begin(&app->ui, app->session, app->term.function_keys);
	if (app->term.guessed != NULL)
		ui_note(&app->ui, MESSAGE_NOTE,
		    ui_format(&app->ui,
			_("TERM=%s is not known here; treated as xterm."),
			app->term.guessed));
	app->exit_status = -1;
	draw(app);
	while (app->exit_status < 0 && !app->lines)
		turn(app);
	term_close(&app->term);
	if (app->lines)
		app->exit_status = plain_go_on(app->session);
	else
		say_goodbye(app);
	ui_end(&app->ui);
	return app->exit_status;
}

int
app_run(const struct options *options)
{
	const char *unusable = term_unusable();
	struct app *app;
	char problem[PLAN_TEXT] = "";
	int status = EXIT_USAGE;

	if (options->plain && unusable == NULL)
		unusable = _("linear text (--plain) is not there for the "
			     "wizard yet; use: mailwizard check DOMAIN");
	if (unusable != NULL) {
		fprintf(stderr, "mailwizard: %s\n", unusable);
		return EXIT_USAGE;
	}
	app = calloc(1, sizeof(*app));
	if (app == NULL)
		out_of_memory();
	term_locale();
	app->session = begin_session(options,
	    options->noperands > 0 ? options->operands[0] : NULL, true,
	    problem);
	if (app->session == NULL)
		fprintf(stderr, "mailwizard: %s\n", problem);
	else
		status = run(app, options);
	session_free(app->session);
	free(app);
	return status;
}
