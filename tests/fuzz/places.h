/*
 * tests/fuzz/places.h - findings have words, and point into their records.
 */
#ifndef PLACES_H
#define PLACES_H

#include "../../checks/check.h"
#include "must.h"

/* `texts`: all records that are pointed at are texts; else only TXT count. */
static inline void
check_places(struct run *run, const struct step_report *report, bool texts)
{
	for (const struct finding *f = report->findings.first; f != NULL;
	     f = f->next) {
		const struct record *record;

		must(finding_title(run->arena, f)[0] != '\0');
		must(finding_text(run->arena, f)[0] != '\0');
		if (!f->has_record)
			continue;
		must(f->record < report->npublished);
		must(f->at.from <= f->at.to);
		record = &report->published[f->record];
		if (texts || record->type == RR_TXT)
			must(f->at.to <= record->text.len);
	}
}

#endif
