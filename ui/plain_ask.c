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
void
plain_wait_once(struct plain *p, bool read_input, int wait_ms)
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
		plain_tell_waiting(p);
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
	for (int i = 0; i < LOOK_COUNT; i++)
		if ((p->waits_for & 1U << i) != 0 &&
		    session_busy(p->session, (enum look_kind)i))
			return true;
	return session_any_busy(p->session);
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
		plain_wait_once(p, listen,
		    sooner(left < 0 ? 0 : left, session_wait_ms(p->session)));
		if (p->ended < 0)
			plain_tell_news(p);
		if (listen && (p->ninput > 0 || p->input_ended)) {
			drop_enter(p);
			break;
		}
	}
	if (p->ended < 0)
		plain_tell_news(p);
}

void
plain_wait_for(struct plain *p, enum look_kind kind)
{
	p->waits_for = 1U << kind;
	plain_wait(p);
	p->waits_for = 0;
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
		plain_wait_once(p, true, session_wait_ms(p->session));
		if (p->ended < 0 && plain_any_news(p)) {
			putchar('\n');
			plain_tell_news(p);
			plain_prompt(prompt);
		}
	}
	if (p->ended < 0 && p->echo)
		plain_line(readable(p->arena, str_of(p->line)));
	return p->ended < 0;
}

/*
 * "?" or "#", alone or with a number behind it; "?all" is an answer.  The
 * number is 0 where there is none.
 */
static bool
is_sign(const char *line, char sign, size_t *number)
{
	struct str rest = str_trim(str_of(line + 1));
	uint64_t n = 0;

	if (line[0] != sign ||
	    (rest.len > 0 && !str_number(rest, PLAIN_LINE, &n)))
		return false;
	*number = (size_t)n;
	return true;
}

/* False while there is no domain: then there are no other steps. */
static bool
wants_step(struct plain *p, size_t number)
{
	if (*session_field(p->session, FIELD_DOMAIN) == '\0') {
		plain_put("", _("First the domain, then the other steps."));
		return false;
	}
	p->jump = (int)number;
	return true;
}

enum reply
plain_ask_about(struct plain *p, const char *prompt, const char *help,
    const struct topics *topics)
{
	size_t number;

	plain_tell(p);
	while (get_line(p, prompt)) {
		const char *line = p->line;

		if (line[0] == '\0')
			return REPLY_EMPTY;
		if (strcmp(line, "<") == 0)
			return REPLY_BACK;
		if (strcmp(line, "!") == 0)
			return REPLY_CHECK;
		if (is_sign(line, '?', &number)) {
			plain_explain(p, number, help, topics);
		} else if (is_sign(line, '#', &number)) {
			if (wants_step(p, number))
				return REPLY_JUMP;
		} else if (strcmp(line, "q") == 0) {
			p->ended = session_exit_status(p->session);
			return REPLY_END;
		} else {
			return REPLY_TEXT;
		}
	}
	return REPLY_END;
}

enum reply
plain_ask(struct plain *p, const char *prompt, const char *help)
{
	return plain_ask_about(p, prompt, help, NULL);
}
