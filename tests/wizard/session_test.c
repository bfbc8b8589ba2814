/*
 * The whole way in memory: first screen, SPF repaired, checklist; against
 * zone files, without a terminal and without a network.
 */
#include "../harness/unit.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../checks/dns_ares.h"
#include "../../wizard/session.h"

#define WAIT 10000 /* ms; long enough under valgrind */

#define ZONE                                                                   \
	"$ORIGIN example.org.\n"                                               \
	"@ 300 SOA ns hostmaster 1 3600 600 86400 300\n"                       \
	"@ NS ns\n"                                                            \
	"@ MX 10 mail\n"                                                       \
	"ns A 192.0.2.53\n"                                                    \
	"mail A 192.0.2.25\n"                                                  \
	"25.2.0.192.in-addr.arpa. PTR mail.example.org.\n"                     \
	"_spf.example.net. TXT \"v=spf1 a:x.example.net -all\"\n"              \
	"x.example.net. A 198.51.100.7\n"                                      \
	"_far.example.net. TXT \"v=spf1 ip4:203.0.113.0/24 -all\"\n"

#define ONE  ZONE "@ 300 TXT \"v=spf1 mx ptr +all\"\n"
#define FINE ZONE "@ 300 TXT \"v=spf1 mx ~all\"\n"
#define NONE ZONE "@ TXT \"hello\"\n"
#define TWO  ONE "@ TXT \"v=spf1 ip4:198.51.100.9 -all\"\n"

struct state {
	char dir[64];
	char zone[80];
	const char *zones[1];
	struct session *s;
};

static int
begin(void **state)
{
	struct state *t = calloc(1, sizeof(*t));

	strcpy(t->dir, "/tmp/mailwizard-session-XXXXXX");
	assert_non_null(mkdtemp(t->dir));
	snprintf(t->zone, sizeof(t->zone), "%s/zone", t->dir);
	t->zones[0] = t->zone;
	*state = t;
	return 0;
}

static int
end(void **state)
{
	struct state *t = *state;
	char command[128];

	session_free(t->s);
	snprintf(command, sizeof(command), "rm -rf '%s'", t->dir);
	assert_int_equal(system(command), 0);
	free(t);
	return 0;
}

static void
put_zone(const struct state *t, const char *text)
{
	FILE *file = fopen(t->zone, "w");

	assert_non_null(file);
	fputs(text, file);
	assert_int_equal(fclose(file), 0);
}

static struct session_options
options(const struct state *t, const char *domain)
{
	return (struct session_options){
		.domain = domain,
		.state_dir = t->dir,
		.live = { .zones = t->zones,
		    .nzones = 1,
		    .offline = true,
		    .threads = 2 },
	};
}

/* A session at this domain, everything looked at. */
static struct session *
open_session(struct state *t, const char *zone, const char *domain)
{
	struct session_options o = options(t, domain);
	char problem[PLAN_TEXT] = "";

	if (zone != NULL)
		put_zone(t, zone);
	session_free(t->s);
	t->s = session_new(&o, problem);
	assert_string_equal(problem, "");
	assert_non_null(t->s);
	assert_true(session_wait(t->s, WAIT));
	return t->s;
}

static const char *
record(const struct session *s)
{
	return session_spf(s)->record;
}

static const struct finding *
finding_of(const struct session *s, enum look_kind kind, enum finding_code code)
{
	const struct look *look = session_look(s, kind);

	assert_non_null(look);
	for (const struct finding *f = look->report.findings.first; f != NULL;
	     f = f->next)
		if (f->code == code)
			return f;
	return NULL;
}

static void
apply(struct session *s, enum finding_code code, enum remedy_id id)
{
	struct remedy remedies[REMEDY_MAX];
	const struct finding *finding = finding_of(s, LOOK_SPF, code);
	size_t n;

	assert_non_null(finding);
	n = session_remedies(s, LOOK_SPF, finding, remedies);
	for (size_t i = 0; i < n; i++) {
		if (remedies[i].id != id)
			continue;
		assert_null(session_apply(s, LOOK_SPF, &remedies[i]));
		return;
	}
	fail_msg("no such remedy for %s", finding_kinds[code].id);
}

static const struct item *
item_with(const struct session *s, const char *text)
{
	const struct checklist *list = session_checklist(s);

	for (size_t i = 0; i < list->nitems; i++)
		if (strstr(list->items[i].text, text) != NULL)
			return &list->items[i];
	return NULL;
}

/* --- the whole way ------------------------------------------------------- */

static void
from_first_screen_to_checklist(void **state)
{
	struct state *t = *state;
	struct session_options o = options(t, NULL);
	char problem[PLAN_TEXT];
	enum field_id bad = FIELD_COUNT;
	struct session *s;
	const struct spf_view *spf;
	const char *report;

	put_zone(t, ONE);
	s = t->s = session_new(&o, problem);
	assert_non_null(s);
	assert_int_equal(session_at(s), WIZ_START);
	assert_int_equal(session_exit_status(s), 1);

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

	assert_int_equal(session_next(s, &bad), MOVE_DONE);
	assert_int_equal(session_at(s), WIZ_DOMAIN);
	assert_true(session_wait(s, WAIT));
	assert_int_equal(session_mark(s, WIZ_DOMAIN), MARK_OK);
	assert_int_equal(session_mark(s, WIZ_SPF), MARK_PROBLEM);

	/* The published record is there, term by term. */
	assert_int_equal(session_next(s, &bad), MOVE_DONE);
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

	assert_int_equal(session_next(s, &bad), MOVE_DONE);
	assert_int_equal(session_at(s), WIZ_LIST);
	assert_non_null(item_with(s, "Publish the SPF record"));
	assert_int_equal(session_exit_status(s), 1);
	report = session_report(s);
	assert_non_null(strstr(report, "\nv=spf1 mx ~all\n"));
	assert_non_null(strstr(report, "mailwizard example.org"));
	assert_non_null(strstr(report, "dig +short TXT example.org"));

	/* Published: looked at again, and done. */
	put_zone(t, FINE);
	session_spf_publish(s);
	assert_true(session_wait(s, WAIT));
	assert_int_equal(session_spf(s)->now, SPF_NOW_SAME);
	assert_false(session_spf(s)->waiting);
	assert_null(item_with(s, "Publish the SPF record"));
	assert_int_equal(session_mark(s, WIZ_SPF), MARK_OK);
	assert_int_equal(session_exit_status(s), 0);
	assert_non_null(session_save_report(s));
	assert_non_null(strstr(session_report(s), "example.org.checklist.txt"));
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
	assert_int_equal(session_spf(s)->now, SPF_NOW_NONE);
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
		UNIT(without_a_record_one_is_proposed),
		UNIT(two_records_are_merged),
		UNIT(the_record_is_changed_step_by_step),
		UNIT(each_undo_takes_back_one_change),
		UNIT(pasted_records_are_understood),
		UNIT(broken_terms_are_kept_and_shown),
		UNIT(numbers_belong_to_the_record_shown),
		UNIT(late_results_are_dropped),
		UNIT(stopping_keeps_what_was_found),
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
