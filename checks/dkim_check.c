/*
 * The step "dkim":
 *
 *	selectors -> TXT of each, side by side -> what is wrong with each key
 *	          -> the record repaired
 */
#include "dkim_check.h"

#include <string.h>

#include "base/i18n.h"
#include "base/printable.h"
#include "dkim_expected.h"
#include "dkim_mend.h"

static void
tell(struct dkim_facts *facts, const struct record *record,
    enum finding_code code, struct span at, const char *zero)
{
	struct run *run = facts->run;

	report(run, code, .subject = record->name, .detail = { zero },
	    .has_record = true, .record = look_publish(run, facts->out, record),
	    .at = at);
}

static bool
holds(struct str text, const char *word)
{
	for (size_t i = 0; i < text.len; i++)
		if (str_starts_nocase(str_slice(text, i, text.len), word))
			return true;
	return false;
}

/* Quotes, a backslash, PEM lines: what was pasted with the key. */
static bool
is_pasted(struct str text)
{
	return str_find(text, '"') < text.len ||
	    str_find(text, '\\') < text.len || holds(text, "-----BEGIN") ||
	    holds(text, "\xe2\x80\x9c") || holds(text, "\xe2\x80\x9d") ||
	    (text.len > 0 && text.p[0] == '\'');
}

/* Where the first of these marks stands. */
static struct span
first_mark(struct str text)
{
	size_t at = 0;

	while (at < text.len && text.p[at] != '"' && text.p[at] != '\\' &&
	    text.p[at] != '-' && text.p[at] != '\'' &&
	    (unsigned char)text.p[at] != 0xe2)
		at++;
	return (struct span){ at < text.len ? at : 0,
		at < text.len ? at + 1 : text.len };
}

/* A finding for a record that receivers cannot use; F_NONE: they can. */
static enum finding_code
fault_code(struct dkim_facts *facts, struct str text, struct dkim_key *key)
{
	const struct tag *p = tag_find(&key->tags, "p");
	struct arena *arena = facts->run->arena;
	size_t missing;

	if (key->fault == DKIM_KEY_SOUND)
		return F_NONE;
	if (key->fault == DKIM_KEY_PRIVATE || holds(text, "PRIVATE KEY-----"))
		return F_DKIM_PRIVATE_KEY_PUBLISHED;
	if (key->fault != DKIM_KEY_REVOKED && is_pasted(text))
		return F_DKIM_QUOTED;
	switch (key->fault) {
	case DKIM_KEY_UNKNOWN_TYPE:
		return F_DKIM_UNKNOWN_KEY_TYPE;
	case DKIM_KEY_REVOKED:
		return F_DKIM_REVOKED;
	case DKIM_KEY_TRUNCATED:
		key->problem = arena_printf(
		    arena, _("%zu octets are missing"), key->facts.missing);
		return F_DKIM_KEY_TRUNCATED;
	case DKIM_KEY_BASE64:
		missing = p == NULL ? 0 : dkim_missing_octets(arena, p->value);
		if (missing == 0)
			return F_DKIM_KEY_UNDECODABLE;
		key->problem = arena_printf(
		    arena, _("about %zu octets are missing"), missing);
		return F_DKIM_KEY_TRUNCATED;
	case DKIM_KEY_SYNTAX:
	case DKIM_KEY_VERSION:
	case DKIM_KEY_NO_P:
		return F_DKIM_SYNTAX;
	default:
		return F_DKIM_KEY_UNDECODABLE;
	}
}

/* A sound key that receivers do not use, or will not for long. */
static void
judge_sound(struct dkim_facts *facts, const struct record *record,
    const struct dkim_key *key)
{
	struct arena *arena = facts->run->arena;
	const struct tag *s = tag_find(&key->tags, "s");
	const struct tag *h = tag_find(&key->tags, "h");
	const struct tag *t = tag_find(&key->tags, "t");
	const char *bits = arena_printf(arena, "%u", key->facts.bits);
	bool weak = key->type == KEY_RSA && key->facts.bits < DKIM_RSA_MIN_BITS;
	const struct span whole = { 0, 0 };

	if (!key->for_email)
		tell(facts, record, F_DKIM_WRONG_SERVICE, s->at, NULL);
	if (!key->sha256)
		tell(facts, record, F_DKIM_HASH_SHA1, h->at, NULL);
	if (weak)
		tell(facts, record, F_DKIM_KEY_WEAK, whole, bits);
	else if (key->type == KEY_RSA && key->facts.bits < DKIM_RSA_SHORT_BITS)
		tell(facts, record, F_DKIM_KEY_SHORT, whole, bits);
	if (key->facts.form == KEY_FORM_PKCS1)
		tell(facts, record, F_DKIM_KEY_PKCS1,
		    tag_find(&key->tags, "p")->at, NULL);
	if (key->testing)
		tell(facts, record, F_DKIM_TESTING, t->at, NULL);
	if (!key->for_email || !key->sha256 || weak)
		return;
	facts->rsa = facts->rsa || key->type == KEY_RSA;
	if (facts->nsound++ > 0)
		return;
	facts->first_sound = record->name;
	facts->first_record = look_publish(facts->run, facts->out, record);
}

/* The record of the signer's key when that is known, else this one, mended. */
static void
suggest(struct dkim_facts *facts, const struct probe *probe, struct str raw)
{
	struct str text;

	if (!dkim_suggest_expected(facts, probe) &&
	    dkim_mend(facts->run->arena, raw, &text))
		dkim_suggest_text(facts, probe, text);
}

/* The sentence for it: who can change the record depends on where it is. */
static enum finding_code
mismatch_code(const struct dkim_facts *facts, const struct probe *probe,
    const char *elsewhere)
{
	if (elsewhere != NULL)
		return F_DKIM_KEY_ELSEWHERE;
	if (dkim_away(facts, probe) != NULL)
		return F_DKIM_KEY_AWAY;
	return probe->answer->nchain > 0 ? F_DKIM_KEY_ALIAS
					 : F_DKIM_KEY_MISMATCH;
}

/* A sound key, and the wrong one.  False: it is the right one. */
static bool
is_mismatch(struct dkim_facts *facts, const struct probe *probe,
    const struct record *record, const struct dkim_key *key)
{
	struct run *run = facts->run;
	const struct public_key *expected =
	    dkim_expected_at(facts, probe->selector);
	const char *difference, *other;
	struct span at;

	if (expected == NULL || dkim_same_key(run->arena, key, expected))
		return false;
	difference = dkim_difference(facts, probe->selector, key, &at);
	other = dkim_published_elsewhere(facts, probe->selector);
	report(run, mismatch_code(facts, probe, other), .subject = probe->name,
	    .detail = { difference, other, probe->answer->owner },
	    .has_record = true, .record = look_publish(run, facts->out, record),
	    .at = at);
	dkim_suggest_expected(facts, probe);
	return true;
}

/* A key that is the beginning of the signer's lost its end on the way. */
static enum finding_code
refine(struct dkim_facts *facts, const struct probe *probe,
    enum finding_code code, struct dkim_key *key)
{
	struct arena *arena = facts->run->arena;
	const struct public_key *expected =
	    dkim_expected_at(facts, probe->selector);
	const struct tag *p = tag_find(&key->tags, "p");
	size_t missing = expected == NULL || p == NULL
	    ? 0
	    : dkim_expected_missing(arena, expected, p->value);

	if (missing == 0 || code == F_DKIM_QUOTED)
		return code;
	key->at = p->at;
	key->problem =
	    arena_printf(arena, _("the last %zu of its %zu octets are missing"),
		missing, expected->octets.len);
	return F_DKIM_KEY_TRUNCATED;
}

/* Its parts were entered as records of their own. */
static bool
tell_split(struct dkim_facts *facts, const struct probe *probe,
    const struct record *head)
{
	struct run *run = facts->run;
	const struct answer *answer = probe->answer;
	struct str joined;
	size_t parts;

	if (!dkim_join(run->arena, answer->records, answer->nrecords, head,
		&joined, &parts))
		return false;
	tell(facts, head, F_DKIM_SPLIT, (struct span){ 0, 0 },
	    arena_printf(run->arena, "%zu", parts));
	for (size_t i = 0; i < answer->nrecords; i++)
		look_publish(run, facts->out, &answer->records[i]);
	if (!dkim_suggest_expected(facts, probe))
		dkim_suggest_text(facts, probe, joined);
	return true;
}

static void
judge(struct dkim_facts *facts, const struct probe *probe,
    const struct record *record)
{
	struct dkim_key key;
	enum finding_code code;
	struct span at;

	dkim_key_read(facts->run->arena, record->text, &key);
	code = fault_code(facts, record->text, &key);
	if (code == F_NONE) {
		if (!is_mismatch(facts, probe, record, &key))
			judge_sound(facts, record, &key);
		return;
	}
	if ((code == F_DKIM_KEY_TRUNCATED || code == F_DKIM_KEY_UNDECODABLE) &&
	    tell_split(facts, probe, record))
		return;
	code = refine(facts, probe, code, &key);
	at = code == F_DKIM_QUOTED ? first_mark(record->text) : key.at;
	tell(facts, record, code, at, key.problem);
	if (code == F_DKIM_QUOTED || code == F_DKIM_SYNTAX ||
	    code == F_DKIM_KEY_UNDECODABLE)
		suggest(facts, probe, record->text);
	else if (code != F_DKIM_PRIVATE_KEY_PUBLISHED)
		dkim_suggest_expected(facts, probe);
}

/* The first key record of an answer, and how many there are. */
static const struct record *
first_key(const struct dkim_facts *facts, const struct answer *answer,
    bool wild, size_t *n)
{
	const struct record *first = NULL;

	*n = 0;
	for (size_t i = 0; answer != NULL && i < answer->nrecords; i++) {
		const struct record *record = &answer->records[i];

		if (!dkim_is_key_record(record->text) ||
		    (!wild && dkim_is_wild(facts, record)))
			continue;
		if ((*n)++ == 0)
			first = record;
	}
	return first;
}

/* The key is at a name where nobody looks. */
static bool
tell_misplaced(struct dkim_facts *facts, const struct probe *probe)
{
	for (int i = 0; i < DKIM_WRONG_MAX; i++) {
		size_t n;
		const struct record *record =
		    first_key(facts, probe->wrong[i], false, &n);

		if (record == NULL)
			continue;
		tell(facts, record,
		    i == DKIM_WRONG_DOUBLED ? F_DKIM_MISPLACED
					    : F_DKIM_MISNAMED,
		    (struct span){ 0, 0 }, probe->name);
		suggest(facts, probe, record->text);
		return true;
	}
	return false;
}

static void
tell_absent(struct dkim_facts *facts, const struct probe *probe)
{
	struct run *run = facts->run;
	const struct answer *answer = probe->answer;

	if (tell_misplaced(facts, probe)) {
		facts->nfound++;
	} else if (answer != NULL && answer->nchain > 0 &&
	    (probe->wanted || facts->wild->nchain == 0)) {
		facts->nfound++;
		report(run, F_DKIM_MISSING_ALIAS, .subject = probe->name,
		    .detail = { answer->owner });
		dkim_suggest_expected(facts, probe);
	} else if (probe->wanted) {
		report(run, F_DKIM_MISSING, .subject = probe->name);
		facts->nfound += dkim_suggest_expected(facts, probe);
	}
}

static void
judge_probe(struct dkim_facts *facts, const struct probe *probe)
{
	const struct record *record;
	size_t n;

	if (probe->answer != NULL && look_trouble(facts->run, probe->answer)) {
		facts->nfound++;
		return;
	}
	record = first_key(facts, probe->answer, probe->wanted, &n);
	if (record == NULL || probe->answer == NULL) {
		tell_absent(facts, probe);
		return;
	}
	facts->nfound++;
	look_publish(facts->run, facts->out, record);
	if (n == 1) {
		judge(facts, probe, record);
		return;
	}
	tell(facts, record, F_DKIM_MULTIPLE, (struct span){ 0, 0 },
	    arena_printf(facts->run->arena, "%zu", n));
	dkim_suggest_expected(facts, probe);
}

/* A key withdrawn beside one in use is how keys are changed; 3.6.1, p=. */
static void
forgive_revoked(struct dkim_facts *facts)
{
	struct finding *f = facts->run->report.first;

	if (facts->asked || facts->nsound == 0)
		return;
	for (; f != NULL; f = f->next)
		if (f->code == F_DKIM_REVOKED) {
			facts->run->report.count[f->severity]--;
			f->severity = SEV_NOTE;
			facts->run->report.count[f->severity]++;
		}
}

static void
tell_whole(struct dkim_facts *facts)
{
	struct run *run = facts->run;
	const char *domain = facts->target->domain;

	forgive_revoked(facts);
	if (facts->nfound == 0 && (!facts->asked || facts->nprobes == 0)) {
		report(run, F_DKIM_NO_SELECTOR, .subject = domain);
		return;
	}
	if (facts->nsound > 0 && !facts->rsa)
		report(run, F_DKIM_ED25519_ONLY, .subject = domain);
	if (facts->nsound > 0 && report_worst(&run->report) <= SEV_NOTE)
		report(run, F_DKIM_OK, .subject = domain,
		    .detail = { facts->first_sound }, .has_record = true,
		    .record = facts->first_record);
}

enum status
check_dkim(
    struct run *run, const struct target *target, struct step_report *out)
{
	struct dkim_facts *facts = arena_new_of(run->arena, struct dkim_facts);
	enum status status;

	facts->run = run;
	facts->target = target;
	facts->out = out;
	status = dkim_find(facts);
	if (status != OK)
		return status;
	if (facts->trouble != NULL) {
		look_trouble(run, facts->trouble);
		return OK;
	}
	for (size_t i = 0; i < facts->nprobes; i++)
		judge_probe(facts, &facts->probes[i]);
	/* Last: servers that are silent may use up the time. */
	status = dkim_ask_servers(facts);
	if (status == OK)
		tell_whole(facts);
	return status;
}
