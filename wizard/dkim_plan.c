/* The DKIM key the plan asks for. */
#include "dkim_plan.h"

#include <string.h>
#include <time.h>

#include "../checks/base/i18n.h"
#include "../checks/base/printable.h"
#include "../checks/dkim.h"
#include "../checks/key_read.h"
#include "problem.h"

#define UNDER "._domainkey."

/* --- the key ------------------------------------------------------------- */

void
judge_public_key(struct arena *arena, struct str text, struct judged *out)
{
	struct public_key key;
	enum key_text what = key_read_text(arena, text, &key);

	if (what == KEY_TEXT_READ)
		bounded_copy(out->value, sizeof(out->value),
		    base64_write(arena, key.octets));
	else if (tag_trim(text).len > 0)
		bounded_copy(
		    out->problem, sizeof(out->problem), key_text_problem(what));
}

static bool
read_key(struct arena *arena, const char *public_key, struct public_key *out)
{
	struct str octets;
	struct span at;

	return public_key[0] != '\0' &&
	    base64_read(arena, str_of(public_key), &octets, &at) == NULL &&
	    public_key_read(arena, octets, out);
}

static const char *
words_of(struct arena *arena, enum key_type type, unsigned int bits)
{
	if (type == KEY_ED25519)
		return "Ed25519";
	if (type == KEY_RSA)
		return arena_printf(arena, _("RSA %u bits"), bits);
	return "";
}

const char *
dkim_key_words(struct arena *arena, const char *public_key)
{
	struct public_key key;

	if (!read_key(arena, public_key, &key))
		return "";
	return words_of(arena, key.type, key.bits);
}

size_t
dkim_plan_expected(struct arena *arena, const struct plan *plan,
    const struct expected_key **out)
{
	struct expected_key *expected =
	    arena_new_of(arena, struct expected_key);

	*out = expected;
	if (!dkim_plan_has_key(plan) ||
	    !read_key(arena, plan->key_public, &expected->key))
		return 0;
	expected->selector = arena_strdup(arena, plan->key_selector);
	return 1;
}

/* --- the record ---------------------------------------------------------- */

bool
dkim_plan_has_key(const struct plan *plan)
{
	return plan->domain[0] != '\0' && plan->key_selector[0] != '\0' &&
	    plan->key_public[0] != '\0';
}

bool
dkim_plan_is_ed25519(struct arena *arena, const struct plan *plan)
{
	struct public_key key;

	return read_key(arena, plan->key_public, &key) &&
	    key.type == KEY_ED25519;
}

bool
dkim_plan_record(
    struct arena *arena, const struct plan *plan, struct record *out)
{
	struct public_key key;

	if (plan->sends_nothing || !dkim_plan_has_key(plan) ||
	    !read_key(arena, plan->key_public, &key))
		return false;
	*out = (struct record){
		.name = dkim_key_name(arena, plan->key_selector, plan->domain),
		.type = RR_TXT,
		.ttl = RECORD_TTL,
		.text = key_record_text(arena, &key),
	};
	return true;
}

bool
dkim_plan_revocation(
    struct arena *arena, const struct plan *plan, struct record *out)
{
	if (plan->sends_nothing || !plan->key_revoke ||
	    plan->old_selector[0] == '\0' || plan->domain[0] == '\0')
		return false;
	*out = (struct record){
		.name = dkim_key_name(arena, plan->old_selector, plan->domain),
		.type = RR_TXT,
		.ttl = RECORD_TTL,
		.text = str_of("v=DKIM1; p="),
	};
	return true;
}

/* --- selectors ----------------------------------------------------------- */

static bool
has_selector(const char *const *list, size_t n, const char *selector)
{
	for (size_t i = 0; i < n; i++)
		if (str_equal_nocase(str_of(list[i]), selector))
			return true;
	return false;
}

const char *
dkim_plan_selector_problem(
    struct arena *arena, const struct plan *plan, const char *selector)
{
	return dkim_selector_problem(arena, selector, plan->domain, true);
}

size_t
dkim_plan_selectors(
    struct arena *arena, const struct plan *plan, const char *const **out)
{
	const char **list =
	    arena_array(arena, PLAN_SELECTORS + 2, sizeof(*list));
	size_t n = 0;

	*out = list;
	/* One that is revoked on purpose is no fault. */
	if (plan->old_selector[0] != '\0' && !plan->key_revoke)
		list[n++] = arena_strdup(arena, plan->old_selector);
	for (size_t i = 0; i < plan->nselectors; i++)
		if (!has_selector(list, n, plan->selector[i]) &&
		    !(plan->key_revoke &&
			strcmp(plan->selector[i], plan->old_selector) == 0))
			list[n++] = arena_strdup(arena, plan->selector[i]);
	return n;
}

/* "mail" of mail._domainkey.example.org; NULL for another name. */
static const char *
selector_of(struct arena *arena, const struct plan *plan, const char *name)
{
	size_t len = strlen(name);
	size_t end = strlen(UNDER) + strlen(plan->domain);

	if (len <= end ||
	    !str_equal_nocase(str_of(name + len - end),
		arena_printf(arena, UNDER "%s", plan->domain)))
		return NULL;
	return arena_memdup(arena, name, len - end);
}

static const struct record *
record_at(struct arena *arena, const struct plan *plan,
    const struct step_report *report, const char *selector)
{
	const char *name = dkim_key_name(arena, selector, plan->domain);

	for (size_t i = 0; report != NULL && i < report->npublished; i++)
		if (report->published[i].type == RR_TXT &&
		    str_equal_nocase(str_of(report->published[i].name), name))
			return &report->published[i];
	return NULL;
}

static bool
is_taken(struct arena *arena, const struct plan *plan,
    const struct step_report *report, const char *selector)
{
	for (size_t i = 0; i < plan->nselectors; i++)
		if (str_equal_nocase(str_of(plan->selector[i]), selector))
			return true;
	return str_equal_nocase(str_of(plan->key_selector), selector) ||
	    str_equal_nocase(str_of(plan->old_selector), selector) ||
	    record_at(arena, plan, report, selector) != NULL;
}

const char *
dkim_plan_propose(struct arena *arena, const struct plan *plan,
    const struct step_report *report, enum key_kind kind, int64_t now)
{
	time_t at = (time_t)now;
	struct tm tm;
	const char *selector = "";

	gmtime_r(&at, &tm);
	for (int letter = 'a'; letter <= 'z'; letter++) {
		selector = arena_printf(arena, "%s%04d%c",
		    kind == KEY_KIND_ED25519 ? "ed" : "mail", tm.tm_year + 1900,
		    letter);
		if (!is_taken(arena, plan, report, selector))
			break;
	}
	return selector;
}

const char *
dkim_plan_published(struct arena *arena, const struct plan *plan,
    const struct step_report *report)
{
	for (size_t i = 0; report != NULL && i < report->npublished; i++) {
		const struct record *record = &report->published[i];
		struct dkim_key key;
		const char *selector = selector_of(arena, plan, record->name);

		if (selector == NULL || record->type != RR_TXT)
			continue;
		dkim_key_read(arena, record->text, &key);
		if (key.fault == DKIM_KEY_SOUND)
			return printable(arena, str_of(selector));
	}
	return NULL;
}

/* --- what DNS has -------------------------------------------------------- */

/* Could this name not be looked at? */
static bool
is_unknown(const struct step_report *report, const char *name)
{
	for (const struct finding *f = report->findings.first; f != NULL;
	     f = f->next)
		if (f->severity == SEV_UNKNOWN && f->subject != NULL &&
		    (strcmp(f->subject, name) == 0 || report->npublished == 0))
			return true;
	return false;
}

static bool
is_same(struct arena *arena, const struct dkim_key *found,
    const struct public_key *wanted)
{
	struct public_key key;

	return public_key_read(arena, found->octets, &key) &&
	    key.type == wanted->type && str_equal(key.octets, wanted->octets);
}

bool
dkim_plan_holds(
    struct arena *arena, struct str text, const struct public_key *wanted)
{
	struct dkim_key key;

	dkim_key_read(arena, text, &key);
	return key.fault == DKIM_KEY_SOUND && is_same(arena, &key, wanted);
}

static void
judge_record(struct arena *arena, const struct plan *plan, struct dkim_known *k)
{
	struct public_key wanted;
	struct dkim_key key;

	dkim_key_read(arena, k->record->text, &key);
	k->words = words_of(arena, key.facts.type, key.facts.bits);
	k->problem = key.problem;
	if (key.fault == DKIM_KEY_REVOKED)
		k->now = DKIM_NOW_REVOKED;
	else if (key.fault != DKIM_KEY_SOUND)
		k->now = DKIM_NOW_BROKEN;
	else if (!k->own || !read_key(arena, plan->key_public, &wanted))
		k->now = DKIM_NOW_SOUND;
	else
		k->now = is_same(arena, &key, &wanted) ? DKIM_NOW_SAME
						       : DKIM_NOW_OTHER;
}

static void
judge_selector_now(struct arena *arena, const struct plan *plan,
    const struct step_report *report, struct dkim_known *k,
    const char *selector)
{
	k->selector = printable(arena, str_of(selector));
	k->own = str_equal_nocase(str_of(selector), plan->key_selector);
	k->old =
	    !k->own && str_equal_nocase(str_of(selector), plan->old_selector);
	k->words = "";
	k->record = record_at(arena, plan, report, selector);
	if (report == NULL)
		k->now = DKIM_NOW_LOOKING;
	else if (k->record != NULL)
		judge_record(arena, plan, k);
	else
		k->now = is_unknown(report,
			     dkim_key_name(arena, selector, plan->domain))
		    ? DKIM_NOW_UNKNOWN
		    : DKIM_NOW_NONE;
}

size_t
dkim_plan_known(struct arena *arena, const struct plan *plan,
    const struct step_report *report, struct dkim_known **out)
{
	size_t most =
	    PLAN_SELECTORS + 2 + (report == NULL ? 0 : report->npublished);
	const char **names = arena_array(arena, most, sizeof(*names));
	size_t n = 0;

	if (plan->key_selector[0] != '\0')
		names[n++] = plan->key_selector;
	if (plan->old_selector[0] != '\0')
		names[n++] = plan->old_selector;
	for (size_t i = 0; i < plan->nselectors; i++)
		if (!has_selector(names, n, plan->selector[i]))
			names[n++] = plan->selector[i];
	for (size_t i = 0; report != NULL && i < report->npublished; i++) {
		const char *selector =
		    selector_of(arena, plan, report->published[i].name);

		if (selector != NULL && !has_selector(names, n, selector))
			names[n++] = selector;
	}
	*out = arena_array(arena, n + 1, sizeof(**out));
	for (size_t i = 0; i < n; i++)
		judge_selector_now(arena, plan, report, &(*out)[i], names[i]);
	return n;
}
