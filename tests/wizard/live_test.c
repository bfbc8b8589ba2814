/*
 * Looking while the screen goes on: a real name server whose zone changes, and
 * one that never answers.
 */
#include "session_fixture.h"

#include "../harness/responder.h"

#define SOON 50 /* ms; within which a key must be answered */

static const char before[] = "@ MX 10 mail\n"
			     "mail A 192.0.2.25\n"
			     "@ 60 TXT \"v=spf1 mx -all\"\n";
static const char after[] = "@ MX 10 mail\n"
			    "mail A 192.0.2.25\n"
			    "@ 60 TXT \"v=spf1 mx ip4:192.0.2.9 -all\"\n";

static struct session *
session_at_server(struct state *t, const char *at)
{
	struct session_options o = { .domain = "example.org",
		.resolver = at,
		.state_dir = t->dir,
		.live = { .timeout_ms = 20000, .threads = 3 } };
	char problem[PLAN_TEXT] = "";

	t->s = session_new(&o, problem);
	assert_string_equal(problem, "");
	return t->s;
}

static void
what_is_published_is_seen_at_the_next_look(void **state)
{
	struct state *t = *state;
	struct zone_source zones[] = { { "example.org", before } };
	struct server *nsd;
	struct session *s;

	NEED_SERVERS();
	nsd = nsd_start(zones, 1);
	s = session_at_server(t, nsd->at);
	assert_true(session_wait(s, WAIT));
	assert_string_equal(session_spf(s)->record, "v=spf1 mx -all");
	assert_int_equal(session_spf(s)->now, SPF_NOW_SAME);

	assert_null(session_spf_add(s, SPF_AT_END, "ip4:192.0.2.9"));
	assert_int_equal(session_spf(s)->now, SPF_NOW_DIFFERENT);
	session_publish_record(s, PLANNED_SPF);
	assert_true(session_wait(s, WAIT));
	assert_true(session_spf(s)->waiting);
	assert_true(session_spf(s)->old_until >= time(NULL) + 50);
	/* It looks again by itself, in half a minute at most. */
	assert_true(session_wait_ms(s) > 0);
	assert_true(session_wait_ms(s) <= 30000);

	zones[0].text = after;
	nsd_reload(nsd, zones, 1);
	session_check_now(s);
	assert_true(session_wait(s, WAIT));
	assert_int_equal(session_spf(s)->now, SPF_NOW_SAME);
	assert_false(session_spf(s)->waiting);
	assert_int_equal(session_wait_ms(s), -1);
	server_stop(nsd);
}

static void
answers_are_asked_for_once_a_generation(void **state)
{
	struct state *t = *state;
	static const struct reply replies[] = {
		{ .name = "example.org",
		    .type = RR_TXT,
		    .answer = "example.org. 60 TXT \"v=spf1 -all\"\n" },
		{ .rcode = 3 },
	};
	struct responder *r = responder_start("127.0.0.1", replies, 2);
	struct arena *arena = arena_new();
	struct session *s =
	    session_at_server(t, dns_server_print(arena, &r->server));

	assert_true(session_wait(s, WAIT));
	assert_int_equal(r->heard[0].udp, 1);
	for (int i = 0; i < 5; i++) {
		assert_null(session_spf_toggle(s, SPF_MX));
		assert_true(session_wait(s, WAIT));
	}
	assert_int_equal(r->heard[0].udp, 1);
	session_check_now(s);
	assert_true(session_wait(s, WAIT));
	assert_int_equal(r->heard[0].udp, 2);
	arena_free(arena);
	responder_stop(r);
}

/* How long the main thread was kept by what it did. */
static int64_t begun;

static void
soon(const char *what)
{
	int64_t took = monotonic_ms() - begun;

	if (took > SOON)
		fail_msg("%s took %d ms", what, (int)took);
	begun = monotonic_ms();
}

static void
a_silent_server_keeps_nobody_waiting(void **state)
{
	struct state *t = *state;
	static const struct reply replies[] = { { .fault = R_SILENT } };
	struct responder *r = responder_start("127.0.0.1", replies, 1);
	struct arena *arena = arena_new();
	struct session *s =
	    session_at_server(t, dns_server_print(arena, &r->server));

	begun = monotonic_ms();
	for (int i = 0; i < 10; i++) {
		session_spf_toggle(s, SPF_MX);
		soon("a change");
		session_check_now(s);
		soon("check now");
		session_poll(s);
		soon("poll");
		session_next(s, NULL);
		soon("next");
		session_back(s);
		soon("back");
	}
	assert_true(session_busy_ms(s, LOOK_SPF) >= 0);
	assert_int_equal(session_mark(s, WIZ_DOMAIN), MARK_BUSY);
	assert_true(session_stop(s));
	soon("stop");
	assert_false(session_any_busy(s));
	session_check_now(s);
	begun = monotonic_ms();
	session_free(s);
	t->s = NULL;
	assert_true(monotonic_ms() - begun < 500);
	arena_free(arena);
	responder_stop(r);
}

static void
the_first_screen_asks_the_resolver_only(void **state)
{
	struct state *t = *state;
	static const struct reply replies[] = {
		{ .name = "mail.example.org",
		    .type = RR_A,
		    .answer = "mail.example.org. 60 A 127.0.0.1\n" },
		{ .name = "example.org", .type = RR_TXT },
		{ .rcode = 0 },
	};
	struct responder *r = responder_start("127.0.0.1", replies, 3);
	struct arena *arena = arena_new();
	struct session_options o = { .state_dir = t->dir,
		.resolver = dns_server_print(arena, &r->server),
		.live = { .threads = 2 } };
	char problem[PLAN_TEXT];
	struct session *s = t->s = session_new(&o, problem);
	const struct start_facts *facts;

	assert_non_null(s);
	assert_null(session_answer(s, FIELD_DOMAIN, "example.org"));
	assert_null(session_answer(s, FIELD_HOST, "mail.example.org"));
	assert_true(session_wait(s, WAIT));
	facts = &session_look(s, LOOK_START)->start;
	assert_true(facts->answered);
	assert_true(facts->here);
	assert_int_equal(facts->a->nrecords, 1);
	assert_int_equal(r->heard[1].udp, 0);
	assert_null(session_look(s, LOOK_SPF));
	/* A resolver that is not there is said so. */
	assert_null(session_answer(s, FIELD_RESOLVER, "127.0.0.1:9"));
	assert_null(session_look(s, LOOK_SPF));
	arena_free(arena);
	responder_stop(r);
}

int
main(void)
{
#define UNIT(f) cmocka_unit_test_setup_teardown(f, begin, end)
	const struct CMUnitTest tests[] = {
		UNIT(what_is_published_is_seen_at_the_next_look),
		UNIT(answers_are_asked_for_once_a_generation),
		UNIT(a_silent_server_keeps_nobody_waiting),
		UNIT(the_first_screen_asks_the_resolver_only),
	};

	dns_library_begin();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
