/*
 * tests/harness/command.h - the built program, run to its end.
 *
 *	struct outcome o = command_run(NULL, "spf", "example.org");
 *
 * The program is ./mailwizard, or what MAILWIZARD names.  A run that takes
 * longer than COMMAND_LIMIT seconds is killed, which ends the test program.
 */
#ifndef COMMAND_H
#define COMMAND_H

#include <stddef.h>

#define COMMAND_LIMIT 60 /* seconds; also under valgrind */

struct outcome {
	int status; /* exit status; 128 + signal when killed */
	char *out; /* stdout, ended by NUL; NULs in it are kept... */
	size_t out_len; /* ...and counted here */
	char *err; /* stderr */
};

/*
 * Runs "mailwizard" with these words.  `input` is its stdin; NULL: empty.  Free
 * the outcome with command_free().
 */
#define command_run(input, ...)                                                \
	command_words(input, (const char *const[]){ __VA_ARGS__, NULL })
struct outcome command_words(const char *input, const char *const *words);

/* The same, with a line that a shell reads; "$MW" there is the program. */
struct outcome command_shell(const char *line);

void command_free(struct outcome *);

/*
 * Writes a file into a folder of this test program, which is removed when the
 * program ends; gives its path, which lives until then.
 */
const char *command_file(const char *name, const char *text);

#endif
