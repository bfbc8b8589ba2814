/*
 * wizard/demo_ports.h - what the mail server of the demo would show to a look
 * at its ports; nothing is asked.
 *
 * It has faults of three kinds: old versions of TLS for IMAP, logins
 * before TLS for POP3, nothing that listens for submission.
 */
#ifndef DEMO_PORTS_H
#define DEMO_PORTS_H

#include "../checks/mailport_many.h"

/*
 * Looks at that server as it is, or as it is once the faults are mended, for
 * run->prober.  Free it with demo_prober_free(), which takes NULL.
 */
struct prober *demo_prober_new(bool mended);
void demo_prober_free(struct prober *);

#endif
