/*
 * Whether DMARC and the DKIM keys are there yet, as recheck_test.c has it of
 * the SPF record.
 */
#include "recheck_fixture.h"

#define SPF		 TXT("600", "v=spf1 mx -all")
#define DMARC(ttl, text) "_dmarc " ttl " TXT \"" text "\"\n"
#define KEY		 "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
#define KEY2		 "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURa="
#define AT_KEY(name, p)	 name " TXT \"v=DKIM1; k=ed25519; p=" p "\"\n"

static void
record_is(const struct session *s, enum planned which, enum published published,
    enum visible visible, const char *headline, const char *more)
{
	const struct published_view *view = session_published(s, which);

	assert_true(view->said);
	assert_true(view->looked);
	if (strcmp(view->headline, headline) != 0 ||
	    strstr(view->more, more) == NULL)
		fail_msg("\"%s %s\", not \"%s %s\"", view->headline, view->more,
		    headline, more);
	assert_int_equal(view->published, published);
	assert_int_equal(view->visible, visible);
}

static void
dmarc_from_one_server_to_all_and_to_the_resolver(void **state)
{
	static const char before[] = WITH(
	    SPF DMARC("600", "v=DMARC1; p=none; rua=mailto:d@example.org"));
	static const char after[] = WITH(
	    SPF DMARC("600", "v=DMARC1;p=reject;rua=mailto:d@example.org"));
	struct state *t = *state;
	struct servers p;
	struct session *s;

	NEED_SERVERS();
	begin_servers(&p, before);
	s = begin_session(t, &p, true);
	session_jump(s, WIZ_DMARC);
	assert_null(item_with(s, "DMARC record at"));
	/* The plan is another one now: that is told, not only what is there. */
	assert_null(session_answer(s, FIELD_DMARC_P, "reject"));
	assert_true(session_wait(s, WAIT));
	assert_int_equal(
	    item_with(s, "Publish the DMARC record at _dmarc.example.org")
		->level,
	    ITEM_TODO);
	session_publish_record(s, PLANNED_DMARC);
	assert_true(session_wait(s, WAIT));
	record_is(s, PLANNED_DMARC, PUBLISHED_NO, VISIBLE_NO,
	    "Not at any of the name servers yet.",
	    "ns1.example.org, ns2.example.org still have the old record.");
	assert_in_range(
	    session_published(s, PLANNED_DMARC)->until - time(NULL), 595, 601);
	assert_false(session_published(s, PLANNED_SPF)->said);
	assert_in_range(session_next_look_ms(s), 25000, 30000);

	serve(p.primary, after);
	look(s);
	record_is(s, PLANNED_DMARC, PUBLISHED_PARTLY, VISIBLE_NO,
	    "Published at 1 of 2 name servers.",
	    "ns2.example.org still has the old record.");
	assert_non_null(strstr(session_message(s)->text, "at 1 of 2"));
	assert_int_equal(
	    item_with(s, "DMARC: Published at 1 of 2")->level, ITEM_WAIT);

	/* While it is on its way, an old answer is nobody's wish. */
	s = begin_session(t, &p, true);
	assert_string_equal(session_plan(s)->dmarc.p, "reject");
	serve(p.secondary, after);
	look(s);
	assert_int_equal(session_mark(s, WIZ_DMARC), MARK_PROBLEM);
	record_is(s, PLANNED_DMARC, PUBLISHED_YES, VISIBLE_NO,
	    "Published at both name servers.", "keep the old one until");
	server_restart(p.unbound);
	look(s);
	record_is(s, PLANNED_DMARC, PUBLISHED_YES, VISIBLE_YES,
	    "Published at both name servers, and visible.", "");
	assert_int_equal(session_next_look_ms(s), -1);
	assert_int_equal(session_mark(s, WIZ_DMARC), MARK_OK);
	assert_int_equal(
	    item_with(s, "DMARC: Published at both")->level, ITEM_OK);
	end_servers(t, &p);
}

static struct session *
with_key(struct state *t, const struct servers *p)
{
	struct session *s = begin_session(t, p, true);

	session_jump(s, WIZ_DKIM);
	assert_null(session_dkim_take(s, "new", "v=DKIM1; k=ed25519; p=" KEY));
	assert_true(session_wait(s, WAIT));
	return s;
}

static void
a_key_from_one_server_to_all(void **state)
{
	struct state *t = *state;
	struct servers p;
	struct session *s;

	NEED_SERVERS();
	begin_servers(&p, ZONE_OF("", "77", SPF));
	s = with_key(t, &p);
	assert_non_null(item_with(s, "Publish the DKIM key at new._domainkey"));
	session_publish_record(s, PLANNED_KEY);
	assert_true(session_wait(s, WAIT));
	record_is(s, PLANNED_KEY, PUBLISHED_NO, VISIBLE_NO,
	    "Not at any of the name servers yet.", "do not have it yet.");
	/* RFC 2308 section 5: that there was none is remembered. */
	assert_in_range(
	    session_published(s, PLANNED_KEY)->until - time(NULL), 70, 78);
	serve(p.primary, ZONE_OF("", "77", SPF AT_KEY("new._domainkey", KEY)));
	look(s);
	record_is(s, PLANNED_KEY, PUBLISHED_PARTLY, VISIBLE_NO,
	    "Published at 1 of 2 name servers.", "does not have it yet.");
	assert_int_equal(session_plan(s)->key_seen, 0);
	assert_true(session_watch_stop(s));
	serve(
	    p.secondary, ZONE_OF("", "77", SPF AT_KEY("new._domainkey", KEY)));
	server_restart(p.unbound);
	look(s);
	record_is(s, PLANNED_KEY, PUBLISHED_YES, VISIBLE_YES,
	    "Published at both name servers, and visible.", "");
	assert_non_null(
	    strstr(session_message(s)->text, "let the server sign"));
	assert_true(session_plan(s)->key_seen != 0);
	/* Another key: nothing is waited for any more. */
	assert_null(session_dkim_take(s, "two", "v=DKIM1; k=ed25519; p=" KEY2));
	assert_false(session_published(s, PLANNED_KEY)->said);
	end_servers(t, &p);
}

/* A new key in place of an old one: what is to be done when, in the list. */
static void
the_old_key_is_revoked(void **state)
{
	static const char both[] = WITH(
	    SPF AT_KEY("old._domainkey", KEY2) AT_KEY("new._domainkey", KEY));
	static const char revoked[] =
	    WITH(SPF "old._domainkey TXT \"v=DKIM1; p=\"\n" AT_KEY(
		"new._domainkey", KEY));
	struct state *t = *state;
	struct servers p;
	struct session *s;

	NEED_SERVERS();
	begin_servers(&p, both);
	s = begin_session(t, &p, true);
	session_jump(s, WIZ_DKIM);
	assert_null(session_answer(s, FIELD_DKIM_SELECTOR, "old"));
	assert_true(session_wait(s, WAIT));
	assert_null(session_dkim_take(s, "new", "v=DKIM1; k=ed25519; p=" KEY));
	assert_true(session_wait(s, WAIT));
	assert_string_equal(session_plan(s)->old_selector, "old");
	assert_non_null(item_with(s, "Let the server sign with the key new"));
	session_dkim_switched(s);
	assert_int_equal(
	    item_with(s, "Revoke the old DKIM key old")->level, ITEM_WAIT);
	session_dkim_revoke(s);
	assert_true(session_wait(s, WAIT));
	assert_non_null(item_with(s, "Revoke the old DKIM key at old._dom"));
	session_publish_record(s, PLANNED_KEY);
	assert_true(session_wait(s, WAIT));
	record_is(s, PLANNED_OLD_KEY, PUBLISHED_NO, VISIBLE_NO,
	    "Not at any of the name servers yet.",
	    "ns1.example.org, ns2.example.org still have the old key.");
	serve(p.primary, revoked);
	serve(p.secondary, revoked);
	server_restart(p.unbound);
	look(s);
	record_is(s, PLANNED_OLD_KEY, PUBLISHED_YES, VISIBLE_YES,
	    "Published at both name servers, and visible.", "");
	assert_int_equal(
	    item_with(s, "Delete the record of the old DKIM key old")->level,
	    ITEM_WAIT);
	end_servers(t, &p);
}

static void
slips_of_the_others(void **state)
{
	static const struct {
		const char *zone;
		enum planned which;
		enum publish_slip slip;
		const char *headline, *more;
	} slips_of[] = {
		{ WITH(SPF "_dmarc.example.org.example.org. TXT "
			   "\"v=DMARC1; p=reject\"\n"),
		    PLANNED_DMARC, SLIP_DOUBLED,
		    "Found at _dmarc.example.org.example.org.",
		    "enter _dmarc as the name" },
		{ WITH(SPF DMARC("600", "v=DMARC1; p=reject")
			  DMARC("600", "v=DMARC1; p=none")),
		    PLANNED_DMARC, SLIP_SECOND,
		    "There are two DMARC records now.", "v=DMARC1; p=none" },
		{ WITH(SPF "_dmarc TXT \"\\\"v=DMARC1; p=reject\\\"\"\n"),
		    PLANNED_DMARC, SLIP_ODD,
		    "A text is there that is no DMARC record.", "v=DMARC1" },
		{ WITH(SPF AT_KEY(
		      "new._domainkey.example.org.example.org.", KEY)),
		    PLANNED_KEY, SLIP_DOUBLED,
		    "Found at new._domainkey.example.org.example.org.",
		    "enter new._domainkey as the name" },
		{ WITH(SPF AT_KEY("new._domainkey", "11qYAYKxCrfVS/7TyWQHOg")),
		    PLANNED_KEY, SLIP_ODD,
		    "A text is there that is no sound key.", "whole" },
	};
	struct state *t = *state;
	struct servers p;
	struct session *s;

	NEED_SERVERS();
	begin_servers(&p, WITH(SPF));
	s = with_key(t, &p);
	assert_null(session_answer(s, FIELD_DMARC_RUA, ""));
	assert_null(session_answer(s, FIELD_DMARC_P, "reject"));
	assert_true(session_wait(s, WAIT));
	session_publish_record(s, PLANNED_KEY);
	session_publish_record(s, PLANNED_DMARC);
	assert_true(session_wait(s, WAIT));
	for (size_t i = 0; i < COUNT(slips_of); i++) {
		serve(p.primary, slips_of[i].zone);
		serve(p.secondary, slips_of[i].zone);
		look(s);
		record_is(s, slips_of[i].which, PUBLISHED_NO, VISIBLE_NO,
		    slips_of[i].headline, slips_of[i].more);
		assert_int_equal(session_published(s, slips_of[i].which)->slip,
		    slips_of[i].slip);
	}
	end_servers(t, &p);
}

#define UNIT(test) cmocka_unit_test_setup_teardown(test, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(dmarc_from_one_server_to_all_and_to_the_resolver),
		UNIT(a_key_from_one_server_to_all),
		UNIT(the_old_key_is_revoked),
		UNIT(slips_of_the_others),
	};

	dns_library_begin();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
