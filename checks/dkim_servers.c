/* The keys as the domain's own name servers have them. */
#include "dkim_facts.h"

#define NAMES_MAX 16 /* keys that are compared; more are no person's */

static bool
is_key(const struct record *record)
{
	return dkim_is_key_record(record->text);
}

/*
 * A key that is there, or could not be looked at, or has to be there: one
 * server may have it already.
 */
static bool
is_of_interest(const struct dkim_facts *facts, const struct probe *probe)
{
	const struct answer *answer = probe->answer;

	if (answer == NULL)
		return false;
	if (probe->wanted || answer_is_trouble(answer))
		return true;
	for (size_t i = 0; i < answer->nrecords; i++)
		if (is_key(&answer->records[i]) &&
		    !dkim_is_wild(facts, &answer->records[i]))
			return true;
	return answer->nchain > 0 && facts->wild->nchain == 0;
}

enum status
dkim_ask_servers(struct dkim_facts *facts)
{
	struct question questions[NAMES_MAX];
	size_t n = 0;

	for (size_t i = 0; i < facts->nprobes && n < NAMES_MAX; i++) {
		const struct probe *probe = &facts->probes[i];

		if (is_of_interest(facts, probe))
			questions[n++] =
			    (struct question){ probe->name, RR_TXT };
	}
	return look_at_servers_for(
	    facts->run, facts->target, questions, n, is_key);
}
