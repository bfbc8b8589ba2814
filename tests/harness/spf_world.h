/*
 * tests/harness/spf_world.h - one SPF question in a world of its own: a zone
 * file, in which names with a label "servfail" or "silent" are broken.
 */
#ifndef SPF_WORLD_H
#define SPF_WORLD_H

#include "../../checks/dns.h"
#include "../../checks/spf.h"
#include "../../checks/zone.h"

struct spf_case {
	const char *record; /* the SPF record of example.com; NULL: none */
	const char *zone; /* more records: a zone file */
	const char *domain; /* NULL: example.com */
	const char *ip; /* NULL: 192.0.2.1 */
	const char *sender; /* NULL: user@example.com */
	const char *helo; /* NULL: helo.example.com */
	enum spf_result result;
	const char *explanation; /* NULL: none */
	const char *term; /* that decided; NULL: do not look */
	int lookups; /* 0: do not look */
	int voids; /* 0: do not look */
};

struct spf_world {
	struct run run;
	struct zone *zone;
	struct resolver *offline;
	struct resolver *dns; /* `offline`, with faults */
	unsigned int asked; /* questions that reached it */
	unsigned int ahead; /* questions sent ahead */
	unsigned int cancel_at; /* at this question; 0: never */
};

void spf_world_begin(struct spf_world *, const struct spf_case *);
void spf_world_end(struct spf_world *);

/* spf_check_host() for the case. */
void spf_world_ask(
    struct spf_world *, const struct spf_case *, struct spf_verdict *out);

/* Does all of it, for each of the cases, and fails where one differs. */
void spf_world_try(const struct spf_case *cases, size_t n);

#endif
