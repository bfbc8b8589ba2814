/* Plain advice where a term is chosen or typed. */
#include "term_advice.h"

#include "../checks/base/i18n.h"
#include "../checks/record.h"

#define WIDE_V4	 16 /* prefix lengths below are wide; F_SPF_WIDE_RANGE */
#define WIDE_V6	 32
#define CLOSE_TO 8 /* lookups from which on the limit is spoken of */

static bool
has_macro(struct str domain)
{
	for (size_t i = 0; i + 1 < domain.len; i++)
		if (domain.p[i] == '%' && domain.p[i + 1] == '{')
			return true;
	return false;
}

/* Of a lookup by the network: the world never sees such an address. */
static const char *
unseen(const struct spf_term *term)
{
	if (term->kind != SPF_IP4 && term->kind != SPF_IP6)
		return NULL;
	switch (ip_use(term->ip)) {
	case IP_USE_PRIVATE:
	case IP_USE_SHARED:
	case IP_USE_LINK_LOCAL:
		return N_("An inside address: no receiver ever sees it. Put "
			  "in the public one of your line.");
	case IP_USE_LOOPBACK:
		return N_("This is every machine itself: no receiver ever sees "
			  "it. Put in the public address.");
	default:
		return NULL;
	}
}

static const char *
width(struct arena *arena, const struct spf_term *term)
{
	if (!spf_term_kinds[term->kind].cidr)
		return NULL;
	if (term->kind != SPF_IP6 && term->bits4 < WIDE_V4)
		return arena_printf(arena,
		    _("%llu addresses may send as you then; most belong to "
		      "others. A server is one address (/32)."),
		    1ull << (32 - term->bits4));
	if (term->kind != SPF_IP4 && term->bits6 < WIDE_V6)
		return _("A network so wide holds whole companies. A site has "
			 "a /48 or /64, a server one address.");
	return NULL;
}

static const char *
by_kind(const struct plan *plan, const struct spf_term *term)
{
	switch (term->kind) {
	case SPF_PTR:
		return N_("Do not use ptr: slow, and large receivers skip it "
			  "(RFC 7208). Use ip4, ip6, a or mx.");
	case SPF_EXISTS:
		return has_macro(term->domain)
		    ? NULL
		    : N_("Without a macro such as %{i} it says the same about "
			 "everybody: all or none.");
	case SPF_ALL:
		return term->qualifier == SPF_RESULT_PASS
		    ? N_("+all lets everybody send as you. Use ~all, later "
			 "-all.")
		    : NULL;
	case SPF_INCLUDE:
	case SPF_REDIRECT:
		return str_equal_nocase(term->domain, plan->domain)
		    ? N_("This is your own domain: it leads back to itself, "
			 "and the record stops working.")
		    : NULL;
	case SPF_UNKNOWN_MODIFIER:
		return N_("Receivers skip it. With \":\" in place of \"=\" it "
			  "may be what you mean.");
	default:
		return NULL;
	}
}

const char *
term_advice(
    struct arena *arena, const struct plan *plan, const struct spf_term *term)
{
	const char *advice = by_kind(plan, term);

	if (advice == NULL && term->qualifier == SPF_RESULT_PASS)
		advice = unseen(term);
	if (advice != NULL)
		return _(advice);
	return term->qualifier == SPF_RESULT_PASS ? width(arena, term) : NULL;
}

const char *
term_pressure(struct arena *arena, enum spf_kind kind, unsigned int lookups)
{
	if (!spf_term_kinds[kind].asks_dns || lookups < CLOSE_TO)
		return NULL;
	if (lookups >= SPF_MAX_LOOKUPS)
		return arena_printf(arena,
		    _("%u of %d lookups are spent: with this one receivers "
		      "give up. ip4 and ip6 cost none."),
		    lookups, SPF_MAX_LOOKUPS);
	return arena_printf(arena,
	    _("%u of %d lookups are spent; there is room for %u. ip4 and ip6 "
	      "cost none."),
	    lookups, SPF_MAX_LOOKUPS, SPF_MAX_LOOKUPS - lookups);
}
