/* How a mail server is made to sign with a key. */
#include "dkim_signer.h"

#include <string.h>

#include "../checks/base/i18n.h"
#include "../checks/proof.h"

enum when { ALWAYS, WITH_FILE, WITHOUT_FILE, WITH_ED25519 };

/*
 * In the lines {d} is the domain, {s} the selector, {k} the key file as a
 * word of the shell, {t} the addresses that are trusted, a line each.
 */
struct row {
	enum when when;
	const char *say; /* N_() */
	const char *where; /* N_() when it is no path */
	const char *lines;
};

#define SHELL N_("shell, as root")
#define EMS   N_("Exchange Management Shell")

static const struct row opendkim[] = {
	{ WITH_ED25519,
	    N_("Not every version of OpenDKIM signs with Ed25519: when the "
	       "log says that it cannot read the key, make an RSA key."),
	    NULL, NULL },
	{ ALWAYS, N_("Install OpenDKIM."), SHELL,
	    "apt install opendkim opendkim-tools\n" },
	{ WITH_FILE,
	    N_("Put the private key where OpenDKIM reads it; nobody else may "
	       "read it."),
	    SHELL,
	    "install -d -o opendkim -g opendkim -m 0700 /etc/dkimkeys\n"
	    "install -o opendkim -g opendkim -m 0600 {k} "
	    "/etc/dkimkeys/{d}.{s}.private\n" },
	{ WITHOUT_FILE,
	    N_("Put the private key into the file below, or make one there "
	       "with these commands and read it in this step."),
	    SHELL,
	    "opendkim-genkey -b 2048 -d {d} -D /etc/dkimkeys -s {s}\n"
	    "mv /etc/dkimkeys/{s}.private /etc/dkimkeys/{d}.{s}.private\n"
	    "chown opendkim:opendkim /etc/dkimkeys/{d}.{s}.private\n"
	    "chmod 0600 /etc/dkimkeys/{d}.{s}.private\n" },
	{ ALWAYS,
	    N_("Tell OpenDKIM what to do, in place of the lines Domain, "
	       "Selector, KeyFile and Socket that are there."),
	    "/etc/opendkim.conf",
	    "Mode                sv\n"
	    "Canonicalization    relaxed/relaxed\n"
	    "OversignHeaders     From\n"
	    "KeyTable            /etc/opendkim/keytable\n"
	    "SigningTable        refile:/etc/opendkim/signingtable\n"
	    "InternalHosts       /etc/opendkim/trusted\n"
	    "ExternalIgnoreList  /etc/opendkim/trusted\n"
	    "Socket              inet:8891@localhost\n" },
	{ ALWAYS, N_("Which key is where. The folder may have to be made."),
	    "/etc/opendkim/keytable",
	    "{s}._domainkey.{d} {d}:{s}:/etc/dkimkeys/{d}.{s}.private\n" },
	{ ALWAYS, N_("Whose mail is signed with it."),
	    "/etc/opendkim/signingtable", "*@{d} {s}._domainkey.{d}\n" },
	{ ALWAYS,
	    N_("From where mail is signed without a login: the machine "
	       "itself, and other servers and devices that send through it. "
	       "Mail from elsewhere is only verified."),
	    "/etc/opendkim/trusted", "127.0.0.1\n::1\nlocalhost\n{t}" },
	{ ALWAYS,
	    N_("Let Postfix hand its mail to OpenDKIM. Where smtpd_milters "
	       "names others already, add this one behind them instead."),
	    SHELL,
	    "postconf -e 'smtpd_milters = inet:localhost:8891'\n"
	    "postconf -e 'non_smtpd_milters = $smtpd_milters'\n"
	    "postconf -e 'milter_default_action = accept'\n" },
	{ ALWAYS, N_("Begin."), SHELL,
	    "systemctl restart opendkim && postfix reload\n" },
	{ ALWAYS,
	    N_("When the record is published: \"key OK\" is what you want to "
	       "read. \"key not secure\" only says that there is no DNSSEC."),
	    SHELL, "opendkim-testkey -d {d} -s {s} -vvv\n" },
};

static const struct row rspamd[] = {
	{ WITH_ED25519,
	    N_("Sign with an RSA key as well, under another selector: many "
	       "receivers do not know Ed25519."),
	    NULL, NULL },
	{ WITH_FILE,
	    N_("Put the private key where rspamd reads it; nobody else may "
	       "read it."),
	    SHELL,
	    "install -d -o _rspamd -g _rspamd -m 0750 /var/lib/rspamd/dkim\n"
	    "install -o _rspamd -g _rspamd -m 0600 {k} "
	    "/var/lib/rspamd/dkim/{d}.{s}.key\n" },
	{ WITHOUT_FILE,
	    N_("Put the private key into the file below, or make one there "
	       "with these commands and paste the record they print in this "
	       "step."),
	    SHELL,
	    "install -d -o _rspamd -g _rspamd -m 0750 /var/lib/rspamd/dkim\n"
	    "rspamadm dkim_keygen -s {s} -b 2048 -d {d} "
	    "-k /var/lib/rspamd/dkim/{d}.{s}.key\n"
	    "chown _rspamd:_rspamd /var/lib/rspamd/dkim/{d}.{s}.key\n"
	    "chmod 0600 /var/lib/rspamd/dkim/{d}.{s}.key\n" },
	{ ALWAYS,
	    N_("Tell rspamd to sign. It always uses relaxed/relaxed; with "
	       "check_pubkey it signs nothing while DNS has another key."),
	    "/etc/rspamd/local.d/dkim_signing.conf",
	    "sign_authenticated = true;\n"
	    "sign_local = true;\n"
	    "allow_username_mismatch = true;\n"
	    "check_pubkey = true;\n"
	    "allow_pubkey_mismatch = false;\n"
	    "domain {\n"
	    "  \"{d}\" {\n"
	    "    path = \"/var/lib/rspamd/dkim/{d}.{s}.key\";\n"
	    "    selector = \"{s}\";\n"
	    "  }\n"
	    "}\n" },
	{ ALWAYS,
	    N_("Let Postfix hand its mail to rspamd, unless it does so "
	       "already."),
	    SHELL,
	    "postconf -e 'smtpd_milters = inet:localhost:11332'\n"
	    "postconf -e 'non_smtpd_milters = $smtpd_milters'\n"
	    "postconf -e 'milter_default_action = accept'\n" },
	{ ALWAYS, N_("Begin."), SHELL,
	    "rspamadm configtest && systemctl restart rspamd && "
	    "postfix reload\n" },
};

static const struct row exchange[] = {
	{ WITH_ED25519,
	    N_("The Exchange DKIM Signer signs with RSA keys only: make an "
	       "RSA key of 2048 bits."),
	    NULL, NULL },
	{ ALWAYS,
	    N_("Exchange itself does not sign. Load the Exchange DKIM Signer "
	       "from github.com/Pro/dkim-exchange/releases onto each server "
	       "that sends, unpack it, start Configuration.DkimSigner.exe as "
	       "administrator, and press Install."),
	    N_("PowerShell, as administrator"),
	    "Unblock-File .\\Configuration.DkimSigner.zip\n"
	    "Expand-Archive .\\Configuration.DkimSigner.zip .\\DkimSigner\n"
	    "Start-Process .\\DkimSigner\\Configuration.DkimSigner.exe "
	    "-Verb RunAs\n" },
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
	{ ALWAYS,
	    N_("In the tab Domain Settings add the domain, and choose the "
	       "key file."),
	    N_("Domain Settings"), "Domain name: {d}\nSelector:    {s}\n" },
	{ ALWAYS,
	    N_("In the tab DKIM Settings choose relaxed for both: simple "
	       "signatures break when a blank is changed on the way. Then "
	       "press Save."),
	    N_("DKIM Settings"),
	    "Algorithm:                RsaSha256\n"
	    "Header canonicalization:  Relaxed\n"
	    "Body canonicalization:    Relaxed\n"
	    "Headers to sign:          From, Subject, To, Date, "
	    "Message-ID\n" },
	{ ALWAYS,
	    N_("The agent has to run last: whatever changes the mail after "
	       "it, such as a disclaimer, breaks the signature. The highest "
	       "number is the last."),
	    EMS,
	    "$last = (Get-TransportAgent | Measure-Object -Property Priority "
	    "-Maximum).Maximum\n"
	    "Set-TransportAgent -Identity 'Exchange DkimSigner' -Priority "
	    "$last\n"
	    "Enable-TransportAgent -Identity 'Exchange DkimSigner'\n" },
	{ ALWAYS,
	    N_("Mail in the format TNEF (winmail.dat) is not signed: switch "
	       "it off."),
	    EMS, "Get-RemoteDomain | Set-RemoteDomain -TNEFEnabled $false\n" },
	{ ALWAYS, N_("Begin."), EMS,
	    "Restart-Service MSExchangeTransport\nGet-TransportAgent\n" },
	{ ALWAYS,
	    N_("The log is \"Exchange DKIM\" in the event viewer. Before a "
	       "cumulative update of Exchange switch the agent off, and on "
	       "again after it. Exchange signs by the domain of the return "
	       "path, and never its own reports."),
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
	const char *word;
	const char *label; /* N_() */
	const struct row *rows;
	size_t nrows;
} signers[DKIM_SIGNER_COUNT] = {
	[DKIM_SIGNER_OPENDKIM] = { "opendkim", N_("OpenDKIM"), opendkim,
	    COUNT(opendkim) },
	[DKIM_SIGNER_RSPAMD] = { "rspamd", N_("rspamd"), rspamd,
	    COUNT(rspamd) },
	[DKIM_SIGNER_EXCHANGE] = { "exchange", N_("Exchange"), exchange,
	    COUNT(exchange) },
	[DKIM_SIGNER_PROVIDER] = { "provider", N_("a provider"), provider,
	    COUNT(provider) },
	[DKIM_SIGNER_OTHER] = { "other", N_("another"), other, COUNT(other) },
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

const char *
dkim_signer_word(enum dkim_signer signer)
{
	return signers[signer].word;
}

static const char *
trusted_lines(struct arena *arena, const struct dkim_signer_key *key)
{
	const char *text = "";

	for (size_t i = 0; i < key->ntrusted; i++)
		text = arena_printf(arena, "%s%s\n", text, key->trusted[i]);
	return text;
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
	case 't':
		return trusted_lines(arena, key);
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

size_t
dkim_signer_steps(struct arena *arena, enum dkim_signer which,
    const struct dkim_signer_key *key, struct dkim_signer_step **out)
{
	const struct signer *signer = &signers[which];
	struct dkim_signer_step *steps =
	    arena_array(arena, signer->nrows, sizeof(*steps));
	size_t n = 0;

	for (size_t i = 0; i < signer->nrows; i++) {
		const struct row *row = &signer->rows[i];

		if (!applies(row->when, key))
			continue;
		steps[n].say = fill(arena, _(row->say), key);
		steps[n].where = row->where == NULL ? NULL : _(row->where);
		steps[n].lines =
		    row->lines == NULL ? NULL : fill(arena, row->lines, key);
		n++;
	}
	*out = steps;
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
