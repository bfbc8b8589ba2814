/* One message to one server, and what comes back. */
#include "dns_flight_inside.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "base/i18n.h"

bool
flight_has_landed(const struct flight *flight)
{
	return flight->order->answer != NULL;
}

static void
trace(struct sky *sky, const struct flight *flight, const struct leg *leg,
    const char *result)
{
	struct dns_trace *trace =
	    arena_new_of(sky->run->arena, struct dns_trace);

	*trace = (struct dns_trace){
		.name = flight->order->question.name,
		.type = flight->order->question.type,
		.server = leg->peer->text,
		.result = result,
		.took_ms = (leg->carriage.done ? leg->carriage.done_ms
					       : monotonic_ms()) -
		    leg->began_ms,
		.next = sky->run->trace,
	};
	sky->run->trace = trace;
}

static const char *
result_of(struct sky *sky, const struct answer *answer)
{
	switch (answer->outcome) {
	case DNS_FOUND:
		return arena_printf(sky->run->arena,
		    PLURAL("%zu record", "%zu records", answer->nrecords),
		    answer->nrecords);
	case DNS_NO_DATA:
		return answer->partial ? _("an alias") : _("no data");
	case DNS_NO_NAME:
		return "NXDOMAIN";
	default:
		return answer->why;
	}
}

static void
end_leg(struct sky *sky, const struct flight *flight, struct leg *leg,
    const char *result)
{
	leg->ended = true;
	if (leg->own)
		net_close(&leg->exchange);
	trace(sky, flight, leg, result);
}

void
flight_land(struct sky *sky, struct flight *flight, const struct answer *answer)
{
	flight->order->answer = arena_new_of(sky->arena, struct answer);
	*flight->order->answer = *answer;
	flight->order->answer->name = flight->order->question.name;
	sky->landed++;
	for (struct leg *leg = flight->legs; leg != NULL; leg = leg->next)
		if (!leg->ended)
			end_leg(sky, flight, leg,
			    leg->query.edns ? _("no answer")
					    : _("no answer without EDNS"));
}

/*
 * Sends a leg; `like` says to whom and how.  The id is random (RFC 5452
 * section 9.2), and so is the port, by the kernel.
 */
void
leg_send(struct sky *sky, struct flight *flight, struct leg like)
{
	struct leg *leg = arena_new_of(sky->run->arena, struct leg);
	struct arena *arena = sky->run->arena;

	*leg = like;
	leg->next = flight->legs;
	flight->legs = leg;
	leg->ended = false;
	leg->began_ms = monotonic_ms();
	leg->query.name = flight->order->question.name;
	leg->query.type = flight->order->question.type;
	leg->query.recurse = flight->order->recurse;
	leg->query.authentic = flight->order->recurse;
	if (getentropy(&leg->query.id, sizeof(leg->query.id)) == -1)
		leg->query.id = (uint16_t)leg->began_ms;
	dns_message_question(arena, &leg->query, &leg->message);
	if (leg->own)
		net_open(arena, &leg->peer->server, leg->tcp, leg->message,
		    &leg->exchange);
	else
		dns_carry(sky->run, &leg->peer->server, leg->tcp, leg->message,
		    &leg->carriage);
}

/* Keeps the first answer that is none; a later one of the same peer is what
 * came of asking it again. */
static void
fail(struct sky *sky, struct flight *flight, const struct leg *leg,
    const struct answer *answer, const struct dns_facts *facts)
{
	if (flight->doubt != DOUBT_NONE ||
	    (flight->failure != NULL && flight->failed != leg->peer))
		return;
	if (flight->failure == NULL)
		flight->failure = arena_new_of(sky->run->arena, struct answer);
	*flight->failure = *answer;
	flight->failed = leg->peer;
	flight->facts = *facts;
}

/* A failure of our own wording. */
static void
fail_because(struct sky *sky, struct flight *flight, const struct leg *leg,
    const char *why)
{
	struct answer answer = {
		.type = flight->order->question.type,
		.outcome = DNS_BROKEN,
		.rcode = -1,
		.why = arena_strdup(sky->arena, why),
		.owner = flight->order->question.name,
		.server = leg->peer->text,
	};

	fail(sky, flight, leg, &answer, &(struct dns_facts){ .ede = -1 });
}

/* RFC 8914 section 4: codes 6 to 12 are about DNSSEC that does not hold. */
bool
facts_say_bogus(const struct dns_facts *facts)
{
	return facts->ede >= 6 && facts->ede <= 12;
}

void
flight_land_failure(struct sky *sky, struct flight *flight, bool bogus)
{
	struct answer *answer = flight->failure;

	answer->bogus = bogus;
	if (flight->facts.ede_text != NULL)
		answer->why = arena_printf(
		    sky->arena, "%s (%s)", answer->why, flight->facts.ede_text);
	flight_land(sky, flight, answer);
}

/*
 * The answer to a question asked because of SERVFAIL.  With CD everything is
 * fine and without it is not, still: it is DNSSEC.
 */
static void
resolve_doubt(struct sky *sky, struct flight *flight, struct leg *leg,
    const struct answer *answer)
{
	bool fine =
	    answer->rcode == RCODE_NOERROR || answer->rcode == RCODE_NXDOMAIN;

	end_leg(sky, flight, leg, result_of(sky, answer));
	if (leg->query.unchecked && fine)
		flight_ask_in_doubt(sky, flight, DOUBT_AGAIN);
	else if (!leg->query.unchecked && answer->outcome != DNS_BROKEN)
		flight_land(sky, flight, answer);
	else
		flight_land_failure(sky, flight,
		    !leg->query.unchecked && answer->rcode == RCODE_SERVFAIL);
}

/* To the same server in the same way, not sent yet. */
static struct leg
copy_of(const struct leg *leg)
{
	return (struct leg){
		.peer = leg->peer,
		.query = leg->query,
		.tcp = leg->tcp,
		.doubting = leg->doubting,
	};
}

/* RFC 1035 section 4.2.1, RFC 7766 section 5: the whole of it by TCP. */
static void
ask_by_tcp(struct sky *sky, struct flight *flight, struct leg *leg)
{
	struct leg tcp = copy_of(leg);

	tcp.tcp = true;
	fail_because(sky, flight, leg,
	    arena_printf(sky->run->arena,
		_("the answer of %s does not fit into UDP, and by TCP there "
		  "is none"),
		leg->peer->text));
	end_leg(sky, flight, leg, _("cut, once more by TCP"));
	leg_send(sky, flight, tcp);
}

void
leg_send_plain(struct sky *sky, struct flight *flight, const struct leg *leg)
{
	struct leg plain = copy_of(leg);

	plain.query.edns = false;
	leg_send(sky, flight, plain);
}

static void
take_answer(struct sky *sky, struct flight *flight, struct leg *leg,
    struct answer *answer, const struct dns_facts *facts)
{
	struct dns_peer *peer = leg->peer;

	answer->server = peer->text;
	peer->silent = false;
	if (facts->truncated && !leg->tcp && !leg->query.unchecked) {
		ask_by_tcp(sky, flight, leg);
	} else if (facts->no_edns) {
		end_leg(sky, flight, leg, answer->why);
		leg_send_plain(sky, flight, leg);
	} else if (leg->doubting) {
		resolve_doubt(sky, flight, leg, answer);
	} else if (answer->outcome == DNS_BROKEN) {
		fail(sky, flight, leg, answer, facts);
		end_leg(sky, flight, leg, answer->why);
		flight_pass_by(sky, flight, peer);
	} else {
		if (!leg->query.edns)
			peer->plain = true;
		end_leg(sky, flight, leg, result_of(sky, answer));
		flight_land(sky, flight, answer);
	}
}

/*
 * The same once more, over a socket of ours.  c-ares does not tell why it
 * could not reach a server; it stops waiting at an answer that makes no sense;
 * and since 1.34 at least, such an answer ends all questions to that server.
 */
static void
ask_ourselves(struct sky *sky, struct flight *flight, struct leg *leg)
{
	struct leg own = copy_of(leg);

	own.own = true;
	if (leg->carriage.how == CARRIED_BAD_NAME)
		leg->ended = true; /* and was not sent */
	else
		end_leg(sky, flight, leg, _("asked once more"));
	leg_send(sky, flight, own);
}

/* Octets that answer something else: to be ignored, and waited on. */
static void
take_junk(struct sky *sky, struct flight *flight, struct leg *leg)
{
	if (leg->own)
		net_reject(&leg->exchange);
	else
		ask_ourselves(sky, flight, leg);
}

static void
take_octets(
    struct sky *sky, struct flight *flight, struct leg *leg, struct str octets)
{
	struct dns_facts facts;
	struct answer answer;

	/* c-ares has looked at the id; since 1.34 at least, one of its own. */
	if (!leg->own && octets.len >= DNS_HEADER_SIZE)
		leg->query.id = (uint16_t)((uint8_t)octets.p[0] << 8 |
		    (uint8_t)octets.p[1]);
	if (dns_message_read(sky->arena, octets, &leg->query, &answer, &facts))
		take_answer(sky, flight, leg, &answer, &facts);
	else
		take_junk(sky, flight, leg);
}

/* What a socket of ours found out about a server that is not there. */
static const char *
why_nowhere(struct sky *sky, const struct leg *leg)
{
	struct arena *arena = sky->run->arena;
	const struct dns_server *server = &leg->peer->server;
	const char *ip = ip_print(arena, server->ip);
	int error = leg->exchange.error;

	if (error == EBADMSG)
		return _("malformed answer");
	if (leg->tcp && (error == 0 || leg->exchange.connected))
		return arena_printf(arena,
		    _("%s closes the TCP connection without an answer"), ip);
	if (leg->tcp)
		return arena_printf(arena,
		    _("the answer of %s does not fit into UDP, and TCP port "
		      "%u cannot be reached: %s"),
		    ip, (unsigned int)server->port, strerror(error));
	if (error == ECONNREFUSED)
		return arena_printf(arena,
		    _("%s refuses connections on port %u"), ip,
		    (unsigned int)server->port);
	return arena_printf(
	    arena, _("%s cannot be reached: %s"), ip, strerror(error));
}

static void
take_failure(struct sky *sky, struct flight *flight, struct leg *leg)
{
	const char *why = why_nowhere(sky, leg);

	end_leg(sky, flight, leg, why);
	if (leg->tcp) {
		fail_because(sky, flight, leg, why);
	} else {
		leg->peer->silent = true;
		for (size_t i = 0; i < flight->order->npeers; i++)
			if (flight->order->peers[i] == leg->peer)
				flight->trouble[i] = why;
	}
	flight_pass_by(sky, flight, leg->peer);
}

/* RFC 7686 section 2: such names are never asked for. */
static void
land_no_name(struct sky *sky, struct flight *flight, struct leg *leg)
{
	end_leg(sky, flight, leg, "RFC 7686");
	flight_land(sky, flight,
	    &(struct answer){
		.type = flight->order->question.type,
		.outcome = DNS_NO_NAME,
		.rcode = RCODE_NXDOMAIN,
		.owner = flight->order->question.name,
		.server = "RFC 7686",
	    });
}

static void
take_carriage(struct sky *sky, struct flight *flight, struct leg *leg)
{
	switch (leg->carriage.how) {
	case CARRIED_ANSWER:
		take_octets(sky, flight, leg, leg->carriage.answer);
		break;
	case CARRIED_JUNK:
	case CARRIED_NOWHERE:
	case CARRIED_BAD_NAME:
		ask_ourselves(sky, flight, leg);
		break;
	case CARRIED_NO_NAME:
		land_no_name(sky, flight, leg);
		break;
	case CARRIED_SILENCE:
	case CARRIED_CANCELLED:
		end_leg(sky, flight, leg, _("no answer"));
		break;
	}
}

/* Takes what has come for one leg; false when there was nothing. */
bool
leg_settle(struct sky *sky, struct flight *flight, struct leg *leg)
{
	if (leg->ended)
		return false;
	if (!leg->own) {
		if (!leg->carriage.done)
			return false;
		take_carriage(sky, flight, leg);
		return true;
	}
	net_tick(&leg->exchange);
	if (leg->exchange.state == NET_WAITING)
		return false;
	if (leg->exchange.state == NET_ANSWERED)
		take_octets(sky, flight, leg, leg->exchange.answer);
	else
		take_failure(sky, flight, leg);
	return true;
}
