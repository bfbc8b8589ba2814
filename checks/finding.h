/*
 * checks/finding.h - what a check can say about a domain.
 *
 * Every sentence the program can utter about someone's mail setup has one row
 * in finding_kinds[].  A check names the row and fills in the blanks; it never
 * formats prose of its own.  Ids and severities are CONTRACT: other programs
 * rely on them.
 */
#ifndef FINDING_H
#define FINDING_H

#include "base/str.h"

enum severity { /* worst last */
	SEV_PASS,
	SEV_NOTE,
	SEV_WARN,
	SEV_UNKNOWN,
	SEV_FAIL,
	SEV_COUNT
};

enum finding_code {
	F_NONE, /* no finding; never reported */
	/* any area */
	F_DNS_FAILED,
	F_DNS_TIMEOUT,
	F_DNS_BOGUS,
	F_DNS_SERVERS_DISAGREE,
	F_DNS_CNAME_CONFLICT,
	/* domain */
	F_DOMAIN_OK,
	F_DOMAIN_MISSING,
	F_MX_NO_ADDRESS,
	F_MX_IS_ADDRESS,
	F_MX_IS_CNAME,
	F_HOST_NO_ADDRESS,
	F_PTR_MISMATCH,
	F_MX_MISSING,
	F_MX_NULL,
	F_MX_PRIVATE_ADDRESS,
	F_HOST_PRIVATE_ADDRESS,
	F_PTR_MISSING,
	F_PTR_GENERIC,
	F_HELO_MISMATCH,
	/* spf */
	F_SPF_OK,
	F_SPF_MISSING,
	F_SPF_MULTIPLE,
	F_SPF_SYNTAX,
	F_SPF_TOO_MANY_LOOKUPS,
	F_SPF_TOO_MANY_VOIDS,
	F_SPF_TOO_MANY_MX,
	F_SPF_INCLUDE_MISSING,
	F_SPF_INCLUDE_BROKEN,
	F_SPF_LOOP,
	F_SPF_PLUS_ALL,
	F_SPF_QUOTED,
	F_SPF_MISPLACED,
	F_SPF_NO_ALL,
	F_SPF_NEUTRAL_ALL,
	F_SPF_AFTER_ALL,
	F_SPF_REDIRECT_IGNORED,
	F_SPF_PTR,
	F_SPF_EXISTS_PLAIN,
	F_SPF_UNKNOWN_MODIFIER,
	F_SPF_PRIVATE_ADDRESS,
	F_SPF_WIDE_RANGE,
	F_SPF_VOID,
	F_SPF_SENDER_NOT_COVERED,
	F_SPF_NOBODY,
	F_SPF_LONG,
	F_SPF_SOFTFAIL,
	F_SPF_NEAR_LIMIT,
	F_SPF_HOST_BITS,
	F_SPF_DUPLICATE,
	/* dkim */
	F_DKIM_TESTING,
	F_DKIM_KEY_SHORT,
	F_DKIM_PART_SIGNED,
	F_DKIM_OK,
	F_DKIM_MISSING,
	F_DKIM_MULTIPLE,
	F_DKIM_SYNTAX,
	F_DKIM_KEY_UNDECODABLE,
	F_DKIM_KEY_TRUNCATED,
	F_DKIM_KEY_MISMATCH,
	F_DKIM_KEY_WEAK,
	F_DKIM_REVOKED,
	F_DKIM_WRONG_SERVICE,
	F_DKIM_HASH_SHA1,
	F_DKIM_UNKNOWN_KEY_TYPE,
	F_DKIM_MISPLACED,
	F_DKIM_MISNAMED,
	F_DKIM_QUOTED,
	F_DKIM_PRIVATE_KEY_PUBLISHED,
	F_DKIM_ED25519_ONLY,
	F_DKIM_KEY_PKCS1,
	F_DKIM_NO_SELECTOR,
	/* dmarc */
	F_DMARC_OK,
	F_DMARC_MISSING,
	F_DMARC_MULTIPLE,
	F_DMARC_SYNTAX,
	F_DMARC_NO_POLICY,
	F_DMARC_BAD_POLICY,
	F_DMARC_QUOTED,
	F_DMARC_MISPLACED,
	F_DMARC_POLICY_NONE,
	F_DMARC_BAD_VALUE,
	F_DMARC_REMOVED_TAG,
	F_DMARC_NO_REPORTS,
	F_DMARC_REPORT_URI,
	F_DMARC_REPORT_UNAUTHORISED,
	F_DMARC_REPORT_NO_MX,
	F_DMARC_SUBDOMAIN_WEAKER,
	F_DMARC_TESTING,
	F_DMARC_ORDER,
	F_DMARC_UNKNOWN_TAG,
	F_DMARC_FO_WITHOUT_RUF,
	/* ports and TLS */
	F_PORT_OK,
	F_PORT_CLOSED,
	F_PORT_NO_ROUTE,
	F_PORT_TIMEOUT,
	F_PORT_SILENT,
	F_PORT_REFUSED_GREETING,
	F_PORT_WRONG_PROTOCOL,
	F_PORT_NONSENSE,
	F_PORT_IS_TLS,
	F_PORT_IS_PLAIN,
	F_STARTTLS_MISSING,
	F_STARTTLS_REFUSED,
	F_STARTTLS_INJECTION,
	F_STARTTLS_EXTRA,
	F_LOGIN_BEFORE_TLS,
	F_LOGIN_LOCAL,
	F_AUTH_MISSING,
	F_LOGIN_OK,
	F_LOGIN_FAILED,
	F_LOGIN_UNAVAILABLE,
	F_LOGIN_NOT_TRIED,
	F_BANNER_NAME,
	F_TLS_FAILED,
	F_TLS_TOO_OLD,
	F_TLS_CLIENT_CERTIFICATE,
	F_TLS_OLD_VERSION,
	F_TLS_WEAK_CIPHER,
	F_CERT_DIFFERS,
	/* finding mail services */
	F_PORT_NO_HOST,
	F_SRV_NOT_OFFERED,
	F_SRV_MISLEADS,
	F_SRV_MISSING,
	F_AUTODISCOVER_DEAD,
	/* certificates */
	F_CERT_OK,
	F_CERT_EXPIRED,
	F_CERT_NOT_YET_VALID,
	F_CERT_NAME_MISMATCH,
	F_CERT_NO_SAN,
	F_CERT_SELF_SIGNED,
	F_CERT_UNTRUSTED,
	F_CERT_CHAIN_INCOMPLETE,
	F_CERT_NO_ROOTS,
	F_CERT_CHAIN_INVALID,
	F_CERT_INTERMEDIATE_EXPIRED,
	F_CERT_KEY_WEAK,
	F_CERT_SIGNATURE_WEAK,
	F_CERT_WRONG_PURPOSE,
	F_CERT_MUST_STAPLE,
	F_CERT_EXPIRES_SOON,
	F_CERT_CHAIN_ORDER,
	F_CERT_IS_CA,
	F_CERT_ED25519,
	/* the same ids for causes that need other words */
	F_MX_NULL_BESIDE, /* mx-null: and other MX records with it */
	F_MX_NULL_DECLARED, /* mx-null: as the owner wants it */
	F_HELO_NOT_A_NAME, /* helo-mismatch: no dots, or an odd name */
	F_HELO_NO_ADDRESS, /* helo-mismatch: leads nowhere */
	F_HELO_OTHER_ADDRESS, /* helo-mismatch: leads elsewhere */
	F_SPF_PLUS_ALL_BELOW, /* spf-plus-all: of an include's record */
	F_SPF_INCLUDE_MULTIPLE, /* spf-include-broken: two records */
	F_SPF_MISPLACED_NAME, /* spf-misplaced: not at the domain itself */
	F_SPF_MISPLACED_TYPE, /* spf-misplaced: only as type 99 */
	F_DKIM_KEY_ELSEWHERE, /* dkim-key-mismatch: it is at another selector */
	F_DKIM_KEY_ALIAS, /* dkim-key-mismatch: behind a CNAME of ours */
	F_DKIM_KEY_AWAY, /* dkim-key-mismatch: behind one that leads away */
	F_DKIM_SPLIT, /* dkim-key-truncated: over several records */
	F_DKIM_MISSING_ALIAS, /* dkim-missing: behind a CNAME */
	F_DMARC_MISSING_SUFFIX, /* dmarc-missing: but one above it applies */
	F_DMARC_MISPLACED_DOUBLED, /* dmarc-misplaced: a wrong name */
	F_DMARC_REPORT_SIZE, /* dmarc-report-uri: a size limit */
	F_DMARC_UNKNOWN_MEANT, /* dmarc-unknown-tag: misspelt */
	F_SRV_OTHER_HOST, /* srv-mismatch: not the host clients use */
	F_SRV_DEAD, /* srv-mismatch: no address */
	F_SRV_ALIAS, /* srv-mismatch: a CNAME */
	F_SRV_DOT_BESIDE, /* srv-mismatch: "." beside others */
	F_PORT_NO_HOST_NULL, /* port-no-host: null MX */
	F_PORT_EXAMPLE, /* port-no-route: an address for examples */
	F_PORT_NOT_SEEN, /* port-timeout: the run was over */
	F_PORT_SLOW, /* port-silent: not a whole line */
	F_PORT_HUNG_UP, /* port-refused-greeting: without a word */
	F_CERT_NAME_ADDRESS, /* cert-name-mismatch: asked for by address */
	F_CERT_UNTRUSTED_ABOVE, /* cert-untrusted: the root was not sent */
	F_CERT_UNREADABLE, /* cert-chain-invalid: not one certificate */
	F_AUTH_NO_PASSWORD, /* auth-missing: other ways than a password */
	F_LOGIN_EXCHANGE, /* login-failed: as Exchange says it to POP and IMAP */
	F_LOGIN_EXCHANGE_SMTP, /* login-failed: as Exchange says it to SMTP */
	F_LOGIN_DISABLED, /* login-failed: the protocol is switched off */
	F_LOGIN_EXPIRED, /* login-failed: the password */
	F_LOGIN_OTHER_KIND, /* login-failed: not by this kind of password */
	F_LOGIN_TLS_WANTED, /* login-failed: as if there were no TLS */
	F_LOGIN_MECHANISM, /* login-failed: offered, and not known */
	F_LOGIN_ADMINISTRATOR, /* login-failed: ask the administrator */
	F_LOGIN_MAILBOX, /* login-failed: in, but there is no mailbox */
	F_LOGIN_BUSY, /* login-unavailable: the mailbox is in use */
	F_LOGIN_TOO_MANY, /* login-unavailable: too many before */
	F_LOGIN_LOST, /* login-unavailable: no answer */
	F_LOGIN_UNREACHED, /* login-not-tried: the dialogue broke off */
	F_LOGIN_NO_TLS, /* login-not-tried: no TLS */
	F_LOGIN_WEAK_TLS, /* login-not-tried: TLS that can be broken */
	F_LOGIN_NO_TIME, /* login-not-tried: the run was over */
	F_LOGIN_HELD_BACK, /* login-not-tried: refused before */
	F_PORT_LEFT, /* port-refused-greeting: greeted first */
	FINDING_COUNT
};

struct finding_kind {
	const char *id; /* stable: JSON, tests, help; codes may share one */
	enum severity severity; /* as the contract has it */
	const char *title; /* one line, no full stop; {0}.. are details,
			      {subject} is the subject */
	const char *text; /* what a receiver makes of it, and why */
	const char *fix; /* what to do next; "" when nothing */
	const char *reference; /* where it is written */
};

extern const struct finding_kind finding_kinds[FINDING_COUNT];

#define FINDING_DETAILS 5

struct finding {
	enum finding_code code;
	enum severity severity; /* set by report_add() from the kind... */
	bool has_severity; /* ...unless this says: as given */
	const char *subject; /* the name or address looked at */
	bool has_record; /* `record` and `at` mean something: */
	size_t record; /* index into the step's published[] */
	struct span at; /* raw octets in its value */
	const char *detail[FINDING_DETAILS]; /* printable; for {0}..{4} */
	struct finding *next;
};

struct report {
	struct finding *first;
	struct finding *last;
	unsigned int count[SEV_COUNT];
};

struct run;

/*
 * Adds one finding to the report of the run; strings are borrowed and must
 * live as long as run->arena:
 *
 *	report(run, F_SPF_MISSING, .subject = domain);
 */
#define report(run, ...)                                                       \
	report_add(run, (struct finding){ .code = __VA_ARGS__ })
void report_add(struct run *, struct finding);

/* The worst severity; SEV_PASS for an empty report. */
enum severity report_worst(const struct report *);

/*
 * The sentences of one finding in the person's language, blanks filled in.
 * They live in the arena and hold no full stop (title) or whole sentences.
 */
const char *finding_title(struct arena *, const struct finding *);
const char *finding_text(struct arena *, const struct finding *);
const char *finding_fix(struct arena *, const struct finding *);

/*
 * It says that the truth could not be seen (dns-failed, dns-timeout,
 * dns-bogus, port-timeout; login-unavailable of a login that was asked for),
 * so that nothing is known to be well: CONTRACT, exit status 3.
 */
bool finding_hides_truth(const struct finding *);

/* "pass", "note", "warn", "unknown", "fail": the words of the JSON. */
const char *severity_word(enum severity);

#endif
