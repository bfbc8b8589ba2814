/*
 * tests/harness/fixture.h - a run over a world that is one zone file, in one
 * line:
 *
 *	struct fixture f;
 *
 *	fixture_begin(&f, "@ TXT \"v=spf1 -all\"\n");
 *	... dns_ask(&f.run, "example.org", RR_TXT, &answer) ...
 *	fixture_end(&f);
 */
#ifndef FIXTURE_H
#define FIXTURE_H

#include "../../checks/dns.h"
#include "../../checks/zone.h"

#define FIXTURE_ORIGIN "example.org" /* of relative names */

struct fixture {
	struct run run; /* ten seconds; no cancel */
	struct resolver *dns; /* offline: asks nobody */
	struct zone *zone;
	struct resolver *over_dns; /* of fixture_overlay() */
	struct zone *over;
};

/* Fails the test, with the sentence, when the text is no zone. */
void fixture_begin(struct fixture *, const char *zone_text);
void fixture_end(struct fixture *);

/* Lays a second zone over the first: what the run sees from now on.  Once. */
void fixture_overlay(struct fixture *, const char *zone_text);

/*
 * An answer in one line: "found VALUE | VALUE -> OWNER", "no data", "no name",
 * "broken", "silent"; the owner only where aliases led there.
 */
const char *fixture_summary(struct arena *, const struct answer *);

/* A question and the summary of its answer. */
struct fixture_row {
	const char *name; /* "@" and names without a dot: in the origin */
	enum rr_type type;
	const char *wanted;
};

/* Asks them one after the other; fails the test at the first that differs. */
void fixture_check(struct fixture *, const struct fixture_row *, size_t n);

/* The zone alone, to be freed; fails the test when the text is none. */
struct zone *fixture_zone(const char *zone_text);

#endif
