/* Reverse name, forward confirmation and EHLO name of sending addresses. */
#include "host_check.h"

#include "base/i18n.h"
#include "name.h"
#include "ptr_name.h"

void
host_ask_names(struct run *run, struct look *look, struct sending_host *host)
{
	host->address = ip_print(run->arena, host->ip);
	host->reverse = ip_reverse_name(run->arena, host->ip);
	host->first = look_for(run, look, host->reverse, RR_PTR);
}

void
host_ask_addresses(struct run *run, struct look *names, struct look *look,
    struct sending_host *host)
{
	host->names = names->answers[host->first];
	host->first = look->n;
	host->nforward = host->names->nrecords < HOST_NAMES_MAX
	    ? host->names->nrecords
	    : HOST_NAMES_MAX;
	for (size_t i = 0; i < host->nforward; i++)
		look_for(run, look, host->names->records[i].host,
		    host->ip.family == IP_V4 ? RR_A : RR_AAAA);
}

bool
answer_has_ip(const struct answer *answer, struct ip ip)
{
	if (answer == NULL)
		return false;
	for (size_t i = 0; i < answer->nrecords; i++)
		if (ip_equal(answer->records[i].ip, ip))
			return true;
	return false;
}

/* The first of its names that leads back; RFC 8601 section 3. */
static const char *
confirm(const struct sending_host *host)
{
	for (size_t i = 0; i < host->nforward; i++)
		if (answer_has_ip(host->forward[i], host->ip))
			return host->names->records[i].host;
	return NULL;
}

/* None of the names leads back; or was it that we could not look? */
static void
report_mismatch(struct run *run, struct sending_host *host, size_t record)
{
	bool trouble = false;
	const struct record *first = &host->names->records[0];

	for (size_t i = 0; i < host->nforward; i++)
		trouble = look_trouble(run, host->forward[i]) || trouble;
	if (trouble)
		return;
	host->wants_ptr = true;
	report(run, F_PTR_MISMATCH, .subject = host->address,
	    .detail = { first->host, look_values(run, host->forward[0]) },
	    .has_record = true, .record = record);
}

static void
judge_names(struct run *run, struct sending_host *host, struct step_report *out)
{
	size_t record;
	const char *name;

	record = look_publish(run, out, &host->names->records[0]);
	for (size_t i = 1; i < host->nforward; i++)
		look_publish(run, out, &host->names->records[i]);
	host->confirmed = confirm(host);
	if (host->confirmed == NULL)
		report_mismatch(run, host, record);
	name = host->confirmed != NULL ? host->confirmed
				       : host->names->records[0].host;
	if (!ptr_name_is_generic(name, host->ip))
		return;
	host->wants_ptr = true;
	report(run, F_PTR_GENERIC, .subject = host->address, .detail = { name },
	    .has_record = true, .record = record);
}

void
host_judge(struct run *run, const struct look *addresses,
    struct sending_host *host, struct step_report *out)
{
	host->forward = addresses->answers + host->first;
	if (look_trouble(run, host->names))
		return;
	if (host->names->nrecords == 0) {
		host->wants_ptr = true;
		report(run, F_PTR_MISSING, .subject = host->address,
		    .detail = { host->reverse });
		return;
	}
	judge_names(run, host, out);
}

/*
 * RFC 5321 section 2.3.5: letters, digits and hyphens, at least two labels; an
 * underscore is common and harmless.  The last label is not all digits, or it
 * would be an address.
 */
bool
helo_is_name(const char *name)
{
	struct str s = str_of(name), label;
	bool digits = true;

	for (size_t i = 0; i < s.len; i++)
		if (!is_alnum(s.p[i]) && s.p[i] != '-' && s.p[i] != '.' &&
		    s.p[i] != '_')
			return false;
	if (!name_is_valid(name) || name_labels(name) < 2)
		return false;
	label = s;
	while (str_find(label, '.') < label.len)
		str_word(&label, '.');
	for (size_t i = 0; i < label.len; i++)
		digits = digits && is_digit(label.p[i]);
	return !digits;
}

static bool
helo_leads_to(const struct helo *helo, struct ip ip)
{
	return answer_has_ip(helo->a, ip) || answer_has_ip(helo->aaaa, ip);
}

static const char *
helo_values(struct run *run, const struct helo *helo)
{
	const char *list = NULL;

	if (helo->a->nrecords > 0)
		list = look_join(run->arena, list, look_values(run, helo->a));
	if (helo->aaaa->nrecords > 0)
		list =
		    look_join(run->arena, list, look_values(run, helo->aaaa));
	return list;
}

/* Is the EHLO name one of the names of the address? */
static bool
has_name(const struct sending_host *host, const char *name)
{
	for (size_t i = 0; i < host->names->nrecords; i++)
		if (name_equal(host->names->records[i].host, name))
			return true;
	return false;
}

/* Would something be said about the names of the address? */
static bool
has_fault(const struct sending_host *host, const struct helo *helo)
{
	if (host->confirmed == NULL ||
	    ptr_name_is_generic(host->confirmed, host->ip))
		return true;
	return helo->a != NULL && helo_leads_to(helo, host->ip) &&
	    !has_name(host, helo->name);
}

void
host_judge_quietly(const struct look *addresses, const struct helo *helo,
    struct sending_host *host)
{
	host->forward = addresses->answers + host->first;
	host->confirmed = confirm(host);
	host->wants_ptr =
	    !answer_is_trouble(host->names) && has_fault(host, helo);
	for (size_t i = 0; i < host->nforward; i++)
		if (answer_is_trouble(host->forward[i]))
			host->wants_ptr = false;
}

static void
compare_with(struct run *run, const struct helo *helo,
    struct sending_host *host, struct step_report *out)
{
	size_t record;

	if (!helo_leads_to(helo, host->ip)) {
		report(run, F_HELO_OTHER_ADDRESS, .subject = helo->name,
		    .detail = { host->address, helo_values(run, helo) });
		return;
	}
	if (host->names->nrecords == 0 || has_name(host, helo->name))
		return;
	record = look_publish(run, out, &host->names->records[0]);
	host->wants_ptr = true;
	report(run, F_HELO_MISMATCH, .subject = helo->name,
	    .detail = { host->address, host->names->records[0].host },
	    .has_record = true, .record = record);
}

/* False when there is nothing to compare addresses with. */
static bool
judge_name(struct run *run, struct helo *helo)
{
	if (helo->a == NULL) {
		report(run, F_HELO_NOT_A_NAME, .subject = helo->name);
		return false;
	}
	if (helo->a->nrecords > 0 || helo->aaaa->nrecords > 0)
		return true;
	if (!look_trouble(run, helo->a) && !look_trouble(run, helo->aaaa))
		report(run, F_HELO_NO_ADDRESS, .subject = helo->name);
	return false;
}

void
helo_judge(struct run *run, struct helo *helo, struct sending_host *hosts,
    size_t n, bool all, struct step_report *out)
{
	bool leads = false;

	if (helo->name == NULL)
		return;
	helo->bad = !judge_name(run, helo);
	if (helo->bad)
		return;
	for (size_t i = 0; i < n; i++)
		leads = leads || helo_leads_to(helo, hosts[i].ip);
	for (size_t i = 0; i < n; i++)
		if (all || !leads || helo_leads_to(helo, hosts[i].ip))
			compare_with(run, helo, &hosts[i], out);
}
