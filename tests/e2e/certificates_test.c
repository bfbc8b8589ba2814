/*
 * "mailwizard server" and the certificates of real mail servers: each fault at
 * every port of Dovecot and Postfix, and what is said of it.
 */
#include "../harness/unit.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "../harness/command.h"
#include "../harness/has.h"
#include "../harness/pki_world.h"
#include "../harness/postfix.h"

#define PORTS 6

/* --- servers and the command -------------------------------------------------- */

struct servers {
	struct dovecot *dovecot;
	struct postfix *postfix;
	char service[PORTS][32]; /* as --service wants it */
};

static void
begin(struct servers *s, const struct pki *const *sent, size_t n,
    const struct pki *key, bool weak)
{
	struct mail_options o = { .chain = pki_file("chain.pem", sent, n),
		.key = pki_key_file("key.pem", key) };

	/* What a server of today would refuse to load. */
	o.more = weak ? "ssl_cipher_list = ALL:@SECLEVEL=0\n" : NULL;
	s->dovecot = dovecot_start(&o);
	o.more = weak ? "tls_medium_cipherlist = ALL:@SECLEVEL=0\n"
			"smtpd_tls_ciphers = medium\n"
			"smtpd_tls_mandatory_ciphers = medium\n"
		      : NULL;
	s->postfix = postfix_start(&o, s->dovecot);
	snprintf(s->service[0], 32, "imap:%u:tls", s->dovecot->imaps);
	snprintf(s->service[1], 32, "imap:%u:starttls", s->dovecot->imap);
	snprintf(s->service[2], 32, "pop3:%u:tls", s->dovecot->pop3s);
	snprintf(s->service[3], 32, "pop3:%u:starttls", s->dovecot->pop3);
	snprintf(s->service[4], 32, "smtp:%u:tls", s->postfix->submissions);
	snprintf(s->service[5], 32, "smtp:%u:starttls", s->postfix->submission);
}

static void
end(struct servers *s)
{
	postfix_stop(s->postfix);
	dovecot_stop(s->dovecot);
}

static struct outcome
look(struct servers *s, const char *root, const char *form)
{
	const char *words[32] = { "server", PKI_HOST, "--offline", "--zone",
		command_file("host.zone", PKI_HOST ". A 127.0.0.2\n"),
		"--ca-file", root };
	size_t n = 7;

	for (size_t i = 0; i < PORTS; i++) {
		words[n++] = "--service";
		words[n++] = s->service[i];
	}
	words[n++] = form;
	return command_words(NULL, words);
}

static const char *
root_file(void)
{
	const struct pki *root = world.root;

	return pki_file("root.pem", &root, 1);
}

/* --- what it says -------------------------------------------------------------- */

/* The ids about certificates of one port, a blank between. */
static const char *
cert_ids(const json_t *service)
{
	const char *list = "";
	json_t *finding;
	size_t i;

	json_array_foreach(json_object_get(service, "findings"), i, finding)
	{
		const char *id =
		    json_string_value(json_object_get(finding, "id"));

		if (strncmp(id, "cert-", 5) == 0)
			list = arena_printf(world.arena, "%s%s%s", list,
			    list[0] == '\0' ? "" : " ", id);
	}
	return list;
}

static json_t *
read_json(const struct outcome *o)
{
	json_t *root = json_loads(o->out, 0, NULL);

	if (root == NULL)
		fail_msg("no JSON: %s%s", o->out, o->err);
	return root;
}

/* Each of the six ports has these and no others. */
static void
all_ports_say(struct servers *s, const char *want)
{
	struct outcome o = look(s, root_file(), "--json");
	json_t *root = read_json(&o), *service;
	bool fine = strcmp(want, "cert-ok") == 0 ||
	    strcmp(want, "cert-chain-order") == 0;
	size_t i, n = 0;

	json_array_foreach(json_object_get(root, "services"), i, service)
	{
		if (strcmp(cert_ids(service), want) != 0)
			fail_msg("%s for %s: %s", want, s->service[i], o.out);
		n++;
	}
	assert_int_equal(n, PORTS);
	assert_int_equal(o.status, fine ? 0 : 1);
	json_decref(root);
	command_free(&o);
}

static void
at_all_ports(
    const struct pki *const *sent, size_t n, bool weak, const char *want)
{
	struct servers s;

	begin(&s, sent, n, sent[0], weak);
	all_ports_say(&s, want);
	end(&s);
}

/* A certificate below the intermediate one, with this wish. */
static void
leaf_at_all_ports(struct pki_wish wish, const char *want)
{
	struct pki *one;

	wish.issuer = world.inter;
	one = pki_make(&wish);
	at_all_ports(CHAIN(one, world.inter), wish.key != NULL, want);
	pki_free(one);
}

/* --- each of them -------------------------------------------------------------- */

static void
a_good_one(void **state)
{
	(void)state;
	NEED_MAIL_SERVERS();
	at_all_ports(CHAIN(world.leaf, world.inter), false, "cert-ok");
}

static void
dates_and_names(void **state)
{
	(void)state;
	NEED_MAIL_SERVERS();
	leaf_at_all_ports(
	    (struct pki_wish){ .to = -3600, .extensions = { PKI_SAN } },
	    "cert-expired");
	leaf_at_all_ports(
	    (struct pki_wish){ .from = PKI_DAY,
		.extensions = { "subjectAltName=DNS:x.example" } },
	    "cert-name-mismatch cert-not-yet-valid");
	leaf_at_all_ports((struct pki_wish){ .name = PKI_HOST }, "cert-no-san");
}

static void
chains(void **state)
{
	struct pki *own =
	    MAKE(.name = PKI_HOST, .extensions = { PKI_SAN, PKI_CA });
	struct pki *far = MAKE(.name = PKI_HOST, .issuer = world.stranger,
	    .extensions = { PKI_SAN });

	(void)state;
	NEED_MAIL_SERVERS();
	at_all_ports(CHAIN(world.leaf), false, "cert-chain-incomplete");
	at_all_ports(CHAIN(own), false, "cert-self-signed");
	at_all_ports(CHAIN(far, world.stranger), false, "cert-untrusted");
	at_all_ports(CHAIN(world.leaf, world.root, world.inter), false,
	    "cert-chain-order");
	pki_free(own);
	pki_free(far);
}

static void
strength_and_purpose(void **state)
{
	(void)state;
	NEED_MAIL_SERVERS();
	leaf_at_all_ports(
	    (struct pki_wish){ .key = "RSA-1024", .extensions = { PKI_SAN } },
	    "cert-key-weak");
	leaf_at_all_ports((struct pki_wish){ .to = 10 * PKI_DAY,
			      .extensions = { PKI_SAN, PKI_MUST_STAPLE,
				  "extendedKeyUsage=clientAuth" } },
	    "cert-expires-soon cert-wrong-purpose cert-must-staple");
}

/* --- how it says it ------------------------------------------------------------ */

static void
words_name_what_is_missing(void **state)
{
	struct pki *one = MAKE(.name = PKI_HOST, .issuer = world.inter,
	    .extensions = { PKI_SAN,
		"authorityInfoAccess=caIssuers;URI:http://ca.example/i.der" });
	const struct pki *sent = one;
	struct servers s;
	struct outcome o;
	char port[64];

	(void)state;
	NEED_MAIL_SERVERS();
	begin(&s, &sent, 1, one, false);
	o = look(&s, root_file(), "--ascii");
	assert_int_equal(o.status, 1);
	snprintf(port, sizeof(port), "127.0.0.2 port %u (imap) does not send",
	    s.dovecot->imaps);
	has(o.out, port);
	has(o.out, "Test Intermediate");
	has(o.out, "http://ca.example/i.der");
	/* Six ports, explained once. */
	has_not(strstr(o.out, "http://ca.example/i.der") + 1,
	    "http://ca.example/i.der");
	has(o.out, " -servername " PKI_HOST " -showcerts");
	command_free(&o);
	end(&s);
	pki_free(one);
}

/* What stands behind "prove" the first time; a shell can run it. */
static char *
first_proof(const char *text)
{
	const char *line = strstr(text, "openssl s_client");

	assert_non_null(line);
	return strndup(line, strcspn(line, "\n"));
}

static void
proofs_prove(void **state)
{
	struct pki *one = MAKE(.name = PKI_HOST, .issuer = world.inter,
	    .from = -99 * PKI_DAY, .to = -PKI_DAY, .extensions = { PKI_SAN });
	struct servers s;
	struct outcome o, proof;
	char *line;

	(void)state;
	NEED_MAIL_SERVERS();
	begin(&s, CHAIN(one, world.inter), one, false);
	o = look(&s, root_file(), "--ascii");
	line = first_proof(o.out);
	proof = command_shell(line);
	has(proof.out, "notAfter=");
	command_free(&proof);
	command_free(&o);
	free(line);
	end(&s);
	pki_free(one);
}

/* CONTRACT, "server". */
static void
the_object_in_json(void **state)
{
	static const char *const keys[] = { "subject", "names", "not_after",
		"chain", "fingerprint_sha256" };
	struct pki *one = MAKE(.name = PKI_HOST, .issuer = world.inter,
	    .extensions = { "subjectAltName=DNS:" PKI_HOST ",IP:192.0.2.1" });
	struct servers s;
	struct outcome o;
	json_t *root, *certificate, *value;
	const char *key;
	size_t n = 0;

	(void)state;
	NEED_MAIL_SERVERS();
	begin(&s, CHAIN(one, world.inter), one, false);
	o = look(&s, root_file(), "--json");
	root = read_json(&o);
	certificate = json_object_get(
	    json_array_get(json_object_get(root, "services"), 0),
	    "certificate");
	json_object_foreach(certificate, key, value)
	    assert_string_equal(key, keys[n++]);
	assert_int_equal(n, 5);
	value = json_object_get(certificate, "subject");
	assert_string_equal(json_string_value(value), "CN=" PKI_HOST);
	value = json_object_get(certificate, "names");
	assert_int_equal(json_array_size(value), 2);
	assert_string_equal(
	    json_string_value(json_array_get(value, 1)), "192.0.2.1");
	value = json_object_get(certificate, "not_after");
	assert_int_equal(json_string_length(value), 20);
	value = json_object_get(certificate, "chain");
	assert_int_equal(json_array_size(value), 2);
	assert_string_equal(json_string_value(json_array_get(value, 1)),
	    "CN=Test Intermediate");
	value = json_object_get(certificate, "fingerprint_sha256");
	assert_int_equal(json_string_length(value), 64);
	json_decref(root);
	command_free(&o);
	end(&s);
	pki_free(one);
}

/* One service was restarted after the renewal, the other not. */
static void
one_was_forgotten(void **state)
{
	struct pki *renewed = MAKE(.name = PKI_HOST, .issuer = world.inter,
	    .to = 200 * PKI_DAY, .extensions = { PKI_SAN });
	struct mail_options o = { 0 };
	struct dovecot *old, *new;
	struct outcome out;
	char services[2][32], text[256];

	(void)state;
	NEED_MAIL_SERVERS();
	o.chain = pki_file("chain.pem", CHAIN(world.leaf, world.inter));
	o.key = pki_key_file("key.pem", world.leaf);
	old = dovecot_start(&o);
	o.chain = pki_file("new.pem", CHAIN(renewed, world.inter));
	o.key = pki_key_file("new-key.pem", renewed);
	new = dovecot_start(&o);
	snprintf(services[0], 32, "imap:%u:tls", new->imaps);
	snprintf(services[1], 32, "pop3:%u:tls", old->pop3s);
	out = command_run(NULL, "server", "127.0.0.2", "--host", PKI_HOST,
	    "--ca-file", root_file(), "--service", services[0], "--service",
	    services[1], "--json");
	assert_int_equal(out.status, 0);
	snprintf(text, sizeof(text),
	    "127.0.0.2 port %u (imap): the new one, until 20", new->imaps);
	has(out.out, text);
	snprintf(text, sizeof(text),
	    "127.0.0.2 port %u (pop3): still the old one, until 20",
	    old->pop3s);
	has(out.out, text);
	has(out.out, "\"cert-differs\"");
	command_free(&out);
	dovecot_stop(old);
	dovecot_stop(new);
	pki_free(renewed);
}

/* One sentence, and nothing is looked at. */
static void
files_of_roots(void **state)
{
	static const char *const commands[][3] = {
		{ "server", "127.0.0.2", "--json" },
		{ "check", "example.org", "--offline" },
		{ "check", "example.org", "example.net" },
		{ "--plain", "example.org", "--offline" },
	};
	const char *text = command_file("text.pem", "no certificate\n");

	(void)state;
	for (size_t i = 0; i < COUNT(commands); i++) {
		struct outcome o = command_run(NULL, commands[i][0],
		    commands[i][1], commands[i][2], "--zone",
		    command_file("any.zone", "@ A 127.0.0.2\n"), "--ca-file",
		    text);

		assert_int_equal(o.status, 2);
		assert_string_equal(o.out, "");
		has(o.err, "text.pem holds no certificate in PEM form");
		command_free(&o);
		o = command_run(NULL, commands[i][0], commands[i][1],
		    commands[i][2], "--zone",
		    command_file("any.zone", "@ A 127.0.0.2\n"), "--ca-file",
		    "/nonexistent.pem");
		assert_int_equal(o.status, 2);
		has(o.err, "/nonexistent.pem cannot be read");
		command_free(&o);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_good_one),
		cmocka_unit_test(dates_and_names),
		cmocka_unit_test(chains),
		cmocka_unit_test(strength_and_purpose),
		cmocka_unit_test(words_name_what_is_missing),
		cmocka_unit_test(proofs_prove),
		cmocka_unit_test(the_object_in_json),
		cmocka_unit_test(one_was_forgotten),
		cmocka_unit_test(files_of_roots),
	};

	return cmocka_run_group_tests(tests, pki_world_make, pki_world_end);
}
