/*
 * The steps "pop3", "imap4" and "submission": which host, which ports, and
 * what is there.
 */
#include "service_check.h"

#include "base/i18n.h"
#include "look.h"
#include "service_auto.h"
#include "service_facts.h"

const char *
service_word(enum mail_protocol protocol)
{
	static const char *const words[MAIL_PROTOCOLS] = {
		[MAIL_POP3] = N_("POP3"),
		[MAIL_IMAP] = N_("IMAP"),
		[MAIL_SMTP] = N_("submission"),
	};

	return _(words[protocol]);
}

/* --- where to look --------------------------------------------------------------- */

static void
add_place(struct service_facts *facts, enum srv_service service,
    const char *host, uint16_t port, bool wanted)
{
	bool tls = srv_kinds[service].implicit_tls;

	for (size_t i = 0; i < facts->nplaces; i++) {
		const struct service_place *p = &facts->places[i];

		if (name_equal(p->host, host) && p->port.at.port == port &&
		    p->port.implicit_tls == tls)
			return;
	}
	if (facts->nplaces == SERVICE_PLACES_MAX)
		return;
	facts->places[facts->nplaces++] = (struct service_place){
		.host = host,
		.port = { .protocol = facts->protocol,
		    .at.port = port,
		    .implicit_tls = tls,
		    .wanted = wanted },
	};
}

/* The places its SRV records name; with a host given, only those there. */
static void
add_named_places(struct service_facts *facts)
{
	const char *given = facts->target->host;
	enum srv_service first = srv_first(facts->protocol);

	for (enum srv_service s = first; s < first + 2; s++)
		for (size_t i = 0; i < facts->srv.sets[s].n; i++) {
			const struct srv_record *r =
			    &facts->srv.sets[s].records[i];

			if (r->host.name != NULL &&
			    (given == NULL ||
				srv_is_given(&facts->srv, r->host.name)))
				add_place(facts, s,
				    given != NULL ? given : r->host.name,
				    r->record->srv.port, true);
		}
}

/* A host that the records of other services name. */
static const char *
host_of_others(const struct service_srv *srv)
{
	for (size_t s = 0; s < SRV_SERVICES; s++)
		for (size_t i = 0; i < srv->sets[s].n; i++) {
			const struct srv_host *host =
			    &srv->sets[s].records[i].host;

			if (host->name != NULL && !srv_is_dead(host))
				return host->name;
		}
	return NULL;
}

/* The host clients use, when no record of this protocol names one. */
static const char *
usual_host(const struct service_facts *facts)
{
	const char *host = facts->target->host;

	if (host == NULL)
		host = host_of_others(&facts->srv);
	return host != NULL ? host : facts->srv.mx_host.name;
}

/* The ports that were answered stand for all that can be found out. */
static void
add_answered_places(struct service_facts *facts, const char *host)
{
	const struct target *target = facts->target;

	for (size_t i = 0; i < target->nports; i++)
		if (target->ports[i].protocol == facts->protocol &&
		    facts->nplaces < SERVICE_PLACES_MAX)
			facts->places[facts->nplaces++] =
			    (struct service_place){ .host = host,
				    .port = target->ports[i] };
}

static void
choose_places(struct service_facts *facts)
{
	enum srv_service first = srv_first(facts->protocol);
	const char *host = usual_host(facts);

	if (host != NULL)
		add_answered_places(facts, host);
	if (facts->nplaces > 0)
		return;
	add_named_places(facts);
	if (facts->nplaces > 0 || srv_denies(&facts->srv, facts->protocol))
		return;
	for (enum srv_service s = first; host != NULL && s < first + 2; s++)
		add_place(facts, s, host, srv_kinds[s].port,
		    !srv_offers_any(&facts->srv) ||
			srv_offers_protocol(&facts->srv, facts->protocol));
}

/* --- looking ------------------------------------------------------------------- */

/* The services of one host, in one wish; `done` marks those taken. */
static struct port_wish
wish_for(struct service_facts *facts, size_t from, bool *done)
{
	const char *host = facts->places[from].host;
	struct port *services =
	    arena_array(facts->run->arena, facts->nplaces, sizeof(*services));
	size_t n = 0;

	for (size_t i = from; i < facts->nplaces; i++)
		if (!done[i] && name_equal(facts->places[i].host, host)) {
			services[n++] = facts->places[i].port;
			done[i] = true;
		}
	return (struct port_wish){ .host = host,
		.helo = facts->target->helo,
		.services = services,
		.nservices = n };
}

static enum status
look_at_places(struct service_facts *facts)
{
	struct port_wish wishes[SERVICE_PLACES_MAX];
	bool done[SERVICE_PLACES_MAX] = { false };
	enum status status;

	for (size_t i = 0; i < facts->nplaces; i++)
		if (!done[i])
			wishes[facts->nchecks++] = wish_for(facts, i, done);
	facts->checks = arena_array(
	    facts->run->arena, facts->nchecks, sizeof(*facts->checks));
	status = port_check(facts->run, wishes, facts->nchecks, facts->checks);
	facts->out->ports = facts->checks;
	facts->out->nports = facts->nchecks;
	for (size_t i = 0; status == OK && i < facts->nchecks; i++)
		port_check_report(facts->run, &facts->checks[i]);
	return status;
}

/* --- what is said -------------------------------------------------------------- */

/* The records that led there. */
static enum status
publish(struct service_facts *facts)
{
	enum srv_service first = srv_first(facts->protocol);
	struct look look = { 0 };
	enum status status;

	for (enum srv_service s = first; s < first + 2; s++)
		for (size_t i = 0; i < facts->srv.sets[s].n; i++)
			look_publish(facts->run, facts->out,
			    facts->srv.sets[s].records[i].record);
	for (size_t i = 0; i < facts->nchecks; i++) {
		look_for(facts->run, &look, facts->checks[i].host, RR_A);
		look_for(facts->run, &look, facts->checks[i].host, RR_AAAA);
	}
	status = look_ask(facts->run, &look); /* remembered, all of them */
	for (size_t i = 0; status == OK && i < look.n; i++)
		for (size_t k = 0; k < look.answers[i]->nrecords; k++)
			look_publish(facts->run, facts->out,
			    &look.answers[i]->records[k]);
	return status;
}

/* What hides where the host may be; true when something does. */
static bool
report_trouble(struct service_facts *facts)
{
	bool trouble = look_trouble(facts->run, facts->srv.mx);

	for (size_t s = 0; s < SRV_SERVICES; s++)
		trouble |= look_trouble(facts->run, facts->srv.sets[s].answer);
	return trouble;
}

static void
report_no_host(struct service_facts *facts)
{
	const char *word = service_word(facts->protocol);
	const char *domain = facts->target->domain;

	if (report_trouble(facts))
		return;
	report(facts->run,
	    facts->srv.null_mx ? F_PORT_NO_HOST_NULL : F_PORT_NO_HOST,
	    .subject = domain,
	    .detail = { word, srv_kinds[srv_first(facts->protocol)].label,
		step_word(facts->out->step) });
}

/* Nothing tells mail programs where this is, and it is there. */
static enum status
judge_missing(struct service_facts *facts)
{
	struct service_auto found;
	const char *name = NULL;
	const char *lines = service_proposal(facts, &name);
	enum status status;

	if (lines == NULL)
		return OK;
	status = service_auto_find(facts->run, facts->target->domain, &found);
	if (status == OK && !service_auto_may_exist(&found))
		report(facts->run, F_SRV_MISSING,
		    .subject = facts->target->domain,
		    .detail = { service_word(facts->protocol), lines, name });
	return status;
}

/* Said once: of all three, submission is what every mail program has. */
static enum status
judge_auto(struct service_facts *facts)
{
	struct service_auto found;
	enum status status;

	if (facts->protocol != MAIL_SMTP)
		return OK;
	status = service_auto_find(facts->run, facts->target->domain, &found);
	if (status == OK)
		service_auto_judge(facts->run, &found, facts->out);
	return status;
}

static enum status
look_and_judge(struct service_facts *facts)
{
	enum srv_service first = srv_first(facts->protocol);
	enum status status = look_at_places(facts);

	if (status == OK)
		status = publish(facts);
	if (status != OK)
		return status;
	for (enum srv_service s = first; s < first + 2; s++)
		look_trouble(facts->run, facts->srv.sets[s].answer);
	status = service_judge_srv(facts);
	return status == OK ? judge_missing(facts) : status;
}

/* What will be asked for after the first answers goes out with them. */
static void
ask_ahead(const struct service_facts *facts)
{
	if (facts->protocol == MAIL_SMTP)
		service_auto_ahead(facts->run, facts->target->domain);
}

static enum status
check_service(struct run *run, const struct target *target,
    enum mail_protocol protocol, struct step_report *out)
{
	struct service_facts *facts =
	    arena_new_of(run->arena, struct service_facts);
	enum status status;

	*facts = (struct service_facts){
		.run = run, .target = target, .out = out, .protocol = protocol
	};
	ask_ahead(facts);
	status =
	    service_srv_find(run, target->domain, target->host, &facts->srv);
	if (status != OK)
		return status;
	choose_places(facts);
	if (facts->nplaces > 0) {
		status = look_and_judge(facts);
	} else if (srv_denies(&facts->srv, protocol)) {
		status = publish(facts);
		report(run, F_SRV_NOT_OFFERED, .subject = target->domain,
		    .detail = { service_word(protocol),
			facts->srv.sets[srv_first(protocol)].name });
	} else {
		report_no_host(facts);
	}
	return status == OK ? judge_auto(facts) : status;
}

enum status
check_pop3(
    struct run *run, const struct target *target, struct step_report *out)
{
	return check_service(run, target, MAIL_POP3, out);
}

enum status
check_imap4(
    struct run *run, const struct target *target, struct step_report *out)
{
	return check_service(run, target, MAIL_IMAP, out);
}

enum status
check_submission(
    struct run *run, const struct target *target, struct step_report *out)
{
	return check_service(run, target, MAIL_SMTP, out);
}
