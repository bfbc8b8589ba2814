/*
 * Whether a published record is there yet: two NSDs, the second of which is
 * late, and unbound, which remembers.
 */
#include "recheck_fixture.h"

#define PLANNED "v=spf1 mx ip4:192.0.2.9 -all"
#define OLD	TXT("600", "v=spf1 mx -all")
/* The same, written in another way. */
#define NEW TXT("600", "V=spf1  MX +ip4:192.0.2.9/32 -ALL")

/* The record with one more address is planned and said to be published. */
static struct session *
publish(struct session *s)
{
	while (session_at(s) != WIZ_SPF)
		assert_int_equal(session_next(s, NULL), MOVE_DONE);
	assert_null(session_spf_add(s, SPF_AT_END, "ip4:192.0.2.9"));
	assert_string_equal(record(s), PLANNED);
	assert_false(session_published(s, PLANNED_SPF)->said);
	session_publish_record(s, PLANNED_SPF);
	assert_true(session_published(s, PLANNED_SPF)->said);
	assert_true(session_wait(s, WAIT));
	return s;
}

static const struct witness *
server_named(const struct session *s, const char *host)
{
	const struct published_view *view = session_published(s, PLANNED_SPF);

	for (size_t i = 0; i < view->nservers; i++)
		if (strcmp(view->servers[i].host, host) == 0)
			return &view->servers[i];
	fail_msg("%s was not asked", host);
	return NULL;
}

static void
is(const struct session *s, enum published published, enum visible visible,
    const char *headline, const char *more)
{
	const struct published_view *view = session_published(s, PLANNED_SPF);

	assert_true(view->looked);
	if (strcmp(view->headline, headline) != 0 ||
	    strstr(view->more, more) == NULL)
		fail_msg("\"%s %s\", not \"%s %s\"", view->headline, view->more,
		    headline, more);
	assert_int_equal(view->published, published);
	assert_int_equal(view->visible, visible);
}

static void
from_one_server_to_all_and_to_the_resolver(void **state)
{
	struct state *t = *state;
	struct servers p;
	struct session *s;
	char until[64];

	NEED_SERVERS();
	begin_servers(&p, WITH(OLD));
	s = publish(begin_session(t, &p, true));
	is(s, PUBLISHED_NO, VISIBLE_NO, "Not at any of the name servers yet.",
	    "ns1.example.org, ns2.example.org still have the old record.");
	assert_int_equal(server_named(s, "ns1.example.org")->has, HAS_OTHER);
	assert_string_equal(
	    server_named(s, "ns1.example.org")->address, "127.0.0.31");
	assert_string_equal(
	    server_named(s, "ns1.example.org")->shown, "v=spf1 mx -all");
	/* By the TTL of the old one. */
	assert_in_range(
	    session_published(s, PLANNED_SPF)->until - time(NULL), 595, 601);

	serve(p.primary, WITH(NEW));
	look(s);
	is(s, PUBLISHED_PARTLY, VISIBLE_NO, "Published at 1 of 2 name servers.",
	    "ns2.example.org still has the old record.");
	assert_int_equal(server_named(s, "ns1.example.org")->has, HAS_RECORD);
	assert_string_equal(session_message(s)->text,
	    "Published at 1 of 2 name servers. ns2.example.org still has the "
	    "old record.");
	assert_int_equal(session_message(s)->level, MESSAGE_WAIT);
	assert_int_equal(item_with(s, "at 1 of 2")->level, ITEM_WAIT);

	serve(p.secondary, WITH(NEW));
	look(s);
	snprintf(until, sizeof(until), "keep the old one until %s.",
	    deadline_print(s->spf_arena,
		session_published(s, PLANNED_SPF)->until, time(NULL)));
	is(s, PUBLISHED_YES, VISIBLE_NO, "Published at both name servers.",
	    until);
	assert_true(session_spf(s)->waiting);
	assert_int_equal(session_mark(s, WIZ_SPF), MARK_BUSY);
	assert_int_equal(session_checklist(s)->exit_status, 1);
	assert_non_null(
	    strstr(item_with(s, "at both")->detail, "visible from "));

	server_restart(p.unbound); /* as if the time had passed */
	look(s);
	is(s, PUBLISHED_YES, VISIBLE_YES,
	    "Published at both name servers, and visible.",
	    "Other resolvers may show the old one until");
	assert_true(session_published(s, PLANNED_SPF)->done);
	assert_false(session_spf(s)->waiting);
	assert_int_equal(session_next_look_ms(s), -1);
	assert_int_equal(session_message(s)->level, MESSAGE_OK);
	assert_int_equal(item_with(s, "and visible")->level, ITEM_OK);
	assert_non_null(
	    strstr(item_with(s, "and visible")->detail, "verified"));
	end_servers(t, &p);
}

/* Only the clock: what was remembered is forgotten after its TTL. */
static void
visible_when_the_ttl_is_over(void **state)
{
	struct state *t = *state;
	struct servers p;
	struct session *s;
	int64_t begin;

	NEED_SERVERS();
	begin_servers(&p, WITH(TXT("2", "v=spf1 mx -all")));
	s = begin_session(t, &p, true);
	serve(p.primary, WITH(NEW));
	serve(p.secondary, WITH(NEW));
	begin = monotonic_ms();
	publish(s);
	assert_int_equal(
	    session_published(s, PLANNED_SPF)->published, PUBLISHED_YES);
	assert_in_range(
	    session_published(s, PLANNED_SPF)->until - time(NULL), 0, 3);
	while (look(s)->visible != VISIBLE_YES && monotonic_ms() < begin + 8000)
		usleep(100000);
	assert_true(session_published(s, PLANNED_SPF)->done);
	while (session_plan(s)->old_until[PLANNED_SPF] != 0 &&
	    monotonic_ms() < begin + 8000) {
		usleep(100000);
		look(s);
	}
	assert_int_equal(session_plan(s)->old_until[PLANNED_SPF], 0);
	assert_false(session_published(s, PLANNED_SPF)->said);
	assert_non_null(item_with(s, "and visible"));
	end_servers(t, &p);
}

/* RFC 2308 section 5: that there was none is remembered by the SOA record. */
static void
without_an_old_record_the_negative_ttl_counts(void **state)
{
	struct state *t = *state;
	struct servers p;
	struct session *s;

	NEED_SERVERS();
	begin_servers(&p, ZONE_OF("", "77", ""));
	s = begin_session(t, &p, true);
	while (session_at(s) != WIZ_SPF)
		session_next(s, NULL);
	assert_int_equal(session_spf(s)->now, SPF_NOW_NONE);
	session_publish_record(s, PLANNED_SPF);
	assert_true(session_wait(s, WAIT));
	is(s, PUBLISHED_NO, VISIBLE_NO, "Not at any of the name servers yet.",
	    "ns1.example.org, ns2.example.org do not have it yet.");
	assert_in_range(
	    session_published(s, PLANNED_SPF)->until - time(NULL), 70, 78);
	end_servers(t, &p);
}

static void
a_server_that_cannot_be_asked(void **state)
{
	struct state *t = *state;
	struct servers p;
	struct session *s;

	NEED_SERVERS();
	begin_servers(&p, WITH(OLD));
	server_stop(p.secondary);
	p.secondary = NULL;
	s = begin_session(t, &p, true);
	serve(p.primary, WITH(NEW));
	server_restart(p.unbound);
	publish(s);
	is(s, PUBLISHED_YES, VISIBLE_YES,
	    "Published at 1 of 2 name servers, and visible.",
	    "ns2.example.org could not be asked.");
	assert_int_equal(server_named(s, "ns2.example.org")->has, HAS_UNSEEN);
	assert_true(*server_named(s, "ns2.example.org")->shown != '\0');
	/* And when none can be: the resolver alone, which remembers. */
	server_pause(p.primary);
	p.hasty = true;
	s = begin_session(t, &p, true);
	session_publish_record(s, PLANNED_SPF);
	assert_true(session_wait(s, WAIT));
	is(s, PUBLISHED_UNKNOWN, VISIBLE_YES, "Your resolver shows the record.",
	    "name servers");
	assert_non_null(
	    strstr(session_published(s, PLANNED_SPF)->published_text,
		"cannot tell from here"));
	assert_true(session_published(s, PLANNED_SPF)->done);
	end_servers(t, &p);
}

static void
slips(void **state)
{
	static const struct {
		const char *zone;
		enum publish_slip slip;
		const char *headline, *more;
	} rows[] = {
		{ WITH(OLD "example.org.example.org. TXT \"" PLANNED "\"\n"),
		    SLIP_DOUBLED, "Found at example.org.example.org.",
		    "enter @" },
		{ WITH("example.org.example.org. TXT \"" PLANNED "\"\n"),
		    SLIP_DOUBLED, "Found at example.org.example.org.",
		    "enter @" },
		{ WITH(OLD NEW), SLIP_SECOND, "There are two SPF records now.",
		    "Delete the other one: v=spf1 mx -all" },
		{ WITH("@ TXT \"\\\"" PLANNED "\\\"\"\n"), SLIP_ODD,
		    "A text is there that is no SPF record.", "v=spf1" },
		/* A wildcard answers for the doubled name too. */
		{ WITH(OLD "*.example.org. TXT \"v=spf1 -all\"\n"), SLIP_NONE,
		    "Not at any of the name servers yet.", "" },
	};
	struct state *t = *state;
	struct servers p;
	struct session *s;

	NEED_SERVERS();
	begin_servers(&p, WITH(OLD));
	s = publish(begin_session(t, &p, true));
	for (size_t i = 0; i < COUNT(rows); i++) {
		serve(p.primary, rows[i].zone);
		serve(p.secondary, rows[i].zone);
		look(s);
		is(s, PUBLISHED_NO, VISIBLE_NO, rows[i].headline, rows[i].more);
		assert_int_equal(
		    session_published(s, PLANNED_SPF)->slip, rows[i].slip);
		assert_false(session_published(s, PLANNED_SPF)->done);
		if (rows[i].slip != SLIP_NONE)
			assert_int_equal(
			    session_message(s)->level, MESSAGE_FAIL);
	}
	end_servers(t, &p);
}

static void
with_a_resolver_of_its_own_it_says_so(void **state)
{
	struct state *t = *state;
	struct servers p;
	struct session *s;

	NEED_SERVERS();
	begin_servers(&p, WITH(OLD));
	s = publish(begin_session(t, &p, false));
	is(s, PUBLISHED_UNKNOWN, VISIBLE_NO,
	    "Your resolver does not show it yet.", "--authoritative is off");
	assert_int_equal(session_published(s, PLANNED_SPF)->nservers, 0);
	serve(p.primary, WITH(NEW));
	server_restart(p.unbound);
	look(s);
	assert_true(session_published(s, PLANNED_SPF)->done);
	is(s, PUBLISHED_UNKNOWN, VISIBLE_YES, "Your resolver shows the record.",
	    "--authoritative is off");
	end_servers(t, &p);
}

/* Twice a minute by itself; stopped; after a restart; ended by a change. */
static void
it_looks_again_by_itself(void **state)
{
	struct state *t = *state;
	struct servers p;
	struct session *s;
	unsigned int number;
	int64_t until;

	NEED_SERVERS();
	begin_servers(&p, WITH(OLD));
	s = publish(begin_session(t, &p, true));
	assert_in_range(session_next_look_ms(s), 25000, 30000);
	assert_in_range(session_wait_ms(s), 25000, 30000);
	number = session_look(s, LOOK_PUBLISHED)->number;
	s->recheck_ms = 1; /* now */
	assert_true(session_poll(s));
	assert_true(session_busy(s, LOOK_PUBLISHED));
	assert_false(session_any_busy(s));
	assert_true(session_wait(s, WAIT));
	assert_int_not_equal(session_look(s, LOOK_PUBLISHED)->number, number);
	assert_in_range(session_next_look_ms(s), 25000, 30000);

	assert_true(session_watch_stop(s));
	assert_true(session_watch_stopped(s));
	assert_false(session_watch_stop(s));
	assert_int_equal(session_wait_ms(s), -1);
	assert_non_null(strstr(session_message(s)->text, "F5 looks again"));
	look(s);
	assert_in_range(session_wait_ms(s), 25000, 30000);

	until = session_plan(s)->old_until[PLANNED_SPF];
	s = begin_session(t, &p, true);
	assert_true(session_published(s, PLANNED_SPF)->said);
	assert_in_range(
	    session_plan(s)->old_until[PLANNED_SPF], until, until + 30);
	is(s, PUBLISHED_NO, VISIBLE_NO, "Not at any of the name servers yet.",
	    "still have the old");
	assert_in_range(session_wait_ms(s), 20000, 30000);

	assert_null(session_spf_add(s, SPF_AT_END, "ip4:192.0.2.10"));
	assert_false(session_published(s, PLANNED_SPF)->said);
	assert_true(session_wait(s, WAIT));
	assert_int_equal(session_wait_ms(s), -1);
	assert_non_null(session_undo(s));
	assert_true(session_published(s, PLANNED_SPF)->said);
	assert_true(session_next_look_ms(s) >= 0);
	end_servers(t, &p);
}

#define UNIT(test) cmocka_unit_test_setup_teardown(test, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(from_one_server_to_all_and_to_the_resolver),
		UNIT(visible_when_the_ttl_is_over),
		UNIT(without_an_old_record_the_negative_ttl_counts),
		UNIT(a_server_that_cannot_be_asked),
		UNIT(slips),
		UNIT(with_a_resolver_of_its_own_it_says_so),
		UNIT(it_looks_again_by_itself),
	};

	dns_library_begin();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
