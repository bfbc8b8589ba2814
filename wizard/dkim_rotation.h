/*
 * wizard/dkim_rotation.h - a new DKIM key in place of an old one, so that no
 * mail is without a good signature on the way: what to do when.
 */
#ifndef DKIM_ROTATION_H
#define DKIM_ROTATION_H

#include <stdbool.h>
#include <stdint.h>

#define DKIM_QUEUE_SECONDS (7 * 86400) /* mail may wait so long in a queue */
#define DKIM_GONE_SECONDS  (30 * 86400) /* until the revoked record can go */
#define DKIM_CACHE_SECONDS 3600 /* where the time to live is not known */

enum dkim_rotation_stage { /* in order */
	DKIM_ROTATION_PUBLISH, /* the new key, under a selector of its own */
	DKIM_ROTATION_SWITCH, /* the signer uses it */
	DKIM_ROTATION_REVOKE, /* the old record's p= is emptied */
	DKIM_ROTATION_REMOVE, /* it is taken away */
	DKIM_ROTATION_STAGES
};

struct dkim_rotation_source {
	int64_t now; /* seconds since 1970, as all times here */
	int64_t published; /* the new key is in DNS since; 0: not yet */
	int64_t switched; /* the signer uses it since; 0: not yet */
	uint32_t ttl; /* of the zone's "no such name", by which caches may
			 deny the new one; 0: not known */
};

struct dkim_rotation {
	enum dkim_rotation_stage stage; /* which is next to be done */
	int64_t at[DKIM_ROTATION_STAGES]; /* not before; those done: when */
};

/*
 * The dates.  What is not done yet counts from the stage before it, and
 * never lies in the past.
 */
void dkim_rotation_plan(
    const struct dkim_rotation_source *, struct dkim_rotation *out);

#endif
