/* Every answer of the plan, one row each. */
#include "field.h"

#include "../checks/base/i18n.h"
#include "../checks/crypto.h"
#include "../checks/mail_dialogue.h"
#include "dkim_plan.h"
#include "ports_plan.h"
#include "problem.h"

static const struct choice servers[SERVER_COUNT] = {
	[SERVER_UNKNOWN] = { "unknown", N_("not known yet") },
	[SERVER_POSTFIX] = { "postfix-dovecot", N_("Postfix and Dovecot") },
	[SERVER_EXCHANGE_2016] = { "exchange-2016", N_("Exchange 2016") },
	[SERVER_EXCHANGE_2019] = { "exchange-2019", N_("Exchange 2019") },
	[SERVER_EXCHANGE_SE] = { "exchange-se", N_("Exchange SE") },
	[SERVER_HOSTED] = { "hosted", N_("a provider runs it") },
	[SERVER_OTHER] = { "other", N_("another server") },
};

static const struct choice step_choices[WIZ_COUNT] = {
	[WIZ_START] = { "start", N_("Start") },
	[WIZ_DOMAIN] = { "domain", N_("Domain") },
	[WIZ_SPF] = { "spf", N_("SPF") },
	[WIZ_DKIM] = { "dkim", N_("DKIM") },
	[WIZ_DMARC] = { "dmarc", N_("DMARC") },
	[WIZ_POP3] = { "pop3", N_("POP3") },
	[WIZ_IMAP4] = { "imap4", N_("IMAP") },
	[WIZ_SUBMISSION] = { "submission", N_("SMTP") },
	[WIZ_LIST] = { "list", N_("List") },
};

static const struct choice stages[STAGE_COUNT] = {
	[STAGE_UNKNOWN] = { "unknown", N_("not seen yet") },
	[STAGE_REPORTS] = { "none", N_("reports only") },
	[STAGE_TRY_QUARANTINE] = { "quarantine-test",
	    N_("quarantine, as a test") },
	[STAGE_QUARANTINE] = { "quarantine", N_("quarantine") },
	[STAGE_TRY_REJECT] = { "reject-test", N_("reject, as a test") },
	[STAGE_REJECT] = { "reject", N_("reject") },
};

/* In the order of enum key_kind. */
static const struct choice key_types[] = {
	[KEY_KIND_RSA2048] = { "rsa2048", N_("RSA 2048 bits") },
	[KEY_KIND_RSA3072] = { "rsa3072", N_("RSA 3072 bits") },
	[KEY_KIND_RSA4096] = { "rsa4096", N_("RSA 4096 bits") },
	[KEY_KIND_ED25519] = { "ed25519", N_("Ed25519") },
};

static const struct choice uses[USE_COUNT] = {
	[USE_UNKNOWN] = { "unknown", N_("not answered yet") },
	[USE_YES] = { "yes", N_("yes") },
	[USE_NO] = { "no", N_("no") },
};

static const struct choice dovecots[DOVECOT_COUNT] = {
	[DOVECOT_2_3] = { "2.3", N_("2.3") },
	[DOVECOT_2_4] = { "2.4", N_("2.4") },
};

#define MEMBER(name) .at = offsetof(struct plan, name)
#define TEXT(name)                                                             \
	.kind = FIELD_TEXT, MEMBER(name),                                      \
	.size = sizeof(((struct plan *)NULL)->name)
#define LIST(name, entries, count)                                             \
	.kind = FIELD_LIST, MEMBER(name), .max = (entries),                    \
	.size = sizeof(((struct plan *)NULL)->name) / (entries),               \
	.count_at = offsetof(struct plan, count)

#define USED(protocol)                                                         \
	.kind = FIELD_CHOICE, MEMBER(ports[protocol].use), .choices = uses,    \
	.nchoices = COUNT(uses)
#define PORTS(protocol)                                                        \
	.label = N_("Ports"),                                                  \
	.hint = N_("As 995:tls (TLS from the start) or 110:starttls (TLS on "  \
		   "request)."),                                               \
	LIST(ports[protocol].port, PLAN_PORTS, ports[protocol].nports),        \
	.judge = judge_port

const struct field fields[FIELD_COUNT] = {
	[FIELD_DOMAIN] = {
		.name = "domain",
		.label = N_("Mail domain"),
		.hint = N_("The part behind the @ of your mail addresses."),
		.example = "example.org",
		TEXT(domain),
		.step = WIZ_START,
		.required = true,
		.judge = judge_domain,
	},
	[FIELD_HOST] = {
		.name = "host",
		.label = N_("Mail host"),
		.hint = N_("The name mail programs connect to. Leave it empty "
		    "to have it looked up."),
		.example = "mail.example.org",
		TEXT(host),
		.step = WIZ_START,
		.judge = judge_host,
	},
	[FIELD_SERVER] = {
		.name = "server",
		.label = N_("Mail server"),
		.hint = N_("Decides which commands and files the advice "
		    "names."),
		.kind = FIELD_CHOICE,
		MEMBER(server),
		.step = WIZ_START,
		.choices = servers,
		.nchoices = COUNT(servers),
	},
	[FIELD_RESOLVER] = {
		.name = "resolver",
		.label = N_("DNS resolver"),
		.hint = N_("The name servers to ask, as addresses. Empty: those of this system."),
		.example = "192.0.2.53",
		TEXT(resolver),
		.step = WIZ_START,
		.judge = judge_resolver,
	},
	[FIELD_SENDING] = {
		.name = "sending",
		.label = N_("Addresses that send"),
		.hint = N_("Addresses from which mail of this domain leaves. Empty: your MX hosts send."),
		.example = "192.0.2.25",
		LIST(sending, PLAN_IPS, nsending),
		.step = WIZ_DOMAIN,
		.judge = judge_ip,
	},
	[FIELD_HELO] = {
		.name = "helo",
		.label = N_("HELO name"),
		.hint = N_("The name your server says when it connects to others. Empty: not checked."),
		.example = "mail.example.org",
		TEXT(helo),
		.step = WIZ_DOMAIN,
		.judge = judge_host,
	},
	[FIELD_SUBDOMAIN] = {
		.name = "subdomain",
		.label = N_("Subdomains that send"),
		.hint = N_("Such as news.example.org, with an SPF record of its own. Usually none."),
		.example = "news.example.org",
		LIST(subdomain, PLAN_SUBDOMAINS, nsubdomains),
		.step = WIZ_DOMAIN,
		.judge = judge_host,
	},
	[FIELD_SENDS_NOTHING] = {
		.name = "sends-nothing",
		.label = N_("This domain sends no mail"),
		.hint = N_("Yes for a domain with only a web site: its record then forbids all mail."),
		.kind = FIELD_YESNO,
		MEMBER(sends_nothing),
		.step = WIZ_DOMAIN,
	},
	[FIELD_RECEIVES_NOTHING] = {
		.name = "receives-nothing",
		.label = N_("This domain receives no mail"),
		.hint = N_("Say yes when nobody shall write to addresses of "
		    "this domain."),
		.kind = FIELD_YESNO,
		MEMBER(receives_nothing),
		.step = WIZ_DOMAIN,
	},
	[FIELD_SPF_TERM] = {
		.name = "spf.term",
		.label = N_("Terms of the SPF record"),
		.hint = N_("One entry a line, tried in this order."),
		.example = "include:_spf.example.net",
		LIST(term, PLAN_TERMS, nterms),
		.step = WIZ_SPF,
	},
	[FIELD_SPF_BEGUN] = {
		.name = "spf.begun",
		.kind = FIELD_YESNO,
		MEMBER(spf_begun),
		.step = WIZ_SPF,
	},
	[FIELD_SPF_PUBLISHED] = {
		.name = "spf.from-published",
		.kind = FIELD_YESNO,
		MEMBER(spf_published),
		.step = WIZ_SPF,
	},
	[FIELD_SPF_BASE] = {
		.name = "spf.base",
		TEXT(spf_base),
		.step = WIZ_SPF,
	},
	[FIELD_SPF_OLD_UNTIL] = {
		.name = "spf.old-until",
		.kind = FIELD_TIME,
		MEMBER(old_until[PLANNED_SPF]),
		.step = WIZ_SPF,
	},
	[FIELD_DKIM_SELECTOR] = {
		.name = "dkim.selector",
		.label = N_("DKIM selectors"),
		.hint = N_("What s= says in the DKIM-Signature of a mail you "
		    "sent. Empty: usual names."),
		.example = "mail2026",
		LIST(selector, PLAN_SELECTORS, nselectors),
		.step = WIZ_DKIM,
		.judge = judge_selector,
	},
	[FIELD_DKIM_KEY_SELECTOR] = {
		.name = "dkim.key-selector",
		.label = N_("Selector of your key"),
		.hint = N_("The name of your key in DNS. Any word will do; a "
		    "new key gets a new one."),
		.example = "mail2026a",
		TEXT(key_selector),
		.step = WIZ_DKIM,
		.judge = judge_selector,
	},
	[FIELD_DKIM_KEY_TYPE] = {
		.name = "dkim.key-type",
		.label = N_("Kind of key"),
		.hint = N_("RSA of 2048 bits is understood by all receivers."),
		.kind = FIELD_CHOICE,
		MEMBER(key_type),
		.step = WIZ_DKIM,
		.choices = key_types,
		.nchoices = COUNT(key_types),
	},
	[FIELD_DKIM_PUBLIC] = {
		.name = "dkim.public",
		.label = N_("Public key"),
		.hint = N_("The value of p=, the whole record, or the public "
		    "key in PEM form."),
		.example = "v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0B...",
		TEXT(key_public),
		.step = WIZ_DKIM,
		.judge = judge_public_key,
	},
	[FIELD_DKIM_KEY_FILE] = {
		.name = "dkim.key-file",
		TEXT(key_file),
		.step = WIZ_DKIM,
	},
	[FIELD_DKIM_OLD_SELECTOR] = {
		.name = "dkim.old-selector",
		TEXT(old_selector),
		.step = WIZ_DKIM,
		.judge = judge_selector,
	},
	[FIELD_DKIM_SEEN] = {
		.name = "dkim.seen",
		.kind = FIELD_TIME,
		MEMBER(key_seen),
		.step = WIZ_DKIM,
	},
	[FIELD_DKIM_SWITCHED] = {
		.name = "dkim.switched",
		.kind = FIELD_TIME,
		MEMBER(key_switched),
		.step = WIZ_DKIM,
	},
	[FIELD_DKIM_REVOKE] = {
		.name = "dkim.revoke-old",
		.kind = FIELD_YESNO,
		MEMBER(key_revoke),
		.step = WIZ_DKIM,
	},
	[FIELD_DKIM_OLD_UNTIL] = {
		.name = "dkim.old-until",
		.kind = FIELD_TIME,
		MEMBER(old_until[PLANNED_KEY]),
		.step = WIZ_DKIM,
	},
	[FIELD_DKIM_REVOKED_UNTIL] = {
		.name = "dkim.revoked-until",
		.kind = FIELD_TIME,
		MEMBER(old_until[PLANNED_OLD_KEY]),
		.step = WIZ_DKIM,
	},
	[FIELD_DMARC_P] = {
		.name = "dmarc.p",
		.label = N_("p: policy"),
		.hint = N_("none, quarantine or reject: for mail that passes neither SPF nor DKIM."),
		.example = "none",
		TEXT(dmarc.p),
		.step = WIZ_DMARC,
	},
	[FIELD_DMARC_SP] = {
		.name = "dmarc.sp",
		.label = N_("sp: subdomains"),
		.hint = N_("The policy for subdomains; leave it empty to take p for them too."),
		.example = "reject",
		TEXT(dmarc.sp),
		.step = WIZ_DMARC,
	},
	[FIELD_DMARC_NP] = {
		.name = "dmarc.np",
		.label = N_("np: names not there"),
		.hint = N_("The policy for names that do not exist; empty: as sp."),
		.example = "reject",
		TEXT(dmarc.np),
		.step = WIZ_DMARC,
	},
	[FIELD_DMARC_ADKIM] = {
		.name = "dmarc.adkim",
		.label = N_("adkim: DKIM alignment"),
		.hint = N_("r: the signing domain is of your organization; s: the same name."),
		.example = "r",
		TEXT(dmarc.adkim),
		.step = WIZ_DMARC,
	},
	[FIELD_DMARC_ASPF] = {
		.name = "dmarc.aspf",
		.label = N_("aspf: SPF alignment"),
		.hint = N_("r: the bounce domain is of your organization; s: the same name."),
		.example = "r",
		TEXT(dmarc.aspf),
		.step = WIZ_DMARC,
	},
	[FIELD_DMARC_T] = {
		.name = "dmarc.t",
		.label = N_("t: test"),
		.hint = N_("y: receivers act one step milder, as a test. Older ones do not."),
		.example = "y",
		TEXT(dmarc.t),
		.step = WIZ_DMARC,
	},
	[FIELD_DMARC_PSD] = {
		.name = "dmarc.psd",
		.label = N_("psd: public suffix"),
		.hint = N_("u: find out; n: the top of your organization; y: for registries."),
		.example = "n",
		TEXT(dmarc.psd),
		.step = WIZ_DMARC,
	},
	[FIELD_DMARC_RUA] = {
		.name = "dmarc.rua",
		.label = N_("rua: reports to"),
		.hint = N_("Addresses for the daily reports. The mailbox has to exist."),
		.example = "dmarc@example.org",
		LIST(dmarc.rua, PLAN_URIS, dmarc.nrua),
		.step = WIZ_DMARC,
	},
	[FIELD_DMARC_RUF] = {
		.name = "dmarc.ruf",
		.label = N_("ruf: failures to"),
		.hint = N_("Addresses for reports on single mails. Most domains have none."),
		.example = "dmarc@example.org",
		LIST(dmarc.ruf, PLAN_URIS, dmarc.nruf),
		.step = WIZ_DMARC,
	},
	[FIELD_DMARC_FO] = {
		.name = "dmarc.fo",
		.label = N_("fo: which failures"),
		.hint = N_("0: neither passes; 1: one does not; d: DKIM; s: SPF. Joined by colons."),
		.example = "1:d:s",
		TEXT(dmarc.fo),
		.step = WIZ_DMARC,
	},
	[FIELD_DMARC_PCT] = {
		.name = "dmarc.pct",
		.label = N_("pct: percent"),
		.hint = N_("Historic: new receivers ignore it. Empty takes it out."),
		.example = "100",
		TEXT(dmarc.pct),
		.step = WIZ_DMARC,
	},
	[FIELD_DMARC_RF] = {
		.name = "dmarc.rf",
		.label = N_("rf: report format"),
		.hint = N_("Historic: new receivers ignore it. Empty takes it out."),
		.example = "afrf",
		TEXT(dmarc.rf),
		.step = WIZ_DMARC,
	},
	[FIELD_DMARC_RI] = {
		.name = "dmarc.ri",
		.label = N_("ri: report interval"),
		.hint = N_("Historic: new receivers ignore it. Empty takes it out."),
		.example = "86400",
		TEXT(dmarc.ri),
		.step = WIZ_DMARC,
	},
	[FIELD_DMARC_OTHER] = {
		.name = "dmarc.other",
		LIST(dmarc.other, PLAN_TAGS, dmarc.nother),
		.step = WIZ_DMARC,
	},
	[FIELD_DMARC_BEGUN] = {
		.name = "dmarc.begun",
		.kind = FIELD_YESNO,
		MEMBER(dmarc.begun),
		.step = WIZ_DMARC,
	},
	[FIELD_DMARC_PUBLISHED] = {
		.name = "dmarc.from-published",
		.kind = FIELD_YESNO,
		MEMBER(dmarc.published),
		.step = WIZ_DMARC,
	},
	[FIELD_DMARC_BASE] = {
		.name = "dmarc.base",
		TEXT(dmarc.base),
		.step = WIZ_DMARC,
	},
	[FIELD_DMARC_OLD_UNTIL] = {
		.name = "dmarc.old-until",
		.kind = FIELD_TIME,
		MEMBER(old_until[PLANNED_DMARC]),
		.step = WIZ_DMARC,
	},
	[FIELD_DMARC_STAGE] = {
		.name = "dmarc.stage",
		.kind = FIELD_CHOICE,
		MEMBER(dmarc.stage),
		.choices = stages,
		.nchoices = COUNT(stages),
		.step = WIZ_DMARC,
	},
	[FIELD_DMARC_SINCE] = {
		.name = "dmarc.since",
		.kind = FIELD_TIME,
		MEMBER(dmarc.since),
		.step = WIZ_DMARC,
	},
	[FIELD_POP3_USED] = {
		.name = "pop3.used",
		.label = N_("Used here"),
		.hint = N_("Do mail programs fetch mail by POP3? No settles this "
		    "step."),
		USED(MAIL_POP3),
		.step = WIZ_POP3,
	},
	[FIELD_POP3_PORT] = {
		.name = "pop3.port",
		.example = "995:tls",
		PORTS(MAIL_POP3),
		.step = WIZ_POP3,
	},
	[FIELD_IMAP4_USED] = {
		.name = "imap4.used",
		.label = N_("Used here"),
		.hint = N_("Do mail programs read mail by IMAP? No settles this "
		    "step."),
		USED(MAIL_IMAP),
		.step = WIZ_IMAP4,
	},
	[FIELD_IMAP4_PORT] = {
		.name = "imap4.port",
		.example = "993:tls",
		PORTS(MAIL_IMAP),
		.step = WIZ_IMAP4,
	},
	[FIELD_SUBMISSION_USED] = {
		.name = "submission.used",
		.label = N_("Used here"),
		.hint = N_("Do mail programs send through this server? No "
		    "settles this step."),
		USED(MAIL_SMTP),
		.step = WIZ_SUBMISSION,
	},
	[FIELD_SUBMISSION_PORT] = {
		.name = "submission.port",
		.example = "587:starttls",
		PORTS(MAIL_SMTP),
		.step = WIZ_SUBMISSION,
	},
	[FIELD_EXCHANGE_NAME] = {
		.name = "exchange.name",
		.label = N_("Server"),
		.hint = N_("Computer name of the Exchange server. Empty: the one "
		    "you type at."),
		.example = "EX01",
		TEXT(mail_server.name),
		.step = WIZ_COUNT,
	},
	[FIELD_EXCHANGE_THUMBPRINT] = {
		.name = "exchange.thumbprint",
		.label = N_("Thumbprint"),
		.hint = N_("Of the certificate, 40 digits. Empty: the newest one "
		    "that fits."),
		.example = "5113AE0233A72FCCB75B1D0198628675333D010E",
		TEXT(mail_server.thumbprint),
		.step = WIZ_COUNT,
		.judge = judge_thumbprint,
	},
	[FIELD_EXCHANGE_WILDCARD] = {
		.name = "exchange.wildcard",
		.label = N_("Wildcard certificate"),
		.hint = N_("Tick it when the certificate is for *.example.org."),
		.kind = FIELD_YESNO,
		MEMBER(mail_server.wildcard),
		.step = WIZ_COUNT,
	},
	[FIELD_EXCHANGE_MAILBOX] = {
		.name = "exchange.mailbox",
		.label = N_("Mailbox"),
		.hint = N_("Whose POP3 and IMAP to allow. Empty: leave mailboxes "
		    "alone."),
		.example = "joe@example.org",
		TEXT(mail_server.mailbox),
		.step = WIZ_COUNT,
	},
	[FIELD_DOVECOT_VERSION] = {
		.name = "dovecot.version",
		.label = N_("Dovecot"),
		.hint = N_("What \"dovecot --version\" says: their settings "
		    "differ."),
		.kind = FIELD_CHOICE,
		MEMBER(mail_server.dovecot),
		.step = WIZ_COUNT,
		.choices = dovecots,
		.nchoices = COUNT(dovecots),
	},
	[FIELD_DOVECOT_CHAIN] = {
		.name = "dovecot.chain",
		.label = N_("Certificates"),
		.hint = N_("PEM file: the certificate, then those that signed it. "
		    "Empty: certbot's."),
		.example = "/etc/letsencrypt/live/mail.example.org/"
		    "fullchain.pem",
		TEXT(mail_server.chain),
		.step = WIZ_COUNT,
		.judge = judge_path,
	},
	[FIELD_DOVECOT_KEY] = {
		.name = "dovecot.key",
		.label = N_("Its key"),
		.hint = N_("PEM file with the private key. Empty: where certbot "
		    "puts it."),
		.example = "/etc/letsencrypt/live/mail.example.org/"
		    "privkey.pem",
		TEXT(mail_server.key),
		.step = WIZ_COUNT,
		.judge = judge_path,
	},
	[FIELD_TICK] = {
		.name = "done",
		LIST(tick, PLAN_TICKS, nticks),
		.step = WIZ_LIST,
	},
	[FIELD_SKIPPED] = {
		.name = "skip",
		LIST(skipped, PLAN_SKIPPED, nskipped),
		.step = WIZ_LIST,
	},
	[FIELD_STEP] = {
		.name = "step",
		.kind = FIELD_CHOICE,
		MEMBER(step),
		.step = WIZ_LIST,
		.choices = step_choices,
		.nchoices = COUNT(step_choices),
	},
};
