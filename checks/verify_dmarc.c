/* DMARC out of what DKIM and SPF gave; RFC 9989 section 5.3. */
#include "verify.h"

#include "base/i18n.h"
#include "name.h"

/* Identifiers of the same name are aligned, strict or relaxed; 4.4. */
static bool
is_aligned(const struct verify *verify, const char *domain)
{
	return verify->from_domain != NULL && domain != NULL &&
	    name_equal(domain, verify->from_domain);
}

enum status
verify_dmarc(struct run *run, struct verify *verify)
{
	struct verify_dmarc *dmarc = &verify->dmarc;

	(void)run;
	for (size_t i = 0; i < verify->dkim.n; i++)
		verify->aligned[i] =
		    is_aligned(verify, verify->dkim.list[i].signature.domain);
	if (verify->has_spf)
		verify->spf.aligned = is_aligned(verify, verify->spf.domain);
	if (verify->from_problem != NULL) {
		dmarc->result = VERIFY_PERMERROR;
		dmarc->reason = verify->from_problem;
		return OK;
	}
	dmarc->result = VERIFY_UNKNOWN;
	dmarc->reason = "spf-unknown";
	return OK;
}
