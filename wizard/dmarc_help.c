/* What the tags of a DMARC record and their values mean. */
#include "dmarc_help.h"

#include "../checks/base/i18n.h"

const struct dmarc_tag_help dmarc_tag_help[DMARC_TAGS] = {
	[DMARC_V] = {
		.label = N_("Version"),
		.text = N_("Says that this is a DMARC record. It stands first "
		    "and is written exactly so, or receivers skip the whole "
		    "text."),
		.example = "DMARC1",
		.values = { { "DMARC1", NULL,
		    N_("The only version there is.") } },
	},
	[DMARC_P] = {
		.label = N_("Policy"),
		.text = N_("What receivers shall do with mail that says it "
		    "comes from you and passes neither SPF nor DKIM for your "
		    "domain."),
		.example = "none",
		.values = {
			{ "none", NULL,
			    N_("Nothing: mail is treated as before, and you "
			       "get reports. Begin here, for two to four "
			       "weeks.") },
			{ "quarantine", NULL,
			    N_("Treat it with suspicion: most put it into "
			       "the spam folder. Your own mail goes there too "
			       "where SPF and DKIM fail.") },
			{ "reject", NULL,
			    N_("Refuse it. Nobody sees forged mail, nor any "
			       "of yours that fails: choose it when reports "
			       "show that all of yours passes.") },
		},
	},
	[DMARC_SP] = {
		.label = N_("Subdomains"),
		.text = N_("The policy for mail from subdomains that exist "
		    "and have no DMARC record of their own."),
		.example = "reject",
		.values = {
			{ "", N_("as p"),
			    N_("Left out: subdomains are treated as the "
			       "domain itself. Right for most.") },
			{ "none", NULL,
			    N_("Nothing is done about mail from subdomains, "
			       "so forgers may take one of those.") },
			{ "quarantine", NULL,
			    N_("Mail from subdomains that fails is put into "
			       "the spam folder.") },
			{ "reject", NULL,
			    N_("Mail from subdomains that fails is refused. "
			       "Right when no subdomain sends.") },
		},
	},
	[DMARC_NP] = {
		.label = N_("Names not there"),
		.text = N_("The policy for mail from names below your domain "
		    "that do not exist in DNS at all. Forgers like to make "
		    "them up."),
		.older = N_("Older receivers do not know np and go by sp."),
		.example = "reject",
		.values = {
			{ "", N_("as sp"),
			    N_("Left out: as for subdomains that exist.") },
			{ "none", NULL,
			    N_("Nothing is done about mail from made-up "
			       "names.") },
			{ "quarantine", NULL,
			    N_("Mail from made-up names is put into the spam "
			       "folder.") },
			{ "reject", NULL,
			    N_("Mail from made-up names is refused. It costs "
			       "none of your own mail, as you send from names "
			       "that exist.") },
		},
	},
	[DMARC_ADKIM] = {
		.label = N_("DKIM alignment"),
		.text = N_("How alike the domain that signed (d=) and the "
		    "domain in From have to be."),
		.example = "r",
		.values = {
			{ "r", N_("relaxed"),
			    N_("Relaxed: both belong to the same organization, "
			       "so news.example.org may sign for example.org. "
			       "Right for nearly everybody.") },
			{ "s", N_("strict"),
			    N_("Strict: both are the very same name. A "
			       "signature of a subdomain no longer helps.") },
		},
	},
	[DMARC_ASPF] = {
		.label = N_("SPF alignment"),
		.text = N_("How alike the domain of MAIL FROM, where bounces "
		    "go, and the domain in From have to be."),
		.example = "r",
		.values = {
			{ "r", N_("relaxed"),
			    N_("Relaxed: both belong to the same organization, "
			       "so bounce.example.org may send for "
			       "example.org. Right for nearly everybody.") },
			{ "s", N_("strict"),
			    N_("Strict: both are the very same name. Many mail "
			       "services bounce to a subdomain and fail "
			       "then.") },
		},
	},
	[DMARC_T] = {
		.label = N_("Test mode"),
		.text = N_("Asks receivers to act one step milder than the "
		    "policy says, while reports tell what it would do."),
		.older = N_("Older receivers do not know t and apply the "
		    "policy in full."),
		.example = "y",
		.values = {
			{ "n", N_("no"),
			    N_("The policy counts as it is written.") },
			{ "y", N_("yes"),
			    N_("A test: reject acts as quarantine, and "
			       "quarantine as none. Older receivers do not "
			       "know it and apply the policy in full.") },
		},
	},
	[DMARC_PSD] = {
		.label = N_("Public suffix"),
		.text = N_("Says whether names below this one belong to other "
		    "people, as below org or co.uk."),
		.older = N_("Older receivers do not know psd and use a list of "
		    "public suffixes."),
		.example = "n",
		.values = {
			{ "u", N_("find out"),
			    N_("Receivers find out by themselves. Right for "
			       "nearly everybody.") },
			{ "n", N_("no"),
			    N_("This name is the top of your organization, "
			       "whatever stands above it.") },
			{ "y", N_("yes"),
			    N_("Names below belong to others: for registries "
			       "only. Failure reports are not sent then.") },
		},
	},
	[DMARC_RUA] = {
		.label = N_("Reports to"),
		.text = N_("Where receivers send a summary once a day: which "
		    "addresses sent as you, and what passed. Without it you "
		    "see nothing of what a policy does."),
		.example = "mailto:dmarc@example.org",
	},
	[DMARC_RUF] = {
		.label = N_("Failures to"),
		.text = N_("Where receivers send a report on each single mail "
		    "that fails. It can hold private text, so few send it; "
		    "most domains leave it out."),
		.example = "mailto:dmarc-fail@example.org",
	},
	[DMARC_FO] = {
		.label = N_("Which failures"),
		.text = N_("Which mails the failure reports are about: 0 or 1, "
		    "and d, s, joined by colons as in 1:d:s. It counts only "
		    "together with ruf."),
		.example = "1:d:s",
		.values = {
			{ "0", NULL,
			    N_("When neither SPF nor DKIM passes for your "
			       "domain.") },
			{ "1", NULL,
			    N_("When either SPF or DKIM does not pass for your "
			       "domain.") },
			{ "d", NULL,
			    N_("When a DKIM signature is wrong, whoever "
			       "signed.") },
			{ "s", NULL,
			    N_("When SPF fails, whatever domain bounces go "
			       "to.") },
		},
	},
	[DMARC_PCT] = {
		.label = N_("Percent"),
		.text = N_("Historic: to how much of the mail that fails the "
		    "policy is applied. RFC 9989 took it out, and new "
		    "receivers ignore it: they apply the policy to all."),
		.older = N_("Older receivers apply the policy to this share "
		    "and one step milder to the rest."),
		.example = "100",
	},
	[DMARC_RF] = {
		.label = N_("Report format"),
		.text = N_("Historic: the form of failure reports. RFC 9989 "
		    "took it out, and new receivers ignore it. It can go."),
		.older = N_("Older receivers know afrf only, and take that "
		    "without rf too."),
		.example = "afrf",
	},
	[DMARC_RI] = {
		.label = N_("Report interval"),
		.text = N_("Historic: seconds between reports. RFC 9989 took "
		    "it out, and new receivers send one a day. It can go."),
		.older = N_("Older receivers were free to ignore it, and "
		    "nearly all send one a day (86400)."),
		.example = "86400",
	},
};

size_t
dmarc_help_values(enum dmarc_tag_id id)
{
	size_t n = 0;

	while (n < DMARC_VALUES && dmarc_tag_help[id].values[n].value != NULL)
		n++;
	return n;
}

const struct dmarc_value_help *
dmarc_help_value(enum dmarc_tag_id id, struct str value)
{
	for (size_t i = 0; i < dmarc_help_values(id); i++)
		if (str_equal_nocase(value, dmarc_tag_help[id].values[i].value))
			return &dmarc_tag_help[id].values[i];
	return NULL;
}
