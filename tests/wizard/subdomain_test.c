/* Subdomains that send: typed, kept, checked, proposed for. */
#include "session_fixture.h"

#include "../../wizard/subdomain.h"

#define NAMES                                                                  \
	FINE "news TXT \"v=spf1 include:_far.example.net -all\"\n"             \
	     "shop TXT \"v=spf1 +all\"\n"

static void
names_are_completed_and_must_be_below(void **state)
{
	static const struct {
		const char *typed;
		const char *value; /* NULL: refused */
	} cases[] = {
		{ "news", "news.example.org" },
		{ "news.example.org", "news.example.org" },
		{ "News.Example.Org.", "news.example.org" },
		{ "letter@news.example.org", "news.example.org" },
		{ "a.b.example.org", "a.b.example.org" },
		{ "example.org", NULL },
		{ "news.example.net", NULL },
		{ "notexample.org", NULL },
		{ "192.0.2.1", NULL },
	};
	struct session *s = open_session(*state, NAMES, "example.org");

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct judged judged;

		session_judge(s, FIELD_SUBDOMAIN, cases[i].typed, &judged);
		if ((judged.problem[0] == '\0') != (cases[i].value != NULL) ||
		    (cases[i].value != NULL &&
			strcmp(judged.value, cases[i].value) != 0))
			fail_msg("%s: %s %s", cases[i].typed, judged.value,
			    judged.problem);
	}
}

static void
each_is_checked_under_its_own_name(void **state)
{
	struct session *s = open_session(*state, NAMES, "example.org");
	const struct finding *f;
	const struct look *look;

	assert_null(session_look(s, LOOK_SUBDOMAINS));
	assert_int_equal(session_mark(s, WIZ_SPF), MARK_OK);
	assert_null(session_answer(s, FIELD_SUBDOMAIN, "news shop, blog"));
	assert_true(session_wait(s, WAIT));
	look = session_look(s, LOOK_SUBDOMAINS);
	f = finding_of(s, LOOK_SUBDOMAINS, F_SPF_MISSING);
	assert_string_equal(f->subject, "blog.example.org");
	/* That the name is not there yet goes with it. */
	assert_null(finding_of(s, LOOK_SUBDOMAINS, F_DOMAIN_MISSING));
	f = finding_of(s, LOOK_SUBDOMAINS, F_SPF_PLUS_ALL);
	assert_non_null(strstr(f->subject, "shop.example.org"));
	assert_true(f->has_record);
	assert_string_equal(
	    look->report.published[f->record].name, "shop.example.org");
	assert_int_equal(session_mark(s, WIZ_SPF), MARK_PROBLEM);
	assert_non_null(item_with(s, "blog.example.org"));
	assert_int_equal(session_exit_status(s), 1);
	/* What helps there is no change of the record of the domain. */
	for (f = look->report.findings.first; f != NULL; f = f->next) {
		struct remedy remedies[REMEDY_MAX];

		assert_int_equal(
		    session_remedies(s, LOOK_SUBDOMAINS, f, remedies), 0);
	}
}

/* Laid over DNS, what is proposed makes the subdomain pass. */
static void
a_missing_one_is_proposed(void **state)
{
	struct state *t = *state;
	struct session *s = open_session(t, NAMES, "example.org");
	const struct look *look;
	char text[4096];

	assert_null(session_list_add(s, FIELD_SUBDOMAIN, "blog"));
	assert_true(session_wait(s, WAIT));
	look = session_look(s, LOOK_SUBDOMAINS);
	assert_int_equal(look->report.nsuggested, 1);
	snprintf(text, sizeof(text), "%s\n%s. TXT \"%.*s\"\n", NAMES,
	    look->report.suggested[0].name,
	    (int)look->report.suggested[0].text.len,
	    look->report.suggested[0].text.p);
	assert_non_null(
	    strstr(session_report(s, REPORT_WIDTH), "redirect=example.org"));
	s = open_session(t, text, "example.org");
	look = session_look(s, LOOK_SUBDOMAINS); /* kept in the plan */
	assert_non_null(look);
	assert_int_equal(look->report.status, SEV_PASS);
}

static void
undo_takes_them_out(void **state)
{
	struct session *s = open_session(*state, NAMES, "example.org");

	assert_null(session_answer(s, FIELD_SUBDOMAIN, "shop"));
	assert_true(session_wait(s, WAIT));
	assert_non_null(session_look(s, LOOK_SUBDOMAINS));
	session_undo(s);
	assert_true(session_wait(s, WAIT));
	assert_null(session_look(s, LOOK_SUBDOMAINS));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    names_are_completed_and_must_be_below, begin, end),
		cmocka_unit_test_setup_teardown(
		    each_is_checked_under_its_own_name, begin, end),
		cmocka_unit_test_setup_teardown(
		    a_missing_one_is_proposed, begin, end),
		cmocka_unit_test_setup_teardown(
		    undo_takes_them_out, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
