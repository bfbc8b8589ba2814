/* The wizard as lines of text: from the first line to the last. */
#include "plain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../checks/base/i18n.h"
#include "../checks/base/printable.h"
#include "begin.h"
#include "cli.h"
#include "plain_inside.h"
#include "wrap.h"

bool
plain_wanted(const struct options *options)
{
	const char *value = getenv("ACCESSIBLE");

	return options->plain ||
	    (value != NULL && value[0] != '\0' && strcmp(value, "0") != 0 &&
		strcmp(value, "false") != 0);
}

/* What a question was made of goes with the next step. */
static void
new_paper(struct plain *p)
{
	arena_free(p->arena);
	p->arena = arena_new();
}

static void
go_on(struct plain *p)
{
	static void (*const views[WIZ_COUNT])(struct plain *) = {
		[WIZ_START] = plain_start,
		[WIZ_DOMAIN] = plain_domain,
		[WIZ_SPF] = plain_spf,
		[WIZ_DKIM] = plain_dkim,
		[WIZ_DMARC] = plain_dmarc,
		[WIZ_POP3] = plain_ports,
		[WIZ_IMAP4] = plain_ports,
		[WIZ_SUBMISSION] = plain_ports,
		[WIZ_LIST] = plain_list,
	};

	while (p->ended < 0) {
		new_paper(p);
		plain_tell(p);
		if (p->jump >= 0)
			plain_jump(p);
		else
			views[session_at(p->session)](p);
	}
}

/* The last lines: what is open, where it is saved, how to go on. */
static void
say_goodbye(struct plain *p)
{
	const char *domain = session_plan(p->session)->domain;
	const char *path = session_path(p->session);
	const char *problem = session_save_problem(p->session);

	if (p->hung_up)
		return;
	putchar('\n');
	if (*domain == '\0') {
		plain_put("",
		    _("There is nothing to save yet. Begin again with: "
		      "mailwizard --plain"));
		return;
	}
	if (p->ended < 128 && !p->input_ended)
		fputs(session_report(p->session, wrap_columns(stdout)), stdout);
	if (problem != NULL)
		plain_put("WARN  ", problem);
	if (path != NULL && problem == NULL)
		plain_print(
		    "", _("Saved to %s"), readable(p->arena, str_of(path)));
	if (!session_is_demo(p->session)) /* else nothing was kept */
		plain_print("", _("Continue: mailwizard --plain %s"), domain);
}

int
plain_go_on(struct session *session)
{
	struct plain *p = calloc(1, sizeof(*p));
	int status;

	if (p == NULL)
		out_of_memory();
	p->session = session;
	p->ended = -1;
	p->jump = -1;
	session_set_look_key(session, "!");
	plain_io_begin(p);
	go_on(p);
	new_paper(p);
	say_goodbye(p);
	status =
	    p->hung_up || p->ended >= 128 ? p->ended : finish_stdout(p->ended);
	fflush(stdout);
	plain_io_end();
	arena_free(p->arena);
	free(p);
	return status;
}

int
plain_run(const struct options *options, const char *why)
{
	char problem[PLAN_TEXT] = "";
	struct session *session = begin_session(options,
	    options->noperands > 0 ? options->operands[0] : NULL, true,
	    problem);
	int status = EXIT_USAGE;

	if (session == NULL) {
		complain("%s", problem);
		return EXIT_USAGE;
	}
	if (why != NULL)
		plain_put("", why);
	plain_print("", _("mailwizard %s, as plain text."), MAILWIZARD_VERSION);
	status = plain_go_on(session);
	session_free(session);
	return status;
}
