/* Mail services to pick from: what each adds, and what that costs. */
#include <string.h>

#include "../checks/base/i18n.h"
#include "../checks/base/printable.h"
#include "../checks/spf.h"
#include "../wizard/services.h"
#include "plain_inside.h"

/* What matters most about it, behind its name. */
static const char *
short_word(const struct service *service)
{
	if (service->there)
		return _("in the record");
	if (service->covered)
		return _("covered by another term");
	if (service->provider->need == PROVIDER_NOT_NEEDED)
		return _("not needed");
	return service->yours ? _("receives the mail of your domain") : "";
}

static void
put_services(struct plain *p, const struct service *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const char *word = short_word(&list[i]);

		plain_print(arena_printf(p->arena, "%3zu  ", i + 1),
		    "%s, %s%s%s", list[i].provider->name,
		    _(services_kind(list[i].provider)),
		    *word == '\0' ? "" : "; ", word);
	}
}

/* "include:x costs 4 of 10 lookups: 6 then." */
static void
put_cost(struct plain *p, const struct service *service)
{
	const struct spf_view *spf = session_spf(p->session);
	unsigned int sum = spf->lookups + service->lookups;

	if (service->include == NULL)
		return;
	if (!service->known)
		plain_put("", _("What it costs is not known here."));
	else if (service->trouble != SPF_FINE)
		plain_print("",
		    _("DNS shows no working record at %s now: ask the "
		      "service."),
		    service->include);
	else if (service->there || !spf->counted)
		plain_print("",
		    PLURAL("Costs %u lookup of %d.", "Costs %u lookups of %d.",
			service->lookups),
		    service->lookups, SPF_MAX_LOOKUPS);
	else
		plain_print("",
		    sum > SPF_MAX_LOOKUPS
			? _("Costs %u of %d lookups. Your record then needs "
			    "%u, and receivers give up on it.")
			: _("Costs %u of %d lookups. Your record then needs "
			    "%u."),
		    service->lookups, SPF_MAX_LOOKUPS, sum);
}

/* The same service as it is after a look, in case that came. */
static bool
find_again(struct plain *p, struct service *service)
{
	struct service *list =
	    arena_array(p->arena, SERVICES_MAX, sizeof(*list));
	size_t n = services_find(p->session, "", list);

	for (size_t i = 0; i < n; i++)
		if (list[i].provider == service->provider) {
			*service = list[i];
			return true;
		}
	return false;
}

/* What it is; then yes or no. */
static void
offer(struct plain *p, struct service *service)
{
	const char *problem;

	services_look(p->session, service);
	plain_wait_for(p, LOOK_SERVICE);
	if (p->ended >= 0 || !find_again(p, service))
		return;
	plain_print("", "%s: %s", service->provider->name,
	    services_advice(p->arena, service));
	put_cost(p, service);
	if (service->include != NULL && !service->there &&
	    !plain_confirm(p,
		arena_printf(p->arena,
		    _("Add include:%s? y adds it, Enter does not:"),
		    service->include)))
		return;
	problem = services_add(p->session, service);
	if (problem != NULL)
		plain_put("NOTE  ", problem);
	else
		plain_print("OK    ", _("Added include:%s. u takes it back."),
		    service->include);
}

static const char *
service_topic(struct plain *p, const void *about, size_t number)
{
	const struct service *list = about;

	return services_advice(p->arena, &list[number - 1]);
}

void
plain_add_service(struct plain *p)
{
	struct service *list =
	    arena_array(p->arena, SERVICES_MAX, sizeof(*list));
	struct topics topics = { .text = service_topic, .about = list };
	enum reply reply =
	    plain_ask(p, _("A part of its name, Enter for the whole list:"),
		_("For example: google, mailchimp, brevo. Only names are "
		  "searched; nothing is asked by it."));
	size_t chosen;

	if (reply != REPLY_TEXT && reply != REPLY_EMPTY)
		return;
	topics.most = services_find(
	    p->session, reply == REPLY_EMPTY ? "" : p->line, list);
	if (topics.most == 0) {
		plain_put("",
		    _("None has this in its name. It may be known under "
		      "another one; or add the include that its own "
		      "instructions name."));
		return;
	}
	put_services(p, list, topics.most);
	chosen = plain_choose_about(p,
	    _("Number to read about it, Enter to add none, ?1 on number 1:"),
	    _("You are told what the service needs before anything is "
	      "added."),
	    &topics, &reply);
	if (chosen > 0)
		offer(p, &list[chosen - 1]);
}
