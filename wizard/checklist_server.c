/* The checklist: what is done on the mail server for mail programs. */
#include "checklist_inside.h"

#include <string.h>

#include "../checks/base/i18n.h"
#include "../checks/name.h"
#include "../checks/proof.h"
#include "ports_seen.h"
#include "server_plan.h"

/* Can it be seen at the ports? */
enum seen {
	SEEN_CANNOT, /* a person has to say it */
	SEEN_YES,
	SEEN_NO, /* a finding says so, with what to do */
};

static const struct look *
look_at(const struct checklist_source *source, enum mail_protocol protocol)
{
	return source->result[LOOK_POP3 + (int)protocol];
}

static bool
is_used(const struct plan *plan, enum mail_protocol protocol)
{
	return ports_plan_looks(plan, protocol) &&
	    !checklist_skips(plan, ports_step(protocol));
}

static bool
fetches(const struct plan *plan)
{
	return is_used(plan, MAIL_POP3) || is_used(plan, MAIL_IMAP);
}

static bool
submits(const struct plan *plan)
{
	return is_used(plan, MAIL_SMTP);
}

static bool
any_is_used(const struct plan *plan)
{
	return fetches(plan) || submits(plan);
}

/* --- what can be seen ----------------------------------------------------- */

/* Every port that has TLS shows a certificate that was found to be right. */
static enum seen
certificate_of(struct arena *arena, const struct look *look)
{
	struct port_seen *seen = NULL;
	size_t right = 0, n = 0;

	if (look != NULL)
		n = ports_seen(arena, look, &seen);
	for (size_t i = 0; i < n; i++) {
		const struct finding *f = seen[i].findings->first;
		bool is_right = false;

		for (; f != NULL; f = f->next) {
			if (strncmp(finding_kinds[f->code].id, "cert-", 5) != 0)
				continue;
			if (f->severity >= SEV_WARN)
				return SEEN_NO;
			is_right = true;
		}
		right += is_right;
	}
	return right > 0 ? SEEN_YES : SEEN_CANNOT;
}

static enum seen
certificate(struct arena *arena, const struct checklist_source *source)
{
	enum seen all = SEEN_YES;

	for (int i = 0; i < MAIL_PROTOCOLS; i++) {
		enum mail_protocol protocol = (enum mail_protocol)i;
		enum seen one;

		if (!is_used(source->plan, protocol))
			continue;
		one = certificate_of(arena, look_at(source, protocol));
		if (one == SEEN_NO)
			return SEEN_NO;
		if (one == SEEN_CANNOT)
			all = SEEN_CANNOT;
	}
	return all;
}

/* The greeting of the connector has the name clients use. */
static enum seen
connector(struct arena *arena, const struct checklist_source *source)
{
	const struct look *look = look_at(source, MAIL_SMTP);
	enum seen found = SEEN_CANNOT;
	struct port_seen *seen = NULL;
	size_t n = 0;

	if (look != NULL)
		n = ports_seen(arena, look, &seen);
	for (size_t i = 0; i < n; i++) {
		const char *name = seen[i].facts->banner_name;

		if (name == NULL)
			continue;
		if (!name_equal(name, seen[i].check->host))
			return SEEN_NO;
		found = SEEN_YES;
	}
	return found;
}

/* --- the items -------------------------------------------------------------- */

enum whose { ANY_SERVER, EXCHANGE, DOVECOT };

static const struct server_item {
	const char *id; /* in the plan file */
	enum whose whose;
	bool (*applies)(const struct plan *);
	enum wizard_step step;
	const char *text;
	const char *why;
	const char *fix;
	const char *proof; /* a command; NULL: mailwizard server HOST */
	enum seen (*seen)(struct arena *, const struct checklist_source *);
} items[] = {
	{
	    .id = "exchange-services",
	    .whose = EXCHANGE,
	    .applies = fetches,
	    .step = WIZ_POP3,
	    .text = N_("The POP3 and IMAP4 services, and their backends, "
		       "start by themselves"),
	    .why = N_("They are off after installation. Started by hand "
		      "alone, they are gone after the next restart of the "
		      "server."),
	    .fix = N_("Set all four to automatic: see On the server in the "
		      "step."),
	    .proof = "Get-Service MSExchangePOP3*,MSExchangeIMAP4* | "
		     "Format-Table Name,Status,StartType",
	},
	{
	    .id = "exchange-certificate",
	    .whose = EXCHANGE,
	    .applies = any_is_used,
	    .step = WIZ_IMAP4,
	    .text = N_("The certificate serves POP, IMAP and SMTP"),
	    .why = N_("A certificate serves only what it is enabled for; "
		      "without one, mail programs see the server's own, which "
		      "they do not trust."),
	    .fix = N_("Enable it for the services: see On the server in the "
		      "step."),
	    .proof = "Get-ExchangeCertificate | Format-List "
		     "Subject,Services,NotAfter,Thumbprint",
	    .seen = certificate,
	},
	{
	    .id = "exchange-settings",
	    .whose = EXCHANGE,
	    .applies = fetches,
	    .step = WIZ_POP3,
	    .text = N_("POP3 and IMAP4 have their external names and ports"),
	    .why = N_("Outlook on the web shows them to people, and the "
		      "name chooses the certificate."),
	    .fix = N_("Set-PopSettings and Set-ImapSettings, then restart "
		      "both: see On the server in the step."),
	    .proof = "Get-PopSettings | Format-List "
		     "*ConnectionSettings,X509CertificateName,LoginType; "
		     "Get-ImapSettings | Format-List "
		     "*ConnectionSettings,X509CertificateName,LoginType",
	},
	{
	    .id = "receive-connector",
	    .whose = EXCHANGE,
	    .applies = submits,
	    .step = WIZ_SUBMISSION,
	    .text = N_("The receive connector for clients greets with the "
		       "external name"),
	    .why = N_("A greeting with the internal name shows what nobody "
		      "outside needs, and chooses the wrong certificate."),
	    .fix = N_("Set Fqdn and TlsCertificateName of Client Frontend: "
		      "see On the server in the step."),
	    .proof = "Get-ReceiveConnector | Format-List "
		     "Name,Fqdn,TlsCertificateName",
	    .seen = connector,
	},
	{
	    .id = "mailbox-protocols",
	    .whose = EXCHANGE,
	    .applies = fetches,
	    .step = WIZ_POP3,
	    .text = N_("The mailboxes may use POP3 and IMAP"),
	    .why = N_("Each mailbox has switches of its own: where they are "
		      "off, this one person cannot log in."),
	    .fix = N_("Set-CASMailbox, for those where it is off."),
	    .proof = "Get-CASMailbox -ResultSize Unlimited | Where-Object { "
		     "-not ($_.PopEnabled -and $_.ImapEnabled) }",
	},
	{
	    .id = "test-cmdlets",
	    .whose = EXCHANGE,
	    .applies = fetches,
	    .step = WIZ_POP3,
	    .text = N_("Test-PopConnectivity and Test-ImapConnectivity say "
		       "Success"),
	    .why = N_("They log in as a person does: only then is it sure "
		      "that the backends answer."),
	    .fix = N_("Run both with a mailbox of a person, not that of the "
		      "Administrator: see On the server in the step."),
	    .proof = "Test-ImapConnectivity -LightMode -MailboxCredential "
		     "(Get-Credential)",
	},
	{
	    .id = "renewal-hook",
	    .whose = DOVECOT,
	    .applies = any_is_used,
	    .step = WIZ_IMAP4,
	    .text = N_("A renewed certificate is loaded by itself"),
	    .why = N_("The servers read it when they start. A renewed file "
		      "that nobody reads is an expired certificate a few "
		      "weeks later."),
	    .fix = N_("Let the program that renews it reload both: see On "
		      "the server in the step."),
	    .proof = "ls /etc/letsencrypt/renewal-hooks/deploy",
	},
	{
	    .id = "client-firewall",
	    .applies = any_is_used,
	    .step = WIZ_IMAP4,
	    .text = N_("Mail programs outside reach the ports"),
	    .why = N_("What answers here may be closed on the way from "
		      "elsewhere: at the server, at the provider, in the "
		      "router."),
	    .fix = N_("Try it from another network, such as a phone's."),
	},
	{
	    .id = "client-login",
	    .applies = any_is_used,
	    .step = WIZ_IMAP4,
	    .text = N_("A mail program logged in, and fetched and sent a "
		       "mail"),
	    .why = N_("No login is tried by this program, unless you ask for "
		      "it."),
	    .fix = N_("Set up a mail program with the ports of these steps, "
		      "and write to yourself."),
	},
};

static bool
fits(const struct server_item *item, const struct plan *plan)
{
	enum command_kind kind = server_plan_kind(plan);
	bool dovecot =
	    kind == COMMANDS_DOVECOT_2_3 || kind == COMMANDS_DOVECOT_2_4;

	if (item->whose == EXCHANGE && kind != COMMANDS_EXCHANGE)
		return false;
	return (item->whose != DOVECOT || dovecot) && item->applies(plan);
}

static const char *
proof_of(struct checklist_builder *b, const struct server_item *item)
{
	const struct plan *plan = b->source->plan;
	const char *host = plan->host[0] != '\0' ? plan->host : plan->domain;

	if (item->proof != NULL)
		return item->proof;
	return arena_printf(b->arena, "mailwizard server %s",
	    shell_word(b->arena, str_of(host)));
}

static void
add_item(struct checklist_builder *b, const struct server_item *item)
{
	enum seen seen =
	    item->seen != NULL ? item->seen(b->arena, b->source) : SEEN_CANNOT;
	bool ticked = checklist_is_ticked(b->source->plan, item->id);

	if (seen == SEEN_NO)
		return;
	checklist_add(b,
	    (struct item){
		.level = seen == SEEN_YES || ticked ? ITEM_OK : ITEM_TODO,
		.group = seen == SEEN_YES ? GROUP_DONE : GROUP_MANUAL,
		.text = _(item->text),
		.why = _(item->why),
		.fix = _(item->fix),
		.proof = proof_of(b, item),
		.step = item->step,
		.tick_id = seen == SEEN_YES ? NULL : item->id,
		.ticked = seen == SEEN_YES || ticked,
	    });
}

void
checklist_add_server(struct checklist_builder *b)
{
	for (size_t i = 0; i < COUNT(items); i++)
		if (fits(&items[i], b->source->plan))
			add_item(b, &items[i]);
}
