/*
 * checks/dns_ares.h - the only door to c-ares: it carries DNS messages.
 *
 * Messages are octets here; dns_message.c builds and reads them.
 */
#ifndef DNS_ARES_H
#define DNS_ARES_H

#include "run.h"

/* Closes what questions of this run opened; run_end() calls it. */
void dns_channels_close(struct run *);

/*
 * Once, before the first thread.  False when c-ares would not start; then no
 * question can be asked.
 */
bool dns_library_begin(void);

#endif
