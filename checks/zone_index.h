/*
 * checks/zone_index.h - the records of a zone, found by name and type in
 * logarithmic time.
 *
 * A key is a name turned around: from the top label down, each a length octet
 * and the octets in lower case.  So the key of a name begins with the key of
 * each of its ancestors, and in sorted order all that is below a name follows
 * it directly.
 */
#ifndef ZONE_INDEX_H
#define ZONE_INDEX_H

#include "zone.h"

struct zone_key {
	unsigned char octets[NAME_WIRE_MAX];
	size_t len; /* 0 is the root */
};

struct zone_entry {
	struct record record;
	struct str key;
	size_t order; /* as added */
};

struct zone {
	struct arena *arena; /* owned: all records and keys */
	const char *label; /* who answers: "zone file x" */
	struct zone_entry *entries; /* sorted by key, type, order */
	size_t n;
	size_t added; /* so far, with those dropped again */
};

struct zone_slice {
	const struct zone_entry *entries; /* of one name and type */
	size_t n; /* 0: there are none */
};

/* An empty zone; `label` is copied. */
struct zone *zone_new(const char *label);

/*
 * Adds a record, with what it points to borrowed.  False when its name is not
 * valid.  Call zone_seal() after the last one and before looking anything up:
 * it sorts, and drops what is there twice (RFC 2181 section 5) but TXT.
 */
bool zone_append(struct zone *, const struct record *);
void zone_seal(struct zone *);

/* False when the name is not valid. */
bool zone_key_of(const char *name, struct zone_key *out);
bool zone_key_parent(struct zone_key *); /* false at the root */

struct zone_slice zone_find(
    const struct zone *, const struct zone_key *, enum rr_type);

/* Does the name exist: has it records, or a name below it (RFC 4592 2.2.2)? */
bool zone_has_name(const struct zone *, const struct zone_key *);

#endif
