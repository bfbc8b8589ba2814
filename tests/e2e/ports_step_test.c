/*
 * The steps POP3, IMAP and SMTP against a real Dovecot and Postfix: an expired
 * certificate and logins in clear at first, then both set right, to green.
 */
#include "../harness/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../harness/pki.h"
#include "../harness/postfix.h"
#include "../harness/pty.h"
#include "../harness/state.h"

#define SAN "subjectAltName=DNS:mail.example.org"

static struct pki *root, *good, *old;
static const char *ca_file;
static struct dovecot *dovecot;
static struct postfix *postfix;

static void
make_certificates(void)
{
	const struct pki *ca;

	root = pki_make(
	    &(struct pki_wish){ .name = "Root", .extensions = { PKI_CA } });
	good = pki_make(&(struct pki_wish){
	    .name = "new", .issuer = root, .extensions = { SAN } });
	old = pki_make(&(struct pki_wish){ .name = "old",
	    .issuer = root,
	    .from = -90 * PKI_DAY,
	    .to = -9 * PKI_DAY,
	    .extensions = { SAN } });
	ca = root;
	ca_file = pki_file("root.pem", &ca, 1);
}

static void
run_servers(const struct pki *certificate, bool safe)
{
	const struct pki *one = certificate;
	char chain[512], key[512];
	struct mail_options options = { .chain = chain, .key = key };

	snprintf(chain, sizeof(chain), "%s", pki_file("chain.pem", &one, 1));
	snprintf(key, sizeof(key), "%s", pki_key_file("key.pem", certificate));
	if (!safe) {
		options.tls = MAIL_TLS_OPTIONAL;
		options.plain_login = true;
	}
	dovecot = dovecot_start(&options);
	postfix = postfix_start(&options, dovecot);
}

static void
stop_servers(void)
{
	postfix_stop(postfix);
	dovecot_stop(dovecot);
}

static const char *
zone_file(void)
{
	static char path[256];
	FILE *file;

	snprintf(path, sizeof(path), "%s/zone", state_dir);
	file = fopen(path, "w");
	assert_non_null(file);
	fputs("$ORIGIN example.org.\n"
	      "@ 300 SOA ns hostmaster 1 3600 600 86400 300\n"
	      "@ NS ns\nns A 192.0.2.53\n@ MX 10 mail\nmail A 127.0.0.2\n"
	      "@ TXT \"v=spf1 mx ~all\"\n",
	    file);
	fclose(file);
	return path;
}

/* In place of what stands in the field, which has the focus. */
static void
type_ports(struct terminal *t, unsigned int tls, unsigned int starttls)
{
	char keys[64];

	snprintf(keys, sizeof(keys), "<C-a><C-k>%u:tls %u:starttls<Enter>", tls,
	    starttls);
	terminal_keys(t, keys);
}

/* Faults of both kinds, each with what to do. */
static void
see_faults(struct terminal *t, const char *step)
{
	char broken[32];

	snprintf(broken, sizeof(broken), "[%s !!]", step);
	assert_true(terminal_wait(t, broken));
	assert_true(terminal_wait(t, "has expired"));
	assert_true(terminal_wait(t, "takes passwords before"));
	terminal_keys(t, "n<Enter>");
	assert_true(terminal_wait(t, "cert-expired"));
	assert_true(terminal_wait(t, "See what to do on the server"));
	terminal_keys(t, "<Enter>");
	assert_true(terminal_wait(t, "On the mail server"));
	terminal_keys(t, "<Esc><Esc>");
	assert_true(terminal_wait_gone(t, "cert-expired"));
}

static void
focus_ports(struct terminal *t)
{
	for (int i = 0; i < 12 && !terminal_shows(t, "> Ports"); i++) {
		terminal_keys(t, "<Tab>");
		terminal_settle(t, 60);
	}
	assert_true(terminal_wait(t, "> Ports"));
}

static const struct {
	const char *name; /* in the step bar */
	const char *title;
} steps[] = {
	{ "POP3", "Step 5 of 8" },
	{ "IMAP", "Step 6 of 8" },
	{ "SMTP", "Step 7 of 8" },
};

static void
enter_ports(struct terminal *t, size_t step)
{
	focus_ports(t);
	if (step == 0)
		type_ports(t, dovecot->pop3s, dovecot->pop3);
	else if (step == 1)
		type_ports(t, dovecot->imaps, dovecot->imap);
	else
		type_ports(t, postfix->submissions, postfix->submission);
}

static void
from_faulty_to_green(void **state)
{
	const char *argv[] = { mailwizard(), "--offline", "--zone", NULL,
		"--ca-file", NULL, "example.org", NULL };
	const char *env[] = { state_env, NULL };
	struct terminal *t;

	(void)state;
	NEED_MAIL_SERVERS();
	assert_true(state_make());
	make_certificates();
	run_servers(old, false);
	argv[3] = zone_file();
	argv[5] = ca_file;
	t = terminal_start(argv, env, 40, 80);
	assert_true(terminal_wait(t, "Step 1 of 8"));
	terminal_keys(t, "<C-n><C-n><C-n><C-n>");
	for (size_t i = 0; i < COUNT(steps); i++) {
		assert_true(terminal_wait(t, steps[i].title));
		enter_ports(t, i);
		see_faults(t, steps[i].name);
		terminal_keys(t, "<C-n>");
	}
	assert_true(terminal_wait(t, "Step 8 of 8"));

	/* Set right, and restarted: at other ports, for it is a test. */
	stop_servers();
	run_servers(good, true);
	terminal_keys(t, "<Esc><Esc><Esc>");
	for (size_t i = 0; i < COUNT(steps); i++) {
		char sound[32];

		snprintf(sound, sizeof(sound), "[%s ok]", steps[i].name);
		assert_true(terminal_wait(t, steps[i].title));
		enter_ports(t, i);
		assert_true(terminal_wait(t, sound));
		terminal_keys(t, "<F5>");
		assert_true(terminal_wait(t, "TLSv1.3"));
		assert_true(terminal_wait(t, sound));
		terminal_keys(t, "<C-n>");
	}
	terminal_keys(t, "<C-c><C-c>");
	assert_int_equal(terminal_exit(t), 130);
	terminal_end(t);
	stop_servers();
	pki_free(root);
	pki_free(good);
	pki_free(old);
	assert_true(state_remove());
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(from_faulty_to_green),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
