/* Mail services to pick from: which, what they cost, what adding does. */
#include "session_fixture.h"

#include "../../wizard/services.h"

#define SERVED                                                                 \
	"@ 300 SOA ns hostmaster 1 3600 600 86400 300\n"                       \
	"@ MX 10 aspmx.l.google.com.\n"                                        \
	"@ TXT \"v=spf1 ip4:192.0.2.25 include:mailgun.org -all\"\n"           \
	"aspmx.l.google.com. A 198.51.100.1\n"                                 \
	"_spf.google.com. TXT \"v=spf1 include:_a.google.com ~all\"\n"         \
	"_a.google.com. TXT \"v=spf1 ip4:198.51.100.0/24 ~all\"\n"             \
	"mailgun.org. TXT \"v=spf1 ip4:203.0.113.0/24 ~all\"\n"

static const struct service *
named(struct session *s, const char *filter, const char *name)
{
	static struct service list[SERVICES_MAX];
	size_t n = services_find(s, filter, list);

	for (size_t i = 0; i < n; i++)
		if (strcmp(list[i].provider->name, name) == 0)
			return &list[i];
	return NULL;
}

static void
your_own_come_first(void **state)
{
	struct session *s = open_session(*state, SERVED, "example.org");
	struct service list[SERVICES_MAX];
	size_t n = services_find(s, "", list);
	size_t all;

	provider_list(&all);
	assert_int_equal(n, all);
	assert_string_equal(list[0].provider->name, "Google Workspace");
	assert_true(list[0].yours);
	assert_false(list[1].yours);
}

static void
a_part_of_a_name_finds_it(void **state)
{
	static const struct {
		const char *filter;
		const char *name; /* is there... */
		bool found; /* ...or not */
	} cases[] = {
		{ "mailch", "Mailchimp", true },
		{ "MCSV", "Mailchimp", true }, /* its SPF domain */
		{ "newsletter", "Mailchimp", true }, /* its kind */
		{ "mailch", "SendGrid", false },
		{ "no such service", "Mailchimp", false },
	};
	struct session *s = open_session(*state, SERVED, "example.org");

	for (size_t i = 0; i < COUNT(cases); i++)
		if ((named(s, cases[i].filter, cases[i].name) != NULL) !=
		    cases[i].found)
			fail_msg("%s: %s", cases[i].filter, cases[i].name);
}

static void
the_cost_is_looked_up_once(void **state)
{
	struct session *s = open_session(*state, SERVED, "example.org");
	const struct service *google = named(s, "", "Google Workspace");

	assert_false(google->known);
	services_look(s, google);
	assert_true(named(s, "", "Google Workspace")->asking);
	assert_true(session_wait(s, WAIT));
	google = named(s, "", "Google Workspace");
	assert_true(google->known);
	assert_false(google->asking);
	assert_int_equal(google->lookups, 2);
	services_look(s, google);
	assert_false(session_busy(s, LOOK_SERVICE));
	/* One that the record has is known from counting it. */
	assert_true(named(s, "", "Mailgun")->there);
	assert_int_equal(named(s, "", "Mailgun")->lookups, 1);
}

static void
what_offline_does_not_know_is_unknown(void **state)
{
	struct session *s = open_session(*state, SERVED, "example.org");

	services_look(s, named(s, "", "Microsoft 365"));
	assert_true(session_wait(s, WAIT));
	assert_false(named(s, "", "Microsoft 365")->known);
}

static void
adding_goes_before_all(void **state)
{
	struct session *s = open_session(*state, SERVED, "example.org");

	assert_null(services_add(s, named(s, "", "Google Workspace")));
	assert_string_equal(record(s),
	    "v=spf1 ip4:192.0.2.25 include:mailgun.org "
	    "include:_spf.google.com -all");
	assert_true(named(s, "", "Google Workspace")->there);
	assert_non_null(services_add(s, named(s, "", "Google Workspace")));
	session_undo(s);
	assert_false(named(s, "", "Google Workspace")->there);
}

/* No record yet: whoever keeps the mailboxes is in the proposal. */
static void
the_service_of_the_mx_is_proposed(void **state)
{
	static const char *const cases[][2] = {
		{ "@ MX 10 aspmx.l.google.com.\n",
		    "v=spf1 include:_spf.google.com ~all" },
		{ "@ MX 10 aspmx.l.google.com.\n@ MX 20 mail\n"
		  "mail A 192.0.2.25\n",
		    "v=spf1 mx include:_spf.google.com ~all" },
		{ "@ MX 10 mail\nmail A 192.0.2.25\n", "v=spf1 mx ~all" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		char zone[1024];

		snprintf(zone, sizeof(zone),
		    "@ SOA ns hostmaster 1 3600 600 86400 300\n%s"
		    "_spf.google.com. TXT \"v=spf1 ip4:198.51.100.0/24 "
		    "~all\"\naspmx.l.google.com. A 198.51.100.1\n",
		    cases[i][0]);
		open_session(*state, zone, "example.org");
		assert_string_equal(
		    record(((struct state *)*state)->s), cases[i][1]);
		remove(plan_path(*state));
	}
}

static void
an_include_of_an_include_covers(void **state)
{
	struct session *s = open_session(*state,
	    SERVED "all.example.org. TXT \"v=spf1 include:_spf.google.com "
		   "~all\"\n",
	    "example.org");

	assert_false(named(s, "", "Google Workspace")->covered);
	assert_null(session_spf_add(s, SPF_AT_END, "include:all.example.org"));
	assert_true(session_wait(s, WAIT));
	assert_true(named(s, "", "Google Workspace")->covered);
	assert_false(named(s, "", "Google Workspace")->there);
}

static void
all_have_advice(void **state)
{
	struct session *s = open_session(*state, SERVED, "example.org");
	struct arena *arena = arena_new();
	struct service list[SERVICES_MAX];
	size_t n = services_find(s, "", list);

	for (size_t i = 0; i < n; i++)
		if (*services_advice(arena, &list[i]) == '\0')
			fail_msg("%s", list[i].provider->name);
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    your_own_come_first, begin, end),
		cmocka_unit_test_setup_teardown(
		    a_part_of_a_name_finds_it, begin, end),
		cmocka_unit_test_setup_teardown(
		    the_cost_is_looked_up_once, begin, end),
		cmocka_unit_test_setup_teardown(
		    what_offline_does_not_know_is_unknown, begin, end),
		cmocka_unit_test_setup_teardown(
		    adding_goes_before_all, begin, end),
		cmocka_unit_test_setup_teardown(
		    the_service_of_the_mx_is_proposed, begin, end),
		cmocka_unit_test_setup_teardown(
		    an_include_of_an_include_covers, begin, end),
		cmocka_unit_test_setup_teardown(all_have_advice, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
