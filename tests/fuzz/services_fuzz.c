/*
 * Any SRV records, any answer of any port: the steps of mail programs end, and
 * what they suggest is what they would leave as it is.
 */
#include <string.h>

#include "../../checks/check.h"
#include "../../checks/mailport_many.h"
#include "../../checks/service_srv.h"
#include "../../checks/zone.h"
#include "places.h"

#define LIMIT_MS    5000
#define RECORDS_MAX 12

static const char world[] =
    "@ MX 10 mail\n@ MX 5 gone\nmail A 203.0.113.1\nold AAAA 2001:db8::1\n"
    "alias CNAME mail\nloop CNAME loop\nlost CNAME gone\n"
    "autodiscover CNAME gone\n"
    "host.test. A 203.0.113.2\nalias.test. CNAME host.test.\n";

static const char *const targets[] = { ".", "mail.example.org",
	"MAIL.example.org", "old.example.org", "gone.example.org",
	"alias.example.org", "loop.example.org", "lost.example.org",
	"host.test", "alias.test", "a\\.b\\255.example.org" };
static const char *const hosts[] = { NULL, NULL, "mail.example.org",
	"alias.example.org", "gone.example.org", "203.0.113.9" };

struct any_port {
	struct prober prober;
	unsigned int salt;
};

/* The same whenever it is asked: by address, port and kind of TLS. */
static void
look(const struct prober *prober, struct run *run,
    const struct port_place *place, struct port_facts *out)
{
	static const enum port_state states[] = { PORT_GREETED, PORT_GREETED,
		PORT_GREETED, PORT_CLOSED, PORT_CLOSED, PORT_TIMEOUT,
		PORT_NO_ROUTE, PORT_IS_TLS, PORT_IS_PLAIN, PORT_WRONG_PROTOCOL,
		PORT_SILENT, PORT_NONSENSE };
	const struct any_port *any = (const struct any_port *)prober;
	unsigned int hash = any->salt * 31 + place->port.at.port;

	hash = hash * 31 + place->port.implicit_tls;
	for (size_t i = 0; i < sizeof(place->port.at.ip.octets); i++)
		hash = hash * 31 + place->port.at.ip.octets[i];
	out->state = states[hash / 7 % COUNT(states)];
	out->other = out->state == PORT_WRONG_PROTOCOL ? "SSH" : NULL;
	out->greeting = arena_strdup(run->arena, "hello");
	out->starttls = hash % 5 == 0 ? TRI_NO : TRI_YES;
	out->tls_tried = out->state == PORT_GREETED &&
	    (place->port.implicit_tls || out->starttls == TRI_YES);
	out->tls.version = TLS_1_3;
}

static size_t
read_records(
    struct arena *arena, const uint8_t *data, size_t size, struct record *out)
{
	static const uint16_t ports[] = { 993, 143, 995, 110, 465, 587, 1, 0 };
	size_t n = 0;

	for (; size >= 4 && n < RECORDS_MAX; data += 4, size -= 4) {
		const struct srv_kind *kind =
		    &srv_kinds[data[0] % SRV_SERVICES];

		out[n++] = (struct record){ .name = arena_printf(arena,
						"%s.example.org", kind->label),
			.type = RR_SRV,
			.ttl = 60,
			.srv = { data[1] % 4, data[1] / 64,
			    data[2] % 2 == 0
				? kind->port
				: ports[data[2] / 2 % COUNT(ports)],
			    targets[data[3] % COUNT(targets)] } };
	}
	return n;
}

static void
check_over(struct resolver *dns, const struct target *target,
    const struct prober *prober, enum step_id step, bool suggested)
{
	struct step_report report;
	struct resolver *over;
	struct zone *zone;
	struct run run;

	run_begin(&run, dns, LIMIT_MS, -1);
	run.prober = prober;
	must(check_step(&run, step, target, &report) == OK);
	check_places(&run, &report, false);
	must(report.findings.first != NULL);
	if (suggested) {
		must(report.nsuggested == 0);
	} else if (report.nsuggested > 0) {
		zone = zone_from_records(report.suggested, report.nsuggested);
		over = resolver_overlay(dns, zone);
		check_over(over, target, prober, step, true);
		resolver_free(over);
		zone_free(zone);
	}
	run_end(&run);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	const char *error = NULL;
	struct zone *zone = zone_read_text(
	    arena, "world", str_of(world), "example.org", &error);
	struct record records[RECORDS_MAX];
	struct target target = { .domain = "example.org" };
	struct any_port any = { .prober.look = look };
	struct resolver *dns, *over;
	struct zone *srv;

	must(zone != NULL);
	if (size < 2) {
		zone_free(zone);
		arena_free(arena);
		return 0;
	}
	target.host = hosts[data[0] % COUNT(hosts)];
	any.salt = data[1];
	srv = zone_from_records(
	    records, read_records(arena, data + 2, size - 2, records));
	dns = resolver_offline(zone);
	over = resolver_overlay(dns, srv);
	for (int step = STEP_POP3; step <= STEP_SUBMISSION; step++)
		check_over(
		    over, &target, &any.prober, (enum step_id)step, false);
	resolver_free(over);
	resolver_free(dns);
	zone_free(srv);
	zone_free(zone);
	arena_free(arena);
	return 0;
}
