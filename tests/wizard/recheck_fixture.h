/*
 * tests/wizard/recheck_fixture.h - a session that asks two NSDs, the second of
 * which may be late, and unbound, which remembers.
 */
#ifndef RECHECK_FIXTURE_H
#define RECHECK_FIXTURE_H

#include "session_fixture.h"

#include "../../wizard/session_inside.h"

#define ZONE_OF(ttl, soa, txt)                                                 \
	"@ 300 SOA ns1 hostmaster 1 3600 600 86400 " soa "\n"                  \
	"@ NS ns1\n@ NS ns2\n"                                                 \
	"ns1 A 127.0.0.31\nns2 A 127.0.0.32\n"                                 \
	"@ MX 10 mail\nmail A 192.0.2.25\n" txt
#define TXT(ttl, text) "@ " ttl " TXT \"" text "\"\n"
#define WITH(txt)      ZONE_OF("", "300", txt)

struct servers {
	struct server *primary, *secondary, *unbound;
	bool hasty; /* no look takes longer than a second */
};

static inline struct zone_source
zone_of(const char *text)
{
	return (struct zone_source){ "example.org", text };
}

static inline void
begin_servers(struct servers *p, const char *text)
{
	struct zone_source zone = zone_of(text);
	struct stub stub;

	p->hasty = false;
	p->primary = nsd_start_at("127.0.0.31", 0, &zone, 1);
	p->secondary = nsd_start_at("127.0.0.32", p->primary->port, &zone, 1);
	stub = (struct stub){ "example.org", p->primary };
	p->unbound = unbound_start(&stub, 1);
}

static inline void
end_servers(struct state *t, struct servers *p)
{
	session_free(t->s);
	t->s = NULL;
	server_stop(p->unbound);
	server_stop(p->secondary);
	server_stop(p->primary);
}

static inline void
serve(struct server *server, const char *text)
{
	struct zone_source zone = zone_of(text);

	nsd_reload(server, &zone, 1);
}

/* A session that asks both servers, or the resolver alone. */
static inline struct session *
begin_session(struct state *t, const struct servers *p, bool authoritative)
{
	struct session_options o = { .domain = "example.org",
		.resolver = p->unbound->at,
		.state_dir = t->dir,
		.live = { .timeout_ms = p->hasty ? 1000 : 8000,
		    .threads = 4,
		    .authoritative = authoritative,
		    .authoritative_port = p->primary->port } };
	char problem[PLAN_TEXT] = "";

	session_free(t->s);
	t->s = session_new(&o, problem);
	assert_string_equal(problem, "");
	assert_true(session_wait(t->s, WAIT));
	return t->s;
}

static inline const struct published_view *
look(struct session *s)
{
	session_check_now(s);
	assert_true(session_wait(s, WAIT));
	return session_published(s, PLANNED_SPF);
}

#endif
