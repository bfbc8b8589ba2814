/*
 * checks/dmarc_older.h - what a receiver that still follows RFC 7489 makes
 * of the same domain, where that differs.
 */
#ifndef DMARC_OLDER_H
#define DMARC_OLDER_H

#include "dmarc.h"

#define DMARC_OLDER_MAX 8

/*
 * Sentences, in the arena; gives how many, 0 where nothing is known to differ.
 * Such receivers find the organizational domain by the Public Suffix List,
 * which is not asked here: where their verdict hangs on it, the sentence says
 * so.
 */
size_t dmarc_older(struct arena *, const struct dmarc_discovery *,
    const char *out[DMARC_OLDER_MAX]);

#endif
