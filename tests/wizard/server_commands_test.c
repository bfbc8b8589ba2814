/* What to type on the server: every template, every condition. */
#include "../harness/unit.h"

#include <string.h>

#include "../../assets/asset.h"
#include "../../wizard/server_commands.h"
#include "../harness/has.h"
#include "../harness/test_arena.h"

static const char *const senders[] = { "192.0.2.25", "2001:db8::25" };
static const struct server_facts everything = {
	.domain = "example.org",
	.host = "mail.example.org",
	.pop3 = true,
	.imap4 = true,
	.submission = true,
	.server = "EX01",
	.mailbox = "joe@example.org",
	.selector = "2026a",
	.senders = senders,
	.nsenders = COUNT(senders),
};

static struct command_list
make(enum command_kind kind, const struct server_facts *facts)
{
	struct command_list list = server_commands(arena, kind, facts);

	if (list.error != NULL)
		fail_msg("%s", list.error);
	assert_true(list.n > 0);
	return list;
}

/* All of a list, as it would be read. */
static const char *
all_of(const struct command_list *list)
{
	const char *out = "";

	for (size_t i = 0; i < list->n; i++) {
		const struct command_block *b = &list->blocks[i];

		out = arena_printf(arena, "%s%s\n%s\n%s%s%s%s", out, b->title,
		    b->place, b->why, b->commands, b->check, b->undo);
	}
	return out;
}

/* Every kind, with every combination of what is wanted. */
static void
test_every_template(void **state)
{
	(void)state;
	for (unsigned int bits = 0; bits < 64; bits++) {
		for (unsigned int kind = 0; kind < COMMANDS_COUNT; kind++) {
			struct server_facts f = everything;
			struct command_list list;

			f.pop3 = bits & 1;
			f.imap4 = bits & 2;
			f.submission = bits & 4;
			f.wildcard = bits & 8;
			f.server = bits & 16 ? "EX01" : NULL;
			f.thumbprint = bits & 32 ? "0123456789ABCDEF" : "";
			f.mailbox = bits & 16 ? "joe@example.org" : NULL;
			list = server_commands(arena, kind, &f);
			assert_null(list.error);
			for (size_t i = 0; i < list.n; i++) {
				const struct command_block *b = &list.blocks[i];

				assert_true(strlen(b->title) > 0);
				assert_true(strlen(b->place) > 0);
				assert_true(strlen(b->commands) > 0);
				assert_true(strlen(b->check) > 0);
				assert_true(strlen(b->undo) > 0);
			}
			has_not(all_of(&list), "{{");
			has_not(all_of(&list), "\n--- ");
		}
	}
}

/* No template that nobody renders; lines that fit a screen where they may. */
static void
test_no_other_template(void **state)
{
	static const char *const known[] = { "exchange", "dovecot-2.3",
		"dovecot-2.4", "dovecot-start", "postfix", "firewall", "other",
		"dkim-opendkim", "dkim-rspamd", "dkim-exchange" };
	size_t n = 0;

	(void)state;
	for (size_t i = 0; i < nassets; i++) {
		bool found = false;

		if (strncmp(assets[i].name, "templates/", 10) != 0)
			continue;
		n++;
		for (size_t k = 0; k < COUNT(known); k++)
			found |= strcmp(assets[i].name,
				     arena_printf(arena, "templates/%s.txt",
					 known[k])) == 0;
		if (!found)
			fail_msg("%s is not used", assets[i].name);
	}
	assert_int_equal(n, COUNT(known));
}

/* Issue 5, part D: in this order. */
static void
test_exchange_order(void **state)
{
	static const char *const wanted[] = {
		"Set-Service MSExchangePOP3 -StartupType Automatic",
		"Start-Service MSExchangePOP3BE",
		"Set-Service MSExchangeIMAP4 -StartupType Automatic",
		"Start-Service MSExchangeIMAP4BE",
		"-Services POP,IMAP,SMTP",
		"Set-PopSettings -Server $Server -ExternalConnectionSettings "
		"\"mail.example.org:995:SSL\",\"mail.example.org:110:TLS\" "
		"-X509CertificateName mail.example.org",
		"Set-ImapSettings -Server $Server -ExternalConnectionSettings "
		"\"mail.example.org:993:SSL\",\"mail.example.org:143:TLS\" "
		"-X509CertificateName mail.example.org",
		"Restart-Service MSExchangePOP3BE",
		"Restart-Service MSExchangeIMAP4BE",
		"-LocalPort 110,143,587,993,995",
		"$TLSCertName = \"<I>$($Certificate.Issuer)<S>"
		"$($Certificate.Subject)\"",
		"Set-ReceiveConnector -Fqdn mail.example.org "
		"-TlsCertificateName $TLSCertName",
		"Set-CASMailbox -Identity 'joe@example.org' -PopEnabled $true "
		"-ImapEnabled $true",
		"Test-PopConnectivity",
		"Test-ImapConnectivity",
	};
	struct command_list list = make(COMMANDS_EXCHANGE, &everything);
	const char *text = "", *at;

	(void)state;
	for (size_t i = 0; i < list.n; i++)
		text =
		    arena_printf(arena, "%s%s", text, list.blocks[i].commands);
	at = text;
	for (size_t i = 0; i < COUNT(wanted); i++) {
		has(at, wanted[i]);
		at = strstr(at, wanted[i]);
	}
	has_not(text, "465");
}

static void
test_exchange_wildcard(void **state)
{
	struct server_facts f = everything;
	struct command_list list;

	(void)state;
	f.wildcard = true;
	list = make(COMMANDS_EXCHANGE, &f);
	has_not(all_of(&list), "-Services POP");
	has(all_of(&list), "-Services SMTP\n");
	has(all_of(&list), "-X509CertificateName mail.example.org");
	f.pop3 = false;
	list = make(COMMANDS_EXCHANGE, &f);
	has_not(all_of(&list), "MSExchangePOP3");
	has(all_of(&list), "-ImapEnabled $true\n");
	has_not(list.blocks[0].commands, "110");
}

static void
test_script(void **state)
{
	struct server_facts f = everything;
	struct command_list list;
	const char *script, *line;

	(void)state;
	f.mailbox = "o'brien@example.org";
	f.server = "EX\xe2\x80\x99; Stop-Computer; \xe2\x80\x99";
	list = make(COMMANDS_EXCHANGE, &f);
	script = server_commands_script(arena, &list);
	assert_memory_equal(script, "\xef\xbb\xbf# Made by mailwizard", 20);
	has(script, "-Identity 'o''brien@example.org'");
	has(script,
	    "$Server = 'EX\xe2\x80\x99\xe2\x80\x99; Stop-Computer; "
	    "\xe2\x80\x99\xe2\x80\x99'\r\n");
	for (line = script; (line = strchr(line, '\n')) != NULL; line++)
		assert_int_equal(line[-1], '\r');
	has(script,
	    "\r\n# Stop-Service 'MSExchangePOP3', 'MSExchangePOP3BE'\r\n");
	f = everything;
	list = make(COMMANDS_EXCHANGE, &f);
	assert_memory_equal(
	    server_commands_script(arena, &list), "# Made by mailwizard", 20);
}

/* A value that is no value of its kind never gets into a command. */
static void
test_hostile(void **state)
{
	static const char *const values[] = { "a\nb", "a;b", "a b", "$(id)",
		"`id`", "a'b", "a\"b", "a\xe2\x80\x99", "%u" };

	(void)state;
	for (size_t i = 0; i < COUNT(values); i++) {
		struct server_facts f = everything;

		f.host = values[i];
		for (unsigned int kind = 0; kind < COMMANDS_OPENDKIM; kind++) {
			struct command_list list =
			    server_commands(arena, kind, &f);

			assert_non_null(list.error);
			assert_int_equal(list.n, 0);
		}
		f = everything;
		f.selector = values[i];
		assert_non_null(
		    server_commands(arena, COMMANDS_OPENDKIM, &f).error);
		assert_non_null(
		    server_commands(arena, COMMANDS_RSPAMD, &f).error);
		f = everything;
		f.chain = values[i];
		assert_non_null(
		    server_commands(arena, COMMANDS_DOVECOT_2_3, &f).error);
		assert_non_null(
		    server_commands(arena, COMMANDS_DOVECOT_2_4, &f).error);
	}
}

static void
test_not_known_yet(void **state)
{
	const struct server_facts none = { .imap4 = true };

	(void)state;
	for (unsigned int kind = 0; kind < COMMANDS_COUNT; kind++)
		has(server_commands(arena, kind, &none).error, "not known yet");
}

static void
test_signers(void **state)
{
	struct server_facts f = everything;
	struct command_list list = make(COMMANDS_OPENDKIM, &f);
	const char *text = all_of(&list);

	(void)state;
	has(text,
	    "\n2026a._domainkey.example.org "
	    "example.org:2026a:/etc/dkimkeys/example.org.2026a.private\n");
	has(text, "\n*@example.org 2026a._domainkey.example.org\n");
	has(text, "\nlocalhost\n192.0.2.25\n2001:db8::25\n");
	has(text, "\nInternalHosts /etc/opendkim/trustedhosts\n");
	has(text,
	    "install -m 600 -o opendkim -g opendkim "
	    "'./example.org.2026a.private' "
	    "'/etc/dkimkeys/example.org.2026a.private'\n");
	has(text, "postconf -e 'smtpd_milters = inet:localhost:8891'\n");
	list = make(COMMANDS_RSPAMD, &f);
	text = all_of(&list);
	has(text, "path = \"/var/lib/rspamd/dkim/example.org.2026a.key\";");
	has(text, "selector = \"2026a\";");
	list = make(COMMANDS_EXCHANGE_DKIM, &f);
	has(all_of(&list), "2026a._domainkey.example.org");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_every_template),
		TEST(test_no_other_template),
		TEST(test_exchange_order),
		TEST(test_exchange_wildcard),
		TEST(test_script),
		TEST(test_hostile),
		TEST(test_not_known_yet),
		TEST(test_signers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
