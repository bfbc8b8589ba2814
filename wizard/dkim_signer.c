/* How a mail server is made to sign with a key. */
#include "dkim_signer.h"

#include <string.h>

#include "../checks/base/i18n.h"
#include "../checks/proof.h"
#include "server_commands.h"

enum when { ALWAYS, WITH_FILE, WITHOUT_FILE, WITH_ED25519 };

/*
 * What is said beside the commands of server_commands.h.  In the lines {d} is
 * the domain, {s} the selector, {k} the key file as a word of the shell.
 */
struct row {
	enum when when;
	const char *say; /* N_() */
	const char *where; /* N_() when it is no path */
	const char *lines;
};

#define SHELL N_("shell, as root")

static const struct row opendkim[] = {
	{ WITH_ED25519,
	    N_("Not every version of OpenDKIM signs with Ed25519: when the "
	       "log says that it cannot read the key, make an RSA key."),
	    NULL, NULL },
	{ WITHOUT_FILE,
	    N_("Without a key yet: make one here, and read its file in this "
	       "step. The commands below take it from there."),
	    SHELL,
	    "opendkim-genkey -b 2048 -d {d} -s {s}\n"
	    "mv {s}.private {d}.{s}.private\n" },
};

static const struct row rspamd[] = {
	{ WITH_ED25519,
	    N_("Sign with an RSA key as well, under another selector: many "
	       "receivers do not know Ed25519."),
	    NULL, NULL },
	{ WITHOUT_FILE,
	    N_("Without a key yet: make one here, and paste the record it "
	       "prints in this step. The commands below take it from there."),
	    SHELL,
	    "(umask 077 && rspamadm dkim_keygen -s {s} -b 2048 -d {d} "
	    "-k {d}.{s}.private)\n" },
};

static const struct row exchange[] = {
	{ WITH_ED25519,
	    N_("The Exchange DKIM Signer signs with RSA keys only: make an "
	       "RSA key of 2048 bits."),
	    NULL, NULL },
	{ WITH_FILE,
	    N_("The agent reads keys that begin with BEGIN RSA PRIVATE KEY "
	       "only. Write the key in that form, take the new file to the "
	       "server by a safe way, and delete this copy."),
	    N_("shell, where the key is"),
	    "(umask 077 && openssl rsa -traditional -in {k} "
	    "-out {d}.{s}.rsa.pem)\n" },
	{ WITHOUT_FILE,
	    N_("The agent can make the key too, \"Generate new key\" in the "
	       "tab Domain Settings: choose 2048 bits there, and paste the "
	       "record that it suggests in this step."),
	    NULL, NULL },
};

static const struct row provider[] = {
	{ ALWAYS,
	    N_("The provider has the private key and signs. Look in its "
	       "administration under DKIM, mail authentication or domain "
	       "settings, and switch it on for {d}."),
	    NULL, NULL },
	{ ALWAYS,
	    N_("It shows a selector with a TXT or CNAME record: publish that "
	       "record, enter the selector in this step, and press Check."),
	    NULL, NULL },
	{ ALWAYS,
	    N_("Many providers begin to sign only when a second button is "
	       "pressed after the record is found, such as Start "
	       "authentication or Enable."),
	    NULL, NULL },
};

static const struct row other[] = {
	{ WITH_FILE, N_("Give the signer the file with the private key."),
	    N_("private key"), "{k}\n" },
	{ ALWAYS, N_("Give the signer these settings."), N_("settings"),
	    "Domain (d=):            {d}\n"
	    "Selector (s=):          {s}\n"
	    "Canonicalization (c=):  relaxed/relaxed\n"
	    "Hash:                   SHA-256\n"
	    "Signed headers (h=):    From, Subject, To, Date, "
	    "Message-ID\n" },
	{ ALWAYS,
	    N_("The signer has to be the last that touches the mail: a "
	       "footer that is added later breaks the signature."),
	    NULL, NULL },
};

static const struct signer {
	const char *label; /* N_() */
	const struct row *rows; /* come before... */
	size_t nrows;
	enum command_kind commands; /* ...these; COMMANDS_COUNT: none */
} signers[DKIM_SIGNER_COUNT] = {
	[DKIM_SIGNER_OPENDKIM] = { N_("OpenDKIM"), opendkim, COUNT(opendkim),
	    COMMANDS_OPENDKIM },
	[DKIM_SIGNER_RSPAMD] = { N_("rspamd"), rspamd, COUNT(rspamd),
	    COMMANDS_RSPAMD },
	[DKIM_SIGNER_EXCHANGE] = { N_("Exchange"), exchange, COUNT(exchange),
	    COMMANDS_EXCHANGE_DKIM },
	[DKIM_SIGNER_PROVIDER] = { N_("a provider"), provider, COUNT(provider),
	    COMMANDS_COUNT },
	[DKIM_SIGNER_OTHER] = { N_("another"), other, COUNT(other),
	    COMMANDS_COUNT },
};

enum dkim_signer
dkim_signer_of(enum mail_server server)
{
	static const enum dkim_signer usual[SERVER_COUNT] = {
		[SERVER_UNKNOWN] = DKIM_SIGNER_OTHER,
		[SERVER_POSTFIX] = DKIM_SIGNER_OPENDKIM,
		[SERVER_EXCHANGE_2016] = DKIM_SIGNER_EXCHANGE,
		[SERVER_EXCHANGE_2019] = DKIM_SIGNER_EXCHANGE,
		[SERVER_EXCHANGE_SE] = DKIM_SIGNER_EXCHANGE,
		[SERVER_HOSTED] = DKIM_SIGNER_PROVIDER,
		[SERVER_OTHER] = DKIM_SIGNER_OTHER,
	};

	return server < SERVER_COUNT ? usual[server] : DKIM_SIGNER_OTHER;
}

const char *
dkim_signer_label(enum dkim_signer signer)
{
	return signers[signer].label;
}

/* What a letter in braces stands for; NULL: itself. */
static const char *
value_of(struct arena *arena, const struct dkim_signer_key *key, char letter)
{
	switch (letter) {
	case 'd':
		return key->domain;
	case 's':
		return key->selector;
	case 'k':
		return shell_word(
		    arena, str_of(key->file == NULL ? "" : key->file));
	default:
		return NULL;
	}
}

static const char *
fill(struct arena *arena, const char *text, const struct dkim_signer_key *key)
{
	const char *made = "";
	const char *from = text;

	for (const char *p = strchr(text, '{'); p != NULL;
	     p = strchr(p + 1, '{')) {
		const char *value;

		if (p[1] == '\0' || p[2] != '}')
			continue;
		value = value_of(arena, key, p[1]);
		if (value == NULL)
			continue;
		made = arena_printf(
		    arena, "%s%.*s%s", made, (int)(p - from), from, value);
		from = p + 3;
	}
	return arena_printf(arena, "%s%s", made, from);
}

static bool
applies(enum when when, const struct dkim_signer_key *key)
{
	switch (when) {
	case WITH_FILE:
		return key->file != NULL;
	case WITHOUT_FILE:
		return key->file == NULL;
	case WITH_ED25519:
		return key->ed25519;
	case ALWAYS:
		break;
	}
	return true;
}

static size_t
add_rows(struct arena *arena, const struct signer *signer,
    const struct dkim_signer_key *key, struct dkim_signer_step *steps)
{
	size_t n = 0;

	for (size_t i = 0; i < signer->nrows; i++) {
		const struct row *row = &signer->rows[i];

		if (!applies(row->when, key))
			continue;
		steps[n++] = (struct dkim_signer_step){
			.say = fill(arena, _(row->say), key),
			.where = row->where == NULL ? NULL : _(row->where),
			.lines = row->lines == NULL
			    ? NULL
			    : fill(arena, row->lines, key),
		};
	}
	return n;
}

/* The commands; or why there are none. */
static struct command_list
commands_of(struct arena *arena, const struct signer *signer,
    const struct dkim_signer_key *key)
{
	const struct server_facts facts = {
		.domain = key->domain,
		.selector = key->selector,
		.private_key = key->file,
		.senders = key->trusted,
		.nsenders = key->ntrusted,
	};

	if (signer->commands == COMMANDS_COUNT)
		return (struct command_list){ 0 };
	return server_commands(arena, signer->commands, &facts);
}

/* "Title. Why.": the lines of a template end where they are long. */
static const char *
in_one_line(struct arena *arena, const struct command_block *block)
{
	char *text = arena_printf(arena, "%s. %s", block->title, block->why);

	for (char *p = text; *p != '\0'; p++)
		if (*p == '\n')
			*p = ' ';
	return text;
}

size_t
dkim_signer_steps(struct arena *arena, enum dkim_signer which,
    const struct dkim_signer_key *key, struct dkim_signer_step **out)
{
	const struct signer *signer = &signers[which];
	struct command_list list = commands_of(arena, signer, key);
	struct dkim_signer_step *steps =
	    arena_array(arena, signer->nrows + list.n + 1, sizeof(*steps));
	size_t n = add_rows(arena, signer, key, steps);

	*out = steps;
	if (list.error != NULL)
		steps[n++].say = list.error;
	for (size_t i = 0; i < list.n; i++) {
		const struct command_block *block = &list.blocks[i];

		steps[n++] = (struct dkim_signer_step){
			.say = in_one_line(arena, block),
			.where = block->place,
			.lines = block->commands,
		};
	}
	return n;
}

/* Each line of a sentence behind "# ", at most 72 columns long. */
static const char *
comment(struct arena *arena, const char *text)
{
	const char *made = "#";
	size_t column = 1;
	struct str rest = str_of(text);

	while (rest.len > 0) {
		struct str word = str_word(&rest, ' ');

		if (column > 1 && column + 1 + word.len > 72) {
			made = arena_printf(arena, "%s\n#", made);
			column = 1;
		}
		made =
		    arena_printf(arena, "%s %.*s", made, (int)word.len, word.p);
		column += 1 + word.len;
	}
	return arena_printf(arena, "%s\n", made);
}

const char *
dkim_signer_text(struct arena *arena, enum dkim_signer which,
    const struct dkim_signer_key *key)
{
	struct dkim_signer_step *steps;
	size_t n = dkim_signer_steps(arena, which, key, &steps);
	const char *text = "";

	for (size_t i = 0; i < n; i++) {
		const char *say = steps[i].where == NULL
		    ? steps[i].say
		    : arena_printf(
			  arena, "%s [%s]", steps[i].say, steps[i].where);

		text = arena_printf(arena, "%s%s%s%s", text, i == 0 ? "" : "\n",
		    comment(arena, say),
		    steps[i].lines == NULL ? "" : steps[i].lines);
	}
	return text;
}
