/* Why a signature fails: what is told of each case. */
#include "dkim_autopsy.h"

#include "base/i18n.h"
#include "base/printable.h"

void
autopsy_say(struct run *run, struct dkim_verdict *verdict, const char *fmt, ...)
{
	va_list ap;

	verdict->autopsy = arena_grow(run->arena, verdict->autopsy,
	    verdict->nautopsy, sizeof(*verdict->autopsy));
	va_start(ap, fmt);
	verdict->autopsy[verdict->nautopsy++] =
	    arena_vprintf(run->arena, fmt, ap);
	va_end(ap);
}

/* The padding tells: this key did not make this signature. */
static void
explain_wrong_key(struct run *run, struct dkim_verdict *verdict)
{
	const char *name = printable(run->arena, str_of(verdict->key_name));
	size_t bits = verdict->signature.signature.len * 8;

	if (bits != (verdict->key_bits + 7) / 8 * 8)
		autopsy_say(run, verdict,
		    _("The signature has %zu bits and the key at %s has %u: "
		      "they cannot belong together."),
		    bits, name, verdict->key_bits);
	autopsy_say(run, verdict,
	    _("The signature was made with another private key than the one "
	      "whose public half is published at %s (or b= was damaged on "
	      "the way). Publish the public key of your signer there, or "
	      "give the signer the private key that belongs to the record. "
	      "After a change wait until the old record's TTL has passed."),
	    name);
}

static void
explain_parts(struct run *run, const struct message *message,
    struct dkim_verdict *verdict)
{
	if (verdict->part_signed)
		autopsy_say(run, verdict,
		    _("The signature covers only the first %llu octets of the "
		      "body (l=); anybody could have added the %llu behind "
		      "them. Sign without l=."),
		    (unsigned long long)verdict->signature.limit,
		    (unsigned long long)verdict->unsigned_octets);
	if (verdict->result == DKIM_PASS)
		return;
	if (message->mbox && verdict->body_known && !verdict->body_good)
		autopsy_say(run, verdict,
		    _("The file comes from a mailbox in mbox format, which "
		      "may have changed lines that begin with \"From \"."));
	if (message->bare_lf && verdict->signature.header == DKIM_SIMPLE &&
	    verdict->header_known && !verdict->header_good)
		autopsy_say(run, verdict,
		    _("The lines of the file end in LF alone: it was "
		      "converted after it came from the network, which is "
		      "undone here; other changes of that conversion are "
		      "not."));
}

static void
explain_key(struct run *run, const struct dkim_evidence *e,
    struct dkim_verdict *verdict)
{
	if (e->recovered == RECOVERED_NOTHING)
		explain_wrong_key(run, verdict);
	else if (e->recovered == RECOVERED_OTHER)
		autopsy_say(run, verdict,
		    _("The key is the right one, but what it signed is not a "
		      "SHA-256 hash as a=%s says: the signer uses another "
		      "hash than it names."),
		    verdict->signature.algorithm);
}

enum status
dkim_autopsy(struct run *run, const struct message *message,
    const struct dkim_evidence *evidence, struct dkim_verdict *verdict)
{
	enum status status = OK;

	if (verdict->header_known && !verdict->header_good) {
		if (verdict->key.type == KEY_RSA)
			explain_key(run, evidence, verdict);
		if (verdict->key.type != KEY_RSA ||
		    evidence->recovered == RECOVERED_SHA256)
			autopsy_header(run, message, evidence, verdict);
	}
	if (verdict->header_known && !verdict->body_good)
		status = autopsy_body(run, message, verdict);
	explain_parts(run, message, verdict);
	return status;
}
