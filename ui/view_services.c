/* ui/view_services.c - mail services to pick from for the SPF record. */
#include <string.h>

#include "../checks/base/i18n.h"
#include "../wizard/help.h"
#include "../wizard/services.h"
#include "builder.h"

enum { ID_SEARCH = 1, ID_CLOSE = 300, ID_SERVICE = 1000 };

static const char *
title(struct ui *ui)
{
	(void)ui;
	return _("A mail service you use");
}

/* --- which one ----------------------------------------------------------- */

static size_t
find(struct ui *ui, struct service **out)
{
	*out = arena_array(ui->arena, SERVICES_MAX, sizeof(**out));
	return services_find(ui->session, ui->services.search.text, *out);
}

/* The one a row stands for; NULL: another row. */
static const struct service *
service_of(struct ui *ui, int id)
{
	struct service *list;
	size_t n = find(ui, &list);

	return id >= ID_SERVICE && (size_t)(id - ID_SERVICE) < n
	    ? &list[id - ID_SERVICE]
	    : NULL;
}

/* What it costs is looked up while the person reads what it is. */
static void
look_at(struct ui *ui, int id)
{
	const struct service *service = service_of(ui, id);

	if (service != NULL)
		services_look(ui->session, service);
}

static void
open_services(struct ui *ui)
{
	memset(&ui->services, 0, sizeof(ui->services));
	look_at(ui, ID_SERVICE);
}

/* --- the list ------------------------------------------------------------ */

#define INCLUDE_COLUMN 30
#define NARROW_BELOW   60

static void
draw_service(const struct row *row, const struct canvas *line, bool focused)
{
	bool narrow = line->cols < NARROW_BELOW;
	int end = form_draw_right(row, line, narrow ? 16 : 50);

	form_mark(line, focused);
	draw_cut(line, 0, 3, narrow ? end - 4 : INCLUDE_COLUMN - 4,
	    focused ? ROLE_FOCUS : ROLE_HEADING, row->label);
	if (!narrow)
		draw_cut(line, 0, INCLUDE_COLUMN, end - INCLUDE_COLUMN - 1,
		    ROLE_TEXT, row->text);
}

/* The right edge of a row: what matters most about it. */
static const char *
short_word(struct ui *ui, const struct service *service)
{
	if (service->there)
		return _("in the record");
	if (service->include == NULL)
		return _("see its help");
	if (service->provider->need == PROVIDER_NOT_NEEDED)
		return _("not needed");
	if (service->known && service->trouble != SPF_FINE)
		return _("not found");
	if (service->known)
		return ui_format(ui,
		    PLURAL("%u lookup", "%u lookups", service->lookups),
		    service->lookups);
	return service->asking ? _("counting") : "";
}

static void
add_service(
    struct ui *ui, struct form *form, int id, const struct service *service)
{
	form_add(form,
	    (struct row){ .id = id,
		.group = 1,
		.scrolls = true,
		.draw = draw_service,
		.label = service->provider->name,
		.text = service->include == NULL
		    ? _(services_kind(service->provider))
		    : ui_format(ui, "include:%s", service->include),
		.right = short_word(ui, service) });
}

static void
add_list(struct ui *ui, struct form *form)
{
	struct service *list;
	size_t n = find(ui, &list);
	bool yours = n > 0 && list[0].yours;

	if (n == 0)
		form_scroll_text(form, ROLE_TEXT, 3,
		    _("None has this in its name. It may be known under "
		      "another one; or add the include that its own "
		      "instructions name."));
	if (yours)
		form_scroll_text(
		    form, ROLE_NOTE, 1, _("Receive the mail of your domain"));
	for (size_t i = 0; i < n; i++) {
		if (yours && i > 0 && list[i - 1].yours && !list[i].yours)
			form_scroll_text(form, ROLE_NOTE, 1, _("All others"));
		add_service(ui, form, ID_SERVICE + (int)i, &list[i]);
	}
}

/* --- about the one that is selected -------------------------------------- */

/* "include:x adds 4 lookups: 6 of 10 then." */
static const char *
cost_text(struct ui *ui, const struct service *service)
{
	const struct spf_view *spf = session_spf(ui->session);
	unsigned int sum = spf->lookups + service->lookups;

	if (service->include == NULL)
		return "";
	if (!service->known)
		return service->asking
		    ? _("What it costs is being looked up ...")
		    : _("What it costs is not known here.");
	if (service->trouble != SPF_FINE)
		return ui_format(ui,
		    _("DNS shows no working record at %s now: ask the "
		      "service."),
		    service->include);
	if (service->there || !spf->counted)
		return ui_format(ui,
		    PLURAL("Costs %u lookup of %d.", "Costs %u lookups of %d.",
			service->lookups),
		    service->lookups, SPF_MAX_LOOKUPS);
	return ui_format(ui,
	    sum > SPF_MAX_LOOKUPS
		? _("Costs %u of %d lookups. Your record then needs %u, and "
		    "receivers give up on it.")
		: _("Costs %u of %d lookups. Your record then needs %u."),
	    service->lookups, SPF_MAX_LOOKUPS, sum);
}

static void
add_about(struct ui *ui, struct form *form)
{
	const struct service *service = service_of(ui, ui_state(ui)->focus);

	form_blank(form);
	if (service == NULL) {
		form_text(form, DROP_NOTE, ROLE_TEXT, 1,
		    _("Type a part of its name, then Down to it. Choosing one "
		      "puts its include before \"all\"."));
		return;
	}
	form_text(
	    form, DROP_NOTE, ROLE_TEXT, 1, services_advice(ui->arena, service));
	form_text(form, DROP_NOTE, ROLE_NOTE, 1, cost_text(ui, service));
}

static void
build(struct ui *ui, struct form *form)
{
	static const struct hint searching[] = {
		{ ACT_TEXT, N_("to search") },
		{ ACT_DOWN, N_("select") },
		{ ACT_BACK, N_("cancel") },
	};
	static const struct hint selecting[] = {
		{ ACT_UP, N_("select") },
		{ ACT_ENTER, N_("add it") },
		{ ACT_PREVIOUS_FIELD, N_("search") },
		{ ACT_BACK, N_("cancel") },
	};
	bool search = ui_state(ui)->focus < ID_SERVICE;

	form->label = 10;
	form_field(form, ID_SEARCH, 0, _("Search"), &ui->services.search);
	add_list(ui, form);
	add_about(ui, form);
	form->hints = search ? searching : selecting;
	form->nhints = search ? COUNT(searching) : COUNT(selecting);
}

/* --- doing --------------------------------------------------------------- */

static bool
add(struct ui *ui, int id)
{
	const struct service *service = service_of(ui, id);

	if (service == NULL)
		return false;
	if (service->provider->need == PROVIDER_NOT_NEEDED &&
	    service->include != NULL && !service->there &&
	    ui->services.warned != id) {
		ui->services.warned = id;
		ui_note(ui, MESSAGE_NOTE,
		    _("Usually not needed. Enter once more adds it all the "
		      "same."));
		return true;
	}
	if (!ui_said(ui, services_add(ui->session, service)))
		return true;
	ui_note(ui, MESSAGE_OK,
	    ui_format(
		ui, _("Added include:%s. u takes it back."), service->include));
	ui_close_all(ui);
	return true;
}

/* Enter in the search field takes the only one there is. */
static bool
press(struct ui *ui, int id)
{
	struct service *list;

	if (id == ID_SEARCH)
		return find(ui, &list) == 1 && add(ui, ID_SERVICE);
	return add(ui, id);
}

static void
changed(struct ui *ui, int id)
{
	(void)id;
	ui->services.warned = 0;
	if (!ui_typing(ui))
		look_at(ui, ID_SERVICE);
}

static void
left(struct ui *ui, int id)
{
	(void)id;
	ui->services.warned = 0;
	look_at(ui, ui_state(ui)->focus);
}

static const char *
hint(struct ui *ui, int id)
{
	const struct service *service = service_of(ui, id);

	if (service == NULL)
		return _("Only names are searched; nothing is asked by it.");
	if (service->include == NULL ||
	    service->provider->need == PROVIDER_NOT_NEEDED)
		return services_advice(ui->arena, service);
	return cost_text(ui, service);
}

static const char *
topic(struct ui *ui, int id)
{
	(void)ui;
	(void)id;
	return help_for_term(SPF_INCLUDE);
}

const struct view view_services = {
	.title = title,
	.open = open_services,
	.build = build,
	.press = press,
	.changed = changed,
	.left = left,
	.hint = hint,
	.topic = topic,
};
