/* Mail services and the SPF policy each of them publishes. */
#include "spf_provider.h"

static const struct {
	const char *mx; /* the end of the host's name */
	const char *policy;
} providers[] = {
	{ "google.com", "_spf.google.com" },
	{ "googlemail.com", "_spf.google.com" },
	{ "mail.protection.outlook.com", "spf.protection.outlook.com" },
	{ "mx.microsoft", "spf.protection.outlook.com" },
	{ "zoho.com", "zohomail.com" },
	{ "zoho.eu", "zohomail.eu" },
	{ "messagingengine.com", "spf.messagingengine.com" },
	{ "protonmail.ch", "_spf.protonmail.ch" },
	{ "mail.icloud.com", "icloud.com" },
	{ "mx.yandex.net", "_spf.yandex.net" },
	{ "mailbox.org", "mailbox.org" },
	{ "secureserver.net", "secureserver.net" },
	{ "privateemail.com", "spf.privateemail.com" },
	{ "registrar-servers.com", "spf.efwd.registrar-servers.com" },
	{ "emailsrvr.com", "emailsrvr.com" },
	{ "ionos.com", "_spf-us.ionos.com" },
	{ "ionos.de", "_spf-eu.ionos.com" },
	{ "ionos.fr", "_spf-eu.ionos.com" },
	{ "ionos.co.uk", "_spf-eu.ionos.com" },
	{ "kundenserver.de", "_spf-eu.ionos.com" },
	{ "ovh.net", "mx.ovh.com" },
	{ "mail.gandi.net", "_mailcust.gandi.net" },
	{ "home.pl", "_spf.home.pl" },
	{ "titan.email", "spf.titan.email" },
	{ "flockmail.com", "spf.flockmail.com" },
	{ "mx.cloudflare.net", "_spf.mx.cloudflare.net" },
	{ "improvmx.com", "spf.improvmx.com" },
	{ "mailgun.org", "mailgun.org" },
	{ "forwardemail.net", "spf.forwardemail.net" },
};

const char *
spf_provider(struct arena *arena, const struct answer *mx, const char *domain)
{
	for (size_t i = 0; i < mx->nrecords; i++) {
		const char *host = mx->records[i].mx.host;

		if (name_is_below(host, domain))
			continue;
		for (size_t j = 0; j < COUNT(providers); j++)
			if (name_is_below(host, providers[j].mx))
				return arena_printf(
				    arena, "include:%s", providers[j].policy);
	}
	return NULL;
}
