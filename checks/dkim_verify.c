/*
 * The signatures of a message, verified; RFC 6376 section 6.1.
 *
 *	read all -> send key questions -> hash the body once for all of them
 *	    -> wait for the keys -> judge each
 */
#include "dkim_autopsy.h"

#include <errno.h>
#include <string.h>

#include "base/i18n.h"
#include "base/printable.h"
#include "dkim_canon.h"
#include "dns.h"

/* A body as some signature wants it hashed. */
struct body_sum {
	struct body_canon *canon;
	struct sha256 digest;
};

struct verifying {
	struct run *run;
	const struct message *message;
	struct dkim_verdict *list;
	struct dkim_evidence *evidence; /* one for each */
	struct body_sum **bodies; /* one for each; shared, or NULL */
	struct body_sum *sums; /* the different ones */
	size_t n;
	size_t nsums;
};

const char *
dkim_word(enum dkim_word word)
{
	static const char *const words[] = {
		[DKIM_PASS] = "pass",
		[DKIM_FAIL] = "fail",
		[DKIM_POLICY] = "policy",
		[DKIM_NEUTRAL] = "neutral",
		[DKIM_TEMPERROR] = "temperror",
		[DKIM_PERMERROR] = "permerror",
	};

	return words[word];
}

static void conclude(struct verifying *, struct dkim_verdict *, enum dkim_word,
    const char *fmt, ...) __attribute__((format(printf, 4, 5)));

static void
conclude(struct verifying *v, struct dkim_verdict *verdict, enum dkim_word word,
    const char *fmt, ...)
{
	va_list ap;

	verdict->result = word;
	va_start(ap, fmt);
	verdict->reason = arena_vprintf(v->run->arena, fmt, ap);
	va_end(ap);
}

/* --- reading ------------------------------------------------------------- */

static void
read_signatures(struct verifying *v)
{
	struct arena *arena = v->run->arena;
	const struct message *message = v->message;
	size_t n = 0;

	v->n = message_count(message, "DKIM-Signature");
	v->list = arena_array(arena, v->n, sizeof(*v->list));
	v->evidence = arena_array(arena, v->n, sizeof(*v->evidence));
	v->bodies = arena_array(arena, v->n, sizeof(struct body_sum *));
	v->sums = arena_array(arena, v->n, sizeof(*v->sums));
	for (size_t i = 0; i < message->nfields; i++) {
		const struct header_field *field = &message->fields[i];
		struct dkim_verdict *verdict = &v->list[n];
		struct dkim_signature *signature = &verdict->signature;

		if (!str_equal_nocase(field->name, "DKIM-Signature"))
			continue;
		dkim_signature_read(arena, field, signature);
		if (n++ >= DKIM_SIGNATURES_MAX) {
			signature->result = DKIM_POLICY;
			signature->problem = arena_printf(arena,
			    _("Not verified: the message has over %d "
			      "signatures."),
			    DKIM_SIGNATURES_MAX);
		}
		if (signature->result == DKIM_PASS)
			verdict->key_name = dkim_key_name(
			    arena, signature->selector, signature->domain);
	}
}

/* The questions for the keys, those of sound signatures alone. */
static size_t
key_questions(struct verifying *v, struct question *questions)
{
	size_t n = 0;

	for (size_t i = 0; i < v->n; i++)
		if (v->list[i].key_name != NULL)
			questions[n++] =
			    (struct question){ v->list[i].key_name, RR_TXT };
	return n;
}

static enum status
ask_keys(struct verifying *v, const struct question *questions, size_t n)
{
	const struct answer **answers =
	    arena_array(v->run->arena, n, sizeof(struct answer *));
	enum status status = dns_ask_many(v->run, questions, n, answers);
	size_t k = 0;

	for (size_t i = 0; status == OK && i < v->n; i++)
		if (v->list[i].key_name != NULL)
			v->list[i].answer = answers[k++];
	return status;
}

/* --- the body ------------------------------------------------------------ */

static bool
wants_body(
    const struct body_canon *canon, const struct dkim_signature *signature)
{
	return canon->how == signature->body &&
	    canon->limited == signature->limited &&
	    canon->limit == signature->limit;
}

static void
plan_bodies(struct verifying *v)
{
	for (size_t i = 0; i < v->n; i++) {
		const struct dkim_signature *signature = &v->list[i].signature;
		size_t k = 0;

		if (signature->result != DKIM_PASS)
			continue;
		while (k < v->nsums && !wants_body(v->sums[k].canon, signature))
			k++;
		if (k == v->nsums) {
			struct body_canon *canon = arena_alloc(
			    v->run->arena, sizeof(struct body_canon));

			body_canon_begin(canon, signature->body, hash_new());
			canon->limited = signature->limited;
			canon->limit = signature->limit;
			v->sums[v->nsums++].canon = canon;
		}
		v->bodies[i] = &v->sums[k];
	}
}

static enum status
hash_bodies(struct verifying *v)
{
	char *buffer = arena_alloc(v->run->arena, MESSAGE_BLOCK);
	enum status status = OK;
	off_t at = 0;
	ssize_t n;

	plan_bodies(v);
	while (v->nsums > 0 &&
	    (n = message_body(v->message, &at, buffer, MESSAGE_BLOCK)) != 0) {
		if (n == -1) {
			status = run_fail(v->run, E_NETWORK,
			    _("the message could not be read: %s"),
			    strerror(errno));
			break;
		}
		for (size_t i = 0; i < v->nsums; i++)
			body_canon_add(v->sums[i].canon, buffer, (size_t)n);
	}
	for (size_t i = 0; i < v->nsums; i++) {
		body_canon_end(v->sums[i].canon, &v->sums[i].digest);
		hash_free(v->sums[i].canon->hash);
		v->sums[i].canon->hash = NULL;
	}
	return status;
}

static void
compare_body(struct verifying *v, size_t i)
{
	struct dkim_verdict *verdict = &v->list[i];
	const struct dkim_signature *signature = &verdict->signature;
	const struct body_sum *sum = v->bodies[i];
	uint64_t total = sum->canon->total;

	verdict->body_octets = total;
	verdict->body_known = true;
	verdict->body_good = signature->body_hash.len == SHA256_OCTETS &&
	    memcmp(signature->body_hash.p, sum->digest.octets, SHA256_OCTETS) ==
		0 &&
	    (!signature->limited || signature->limit <= total);
	verdict->part_signed = signature->limited && signature->limit < total;
	if (verdict->part_signed)
		verdict->unsigned_octets = total - signature->limit;
}

/* --- the header ---------------------------------------------------------- */

/* Section 3.7, hash step 2. */
static void
hash_header(struct verifying *v, size_t i)
{
	const struct dkim_signature *signature = &v->list[i].signature;
	struct arena *arena = v->run->arena;
	const struct header_field **fields = arena_array(
	    arena, signature->nnames, sizeof(struct header_field *));
	struct hash *hash = hash_new();

	header_select(v->message, signature, arena, fields);
	for (size_t k = 0; k < signature->nnames; k++)
		if (fields[k] != NULL)
			header_canon_add(
			    hash, signature->header, fields[k]->text);
	header_canon_last(
	    hash, signature->header, header_own_text(arena, signature));
	hash_end(hash, &v->evidence[i].header);
	hash_free(hash);
}

/* --- one signature with one key ------------------------------------------ */

/* What forbids the use of the key; section 6.1.2, RFC 8301 section 3.2. */
static bool
key_is_usable(struct verifying *v, struct dkim_verdict *verdict)
{
	const struct dkim_key *key = &verdict->key;
	const struct dkim_signature *signature = &verdict->signature;
	const char *name = printable(v->run->arena, str_of(verdict->key_name));

	verdict->key_bits = key->facts.bits;
	if (key->fault == DKIM_KEY_REVOKED)
		conclude(v, verdict, DKIM_PERMERROR,
		    _("The key at %s is revoked: its p= is empty."), name);
	else if (key->fault != DKIM_KEY_SOUND)
		conclude(v, verdict, DKIM_PERMERROR,
		    _("The key at %s cannot be used: %s."), name, key->problem);
	else if (!key->for_email)
		conclude(v, verdict, DKIM_PERMERROR,
		    _("The key at %s is not meant for mail: its s= does not "
		      "list email."),
		    name);
	else if (!key->sha256)
		conclude(v, verdict, DKIM_PERMERROR,
		    _("The key at %s does not allow SHA-256: its h= does not "
		      "list sha256."),
		    name);
	else if (key->type != signature->type)
		conclude(v, verdict, DKIM_PERMERROR,
		    _("The signature is made with %s, but the key at %s is of "
		      "the type %s."),
		    signature->algorithm, name, key->type_word);
	else if (key->strict && !signature->own_domain)
		conclude(v, verdict, DKIM_PERMERROR,
		    _("The key at %s is for the domain itself alone (t=s), and "
		      "the signature speaks for a name below it (i=)."),
		    name);
	else if (key->type == KEY_RSA && key->facts.bits < DKIM_RSA_MIN_BITS)
		conclude(v, verdict, DKIM_POLICY,
		    _("The key at %s has %u bits; receivers accept no "
		      "signature of a key below %d bits."),
		    name, key->facts.bits, DKIM_RSA_MIN_BITS);
	else
		return true;
	return false;
}

static void
conclude_failure(
    struct verifying *v, struct dkim_verdict *verdict, enum recovered recovered)
{
	const char *name = printable(v->run->arena, str_of(verdict->key_name));

	if (verdict->header_good)
		conclude(v, verdict, DKIM_FAIL,
		    _("The body of the message was changed after it was "
		      "signed; the signature itself is genuine."));
	else if (verdict->key.type == KEY_RSA && recovered == RECOVERED_NOTHING)
		conclude(v, verdict, DKIM_FAIL,
		    _("The key published at %s is not the one that signed "
		      "this message."),
		    name);
	else if (verdict->key.type == KEY_RSA && !verdict->body_good)
		conclude(v, verdict, DKIM_FAIL,
		    _("Both the body and the signed header fields were "
		      "changed after the message was signed; the key is the "
		      "right one."));
	else if (verdict->key.type == KEY_RSA)
		conclude(v, verdict, DKIM_FAIL,
		    _("Signed header fields were changed after the message "
		      "was signed; the key is the right one, and the body is "
		      "as it was."));
	else if (!verdict->body_good)
		conclude(v, verdict, DKIM_FAIL,
		    _("The body was changed after it was signed, and so were "
		      "signed header fields, or the key at %s is another "
		      "one."),
		    name);
	else
		conclude(v, verdict, DKIM_FAIL,
		    _("Signed header fields were changed after signing, or "
		      "the key at %s is not the one that signed."),
		    name);
}

static void
judge_with_key(struct verifying *v, size_t i, struct dkim_verdict *verdict)
{
	const struct dkim_signature *signature = &verdict->signature;
	const struct dkim_key *key = &verdict->key;
	struct dkim_evidence *evidence = &v->evidence[i];

	if (!key_is_usable(v, verdict))
		return;
	verdict->header_known = true;
	verdict->header_good = key_verify(
	    key->octets, key->type, &evidence->header, signature->signature);
	if (verdict->header_good && verdict->body_good) {
		conclude(v, verdict, DKIM_PASS,
		    _("The signature is right: %s answers for this message."),
		    signature->domain);
		return;
	}
	if (key->type == KEY_RSA && !verdict->header_good)
		evidence->recovered = key_recover(
		    key->octets, signature->signature, &evidence->wanted);
	conclude_failure(v, verdict, evidence->recovered);
}

/* How far a verdict came: of several keys the best one counts. */
static int
rank(enum dkim_word word)
{
	static const int ranks[] = {
		[DKIM_PASS] = 3,
		[DKIM_FAIL] = 2,
		[DKIM_POLICY] = 1,
		[DKIM_PERMERROR] = 0,
	};

	return ranks[word];
}

/* Section 6.1.2 step 4: with several records, each is tried. */
static void
judge_with_keys(struct verifying *v, size_t i)
{
	struct dkim_verdict *verdict = &v->list[i];
	const struct dkim_verdict bare = *verdict;
	const struct answer *answer = verdict->answer;
	struct dkim_evidence evidence = v->evidence[i], best = evidence;

	for (size_t k = 0; k < answer->nrecords; k++) {
		struct str text = answer->records[k].text;
		struct dkim_verdict attempt = bare;

		if (!dkim_is_key_record(text))
			continue;
		dkim_key_read(v->run->arena, text, &attempt.key);
		v->evidence[i] = evidence;
		judge_with_key(v, i, &attempt);
		attempt.nkeys = verdict->nkeys + 1;
		if (verdict->nkeys > 0 &&
		    rank(attempt.result) <= rank(verdict->result)) {
			verdict->nkeys++;
			continue;
		}
		*verdict = attempt;
		best = v->evidence[i];
	}
	v->evidence[i] = best;
}

/* --- one signature ------------------------------------------------------- */

static void
judge_without_key(struct verifying *v, struct dkim_verdict *verdict)
{
	const struct answer *answer = verdict->answer;
	const char *name = printable(v->run->arena, str_of(verdict->key_name));

	if (answer->outcome == DNS_SILENT || answer->outcome == DNS_BROKEN)
		conclude(v, verdict, DKIM_TEMPERROR,
		    _("The key at %s could not be asked for: %s."), name,
		    answer->why);
	else if (answer->outcome == DNS_FOUND)
		conclude(v, verdict, DKIM_PERMERROR,
		    _("There is no key at %s: the TXT record there is not a "
		      "DKIM key."),
		    name);
	else
		conclude(v, verdict, DKIM_PERMERROR,
		    _("There is no key at %s, so nobody can verify the "
		      "signature."),
		    name);
}

/* x= is in the past: whatever else is right or wrong, section 3.5. */
static void
judge_expiry(struct verifying *v, struct dkim_verdict *verdict)
{
	const struct dkim_signature *signature = &verdict->signature;
	const char *also = verdict->result == DKIM_PASS
	    ? _("apart from that it is right")
	    : _("it would not pass before that either");
	time_t expires = (time_t)signature->expires;
	char date[64];
	struct tm tm;

	verdict->expired = signature->expires != 0 &&
	    (uint64_t)v->run->now > signature->expires;
	if (!verdict->expired)
		return;
	if (gmtime_r(&expires, &tm) == NULL ||
	    strftime(date, sizeof(date), "%Y-%m-%d %H:%M UTC", &tm) == 0)
		date[0] = '\0';
	conclude(v, verdict, DKIM_POLICY,
	    _("The signature was good until %s only (x=); %s."), date, also);
}

static void
judge(struct verifying *v, size_t i)
{
	struct dkim_verdict *verdict = &v->list[i];
	const struct dkim_signature *signature = &verdict->signature;

	if (signature->result != DKIM_PASS) {
		verdict->result = signature->result;
		verdict->reason = signature->problem;
		return;
	}
	compare_body(v, i);
	hash_header(v, i);
	if (verdict->answer->outcome == DNS_FOUND)
		judge_with_keys(v, i);
	if (verdict->nkeys == 0)
		judge_without_key(v, verdict);
	judge_expiry(v, verdict);
}

enum status
dkim_verify(
    struct run *run, const struct message *message, struct dkim_verdicts *out)
{
	struct verifying v = { .run = run, .message = message };
	struct question *questions;
	enum status status;
	size_t n;

	read_signatures(&v);
	questions = arena_array(run->arena, v.n, sizeof(*questions));
	n = key_questions(&v, questions);
	dns_ask_ahead(run, questions, n);
	status = hash_bodies(&v);
	if (status == OK && n > 0)
		status = ask_keys(&v, questions, n);
	for (size_t i = 0; status == OK && i < v.n; i++) {
		judge(&v, i);
		status = dkim_autopsy(run, message, &v.evidence[i], &v.list[i]);
	}
	if (status == OK)
		*out = (struct dkim_verdicts){ v.list, v.n };
	return status;
}
