/* The checklist: which item, how bad, where, and what the program exits with. */
#include "../harness/unit.h"

#include <stdlib.h>
#include <string.h>

#include "../../wizard/checklist.h"
#include "../../wizard/field.h"

struct state {
	struct arena *arena;
	struct plan plan;
	struct look domain, spf, dkim, dmarc;
	struct finding findings[4];
	struct checklist_source source;
	struct checklist list;
};

static int
begin(void **state)
{
	struct state *s = calloc(1, sizeof(*s));

	s->arena = arena_new();
	strcpy(s->plan.domain, "example.org");
	for (size_t i = 0; i < PLAN_PROTOCOLS; i++)
		s->plan.ports[i].use = USE_NO;
	s->domain.at = 2000;
	s->spf.at = 1000;
	s->dkim.at = s->dmarc.at = 3000;
	s->source = (struct checklist_source){
		.plan = &s->plan,
		.result = { [LOOK_DOMAIN] = &s->domain,
		    [LOOK_SPF] = &s->spf,
		    [LOOK_DKIM] = &s->dkim,
		    [LOOK_DMARC] = &s->dmarc },
		.planned = { [PLANNED_SPF] = { "example.org",
				 str_of("v=spf1 mx -all"), true, true, NULL } },
		.look_key = "F5",
		.now = 3000,
	};
	*state = s;
	return 0;
}

static int
end(void **state)
{
	struct state *s = *state;

	arena_free(s->arena);
	free(s);
	return 0;
}

/* Lets a look have found something. */
static void
find(struct state *s, struct look *look, size_t i, enum finding_code code)
{
	struct finding *finding = &s->findings[i];

	*finding = (struct finding){
		.code = code,
		.severity = finding_kinds[code].severity,
		.subject = "example.org",
		.detail = { "a", "b", "c", "d" },
		.next = look->report.findings.first,
	};
	look->report.findings.first = finding;
}

static void
make(struct state *s)
{
	checklist_make(s->arena, &s->source, &s->list);
}

static const struct item *
item_with(const struct state *s, const char *text)
{
	for (size_t i = 0; i < s->list.nitems; i++)
		if (strstr(s->list.items[i].text, text) != NULL)
			return &s->list.items[i];
	return NULL;
}

/* Code by code: level, group, exit status. */
static const struct {
	enum finding_code code;
	enum item_level level;
	enum item_group group;
	int exit_status;
} levels[] = {
	{ F_SPF_OK, ITEM_OK, GROUP_DONE, 0 },
	{ F_SPF_SOFTFAIL, ITEM_NOTE, GROUP_DONE, 0 },
	{ F_SPF_PTR, ITEM_WARN, GROUP_TODO, 0 },
	{ F_DNS_TIMEOUT, ITEM_WAIT, GROUP_TODO, 3 },
	{ F_SPF_MISSING, ITEM_FAIL, GROUP_TODO, 1 },
};

static void
a_finding_is_an_item_as_bad_as_it_is(void **state)
{
	struct state *s = *state;

	for (size_t i = 0; i < COUNT(levels); i++) {
		const struct item *item = NULL;

		s->spf.report.findings.first = NULL;
		find(s, &s->spf, 0, levels[i].code);
		make(s);
		for (size_t j = 0; j < s->list.nitems; j++)
			if (s->list.items[j].finding == &s->findings[0])
				item = &s->list.items[j];
		assert_non_null(item);
		assert_int_equal(item->level, levels[i].level);
		assert_int_equal(item->group, levels[i].group);
		assert_int_equal(item->step, WIZ_SPF);
		assert_null(item->tick_id);
		assert_int_equal(item->ticked, levels[i].group == GROUP_DONE);
		assert_int_equal(s->list.exit_status, levels[i].exit_status);
	}
}

static void
the_worst_comes_first_in_its_group(void **state)
{
	struct state *s = *state;

	find(s, &s->spf, 0, F_SPF_OK);
	find(s, &s->spf, 1, F_SPF_PTR);
	find(s, &s->domain, 2, F_DNS_FAILED);
	find(s, &s->spf, 3, F_SPF_PLUS_ALL);
	make(s);
	assert_int_equal(s->list.items[0].level, ITEM_FAIL);
	assert_int_equal(s->list.items[1].level, ITEM_WARN);
	assert_int_equal(s->list.items[2].level, ITEM_WAIT);
	for (size_t i = 1; i < s->list.nitems; i++)
		assert_true(
		    s->list.items[i - 1].group <= s->list.items[i].group);
	assert_int_equal(s->list.to_fix, 2);
	assert_int_equal(s->list.to_wait, 1);
	assert_int_equal(s->list.done, 1 + PLAN_PROTOCOLS); /* not used */
	assert_true(s->list.checked_at == 1000);
}

/* What is open keeps the exit status from being 0. */
static void
open_questions_are_never_a_success(void **state)
{
	struct state *s = *state;
	static const char one[] = "Publish the SPF record";
	struct published_view where = {
		.said = true,
		.looked = true,
		.published = PUBLISHED_PARTLY,
		.headline = "Published at 2 of 3 name servers.",
		.more = "ns3 still has the old record.",
	};

	make(s);
	assert_int_equal(s->list.exit_status, 0);

	s->source.open_fields = true;
	make(s);
	assert_int_equal(s->list.exit_status, 1);
	s->source.open_fields = false;

	s->source.planned[PLANNED_SPF].published = false;
	make(s);
	assert_int_equal(s->list.exit_status, 1);
	assert_int_equal(item_with(s, one)->level, ITEM_TODO);
	s->source.planned[PLANNED_SPF].where = &where;
	make(s);
	assert_int_equal(item_with(s, "at 2 of 3")->level, ITEM_WAIT);
	assert_int_equal(s->list.exit_status, 1);
	where.slip = SLIP_DOUBLED;
	make(s);
	assert_int_equal(item_with(s, "at 2 of 3")->level, ITEM_FAIL);
	s->source.planned[PLANNED_SPF].where = NULL;
	s->source.planned[PLANNED_SPF].published = true;

	s->source.busy[LOOK_SPF] = true;
	make(s);
	assert_int_equal(s->list.exit_status, 1);
	assert_non_null(item_with(s, "SPF: looking"));
	s->source.busy[LOOK_SPF] = false;

	s->source.result[LOOK_DOMAIN] = NULL;
	make(s);
	assert_int_equal(s->list.exit_status, 1);
	assert_non_null(item_with(s, "Domain: not looked at yet"));

	strcpy(s->plan.skipped[0], "domain");
	s->plan.nskipped = 1;
	make(s);
	assert_int_equal(s->list.exit_status, 0);
}

static void
what_cannot_be_tested_is_ticked_by_hand(void **state)
{
	struct state *s = *state;
	const struct item *item;

	make(s);
	item = item_with(s, "test mail");
	assert_int_equal(item->group, GROUP_MANUAL);
	assert_false(item->ticked);
	assert_string_equal(
	    item_with(s, "firewall")->proof, "nc -vz example.org 25");
	field_store(&s->plan, FIELD_TICK, str_of(item->tick_id));
	make(s);
	assert_true(item_with(s, "test mail")->ticked);
	s->plan.sends_nothing = s->plan.receives_nothing = true;
	make(s);
	assert_null(item_with(s, "test mail"));
	assert_null(item_with(s, "firewall"));
}

/* Who runs which server is told its own commands. */
static void
commands_are_those_of_the_server(void **state)
{
	struct state *s = *state;

	make(s);
	assert_null(item_with(s, "EHLO")->proof);
	s->plan.server = SERVER_POSTFIX;
	make(s);
	assert_non_null(strstr(item_with(s, "EHLO")->proof, "postconf"));
	s->plan.server = SERVER_EXCHANGE_SE;
	make(s);
	assert_non_null(strstr(item_with(s, "EHLO")->proof, "Get-Send"));
	field_store(&s->plan, FIELD_HELO, str_of("mail.example.org"));
	make(s);
	assert_null(item_with(s, "EHLO"));
}

/* Octets of the longest line of sentences; commands are never folded. */
static size_t
widest(const char *text)
{
	size_t most = 0;

	while (*text != '\0') {
		size_t len = strcspn(text, "\n");
		const char *proof = strstr(text, "Prove:");

		if ((proof == NULL || proof > text + len) && len > most)
			most = len;
		text += len + 1;
	}
	return most;
}

static void
the_text_holds_all_that_is_needed(void **state)
{
	struct state *s = *state;
	const char *text;

	field_store(&s->plan, FIELD_SPF_TERM, str_of("mx"));
	field_store(&s->plan, FIELD_SPF_TERM, str_of("-all"));
	s->plan.spf_begun = true;
	s->source.planned[PLANNED_SPF].published = false;
	find(s, &s->spf, 0, F_SPF_MISSING);
	make(s);
	text = checklist_text(
	    s->arena, &s->source, &s->list, "/home/\033x/report", REPORT_WIDTH);
	assert_true(strncmp(text, "Checklist for example.org", 25) == 0);
	/* A value stands alone on its line, ready to be copied. */
	assert_non_null(strstr(text, "\nv=spf1 mx -all\n"));
	assert_non_null(strstr(text, "  FAIL  example.org has no SPF record"));
	assert_non_null(strstr(text, "Prove:  dig +short TXT example.org\n"));
	assert_non_null(strstr(text, "mailwizard example.org\n"));
	assert_non_null(strstr(text, "/home/\\027x/report\n"));
	assert_null(strchr(text, '\033'));
	assert_true(widest(text) <= REPORT_WIDTH);
	text = checklist_text(s->arena, &s->source, &s->list, NULL, 59);
	assert_true(widest(text) <= 59);
}

/* Nothing of its own is planned: then what the judge proposes is told. */
static void
a_suggested_record_is_told(void **state)
{
	struct state *s = *state;
	struct record suggested = { .name = "example.org",
		.type = RR_TXT,
		.ttl = 300,
		.text = str_of("v=spf1 a -all") };
	const char *text;

	s->spf.report.suggested = &suggested;
	s->spf.report.nsuggested = 1;
	make(s);
	text =
	    checklist_text(s->arena, &s->source, &s->list, NULL, REPORT_WIDTH);
	assert_non_null(strstr(text,
	    "Suggested record: TXT example.org (at your provider the name is "
	    "\"@\"), TTL 300\nv=spf1 a -all\n"));
}

static void
proofs_ask_the_servers_of_the_plan(void **state)
{
	struct state *s = *state;
	const struct item *item;

	strcpy(s->plan.resolver, "192.0.2.53:5353,192.0.2.54");
	find(s, &s->spf, 0, F_SPF_MISSING);
	make(s);
	item = item_with(s, "no SPF record");
	assert_non_null(strstr(item->proof, "@192.0.2.53"));
	assert_non_null(strstr(item->proof, "5353"));
}

int
main(void)
{
#define UNIT(f) cmocka_unit_test_setup_teardown(f, begin, end)
	const struct CMUnitTest tests[] = {
		UNIT(a_finding_is_an_item_as_bad_as_it_is),
		UNIT(the_worst_comes_first_in_its_group),
		UNIT(open_questions_are_never_a_success),
		UNIT(what_cannot_be_tested_is_ticked_by_hand),
		UNIT(commands_are_those_of_the_server),
		UNIT(the_text_holds_all_that_is_needed),
		UNIT(a_suggested_record_is_told),
		UNIT(proofs_ask_the_servers_of_the_plan),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
