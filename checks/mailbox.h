/*
 * checks/mailbox.h - the addresses in a header field such as From, and the
 * client in Received.  RFC 5322 sections 3.4 and 4.4, RFC 5321 section 4.4.
 */
#ifndef MAILBOX_H
#define MAILBOX_H

#include "base/ip.h"
#include "base/str.h"

#define MAILBOX_MAX 64 /* addresses read of one field */

/*
 * The addresses of an address list, in order: "A <a@example.org>, b@c.d", with
 * comments, quoted names and groups.  Each is raw octets without blanks around
 * it, without "<" and ">"; an empty one ("<>") counts.  Gives how many.
 */
size_t mailbox_read(struct arena *, struct str value, struct str **out);

/*
 * The domain of an address as DNS has it: A-labels, lower case, no dot at the
 * end.  NULL when there is no "@", or no domain name behind it.
 */
const char *mailbox_domain(struct arena *, struct str address);

/* Who connected, as the server that wrote a Received field saw it. */
struct received {
	struct ip ip;
	const char *helo; /* what it said it was; NULL: not told */
};

/* False when the field names no address of a client. */
bool received_read(struct arena *, struct str value, struct received *out);

#endif
