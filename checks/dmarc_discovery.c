/* Which record applies, and what it asks for; RFC 9989 section 4.10.1. */
#include "dmarc.h"
#include "dmarc_walk.h"
#include "look.h"

/* What DNS did not tell: does it matter? */
static void
weigh_trouble(struct dmarc_discovery *out)
{
	const struct dmarc_walk *walk = &out->walk;
	const struct answer *trouble = dmarc_walk_trouble(walk);
	int policy = dmarc_walk_policy(walk, GUESS_NOTHING);

	if (trouble == NULL)
		return;
	for (int i = GUESS_NOTHING; i < GUESSES; i++) {
		enum dmarc_guess guess = (enum dmarc_guess)i;

		if (!dmarc_guess_is_likely(walk, guess))
			continue;
		if (dmarc_walk_policy(walk, guess) != policy)
			out->policy_trouble = trouble;
		if (!name_equal(dmarc_walk_domain(walk, guess),
			out->organizational_domain))
			out->domain_trouble = trouble;
	}
}

static void
take_record(struct dmarc_discovery *out)
{
	const struct dmarc_walk *walk = &out->walk;
	int i = dmarc_walk_policy(walk, GUESS_NOTHING);

	if (out->policy_trouble != NULL || i < 0)
		return;
	out->record = walk->records[i];
	out->found = walk->found[i];
	out->record_domain = walk->names[i];
	out->suffix_only = i > 0 && out->record->psd == 'y';
}

/*
 * sp or np?  A name that is an alias is there, wherever that leads.  Where
 * both ask for the same, it does not matter that DNS does not tell.
 */
static void
take_policy(struct dmarc_discovery *out)
{
	const struct dmarc_record *record = out->record;

	out->applies = DMARC_P;
	out->wanted = record->p;
	if (out->existence != NULL) {
		bool missing = out->existence->outcome == DNS_NO_NAME &&
		    out->existence->nchain == 0;

		if (answer_is_trouble(out->existence) &&
		    record->sp != record->np) {
			out->policy_trouble = out->existence;
			out->record = NULL;
			out->found = NULL;
			out->record_domain = NULL;
			return;
		}
		out->applies = missing ? DMARC_NP : DMARC_SP;
		out->wanted = missing ? record->np : record->sp;
	}
	out->policy = out->wanted;
	if (record->testing && out->policy > DMARC_NONE)
		out->policy = (enum dmarc_policy)(out->policy - 1);
}

enum status
dmarc_discover(struct run *run, const char *domain, struct dmarc_discovery *out)
{
	struct question exists = { domain, RR_MX };
	enum status status;

	*out = (struct dmarc_discovery){ .organizational_domain = domain };
	dns_ask_ahead(run, &exists, 1);
	status = dmarc_walk(run, domain, &out->walk);
	if (status != OK)
		return status;
	if (out->walk.n > 0)
		out->organizational_domain =
		    dmarc_walk_domain(&out->walk, GUESS_NOTHING);
	weigh_trouble(out);
	take_record(out);
	if (out->record == NULL)
		return OK;
	if (!name_equal(out->record_domain, domain)) {
		status = dns_ask(run, domain, RR_MX, &out->existence);
		if (status != OK)
			return status;
	}
	take_policy(out);
	return OK;
}

bool
dmarc_applies(const struct dmarc_discovery *found)
{
	return found->record != NULL && found->record->usable;
}
