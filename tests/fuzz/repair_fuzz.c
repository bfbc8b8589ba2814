/*
 * Any octets as the TXT record of a domain: the step "spf" ends, everything
 * it points at lies in the record, and what it suggests is a record that
 * can be read, inside the limits, which it would leave as it is.
 */
#include <string.h>

#include "../../checks/check.h"
#include "../../checks/dns.h"
#include "../../checks/spf_cost.h"
#include "../../checks/zone.h"
#include "places.h"

#define LIMIT_MS 2000
#define TEXT_MAX 1024 /* octets; more takes time and shows nothing new */

static const char world[] =
    "@ MX 10 mail\n@ A 5.9.8.1\nmail A 5.9.8.7\n"
    "a.test. TXT \"v=spf1 ip4:5.1.0.0/24 include:b.test -all\"\n"
    "b.test. TXT \"v=spf1 a:h.test mx:h.test ?all\"\n"
    "h.test. A 5.2.0.1\nh.test. MX 1 h.test.\n"
    "l.test. TXT \"v=spf1 redirect=example.org\"\n"
    "x.test. TXT \"v=spf1 oops ip4:5.3.0.1 +all\"\n";

static void
check_over(struct resolver *dns, const struct record *records, size_t n,
    bool suggested)
{
	struct zone *zone = zone_from_records(records, n);
	struct resolver *over = resolver_overlay(dns, zone);
	struct target target = { .domain = "example.org" };
	struct step_report report;
	struct run run;

	run_begin(&run, over, LIMIT_MS, -1);
	must(check_step(&run, STEP_SPF, &target, &report) == OK);
	check_places(&run, &report, false);
	if (suggested) {
		must(report.spf_cost != NULL);
		must(report.spf_cost->lookups <= SPF_MAX_LOOKUPS);
		must(report.findings.count[SEV_FAIL] == 0);
		must(report.nsuggested == 0);
	} else if (report.nsuggested > 0) {
		check_over(dns, report.suggested, report.nsuggested, true);
	}
	run_end(&run);
	resolver_free(over);
	zone_free(zone);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	const char *error = NULL;
	struct zone *zone = zone_read_text(
	    arena, "world", str_of(world), "example.org", &error);
	struct resolver *dns;
	struct record record = { .name = "example.org", .type = RR_TXT };

	must(zone != NULL);
	dns = resolver_offline(zone);
	if (size > TEXT_MAX)
		size = TEXT_MAX;
	record.text = (struct str){ (const char *)data, size };
	check_over(dns, &record, 1, false);
	resolver_free(dns);
	zone_free(zone);
	arena_free(arena);
	return 0;
}
