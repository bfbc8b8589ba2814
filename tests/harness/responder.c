/* A name server that does what it is told; ldns writes what it says. */
#include "responder.h"

#include <arpa/inet.h>
#include <errno.h>
#include <ldns/ldns.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "server_inside.h"

#define MESSAGE_MAX 65535

struct message {
	uint8_t octets[MESSAGE_MAX + 8];
	size_t len;
};

/* One question, and the one who asks. */
struct caller {
	const struct reply *reply;
	struct heard *heard;
	bool tcp;
	int fd;
	struct sockaddr_storage from; /* UDP */
	socklen_t from_size;
	ldns_pkt *query;
	bool edns;
	bool first;
};

static const struct reply refused = { .rcode = LDNS_RCODE_REFUSED };

static void
add_records(ldns_pkt *packet, ldns_pkt_section section, const char *lines)
{
	char *copy, *next, *line;

	if (lines == NULL)
		return;
	copy = next = strdup(lines);
	while ((line = strsep(&next, "\n")) != NULL) {
		ldns_rr *rr = NULL;

		if (*line == '\0')
			continue;
		if (ldns_rr_new_frm_str(&rr, line, 300, NULL, NULL) !=
		    LDNS_STATUS_OK)
			server_die("not a record: %s", line);
		ldns_pkt_push_rr(packet, section, rr);
	}
	free(copy);
}

static void
add_ede(ldns_pkt *packet, int code)
{
	uint8_t option[] = { 0, 15, 0, 6, 0, (uint8_t)code, 'w', 'h', 'y',
		'\033' };

	ldns_pkt_set_edns_udp_size(packet, 1232);
	ldns_pkt_set_edns_data(packet,
	    ldns_rdf_new_frm_data(
		LDNS_RDF_TYPE_UNKNOWN, sizeof(option), option));
}

static ldns_pkt *
right_answer(const struct caller *c)
{
	const struct reply *reply = c->reply;
	ldns_pkt *packet = ldns_pkt_new();
	int rcode = reply->rcode;
	bool fails = (reply->fault & R_SERVFAIL_CHECKED) ||
	    ((reply->fault & R_FAIL_FIRST) && c->first);

	ldns_pkt_set_id(packet, ldns_pkt_id(c->query));
	ldns_pkt_set_qr(packet, true);
	ldns_pkt_set_rd(packet, ldns_pkt_rd(c->query));
	ldns_pkt_set_ra(packet, reply->fault & R_RA);
	ldns_pkt_set_aa(packet, reply->fault & R_AA);
	ldns_pkt_set_ad(packet, reply->fault & R_AD);
	if (reply->fault & R_NXDOMAIN)
		rcode = LDNS_RCODE_NXDOMAIN;
	if (fails && !ldns_pkt_cd(c->query))
		rcode = LDNS_RCODE_SERVFAIL;
	ldns_pkt_set_rcode(packet, (uint8_t)rcode);
	ldns_pkt_push_rr_list(packet, LDNS_SECTION_QUESTION,
	    ldns_rr_list_clone(ldns_pkt_question(c->query)));
	if (rcode == LDNS_RCODE_NOERROR || rcode == LDNS_RCODE_NXDOMAIN) {
		add_records(packet, LDNS_SECTION_ANSWER, reply->answer);
		add_records(packet, LDNS_SECTION_AUTHORITY, reply->authority);
	}
	if (c->edns && reply->ede != 0 && rcode == LDNS_RCODE_SERVFAIL)
		add_ede(packet, reply->ede);
	return packet;
}

static void
write_out(ldns_pkt *packet, struct message *out)
{
	uint8_t *wire = NULL;

	if (ldns_pkt2wire(&wire, packet, &out->len) != LDNS_STATUS_OK)
		server_die("a message cannot be written");
	memcpy(out->octets, wire, out->len);
	free(wire);
	ldns_pkt_free(packet);
}

/* Where the question ends: behind its name, type and class. */
static size_t
end_of_question(const struct message *m)
{
	size_t i = LDNS_HEADER_SIZE;

	while (i < m->len && m->octets[i] != 0)
		i += (size_t)m->octets[i] + 1;
	return i + 5;
}

static void
make_header_only(struct message *m)
{
	memset(m->octets + 4, 0, 8);
	m->len = LDNS_HEADER_SIZE;
}

/* The faults that are a matter of octets. */
static void
spoil(struct message *m, unsigned int fault)
{
	size_t records = end_of_question(m);

	if (fault & R_WRONG_ID)
		m->octets[0] ^= 0x55;
	if (fault & R_WRONG_QUESTION)
		m->octets[LDNS_HEADER_SIZE + 1] ^= 1;
	if (fault & R_WRONG_TYPE)
		m->octets[records - 3] ^= 2;
	if (fault & R_NO_QR)
		m->octets[2] &= 0x7f;
	if (fault & R_LYING_COUNT)
		m->octets[7] = 7;
	if (fault & R_POINTER_LOOP) {
		m->octets[records] = (uint8_t)(0xc0 | records >> 8);
		m->octets[records + 1] = (uint8_t)records;
	}
	if (fault & R_LONG_RDATA)
		m->octets[records + 10] = 0xff;
	if (fault & R_CUT)
		m->len -= 3;
	if (fault & R_BARE)
		make_header_only(m);
	if (fault & R_EMPTY)
		m->len = 0;
}

/* What this question gets; false: nothing. */
static bool
compose(const struct caller *c, bool spoilt, struct message *out)
{
	unsigned int fault = c->reply->fault;

	if ((fault & R_SILENT) || ((fault & R_DROP_FIRST) && c->first) ||
	    ((fault & R_DROP_EDNS) && c->edns))
		return false;
	write_out(right_answer(c), out);
	if ((fault & (R_NO_EDNS | R_NO_EDNS_BARE)) && c->edns) {
		out->len = end_of_question(out);
		memset(out->octets + 6, 0, 6);
		out->octets[3] = LDNS_RCODE_FORMERR;
		if (fault & R_NO_EDNS_BARE)
			make_header_only(out);
		return true;
	}
	if ((fault & R_TRUNCATED) && !c->tcp) {
		out->octets[2] |= 2;
		out->len = end_of_question(out);
		memset(out->octets + 6, 0, 6);
	}
	if (spoilt)
		spoil(out, fault);
	return true;
}

static void
send_udp(const struct caller *c, const struct message *m)
{
	int fd = c->fd;

	if (c->reply->fault & R_OTHER_SOURCE) {
		struct sockaddr_storage any = { 0 };

		fd = socket(c->from.ss_family, SOCK_DGRAM, 0);
		any.ss_family = c->from.ss_family;
		(void)!bind(fd, (struct sockaddr *)&any, c->from_size);
	}
	sendto(fd, m->octets, m->len, 0, (const struct sockaddr *)&c->from,
	    c->from_size);
	if (fd != c->fd)
		close(fd);
}

static void
send_tcp(const struct caller *c, const struct message *m)
{
	uint8_t length[2] = { (uint8_t)(m->len >> 8), (uint8_t)m->len };
	unsigned int fault = c->reply->fault;
	size_t pieces = fault & R_TCP_PIECES ? 20 : 0;
	size_t len = fault & R_TCP_HALF ? m->len / 2 : m->len;

	if (fault & (R_TCP_CLOSED | R_TCP_SILENT))
		return;
	send(c->fd, length, 1, MSG_NOSIGNAL);
	if (pieces > 0)
		usleep(2000);
	send(c->fd, length + 1, 1, MSG_NOSIGNAL);
	for (size_t i = 0; i < pieces && i < len; i++) {
		send(c->fd, m->octets + i, 1, MSG_NOSIGNAL);
		usleep(1000);
	}
	send(c->fd, m->octets + pieces, len - pieces, MSG_NOSIGNAL);
}

static void
answer(const struct caller *c)
{
	static struct message m;
	unsigned int fault = c->reply->fault;

	if (c->reply->delay_ms > 0)
		usleep((useconds_t)c->reply->delay_ms * 1000);
	if (!compose(c, true, &m))
		return;
	if (c->tcp) {
		send_tcp(c, &m);
		return;
	}
	send_udp(c, &m);
	if (fault & R_TWICE)
		send_udp(c, &m);
	if ((fault & R_THEN_RIGHT) && compose(c, false, &m)) {
		struct reply right = *c->reply;
		struct caller again = *c;

		right.fault &= ~(unsigned int)R_OTHER_SOURCE;
		again.reply = &right;
		send_udp(&again, &m);
	}
}

static const struct reply *
find_reply(const struct responder *r, const struct reply *replies,
    const ldns_rr *question, struct heard **heard)
{
	char *name = ldns_rdf2str(ldns_rr_owner(question));
	const struct reply *found = &refused;

	if (strlen(name) > 1)
		name[strlen(name) - 1] = '\0';
	for (size_t i = 0; i < r->nreplies; i++) {
		if (replies[i].name != NULL &&
		    strcasecmp(replies[i].name, name) != 0)
			continue;
		if (replies[i].type != 0 &&
		    replies[i].type != (int)ldns_rr_get_type(question))
			continue;
		found = &replies[i];
		*heard = &r->heard[i];
		break;
	}
	free(name);
	return found;
}

/* What was delayed is answered by a child, so that the others go on. */
static void
serve(const struct responder *r, const struct reply *replies, struct caller *c,
    const uint8_t *octets, size_t len)
{
	static struct heard unknown;

	c->reply = &refused;
	if (ldns_wire2pkt(&c->query, octets, len) != LDNS_STATUS_OK ||
	    ldns_pkt_qdcount(c->query) != 1)
		return;
	c->heard = &unknown;
	c->reply = find_reply(r, replies,
	    ldns_rr_list_rr(ldns_pkt_question(c->query), 0), &c->heard);
	c->edns = ldns_pkt_edns(c->query);
	c->first = c->heard->udp + c->heard->tcp == 0;
	atomic_fetch_add(c->tcp ? &c->heard->tcp : &c->heard->udp, 1);
	atomic_fetch_add(&c->heard->edns, c->edns);
	atomic_fetch_add(&c->heard->checked_off, ldns_pkt_cd(c->query));
	c->heard->flags = (unsigned int)octets[2] << 8 | octets[3];
	if (c->reply->delay_ms == 0) {
		answer(c);
	} else if (fork() == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		answer(c);
		_exit(0);
	}
	ldns_pkt_free(c->query);
}

static void
serve_udp(const struct responder *r, const struct reply *replies, int fd)
{
	static uint8_t octets[MESSAGE_MAX];
	struct caller c = { .fd = fd, .from_size = sizeof(c.from) };
	ssize_t n = recvfrom(fd, octets, sizeof(octets), 0,
	    (struct sockaddr *)&c.from, &c.from_size);

	if (n > 0)
		serve(r, replies, &c, octets, (size_t)n);
}

/* The whole of a message and its length; false at the end of the stream. */
static bool
read_whole(int fd, uint8_t *out, size_t len)
{
	while (len > 0) {
		ssize_t n = recv(fd, out, len, 0);

		if (n <= 0)
			return false;
		out += n;
		len -= (size_t)n;
	}
	return true;
}

/* A child for each connection; many questions may come over one. */
static void
serve_tcp(const struct responder *r, const struct reply *replies, int fd)
{
	static uint8_t octets[MESSAGE_MAX];
	struct caller c = { .tcp = true, .fd = accept(fd, NULL, NULL) };
	uint8_t length[2];

	if (fork() != 0) {
		close(c.fd);
		return;
	}
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	while (read_whole(c.fd, length, 2)) {
		size_t len = (size_t)length[0] << 8 | length[1];

		if (!read_whole(c.fd, octets, len))
			break;
		serve(r, replies, &c, octets, len);
		if (c.reply->fault & (R_TCP_CLOSED | R_TCP_HALF))
			break;
	}
	_exit(0);
}

static _Noreturn void
run(const struct responder *r, const struct reply *replies, int udp, int tcp)
{
	struct pollfd fds[] = {
		{ .fd = udp, .events = POLLIN },
		{ .fd = tcp, .events = POLLIN },
	};

	signal(SIGCHLD, SIG_IGN);
	for (;;) {
		if (poll(fds, 2, -1) == -1 && errno != EINTR)
			_exit(1);
		if (fds[0].revents & POLLIN)
			serve_udp(r, replies, udp);
		if (fds[1].revents & POLLIN)
			serve_tcp(r, replies, tcp);
	}
}

/* UDP and TCP on one port. */
static void
open_sockets(const struct dns_server *server, int *udp, int *tcp)
{
	struct sockaddr_storage at = { 0 };
	struct sockaddr_in *v4 = (struct sockaddr_in *)&at;
	struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)&at;
	socklen_t size = sizeof(*v6);
	int yes = 1;

	if (server->ip.family == IP_V4) {
		v4->sin_family = AF_INET;
		v4->sin_port = htons(server->port);
		memcpy(&v4->sin_addr, server->ip.octets, 4);
		size = sizeof(*v4);
	} else {
		v6->sin6_family = AF_INET6;
		v6->sin6_port = htons(server->port);
		memcpy(&v6->sin6_addr, server->ip.octets, 16);
	}
	*udp = socket(at.ss_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	*tcp = socket(at.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	setsockopt(*tcp, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
	if (bind(*udp, (struct sockaddr *)&at, size) == -1 ||
	    bind(*tcp, (struct sockaddr *)&at, size) == -1 ||
	    listen(*tcp, 16) == -1)
		server_die("port %d: %s", server->port, strerror(errno));
}

struct responder *
responder_start(const char *address, const struct reply *replies, size_t n)
{
	struct responder *r = calloc(1, sizeof(*r));
	int udp, tcp;

	if (!ip_parse(str_of(address), &r->server.ip))
		server_die("not an address: %s", address);
	r->server.port = server_free_port(address);
	r->nreplies = n;
	r->heard = mmap(NULL, (n + 1) * sizeof(*r->heard),
	    PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	open_sockets(&r->server, &udp, &tcp);
	r->pid = server_fork();
	if (r->pid == 0)
		run(r, replies, udp, tcp);
	close(udp);
	close(tcp);
	return r;
}

void
responder_stop(struct responder *r)
{
	if (r == NULL)
		return;
	server_kill(r->pid);
	munmap(r->heard, (r->nreplies + 1) * sizeof(*r->heard));
	free(r);
}

unsigned int
responder_heard(const struct responder *r)
{
	unsigned int n = 0;

	for (size_t i = 0; i < r->nreplies; i++)
		n += r->heard[i].udp + r->heard[i].tcp;
	return n;
}
