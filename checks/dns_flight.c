/*
 * Questions on their way.  A flight is one question; a leg is one message to
 * one server.  The loop: settle what has come and whose time is up, then wait.
 */
#include "dns_flight.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "dns_ares.h"
#include "dns_message.h"
#include "net.h"

#define WINDOW		   48 /* questions at once */
#define PATIENCE_MS	   5000 /* for a server, from when it was asked */
#define PATIENCE_NEXT_MS   2000 /* ... before the next one is asked too */
#define PATIENCE_LITTLE_MS 2000 /* for one that was silent before */
#define PLAIN_MS	   1500 /* of silence, before trying without EDNS */
#define JUNK_MAX	   2 /* answers to something else, then it is broken */
#define OWN_SOCKET_MS	   100 /* how often our own sockets look at the time */

#define RCODE_SERVFAIL 2 /* RFC 1035 section 4.1.1 */
#define RCODE_NXDOMAIN 3

struct leg {
	struct leg *next;
	struct dns_peer *peer;
	struct dns_query query;
	struct str message;
	bool tcp;
	bool own; /* by net.c, not by c-ares */
	bool ended;
	struct carriage carriage; /* !own */
	struct net_exchange exchange; /* own */
	int64_t began_ms;
};

/* Is SERVFAIL for want of a valid signature?  RFC 4035 section 5.5. */
enum doubt {
	DOUBT_NONE,
	DOUBT_UNCHECKED, /* asked with CD: fine then? */
	DOUBT_AGAIN, /* it was; still SERVFAIL without CD? */
};

struct flight {
	struct dns_flight *order;
	struct leg *legs;
	size_t peer; /* being asked; npeers: all have been */
	int64_t began_ms;
	int64_t peer_ms; /* when this peer was asked */
	int64_t next_ms; /* when the next one is */
	int64_t until_ms; /* when to give up */
	unsigned int junk;
	const char **trouble; /* by peer: why it could not be reached */
	struct answer *failure; /* the first: SERVFAIL, REFUSED, ... */
	struct dns_peer *failed; /* who gave it */
	struct dns_facts facts; /* ... and what else it said */
	enum doubt doubt;
};

struct sky {
	struct run *run;
	struct arena *arena; /* of the answers */
	struct flight *flights;
	size_t n;
	size_t begun;
	size_t landed;
};

static bool
has_landed(const struct flight *flight)
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
		.took_ms = monotonic_ms() - leg->began_ms,
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

static void
land(struct sky *sky, struct flight *flight, const struct answer *answer)
{
	flight->order->answer = arena_new_of(sky->arena, struct answer);
	*flight->order->answer = *answer;
	flight->order->answer->name = flight->order->question.name;
	sky->landed++;
	for (struct leg *leg = flight->legs; leg != NULL; leg = leg->next)
		if (!leg->ended)
			end_leg(sky, flight, leg, _("no answer"));
}

/*
 * Sends a leg; `like` says to whom and how.  The id is random (RFC 5452
 * section 9.2), and so is the port, by the kernel.
 */
static void
send_leg(struct sky *sky, struct flight *flight, struct leg like)
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

static void
ask_peer(struct sky *sky, struct flight *flight)
{
	struct dns_peer *peer = flight->order->peers[flight->peer];
	bool is_last = flight->peer + 1 == flight->order->npeers;
	int64_t patience = peer->silent ? PATIENCE_LITTLE_MS : PATIENCE_MS;

	flight->peer_ms = monotonic_ms();
	flight->next_ms =
	    flight->peer_ms + (is_last ? patience : PATIENCE_NEXT_MS);
	if (flight->until_ms < flight->peer_ms + patience)
		flight->until_ms = flight->peer_ms + patience;
	send_leg(sky, flight,
	    (struct leg){ .peer = peer, .query.edns = !peer->plain });
}

static void
begin(struct sky *sky, struct flight *flight)
{
	flight->began_ms = monotonic_ms();
	flight->trouble =
	    arena_array(sky->run->arena, flight->order->npeers, sizeof(char *));
	ask_peer(sky, flight);
}

static void
ask_next_peer(struct sky *sky, struct flight *flight)
{
	if (flight->peer < flight->order->npeers &&
	    ++flight->peer < flight->order->npeers)
		ask_peer(sky, flight);
}

/* The turn of `peer` is over, unless it was over already. */
static void
pass_by(struct sky *sky, struct flight *flight, const struct dns_peer *peer)
{
	if (flight->peer < flight->order->npeers &&
	    flight->order->peers[flight->peer] == peer)
		ask_next_peer(sky, flight);
}

/* Keeps the first answer that is none; a later one of the same peer is what
 * came of asking it again. */
static void
fail(struct sky *sky, struct flight *flight, const struct leg *leg,
    const struct answer *answer, const struct dns_facts *facts)
{
	if (flight->failure != NULL && flight->failed != leg->peer)
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
static bool
says_bogus(const struct dns_facts *facts)
{
	return facts->ede >= 6 && facts->ede <= 12;
}

static void
land_failure(struct sky *sky, struct flight *flight, bool bogus)
{
	struct answer *answer = flight->failure;

	answer->bogus = bogus;
	if (flight->facts.ede_text != NULL)
		answer->why = arena_printf(
		    sky->arena, "%s (%s)", answer->why, flight->facts.ede_text);
	land(sky, flight, answer);
}

static void
ask_in_doubt(struct sky *sky, struct flight *flight, enum doubt doubt)
{
	flight->doubt = doubt;
	flight->until_ms = monotonic_ms() + PATIENCE_LITTLE_MS;
	send_leg(sky, flight,
	    (struct leg){
		.peer = flight->failed,
		.query.edns = !flight->failed->plain,
		.query.unchecked = doubt == DOUBT_UNCHECKED,
	    });
}

static const char *
seconds(struct sky *sky, int64_t ms)
{
	if (ms < 1000)
		return arena_printf(sky->run->arena, _("%d ms"), (int)ms);
	return arena_printf(
	    sky->run->arena, _("%d s"), (int)((ms + 500) / 1000));
}

/* "no answer from 192.0.2.53, 192.0.2.54 in 7 s"; what was worse, behind. */
static const char *
why_silent(struct sky *sky, const struct flight *flight)
{
	struct arena *arena = sky->run->arena;
	const char *silent = NULL, *trouble = NULL;

	for (size_t i = 0; i < flight->order->npeers && i <= flight->peer;
	     i++) {
		const char *text = flight->order->peers[i]->text;

		if (flight->trouble[i] != NULL)
			trouble = trouble == NULL
			    ? flight->trouble[i]
			    : arena_printf(
				  arena, "%s; %s", trouble, flight->trouble[i]);
		else
			silent = silent == NULL
			    ? text
			    : arena_printf(arena, "%s, %s", silent, text);
	}
	if (silent != NULL)
		silent = arena_printf(arena, _("no answer from %s in %s"),
		    silent, seconds(sky, monotonic_ms() - flight->began_ms));
	if (silent == NULL || trouble == NULL)
		return silent != NULL ? silent : trouble;
	return arena_printf(arena, "%s; %s", silent, trouble);
}

static void
land_silent(struct sky *sky, struct flight *flight, const char *why)
{
	land(sky, flight,
	    &(struct answer){
		.type = flight->order->question.type,
		.outcome = DNS_SILENT,
		.rcode = -1,
		.why = arena_strdup(sky->arena, why),
		.owner = flight->order->question.name,
	    });
}

/* Everybody was asked, and nobody will say more. */
static void
conclude(struct sky *sky, struct flight *flight)
{
	if (flight->failure == NULL) {
		land_silent(sky, flight, why_silent(sky, flight));
		return;
	}
	if (flight->failure->rcode == RCODE_SERVFAIL &&
	    flight->order->recurse && flight->doubt == DOUBT_NONE &&
	    !says_bogus(&flight->facts))
		ask_in_doubt(sky, flight, DOUBT_UNCHECKED);
	else
		land_failure(sky, flight, says_bogus(&flight->facts));
}

/*
 * The answer to a question asked because of SERVFAIL.  With CD everything is
 * fine and without it is not, still: it is DNSSEC.
 */
static void
resolve_doubt(struct sky *sky, struct flight *flight, struct leg *leg,
    const struct answer *answer)
{
	bool fine = answer->rcode == 0 || answer->rcode == RCODE_NXDOMAIN;

	end_leg(sky, flight, leg, result_of(sky, answer));
	if (leg->query.unchecked && fine)
		ask_in_doubt(sky, flight, DOUBT_AGAIN);
	else if (!leg->query.unchecked && answer->outcome != DNS_BROKEN)
		land(sky, flight, answer);
	else
		land_failure(sky, flight,
		    !leg->query.unchecked && answer->rcode == RCODE_SERVFAIL);
}

/* RFC 1035 section 4.2.1, RFC 7766 section 5: the whole of it by TCP. */
static void
ask_by_tcp(struct sky *sky, struct flight *flight, struct leg *leg)
{
	struct leg tcp = {
		.peer = leg->peer, .query = leg->query, .tcp = true
	};

	if (flight->doubt == DOUBT_NONE)
		fail_because(sky, flight, leg,
		    arena_printf(sky->run->arena,
			_("the answer of %s does not fit into UDP, and by TCP "
			  "there is none"),
			leg->peer->text));
	end_leg(sky, flight, leg, _("cut, once more by TCP"));
	send_leg(sky, flight, tcp);
}

static void
ask_plain(struct sky *sky, struct flight *flight, const struct leg *leg)
{
	struct leg plain = { .peer = leg->peer, .query = leg->query };

	plain.query.edns = false;
	send_leg(sky, flight, plain);
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
		ask_plain(sky, flight, leg);
	} else if (flight->doubt != DOUBT_NONE) {
		resolve_doubt(sky, flight, leg, answer);
	} else if (answer->outcome == DNS_BROKEN) {
		fail(sky, flight, leg, answer, facts);
		end_leg(sky, flight, leg, answer->why);
		pass_by(sky, flight, peer);
	} else {
		if (!leg->query.edns)
			peer->plain = true;
		end_leg(sky, flight, leg, result_of(sky, answer));
		land(sky, flight, answer);
	}
}

/*
 * Octets that answer something else.  On a socket of our own we go on waiting;
 * c-ares has stopped, so the question is sent once more.
 */
static void
take_junk(struct sky *sky, struct flight *flight, struct leg *leg)
{
	struct leg again = {
		.peer = leg->peer, .query = leg->query, .tcp = leg->tcp
	};

	if (leg->own && !leg->tcp) {
		net_reject(&leg->exchange);
		return;
	}
	end_leg(sky, flight, leg, _("malformed answer"));
	if (leg->query.edns) {
		ask_plain(sky, flight, leg);
	} else if (flight->junk++ < JUNK_MAX && !leg->tcp) {
		send_leg(sky, flight, again);
	} else {
		fail_because(sky, flight, leg, _("malformed answer"));
		pass_by(sky, flight, leg->peer);
	}
}

static void
take_octets(
    struct sky *sky, struct flight *flight, struct leg *leg, struct str octets)
{
	struct dns_facts facts;
	struct answer answer;

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
	pass_by(sky, flight, leg->peer);
}

/* The same once more, over a socket of ours. */
static void
ask_ourselves(struct sky *sky, struct flight *flight, struct leg *leg)
{
	leg->ended = true;
	send_leg(sky, flight,
	    (struct leg){ .peer = leg->peer,
		.query = leg->query,
		.tcp = leg->tcp,
		.own = true });
}

/* RFC 7686 section 2: such names are never asked for. */
static void
land_no_name(struct sky *sky, struct flight *flight, struct leg *leg)
{
	end_leg(sky, flight, leg, "RFC 7686");
	land(sky, flight,
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
		take_junk(sky, flight, leg);
		break;
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
static bool
settle_leg(struct sky *sky, struct flight *flight, struct leg *leg)
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

static bool
has_legs(const struct flight *flight)
{
	for (const struct leg *leg = flight->legs; leg != NULL; leg = leg->next)
		if (!leg->ended)
			return true;
	return false;
}

/* The leg with EDNS that nothing was heard of, and no other to that peer. */
static struct leg *
unheard(const struct flight *flight)
{
	struct leg *found = NULL;

	if (flight->peer == flight->order->npeers)
		return NULL;
	for (struct leg *leg = flight->legs; leg != NULL; leg = leg->next) {
		if (leg->peer != flight->order->peers[flight->peer])
			continue;
		if (!leg->query.edns || leg->tcp)
			return NULL;
		if (!leg->ended)
			found = leg;
	}
	return found;
}

static void
settle_time(struct sky *sky, struct flight *flight)
{
	int64_t now = monotonic_ms();
	struct leg *leg = unheard(flight);

	if (leg != NULL && now >= flight->peer_ms + PLAIN_MS)
		ask_plain(sky, flight, leg);
	if (flight->peer < flight->order->npeers && now >= flight->next_ms) {
		flight->order->peers[flight->peer]->silent = true;
		ask_next_peer(sky, flight);
	}
	if (flight->peer == flight->order->npeers &&
	    (now >= flight->until_ms || !has_legs(flight)))
		conclude(sky, flight);
}

static void
settle(struct sky *sky, struct flight *flight)
{
	bool again = true;

	while (again && !has_landed(flight)) {
		again = false;
		for (struct leg *leg = flight->legs;
		     leg != NULL && !has_landed(flight); leg = leg->next)
			again |= settle_leg(sky, flight, leg);
	}
	if (!has_landed(flight))
		settle_time(sky, flight);
}

/* Until when nothing happens by itself. */
static int64_t
next_event(const struct flight *flight)
{
	int64_t next = flight->until_ms;

	if (flight->peer < flight->order->npeers && flight->next_ms < next)
		next = flight->next_ms;
	if (unheard(flight) != NULL && flight->peer_ms + PLAIN_MS < next)
		next = flight->peer_ms + PLAIN_MS;
	return next;
}

/* Our own sockets, from fds[n] on; exchanges[] says whose they are. */
static size_t
add_own(struct sky *sky, struct pollfd *fds, size_t n,
    struct net_exchange **exchanges, int *wait_ms)
{
	for (size_t i = 0; i < sky->begun; i++) {
		struct leg *leg = sky->flights[i].legs;

		if (has_landed(&sky->flights[i]))
			continue;
		for (; leg != NULL; leg = leg->next) {
			if (!leg->own || leg->ended || n == RUN_MAX_FDS ||
			    !net_pollfd(&leg->exchange, &fds[n]))
				continue;
			exchanges[n++] = &leg->exchange;
			if (*wait_ms > OWN_SOCKET_MS)
				*wait_ms = OWN_SOCKET_MS;
		}
	}
	return n;
}

static enum status
wait_for_more(struct sky *sky)
{
	struct net_exchange *exchanges[RUN_MAX_FDS];
	struct pollfd fds[RUN_MAX_FDS];
	int64_t next = INT64_MAX, now = monotonic_ms();
	size_t channels, n;
	enum status status;
	int wait_ms;

	for (size_t i = 0; i < sky->begun; i++)
		if (!has_landed(&sky->flights[i]) &&
		    next_event(&sky->flights[i]) < next)
			next = next_event(&sky->flights[i]);
	wait_ms = next > now ? (int)(next - now) : 0;
	channels = dns_channels_pollfds(
	    sky->run, fds, RUN_MAX_FDS - WINDOW / 2, &wait_ms);
	n = add_own(sky, fds, channels, exchanges, &wait_ms);
	status = run_poll(sky->run, fds, n, wait_ms);
	if (status != OK)
		return status;
	dns_channels_ready(sky->run, fds, channels);
	for (size_t i = channels; i < n; i++)
		net_ready(exchanges[i], fds[i].revents);
	return OK;
}

/* The run is over: with what there is. */
static void
land_all(struct sky *sky)
{
	for (size_t i = 0; i < sky->n; i++) {
		struct flight *flight = &sky->flights[i];

		if (has_landed(flight))
			continue;
		if (flight->failure != NULL)
			land_failure(sky, flight, says_bogus(&flight->facts));
		else if (i < sky->begun)
			land_silent(sky, flight, why_silent(sky, flight));
		else
			land_silent(sky, flight,
			    _("the time was up before it could be asked"));
	}
}

static void
close_own(struct sky *sky)
{
	for (size_t i = 0; i < sky->begun; i++)
		for (struct leg *leg = sky->flights[i].legs; leg != NULL;
		     leg = leg->next)
			if (leg->own)
				net_close(&leg->exchange);
}

enum status
dns_fly(
    struct run *run, struct arena *arena, struct dns_flight *orders, size_t n)
{
	struct sky sky = { .run = run, .arena = arena, .n = n };
	enum status status = run_left_ms(run) > 0 ? OK : E_TIMEOUT;

	sky.flights = arena_array(run->arena, n, sizeof(*sky.flights));
	for (size_t i = 0; i < n; i++) {
		orders[i].answer = NULL;
		sky.flights[i].order = &orders[i];
	}
	while (status == OK && sky.landed < n) {
		while (sky.begun < n && sky.begun - sky.landed < WINDOW)
			begin(&sky, &sky.flights[sky.begun++]);
		for (size_t i = 0; i < sky.begun; i++)
			settle(&sky, &sky.flights[i]);
		if (sky.landed < sky.begun)
			status = wait_for_more(&sky);
	}
	close_own(&sky);
	if (status == E_CANCELLED)
		return E_CANCELLED;
	land_all(&sky);
	return OK;
}
