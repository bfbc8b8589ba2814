/*
 * ui/options_table.h - the rows that the command line and its help are made
 * of; for options.c and options_help.c only.
 */
#ifndef OPTIONS_TABLE_H
#define OPTIONS_TABLE_H

#include "options.h"

/* The command line while it is read. */
struct parsing {
	struct arena *arena;
	struct options *out;
	enum { AUTHORITY_UNSAID, AUTHORITY_ON, AUTHORITY_OFF } authority;
	bool only_given; /* the first --only empties the steps */
	bool help;
	bool version;
};

enum argument { ARGUMENT_NONE, ARGUMENT_NEEDED, ARGUMENT_OPTIONAL };

#define FOR(command) (1u << (command))
#define FOR_WIZARD   FOR(COMMAND_WIZARD)
#define FOR_CHECK    FOR(COMMAND_CHECK)
#define FOR_SPF	     FOR(COMMAND_SPF)
#define FOR_RECORDS  FOR(COMMAND_RECORDS)
#define FOR_DKIM     FOR(COMMAND_DKIM)
#define FOR_DMARC    FOR(COMMAND_DMARC)
#define FOR_SERVER   FOR(COMMAND_SERVER)
#define FOR_VERIFY   FOR(COMMAND_VERIFY)
#define FOR_KEYGEN   FOR(COMMAND_KEYGEN)
#define FOR_CLI	     (FOR_CHECK | FOR_SPF)
#define FOR_ALL	     (FOR_WIZARD | FOR_CLI) /* that look */
#define FOR_DNS	     (FOR_ALL | FOR_DKIM | FOR_DMARC | FOR_VERIFY) /* that ask DNS */
#define FOR_SHOWN    (FOR_DNS | FOR_RECORDS | FOR_KEYGEN | FOR_SERVER)

struct option_row {
	const char *name; /* without the dashes */
	char letter; /* the short form; 0: none */
	enum argument argument;
	const char *shown; /* the argument in the help: "FILE" */
	unsigned int commands; /* a bit each; 0: none has it yet */
	const char *help; /* N_(): a line; NULL: not in the help */

	/* Takes it in; NULL, or one sentence that says what is wrong. */
	const char *(*apply)(struct parsing *, const char *value);
};
extern const struct option_row option_rows[];
extern const size_t noption_rows;

struct command_row {
	const char *word; /* NULL: the wizard */
	const char *operands; /* in the help: "DOMAIN..." */
	bool built; /* false: a later version has it */
	enum command command; /* when built */
	const char *help; /* N_(): a line */
};
extern const struct command_row command_rows[];
extern const size_t ncommand_rows;

const struct command_row *command_row(enum command);

/* The text of --help; lives in the arena. */
const char *options_help(struct arena *, enum command);

#endif
