/* The verdict on one message. */
#include "verify.h"

#include <string.h>

#include "base/i18n.h"
#include "base/printable.h"
#include "dmarc.h"
#include "mailbox.h"
#include "name.h"

const char *
verify_word(enum verify_word word)
{
	static const char *const words[] = {
		[VERIFY_UNKNOWN] = NULL,
		[VERIFY_NONE] = "none",
		[VERIFY_PASS] = "pass",
		[VERIFY_FAIL] = "fail",
		[VERIFY_TEMPERROR] = "temperror",
		[VERIFY_PERMERROR] = "permerror",
	};

	return words[word];
}

bool
verify_any_pass(const struct verify *verify)
{
	for (size_t i = 0; i < verify->dkim.n; i++)
		if (verify->dkim.list[i].result == DKIM_PASS)
			return true;
	return false;
}

bool
verify_any_temperror(const struct verify *verify)
{
	for (size_t i = 0; i < verify->dkim.n; i++)
		if (verify->dkim.list[i].result == DKIM_TEMPERROR)
			return true;
	return verify->dmarc.result == VERIFY_TEMPERROR ||
	    (verify->has_spf && verify->spf.result == SPF_RESULT_TEMPERROR);
}

/* --- the author ---------------------------------------------------------- */

/*
 * RFC 9989 section 5.3 wants one domain.  Several addresses of one domain are
 * as good as one; a message with none or with several has no DMARC.
 */
void
verify_author(
    struct arena *arena, const struct message *message, struct verify *out)
{
	const struct header_field *field = message_field(message, "From", 0);
	struct str *list;
	size_t n = 0;

	if (field != NULL)
		n = mailbox_read(arena, field->value, &list);
	for (size_t i = 0; i < n && out->from_problem == NULL; i++) {
		const char *domain = mailbox_domain(arena, list[i]);

		if (domain == NULL)
			out->from_problem = arena_printf(arena,
			    _("From holds \"%s\", which is not an address with "
			      "a domain."),
			    printable(arena, str_slice(list[i], 0, 100)));
		else if (out->from_domain == NULL)
			out->from_domain = domain;
		else if (!name_equal(out->from_domain, domain))
			out->from_problem =
			    _("From names addresses of several domains.");
	}
	if (field == NULL)
		out->from_problem = _("The message has no From field.");
	else if (n == 0)
		out->from_problem = _("The From field holds no address.");
	else if (message_count(message, "From") > 1)
		out->from_problem =
		    _("The message has several From fields, and only one is "
		      "allowed.");
}

/* --- SPF ----------------------------------------------------------------- */

/* Return-Path is what the last server wrote of MAIL FROM; RFC 5321 4.4. */
static void
trust_header(struct arena *arena, const struct message *message,
    struct verify_client *client)
{
	const struct header_field *received =
	    message_field(message, "Received", 0);
	const struct header_field *path =
	    message_field(message, "Return-Path", 0);
	struct received who;
	struct str *list;

	if (received != NULL && client->ip.family == IP_NONE &&
	    received_read(arena, received->value, &who)) {
		client->ip = who.ip;
		if (client->helo == NULL)
			client->helo = who.helo;
	}
	if (path != NULL && client->sender == NULL &&
	    mailbox_read(arena, path->value, &list) > 0)
		client->sender = str_dup(arena, list[0]);
}

static const char *
sender_domain(struct arena *arena, const struct verify_client *client,
    const char *from_domain)
{
	const char *domain;

	if (client->sender == NULL)
		return from_domain;
	if (client->sender[0] == '\0')
		return client->helo != NULL ? client->helo : from_domain;
	domain = mailbox_domain(arena, str_of(client->sender));
	return domain != NULL ? domain : client->sender;
}

static enum status
look_at_spf(
    struct run *run, const struct verify_client *client, struct verify *out)
{
	const char *from = out->from_domain;
	const char *domain = sender_domain(run->arena, client, from);
	struct spf_query query = {
		.ip = client->ip,
		.helo = client->helo != NULL ? client->helo : from,
		.sender = client->sender,
	};
	struct spf_verdict verdict;
	enum status status;

	if (domain == NULL) {
		out->spf_problem =
		    _("SPF was not looked at: no sender is known; give "
		      "--sender ADDRESS.");
		return OK;
	}
	if (query.helo == NULL)
		query.helo = domain;
	if (query.sender == NULL)
		query.sender =
		    arena_printf(run->arena, "postmaster@%s", domain);
	status = spf_check_host(run, domain, &query, &verdict);
	if (status != OK)
		return status;
	out->has_spf = true;
	out->spf = (struct verify_spf){
		.result = verdict.result,
		.domain = printable(run->arena, str_of(domain)),
		.reason = verdict.reason,
	};
	return OK;
}

/* --- findings ------------------------------------------------------------ */

void
verify_report_dns(struct run *run, const struct answer *answer)
{
	enum finding_code code = F_DNS_FAILED;

	if (answer->outcome == DNS_SILENT)
		code = F_DNS_TIMEOUT;
	else if (answer->bogus)
		code = F_DNS_BOGUS;
	report(run, code, .subject = answer->name,
	    .detail = { rr_type_word(run->arena, answer->type), answer->why });
}

static void
report_signature(struct run *run, const struct dkim_verdict *verdict)
{
	struct arena *arena = run->arena;
	const struct dkim_signature *signature = &verdict->signature;

	if (verdict->result == DKIM_TEMPERROR)
		verify_report_dns(run, verdict->answer);
	if (verdict->part_signed)
		report(run, F_DKIM_PART_SIGNED, .subject = signature->domain,
		    .detail = { arena_printf(arena, "%llu",
				    (unsigned long long)signature->limit),
			arena_printf(arena, "%llu",
			    (unsigned long long)verdict->unsigned_octets),
			verdict->key_name });
	if (verdict->nkeys > 0 && verdict->key.testing)
		report(run, F_DKIM_TESTING, .subject = verdict->key_name);
	if (verdict->nkeys > 0 && verdict->key.type == KEY_RSA &&
	    verdict->key_bits >= DKIM_RSA_MIN_BITS &&
	    verdict->key_bits < DKIM_RSA_SHORT_BITS)
		report(run, F_DKIM_KEY_SHORT, .subject = verdict->key_name,
		    .detail = { arena_printf(arena, "%u", verdict->key_bits) });
}

/*
 * What SPF and DMARC will ask goes out while the body is read; dkim_verify()
 * sends the questions for keys.
 */
static void
ask_ahead(struct run *run, const struct verify_client *client,
    const struct verify *verify)
{
	const char *domains[2];
	size_t n = 0;
	const char *sender;

	if (verify->from_problem == NULL)
		domains[n++] = verify->from_domain;
	if (client->ip.family != IP_NONE) {
		sender = sender_domain(run->arena, client, verify->from_domain);
		if (sender != NULL && name_is_valid(sender)) {
			struct question spf = { sender, RR_TXT };

			dns_ask_ahead(run, &spf, 1);
			domains[n++] = sender;
		}
	}
	dmarc_walk_ahead(run, domains, n);
}

enum status
verify_message(struct run *run, const struct message *message,
    const struct verify_client *given, bool trust_received, struct verify *out)
{
	struct verify verify = { 0 };
	struct verify_client client = *given;
	enum status status;

	verify_author(run->arena, message, &verify);
	if (trust_received)
		trust_header(run->arena, message, &client);
	ask_ahead(run, &client, &verify);
	status = dkim_verify(run, message, &verify.dkim);
	if (status == OK && client.ip.family != IP_NONE)
		status = look_at_spf(run, &client, &verify);
	else if (trust_received)
		verify.spf_problem =
		    _("SPF was not looked at: the topmost Received field does "
		      "not say from which address the message came; give --ip "
		      "ADDRESS.");
	verify.aligned = arena_array(run->arena, verify.dkim.n, sizeof(bool));
	if (status == OK)
		status = verify_dmarc(run, &verify);
	if (status != OK)
		return status;
	for (size_t i = 0; i < verify.dkim.n; i++)
		report_signature(run, &verify.dkim.list[i]);
	*out = verify;
	return OK;
}
