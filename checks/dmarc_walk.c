/* The tree walk; RFC 9989 section 4.10. */
#include "dmarc_walk.h"

#include <string.h>

#include "look.h"

#define LABELS_JUMP 7 /* left of a name of more than eight; step 4 */

/* The last labels of a name. */
static const char *
last_labels(const char *name, size_t labels)
{
	while (name_labels(name) > labels)
		name = name_parent(name);
	return name;
}

/* Steps 3, 4 and 7: the names that follow are known in advance. */
static void
plan(struct run *run, const char *domain, struct dmarc_walk *out)
{
	const char *name = domain;

	out->n = 0;
	while (out->n < DMARC_WALK_MAX && name_labels(name) > 0) {
		size_t labels = name_labels(name);

		out->names[out->n] = name;
		out->queries[out->n] =
		    arena_printf(run->arena, "_dmarc.%s", name);
		out->n++;
		name = last_labels(
		    name, labels > LABELS_JUMP + 1 ? LABELS_JUMP : labels - 1);
	}
}

/* Step 2: what is no record is discarded, and so are several records. */
static void
take(struct run *run, struct dmarc_walk *walk, size_t i)
{
	const struct answer *answer = walk->answers[i];
	struct dmarc_record *record =
	    arena_new_of(run->arena, struct dmarc_record);

	for (size_t k = 0; k < answer->nrecords; k++) {
		if (!dmarc_is_record(answer->records[k].text))
			continue;
		if (walk->counts[i]++ == 0)
			walk->found[i] = &answer->records[k];
	}
	if (walk->counts[i] != 1)
		walk->found[i] = NULL;
	else if (dmarc_read(run->arena, walk->found[i]->text, record))
		walk->records[i] = record;
}

static void
plan_questions(struct run *run, const struct dmarc_walk *walk,
    struct look *look, size_t at[DMARC_WALK_MAX])
{
	for (size_t i = 0; i < walk->n; i++)
		if (name_is_valid(walk->queries[i]))
			at[i] = look_for(run, look, walk->queries[i], RR_TXT);
}

enum status
dmarc_walk(struct run *run, const char *domain, struct dmarc_walk *out)
{
	struct look look = { 0 };
	size_t at[DMARC_WALK_MAX] = { 0 };
	enum status status;

	*out = (struct dmarc_walk){ 0 };
	plan(run, domain, out);
	plan_questions(run, out, &look, at);
	status = look_ask(run, &look);
	if (status != OK)
		return status;
	for (size_t i = 0; i < out->n; i++) {
		if (!name_is_valid(out->queries[i]))
			continue;
		out->answers[i] = look.answers[at[i]];
		take(run, out, i);
		if (out->records[i] != NULL && out->records[i]->psd != 'u')
			out->n = i + 1;
	}
	return OK;
}

void
dmarc_walk_ahead(struct run *run, const char *const *domains, size_t n)
{
	struct look look = { 0 };

	for (size_t i = 0; i < n; i++) {
		struct dmarc_walk walk = { 0 };
		size_t at[DMARC_WALK_MAX];

		plan(run, domains[i], &walk);
		plan_questions(run, &walk, &look, at);
	}
	if (look.n > 0)
		dns_ask_ahead(run, look.questions, look.n);
}

static bool
is_trouble(const struct dmarc_walk *walk, size_t i)
{
	return walk->answers[i] != NULL && answer_is_trouble(walk->answers[i]);
}

const struct answer *
dmarc_walk_trouble(const struct dmarc_walk *walk)
{
	for (size_t i = 0; i < walk->n; i++)
		if (is_trouble(walk, i))
			return walk->answers[i];
	return NULL;
}

bool
dmarc_guess_is_likely(const struct dmarc_walk *walk, enum dmarc_guess guess)
{
	if (guess == GUESS_NOTHING || guess == GUESS_SUFFIX)
		return true;
	for (size_t i = 0; i < walk->n; i++)
		if (is_trouble(walk, i) && name_labels(walk->names[i]) > 1)
			return true;
	return false;
}

/* The psd of the record at a name; 0: there is no record. */
static char
psd_of(const struct dmarc_walk *walk, size_t i, enum dmarc_guess guess)
{
	static const char guesses[GUESSES] = { 0, 'y', 'u', 'n' };

	if (is_trouble(walk, i))
		return guesses[guess];
	return walk->records[i] != NULL ? walk->records[i]->psd : 0;
}

const char *
dmarc_walk_domain(const struct dmarc_walk *walk, enum dmarc_guess guess)
{
	const char *domain = walk->names[0];

	for (size_t i = 0; i < walk->n; i++) {
		char psd = psd_of(walk, i, guess);

		if (psd == 'n')
			return walk->names[i];
		if (psd == 'y' && i > 0)
			return last_labels(
			    walk->names[0], name_labels(walk->names[i]) + 1);
		if (psd != 0)
			domain = walk->names[i];
		if (psd == 'y')
			break;
	}
	return domain;
}

int
dmarc_walk_policy(const struct dmarc_walk *walk, enum dmarc_guess guess)
{
	const char *domain = dmarc_walk_domain(walk, guess);

	if (walk->n > 0 && psd_of(walk, 0, guess) != 0)
		return 0;
	for (size_t i = 0; i < walk->n; i++)
		if (psd_of(walk, i, guess) != 0 &&
		    name_equal(walk->names[i], domain))
			return (int)i;
	for (size_t i = 0; i < walk->n; i++)
		if (psd_of(walk, i, guess) == 'y')
			return (int)i;
	return -1;
}
