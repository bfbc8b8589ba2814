/* What belongs together; RFC 9989 sections 4.4 and 4.10.2. */
#include "dmarc.h"
#include "dmarc_walk.h"

/* The last label: names without a common one have nothing in common. */
static const char *
top(const char *name)
{
	while (name_labels(name) > 1)
		name = name_parent(name);
	return name;
}

/*
 * Under each guess about what DNS did not tell: is the organizational domain
 * the same?  Names that both walks share are guessed alike.
 */
static enum dmarc_alignment
compare(const struct dmarc_walk *author, const struct dmarc_walk *identifier)
{
	bool yes = false, no = false;

	for (int i = GUESS_NOTHING; i < GUESSES; i++) {
		enum dmarc_guess guess = (enum dmarc_guess)i;

		if (!dmarc_guess_is_likely(author, guess) &&
		    !dmarc_guess_is_likely(identifier, guess))
			continue;
		if (name_equal(dmarc_walk_domain(author, guess),
			dmarc_walk_domain(identifier, guess)))
			yes = true;
		else
			no = true;
	}
	if (yes && no)
		return DMARC_ALIGNMENT_UNKNOWN;
	return yes ? DMARC_ALIGNED : DMARC_NOT_ALIGNED;
}

enum status
dmarc_align(struct run *run, const struct dmarc_discovery *author,
    const char *identifier, bool strict, enum dmarc_alignment *out)
{
	struct dmarc_walk walk;
	const char *domain;
	enum status status;

	*out = DMARC_NOT_ALIGNED;
	if (author->walk.n == 0 || name_labels(identifier) == 0)
		return OK;
	domain = author->walk.names[0];
	if (name_equal(domain, identifier)) {
		*out = DMARC_ALIGNED;
		return OK;
	}
	if (strict || !name_equal(top(domain), top(identifier)))
		return OK;
	status = dmarc_walk(run, identifier, &walk);
	if (status == OK)
		*out = compare(&author->walk, &walk);
	return status;
}
