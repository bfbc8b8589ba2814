/*
 * wizard/live.h - looking at the world while the screen goes on.
 *
 * A look is one job: a copy of what is asked, its own run, and the result.
 * It is given to the pool and comes back whole; from then on it belongs to the
 * session, on the main thread, and can be read without a lock.  It is never
 * changed again: a newer look of the same kind replaces it.
 *
 * Looks of one generation share the memory of DNS answers.  "Check now" begins
 * a new generation, which asks everything afresh.
 */
#ifndef LIVE_H
#define LIVE_H

#include "../checks/check.h"
#include "../checks/crypto.h"
#include "../checks/no_mail.h"
#include "../checks/dns_authority.h"
#include "../checks/mail_login.h"
#include "../checks/pool.h"
#include "../checks/port_check.h"
#include "../checks/spf.h"
#include "../checks/spf_cost.h"
#include "dmarc_try.h"
#include "plan.h"
#include "ports_plan.h"

enum look_kind {
	LOOK_START, /* does the resolver answer, where is the mail host */
	LOOK_DOMAIN, /* what is: the domain, its MX, its addresses */
	LOOK_SPF, /* what is: the published SPF record */
	LOOK_DKIM, /* what is: the published DKIM keys */
	LOOK_DMARC, /* what is: the published DMARC record */
	LOOK_PLAN, /* what would be: the planned SPF record, laid over DNS */
	LOOK_DMARC_PLAN, /* what would be: the planned DMARC record, the same */
	LOOK_PUBLISHED, /* who hands out the planned records by now */
	LOOK_SUBDOMAINS, /* what is: the SPF records of subdomains that send */
	LOOK_SERVICE, /* what the include of a mail service costs */
	LOOK_NO_MAIL, /* what is: DMARC and null MX of one that sends none */
	LOOK_TRY, /* what one address gets, by plan and by DNS */
	LOOK_ALIGN, /* alignment of names that were typed, by the plan */
	LOOK_KEY_PAIR, /* asks nobody: a DKIM key pair is made */
	LOOK_LOGIN, /* what a login gets, at the ports of one protocol */
	LOOK_POP3, /* from here as enum mail_protocol.  What is: its SRV */
	LOOK_IMAP4, /* records, and its ports */
	LOOK_SUBMISSION,
	LOOK_COUNT
};

/* Names whose alignment is tried. */
enum alignment_name {
	ALIGN_FROM, /* the domain of the address people see */
	ALIGN_MAIL_FROM, /* that of the address bounces go to */
	ALIGN_SIGNER, /* d= of a signature */
	ALIGN_NAMES
};

/* Of one login: name and password, in memory of their own. */
struct login_words {
	char user[LOGIN_USER_MAX + 1];
	char password[LOGIN_PASSWORD_MAX + 1];
};

/* Wipes and frees; NULL is fine. */
void login_words_free(struct login_words *);

/* What some kinds are about beside the plan; "" where it matters not. */
struct look_question {
	char domain[PLAN_NAME]; /* LOOK_SERVICE: the SPF domain */
	char ip[PLAN_IP]; /* LOOK_TRY: the client... */
	char sender[PLAN_TEXT]; /* ...and MAIL FROM; "": postmaster */
	enum key_kind key; /* LOOK_KEY_PAIR */
	char align[ALIGN_NAMES][PLAN_NAME]; /* LOOK_ALIGN */
	enum mail_protocol protocol; /* LOOK_LOGIN... */
	struct login_words *login; /* ...who; the look frees it, wiped */
};

enum look_state {
	LOOK_NONE, /* never asked for */
	LOOK_WAITING, /* asked for; begins when the person stops typing */
	LOOK_RUNNING,
	LOOK_DONE,
};

/* What one of the own addresses gets from the planned record. */
struct sender_verdict {
	struct ip ip;
	struct spf_verdict verdict;
};

/* LOOK_START.  What the configured resolver says about the first answers. */
struct start_facts {
	const struct answer *domain; /* its SOA; NULL: not asked */
	const struct answer *a, *aaaa; /* of the mail host; NULL: not asked */
	int64_t took_ms; /* until the first of them was there */
	bool answered; /* the resolver said something, if only "no" */
	const char *why; /* not answered: a phrase; else NULL */
	bool here; /* the mail host's address is one of this machine */
};

/* LOOK_PLAN.  What the planned record would cost and do. */
struct plan_facts {
	const char *record; /* the text judged */
	struct spf_record parsed;
	struct spf_cost cost; /* one node a term that asks DNS, in order */
	struct sender_verdict sender[TARGET_IPS_MAX];
	size_t nsenders;
};

/* Are the domain's own name servers asked; CONTRACT, --authoritative. */
enum asking {
	ASKING_ALL,
	ASKING_OFFLINE, /* zone files are the whole world */
	ASKING_OFF, /* --dns without --authoritative, --no-authoritative */
	ASKING_RESOLVER, /* the plan names a resolver; see only_with_system */
};

/* LOOK_PUBLISHED.  The texts at the name of a record, as each has them. */
struct published_facts {
	const char *name; /* NULL: not asked, as all below */
	struct str text; /* planned when it was asked; empty: none */
	const struct answer *resolver;
	enum asking asking;
	struct authority servers[AUTHORITY_MAX];
	size_t nservers; /* 0: not asked, or not found */
	const char *doubled_name; /* the domain twice; NULL: not asked for */
	const struct answer *doubled; /* the texts there; or NULL */
};

/* LOOK_SERVICE.  One node: the include. */
struct service_facts {
	struct spf_record parsed;
	struct spf_cost cost;
};

/* LOOK_TRY.  What a receiver would say to one address. */
struct try_facts {
	struct ip ip;
	const char *sender; /* MAIL FROM */
	const char *record; /* planned; "": none, then `planned` says nothing */
	struct spf_verdict planned;
	struct spf_verdict published;
};

#define LOOK_PORTS_MAX (PLAN_PORTS * PLAN_PROTOCOLS)

struct demo;
struct world;

struct look {
	struct job job; /* first: what the pool sees */
	enum look_kind kind;
	unsigned int number; /* tells superseded looks from the current one */
	struct world *world; /* shared memory of answers; counted */
	struct resolver *overlay; /* LOOK_PLAN: the plan over the world */
	struct zone *zone; /* LOOK_PLAN: the planned records */
	struct arena *arena; /* owns what is asked */
	struct target target; /* texts in `arena` */
	struct look_question question;
	const char *subdomains[PLAN_SUBDOMAINS]; /* in `arena`... */
	size_t nsubdomains; /* ...LOOK_SUBDOMAINS only */
	int64_t limit_ms;
	int64_t started_ms; /* monotonic_ms() when it was given away */
	int64_t took_ms;
	time_t at; /* wall clock when it ended */
	bool cancelled; /* ended by us: holds no result */
	struct run run; /* owns all that the result points to */

	struct step_report report; /* LOOK_DOMAIN, _SPF, _DKIM, _DMARC, _PLAN,
				      _SUBDOMAINS, _LOGIN, _POP3, _IMAP4,
				      _SUBMISSION */
	struct start_facts start; /* LOOK_START */
	struct plan_facts plan; /* LOOK_PLAN */
	struct published_facts published[PLANNED_COUNT]; /* LOOK_PUBLISHED */
	const struct answer *texts; /* LOOK_SPF: TXT of the domain; or NULL */
	struct service_facts service; /* LOOK_SERVICE */
	struct try_facts tried; /* LOOK_TRY */
	struct str repair; /* LOOK_DMARC_PLAN: the planned record, mended by
			      the judge; len 0: no need */
	struct dmarc_tries tries; /* LOOK_DMARC_PLAN, LOOK_ALIGN: alignment of
				     names */
	struct no_mail no_mail; /* LOOK_NO_MAIL */
	struct port ports[LOOK_PORTS_MAX]; /* as answered; target has them */
	struct key_pair pair; /* LOOK_KEY_PAIR; wiped with the look */
	bool pair_made;
};

/* How the world is looked at; borrowed texts are copied by live_new(). */
struct live_options {
	const char *const *zones; /* paths of zone files laid over DNS */
	size_t nzones;
	const char *ca_file; /* roots of certificates; NULL: the system's */
	bool offline; /* the zone files are the whole world */
	const struct demo *demo; /* it is the whole world; NULL: none */
	bool authoritative; /* ask the domain's name servers too... */
	uint16_t authoritative_port; /* ...on this port; 0 is 53... */
	bool only_with_system; /* ...but not where the plan names a resolver:
				  that may see another world than they */
	int64_t timeout_ms; /* of one look; 0: 30 seconds */
	size_t threads; /* 0: a few */
};

struct live;

/* NULL when no thread could be started; errno says why. */
struct live *live_new(const struct live_options *);

/* Cancels and waits for what runs, frees all looks.  NULL is fine. */
void live_free(struct live *);

/*
 * Begins a new generation for this plan's domain and resolver: from now on
 * everything is asked afresh.  False with one sentence in problem[] when a
 * zone file, the file of roots or the resolver's text cannot be read; then the
 * old one stays.
 */
bool live_renew(struct live *, const struct plan *, char problem[PLAN_TEXT]);

/*
 * Starts a look of this kind after `delay_ms`, for a copy of the plan.  One
 * that runs is cancelled.  `terms` of the plan matter to LOOK_PLAN only.
 */
void live_start(
    struct live *, enum look_kind, const struct plan *, int64_t delay_ms);

/* The same for the kinds that are about a question, whose `login` it takes. */
void live_ask(struct live *, enum look_kind, const struct plan *,
    const struct look_question *, int64_t delay_ms);

/* Cancels it; what was found before stays. */
void live_stop(struct live *, enum look_kind);

/* Forgets what was found too: it was about another domain. */
void live_forget(struct live *, enum look_kind);

/*
 * Takes back what is done and starts what is due; bit (1 << kind) is set for
 * each kind whose result is new.  Never blocks.
 */
unsigned int live_poll(struct live *);

int live_fd(const struct live *); /* readable when live_poll() has work */
int live_wait_ms(const struct live *); /* until a look is due; -1: none is */

enum look_state live_state(const struct live *, enum look_kind);

/* The newest result, also while a newer look runs; NULL: none yet. */
const struct look *live_result(const struct live *, enum look_kind);

/* Milliseconds the look that runs has taken so far; 0 when none runs. */
int64_t live_running_ms(const struct live *, enum look_kind);

#endif
