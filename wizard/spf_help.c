/* What the parts of an SPF record mean. */
#include "spf_help.h"

#include "../checks/base/i18n.h"

const struct spf_help spf_help[SPF_KIND_COUNT] = {
	[SPF_ALL] = {
		.word = "all",
		.label = N_("everybody else"),
		.text = N_("Matches every address that no entry before it "
		    "matched. What stands behind it is never looked at."),
		.example = "~all",
		.cost = N_("no lookup"),
		.advice = N_("Put it last. Begin with ~all, and change to -all "
		    "once the reports show that all your mail passes. Never "
		    "use +all: it lets everybody send as you."),
	},
	[SPF_INCLUDE] = {
		.word = "include",
		.label = N_("a mail service that sends for you"),
		.text = N_("Receivers read the SPF record of that domain, and "
		    "whoever passes there passes here. If that domain has no "
		    "SPF record, your own record stops working."),
		.example = "include:_spf.example.net",
		.value = N_("domain"),
		.cost = N_("1 lookup and those of its own entries"),
		.advice = N_("Use the name the service tells you. Do not "
		    "include your own domain."),
	},
	[SPF_A] = {
		.word = "a",
		.label = N_("the address of a host"),
		.text = N_("Matches the addresses that the host name has in "
		    "DNS. Without a value it is your domain itself."),
		.example = "a:mail.example.org",
		.value = N_("host name"),
		.cost = N_("1 lookup"),
		.advice = N_("The address of the domain itself is often that "
		    "of a web server. An ip4 or ip6 entry says the same "
		    "without a lookup."),
	},
	[SPF_MX] = {
		.word = "mx",
		.label = N_("the servers in the MX records"),
		.text = N_("Matches the addresses of the hosts that receive "
		    "mail for the domain. Without a value it is your domain "
		    "itself."),
		.example = "mx",
		.value = N_("domain"),
		.cost = N_("1 lookup"),
		.advice = N_("Right when the same server receives and sends. "
		    "Of no use when a provider receives your mail and you "
		    "send it yourself."),
	},
	[SPF_PTR] = {
		.word = "ptr",
		.label = N_("hosts whose reverse name is in a domain"),
		.text = N_("Looks up the name of the address that connects, "
		    "and matches when it lies in the domain. It is slow, and "
		    "large receivers ignore it."),
		.example = "ptr:example.org",
		.value = N_("domain"),
		.cost = N_("1 lookup"),
		.advice = N_("Do not use it (RFC 7208 section 5.5). Write mx, "
		    "a, ip4 or ip6 instead."),
	},
	[SPF_IP4] = {
		.word = "ip4",
		.label = N_("an IPv4 address or network"),
		.text = N_("Matches this address, or all addresses of the "
		    "network when a length stands behind it."),
		.example = "ip4:192.0.2.25",
		.value = N_("address or network"),
		.cost = N_("no lookup"),
		.advice = N_("The cheapest way to allow a server whose "
		    "address does not change. Keep networks small."),
	},
	[SPF_IP6] = {
		.word = "ip6",
		.label = N_("an IPv6 address or network"),
		.text = N_("Matches this address, or all addresses of the "
		    "network when a length stands behind it."),
		.example = "ip6:2001:db8::25",
		.value = N_("address or network"),
		.cost = N_("no lookup"),
		.advice = N_("A server with IPv6 usually sends by it, so its "
		    "address belongs here too."),
	},
	[SPF_EXISTS] = {
		.word = "exists",
		.label = N_("whoever a name in DNS exists for"),
		.text = N_("Makes a name from the connection, such as the "
		    "address that connects, and matches when DNS has an "
		    "address under it. For people who keep a list of senders "
		    "in DNS."),
		.example = "exists:%{i}._spf.example.org",
		.value = N_("name with macros"),
		.cost = N_("1 lookup"),
		.advice = N_("Without a macro it always gives the same "
		    "answer, for everybody. Most domains do not need it."),
	},
	[SPF_REDIRECT] = {
		.word = "redirect",
		.label = N_("use the record of another domain"),
		.text = N_("When no entry matched, the record of that domain "
		    "decides instead of this one. It counts only when the "
		    "record has no \"all\"."),
		.example = "redirect=_spf.example.net",
		.value = N_("domain"),
		.cost = N_("1 lookup and those of its own entries"),
		.advice = N_("For several domains of one owner that share one "
		    "list. To allow a mail service, use include."),
	},
	[SPF_EXP] = {
		.word = "exp",
		.label = N_("where the explanation for a rejection is"),
		.text = N_("Names a TXT record whose text a receiver may put "
		    "into its rejection. It does not change who may send."),
		.example = "exp=explain._spf.example.org",
		.value = N_("domain"),
		.cost = N_("no lookup that counts"),
		.advice = N_("Few receivers show it. Leave it out unless you "
		    "have a text to publish."),
	},
	[SPF_UNKNOWN_MODIFIER] = {
		.word = "?",
		.label = N_("a word that receivers do not know"),
		.text = N_("Receivers skip it (RFC 7208 section 6), as long "
		    "as it has the form word=value."),
		.example = "word=value",
		.value = N_("text"),
		.cost = N_("no lookup"),
		.advice = N_("Often a typing error: ip4=192.0.2.1 is skipped, "
		    "ip4:192.0.2.1 is what was meant."),
	},
	[SPF_BROKEN] = {
		.word = "",
		.label = N_("cannot be read"),
		.text = N_("One entry that cannot be read makes receivers give "
		    "up on the whole record (permerror), wherever it stands."),
		.example = "",
		.cost = N_("no lookup"),
		.advice = N_("Correct it or remove it."),
	},
};

const struct qualifier_help qualifier_help[SPF_RESULT_PERMERROR + 1] = {
	[SPF_RESULT_PASS] = {
		.sign = "+",
		.label = N_("may send"),
		.text = N_("Whoever matches may send. This is meant when no "
		    "sign stands before an entry."),
	},
	[SPF_RESULT_FAIL] = {
		.sign = "-",
		.label = N_("may not send"),
		.text = N_("Whoever matches may not send; receivers may "
		    "reject the mail at once."),
	},
	[SPF_RESULT_SOFTFAIL] = {
		.sign = "~",
		.label = N_("probably may not send"),
		.text = N_("Whoever matches is suspicious; receivers take the "
		    "mail and look at it more closely."),
	},
	[SPF_RESULT_NEUTRAL] = {
		.sign = "?",
		.label = N_("says nothing"),
		.text = N_("Nothing is said about whoever matches, as if "
		    "there were no record."),
	},
};

const struct ending_help ending_help[SPF_END_COUNT] = {
	[SPF_END_FAIL] = {
		.term = "-all",
		.label = N_("reject"),
		.text = N_("All other senders may not send. Receivers may "
		    "reject such mail before they look at its DKIM "
		    "signature, forwarded mail too: choose it once you are "
		    "sure that the list is complete."),
		.offered = true,
	},
	[SPF_END_SOFTFAIL] = {
		.term = "~all",
		.label = N_("mark as suspicious"),
		.text = N_("All other senders are suspicious. The safe choice "
		    "to begin with, and enough together with DMARC."),
		.offered = true,
	},
	[SPF_END_NEUTRAL] = {
		.term = "?all",
		.label = N_("say nothing"),
		.text = N_("Nothing is said about other senders, so the "
		    "record protects nobody. For a short test only."),
		.offered = true,
	},
	[SPF_END_PASS] = {
		.term = "+all",
		.label = N_("allow everybody"),
		.text = N_("Everybody may send as you, and receivers trust "
		    "such a domain less than one without a record. Choose "
		    "~all or -all."),
	},
	[SPF_END_REDIRECT] = {
		.term = "redirect=",
		.label = N_("ask another domain"),
		.text = N_("The record of another domain decides about all "
		    "other senders. It cannot stand together with \"all\"."),
		.offered = true,
	},
	[SPF_END_NONE] = {
		.term = "",
		.label = N_("nothing"),
		.text = N_("Without \"all\" or redirect nothing is said about "
		    "other senders (neutral), so the record protects "
		    "nobody."),
	},
};
