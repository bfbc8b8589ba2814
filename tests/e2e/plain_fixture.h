/*
 * tests/e2e/plain_fixture.h - a folder for saved plans, zone files, and a run
 * of plain mode by pipes.
 */
#ifndef PLAIN_FIXTURE_H
#define PLAIN_FIXTURE_H

#include "../harness/unit.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../checks/base/str.h"
#include "../harness/command.h"
#include "../harness/state.h"

#define WORLD                                                                  \
	"$ORIGIN example.org.\n"                                               \
	"@ SOA ns hostmaster 1 3600 900 604800 300\n"                          \
	"@ NS ns\n"                                                            \
	"@ MX 10 mail\n"                                                       \
	"ns A 192.0.2.53\n"                                                    \
	"mail A 192.0.2.25\n"                                                  \
	"25.2.0.192.in-addr.arpa. PTR mail.example.org.\n"

static const char *bare, *broken, *hostile, *changing;

/* --- a run by pipes ------------------------------------------------------ */

/* Lines of text and line feeds, nothing else; no line but one to be copied
 * is longer than the screen is wide. */
static inline void
is_plain(const char *out)
{
	for (const char *p = out; *p != '\0'; p++) {
		unsigned char c = (unsigned char)*p;

		if (c != '\n' && (c < 0x20 || c > 0x7e))
			fail_msg("octet %u in: %s", c, out);
	}
}

static inline struct outcome
go(const char *zone, const char *lines)
{
	struct outcome o;

	state_forget();
	o = command_run(lines, "--plain", "--zone", zone, "--offline");
	is_plain(o.out);
	is_plain(o.err);
	return o;
}

static inline char *
saved(void)
{
	char path[160];
	char text[8192];
	FILE *file;
	size_t n;

	snprintf(
	    path, sizeof(path), "%s/mailwizard/example.org.plan", state_dir);
	file = fopen(path, "r");
	assert_non_null(file);
	n = fread(text, 1, sizeof(text) - 1, file);
	text[n] = '\0';
	fclose(file);
	return strdup(text);
}

static inline void
put_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	fputs(text, file);
	assert_int_equal(fclose(file), 0);
}

static inline bool
ends_with(const char *text, const char *end)
{
	size_t n = strlen(text);

	return n >= strlen(end) && strcmp(text + n - strlen(end), end) == 0;
}

static inline int
begin(void **state)
{
	(void)state;
	bare = command_file("bare.zone", WORLD);
	broken = command_file(
	    "broken.zone", WORLD "@ TXT \"v=spf1 mx ip4:192.0.2.300 ?all\"\n");
	hostile = command_file("hostile.zone",
	    WORLD "@ TXT \"v=spf1 a\\027]52;c;eA==\\007 mx \\155[2J "
		  "exp=\\226\\128\\174.example -all\"\n"
		  "@ TXT \"v=spf1 \\000\\255 -all\"\n"
		  "mail TXT \"\\027[2J\"\n");
	changing = command_file("changing.zone", WORLD);
	return !state_make() || setenv("XDG_STATE_HOME", state_dir, 1) ||
	    setenv("LC_ALL", "C.UTF-8", 1);
}

#endif
