/* Selectors that are worth a question. */
#include "dkim_selectors.h"

#include "stanza.h"

/* Found everywhere. */
static const char *const common[] = {
	"default",
	"dkim",
	"mail",
	"s1",
	"s2",
	"selector1",
	"selector2",
	"google",
	"k1",
	"smtp",
	"key1",
	"selector",
};

/* Of services and programs that assets/providers.txt does not know by host. */
static const char *const others[] = {
	"dkim1",
	"dkim2",
	"email",
	"mx",
	"mta",
	"s1024",
	"s2048",
	"key2",
	"key3",
	"googlemail",
	"ga1",
	"gapps",
	"20161025",
	"20210112",
	"20221208",
	"20230601",
	"mailchimp",
	"sendgrid",
	"em",
	"ses1",
	"mailgun",
	"mg1",
	"postmark",
	"brevo",
	"sendinblue",
	"sib",
	"mj1",
	"mailerlite",
	"ml",
	"klaviyo",
	"constantcontact",
	"hs1",
	"hs2",
	"hubspot",
	"sf",
	"sf1",
	"sf2",
	"salesforce",
	"pardot",
	"sfmc",
	"mkto",
	"mkto1",
	"marketo",
	"freshdesk",
	"fwdkim1",
	"everlytickey1",
	"everlytickey2",
	"aweber_key_a",
	"aweber_key_b",
	"aweber_key_c",
	"getresponse",
	"convertkit",
	"cka",
	"sailthru",
	"pepipost",
	"elasticemail",
	"mailpoet1",
	"mailpoet2",
	"mxvault",
	"ppdkim",
	"pphosted",
	"proofpoint",
	"pp1",
	"mimecast",
	"mimecast20190719",
	"barracuda",
	"messagelabs",
	"ovhmo-selector1",
	"x",
	"yandex",
	"exchange",
	"ex2019",
	"exch",
	"office365",
	"2024",
	"2025",
	"2026",
	"rsa",
	"ed25519",
	"dkim-rsa",
	"dkim-ed25519",
	"turbo-smtp",
	"stalwart",
	"mailcow",
};

static void
take_each(const char *const *list, size_t n, void (*take)(void *, const char *),
    void *data)
{
	for (size_t i = 0; i < n; i++)
		take(data, list[i]);
}

void
dkim_selectors_common(void (*take)(void *, const char *), void *data)
{
	take_each(common, COUNT(common), take, data);
}

void
dkim_selectors_all(const struct provider_table *table,
    void (*take)(void *, const char *), void *data)
{
	dkim_selectors_common(take, data);
	for (size_t i = 0; i < table->n; i++)
		take_each(table->rows[i].selector, table->rows[i].nselector,
		    take, data);
	take_each(others, COUNT(others), take, data);
}

static bool
is_end(const char *const *ends, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (stanza_name_ends(name, ends[i]) > 0)
			return true;
	return false;
}

void
dkim_selectors_of(const struct provider_table *table, const char *name,
    void (*take)(void *, const char *), void *data)
{
	for (size_t i = 0; i < table->n; i++) {
		const struct provider *p = &table->rows[i];

		if (is_end(p->mx, p->nmx, name) ||
		    is_end(p->include, p->ninclude, name))
			take_each(p->selector, p->nselector, take, data);
	}
}
