/* The plan as text: written, read back, damaged, newer, written by hand. */
#include "../harness/unit.h"

#include <stdlib.h>
#include <string.h>

#include "../../wizard/field.h"
#include "../../wizard/plan_file.h"

struct state {
	struct arena *arena;
	struct plan plan, back;
	struct plan_kept kept;
	char problem[PLAN_TEXT];
};

static int
begin(void **state)
{
	struct state *s = calloc(1, sizeof(*s));

	s->arena = arena_new();
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

static enum plan_read
read_text(struct state *s, const char *text)
{
	return plan_file_read(str_of(text), &s->back, &s->kept, s->problem);
}

/* One sample of every field, as the file has it. */
static const char whole[] =
    "# mailwizard plan 1\n"
    "domain = example.org\n"
    "host = mail.example.org\n"
    "server = exchange-2019\n"
    "resolver = 192.0.2.53,[2001:db8::53]:5353\n"
    "sending = 192.0.2.25\n"
    "sending = 2001:db8::25\n"
    "helo = mail.example.org\n"
    "subdomain = news.example.org\n"
    "sends-nothing = yes\n"
    "receives-nothing = yes\n"
    "spf.term = mx\n"
    "spf.term = include:_spf.example.net\n"
    "spf.term = ip4:192.0.2.300\n"
    "spf.term = a:b\\\\c\\009\\255.example.org\n"
    "spf.term = -all\n"
    "spf.begun = yes\n"
    "spf.from-published = yes\n"
    "spf.base = v=spf1 mx ~all\n"
    "spf.old-until = 1795515600\n"
    "dkim.selector = mail2026\n"
    "dkim.key-selector = mail2026a\n"
    "dkim.key-type = ed25519\n"
    "dkim.public = 11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrw"
    "IaaPcHURo=\n"
    "dkim.key-file = /root/mail.pem\n"
    "dkim.old-selector = mail2025\n"
    "dkim.seen = 1795515600\n"
    "dkim.switched = 1795515600\n"
    "dkim.revoke-old = yes\n"
    "dkim.old-until = 1795515600\n"
    "dkim.revoked-until = 1795515600\n"
    "dmarc.p = quarantine\n"
    "dmarc.sp = none\n"
    "dmarc.np = reject\n"
    "dmarc.adkim = s\n"
    "dmarc.aspf = r\n"
    "dmarc.t = y\n"
    "dmarc.psd = n\n"
    "dmarc.rua = mailto:dmarc@example.org\n"
    "dmarc.rua = mailto:example@dmarc.example.net\n"
    "dmarc.ruf = mailto:dmarc@example.org\n"
    "dmarc.fo = 1:d:s\n"
    "dmarc.pct = 50\n"
    "dmarc.rf = afrf\n"
    "dmarc.ri = 3600\n"
    "dmarc.other = x=1\n"
    "dmarc.begun = yes\n"
    "dmarc.from-published = yes\n"
    "dmarc.base = v=DMARC1; p=none\n"
    "dmarc.old-until = 1795515600\n"
    "dmarc.stage = quarantine-test\n"
    "dmarc.since = 1795515600\n"
    "pop3.used = yes\n"
    "pop3.port = 995:tls\n"
    "pop3.port = 110:starttls\n"
    "imap4.used = no\n"
    "imap4.port = 1993:tls\n"
    "submission.used = yes\n"
    "submission.port = 587:starttls\n"
    "exchange.name = EX01\n"
    "exchange.thumbprint = 5113AE0233A72FCCB75B1D0198628675333D010E\n"
    "exchange.wildcard = yes\n"
    "exchange.mailbox = joe@example.org\n"
    "dovecot.version = 2.4\n"
    "dovecot.chain = /etc/ssl/chain.pem\n"
    "dovecot.key = /etc/ssl/key.pem\n"
    "done = firewall\n"
    "skip = spf\n"
    "step = spf\n";

static void
reading_then_writing_is_the_same(void **state)
{
	struct state *s = *state;

	assert_int_equal(read_text(s, whole), PLAN_READ_OK);
	assert_string_equal(
	    plan_file_write(s->arena, &s->back, &s->kept), whole);
	assert_string_equal(s->back.domain, "example.org");
	assert_int_equal(s->back.server, SERVER_EXCHANGE_2019);
	assert_int_equal(s->back.nterms, 5);
	assert_string_equal(s->back.term[3], "a:b\\c\t\377.example.org");
	assert_int_equal(s->back.step, WIZ_SPF);
	assert_true(s->back.old_until[PLANNED_SPF] == 1795515600);
	/* Every row of the table is in the sample. */
	for (size_t i = 0; i < FIELD_COUNT; i++)
		assert_non_null(strstr(whole, fields[i].name));
}

static void
an_empty_plan_is_one_line(void **state)
{
	struct state *s = *state;

	assert_string_equal(plan_file_write(s->arena, &s->plan, &s->kept),
	    "# mailwizard plan 1\n");
}

static void
any_octet_comes_back(void **state)
{
	struct state *s = *state;

	for (unsigned int i = 1; i < 256; i++)
		s->plan.term[0][i - 1] = (char)i;
	s->plan.nterms = 1;
	assert_int_equal(
	    read_text(s, plan_file_write(s->arena, &s->plan, &s->kept)),
	    PLAN_READ_OK);
	assert_memory_equal(s->plan.term[0], s->back.term[0], PLAN_TERM);
}

static void
a_full_plan_comes_back(void **state)
{
	struct state *s = *state;

	for (size_t i = 0; i < PLAN_TERMS; i++)
		memset(s->plan.term[i], '\001', PLAN_TERM - 1);
	s->plan.nterms = PLAN_TERMS;
	s->plan.spf_begun = true;
	assert_int_equal(
	    read_text(s, plan_file_write(s->arena, &s->plan, &s->kept)),
	    PLAN_READ_OK);
	assert_memory_equal(&s->plan, &s->back, sizeof(s->plan));
}

static void
unknown_lines_are_kept(void **state)
{
	struct state *s = *state;
	static const char text[] = "# mailwizard plan 1\n"
				   "domain = example.org\n"
				   "# mine\n"
				   "imap.port = 993\n";

	assert_int_equal(read_text(s, text), PLAN_READ_OK);
	assert_string_equal(
	    plan_file_write(s->arena, &s->back, &s->kept), text);
}

/* What a person or an accident may have made of it, and what is then read. */
static const struct {
	const char *text;
	enum plan_read result;
	const char *problem; /* a part of the sentence */
	const char *domain;
} readings[] = {
	{ "# mailwizard plan 1\r\ndomain = EXAMPLE.ORG.\r\n", PLAN_READ_OK, "",
	    "example.org" },
	{ "# mailwizard plan 1\n\n  domain=example.org  ", PLAN_READ_OK, "",
	    "example.org" },
	{ "# mailwizard plan 2\ndomain = example.org\n", PLAN_READ_NEWER,
	    "form 2", "example.org" },
	{ "", PLAN_READ_DAMAGED, "line 1", "" },
	{ "domain = example.org\n", PLAN_READ_DAMAGED, "line 1", "" },
	{ "# mailwizard plan x\ndomain = example.org\n", PLAN_READ_DAMAGED,
	    "line 1", "example.org" },
	{ "# mailwizard plan 1\ndomain = example.org\n\033[2Jgarbage\n",
	    PLAN_READ_DAMAGED, "line 3 cannot be read: \"\\027[2Jgarbage\"",
	    "example.org" },
	{ "# mailwizard plan 1\ndomain = exa mple..org\nhelo = a.example\n",
	    PLAN_READ_DAMAGED, "line 2", "" },
	{ "# mailwizard plan 1\ndomain = example.org\nstep = dance\n",
	    PLAN_READ_DAMAGED, "line 3", "example.org" },
	{ "# mailwizard plan 1\ndomain = example.org\nspf.term =\n",
	    PLAN_READ_DAMAGED, "line 3", "example.org" },
	{ "# mailwizard plan 1\ndomain = example.org\nspf.term = a\\000b\n",
	    PLAN_READ_DAMAGED, "line 3", "example.org" },
};

static void
odd_files_are_read_as_far_as_they_go(void **state)
{
	struct state *s = *state;

	for (size_t i = 0; i < COUNT(readings); i++) {
		assert_int_equal(
		    read_text(s, readings[i].text), readings[i].result);
		assert_non_null(strstr(s->problem, readings[i].problem));
		assert_string_equal(s->back.domain, readings[i].domain);
	}
}

/* Whatever an accident makes of a file, reading it again gives the same. */
static void
spoilt_files_do_no_harm(void **state)
{
	struct state *s = *state;
	char text[sizeof(whole)];
	uint32_t random = 1;

	for (int i = 0; i < 2000; i++) {
		const char *again;

		memcpy(text, whole, sizeof(whole));
		for (int j = 0; j < 1 + i % 5; j++) {
			random = random * 1664525 + 1013904223;
			text[(random >> 8) % (sizeof(whole) - 1)] =
			    (char)(random >> 24);
		}
		plan_file_read((struct str){ text, sizeof(whole) - 1 },
		    &s->back, &s->kept, s->problem);
		again = plan_file_write(s->arena, &s->back, &s->kept);
		assert_int_equal(plan_file_read(str_of(again), &s->plan,
				     &s->kept, s->problem),
		    PLAN_READ_OK);
		assert_memory_equal(&s->plan, &s->back, sizeof(s->plan));
	}
}

static void
too_many_terms_are_damage(void **state)
{
	struct state *s = *state;
	const char *text = "# mailwizard plan 1\n";

	for (size_t i = 0; i <= PLAN_TERMS; i++)
		text = arena_printf(s->arena, "%sspf.term = mx\n", text);
	assert_int_equal(read_text(s, text), PLAN_READ_DAMAGED);
	assert_int_equal(s->back.nterms, PLAN_TERMS);
}

static const struct {
	enum field_id field;
	const char *typed;
	const char *value; /* NULL: there is a problem */
	const char *told; /* a part */
} answers[] = {
	{ FIELD_DOMAIN, "https://www.example.org/", "example.org", "Removed" },
	{ FIELD_DOMAIN, "za\305\274\303\263\305\202\304\207.pl",
	    "xn--za-6ja4f8n1l.pl", "" },
	{ FIELD_DOMAIN, "", NULL, "" },
	{ FIELD_DOMAIN, "192.0.2.1", NULL, "" },
	{ FIELD_HOST, "", "", "" },
	{ FIELD_HOST, "mail.example.org.", "mail.example.org", "dot" },
	{ FIELD_HOST, "192.0.2.1", NULL, "" },
	{ FIELD_SENDING, " [192.0.2.25] ", "192.0.2.25", "Removed" },
	{ FIELD_SENDING, "2001:DB8:0::25", "2001:db8::25", "" },
	{ FIELD_SENDING, "ip4:192.0.2.25", "192.0.2.25", "Removed" },
	{ FIELD_SENDING, "192.0.2.256", NULL, "" },
	{ FIELD_SENDING, "mail.example.org", NULL, "" },
	{ FIELD_RESOLVER, "127.0.0.1:5301, [::1]:53", "127.0.0.1:5301,::1",
	    "" },
	{ FIELD_RESOLVER, "", "", "" },
	{ FIELD_RESOLVER, "dns.example.org", NULL, "" },
	{ FIELD_RESOLVER, "127.0.0.1:99999", NULL, "" },
	{ FIELD_SERVER, "exchange-se", "exchange-se", "" },
	{ FIELD_SERVER, "Exchange 2016", "exchange-2016", "" },
	{ FIELD_SERVER, "sendmail", NULL, "" },
	{ FIELD_SENDS_NOTHING, "Yes", "yes", "" },
	{ FIELD_SENDS_NOTHING, "perhaps", NULL, "" },
};

static void
answers_are_cleaned_and_judged(void **state)
{
	struct judged judged;

	(void)state;
	for (size_t i = 0; i < COUNT(answers); i++) {
		field_judge(
		    answers[i].field, str_of(answers[i].typed), &judged);
		if (answers[i].value == NULL) {
			assert_string_not_equal(judged.problem, "");
			continue;
		}
		assert_string_equal(judged.problem, "");
		assert_string_equal(judged.value, answers[i].value);
		assert_non_null(strstr(judged.told, answers[i].told));
	}
}

static void
lists_are_edited_in_place(void **state)
{
	struct state *s = *state;
	struct plan *p = &s->plan;

	assert_true(field_store(p, FIELD_SPF_TERM, str_of("mx")));
	assert_true(field_store(p, FIELD_SPF_TERM, str_of("-all")));
	assert_true(field_insert(p, FIELD_SPF_TERM, 1, str_of("a")));
	assert_true(field_swap(p, FIELD_SPF_TERM, 0, 1));
	assert_string_equal(p->term[0], "a");
	assert_string_equal(p->term[1], "mx");
	assert_string_equal(p->term[2], "-all");
	assert_true(field_remove(p, FIELD_SPF_TERM, 0));
	assert_string_equal(p->term[0], "mx");
	assert_int_equal(p->nterms, 2);
	assert_string_equal(p->term[2], "");
	assert_false(field_remove(p, FIELD_SPF_TERM, 2));
	assert_false(field_swap(p, FIELD_SPF_TERM, 0, 2));
	assert_false(field_insert(p, FIELD_SPF_TERM, 3, str_of("a")));
	field_clear(p, FIELD_SPF_TERM);
	assert_int_equal(p->nterms, 0);
}

static void
every_row_is_whole(void **state)
{
	(void)state;
	for (size_t i = 0; i < FIELD_COUNT; i++) {
		assert_non_null(fields[i].name);
		assert_true(fields[i].at < sizeof(struct plan));
		if (fields[i].kind == FIELD_CHOICE)
			assert_true(fields[i].nchoices > 1);
		for (size_t j = 0; j < fields[i].nchoices; j++)
			assert_non_null(fields[i].choices[j].word);
	}
	for (size_t i = 0; i < WIZ_COUNT; i++)
		assert_string_equal(
		    fields[FIELD_STEP].choices[i].word, steps[i].word);
}

int
main(void)
{
#define UNIT(f) cmocka_unit_test_setup_teardown(f, begin, end)
	const struct CMUnitTest tests[] = {
		UNIT(reading_then_writing_is_the_same),
		UNIT(an_empty_plan_is_one_line),
		UNIT(any_octet_comes_back),
		UNIT(a_full_plan_comes_back),
		UNIT(unknown_lines_are_kept),
		UNIT(odd_files_are_read_as_far_as_they_go),
		UNIT(spoilt_files_do_no_harm),
		UNIT(too_many_terms_are_damage),
		UNIT(answers_are_cleaned_and_judged),
		UNIT(lists_are_edited_in_place),
		UNIT(every_row_is_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
