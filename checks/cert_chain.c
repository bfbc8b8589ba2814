/* The path from a server's certificate to a root. */
#include "certificate_inside.h"

#include <string.h>

#include <openssl/err.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include "base/i18n.h"
#include "base/printable.h"

struct follow {
	struct arena *arena;
	struct chain *out;
	bool missing, self_signed, private_root;
	const X509 *no_authority; /* the last with that fault */
};

static const struct {
	int error;
	const char *why;
} phrases[] = {
	{ X509_V_ERR_CERT_SIGNATURE_FAILURE,
	    N_("it was not signed with the key of its issuer, or was changed "
	       "since") },
	{ X509_V_ERR_INVALID_CA,
	    N_("it is not marked as an authority (CA), or its key usage "
	       "forbids it to certify others") },
	{ X509_V_ERR_KEYUSAGE_NO_CERTSIGN,
	    N_("its key may not certify others (keyUsage)") },
	{ X509_V_ERR_PATH_LENGTH_EXCEEDED,
	    N_("it allows fewer authorities below it than there are (path "
	       "length)") },
	{ X509_V_ERR_INVALID_PURPOSE,
	    N_("as an authority it may not certify servers (extended key "
	       "usage)") },
	{ X509_V_ERR_PERMITTED_VIOLATION,
	    N_("its names are not among those that the authority above it may "
	       "certify (name constraints)") },
	{ X509_V_ERR_EXCLUDED_VIOLATION,
	    N_("its names are among those that the authority above it must "
	       "not certify (name constraints)") },
	{ X509_V_ERR_UNHANDLED_CRITICAL_EXTENSION,
	    N_("it holds an extension marked critical that clients do not "
	       "know") },
	{ X509_V_ERR_CERT_CHAIN_TOO_LONG,
	    N_("the chain above it is too long") },
	{ X509_V_ERR_ERROR_IN_CERT_NOT_BEFORE_FIELD,
	    N_("the date it begins at cannot be read") },
	{ X509_V_ERR_ERROR_IN_CERT_NOT_AFTER_FIELD,
	    N_("the date it ends at cannot be read") },
};

static const char *
phrase(struct arena *arena, int error)
{
	for (size_t i = 0; i < COUNT(phrases); i++)
		if (phrases[i].error == error)
			return _(phrases[i].why);
	return printable(arena, str_of(X509_verify_cert_error_string(error)));
}

static void
add_fault(struct follow *follow, const X509 *x509, const char *why)
{
	struct chain *out = follow->out;
	struct chain_fault fault = { .who = "", .why = why };

	if (x509 != NULL)
		fault.who = certificate_name(follow->arena, x509);
	for (size_t i = 0; i < out->nfaults; i++)
		if (strcmp(out->faults[i].who, fault.who) == 0 &&
		    strcmp(out->faults[i].why, fault.why) == 0)
			return;
	out->faults = arena_grow(
	    follow->arena, out->faults, out->nfaults, sizeof(out->faults[0]));
	out->faults[out->nfaults++] = fault;
}

/* The server's own is not for servers; another's fault is one of the path. */
static void
note_purpose(struct follow *follow, X509 *x509, int depth, int error)
{
	if (x509 != NULL &&
	    (X509_get_extension_flags(x509) & EXFLAG_INVALID) != 0)
		add_fault(
		    follow, x509, _("one of its extensions cannot be read"));
	else if (depth == 0)
		follow->out->wrong_purpose = true;
	else if (x509 != follow->no_authority) /* which follows from it */
		add_fault(follow, x509, phrase(follow->arena, error));
}

/* Notes what OpenSSL finds, and lets it go on, so that all is found. */
static int
note(int fine, X509_STORE_CTX *context)
{
	struct follow *follow = X509_STORE_CTX_get_app_data(context);
	X509 *x509 = X509_STORE_CTX_get_current_cert(context);
	int error = X509_STORE_CTX_get_error(context);

	if (fine)
		return 1;
	switch (error) {
	case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
		follow->self_signed = true;
		break;
	case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
		follow->private_root = true;
		break;
	case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
	case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
	case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
	case X509_V_ERR_CERT_UNTRUSTED:
		follow->missing = true;
		break;
	case X509_V_ERR_CERT_HAS_EXPIRED:
	case X509_V_ERR_CERT_NOT_YET_VALID:
		break; /* seen in the dates of the path */
	case X509_V_ERR_INVALID_PURPOSE:
		note_purpose(follow, x509,
		    X509_STORE_CTX_get_error_depth(context), error);
		break;
	case X509_V_ERR_INVALID_CA:
		follow->no_authority = x509;
		add_fault(follow, x509, phrase(follow->arena, error));
		break;
	case X509_V_ERR_KEYUSAGE_NO_CERTSIGN:
		if (x509 != follow->no_authority)
			add_fault(follow, x509, phrase(follow->arena, error));
		break;
	default:
		add_fault(follow, x509, phrase(follow->arena, error));
	}
	return 1;
}

static void
keep_path(struct arena *arena, X509_STORE_CTX *context, struct chain *out)
{
	const STACK_OF(X509) *path = X509_STORE_CTX_get0_chain(context);
	int untrusted = X509_STORE_CTX_get_num_untrusted(context);
	int n = path == NULL ? 0 : sk_X509_num(path);

	out->npath = 0;
	out->path = arena_array(arena, (size_t)n + 1, sizeof(out->path[0]));
	for (int i = 0; i < n; i++) {
		struct chain_step *step = &out->path[out->npath++];

		step->certificate = arena_new_of(arena, struct certificate);
		step->trusted = i >= untrusted;
		certificate_of(
		    arena, sk_X509_value(path, i), step->certificate);
	}
}

/*
 * What OpenSSL said of the end, and what the path shows: it is trusted only
 * when nothing speaks against it.
 */
static enum chain_end
end_of(const struct follow *follow)
{
	const struct chain *out = follow->out;
	const struct chain_step *last;

	if (out->npath == 0)
		return CHAIN_NONE;
	last = &out->path[out->npath - 1];
	if (follow->missing)
		return CHAIN_ISSUER_MISSING;
	if (last->trusted && !follow->self_signed && !follow->private_root)
		return CHAIN_TRUSTED;
	if (!last->certificate->self_issued)
		return CHAIN_ISSUER_MISSING;
	return out->npath == 1 ? CHAIN_SELF_SIGNED : CHAIN_PRIVATE_ROOT;
}

/* False: OpenSSL gave up before all was looked at. */
static bool
verify(struct follow *follow, X509 *own, STACK_OF(X509) * sent,
    const struct trust *trust, time_t now, unsigned long flags)
{
	X509_STORE_CTX *context = X509_STORE_CTX_new();
	bool whole;

	if (context == NULL ||
	    X509_STORE_CTX_init(context, trust->store, own, sent) != 1 ||
	    X509_STORE_CTX_set_default(context, "ssl_server") != 1)
		out_of_memory();
	X509_STORE_CTX_set_time(context, 0, now);
	X509_STORE_CTX_set_flags(context, flags);
	X509_STORE_CTX_set_verify_cb(context, note);
	X509_STORE_CTX_set_app_data(context, follow);
	whole = X509_verify_cert(context) > 0;
	if (!whole && flags != 0)
		add_fault(follow, X509_STORE_CTX_get_current_cert(context),
		    phrase(follow->arena, X509_STORE_CTX_get_error(context)));
	keep_path(follow->arena, context, follow->out);
	X509_STORE_CTX_free(context);
	return whole;
}

static void
follow_path(struct arena *arena, X509 *own, STACK_OF(X509) * sent,
    const struct trust *trust, time_t now, struct chain *out)
{
	struct follow follow = { .arena = arena, .out = out };

	/* It may end at a date, and then nothing else was looked at. */
	if (!verify(&follow, own, sent, trust, now, 0))
		verify(
		    &follow, own, sent, trust, now, X509_V_FLAG_NO_CHECK_TIME);
	out->end = end_of(&follow);
	out->no_roots = trust->empty;
}

/*
 * The signature alone counts: whether the issuer was allowed to sign is a
 * matter of the path.  One that signed itself, sent twice, is out of place.
 */
static bool
signed_by(X509 *one, X509 *issuer)
{
	return one != NULL && issuer != NULL && X509_cmp(one, issuer) != 0 &&
	    X509_NAME_cmp(X509_get_issuer_name(one),
		X509_get_subject_name(issuer)) == 0 &&
	    X509_get0_pubkey(issuer) != NULL &&
	    X509_verify(one, X509_get0_pubkey(issuer)) == 1;
}

void
chain_read(struct arena *arena, const struct str *der, size_t n,
    const struct trust *trust, time_t now, struct chain *out)
{
	X509 *parsed[CERT_SENT_MAX] = { NULL };
	STACK_OF(X509) *stack = sk_X509_new_null();

	memset(out, 0, sizeof(*out));
	if (stack == NULL)
		out_of_memory();
	out->nsent = n < CERT_SENT_MAX ? n : CERT_SENT_MAX;
	out->left_out = n - out->nsent;
	out->sent = arena_array(arena, out->nsent + 1, sizeof(out->sent[0]));
	out->in_order =
	    arena_array(arena, out->nsent + 1, sizeof(out->in_order[0]));
	for (size_t i = 0; i < out->nsent; i++) {
		parsed[i] = certificate_parse(der[i]);
		out->in_order[i] =
		    i == 0 || signed_by(parsed[i - 1], parsed[i]);
		if (parsed[i] == NULL)
			continue;
		certificate_of(arena, parsed[i], &out->sent[i]);
		if (sk_X509_push(stack, parsed[i]) == 0)
			out_of_memory();
	}
	if (out->nsent > 0 && parsed[0] != NULL)
		follow_path(arena, parsed[0], stack, trust, now, out);
	for (size_t i = 0; i < out->nsent; i++)
		X509_free(parsed[i]);
	sk_X509_free(stack);
	ERR_clear_error();
}
