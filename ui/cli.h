/*
 * ui/cli.h - the commands, and what they share.
 *
 * stdout carries the result alone, stderr everything else.
 */
#ifndef CLI_H
#define CLI_H

#include <stdio.h>

#include "../checks/zone.h"
#include "options.h"

enum exit_status { /* CONTRACT, exit status */
	EXIT_FINE = 0,
	EXIT_FAILED = 1,
	EXIT_USAGE = 2,
	EXIT_NOT_SEEN = 3, /* could not look */
	EXIT_BUG = 4,
};

/* Each command: reads its operands, looks, prints; gives the exit status. */
int cli_check(const struct options *);
int cli_spf(const struct options *);
int cli_dkim(const struct options *);
int cli_dmarc(const struct options *);
int cli_server(const struct options *);
int cli_verify(const struct options *);
int cli_keygen(const struct options *);
int cli_records(const struct options *);

/* Where the answers come from, as the options say. */
struct world {
	struct resolver *top; /* ask this one */
	struct resolver *network; /* below it; or the same; or NULL */
	struct zone *zone; /* all zone files together; or NULL */
	bool borrowed; /* the zone belongs to somebody else */
};

/*
 * Opens the zone files (relative names belong to `domain`) and makes the
 * resolvers.  NULL, and *out is to be closed; or one sentence, and it is not.
 */
const char *world_open(struct arena *, const struct options *,
    const char *domain, struct world *out);
void world_close(struct world *);

/*
 * The zone files, read once for many domains: to be put into options->shared,
 * and freed with zone_free() when no world has it any more.  NULL where there
 * are none, or what they say depends on the domain; then each world reads them.
 */
struct zone *world_shared_zone(struct arena *, const struct options *);

/* "mailwizard: SENTENCE" on stderr. */
void complain(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/*
 * What was put on stdout is out: gives `status`.  Could not be written: says
 * so, unless the reader has gone, and gives EXIT_USAGE.
 */
int finish_stdout(int status);

/* Reads a domain operand; complains and gives NULL when it is none. */
const char *read_operand(struct arena *, const char *typed);

/* The questions of a run, oldest first, a line each. */
void print_trace(FILE *, const struct run *);

/* Colour on stdout, as --color, NO_COLOR and the terminal say. */
bool wants_color(const struct options *);

#endif
