/* mailwizard: from the command line to the command. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "../checks/base/i18n.h"
#include "../checks/dns_ares.h"
#include "app.h"
#include "cli.h"
#include "cli_answers.h"
#include "language.h"
#include "options.h"
#include "plain.h"
#include "terminfo.h"

#ifndef LOCALEDIR
#define LOCALEDIR "/usr/local/share/locale"
#endif

/* A fault of ours is said as such; CONTRACT, exit status. */
static void
on_fault(int number)
{
	static const char said[] =
	    "mailwizard: this is a bug in mailwizard, not in your setup; "
	    "please report it with the command that you typed\n";

	(void)number;
	if (write(STDERR_FILENO, said, sizeof(said) - 1) == -1)
		_exit(EXIT_BUG);
	_exit(EXIT_BUG);
}

/* A file of ours must never take the place of a stream that was closed;
 * writing to what is put there fails, as it did before. */
static void
fill_streams(void)
{
	int fd;

	do
		fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
	while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd >= 0)
		close(fd);
}

/* The wizard takes these signals itself once the terminal is changed. */
static void
begin_signals(void)
{
	static const int faults[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL,
		SIGABRT };
	struct sigaction action = { .sa_handler = on_fault };

	sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < COUNT(faults); i++)
		sigaction(faults[i], &action, NULL);
	/* A write then fails, and says so. */
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);
}

/* On a screen, as lines of text, or with the answers of a file. */
static int
run_wizard(const struct options *options)
{
	bool terminal = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);

	if (options->answers != NULL)
		return cli_answers(options);
	if (plain_wanted(options))
		return plain_run(options, NULL);
	if (terminal && terminfo_name(getenv("TERM")) == NULL)
		return plain_run(options,
		    _("The type of this terminal (TERM) is unknown or too "
		      "simple to draw on, so this goes on as plain text."));
	return app_run(options);
}

static int
run_command(const struct options *options)
{
	if (options->command != COMMAND_RECORDS &&
	    options->command != COMMAND_KEYGEN && !options->offline &&
	    !options->demo && !dns_library_begin()) {
		complain(_("The resolver library would not start."));
		return EXIT_BUG;
	}
	switch (options->command) {
	case COMMAND_CHECK:
		return cli_check(options);
	case COMMAND_SPF:
		return cli_spf(options);
	case COMMAND_DKIM:
		return cli_dkim(options);
	case COMMAND_DMARC:
		return cli_dmarc(options);
	case COMMAND_SERVER:
		return cli_server(options);
	case COMMAND_VERIFY:
		return cli_verify(options);
	case COMMAND_KEYGEN:
		return cli_keygen(options);
	case COMMAND_RECORDS:
		return cli_records(options);
	case COMMAND_WIZARD:
		return run_wizard(options);
	case COMMAND_COUNT:
		break;
	}
	return EXIT_BUG;
}

int
main(int argc, char *argv[])
{
	struct arena *arena = arena_new();
	struct options options;
	const char *text;
	int status = EXIT_USAGE;

	fill_streams();
	begin_signals();
	language_begin();
	switch (options_read(arena, argc, argv, &options, &text)) {
	case OPTIONS_RUN:
		if (options.json)
			language_as_utf8();
		status = run_command(&options);
		break;
	case OPTIONS_SAY:
		fputs(text, stdout);
		status = finish_stdout(EXIT_FINE);
		break;
	case OPTIONS_WRONG:
		complain("%s", text);
		break;
	}
	arena_free(arena);
	return status;
}
