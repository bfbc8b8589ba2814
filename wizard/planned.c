/* The records of a plan: words, and what a text in DNS is beside one. */
#include "planned.h"

#include "../checks/base/i18n.h"
#include "../checks/crypto.h"
#include "../checks/dkim.h"
#include "../checks/dmarc_clean.h"
#include "../checks/spf.h"
#include "../checks/spf_clean.h"
#include "dkim_plan.h"
#include "dmarc_plan.h"
#include "spf_plan.h"

const struct planned_words planned_words[PLANNED_COUNT] = {
	[PLANNED_SPF] = {
		.step = WIZ_SPF,
		.label = N_("SPF"),
		.other = N_("an old record"),
		.odd = N_("a text that is no SPF record"),
		.none = N_("no SPF record"),
		.odd_now = N_("A text is there that is no SPF record."),
		.odd_do = N_("It must begin with v=spf1, without quotes or "
		    "blanks in front."),
		.second_now = N_("There are two SPF records now."),
		.second_do = N_("Receivers accept neither. Delete the other "
		    "one: %s"),
		.publish = N_("Publish the SPF record of %s"),
		.faulty = N_("The planned SPF record of %s has faults"),
	},
	[PLANNED_KEY] = {
		.step = WIZ_DKIM,
		.label = N_("DKIM key"),
		.other = N_("another key"),
		.odd = N_("a text that is no sound key"),
		.none = N_("no key"),
		.odd_now = N_("A text is there that is no sound key."),
		.odd_do = N_("The value must be there whole, from v=DKIM1 to "
		    "its last letter, without quotes around it."),
		.second_now = N_("There are two keys under this name now."),
		.second_do = N_("Receivers may take either. Delete the other "
		    "one: %s"),
		.publish = N_("Publish the DKIM key at %s"),
		.faulty = N_("The planned DKIM key at %s has faults"),
	},
	[PLANNED_OLD_KEY] = {
		.step = WIZ_DKIM,
		.label = N_("old DKIM key"),
		.other = N_("the key, not revoked"),
		.odd = N_("a text that is no record of a key"),
		.none = N_("no record"),
		.odd_now = N_("A text is there that is no record of a key."),
		.odd_do = N_("The value is v=DKIM1; p= and nothing behind it, "
		    "without quotes."),
		.second_now = N_("There are two records under the old name "
		    "now."),
		.second_do = N_("The old key may still be taken. Delete the "
		    "other one: %s"),
		.publish = N_("Revoke the old DKIM key at %s"),
		.faulty = N_("The record at %s has faults"),
	},
	[PLANNED_DMARC] = {
		.step = WIZ_DMARC,
		.label = N_("DMARC"),
		.other = N_("an old record"),
		.odd = N_("a text that is no DMARC record"),
		.none = N_("no DMARC record"),
		.odd_now = N_("A text is there that is no DMARC record."),
		.odd_do = N_("It must begin with v=DMARC1, without quotes or "
		    "blanks in front."),
		.second_now = N_("There are two DMARC records now."),
		.second_do = N_("Receivers accept neither. Delete the other "
		    "one: %s"),
		.publish = N_("Publish the DMARC record at %s"),
		.faulty = N_("The planned DMARC record at %s has faults"),
	},
};

static enum planned_text
compare_spf(struct arena *arena, struct str text, struct str record)
{
	struct spf_clean clean;

	if (spf_is_record(text))
		return spf_same_record(text, record) ? PLANNED_TEXT_SAME
						     : PLANNED_TEXT_OTHER;
	return spf_clean(arena, text, &clean) ? PLANNED_TEXT_ODD
					      : PLANNED_TEXT_FOREIGN;
}

static enum planned_text
compare_dmarc(struct arena *arena, struct str text, struct str record)
{
	struct dmarc_clean clean;

	if (dmarc_is_record(text))
		return dmarc_same_record(text, record) ? PLANNED_TEXT_SAME
						       : PLANNED_TEXT_OTHER;
	return dmarc_clean(arena, text, true, &clean) ? PLANNED_TEXT_ODD
						      : PLANNED_TEXT_FOREIGN;
}

/* A planned record with an empty p= wants the key revoked. */
static enum planned_text
compare_key(struct arena *arena, struct str text, struct str record)
{
	struct dkim_key found, planned;
	struct public_key key;
	bool same;

	if (!dkim_is_key_record(text))
		return PLANNED_TEXT_FOREIGN;
	dkim_key_read(arena, text, &found);
	if (found.fault != DKIM_KEY_SOUND && found.fault != DKIM_KEY_REVOKED)
		return PLANNED_TEXT_ODD;
	dkim_key_read(arena, record, &planned);
	if (planned.fault == DKIM_KEY_REVOKED)
		same = found.fault == DKIM_KEY_REVOKED;
	else
		same = public_key_read(arena, planned.octets, &key) &&
		    dkim_plan_holds(arena, text, &key);
	return same ? PLANNED_TEXT_SAME : PLANNED_TEXT_OTHER;
}

enum planned_text
planned_compare(
    struct arena *arena, enum planned which, struct str text, struct str record)
{
	switch (which) {
	case PLANNED_SPF:
		return compare_spf(arena, text, record);
	case PLANNED_KEY:
	case PLANNED_OLD_KEY:
		return compare_key(arena, text, record);
	case PLANNED_DMARC:
		return compare_dmarc(arena, text, record);
	case PLANNED_COUNT:
		break;
	}
	return PLANNED_TEXT_FOREIGN;
}
