/* mailwizard -a ANSWERS: a whole session without a screen. */
#include "cli_answers.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../checks/base/i18n.h"
#include "../checks/base/printable.h"
#include "../wizard/answers.h"
#include "../wizard/plan_file.h"
#include "begin.h"
#include "cli.h"
#include "wrap.h"

#define GRACE_MS 500 /* looks end by themselves, and say why */

/* --- the file ------------------------------------------------------------ */

static bool
is_stdin(const char *path)
{
	return strcmp(path, "-") == 0;
}

/* All there is to read, but no more than a plan can have. */
static const char *
read_text(struct arena *arena, FILE *file, const char *name, struct str *out)
{
	char *text = arena_alloc(arena, PLAN_FILE_MAX + 1);
	size_t n = fread(text, 1, PLAN_FILE_MAX + 1, file);

	if (ferror(file))
		return arena_printf(
		    arena, _("%s cannot be read: %s."), name, strerror(errno));
	if (n > PLAN_FILE_MAX)
		return arena_printf(arena,
		    _("%s cannot be a file of answers: it is longer than %d "
		      "octets."),
		    name, PLAN_FILE_MAX);
	*out = (struct str){ text, n };
	return NULL;
}

static const char *
read_file(
    struct arena *arena, const char *path, const char *name, struct str *out)
{
	FILE *file = is_stdin(path) ? stdin : fopen(path, "re");
	const char *problem;

	if (file == NULL)
		return arena_printf(
		    arena, _("%s cannot be read: %s."), name, strerror(errno));
	problem = read_text(arena, file, name, out);
	if (file != stdin)
		fclose(file);
	return problem;
}

static const char *
read_answers(
    struct arena *arena, const struct options *options, struct answers *out)
{
	const char *path = options->answers;
	const char *name = is_stdin(path) ? _("standard input")
					  : readable(arena, str_of(path));
	struct str text = { 0 };
	const char *problem = read_file(arena, path, name, &text);

	return problem != NULL ? problem : answers_read(arena, text, name, out);
}

/* --- the session --------------------------------------------------------- */

/* The one on the command line counts more: a file can serve many domains. */
static const char *
choose_domain(const struct options *options, const struct answers *answers)
{
	if (options->noperands > 0)
		return options->operands[0];
	return answers->given[FIELD_DOMAIN] ? answers->plan.domain : NULL;
}

/* Whatever the person should know and no checklist says. */
static void
say_trouble(const struct session *session)
{
	const struct message *message = session_message(session);
	const char *problem = session_save_problem(session);

	if (problem != NULL)
		complain("%s", problem);
	if (message->text[0] != '\0' &&
	    (message->level == MESSAGE_WARN ||
		message->level == MESSAGE_FAIL) &&
	    (problem == NULL || strcmp(problem, message->text) != 0))
		complain("%s", message->text);
}

static int
go_through(struct session *session, int64_t limit_ms)
{
	bool quiet;

	session_jump(session, WIZ_LIST);
	quiet = session_wait(session, (int)limit_ms + GRACE_MS);
	if (!quiet)
		session_stop(session);
	fputs(session_report(session, wrap_columns(stdout)), stdout);
	return finish_stdout(session_exit_status(session));
}

static int
run(struct arena *arena, const struct options *options,
    const struct answers *answers, const char *domain)
{
	char text[PLAN_TEXT] = "";
	struct session *session = begin_session(options, domain, false, text);
	const char *problem = text;
	int status = EXIT_USAGE;

	if (session != NULL) {
		say_trouble(session);
		problem = answers_give(
		    arena, answers, session, (int)options->timeout_ms);
	}
	if (problem == NULL)
		status = go_through(session, options->timeout_ms);
	else
		complain("%s", problem);
	session_free(session);
	return status;
}

int
cli_answers(const struct options *options)
{
	struct arena *arena = arena_new();
	struct answers *answers = arena_new_of(arena, struct answers);
	const char *problem = read_answers(arena, options, answers);
	const char *domain = NULL;
	int status = EXIT_USAGE;

	if (problem == NULL)
		domain = choose_domain(options, answers);
	if (problem != NULL)
		complain("%s", problem);
	else if (domain == NULL)
		complain(_("Which domain? Give it in the file (domain = "
			   "example.org) or behind it: mailwizard -a FILE "
			   "example.org"));
	else
		status = run(arena, options, answers, domain);
	arena_free(arena);
	return status;
}
