/* The names under which mail programs look for their settings. */
#include "service_auto.h"

#include <string.h>

#include "look.h"

static enum status
ask_target(struct run *run, struct service_auto *out)
{
	const char *host;
	struct look look = { 0 };
	enum status status;

	if (out->srv->nrecords == 0)
		return OK;
	host = out->srv->records[0].srv.host;
	if (host[0] == '\0' || strcmp(host, ".") == 0)
		return OK;
	look_for(run, &look, host, RR_A);
	look_for(run, &look, host, RR_AAAA);
	status = look_ask(run, &look);
	if (status != OK)
		return status;
	out->target_a = look.answers[0];
	out->target_aaaa = look.answers[1];
	return OK;
}

/* A and AAAA of each name, and the SRV record behind them. */
static void
make_questions(
    struct run *run, const char *domain, struct look *look, const char **names)
{
	static const char *const labels[AUTO_NAMES] = { "autodiscover",
		"autoconfig" };

	for (size_t i = 0; i < AUTO_NAMES; i++) {
		names[i] = arena_printf(run->arena, "%s.%s", labels[i], domain);
		look_for(run, look, names[i], RR_A);
		look_for(run, look, names[i], RR_AAAA);
	}
	look_for(run, look,
	    arena_printf(run->arena, "_autodiscover._tcp.%s", domain), RR_SRV);
}

void
service_auto_ahead(struct run *run, const char *domain)
{
	const char *names[AUTO_NAMES];
	struct look look = { 0 };

	make_questions(run, domain, &look, names);
	dns_ask_ahead(run, look.questions, look.n);
}

enum status
service_auto_find(struct run *run, const char *domain, struct service_auto *out)
{
	struct look look = { 0 };
	enum status status;

	*out = (struct service_auto){ 0 };
	make_questions(run, domain, &look, out->names);
	status = look_ask(run, &look);
	if (status != OK)
		return status;
	for (size_t i = 0; i < AUTO_NAMES; i++) {
		out->a[i] = look.answers[2 * i];
		out->aaaa[i] = look.answers[2 * i + 1];
	}
	out->srv = look.answers[2 * AUTO_NAMES];
	return ask_target(run, out);
}

bool
service_auto_may_exist(const struct service_auto *found)
{
	for (size_t i = 0; i < AUTO_NAMES; i++)
		if (!answer_is_absent(found->a[i]) ||
		    !answer_is_absent(found->aaaa[i]))
			return true;
	return !answer_is_absent(found->srv);
}

/* An alias for something that has no address. */
static void
judge_name(struct run *run, const struct service_auto *found, size_t i,
    struct step_report *out)
{
	const struct answer *a = found->a[i];

	if (!answer_is_absent(a) || !answer_is_absent(found->aaaa[i]) ||
	    a->nchain == 0)
		return;
	report(run, F_AUTODISCOVER_DEAD, .subject = found->names[i],
	    .detail = { a->owner }, .has_record = true,
	    .record = look_publish(run, out, &a->chain[0]));
}

void
service_auto_judge(
    struct run *run, const struct service_auto *found, struct step_report *out)
{
	for (size_t i = 0; i < AUTO_NAMES; i++)
		judge_name(run, found, i, out);
	if (found->target_a != NULL && answer_is_absent(found->target_a) &&
	    answer_is_absent(found->target_aaaa))
		report(run, F_SRV_DEAD, .subject = found->srv->name,
		    .detail = { found->target_a->name }, .has_record = true,
		    .record = look_publish(run, out, &found->srv->records[0]));
}
