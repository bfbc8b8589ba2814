/* The DMARC record of a session: where it begins, and what changes it. */
#include "session_fixture.h"

#include "../../wizard/dmarc_plan.h"

#define BARE                                                                   \
	"@ 300 SOA ns hostmaster 1 3600 600 86400 300\n"                       \
	"@ NS ns\n@ MX 10 mail\nns A 192.0.2.53\nmail A 192.0.2.25\n"          \
	"@ TXT \"v=spf1 mx ~all\"\n"

#define SOME                                                                   \
	BARE "_dmarc TXT \"v=DMARC1; p=none; adkim=r; pct=50; x=1; "           \
	     "rua=mailto:a@example.org\"\n"

static const char *
planned(const struct session *s)
{
	static char text[2048];
	struct arena *arena = arena_new();

	snprintf(
	    text, sizeof(text), "%s", dmarc_plan_text(arena, session_plan(s)));
	arena_free(arena);
	return text;
}

/* What the look at the plan suggests to publish at _dmarc; NULL: nothing. */
static const char *
to_publish(const struct session *s)
{
	static char text[2048];
	const struct look *look = session_look(s, LOOK_DMARC_PLAN);

	assert_non_null(look);
	for (size_t i = 0; i < look->report.nsuggested; i++) {
		const struct record *r = &look->report.suggested[i];

		if (strcmp(r->name, "_dmarc.example.org") != 0)
			continue;
		snprintf(
		    text, sizeof(text), "%.*s", (int)r->text.len, r->text.p);
		return text;
	}
	return NULL;
}

static void
it_begins_with_what_is_published(void **state)
{
	struct session *s = open_session(*state, SOME, "example.org");

	assert_string_equal(planned(s),
	    "v=DMARC1; p=none; adkim=r; rua=mailto:a@example.org; pct=50; x=1");
	assert_true(session_plan(s)->dmarc.published);
	assert_int_equal(session_plan(s)->dmarc.stage, STAGE_REPORTS);
	assert_null(to_publish(s));
	/* And goes on as it was left, whatever DNS says by then. */
	assert_null(session_answer(s, FIELD_DMARC_PCT, ""));
	s = open_session(*state, BARE, "example.org");
	assert_string_equal(planned(s),
	    "v=DMARC1; p=none; adkim=r; rua=mailto:a@example.org; x=1");
	assert_int_equal(session_plan(s)->dmarc.stage, STAGE_UNKNOWN);
}

static void
without_one_it_begins_with_reports(void **state)
{
	struct session *s = open_session(*state, BARE, "example.org");

	assert_non_null(strstr(planned(s), "v=DMARC1; p=none; rua=mailto:"));
	assert_false(session_plan(s)->dmarc.published);
	assert_string_equal(to_publish(s), planned(s));
	assert_int_equal(session_dmarc_path(s).next, STAGE_REPORTS);
}

static void
answers_change_it_and_undo_takes_back(void **state)
{
	struct session *s = open_session(*state, SOME, "example.org");
	char before[2048];

	snprintf(before, sizeof(before), "%s", planned(s));
	assert_null(session_answer(s, FIELD_DMARC_P, "reject"));
	assert_non_null(strstr(planned(s), "p=reject"));
	assert_true(session_dmarc_path(s).jumps);
	assert_true(session_wait(s, WAIT));
	assert_string_equal(to_publish(s), planned(s));
	session_undo(s);
	assert_string_equal(planned(s), before);
	assert_true(session_wait(s, WAIT));
	assert_null(to_publish(s));
	/* The same again is no change: what was found stays written. */
	assert_null(session_answer(s, FIELD_DMARC_ADKIM, "r"));
	assert_string_equal(planned(s), before);
	assert_false(session_can_undo(s));
}

static void
wrong_answers_are_kept_and_told(void **state)
{
	struct session *s = open_session(*state, SOME, "example.org");
	char before[2048];

	snprintf(before, sizeof(before), "%s", planned(s));
	assert_non_null(session_answer(s, FIELD_DMARC_FO, "0:1"));
	assert_string_equal(session_field(s, FIELD_DMARC_FO), "0:1");
	assert_non_null(session_answer(s, FIELD_DMARC_RUA, "nobody"));
	assert_string_equal(planned(s), before);
	assert_null(session_answer(
	    s, FIELD_DMARC_RUA, "b@example.org, mailto:c@example.org"));
	assert_non_null(strstr(session_told(s), "mailto:"));
	assert_non_null(strstr(
	    planned(s), "rua=mailto:b@example.org,mailto:c@example.org"));
}

static void
a_faulty_one_is_repaired_on_demand(void **state)
{
	struct session *s = open_session(*state,
	    BARE "_dmarc TXT \"v=DMARC1; p=rejct; rua=a@b.example; "
		 "x=1\"\n",
	    "example.org");

	assert_string_equal(
	    planned(s), "v=DMARC1; p=rejct; rua=a@b.example; x=1");
	assert_null(session_dmarc_repair(s));
	assert_non_null(strstr(planned(s), "rua=mailto:a@b.example"));
	assert_null(strstr(planned(s), "rejct"));
	assert_true(session_wait(s, WAIT));
	assert_string_equal(to_publish(s), planned(s));
	session_undo(s);
	assert_non_null(strstr(planned(s), "rejct"));
}

/* It was changed at the provider meanwhile, and not here. */
static void
what_is_published_meanwhile_is_taken(void **state)
{
	struct state *t = *state;
	struct session *s = open_session(t, SOME, "example.org");

	put_zone(t, BARE "_dmarc TXT \"v=DMARC1; p=quarantine\"\n");
	session_check_now(s);
	assert_true(session_wait(s, WAIT));
	assert_string_equal(planned(s), "v=DMARC1; p=quarantine");
	assert_int_equal(session_plan(s)->dmarc.stage, STAGE_QUARANTINE);
	assert_null(session_answer(s, FIELD_DMARC_P, "reject"));
	put_zone(t, BARE "_dmarc TXT \"v=DMARC1; p=none\"\n");
	session_check_now(s);
	assert_true(session_wait(s, WAIT));
	assert_string_equal(planned(s), "v=DMARC1; p=reject");
}

/* The same while no wizard ran: the plan file knows what was there before. */
static void
what_was_published_while_it_was_closed_is_taken(void **state)
{
	struct state *t = *state;
	struct session *s;

	open_session(t, SOME, "example.org");
	s = open_session(
	    t, BARE "_dmarc TXT \"v=DMARC1; p=quarantine\"\n", "example.org");
	assert_string_equal(planned(s), "v=DMARC1; p=quarantine");
	assert_null(to_publish(s));
	assert_non_null(strstr(session_message(s)->text, "taken over"));
	/* Taken back, the old one is the person's own wish, and stays. */
	session_undo(s);
	assert_non_null(strstr(planned(s), "pct=50"));
	s = open_session(
	    t, BARE "_dmarc TXT \"v=DMARC1; p=reject\"\n", "example.org");
	assert_non_null(strstr(planned(s), "pct=50"));
	/* Once it is published, it is no longer anybody's change. */
	open_session(t, SOME, "example.org");
	s = open_session(
	    t, BARE "_dmarc TXT \"v=DMARC1; p=reject\"\n", "example.org");
	assert_string_equal(planned(s), "v=DMARC1; p=reject");
}

static void
a_proposal_gives_way_to_a_record(void **state)
{
	struct state *t = *state;
	struct session *s = open_session(t, BARE, "example.org");

	assert_non_null(strstr(planned(s), "p=none; rua="));
	s = open_session(
	    t, BARE "_dmarc TXT \"v=DMARC1; p=reject\"\n", "example.org");
	assert_string_equal(planned(s), "v=DMARC1; p=reject");
}

static void
own_changes_stay(void **state)
{
	struct state *t = *state;
	struct session *s = open_session(t, SOME, "example.org");

	assert_null(session_answer(s, FIELD_DMARC_P, "reject"));
	s = open_session(
	    t, BARE "_dmarc TXT \"v=DMARC1; p=quarantine\"\n", "example.org");
	assert_non_null(strstr(planned(s), "p=reject"));
	/* Two records, or none: there is nothing to follow. */
	session_undo(s);
	s = open_session(t, BARE, "example.org");
	assert_non_null(strstr(planned(s), "p=reject"));
}

/* A plan of an older version does not say what was there: it stays. */
static void
without_knowing_it_stays(void **state)
{
	struct state *t = *state;
	FILE *file = fopen(plan_path(t), "w");
	struct session *s;

	assert_non_null(file);
	fputs("# mailwizard plan 1\ndomain = example.org\n"
	      "dmarc.p = none\ndmarc.begun = yes\n"
	      "dmarc.from-published = yes\nspf.term = a\n"
	      "spf.begun = yes\nspf.from-published = yes\n",
	    file);
	assert_int_equal(fclose(file), 0);
	s = open_session(t, SOME, "example.org");
	assert_string_equal(planned(s), "v=DMARC1; p=none");
	assert_string_equal(record(s), "v=spf1 a");
}

/* As found it gets no reports; as typed it would. */
static void
an_address_is_faulty_as_it_stands(void **state)
{
	struct session *s = open_session(*state,
	    BARE "_dmarc TXT \"v=DMARC1; p=none; rua=a@b.example\"\n",
	    "example.org");
	struct arena *arena = arena_new();
	const char *fault = dmarc_plan_fault(arena, session_plan(s), DMARC_RUA);

	assert_non_null(fault);
	assert_non_null(strstr(fault, "mailto:"));
	assert_null(dmarc_plan_fault(arena, session_plan(s), DMARC_RUF));
	assert_null(dmarc_plan_fault(arena, session_plan(s), DMARC_P));
	assert_null(session_answer(s, FIELD_DMARC_RUA, "a@b.example"));
	assert_null(dmarc_plan_fault(arena, session_plan(s), DMARC_RUA));
	arena_free(arena);
}

static void
letters_of_fo_are_ticked(void **state)
{
	struct session *s = open_session(*state, SOME, "example.org");

	session_dmarc_toggle_fo(s, '0'); /* it is on, as the default */
	assert_false(session_can_undo(s));
	session_dmarc_toggle_fo(s, '1');
	session_dmarc_toggle_fo(s, 's');
	assert_non_null(strstr(planned(s), "fo=1:s"));
	session_undo(s);
	session_undo(s);
	assert_null(strstr(planned(s), "fo="));
}

static void
the_next_stage_is_taken(void **state)
{
	struct session *s = open_session(*state, SOME, "example.org");

	/* Too early: it is done, and the risk is told. */
	session_dmarc_take(s, session_dmarc_path(s).next);
	assert_non_null(strstr(planned(s), "p=quarantine"));
	assert_non_null(strstr(planned(s), "t=y"));
	assert_int_equal(session_message(s)->level, MESSAGE_WARN);
	assert_non_null(strstr(session_message(s)->text, "Older receivers"));
	session_undo(s);
	assert_non_null(strstr(planned(s), "p=none"));
	/* The first one risks nothing. */
	s = open_session(*state, BARE, "example.net");
	session_dmarc_take(s, session_dmarc_path(s).next);
	assert_int_equal(session_message(s)->level, MESSAGE_OK);
}

static void
names_are_tried(void **state)
{
	struct session *s =
	    open_session(*state, SOME "news A 192.0.2.26\n", "example.org");
	const struct look *look;

	assert_null(session_answer(s, FIELD_SUBDOMAIN, "news"));
	assert_true(session_wait(s, WAIT));
	look = session_look(s, LOOK_DMARC_PLAN);
	assert_int_equal(look->tries.n, 4);
	assert_int_equal(look->tries.list[0].strict, DMARC_ALIGNED);
	assert_string_equal(look->tries.list[2].identifier, "news.example.org");
	assert_int_equal(look->tries.list[2].relaxed, DMARC_ALIGNED);
	assert_int_equal(look->tries.list[2].strict, DMARC_NOT_ALIGNED);
	assert_string_equal(look->tries.list[3].from, "news.example.org");
	assert_int_equal(look->tries.list[3].relaxed, DMARC_ALIGNED);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(it_begins_with_what_is_published),
		TEST(without_one_it_begins_with_reports),
		TEST(answers_change_it_and_undo_takes_back),
		TEST(wrong_answers_are_kept_and_told),
		TEST(a_faulty_one_is_repaired_on_demand),
		TEST(what_is_published_meanwhile_is_taken),
		TEST(what_was_published_while_it_was_closed_is_taken),
		TEST(a_proposal_gives_way_to_a_record),
		TEST(own_changes_stay),
		TEST(without_knowing_it_stays),
		TEST(an_address_is_faulty_as_it_stands),
		TEST(letters_of_fo_are_ticked),
		TEST(the_next_stage_is_taken),
		TEST(names_are_tried),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
