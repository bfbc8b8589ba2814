/* Asking: names that cannot be asked for, the memo, and chains of aliases. */
#include "dns.h"

#include "base/i18n.h"
#include "dns_memo.h"

void
resolver_init(struct resolver *resolver)
{
	resolver->memo = memo_new();
}

void
resolver_free(struct resolver *resolver)
{
	if (resolver == NULL)
		return;
	memo_free(resolver->memo);
	resolver->end(resolver);
}

/*
 * A name whose labels or length break RFC 1035 section 2.3.4 cannot be put
 * into a message.  It does not exist, but nobody said so: no NXDOMAIN.
 */
static const struct answer *
impossible(struct run *run, const struct question *question)
{
	struct answer answer = {
		.name = arena_strdup(run->arena, question->name),
		.type = question->type,
		.outcome = DNS_BROKEN,
		.rcode = -1,
		.why = _("not a possible DNS name"),
	};

	answer.owner = answer.name;
	return memo_keep_followed(run->dns->memo, question, &answer);
}

/* One question whose aliases are being followed. */
struct walk {
	struct question next; /* to be asked now */
	const struct answer *first; /* to the question itself */
	struct answer merged; /* of all so far, once steps > 0 */
	unsigned int steps; /* answers that ended in the middle */
	bool open; /* not at the end yet */
};

static size_t
count_aliases(const struct answer *answer)
{
	size_t n = 0;

	for (size_t i = 0; i < answer->nchain; i++)
		n += answer->chain[i].type == RR_CNAME;
	return n;
}

/* Was this name in front of an alias already, or the one asked for? */
static bool
was_passed(const struct answer *answer, const char *name)
{
	if (name_equal(answer->name, name))
		return true;
	for (size_t i = 0; i < answer->nchain; i++)
		if (answer->chain[i].type == RR_CNAME &&
		    name_equal(answer->chain[i].name, name))
			return true;
	return false;
}

/* Why the answer so far must not be followed further; NULL: it may. */
static const char *
dead_end(struct run *run, const struct walk *walk)
{
	const struct answer *answer = &walk->merged;

	if (answer->partial && was_passed(answer, answer->owner))
		return arena_printf(run->arena,
		    _("the aliases (CNAME) lead back to %s"), answer->owner);
	if ((answer->partial && walk->steps > DNS_CHAIN_MAX) ||
	    count_aliases(answer) > DNS_CHAIN_MAX)
		return arena_printf(run->arena,
		    _("more than %d aliases (CNAME) in a row"), DNS_CHAIN_MAX);
	return NULL;
}

static void
look_ahead(struct run *run, struct walk *walk)
{
	struct answer *answer = &walk->merged;
	const char *why = dead_end(run, walk);

	if (why != NULL) {
		answer->outcome = DNS_BROKEN;
		answer->why = why;
		answer->partial = false;
		answer->records = NULL;
		answer->nrecords = 0;
	}
	walk->open = answer->partial;
	walk->next.name = answer->owner;
}

/* The answer for what the alias pointed to joins the answer so far. */
static void
merge(struct run *run, struct walk *walk, const struct answer *more)
{
	const struct answer before = walk->merged;
	struct answer *merged = &walk->merged;

	*merged = *more;
	merged->name = before.name;
	merged->nchain = before.nchain + more->nchain;
	merged->chain =
	    arena_array(run->arena, merged->nchain, sizeof(struct record));
	for (size_t i = 0; i < before.nchain; i++)
		merged->chain[i] = before.chain[i];
	for (size_t i = 0; i < more->nchain; i++)
		merged->chain[before.nchain + i] = more->chain[i];
	merged->authentic = before.authentic && more->authentic;
	if (before.ttl < more->ttl)
		merged->ttl = before.ttl;
}

static void
take_answer(struct run *run, struct walk *walk, const struct answer *answer)
{
	if (walk->first == NULL) {
		walk->first = answer;
		walk->merged = *answer;
		if (!answer->partial && answer->nchain <= DNS_CHAIN_MAX) {
			walk->open = false;
			return;
		}
	} else {
		merge(run, walk, answer);
	}
	walk->steps++;
	look_ahead(run, walk);
}

/* One more step on every chain that has not come to its end. */
static enum status
step(struct run *run, struct walk *walks, size_t n, bool *open)
{
	struct question *questions =
	    arena_array(run->arena, n, sizeof(*questions));
	const struct answer **answers =
	    arena_array(run->arena, n, sizeof(*answers));
	size_t k = 0;
	enum status status;

	for (size_t i = 0; i < n; i++)
		if (walks[i].open)
			questions[k++] = walks[i].next;
	*open = false;
	status = k > 0 ? memo_ask(run->dns, run, questions, k, answers) : OK;
	if (status != OK)
		return status;
	k = 0;
	for (size_t i = 0; i < n; i++) {
		if (!walks[i].open)
			continue;
		take_answer(run, &walks[i], answers[k++]);
		*open |= walks[i].open;
	}
	return OK;
}

/* The answer as the caller gets it; it has to outlive the run. */
static const struct answer *
conclude(
    struct run *run, const struct question *question, const struct walk *walk)
{
	if (walk->steps == 0)
		return walk->first;
	if (walk->merged.outcome == DNS_SILENT && run_left_ms(run) == 0)
		return memo_keep(run->dns->memo, &walk->merged);
	return memo_keep_followed(run->dns->memo, question, &walk->merged);
}

enum status
dns_ask_many(struct run *run, const struct question *questions, size_t n,
    const struct answer **out)
{
	struct walk *walks = arena_array(run->arena, n, sizeof(*walks));
	const struct answer **known =
	    arena_array(run->arena, n, sizeof(*known));
	bool open = true;

	for (size_t i = 0; i < n; i++) {
		known[i] = memo_followed(run->dns->memo, &questions[i]);
		if (known[i] == NULL && !name_is_valid(questions[i].name))
			known[i] = impossible(run, &questions[i]);
		walks[i].next = questions[i];
		walks[i].open = known[i] == NULL;
	}
	while (open) {
		enum status status = step(run, walks, n, &open);

		if (status != OK)
			return status;
	}
	for (size_t i = 0; i < n; i++)
		out[i] = known[i] != NULL
		    ? known[i]
		    : conclude(run, &questions[i], &walks[i]);
	return OK;
}

enum status
dns_ask(struct run *run, const char *name, enum rr_type type,
    const struct answer **out)
{
	return dns_ask_many(run, &(struct question){ name, type }, 1, out);
}

enum status
resolver_ask(struct resolver *resolver, struct run *run,
    const struct question *questions, size_t n, const struct answer **out)
{
	return memo_ask(resolver, run, questions, n, out);
}

void
dns_ask_ahead(struct run *run, const struct question *questions, size_t n)
{
	struct question *unknown;
	size_t k = 0;

	if (run->dns->ahead == NULL)
		return;
	unknown = arena_array(run->arena, n, sizeof(*unknown));
	for (size_t i = 0; i < n; i++)
		if (name_is_valid(questions[i].name) &&
		    !memo_knows(run->dns->memo, &questions[i]))
			unknown[k++] = questions[i];
	if (k > 0)
		run->dns->ahead(run->dns, run, unknown, k);
}
