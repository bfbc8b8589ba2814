/*
 * checks/dmarc_value.h - the values a DMARC tag may have; RFC 9989 section
 * 4.8, RFC 7489 section 6.4 for the tags that were removed.
 */
#ifndef DMARC_VALUE_H
#define DMARC_VALUE_H

#include "dmarc.h"

/*
 * Letters of values are equal in both cases: they are literals of the ABNF.
 * Lists of addresses (rua, ruf) are looked at by dmarc_uris_read(); here any
 * text of allowed octets is good enough.
 */
bool dmarc_value_is_valid(enum dmarc_tag_id, struct str value);

/*
 * What was meant by a value that is not valid, such as "none" by "non" or "r"
 * by "relaxed"; NULL: no idea.
 */
const char *dmarc_value_meant(enum dmarc_tag_id, struct str value);

/* The known tag that was meant by this name: "rua" by "rau"; or UNKNOWN. */
enum dmarc_tag_id dmarc_name_meant(struct str name, struct str value);

/* "none, quarantine or reject": what the tag takes; "" for any text. */
const char *dmarc_value_form(enum dmarc_tag_id);

#endif
