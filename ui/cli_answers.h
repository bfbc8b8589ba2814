/*
 * ui/cli_answers.h - mailwizard -a ANSWERS: a whole session without a screen.
 */
#ifndef CLI_ANSWERS_H
#define CLI_ANSWERS_H

#include "options.h"

/*
 * Takes the answers from the file, waits for every look, and prints the
 * checklist.  Gives the exit status of the wizard (CONTRACT); a file that
 * cannot be read or used is one sentence on stderr and 2.
 */
int cli_answers(const struct options *);

#endif
