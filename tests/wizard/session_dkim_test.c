/* The DKIM key of a session: what changes it, and what it follows. */
#include "session_fixture.h"

#include "../../wizard/dkim_plan.h"

#define BARE                                                                   \
	"@ 300 SOA ns hostmaster 1 3600 600 86400 300\n"                       \
	"@ NS ns\n@ MX 10 mail\nns A 192.0.2.53\nmail A 192.0.2.25\n"          \
	"@ TXT \"v=spf1 mx ~all\"\n"

/* "mail._domainkey TXT ..." with the key of the plan. */
static const char *
zone_with_key(const struct session *s)
{
	static char zone[2048];
	struct arena *arena = arena_new();
	struct record r;

	assert_true(dkim_plan_record(arena, session_plan(s), &r));
	snprintf(zone, sizeof(zone), "%smail._domainkey TXT \"%.*s\"\n", BARE,
	    (int)r.text.len, r.text.p);
	arena_free(arena);
	return zone;
}

static struct session *
make_key(struct state *t, struct session *s, const char *file)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/%s", t->dir, file);
	assert_null(session_dkim_make(s, "mail", KEY_KIND_ED25519, path));
	assert_true(session_wait(s, WAIT));
	assert_string_equal(session_plan(s)->key_file, path);
	return s;
}

/* Another key in the file and in DNS: somebody replaced it. */
static void
a_key_that_was_replaced_outside_is_taken(void **state)
{
	struct state *t = *state;
	struct session *s =
	    make_key(t, open_session(t, BARE, "example.org"), "one.pem");
	char first[PLAN_KEY], from[128], to[128];

	snprintf(first, sizeof(first), "%s", session_plan(s)->key_public);
	put_zone(t, zone_with_key(s));
	session_check_now(s);
	assert_true(session_wait(s, WAIT));
	assert_null(finding_of(s, LOOK_DKIM, F_DKIM_KEY_MISMATCH));
	assert_true(session_plan(s)->key_seen != 0);
	/* Another in DNS alone: the plan stays, and the fault is told. */
	make_key(t, s, "two.pem");
	put_zone(t, zone_with_key(s));
	session_undo(s);
	assert_string_equal(session_plan(s)->key_public, first);
	session_check_now(s);
	assert_true(session_wait(s, WAIT));
	assert_non_null(finding_of(s, LOOK_DKIM, F_DKIM_KEY_MISMATCH));
	assert_string_equal(session_plan(s)->key_public, first);
	/* And in the file. */
	snprintf(from, sizeof(from), "%s/two.pem", t->dir);
	snprintf(to, sizeof(to), "%s/one.pem", t->dir);
	assert_int_equal(rename(from, to), 0);
	s = open_session(t, NULL, "example.org");
	assert_null(finding_of(s, LOOK_DKIM, F_DKIM_KEY_MISMATCH));
	assert_string_not_equal(session_plan(s)->key_public, first);
	assert_non_null(strstr(session_message(s)->text, "taken over"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_key_that_was_replaced_outside_is_taken),
	};

	dns_library_begin();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
