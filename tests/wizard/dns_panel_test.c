/* The table of DNS hosts can be read, and hosts are found in it. */
#include "../harness/unit.h"

#include <string.h>

#include "../../checks/base/str.h"
#include "../../wizard/dns_panel.h"

static void
the_asset_has_no_error(void **state)
{
	(void)state;
	if (panel_asset_error() != NULL)
		fail_msg("%s", panel_asset_error());
}

/* What stands before "*" or not; nobody is there twice. */
static void
every_host_is_found_by_its_servers(void **state)
{
	size_t n;
	const struct panel *list = panel_list(&n);

	(void)state;
	assert_true(n >= 30);
	for (size_t i = 0; i < n; i++) {
		assert_true(list[i].nns > 0);
		for (size_t j = 0; j < list[i].nns; j++) {
			char host[256];
			char *star;

			snprintf(host, sizeof(host), "ns1.%s", list[i].ns[j]);
			while ((star = strchr(host, '*')) != NULL)
				*star = '7';
			if (panel_by_ns(host) != &list[i])
				fail_msg("%s is not found by %s", list[i].name,
				    host);
		}
	}
}

static void
the_texts_can_be_shown(void **state)
{
	size_t n;
	const struct panel *list = panel_list(&n);

	(void)state;
	for (size_t i = 0; i < n; i++) {
		const char *texts[] = { list[i].name, list[i].note };
		size_t length = strlen(list[i].note);

		for (size_t j = 0; j < COUNT(texts); j++)
			for (const char *at = texts[j]; *at != '\0'; at++)
				assert_true(*at >= ' ' && *at <= '~');
		/* Whole sentences, and few of them. */
		if (length > 0)
			assert_int_equal(list[i].note[length - 1], '.');
		assert_true(length < 300);
		assert_true(list[i].checked[0] == '\0' ||
		    strlen(list[i].checked) == strlen("2026-10"));
		/* Whoever cuts by hand types the marks between, too. */
		assert_true(list[i].quotes || !list[i].by_hand);
	}
}

static void
hosts_match_label_by_label(void **state)
{
	static const struct {
		const char *host;
		const char *wanted;
	} rows[] = {
		{ "ada.ns.cloudflare.com", "Cloudflare" },
		{ "ADA.NS.Cloudflare.COM.", "Cloudflare" },
		{ "ns-1234.awsdns-12.co.uk", "Amazon Route 53" },
		{ "ns-1.awsdns-00.com", "Amazon Route 53" },
		{ "ns-cloud-a1.googledomains.com",
		    "Google Cloud DNS or Squarespace" },
		{ "dns101.ovh.net", "OVH" },
		{ "dns3.home.pl", "home.pl" },
		{ "ns1.nazwa.pl", "nazwa.pl" },
		{ "hydrogen.ns.hetzner.com", "Hetzner DNS" },
		{ "ns-12-b.gandi.net", "Gandi" },
		{ "evilcloudflare.com", NULL },
		{ "ns.cloudflare.com.example.org", NULL },
		{ "xns.cloudflare.com", NULL },
		{ "myhome.pl", NULL },
		{ "ns1.example.org", NULL },
		{ "awsdns.com", NULL },
		{ "com", NULL },
		{ ".", NULL },
		{ "", NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct panel *panel = panel_by_ns(rows[i].host);

		if (rows[i].wanted == NULL)
			assert_null(panel);
		else
			assert_string_equal(panel->name, rows[i].wanted);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_asset_has_no_error),
		cmocka_unit_test(every_host_is_found_by_its_servers),
		cmocka_unit_test(the_texts_can_be_shown),
		cmocka_unit_test(hosts_match_label_by_label),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
