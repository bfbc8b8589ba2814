/*
 * wizard/ports_plan.h - the ports of POP3, IMAP4 and submission in the plan.
 *
 *	domain known -> does anybody use it? -> which ports -> look at them
 */
#ifndef PORTS_PLAN_H
#define PORTS_PLAN_H

#include "../checks/mailport.h"
#include "field.h"
#include "plan.h"
#include "step.h"

/* What the step of a protocol has to do. */
enum ports_use {
	PORTS_OPEN, /* nobody said whether it is used */
	PORTS_USED, /* said: yes */
	PORTS_UNUSED, /* said: no */
	PORTS_NO_MAIL, /* the domain sends or receives none */
};

enum ports_use ports_plan_use(const struct plan *, enum mail_protocol);

/* The protocol is looked at: neither refused nor without a meaning. */
bool ports_plan_looks(const struct plan *, enum mail_protocol);

/*
 * The services of a protocol as answered, or the usual ones; gives how many.
 * `at` holds the port alone.
 */
size_t ports_plan(
    const struct plan *, enum mail_protocol, struct port out[PLAN_PORTS]);

/* "995:tls", "110:starttls"; in the arena. */
const char *ports_plan_text(struct arena *, const struct port *);

/* All of a protocol, with blanks between: "995:tls 110:starttls". */
const char *ports_plan_texts(
    struct arena *, const struct plan *, enum mail_protocol);

/* The step of a protocol, and the protocol of a step; false: it has none. */
enum wizard_step ports_step(enum mail_protocol);
bool ports_protocol(enum wizard_step, enum mail_protocol *out);

/* The questions of a protocol. */
enum field_id ports_used_field(enum mail_protocol);
enum field_id ports_port_field(enum mail_protocol);

/*
 * For struct field: "995", "995:tls", "110:starttls" (as Exchange writes it,
 * "995:SSL", too); a known number alone gets its usual mode.
 */
void judge_port(struct arena *, struct str, struct judged *out);

/* The SHA-1 thumbprint of a certificate: 40 hexadecimal digits. */
void judge_thumbprint(struct arena *, struct str, struct judged *out);

/* An absolute path that a setting can hold. */
void judge_path(struct arena *, struct str, struct judged *out);

#endif
