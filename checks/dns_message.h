/*
 * checks/dns_message.h - DNS messages, written and read by ldns.  RFC 1035
 * section 4, EDNS of RFC 6891.
 *
 * Messages are octets on the outside.  An answer is hostile until it was read:
 * what is not for this question is told apart from what is broken, and nothing
 * is half believed.
 */
#ifndef DNS_MESSAGE_H
#define DNS_MESSAGE_H

#include "dns.h"

#define DNS_MESSAGE_MAX 65535 /* octets; the length before it in TCP */
#define DNS_EDNS_OCTETS 1232 /* what we take by UDP: one packet anywhere */
#define DNS_HEADER_SIZE 12 /* octets; RFC 1035 section 4.1.1 */
#define DNS_MAX_RECORDS 4096 /* in all sections of one message */

/* One question as it leaves. */
struct dns_query {
	const char *name; /* valid: name_is_valid() */
	enum rr_type type;
	uint16_t id; /* random, by the caller */
	bool recurse; /* RD */
	bool authentic; /* AD: please tell whether it is; RFC 6840 5.7 */
	bool unchecked; /* CD: do not validate; RFC 4035 section 3.2.2 */
	bool edns; /* with an OPT record; else none */
};

/* What is to be known of an answer beside the answer. */
struct dns_facts {
	bool truncated; /* TC: ask again by TCP */
	bool lame; /* a referral, up or down, where an answer should be */
	bool no_edns; /* FORMERR, NOTIMP, BADVERS: ask again without OPT */
	int ede; /* INFO-CODE of RFC 8914, the first one; -1: none */
	const char *ede_text; /* EXTRA-TEXT of it, printable; else NULL */
};

/* The octets of the question, in the arena.  False: the name is not valid. */
bool dns_message_question(
    struct arena *, const struct dns_query *, struct str *out);

/*
 * Reads what came back.  False when it is no answer to this question (id, QR,
 * opcode, name, type, class; a header alone passes when it reports an error):
 * to be ignored, and waited on.  *out and *facts are then untouched.
 *
 * Else *out is whole but for `server` and `bogus`, in the arena.  Outcome
 * BROKEN has its reason in `why`: the name of the rcode, "malformed answer",
 * "truncated answer" (its records are not believed), "lame answer ...".
 * out->partial is set when the chain of CNAMEs leads out of the message.
 */
bool dns_message_read(struct arena *, struct str octets,
    const struct dns_query *, struct answer *out, struct dns_facts *facts);

/* "SERVFAIL"; "rcode 4000" for one without a name here.  In the arena. */
const char *dns_rcode_word(struct arena *, int rcode);

/* Is this the question behind the header?  *end is where it ends. */
bool dns_message_asks(
    struct arena *, struct str message, const struct dns_query *, size_t *end);

/*
 * One record as it lies in a message, from its owner name up to the end of its
 * RDATA.  False when that is not, to the octet, what its type says.
 */
bool record_from_message(struct arena *, struct str message, size_t start,
    size_t end, struct record *out);

struct ldns_struct_rr;

/*
 * One record of ours from one of ldns, copied into the arena.  False when its
 * RDATA is not what the type says.  For zone.c.
 */
bool record_from_rr(
    struct arena *, const struct ldns_struct_rr *, struct record *out);

/*
 * Fills the value of *record, whose name, type and ttl are set, from RDATA as
 * it is on the wire.  False when that is not what the type says.
 */
bool record_from_rdata(struct arena *, struct record *, struct str rdata);

#endif
