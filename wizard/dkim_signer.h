/*
 * wizard/dkim_signer.h - how a mail server is made to sign with a key: files
 * and commands, with the values of this domain in them.
 */
#ifndef DKIM_SIGNER_H
#define DKIM_SIGNER_H

#include "../checks/base/str.h"
#include "plan.h"

enum dkim_signer {
	DKIM_SIGNER_OPENDKIM, /* a milter of Postfix */
	DKIM_SIGNER_RSPAMD, /* another */
	DKIM_SIGNER_EXCHANGE, /* Exchange DKIM Signer, a transport agent */
	DKIM_SIGNER_PROVIDER, /* a provider signs */
	DKIM_SIGNER_OTHER, /* what every signer has to be told */
	DKIM_SIGNER_COUNT
};

/* What it is to sign with. */
struct dkim_signer_key {
	const char *domain; /* A-labels */
	const char *selector; /* as dkim_selector_problem() lets through */
	const char *file; /* of the private key; NULL: not known here */
	bool ed25519;
	const char *const *trusted; /* addresses whose mail is signed... */
	size_t ntrusted; /* ...beside the machine itself */
};

/* One thing to do. */
struct dkim_signer_step {
	const char *say; /* sentences: what, and why */
	const char *where; /* path of the file the lines belong into, the
			      shell they are typed in; or NULL */
	const char *lines; /* to be copied, each with its end; or NULL */
};

/* The usual one beside this mail server. */
enum dkim_signer dkim_signer_of(enum mail_server);

/* N_(): "OpenDKIM", "Exchange DKIM Signer"... */
const char *dkim_signer_label(enum dkim_signer);

/*
 * What to do, in order; how many.  Every value is quoted as its place asks.
 * All lives in the arena or is static.
 */
size_t dkim_signer_steps(struct arena *, enum dkim_signer,
    const struct dkim_signer_key *, struct dkim_signer_step **out);

/* The same as one text: sentences as comments, lines as they are. */
const char *dkim_signer_text(
    struct arena *, enum dkim_signer, const struct dkim_signer_key *);

#endif
