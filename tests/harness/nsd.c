/* NSD for the tests: zones as text in, an authoritative server out. */
#include "server_inside.h"

#include <string.h>

void
zone_write(FILE *out, const struct zone_source *zone, const char *address)
{
	bool bare = strstr(zone->text, " SOA ") == NULL &&
	    strstr(zone->text, "\tSOA\t") == NULL;
	const char *type = strchr(address, ':') != NULL ? "AAAA" : "A";
	const char *dot = strcmp(zone->name, ".") == 0 ? "" : ".";

	fprintf(out, "$ORIGIN %s%s\n$TTL 300\n", zone->name, dot);
	if (bare) {
		fputs(
		    "@ SOA ns hostmaster 1 3600 600 86400 300\n@ NS ns\n", out);
		fprintf(out, "ns %s %s\n", type, address);
	}
	fputs(zone->text, out);
	fputc('\n', out);
}

static void
write_address(FILE *out, const char *address, uint16_t port)
{
	fprintf(out, "\tip-address: %s@%u\n", address, port);
}

static void
write_conf(
    const struct server *server, const struct zone_source *zones, size_t n)
{
	const char *folder = server->folder;
	FILE *out = server_file(server, "conf");

	fputs("server:\n", out);
	server_each_address(server, write_address, out);
	fprintf(out, "\tidentity: \"%s\"\n", server->identity);
	fprintf(out, "\tzonesdir: \"%s\"\n\txfrdir: \"%s\"\n", folder, folder);
	fprintf(out, "\tzonelistfile: \"%s/zones\"\n", folder);
	fprintf(out, "\txfrdfile: \"%s/xfrd\"\n", folder);
	fputs("\tusername: \"\"\n\tchroot: \"\"\n\tpidfile: \"\"\n"
	      "\tdatabase: \"\"\n"
	      "\tserver-count: 1\n\tzonefiles-write: 0\n"
	      "\trrl-ratelimit: 0\n\trrl-whitelist-ratelimit: 0\n"
	      "\ttcp-count: 200\n\thide-version: yes\n"
	      "remote-control:\n\tcontrol-enable: no\n",
	    out);
	for (size_t i = 0; i < n; i++)
		fprintf(out,
		    "zone:\n\tname: \"%s\"\n\tzonefile: \"%zu.zone\"\n",
		    zones[i].name, i);
	fclose(out);
}

static void
write_zones(
    const struct server *server, const struct zone_source *zones, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char name[32];
		FILE *out;

		snprintf(name, sizeof(name), "%zu.zone", i);
		out = server_file(server, name);
		zone_write(out, &zones[i], server->address);
		fclose(out);
	}
}

/* NSD starts without a zone that it cannot read; a test must know. */
static void
check_log(const struct server *server)
{
	char path[512], line[1024];
	FILE *in;

	snprintf(path, sizeof(path), "%s/log", server->folder);
	in = fopen(path, "r");
	if (in == NULL)
		return;
	while (fgets(line, sizeof(line), in) != NULL)
		if (strstr(line, "error: ") != NULL)
			server_die("NSD says: %s", line);
	fclose(in);
}

static void
start(struct server *server, const struct zone_source *zones, size_t n)
{
	write_conf(server, zones, n);
	write_zones(server, zones, n);
	server_begin(server);
	check_log(server);
}

struct server *
nsd_start_at(const char *addresses, uint16_t port,
    const struct zone_source *zones, size_t n)
{
	struct server *server = server_new("nsd", addresses, port);

	start(server, zones, n);
	return server;
}

struct server *
nsd_start(const struct zone_source *zones, size_t n)
{
	return nsd_start_at("127.0.0.1", 0, zones, n);
}

void
nsd_reload(struct server *server, const struct zone_source *zones, size_t n)
{
	server_end(server);
	start(server, zones, n);
}
