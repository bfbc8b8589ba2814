/* The table of mail services can be read, and services are found in it. */
#include "../harness/unit.h"

#include <string.h>

#include "../../checks/spf_provider.h"
#include "../../wizard/provider.h"

static void
the_asset_has_no_error(void **state)
{
	(void)state;
	if (provider_asset_error() != NULL)
		fail_msg("%s", provider_asset_error());
}

static bool
can_be_shown(const char *text)
{
	for (; *text != '\0'; text++)
		if (*text < ' ' || *text > '~')
			return false;
	return true;
}

static void
every_row_is_whole(void **state)
{
	size_t n;
	const struct provider *list = provider_list(&n);

	(void)state;
	assert_true(n >= 40);
	for (size_t i = 0; i < n; i++) {
		const struct provider *p = &list[i];
		bool ok = can_be_shown(p->name) && can_be_shown(p->when) &&
		    can_be_shown(p->note) && strlen(p->when) < 300 &&
		    strlen(p->note) < 300;

		/* Whoever need not, or may, is told why and when. */
		ok = ok && (p->need == PROVIDER_NEEDED) == (*p->when == '\0');
		/* Whoever must, is told what. */
		ok = ok && (p->need != PROVIDER_NEEDED || p->ninclude > 0);
		ok = ok && (p->nmx > 0 || p->kind == PROVIDER_SENDER);
		if (!ok)
			fail_msg("%s", p->name);
	}
}

static void
every_service_is_found(void **state)
{
	size_t n;
	const struct provider *list = provider_list(&n);
	char host[256];
	char *star;

	(void)state;
	for (size_t i = 0; i < n; i++) {
		for (size_t j = 0; j < list[i].nmx; j++) {
			snprintf(host, sizeof(host), "mx1.%s", list[i].mx[j]);
			while ((star = strchr(host, '*')) != NULL)
				*star = '7';
			if (provider_by_mx(host) != &list[i])
				fail_msg("%s: %s", list[i].name, host);
		}
		for (size_t j = 0; j < list[i].ninclude; j++)
			if (provider_by_include(list[i].include[j]) != &list[i])
				fail_msg(
				    "%s: %s", list[i].name, list[i].include[j]);
	}
}

struct row {
	const char *name;
	const char *wanted;
};

static void
check_row(const struct row *row, const struct provider *found)
{
	if (row->wanted == NULL) {
		if (found != NULL)
			fail_msg("%s is no host of %s", row->name, found->name);
		return;
	}
	if (found == NULL)
		fail_msg("%s is not found", row->name);
	assert_string_equal(found->name, row->wanted);
}

static void
hosts_match_label_by_label(void **state)
{
	static const struct row hosts[] = {
		{ "aspmx.l.google.com", "Google Workspace" },
		{ "ALT1.ASPMX.L.GOOGLE.COM.", "Google Workspace" },
		{ "smtp.google.com", "Google Workspace" },
		{ "example-org.mail.protection.outlook.com", "Microsoft 365" },
		{ "example-org.a-v1.mx.microsoft", "Microsoft 365" },
		{ "hotmail-com.olc.protection.outlook.com", NULL },
		{ "in1-smtp.messagingengine.com", "Fastmail" },
		{ "inbound-smtp.eu-west-1.amazonaws.com", "Amazon SES" },
		{ "ec2-192-0-2-1.eu-west-1.amazonaws.com", NULL },
		{ "mx1.mail.ovh.net", "OVH" },
		{ "route1.mx.cloudflare.net", "Cloudflare Email Routing" },
		{ "notgoogle.com", NULL },
		{ "google.com.example.org", NULL },
		{ "mail.example.org", NULL },
		{ "", NULL },
		{ ".", NULL },
	};
	static const struct row includes[] = {
		{ "_spf.google.com", "Google Workspace" },
		{ "_SPF.Google.com.", "Google Workspace" },
		{ "google.com", NULL },
		{ "spf.protection.outlook.com", "Microsoft 365" },
		{ "sendgrid.net", "SendGrid" },
		{ "u1234.wl.sendgrid.net", "SendGrid" },
		{ "eu._netblocks.mimecast.com", "Mimecast" },
		{ "12345.spf07.hubspotemail.net", "HubSpot" },
		{ "_spf.example.net", NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(hosts); i++)
		check_row(&hosts[i], provider_by_mx(hosts[i].name));
	for (size_t i = 0; i < COUNT(includes); i++)
		check_row(&includes[i], provider_by_include(includes[i].name));
}

/* The checks propose an include for known MX hosts; both say the same. */
static void
the_checks_propose_the_same(void **state)
{
	struct arena *arena = arena_new();
	size_t n;
	const struct provider *list = provider_list(&n);

	(void)state;
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < list[i].nmx; j++) {
			struct record mx = { .name = "example.org",
				.type = RR_MX };
			struct answer answer = { .records = &mx,
				.nrecords = 1 };
			const char *term;

			mx.mx.host = list[i].mx[j];
			term = spf_provider(arena, &answer, "example.org");
			if (term == NULL)
				continue;
			if (provider_by_include(term + strlen("include:")) !=
			    &list[i])
				fail_msg("%s: the checks say %s", list[i].name,
				    term);
		}
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_asset_has_no_error),
		cmocka_unit_test(every_row_is_whole),
		cmocka_unit_test(every_service_is_found),
		cmocka_unit_test(hosts_match_label_by_label),
		cmocka_unit_test(the_checks_propose_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
