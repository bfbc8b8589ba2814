/* The screens while a published record is on its way, and when it is there. */
#include "screen.h"

#include "wizard.h"

#include "../../ui/page.h"
#include "../../ui/servers.h"
#include "../../wizard/session_inside.h"

#define NOON 1795521600 /* 2026-11-24 12:00 UTC */

/* It is always noon here: what is to come is to come whenever this runs. */
time_t
time(time_t *out)
{
	if (out != NULL)
		*out = NOON;
	return NOON;
}

/* What each of them has; NULL: no answer. */
struct scene {
	const char *name; /* of the golden screens */
	const char *servers[3];
	const char *resolver;
	bool alone; /* no name server is asked */
	enum planned which; /* of which record */
	const char *planned; /* its text; NULL: PLANNED */
};

#define PLANNED "v=spf1 mx -all"
#define OLD	"v=spf1 a:web.example.org ip4:192.0.2.0/24 ~all"

static const struct scene scenes[] = {
	{ .name = "nowhere", .servers = { OLD, OLD, OLD }, .resolver = OLD },
	{ .name = "partly",
	    .servers = { PLANNED, PLANNED, OLD },
	    .resolver = OLD },
	{ .name = "remembered",
	    .servers = { PLANNED, PLANNED, PLANNED },
	    .resolver = OLD },
	{ .name = "done",
	    .servers = { PLANNED, PLANNED, PLANNED },
	    .resolver = PLANNED },
	{ .name = "silent",
	    .servers = { PLANNED, NULL, PLANNED },
	    .resolver = "" },
	{ .name = "alone", .resolver = OLD, .alone = true },
};

#define DMARC	  "v=DMARC1; p=quarantine; rua=mailto:dmarc@example.org"
#define DMARC_OLD "v=DMARC1; p=none; rua=mailto:dmarc@example.org"
#define KEY	  "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="

static const struct scene others[] = {
	{ .name = "dmarc",
	    .servers = { DMARC, DMARC, DMARC_OLD },
	    .resolver = DMARC_OLD,
	    .which = PLANNED_DMARC,
	    .planned = DMARC },
	{ .name = "dkim",
	    .servers = { KEY, KEY, "" },
	    .resolver = "",
	    .which = PLANNED_KEY,
	    .planned = KEY },
};

static struct answer *
answer_of(struct arena *arena, const char *text)
{
	struct answer *answer = arena_new_of(arena, struct answer);
	struct record *record = arena_new_of(arena, struct record);

	*record = (struct record){ .name = "example.org",
		.type = RR_TXT,
		.ttl = 3600,
		.text = str_of(text != NULL ? text : "") };
	*answer = (struct answer){ .name = "example.org",
		.type = RR_TXT,
		.outcome = text == NULL ? DNS_SILENT
		    : *text == '\0'	? DNS_NO_DATA
					: DNS_FOUND,
		.why = text == NULL ? "no answer from 192.0.2.54 in 6 s" : NULL,
		.records = record,
		.nrecords = text != NULL && *text != '\0' ? 1 : 0,
		.ttl = 3600,
		.server = "192.0.2.1" };
	return answer;
}

static void
set_scene(struct session *s, const struct scene *scene, struct look *look)
{
	static const char *const hosts[] = { "ns1.example.net",
		"ns2.example.net", "ns3.example.net" };
	struct published_facts *facts = &look->published[scene->which];
	struct published_view *view = &s->published[scene->which];

	memset(look, 0, sizeof(*look));
	look->at = NOON;
	facts->resolver = answer_of(s->spf_arena, scene->resolver);
	facts->asking = scene->alone ? ASKING_OFF : ASKING_ALL;
	for (size_t i = 0; !scene->alone && i < COUNT(hosts); i++) {
		char ip[32];

		snprintf(ip, sizeof(ip), "192.0.2.%zu", 53 + i);
		facts->servers[i] = (struct authority){
			.host = hosts[i],
			.answer = answer_of(s->spf_arena, scene->servers[i]),
		};
		assert_true(ip_parse(str_of(ip), &facts->servers[i].server.ip));
		facts->nservers++;
	}
	s->plan.old_until[scene->which] = NOON + 48 * 60;
	*view = (struct published_view){ .said = true,
		.what = scene->which,
		.record =
		    str_of(scene->planned != NULL ? scene->planned : PLANNED),
		.until = s->plan.old_until[scene->which] };
	published_judge(s->spf_arena, look, NOON, view);
	/* Looks again in 24 seconds. */
	s->recheck_ms = view->done ? 0 : monotonic_ms() + 23900;
	session_forget_list(s);
	if (scene->which != PLANNED_SPF)
		return;
	s->spf.waiting = !view->done;
	s->spf.now =
	    view->visible == VISIBLE_YES ? SPF_NOW_SAME : SPF_NOW_DIFFERENT;
}

static void
rest(struct wizard *w)
{
	session_wait(w->session, 5000);
	ui_tick(&w->ui, w->ui.now_ms + UI_IDLE_MS);
	w->ui.note.text[0] = '\0';
}

static void
compare(struct screen *s, struct wizard *w, const char *view,
    const struct scene *scene, int rows, int cols)
{
	struct canvas canvas;
	char file[80];

	screen_resize(s, rows, cols);
	canvas = screen_canvas(s);
	ui_draw(&w->ui, &canvas);
	screen_text(s);
	for (char *p = strstr(s->text, "Checked "); p != NULL && *p != '\n';
	     p++)
		if (*p >= '0' && *p <= '9')
			*p = '9';
	snprintf(
	    file, sizeof(file), "%s-%s-%dx%d", view, scene->name, cols, rows);
	screen_is_text(s, file);
}

static void
the_screens_say_where_it_is(void **state)
{
	static const int sizes[][2] = { { 24, 80 }, { 20, 60 }, { 43, 132 },
		{ 12, 40 } };
	struct screen s;
	struct wizard w;
	struct look look;

	(void)state;
	screen_new(&s, "xterm-256color", 24, 80, true);
	wizard_begin(&w, "good", "example.org");
	rest(&w);
	ui_key(&w.ui, CONTROL('N'), NULL);
	rest(&w);
	form_focus(&w.ui.state[WIZ_SPF], 103); /* "In DNS now" */
	for (size_t i = 0; i < COUNT(scenes); i++) {
		/* All sizes where two states meet, else the common one. */
		size_t most = i == 1 ? COUNT(sizes) : 1;

		set_scene(w.session, &scenes[i], &look);
		for (size_t j = 0; j < most; j++)
			compare(&s, &w, "spf-sent", &scenes[i], sizes[j][0],
			    sizes[j][1]);
		ui_key(&w.ui, K_F1 + 5, NULL);
		for (size_t j = 0; j < most; j++)
			compare(&s, &w, "servers", &scenes[i], sizes[j][0],
			    sizes[j][1]);
		ui_key(&w.ui, K_ESC, NULL);
	}
	wizard_end(&w);
	screen_free(&s);
}

/* DMARC and DKIM say it in their steps, with the same list behind. */
static void
the_other_steps_say_it(void **state)
{
	static const int sizes[][2] = { { 24, 80 }, { 43, 132 }, { 12, 40 } };
	struct screen s;
	struct wizard w;
	struct look look;

	(void)state;
	screen_new(&s, "xterm-256color", 24, 80, true);
	wizard_begin(&w, "good", "example.org");
	rest(&w);
	for (size_t i = 0; i < COUNT(others); i++) {
		session_jump(w.session,
		    others[i].which == PLANNED_DMARC ? WIZ_DMARC : WIZ_DKIM);
		rest(&w);
		set_scene(w.session, &others[i], &look);
		form_focus(&w.ui.state[session_at(w.session)], PAGE_WHERE);
		for (size_t j = 0; j < COUNT(sizes); j++)
			compare(&s, &w, "sent", &others[i], sizes[j][0],
			    sizes[j][1]);
		ui_key(&w.ui, K_F1 + 5, NULL);
		for (size_t j = 0; j < COUNT(sizes); j++)
			compare(&s, &w, "servers", &others[i], sizes[j][0],
			    sizes[j][1]);
		ui_key(&w.ui, K_ESC, NULL);
	}
	wizard_end(&w);
	screen_free(&s);
}

/* The list: something to wait for, then verified. */
static void
the_list_says_it_too(void **state)
{
	struct screen s;
	struct wizard w;
	struct look look;

	(void)state;
	screen_new(&s, "xterm-256color", 24, 80, true);
	wizard_begin(&w, "good", "example.org");
	rest(&w);
	ui_key(&w.ui, CONTROL('N'), NULL);
	rest(&w);
	session_jump(w.session, WIZ_LIST);
	rest(&w);
	for (size_t i = 1; i < 4; i++) {
		set_scene(w.session, &scenes[i], &look);
		compare(&s, &w, "list-sent", &scenes[i], 24, 80);
	}
	wizard_end(&w);
	screen_free(&s);
}

/* One wake-up a second, only where the seconds are seen. */
static void
only_a_countdown_wakes_up(void **state)
{
	struct screen s;
	struct wizard w;
	struct look look;
	struct canvas canvas;

	(void)state;
	screen_new(&s, "xterm-256color", 24, 80, true);
	wizard_begin(&w, "good", "example.org");
	rest(&w);
	ui_key(&w.ui, CONTROL('N'), NULL);
	rest(&w);
	canvas = screen_canvas(&s);
	ui_draw(&w.ui, &canvas);
	assert_int_equal(ui_wait_ms(&w.ui), -1);
	set_scene(w.session, &scenes[1], &look);
	assert_in_range(ui_wait_ms(&w.ui), 1, 1000);
	session_jump(w.session, WIZ_LIST); /* the list has no seconds */
	rest(&w);
	set_scene(w.session, &scenes[1], &look);
	assert_int_equal(ui_wait_ms(&w.ui), -1);
	ui_key(&w.ui, 's', NULL);
	assert_true(session_watch_stopped(w.session));
	assert_non_null(strstr(w.ui.note.text, "F5 looks again"));
	assert_int_equal(session_wait_ms(w.session), -1);
	wizard_end(&w);
	screen_free(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_screens_say_where_it_is),
		cmocka_unit_test(the_other_steps_say_it),
		cmocka_unit_test(the_list_says_it_too),
		cmocka_unit_test(only_a_countdown_wakes_up),
	};

	setenv("TZ", "UTC", 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
