/*
 * checks/check.h - the steps of a check: what is looked at, and what came out.
 *
 * The one check function of a step answers "what is", "what would be if I
 * published this" (a plan laid over DNS) and "is it there now".
 */
#ifndef CHECK_H
#define CHECK_H

#include "crypto.h"
#include "record.h"
#include "run.h"

enum step_id { /* in the order of the wizard, and of the JSON */
	STEP_DOMAIN,
	STEP_SPF,
	STEP_DKIM,
	STEP_DMARC,
	STEP_POP3,
	STEP_IMAP4,
	STEP_SUBMISSION,
	STEP_COUNT
};

#define TARGET_IPS_MAX 32

/* A DKIM key that should be published. */
struct expected_key {
	const char *selector;
	struct public_key key; /* of the private key the signer has */
};

struct port;

/* What is to be checked.  Plain data, strings borrowed. */
struct target {
	const char *domain; /* A-labels, lower case, no dot at the end */
	const char *host; /* the host clients use; NULL: find out */
	const char *helo; /* the name the server says; NULL: not checked */
	struct ip sending[TARGET_IPS_MAX]; /* own addresses that send; none: */
	size_t nsending; /* the MX hosts in the domain */
	bool sends_nothing; /* declared: this domain sends no mail */
	bool receives_nothing; /* declared: no mail for this domain */
	bool authoritative; /* ask the domain's name servers too... */
	const char *const *selectors; /* of DKIM; none: guessed */
	size_t nselectors;
	const struct expected_key *expected; /* keys that should be there... */
	size_t nexpected; /* ...asked for beside `selectors` */
	bool all_selectors; /* guess all that are known, not the common */
	uint16_t authoritative_port; /* ...on this port; 0 is 53 */
	const struct port *ports; /* of mail programs, without addresses: a
				     protocol with none has those of SRV */
	size_t nports; /* records, else the usual ones */
};

struct dmarc_discovery;
struct port_check;
struct spf_cost;

struct step_report {
	enum step_id step;
	enum severity status; /* the worst of the findings */
	struct record *published;
	size_t npublished;
	struct record *suggested; /* see CONTRACT: in place of the faulty */
	size_t nsuggested;
	struct report findings;
	const struct spf_cost *spf_cost; /* STEP_SPF: of the record, for the
					    include tree; or NULL */
	const char *name_server; /* STEP_DOMAIN: one of the domain's own, by
				    its NS or SOA; or NULL */
	const struct dmarc_discovery *dmarc; /* STEP_DMARC; or NULL */
	const struct port_check *ports; /* STEP_POP3, _IMAP4, _SUBMISSION: what
					   was seen, one a host */
	size_t nports;
};

/* "domain", "spf", "imap4": the words of the command line and the JSON. */
const char *step_word(enum step_id);
bool step_by_word(struct str word, enum step_id *out);

/*
 * Looks at one step.  Everything in *out lives in run->arena or with the
 * resolver.  The run's own report is used and handed over: one run, one step.
 * OK whenever *out was filled; else E_CANCELLED.
 */
enum status check_step(
    struct run *, enum step_id, const struct target *, struct step_report *out);

#endif
