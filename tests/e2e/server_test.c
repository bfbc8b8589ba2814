/*
 * "mailwizard server" from end to end: what it prints of real servers, what
 * the JSON holds, and its exit status.
 */
#include "../harness/unit.h"

#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../harness/delay_proxy.h"
#include "../harness/has.h"
#include "server_fixture.h"

#define PORTS	6
#define FILLERS 8 /* connections that wait to be accepted */

/* --- the JSON --------------------------------------------------------------- */

/* These keys, in this order, and no others. */
static void
keys_are(json_t *object, const char *wanted)
{
	const char *keys = "", *key;
	json_t *value;

	assert_true(json_is_object(object));
	json_object_foreach(object, key, value)
	{
		assert_non_null(value);
		keys = arena_printf(world.arena, "%s%s%s", keys,
		    keys[0] == '\0' ? "" : " ", key);
	}
	assert_string_equal(keys, wanted);
}

static void
findings_are_whole(const json_t *list)
{
	json_t *f;
	size_t i;

	assert_true(json_is_array(list));
	json_array_foreach(list, i, f)
	{
		keys_are(f,
		    "id severity subject title text fix reference record from "
		    "to");
		assert_true(json_is_null(json_object_get(f, "record")));
		assert_true(text_of(f, "title")[0] != '\0');
		assert_non_null(strstr(
		    "pass note warn unknown fail", text_of(f, "severity")));
	}
}

static void
certificate_is(json_t *certificate)
{
	keys_are(
	    certificate, "subject names not_after chain fingerprint_sha256");
	assert_string_equal(json_string_value(json_array_get(
				json_object_get(certificate, "names"), 0)),
	    PKI_HOST);
	assert_int_equal(
	    json_array_size(json_object_get(certificate, "chain")), 2);
	assert_int_equal(
	    strlen(text_of(certificate, "fingerprint_sha256")), 64);
	assert_int_equal(strspn(text_of(certificate, "fingerprint_sha256"),
			     "0123456789abcdef"),
	    64);
	assert_int_equal(strlen(text_of(certificate, "not_after")),
	    strlen("2026-11-24T10:00:00Z"));
}

static void
json_has_what_the_contract_says(void **state)
{
	static const char *const protocols[PORTS] = { "pop3", "pop3", "imap",
		"imap", "smtp", "smtp" };
	struct words w = server_words();
	struct mail_options o = sound_options();
	struct outcome out;
	struct dovecot *d;
	struct postfix *p;
	json_t *root, *service;
	size_t i;

	(void)state;
	NEED_MAIL_SERVERS();
	d = dovecot_start(&o);
	p = postfix_start(&o, d);
	add_ports(&w, d, p);
	out = run(w, "--json");
	assert_int_equal(out.status, 0);
	assert_string_equal(out.err, "");
	root = parsed(&out);
	keys_are(root, "mailwizard command host services findings");
	assert_string_equal(text_of(root, "command"), "server");
	assert_string_equal(text_of(root, "host"), PKI_HOST);
	findings_are_whole(json_object_get(root, "findings"));
	assert_int_equal(
	    json_array_size(json_object_get(root, "services")), PORTS);
	json_array_foreach(json_object_get(root, "services"), i, service)
	{
		const json_t *login =
		    json_object_get(service, "login_before_tls");

		keys_are(service,
		    "protocol port tls address reachable software tls_version "
		    "login_before_tls certificate findings");
		assert_string_equal(text_of(service, "protocol"), protocols[i]);
		assert_true(json_is_integer(json_object_get(service, "port")));
		assert_string_equal(text_of(service, "tls"),
		    i % 2 == 0 ? "starttls" : "implicit");
		assert_string_equal(text_of(service, "address"), "127.0.0.2");
		assert_true(
		    json_is_true(json_object_get(service, "reachable")));
		assert_string_equal(text_of(service, "software"),
		    i < 4 ? "dovecot" : "postfix");
		assert_string_equal(text_of(service, "tls_version"), "TLSv1.3");
		assert_true(
		    i % 2 == 0 ? json_is_false(login) : json_is_null(login));
		certificate_is(json_object_get(service, "certificate"));
		findings_are_whole(json_object_get(service, "findings"));
		assert_true(has_finding(service, "port-ok"));
	}
	json_decref(root);
	command_free(&out);
	postfix_stop(p);
	dovecot_stop(d);
}

/* --- the text, and the exit status -------------------------------------------- */

static void
text_is_a_checklist(void **state)
{
	struct words w = server_words();
	struct mail_options o = sound_options();
	struct outcome out;
	struct dovecot *d;
	size_t lines = 0;

	(void)state;
	NEED_MAIL_SERVERS();
	d = dovecot_start(&o);
	add_service(&w, "imap", d->imap, "starttls");
	add_service(&w, "pop3", d->pop3s, "tls");
	out = run(w, NULL);
	assert_int_equal(out.status, 0);
	for (const char *line = out.out; *line != '\0'; lines++) {
		const char *next = strchr(line, '\n');

		assert_non_null(next);
		if (strncmp(line, "OK ", 3) != 0 && line[0] != ' ')
			fail_msg("not a line of a checklist: %s", line);
		line = next + 1;
	}
	assert_true(lines >= 2);
	command_free(&out);
	out = run(w, "--verbose");
	assert_int_equal(out.status, 0);
	has(out.out, "dovecot, TLSv1.3");
	has(out.out, "LOGINDISABLED");
	command_free(&out);
	dovecot_stop(d);
}

/* What is no command line: exit 2, one sentence, nothing on stdout. */
static void
words_that_make_no_sense(void **state)
{
	static const char *const lines[][4] = {
		{ "server" },
		{ "server", PKI_HOST, "--service", "ftp:21:tls" },
		{ "server", PKI_HOST, "--service", "imap:99999" },
		{ "server", PKI_HOST, "--service", "imap:993:ssl" },
		{ "server", PKI_HOST, "--service", "imap:0:tls" },
		{ "server", "no name.example.org" },
		{ "server", PKI_HOST, "--ca-file", "/nonexistent" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(lines); i++) {
		const char *words[5] = { lines[i][0], lines[i][1], lines[i][2],
			lines[i][3], NULL };
		struct outcome o = command_words(NULL, words);

		if (o.status != 2)
			fail_msg("line %zu: %d %s", i, o.status, o.out);
		assert_string_equal(o.out, "");
		assert_non_null(strchr(o.err, '.'));
		command_free(&o);
	}
}

static void
a_server_without_tls_fails(void **state)
{
	struct words w = server_words();
	struct mail_options o = { .tls = MAIL_TLS_OFF };
	struct outcome out;
	struct dovecot *d;

	(void)state;
	NEED_MAIL_SERVERS();
	d = dovecot_start(&o);
	add_service(&w, "imap", d->imap, "starttls");
	out = run(w, NULL);
	assert_int_equal(out.status, 1);
	has(out.out, "FAIL ");
	has(out.out, "(starttls-missing)");
	has(out.out, "openssl s_client");
	command_free(&out);
	dovecot_stop(d);
}

/* A socket whose queue is full: connection attempts get no answer. */
static int
deaf_socket(int fillers[static FILLERS], uint16_t *port)
{
	struct sockaddr_in at = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1) };
	socklen_t size = sizeof(at);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	assert_int_equal(bind(fd, (struct sockaddr *)&at, size), 0);
	assert_int_equal(listen(fd, 0), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&at, &size), 0);
	*port = ntohs(at.sin_port);
	for (size_t i = 0; i < FILLERS; i++) {
		fillers[i] = socket(
		    AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
		if (connect(fillers[i], (struct sockaddr *)&at, size) == -1)
			assert_int_equal(errno, EINPROGRESS);
	}
	return fd;
}

static void
no_answer_is_no_failure(void **state)
{
	struct words w = server_words();
	struct mail_options o = sound_options();
	int fillers[FILLERS], deaf;
	struct outcome out;
	struct dovecot *d;
	json_t *root, *services;
	uint16_t port;

	(void)state;
	NEED_MAIL_SERVERS();
	d = dovecot_start(&o);
	deaf = deaf_socket(fillers, &port);
	add_service(&w, "imap", port, "tls");
	add_service(&w, "imap", d->imaps, "tls");
	out = run(w, "--json");
	assert_int_equal(out.status, 3);
	root = parsed(&out);
	services = json_object_get(root, "services");
	assert_true(has_finding(json_array_get(services, 0), "port-timeout"));
	assert_true(json_is_false(
	    json_object_get(json_array_get(services, 0), "reachable")));
	assert_true(has_finding(json_array_get(services, 1), "port-ok"));
	json_decref(root);
	command_free(&out);
	for (size_t i = 0; i < FILLERS; i++)
		close(fillers[i]);
	close(deaf);
	dovecot_stop(d);
}

/* --- options -------------------------------------------------------------------- */

/* One connection less, and everything else the same. */
static void
no_injection_test_is_not_made(void **state)
{
	struct mail_options o = sound_options();
	unsigned int connections[2];
	struct dovecot *d;

	(void)state;
	NEED_MAIL_SERVERS();
	d = dovecot_start(&o);
	for (int i = 0; i < 2; i++) {
		struct delay_proxy *near =
		    delay_proxy_start(d->address, d->imap, 1);
		struct words w = server_words();
		struct outcome out;

		add_service(&w, "imap", near->port, "starttls");
		out = run(w, i == 0 ? NULL : "--no-injection-test");
		assert_int_equal(out.status, 0);
		connections[i] = atomic_load(near->connections);
		command_free(&out);
		delay_proxy_stop(near);
	}
	/* The look, TLS 1.0 to 1.2, and the injection. */
	assert_int_equal(connections[0], 5);
	assert_int_equal(connections[1], 4);
	dovecot_stop(d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(json_has_what_the_contract_says),
		cmocka_unit_test(text_is_a_checklist),
		cmocka_unit_test(words_that_make_no_sense),
		cmocka_unit_test(a_server_without_tls_fails),
		cmocka_unit_test(no_answer_is_no_failure),
		cmocka_unit_test(no_injection_test_is_not_made),
	};

	return cmocka_run_group_tests(tests, pki_world_make, pki_world_end);
}
