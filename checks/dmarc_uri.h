/*
 * checks/dmarc_uri.h - the addresses in rua and ruf; RFC 9989 section 4.8:
 *
 *	dmarc-urilist = uri *(*WSP "," *WSP uri)
 *
 * with URI of RFC 3986, "," and "!" encoded, and an obsolete "!10m" behind it.
 */
#ifndef DMARC_URI_H
#define DMARC_URI_H

#include "dmarc.h"

/* Reads the list of a tag; `tag` may be NULL.  `whole` is the record. */
void dmarc_uris_read(struct arena *, struct str whole, const struct dmarc_tag *,
    struct dmarc_uris *out);

/*
 * The URI that was meant by one that cannot be used: "mailto:a@example.org" by
 * "a@example.org"; NULL: no idea.
 */
const char *dmarc_uri_meant(struct arena *, const struct dmarc_uri *);

#endif
