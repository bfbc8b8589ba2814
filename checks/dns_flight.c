/*
 * Questions on their way: settle what has come and whose time is up, then
 * wait, until all have landed.
 */
#include "dns_flight_inside.h"

#include "base/i18n.h"

#define WINDOW		   48 /* questions at once, unless the run says */
#define PATIENCE_MS	   5000 /* for a server, from when it was asked */
#define PATIENCE_NEXT_MS   2000 /* ... before the next one is asked too */
#define PATIENCE_LITTLE_MS 2000 /* for one that was silent before */
#define PATIENCE_NONE_MS   200 /* ... before the next one, then */
#define PLAIN_MS	   1500 /* of silence, before trying without EDNS */
#define OWN_SOCKET_MS	   100 /* how often our own sockets look at the time */

/*
 * How long until the next server is asked too.  Each gets its part of the time
 * that is left; after one that was silent before, there is no need to wait.
 */
static int64_t
patience_before_next(const struct sky *sky, const struct flight *flight)
{
	size_t peers = flight->order->npeers - flight->peer;
	int64_t part = run_left_ms(sky->run) / (int64_t)peers;
	int64_t most = flight->order->peers[flight->peer]->silent
	    ? PATIENCE_NONE_MS
	    : PATIENCE_NEXT_MS;

	return part < most ? part : most;
}

static void
ask_peer(struct sky *sky, struct flight *flight)
{
	struct dns_peer *peer = flight->order->peers[flight->peer];
	bool is_last = flight->peer + 1 == flight->order->npeers;
	int64_t patience = peer->silent ? PATIENCE_LITTLE_MS : PATIENCE_MS;

	flight->peer_ms = monotonic_ms();
	flight->next_ms = flight->peer_ms +
	    (is_last ? patience : patience_before_next(sky, flight));
	if (flight->until_ms < flight->peer_ms + patience)
		flight->until_ms = flight->peer_ms + patience;
	leg_send(sky, flight,
	    (struct leg){ .peer = peer, .query.edns = !peer->plain });
}

/* A flight that set out before anybody asked. */
struct dns_ahead {
	struct dns_ahead *next;
	struct dns_flight order;
	struct flight flight;
	bool taken;
};

static struct dns_ahead *
find_ahead(struct run *run, const struct dns_flight *order)
{
	struct dns_ahead *ahead = run->ahead;

	for (; ahead != NULL; ahead = ahead->next)
		if (!ahead->taken && ahead->order.whose == order->whose &&
		    ahead->order.recurse == order->recurse &&
		    ahead->order.question.type == order->question.type &&
		    name_equal(
			ahead->order.question.name, order->question.name))
			return ahead;
	return NULL;
}

/*
 * What was sent ahead and has come is taken as it is.  For what has not, the
 * time begins now: nobody has looked at the socket since.
 */
static bool
take_ahead(struct sky *sky, struct flight *flight)
{
	struct dns_ahead *ahead = find_ahead(sky->run, flight->order);
	struct dns_flight *order = flight->order;
	int64_t late;

	if (ahead == NULL)
		return false;
	ahead->taken = true;
	*flight = ahead->flight;
	flight->order = order;
	order->peers = ahead->order.peers;
	order->npeers = ahead->order.npeers;
	late = monotonic_ms() - flight->began_ms;
	flight->peer_ms += late;
	flight->next_ms += late;
	flight->until_ms += late;
	return true;
}

static size_t
flying(const struct sky *sky)
{
	return sky->begun - sky->landed - sky->parked;
}

static void
begin(struct sky *sky, struct flight *flight)
{
	flight->crowded = flying(sky) > WINDOW;
	if (take_ahead(sky, flight))
		return;
	flight->began_ms = monotonic_ms();
	flight->trouble =
	    arena_array(sky->run->arena, flight->order->npeers, sizeof(char *));
	ask_peer(sky, flight);
}

/* As many as may be under way; those that were refused, once more. */
static void
set_out(struct sky *sky)
{
	while (sky->begun < sky->n && flying(sky) < sky->window)
		begin(sky, &sky->flights[sky->begun++]);
	for (size_t i = 0; sky->parked > 0 && i < sky->begun; i++) {
		struct flight *flight = &sky->flights[i];

		if (!flight->parked || flying(sky) >= WINDOW)
			continue;
		*flight = (struct flight){ .order = flight->order };
		sky->parked--;
		begin(sky, flight);
	}
}

static void
ask_next_peer(struct sky *sky, struct flight *flight)
{
	if (flight->peer < flight->order->npeers &&
	    ++flight->peer < flight->order->npeers)
		ask_peer(sky, flight);
}

/* The turn of `peer` is over, unless it was over already. */
void
flight_pass_by(
    struct sky *sky, struct flight *flight, const struct dns_peer *peer)
{
	if (flight->peer < flight->order->npeers &&
	    flight->order->peers[flight->peer] == peer)
		ask_next_peer(sky, flight);
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
	flight_land(sky, flight,
	    &(struct answer){
		.type = flight->order->question.type,
		.outcome = DNS_SILENT,
		.rcode = -1,
		.why = arena_strdup(sky->arena, why),
		.owner = flight->order->question.name,
	    });
}

void
flight_ask_in_doubt(struct sky *sky, struct flight *flight, enum doubt doubt)
{
	flight->doubt = doubt;
	flight->until_ms = monotonic_ms() + PATIENCE_LITTLE_MS;
	leg_send(sky, flight,
	    (struct leg){
		.peer = flight->failed,
		.doubting = true,
		.query.edns = !flight->failed->plain,
		.query.unchecked = doubt == DOUBT_UNCHECKED,
	    });
}

static bool
has_legs(const struct flight *flight)
{
	for (const struct leg *leg = flight->legs; leg != NULL; leg = leg->next)
		if (!leg->ended)
			return true;
	return false;
}

/*
 * Too many at once for a server that refuses some for that: dnsmasq, the
 * resolver of many a home router, takes 150.
 */
static bool
is_refused_in_a_crowd(const struct flight *flight)
{
	return flight->crowded && !has_legs(flight) &&
	    flight->failure != NULL && flight->failure->rcode == RCODE_REFUSED;
}

/* Everybody was asked, and nobody will say more. */
static void
conclude(struct sky *sky, struct flight *flight)
{
	if (is_refused_in_a_crowd(flight)) {
		flight->parked = true;
		sky->parked++;
		sky->window = WINDOW;
		return;
	}
	if (flight->failure == NULL) {
		land_silent(sky, flight, why_silent(sky, flight));
		return;
	}
	if (flight->failure->rcode == RCODE_SERVFAIL &&
	    flight->order->recurse && flight->doubt == DOUBT_NONE &&
	    !facts_say_bogus(&flight->facts))
		flight_ask_in_doubt(sky, flight, DOUBT_UNCHECKED);
	else
		flight_land_failure(
		    sky, flight, facts_say_bogus(&flight->facts));
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
		leg_send_plain(sky, flight, leg);
	if (flight->peer < flight->order->npeers && now >= flight->next_ms) {
		flight->order->peers[flight->peer]->silent = true;
		ask_next_peer(sky, flight);
	}
	if (flight->peer == flight->order->npeers &&
	    (now >= flight->until_ms || !has_legs(flight)))
		conclude(sky, flight);
}

static bool
is_flying(const struct flight *flight)
{
	return !flight->parked && !flight_has_landed(flight);
}

static void
settle(struct sky *sky, struct flight *flight)
{
	bool again = is_flying(flight);

	while (again && !flight_has_landed(flight)) {
		again = false;
		for (struct leg *leg = flight->legs;
		     leg != NULL && !flight_has_landed(flight); leg = leg->next)
			again |= leg_settle(sky, flight, leg);
	}
	if (is_flying(flight))
		settle_time(sky, flight);
}

/* Until when nothing happens by itself. */
static int64_t
next_event(const struct flight *flight)
{
	int64_t next = flight->peer < flight->order->npeers ? flight->next_ms
							    : flight->until_ms;

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

		if (!is_flying(&sky->flights[i]))
			continue;
		for (; leg != NULL; leg = leg->next) {
			if (!leg->own || leg->ended)
				continue;
			if (*wait_ms > OWN_SOCKET_MS)
				*wait_ms = OWN_SOCKET_MS;
			if (n < RUN_MAX_FDS &&
			    net_pollfd(&leg->exchange, &fds[n]))
				exchanges[n++] = &leg->exchange;
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
		if (is_flying(&sky->flights[i]) &&
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

		if (flight_has_landed(flight))
			continue;
		if (flight->failure != NULL)
			flight_land_failure(
			    sky, flight, facts_say_bogus(&flight->facts));
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

	sky.window = run->at_once > WINDOW ? run->at_once : WINDOW;
	sky.flights = arena_array(run->arena, n, sizeof(*sky.flights));
	for (size_t i = 0; i < n; i++) {
		orders[i].answer = NULL;
		sky.flights[i].order = &orders[i];
	}
	while (status == OK && sky.landed < n) {
		set_out(&sky);
		for (size_t i = 0; i < sky.begun; i++)
			settle(&sky, &sky.flights[i]);
		if (flying(&sky) > 0)
			status = wait_for_more(&sky);
	}
	close_own(&sky);
	if (status == E_CANCELLED)
		return E_CANCELLED;
	land_all(&sky);
	return OK;
}

void
dns_fly_ahead(struct run *run, const struct dns_flight *orders, size_t n)
{
	struct sky sky = { .run = run };

	for (size_t i = 0; i < n && i < WINDOW; i++) {
		struct dns_ahead *ahead;

		if (find_ahead(run, &orders[i]) != NULL)
			continue;
		ahead = arena_new_of(run->arena, struct dns_ahead);
		ahead->order = orders[i];
		ahead->order.question.name =
		    arena_strdup(run->arena, orders[i].question.name);
		ahead->flight.order = &ahead->order;
		begin(&sky, &ahead->flight);
		ahead->next = run->ahead;
		run->ahead = ahead;
	}
}
