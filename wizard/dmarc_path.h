/*
 * wizard/dmarc_path.h - the way to a policy that protects, one step after the
 * other: reports only, quarantine, reject; each first as a test (t=y).
 *
 * It advises and forbids nothing.  Days are counted from when the stage was
 * first seen in DNS.
 */
#ifndef DMARC_PATH_H
#define DMARC_PATH_H

#include "../checks/dmarc.h"
#include "plan.h"

/* What stands behind the next stage: are SPF and DKIM in order? */
enum dmarc_green {
	GREEN_UNKNOWN, /* not looked at, or it cannot be seen from here */
	GREEN_NO,
	GREEN_YES,
};

struct dmarc_path {
	enum dmarc_stage published; /* STAGE_UNKNOWN: none seen */
	enum dmarc_stage planned; /* STAGE_UNKNOWN: no valid policy */
	enum dmarc_stage next; /* after the published one; STAGE_REJECT at the
				  end of the way */
	int64_t due; /* seconds since 1970: not before; 0: no date */
	bool waited; /* that day has come */
	bool advised; /* `next` may be published now */
	bool jumps; /* the plan leaves out a stage, or comes early */
	const char *obstacle; /* N_(): what is in the way; NULL: nothing */
};

/*
 * Notes the stage seen in DNS, `record` NULL for none.  True when the plan
 * changed: it is another one than before.
 */
bool dmarc_path_note(
    struct plan *, const struct dmarc_record *record, int64_t now);

struct dmarc_path dmarc_path_at(const struct plan *, enum dmarc_green spf,
    enum dmarc_green dkim, int64_t now);

/* Sets p and t of the plan to those of a stage. */
void dmarc_path_take(struct plan *, enum dmarc_stage);

/* N_(): "reports only"; what it is for; what a jump to it risks. */
const char *dmarc_stage_label(enum dmarc_stage);
const char *dmarc_stage_text(enum dmarc_stage);
const char *dmarc_stage_risk(enum dmarc_stage);

#endif
