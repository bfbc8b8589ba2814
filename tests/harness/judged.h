/*
 * tests/harness/judged.h - a step checked against a zone, and checked again
 * with what it suggests laid over that zone.
 *
 *	struct judged j;
 *
 *	judge(&j, "@ TXT \"v=spf1 +all\"\n", STEP_SPF, NULL);
 *	assert_string_equal(judged_ids(&j), "spf-plus-all");
 *	judge_suggested(&j);
 *	assert_int_equal(j.report.status, SEV_PASS);
 *	judged_end(&j);
 */
#ifndef JUDGED_H
#define JUDGED_H

#include "../../checks/check.h"
#include "../../checks/dns.h"
#include "../../checks/zone.h"

struct judged {
	struct zone *zone;
	struct resolver *dns;
	struct zone *over; /* of judge_suggested() */
	struct resolver *over_dns;
	struct run run;
	struct run second;
	struct target target;
	enum step_id step;
	struct step_report report; /* of the last check */
};

/*
 * Checks one step of example.org in a world that is this zone; relative names
 * belong to example.org.  The target is copied, its domain set; NULL: empty.
 */
void judge(struct judged *, const char *zone_text, enum step_id,
    const struct target *);

/* The same over another resolver, which stays its owner's. */
void judge_with(
    struct judged *, struct resolver *, enum step_id, const struct target *);

/* Checks again with the suggested records over the zone.  Once. */
void judge_suggested(struct judged *);
void judged_end(struct judged *);

/* The ids of the report, each once, a blank between, in the order found. */
const char *judged_ids(struct judged *);

/* The same of those worse than a note. */
const char *judged_faults(struct judged *);

/* The first finding of that id; NULL when there is none. */
const struct finding *judged_finding(struct judged *, const char *id);

/* "example.org TXT v=spf1 -all", a line a record. */
const char *judged_published(struct judged *);
const char *judged_suggested(struct judged *);

#endif
