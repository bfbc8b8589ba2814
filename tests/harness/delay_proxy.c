/* A TCP proxy that takes its time. */
#include "delay_proxy_inside.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "mail_server_inside.h"

#define PIECES	     64 /* on their way at once, each direction */
#define PIECE_OCTETS 16384

struct piece {
	long due; /* ms */
	size_t len; /* 0: the end */
	char octets[PIECE_OCTETS];
};

/* One direction: a ring of pieces. */
struct lane {
	int from, to;
	size_t first, n;
	bool ended, shut;
	struct piece pieces[PIECES];
};

long
delay_proxy_now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void
take(struct lane *lane, unsigned int ms)
{
	struct piece *piece = &lane->pieces[(lane->first + lane->n) % PIECES];
	ssize_t n = recv(lane->from, piece->octets, sizeof(piece->octets), 0);

	piece->len = n > 0 ? (size_t)n : 0;
	piece->due = delay_proxy_now_ms() + ms;
	lane->ended = n <= 0;
	lane->n++;
}

static void
give(struct lane *lane)
{
	while (lane->n > 0 &&
	    lane->pieces[lane->first].due <= delay_proxy_now_ms()) {
		const struct piece *piece = &lane->pieces[lane->first];
		size_t sent = 0;

		while (sent < piece->len) {
			ssize_t n = send(lane->to, piece->octets + sent,
			    piece->len - sent, MSG_NOSIGNAL);

			if (n <= 0)
				_exit(0);
			sent += (size_t)n;
		}
		if (piece->len == 0) {
			shutdown(lane->to, SHUT_WR);
			lane->shut = true;
		}
		lane->first = (lane->first + 1) % PIECES;
		lane->n--;
	}
}

/* Until the next piece is due; -1: there is none. */
static int
pause_ms(const struct lane lanes[static 2])
{
	long least = -1, now = delay_proxy_now_ms();

	for (int i = 0; i < 2; i++) {
		long left = lanes[i].n > 0
		    ? lanes[i].pieces[lanes[i].first].due - now
		    : -1;

		if (lanes[i].n > 0 && left < 0)
			left = 0;
		if (left >= 0 && (least < 0 || left < least))
			least = left;
	}
	return (int)least;
}

static _Noreturn void
carry(int client, int server, unsigned int ms)
{
	static struct lane lanes[2];
	const int yes = 1;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
	setsockopt(server, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
	lanes[0].from = lanes[1].to = client;
	lanes[0].to = lanes[1].from = server;
	while (!lanes[0].shut || !lanes[1].shut) {
		struct pollfd fds[2];

		for (int i = 0; i < 2; i++) {
			bool open = !lanes[i].ended && lanes[i].n < PIECES;

			fds[i] = (struct pollfd){ open ? lanes[i].from : -1,
				POLLIN, 0 };
		}
		if (poll(fds, 2, pause_ms(lanes)) == -1 && errno != EINTR)
			break;
		for (int i = 0; i < 2; i++) {
			if (fds[i].revents != 0)
				take(&lanes[i], ms);
			give(&lanes[i]);
		}
	}
	_exit(0);
}

static _Noreturn void
run(const struct delay_proxy *proxy, int listener, uint16_t port,
    unsigned int ms)
{
	signal(SIGCHLD, SIG_IGN);
	for (;;) {
		int client = accept(listener, NULL, NULL), server;

		if (client == -1)
			continue;
		atomic_fetch_add(proxy->connections, 1);
		if (fork() == 0) {
			server = mail_connect(proxy->address, port);
			if (server == -1)
				_exit(0);
			carry(client, server, ms);
		}
		close(client);
	}
}

struct delay_proxy *
delay_proxy_new(const char *address)
{
	struct delay_proxy *proxy = calloc(1, sizeof(*proxy));
	atomic_uint *counts;

	if (proxy == NULL)
		server_die("out of memory");
	snprintf(proxy->address, sizeof(proxy->address), "%s", address);
	counts = mmap(NULL, 2 * sizeof(*counts), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (counts == MAP_FAILED)
		server_die("mmap: %s", strerror(errno));
	proxy->connections = counts;
	proxy->refused = counts + 1;
	return proxy;
}

struct delay_proxy *
delay_proxy_start(const char *address, uint16_t port, unsigned int ms)
{
	struct delay_proxy *proxy = delay_proxy_new(address);
	int listener = mail_listen(address, &proxy->port);

	proxy->pid = server_fork();
	if (proxy->pid == 0)
		run(proxy, listener, port, ms);
	close(listener);
	return proxy;
}

void
delay_proxy_stop(struct delay_proxy *proxy)
{
	if (proxy == NULL)
		return;
	server_kill(proxy->pid);
	munmap(proxy->connections, 2 * sizeof(*proxy->connections));
	free(proxy);
}
