/*
 * One row for each thing the checks can say, with the words for it.
 *
 * A row answers three questions for someone who meets the subject for the
 * first time: what is there (title), what receivers make of it (text), what to
 * do (fix).  The first 76 characters of a title should stand alone.  Beside
 * each row: what its details mean.
 */
#include "finding.h"

#include "base/i18n.h"

const struct finding_kind finding_kinds[FINDING_COUNT] = {
	[F_NONE] = { .id = "none",
	    .severity = SEV_PASS,
	    .title = N_("Nothing to report"),
	    .text = N_("Nothing was found."),
	    .fix = "",
	    .reference = "RFC 5321" },

	/* Any area.  0: type, 1: why, as the resolver said */
	[F_DNS_FAILED] = { .id = "dns-failed",
	    .severity = SEV_UNKNOWN,
	    .title = N_("Could not look: DNS gave no usable answer for {0} of "
			"{subject}: {1}"),
	    .text = N_("What is published there is unknown, so nothing is said "
		       "about it. Receivers that meet the same trouble put "
		       "mail off and try again later, or cannot verify it."),
	    .fix = N_("Check that the name servers of the domain run and agree "
		      "with the delegation, then look again. \"dig {0} "
		      "{subject}\" shows the same answer."),
	    .reference = "RFC 1035 section 4.1.1, RFC 2308 section 7.1" },
	[F_DNS_TIMEOUT] = { .id = "dns-timeout",
	    .severity = SEV_UNKNOWN,
	    .title = N_("Could not look: no answer to the question for {0} of "
			"{subject}: {1}"),
	    .text = N_("What is published there is unknown; this is not a "
		       "fault of the record. The network here, the resolver "
		       "or the domain's own name servers may be at fault."),
	    .fix = N_("Look again in a minute. If it stays so, try another "
		      "resolver (--dns ADDRESS), and check that the domain's "
		      "name servers can be reached on port 53, UDP and TCP."),
	    .reference = "RFC 2308 section 7.2" },
	[F_DNS_BOGUS] = { .id = "dns-bogus",
	    .severity = SEV_UNKNOWN,
	    .title = N_("Could not look: DNSSEC of {subject} does not verify "
			"(asked for {0})"),
	    .text = N_("The resolver has an answer but does not trust it: {1}. "
		       "Every receiver whose resolver validates sees nothing "
		       "of this domain, and puts mail off or refuses it."),
	    .fix = N_("Compare the DS record at the registrar with the keys of "
		      "the zone, and sign the zone again. Removing the DS "
		      "record turns DNSSEC off until it is mended."),
	    .reference = "RFC 4035 section 5.5" },
	/* 0: type, 1: who has what */
	[F_DNS_SERVERS_DISAGREE] = { .id = "dns-servers-disagree",
	    .severity = SEV_WARN,
	    .title = N_("The name servers of {subject} give different answers "
			"for {0}"),
	    .text = N_("Receivers ask any one of them, so some see one answer "
		       "and some the other: mail that passes today fails "
		       "tomorrow. {1}."),
	    .fix = N_("If the record was changed a few minutes ago, wait and "
		      "look again. Else check that each server loads the same "
		      "zone, and raise the serial number of the SOA record."),
	    .reference = "RFC 1034 section 4.3.5, RFC 1035 section 3.3.13" },
	/* 0: target of the CNAME, 1: other types seen there */
	[F_DNS_CNAME_CONFLICT] = { .id = "dns-cname-conflict",
	    .severity = SEV_WARN,
	    .title = N_("{subject} is an alias (CNAME to {0}), which excludes "
			"every other record there"),
	    .text = N_("A name with a CNAME can have no records of its own. "
		       "Receivers follow the alias and take MX and TXT of {0}; "
		       "what else is entered at {subject} is ignored by some "
		       "and found by others ({1})."),
	    .fix = N_("Replace the CNAME at {subject} by A and AAAA records; "
		      "many DNS providers offer ALIAS or flattening for this. "
		      "Then enter MX and TXT there."),
	    .reference = "RFC 1034 section 3.6.2, RFC 2181 section 10.1" },

	/* 0: where mail goes, 1: sending addresses looked at */
	[F_DOMAIN_OK] = { .id = "domain-ok",
	    .severity = SEV_PASS,
	    .title = N_("{subject} and its mail servers are in order"),
	    .text = N_("Mail for the domain goes to: {0}. Sending addresses "
		       "looked at: {1}."),
	    .fix = "",
	    .reference = "RFC 5321 section 5.1" },
	[F_DOMAIN_MISSING] = { .id = "domain-missing",
	    .severity = SEV_FAIL,
	    .title = N_("{subject} does not exist in DNS (NXDOMAIN)"),
	    .text = N_("Nobody can send mail to it, and receivers refuse mail "
		       "from a sender domain that does not exist."),
	    .fix = N_("Check the spelling. If the domain is yours, check at "
		      "the registrar that it is registered, not expired, and "
		      "delegated to your name servers."),
	    .reference = "RFC 2308 section 2.1, RFC 8020" },
	/* 0: the MX target */
	[F_MX_NO_ADDRESS] = { .id = "mx-no-address",
	    .severity = SEV_FAIL,
	    .title = N_("The MX record names {0}, which has no address"),
	    .text = N_("Senders that pick this server find nothing to connect "
		       "to. They lose time, and if it is the only one the mail "
		       "comes back."),
	    .fix = N_("Add an A record (and AAAA, if it has IPv6) for {0}, or "
		      "remove this MX record."),
	    .reference = "RFC 5321 section 5.1" },
	/* 0: the MX target */
	[F_MX_IS_ADDRESS] = { .id = "mx-is-address",
	    .severity = SEV_FAIL,
	    .title = N_("The MX record holds an IP address, {0}, where a host "
			"name belongs"),
	    .text = N_("Receivers read \"{0}\" as a name, and there is no such "
		       "name: mail to the domain cannot be delivered by this "
		       "record."),
	    .fix = N_("Give the server a name such as mail.{subject} with an A "
		      "or AAAA record, and name that in the MX record."),
	    .reference = "RFC 1035 section 3.3.9, RFC 5321 section 5.1" },
	/* 0: the MX target, 1: what it is an alias for */
	[F_MX_IS_CNAME] = { .id = "mx-is-cname",
	    .severity = SEV_FAIL,
	    .title = N_("The MX record names {0}, an alias (CNAME) for {1}"),
	    .text = N_("An MX must name a host with addresses of its own. Some "
		       "senders refuse to deliver to an alias, and loops and "
		       "lost mail can follow."),
	    .fix = N_("Let the MX record name {1} itself, or replace the CNAME "
		      "by A and AAAA records."),
	    .reference = "RFC 2181 section 10.3, RFC 5321 section 5.1" },
	/* subject: the host clients use */
	[F_HOST_NO_ADDRESS] = { .id = "host-no-address",
	    .severity = SEV_FAIL,
	    .title = N_("{subject}, the host your mail programs use, has no "
			"address"),
	    .text = N_("Neither an A nor an AAAA record is there, so no mail "
		       "program can connect to it."),
	    .fix = N_("Add an A record (and AAAA, if it has IPv6) for "
		      "{subject}, or correct the host name."),
	    .reference = "RFC 5321 section 2.3.5" },
	/* subject: the address; 0: PTR name, 1: where that leads */
	[F_PTR_MISMATCH] = { .id = "ptr-mismatch",
	    .severity = SEV_FAIL,
	    .title = N_("The PTR of {subject} names {0}, which does not lead "
			"back to {subject}"),
	    .text = N_("Large receivers look up the name of the address and "
		       "then the address of that name, and refuse or slow down "
		       "mail when they differ. {0} has: {1}."),
	    .fix = N_("Either add an A or AAAA record for {0} with {subject}, "
		      "or have the provider of the address change the PTR to "
		      "the name of your server."),
	    .reference = "RFC 8601 section 3, RFC 5321 section 2.3.5" },
	[F_MX_MISSING] = { .id = "mx-missing",
	    .severity = SEV_WARN,
	    .title = N_("{subject} has no MX record"),
	    .text = N_("Senders then try the address of {subject} itself (the "
		       "implicit MX), often a web server, and \"mx\" in an SPF "
		       "record matches nothing. Some receivers distrust a "
		       "sender domain that cannot receive."),
	    .fix = N_("Add an MX record that names your mail server, such as "
		      "\"10 mail.{subject}.\". If the domain must not receive "
		      "mail, publish the null MX \"0 .\"."),
	    .reference = "RFC 5321 section 5.1" },
	[F_MX_NULL] = { .id = "mx-null",
	    .severity = SEV_WARN,
	    .title = N_("{subject} says that it accepts no mail (null MX)"),
	    .text = N_("Every sender gives up at once, bounces and replies to "
		       "this domain are lost, and receivers may refuse mail "
		       "from it because it could not be answered."),
	    .fix =
		N_("If the domain shall receive mail, replace the null MX by "
		   "one that names your server. If it shall not, say so in "
		   "the first step, and publish \"v=spf1 -all\" as well."),
	    .reference = "RFC 7505 sections 3 and 4.2" },
	/* 0: the other targets */
	[F_MX_NULL_BESIDE] = { .id = "mx-null",
	    .severity = SEV_WARN,
	    .title = N_("A null MX (\".\") stands beside other MX records of "
			"{subject}"),
	    .text = N_("A null MX must be the only one. Beside {0} it means "
		       "nothing, and senders that pick it waste an attempt or "
		       "give up."),
	    .fix =
		N_("Remove the MX record with \".\"; or remove all others if "
		   "the domain shall receive no mail."),
	    .reference = "RFC 7505 section 3" },
	[F_MX_NULL_DECLARED] = { .id = "mx-null",
	    .severity = SEV_PASS,
	    .title = N_("{subject} accepts no mail, as you declared (null MX)"),
	    .text = N_("Senders learn at once that there is no mailbox here."),
	    .fix = "",
	    .reference = "RFC 7505 section 3" },
	/* subject: the host; 0: the address, 1: what it is set aside for */
	[F_MX_PRIVATE_ADDRESS] = { .id = "mx-private-address",
	    .severity = SEV_WARN,
	    .title = N_("The mail server {subject} has the address {0}, which "
			"is not reachable from the Internet"),
	    .text = N_("{0} is set aside: {1}. Senders outside cannot connect "
		       "to it; at best they lose time before they try the next "
		       "address."),
	    .fix = N_("Publish the public address, the one your firewall "
		      "forwards to the server, and keep {0} in internal DNS."),
	    .reference = "RFC 6890, RFC 1918" },
	[F_HOST_PRIVATE_ADDRESS] = { .id = "host-private-address",
	    .severity = SEV_WARN,
	    .title = N_("{subject} has the address {0}, which is not reachable "
			"from the Internet"),
	    .text = N_("{0} is set aside: {1}. Mail programs outside your own "
		       "network cannot connect to it."),
	    .fix = N_("Publish the public address, the one your firewall "
		      "forwards to the server, and keep {0} in internal DNS."),
	    .reference = "RFC 6890, RFC 1918" },
	/* subject: the address; 0: the name to ask for */
	[F_PTR_MISSING] = { .id = "ptr-missing",
	    .severity = SEV_WARN,
	    .title = N_("The sending address {subject} has no PTR record "
			"(reverse name)"),
	    .text =
		N_("Gmail, Outlook and many others refuse or slow down mail "
		   "from an address without a name. There is nothing at "
		   "{0}."),
	    .fix = N_("Ask the provider of the address (not of the domain) to "
		      "set the PTR of {subject} to the name of your mail "
		      "server; most have a field \"reverse DNS\" for it."),
	    .reference = "RFC 1912 section 2.1, RFC 8601 section 3" },
	/* subject: the address; 0: PTR name */
	[F_PTR_GENERIC] = { .id = "ptr-generic",
	    .severity = SEV_WARN,
	    .title = N_("The PTR of {subject}, {0}, looks like one made by the "
			"provider for a customer line"),
	    .text = N_("Such names are how receivers recognise home "
		       "connections and infected machines, and many refuse "
		       "their mail."),
	    .fix = N_("Have the provider set the PTR of {subject} to the name "
		      "of your mail server. If that is not possible, send "
		      "through the provider's relay."),
	    .reference = "RFC 8601 section 3, RFC 1912 section 2.1" },
	/* subject: the HELO name; 0: the address, 1: the PTR name */
	[F_HELO_MISMATCH] = { .id = "helo-mismatch",
	    .severity = SEV_WARN,
	    .title = N_("The server says {subject} in EHLO, but the PTR of {0} "
			"says {1}"),
	    .text = N_("Receivers may not refuse mail for this alone, but most "
		       "count it as a sign of a badly run server."),
	    .fix = N_("Use one name everywhere: as EHLO name, as PTR of {0}, "
		      "and with an A or AAAA record for it."),
	    .reference = "RFC 5321 sections 2.3.5 and 4.1.4" },
	[F_HELO_NOT_A_NAME] = { .id = "helo-mismatch",
	    .severity = SEV_WARN,
	    .title = N_("The server says \"{subject}\" in EHLO, which is not a "
			"full host name"),
	    .text = N_("EHLO must carry a name that exists in DNS, such as "
		       "mail.example.org. Many receivers refuse anything else "
		       "(\"550 Helo command rejected\")."),
	    .fix = N_("Set the host name of the mail server (myhostname in "
		      "Postfix, the FQDN of the send connector in Exchange) to "
		      "the name its address has in DNS."),
	    .reference = "RFC 5321 sections 2.3.5 and 4.1.1.1" },
	[F_HELO_NO_ADDRESS] = { .id = "helo-mismatch",
	    .severity = SEV_WARN,
	    .title = N_("The server says {subject} in EHLO, but that name has "
			"no address"),
	    .text = N_("A receiver that looks the name up finds nothing, and "
		       "many refuse mail from a server whose name does not "
		       "exist."),
	    .fix = N_("Add an A or AAAA record for {subject}, or set the host "
		      "name of the mail server to one that exists."),
	    .reference = "RFC 5321 sections 2.3.5 and 4.1.1.1" },
	/* subject: the HELO name; 0: the sending address, 1: what it has */
	[F_HELO_OTHER_ADDRESS] = { .id = "helo-mismatch",
	    .severity = SEV_WARN,
	    .title = N_("The server says {subject} in EHLO, but that name does "
			"not lead to {0}"),
	    .text = N_("{subject} has: {1}. Receivers may not refuse mail for "
		       "this alone, but most count it as a sign of a badly run "
		       "server."),
	    .fix = N_("Add {0} to the addresses of {subject}, or set the host "
		      "name of the mail server to the name {0} has in DNS."),
	    .reference = "RFC 5321 sections 2.3.5 and 4.1.4" },

#include "finding_spf.inc"

#include "finding_dkim.inc"

#include "finding_dmarc.inc"

#include "finding_srv.inc"
#include "finding_port.inc"

#include "finding_cert.inc"

#include "finding_login.inc"
};
