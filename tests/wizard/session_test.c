/*
 * The whole way in memory: first screen, SPF repaired, checklist; moving, and
 * trouble; without a terminal and without a network.
 */
#include "session_fixture.h"

/* --- the whole way ------------------------------------------------------- */

static void
answer_the_first_screen(struct session *s)
{
	enum field_id bad = FIELD_COUNT;

	/* Nothing typed, then something wrong: Next says where and why. */
	assert_int_equal(session_next(s, &bad), MOVE_BLOCKED);
	assert_int_equal(bad, FIELD_DOMAIN);
	assert_non_null(session_answer(s, FIELD_DOMAIN, "exa..mple"));
	assert_string_equal(session_field(s, FIELD_DOMAIN), "exa..mple");
	assert_int_equal(session_next(s, &bad), MOVE_BLOCKED);
	assert_int_equal(session_message(s)->level, MESSAGE_FAIL);
	assert_null(
	    session_answer(s, FIELD_DOMAIN, "https://www.EXAMPLE.org/"));
	assert_non_null(strstr(session_told(s), "https://"));
	assert_string_equal(session_field(s, FIELD_DOMAIN), "example.org");
	assert_null(session_path(s));
	assert_true(session_wait(s, WAIT));
	assert_int_equal(
	    session_look(s, LOOK_START)->start.domain->outcome, DNS_FOUND);
}

static void
repair_the_record(struct session *s)
{
	const struct spf_view *spf;

	/* The published record is there, term by term. */
	assert_int_equal(session_next(s, NULL), MOVE_DONE);
	spf = session_spf(s);
	assert_int_equal(spf->nlines, 3);
	assert_string_equal(spf->lines[1].text, "ptr");
	assert_int_equal(spf->ending, SPF_END_PASS);
	assert_int_equal(spf->now, SPF_NOW_SAME);

	apply(s, F_SPF_PLUS_ALL, REMEDY_SOFTFAIL);
	assert_string_equal(record(s), "v=spf1 mx ptr ~all");
	apply(s, F_SPF_PTR, REMEDY_REMOVE_TERM);
	assert_string_equal(record(s), "v=spf1 mx ~all");
	assert_true(session_wait(s, WAIT));
	spf = session_spf(s);
	assert_int_equal(spf->now, SPF_NOW_DIFFERENT);
	assert_true(spf->counted);
	assert_int_equal(spf->lookups, 1);
	assert_int_equal(spf->nsenders, 1);
	assert_int_equal(spf->npassing, 1);
	/* Tried before it is published: nothing is wrong with it. */
	assert_true(session_look(s, LOOK_PLAN)->report.status < SEV_WARN);
}

static void
see_what_is_left(struct session *s)
{
	const char *report;

	assert_int_equal(session_next(s, NULL), MOVE_DONE);
	assert_int_equal(session_at(s), WIZ_DKIM);
	assert_int_equal(session_next(s, NULL), MOVE_DONE);
	assert_int_equal(session_at(s), WIZ_DMARC);
	assert_int_equal(session_next(s, NULL), MOVE_DONE);
	assert_int_equal(session_at(s), WIZ_POP3);
	use_no_ports(s);
	assert_int_equal(session_mark(s, WIZ_POP3), MARK_SKIPPED);
	assert_int_equal(session_next(s, NULL), MOVE_DONE);
	assert_int_equal(session_at(s), WIZ_IMAP4);
	assert_int_equal(session_next(s, NULL), MOVE_DONE);
	assert_int_equal(session_at(s), WIZ_SUBMISSION);
	assert_int_equal(session_next(s, NULL), MOVE_DONE);
	assert_int_equal(session_at(s), WIZ_LIST);
	assert_non_null(item_with(s, "Publish the SPF record"));
	assert_int_equal(session_exit_status(s), 1);
	report = session_report(s, REPORT_WIDTH);
	assert_non_null(strstr(report, "\nv=spf1 mx ~all\n"));
	assert_non_null(strstr(report, "mailwizard example.org"));
	assert_non_null(strstr(report, "dig +short TXT example.org"));
}

static void
from_first_screen_to_checklist(void **state)
{
	struct state *t = *state;
	struct session_options o = options(t, NULL);
	char problem[PLAN_TEXT];
	enum field_id bad = FIELD_COUNT;
	struct session *s;

	put_zone(t, ONE);
	s = t->s = session_new(&o, problem);
	assert_non_null(s);
	assert_int_equal(session_at(s), WIZ_START);
	assert_int_equal(session_exit_status(s), 1);
	answer_the_first_screen(s);
	assert_int_equal(session_next(s, &bad), MOVE_DONE);
	assert_int_equal(session_at(s), WIZ_DOMAIN);
	assert_true(session_wait(s, WAIT));
	assert_int_equal(session_mark(s, WIZ_DOMAIN), MARK_OK);
	assert_int_equal(session_mark(s, WIZ_SPF), MARK_PROBLEM);

	repair_the_record(s);
	see_what_is_left(s);

	/* Published: looked at again, and done. */
	put_zone(t, FINE);
	session_publish_record(s, PLANNED_SPF);
	assert_true(session_wait(s, WAIT));
	assert_int_equal(session_spf(s)->now, SPF_NOW_SAME);
	assert_false(session_spf(s)->waiting);
	assert_null(item_with(s, "Publish the SPF record"));
	assert_int_equal(session_mark(s, WIZ_SPF), MARK_OK);
	assert_int_equal(session_exit_status(s), 0);
	assert_non_null(session_save_report(s));
	assert_non_null(strstr(
	    session_report(s, REPORT_WIDTH), "example.org.checklist.txt"));
	assert_int_equal(session_next(s, &bad), MOVE_QUIT);
}

static void
a_session_goes_on_where_it_was_left(void **state)
{
	struct state *t = *state;
	struct session *s = open_session(t, ONE, "example.org");
	const struct saved_plan *saved;
	struct session_options o = options(t, NULL);
	char problem[PLAN_TEXT];
	size_t n;

	assert_int_equal(session_at(s), WIZ_DOMAIN);
	session_next(s, NULL);
	assert_null(session_spf_set(s, 1, "include:_spf.example.net"));
	assert_null(session_answer(s, FIELD_SENDING, "192.0.2.25, 192.0.2.26"));
	/* As after kill -9: nothing is closed, the lock falls with us. */
	s = open_session(t, NULL, "example.org");
	assert_int_equal(session_at(s), WIZ_SPF);
	assert_string_equal(
	    record(s), "v=spf1 mx include:_spf.example.net +all");
	assert_string_equal(
	    session_field(s, FIELD_SENDING), "192.0.2.25 192.0.2.26");
	session_free(s);

	t->s = s = session_new(&o, problem);
	saved = session_saved(s, &n);
	assert_int_equal(n, 1);
	assert_string_equal(saved[0].domain, "example.org");
	assert_int_equal(saved[0].step, WIZ_SPF);
	assert_int_equal(session_resume(s, 1), MOVE_BLOCKED);
	assert_int_equal(session_resume(s, 0), MOVE_DONE);
	assert_int_equal(session_at(s), WIZ_SPF);
	assert_int_equal(session_spf(s)->nlines, 3);
}

/* A plan may be written by hand, as short as it can be. */
static void
a_plan_made_by_hand_is_taken_up(void **state)
{
	struct state *t = *state;
	FILE *file = fopen(plan_path(t), "w");
	char text[512] = "";
	struct session *s;

	assert_non_null(file);
	fputs("# mailwizard plan 1\nspf.term = a\nspf.term = -all\n"
	      "colour = green\n",
	    file);
	assert_int_equal(fclose(file), 0);
	s = open_session(t, FINE, "example.org");
	assert_int_equal(session_at(s), WIZ_DOMAIN);
	assert_string_equal(record(s), "v=spf1 a -all");
	assert_int_equal(session_spf(s)->now, SPF_NOW_DIFFERENT);
	assert_null(session_spf_remove(s, 0));
	session_free(s);
	t->s = NULL;
	file = fopen(plan_path(t), "r");
	assert_non_null(file);
	assert_true(fread(text, 1, sizeof(text) - 1, file) > 0);
	fclose(file);
	assert_non_null(strstr(text, "\ncolour = green\n"));
	assert_null(strstr(text, "spf.term = a\n"));
}

/* --- moving -------------------------------------------------------------- */

static void
back_never_loses_and_never_blocks(void **state)
{
	struct session *s = open_session(*state, FINE, "example.org");
	enum field_id bad = FIELD_COUNT;

	assert_non_null(session_answer(s, FIELD_HELO, "not a name"));
	assert_int_equal(session_next(s, &bad), MOVE_BLOCKED);
	assert_int_equal(bad, FIELD_HELO);
	assert_non_null(strstr(session_message(s)->text, "HELO name"));
	assert_int_equal(session_back(s), MOVE_DONE);
	assert_int_equal(session_at(s), WIZ_START);
	assert_int_equal(session_back(s), MOVE_QUIT);
	assert_int_equal(session_next(s, &bad), MOVE_DONE);
	assert_string_equal(session_field(s, FIELD_HELO), "not a name");
	assert_non_null(session_field_problem(s, FIELD_HELO));
	assert_int_equal(session_exit_status(s), 1);
	assert_null(session_answer(s, FIELD_HELO, "mail.example.org"));
	assert_null(session_field_problem(s, FIELD_HELO));
	assert_int_equal(session_jump(s, WIZ_LIST), MOVE_DONE);
	assert_int_equal(session_jump(s, WIZ_SPF), MOVE_DONE);
	assert_int_equal(session_at(s), WIZ_SPF);
}

static void
another_domain_has_another_plan(void **state)
{
	struct state *t = *state;
	struct session *s = open_session(t, FINE, "example.org");

	assert_null(session_answer(s, FIELD_SERVER, "exchange-2019"));
	assert_null(session_answer(s, FIELD_HELO, "mail.example.org"));
	assert_null(session_spf_add(s, 0, "a"));
	session_jump(s, WIZ_START);
	assert_null(session_answer(s, FIELD_DOMAIN, "example.net"));
	assert_int_equal(session_next(s, NULL), MOVE_DONE);
	assert_string_equal(session_plan(s)->domain, "example.net");
	assert_string_equal(session_plan(s)->helo, "");
	assert_int_equal(session_plan(s)->server, SERVER_EXCHANGE_2019);
	assert_false(session_can_undo(s));
	assert_true(session_wait(s, WAIT));
	assert_string_equal(record(s), "v=spf1 mx ~all");
	session_jump(s, WIZ_START);
	assert_null(session_answer(s, FIELD_DOMAIN, "example.org"));
	assert_int_equal(session_jump(s, WIZ_SPF), MOVE_DONE);
	assert_string_equal(record(s), "v=spf1 a mx ~all");
	assert_string_equal(session_plan(s)->helo, "mail.example.org");
}

static void
steps_can_be_left_out(void **state)
{
	struct session *s = open_session(*state, ONE, "example.org");

	session_skip(s, WIZ_SPF, true);
	assert_int_equal(session_mark(s, WIZ_SPF), MARK_SKIPPED);
	session_jump(s, WIZ_LIST);
	assert_int_equal(session_exit_status(s), 0);
	assert_non_null(item_with(s, "left out on purpose"));
	session_skip(s, WIZ_SPF, false);
	assert_int_equal(session_exit_status(s), 1);
	session_skip(s, WIZ_LIST, true);
	assert_int_not_equal(session_mark(s, WIZ_LIST), MARK_SKIPPED);
}

static void
items_are_ticked_by_hand_unless_verified(void **state)
{
	struct state *t = *state;
	struct session *s = open_session(t, FINE, "example.org");
	const struct checklist *list = session_checklist(s);
	size_t i = 0;

	while (list->items[i].group != GROUP_DONE)
		i++;
	assert_non_null(session_tick(s, i));
	while (list->items[i].tick_id == NULL)
		i++;
	assert_null(session_tick(s, i));
	assert_true(session_checklist(s)->items[i].ticked);
	s = open_session(t, NULL, "example.org");
	assert_true(session_checklist(s)->items[i].ticked);
	assert_null(session_tick(s, i));
	assert_false(session_checklist(s)->items[i].ticked);
	assert_non_null(session_tick(s, 999));
}

/* --- trouble ------------------------------------------------------------- */

static void
what_cannot_be_looked_at_is_not_missing(void **state)
{
	struct state *t = *state;
	/* Nobody listens there; 127.0.0.0/8 is this machine. */
	struct session_options o = { .domain = "example.org",
		.resolver = "127.0.0.1:9",
		.state_dir = t->dir,
		.live = { .timeout_ms = 300, .threads = 2 } };
	char problem[PLAN_TEXT];
	struct session *s = t->s = session_new(&o, problem);

	assert_non_null(s);
	assert_true(session_wait(s, WAIT));
	assert_int_equal(session_spf(s)->now, SPF_NOW_FAILED);
	assert_int_equal(session_mark(s, WIZ_SPF), MARK_PROBLEM);
	assert_false(session_plan(s)->spf_begun);
	assert_string_equal(record(s), "");
	session_jump(s, WIZ_LIST);
	assert_int_equal(session_exit_status(s), 3);
	/* A plan can be made all the same. */
	assert_null(session_spf_add(s, SPF_AT_END, "mx"));
	assert_null(session_spf_end(s, SPF_END_SOFTFAIL, NULL));
	assert_string_equal(record(s), "v=spf1 mx ~all");
}

static void
the_second_session_only_reads(void **state)
{
	struct state *t = *state;
	struct session *s = open_session(t, FINE, "example.org");
	struct session_options o = options(t, "example.org");
	char problem[PLAN_TEXT];
	struct session *second = session_new(&o, problem);

	assert_non_null(second);
	assert_true(session_read_only(second));
	assert_non_null(
	    strstr(session_message(second)->text, "another wizard"));
	assert_true(session_wait(second, WAIT));
	assert_null(session_spf_add(second, 0, "a"));
	assert_string_equal(record(second), "v=spf1 a mx ~all");
	session_free(second);
	assert_string_equal(record(s), "v=spf1 mx ~all");
	s = open_session(t, NULL, "example.org");
	assert_string_equal(record(s), "v=spf1 mx ~all");
}

static const struct {
	struct session_options options;
	const char *problem; /* a part of the sentence */
} refused[] = {
	{ { .domain = "exa..mple" }, "exa..mple" },
	{ { .domain = "example.org", .resolver = "dns.example" },
	    "dns.example" },
	{ { .host = "192.0.2.1" }, "address" },
	{ { .helo = "a b" }, "a b" },
};

static void
bad_options_are_one_sentence(void **state)
{
	struct state *t = *state;
	const char *missing[] = { "/nonexistent/zone" };
	struct session_options o = options(t, "example.org");
	char problem[PLAN_TEXT];

	for (size_t i = 0; i < COUNT(refused); i++) {
		struct session_options bad = refused[i].options;

		bad.state_dir = t->dir;
		assert_null(session_new(&bad, problem));
		assert_non_null(strstr(problem, refused[i].problem));
	}
	o.live.zones = missing;
	assert_null(session_new(&o, problem));
	assert_non_null(strstr(problem, "/nonexistent/zone"));
	o.domain = NULL;
	assert_null(session_new(&o, problem));
}

static void
without_a_home_the_wizard_goes_on(void **state)
{
	struct state *t = *state;
	struct session_options o = options(t, "example.org");
	char problem[PLAN_TEXT];
	struct session *s;

	put_zone(t, FINE);
	o.state_dir = "/dev/null/no";
	s = t->s = session_new(&o, problem);
	assert_non_null(s);
	assert_non_null(session_save_problem(s));
	assert_int_equal(session_message(s)->level, MESSAGE_WARN);
	assert_true(session_wait(s, WAIT));
	assert_null(session_spf_add(s, 0, "a"));
	assert_string_equal(record(s), "v=spf1 a mx ~all");
	assert_null(session_save_report(s));
	/* Another domain and back: still there, in memory. */
	session_jump(s, WIZ_START);
	assert_null(session_answer(s, FIELD_DOMAIN, "example.net"));
	assert_null(session_answer(s, FIELD_DOMAIN, "example.org"));
	assert_int_equal(session_next(s, NULL), MOVE_DONE);
	assert_string_equal(record(s), "v=spf1 a mx ~all");
}

int
main(void)
{
#define UNIT(f) cmocka_unit_test_setup_teardown(f, begin, end)
	const struct CMUnitTest tests[] = {
		UNIT(from_first_screen_to_checklist),
		UNIT(a_session_goes_on_where_it_was_left),
		UNIT(a_plan_made_by_hand_is_taken_up),
		UNIT(back_never_loses_and_never_blocks),
		UNIT(another_domain_has_another_plan),
		UNIT(steps_can_be_left_out),
		UNIT(items_are_ticked_by_hand_unless_verified),
		UNIT(what_cannot_be_looked_at_is_not_missing),
		UNIT(the_second_session_only_reads),
		UNIT(bad_options_are_one_sentence),
		UNIT(without_a_home_the_wizard_goes_on),
	};

	dns_library_begin();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
