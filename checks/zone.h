/*
 * checks/zone.h - records from a zone file, or from a plan; RFC 1035 section 5.
 */
#ifndef ZONE_H
#define ZONE_H

#include "record.h"

struct zone;

/*
 * Reads a zone file into a new zone; free it with zone_free().  Relative names
 * belong to `origin` until $ORIGIN says otherwise; $INCLUDE is refused; a
 * record without TTL gets $TTL or RECORD_TTL.  NULL with *error set to one
 * sentence (in the arena) that names file, line and what is wrong there.
 */
struct zone *zone_read_file(
    struct arena *, const char *path, const char *origin, const char **error);

/* The same from memory; `name` stands for the file in errors. */
struct zone *zone_read_text(struct arena *, const char *name, struct str text,
    const char *origin, const char **error);

/* A zone of copies of these records: the plan, laid over DNS. */
struct zone *zone_from_records(const struct record *, size_t n);

/* Adds those records of `more` it has not; `more` stays its owner's. */
void zone_add(struct zone *, const struct zone *more);

/*
 * Lays `over` over the zone, per name and type: its records take the place of
 * all of that name and type, and an alias there excludes the other types of
 * its name.  `over` stays its owner's.
 */
void zone_lay(struct zone *, const struct zone *over);

/* Have they the same records? */
bool zone_equal(const struct zone *, const struct zone *);

void zone_free(struct zone *);

#endif
