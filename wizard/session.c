/* One person at the wizard: making it, the main loop, messages, saving. */
#include "session_inside.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../checks/base/i18n.h"
#include "demo.h"
#include "problem.h"

void
session_say(struct session *s, enum message_level level, const char *text)
{
	s->message.level = level;
	s->message.number++;
	bounded_copy(s->message.text, sizeof(s->message.text), text);
}

int64_t
session_now(const struct session *s)
{
	return s->now != 0 ? s->now : (int64_t)time(NULL);
}

/* --- making -------------------------------------------------------------- */

/* One option of the command line as an answer; false with a sentence. */
static bool
take_option(struct session *s, enum field_id id, const char *text,
    char problem[PLAN_TEXT])
{
	struct judged judged;

	if (text == NULL)
		return true;
	field_judge(id, str_of(text), &judged);
	if (judged.problem[0] != '\0') {
		bounded_copy(problem, PLAN_TEXT, judged.problem);
		return false;
	}
	s->touched[id] = s->given[id] = true;
	return judged.value[0] == '\0' ||
	    field_store(&s->plan, id, str_of(judged.value));
}

static bool
take_options(struct session *s, const struct session_options *options,
    char problem[PLAN_TEXT])
{
	for (size_t i = 0; i < options->nsending && i < PLAN_IPS; i++)
		if (!take_option(
			s, FIELD_SENDING, options->sending[i], problem))
			return false;
	return take_option(s, FIELD_RESOLVER, options->resolver, problem) &&
	    take_option(s, FIELD_HOST, options->host, problem) &&
	    take_option(s, FIELD_HELO, options->helo, problem);
}

/* With a domain on the command line the first screen is passed over. */
static bool
begin_with(struct session *s, const char *typed, char problem[PLAN_TEXT])
{
	struct judged judged;

	field_judge(FIELD_DOMAIN, str_of(typed), &judged);
	if (judged.problem[0] != '\0') {
		bounded_copy(problem, PLAN_TEXT, judged.problem);
		return false;
	}
	bounded_copy(s->domain, sizeof(s->domain), judged.value);
	s->touched[FIELD_DOMAIN] = true;
	if (session_open(s, judged.value)) {
		if (judged.told[0] != '\0' && s->message.text[0] == '\0')
			session_say(s, MESSAGE_NOTE, judged.told);
		return true;
	}
	bounded_copy(problem, PLAN_TEXT, s->message.text);
	return false;
}

static bool
begin(struct session *s, const struct session_options *options,
    char problem[PLAN_TEXT])
{
	if (!take_options(s, options, problem))
		return false;
	if (options->domain != NULL)
		return begin_with(s, options->domain, problem);
	if (!live_renew(s->live, &s->plan, problem))
		return false;
	session_look_start(s, 0);
	if (store_problem(s->store) != NULL)
		session_say(s, MESSAGE_WARN, store_problem(s->store));
	return true;
}

static struct live *
start_looking(const struct session_options *options, const struct demo *demo)
{
	struct live_options live = options->live;

	/* A port says that it was asked for, not only the default. */
	if (options->resolver == NULL && live.authoritative_port == 0)
		live.only_with_system = true;
	live.demo = demo;
	return live_new(&live);
}

struct session *
session_new(const struct session_options *options, char problem[PLAN_TEXT])
{
	struct session *s = calloc(1, sizeof(*s));

	if (s == NULL)
		out_of_memory();
	s->look_key = "F5";
	s->list = calloc(1, sizeof(*s->list));
	if (s->list == NULL)
		out_of_memory();
	s->offline = options->live.offline;
	s->now = options->now;
	s->spf_arena = arena_new();
	s->store = options->demo ? store_none() : store_new(options->state_dir);
	s->nsaved = store_list(s->store, s->saved);
	if (options->demo)
		session_demo_begin(s);
	else if (options->guess)
		guess_all("/", s->guess);
	s->live = start_looking(options, s->demo);
	if (s->live == NULL)
		snprintf(problem, PLAN_TEXT, _("cannot start a thread: %s"),
		    strerror(errno));
	if (s->live == NULL || !begin(s, options, problem)) {
		session_free(s);
		return NULL;
	}
	session_refresh_spf(s);
	return s;
}

void
session_free(struct session *s)
{
	if (s == NULL)
		return;
	session_forget_list(s);
	free(s->list);
	arena_free(s->spf_arena);
	live_free(s->live);
	demo_free(s->demo);
	store_free(s->store);
	free(s);
}

/* --- saving -------------------------------------------------------------- */

/* A problem with saving is announced once, and its end too. */
static void
announce_save(struct session *s)
{
	const char *problem = store_problem(s->store);

	if (problem == NULL)
		problem = "";
	if (strcmp(problem, s->save_problem) == 0)
		return;
	if (problem[0] != '\0')
		session_say(s, MESSAGE_WARN, problem);
	else
		session_say(s, MESSAGE_OK, _("Answers are kept again."));
	bounded_copy(s->save_problem, sizeof(s->save_problem), problem);
}

void
session_changed(struct session *s)
{
	session_watch_changed(s);
	if (s->opened) {
		store_save(s->store, &s->plan);
		announce_save(s);
	}
	session_refresh_spf(s);
	session_forget_list(s);
}

/* --- the main loop ------------------------------------------------------- */

/* The look whose result belongs on this screen. */
static bool
belongs_here(const struct session *s, enum look_kind kind)
{
	enum wizard_step at = session_at(s);

	return (kind == LOOK_DOMAIN && at == WIZ_DOMAIN) ||
	    (kind == LOOK_SPF && at == WIZ_SPF) ||
	    (kind == LOOK_DKIM && at == WIZ_DKIM) ||
	    (kind == LOOK_DMARC && at == WIZ_DMARC) ||
	    (kind == LOOK_POP3 && at == WIZ_POP3) ||
	    (kind == LOOK_IMAP4 && at == WIZ_IMAP4) ||
	    (kind == LOOK_SUBMISSION && at == WIZ_SUBMISSION) ||
	    (kind == LOOK_PLAN && at == WIZ_SPF &&
		s->spf.now == SPF_NOW_DIFFERENT);
}

static const struct finding *
worst_finding(const struct report *report)
{
	const struct finding *worst = report->first;

	for (const struct finding *f = worst; f != NULL; f = f->next)
		if (f->severity > worst->severity)
			worst = f;
	return worst;
}

static enum message_level
level_of(enum severity severity)
{
	static const enum message_level levels[SEV_COUNT] = {
		[SEV_PASS] = MESSAGE_OK,
		[SEV_NOTE] = MESSAGE_NOTE,
		[SEV_WARN] = MESSAGE_WARN,
		[SEV_UNKNOWN] = MESSAGE_WAIT,
		[SEV_FAIL] = MESSAGE_FAIL,
	};

	return levels[severity];
}

/* Where the published record is has been said instead. */
static bool
is_told(const struct session *s, enum look_kind kind, enum severity severity)
{
	enum planned which = kind == LOOK_DKIM ? PLANNED_KEY
	    : kind == LOOK_DMARC	       ? PLANNED_DMARC
					       : PLANNED_SPF;

	/* To be published: that has just been said, or is under way. */
	if (kind == LOOK_DKIM && session_dkim_waits(s))
		return true;
	if (kind == LOOK_DOMAIN)
		return false;
	return s->published[which].said ||
	    (s->watched[which].told[0] != '\0' && severity < SEV_WARN);
}

static void
announce(struct session *s, enum look_kind kind)
{
	const struct look *look = session_look(s, kind);
	const struct finding *worst;
	struct arena *arena;

	if (look == NULL || !belongs_here(s, kind) || session_demo_waits(s))
		return;
	worst = worst_finding(&look->report.findings);
	if (worst == NULL || is_told(s, kind, worst->severity))
		return;
	arena = arena_new();
	session_say(s, level_of(worst->severity), finding_title(arena, worst));
	arena_free(arena);
}

/* The plan is another one than the person left: that is told, and how to get
 * the old one back. */
static void
tell_followed(struct session *s)
{
	if (session_any_busy(s)) /* else it would be overwritten */
		return;
	if ((s->followed & 1U << WIZ_SPF) != 0)
		session_say(s, MESSAGE_NOTE,
		    _("The SPF record in DNS was changed meanwhile, and you "
		      "had changed nothing here: it is taken over. u brings "
		      "back the old one."));
	else if ((s->followed & 1U << WIZ_DMARC) != 0)
		session_say(s, MESSAGE_NOTE,
		    _("The DMARC record in DNS was changed meanwhile, and you "
		      "had changed nothing here: it is taken over. u brings "
		      "back the old one."));
	else if ((s->followed & 1U << WIZ_DKIM) != 0)
		session_say(s, MESSAGE_NOTE,
		    _("The key was replaced meanwhile: DNS and the file of "
		      "your private key hold the same new one. It is taken "
		      "over."));
	s->followed = 0;
}

static void
take_results(struct session *s, unsigned int changed)
{
	if ((changed & (1U << LOOK_SPF | 1U << LOOK_DOMAIN)) != 0)
		session_take_published(s);
	if ((changed & 1U << LOOK_DMARC) != 0)
		session_take_dmarc(s);
	if ((changed & 1U << LOOK_SERVICE) != 0)
		session_take_service(s);
	if ((changed & 1U << LOOK_DKIM) != 0)
		session_take_keys(s);
	if ((changed & 1U << LOOK_KEY_PAIR) != 0)
		session_take_key_pair(s);
	session_refresh_spf(s);
	session_forget_list(s);
	for (int i = 0; i < LOOK_COUNT; i++)
		if ((changed & (1U << i)) != 0)
			announce(s, (enum look_kind)i);
	tell_followed(s);
	if ((changed & (1U << LOOK_PUBLISHED)) != 0)
		session_watch_result(s);
}

bool
session_poll(struct session *s)
{
	unsigned int changed = live_poll(s->live);

	if (changed != 0)
		take_results(s, changed);
	if (session_demo_poll(s))
		return true;
	return session_watch_poll(s) || changed != 0;
}

int
session_fd(const struct session *s)
{
	return live_fd(s->live);
}

int
session_wait_ms(const struct session *s)
{
	const int64_t waits[] = { live_wait_ms(s->live),
		session_demo_wait_ms(s), session_next_look_ms(s) };
	int64_t wait = -1;

	for (size_t i = 0; i < COUNT(waits); i++)
		if (waits[i] >= 0 && (wait < 0 || waits[i] < wait))
			wait = waits[i];
	return (int)wait;
}

static bool
is_quiet(const struct session *s)
{
	for (int i = 0; i < LOOK_COUNT; i++)
		if (session_busy(s, (enum look_kind)i))
			return false;
	return true;
}

bool
session_wait(struct session *s, int limit_ms)
{
	struct run run;

	run_begin(&run, NULL, limit_ms, -1);
	while (!is_quiet(s)) {
		struct pollfd p = { .fd = session_fd(s), .events = POLLIN };

		if (run_poll(&run, &p, 1, session_wait_ms(s)) != OK)
			break;
		session_poll(s);
	}
	run_end(&run);
	return is_quiet(s);
}

/* --- what is ------------------------------------------------------------- */

const struct plan *
session_plan(const struct session *s)
{
	return &s->plan;
}

enum wizard_step
session_at(const struct session *s)
{
	return (enum wizard_step)s->plan.step;
}

const struct look *
session_look(const struct session *s, enum look_kind kind)
{
	return live_result(s->live, kind);
}

bool
session_busy(const struct session *s, enum look_kind kind)
{
	enum look_state state = live_state(s->live, kind);

	return state == LOOK_WAITING || state == LOOK_RUNNING;
}

bool
session_any_busy(const struct session *s)
{
	return session_busy(s, LOOK_DOMAIN) || session_busy(s, LOOK_SPF) ||
	    session_busy(s, LOOK_DKIM) || session_busy(s, LOOK_DMARC) ||
	    session_busy(s, LOOK_PLAN) || session_busy(s, LOOK_SUBDOMAINS) ||
	    session_busy(s, LOOK_POP3) || session_busy(s, LOOK_IMAP4) ||
	    session_busy(s, LOOK_SUBMISSION) || session_busy(s, LOOK_NO_MAIL);
}

int64_t
session_busy_ms(const struct session *s, enum look_kind kind)
{
	return live_running_ms(s->live, kind);
}

const struct message *
session_message(const struct session *s)
{
	return &s->message;
}

const char *
session_save_problem(const struct session *s)
{
	return store_problem(s->store);
}

const char *
session_saved_told(const struct session *s)
{
	return store_told(s->store);
}

void
session_set_look_key(struct session *s, const char *key)
{
	s->look_key = key;
	session_forget_list(s);
}

bool
session_read_only(const struct session *s)
{
	return store_read_only(s->store);
}

const char *
session_path(const struct session *s)
{
	return store_path(s->store);
}
