/* A proxy that takes its time, for questions to a name server by UDP. */
#include "delay_proxy_inside.h"

#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "mail_server_inside.h"

#define CLIENTS		32 /* the oldest is forgotten */
#define UNDER_WAY	2048 /* datagrams */
#define DATAGRAM_OCTETS 1500
#define BUFFER_OCTETS	(1 << 20) /* of a socket */
#define HEADER_OCTETS	12 /* RFC 1035 section 4.1.1 */
#define REFUSED		5

/* Its questions go to the server from a socket of their own. */
struct client {
	struct sockaddr_in at;
	int fd; /* -1: nobody */
};

struct datagram {
	long due; /* ms */
	size_t client;
	bool answer;
	size_t len;
	uint8_t octets[DATAGRAM_OCTETS];
};

/* All are late by the same time: the first to come is the first to go. */
struct queue {
	size_t first, n;
	struct datagram datagrams[UNDER_WAY];
};

struct relay {
	const struct delay_proxy *proxy;
	struct sockaddr_in server;
	unsigned int ms, most;
	unsigned int open; /* questions without an answer */
	int listener;
	struct client clients[CLIENTS];
	size_t next; /* client to be forgotten */
	struct queue queue;
};

static struct sockaddr_in
place_of(const char *address, uint16_t port)
{
	struct sockaddr_in at = { .sin_family = AF_INET,
		.sin_port = htons(port) };

	if (inet_pton(AF_INET, address, &at.sin_addr) != 1)
		server_die("not an address: \"%s\"", address);
	return at;
}

static int
open_socket(void)
{
	const int room = BUFFER_OCTETS;
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	if (fd == -1)
		server_die("socket: %s", strerror(errno));
	setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &room, sizeof(room));
	return fd;
}

static size_t
client_of(struct relay *relay, const struct sockaddr_in *at)
{
	struct client *client;
	size_t i;

	for (i = 0; i < CLIENTS; i++)
		if (relay->clients[i].fd != -1 &&
		    relay->clients[i].at.sin_port == at->sin_port &&
		    relay->clients[i].at.sin_addr.s_addr == at->sin_addr.s_addr)
			return i;
	i = relay->next;
	relay->next = (i + 1) % CLIENTS;
	client = &relay->clients[i];
	if (client->fd != -1)
		close(client->fd);
	client->at = *at;
	client->fd = open_socket();
	if (connect(client->fd, (const struct sockaddr *)&relay->server,
		sizeof(relay->server)) == -1)
		server_die("connect: %s", strerror(errno));
	return i;
}

/* Where the next datagram goes; NULL: lost, as in life. */
static struct datagram *
free_place(struct relay *relay)
{
	struct queue *queue = &relay->queue;

	return queue->n == UNDER_WAY
	    ? NULL
	    : &queue->datagrams[(queue->first + queue->n) % UNDER_WAY];
}

static void
refuse(
    const struct relay *relay, struct datagram *d, const struct sockaddr_in *to)
{
	atomic_fetch_add(relay->proxy->refused, 1);
	if (d->len < HEADER_OCTETS)
		return;
	d->octets[2] |= 0x80; /* QR */
	d->octets[3] = REFUSED;
	sendto(relay->listener, d->octets, d->len, 0,
	    (const struct sockaddr *)to, sizeof(*to));
}

static void
take_question(struct relay *relay)
{
	struct datagram *d = free_place(relay), lost;
	struct sockaddr_in from;
	socklen_t size = sizeof(from);
	ssize_t n;

	if (d == NULL)
		d = &lost;
	n = recvfrom(relay->listener, d->octets, sizeof(d->octets),
	    MSG_DONTWAIT, (struct sockaddr *)&from, &size);
	if (n <= 0 || d == &lost)
		return;
	atomic_fetch_add(relay->proxy->connections, 1);
	d->len = (size_t)n;
	if (relay->most > 0 && relay->open >= relay->most) {
		refuse(relay, d, &from);
		return;
	}
	d->client = client_of(relay, &from);
	d->answer = false;
	d->due = delay_proxy_now_ms() + relay->ms;
	relay->open++;
	relay->queue.n++;
}

static void
take_answer(struct relay *relay, size_t client)
{
	struct datagram *d = free_place(relay), lost;
	ssize_t n;

	if (d == NULL)
		d = &lost;
	n = recv(relay->clients[client].fd, d->octets, sizeof(d->octets),
	    MSG_DONTWAIT);
	if (n <= 0 || d == &lost)
		return;
	d->len = (size_t)n;
	d->client = client;
	d->answer = true;
	d->due = delay_proxy_now_ms() + relay->ms;
	relay->queue.n++;
}

static void
give(struct relay *relay, const struct datagram *d)
{
	const struct client *client = &relay->clients[d->client];

	if (!d->answer) {
		send(client->fd, d->octets, d->len, MSG_NOSIGNAL);
		return;
	}
	if (relay->open > 0)
		relay->open--;
	sendto(relay->listener, d->octets, d->len, 0,
	    (const struct sockaddr *)&client->at, sizeof(client->at));
}

/* What is due; then how long until the next is.  -1: there is none. */
static int
give_all(struct relay *relay)
{
	struct queue *queue = &relay->queue;

	while (queue->n > 0) {
		const struct datagram *d = &queue->datagrams[queue->first];
		long left = d->due - delay_proxy_now_ms();

		if (left > 0)
			return (int)left;
		give(relay, d);
		queue->first = (queue->first + 1) % UNDER_WAY;
		queue->n--;
	}
	return -1;
}

static _Noreturn void
run(struct relay *relay)
{
	for (;;) {
		struct pollfd fds[CLIENTS + 1];
		int wait_ms = give_all(relay);

		for (size_t i = 0; i < CLIENTS; i++)
			fds[i] =
			    (struct pollfd){ relay->clients[i].fd, POLLIN, 0 };
		fds[CLIENTS] = (struct pollfd){ relay->listener, POLLIN, 0 };
		if (poll(fds, CLIENTS + 1, wait_ms) == -1 && errno != EINTR)
			_exit(1);
		for (size_t i = 0; i < CLIENTS; i++)
			if (fds[i].revents != 0)
				take_answer(relay, i);
		if (fds[CLIENTS].revents != 0)
			take_question(relay);
	}
}

struct delay_proxy *
delay_proxy_start_dns(
    const char *address, uint16_t port, unsigned int ms, unsigned int most)
{
	static struct relay relay;
	struct delay_proxy *proxy = delay_proxy_new(address);
	struct sockaddr_in at;

	proxy->port = server_free_port(address);
	at = place_of(address, proxy->port);
	relay = (struct relay){ .proxy = proxy,
		.server = place_of(address, port),
		.ms = ms,
		.most = most,
		.listener = open_socket() };
	for (size_t i = 0; i < CLIENTS; i++)
		relay.clients[i].fd = -1;
	if (bind(relay.listener, (const struct sockaddr *)&at, sizeof(at)) ==
	    -1)
		server_die("%s:%u: %s", address, proxy->port, strerror(errno));
	proxy->pid = server_fork();
	if (proxy->pid == 0)
		run(&relay);
	close(relay.listener);
	return proxy;
}
