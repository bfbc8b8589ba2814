/* ui/view_dmarc.c - what receivers shall do with mail that is forged. */
#include "../checks/base/i18n.h"
#include "page.h"

static const char *
title(struct ui *ui)
{
	(void)ui;
	return _(steps[WIZ_DMARC].name);
}

static void
build(struct ui *ui, struct form *form)
{
	page_begin(ui, form, WIZ_DMARC);
	page_end(ui, form, WIZ_DMARC);
}

static bool
press(struct ui *ui, int id)
{
	return page_press(ui, WIZ_DMARC, id);
}

static bool
act(struct ui *ui, enum action action, int id)
{
	(void)id;
	return page_act(ui, WIZ_DMARC, action);
}

static const char *
hint(struct ui *ui, int id)
{
	return page_hint(ui, WIZ_DMARC, id);
}

static const char *
help(struct ui *ui, int id)
{
	return page_help(ui, WIZ_DMARC, id);
}

static const char *
topic(struct ui *ui, int id)
{
	return page_topic(ui, WIZ_DMARC, id);
}

const struct view view_dmarc = {
	.title = title,
	.build = build,
	.press = press,
	.act = act,
	.hint = hint,
	.help = help,
	.topic = topic,
};
