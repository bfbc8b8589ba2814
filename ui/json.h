/*
 * ui/json.h - results as JSON; the door to jansson, with json_saved.c.
 *
 * Keys and their order are CONTRACT section 3.  Each text is one object on one
 * line, UTF-8, without a line feed at the end; the caller frees it.
 */
#ifndef JSON_H
#define JSON_H

#include "../checks/port_check.h"
#include "../checks/spf.h"
#include "../checks/verify.h"
#include "audit.h"
#include "since.h"

/*
 * `command` is "check" or "spf".  With `saved` (NULL: without) the key "since"
 * stands at the end: what is new and what is gone.
 */
char *json_audit(
    const char *command, const struct audit *, const struct saved *saved);

char *json_spf(const char *domain, const struct spf_verdict *);

/* "mailwizard records": what to publish. */
char *json_records(const char *domain, const struct record *, size_t n);

/*
 * "mailwizard dmarc", of an audit of that step alone.  Behind the keys of the
 * contract: what is published and suggested, and what older receivers do.
 */
char *json_dmarc(const struct audit *);

/* "mailwizard server": what was seen at each port and address. */
char *json_server(struct arena *, const struct port_check *);

/* What "mailwizard keygen" made; nothing of it is secret. */
struct keygen {
	const char *domain;
	const char *selector;
	enum key_kind kind;
	const char *key_file; /* path of the private key */
	struct record record; /* to be published */
};
char *json_keygen(const struct keygen *);

char *json_verify(struct run *, const struct verify *);

/*
 * Reads the result of a domain out of what json_audit() wrote: one object, or
 * several on lines of their own.  NULL; or one sentence, such as that the file
 * says nothing about the domain.
 */
const char *json_read_saved(
    struct arena *, const char *path, const char *domain, struct saved *out);

/* Once, before the first thread that makes JSON. */
void json_begin(void);

#endif
