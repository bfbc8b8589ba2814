/* The table of mail services can be read, and services are found in it. */
#include "../harness/unit.h"

#include <string.h>

#include "../../checks/dkim_selectors.h"
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

/* The checks propose an include by MX hosts; of regions the right one. */
static void
the_checks_propose_an_include(void **state)
{
	static const struct row terms[] = {
		{ "aspmx.l.google.com", "include:_spf.google.com" },
		{ "mx.zoho.com", "include:zohomail.com" },
		{ "mx.zoho.eu", "include:zohomail.eu" },
		{ "mx00.ionos.de", "include:_spf-eu.ionos.com" },
		{ "mx00.ionos.com", "include:_spf-us.ionos.com" },
		{ "mxa.mailgun.org", "include:mailgun.org" },
		{ "mx.sendgrid.net", NULL }, /* need not be there */
		{ "mx1.nazwa.pl", NULL },
		{ "mx0a-1.pphosted.com", NULL }, /* a filter */
		{ "mail.example.net", NULL },
		{ "google.com.example.org", NULL },
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(terms); i++) {
		struct record mx = { .name = "example.org", .type = RR_MX };
		struct answer answer = { .records = &mx, .nrecords = 1 };
		const char *term;

		mx.mx.host = terms[i].name;
		term = spf_provider(arena, &answer, "example.org");
		if (terms[i].wanted == NULL) {
			assert_null(term);
			continue;
		}
		assert_non_null(term);
		assert_string_equal(term, terms[i].wanted);
		assert_non_null(provider_by_include(term + strlen("include:")));
	}
	arena_free(arena);
}

static bool
is_among(struct str word, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_equal(word, str_of(list[i])))
			return true;
	return false;
}

static void
regions_are_of_the_row(void **state)
{
	size_t n;
	const struct provider *list = provider_list(&n);

	(void)state;
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < list[i].nregion; j++) {
			struct str include = str_of(list[i].region[j]);
			struct str mx = str_word(&include, '=');

			if (!is_among(mx, list[i].mx, list[i].nmx) ||
			    !is_among(
				include, list[i].include, list[i].ninclude))
				fail_msg(
				    "%s: %s", list[i].name, list[i].region[j]);
		}
}

struct taken {
	const char *list[256];
	size_t n;
};

static void
take(void *data, const char *selector)
{
	struct taken *taken = data;

	assert_true(taken->n < COUNT(taken->list));
	taken->list[taken->n++] = selector;
}

/* One list: what the table knows is not written down a second time. */
static void
selectors_come_from_the_table(void **state)
{
	struct arena *arena = arena_new();
	struct provider_table table, none = { .n = 0 };
	struct taken all = { .n = 0 }, others = { .n = 0 }, google = { .n = 0 };
	struct taken common = { .n = 0 };

	(void)state;
	provider_table_read(arena, &table);
	dkim_selectors_common(take, &common);
	dkim_selectors_all(&table, take, &all);
	dkim_selectors_all(&none, take, &others);
	dkim_selectors_of(&table, "alt1.aspmx.l.google.com", take, &google);
	assert_int_equal(google.n, 1);
	assert_string_equal(google.list[0], "google");
	assert_true(all.n > 150);
	for (size_t i = common.n; i < others.n; i++)
		for (size_t j = 0; j < table.n; j++)
			if (is_among(str_of(others.list[i]),
				table.rows[j].selector,
				table.rows[j].nselector))
				fail_msg("%s is one of %s", others.list[i],
				    table.rows[j].name);
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
		cmocka_unit_test(the_checks_propose_an_include),
		cmocka_unit_test(regions_are_of_the_row),
		cmocka_unit_test(selectors_come_from_the_table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
