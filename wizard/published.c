/* Where the planned record is by now: judging. */
#include "published.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "../checks/base/i18n.h"
#include "../checks/base/printable.h"
#include "../checks/spf_clean.h"
#include "published_inside.h"
#include "spf_plan.h"

/* --- one answer ---------------------------------------------------------- */

static bool
is_trouble(const struct answer *answer)
{
	return answer->outcome == DNS_BROKEN || answer->outcome == DNS_SILENT;
}

/* A text that is meant as SPF and is no record; NULL: there is none. */
static const struct record *
odd_text(struct arena *arena, const struct answer *answer)
{
	struct spf_clean clean;

	for (size_t i = 0; i < answer->nrecords; i++)
		if (spf_clean(arena, answer->records[i].text, &clean))
			return &answer->records[i];
	return NULL;
}

enum witness_has
witness_judge(struct arena *arena, const struct answer *answer,
    struct str record, const char **shown)
{
	const struct record *other = NULL;
	size_t n = 0, same = 0;

	*shown = "";
	if (answer == NULL || is_trouble(answer)) {
		*shown = answer == NULL || answer->why == NULL
		    ? _("no answer")
		    : printable(arena, str_of(answer->why));
		return HAS_UNSEEN;
	}
	for (size_t i = 0; i < answer->nrecords; i++) {
		const struct record *r = &answer->records[i];

		if (!spf_is_record(r->text))
			continue;
		n++;
		/* The same one twice is one too many as well. */
		if (same == 0 && spf_same_record(r->text, record))
			same++;
		else if (other == NULL)
			other = r;
	}
	if (n == 1 && same == 1)
		return HAS_RECORD;
	if (n == 0)
		other = odd_text(arena, answer);
	if (other != NULL)
		*shown = printable(arena, other->text);
	if (n == 0)
		return other != NULL ? HAS_ODD : HAS_NONE;
	return same > 0 ? HAS_SECOND : HAS_OTHER;
}

const char *
witness_text(enum witness_has has)
{
	static const char *const texts[HAS_COUNT] = {
		[HAS_RECORD] = N_("the record"),
		[HAS_SECOND] = N_("two records: a second one beside it"),
		[HAS_OTHER] = N_("an old record"),
		[HAS_ODD] = N_("a text that is no SPF record"),
		[HAS_NONE] = N_("no SPF record"),
		[HAS_UNSEEN] = N_("could not look"),
	};

	return _(texts[has]);
}

/* --- all of them --------------------------------------------------------- */

/* By name, and so in the same order every time. */
static int
compare_witnesses(const void *a, const void *b)
{
	const struct witness *x = a, *y = b;
	int order = strcasecmp(x->host, y->host);

	return order != 0 ? order : strcmp(x->address, y->address);
}

static void
list_servers(struct arena *arena, const struct published_facts *facts,
    struct str record, struct published_view *out)
{
	struct witness *list =
	    arena_array(arena, facts->nservers + 1, sizeof(*list));

	for (size_t i = 0; i < facts->nservers; i++) {
		const struct authority *server = &facts->servers[i];

		list[i].host = printable(arena, str_of(server->host));
		list[i].address = ip_print(arena, server->server.ip);
		list[i].has = witness_judge(
		    arena, server->answer, record, &list[i].shown);
	}
	qsort(list, facts->nservers, sizeof(*list), compare_witnesses);
	out->servers = list;
	out->nservers = facts->nservers;
}

/* The first address of a host stands for it. */
static bool
is_first(const struct published_view *view, size_t i)
{
	for (size_t j = 0; j < i; j++)
		if (name_equal(view->servers[j].host, view->servers[i].host))
			return false;
	return true;
}

enum witness_has
published_host(const struct published_view *view, size_t i)
{
	enum witness_has has = HAS_UNSEEN;

	if (!is_first(view, i))
		return HAS_COUNT;
	for (size_t j = i; j < view->nservers; j++) {
		const struct witness *w = &view->servers[j];

		if (!name_equal(w->host, view->servers[i].host) ||
		    w->has == HAS_UNSEEN)
			continue;
		/* What is not there yet at one address is not at the host. */
		if (has == HAS_UNSEEN || has == HAS_RECORD)
			has = w->has;
	}
	return has;
}

static void
count_hosts(struct published_view *view)
{
	for (size_t i = 0; i < view->nservers; i++) {
		enum witness_has has = published_host(view, i);

		if (has == HAS_COUNT)
			continue;
		view->nhosts++;
		if (has == HAS_RECORD)
			view->nhave++;
		else if (has == HAS_UNSEEN)
			view->nunseen++;
	}
	if (view->nhosts == view->nunseen)
		view->published = PUBLISHED_UNKNOWN;
	else if (view->nhave == 0)
		view->published = PUBLISHED_NO;
	else if (view->nhave + view->nunseen < view->nhosts)
		view->published = PUBLISHED_PARTLY;
	else
		view->published = PUBLISHED_YES;
}

/* Does a server have it so; where none could be asked, the resolver? */
static bool
somebody_has(const struct published_view *view, enum witness_has has)
{
	for (size_t i = 0; i < view->nservers; i++)
		if (view->servers[i].has == has)
			return true;
	return view->published == PUBLISHED_UNKNOWN &&
	    view->resolver.has == has;
}

static bool
is_doubled(
    struct arena *arena, const struct published_facts *facts, struct str record)
{
	enum witness_has has;
	const char *shown;

	if (facts->doubled == NULL)
		return false;
	has = witness_judge(arena, facts->doubled, record, &shown);
	return has == HAS_RECORD || has == HAS_SECOND;
}

/* While the record is on its way there is none of these. */
static enum publish_slip
find_slip(struct arena *arena, const struct published_facts *facts,
    struct str record, const struct published_view *view)
{
	if (somebody_has(view, HAS_SECOND))
		return SLIP_SECOND;
	if (somebody_has(view, HAS_RECORD))
		return SLIP_NONE;
	if (is_doubled(arena, facts, record))
		return SLIP_DOUBLED;
	return somebody_has(view, HAS_ODD) ? SLIP_ODD : SLIP_NONE;
}

void
published_judge(struct arena *arena, const struct look *look, struct str record,
    int64_t until, int64_t now, struct published_view *out)
{
	const struct published_facts *facts = &look->published;

	out->looked = true;
	out->at = look->at;
	out->until = until;
	list_servers(arena, facts, record, out);
	count_hosts(out);
	out->resolver.has =
	    witness_judge(arena, facts->resolver, record, &out->resolver.shown);
	/* In the demo nobody was asked. */
	out->resolver.address =
	    facts->resolver->server != NULL && !look->run.made_up
	    ? printable(arena, str_of(facts->resolver->server))
	    : "";
	out->visible = out->resolver.has == HAS_RECORD ? VISIBLE_YES
	    : out->resolver.has == HAS_UNSEEN	       ? VISIBLE_UNKNOWN
						       : VISIBLE_NO;
	out->slip = find_slip(arena, facts, record, out);
	out->done = out->visible == VISIBLE_YES && out->slip == SLIP_NONE &&
	    (out->published == PUBLISHED_YES ||
		out->published == PUBLISHED_UNKNOWN);
	published_say(arena, look, now, out);
}

bool
published_old_ttl(const struct look *look, struct str record, uint32_t *ttl)
{
	const struct published_facts *facts = &look->published;
	struct arena *arena = arena_new();
	bool any = false;
	const char *shown;

	*ttl = 0;
	for (size_t i = 0; i <= facts->nservers; i++) {
		const struct answer *answer = i < facts->nservers
		    ? facts->servers[i].answer
		    : facts->resolver;
		enum witness_has has =
		    witness_judge(arena, answer, record, &shown);

		if (has == HAS_RECORD || has == HAS_UNSEEN)
			continue;
		any = true;
		if (answer->ttl > *ttl)
			*ttl = answer->ttl;
	}
	arena_free(arena);
	return any;
}
