/* The command line: scanned by the GNU conventions, then applied. */
#include "options.h"

#include <string.h>

#include "../checks/base/i18n.h"
#include "../checks/base/printable.h"
#include "../checks/domain.h"
#include "options_table.h"

#define TIMEOUT_MS 30000
#define JOBS	   64
#define WATCH_S	   30 /* from one look to the next */

/* One option as it stood on the command line. */
struct given {
	const struct option_row *row;
	const char *value; /* NULL: none */
};

struct scan {
	struct parsing parsing;
	int argc;
	char *const *argv;
	int next; /* of argv */
	struct given *given;
	size_t ngiven;
	const char **operands;
	size_t noperands;
};

static const char *
shown(struct scan *s, const char *text)
{
	return printable(s->parsing.arena, str_of(text));
}

static void
keep_option(struct scan *s, const struct option_row *row, const char *value)
{
	s->given = arena_grow(
	    s->parsing.arena, s->given, s->ngiven, sizeof(*s->given));
	s->given[s->ngiven++] = (struct given){ row, value };
}

static void
keep_operand(struct scan *s, const char *text)
{
	s->operands = arena_grow(
	    s->parsing.arena, s->operands, s->noperands, sizeof(*s->operands));
	s->operands[s->noperands++] = text;
}

/* The row of a long name, in full or as the only one that begins so. */
static const struct option_row *
find_long(struct scan *s, struct str name, const char **problem)
{
	const struct option_row *found = NULL;

	for (size_t i = 0; i < noption_rows; i++) {
		struct str whole = str_of(option_rows[i].name);

		if (str_equal(whole, name))
			return &option_rows[i];
		if (name.len == 0 ||
		    !str_equal(str_slice(whole, 0, name.len), name))
			continue;
		if (found != NULL) {
			*problem = arena_printf(s->parsing.arena,
			    _("\"--%s\" can mean --%s or --%s; write it out."),
			    printable(s->parsing.arena, name), found->name,
			    option_rows[i].name);
			return NULL;
		}
		found = &option_rows[i];
	}
	if (found == NULL)
		*problem = arena_printf(s->parsing.arena,
		    _("There is no option \"--%s\"; \"mailwizard --help\" "
		      "lists them."),
		    printable(s->parsing.arena, name));
	return found;
}

/* The argument that stands in the next word. */
static const char *
take_argument(struct scan *s, const struct option_row *row, const char **value)
{
	if (s->next == s->argc)
		return arena_printf(s->parsing.arena,
		    _("--%s needs a value: --%s %s."), row->name, row->name,
		    row->shown);
	*value = s->argv[s->next++];
	return NULL;
}

/* "--name", "--name value", "--name=value" */
static const char *
scan_long(struct scan *s, const char *word)
{
	struct str text = str_of(word + 2);
	size_t sign = str_find(text, '=');
	const char *value = sign < text.len ? text.p + sign + 1 : NULL;
	const char *problem = NULL;
	const struct option_row *row =
	    find_long(s, str_slice(text, 0, sign), &problem);

	if (row == NULL)
		return problem;
	if (value != NULL && row->argument == ARGUMENT_NONE)
		return arena_printf(
		    s->parsing.arena, _("--%s takes no value."), row->name);
	if (value == NULL && row->argument == ARGUMENT_NEEDED)
		problem = take_argument(s, row, &value);
	keep_option(s, row, value);
	return problem;
}

static const struct option_row *
find_short(char letter)
{
	for (size_t i = 0; i < noption_rows; i++)
		if (option_rows[i].letter == letter)
			return &option_rows[i];
	return NULL;
}

/* "-v", "-vf FILE", "-fFILE" */
static const char *
scan_short(struct scan *s, const char *word)
{
	for (const char *p = word + 1; *p != '\0'; p++) {
		const struct option_row *row = find_short(*p);
		const char *value = p + 1;
		const char *problem;

		if (row == NULL)
			return arena_printf(s->parsing.arena,
			    _("There is no option \"-%s\"; \"mailwizard "
			      "--help\" lists them."),
			    printable(s->parsing.arena, (struct str){ p, 1 }));
		if (row->argument == ARGUMENT_NONE) {
			keep_option(s, row, NULL);
			continue;
		}
		problem = *value == '\0' ? take_argument(s, row, &value) : NULL;
		keep_option(s, row, value);
		return problem;
	}
	return NULL;
}

static const char *
scan_words(struct scan *s)
{
	const char *problem = NULL;
	bool options_end = false;

	while (problem == NULL && s->next < s->argc) {
		const char *word = s->argv[s->next++];

		if (options_end || word[0] != '-' || word[1] == '\0')
			keep_operand(s, word);
		else if (strcmp(word, "--") == 0)
			options_end = true;
		else if (word[1] == '-')
			problem = scan_long(s, word);
		else
			problem = scan_short(s, word);
	}
	return problem;
}

/* The first operand may be the word of a command. */
static const char *
find_command(struct scan *s)
{
	for (size_t i = 0; s->noperands > 0 && i < ncommand_rows; i++) {
		const struct command_row *row = &command_rows[i];

		if (row->word == NULL || strcmp(row->word, s->operands[0]) != 0)
			continue;
		if (!row->built)
			return arena_printf(s->parsing.arena,
			    _("This version does not have \"mailwizard %s\" "
			      "yet; it has the wizard, check, spf, dkim, dmarc, verify, keygen and records."),
			    row->word);
		s->parsing.out->command = row->command;
		s->operands++;
		s->noperands--;
		break;
	}
	s->parsing.out->operands = s->operands;
	s->parsing.out->noperands = s->noperands;
	return NULL;
}

static const char *
apply_all(struct scan *s)
{
	enum command command = s->parsing.out->command;
	const char *word = command_row(command)->word;
	const char *problem = NULL;

	for (size_t i = 0; problem == NULL && i < s->ngiven; i++) {
		const struct option_row *row = s->given[i].row;

		if (row->apply == NULL)
			return arena_printf(s->parsing.arena,
			    _("This version does not have the option --%s "
			      "yet."),
			    row->name);
		if ((row->commands & FOR(command)) == 0)
			return arena_printf(s->parsing.arena,
			    _("--%s is no option of \"mailwizard%s%s\"; see "
			      "\"mailwizard%s%s --help\"."),
			    row->name, word != NULL ? " " : "",
			    word != NULL ? word : "", word != NULL ? " " : "",
			    word != NULL ? word : "");
		problem = row->apply(&s->parsing, s->given[i].value);
	}
	return problem;
}

/*
 * For the checks, which show it: A-labels, and printable.  check_host() gets
 * what was typed.
 */
static const char *
helo_for_checks(struct arena *arena, const char *helo)
{
	struct domain_name name;

	if (!str_is_ascii(str_of(helo)) &&
	    domain_read_as(arena, str_of(helo), DOMAIN_IN_DNS, &name) == NULL)
		return name.name;
	return printable(arena, str_of(helo));
}

/* The demo has a domain and a DNS of its own, and nothing else to look at. */
static const char *
judge_demo(struct scan *s)
{
	static const char *const others[] = { "dns", "authoritative",
		"no-authoritative", "zone", "offline", "timeout", "ca-file",
		"host", "sending-ip", "helo", "answers" };

	if (!s->parsing.out->demo)
		return NULL;
	if (s->noperands > 0)
		return arena_printf(s->parsing.arena,
		    _("--demo brings its own domain: leave out \"%s\", or "
		      "--demo."),
		    shown(s, s->operands[0]));
	for (size_t i = 0; i < s->ngiven; i++)
		for (size_t j = 0; j < COUNT(others); j++)
			if (strcmp(s->given[i].row->name, others[j]) == 0)
				return arena_printf(s->parsing.arena,
				    _("--demo asks nobody and looks at "
				      "nothing real: leave out --%s, or "
				      "--demo."),
				    others[j]);
	return NULL;
}

/* What options ask of one another, once all are known. */
static const char *
judge_together(struct scan *s)
{
	struct options *out = s->parsing.out;
	bool any_step = false;

	for (size_t i = 0; i < STEP_COUNT; i++)
		any_step = any_step || out->step[i];
	if (!any_step)
		return _("--skip leaves no step to look at.");
	if (out->offline && out->nzones == 0)
		return _("--offline needs a zone file: --zone FILE.");
	if (out->login == NULL &&
	    (out->password_file != NULL || out->password_fd >= 0))
		return _("A password needs the name of the user, too: --login "
			 "USER.");
	if (out->password_file != NULL && out->password_fd >= 0)
		return _("--password-file and --password-fd are two ways to "
			 "give one password: leave one of them out.");
	if (out->client.family == IP_NONE && !out->trust_received &&
	    ((out->command == COMMAND_SPF && out->sender != NULL) ||
		(out->command == COMMAND_VERIFY &&
		    (out->sender != NULL || out->helo != NULL))))
		return arena_printf(s->parsing.arena,
		    _("--%s needs the address of the client: --ip IP."),
		    out->sender != NULL ? "sender" : "helo");
	if (out->helo != NULL && out->command != COMMAND_WIZARD &&
	    out->client.family == IP_NONE)
		out->helo = helo_for_checks(s->parsing.arena, out->helo);
	out->authoritative = s->parsing.authority == AUTHORITY_ON ||
	    (s->parsing.authority == AUTHORITY_UNSAID && out->dns == NULL &&
		!out->offline && out->nzones == 0);
	return NULL;
}

/* "chek example.org": a word that stands where a command would. */
static bool
is_misspelt_command(const struct options *out)
{
	const char *word = out->noperands > 0 ? out->operands[0] : "";

	if (out->command != COMMAND_WIZARD || word[0] == '\0')
		return false;
	while (is_alpha(*word))
		word++;
	return *word == '\0';
}

static const char *
judge_operands(struct scan *s)
{
	struct options *out = s->parsing.out;
	bool many = out->command == COMMAND_CHECK;

	if (is_misspelt_command(out))
		return arena_printf(s->parsing.arena,
		    _("\"%s\" is neither a command (check, spf, dkim, dmarc, verify, keygen, records) "
		      "nor a domain, such as example.org."),
		    shown(s, out->operands[0]));
	if (out->noperands == 0 && out->command == COMMAND_VERIFY)
		return _("\"mailwizard verify\" needs the file of a message, "
			 "or - for stdin.");
	if (out->noperands == 0 && out->command != COMMAND_WIZARD &&
	    out->file == NULL)
		return arena_printf(s->parsing.arena,
		    _("\"mailwizard %s\" needs a domain, such as "
		      "\"mailwizard %s example.org\"."),
		    command_row(out->command)->word,
		    command_row(out->command)->word);
	if ((out->watch || out->since != NULL) &&
	    (out->noperands > 1 || out->file != NULL))
		return _("--watch and --since are for one domain.");
	if (!many && out->noperands > 1)
		return arena_printf(s->parsing.arena,
		    out->command == COMMAND_VERIFY
			? _("\"%s\" is one too many: give one message.")
			: _("\"%s\" is one too many: give one domain."),
		    shown(s, out->operands[1]));
	return NULL;
}

static const char *
read_all(struct scan *s)
{
	const char *problem = scan_words(s);

	if (problem == NULL)
		problem = find_command(s);
	if (problem == NULL)
		problem = apply_all(s);
	if (problem != NULL || s->parsing.help || s->parsing.version)
		return problem;
	problem = judge_demo(s);
	if (problem == NULL)
		problem = judge_operands(s);
	return problem != NULL ? problem : judge_together(s);
}

enum options_end
options_read(struct arena *arena, int argc, char *const argv[],
    struct options *out, const char **text)
{
	struct scan s = {
		.parsing = { .arena = arena, .out = out },
		.argc = argc,
		.argv = argv,
		.next = 1,
	};

	*out = (struct options){
		.timeout_ms = TIMEOUT_MS,
		.jobs = JOBS,
		.watch_seconds = WATCH_S,
		.format = COPY_ZONE,
		.password_fd = -1,
	};
	for (size_t i = 0; i < STEP_COUNT; i++)
		out->step[i] = true;
	*text = read_all(&s);
	if (*text != NULL)
		return OPTIONS_WRONG;
	if (s.parsing.help)
		*text = options_help(arena, out->command);
	else if (s.parsing.version)
		*text = "mailwizard " MAILWIZARD_VERSION "\n";
	return *text != NULL ? OPTIONS_SAY : OPTIONS_RUN;
}
