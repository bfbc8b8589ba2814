/* unbound for the tests: a resolver whose whole Internet are the stubs. */
#include "server_inside.h"

#include <string.h>

static void
write_stub(FILE *out, const struct stub *stub)
{
	char list[256], *rest = list, *one;

	fprintf(out, "stub-zone:\n\tname: \"%s\"\n", stub->zone);
	snprintf(list, sizeof(list), "%s", stub->server->addresses);
	while ((one = strsep(&rest, " ")) != NULL)
		fprintf(out, "\tstub-addr: %s@%u\n", one, stub->server->port);
}

/*
 * unbound answers for test., invalid., 10.in-addr.arpa ... by itself, if not
 * told.  No name server of the world is asked: all other names go to the first
 * server, which refuses, and that is SERVFAIL.
 */
static void
write_stubs(FILE *out, const struct stub *stubs, size_t n)
{
	bool root = false;

	for (size_t i = 0; i < n; i++)
		fprintf(out,
		    "\tlocal-zone: \"%s\" nodefault\n"
		    "\tdomain-insecure: \"%s\"\n",
		    stubs[i].zone, stubs[i].zone);
	for (size_t i = 0; i < n; i++) {
		write_stub(out, &stubs[i]);
		root = root || strcmp(stubs[i].zone, ".") == 0;
	}
	if (!root && n > 0)
		write_stub(out, &(struct stub){ ".", stubs[0].server });
}

static void
write_anchors(const struct server *server, FILE *conf, const char *anchors)
{
	FILE *out = server_file(server, "anchors");

	fputs(anchors, out);
	fclose(out);
	fprintf(conf, "\ttrust-anchor-file: \"%s/anchors\"\n", server->folder);
}

static void
write_conf(const struct server *server, const struct stub *stubs, size_t n,
    const char *anchors)
{
	const char *folder = server->folder;
	FILE *out = server_file(server, "conf");

	fprintf(out, "server:\n\tinterface: %s@%u\n", server->address,
	    server->port);
	fprintf(out, "\tidentity: \"%s\"\n", server->identity);
	fprintf(out, "\tdirectory: \"%s\"\n", folder);
	fprintf(out, "\tmodule-config: \"%s\"\n",
	    anchors != NULL ? "validator iterator" : "iterator");
	fputs("\tusername: \"\"\n\tchroot: \"\"\n\tpidfile: \"\"\n"
	      "\tuse-syslog: no\n\tdo-daemonize: no\n\tnum-threads: 1\n"
	      "\tso-reuseport: no\n\thide-identity: no\n"
	      "\tdo-not-query-localhost: no\n\tunblock-lan-zones: yes\n"
	      "\tinsecure-lan-zones: yes\n\tqname-minimisation: no\n"
	      "\taccess-control: 127.0.0.0/8 allow\n",
	    out);
	if (anchors != NULL)
		write_anchors(server, out, anchors);
	write_stubs(out, stubs, n);
	fputs("remote-control:\n\tcontrol-enable: no\n", out);
	fclose(out);
}

static struct server *
start(const struct stub *stubs, size_t n, const char *anchors)
{
	struct server *server = server_new("unbound", "127.0.0.1", 0);

	write_conf(server, stubs, n, anchors);
	server_begin(server);
	return server;
}

struct server *
unbound_start(const struct stub *stubs, size_t n)
{
	return start(stubs, n, NULL);
}

struct server *
unbound_start_validating(
    const struct stub *stubs, size_t n, const char *anchors)
{
	return start(stubs, n, anchors);
}
