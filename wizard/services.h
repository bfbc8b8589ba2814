/*
 * wizard/services.h - mail services to pick from for the SPF record: what
 * each adds, what that costs, and when it is not needed.
 */
#ifndef SERVICES_H
#define SERVICES_H

#include "provider.h"
#include "session.h"

#define SERVICES_MAX 128

struct service {
	const struct provider *provider;
	const char *include; /* the SPF domain to add; NULL: none is known */
	bool yours; /* one of its hosts is in the domain's MX records */
	bool there; /* the planned record includes it... */
	bool covered; /* ...or a record that is included does */
	bool asking; /* the cost is being looked up */
	bool known; /* the two below are */
	unsigned int lookups; /* of the include and all below */
	enum spf_trouble trouble; /* SPF_FINE: it works */
};

/*
 * Those whose name, kind or SPF domain holds `filter` (letters of either
 * case; "" is all): your own first, then by name as in the table.  Gives how
 * many; nothing is asked by it.
 */
size_t services_find(const struct session *, const char *filter,
    struct service out[SERVICES_MAX]);

/* Looks up what its include costs, unless it is known or being looked up. */
void services_look(struct session *, const struct service *);

/*
 * Puts the include before "all".  NULL, or one sentence that says why
 * nothing was changed: it is there already, or no SPF domain is known.
 */
const char *services_add(struct session *, const struct service *);

/* In plain words: when it is needed and when not; lives in the arena. */
const char *services_advice(struct arena *, const struct service *);

/* "a mailbox service", "a filter", "sends only": N_() */
const char *services_kind(const struct provider *);

#endif
