/* Results as JSON. */
#include "json.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../checks/base/printable.h"
#include "../checks/certificate.h"
#include "../checks/dmarc_older.h"

void
json_begin(void)
{
	json_object_seed(0);
}

/* jansson says no to want of memory only: every text is UTF-8 before. */
static json_t *
made(json_t *value)
{
	if (value == NULL)
		out_of_memory();
	return value;
}

static void
put(json_t *object, const char *key, json_t *value)
{
	if (json_object_set_new(object, key, made(value)) != 0)
		out_of_memory();
}

static void
add(json_t *array, json_t *value)
{
	if (json_array_append_new(array, made(value)) != 0)
		out_of_memory();
}

/* A text or null; what is not UTF-8 is made printable. */
static json_t *
text(struct arena *arena, const char *s)
{
	json_t *value;

	if (s == NULL)
		return json_null();
	value = json_string(s);
	return value != NULL ? value : json_string(printable(arena, str_of(s)));
}

static json_t *
number(uint64_t n)
{
	return json_integer((json_int_t)n);
}

static char *
dump(json_t *object)
{
	char *line = json_dumps(object, 0);

	if (line == NULL)
		out_of_memory();
	json_decref(object);
	return line;
}

/* What every object begins with. */
static json_t *
begin_command(const char *command)
{
	json_t *object = made(json_object());

	put(object, "mailwizard", json_string(MAILWIZARD_VERSION));
	put(object, "command", json_string(command));
	return object;
}

static json_t *
begin(const char *command, const char *domain)
{
	json_t *object = begin_command(command);

	put(object, "domain", json_string(domain));
	return object;
}

static json_t *
records(struct arena *arena, const struct record *list, size_t n)
{
	json_t *array = made(json_array());

	for (size_t i = 0; i < n; i++) {
		json_t *record = made(json_object());

		put(record, "name", text(arena, list[i].name));
		put(record, "type",
		    text(arena, rr_type_word(arena, list[i].type)));
		put(record, "ttl", number(list[i].ttl));
		put(record, "value",
		    text(arena, record_value(arena, &list[i])));
		add(array, record);
	}
	return array;
}

static json_t *
finding(struct arena *arena, const struct finding *f)
{
	const struct finding_kind *kind = &finding_kinds[f->code];
	json_t *object = made(json_object());
	bool at = f->has_record;

	put(object, "id", json_string(kind->id));
	put(object, "severity", json_string(severity_word(f->severity)));
	put(object, "subject", text(arena, f->subject));
	put(object, "title", text(arena, finding_title(arena, f)));
	put(object, "text", text(arena, finding_text(arena, f)));
	put(object, "fix", text(arena, finding_fix(arena, f)));
	put(object, "reference", text(arena, kind->reference));
	put(object, "record", at ? number(f->record) : json_null());
	put(object, "from", at ? number(f->at.from) : json_null());
	put(object, "to", at ? number(f->at.to) : json_null());
	return object;
}

static json_t *
findings(struct arena *arena, const struct report *report)
{
	json_t *array = made(json_array());

	for (const struct finding *f = report->first; f != NULL; f = f->next)
		add(array, finding(arena, f));
	return array;
}

/* A note is no trouble: the step counts as passed. */
static enum severity
step_status(const struct step_report *report)
{
	return report->status == SEV_NOTE ? SEV_PASS : report->status;
}

static json_t *
step(struct arena *arena, const struct step_report *report)
{
	json_t *object = made(json_object());

	put(object, "step", json_string(step_word(report->step)));
	put(object, "status", json_string(severity_word(step_status(report))));
	put(object, "published",
	    records(arena, report->published, report->npublished));
	put(object, "suggested",
	    records(arena, report->suggested, report->nsuggested));
	put(object, "findings", findings(arena, &report->findings));
	return object;
}

static json_t *
summary(const struct audit *audit)
{
	json_t *object = made(json_object());

	for (int severity = 0; severity < SEV_COUNT; severity++) {
		uint64_t n = 0;

		for (size_t i = 0; i < audit->nsteps; i++)
			n += audit->steps[i].findings.count[severity];
		put(object, severity_word((enum severity)severity), number(n));
	}
	return object;
}

static json_t *
utc(time_t when)
{
	char buffer[sizeof("2026-11-24T10:00:00Z") + 16];
	struct tm tm;

	if (gmtime_r(&when, &tm) == NULL ||
	    strftime(buffer, sizeof(buffer), "%Y-%m-%dT%H:%M:%SZ", &tm) == 0)
		return json_null();
	return json_string(buffer);
}

static json_t *
since(struct arena *arena, const struct saved *saved, const struct audit *audit)
{
	json_t *object = made(json_object());
	json_t *list[2] = { made(json_array()), made(json_array()) };
	struct change *changes;
	size_t n = since_compare(arena, saved, audit, &changes);

	for (size_t i = 0; i < n; i++) {
		const struct saved_finding *f = &changes[i].finding;
		json_t *change = made(json_object());

		put(change, "step", text(arena, f->step));
		put(change, "id", text(arena, f->id));
		put(change, "severity", text(arena, f->severity));
		put(change, "subject", text(arena, f->subject));
		put(change, "title", text(arena, f->title));
		add(list[changes[i].gone], change);
	}
	put(object, "checked_at", text(arena, saved->checked_at));
	put(object, "new", list[0]);
	put(object, "gone", list[1]);
	return object;
}

char *
json_audit(
    const char *command, const struct audit *audit, const struct saved *saved)
{
	json_t *object = begin(command, audit->domain);
	json_t *steps = made(json_array());

	put(object, "checked_at", utc(audit->checked_at));
	for (size_t i = 0; i < audit->nsteps; i++)
		add(steps, step(audit->runs[i].arena, &audit->steps[i]));
	put(object, "steps", steps);
	put(object, "summary", summary(audit));
	if (saved != NULL)
		put(object, "since", since(audit->runs[0].arena, saved, audit));
	return dump(object);
}

/* The depth is that of the evaluation: RFC 7208 section 4.6.4 bounds it. */
static json_t *
tree(struct arena *arena, const struct spf_branch *branch)
{
	json_t *array = made(json_array());

	for (; branch != NULL; branch = branch->next) {
		json_t *object = made(json_object());

		put(object, "term", text(arena, branch->term));
		put(object, "domain", text(arena, branch->domain));
		put(object, "lookups", number(branch->lookups));
		put(object, "voids", number(branch->voids));
		put(object, "tree", tree(arena, branch->below));
		add(array, object);
	}
	return array;
}

char *
json_spf(const char *domain, const struct spf_verdict *verdict)
{
	struct arena *arena = arena_new();
	json_t *object = begin("spf", printable(arena, str_of(domain)));
	const char *explanation = verdict->explanation;
	char *line;

	if (explanation != NULL)
		explanation = printable(arena, str_of(explanation));
	put(object, "result", json_string(spf_result_word(verdict->result)));
	put(object, "explanation", text(arena, explanation));
	put(object, "reason", text(arena, verdict->reason));
	put(object, "term", text(arena, verdict->term));
	put(object, "lookups", number(verdict->lookups));
	put(object, "void_lookups", number(verdict->voids));
	put(object, "tree", tree(arena, verdict->tree));
	line = dump(object);
	arena_free(arena);
	return line;
}

char *
json_records(const char *domain, const struct record *list, size_t n)
{
	struct arena *arena = arena_new();
	json_t *object = begin("records", domain);
	char *line;

	put(object, "records", records(arena, list, n));
	line = dump(object);
	arena_free(arena);
	return line;
}

char *
json_keygen(const struct keygen *made_now)
{
	struct arena *arena = arena_new();
	json_t *object = begin("keygen", made_now->domain);
	json_t *list = records(arena, &made_now->record, 1);
	char *line;

	put(object, "selector", json_string(made_now->selector));
	put(object, "type", json_string(key_kind_word(made_now->kind)));
	put(object, "key_file", text(arena, made_now->key_file));
	put(object, "record", json_incref(json_array_get(list, 0)));
	json_decref(list);
	line = dump(object);
	arena_free(arena);
	return line;
}

static json_t *
signature(struct arena *arena, const struct dkim_verdict *verdict, bool aligned)
{
	json_t *object = made(json_object());
	json_t *autopsy = made(json_array());
	const struct dkim_signature *s = &verdict->signature;

	for (size_t i = 0; i < verdict->nautopsy; i++)
		add(autopsy, text(arena, verdict->autopsy[i]));
	put(object, "result", json_string(dkim_word(verdict->result)));
	put(object, "domain", text(arena, s->domain));
	put(object, "selector", text(arena, s->selector));
	put(object, "algorithm", text(arena, s->algorithm));
	put(object, "key_bits",
	    verdict->key_bits > 0 ? number(verdict->key_bits) : json_null());
	put(object, "aligned", json_boolean(aligned));
	put(object, "reason", text(arena, verdict->reason));
	put(object, "autopsy", autopsy);
	return object;
}

static json_t *
spf_of_message(struct arena *arena, const struct verify *verify)
{
	json_t *object;

	if (!verify->has_spf)
		return json_null();
	object = made(json_object());
	put(object, "result", json_string(spf_result_word(verify->spf.result)));
	put(object, "domain", text(arena, verify->spf.domain));
	put(object, "aligned", json_boolean(verify->spf.aligned));
	put(object, "reason", text(arena, verify->spf.reason));
	return object;
}

static json_t *
dmarc_of_message(struct arena *arena, const struct verify_dmarc *dmarc)
{
	json_t *object = made(json_object());

	put(object, "result", text(arena, verify_word(dmarc->result)));
	put(object, "reason", text(arena, dmarc->reason));
	put(object, "policy", text(arena, dmarc->policy));
	put(object, "disposition", text(arena, dmarc->disposition));
	put(object, "record_domain", text(arena, dmarc->record_domain));
	put(object, "organizational_domain",
	    text(arena, dmarc->organizational_domain));
	return object;
}

char *
json_verify(struct run *run, const struct verify *verify)
{
	json_t *object = begin_command("verify");
	json_t *dkim = made(json_array());

	for (size_t i = 0; i < verify->dkim.n; i++)
		add(dkim,
		    signature(
			run->arena, &verify->dkim.list[i], verify->aligned[i]));
	put(object, "from_domain", text(run->arena, verify->from_domain));
	put(object, "dkim", dkim);
	put(object, "spf", spf_of_message(run->arena, verify));
	put(object, "dmarc", dmarc_of_message(run->arena, &verify->dmarc));
	put(object, "findings", findings(run->arena, &run->report));
	return dump(object);
}

/* The names of the walk, "_dmarc." in front. */
static json_t *
walk_queries(struct arena *arena, const struct dmarc_walk *walk)
{
	json_t *array = made(json_array());

	for (size_t i = 0; i < walk->n; i++)
		add(array, text(arena, walk->queries[i]));
	return array;
}

/* All tags but v, as they are written; of two of a name the one that counts. */
static json_t *
record_tags(struct arena *arena, const struct dmarc_record *record)
{
	json_t *object = made(json_object());

	for (size_t i = 0; record != NULL && i < record->ntags; i++) {
		const struct dmarc_tag *tag = &record->tags[i];
		const char *name = dmarc_tag_name(tag->id);

		if (tag->id == DMARC_V || tag->id == DMARC_NO_TAG ||
		    tag->fault == DMARC_TWICE)
			continue;
		if (tag->id == DMARC_UNKNOWN)
			name = printable(arena, tag->name);
		put(object, name, text(arena, printable(arena, tag->value)));
	}
	return object;
}

static json_t *
older_receivers(struct arena *arena, const struct dmarc_discovery *found)
{
	json_t *array = made(json_array());
	const char *older[DMARC_OLDER_MAX];
	size_t n = dmarc_older(arena, found, older);

	for (size_t i = 0; i < n; i++)
		add(array, text(arena, older[i]));
	return array;
}

char *
json_dmarc(const struct audit *audit)
{
	const struct step_report *step = &audit->steps[0];
	const struct dmarc_discovery *found = step->dmarc;
	struct arena *arena = audit->runs[0].arena;
	json_t *object = begin("dmarc", audit->domain);
	bool valid = dmarc_applies(found);
	const char *applies = dmarc_tag_name(found->applies);

	put(object, "valid", json_boolean(valid));
	put(object, "record",
	    valid ? text(arena, printable(arena, found->found->text))
		  : json_null());
	put(object, "record_domain",
	    text(arena, valid ? found->record_domain : NULL));
	put(object, "organizational_domain",
	    text(arena, found->organizational_domain));
	put(object, "policy",
	    text(arena, valid ? dmarc_policy_word(found->policy) : NULL));
	put(object, "applies", text(arena, valid ? applies : NULL));
	put(object, "queries", walk_queries(arena, &found->walk));
	put(object, "tags", record_tags(arena, valid ? found->record : NULL));
	put(object, "findings", findings(arena, &step->findings));
	put(object, "published",
	    records(arena, step->published, step->npublished));
	put(object, "suggested",
	    records(arena, step->suggested, step->nsuggested));
	put(object, "older_receivers", older_receivers(arena, found));
	return dump(object);
}

/* Whom it speaks for: DNS names, then addresses. */
static json_t *
names_of(struct arena *arena, const struct certificate *one)
{
	json_t *array = made(json_array());

	for (size_t i = 0; i < one->ndns_names; i++)
		add(array, text(arena, one->dns_names[i]));
	for (size_t i = 0; i < one->naddresses; i++)
		add(array, text(arena, ip_print(arena, one->addresses[i])));
	return array;
}

/* "chain": the subjects of all that were sent, in that order. */
static json_t *
certificate(struct arena *arena, const struct tls_facts *tls)
{
	json_t *object, *chain;
	struct certificate own, one;

	if (tls->fingerprint == NULL)
		return json_null();
	object = made(json_object());
	chain = made(json_array());
	certificate_read(arena, tls->der[0], &own);
	put(object, "subject", text(arena, own.subject));
	put(object, "names", names_of(arena, &own));
	put(object, "not_after", own.dated ? utc(own.not_after) : json_null());
	for (size_t i = 0; i < tls->nder; i++) {
		certificate_read(arena, tls->der[i], &one);
		add(chain, text(arena, one.subject));
	}
	put(object, "chain", chain);
	put(object, "fingerprint_sha256", text(arena, tls->fingerprint));
	return object;
}

/* Was there an answer to the connection attempt? */
static json_t *
reachable(enum port_state state)
{
	if (state == PORT_NOT_SEEN || state == PORT_NO_ROUTE)
		return json_null();
	return json_boolean(state != PORT_TIMEOUT && state != PORT_CLOSED);
}

static json_t *
service(struct arena *arena, const struct port_facts *facts,
    const struct report *report)
{
	const struct port *port = &facts->port;
	enum tri login = facts->login_before_tls;
	json_t *object = made(json_object());

	put(object, "protocol",
	    json_string(mail_protocol_word(port->protocol)));
	put(object, "port", number(port->at.port));
	put(object, "tls",
	    json_string(port->implicit_tls ? "implicit" : "starttls"));
	put(object, "address", text(arena, ip_print(arena, port->at.ip)));
	put(object, "reachable", reachable(facts->state));
	put(object, "software", text(arena, facts->software));
	put(object, "tls_version",
	    text(arena, tls_version_word(facts->tls.version)));
	put(object, "login_before_tls",
	    login == TRI_UNKNOWN ? json_null()
				 : json_boolean(login == TRI_YES));
	put(object, "certificate", certificate(arena, &facts->tls));
	put(object, "findings", findings(arena, report));
	return object;
}

char *
json_server(struct arena *arena, const struct port_check *check)
{
	json_t *object = begin_command("server");
	json_t *services = made(json_array());

	put(object, "host", text(arena, check->host));
	for (size_t i = 0; i < check->n; i++)
		add(services,
		    service(arena, &check->facts[i], &check->findings[i]));
	put(object, "services", services);
	put(object, "findings", findings(arena, &check->together));
	return dump(object);
}
