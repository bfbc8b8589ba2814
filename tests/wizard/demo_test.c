/* The made-up world: its faults, what repairs them, and when it is seen. */
#include "session_fixture.h"

#include <sys/stat.h>

#include "../../checks/dns_authority.h"
#include "../../checks/key_read.h"
#include "../../checks/resolver.h"
#include "../../wizard/demo.h"

#define BEGIN 100000 /* ms; when the tests' clock begins */

/* A demo, and one run that asks what is there at a time. */
struct view {
	struct demo *demo;
	struct resolver *dns;
	struct run run;
};

static void
look_at(struct view *v, int64_t now_ms)
{
	if (v->dns != NULL) {
		run_end(&v->run);
		resolver_free(v->dns);
	}
	v->dns = demo_resolver(v->demo, now_ms);
	run_begin(&v->run, v->dns, WAIT, -1);
}

static int
view_begin(void **state)
{
	struct view *v = calloc(1, sizeof(*v));

	v->demo = demo_new();
	look_at(v, BEGIN);
	*state = v;
	return 0;
}

static int
view_end(void **state)
{
	struct view *v = *state;

	run_end(&v->run);
	resolver_free(v->dns);
	demo_free(v->demo);
	free(v);
	return 0;
}

/* What resolvers see, as "value; value". */
static const char *
seen(struct view *v, const char *name, enum rr_type type)
{
	const struct answer *answer;
	const char *text = "";

	assert_int_equal(dns_ask(&v->run, name, type, &answer), OK);
	for (size_t i = 0; i < answer->nrecords; i++)
		text = arena_printf(v->run.arena, "%s%s%s", text,
		    i == 0 ? "" : "; ",
		    record_value(v->run.arena, &answer->records[i]));
	return text;
}

/* The same of the name servers, which must agree; *n is how many they are. */
static const char *
served(struct view *v, const char *name, enum rr_type type, size_t *n)
{
	struct authority list[AUTHORITY_MAX];
	const char *text = "";

	assert_int_equal(
	    dns_ask_authorities(&v->run, name, type, 53, list, n), OK);
	for (size_t i = 0; i < *n; i++) {
		const struct answer *answer = list[i].answer;

		assert_true(answer->authoritative);
		assert_int_equal(answer->nrecords, 1);
		text = record_value(v->run.arena, &answer->records[0]);
		assert_string_equal(text,
		    record_value(v->run.arena, &list[0].answer->records[0]));
	}
	return text;
}

static struct record
text_record(const char *text)
{
	return (struct record){ .name = demo_domain,
		.type = RR_TXT,
		.ttl = 3600,
		.text = str_of(text) };
}

static const struct record mx = {
	.name = "bakery.example",
	.type = RR_MX,
	.ttl = 3600,
	.mx = { 10, "mail.bakery.example" },
};

static void
servers_have_it_before_caches(void **state)
{
	struct view *v = *state;
	const char *name = demo_domain;
	size_t n;

	assert_int_equal(demo_stage(v->demo, BEGIN), DEMO_STILL);
	assert_int_equal(demo_wait_ms(v->demo, BEGIN), -1);
	demo_publish(v->demo, &mx, 1, BEGIN);
	assert_int_equal(demo_stage(v->demo, BEGIN), DEMO_ENTERED);
	assert_int_equal(demo_wait_ms(v->demo, BEGIN), DEMO_SERVERS_MS);

	look_at(v, BEGIN + DEMO_SERVERS_MS);
	assert_int_equal(
	    demo_stage(v->demo, BEGIN + DEMO_SERVERS_MS), DEMO_SERVED);
	assert_int_equal(demo_wait_ms(v->demo, BEGIN + DEMO_SERVERS_MS),
	    DEMO_CACHES_MS - DEMO_SERVERS_MS);
	assert_string_equal(
	    served(v, name, RR_MX, &n), "10 mail.bakery.example.");
	assert_int_equal(n, 2);
	assert_string_equal(seen(v, name, RR_MX),
	    "10 mx.bakery.example.; 20 oldmail.bakery.example.");

	look_at(v, BEGIN + DEMO_CACHES_MS);
	assert_string_equal(seen(v, name, RR_MX), "10 mail.bakery.example.");
	assert_int_equal(
	    demo_stage(v->demo, BEGIN + DEMO_CACHES_MS), DEMO_STILL);
}

/* What is not SPF stays; what is, and all that is, goes. */
static void
a_text_replaces_its_like(void **state)
{
	struct view *v = *state;
	struct record spf = text_record("v=spf1 mx -all");
	struct record other = text_record("another");

	demo_publish(v->demo, &spf, 1, BEGIN);
	look_at(v, BEGIN + DEMO_CACHES_MS);
	assert_string_equal(seen(v, demo_domain, RR_TXT),
	    "v=spf1 mx -all; webshop-site-check=7f3a9c");
	spf = text_record("v=spf1 a -all");
	demo_publish(v->demo, &spf, 1, BEGIN + DEMO_CACHES_MS);
	look_at(v, BEGIN + 2 * DEMO_CACHES_MS);
	assert_string_equal(seen(v, demo_domain, RR_TXT),
	    "v=spf1 a -all; webshop-site-check=7f3a9c");
	demo_publish(v->demo, &other, 1, BEGIN + 2 * DEMO_CACHES_MS);
	look_at(v, BEGIN + 3 * DEMO_CACHES_MS);
	assert_string_equal(seen(v, demo_domain, RR_TXT), "another");
}

/* A change that is still on its way does not wait for the next. */
static void
changes_come_one_by_one(void **state)
{
	struct view *v = *state;
	struct record spf = text_record("v=spf1 mx -all");

	demo_publish(v->demo, &mx, 1, BEGIN);
	demo_publish(v->demo, &spf, 1, BEGIN + 1000);
	look_at(v, BEGIN + DEMO_CACHES_MS);
	assert_string_equal(
	    seen(v, demo_domain, RR_MX), "10 mail.bakery.example.");
	assert_non_null(strstr(seen(v, demo_domain, RR_TXT), "+all"));
	assert_int_equal(demo_wait_ms(v->demo, BEGIN + DEMO_CACHES_MS), 1000);
	look_at(v, BEGIN + DEMO_CACHES_MS + 1000);
	assert_null(strstr(seen(v, demo_domain, RR_TXT), "+all"));
}

/* --- faults and repair --------------------------------------------------- */

static const struct {
	enum step_id step;
	enum finding_code code;
} faults[] = {
	{ STEP_DOMAIN, F_MX_IS_CNAME },
	{ STEP_DOMAIN, F_MX_NO_ADDRESS },
	{ STEP_DOMAIN, F_PTR_MISMATCH },
	{ STEP_SPF, F_SPF_PTR },
	{ STEP_SPF, F_SPF_SYNTAX },
	{ STEP_SPF, F_SPF_PLUS_ALL },
	{ STEP_SPF, F_SPF_INCLUDE_MISSING },
	{ STEP_SPF, F_SPF_TOO_MANY_LOOKUPS },
	{ STEP_SPF, F_SPF_VOID },
	{ STEP_DKIM, F_DKIM_MISPLACED },
	{ STEP_DKIM, F_DKIM_KEY_MISMATCH },
	{ STEP_DMARC, F_DMARC_BAD_POLICY },
	{ STEP_DMARC, F_DMARC_REPORT_URI },
};

/* In a run of its own, as of this time; its records are to be published. */
static void
check(
    struct view *v, enum step_id step, int64_t now_ms, struct step_report *out)
{
	struct expected_key signs = { .selector = demo_selector };
	struct target target = { .domain = demo_domain,
		.host = demo_host,
		.authoritative = true,
		.expected = &signs,
		.nexpected = 1 };

	look_at(v, now_ms);
	assert_int_equal(
	    key_read_text(v->run.arena, str_of(demo_key()), &signs.key),
	    KEY_TEXT_READ);
	v->run.made_up = true;
	assert_int_equal(check_step(&v->run, step, &target, out), OK);
}

static bool
has(const struct step_report *report, enum finding_code code)
{
	const struct finding *f = report->findings.first;

	while (f != NULL && f->code != code)
		f = f->next;
	return f != NULL;
}

static void
the_faults_are_the_classic_ones(void **state)
{
	for (size_t i = 0; i < COUNT(faults); i++) {
		struct step_report report;

		check(*state, faults[i].step, BEGIN, &report);
		assert_true(has(&report, faults[i].code));
	}
}

/* One publication a step, as suggested, and all is in order. */
static void
what_is_suggested_repairs_it(void **state)
{
	struct view *v = *state;

	for (int i = 0; i <= STEP_DMARC; i++) {
		enum step_id step = (enum step_id)i;
		struct step_report report;
		int64_t now = BEGIN + i * 2 * DEMO_CACHES_MS;

		check(v, step, now, &report);
		assert_int_equal(report.status, SEV_FAIL);
		assert_true(report.nsuggested > 0);
		demo_publish(v->demo, report.suggested, report.nsuggested, now);
		check(v, step, now + DEMO_CACHES_MS, &report);
		assert_in_range(report.status, SEV_PASS, SEV_NOTE);
		assert_int_equal(report.nsuggested, 0);
		assert_false(has(&report, F_MX_PRIVATE_ADDRESS));
		assert_false(has(&report, F_SPF_PRIVATE_ADDRESS));
	}
}

/* --- the session --------------------------------------------------------- */

static struct session *
demo_session(struct state *t)
{
	struct session_options o = {
		.demo = true, .guess = true, .state_dir = t->dir
	};
	char problem[PLAN_TEXT] = "";

	t->s = session_new(&o, problem);
	assert_string_equal(problem, "");
	assert_non_null(t->s);
	return t->s;
}

static void
a_session_asks_and_keeps_nothing(void **state)
{
	struct state *t = *state;
	struct session *s = demo_session(t);

	assert_true(session_is_demo(s));
	assert_string_equal(session_field(s, FIELD_DOMAIN), demo_domain);
	assert_string_equal(session_field(s, FIELD_HOST), demo_host);
	/* A resolver of the person's is not asked either. */
	assert_null(session_answer(s, FIELD_RESOLVER, "127.0.0.1:1"));
	assert_int_equal(session_next(s, NULL), MOVE_DONE);
	assert_true(session_wait(s, WAIT));
	assert_int_equal(session_mark(s, WIZ_DOMAIN), MARK_PROBLEM);
	assert_int_equal(session_mark(s, WIZ_SPF), MARK_PROBLEM);
	assert_int_equal(session_mark(s, WIZ_DKIM), MARK_PROBLEM);
	assert_int_equal(session_mark(s, WIZ_DMARC), MARK_PROBLEM);
	assert_null(session_path(s));
	assert_null(session_save_report(s));
	assert_null(session_save_problem(s));
	assert_int_equal(rmdir(t->dir), 0); /* it is empty */
	assert_int_equal(mkdir(t->dir, 0700), 0);
	assert_non_null(
	    strstr(session_report(s, REPORT_WIDTH), "This was a demo"));
	assert_null(strstr(session_report(s, REPORT_WIDTH), "Go on with"));
	assert_int_equal(session_exit_status(s), 1);
}

static void
publishing_is_told_step_by_step(void **state)
{
	struct session *s = demo_session(*state);

	assert_int_equal(session_next(s, NULL), MOVE_DONE);
	assert_true(session_wait(s, WAIT));
	assert_false(session_demo_waits(s));
	session_publish(s, LOOK_DOMAIN);
	assert_true(session_demo_waits(s));
	assert_int_equal(session_message(s)->level, MESSAGE_WAIT);
	assert_non_null(strstr(session_message(s)->text, "Entered"));
	assert_in_range(session_wait_ms(s), 0, DEMO_SERVERS_MS);
	assert_true(session_wait(s, WAIT));
	/* Until it is seen, what is seen is the old. */
	assert_int_equal(session_mark(s, WIZ_DOMAIN), MARK_PROBLEM);
	assert_non_null(strstr(session_message(s)->text, "Entered"));
}

/* The main loop, until the name servers have what was entered. */
static void
wait_for_servers(struct session *s)
{
	struct run run;

	run_begin(&run, NULL, WAIT, -1);
	while (session_published(s, PLANNED_SPF)->published != PUBLISHED_YES) {
		struct pollfd p = { .fd = session_fd(s), .events = POLLIN };

		assert_int_equal(run_poll(&run, &p, 1, session_wait_ms(s)), OK);
		session_poll(s);
	}
	run_end(&run);
}

static void
its_servers_are_asked_too(void **state)
{
	struct session *s = demo_session(*state);
	const struct published_view *view;

	assert_int_equal(session_next(s, NULL), MOVE_DONE);
	session_jump(s, WIZ_SPF);
	assert_true(session_wait(s, WAIT));
	apply(s, F_SPF_SYNTAX, REMEDY_SUGGESTED);
	session_publish_record(s, PLANNED_SPF);
	assert_true(session_wait(s, WAIT));
	view = session_published(s, PLANNED_SPF);
	assert_int_equal(view->nservers, 2);
	assert_int_equal(view->published, PUBLISHED_NO);
	assert_int_equal(view->visible, VISIBLE_NO);
	wait_for_servers(s);
	view = session_published(s, PLANNED_SPF);
	assert_int_equal(view->visible, VISIBLE_NO);
	assert_false(view->done);
	assert_string_equal(view->servers[0].host, "ns1.hoster.example");
	assert_string_equal(view->servers[0].address, "192.0.2.53");
}

/* Until all that was entered is seen by all. */
static void
wait_for_caches(struct session *s)
{
	struct run run;

	run_begin(&run, NULL, WAIT, -1);
	while (session_demo_waits(s)) {
		struct pollfd p = { .fd = session_fd(s), .events = POLLIN };

		assert_int_equal(run_poll(&run, &p, 1, session_wait_ms(s)), OK);
		session_poll(s);
	}
	run_end(&run);
	assert_true(session_wait(s, WAIT));
}

/* What DNS has at the selector of the server. */
static enum dkim_now
key_now(const struct session *s)
{
	struct arena *arena = arena_new();
	struct dkim_known *known;
	enum dkim_now now;

	assert_true(session_dkim_known(s, arena, &known) > 0);
	assert_string_equal(known[0].selector, demo_selector);
	now = known[0].now;
	arena_free(arena);
	return now;
}

/* Publishing the SPF record enters no key; publishing the key does. */
static void
its_key_is_published(void **state)
{
	struct session *s = demo_session(*state);

	assert_int_equal(session_next(s, NULL), MOVE_DONE);
	assert_true(session_wait(s, WAIT));
	assert_int_equal(key_now(s), DKIM_NOW_OTHER);
	session_publish_record(s, PLANNED_SPF);
	wait_for_caches(s);
	assert_int_equal(key_now(s), DKIM_NOW_OTHER);
	session_jump(s, WIZ_DKIM);
	session_publish_record(s, PLANNED_KEY);
	assert_non_null(strstr(session_message(s)->text, "Entered"));
	assert_true(session_wait(s, WAIT));
	assert_int_equal(key_now(s), DKIM_NOW_OTHER);
	wait_for_caches(s);
	assert_int_equal(key_now(s), DKIM_NOW_SAME);
	assert_int_equal(session_mark(s, WIZ_DKIM), MARK_PROBLEM);
	session_publish(s, LOOK_DKIM); /* the other key, at its place */
	wait_for_caches(s);
	assert_int_equal(session_mark(s, WIZ_DKIM), MARK_OK);
}

/* A key made in the demo leaves no file. */
static void
a_key_made_is_not_written(void **state)
{
	struct state *t = *state;
	struct session *s = demo_session(t);
	char path[128];

	snprintf(path, sizeof(path), "%s/private.pem", t->dir);
	assert_int_equal(session_next(s, NULL), MOVE_DONE);
	assert_true(session_wait(s, WAIT));
	session_jump(s, WIZ_DKIM);
	assert_null(session_dkim_make(s, "fresh", KEY_KIND_ED25519, path));
	assert_true(session_wait(s, WAIT));
	assert_string_equal(session_plan(s)->key_selector, "fresh");
	assert_string_equal(session_plan(s)->key_file, "");
	assert_non_null(strstr(session_message(s)->text, "writes no file"));
	assert_int_equal(access(path, F_OK), -1);
}

int
main(void)
{
#define IN_VIEW(test)                                                          \
	cmocka_unit_test_setup_teardown(test, view_begin, view_end)
#define IN_SESSION(test) cmocka_unit_test_setup_teardown(test, begin, end)
	const struct CMUnitTest tests[] = {
		IN_VIEW(servers_have_it_before_caches),
		IN_VIEW(a_text_replaces_its_like),
		IN_VIEW(changes_come_one_by_one),
		IN_VIEW(the_faults_are_the_classic_ones),
		IN_VIEW(what_is_suggested_repairs_it),
		IN_SESSION(a_session_asks_and_keeps_nothing),
		IN_SESSION(publishing_is_told_step_by_step),
		IN_SESSION(its_servers_are_asked_too),
		IN_SESSION(its_key_is_published),
		IN_SESSION(a_key_made_is_not_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
