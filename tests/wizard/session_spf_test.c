/* The SPF record of a session: changed, counted, undone. */
#include "session_fixture.h"

/* --- the SPF record ------------------------------------------------------ */

static void
without_a_record_one_is_proposed(void **state)
{
	struct session *s = open_session(*state, NONE, "example.org");

	assert_int_equal(session_spf(s)->now, SPF_NOW_NONE);
	assert_string_equal(record(s), "v=spf1 mx ~all");
	assert_int_equal(session_spf(s)->npassing, 1);
	assert_false(session_plan(s)->spf_published);
}

static void
two_records_are_merged(void **state)
{
	struct session *s = open_session(*state, TWO, "example.org");

	assert_int_equal(session_spf(s)->now, SPF_NOW_SEVERAL);
	assert_int_equal(session_mark(s, WIZ_SPF), MARK_PROBLEM);
	assert_non_null(strstr(record(s), " mx"));
	assert_non_null(strstr(record(s), " ip4:198.51.100.9"));
	/* Changed by hand, the merged one is a remedy. */
	assert_null(session_spf_remove(s, 0));
	apply(s, F_SPF_MULTIPLE, REMEDY_SUGGESTED);
	assert_non_null(strstr(record(s), " mx"));
}

/* One operation after the other; what comes of it; and all of it undone. */
enum op { ADD, SET, REMOVE, MOVE, SIGN, TOGGLE, END };
static const struct {
	enum op op;
	size_t at;
	int how; /* by, qualifier, kind or ending */
	const char *text;
	const char *record; /* NULL: a sentence, and nothing changes */
} operations[] = {
	{ ADD, SPF_AT_END, 0, "ip4:192.0.2.1", "mx ip4:192.0.2.1 ~all" },
	{ ADD, 0, 0, "a", "a mx ip4:192.0.2.1 ~all" },
	{ ADD, SPF_AT_END, 0, "exp=e.example.org",
	    "a mx ip4:192.0.2.1 ~all exp=e.example.org" },
	{ ADD, SPF_AT_END, 0, "ip4:192.0.2.300",
	    "a mx ip4:192.0.2.1 ip4:192.0.2.300 ~all exp=e.example.org" },
	{ ADD, SPF_AT_END, 0, "", NULL },
	{ SET, 3, 0, "ip6:2001:db8::1 exists:%{i}.example.org",
	    "a mx ip4:192.0.2.1 ip6:2001:db8::1 exists:%{i}.example.org ~all "
	    "exp=e.example.org" },
	{ SET, 99, 0, "a", NULL },
	{ SET, 0, 0, " ", NULL },
	{ REMOVE, 4, 0, NULL,
	    "a mx ip4:192.0.2.1 ip6:2001:db8::1 ~all exp=e.example.org" },
	{ REMOVE, 6, 0, NULL, NULL },
	{ MOVE, 0, 1, NULL,
	    "mx a ip4:192.0.2.1 ip6:2001:db8::1 ~all exp=e.example.org" },
	{ MOVE, 0, -1, NULL, NULL },
	{ MOVE, 5, 1, NULL, NULL },
	{ SIGN, 1, SPF_RESULT_SOFTFAIL, NULL,
	    "mx ~a ip4:192.0.2.1 ip6:2001:db8::1 ~all exp=e.example.org" },
	{ SIGN, 1, SPF_RESULT_PASS, NULL,
	    "mx a ip4:192.0.2.1 ip6:2001:db8::1 ~all exp=e.example.org" },
	{ SIGN, 5, SPF_RESULT_FAIL, NULL, NULL },
	{ SIGN, 1, SPF_RESULT_NONE, NULL, NULL },
	{ TOGGLE, 0, SPF_A, NULL,
	    "mx ip4:192.0.2.1 ip6:2001:db8::1 ~all exp=e.example.org" },
	{ TOGGLE, 0, SPF_IP4, NULL,
	    "mx ip6:2001:db8::1 ~all exp=e.example.org" },
	{ TOGGLE, 0, SPF_IP4, NULL, NULL },
	{ TOGGLE, 0, SPF_PTR, NULL,
	    "mx ip6:2001:db8::1 ptr ~all exp=e.example.org" },
	{ END, 0, SPF_END_FAIL, NULL,
	    "mx ip6:2001:db8::1 ptr -all exp=e.example.org" },
	{ END, 0, SPF_END_REDIRECT, "_spf.example.net",
	    "mx ip6:2001:db8::1 ptr redirect=_spf.example.net "
	    "exp=e.example.org" },
	{ END, 0, SPF_END_REDIRECT, "", NULL },
	{ END, 0, SPF_END_NONE, NULL,
	    "mx ip6:2001:db8::1 ptr exp=e.example.org" },
	{ END, 0, SPF_END_SOFTFAIL, NULL,
	    "mx ip6:2001:db8::1 ptr ~all exp=e.example.org" },
	{ REMOVE, 4, 0, NULL, "mx ip6:2001:db8::1 ptr ~all" },
};

static const char *
operate(struct session *s, size_t i)
{
	size_t at = operations[i].at;
	int how = operations[i].how;
	const char *text = operations[i].text;

	switch (operations[i].op) {
	case ADD:
		return session_spf_add(s, at, text);
	case SET:
		return session_spf_set(s, at, text);
	case REMOVE:
		return session_spf_remove(s, at);
	case MOVE:
		return session_spf_move(s, at, how);
	case SIGN:
		return session_spf_qualify(s, at, (enum spf_result)how);
	case TOGGLE:
		return session_spf_toggle(s, (enum spf_kind)how);
	case END:
		return session_spf_end(s, (enum spf_ending)how, text);
	}
	return NULL;
}

static void
the_record_is_changed_step_by_step(void **state)
{
	struct session *s = open_session(*state, FINE, "example.org");
	char before[PLAN_TERMS * 8];

	for (size_t i = 0; i < COUNT(operations); i++) {
		const char *problem;

		snprintf(before, sizeof(before), "%s", record(s));
		problem = operate(s, i);
		if (operations[i].record == NULL) {
			assert_non_null(problem);
			assert_string_equal(record(s), before);
			continue;
		}
		assert_null(problem);
		assert_string_equal(
		    record(s) + strlen("v=spf1 "), operations[i].record);
	}
	assert_true(session_can_undo(s));
	while (session_can_undo(s))
		assert_non_null(session_undo(s));
	/* Sixteen can be taken back; the first of the seventeen cannot. */
	assert_string_equal(record(s), "v=spf1 mx ip4:192.0.2.1 ~all");
	assert_string_equal(session_undo(s), "There is nothing to take back.");
}

static void
each_undo_takes_back_one_change(void **state)
{
	struct session *s = open_session(*state, FINE, "example.org");

	assert_null(session_spf_remove(s, 0));
	assert_null(session_spf_add(s, 0, "a"));
	assert_string_equal(record(s), "v=spf1 a ~all");
	assert_string_equal(session_undo(s), "\"a\" is taken out again.");
	assert_string_equal(record(s), "v=spf1 ~all");
	assert_string_equal(session_undo(s), "\"mx\" is back.");
	assert_string_equal(record(s), "v=spf1 mx ~all");
	assert_int_equal(session_spf(s)->now, SPF_NOW_SAME);
}

/* What people have in the clipboard. */
static const struct {
	const char *pasted;
	const char *record;
} pastes[] = {
	{ "v=spf1 include:_spf.example.net -all",
	    "v=spf1 mx include:_spf.example.net ~all" },
	{ "\"v=spf1 mx include:_spf.example.net ~all\"",
	    "v=spf1 mx include:_spf.example.net ~all" },
	{ "example.org. 3600 IN TXT \"v=spf1 a \" \"mx -all\"",
	    "v=spf1 mx a ~all" },
	{ "a\tip4:192.0.2.1\r\n", "v=spf1 mx a ip4:192.0.2.1 ~all" },
	{ "include", "v=spf1 mx include ~all" },
	{ "\033[2J", "v=spf1 mx \033[2J ~all" },
};

static void
pasted_records_are_understood(void **state)
{
	struct session *s = open_session(*state, FINE, "example.org");

	for (size_t i = 0; i < COUNT(pastes); i++) {
		assert_null(session_spf_add(s, SPF_AT_END, pastes[i].pasted));
		assert_string_equal(record(s), pastes[i].record);
		assert_null(strchr(session_spf(s)->shown, '\033'));
		session_undo(s);
	}
}

static void
broken_terms_are_kept_and_shown(void **state)
{
	struct state *t = *state;
	struct session *s = open_session(t,
	    ZONE "@ TXT \"v=spf1 mx ip4:192.0.2.300 foo=bar inlcude:x "
		 "\" \"b\\007d -all\"\n",
	    "example.org");
	const struct spf_view *spf = session_spf(s);

	assert_int_equal(spf->nlines, 6);
	assert_int_equal(spf->lines[1].term.kind, SPF_BROKEN);
	assert_non_null(spf->lines[1].problem);
	assert_int_equal(spf->lines[2].term.kind, SPF_UNKNOWN_MODIFIER);
	assert_int_equal(spf->lines[3].term.kind, SPF_BROKEN);
	assert_string_equal(spf->lines[4].text, "b\\007d");
	assert_int_equal(spf->now, SPF_NOW_SAME);
	/* And they come back from the disk as they were. */
	s = open_session(t, NULL, "example.org");
	assert_string_equal(session_spf(s)->lines[4].text, "b\\007d");
}

static void
numbers_belong_to_the_record_shown(void **state)
{
	struct session *s = open_session(*state, FINE, "example.org");
	const struct spf_view *spf;

	assert_null(session_spf_add(s, SPF_AT_END, "include:_spf.example.net"));
	spf = session_spf(s);
	assert_true(spf->counting);
	assert_false(spf->counted);
	assert_true(spf->at_least);
	assert_int_equal(spf->lookups, 1); /* mx is known, the rest is not */
	assert_true(session_wait(s, WAIT));
	spf = session_spf(s);
	assert_true(spf->counted);
	assert_false(spf->at_least);
	assert_int_equal(spf->lookups, 3);
	assert_int_equal(spf->lines[1].lookups, 2);
	assert_null(session_spf_add(s, SPF_AT_END, "include:no.example.net"));
	assert_true(session_wait(s, WAIT));
	assert_non_null(session_spf(s)->lines[2].trouble);
}

/* Many changes in a row: the last one is what is shown in the end. */
static void
late_results_are_dropped(void **state)
{
	struct session *s = open_session(*state, FINE, "example.org");
	const struct look *look;

	for (int i = 0; i < 20; i++) {
		assert_null(session_spf_toggle(s, SPF_A));
		if (i % 3 == 0)
			session_check_now(s);
		session_poll(s);
	}
	assert_null(session_spf_add(s, 0, "ip4:192.0.2.99"));
	assert_true(session_wait(s, WAIT));
	look = session_look(s, LOOK_PLAN);
	assert_string_equal(look->plan.record, record(s));
	assert_true(session_spf(s)->counted);
}

static void
stopping_keeps_what_was_found(void **state)
{
	struct session *s = open_session(*state, FINE, "example.org");

	session_check_now(s);
	assert_true(session_any_busy(s));
	assert_true(session_stop(s));
	assert_false(session_any_busy(s));
	assert_false(session_stop(s));
	assert_non_null(session_look(s, LOOK_SPF));
}

/* More than can be edited here: nothing is taken over, and that is said. */
static void
a_record_that_is_too_long_stays_as_it_is(void **state)
{
	struct state *t = *state;
	char zone[8192] = ZONE "@ TXT \"v=spf1\"";
	size_t len = strlen(zone);
	struct session *s;

	for (int i = 0; i <= PLAN_TERMS; i++)
		len += (size_t)snprintf(
		    zone + len, sizeof(zone) - len, " \" ip4:192.0.2.%d\"", i);
	snprintf(zone + len, sizeof(zone) - len, " \" -all\"\n");
	put_zone(t, zone);
	s = open_session(t, NULL, "example.org");
	assert_non_null(strstr(session_spf(s)->published, "192.0.2.128"));
	assert_false(session_plan(s)->spf_begun);
	assert_int_equal(session_spf(s)->nlines, 0);
	assert_non_null(session_spf_reload(s));
	/* The plan can still hold a new one. */
	assert_null(session_spf_add(s, SPF_AT_END, "mx"));
	assert_string_equal(record(s), "v=spf1 mx");
}

/* Other texts at the name stay, and count for the length of the answer. */
static void
a_plan_is_tried_beside_the_other_texts(void **state)
{
	struct state *t = *state;
	char zone[2048];
	struct session *s;

	snprintf(zone, sizeof(zone),
	    ZONE "@ TXT \"v=spf1 mx ~all\"\n@ TXT \"site=%0200d\" \"%0230d\"\n",
	    0, 0);
	s = open_session(t, zone, "example.org");
	assert_non_null(finding_of(s, LOOK_SPF, F_SPF_LONG));
	assert_null(session_spf_add(s, 0, "a"));
	assert_true(session_wait(s, WAIT));
	assert_non_null(finding_of(s, LOOK_PLAN, F_SPF_LONG));
	assert_null(finding_of(s, LOOK_PLAN, F_SPF_MULTIPLE));
}

/* The checklist tells to repair a plan that would fail, not to publish it. */
static void
a_faulty_plan_is_not_offered_for_publishing(void **state)
{
	struct session *s = open_session(*state, NONE, "example.org");
	const struct checklist *list;
	bool told = false;

	assert_null(session_spf_add(s, 0, "ip4:192.0.2.300"));
	assert_true(session_wait(s, 5000));
	list = session_checklist(s);
	for (size_t i = 0; i < list->nitems; i++) {
		const struct item *item = &list->items[i];

		told = told || strstr(item->text, "has faults") != NULL;
		assert_null(strstr(item->text, "Publish the SPF record"));
	}
	assert_true(told);
	assert_null(
	    strstr(session_report(s, REPORT_WIDTH), "Record to publish"));

	assert_null(session_spf_remove(s, 0));
	assert_true(session_wait(s, 5000));
	assert_non_null(
	    strstr(session_report(s, REPORT_WIDTH), "Record to publish"));
}

static void
reloading_takes_what_dns_has(void **state)
{
	struct session *s = open_session(*state, FINE, "example.org");

	assert_null(session_spf_remove(s, 0));
	assert_null(session_spf_reload(s));
	assert_string_equal(record(s), "v=spf1 mx ~all");
	assert_string_equal(
	    session_undo(s), "The record is as you had changed it.");
	assert_string_equal(record(s), "v=spf1 ~all");
}

/* Repaired outside while no wizard ran: the plan goes on from there. */
static void
what_was_published_while_it_was_closed_is_taken(void **state)
{
	struct state *t = *state;
	struct session *s;

	open_session(t, ONE, "example.org");
	s = open_session(t, FINE, "example.org");
	assert_string_equal(record(s), "v=spf1 mx ~all");
	assert_int_equal(session_spf(s)->now, SPF_NOW_SAME);
	assert_non_null(strstr(session_message(s)->text, "taken over"));
	/* Taken back, the old one is the person's own wish, and stays. */
	session_undo(s);
	assert_string_equal(record(s), "v=spf1 mx ptr +all");
	s = open_session(t, FINE, "example.org");
	assert_string_equal(record(s), "v=spf1 mx ptr +all");
	/* Also while it is open; but not what somebody changed. */
	assert_null(session_spf_reload(s));
	put_zone(t, ONE);
	session_check_now(s);
	assert_true(session_wait(s, WAIT));
	assert_string_equal(record(s), "v=spf1 mx ptr +all");
	assert_null(session_spf_remove(s, 1));
	s = open_session(t, FINE, "example.org");
	assert_string_equal(record(s), "v=spf1 mx +all");
}

/* What is there while the own record is on its way was not asked for. */
static void
what_is_on_its_way_follows_nothing(void **state)
{
	struct state *t = *state;
	struct session *s = open_session(t, NONE, "example.org");
	char proposed[64];

	snprintf(proposed, sizeof(proposed), "%s", record(s));
	session_publish_record(s, PLANNED_SPF);
	assert_true(session_wait(s, WAIT));
	s = open_session(t, ONE, "example.org");
	assert_string_equal(record(s), proposed);
}

static void
a_proposal_gives_way_to_a_record(void **state)
{
	struct state *t = *state;
	struct session *s = open_session(t, NONE, "example.org");

	assert_int_equal(session_spf(s)->now, SPF_NOW_NONE);
	s = open_session(t, ONE, "example.org");
	assert_string_equal(record(s), "v=spf1 mx ptr +all");
}

int
main(void)
{
#define UNIT(f) cmocka_unit_test_setup_teardown(f, begin, end)
	const struct CMUnitTest tests[] = {
		UNIT(without_a_record_one_is_proposed),
		UNIT(two_records_are_merged),
		UNIT(the_record_is_changed_step_by_step),
		UNIT(each_undo_takes_back_one_change),
		UNIT(pasted_records_are_understood),
		UNIT(broken_terms_are_kept_and_shown),
		UNIT(numbers_belong_to_the_record_shown),
		UNIT(late_results_are_dropped),
		UNIT(stopping_keeps_what_was_found),
		UNIT(a_record_that_is_too_long_stays_as_it_is),
		UNIT(a_plan_is_tried_beside_the_other_texts),
		UNIT(a_faulty_plan_is_not_offered_for_publishing),
		UNIT(reloading_takes_what_dns_has),
		UNIT(what_was_published_while_it_was_closed_is_taken),
		UNIT(what_is_on_its_way_follows_nothing),
		UNIT(a_proposal_gives_way_to_a_record),
	};

	dns_library_begin();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
