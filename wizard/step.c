/* The steps of the wizard, in order. */
#include "step.h"

#include "../checks/base/i18n.h"

const struct step steps[WIZ_COUNT] = {
	[WIZ_START] = {
		.word = "start",
		.name = N_("Start"),
		.title = N_("Which domain is it about?"),
		.purpose = N_("This wizard looks at the mail records of one "
		    "domain, says what is wrong, and shows what to publish "
		    "instead. It changes nothing by itself."),
		.help = "step-start",
	},
	[WIZ_DOMAIN] = {
		.word = "domain",
		.name = N_("Domain"),
		.title = N_("What does DNS say about your domain and its mail "
		    "servers?"),
		.purpose = N_("Receivers look at these records before they "
		    "read a word of your mail. Every address that sends needs "
		    "a name that leads back to it."),
		.help = "step-domain",
		.looks = true,
		.can_skip = true,
	},
	[WIZ_SPF] = {
		.word = "spf",
		.name = N_("SPF"),
		.title = N_("Which servers may send mail for your domain?"),
		.purpose = N_("The SPF record lists them. A receiver compares "
		    "the address that connects with this list."),
		.help = "step-spf",
		.looks = true,
		.can_skip = true,
	},
	[WIZ_DKIM] = {
		.word = "dkim",
		.name = N_("DKIM"),
		.title = N_("Is the key of your mail signatures in DNS?"),
		.purpose = N_("DKIM signs your mail. The private key stays on "
		    "the server that sends; receivers find the public key in "
		    "DNS, under the selector the signature names."),
		.help = "step-dkim",
		.looks = true,
		.can_skip = true,
	},
	[WIZ_DMARC] = {
		.word = "dmarc",
		.name = N_("DMARC"),
		.title = N_("What shall receivers do with mail that is forged?"),
		.purpose = N_("DMARC ties SPF and DKIM to the From line that "
		    "people see, says what to do with mail that fails both, "
		    "and where to send reports."),
		.help = "step-dmarc",
		.looks = true,
		.can_skip = true,
	},
	[WIZ_POP3] = {
		.word = "pop3",
		.name = N_("POP3"),
		.title = N_("Can mail programs fetch mail by POP3, safely?"),
		.purpose = N_("POP3 fetches mail to one device. Every port "
		    "must answer, show a certificate mail programs trust, and "
		    "take no password before TLS."),
		.help = "step-pop3",
		.looks = true,
		.can_skip = true,
	},
	[WIZ_IMAP4] = {
		.word = "imap4",
		.name = N_("IMAP"),
		.title = N_("Can mail programs read mail by IMAP, safely?"),
		.purpose = N_("IMAP keeps mail on the server for all devices. "
		    "Every port must answer, show a certificate mail programs "
		    "trust, and take no password before TLS."),
		.help = "step-imap4",
		.looks = true,
		.can_skip = true,
	},
	[WIZ_SUBMISSION] = {
		.word = "submission",
		.name = N_("SMTP"),
		.title = N_("Can your people send mail, safely?"),
		.purpose = N_("Submission: mail programs hand mail to your "
		    "server, after a login over TLS. Port 25 is not for them: "
		    "there, other servers deliver."),
		.help = "step-submission",
		.looks = true,
		.can_skip = true,
	},
	[WIZ_LIST] = {
		.word = "list",
		.name = N_("List"),
		.title = N_("What is done, and what is left to do"),
		.purpose = N_("The checklist holds every finding, what to do "
		    "about it, and a command that proves it."),
		.help = "step-list",
	},
};

const char *
mark_text(enum mark mark)
{
	static const char *const text[MARK_COUNT] = {
		[MARK_NONE] = "--",
		[MARK_BUSY] = "..",
		[MARK_OK] = "ok",
		[MARK_PROBLEM] = "!!",
		[MARK_SKIPPED] = "~~",
	};

	return text[mark];
}

unsigned int
step_total(void)
{
	return WIZ_COUNT - 1;
}

unsigned int
step_number(enum wizard_step step)
{
	return (unsigned int)step;
}
