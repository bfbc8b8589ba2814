/*
 * checks/dmarc.h - DMARC: a policy record, how it is found, and what belongs
 * together.  RFC 9989.
 *
 *	dmarc_read()     text -> record, with the place of every tag
 *	dmarc_discover() domain -> tree walk -> the record that applies
 *	dmarc_align()    does an identifier belong to the author's domain?
 *
 * A domain is A-labels in lower case without the dot at the end.
 */
#ifndef DMARC_H
#define DMARC_H

#include "dns.h"

enum dmarc_tag_id { /* section 4.7; the last three were removed, 9.3 */
	DMARC_V,
	DMARC_P,
	DMARC_SP,
	DMARC_NP,
	DMARC_ADKIM,
	DMARC_ASPF,
	DMARC_T,
	DMARC_PSD,
	DMARC_RUA,
	DMARC_RUF,
	DMARC_FO,
	DMARC_PCT,
	DMARC_RF,
	DMARC_RI,
	DMARC_TAGS,
	DMARC_UNKNOWN = DMARC_TAGS, /* must be ignored */
	DMARC_NO_TAG, /* text between semicolons that is none */
};

enum dmarc_fault {
	DMARC_FINE,
	DMARC_NOT_A_TAG, /* no "=", or a name of other than letters */
	DMARC_BAD_VALUE, /* counts as its default */
	DMARC_TWICE, /* there before; the first one counts */
	DMARC_CAPITALS, /* the name; read, but not by everybody */
};

enum dmarc_policy { DMARC_NONE, DMARC_QUARANTINE, DMARC_REJECT };

struct dmarc_tag {
	enum dmarc_tag_id id;
	struct str name;
	struct str value; /* without white space at both ends */
	struct span at; /* from the name to the end of the value */
	struct span value_at;
	enum dmarc_fault fault;
};

/* One address for reports: "mailto:reports@example.org!10m". */
struct dmarc_uri {
	struct str text; /* as written */
	struct span at; /* in the record */
	size_t size_len; /* octets of an obsolete "!10m" at its end */
	const char *problem; /* a phrase: why nothing can be sent; or NULL */
	const char *address; /* of a mailto: printable; or NULL */
	const char *domain; /* of that address; or NULL */
};

struct dmarc_uris {
	struct dmarc_uri *list;
	size_t n;
};

struct dmarc_record {
	struct str text; /* borrowed */
	struct dmarc_tag *tags; /* in the order written */
	size_t ntags;
	const struct dmarc_tag *tag[DMARC_TAGS]; /* that counts; or NULL */
	bool has_policy; /* p is there and valid, sp and np are valid or not
			    there.  Else all are "none", section 4.10.1 */
	bool usable; /* has_policy, or there is a valid URI in rua */
	enum dmarc_policy p, sp, np; /* what applies, defaults filled in */
	bool strict_dkim, strict_spf; /* adkim=s, aspf=s */
	bool testing; /* t=y */
	char psd; /* 'y', 'n' or 'u' */
	struct dmarc_uris rua, ruf;
};

/*
 * Reads a text.  False: it does not begin with "v=DMARC1", and is no record
 * (section 4.7).  Faults further on are in the tags.
 */
bool dmarc_read(struct arena *, struct str text, struct dmarc_record *out);

/*
 * The record as text, "v=DMARC1; p=none"; read again it is the same record.
 * Raw octets, in the arena.
 */
struct str dmarc_print(struct arena *, const struct dmarc_record *);

/* Is the text a record?  Of the version alone, in constant time. */
bool dmarc_is_record(struct str text);

const char *dmarc_policy_word(enum dmarc_policy); /* "none"... */
bool dmarc_policy_read(struct str, enum dmarc_policy *out);

/* "p", "rua"...; "" for what is no known tag. */
const char *dmarc_tag_name(enum dmarc_tag_id);
bool dmarc_tag_is_removed(enum dmarc_tag_id); /* pct, rf, ri */

#define DMARC_WALK_MAX 8 /* names asked for; section 4.10 */

/* One tree walk.  names[0] is where it started. */
struct dmarc_walk {
	const char *names[DMARC_WALK_MAX]; /* without "_dmarc." */
	const char *queries[DMARC_WALK_MAX]; /* with it */
	const struct answer *answers[DMARC_WALK_MAX]; /* NULL: no such name is
							 possible */
	size_t counts[DMARC_WALK_MAX]; /* records there */
	struct dmarc_record *records[DMARC_WALK_MAX]; /* the only one; or
							 NULL */
	const struct record *found[DMARC_WALK_MAX]; /* it, as in DNS */
	size_t n; /* asked, up to where the walk stopped */
};

struct dmarc_discovery {
	struct dmarc_walk walk;
	const struct dmarc_record *record; /* that applies; or NULL */
	const struct record *found; /* the same, as in DNS */
	const char *record_domain; /* where; or NULL */
	const char *organizational_domain; /* never NULL; a guess while
					      domain_trouble is there */
	enum dmarc_tag_id applies; /* DMARC_P, DMARC_SP or DMARC_NP */
	enum dmarc_policy wanted; /* what that says... */
	enum dmarc_policy policy; /* ...one lower with t=y */
	bool suffix_only; /* the record is that of a public suffix */
	const struct answer *existence; /* of the domain; NULL: not needed */
	const struct answer *policy_trouble; /* temperror: not known whether
						a record applies, or which */
	const struct answer *domain_trouble; /* the same of the organizational
						domain */
};

/*
 * Finds the policy of an author's domain, sections 4.10.1 and 4.10.2.  All
 * names are asked for at once, and judged in order.  A record that is not
 * `usable` is given, but asks for nothing.  OK or E_CANCELLED.
 */
enum status dmarc_discover(
    struct run *, const char *domain, struct dmarc_discovery *out);

/* A record applies, and asks receivers for something. */
bool dmarc_applies(const struct dmarc_discovery *);

/* Sends the questions of walks that will follow; waits for none. */
void dmarc_walk_ahead(struct run *, const char *const *domains, size_t n);

enum dmarc_alignment {
	DMARC_NOT_ALIGNED,
	DMARC_ALIGNED,
	DMARC_ALIGNMENT_UNKNOWN, /* DNS did not tell; temperror */
};

/*
 * Does an authenticated identifier (d= of a signature that passed, the domain
 * of MAIL FROM with SPF pass) belong to the author's domain?  Strict: it is
 * the same name.  Relaxed: both have the same organizational domain; section
 * 4.4.  OK, and *out filled; or E_CANCELLED.
 */
enum status dmarc_align(struct run *, const struct dmarc_discovery *author,
    const char *identifier, bool strict, enum dmarc_alignment *out);

#endif
