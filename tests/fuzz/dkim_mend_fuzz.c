/*
 * Any octets as the TXT record of a DKIM key: the step "dkim" ends, everything
 * it points at lies in the record, and what it suggests is a key in order.
 */
#include "../../checks/check.h"
#include "../../checks/dkim_mend.h"
#include "../../checks/dns.h"
#include "../../checks/zone.h"
#include "places.h"

#define LIMIT_MS 2000
#define TEXT_MAX 4096 /* octets; more takes time and shows nothing new */
#define NAME	 "s._domainkey.example.org"

/* What is suggested is read without a word, and never suggested again. */
static void
check_record(const struct record *record, bool suggested)
{
	const char *const selector = "s";
	struct zone *zone = zone_from_records(record, 1);
	struct resolver *dns = resolver_offline(zone);
	struct target target = {
		.domain = "example.org",
		.selectors = &selector,
		.nselectors = 1,
	};
	struct step_report report;
	struct run run;

	run_begin(&run, dns, LIMIT_MS, -1);
	must(check_step(&run, STEP_DKIM, &target, &report) == OK);
	check_places(&run, &report, true);
	must(report.nsuggested <= 1);
	if (suggested) {
		struct dkim_key key;

		dkim_key_read(run.arena, record->text, &key);
		must(key.fault == DKIM_KEY_SOUND);
		must(report.nsuggested == 0);
	} else if (report.nsuggested == 1) {
		check_record(&report.suggested[0], true);
	}
	run_end(&run);
	resolver_free(dns);
	zone_free(zone);
}

/* The text in two records, the second first: what comes of them is a key. */
static void
check_join(struct arena *arena, struct str text)
{
	size_t cut = text.len / 2;
	struct record records[2] = {
		{ .type = RR_TXT, .text = str_slice(text, cut, text.len) },
		{ .type = RR_TXT, .text = str_slice(text, 0, cut) },
	};
	struct str joined, again;
	size_t parts;

	if (!dkim_join(arena, records, 2, &records[1], &joined, &parts))
		return;
	must(parts == 2);
	must(dkim_mend(arena, joined, &again));
	must(str_equal(joined, again));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct record record = {
		.name = NAME,
		.type = RR_TXT,
		.text = { (const char *)data,
		    size > TEXT_MAX ? TEXT_MAX : size },
	};
	struct arena *arena = arena_new();
	struct str mended, again;

	check_record(&record, false);
	if (dkim_mend(arena, record.text, &mended)) {
		must(dkim_mend(arena, mended, &again));
		must(str_equal(mended, again));
	}
	check_join(arena, record.text);
	arena_free(arena);
	return 0;
}
