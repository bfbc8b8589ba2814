/*
 * tests/ui/wizard.h - a session on a zone file and its views, without a
 * terminal.  Zones are tests/ui/zones/NAME.zone, and "demo" is the demo; the saved plans go to a
 * folder of their own.
 */
#ifndef WIZARD_H
#define WIZARD_H

#include "screen.h"

#include <unistd.h>

#include "../../ui/view.h"

struct wizard {
	char state[64];
	const char *zone;
	struct session *session;
	struct ui ui;
};

static inline void
wizard_begin(struct wizard *w, const char *zone, const char *domain)
{
	static char path[256];
	char problem[PLAN_TEXT];
	struct session_options options = {
		.domain = domain,
		.resolver = "127.0.0.1",
		.state_dir = w->state,
		.now = 1793534400, /* noon of a day in 2026 */
		.live = { .zones = &w->zone, .nzones = 1, .offline = true },
	};

	memset(w, 0, sizeof(*w));
	strcpy(w->state, "/tmp/mailwizard-XXXXXX");
	assert_non_null(mkdtemp(w->state));
	snprintf(path, sizeof(path), "tests/ui/zones/%s.zone", zone);
	w->zone = path;
	if (strcmp(zone, "demo") == 0)
		options = (struct session_options){ .demo = true,
			.now = options.now };
	w->session = session_new(&options, problem);
	if (w->session == NULL)
		fail_msg("%s", problem);
	ui_begin(&w->ui, w->session, true);
}

static inline void
wizard_end(struct wizard *w)
{
	char command[128];

	ui_end(&w->ui);
	session_free(w->session);
	snprintf(command, sizeof(command), "rm -rf '%s'", w->state);
	assert_int_equal(system(command), 0);
}

#endif
