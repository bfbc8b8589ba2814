/* A dialogue in lines. */
#include "wire.h"

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/i18n.h"

enum tcp_end
wire_open(struct wire *wire, struct run *run, const struct dns_server *to)
{
	enum tcp_end end;

	wire_record(wire, run, (struct str){ 0 });
	end = tcp_connect(run, to, WIRE_CONNECT_MS, &wire->fd);
	if (end != TCP_OK)
		return end;
	wire->local = tcp_is_local(wire->fd);
	wire->own = tcp_own_literal(run->arena, wire->fd);
	return TCP_OK;
}

void
wire_record(struct wire *wire, struct run *run, struct str octets)
{
	*wire = (struct wire){
		.run = run,
		.fd = -1,
		.recorded = octets,
		.own = "[127.0.0.1]",
	};
	wire_step(wire, WIRE_STEP_MS);
}

void
wire_close(struct wire *wire)
{
	tls_close(wire->tls);
	wire->tls = NULL;
	if (wire->fd >= 0)
		close(wire->fd);
	wire->fd = -1;
}

void
wire_step(struct wire *wire, int limit_ms)
{
	wire->until_ms = monotonic_ms() + limit_ms;
	wire->lines = 0;
}

enum tcp_end
wire_say(struct wire *wire, const char *text)
{
	wire_step(wire, WIRE_STEP_MS);
	if (wire->tls != NULL)
		return tls_send(
		    wire->run, wire->tls, str_of(text), wire->until_ms);
	if (wire->fd >= 0)
		return tcp_send(
		    wire->run, wire->fd, str_of(text), wire->until_ms);
	return TCP_OK;
}

static enum tcp_end
receive(struct wire *wire)
{
	char *room = wire->buffer + wire->held;
	size_t max = sizeof(wire->buffer) - wire->held;
	size_t got = 0;
	enum tcp_end end = TCP_OK;

	if (wire->tls != NULL) {
		end = tls_receive(
		    wire->run, wire->tls, room, max, wire->until_ms, &got);
	} else if (wire->fd >= 0) {
		end = tcp_receive(
		    wire->run, wire->fd, room, max, wire->until_ms, &got);
	} else {
		got = wire->recorded.len < max ? wire->recorded.len : max;
		if (got == 0)
			return TCP_CLOSED;
		memcpy(room, wire->recorded.p, got);
		wire->recorded =
		    str_slice(wire->recorded, got, wire->recorded.len);
	}
	if (end != TCP_OK)
		return end;
	wire->held += got;
	wire->octets += got;
	return wire->octets > WIRE_OCTETS_MAX ? TCP_LIMIT : TCP_OK;
}

enum tcp_end
wire_line(struct wire *wire, struct str *line)
{
	*line = (struct str){ 0 };
	if (++wire->lines > WIRE_LINES_MAX)
		return TCP_LIMIT;
	for (;;) {
		struct str rest = { wire->buffer + wire->used,
			wire->held - wire->used };
		size_t len = str_find(rest, '\n');
		enum tcp_end end;

		if (len < rest.len) {
			wire->used += len + 1;
			if (len > 0 && rest.p[len - 1] == '\r')
				len--;
			*line = str_slice(rest, 0, len);
			return TCP_OK;
		}
		memmove(wire->buffer, rest.p, rest.len);
		wire->held = rest.len;
		wire->used = 0;
		if (wire->held == sizeof(wire->buffer))
			return TCP_LIMIT;
		end = receive(wire);
		if (end != TCP_OK)
			return end;
	}
}

struct str
wire_waiting(struct wire *wire)
{
	if (wire->held == wire->used && wire->fd >= 0 && wire->tls == NULL) {
		ssize_t n = recv(wire->fd, wire->buffer, sizeof(wire->buffer),
		    MSG_DONTWAIT | MSG_PEEK);

		if (n > 0)
			return (struct str){ wire->buffer, (size_t)n };
	}
	return (
	    struct str){ wire->buffer + wire->used, wire->held - wire->used };
}

bool
wire_start_tls(
    struct wire *wire, const struct tls_wish *wish, struct tls_facts *facts)
{
	wire->held = 0;
	wire->used = 0;
	if (wire->fd < 0) {
		*facts = (struct tls_facts){ .trouble = TLS_HUNG_UP,
			.why = _("the server closed the connection") };
		return false;
	}
	return tls_handshake(wire->run, wire->fd, wish, facts, &wire->tls) ==
	    TCP_OK &&
	    facts->trouble == TLS_FINE;
}
