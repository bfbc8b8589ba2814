/*
 * wizard/published.h - where the planned record is by now.
 *
 * Two questions with two answers.  Published: do the servers that own the zone
 * hand it out, each of them?  Visible: does the resolver show it, or does it
 * still remember what was there before: for the TTL of the old record, or of
 * the answer that there was none (RFC 2308 section 5)?
 *
 * Nothing here asks.  Records are compared as what they mean, not as octets.
 */
#ifndef PUBLISHED_H
#define PUBLISHED_H

#include "live.h"

enum witness_has {
	HAS_RECORD, /* the planned record, alone */
	HAS_SECOND, /* the planned record, and another one beside it */
	HAS_OTHER, /* another record */
	HAS_ODD, /* a text meant as such a record, which is none */
	HAS_NONE, /* no such text */
	HAS_UNSEEN, /* could not be asked */
	HAS_COUNT
};

/* Who was asked, and what came of it. */
struct witness {
	const char *host; /* of the NS record; NULL: the resolver */
	const char *address; /* printable; "" where it is not known */
	enum witness_has has;
	const char *shown; /* the other record, or why it was not seen;
			      printable; "" when there is nothing to show */
};

enum published {
	PUBLISHED_UNKNOWN, /* cannot tell from here */
	PUBLISHED_NO, /* at none of the servers that answered */
	PUBLISHED_PARTLY,
	PUBLISHED_YES, /* at all that answered */
};

enum visible { VISIBLE_UNKNOWN, VISIBLE_NO, VISIBLE_YES };

/* What keeps it from ever being right, however long one waits. */
enum publish_slip {
	SLIP_NONE,
	SLIP_DOUBLED, /* it is at NAME.DOMAIN.DOMAIN */
	SLIP_SECOND, /* an old record stands beside it */
	SLIP_ODD, /* a text that is no record, such as RFC 7208 section 4.5 */
};

struct published_view {
	enum planned what; /* the record it is about */
	struct str record; /* its text, raw; empty: the plan has none */
	bool said; /* "I have published it": what follows is shown */
	bool looked; /* there is a result: what follows is known */
	const struct witness *servers; /* an address each */
	size_t nservers;
	struct witness resolver;
	size_t nhosts; /* name servers by name... */
	size_t nhave; /* ...all of whose addresses that answered have it... */
	size_t nunseen; /* ...or none of whose addresses answered */
	enum published published;
	enum visible visible;
	enum publish_slip slip;
	bool done; /* published, visible, and no slip */
	int64_t until; /* what was there may be remembered until then */
	time_t at; /* when it was looked */

	/* Sentences; all are set once `looked`, and "" where there is nothing
	   to say. */
	const char *headline; /* "Published at 2 of 3 name servers." */
	const char *more; /* "ns3.example.net still has the old record." */
	const char *brief; /* "at 2 of 3 servers": for a small screen */
	const char *published_text; /* "no: at 2 of 3 name servers" */
	const char *visible_text; /* "from 14:48 at latest" */
};

/*
 * What an answer to TXT at the record's name holds, measured by `record`;
 * *shown as in struct witness.
 */
enum witness_has witness_judge(struct arena *, enum planned,
    const struct answer *, struct str record, const char **shown);

/* "the record", "an old record", ... */
const char *witness_text(enum planned, enum witness_has);

/* Was this record's name asked for in the look (NULL: no)? */
bool published_asked(const struct look *, enum planned, const char *name);

/*
 * Judges a look of the kind LOOK_PUBLISHED by the record planned now, which is
 * out->record of the kind out->what.  `now` and out->until are wall clock.
 * Everything in *out lives in the arena, or with the look.
 */
void published_judge(struct arena *, const struct look *, int64_t now,
    struct published_view *out);

/*
 * How long resolvers may remember what this look saw in place of the record,
 * in seconds.  False when it saw nothing but the record.
 */
bool published_old_ttl(
    const struct look *, enum planned, struct str record, uint32_t *ttl);

/* Seen, and something else than the record is what resolvers get. */
bool published_differs(const struct published_view *);

/*
 * "14:48"; with its date unless that is today.  Local time.  A time by which
 * something is over is never told too early: it is rounded up, or told with
 * its seconds when it is near.
 */
const char *clock_print(struct arena *, int64_t when, int64_t now);
const char *deadline_print(struct arena *, int64_t when, int64_t now);

#endif
