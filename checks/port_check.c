/* Hosts, their addresses, their mail ports. */
#include "port_check.h"

#include "look.h"
#include "mailport_check.h"

/* --- which addresses --------------------------------------------------------- */

/* The two questions for a host stand one behind the other. */
static void
take_addresses(
    struct run *run, const struct answer *const *answers, struct port_check *c)
{
	bool trouble = false;

	for (size_t i = 0; i < 2; i++) {
		trouble |= look_trouble(run, answers[i]);
		for (size_t k = 0;
		     k < answers[i]->nrecords && c->nips < PORT_ADDRESSES_MAX;
		     k++)
			c->ips[c->nips++] = answers[i]->records[k].ip;
	}
	if (c->nips == 0 && !trouble)
		report(run, F_HOST_NO_ADDRESS, .subject = c->host);
}

static enum status
find_addresses(struct run *run, struct port_check *checks, size_t n)
{
	struct look look = { 0 };
	size_t *first = arena_array(run->arena, n, sizeof(*first));
	enum status status;

	for (size_t i = 0; i < n; i++) {
		struct port_check *c = &checks[i];

		c->ips = arena_array(
		    run->arena, PORT_ADDRESSES_MAX, sizeof(*c->ips));
		if (ip_parse(str_of(c->host), &c->ips[0])) {
			c->nips = 1;
			continue;
		}
		if (c->name == NULL)
			c->name = c->host;
		first[i] = look_for(run, &look, c->host, RR_A);
		look_for(run, &look, c->host, RR_AAAA);
	}
	status = look_ask(run, &look);
	for (size_t i = 0; status == OK && i < n; i++) {
		if (checks[i].nips > 0)
			continue;
		run->report = (struct report){ 0 };
		take_addresses(run, &look.answers[first[i]], &checks[i]);
		checks[i].together = run->report;
	}
	return status;
}

/* --- looking ------------------------------------------------------------------- */

static size_t
add_places(struct port_place *places, const struct port_wish *wish,
    const struct port_check *check)
{
	size_t n = 0;

	for (size_t i = 0; i < check->nips; i++)
		for (size_t k = 0; k < wish->nservices; k++) {
			struct port_place *place = &places[n++];

			*place = (struct port_place){
				.port = wish->services[k],
				.name = check->name,
				.helo = wish->helo,
				.injection_test = !wish->no_injection_test,
			};
			place->port.at.ip = check->ips[i];
		}
	return n;
}

static enum status
look_at_ports(struct run *run, const struct port_wish *wishes,
    struct port_check *checks, size_t n)
{
	struct port_place *places;
	struct port_facts *facts;
	size_t nplaces = 0;

	for (size_t i = 0; i < n; i++) {
		checks[i].n = checks[i].nips * wishes[i].nservices;
		nplaces += checks[i].n;
	}
	places = arena_array(run->arena, nplaces, sizeof(*places));
	nplaces = 0;
	for (size_t i = 0; i < n; i++)
		nplaces += add_places(&places[nplaces], &wishes[i], &checks[i]);
	facts = arena_array(run->arena, nplaces, sizeof(*facts));
	for (size_t i = 0, from = 0; i < n; from += checks[i++].n)
		checks[i].facts = &facts[from];
	return mailport_look_many(run, places, nplaces, facts);
}

/* --- judging ------------------------------------------------------------------- */

static void
judge(struct run *run, struct port_check *c)
{
	c->findings = arena_array(run->arena, c->n, sizeof(*c->findings));
	for (size_t i = 0; i < c->n; i++) {
		run->report = (struct report){ 0 };
		mailport_judge(run, c->facts, c->n, i);
		c->findings[i] = run->report;
	}
	run->report = c->together;
	mailport_judge_together(run, c->host, c->facts, c->n);
	c->together = run->report;
}

enum status
port_check(struct run *run, const struct port_wish *wishes, size_t n,
    struct port_check *out)
{
	struct report before = run->report;
	enum status status;

	for (size_t i = 0; i < n; i++)
		out[i] = (struct port_check){ .host = wishes[i].host,
			.name = wishes[i].name };
	status = find_addresses(run, out, n);
	if (status == OK)
		status = look_at_ports(run, wishes, out, n);
	for (size_t i = 0; status == OK && i < n; i++)
		judge(run, &out[i]);
	run->report = before;
	return status;
}

static void
add_all(struct run *run, const struct report *report)
{
	for (const struct finding *f = report->first; f != NULL; f = f->next) {
		struct finding copy = *f;

		copy.has_severity = true;
		report_add(run, copy);
	}
}

void
port_check_report(struct run *run, const struct port_check *check)
{
	for (size_t i = 0; i < check->n; i++)
		add_all(run, &check->findings[i]);
	add_all(run, &check->together);
}
