/* Alignment tried on the plan's names and on names that are typed. */
#include "session_fixture.h"

#include "../../wizard/dmarc_plan.h"
#include "../../wizard/try_alignment.h"

#define SERVICES                                                               \
	ZONE "@ 300 TXT \"v=spf1 mx include:servers.mcsv.net "                 \
	     "?include:_spf.google.com include:servers.mcsv.net "              \
	     "include:sendgrid.net include:mail.customer.example ~all\"\n"     \
	     "servers.mcsv.net. TXT \"v=spf1 ip4:198.51.100.1 -all\"\n"        \
	     "_spf.google.com. TXT \"v=spf1 ip4:198.51.100.2 -all\"\n"         \
	     "sendgrid.net. TXT \"v=spf1 ip4:198.51.100.3 -all\"\n"            \
	     "mail.customer.example. TXT \"v=spf1 ip4:198.51.100.4 -all\"\n"

static void
services_of_the_record_are_tried(void **state)
{
	struct session *s = open_session(*state, SERVICES, "example.org");
	const struct look *look = session_look(s, LOOK_DMARC_PLAN);
	const struct dmarc_tries *tries = &look->tries;

	/* The domain twice, and two services with bounces of their own. */
	assert_int_equal(tries->n, 4);
	assert_string_equal(tries->list[2].identifier, "mcsv.net");
	assert_string_equal(tries->list[2].who, "Mailchimp");
	assert_int_equal(tries->list[2].kind, DMARC_BY_MAIL_FROM);
	assert_int_equal(tries->list[2].relaxed, DMARC_NOT_ALIGNED);
	assert_string_equal(tries->list[3].identifier, "sendgrid.net");
	assert_true(alignment_counts(session_plan(s), &tries->list[0]));
	assert_false(alignment_counts(session_plan(s), &tries->list[2]));
	assert_non_null(
	    strstr(alignment_advice(session_plan(s), tries), "passes by DKIM"));
}

static void
the_key_of_the_plan_has_its_row(void **state)
{
	struct session *s = open_session(*state, FINE, "example.org");
	const struct look *look;

	assert_null(session_look(s, LOOK_DMARC_PLAN)->tries.list[1].who);
	assert_null(session_dkim_take(
	    s, "mail", "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="));
	assert_true(session_wait(s, WAIT));
	look = session_look(s, LOOK_DMARC_PLAN);
	assert_string_equal(look->tries.list[1].who, "selector mail");
	assert_null(alignment_advice(session_plan(s), &look->tries));
}

/* What comes out for three texts. */
static const struct dmarc_tries *
result(struct session *s, const char *from, const char *mail_from,
    const char *signer)
{
	const char *const typed[ALIGN_NAMES] = { from, mail_from, signer };

	assert_null(try_alignment(s, typed));
	assert_true(session_wait(s, WAIT));
	return try_alignment_result(s, typed);
}

static void
typed_names_are_tried(void **state)
{
	struct session *s = open_session(*state, FINE, "example.org");
	const struct dmarc_tries *tries = result(s, "Joe <joe@Example.ORG>",
	    "bounce+x=y@news.example.org", " d=example.net");

	assert_non_null(tries);
	assert_int_equal(tries->n, 2);
	assert_string_equal(tries->list[0].from, "example.org");
	assert_string_equal(tries->list[0].identifier, "news.example.org");
	assert_int_equal(tries->list[0].relaxed, DMARC_ALIGNED);
	assert_int_equal(tries->list[0].strict, DMARC_NOT_ALIGNED);
	assert_int_equal(tries->list[1].kind, DMARC_BY_SIGNATURE);
	assert_int_equal(tries->list[1].relaxed, DMARC_NOT_ALIGNED);
	/* By the planned record, as it is now. */
	assert_true(alignment_counts(session_plan(s), &tries->list[0]));
	assert_null(session_answer(s, FIELD_DMARC_ASPF, "s"));
	tries = result(s, "example.org", "news.example.org", "");
	assert_int_equal(tries->n, 1);
	assert_false(alignment_counts(session_plan(s), &tries->list[0]));
	assert_non_null(
	    strstr(alignment_advice(session_plan(s), tries), "Strict"));
	/* Of another domain the plan's record says nothing. */
	tries = result(s, "a@example.net", "", "example.net");
	assert_int_equal(tries->list[0].strict, DMARC_ALIGNED);
	assert_false(alignment_is_ours(session_plan(s), &tries->list[0]));
}

/* psd=y in the plan: each name below is an organization of its own. */
static void
the_planned_record_is_what_counts(void **state)
{
	struct session *s = open_session(*state, FINE, "example.org");
	const struct dmarc_tries *tries =
	    result(s, "a.example.org", "b.example.org", "");

	assert_int_equal(tries->list[0].relaxed, DMARC_ALIGNED);
	assert_null(session_answer(s, FIELD_DMARC_PSD, "y"));
	tries = result(s, "a.example.org", "b.example.org", "");
	assert_int_equal(tries->list[0].relaxed, DMARC_NOT_ALIGNED);
}

static void
what_is_no_domain_is_refused(void **state)
{
	struct session *s = open_session(*state, FINE, "example.org");
	const char *const bad[ALIGN_NAMES] = { "example.org", "a b c", "" };
	const char *const alone[ALIGN_NAMES] = { "example.org", "", "" };
	const char *problem = try_alignment(s, bad);

	assert_non_null(problem);
	assert_non_null(strstr(problem, "MAIL FROM: "));
	assert_null(try_alignment_result(s, bad));
	assert_null(try_alignment(s, alone));
	assert_null(try_alignment_result(s, alone));
	assert_false(session_busy(s, LOOK_ALIGN));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(services_of_the_record_are_tried),
		TEST(the_key_of_the_plan_has_its_row),
		TEST(typed_names_are_tried),
		TEST(the_planned_record_is_what_counts),
		TEST(what_is_no_domain_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
