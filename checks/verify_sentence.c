/* The verdict on a message in one sentence. */
#include "verify.h"

#include <string.h>

#include "base/i18n.h"

/* What passes and belongs to the domain of the author. */
static const char *
what_passes(const struct verify *verify)
{
	bool dkim = false;
	bool spf = verify->has_spf && verify->spf.aligned &&
	    verify->spf.result == SPF_RESULT_PASS;

	for (size_t i = 0; i < verify->dkim.n; i++)
		dkim = dkim ||
		    (verify->aligned[i] &&
			verify->dkim.list[i].result == DKIM_PASS);
	if (dkim && spf)
		return _("its DKIM signature and SPF are right");
	return dkim ? _("its DKIM signature is right")
		    : _("the server that sent it is allowed to by SPF");
}

static const char *
what_follows(const struct verify_dmarc *dmarc)
{
	if (dmarc->disposition != NULL &&
	    strcmp(dmarc->disposition, "reject") == 0)
		return _("receivers are asked to refuse it");
	if (dmarc->disposition != NULL &&
	    strcmp(dmarc->disposition, "quarantine") == 0)
		return _("receivers are asked to treat it as suspicious, which "
			 "means the spam folder");
	return _("receivers are asked to do nothing about it (p=none), but it "
		 "counts against the message");
}

static const char *
about_signatures(const struct verify *verify)
{
	if (verify->dkim.n == 0)
		return _("it is not signed");
	if (!verify_any_pass(verify))
		return _("no DKIM signature passes");
	if (verify->dmarc.result == VERIFY_NONE)
		return _("a DKIM signature is right");
	return _("the DKIM signature that passes is another domain's");
}

const char *
verify_sentence(struct arena *arena, const struct verify *verify)
{
	const char *domain = verify->from_domain;

	switch (verify->dmarc.result) {
	case VERIFY_PASS:
		return arena_printf(arena,
		    _("This message is really from %s, and receivers can see "
		      "it: %s (DMARC passes)."),
		    domain, what_passes(verify));
	case VERIFY_FAIL:
		return arena_printf(arena,
		    _("Receivers cannot tell that this message is from %s: "
		      "%s, and nothing else vouches for that domain (DMARC "
		      "fails); %s."),
		    domain, about_signatures(verify),
		    what_follows(&verify->dmarc));
	case VERIFY_NONE:
		return arena_printf(arena,
		    _("%s has no DMARC record, so receivers judge this "
		      "message as they like: %s."),
		    domain, about_signatures(verify));
	case VERIFY_TEMPERROR:
		return arena_printf(arena,
		    _("There is no verdict on this message yet, because "
		      "something could not be looked at: %s"),
		    verify->dmarc.reason);
	case VERIFY_PERMERROR:
		return arena_printf(arena,
		    _("Receivers cannot judge this message by DMARC: %s"),
		    verify->dmarc.reason);
	case VERIFY_UNKNOWN:
		break;
	}
	return arena_printf(arena,
	    _("DKIM does not show that this message is from %s (%s); whether "
	      "SPF does depends on who sent it: say so with --ip ADDRESS or "
	      "--trust-received."),
	    domain, about_signatures(verify));
}
