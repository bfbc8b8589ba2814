/*
 * wizard/server_commands.h - what to do on the mail server, block by block, in
 * order, with the admin's values.
 *
 *	struct server_facts facts = { .host = "mail.example.org",
 *		.imap4 = true, .submission = true };
 *	struct command_list list = server_commands(arena,
 *	    COMMANDS_EXCHANGE, &facts);
 *
 * Exchange stands for 2016, 2019 and SE, whose commands are the same.  The
 * texts are assets/templates/; every value in them is quoted for the program
 * that reads it (template.h).  They are English.
 */
#ifndef SERVER_COMMANDS_H
#define SERVER_COMMANDS_H

#include "template.h"

enum command_kind {
	/* POP3, IMAP4 and submission */
	COMMANDS_EXCHANGE,
	COMMANDS_DOVECOT_2_3, /* with Postfix for submission */
	COMMANDS_DOVECOT_2_4, /* the same */
	COMMANDS_OTHER, /* what must be true, instead of commands */
	/* a signer for DKIM */
	COMMANDS_OPENDKIM, /* with Postfix */
	COMMANDS_RSPAMD, /* with Postfix */
	COMMANDS_EXCHANGE_DKIM, /* Exchange DKIM Signer */
	COMMANDS_COUNT
};

/* NULL and "" are the same: not known; what then is written stands behind. */
struct server_facts {
	const char *domain; /* example.org; for DKIM */
	const char *host; /* the name clients use: mail.example.org */
	bool pop3, imap4, submission; /* wanted */

	/* Exchange */
	const char *server; /* the name of this one; the one typed at */
	const char *thumbprint; /* of the certificate; the newest that fits */
	bool wildcard; /* the certificate is one */
	const char *mailbox; /* whose protocols are allowed; left out */

	/* Dovecot and Postfix, whole paths */
	const char *chain; /* PEM; Let's Encrypt's place for the host */
	const char *key;
	const char *sasl_socket; /* /var/spool/postfix/private/auth */
	const char *sasl_path; /* the same for Postfix: private/auth */

	/* DKIM */
	const char *selector;
	const char *private_key; /* as it was made; ./DOMAIN.SELECTOR.private */
	const char *key_place; /* where the signer reads it: an own default */
	const char *conf; /* /etc/opendkim.conf */
	const char *folder; /* /etc/opendkim */
	const char *const *senders; /* others whose mail is signed; addresses */
	size_t nsenders;
};

/* One block; no text is NULL.  Lines end in "\n" but for title and place. */
struct command_block {
	const char *title; /* "Start the POP3 services" */
	const char *place; /* where: a shell, a file ("/etc/..."), a program */
	const char *why; /* sentences; "" where the title says it */
	const char *commands; /* or the lines of the file */
	const char *check; /* shows that it is done */
	const char *undo;
};

struct command_list {
	struct command_block *blocks;
	size_t n;
	/*
	 * NULL, or one sentence: which value cannot be written safely, or
	 * what is wrong with a template.  Then there are no blocks.
	 */
	const char *error;
};

/* All of it lives in the arena. */
struct command_list server_commands(
    struct arena *, enum command_kind, const struct server_facts *);

/*
 * The same as a PowerShell script to be saved as a .ps1 file, for
 * COMMANDS_EXCHANGE: each block with its check, the undoing as comments.
 * Lines end in CR LF; with characters beyond ASCII it begins with a byte order
 * mark, without which Windows PowerShell 5 reads them wrongly.
 */
const char *server_commands_script(struct arena *, const struct command_list *);

#endif
