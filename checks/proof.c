/* The command with which anyone sees what a check saw. */
#include "proof.h"

#include <string.h>

#define DNS_PORT 53 /* what dig asks by itself */

/*
 * After "dig +short"; {s} is the subject, {0} and so on the details of the
 * finding.  What is not listed goes by the first part of its id.
 */
static const char *const questions[FINDING_COUNT] = {
	[F_DNS_FAILED] = "{0} {s}",
	[F_DNS_TIMEOUT] = "{0} {s}",
	[F_DNS_BOGUS] = "{0} {s}",
	[F_DNS_SERVERS_DISAGREE] = "+nssearch {s}",
	[F_DNS_CNAME_CONFLICT] = "CNAME {s}",
	[F_DOMAIN_OK] = "MX {s}",
	[F_DOMAIN_MISSING] = "SOA {s}",
	[F_MX_NO_ADDRESS] = "{0} A {0} AAAA",
	[F_MX_IS_CNAME] = "CNAME {0}",
	[F_MX_PRIVATE_ADDRESS] = "{s} A {s} AAAA",
	[F_HOST_NO_ADDRESS] = "{s} A {s} AAAA",
	[F_HOST_PRIVATE_ADDRESS] = "{s} A {s} AAAA",
	[F_PTR_MISMATCH] = "-x {s} {0} A {0} AAAA",
	[F_HELO_MISMATCH] = "-x {0} {s} A {s} AAAA",
	[F_HELO_NO_ADDRESS] = "{s} A {s} AAAA",
	[F_HELO_OTHER_ADDRESS] = "{s} A {s} AAAA",
	[F_SPF_TOO_MANY_MX] = "MX {1}",
	[F_SPF_INCLUDE_MISSING] = "TXT {1}",
	[F_SPF_INCLUDE_BROKEN] = "TXT {1}",
	[F_SPF_INCLUDE_MULTIPLE] = "TXT {1}",
	[F_SPF_LOOP] = "TXT {1}",
	[F_SPF_PLUS_ALL_BELOW] = "TXT {1}",
	[F_SPF_MISPLACED_TYPE] = "TYPE99 {s}",
	[F_SPF_VOID] = "{1} A {1} AAAA {1} MX",
	[F_SPF_SENDER_NOT_COVERED] = "TXT {0}",
	[F_DKIM_PART_SIGNED] = "TXT {2}",
	[F_DKIM_NO_SELECTOR] = "TXT _domainkey.{s}",
	[F_DKIM_ED25519_ONLY] = "TXT _domainkey.{s}",
	[F_DKIM_OK] = "TXT {0}",
	[F_DMARC_MISPLACED] = "TXT {s}",
	[F_DMARC_MISPLACED_DOUBLED] = "TXT {s}",
	[F_DMARC_REPORT_UNAUTHORISED] = "TXT {1}",
	[F_DMARC_REPORT_NO_MX] = "MX {0}",
	[F_PORT_NO_HOST] = "MX {s} SRV {1}.{s}",
	[F_PORT_NO_HOST_NULL] = "MX {s}",
	[F_SRV_NOT_OFFERED] = "SRV {1}",
	[F_SRV_MISSING] = "SRV {2}",
	[F_AUTODISCOVER_DEAD] = "CNAME {s} {0} A {0} AAAA",
};

static const struct {
	const char *id; /* begins so */
	const char *question;
} areas[] = {
	{ "mx-", "MX {s}" },
	{ "ptr-", "-x {s}" },
	{ "spf-", "TXT {s}" },
	{ "dkim-", "TXT {s}" },
	{ "dmarc-", "TXT _dmarc.{s}" },
	{ "srv-", "SRV {s}" },
};

const char *
shell_word(struct arena *arena, struct str word)
{
	const char *made = "";
	bool plain = word.len > 0;

	for (size_t i = 0; i < word.len; i++)
		plain = plain &&
		    (is_alnum(word.p[i]) ||
			(word.p[i] != 0 && strchr("._-:/@", word.p[i])));
	if (plain)
		return str_dup(arena, word);
	for (;;) {
		size_t quote = str_find(word, '\'');

		made = arena_printf(arena, "%s%.*s", made, (int)quote, word.p);
		if (quote == word.len)
			return arena_printf(arena, "'%s'", made);
		made = arena_printf(arena, "%s'\\''", made);
		word = str_slice(word, quote + 1, word.len);
	}
}

static const char *
question(enum finding_code code)
{
	const char *id = finding_kinds[code].id;

	if (questions[code] != NULL)
		return questions[code];
	for (size_t i = 0; i < COUNT(areas); i++)
		if (str_starts_nocase(str_of(id), areas[i].id))
			return areas[i].question;
	return NULL;
}

/* What "{s}" or "{1}" stands for; NULL: the finding does not say. */
static const char *
blank(const struct finding *finding, char which)
{
	if (which == 's')
		return finding->subject;
	return finding->detail[(which - '0') % FINDING_DETAILS];
}

static const char *
begin(struct arena *arena, const struct dns_server *server)
{
	if (server == NULL)
		return "dig +short ";
	if (server->port == DNS_PORT)
		return arena_printf(
		    arena, "dig @%s +short ", ip_print(arena, server->ip));
	return arena_printf(arena, "dig @%s -p %u +short ",
	    ip_print(arena, server->ip), server->port);
}

/* What is seen at a port, by its id. */
static bool
is_of_port(enum finding_code code)
{
	static const char *const starts[] = { "port-", "starttls-", "login-",
		"auth-", "banner-", "tls-", "cert-" };

	for (size_t i = 0; i < COUNT(starts); i++)
		if (str_starts_nocase(
			str_of(finding_kinds[code].id), starts[i]))
			return true;
	return false;
}

/* What "openssl x509 -noout" shows of a certificate; NULL: the whole chain. */
static const char *
part_of_certificate(enum finding_code code)
{
	switch (code) {
	case F_CERT_OK:
	case F_CERT_EXPIRED:
	case F_CERT_NOT_YET_VALID:
	case F_CERT_EXPIRES_SOON:
		return "-dates";
	case F_CERT_NAME_MISMATCH:
	case F_CERT_NAME_ADDRESS:
	case F_CERT_NO_SAN:
		return "-ext subjectAltName";
	case F_CERT_SELF_SIGNED:
		return "-subject -issuer";
	case F_CERT_WRONG_PURPOSE:
		return "-ext extendedKeyUsage,keyUsage";
	case F_CERT_IS_CA:
		return "-ext basicConstraints";
	default:
		return NULL;
	}
}

/* Behind the connection: what is to be looked at. */
static const char *
looking_at(struct arena *arena, enum finding_code code)
{
	const char *part = part_of_certificate(code);

	if (part != NULL)
		return arena_printf(arena,
		    " < /dev/null 2> /dev/null | openssl x509 -noout %s", part);
	if (code == F_CERT_MUST_STAPLE)
		return " -status";
	return code != F_CERT_DIFFERS &&
		str_starts_nocase(str_of(finding_kinds[code].id), "cert-")
	    ? " -showcerts"
	    : "";
}

/*
 * Details 2 to 4: where to connect, the word after -starttls or "", and the
 * name of the host or NULL.
 */
static const char *
connecting(struct arena *arena, const struct finding *finding)
{
	const char *at = finding->detail[2];
	const char *starttls = finding->detail[3];
	const char *name = finding->detail[4];

	if (at == NULL || starttls == NULL)
		return NULL;
	return arena_printf(arena, "openssl s_client -connect %s%s%s%s%s%s",
	    shell_word(arena, str_of(at)),
	    starttls[0] == '\0' ? "" : " -starttls ", starttls,
	    name == NULL ? "" : " -servername ",
	    name == NULL ? "" : shell_word(arena, str_of(name)),
	    looking_at(arena, finding->code));
}

const char *
finding_proof(struct arena *arena, const struct finding *finding,
    const struct dns_server *server)
{
	const char *form = question(finding->code);
	const char *made;

	if (form == NULL && is_of_port(finding->code))
		return connecting(arena, finding);
	if (form == NULL)
		return NULL;
	made = begin(arena, server);
	while (*form != '\0') {
		const char *value;

		if (*form != '{') {
			made = arena_printf(arena, "%s%c", made, *form++);
			continue;
		}
		value = blank(finding, form[1]);
		if (value == NULL)
			return NULL;
		made = arena_printf(
		    arena, "%s%s", made, shell_word(arena, str_of(value)));
		form += strlen("{s}");
	}
	return made;
}
