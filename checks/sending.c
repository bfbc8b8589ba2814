/* The addresses that send for a domain. */
#include "sending.h"

#include <string.h>

#include "base/i18n.h"

static size_t
add_once(struct ip out[TARGET_IPS_MAX], size_t n, struct ip ip)
{
	for (size_t i = 0; i < n; i++)
		if (ip_equal(out[i], ip))
			return n;
	if (n < TARGET_IPS_MAX)
		out[n++] = ip;
	return n;
}

size_t
sending_addresses(const struct target *target,
    const struct answer *const *answers, size_t nanswers,
    struct ip out[TARGET_IPS_MAX])
{
	size_t n = 0;

	if (target->sends_nothing)
		return 0;
	for (size_t i = 0; i < target->nsending; i++)
		n = add_once(out, n, ip_unmap(target->sending[i]));
	if (target->nsending > 0)
		return n;
	for (size_t i = 0; i < nanswers; i++) {
		const struct answer *answer = answers[i];

		if (!name_is_below(answer->name, target->domain))
			continue;
		for (size_t j = 0; j < answer->nrecords; j++)
			if (ip_is_visible(answer->records[j].ip))
				n = add_once(out, n, answer->records[j].ip);
	}
	return n;
}

bool
ip_is_visible(struct ip ip)
{
	enum ip_use use = ip_use(ip);

	return use == IP_USE_PUBLIC || use == IP_USE_DOCUMENTATION;
}

const char *
ip_use_phrase(struct ip ip)
{
	switch (ip_use(ip)) {
	case IP_USE_PUBLIC:
		return NULL;
	case IP_USE_PRIVATE:
		return _("for private networks");
	case IP_USE_SHARED:
		return _("for networks behind a provider's NAT");
	case IP_USE_LOOPBACK:
		return _("for a machine talking to itself");
	case IP_USE_LINK_LOCAL:
		return _("for a single network cable");
	case IP_USE_DOCUMENTATION:
		return _("for examples in manuals");
	case IP_USE_OTHER:
		break;
	}
	return _("for special purposes, never for a host");
}
