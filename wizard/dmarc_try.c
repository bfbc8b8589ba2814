/* Alignment tried on names. */
#include "dmarc_try.h"

#include <string.h>

#include "../checks/base/i18n.h"
#include "../checks/base/printable.h"
#include "../checks/record.h"
#include "provider.h"

/* Without effect when the table is full. */
static void
add(struct dmarc_tries *out, const char *from, const char *identifier,
    enum dmarc_identifier kind, const char *who)
{
	if (out->n == DMARC_TRIES)
		return;
	out->list[out->n++] = (struct dmarc_try){
		.from = from,
		.identifier = identifier,
		.kind = kind,
		.who = who,
		.relaxed = DMARC_ALIGNMENT_UNKNOWN,
		.strict = DMARC_ALIGNMENT_UNKNOWN,
	};
}

/* The service whose include a term is; NULL: none that is known. */
static const struct provider *
service_of(struct arena *arena, const char *term)
{
	struct str text = str_of(term);
	const char *domain;

	if (text.len > 0 && strchr("+-~?", text.p[0]) != NULL)
		text = str_slice(text, 1, text.len);
	if (!str_starts_nocase(text, "include:"))
		return NULL;
	domain =
	    printable(arena, str_slice(text, strlen("include:"), text.len));
	return provider_by_include(domain);
}

/* Is the bounce domain in the table already? */
static bool
has(const struct dmarc_tries *tries, const char *identifier)
{
	for (size_t i = 0; i < tries->n; i++)
		if (name_equal(tries->list[i].identifier, identifier))
			return true;
	return false;
}

static void
add_services(struct arena *arena, const struct plan *plan, const char *domain,
    struct dmarc_tries *out)
{
	size_t most = out->n + DMARC_SERVICES;

	for (size_t i = 0; i < plan->nterms && out->n < most; i++) {
		const struct provider *p = service_of(arena, plan->term[i]);

		if (p != NULL && p->nbounce > 0 && !has(out, p->bounce[0]))
			add(out, domain, p->bounce[0], DMARC_BY_MAIL_FROM,
			    p->name);
	}
}

void
dmarc_try_names(
    struct arena *arena, const struct plan *plan, struct dmarc_tries *out)
{
	const char *domain = arena_strdup(arena, plan->domain);
	const char *key = plan->key_selector[0] == '\0'
	    ? NULL
	    : arena_printf(arena, _("selector %s"), plan->key_selector);

	*out = (struct dmarc_tries){ 0 };
	add(out, domain, domain, DMARC_BY_MAIL_FROM, NULL);
	add(out, domain, domain, DMARC_BY_SIGNATURE, key);
	for (size_t i = 0; i < plan->nsubdomains; i++) {
		const char *name = arena_strdup(arena, plan->subdomain[i]);

		add(out, domain, name, DMARC_BY_MAIL_FROM, NULL);
		add(out, name, domain, DMARC_BY_SIGNATURE, key);
	}
	add_services(arena, plan, domain, out);
}

void
dmarc_try_typed(struct arena *arena, const char *from, const char *mail_from,
    const char *signer, struct dmarc_tries *out)
{
	from = arena_strdup(arena, from);
	*out = (struct dmarc_tries){ 0 };
	if (mail_from[0] != '\0')
		add(out, from, arena_strdup(arena, mail_from),
		    DMARC_BY_MAIL_FROM, NULL);
	if (signer[0] != '\0')
		add(out, from, arena_strdup(arena, signer), DMARC_BY_SIGNATURE,
		    NULL);
}

enum status
dmarc_try_align(struct run *run, struct dmarc_tries *tries)
{
	struct dmarc_discovery *author =
	    arena_new_of(run->arena, struct dmarc_discovery);
	const char *of = NULL;
	enum status status = OK;

	for (size_t i = 0; i < tries->n && status == OK; i++) {
		struct dmarc_try *row = &tries->list[i];

		if (of == NULL || !name_equal(of, row->from))
			status = dmarc_discover(run, row->from, author);
		of = row->from;
		if (status == OK)
			status = dmarc_align(
			    run, author, row->identifier, false, &row->relaxed);
		if (status == OK)
			status = dmarc_align(
			    run, author, row->identifier, true, &row->strict);
	}
	return status;
}

const char *
dmarc_alignment_word(enum dmarc_alignment alignment)
{
	switch (alignment) {
	case DMARC_ALIGNED:
		return N_("yes");
	case DMARC_NOT_ALIGNED:
		return N_("no");
	case DMARC_ALIGNMENT_UNKNOWN:
		break;
	}
	return "?";
}
