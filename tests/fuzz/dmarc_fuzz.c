/*
 * Any octets as the TXT record at _dmarc: a record printed and read again is
 * the same; the step "dmarc" ends, everything it points at lies in the record,
 * and what it suggests has no fault that another record could mend.
 */
#include <string.h>

#include "../../checks/check.h"
#include "../../checks/dmarc.h"
#include "../../checks/zone.h"
#include "places.h"

#define LIMIT_MS 2000
#define TEXT_MAX 1024 /* octets; more takes time and shows nothing new */

static const char world[] = "@ MX 10 mail\nmail A 5.9.8.7\n"
			    "a.test. MX 1 a.test.\na.test. A 5.2.0.1\n";

static void
check_record(struct str text)
{
	struct arena *arena = arena_new();
	struct dmarc_record a, b;
	struct str once;

	must(dmarc_is_record(text) == dmarc_read(arena, text, &a));
	if (dmarc_is_record(text)) {
		once = dmarc_print(arena, &a);
		must(dmarc_read(arena, once, &b));
		must(a.ntags == b.ntags && a.usable == b.usable);
		must(a.p == b.p && a.sp == b.sp && a.np == b.np);
		must(a.psd == b.psd && a.testing == b.testing);
		must(a.rua.n == b.rua.n && a.ruf.n == b.ruf.n);
		must(str_equal(once, dmarc_print(arena, &b)));
	}
	arena_free(arena);
}

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
	must(check_step(&run, STEP_DMARC, &target, &report) == OK);
	check_places(&run, &report, true);
	if (suggested) {
		must(report.findings.count[SEV_FAIL] == 0);
		for (size_t i = 0; i < report.nsuggested; i++)
			must(!name_equal(
			    report.suggested[i].name, "_dmarc.example.org"));
	} else if (report.nsuggested > 0) {
		must(report.suggested[0].type == RR_TXT);
		check_over(dns, report.suggested, report.nsuggested,
		    name_equal(report.suggested[0].name, "_dmarc.example.org"));
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
	struct record record = { .name = "_dmarc.example.org", .type = RR_TXT };
	struct resolver *dns;

	must(zone != NULL);
	dns = resolver_offline(zone);
	if (size > TEXT_MAX)
		size = TEXT_MAX;
	record.text = (struct str){ (const char *)data, size };
	check_record(record.text);
	check_over(dns, &record, 1, false);
	resolver_free(dns);
	zone_free(zone);
	arena_free(arena);
	return 0;
}
