/*
 * ui/json.h - results as JSON; the only door to jansson.
 *
 * Keys and their order are CONTRACT section 3.  Each text is one object on one
 * line, UTF-8, without a line feed at the end; the caller frees it.
 */
#ifndef JSON_H
#define JSON_H

#include "../checks/spf.h"
#include "audit.h"

/* `command` is "check" or "spf". */
char *json_audit(const char *command, const struct audit *);

char *json_spf(const char *domain, const struct spf_verdict *);

/* Once, before the first thread that makes JSON. */
void json_begin(void);

#endif
