/* Every option and every command, one row each. */
#include "language.h"
#include "options_table.h"

#include <limits.h>
#include <string.h>

#include "../checks/base/i18n.h"
#include "../checks/base/printable.h"
#include "../checks/dkim.h"
#include "../checks/domain.h"

const struct command_row command_rows[] = {
	{ NULL, "[DOMAIN]", true, COMMAND_WIZARD,
	    N_("The wizard: step by step to mail that is accepted. It goes "
	       "on with DOMAIN's saved plan when there is one.") },
	{ "check", "DOMAIN...", true, COMMAND_CHECK,
	    N_("Every check of a domain, then the checklist.") },
	{ "spf", "DOMAIN", true, COMMAND_SPF,
	    N_("Judges the SPF record of a domain; with --ip: may that client "
	       "send for it? (RFC 7208)") },
	{ "dkim", "DOMAIN", true, COMMAND_DKIM,
	    N_("The published DKIM keys of a domain, judged.") },
	{ "dmarc", "DOMAIN", true, COMMAND_DMARC,
	    N_("Which DMARC policy applies to a domain, where it was found, "
	       "and what is wrong with the record. (RFC 9989)") },
	{ "server", "HOST", true, COMMAND_SERVER,
	    N_("The mail ports of a host, a name or an address: do they "
	       "answer, and would a mail program trust their TLS and "
	       "certificates?") },
	{ "verify", "MESSAGE", true, COMMAND_VERIFY,
	    N_("DKIM, SPF and DMARC verdict of a message file (- is stdin), and "
	       "why a signature fails.") },
	{ "explain", "[FILE]", false, COMMAND_COUNT, NULL },
	{ "keygen", "DOMAIN", true, COMMAND_KEYGEN,
	    N_("A DKIM key pair: the private key in a file, the record for "
	       "DNS printed.") },
	{ "records", "DOMAIN", true, COMMAND_RECORDS,
	    N_("The records of the saved plan, ready to be published.") },
};
const size_t ncommand_rows = COUNT(command_rows);

const struct command_row *
command_row(enum command command)
{
	for (size_t i = 0; i < ncommand_rows; i++)
		if (command_rows[i].command == command)
			return &command_rows[i];
	return &command_rows[0];
}

/* --- looking ------------------------------------------------------------- */

static const char *
apply_dns(struct parsing *p, const char *value)
{
	struct str rest = str_of(value);
	const char *problem;

	p->out->dns = value;
	p->out->nservers = 0;
	do {
		struct str word = str_trim(str_word(&rest, ','));

		if (p->out->nservers == OPTIONS_SERVERS_MAX)
			return arena_printf(p->arena,
			    _("--dns: at most %d name servers."),
			    OPTIONS_SERVERS_MAX);
		problem = dns_server_parse(
		    p->arena, word, &p->out->servers[p->out->nservers]);
		if (problem != NULL)
			return arena_printf(p->arena, "--dns: %s", problem);
		p->out->nservers++;
	} while (rest.len > 0);
	return NULL;
}

static const char *
apply_authoritative(struct parsing *p, const char *value)
{
	uint64_t port = 0;

	p->authority = AUTHORITY_ON;
	if (value != NULL &&
	    (!str_number(str_of(value), UINT16_MAX, &port) || port == 0))
		return arena_printf(p->arena,
		    _("--authoritative: \"%s\" is not a port between 1 and "
		      "65535."),
		    printable(p->arena, str_of(value)));
	p->out->authoritative_port = (uint16_t)port;
	return NULL;
}

static const char *
apply_no_authoritative(struct parsing *p, const char *value)
{
	(void)value;
	p->authority = AUTHORITY_OFF;
	return NULL;
}

static const char **
add_text(struct parsing *p, const char **list, size_t *n, const char *text)
{
	list = arena_grow(p->arena, list, *n, sizeof(*list));
	list[(*n)++] = text;
	return list;
}

static const char *
apply_zone(struct parsing *p, const char *value)
{
	p->out->zones = add_text(p, p->out->zones, &p->out->nzones, value);
	return NULL;
}

static const char *
apply_offline(struct parsing *p, const char *value)
{
	(void)value;
	p->out->offline = true;
	return NULL;
}

/* Seconds with a fraction; the decimal point does not follow the locale. */
static bool
read_seconds(struct str text, int64_t *ms)
{
	struct str whole = str_word(&text, '.');
	uint64_t seconds = 0;
	int64_t thousandths = 0;

	if (whole.len > 0 && !str_number(whole, OPTIONS_TIMEOUT_MAX, &seconds))
		return false;
	if (whole.len == 0 && text.len == 0)
		return false;
	for (size_t i = 0; i < text.len; i++)
		if (!is_digit(text.p[i]))
			return false;
	for (size_t i = 0; i < 3; i++)
		thousandths =
		    thousandths * 10 + (i < text.len ? text.p[i] - '0' : 0);
	*ms = (int64_t)seconds * 1000 + thousandths;
	return *ms > 0;
}

static const char *
apply_timeout(struct parsing *p, const char *value)
{
	if (read_seconds(str_of(value), &p->out->timeout_ms))
		return NULL;
	return arena_printf(p->arena,
	    _("--timeout: \"%s\" is not a number of seconds above 0 and up to "
	      "%d, such as 2.5."),
	    printable(p->arena, str_of(value)), OPTIONS_TIMEOUT_MAX);
}

static const char *
apply_ca_file(struct parsing *p, const char *value)
{
	p->out->ca_file = value;
	return NULL;
}

/* --- what is looked at --------------------------------------------------- */

/* "spf,domain": every step named is switched. */
static const char *
set_steps(struct parsing *p, const char *option, const char *value, bool on)
{
	struct str rest = str_of(value);
	enum step_id step;

	do {
		struct str word = str_trim(str_word(&rest, ','));

		if (!step_by_word(word, &step))
			return arena_printf(p->arena,
			    _("%s: \"%s\" is not a step; the steps are domain, "
			      "spf, dkim, dmarc, pop3, imap4, submission."),
			    option, printable(p->arena, word));
		p->out->step[step] = on;
	} while (rest.len > 0);
	return NULL;
}

static const char *
apply_only(struct parsing *p, const char *value)
{
	if (!p->only_given)
		memset(p->out->step, 0, sizeof(p->out->step));
	p->only_given = true;
	return set_steps(p, "--only", value, true);
}

static const char *
apply_skip(struct parsing *p, const char *value)
{
	return set_steps(p, "--skip", value, false);
}

static const char *
apply_selector(struct parsing *p, const char *value)
{
	/* What is too long with the domain is seen when that is known. */
	const char *problem =
	    dkim_selector_problem(p->arena, value, "example", true);

	if (problem != NULL)
		return arena_printf(p->arena, "--selector: %s", problem);
	p->out->selectors =
	    add_text(p, p->out->selectors, &p->out->nselectors, value);
	return NULL;
}

/* Ports of RFC 8314 section 3, and those where STARTTLS comes first. */
static const uint16_t usual_ports[MAIL_PROTOCOLS][2] = {
	[MAIL_POP3] = { 110, 995 },
	[MAIL_IMAP] = { 143, 993 },
	[MAIL_SMTP] = { 587, 465 },
};

static bool
add_service(struct parsing *p, enum mail_protocol protocol, uint64_t port,
    bool implicit)
{
	if (p->out->nservices == OPTIONS_SERVICES_MAX)
		return false;
	p->out->services[p->out->nservices++] = (struct port){
		.protocol = protocol,
		.at.port = port != 0 ? (uint16_t)port
				     : usual_ports[protocol][implicit],
		.implicit_tls = implicit,
		.wanted = true,
	};
	return true;
}

static const char *
apply_service(struct parsing *p, const char *value)
{
	struct str rest = str_of(value);
	struct str word = str_word(&rest, ':');
	struct str part = str_word(&rest, ':');
	enum mail_protocol protocol = MAIL_POP3;
	uint64_t port = 0;
	bool numbered, tls, starttls, room;

	while (protocol < MAIL_SMTP &&
	    !str_equal_nocase(word, mail_protocol_word(protocol)))
		protocol++;
	numbered = str_number(part, UINT16_MAX, &port);
	if (numbered)
		part = str_word(&rest, ':');
	tls = str_equal_nocase(part, "tls");
	starttls = str_equal_nocase(part, "starttls");
	if (!str_equal_nocase(word, mail_protocol_word(protocol)) ||
	    (numbered && port == 0) || (part.len > 0 && !tls && !starttls) ||
	    rest.len > 0)
		return arena_printf(p->arena,
		    _("--service: \"%s\" is not of the form "
		      "PROTOCOL[:PORT][:tls|starttls], such as imap:993:tls."),
		    printable(p->arena, str_of(value)));
	if (port != 0 && !starttls)
		tls |= port == usual_ports[protocol][1];
	if (port == 0 && !tls && !starttls)
		room = add_service(p, protocol, 0, false) &&
		    add_service(p, protocol, 0, true);
	else
		room = add_service(p, protocol, port, tls);
	return room ? NULL
		    : arena_printf(p->arena, _("--service: at most %d."),
			  OPTIONS_SERVICES_MAX);
}

static const char *
apply_no_injection_test(struct parsing *p, const char *value)
{
	(void)value;
	p->out->no_injection_test = true;
	return NULL;
}

static const char *
apply_login(struct parsing *p, const char *value)
{
	p->out->login = value;
	return NULL;
}

static const char *
apply_password_file(struct parsing *p, const char *value)
{
	p->out->password_file = value;
	return NULL;
}

static const char *
apply_password_fd(struct parsing *p, const char *value)
{
	uint64_t fd;

	if (!str_number(str_of(value), INT_MAX, &fd))
		return _("--password-fd: give the number of an open "
			 "descriptor, such as 3.");
	p->out->password_fd = (int)fd;
	return NULL;
}

static const char *
apply_key(struct parsing *p, const char *value)
{
	p->out->key_file = value;
	return NULL;
}

static const char *
apply_host(struct parsing *p, const char *value)
{
	struct domain_name host;
	const char *problem =
	    domain_read_as(p->arena, str_of(value), DOMAIN_IN_DNS, &host);

	if (problem != NULL)
		return arena_printf(p->arena, "--host: %s", problem);
	p->out->host = host.name;
	return NULL;
}

static const char *
not_an_address(struct parsing *p, const char *option, const char *value)
{
	return arena_printf(p->arena,
	    _("%s: \"%s\" is not an IPv4 or IPv6 address, such as 192.0.2.25 "
	      "or 2001:db8::25."),
	    option, printable(p->arena, str_of(value)));
}

static const char *
apply_sending_ip(struct parsing *p, const char *value)
{
	struct options *out = p->out;
	struct ip ip;
	size_t n = out->nsending;

	if (!ip_parse(str_of(value), &ip))
		return not_an_address(p, "--sending-ip", value);
	if (n == TARGET_IPS_MAX)
		return arena_printf(p->arena,
		    _("--sending-ip: at most %d addresses."), TARGET_IPS_MAX);
	out->sending[n] = ip;
	out->sending_texts =
	    add_text(p, out->sending_texts, &out->nsending, value);
	return NULL;
}

/* --- the SMTP client ----------------------------------------------------- */

static const char *
apply_ip(struct parsing *p, const char *value)
{
	if (!ip_parse(str_of(value), &p->out->client))
		return not_an_address(p, "--ip", value);
	return NULL;
}

static const char *
apply_helo(struct parsing *p, const char *value)
{
	p->out->helo = value;
	return NULL;
}

/* "<>" and "<a@example.org>" are how SMTP itself writes it. */
static const char *
apply_sender(struct parsing *p, const char *value)
{
	size_t len = strlen(value);

	p->out->sender = value;
	if (len >= 2 && value[0] == '<' && value[len - 1] == '>')
		p->out->sender = arena_memdup(p->arena, value + 1, len - 2);
	return NULL;
}

static const char *
apply_trust_received(struct parsing *p, const char *value)
{
	(void)value;
	p->out->trust_received = true;
	return NULL;
}

/* --- check --------------------------------------------------------------- */

static const char *
apply_file(struct parsing *p, const char *value)
{
	p->out->file = value;
	return NULL;
}

static const char *
apply_jobs(struct parsing *p, const char *value)
{
	uint64_t jobs = 0;

	if (!str_number(str_of(value), OPTIONS_JOBS_MAX, &jobs) || jobs == 0)
		return arena_printf(p->arena,
		    _("--jobs: \"%s\" is not a number between 1 and %d."),
		    printable(p->arena, str_of(value)), OPTIONS_JOBS_MAX);
	p->out->jobs = (size_t)jobs;
	return NULL;
}

static const char *
apply_watch(struct parsing *p, const char *value)
{
	uint64_t seconds = 0;

	p->out->watch = true;
	if (value == NULL)
		return NULL;
	if (!str_number(str_of(value), OPTIONS_WATCH_MAX, &seconds) ||
	    seconds == 0)
		return arena_printf(p->arena,
		    _("--watch: \"%s\" is not a number of seconds between 1 "
		      "and %d."),
		    printable(p->arena, str_of(value)), OPTIONS_WATCH_MAX);
	p->out->watch_seconds = (int)seconds;
	return NULL;
}

static const char *
apply_since(struct parsing *p, const char *value)
{
	p->out->since = value;
	return NULL;
}

/* --- the wizard and its plan --------------------------------------------- */

static const char *
apply_answers(struct parsing *p, const char *value)
{
	p->out->answers = value;
	return NULL;
}

static const char *
apply_demo(struct parsing *p, const char *value)
{
	(void)value;
	p->out->demo = true;
	return NULL;
}

static const char *
apply_format(struct parsing *p, const char *value)
{
	p->out->json = false;
	if (!copy_form_by_word(str_of(value), &p->out->format))
		return arena_printf(p->arena,
		    _("--format: \"%s\" is none of zone, panel, powershell, "
		      "nsupdate, json."),
		    printable(p->arena, str_of(value)));
	p->out->json = p->out->format == COPY_JSON;
	return NULL;
}

/* --- keygen -------------------------------------------------------------- */

static const char *
apply_type(struct parsing *p, const char *value)
{
	enum key_kind kind;

	if (key_kind_by_word(str_of(value), &kind)) {
		if (p->out->nkey_kinds == KEYGEN_MAX)
			return _("--type: two keys at once are all that a "
				 "signer uses, one RSA and one Ed25519.");
		p->out->key_kinds[p->out->nkey_kinds++] = kind;
		return NULL;
	}
	return arena_printf(p->arena,
	    _("--type: \"%s\" is none of rsa2048, rsa3072, rsa4096, "
	      "ed25519."),
	    printable(p->arena, str_of(value)));
}

static const char *
apply_out(struct parsing *p, const char *value)
{
	p->out->out_files =
	    add_text(p, p->out->out_files, &p->out->nout_files, value);
	return NULL;
}

/* --- how it is shown ----------------------------------------------------- */

static const char *
apply_json(struct parsing *p, const char *value)
{
	(void)value;
	p->out->json = true;
	return NULL;
}

static const char *
apply_lang(struct parsing *p, const char *value)
{
	p->out->lang = value;
	language_choose(value);
	return NULL;
}

static const char *
apply_color(struct parsing *p, const char *value)
{
	static const char *const words[] = {
		[WHEN_AUTO] = "auto",
		[WHEN_ALWAYS] = "always",
		[WHEN_NEVER] = "never",
	};

	for (size_t i = 0; i < COUNT(words); i++) {
		if (strcmp(words[i], value) == 0) {
			p->out->color = (enum when)i;
			return NULL;
		}
	}
	return arena_printf(p->arena,
	    _("--color: \"%s\" is none of auto, always, never."),
	    printable(p->arena, str_of(value)));
}

static const char *
apply_ascii(struct parsing *p, const char *value)
{
	(void)value;
	p->out->ascii = true;
	return NULL;
}

static const char *
apply_plain(struct parsing *p, const char *value)
{
	(void)value;
	p->out->plain = true;
	return NULL;
}

static const char *
apply_verbose(struct parsing *p, const char *value)
{
	(void)value;
	p->out->verbose = true;
	return NULL;
}

static const char *
apply_mouse(struct parsing *p, const char *value)
{
	(void)value;
	p->out->mouse = true;
	return NULL;
}

static const char *
apply_help(struct parsing *p, const char *value)
{
	(void)value;
	p->help = true;
	return NULL;
}

static const char *
apply_version(struct parsing *p, const char *value)
{
	(void)value;
	p->version = true;
	return NULL;
}

const struct option_row option_rows[] = {
	{ "dns", 0, ARGUMENT_NEEDED, "ADDR[:PORT][,...]", FOR_DNS | FOR_SERVER,
	    N_("ask these name servers instead of the system's"), apply_dns },
	{ "authoritative", 0, ARGUMENT_OPTIONAL, "[=PORT]", FOR_DNS,
	    N_("also ask the domain's own name servers; on without --dns, "
	       "--zone and --offline"),
	    apply_authoritative },
	{ "no-authoritative", 0, ARGUMENT_NONE, NULL, FOR_DNS,
	    N_("do not ask them"), apply_no_authoritative },
	{ "zone", 0, ARGUMENT_NEEDED, "FILE", FOR_DNS | FOR_SERVER,
	    N_("dry run: the records of a zone file, laid over DNS"),
	    apply_zone },
	{ "offline", 0, ARGUMENT_NONE, NULL, FOR_DNS | FOR_SERVER,
	    N_("the zone file is the whole world; no name server is asked"),
	    apply_offline },
	{ "timeout", 0, ARGUMENT_NEEDED, "SECONDS", FOR_DNS | FOR_SERVER,
	    N_("limit for a whole run, per domain (30)"), apply_timeout },
	{ "ca-file", 0, ARGUMENT_NEEDED, "FILE",
	    FOR_WIZARD | FOR_CHECK | FOR_SERVER,
	    N_("trust these roots instead of the system's"), apply_ca_file },
	{ "only", 0, ARGUMENT_NEEDED, "STEP[,STEP]", FOR_CHECK,
	    N_("only these steps: domain, spf, dkim, dmarc, pop3, imap4, "
	       "submission"),
	    apply_only },
	{ "skip", 0, ARGUMENT_NEEDED, "STEP[,STEP]", FOR_CHECK,
	    N_("all steps but these"), apply_skip },
	{ "selector", 0, ARGUMENT_NEEDED, "S",
	    FOR_CHECK | FOR_DKIM | FOR_KEYGEN,
	    N_("a DKIM selector; repeatable (keygen: one a key; else the "
	       "month)"),
	    apply_selector },
	{ "key", 0, ARGUMENT_NEEDED, "FILE", FOR_DKIM,
	    N_("the signer's key, private or public: is it the one that is "
	       "published at --selector?"),
	    apply_key },
	{ "type", 0, ARGUMENT_NEEDED, "TYPE", FOR_KEYGEN,
	    N_("rsa2048 (as it is without), rsa3072, rsa4096, ed25519; twice "
	       "for two keys"),
	    apply_type },
	{ "out", 0, ARGUMENT_NEEDED, "FILE", FOR_KEYGEN,
	    N_("a new file for the private key (DOMAIN-SELECTOR.pem)"),
	    apply_out },
	{ "host", 0, ARGUMENT_NEEDED, "NAME",
	    FOR_WIZARD | FOR_CHECK | FOR_SERVER,
	    N_("the mail host that people's programs connect to"), apply_host },
	{ "sending-ip", 0, ARGUMENT_NEEDED, "IP", FOR_ALL,
	    N_("an address that sends for the domain; repeatable"),
	    apply_sending_ip },
	{ "ip", 0, ARGUMENT_NEEDED, "IP", FOR_SPF | FOR_VERIFY,
	    N_("evaluate check_host() for this client"), apply_ip },
	{ "helo", 0, ARGUMENT_NEEDED, "NAME", FOR_ALL | FOR_VERIFY,
	    N_("the name the client says in EHLO (with spf --ip: DOMAIN)"),
	    apply_helo },
	{ "sender", 0, ARGUMENT_NEEDED, "ADDRESS", FOR_SPF | FOR_VERIFY,
	    N_("MAIL FROM (postmaster@DOMAIN); '' means postmaster@HELO"),
	    apply_sender },
	{ "trust-received", 0, ARGUMENT_NONE, NULL, FOR_VERIFY,
	    N_("take client, HELO and sender from the topmost Received and "
	       "Return-Path"),
	    apply_trust_received },
	{ "file", 'f', ARGUMENT_NEEDED, "FILE", FOR_CHECK,
	    N_("domains from a file, one a line; - is stdin"), apply_file },
	{ "jobs", 0, ARGUMENT_NEEDED, "N", FOR_CHECK,
	    N_("domains looked at at once (64)"), apply_jobs },
	{ "watch", 0, ARGUMENT_OPTIONAL, "[=SECONDS]", FOR_CHECK,
	    N_("look again every 30 seconds until nothing fails"),
	    apply_watch },
	{ "since", 0, ARGUMENT_NEEDED, "FILE", FOR_CHECK,
	    N_("say what changed since a saved --json"), apply_since },
	{ "answers", 'a', ARGUMENT_NEEDED, "FILE", FOR_WIZARD,
	    N_("no screen: answers from a file, as saved plans have them; - is "
	       "stdin"),
	    apply_answers },
	{ "demo", 0, ARGUMENT_NONE, NULL, FOR_WIZARD,
	    N_("practise on a made-up broken domain; asks no network and "
	       "saves nothing"),
	    apply_demo },
	{ "format", 0, ARGUMENT_NEEDED, "FORMAT", FOR_RECORDS,
	    N_("zone (as it is without), panel, powershell, nsupdate, json"),
	    apply_format },
	{ "json", 0, ARGUMENT_NONE, NULL,
	    FOR_CLI | FOR_DKIM | FOR_DMARC | FOR_SERVER | FOR_RECORDS |
		FOR_VERIFY | FOR_KEYGEN,
	    N_("the result as JSON; one object a line for several domains"),
	    apply_json },
	{ "verbose", 'v', ARGUMENT_NONE, NULL, FOR_SHOWN,
	    N_("the questions asked, and the time of each, on stderr"),
	    apply_verbose },
	{ "lang", 0, ARGUMENT_NEEDED, "CODE", FOR_SHOWN,
	    N_("language of the texts"), apply_lang },
	{ "color", 0, ARGUMENT_NEEDED, "WHEN", FOR_SHOWN,
	    N_("auto, always or never"), apply_color },
	{ "ascii", 0, ARGUMENT_NONE, NULL, FOR_SHOWN,
	    N_("no line drawing characters"), apply_ascii },
	{ "plain", 0, ARGUMENT_NONE, NULL, FOR_SHOWN,
	    N_("linear text, for screen readers and simple terminals"),
	    apply_plain },
	{ "mouse", 0, ARGUMENT_NONE, NULL, FOR_WIZARD, N_("react to the mouse"),
	    apply_mouse },
	{ "help", 'h', ARGUMENT_NONE, NULL, FOR_SHOWN, N_("this text"),
	    apply_help },
	{ "version", 'V', ARGUMENT_NONE, NULL, FOR_SHOWN, N_("the version"),
	    apply_version },
	/* Recognised, and not built yet. */
	{ "service", 0, ARGUMENT_NEEDED, "PROTOCOL[:PORT][:tls|starttls]",
	    FOR_SERVER,
	    N_("look at this one only: pop3, imap or smtp; repeatable"),
	    apply_service },
	{ "no-injection-test", 0, ARGUMENT_NONE, NULL, FOR_SERVER,
	    N_("do not try whether commands can be slipped in before TLS"),
	    apply_no_injection_test },
	{ "login", 0, ARGUMENT_NEEDED, "USER", FOR_SERVER,
	    N_("log this user in, once at each port, over verified TLS only; "
	       "the password is asked for"),
	    apply_login },
	{ "password-file", 0, ARGUMENT_NEEDED, "FILE", FOR_SERVER,
	    N_("the password is the first line of this file, which nobody else "
	       "may read"),
	    apply_password_file },
	{ "password-fd", 0, ARGUMENT_NEEDED, "N", FOR_SERVER,
	    N_("the password is the first line that comes from this "
	       "descriptor"),
	    apply_password_fd },
};
const size_t noption_rows = COUNT(option_rows);
