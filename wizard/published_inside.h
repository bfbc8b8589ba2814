/*
 * wizard/published_inside.h - what the files of "published" share.
 *
 *	published.c       judging
 *	published_text.c  saying it
 */
#ifndef PUBLISHED_INSIDE_H
#define PUBLISHED_INSIDE_H

#include "published.h"

/* What the host of server `i` has; HAS_COUNT: another address was counted. */
enum witness_has published_host(const struct published_view *, size_t i);

/* Fills in the sentences. */
void published_say(
    struct arena *, const struct look *, int64_t now, struct published_view *);

#endif
