/*
 * ui/batch.h - ten thousand domains: looked at side by side, and printed in
 * the order asked as soon as those before are done.
 */
#ifndef BATCH_H
#define BATCH_H

#include "../checks/certificate.h"
#include "domain_list.h"
#include "options.h"

/*
 * Looks at every domain of the list, --jobs at once, with memory for a bounded
 * number of results.  The trust is that of audit_trust().  Gives the exit
 * status of all together.
 */
int batch_many(
    const struct options *, const struct trust *, struct domain_list *);

#endif
