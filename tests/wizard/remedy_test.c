/* What is offered against a finding, and what comes of taking it. */
#include "session_fixture.h"

/* A record, a finding about it, a remedy, and the record then. */
static const struct {
	const char *txt;
	enum finding_code code;
	enum remedy_id id;
	const char *record;
} cases[] = {
	{ "v=spf1 mx +all", F_SPF_PLUS_ALL, REMEDY_SOFTFAIL, "mx ~all" },
	{ "v=spf1 mx ?all", F_SPF_NEUTRAL_ALL, REMEDY_SOFTFAIL, "mx ~all" },
	{ "v=spf1 mx", F_SPF_NO_ALL, REMEDY_SOFTFAIL, "mx ~all" },
	{ "v=spf1 mx ptr -all", F_SPF_PTR, REMEDY_REMOVE_TERM, "mx -all" },
	{ "v=spf1 mx -all a", F_SPF_AFTER_ALL, REMEDY_REMOVE_TERM, "mx -all" },
	{ "v=spf1 mx include:no.example.net -all", F_SPF_INCLUDE_MISSING,
	    REMEDY_REMOVE_TERM, "mx -all" },
	{ "v=spf1 mx ip4:192.0.2.300 -all", F_SPF_SYNTAX, REMEDY_REMOVE_TERM,
	    "mx -all" },
	{ "v=spf1 mx ip4=192.0.2.3 -all", F_SPF_UNKNOWN_MODIFIER,
	    REMEDY_REMOVE_TERM, "mx -all" },
	{ "v=spf1 mx mx -all", F_SPF_DUPLICATE, REMEDY_REMOVE_TERM, "mx -all" },
	{ "v=spf1 mx a:no.example.net -all", F_SPF_VOID, REMEDY_REMOVE_TERM,
	    "mx -all" },
	{ "v=spf1 mx redirect=_spf.example.net -all", F_SPF_REDIRECT_IGNORED,
	    REMEDY_REMOVE_TERM, "mx -all" },
	{ "v=spf1 ip4:192.0.2.9 -all", F_SPF_SENDER_NOT_COVERED,
	    REMEDY_ADD_SENDER, "ip4:192.0.2.9 ip4:192.0.2.25 -all" },
	{ "v=spf1 -all", F_SPF_NOBODY, REMEDY_PROPOSE, "mx ~all" },
	{ "v=spf1 -all", F_SPF_NOBODY, REMEDY_DECLARE_NOTHING, "-all" },
	{ "v=spf1 mx inlcude:_spf.example.net -all", F_SPF_SYNTAX,
	    REMEDY_SUGGESTED, "mx include:_spf.example.net -all" },
};

static void
each_remedy_does_what_it_says(void **state)
{
	struct state *t = *state;
	char zone[2048];
	char wanted[256];

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct session *s;

		snprintf(
		    zone, sizeof(zone), ZONE "@ TXT \"%s\"\n", cases[i].txt);
		snprintf(wanted, sizeof(wanted), "v=spf1 %s", cases[i].record);
		unlink(plan_path(t));
		s = open_session(t, zone, "example.org");
		apply(s, cases[i].code, cases[i].id);
		assert_string_equal(record(s), wanted);
		assert_int_equal(session_at(s), WIZ_SPF);
		if (strcmp(cases[i].txt, wanted) != 0)
			assert_true(session_can_undo(s));
		session_undo(s);
		assert_string_equal(record(s), cases[i].txt);
	}
}

/* The domain declared to send nothing is a fact about it, not a repair. */
static void
declaring_that_nothing_is_sent_silences_the_finding(void **state)
{
	struct session *s =
	    open_session(*state, ZONE "@ TXT \"v=spf1 -all\"\n", "example.org");

	apply(s, F_SPF_NOBODY, REMEDY_DECLARE_NOTHING);
	assert_true(session_plan(s)->sends_nothing);
	assert_true(session_wait(s, WAIT));
	assert_null(finding_of(s, LOOK_SPF, F_SPF_NOBODY));
	session_undo(s);
	assert_true(session_wait(s, WAIT));
	assert_non_null(finding_of(s, LOOK_SPF, F_SPF_NOBODY));
}

static void
a_mended_plan_leads_to_publishing(void **state)
{
	struct session *s = open_session(*state, ONE, "example.org");
	struct remedy remedies[REMEDY_MAX];
	const struct finding *finding;

	apply(s, F_SPF_PLUS_ALL, REMEDY_SUGGESTED);
	assert_true(session_wait(s, WAIT));
	session_jump(s, WIZ_LIST);
	finding = finding_of(s, LOOK_SPF, F_SPF_PLUS_ALL);
	assert_int_equal(session_remedies(s, LOOK_SPF, finding, remedies), 1);
	assert_int_equal(remedies[0].id, REMEDY_PUBLISH);
	assert_null(session_apply(s, LOOK_SPF, &remedies[0]));
	assert_int_equal(session_at(s), WIZ_SPF);
}

static void
what_the_program_cannot_mend_has_no_remedy(void **state)
{
	struct session *s = open_session(
	    *state, "@ MX 10 gone\n@ TXT \"v=spf1 -all\"\n", "example.org");
	struct remedy remedies[REMEDY_MAX];
	const struct finding *finding =
	    finding_of(s, LOOK_DOMAIN, F_MX_NO_ADDRESS);

	assert_non_null(finding);
	assert_int_equal(
	    session_remedies(s, LOOK_DOMAIN, finding, remedies), 0);
}

static void
a_wrong_domain_leads_to_the_first_screen(void **state)
{
	struct session *s = open_session(*state,
	    "$ORIGIN example.org.\n@ TXT \"x\"\n", "no-such.example.net");
	struct remedy remedies[REMEDY_MAX];
	const struct finding *finding =
	    finding_of(s, LOOK_DOMAIN, F_DOMAIN_MISSING);

	assert_non_null(finding);
	assert_int_equal(
	    session_remedies(s, LOOK_DOMAIN, finding, remedies), 1);
	assert_null(session_apply(s, LOOK_DOMAIN, &remedies[0]));
	assert_int_equal(session_at(s), WIZ_START);
}

int
main(void)
{
#define UNIT(f) cmocka_unit_test_setup_teardown(f, begin, end)
	const struct CMUnitTest tests[] = {
		UNIT(each_remedy_does_what_it_says),
		UNIT(declaring_that_nothing_is_sent_silences_the_finding),
		UNIT(a_mended_plan_leads_to_publishing),
		UNIT(what_the_program_cannot_mend_has_no_remedy),
		UNIT(a_wrong_domain_leads_to_the_first_screen),
	};

	dns_library_begin();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
