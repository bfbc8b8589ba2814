/* A line asked for, while checks go on. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../checks/base/i18n.h"
#include "../checks/base/printable.h"
#include "../checks/run.h"
#include "plain_inside.h"
#include "view.h"

#define HEARTBEAT_MS 30000 /* between two "still waiting" */
#define PATIENCE_MS  1000 /* then it is said that DNS is being asked */

/* --- signals ------------------------------------------------------------- */

static const int ending_signals[] = { SIGINT, SIGTERM, SIGHUP };
static volatile sig_atomic_t signal_came; /* its number */
static sigset_t mask_before;

static void
note_signal(int number)
{
	signal_came = number;
}

/* They are let in only while we wait: none falls between two looks. */
void
plain_io_begin(struct plain *p)
{
	struct sigaction action = { .sa_handler = note_signal };
	sigset_t set;

	signal_came = 0;
	sigemptyset(&action.sa_mask);
	sigemptyset(&set);
	for (size_t i = 0; i < COUNT(ending_signals); i++) {
		sigaction(ending_signals[i], &action, NULL);
		sigaddset(&set, ending_signals[i]);
	}
	sigprocmask(SIG_BLOCK, &set, &mask_before);
	for (size_t i = 0; i < COUNT(ending_signals); i++)
		sigdelset(&mask_before, ending_signals[i]);
	p->echo = isatty(STDIN_FILENO) == 0;
}

void
plain_io_end(void)
{
	for (size_t i = 0; i < COUNT(ending_signals); i++)
		signal(ending_signals[i], SIG_DFL);
	sigprocmask(SIG_SETMASK, &mask_before, NULL);
}

/* --- what comes in ------------------------------------------------------- */

static void
take_octets(struct plain *p)
{
	size_t room = sizeof(p->input) - p->ninput;
	ssize_t n;

	if (room == 0) { /* no line is that long */
		p->ninput = 0;
		p->skipping = true;
		return;
	}
	n = read(STDIN_FILENO, p->input + p->ninput, room);
	if (n > 0)
		p->ninput += (size_t)n;
	else if (n == 0 || (errno != EINTR && errno != EAGAIN))
		p->input_ended = true;
}

/* What no keyboard sends on purpose is left out; a tab is a blank. */
static void
keep_line(struct plain *p, struct str text)
{
	size_t n = 0;

	for (size_t i = 0; i < text.len && n + 1 < sizeof(p->line); i++) {
		unsigned char c = (unsigned char)text.p[i];

		if (c == '\t')
			p->line[n++] = ' ';
		else if (c >= 0x20 && c != 0x7f)
			p->line[n++] = (char)c;
	}
	p->line[n] = '\0';
	text = str_trim(str_of(p->line));
	memmove(p->line, text.p, text.len);
	p->line[text.len] = '\0';
}

enum taken { TAKEN_NOTHING, TAKEN_LINE, TAKEN_TOO_LONG };

/* The first line of the input, when it is there whole. */
static enum taken
take_line(struct plain *p)
{
	struct str all = { p->input, p->ninput };
	size_t end = str_find(all, '\n');
	bool whole = end < all.len || (p->input_ended && all.len > 0);
	bool fits = !p->skipping && end < PLAIN_LINE;

	if (!whole)
		return TAKEN_NOTHING;
	if (fits)
		keep_line(p, str_slice(all, 0, end));
	p->skipping = false;
	p->ninput = end < all.len ? all.len - end - 1 : 0;
	memmove(p->input, p->input + end + 1, p->ninput);
	return fits ? TAKEN_LINE : TAKEN_TOO_LONG;
}

/* --- what is told by itself ---------------------------------------------- */

void
plain_tell(struct plain *p)
{
	const struct message *m = session_message(p->session);

	if (m->number == p->message_seen)
		return;
	p->message_seen = m->number;
	if (m->text[0] != '\0')
		plain_put(arena_printf(p->arena, "%-5s ", level_word(m->level)),
		    m->text);
}

/* What a look is called, and whether it is told of at all. */
static const char *
look_name(enum look_kind kind)
{
	switch (kind) {
	case LOOK_DOMAIN:
		return _("Domain");
	case LOOK_SPF:
		return _("SPF in DNS");
	case LOOK_PLAN:
		return _("your SPF record");
	case LOOK_PUBLISHED:
		return _("your name servers");
	default:
		return NULL;
	}
}

static bool
is_done(struct plain *p, enum look_kind kind)
{
	const struct look *look = session_look(p->session, kind);

	return look != NULL && look_name(kind) != NULL &&
	    kind != LOOK_PUBLISHED && look->number != p->look_seen[kind] &&
	    !session_busy(p->session, kind);
}

/* In the demo the session does not say where the record is by now. */
static const char *
new_headline(const struct plain *p)
{
	const struct published_view *view = session_published(p->session);

	/* Once all is there, nothing waits any more. */
	bool waits = view->said || (view->done && p->headline[0] != '\0');

	if (!session_is_demo(p->session) || !waits || !view->looked ||
	    strncmp(view->headline, p->headline, sizeof(p->headline) - 1) == 0)
		return NULL;
	return view->headline;
}

static void
tell_headline(struct plain *p)
{
	const struct published_view *view = session_published(p->session);
	const char *headline = new_headline(p);

	if (headline == NULL)
		return;
	snprintf(p->headline, sizeof(p->headline), "%s", headline);
	plain_put(view->done ? "OK    " : "WAIT  ", headline);
}

/* At a prompt only what differs is worth a line. */
static bool
any_news(struct plain *p)
{
	bool any = new_headline(p) != NULL ||
	    session_message(p->session)->number != p->message_seen;

	for (int i = 0; i < LOOK_COUNT; i++) {
		enum look_kind kind = (enum look_kind)i;

		if (!is_done(p, kind))
			continue;
		if (plain_found(p, kind) != p->look_told[kind])
			any = true;
		else
			p->look_seen[kind] =
			    session_look(p->session, kind)->number;
	}
	return any;
}

/* The session announces the worst finding; it is about to be read out. */
static void
drop_announcement(struct plain *p, const struct look *look)
{
	const struct message *m = session_message(p->session);
	const struct finding *f = look->report.findings.first;

	for (; f != NULL; f = f->next)
		if (strcmp(m->text, finding_title(p->arena, f)) == 0)
			p->message_seen = m->number;
}

static void
tell_news(struct plain *p)
{
	for (int i = 0; i < LOOK_COUNT; i++) {
		enum look_kind kind = (enum look_kind)i;
		const struct look *look = session_look(p->session, kind);

		if (!is_done(p, kind))
			continue;
		p->look_seen[kind] = look->number;
		p->look_told[kind] = plain_found(p, kind);
		plain_print("", _("Checked %s (%lld.%02lld s): %s"),
		    look_name(kind), (long long)look->took_ms / 1000,
		    (long long)look->took_ms % 1000 / 10,
		    plain_summary(p, look));
		drop_announcement(p, look);
	}
	tell_headline(p);
	plain_tell(p);
}

static void
tell_waiting(struct plain *p)
{
	const char *names = "";

	for (int i = 0; i < LOOK_COUNT; i++) {
		enum look_kind kind = (enum look_kind)i;

		if (session_busy(p->session, kind) && look_name(kind) != NULL)
			names = arena_printf(p->arena, "%s%s%s", names,
			    *names == '\0' ? "" : ", ", look_name(kind));
	}
	plain_print("", _("still waiting: %s"), names);
}

/* --- waiting ------------------------------------------------------------- */

static void
end_by_signal(struct plain *p)
{
	static const struct {
		int number;
		int status;
	} statuses[] = { { SIGINT, 130 }, { SIGTERM, 143 }, { SIGHUP, 129 } };

	for (size_t i = 0; i < COUNT(statuses); i++)
		if (statuses[i].number == signal_came)
			p->ended = statuses[i].status;
	p->hung_up = signal_came == SIGHUP;
}

/* Until something happens, at most `wait_ms`; reads what was typed. */
static void
wait_once(struct plain *p, bool read_input, int wait_ms)
{
	struct pollfd fds[2] = {
		{ .fd = session_fd(p->session), .events = POLLIN },
		{ .fd = read_input && !p->input_ended ? STDIN_FILENO : -1,
		    .events = POLLIN },
	};
	struct timespec limit = { wait_ms / 1000,
		(long)(wait_ms % 1000) * 1000000 };

	fflush(stdout);
	if (ferror(stdout)) {
		p->hung_up = true;
		p->ended = session_exit_status(p->session);
		return;
	}
	if (ppoll(fds, 2, wait_ms < 0 ? NULL : &limit, &mask_before) > 0 &&
	    fds[1].revents != 0)
		take_octets(p);
	if (signal_came != 0)
		end_by_signal(p);
	else
		session_poll(p->session);
}

static int
sooner(int a, int b)
{
	return a < 0 ? b : b < 0 ? a : a < b ? a : b;
}

/* Something is there to be read already: it was meant for later. */
static bool
input_waits(const struct plain *p)
{
	struct pollfd fd = { .fd = STDIN_FILENO, .events = POLLIN };

	return p->ninput > 0 || p->input_ended || poll(&fd, 1, 0) > 0;
}

/* Enter alone meant: go on.  Anything else is for the next question. */
static void
drop_enter(struct plain *p)
{
	if (p->ninput == 0 || p->input[0] != '\n')
		return;
	p->ninput--;
	memmove(p->input, p->input + 1, p->ninput);
}

/* Says at times that it waits; gives when to say it again. */
static int64_t
say_waiting(struct plain *p, int64_t next, bool listen)
{
	int64_t now = monotonic_ms();

	if (now < next)
		return next;
	if (p->asked_dns)
		tell_waiting(p);
	else
		plain_put("",
		    listen ? _("Asking DNS; Enter goes on without waiting.")
			   : _("Asking DNS."));
	next += p->asked_dns ? HEARTBEAT_MS : HEARTBEAT_MS - PATIENCE_MS;
	p->asked_dns = true;
	return next;
}

static bool
is_busy(const struct plain *p)
{
	return session_any_busy(p->session) ||
	    (p->publishing && session_busy(p->session, LOOK_PUBLISHED));
}

void
plain_wait(struct plain *p)
{
	int64_t next = monotonic_ms() + PATIENCE_MS;
	bool listen = !p->echo && !input_waits(p);
	int left;

	p->asked_dns = false;
	while (p->ended < 0 && is_busy(p)) {
		next = say_waiting(p, next, listen);
		left = (int)(next - monotonic_ms());
		wait_once(p, listen,
		    sooner(left < 0 ? 0 : left, session_wait_ms(p->session)));
		if (p->ended < 0)
			tell_news(p);
		if (listen && (p->ninput > 0 || p->input_ended)) {
			drop_enter(p);
			break;
		}
	}
	if (p->ended < 0)
		tell_news(p);
}

/* --- a line -------------------------------------------------------------- */

/* End of the input: whatever was answered is saved. */
static void
end_by_input(struct plain *p)
{
	putchar('\n');
	p->ended = session_exit_status(p->session);
}

static bool
get_line(struct plain *p, const char *prompt)
{
	enum taken taken;

	plain_prompt(prompt);
	while (p->ended < 0) {
		taken = take_line(p);
		if (taken == TAKEN_LINE)
			break;
		if (taken == TAKEN_TOO_LONG) {
			plain_print(p->echo ? "\n" : "",
			    _("This line is longer than %d characters; it was "
			      "left out."),
			    PLAIN_LINE - 1);
			plain_prompt(prompt);
			continue;
		}
		if (p->input_ended) {
			end_by_input(p);
			break;
		}
		wait_once(p, true, session_wait_ms(p->session));
		if (p->ended < 0 && any_news(p)) {
			putchar('\n');
			tell_news(p);
			plain_prompt(prompt);
		}
	}
	if (p->ended < 0 && p->echo)
		plain_line(readable(p->arena, str_of(p->line)));
	return p->ended < 0;
}

enum reply
plain_ask(struct plain *p, const char *prompt, const char *help)
{
	plain_tell(p);
	while (get_line(p, prompt)) {
		const char *line = p->line;

		if (line[0] == '\0')
			return REPLY_EMPTY;
		if (strcmp(line, "<") == 0)
			return REPLY_BACK;
		if (strcmp(line, "!") == 0)
			return REPLY_CHECK;
		if (strcmp(line, "?") == 0) {
			plain_put("", "");
			plain_put("", help);
		} else if (strcmp(line, "q") == 0) {
			p->ended = session_exit_status(p->session);
			return REPLY_END;
		} else {
			return REPLY_TEXT;
		}
	}
	return REPLY_END;
}
