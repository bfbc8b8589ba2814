/* What was seen at mail ports, judged. */
#include "mailport_check.h"

#include <string.h>

#include "base/i18n.h"
#include "base/printable.h"
#include "cert_check.h"
#include "look.h"
#include "name.h"

/* Did TLS come about there? */
static bool
has_tls(const struct port_facts *facts)
{
	return facts->tls_tried && facts->tls.trouble == TLS_FINE;
}

const char *
mailport_subject(struct arena *arena, const struct port *port)
{
	return arena_printf(arena, _("%s port %u (%s)"),
	    ip_print(arena, port->at.ip), port->at.port,
	    mail_protocol_word(port->protocol));
}

static bool
works_elsewhere(const struct port_facts *all, size_t n, size_t i)
{
	for (size_t k = 0; k < n; k++)
		if (all[k].port.protocol == all[i].port.protocol &&
		    ip_equal(all[k].port.at.ip, all[i].port.at.ip) &&
		    has_tls(&all[k]))
			return true;
	return false;
}

/* --- before the first command ------------------------------------------------- */

/* What does not matter when it is closed or cannot be seen. */
static bool
judged_as_note(
    const struct port_facts *facts, enum finding_code code, bool elsewhere)
{
	bool unseen = finding_kinds[code].severity == SEV_UNKNOWN;

	return (code == F_PORT_CLOSED && elsewhere) ||
	    ((code == F_PORT_CLOSED || unseen) && !facts->port.wanted);
}

static void
judge_state(struct run *run, const char *subject,
    const struct port_facts *facts, bool elsewhere)
{
	static const enum finding_code codes[] = {
		[PORT_NOT_SEEN] = F_PORT_NOT_SEEN,
		[PORT_NO_ROUTE] = F_PORT_NO_ROUTE,
		[PORT_TIMEOUT] = F_PORT_TIMEOUT,
		[PORT_CLOSED] = F_PORT_CLOSED,
		[PORT_SILENT] = F_PORT_SILENT,
		[PORT_SLOW] = F_PORT_SLOW,
		[PORT_HUNG_UP] = F_PORT_HUNG_UP,
		[PORT_LEFT] = F_PORT_LEFT,
		[PORT_REFUSED_GREETING] = F_PORT_REFUSED_GREETING,
		[PORT_WRONG_PROTOCOL] = F_PORT_WRONG_PROTOCOL,
		[PORT_NONSENSE] = F_PORT_NONSENSE,
		[PORT_IS_TLS] = F_PORT_IS_TLS,
		[PORT_IS_PLAIN] = F_PORT_IS_PLAIN,
		[PORT_TLS_FAILED] = F_NONE,
		[PORT_GREETED] = F_NONE,
	};
	enum finding_code code = codes[facts->state];
	bool note = judged_as_note(facts, code, elsewhere);
	const char *said = facts->greeting;

	if (code == F_NONE)
		return;
	if (code == F_PORT_NO_ROUTE &&
	    ip_use(facts->port.at.ip) == IP_USE_DOCUMENTATION)
		code = F_PORT_EXAMPLE;
	if (facts->state == PORT_WRONG_PROTOCOL)
		said = facts->other;
	else if (facts->state == PORT_IS_PLAIN)
		said = printable(run->arena, facts->tls.plain);
	if (said == NULL)
		said = _("no whole line");
	report(run, code, .subject = subject, .severity = SEV_NOTE,
	    .has_severity = note, .detail = { arena_strdup(run->arena, said) });
}

/* --- STARTTLS and logins -------------------------------------------------------- */

static void
judge_starttls(
    struct run *run, const char *subject, const struct port_facts *facts)
{
	struct arena *arena = run->arena;

	if (facts->starttls_refused)
		report(run, F_STARTTLS_REFUSED, .subject = subject,
		    .detail = { arena_strdup(arena,
			facts->starttls_answer != NULL ? facts->starttls_answer
						       : _("no answer")) });
	else if (facts->starttls == TRI_NO)
		report(run, F_STARTTLS_MISSING, .subject = subject);
	if (facts->text_after != NULL)
		report(run, F_STARTTLS_EXTRA, .subject = subject,
		    .detail = { arena_strdup(arena, facts->text_after) });
	if (facts->injection == TRI_YES)
		report(run, F_STARTTLS_INJECTION, .subject = subject);
}

static void
judge_login(
    struct run *run, const char *subject, const struct port_facts *facts)
{
	if (facts->login_before_tls == TRI_YES)
		report(run, facts->local ? F_LOGIN_LOCAL : F_LOGIN_BEFORE_TLS,
		    .subject = subject);
	if (facts->after.known && !facts->after.login)
		report(run, F_AUTH_MISSING, .subject = subject);
}

/* A name that means nothing outside of a network; RFC 6762, RFC 8375. */
static bool
is_internal(const char *name)
{
	static const char *const suffixes[] = { "local", "localdomain", "lan",
		"internal", "intern", "corp", "home", "localhost", "invalid",
		"home.arpa" };

	if (strchr(name, '.') == NULL)
		return true;
	for (size_t i = 0; i < COUNT(suffixes); i++)
		if (name_is_below(name, suffixes[i]))
			return true;
	return false;
}

/* Without any name to compare with, each will do. */
static bool
is_expected(const struct port_facts *facts, const char *name)
{
	return (facts->host == NULL && facts->helo == NULL) ||
	    (facts->host != NULL && name_equal(name, facts->host)) ||
	    (facts->helo != NULL && name_equal(name, facts->helo));
}

static void
judge_banner(
    struct run *run, const char *subject, const struct port_facts *facts)
{
	const char *name = facts->banner_name;

	if (name != NULL && (is_internal(name) || !is_expected(facts, name)))
		report(run, F_BANNER_NAME, .subject = subject,
		    .detail = { arena_strdup(run->arena, name) });
}

/* --- TLS -------------------------------------------------------------------------- */

static void
judge_versions(
    struct run *run, const char *subject, const struct port_facts *facts)
{
	const char *old = NULL;

	if (facts->tls.version <= TLS_1_1) {
		report(run, F_TLS_TOO_OLD, .subject = subject,
		    .detail = { tls_version_word(facts->tls.version) });
		return;
	}
	for (enum tls_version v = TLS_1_0; v <= TLS_1_1; v++)
		if (facts->accepts[v] == TRI_YES)
			old = look_join(run->arena, old, tls_version_word(v));
	if (old != NULL)
		report(run, F_TLS_OLD_VERSION, .subject = subject,
		    .detail = { old });
}

static void
judge_tls(struct run *run, const char *subject, const struct port_facts *facts)
{
	const struct tls_facts *tls = &facts->tls;

	if (!facts->tls_tried || facts->state == PORT_IS_PLAIN)
		return;
	if (tls->trouble != TLS_FINE) {
		bool wanted =
		    tls->client_certificate && tls->trouble == TLS_ALERTED;

		report(run, wanted ? F_TLS_CLIENT_CERTIFICATE : F_TLS_FAILED,
		    .subject = subject,
		    .detail = { arena_strdup(run->arena, tls->why) });
		return;
	}
	judge_versions(run, subject, facts);
	if (tls->weak_cipher)
		report(run, F_TLS_WEAK_CIPHER, .subject = subject,
		    .detail = { arena_strdup(run->arena, tls->cipher) });
}

/* --- the certificate --------------------------------------------------------------- */

static void
judge_certificate(
    struct run *run, const char *subject, const struct port_facts *facts)
{
	struct chain chain;
	const struct cert_question asked = { .where = subject,
		.host = facts->host != NULL
		    ? facts->host
		    : ip_print(run->arena, facts->port.at.ip),
		.stapled = facts->tls.stapled,
		.chain = &chain };

	if (!has_tls(facts) || run->trust == NULL)
		return;
	chain_read(run->arena, facts->tls.der, facts->tls.nder, run->trust,
	    run->now, &chain);
	cert_check(run, &asked);
}

/* These are about names, and have proofs of their own. */
static bool
answer_trouble(enum finding_code code)
{
	return code == F_DNS_FAILED || code == F_DNS_TIMEOUT ||
	    code == F_DNS_BOGUS || code == F_HOST_NO_ADDRESS;
}

/* For the proof of each finding that has none yet. */
static void
note_where(struct run *run, const struct port *port)
{
	bool v6 = port->at.ip.family == IP_V6;
	const char *at = arena_printf(run->arena, v6 ? "[%s]:%u" : "%s:%u",
	    ip_print(run->arena, port->at.ip), port->at.port);

	for (struct finding *f = run->report.first; f != NULL; f = f->next)
		if (f->detail[2] == NULL && !answer_trouble(f->code)) {
			f->detail[2] = at;
			f->detail[3] = port->implicit_tls
			    ? ""
			    : mail_protocol_word(port->protocol);
		}
}

/* The name for SNI, for the proofs about what came of it. */
static void
note_name(struct run *run, const struct port_facts *facts)
{
	for (struct finding *f = run->report.first; f != NULL; f = f->next)
		if (facts->host != NULL && f->detail[4] == NULL &&
		    !answer_trouble(f->code))
			f->detail[4] = arena_strdup(run->arena, facts->host);
}

void
mailport_note_proof(struct run *run, const struct port_facts *facts)
{
	note_where(run, &facts->port);
	note_name(run, facts);
}

void
mailport_judge(
    struct run *run, const struct port_facts *all, size_t n, size_t i)
{
	const struct port_facts *facts = &all[i];
	const char *subject = mailport_subject(run->arena, &facts->port);
	unsigned int before = 0, after = 0;

	for (int s = SEV_WARN; s < SEV_COUNT; s++)
		before += run->report.count[s];
	judge_state(run, subject, facts, works_elsewhere(all, n, i));
	judge_starttls(run, subject, facts);
	judge_login(run, subject, facts);
	judge_banner(run, subject, facts);
	judge_tls(run, subject, facts);
	judge_certificate(run, subject, facts);
	for (int s = SEV_WARN; s < SEV_COUNT; s++)
		after += run->report.count[s];
	if (before == after && facts->state == PORT_GREETED && has_tls(facts))
		report(run, F_PORT_OK, .subject = subject);
	mailport_note_proof(run, facts);
}

/* Certificates of the same names: one of them was renewed. */
static bool
for_the_same(const struct certificate *a, const struct certificate *b)
{
	if (!a->readable || !b->readable || a->not_after == b->not_after ||
	    a->ndns_names != b->ndns_names || a->naddresses != b->naddresses)
		return false;
	for (size_t i = 0; i < a->ndns_names; i++)
		if (!str_equal_nocase(str_of(a->dns_names[i]), b->dns_names[i]))
			return false;
	for (size_t i = 0; i < a->naddresses; i++)
		if (!ip_equal(a->addresses[i], b->addresses[i]))
			return false;
	return a->ndns_names + a->naddresses > 0;
}

/* A certificate, and who shows it. */
struct shown {
	const char *fingerprint;
	const char *ports; /* "192.0.2.1 port 993 (imap), ..." */
	const struct port_facts *last;
	struct certificate certificate;
};

static const char *
describe(struct arena *arena, const struct shown *shown, size_t n, size_t i)
{
	const struct certificate *one = &shown[i].certificate;
	bool newest = true, all_same = true;

	for (size_t k = 0; k < n; k++) {
		const struct certificate *other = &shown[k].certificate;

		newest = newest && other->not_after <= one->not_after;
		all_same = all_same &&
		    (k == 0 || for_the_same(&shown[0].certificate, other));
	}
	if (!one->readable)
		return _("one that cannot be read");
	if (all_same && newest)
		return arena_printf(arena, _("the new one, until %s"),
		    cert_date(arena, one->not_after));
	if (all_same)
		return arena_printf(arena, _("still the old one, until %s"),
		    cert_date(arena, one->not_after));
	return arena_printf(arena, _("\"%s\" of %s, until %s"),
	    one->subject_name, one->issuer_name,
	    cert_date(arena, one->not_after));
}

/* The place for the certificate of this port; a new one when it is new. */
static struct shown *
place_for(struct run *run, struct shown *shown, size_t *n,
    const struct port_facts *facts)
{
	struct shown *place = shown;

	while (place < shown + *n &&
	    strcmp(place->fingerprint, facts->tls.fingerprint) != 0)
		place++;
	if (place == shown + *n) {
		++*n;
		place->fingerprint = facts->tls.fingerprint;
		certificate_read(
		    run->arena, facts->tls.der[0], &place->certificate);
	}
	return place;
}

void
mailport_judge_together(
    struct run *run, const char *host, const struct port_facts *all, size_t n)
{
	struct shown *shown = arena_array(run->arena, n, sizeof(*shown));
	const char *groups = "";
	size_t kinds = 0;

	for (size_t i = 0; i < n; i++)
		if (all[i].tls.fingerprint != NULL) {
			struct shown *place =
			    place_for(run, shown, &kinds, &all[i]);

			place->last = &all[i];
			place->ports = look_join(run->arena, place->ports,
			    mailport_subject(run->arena, &all[i].port));
		}
	if (kinds < 2)
		return;
	for (size_t k = 0; k < kinds; k++)
		groups = arena_printf(run->arena, "%s%s%s: %s", groups,
		    k == 0 ? "" : "; ", shown[k].ports,
		    describe(run->arena, shown, kinds, k));
	report(run, F_CERT_DIFFERS, .subject = host, .detail = { groups });
	note_where(run, &shown[kinds - 1].last->port);
	note_name(run, shown[kinds - 1].last);
}
