/* The checklist: what no program can see from here. */
#include "checklist_inside.h"

#include <string.h>

#include "../checks/base/i18n.h"
#include "../checks/proof.h"
#include "dkim_plan.h"

static bool
sends(const struct plan *plan)
{
	return !plan->sends_nothing;
}

static bool
has_key(const struct plan *plan)
{
	return sends(plan) && dkim_plan_has_key(plan);
}

static bool
sends_under_unknown_name(const struct plan *plan)
{
	return sends(plan) && plan->helo[0] == '\0';
}

static bool
receives(const struct plan *plan)
{
	return !plan->receives_nothing;
}

static const struct manual {
	const char *id; /* in the plan file */
	const char *text;
	const char *why;
	const char *fix;
	const char *postfix; /* a command that shows it, by server; or NULL */
	const char *exchange;
	bool port25; /* shown by a connection to the mail host */
	enum wizard_step step;
	bool (*applies)(const struct plan *);
} manuals[] = {
	{
	    .id = "test-mail",
	    .text = N_("Sent a test mail to an outside mailbox and read its "
		       "headers"),
	    .why = N_("Only a receiver can say how your mail looks from "
		      "there."),
	    .fix = N_("Send a mail to a mailbox at another provider, show its "
		      "headers, and look for spf=pass in "
		      "Authentication-Results."),
	    .step = WIZ_SPF,
	    .applies = sends,
	},
	{
	    .id = "all-senders",
	    .text = N_("Every service that sends for the domain is in the "
		       "record"),
	    .why = N_("Mail from a service that was forgotten fails SPF."),
	    .fix = N_("Think of newsletters, invoices, the shop, the web "
		      "site's forms, printers and monitoring."),
	    .step = WIZ_SPF,
	    .applies = sends,
	},
	{
	    .id = "dkim-signs",
	    .text = N_("The mail server signs with the DKIM key"),
	    .why = N_("A key in DNS says nothing by itself: receivers look for "
		      "a signature in each mail."),
	    .fix = N_("Set it up as the step DKIM shows (Sign), send a mail "
		      "to a mailbox at another provider, show its headers, "
		      "and look for dkim=pass in Authentication-Results."),
	    .step = WIZ_DKIM,
	    .applies = has_key,
	},
	{
	    .id = "helo-name",
	    .text = N_("The server says its own full name when it sends "
		       "(EHLO)"),
	    .why = N_("Receivers look the name up, and distrust one that "
		      "does not lead back to the server."),
	    .fix = N_("Find out the name and answer it in the step Domain: "
		      "then it is checked here."),
	    .postfix = "postconf -h smtp_helo_name myhostname",
	    .exchange = "Get-SendConnector | Format-List Name,Fqdn",
	    .step = WIZ_DOMAIN,
	    .applies = sends_under_unknown_name,
	},
	{
	    .id = "port-25-out",
	    .text = N_("The provider lets the server connect to port 25 "
		       "outside"),
	    .why = N_("Many providers block it, and mail then stays in the "
		      "queue."),
	    .fix = N_("Look into the mail queue after the test mail, or ask "
		      "the provider of the server."),
	    .postfix = "postqueue -p",
	    .exchange = "Get-Queue",
	    .step = WIZ_DOMAIN,
	    .applies = sends,
	},
	{
	    .id = "firewall",
	    .text = N_("The firewall opens port 25 from the Internet"),
	    .why = N_("Without it no mail arrives, and bounces do not "
		      "either."),
	    .fix = N_("Try it from a machine elsewhere, such as a phone's "
		      "network."),
	    .port25 = true,
	    .step = WIZ_DOMAIN,
	    .applies = receives,
	},
};

bool
checklist_is_ticked(const struct plan *plan, const char *id)
{
	for (size_t i = 0; i < plan->nticks; i++)
		if (strcmp(plan->tick[i], id) == 0)
			return true;
	return false;
}

/* A command that shows it, for the server the plan names. */
static const char *
manual_proof(struct checklist_builder *b, const struct manual *manual)
{
	const struct plan *plan = b->source->plan;
	const char *host = plan->host[0] != '\0' ? plan->host : plan->domain;

	if (manual->port25)
		return arena_printf(b->arena, "nc -vz %s 25",
		    shell_word(b->arena, str_of(host)));
	switch ((enum mail_server)plan->server) {
	case SERVER_POSTFIX:
		return manual->postfix;
	case SERVER_EXCHANGE_2016:
	case SERVER_EXCHANGE_2019:
	case SERVER_EXCHANGE_SE:
		return manual->exchange;
	default:
		return NULL;
	}
}

static void
add_manual(struct checklist_builder *b, const struct manual *manual)
{
	const struct plan *plan = b->source->plan;
	bool ticked = checklist_is_ticked(plan, manual->id);

	if (!manual->applies(plan))
		return;
	checklist_add(b,
	    (struct item){
		.level = ticked ? ITEM_OK : ITEM_TODO,
		.group = GROUP_MANUAL,
		.text = _(manual->text),
		.why = _(manual->why),
		.fix = _(manual->fix),
		.proof = manual_proof(b, manual),
		.step = manual->step,
		.tick_id = manual->id,
		.ticked = ticked,
	    });
}

void
checklist_add_manuals(struct checklist_builder *b)
{
	for (size_t i = 0; i < COUNT(manuals); i++)
		add_manual(b, &manuals[i]);
}
