/*
 * wizard/copy_form.h - a record to be published, in the form of the place it
 * is entered at: a web page of a DNS host, a zone file, Windows DNS, nsupdate.
 *
 * Every form quotes by its own rules, so that what arrives in DNS is the value
 * octet for octet, whatever stands in it.  A form that cannot carry a value
 * says so in a comment instead of carrying another one.
 *
 * All texts live in the arena.
 */
#ifndef COPY_FORM_H
#define COPY_FORM_H

#include "../checks/record.h"
#include "dns_panel.h"

enum copy_form {
	COPY_PANEL, /* the fields of a web page */
	COPY_ZONE, /* lines of a zone file, RFC 1035 section 5.1 */
	COPY_POWERSHELL, /* for a Windows DNS server */
	COPY_NSUPDATE, /* RFC 2136, the commands of nsupdate */
	COPY_JSON, /* one object a line, keys as `records --json` has them */
	COPY_FORM_COUNT
};

struct copy {
	const struct record *records; /* to be published */
	size_t nrecords;
	const struct record *old; /* what they replace; taken away */
	size_t nold;
	const char *zone; /* names are relative to it; the mail domain, unless
			     the record is entered in another one */
	const struct panel *panel; /* the DNS host, for COPY_PANEL; or NULL */
};

/* The fields of a web page, each as it is typed there. */
struct copy_fields {
	const char *name; /* "" when the field stays empty */
	const char *full_name; /* without a dot at the end */
	const char *type;
	const char *priority; /* of MX and SRV, has a field of its own; NULL */
	const char *value; /* one line */
};

/* All records in one form; lines, each with its end. */
const char *copy_text(struct arena *, const struct copy *, enum copy_form);

/* The fields of one record at this panel, NULL for one not known. */
void copy_fields(struct arena *, const struct record *, const char *zone,
    const struct panel *, struct copy_fields *out);

/*
 * "@" for the zone itself, "_dmarc" for a name below it; the name as it is
 * when it lies elsewhere.
 */
const char *copy_relative_name(
    struct arena *, const char *name, const char *zone);

/* "panel", "zone", "powershell", "nsupdate", "json": as --format has them. */
const char *copy_form_word(enum copy_form);
bool copy_form_by_word(struct str, enum copy_form *out);

/* N_(): "Web panel", "Zone file (BIND)", ... */
const char *copy_form_label(enum copy_form);

#endif
