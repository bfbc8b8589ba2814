/* A domain that sends no mail: what is planned, published, and then done. */
#include "session_fixture.h"

#define PARKED                                                                 \
	"@ 300 SOA ns hostmaster 1 3600 600 86400 300\n"                       \
	"@ NS ns\nns A 192.0.2.53\n@ A 192.0.2.80\n"

static void
saying_so_forbids_it_all(void **state)
{
	struct session *s = open_session(*state, ONE, "example.org");

	assert_string_equal(record(s), "v=spf1 mx ptr +all");
	assert_null(session_answer(s, FIELD_SENDS_NOTHING, "yes"));
	assert_string_equal(record(s), "v=spf1 -all");
	session_undo(s);
	assert_string_equal(record(s), "v=spf1 mx ptr +all");
	assert_false(session_plan(s)->sends_nothing);
	/* Taken back by answer: what is published counts again. */
	assert_null(session_answer(s, FIELD_SENDS_NOTHING, "yes"));
	assert_null(session_answer(s, FIELD_SENDS_NOTHING, "no"));
	assert_true(session_wait(s, WAIT));
	assert_string_equal(record(s), "v=spf1 mx ptr +all");
}

static void
three_records_are_to_be_published(void **state)
{
	struct session *s = open_session(*state, PARKED, "example.org");
	struct arena *arena = arena_new();
	struct output output;
	const char *text;

	assert_null(session_answer(s, FIELD_SENDS_NOTHING, "yes"));
	output_make(arena, session_plan(s), &output);
	assert_int_equal(output.nrecords, 2);
	assert_null(session_answer(s, FIELD_RECEIVES_NOTHING, "yes"));
	assert_true(session_wait(s, WAIT));
	output_make(arena, session_plan(s), &output);
	assert_int_equal(output.nrecords, 3);
	text = session_report(s, REPORT_WIDTH);
	assert_non_null(strstr(text, "\nv=spf1 -all\n"));
	assert_non_null(strstr(text, "\nv=DMARC1; p=reject;\n"));
	assert_non_null(strstr(text, "\n0 .\n"));
	assert_non_null(item_with(s, "DMARC: publish"));
	assert_non_null(item_with(s, "Null MX: publish"));
	assert_int_equal(session_exit_status(s), 1);
	arena_free(arena);
}

static void
published_it_is_done(void **state)
{
	struct session *s = open_session(*state,
	    PARKED "@ MX 0 .\n@ TXT \"v=spf1 -all\"\n"
		   "_dmarc TXT \"v=DMARC1; p=reject;\"\n",
	    "example.org");

	assert_null(session_answer(s, FIELD_SENDS_NOTHING, "yes"));
	assert_null(session_answer(s, FIELD_RECEIVES_NOTHING, "yes"));
	assert_true(session_wait(s, WAIT));
	assert_int_equal(session_mark(s, WIZ_DOMAIN), MARK_OK);
	assert_int_equal(session_mark(s, WIZ_SPF), MARK_OK);
	assert_int_equal(item_with(s, "DMARC")->level, ITEM_OK);
	assert_int_equal(item_with(s, "Null MX")->level, ITEM_OK);
	assert_int_equal(session_checklist(s)->to_do, 0);
	assert_int_equal(session_checklist(s)->to_fix, 0);
	assert_int_equal(session_jump(s, WIZ_LIST), MOVE_DONE);
	assert_int_equal(session_exit_status(s), 0);
	assert_null(
	    strstr(session_report(s, REPORT_WIDTH), "Record to publish"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    saying_so_forbids_it_all, begin, end),
		cmocka_unit_test_setup_teardown(
		    three_records_are_to_be_published, begin, end),
		cmocka_unit_test_setup_teardown(
		    published_it_is_done, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
