/*
 * wizard/output.h - what to publish for the plan as it is now.
 */
#ifndef OUTPUT_H
#define OUTPUT_H

#include "../checks/record.h"
#include "plan.h"

enum output_format {
	OUTPUT_PANEL, /* the fields of a DNS provider's web page */
	OUTPUT_ZONE, /* a line of a zone file, RFC 1035 section 5.1 */
	OUTPUT_POWERSHELL, /* for a Windows DNS server */
	OUTPUT_NSUPDATE, /* RFC 2136, the commands of nsupdate */
	OUTPUT_COUNT
};

struct output {
	struct record *records;
	size_t nrecords;
};

/* The SPF record of the plan as text, "v=spf1 ..."; "" when there is none. */
const char *output_spf_text(struct arena *, const struct plan *);

/*
 * One record of the plan, in the arena.  False when the plan has none: a key
 * that is not made yet, a domain that inherits its DMARC policy.
 */
bool output_record(
    struct arena *, const struct plan *, enum planned, struct record *out);

/* All records the plan asks for: these, and null MX where nothing comes in.  They live in the arena. */
void output_make(struct arena *, const struct plan *, struct output *out);

/* "@" for the domain itself, "_dmarc" for a name below it. */
const char *output_panel_name(
    struct arena *, const struct plan *, const struct record *);

/* One record in one of the forms, every value quoted as the form asks. */
const char *output_text(struct arena *, const struct plan *,
    const struct record *, enum output_format);

/* N_(): "Web panel", "Zone file (BIND)", ... */
const char *output_format_label(enum output_format);

#endif
