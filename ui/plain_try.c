/* What receivers would say: to the own addresses, and to any other. */
#include <string.h>

#include "../checks/base/i18n.h"
#include "../checks/base/printable.h"
#include "../wizard/try_address.h"
#include "plain_inside.h"
#include "view.h"

static void
put_verdict(const char *first, const struct spf_verdict *v)
{
	plain_print("    ", "%s: %s%s%s", first, spf_result_word(v->result),
	    v->reason == NULL ? "" : ", ", v->reason == NULL ? "" : v->reason);
}

static bool
is_own(const struct spf_view *spf, const struct ip *ip)
{
	for (size_t i = 0; i < spf->nsenders; i++)
		if (ip_equal(spf->senders[i].ip, *ip))
			return true;
	return false;
}

/* Others that are worth a try. */
static void
put_suggestions(struct plain *p)
{
	struct try_suggestion list[TRY_SUGGESTIONS];
	size_t n = try_suggestions(p->session, p->arena, list);
	bool any = false;

	for (size_t i = 0; i < n; i++) {
		if (is_own(session_spf(p->session), &list[i].ip))
			continue;
		if (!any)
			plain_put("", _("Any address can be tried, such as:"));
		any = true;
		plain_print("    ", "t %s  (%s)",
		    ip_print(p->arena, list[i].ip), list[i].what);
	}
}

void
plain_try(struct plain *p)
{
	const struct spf_view *spf;

	plain_put("",
	    _("Nothing is published by this: your record is laid over DNS and "
	      "asked as a receiver would."));
	plain_wait(p);
	spf = session_spf(p->session);
	if (p->ended >= 0)
		return;
	if (spf->nsenders == 0)
		plain_put("",
		    _("None of your own sending addresses is known. Enter them "
		      "in the step Domain to have them tried."));
	for (size_t i = 0; i < spf->nsenders; i++)
		put_verdict(ip_print(p->arena, spf->senders[i].ip),
		    &spf->senders[i].verdict);
	put_suggestions(p);
}

void
plain_try_address(struct plain *p, const char *typed)
{
	struct str rest = str_of(typed);
	const char *ip = str_dup(p->arena, str_word(&rest, ' '));
	const char *sender = str_dup(p->arena, str_trim(rest));
	const char *problem = try_address(p->session, ip, sender);
	const struct try_facts *facts;

	if (problem != NULL) {
		plain_put("FAIL  ", problem);
		return;
	}
	plain_wait_for(p, LOOK_TRY);
	facts = try_result(p->session, ip, sender);
	if (p->ended >= 0)
		return;
	if (facts == NULL) {
		plain_put("", _("What it would get is not known yet."));
		return;
	}
	if (*facts->record == '\0')
		plain_put("    ", _("Your record is still empty."));
	else
		put_verdict(_("With your record"), &facts->planned);
	put_verdict(_("In DNS now"), &facts->published);
}
