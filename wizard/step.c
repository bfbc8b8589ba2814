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
		.check = STEP_DOMAIN,
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
		.check = STEP_SPF,
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
		.check = STEP_DKIM,
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
		.check = STEP_DMARC,
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
