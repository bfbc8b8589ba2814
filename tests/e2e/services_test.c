/*
 * "mailwizard check" and the steps of mail programs, against Dovecot and
 * Postfix; and many domains without any.
 */
#include "../harness/unit.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../../checks/base/str.h"
#include "../harness/command.h"
#include "../harness/dovecot.h"
#include "../harness/mail_responder.h"
#include "../harness/own_certificate.h"
#include "../harness/postfix.h"

#define HOST  "mail.example.org"
#define STEPS "pop3,imap4,submission"

static double
seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static json_t *
parsed(const struct outcome *o)
{
	json_t *root = json_loads(o->out, 0, NULL);

	if (root == NULL)
		fail_msg("no JSON: %s%s", o->out, o->err);
	return root;
}

static json_t *
step_of(const json_t *root, const char *word)
{
	json_t *step;
	size_t i;

	json_array_foreach(json_object_get(root, "steps"), i,
	    step) if (strcmp(json_string_value(json_object_get(step, "step")),
			  word) == 0) return step;
	fail_msg("no step %s", word);
	return NULL;
}

static bool
step_has(const json_t *root, const char *word, const char *id)
{
	json_t *finding;
	size_t i;

	json_array_foreach(json_object_get(step_of(root, word), "findings"), i,
	    finding) if (strcmp(json_string_value(json_object_get(finding,
				    "id")),
			     id) == 0) return true;
	return false;
}

/* The records proposed, as lines of a zone file. */
static char *
suggested_of(const json_t *root)
{
	char *lines = strdup("");
	json_t *step, *record;
	size_t i, k;

	json_array_foreach(json_object_get(root, "steps"), i, step)
	    json_array_foreach(json_object_get(step, "suggested"), k, record)
	{
		char *more;

		assert_true(
		    asprintf(&more, "%s%s. %s %s\n", lines,
			json_string_value(json_object_get(record, "name")),
			json_string_value(json_object_get(record, "type")),
			json_string_value(json_object_get(record, "value"))) >
		    0);
		free(lines);
		lines = more;
	}
	return lines;
}

/* --- real servers ------------------------------------------------------------- */

/* As CONTRACT has it: all keys, in this order. */
static void
keys_are_those_of_the_contract(const json_t *step)
{
	static const char *const keys[] = { "step", "status", "published",
		"suggested", "findings" };
	const char *key;
	json_t *value;
	size_t n = 0;

	json_object_foreach((json_t *)(uintptr_t)step, key, value)
	    assert_string_equal(key, keys[n++]);
	assert_int_equal(n, COUNT(keys));
}

static void
ports_by_srv(void **state)
{
	static const char *const words[] = { "pop3", "imap4", "submission" };
	struct mail_options o = { .chain = own_chain, .key = own_key };
	struct dovecot *d;
	struct postfix *p;
	struct outcome out;
	char zone[1024];
	json_t *root;

	(void)state;
	NEED_MAIL_SERVERS();
	d = dovecot_start(&o);
	p = postfix_start(&o, d);
	snprintf(zone, sizeof(zone),
	    "@ MX 10 mail\nmail A 127.0.0.2\n"
	    "_pop3s._tcp SRV 0 1 %u mail\n_pop3._tcp SRV 5 1 %u mail\n"
	    "_imaps._tcp SRV 0 1 %u mail\n_imap._tcp SRV 5 1 %u mail\n"
	    "_submissions._tcp SRV 0 1 %u mail\n"
	    "_submission._tcp SRV 5 1 %u mail\n",
	    d->pop3s, d->pop3, d->imaps, d->imap, p->submissions,
	    p->submission);
	out = command_run(NULL, "check", "example.org", "--zone",
	    command_file("good.zone", zone), "--offline", "--host", HOST,
	    "--ca-file", own_chain, "--only", STEPS, "--json");
	root = parsed(&out);
	if (out.status != 0) /* the certificate is told to be a CA: warn */
		fail_msg("%s", out.out);
	assert_int_equal(json_array_size(json_object_get(root, "steps")), 3);
	for (size_t i = 0; i < COUNT(words); i++) {
		const json_t *step = step_of(root, words[i]);

		keys_are_those_of_the_contract(step);
		assert_int_equal(
		    json_array_size(json_object_get(step, "published")),
		    3); /* two SRV, one A */
		assert_int_equal(
		    json_array_size(json_object_get(step, "suggested")), 0);
		assert_false(step_has(root, words[i], "srv-mismatch"));
		assert_false(step_has(root, words[i], "port-closed"));
		assert_false(step_has(root, words[i], "banner-name-mismatch"));
	}
	json_decref(root);
	command_free(&out);

	/* Nobody but this test trusts that certificate. */
	out = command_run(NULL, "check", "example.org", "--zone",
	    command_file("good.zone", zone), "--offline", "--only", STEPS,
	    "--json");
	root = parsed(&out);
	assert_int_equal(out.status, 1);
	assert_true(step_has(root, "imap4", "cert-self-signed"));
	json_decref(root);
	command_free(&out);
	postfix_stop(p);
	dovecot_stop(d);
}

/* check, its suggested records written to a file, and check --zone agree. */
static void
what_is_suggested_agrees(void **state)
{
	struct mail_options o = { .chain = own_chain, .key = own_key };
	struct dovecot *d;
	struct outcome out;
	const char *world, *better;
	char zone[512];
	char *lines;
	json_t *root;

	(void)state;
	NEED_MAIL_SERVERS();
	d = dovecot_start(&o);
	snprintf(zone, sizeof(zone),
	    "@ MX 10 mail\nmail A 127.0.0.2\nold A 127.0.0.9\n"
	    "_pop3s._tcp SRV 0 1 %u mail\n_pop3._tcp SRV 0 1 %u mail\n"
	    "_imaps._tcp SRV 0 1 %u old\n",
	    d->pop3s, d->pop3s, d->imaps);
	world = command_file("wrong.zone", zone);
	out = command_run(NULL, "check", "example.org", "--zone", world,
	    "--offline", "--host", HOST, "--only", "pop3,imap4", "--json");
	root = parsed(&out);
	assert_true(step_has(root, "imap4", "srv-mismatch"));
	assert_true(step_has(root, "pop3", "srv-mismatch"));
	lines = suggested_of(root);
	assert_non_null(strstr(lines, "_imaps._tcp.example.org. SRV 0 1 "));
	assert_non_null(strstr(lines, "_pop3._tcp.example.org. SRV 0 0 0 ."));
	json_decref(root);
	command_free(&out);

	better = command_file("better.zone", lines);
	out = command_run(NULL, "check", "example.org", "--zone", world,
	    "--zone", better, "--offline", "--host", HOST, "--only",
	    "pop3,imap4", "--json");
	root = parsed(&out);
	assert_false(step_has(root, "imap4", "srv-mismatch"));
	assert_false(step_has(root, "pop3", "srv-mismatch"));
	assert_false(step_has(root, "imap4", "port-closed"));
	free(lines);
	lines = suggested_of(root);
	assert_string_equal(lines, "");
	free(lines);
	json_decref(root);
	command_free(&out);
	dovecot_stop(d);
}

/* --- bounds ------------------------------------------------------------------- */

/* Six ports that say nothing are waited for together, and not past the end. */
static void
silent_ports_take_no_longer_than_allowed(void **state)
{
	static const struct mail_step silent[] = { { .act = M_WAIT },
		{ .act = M_END } };
	struct mail_responder *r =
	    mail_responder_start(&(struct mail_script){ .steps = silent });
	const char *const runs[][2] = { { "example.org", NULL },
		{ "example.org", "sub.example.org" } };
	char zone[512];

	(void)state;
	snprintf(zone, sizeof(zone),
	    "mail A 127.0.0.2\n"
	    "_pop3s._tcp SRV 0 1 %u mail\n_pop3._tcp SRV 0 1 %u mail\n"
	    "_imaps._tcp SRV 0 1 %u mail\n_imap._tcp SRV 0 1 %u mail\n"
	    "_submissions._tcp SRV 0 1 %u mail\n"
	    "_submission._tcp SRV 0 1 %u mail\n",
	    r->port, r->port, r->port, r->port, r->port, r->port);
	for (size_t i = 0; i < COUNT(runs); i++) {
		double begun = seconds();
		struct outcome o = command_run(NULL, "check", "--zone",
		    command_file("silent.zone", zone), "--offline", "--only",
		    STEPS, "--timeout", "1", "--json", runs[i][0], runs[i][1]);

		assert_true(seconds() - begun < 4);
		assert_int_equal(o.status, 3);
		assert_non_null(strstr(o.out, "\"id\": \"port-timeout\""));
		command_free(&o);
	}
	mail_responder_stop(r);
}

/* Many domains, none with a host of its own: said, and nothing waited for. */
static void
domains_without_a_host(void **state)
{
	char *input = strdup("");
	double begun;
	struct outcome o;
	size_t lines = 0;

	(void)state;
	for (int i = 0; i < 300; i++) {
		char *more;

		assert_true(
		    asprintf(&more, "%sd%d.example.org\n", input, i) > 0);
		free(input);
		input = more;
	}
	begun = seconds();
	o = command_run(input, "check", "-f", "-", "--zone",
	    command_file("many.zone",
		"*.example.org. MX 10 mx.example.net.\n"
		"mx.example.net. A 192.0.2.1\n"),
	    "--offline", "--only", STEPS, "--json");
	assert_true(seconds() - begun < 10);
	assert_int_equal(o.status, 0); /* not known is not failed */
	for (const char *p = o.out; *p != '\0'; p++)
		lines += *p == '\n';
	assert_int_equal(lines, 300);
	assert_non_null(strstr(o.out, "\"id\": \"port-no-host\""));
	assert_null(strstr(o.out, "\"severity\": \"fail\""));
	command_free(&o);
	free(input);
}

/* The words of the checklist. */
static void
as_text(void **state)
{
	struct outcome o = command_run(NULL, "check", "example.org", "--zone",
	    command_file("text.zone",
		"@ MX 10 mail\nmail A 127.0.0.9\n_pop3._tcp SRV 0 0 0 .\n"),
	    "--offline", "--only", STEPS);

	(void)state;
	assert_int_equal(o.status, 1);
	assert_non_null(strstr(o.out,
	    "\nOK       pop3        example.org says that it does not offer "
	    "POP3"));
	assert_non_null(strstr(o.out,
	    "\nFAIL     imap4       Nothing listens at 127.0.0.9 port 993"));
	assert_non_null(strstr(o.out, "\nFAIL     submission  "));
	command_free(&o);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ports_by_srv),
		cmocka_unit_test(what_is_suggested_agrees),
		cmocka_unit_test(silent_ports_take_no_longer_than_allowed),
		cmocka_unit_test(domains_without_a_host),
		cmocka_unit_test(as_text),
	};

	return cmocka_run_group_tests(
	    tests, own_certificate_make, own_certificate_remove);
}
