/* One DNS message to one server and back, by UDP or TCP. */
#include "net.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "dns_message.h"

#define LENGTH_SIZE	  2 /* octets before a message in TCP; 4.2.2 */
#define DATAGRAMS_AT_ONCE 16 /* read before others get their turn */

#ifndef MSG_NOSIGNAL
#define MSG_NOSIGNAL 0
#endif

static const int64_t resend_after_ms[] = { 1000, 3000 };

static void
fail(struct net_exchange *x, int error)
{
	x->state = NET_FAILED;
	x->error = error;
	net_close(x);
}

static socklen_t
socket_address(const struct dns_server *server, struct sockaddr_storage *out)
{
	struct sockaddr_in *v4 = (struct sockaddr_in *)out;
	struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)out;

	memset(out, 0, sizeof(*out));
	if (server->ip.family == IP_V4) {
		v4->sin_family = AF_INET;
		v4->sin_port = htons(server->port);
		memcpy(&v4->sin_addr, server->ip.octets, 4);
		return sizeof(*v4);
	}
	v6->sin6_family = AF_INET6;
	v6->sin6_port = htons(server->port);
	memcpy(&v6->sin6_addr, server->ip.octets, 16);
	return sizeof(*v6);
}

static void
send_datagram(struct net_exchange *x)
{
	ssize_t n;

	do
		n = send(x->fd, x->message.p, x->message.len, MSG_NOSIGNAL);
	while (n == -1 && errno == EINTR);
	if (n == -1 && errno != EAGAIN && errno != ENOBUFS)
		fail(x, errno);
}

void
net_open(struct arena *arena, const struct dns_server *server, bool tcp,
    struct str message, struct net_exchange *out)
{
	struct sockaddr_storage address;
	socklen_t size = socket_address(server, &address);

	*out = (struct net_exchange){
		.tcp = tcp,
		.message = message,
		.opened_ms = monotonic_ms(),
		.arena = arena,
	};
	out->fd = socket(address.ss_family, tcp ? SOCK_STREAM : SOCK_DGRAM, 0);
	if (out->fd == -1) {
		fail(out, errno);
		return;
	}
	fcntl(out->fd, F_SETFD, FD_CLOEXEC);
	fcntl(out->fd, F_SETFL, O_NONBLOCK);
	if (connect(out->fd, (struct sockaddr *)&address, size) == -1 &&
	    errno != EINPROGRESS)
		fail(out, errno);
	else if (!tcp)
		send_datagram(out);
}

bool
net_pollfd(const struct net_exchange *x, struct pollfd *out)
{
	if (x->state != NET_WAITING)
		return false;
	*out = (struct pollfd){ .fd = x->fd, .events = POLLIN };
	if (x->tcp && x->sent < x->message.len + LENGTH_SIZE)
		out->events = POLLOUT;
	return true;
}

/* A connected socket hands on only what comes from the server asked. */
static void
read_datagrams(struct net_exchange *x)
{
	ssize_t n = 0;

	if (x->octets == NULL)
		x->octets = arena_alloc(x->arena, DNS_MESSAGE_MAX);
	for (int i = 0; i < DATAGRAMS_AT_ONCE; i++) {
		n = recv(x->fd, x->octets, DNS_MESSAGE_MAX, 0);
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1)
			break;
		if (n < DNS_HEADER_SIZE ||
		    memcmp(x->octets, x->message.p, 2) != 0)
			continue;
		x->answer = (struct str){ (char *)x->octets, (size_t)n };
		x->state = NET_ANSWERED;
		return;
	}
	if (n == -1 && errno != EAGAIN && errno != EWOULDBLOCK)
		fail(x, errno);
}

static void
write_stream(struct net_exchange *x)
{
	size_t size = x->message.len + LENGTH_SIZE;
	unsigned char *whole = arena_alloc(x->arena, size);
	socklen_t length = sizeof(x->error);
	ssize_t n;

	if (getsockopt(x->fd, SOL_SOCKET, SO_ERROR, &x->error, &length) == -1)
		x->error = errno;
	if (x->error != 0) {
		fail(x, x->error);
		return;
	}
	x->connected = true;
	whole[0] = (unsigned char)(x->message.len >> 8);
	whole[1] = (unsigned char)(x->message.len & 0xff);
	memcpy(whole + LENGTH_SIZE, x->message.p, x->message.len);
	n = send(x->fd, whole + x->sent, size - x->sent, MSG_NOSIGNAL);
	if (n >= 0)
		x->sent += (size_t)n;
	else if (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR)
		fail(x, errno);
}

/* Octets of the message and its length, as far as the length is known. */
static size_t
octets_wanted(const struct net_exchange *x)
{
	if (x->got < LENGTH_SIZE)
		return LENGTH_SIZE;
	return LENGTH_SIZE + ((size_t)x->octets[0] << 8 | x->octets[1]);
}

static void
read_stream(struct net_exchange *x)
{
	ssize_t n;

	if (x->octets == NULL)
		x->octets =
		    arena_alloc(x->arena, LENGTH_SIZE + DNS_MESSAGE_MAX);
	while (x->got < octets_wanted(x)) {
		n = recv(
		    x->fd, x->octets + x->got, octets_wanted(x) - x->got, 0);
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1 && (errno == EAGAIN || errno == EWOULDBLOCK))
			return;
		if (n <= 0) {
			fail(x, n == 0 ? 0 : errno);
			return;
		}
		x->got += (size_t)n;
	}
	if (x->got < LENGTH_SIZE + DNS_HEADER_SIZE ||
	    memcmp(x->octets + LENGTH_SIZE, x->message.p, 2) != 0) {
		fail(x, EBADMSG);
		return;
	}
	x->answer = (struct str){ (char *)x->octets + LENGTH_SIZE,
		x->got - LENGTH_SIZE };
	x->state = NET_ANSWERED;
}

void
net_ready(struct net_exchange *x, short revents)
{
	if (x->state != NET_WAITING || revents == 0)
		return;
	if (!x->tcp)
		read_datagrams(x);
	else if (x->sent < x->message.len + LENGTH_SIZE)
		write_stream(x);
	else
		read_stream(x);
}

void
net_tick(struct net_exchange *x)
{
	if (x->tcp || x->state != NET_WAITING ||
	    x->resent == COUNT(resend_after_ms) ||
	    monotonic_ms() - x->opened_ms < resend_after_ms[x->resent])
		return;
	x->resent++;
	send_datagram(x);
}

void
net_reject(struct net_exchange *x)
{
	if (x->tcp)
		fail(x, EBADMSG);
	else
		x->state = NET_WAITING;
}

void
net_close(struct net_exchange *x)
{
	if (x->fd != -1)
		close(x->fd);
	x->fd = -1;
}

/* Connects a socket for datagrams, which sends nothing; -1: no way there. */
static int
way_to(const struct dns_server *server)
{
	struct sockaddr_storage address;
	socklen_t size = socket_address(server, &address);
	int fd = socket(address.ss_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	if (fd == -1)
		return -1;
	if (connect(fd, (struct sockaddr *)&address, size) == 0)
		return fd;
	close(fd);
	return -1;
}

bool
net_has_route(const struct dns_server *server)
{
	int fd = way_to(server);

	if (fd == -1)
		return false;
	close(fd);
	return true;
}

/* The address that this machine would send from: the same if it is its own. */
static bool
find_source(const struct dns_server *server, struct ip *out)
{
	union {
		struct sockaddr any;
		struct sockaddr_in v4;
		struct sockaddr_in6 v6;
	} own = { 0 };
	socklen_t size = sizeof(own);
	int fd = way_to(server);
	bool found;

	if (fd == -1)
		return false;
	found = getsockname(fd, &own.any, &size) == 0;
	close(fd);
	*out = (struct ip){ .family = server->ip.family };
	if (out->family == IP_V4)
		memcpy(out->octets, &own.v4.sin_addr, 4);
	else
		memcpy(out->octets, &own.v6.sin6_addr, 16);
	return found;
}

bool
net_is_nobody(const struct dns_server *server)
{
	struct ip own;

	return ip_use(server->ip) == IP_USE_DOCUMENTATION &&
	    !(find_source(server, &own) && ip_equal(own, server->ip));
}
