/* Where the planned record is by now: judging. */
#include "published.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "../checks/base/i18n.h"
#include "../checks/base/printable.h"
#include "planned.h"
#include "published_inside.h"

/* --- one answer ---------------------------------------------------------- */

static bool
is_trouble(const struct answer *answer)
{
	return answer->outcome == DNS_BROKEN || answer->outcome == DNS_SILENT;
}

enum witness_has
witness_judge(struct arena *arena, enum planned which,
    const struct answer *answer, struct str record, const char **shown)
{
	const struct record *other = NULL, *odd = NULL;
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
		enum planned_text text =
		    planned_compare(arena, which, r->text, record);

		if (text == PLANNED_TEXT_ODD && odd == NULL)
			odd = r;
		if (text < PLANNED_TEXT_OTHER)
			continue;
		n++;
		/* The same one twice is one too many as well. */
		if (same == 0 && text == PLANNED_TEXT_SAME)
			same++;
		else if (other == NULL)
			other = r;
	}
	if (n == 1 && same == 1)
		return HAS_RECORD;
	if (n == 0)
		other = odd;
	if (other != NULL)
		*shown = printable(arena, other->text);
	if (n == 0)
		return other != NULL ? HAS_ODD : HAS_NONE;
	return same > 0 ? HAS_SECOND : HAS_OTHER;
}

const char *
witness_text(enum planned which, enum witness_has has)
{
	switch (has) {
	case HAS_RECORD:
		return _("the record");
	case HAS_SECOND:
		return _("two records: a second one beside it");
	case HAS_OTHER:
		return _(planned_words[which].other);
	case HAS_ODD:
		return _(planned_words[which].odd);
	case HAS_NONE:
		return _(planned_words[which].none);
	case HAS_UNSEEN:
	case HAS_COUNT:
		break;
	}
	return _("could not look");
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
    struct published_view *out)
{
	struct witness *list =
	    arena_array(arena, facts->nservers + 1, sizeof(*list));

	for (size_t i = 0; i < facts->nservers; i++) {
		const struct authority *server = &facts->servers[i];

		list[i].host = printable(arena, str_of(server->host));
		list[i].address = ip_print(arena, server->server.ip);
		list[i].has = witness_judge(arena, out->what, server->answer,
		    out->record, &list[i].shown);
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
is_doubled(struct arena *arena, const struct published_facts *facts,
    const struct published_view *view)
{
	enum witness_has has;
	const char *shown;

	if (facts->doubled == NULL)
		return false;
	has = witness_judge(
	    arena, view->what, facts->doubled, view->record, &shown);
	return has == HAS_RECORD || has == HAS_SECOND;
}

/* While the record is on its way there is none of these. */
static enum publish_slip
find_slip(struct arena *arena, const struct published_facts *facts,
    const struct published_view *view)
{
	if (somebody_has(view, HAS_SECOND))
		return SLIP_SECOND;
	if (somebody_has(view, HAS_RECORD))
		return SLIP_NONE;
	if (is_doubled(arena, facts, view))
		return SLIP_DOUBLED;
	return somebody_has(view, HAS_ODD) ? SLIP_ODD : SLIP_NONE;
}

bool
published_asked(const struct look *look, enum planned which, const char *name)
{
	return look != NULL && look->published[which].resolver != NULL &&
	    name_equal(look->published[which].name, name);
}

bool
published_differs(const struct published_view *view)
{
	return view->looked && view->resolver.has != HAS_RECORD &&
	    view->resolver.has != HAS_UNSEEN;
}

void
published_judge(struct arena *arena, const struct look *look, int64_t now,
    struct published_view *out)
{
	const struct published_facts *facts = &look->published[out->what];

	out->looked = true;
	out->at = look->at;
	list_servers(arena, facts, out);
	count_hosts(out);
	out->resolver.has = witness_judge(arena, out->what, facts->resolver,
	    out->record, &out->resolver.shown);
	/* In the demo nobody was asked. */
	out->resolver.address = facts->resolver != NULL &&
		facts->resolver->server != NULL && !look->run.made_up
	    ? printable(arena, str_of(facts->resolver->server))
	    : "";
	out->visible = out->resolver.has == HAS_RECORD ? VISIBLE_YES
	    : out->resolver.has == HAS_UNSEEN	       ? VISIBLE_UNKNOWN
						       : VISIBLE_NO;
	out->slip = find_slip(arena, facts, out);
	out->done = out->visible == VISIBLE_YES && out->slip == SLIP_NONE &&
	    (out->published == PUBLISHED_YES ||
		out->published == PUBLISHED_UNKNOWN);
	published_say(arena, look, now, out);
}

bool
published_old_ttl(const struct look *look, enum planned which,
    struct str record, uint32_t *ttl)
{
	const struct published_facts *facts = &look->published[which];
	struct arena *arena = arena_new();
	bool any = false;
	const char *shown;

	*ttl = 0;
	for (size_t i = 0; i <= facts->nservers; i++) {
		const struct answer *answer = i < facts->nservers
		    ? facts->servers[i].answer
		    : facts->resolver;
		enum witness_has has =
		    witness_judge(arena, which, answer, record, &shown);

		if (has == HAS_RECORD || has == HAS_UNSEEN)
			continue;
		any = true;
		if (answer->ttl > *ttl)
			*ttl = answer->ttl;
	}
	arena_free(arena);
	return any;
}
