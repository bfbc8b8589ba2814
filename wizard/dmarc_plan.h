/*
 * wizard/dmarc_plan.h - changing the DMARC record of a plan, tag by tag.
 *
 * What was found stays as it was found, unknown and historic tags too, until
 * somebody asks for a change.  What is chosen here is written only where it
 * differs from what receivers take without it; p is written always, for older
 * receivers want it (RFC 7489 section 6.3).
 */
#ifndef DMARC_PLAN_H
#define DMARC_PLAN_H

#include "../checks/dmarc.h"
#include "field.h"

/* The field of a tag; not for DMARC_V, which has none. */
enum field_id dmarc_field(enum dmarc_tag_id);

/*
 * The tags of this record replace those of the plan.  Of tags that stand there
 * twice the first one is taken, as receivers do.  False when the text is no
 * record or more than a plan can hold: then the plan stays as it is.
 */
bool dmarc_plan_take(struct plan *, struct str record);

/*
 * "v=DMARC1; p=none; ...", tags in the order of RFC 9989 section 4.7, which
 * older receivers ask for too; "" where the plan has no record.  Raw octets,
 * in the arena.
 */
const char *dmarc_plan_text(struct arena *, const struct plan *);

/* A first record: reports only; or reject, where nobody sends. */
void dmarc_plan_propose(struct plan *);

/*
 * What receivers go by for a tag with one value: what is written if that is
 * valid, else its default; sp falls back to p, and np to sp.  "" for rua and
 * ruf.  Lives in the plan or is static.
 */
const char *dmarc_plan_meaning(const struct plan *, enum dmarc_tag_id);

/* Does the tag stand in the record? */
bool dmarc_plan_has(const struct plan *, enum dmarc_tag_id);

/*
 * Sets a tag with one value; "" takes it out.  False with one sentence in
 * problem[]: the value is not one of this tag's; the plan stays then.
 */
bool dmarc_plan_set(struct plan *, enum dmarc_tag_id, struct str value,
    char problem[PLAN_TEXT]);

/* The tag of a field; false: the field is about something else. */
bool dmarc_tag_of(enum field_id, enum dmarc_tag_id *out);

/* Judges a typed value of a tag; of rua and ruf one address. */
void dmarc_plan_judge(enum dmarc_tag_id, struct str text, struct judged *out);

/* Is this what is written already, or left out because it is the default? */
bool dmarc_plan_says(const struct plan *, enum dmarc_tag_id, struct str value);

/*
 * Turns one kind of failure report on or off: '0', '1', 'd' or 's' in fo.  0
 * and 1 exclude each other; with none left the tag goes, which means 0.
 */
void dmarc_plan_toggle_fo(struct plan *, char kind);
bool dmarc_plan_fo(const struct plan *, char kind); /* is it on? */

/*
 * Of rua and ruf: why the first faulty address that stands in the plan gets no
 * report, a phrase in the arena; NULL: none is faulty.  What was found in DNS
 * stays as it was found, so a field may hold what nobody could type there.
 */
const char *dmarc_plan_fault(
    struct arena *, const struct plan *, enum dmarc_tag_id);

/*
 * An address outside of the domain gets reports only when its own domain has
 * agreed: the name of the TXT record "v=DMARC1" that its owner has to
 * publish, RFC 9990 section 4.  NULL: none is needed, as far as names tell.
 * In the arena.
 */
const char *dmarc_plan_consent(
    struct arena *, const struct plan *, const char *uri);

/* Do both records say the same, tag by tag, in whatever order? */
bool dmarc_same_record(struct str, struct str);

#endif
