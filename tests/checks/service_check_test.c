/* The steps of mail programs against real servers, and what they suggest. */
#include "../harness/unit.h"

#include <stdlib.h>
#include <string.h>

#include "../../checks/mailport_many.h"
#include "../harness/dovecot.h"
#include "../harness/fixture.h"
#include "../harness/has.h"
#include "../harness/judged.h"
#include "../harness/own_certificate.h"
#include "../harness/postfix.h"

#define MAIL "mail.example.org"

struct servers {
	struct dovecot *dovecot;
	struct postfix *postfix;
};

static struct servers
start(const char *name)
{
	struct mail_options o = {
		.chain = own_chain, .key = own_key, .name = name
	};
	struct servers s = { .dovecot = dovecot_start(&o) };

	s.postfix = postfix_start(&o, s.dovecot);
	return s;
}

static void
stop(struct servers *s)
{
	postfix_stop(s->postfix);
	dovecot_stop(s->dovecot);
}

/* Findings but those about the certificate, which is one of the test's. */
static const char *
ids(struct judged *j)
{
	const char *list = "";

	for (const struct finding *f = j->report.findings.first; f != NULL;
	     f = f->next)
		if (strncmp(finding_kinds[f->code].id, "cert-", 5) != 0)
			list = arena_printf(j->run.arena, "%s%s%s:%s", list,
			    list[0] == '\0' ? "" : " ",
			    finding_kinds[f->code].id,
			    severity_word(f->severity));
	return list;
}

/* With the ports of the servers in place of the letters P Q I J U T. */
static char *
zone_of(const struct servers *s, const char *form)
{
	char *text = strdup("");

	for (; *form != '\0'; form++) {
		unsigned int port = 0;
		char *more;

		if (*form == 'Q')
			port = s->dovecot->pop3s;
		else if (*form == 'P')
			port = s->dovecot->pop3;
		else if (*form == 'J')
			port = s->dovecot->imaps;
		else if (*form == 'I')
			port = s->dovecot->imap;
		else if (*form == 'T')
			port = s->postfix->submissions;
		else if (*form == 'U')
			port = s->postfix->submission;
		assert_true(
		    (port > 0 ? asprintf(&more, "%s%u", text, port)
			      : asprintf(&more, "%s%c", text, *form)) > 0);
		free(text);
		text = more;
	}
	return text;
}

static void
check(const struct servers *s, struct judged *j, const char *form,
    enum step_id step, const struct target *target)
{
	char *text = zone_of(s, form);

	judge(j, text, step, target);
	free(text);
}

#define GOOD                                                                   \
	"mail A 127.0.0.2\n"                                                   \
	"_pop3s._tcp SRV 0 1 Q mail\n_pop3._tcp SRV 5 1 P mail\n"              \
	"_imaps._tcp SRV 0 1 J mail\n_imap._tcp SRV 5 1 I mail\n"              \
	"_submissions._tcp SRV 0 1 T mail\n_submission._tcp SRV 5 1 U mail\n"

static void
all_is_well(void **state)
{
	static const enum step_id steps[] = { STEP_POP3, STEP_IMAP4,
		STEP_SUBMISSION };
	static const char *const hosts[] = { NULL, MAIL };
	struct servers s;

	(void)state;
	NEED_MAIL_SERVERS();
	s = start(NULL);
	for (size_t i = 0; i < COUNT(steps); i++)
		for (size_t k = 0; k < COUNT(hosts); k++) {
			struct target target = { .host = hosts[k] };
			struct judged j;

			check(&s, &j, GOOD, steps[i], &target);
			assert_null(judged_finding(&j, "srv-mismatch"));
			assert_null(judged_finding(&j, "port-closed"));
			assert_null(judged_finding(&j, "login-before-tls"));
			assert_null(judged_finding(&j, "banner-name-mismatch"));
			assert_string_equal(judged_suggested(&j), "");
			assert_int_equal(j.report.npublished, 3);
			judged_end(&j);
		}
	stop(&s);
}

/* What is suggested, laid over DNS, is found to be right. */
static const struct {
	const char *zone;
	enum step_id step;
	const char *title; /* a part of it */
	const char *form; /* of what is suggested */
} faults[] = {
	/* the port of the other kind of TLS; the sister is fine */
	{ "mail A 127.0.0.2\n_imaps._tcp SRV 0 1 I mail\n"
	  "_imap._tcp SRV 0 1 I mail\n",
	    STEP_IMAP4, "where there is no IMAP with TLS from the start",
	    "_imaps._tcp.example.org SRV 0 0 0 ." },
	/* closed, with one beside it that works */
	{ "mail A 127.0.0.2\n_pop3s._tcp SRV 0 1 9 mail\n"
	  "_pop3s._tcp SRV 5 1 Q mail\n",
	    STEP_POP3, "port 9, where there is no POP3",
	    "_pop3s._tcp.example.org SRV 5 1 Q mail.example.org." },
	/* the name is wrong, the port is right */
	{ "mail A 127.0.0.2\n@ MX 10 mail\n_submission._tcp SRV 0 1 U gone\n",
	    STEP_SUBMISSION, "names gone.example.org, which has no address",
	    "_submission._tcp.example.org SRV 0 1 U mail.example.org." },
	/* an alias keeps its name, and works as before */
	{ "real A 127.0.0.2\nmail CNAME real\n_imaps._tcp SRV 0 1 J mail\n",
	    STEP_IMAP4, "an alias (CNAME) for real.example.org",
	    "_imaps._tcp.example.org SRV 0 1 J mail.example.org.\n"
	    "mail.example.org A 127.0.0.2" },
};

static void
what_is_suggested_is_right(void **state)
{
	struct servers s;

	(void)state;
	NEED_MAIL_SERVERS();
	s = start(NULL);
	for (size_t i = 0; i < COUNT(faults); i++) {
		char *suggested = zone_of(&s, faults[i].form);
		const struct finding *f;
		struct judged j;

		check(&s, &j, faults[i].zone, faults[i].step, NULL);
		f = judged_finding(&j, "srv-mismatch");
		if (f == NULL)
			fail_msg("row %zu: %s", i, ids(&j));
		has(finding_title(j.run.arena, f), faults[i].title);
		if (strcmp(judged_suggested(&j), suggested) != 0)
			fail_msg(
			    "row %zu: suggested %s", i, judged_suggested(&j));
		judge_suggested(&j);
		if (judged_finding(&j, "srv-mismatch") != NULL ||
		    judged_finding(&j, "port-closed") != NULL ||
		    j.report.nsuggested > 0)
			fail_msg("row %zu, again: %s", i, ids(&j));
		free(suggested);
		judged_end(&j);
	}
	stop(&s);
}

/* The name in the greeting: the host's, or the one it is known to say. */
static void
the_name_in_the_greeting(void **state)
{
	static const struct {
		const char *helo;
		bool warned;
	} rows[] = {
		{ NULL, true },
		{ "out.example.org", false },
		{ "other.example.org", true },
	};
	struct servers s;

	(void)state;
	NEED_MAIL_SERVERS();
	s = start("out.example.org");
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct target target = { .helo = rows[i].helo };
		struct judged j;

		check(&s, &j,
		    "mail A 127.0.0.2\n_submissions._tcp SRV 0 1 T mail\n",
		    STEP_SUBMISSION, &target);
		assert_int_equal(
		    judged_finding(&j, "banner-name-mismatch") != NULL,
		    rows[i].warned);
		judged_end(&j);
	}
	stop(&s);
}

/* --- where there is no record -------------------------------------------------- */

/* All ports work; but 465 is closed. */
static void
look(const struct prober *prober, struct run *run,
    const struct port_place *place, struct port_facts *out)
{
	(void)prober;
	(void)run;
	out->state = place->port.at.port == 465 ? PORT_CLOSED : PORT_GREETED;
	out->tls_tried = out->state == PORT_GREETED;
	out->tls.version = TLS_1_3;
}

static const struct {
	const char *zone;
	const char *fix; /* a part of it; NULL: nothing is said */
} unfound[] = {
	{ "",
	    "publish: _submission._tcp.example.org SRV 0 1 587 "
	    "mail.example.org." },
	{ "autoconfig A 203.0.113.2\n", NULL },
	{ "autodiscover CNAME auto\nauto AAAA 2001:db8::1\n", NULL },
	{ "_autodiscover._tcp SRV 0 0 443 mail\n", NULL },
	{ "_submission._tcp SRV 0 1 587 mail\n", NULL },
};

/* A service that works can be found, or it is said how that comes about. */
static void
what_could_be_published(void **state)
{
	const struct prober prober = { .look = look };

	(void)state;
	for (size_t i = 0; i < COUNT(unfound); i++) {
		const struct target target = { .domain = "example.org" };
		struct judged j = { .step = STEP_SUBMISSION };
		const struct finding *f;
		struct fixture w;
		char zone[256];

		snprintf(zone, sizeof(zone),
		    "@ MX 10 mail\nmail A 203.0.113.1\n%s", unfound[i].zone);
		fixture_begin(&w, zone);
		w.run.prober = &prober;
		assert_int_equal(
		    check_step(&w.run, STEP_SUBMISSION, &target, &j.report),
		    OK);
		f = judged_finding(&j, "srv-missing");
		assert_int_equal(f != NULL, unfound[i].fix != NULL);
		if (f != NULL) {
			assert_int_equal(f->severity, SEV_NOTE);
			has(finding_fix(w.run.arena, f), unfound[i].fix);
			has_not(finding_fix(w.run.arena, f), "_submissions");
		}
		assert_int_equal(j.report.nsuggested, 0);
		assert_int_equal(j.report.status, SEV_PASS);
		fixture_end(&w);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_is_well),
		cmocka_unit_test(what_is_suggested_is_right),
		cmocka_unit_test(the_name_in_the_greeting),
		cmocka_unit_test(what_could_be_published),
	};

	return cmocka_run_group_tests(
	    tests, own_certificate_make, own_certificate_remove);
}
