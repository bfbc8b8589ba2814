/* Connections that bound their time. */
#include "tcp.h"

#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

union address {
	struct sockaddr any;
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
};

static socklen_t
address_of(const struct dns_server *to, union address *out)
{
	memset(out, 0, sizeof(*out));
	if (to->ip.family == IP_V4) {
		out->v4.sin_family = AF_INET;
		out->v4.sin_port = htons(to->port);
		memcpy(&out->v4.sin_addr, to->ip.octets, 4);
		return sizeof(out->v4);
	}
	out->v6.sin6_family = AF_INET6;
	out->v6.sin6_port = htons(to->port);
	memcpy(&out->v6.sin6_addr, to->ip.octets, 16);
	return sizeof(out->v6);
}

static enum tcp_end
end_of(int error)
{
	switch (error) {
	case 0:
		return TCP_OK;
	case ECONNREFUSED:
		return TCP_REFUSED;
	case ECONNRESET:
	case EPIPE:
		return TCP_CLOSED;
	case ETIMEDOUT:
		return TCP_TIMEOUT;
	default: /* ENETUNREACH, EHOSTUNREACH, EACCES, EAFNOSUPPORT... */
		return TCP_NO_ROUTE;
	}
}

enum tcp_end
tcp_wait(struct run *run, int fd, short events, int64_t until_ms)
{
	struct pollfd wanted = { .fd = fd, .events = events };

	for (;;) {
		int64_t left = until_ms - monotonic_ms();

		if (left <= 0)
			return TCP_TIMEOUT;
		if (run_poll(run, &wanted, 1, (int)left) != OK)
			return TCP_STOPPED;
		if (wanted.revents != 0)
			return TCP_OK;
	}
}

static enum tcp_end
finish_connect(struct run *run, int fd, int64_t until_ms)
{
	int error = 0;
	socklen_t len = sizeof(error);
	enum tcp_end end = tcp_wait(run, fd, POLLOUT, until_ms);

	if (end != TCP_OK)
		return end;
	if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &len) < 0)
		error = errno;
	if (error == ECONNRESET)
		return TCP_REFUSED;
	return end_of(error);
}

enum tcp_end
tcp_connect(struct run *run, const struct dns_server *to, int limit_ms, int *fd)
{
	union address address;
	socklen_t len = address_of(to, &address);
	enum tcp_end end = TCP_OK;

	*fd = socket(address.any.sa_family,
	    SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (*fd < 0)
		return end_of(errno);
	if (connect(*fd, &address.any, len) < 0)
		end = errno == EINPROGRESS
		    ? finish_connect(run, *fd, monotonic_ms() + limit_ms)
		    : end_of(errno);
	if (end != TCP_OK) {
		close(*fd);
		*fd = -1;
	}
	return end;
}

enum tcp_end
tcp_send(struct run *run, int fd, struct str text, int64_t until_ms)
{
	while (text.len > 0) {
		ssize_t n = send(fd, text.p, text.len, MSG_NOSIGNAL);
		enum tcp_end end;

		if (n >= 0) {
			text = str_slice(text, (size_t)n, text.len);
			continue;
		}
		if (errno == EINTR)
			continue;
		if (errno != EAGAIN)
			return TCP_CLOSED;
		end = tcp_wait(run, fd, POLLOUT, until_ms);
		if (end != TCP_OK)
			return end;
	}
	return TCP_OK;
}

enum tcp_end
tcp_receive(struct run *run, int fd, char *buffer, size_t max, int64_t until_ms,
    size_t *got)
{
	for (;;) {
		ssize_t n = recv(fd, buffer, max, 0);
		enum tcp_end end;

		if (n > 0) {
			*got = (size_t)n;
			return TCP_OK;
		}
		if (n < 0 && errno == EINTR)
			continue;
		if (n == 0 || errno != EAGAIN)
			return TCP_CLOSED;
		end = tcp_wait(run, fd, POLLIN, until_ms);
		if (end != TCP_OK)
			return end;
	}
}

static struct ip
ip_of(const union address *address)
{
	struct ip ip = { .family = IP_NONE };

	if (address->any.sa_family == AF_INET) {
		ip.family = IP_V4;
		memcpy(ip.octets, &address->v4.sin_addr, 4);
	} else if (address->any.sa_family == AF_INET6) {
		ip.family = IP_V6;
		memcpy(ip.octets, &address->v6.sin6_addr, 16);
	}
	return ip;
}

static struct ip
own_address(int fd)
{
	union address address = { .any.sa_family = AF_UNSPEC };
	socklen_t len = sizeof(address);

	if (getsockname(fd, &address.any, &len) < 0)
		return (struct ip){ .family = IP_NONE };
	return ip_of(&address);
}

bool
tcp_is_local(int fd)
{
	union address peer = { .any.sa_family = AF_UNSPEC };
	socklen_t len = sizeof(peer);

	return getpeername(fd, &peer.any, &len) == 0 &&
	    ip_equal(own_address(fd), ip_of(&peer));
}

const char *
tcp_own_literal(struct arena *arena, int fd)
{
	struct ip own = own_address(fd);

	if (own.family == IP_NONE)
		return "[127.0.0.1]";
	return arena_printf(arena, own.family == IP_V6 ? "[IPv6:%s]" : "[%s]",
	    ip_print(arena, own));
}
