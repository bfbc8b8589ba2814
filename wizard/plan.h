/*
 * wizard/plan.h - the plan: what the admin wants to be true.
 *
 * Plain data without pointers, so that a snapshot is an assignment, undo is
 * keeping the old one, and a file is one `name = value` line a field.  Which
 * member is written how is the table of wizard/field.h; nothing here is
 * checked when it is read, so broken SPF terms stay as they were typed.
 *
 * All texts are ended by NUL.  Names are A-labels, lower case, without a dot
 * at the end, as checks/domain.h makes them.  Terms are raw octets as they
 * came from DNS or the keyboard: printable() before they are shown.
 */
#ifndef PLAN_H
#define PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PLAN_NAME	256 /* octets of a name, NUL included; RFC 1035 2.3.4 */
#define PLAN_TEXT	256 /* octets of a line of text, NUL included */
#define PLAN_IP		48 /* octets of an address as text, NUL included */
#define PLAN_IPS	32 /* own addresses that send */
#define PLAN_TERM	512 /* octets of one SPF term, NUL included */
#define PLAN_TERMS	128 /* terms of an SPF record */
#define PLAN_SUBDOMAINS 16 /* that send too */
#define PLAN_SELECTORS	8 /* DKIM selectors in use */
#define PLAN_KEY	1024 /* octets of a public key as base64, NUL included */
#define PLAN_ANSWER	1024 /* octets of any answer, NUL included */
#define PLAN_BASE	1024 /* octets of a record a plan began with, NUL included */
#define PLAN_VALUE	64 /* octets of the value of a DMARC tag, NUL included */
#define PLAN_URIS	8 /* addresses for DMARC reports of a kind */
#define PLAN_TAGS	8 /* DMARC tags nobody here knows */
#define PLAN_WORD	32 /* octets of an id, NUL included */
#define PLAN_TICKS	32 /* items ticked by hand */
#define PLAN_SKIPPED	8 /* steps left out on purpose */
#define PLAN_PROTOCOLS	3 /* for mail programs: enum mail_protocol */
#define PLAN_PORTS	6 /* of one of them */

/* The mail server in use: which commands and files the advice names. */
enum mail_server {
	SERVER_UNKNOWN,
	SERVER_POSTFIX, /* with Dovecot */
	SERVER_EXCHANGE_2016,
	SERVER_EXCHANGE_2019,
	SERVER_EXCHANGE_SE,
	SERVER_HOSTED, /* a provider runs it */
	SERVER_OTHER,
	SERVER_COUNT
};

/* The records of a plan that are entered at the DNS provider. */
enum planned {
	PLANNED_SPF,
	PLANNED_KEY, /* of DKIM */
	PLANNED_OLD_KEY, /* emptied: the key before it is revoked */
	PLANNED_DMARC,
	PLANNED_COUNT
};

/* How far DMARC has come, one step after the other. */
enum dmarc_stage {
	STAGE_UNKNOWN, /* no record was seen yet */
	STAGE_REPORTS, /* p=none: reports only */
	STAGE_TRY_QUARANTINE, /* p=quarantine; t=y */
	STAGE_QUARANTINE,
	STAGE_TRY_REJECT, /* p=reject; t=y */
	STAGE_REJECT,
	STAGE_COUNT
};

/*
 * The DMARC record: the value of every tag as it is to be written; "" where
 * the tag is left out, and receivers take its default.
 */
struct plan_dmarc {
	char p[PLAN_VALUE], sp[PLAN_VALUE], np[PLAN_VALUE];
	char adkim[PLAN_VALUE], aspf[PLAN_VALUE];
	char t[PLAN_VALUE], psd[PLAN_VALUE];
	char rua[PLAN_URIS][PLAN_TERM]; /* "mailto:dmarc@example.org" */
	size_t nrua;
	char ruf[PLAN_URIS][PLAN_TERM];
	size_t nruf;
	char fo[PLAN_VALUE];
	char pct[PLAN_VALUE], rf[PLAN_VALUE], ri[PLAN_VALUE];
	char other[PLAN_TAGS][PLAN_TERM]; /* what else stood there, whole */
	size_t nother;
	bool begun; /* holds a record: published, proposed or chosen */
	bool published; /* it began as the published record */
	char base[PLAN_BASE]; /* see spf_base */
	unsigned int stage; /* enum dmarc_stage, as last seen in DNS... */
	int64_t since; /* ...for the first time then, seconds since 1970 */
};

/* Do mail programs of your people use POP3 (IMAP4, submission)? */
enum plan_use {
	USE_UNKNOWN, /* not answered */
	USE_YES,
	USE_NO,
	USE_COUNT
};

/* How mail programs reach one protocol. */
struct plan_ports {
	unsigned int use; /* enum plan_use */
	char port[PLAN_PORTS][PLAN_WORD]; /* "995:tls", "110:starttls"... */
	size_t nports; /* ...none: the usual ones */
};

/* What the Dovecot on the server reads. */
enum dovecot_version { DOVECOT_2_3, DOVECOT_2_4, DOVECOT_COUNT };

/* For the commands on the server; "" where it is not known. */
struct plan_server {
	char name[PLAN_NAME]; /* of the Exchange server: "EX01" */
	char thumbprint[PLAN_VALUE]; /* of its certificate */
	bool wildcard; /* the certificate is for *.example.org */
	char mailbox[PLAN_NAME]; /* whose protocols are to be allowed */
	unsigned int dovecot; /* enum dovecot_version */
	char chain[PLAN_TEXT]; /* path of the certificates... */
	char key[PLAN_TEXT]; /* ...and of their key, in PEM */
};

struct plan {
	char domain[PLAN_NAME]; /* "" until it is known */
	char host[PLAN_NAME]; /* the host clients use; "": find out */
	unsigned int server; /* enum mail_server */
	char resolver[PLAN_TEXT]; /* "ADDR[:PORT][,...]"; "": the system's */
	char sending[PLAN_IPS][PLAN_IP]; /* own addresses that send... */
	size_t nsending; /* ...none: the MX hosts inside the domain */
	char helo[PLAN_NAME]; /* the name said in EHLO; "": not checked */
	char subdomain[PLAN_SUBDOMAINS][PLAN_NAME]; /* that send too: whole
							names below `domain` */
	size_t nsubdomains;
	bool sends_nothing; /* declared: no mail comes from this domain */
	bool receives_nothing; /* declared: no mail goes to this domain */

	char term[PLAN_TERMS][PLAN_TERM]; /* of the SPF record, in order */
	size_t nterms;
	bool spf_begun; /* terms hold a record: published, proposed or typed */
	bool spf_published; /* the terms began as the published record */
	char spf_base[PLAN_BASE]; /* the record that the wizard put here: while
				     the plan says the same, nobody changed it
				     by hand; "": not known */
	int64_t old_until[PLANNED_COUNT]; /* seconds since 1970: it is said to
		be published, and what was there before may be remembered
		until then; 0: nothing is waited for */

	char selector[PLAN_SELECTORS][PLAN_NAME]; /* of DKIM; none: guessed */
	size_t nselectors;
	char key_selector[PLAN_NAME]; /* of the key that signs; "": not yet */
	unsigned int key_type; /* enum key_kind; of the next key made */
	char key_public[PLAN_KEY]; /* what p= of that selector has to hold */
	char key_file[PLAN_TEXT]; /* path of the private key; "": elsewhere */
	char old_selector[PLAN_NAME]; /* of the key it replaces; "": none */
	int64_t key_seen; /* seconds since 1970: the key is in DNS since; 0 */
	int64_t key_switched; /* the signer uses it since; 0: not known */
	bool key_revoke; /* the old key's record is to be emptied */

	struct plan_dmarc dmarc;

	struct plan_ports ports[PLAN_PROTOCOLS]; /* by enum mail_protocol */
	struct plan_server mail_server;

	char tick[PLAN_TICKS][PLAN_WORD]; /* ids of items ticked by hand */
	size_t nticks;
	char skipped[PLAN_SKIPPED][PLAN_WORD]; /* words of steps left out */
	size_t nskipped;
	unsigned int step; /* enum wizard_step, where the person is */
};

/* An empty plan, as before the first answer. */
void plan_clear(struct plan *);

#endif
