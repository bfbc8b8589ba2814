/*
 * checks/spf_provider.h - the mail services that many domains use, known by
 * their MX hosts.
 */
#ifndef SPF_PROVIDER_H
#define SPF_PROVIDER_H

#include "dns.h"

/*
 * The term that allows the service behind these MX records to send, such as
 * "include:_spf.google.com"; NULL for a service that is not known, and for
 * hosts inside the domain.  A hint: the name of a host proves nothing.
 */
const char *spf_provider(
    struct arena *, const struct answer *mx, const char *domain);

#endif
