/* Alignment tried on names. */
#include "dmarc_try.h"

#include "../checks/base/i18n.h"
#include "../checks/record.h"

/* Without effect when the table is full. */
static void
add(struct dmarc_tries *out, const char *from, const char *identifier,
    enum dmarc_identifier kind)
{
	if (out->n == DMARC_TRIES)
		return;
	out->list[out->n++] = (struct dmarc_try){
		.from = from,
		.identifier = identifier,
		.kind = kind,
		.relaxed = DMARC_ALIGNMENT_UNKNOWN,
		.strict = DMARC_ALIGNMENT_UNKNOWN,
	};
}

void
dmarc_try_names(
    struct arena *arena, const struct plan *plan, struct dmarc_tries *out)
{
	const char *domain = arena_strdup(arena, plan->domain);

	*out = (struct dmarc_tries){ 0 };
	add(out, domain, domain, DMARC_BY_MAIL_FROM);
	add(out, domain, domain, DMARC_BY_SIGNATURE);
	for (size_t i = 0; i < plan->nsubdomains; i++) {
		const char *name = arena_strdup(arena, plan->subdomain[i]);

		add(out, domain, name, DMARC_BY_MAIL_FROM);
		add(out, name, domain, DMARC_BY_SIGNATURE);
	}
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
		return N_("aligned");
	case DMARC_NOT_ALIGNED:
		return N_("not aligned");
	case DMARC_ALIGNMENT_UNKNOWN:
		break;
	}
	return N_("cannot tell");
}
