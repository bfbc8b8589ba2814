/* DMARC out of what DKIM and SPF gave; RFC 9989 section 5.3. */
#include "verify.h"

#include "base/i18n.h"
#include "base/printable.h"
#include "dmarc.h"
#include "name.h"

struct judging {
	struct run *run;
	struct verify *verify;
	struct dmarc_discovery discovery;
	const char *by_dkim, *by_spf; /* aligned domain that passes; or NULL */
	const char *elsewhere; /* a domain that passes, not aligned; or NULL */
	bool
	    unknown; /* something might be aligned and pass: DNS did not tell */
};

static void conclude(struct judging *, enum verify_word, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

static void
conclude(struct judging *j, enum verify_word word, const char *fmt, ...)
{
	va_list ap;

	j->verify->dmarc.result = word;
	va_start(ap, fmt);
	j->verify->dmarc.reason = arena_vprintf(j->run->arena, fmt, ap);
	va_end(ap);
}

/*
 * One identifier.  `passes` and `untold`: that method said pass, or could not
 * look.  *by is set to the first that passes.
 */
static enum status
align(struct judging *j, const char *domain, bool strict, bool passes,
    bool untold, bool *aligned, const char **by)
{
	enum dmarc_alignment alignment;
	enum status status =
	    dmarc_align(j->run, &j->discovery, domain, strict, &alignment);

	if (status != OK)
		return status;
	*aligned = alignment == DMARC_ALIGNED;
	if (passes && *aligned && *by == NULL)
		*by = domain;
	if (passes && alignment == DMARC_NOT_ALIGNED)
		j->elsewhere = domain;
	if ((passes && alignment == DMARC_ALIGNMENT_UNKNOWN) ||
	    (untold && alignment != DMARC_NOT_ALIGNED))
		j->unknown = true;
	return OK;
}

static enum status
align_all(struct judging *j)
{
	struct verify *verify = j->verify;
	const struct dmarc_record *record = j->discovery.record;
	enum status status = OK;

	for (size_t i = 0; status == OK && i < verify->dkim.n; i++) {
		const struct dkim_verdict *verdict = &verify->dkim.list[i];

		if (verdict->signature.has_domain)
			status = align(j, verdict->signature.domain,
			    record != NULL && record->strict_dkim,
			    verdict->result == DKIM_PASS,
			    verdict->result == DKIM_TEMPERROR,
			    &verify->aligned[i], &j->by_dkim);
	}
	if (status == OK && verify->has_spf)
		status = align(j, verify->spf.domain,
		    record != NULL && record->strict_spf,
		    verify->spf.result == SPF_RESULT_PASS,
		    verify->spf.result == SPF_RESULT_TEMPERROR,
		    &verify->spf.aligned, &j->by_spf);
	return status;
}

static void
conclude_pass(struct judging *j)
{
	const char *from = j->verify->from_domain;

	j->verify->dmarc.disposition = "none";
	if (j->by_dkim != NULL && j->by_spf != NULL)
		conclude(j, VERIFY_PASS,
		    _("The DKIM signature of %s and SPF for %s pass, and both "
		      "belong to %s."),
		    j->by_dkim, j->by_spf, from);
	else if (j->by_dkim != NULL)
		conclude(j, VERIFY_PASS,
		    _("The DKIM signature of %s passes, and that domain "
		      "belongs to %s."),
		    j->by_dkim, from);
	else
		conclude(j, VERIFY_PASS,
		    _("SPF passes for %s, and that domain belongs to %s."),
		    j->by_spf, from);
}

static void
conclude_fail(struct judging *j)
{
	struct verify_dmarc *dmarc = &j->verify->dmarc;
	const char *from = j->verify->from_domain;

	dmarc->disposition = dmarc->policy;
	if (j->elsewhere != NULL)
		conclude(j, VERIFY_FAIL,
		    _("What passes is of %s, and that does not belong to %s, "
		      "the domain in From. Sign with d=%s, or send with an "
		      "envelope sender in it."),
		    j->elsewhere, from, from);
	else
		conclude(j, VERIFY_FAIL,
		    _("No DKIM signature of %s passes, and SPF does not pass "
		      "for it either."),
		    from);
}

/* No verdict without a policy: none there, a broken one, or not seen. */
static bool
has_policy(struct judging *j)
{
	const struct dmarc_discovery *d = &j->discovery;
	struct verify_dmarc *dmarc = &j->verify->dmarc;
	const char *from = j->verify->from_domain;

	dmarc->organizational_domain = d->organizational_domain;
	if (d->policy_trouble != NULL) {
		verify_report_dns(j->run, d->policy_trouble);
		conclude(j, VERIFY_TEMPERROR,
		    _("The DMARC record at %s could not be asked for: %s."),
		    printable(j->run->arena, str_of(d->policy_trouble->name)),
		    d->policy_trouble->why);
		return false;
	}
	dmarc->disposition = "none";
	dmarc->record_domain = d->record_domain;
	if (d->record == NULL) {
		conclude(j, VERIFY_NONE, _("There is no DMARC record for %s."),
		    from);
		return false;
	}
	if (!dmarc_applies(d)) {
		conclude(j, VERIFY_PERMERROR,
		    _("The DMARC record at _dmarc.%s says no policy that "
		      "receivers understand."),
		    d->record_domain);
		return false;
	}
	dmarc->policy = dmarc_policy_word(d->policy);
	dmarc->disposition = NULL;
	return true;
}

static void
judge(struct judging *j)
{
	if (!has_policy(j))
		return;
	if (j->by_dkim != NULL || j->by_spf != NULL) {
		conclude_pass(j);
	} else if (!j->verify->has_spf) {
		j->verify->dmarc.result = VERIFY_UNKNOWN;
		j->verify->dmarc.reason = "spf-unknown";
	} else if (j->unknown) {
		conclude(j, VERIFY_TEMPERROR,
		    _("What could show that the message is from %s could not "
		      "be asked for; receivers try again later."),
		    j->verify->from_domain);
	} else {
		conclude_fail(j);
	}
}

enum status
verify_dmarc(struct run *run, struct verify *verify)
{
	struct judging j = { .run = run, .verify = verify };
	enum status status;

	if (verify->from_problem != NULL) {
		verify->dmarc.disposition = "none";
		conclude(&j, VERIFY_PERMERROR, "%s", verify->from_problem);
		return OK;
	}
	status = dmarc_discover(run, verify->from_domain, &j.discovery);
	if (status == OK)
		status = align_all(&j);
	if (status == OK)
		judge(&j);
	return status;
}
