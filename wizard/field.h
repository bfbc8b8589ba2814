/*
 * wizard/field.h - every answer of the plan, one row each.
 *
 * The row says how the answer is called in the plan file and on the screen,
 * where it lives in struct plan, and what is wrong with a text.  Reading,
 * writing, the forms and the answers file all walk over this table.
 */
#ifndef FIELD_H
#define FIELD_H

#include "../checks/base/str.h"
#include "plan.h"
#include "step.h"

enum field_id { /* in the order of the plan file */
	FIELD_DOMAIN,
	FIELD_HOST,
	FIELD_SERVER,
	FIELD_RESOLVER,
	FIELD_SENDING,
	FIELD_HELO,
	FIELD_SUBDOMAIN,
	FIELD_SENDS_NOTHING,
	FIELD_RECEIVES_NOTHING,
	FIELD_SPF_TERM,
	FIELD_SPF_BEGUN,
	FIELD_SPF_PUBLISHED,
	FIELD_SPF_BASE,
	FIELD_SPF_OLD_UNTIL,
	FIELD_DKIM_SELECTOR,
	FIELD_DKIM_KEY_SELECTOR,
	FIELD_DKIM_KEY_TYPE,
	FIELD_DKIM_PUBLIC,
	FIELD_DKIM_KEY_FILE,
	FIELD_DKIM_OLD_SELECTOR,
	FIELD_DKIM_SEEN,
	FIELD_DKIM_SWITCHED,
	FIELD_DKIM_REVOKE,
	FIELD_DKIM_OLD_UNTIL,
	FIELD_DKIM_REVOKED_UNTIL,
	FIELD_DMARC_P, /* from here as enum dmarc_tag_id from DMARC_P */
	FIELD_DMARC_SP,
	FIELD_DMARC_NP,
	FIELD_DMARC_ADKIM,
	FIELD_DMARC_ASPF,
	FIELD_DMARC_T,
	FIELD_DMARC_PSD,
	FIELD_DMARC_RUA,
	FIELD_DMARC_RUF,
	FIELD_DMARC_FO,
	FIELD_DMARC_PCT,
	FIELD_DMARC_RF,
	FIELD_DMARC_RI,
	FIELD_DMARC_OTHER,
	FIELD_DMARC_BEGUN,
	FIELD_DMARC_PUBLISHED,
	FIELD_DMARC_BASE,
	FIELD_DMARC_OLD_UNTIL,
	FIELD_DMARC_STAGE,
	FIELD_DMARC_SINCE,
	FIELD_POP3_USED, /* from here in pairs, as enum mail_protocol */
	FIELD_POP3_PORT,
	FIELD_IMAP4_USED,
	FIELD_IMAP4_PORT,
	FIELD_SUBMISSION_USED,
	FIELD_SUBMISSION_PORT,
	FIELD_EXCHANGE_NAME, /* from here for the commands on the server */
	FIELD_EXCHANGE_THUMBPRINT,
	FIELD_EXCHANGE_WILDCARD,
	FIELD_EXCHANGE_MAILBOX,
	FIELD_DOVECOT_VERSION,
	FIELD_DOVECOT_CHAIN,
	FIELD_DOVECOT_KEY,
	FIELD_TICK,
	FIELD_SKIPPED,
	FIELD_STEP,
	FIELD_COUNT
};

enum field_kind {
	FIELD_TEXT, /* char[size] */
	FIELD_LIST, /* char[max][size], and a size_t that counts */
	FIELD_CHOICE, /* unsigned int, index into choices */
	FIELD_YESNO, /* bool */
	FIELD_TIME, /* int64_t, seconds since 1970; 0: never */
};

struct choice {
	const char *word; /* in the plan file */
	const char *label; /* N_(): on the screen */
};

/* A text as typed, cleaned and judged; all bounded, nothing to free. */
struct judged {
	char value[PLAN_ANSWER]; /* as the plan would keep it */
	char shown[PLAN_TEXT]; /* how to show it beside the field, such as the
				  A-label of a name typed with accents; or "" */
	char told[PLAN_TEXT]; /* what was cleaned up, one sentence; or "" */
	char
	    problem[PLAN_TEXT]; /* what is wrong, one sentence; "" if nothing */
};

struct field {
	const char *name; /* in the file: "spf.term" */
	const char *label; /* N_(): on the screen; NULL: never asked */
	const char *hint; /* N_(): one line, what belongs here; or NULL */
	const char *example; /* such a value; or NULL */
	enum field_kind kind;
	enum wizard_step step; /* where it is asked; WIZ_COUNT: beside the
				  commands on the server */
	bool required; /* an empty answer is a problem */
	size_t at; /* offset of the member in struct plan */
	size_t size; /* octets of one text, NUL included */
	size_t max; /* entries of a list */
	size_t count_at; /* offset of the list's count */
	const struct choice *choices; /* FIELD_CHOICE */
	size_t nchoices;

	/* Cleans and judges one text, or one entry of a list.  NULL: any. */
	void (*judge)(struct arena *, struct str, struct judged *out);
};

extern const struct field fields[FIELD_COUNT];

/* "spf.term" -> FIELD_SPF_TERM.  False for a name nobody here knows. */
bool field_by_name(struct str name, enum field_id *out);

/* Cleans and judges what was typed; for a choice its word or its label. */
void field_judge(enum field_id, struct str text, struct judged *out);

/* How many lines the field has in a file: entries, or 1 when not empty. */
size_t field_lines(const struct plan *, enum field_id);

/* The value of line `i` as text; lives in the plan, the table or `buf`. */
const char *field_text(
    const struct plan *, enum field_id, size_t i, char buf[PLAN_WORD]);

/*
 * Stores one value as it is, without judging it; a list gets it appended.
 * False when it is too long, the list is full or no such choice exists.
 */
bool field_store(struct plan *, enum field_id, struct str value);

/* Empties it. */
void field_clear(struct plan *, enum field_id);

/* A list's entries: false when there is no entry `i` or no room. */
bool field_insert(struct plan *, enum field_id, size_t i, struct str value);
bool field_remove(struct plan *, enum field_id, size_t i);
bool field_swap(struct plan *, enum field_id, size_t i, size_t j);

#endif
