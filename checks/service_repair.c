/*
 * The SRV records of a service, held against what was seen at the ports, and
 * what is to be published in their place.  Where one of a name changes, all of
 * that name are proposed: together they take the place of the old.
 */
#include "service_facts.h"

#include <string.h>

#include "base/i18n.h"
#include "look.h"

enum srv_fault {
	FAULT_NONE,
	FAULT_DOT, /* "." beside a host */
	FAULT_OTHER, /* not the host that clients use */
	FAULT_DEAD, /* no address */
	FAULT_MISLEADS, /* something else is at the port, or nothing */
	FAULT_ALIAS,
};

enum place_state {
	PLACE_UNSEEN,
	PLACE_WORKS,
	PLACE_MISLEADS, /* not this service: closed, or another */
	PLACE_ILL, /* the service, and it does not work as it should */
};

/* --- what was seen at a place -------------------------------------------------- */

static enum place_state
state_of_port(const struct port_facts *facts)
{
	switch (facts->state) {
	case PORT_NOT_SEEN:
	case PORT_NO_ROUTE:
	case PORT_TIMEOUT:
		return PLACE_UNSEEN;
	case PORT_CLOSED:
	case PORT_WRONG_PROTOCOL:
	case PORT_IS_TLS:
	case PORT_IS_PLAIN:
		return PLACE_MISLEADS;
	case PORT_GREETED:
		if (facts->tls_tried && facts->tls.trouble == TLS_FINE)
			return PLACE_WORKS;
		break;
	default:
		break;
	}
	return PLACE_ILL;
}

/* The best of all addresses: mail programs try one after another. */
static enum place_state
state_in(const struct port_check *check, enum srv_service s, uint16_t port)
{
	bool unseen = false, ill = false, misleads = false;

	for (size_t i = 0; i < check->n; i++) {
		const struct port_facts *facts = &check->facts[i];
		enum place_state state = state_of_port(facts);

		if (facts->port.at.port != port ||
		    facts->port.implicit_tls != srv_kinds[s].implicit_tls)
			continue;
		if (state == PLACE_WORKS)
			return PLACE_WORKS;
		unseen = unseen || state == PLACE_UNSEEN;
		ill = ill || state == PLACE_ILL;
		misleads = misleads || state == PLACE_MISLEADS;
	}
	if (ill)
		return PLACE_ILL;
	return misleads && !unseen ? PLACE_MISLEADS : PLACE_UNSEEN;
}

static enum place_state
state_of(const struct service_facts *facts, enum srv_service s,
    const char *host, uint16_t port)
{
	for (size_t i = 0; i < facts->nchecks; i++)
		if (name_equal(facts->checks[i].host, host))
			return state_in(&facts->checks[i], s, port);
	return PLACE_UNSEEN;
}

static bool
was_looked_at(const struct service_facts *facts, enum srv_service s,
    const char *host, uint16_t port)
{
	for (size_t i = 0; i < facts->nplaces; i++) {
		const struct service_place *p = &facts->places[i];

		if (name_equal(p->host, host) && p->port.at.port == port &&
		    p->port.implicit_tls == srv_kinds[s].implicit_tls)
			return true;
	}
	return false;
}

/* --- judging ------------------------------------------------------------------- */

static enum srv_fault
fault_of(const struct service_facts *facts, enum srv_service s,
    const struct srv_record *r)
{
	const char *given = facts->target->host;
	const char *host = r->host.name;

	if (host == NULL)
		return srv_offers(&facts->srv.sets[s]) ? FAULT_DOT : FAULT_NONE;
	if (given != NULL && !srv_is_given(&facts->srv, host))
		return FAULT_OTHER;
	if (srv_is_dead(&r->host))
		return FAULT_DEAD;
	if (state_of(facts, s, given != NULL ? given : host,
		r->record->srv.port) == PLACE_MISLEADS)
		return FAULT_MISLEADS;
	return srv_alias(&r->host) != NULL ? FAULT_ALIAS : FAULT_NONE;
}

static const char *
kind_phrase(const struct service_facts *facts, enum srv_service s)
{
	return arena_printf(facts->run->arena,
	    srv_kinds[s].implicit_tls ? _("%s with TLS from the start")
				      : _("%s with STARTTLS"),
	    service_word(facts->protocol));
}

static void
report_fault(const struct service_facts *facts, enum srv_service s,
    const struct srv_record *r, enum srv_fault fault)
{
	static const enum finding_code codes[] = {
		[FAULT_DOT] = F_SRV_DOT_BESIDE,
		[FAULT_OTHER] = F_SRV_OTHER_HOST,
		[FAULT_DEAD] = F_SRV_DEAD,
		[FAULT_MISLEADS] = F_SRV_MISLEADS,
		[FAULT_ALIAS] = F_SRV_ALIAS,
	};
	struct run *run = facts->run;
	const char *second = NULL;

	if (fault == FAULT_OTHER)
		second = facts->target->host;
	else if (fault == FAULT_ALIAS)
		second = srv_alias(&r->host);
	else if (fault == FAULT_MISLEADS)
		second = arena_printf(run->arena, "%u", r->record->srv.port);
	report(run, codes[fault], .subject = facts->srv.sets[s].name,
	    .detail = { r->record->srv.host, second, kind_phrase(facts, s) },
	    .has_record = true,
	    .record = look_publish(run, facts->out, r->record));
}

/* --- proposing ----------------------------------------------------------------- */

static void
propose(const struct service_facts *facts, struct record record)
{
	record.ttl = RECORD_TTL;
	look_suggest(facts->run, facts->out, &record);
}

static void
propose_srv(const struct service_facts *facts, enum srv_service s,
    const struct record *like, const char *host)
{
	propose(facts,
	    (struct record){ .name = facts->srv.sets[s].name,
		.type = RR_SRV,
		.srv = { like->srv.priority, like->srv.weight, like->srv.port,
		    host } });
}

static void
propose_addresses(const struct service_facts *facts, const char *host,
    const struct answer *answer)
{
	for (size_t i = 0; i < answer->nrecords; i++) {
		struct record record = answer->records[i];

		record.name = host;
		propose(facts, record);
	}
}

/*
 * No alias may stand there.  A host in the domain keeps its name, which
 * certificates hold: it gets the addresses themselves.  Else the name behind
 * the alias takes its place; so it does for the host that people type, whose
 * alias is theirs to keep.
 */
static void
propose_host(const struct service_facts *facts, enum srv_service s,
    const struct record *like, const struct srv_host *host)
{
	const char *alias = srv_alias(host);

	if (alias == NULL) {
		propose_srv(facts, s, like, host->name);
	} else if (facts->target->host != NULL ||
	    !name_is_below(host->name, facts->target->domain)) {
		propose_srv(facts, s, like, alias);
	} else {
		propose_srv(facts, s, like, host->name);
		propose_addresses(facts, host->name, host->a);
		propose_addresses(facts, host->name, host->aaaa);
	}
}

/*
 * The host that a record should name, when it names the wrong one.  NULL: it
 * is not known, or has no address.
 */
static const struct srv_host *
right_host(const struct service_facts *facts)
{
	const struct service_srv *srv = &facts->srv;

	if (facts->target->host != NULL)
		return srv->given.name == NULL || srv_is_dead(&srv->given)
		    ? NULL
		    : &srv->given;
	for (size_t s = 0; s < SRV_SERVICES; s++)
		for (size_t i = 0; i < srv->sets[s].n; i++) {
			const struct srv_host *host =
			    &srv->sets[s].records[i].host;

			if (host->name != NULL && !srv_is_dead(host) &&
			    srv_alias(host) == NULL)
				return host;
		}
	return srv->mx_host.name != NULL ? &srv->mx_host : NULL;
}

/* Looks, when nobody did yet; what is seen is for the proposal alone. */
static enum status
look_at_place(const struct service_facts *facts, enum srv_service s,
    const char *host, uint16_t at, enum place_state *state)
{
	struct port port = { .protocol = facts->protocol,
		.at.port = at,
		.implicit_tls = srv_kinds[s].implicit_tls };
	struct port_wish wish = {
		.host = host, .services = &port, .nservices = 1
	};
	struct port_check check;
	enum status status = OK;

	if (was_looked_at(facts, s, host, at)) {
		*state = state_of(facts, s, host, at);
		return OK;
	}
	status = port_check(facts->run, &wish, 1, &check);
	if (status == OK)
		*state = state_in(&check, s, at);
	return status;
}

/*
 * The port of the right host that a record should name: the usual one, or the
 * one that a record has for another host.  0: neither is known to work, or,
 * where `guess` allows that, not known to be wrong.
 */
static enum status
right_port(const struct service_facts *facts, enum srv_service s,
    const char *host, bool guess, uint16_t *port)
{
	const struct srv_set *set = &facts->srv.sets[s];
	uint16_t usual = srv_kinds[s].port;
	enum place_state state = PLACE_UNSEEN;
	enum status status = look_at_place(facts, s, host, usual, &state);

	*port = state == PLACE_WORKS || (guess && state == PLACE_UNSEEN) ? usual
									 : 0;
	for (size_t i = 0; i < set->n && status == OK && state != PLACE_WORKS;
	     i++) {
		uint16_t other = set->records[i].record->srv.port;

		if (set->records[i].host.name == NULL || other == usual)
			continue;
		status = look_at_place(facts, s, host, other, &state);
		if (status == OK && state == PLACE_WORKS)
			*port = other;
	}
	return status;
}

static bool
has_good_one(const struct service_facts *facts, enum srv_service s)
{
	const struct srv_set *set = &facts->srv.sets[s];

	for (size_t i = 0; i < set->n; i++)
		if (set->records[i].host.name != NULL) {
			enum srv_fault fault =
			    fault_of(facts, s, &set->records[i]);

			if (fault == FAULT_NONE || fault == FAULT_ALIAS)
				return true;
		}
	return false;
}

/* None of the records is any good: a port of the right host takes over. */
static enum status
replace_all(const struct service_facts *facts, enum srv_service s, bool guess,
    bool *repaired)
{
	const struct srv_host *host = right_host(facts);
	struct record record = { .srv = { .weight = 1 } };
	enum status status;

	if (host == NULL)
		return OK;
	status = right_port(facts, s, host->name, guess, &record.srv.port);
	if (status == OK && record.srv.port != 0) {
		propose_host(facts, s, &record, host);
		*repaired = true;
	}
	return status;
}

/* Those that are good stay, the others go. */
static void
keep_good_ones(const struct service_facts *facts, enum srv_service s)
{
	const struct srv_set *set = &facts->srv.sets[s];

	for (size_t i = 0; i < set->n; i++) {
		const struct srv_record *r = &set->records[i];
		enum srv_fault fault = fault_of(facts, s, r);

		if (fault == FAULT_ALIAS || fault == FAULT_NONE)
			propose_host(facts, s, r->record, &r->host);
	}
}

/* Judges the records at one name; *serves: what is right leads somewhere. */
static enum status
judge_set(const struct service_facts *facts, enum srv_service s, bool *faulty,
    bool *serves)
{
	const struct srv_set *set = &facts->srv.sets[s];
	bool guess = true;

	for (size_t i = 0; i < set->n; i++) {
		enum srv_fault fault = fault_of(facts, s, &set->records[i]);

		if (fault == FAULT_NONE)
			continue;
		report_fault(facts, s, &set->records[i], fault);
		*faulty = true;
		guess = guess && fault != FAULT_MISLEADS;
	}
	*serves = has_good_one(facts, s);
	if (*faulty && *serves)
		keep_good_ones(facts, s);
	return *faulty && !*serves ? replace_all(facts, s, guess, serves) : OK;
}

enum status
service_judge_srv(struct service_facts *facts)
{
	enum srv_service first = srv_first(facts->protocol);
	bool faulty[2] = { false, false }, serves[2] = { false, false };
	enum status status = OK;

	for (unsigned int i = 0; i < 2 && status == OK; i++)
		status = judge_set(facts, first + i, &faulty[i], &serves[i]);
	for (unsigned int i = 0; i < 2 && status == OK; i++)
		if (faulty[i] && !serves[i] && serves[1 - i]) {
			const struct record not_offered = { .type = RR_SRV };

			propose_srv(facts, first + i, &not_offered, ".");
		}
	return status;
}

/* --- where there is none ------------------------------------------------------- */

const char *
service_proposal(const struct service_facts *facts, const char **name)
{
	enum srv_service first = srv_first(facts->protocol);
	struct arena *arena = facts->run->arena;
	const char *lines = NULL;

	if (srv_offers_any(&facts->srv) || facts->nplaces == 0 ||
	    (facts->target->host != NULL && facts->srv.given.name == NULL))
		return NULL; /* an address is no host for an SRV record */
	for (enum srv_service s = first; s < first + 2; s++) {
		const struct srv_set *set = &facts->srv.sets[s];
		const char *host = facts->places[0].host;
		const char *line = arena_printf(arena, "%s SRV 0 1 %u %s.",
		    set->name, srv_kinds[s].port, host);

		if (!answer_is_absent(set->answer))
			return NULL;
		if (state_of(facts, s, host, srv_kinds[s].port) != PLACE_WORKS)
			continue;
		if (lines == NULL)
			*name = set->name;
		lines = lines == NULL
		    ? line
		    : arena_printf(arena, "%s; %s", lines, line);
	}
	return lines;
}
