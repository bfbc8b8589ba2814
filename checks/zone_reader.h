/*
 * checks/zone_reader.h - reading one zone file: what zone.c (entries, and
 * RDATA by ldns) and zone_value.c (what is done before ldns) share.
 */
#ifndef ZONE_READER_H
#define ZONE_READER_H

#include "zone_index.h"
#include "zone_lex.h"

#define ZONE_TTL_MAX INT32_MAX /* seconds; RFC 2181 section 8 */

struct reader {
	struct arena *arena; /* the caller's: for the error */
	struct arena *scratch; /* of this entry and a few before */
	struct zone *zone;
	const char *file; /* readable */
	const char *origin; /* our form; in the zone's arena */
	const char *owner; /* of the entry before */
	uint32_t ttl; /* $TTL, else RECORD_TTL */
	const char *error;
};

/* An entry being read: tokens are taken off the front. */
struct cursor {
	struct zone_token *tokens;
	size_t n;
	size_t line; /* of the token last taken */
};

/* Notes the error, "FILE line N: what", and gives false. */
bool zone_fail(struct reader *, size_t line, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* A text from the file, cut and fit to be shown in a sentence. */
const char *zone_shown(struct reader *, struct str);
const char *zone_shown_rest(struct reader *, const struct cursor *);

/* Takes a token off the front; false when there is none. */
bool zone_take(struct cursor *, struct zone_token *out);

/* Seconds, at most ZONE_TTL_MAX, or "1w2d3h4m5s". */
bool zone_read_ttl(struct str, uint32_t *out);

/* What ldns would cut to size: numbers in their range, whole octets in hex. */
bool zone_check_value(struct reader *, const struct cursor *, enum rr_type);

/* RDATA of TXT and SPF; and \# of RFC 3597, after the \# itself. */
bool zone_read_strings(struct reader *, struct cursor *, struct record *out);
bool zone_read_generic(struct reader *, struct cursor *, struct record *out);

/* The entry as one line for ldns; NULL when that would be too long for it. */
const char *zone_ldns_line(
    struct reader *, const struct cursor *, enum rr_type);

#endif
