/*
 * wizard/spf_help.h - what the parts of an SPF record mean, for the place
 * where one is chosen.
 *
 * Texts are N_(): the reader calls _() on them.
 */
#ifndef SPF_HELP_H
#define SPF_HELP_H

#include "../checks/spf.h"

struct spf_help {
	const char *word; /* "ip4"; "" for a term that is broken */
	const char *label; /* one line: "an IPv4 address or network" */
	const char *text; /* two sentences: what a receiver does with it */
	const char *example; /* such a term, whole; "" for a broken one */
	const char *value; /* what stands behind the word: "network"; NULL:
			      nothing can */
	const char *cost; /* "1 lookup and those of its own terms" */
	const char *advice; /* when to use it, when not; or NULL */
};
extern const struct spf_help spf_help[SPF_KIND_COUNT];

/* The four qualifiers, by SPF_RESULT_PASS, FAIL, SOFTFAIL and NEUTRAL. */
struct qualifier_help {
	const char *sign; /* "~"; NULL where the result is no qualifier */
	const char *label; /* "mark as suspicious" */
	const char *text;
};
extern const struct qualifier_help qualifier_help[SPF_RESULT_PERMERROR + 1];

/* What happens to all other senders. */
enum spf_ending {
	SPF_END_FAIL, /* -all */
	SPF_END_SOFTFAIL, /* ~all */
	SPF_END_NEUTRAL, /* ?all */
	SPF_END_PASS, /* +all: shown when it is there, never offered */
	SPF_END_REDIRECT, /* redirect=... decides */
	SPF_END_NONE, /* neither: neutral */
	SPF_END_COUNT
};

struct ending_help {
	const char *term; /* "-all"; "redirect=" ; "" for none */
	const char *label; /* "reject" */
	const char *text; /* one or two sentences, advice included */
	bool offered; /* is among the choices */
};
extern const struct ending_help ending_help[SPF_END_COUNT];

#endif
