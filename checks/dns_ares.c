/*
 * c-ares, from 1.18 on.  A channel has one server, so that it never chooses;
 * whom to ask next is our decision.  It is told to hand over every answer
 * (ARES_FLAG_NOCHECKRESP), cut ones too (ARES_FLAG_IGNTC), and to remember
 * none.  ARES_FLAG_EDNS adds nothing to messages that are made here; without
 * it, 1.18 throws away what an answer by UDP holds behind its 512th octet.
 */
#include "dns_ares.h"

#include <ares.h>
#include <netinet/in.h>
#include <string.h>

#include "dns_message.h"

#define TRY_MS	 1000 /* the first wait; c-ares doubles it */
#define TRIES	 3
#define SOCKETS	 8 /* of one channel; it needs one or two */
#define DNS_PORT 53

#ifdef ARES_OPT_QUERY_CACHE /* 1.31 */
#define NO_CACHE ARES_OPT_QUERY_CACHE
#else
#define NO_CACHE 0
#endif

/*
 * Everything it could want to know is given, or it would read resolv.conf and
 * ask for the host name; no search domain, no hosts file.
 */
#define OPTIONS                                                                \
	(ARES_OPT_FLAGS | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES |                \
	    ARES_OPT_NDOTS | ARES_OPT_DOMAINS | ARES_OPT_LOOKUPS |             \
	    ARES_OPT_SORTLIST | ARES_OPT_SERVERS | ARES_OPT_SOCK_STATE_CB |    \
	    ARES_OPT_EDNSPSZ | NO_CACHE)

struct dns_channel {
	struct dns_channel *next;
	struct dns_server server;
	bool tcp;
	bool refused; /* what is cancelled now has nowhere to go */
	ares_channel ares;
	struct pollfd sockets[SOCKETS];
	size_t nsockets;
};

bool
dns_library_begin(void)
{
	return ares_library_init(ARES_LIB_INIT_ALL) == ARES_SUCCESS;
}

/* c-ares says which sockets it has, and what it wants of each. */
static void
socket_state(void *data, ares_socket_t fd, int readable, int writable)
{
	struct dns_channel *channel = data;
	short events =
	    (short)((readable ? POLLIN : 0) | (writable ? POLLOUT : 0));
	size_t i = 0;

	while (i < channel->nsockets && channel->sockets[i].fd != fd)
		i++;
	if (events == 0) {
		if (i < channel->nsockets)
			channel->sockets[i] =
			    channel->sockets[--channel->nsockets];
		return;
	}
	if (i == SOCKETS)
		return;
	if (i == channel->nsockets)
		channel->nsockets++;
	channel->sockets[i] = (struct pollfd){ .fd = fd, .events = events };
}

/* Everywhere else it is a struct ip. */
static bool
set_server(ares_channel ares, const struct dns_server *server)
{
	struct ares_addr_port_node node = {
		.udp_port = server->port,
		.tcp_port = server->port,
	};

	if (server->ip.family == IP_V4) {
		node.family = AF_INET;
		memcpy(&node.addr.addr4, server->ip.octets, 4);
	} else {
		node.family = AF_INET6;
		memcpy(&node.addr.addr6, server->ip.octets, 16);
	}
	return ares_set_servers_ports(ares, &node) == ARES_SUCCESS;
}

static bool
open_channel(struct dns_channel *channel)
{
	struct in_addr nowhere = { .s_addr = htonl(INADDR_LOOPBACK) };
	char lookups[] = "b";
	struct ares_options options = {
		.flags = ARES_FLAG_NOCHECKRESP | ARES_FLAG_IGNTC |
		    ARES_FLAG_NOSEARCH | ARES_FLAG_NOALIASES | ARES_FLAG_EDNS |
		    (channel->tcp ? ARES_FLAG_USEVC : 0),
		.timeout = TRY_MS,
		.tries = TRIES,
		.ndots = 1,
		.lookups = lookups,
		.servers = &nowhere,
		.nservers = 1,
		.ednspsz = DNS_EDNS_OCTETS,
		.sock_state_cb = socket_state,
		.sock_state_cb_data = channel,
	};

	if (ares_init_options(&channel->ares, &options, OPTIONS) !=
	    ARES_SUCCESS)
		return false;
	if (set_server(channel->ares, &channel->server))
		return true;
	ares_destroy(channel->ares);
	return false;
}

static struct dns_channel *
channel_to(struct run *run, const struct dns_server *server, bool tcp)
{
	struct dns_channel *channel = run->channels;

	for (; channel != NULL; channel = channel->next)
		if (channel->server.port == server->port &&
		    channel->tcp == tcp &&
		    ip_equal(channel->server.ip, server->ip))
			return channel;
	channel = arena_new_of(run->arena, struct dns_channel);
	channel->server = *server;
	channel->tcp = tcp;
	if (!open_channel(channel))
		return NULL;
	channel->next = run->channels;
	run->channels = channel;
	return channel;
}

static enum carried
meaning_of(int status)
{
	switch (status) {
	case ARES_ETIMEOUT:
		return CARRIED_SILENCE;
	case ARES_EBADNAME:
		return CARRIED_BAD_NAME;
	case ARES_ENOTFOUND:
		return CARRIED_NO_NAME;
	case ARES_EBADRESP:
	case ARES_EFORMERR:
		return CARRIED_JUNK;
	case ARES_ECANCELLED:
	case ARES_EDESTRUCTION:
		return CARRIED_CANCELLED;
	default:
		return CARRIED_NOWHERE;
	}
}

static void
arrived(void *data, int status, int timeouts, unsigned char *octets, int size)
{
	struct carriage *carriage = data;

	(void)timeouts;
	carriage->done = true;
	carriage->done_ms = monotonic_ms();
	carriage->how = meaning_of(status);
	if (status == ARES_ECANCELLED && carriage->channel->refused)
		carriage->how = CARRIED_NOWHERE;
	if (carriage->how == CARRIED_CANCELLED || octets == NULL || size <= 0)
		return;
	carriage->how = CARRIED_ANSWER;
	carriage->answer.p =
	    arena_memdup(carriage->arena, octets, (size_t)size);
	carriage->answer.len = (size_t)size;
}

void
dns_carry(struct run *run, const struct dns_server *server, bool tcp,
    struct str message, struct carriage *carriage)
{
	struct dns_channel *channel = channel_to(run, server, tcp);

	*carriage = (struct carriage){
		.arena = run->arena,
		.channel = channel,
	};
	if (channel == NULL) {
		carriage->done = true;
		carriage->done_ms = monotonic_ms();
		carriage->how = CARRIED_NOWHERE;
		return;
	}
	ares_send(channel->ares, (const unsigned char *)message.p,
	    (int)message.len, arrived, carriage);
}

size_t
dns_channels_pollfds(
    struct run *run, struct pollfd *fds, size_t max, int *wait_ms)
{
	size_t n = 0;

	for (struct dns_channel *channel = run->channels; channel != NULL;
	     channel = channel->next) {
		struct timeval limit;

		for (size_t i = 0; i < channel->nsockets && n < max; i++)
			fds[n++] = channel->sockets[i];
		if (ares_timeout(channel->ares, NULL, &limit) != NULL) {
			int64_t ms = (int64_t)limit.tv_sec * 1000 +
			    (limit.tv_usec + 999) / 1000;

			if (*wait_ms < 0 || ms < *wait_ms)
				*wait_ms = (int)ms;
		}
	}
	return n;
}

static bool
owns(const struct dns_channel *channel, int fd)
{
	for (size_t i = 0; i < channel->nsockets; i++)
		if (channel->sockets[i].fd == fd)
			return true;
	return false;
}

/*
 * The server's host says that nobody listens there (ICMP).  c-ares tries again
 * by itself, but 1.27 loses questions when sendto() is told so first.
 */
static void
refuse(struct dns_channel *channel)
{
	channel->refused = true;
	ares_cancel(channel->ares);
	channel->refused = false;
}

void
dns_channels_ready(struct run *run, const struct pollfd *fds, size_t n)
{
	const short in = POLLIN | POLLERR | POLLHUP;
	const short out = POLLOUT | POLLERR | POLLHUP;

	for (struct dns_channel *channel = run->channels; channel != NULL;
	     channel = channel->next) {
		bool refused = false;

		for (size_t i = 0; i < n; i++) {
			if (fds[i].revents == 0 || !owns(channel, fds[i].fd))
				continue;
			refused |= (fds[i].revents & POLLERR) != 0;
			ares_process_fd(channel->ares,
			    fds[i].revents & in ? fds[i].fd : ARES_SOCKET_BAD,
			    fds[i].revents & out ? fds[i].fd : ARES_SOCKET_BAD);
		}
		if (refused && !channel->tcp)
			refuse(channel);
		/* What has timed out. */
		ares_process_fd(
		    channel->ares, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
	}
}

void
dns_channels_close(struct run *run)
{
	for (struct dns_channel *channel = run->channels; channel != NULL;
	     channel = channel->next)
		ares_destroy(channel->ares);
	run->channels = NULL;
}

/* False for what is no address of a server: the family is unknown. */
static bool
read_node(const struct ares_addr_port_node *node, struct dns_server *out)
{
	*out = (struct dns_server){ 0 };
	if (node->family == AF_INET) {
		out->ip.family = IP_V4;
		memcpy(out->ip.octets, &node->addr.addr4, 4);
	} else if (node->family == AF_INET6) {
		out->ip.family = IP_V6;
		memcpy(out->ip.octets, &node->addr.addr6, 16);
	} else {
		return false;
	}
	out->port = node->udp_port > 0 && node->udp_port <= UINT16_MAX
	    ? (uint16_t)node->udp_port
	    : DNS_PORT;
	return true;
}

/*
 * Where the system names no server, one on this machine is assumed, as
 * resolv.conf(5) says.
 */
size_t
dns_system_servers(struct dns_server *out, size_t max)
{
	struct ares_addr_port_node *nodes = NULL;
	ares_channel ares;
	size_t n = 0;

	if (ares_init(&ares) == ARES_SUCCESS) {
		if (ares_get_servers_ports(ares, &nodes) == ARES_SUCCESS)
			for (struct ares_addr_port_node *node = nodes;
			     node != NULL && n < max; node = node->next)
				if (read_node(node, &out[n]))
					n++;
		if (nodes != NULL)
			ares_free_data(nodes);
		ares_destroy(ares);
	}
	if (n == 0 && max > 0)
		out[n++] = (struct dns_server){
			.ip = { .family = IP_V4, .octets = { 127, 0, 0, 1 } },
			.port = DNS_PORT,
		};
	return n;
}
