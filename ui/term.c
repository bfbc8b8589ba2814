/* ui/term.c - see term.h */
#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "../checks/base/i18n.h"
#include "term.h"
#include "term_guard.h"
#include "terminfo.h"

#define PASTE_ON  "\033[?2004h"
#define PASTE_OFF "\033[?2004l"
#define MOUSE_ON  "\033[?1000h\033[?1006h"
#define MOUSE_OFF "\033[?1006l\033[?1000l"

void
term_locale(void)
{
	static const char *const names[] = { "LC_ALL", "LC_CTYPE", "LANG" };

	for (size_t i = 0; i < COUNT(names); i++) {
		const char *value = getenv(names[i]);

		if (value != NULL && *value != '\0')
			return;
	}
	setlocale(LC_CTYPE, "C.UTF-8");
}

static bool
is_utf8(void)
{
	return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

/* In plain C too: what is typed there comes from such terminals today. */
static bool
sends_utf8(void)
{
	return is_utf8() || strcmp(nl_langinfo(CODESET), "ANSI_X3.4-1968") == 0;
}

/* No locale is named: nobody promised that lines can be shown. */
static bool
wants_ascii(bool asked)
{
	const char *ascii = getenv("MAILWIZARD_ASCII");
	const char *all = getenv("LC_ALL");
	const char *type = getenv("LC_CTYPE");
	const char *lang = getenv("LANG");

	return asked || (ascii != NULL && strcmp(ascii, "1") == 0) ||
	    ((all == NULL || *all == '\0') && (type == NULL || *type == '\0') &&
		(lang == NULL || *lang == '\0'));
}

static bool
wants_color(enum color_when when)
{
	const char *no = getenv("NO_COLOR");

	return when == COLOR_ALWAYS ||
	    (when == COLOR_AUTO && (no == NULL || *no == '\0'));
}

static void
learn(struct input *input, const char *capability, uint32_t key)
{
	const char *octets = terminfo_string(capability);

	if (octets != NULL)
		input_learn(input, octets, key);
}

static void
learn_keys(struct tty *term)
{
	static const struct {
		const char *capability;
		uint32_t key;
	} keys[] = {
		{ "kcuu1", K_UP },
		{ "kcud1", K_DOWN },
		{ "kcub1", K_LEFT },
		{ "kcuf1", K_RIGHT },
		{ "khome", K_HOME },
		{ "kend", K_END },
		{ "kpp", K_PAGE_UP },
		{ "knp", K_PAGE_DOWN },
		{ "kich1", K_INSERT },
		{ "kdch1", K_DELETE },
		{ "kcbt", K_BACKTAB },
		{ "kf1", K_F1 },
		{ "kf2", K_F1 + 1 },
		{ "kf3", K_F1 + 2 },
		{ "kf4", K_F1 + 3 },
		{ "kf5", K_F1 + 4 },
		{ "kf6", K_F1 + 5 },
		{ "kf7", K_F1 + 6 },
		{ "kf8", K_F1 + 7 },
	};
	for (size_t i = 0; i < COUNT(keys); i++)
		learn(&term->input, keys[i].capability, keys[i].key);
	term->function_keys = terminfo_string("kf5") != NULL;
}

static int
esc_patience(void)
{
	const char *value = getenv("ESCDELAY");
	uint64_t ms;

	if (value != NULL && str_number(str_of(value), 5000, &ms))
		return (int)ms;
	return INPUT_ESC_MS;
}

static void
send(const char *octets)
{
	fputs(octets, stdout);
	fflush(stdout);
}

static void
ask_reports(const struct tty *term)
{
	send(PASTE_ON);
	if (term->input.mouse)
		send(MOUSE_ON);
}

static void
stop_reports(const struct tty *term)
{
	if (term->input.mouse)
		send(MOUSE_OFF);
	send(PASTE_OFF);
}

/* Keys come one by one and as they are: Ctrl-S and Ctrl-C too. */
static void
set_modes(void)
{
	raw();
	noecho();
	nonl();
	intrflush(stdscr, FALSE);
	keypad(stdscr, TRUE);
	typeahead(-1);
	curs_set(1);
}

const char *
term_unusable(void)
{
	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return _("the wizard needs a terminal to show itself on; "
			 "without one, use: mailwizard check DOMAIN, or "
			 "mailwizard --plain for questions as lines of text");
	if (terminfo_name(getenv("TERM")) == NULL)
		return _("the wizard cannot draw on this terminal, its type "
			 "(TERM) is unknown or too simple; try TERM=xterm, "
			 "or use: mailwizard check DOMAIN");
	return NULL;
}

const char *
term_open(struct tty *term, const struct term_options *options)
{
	const char *wanted = getenv("TERM");
	const char *name;
	const char *problem = term_unusable();

	memset(term, 0, sizeof(*term));
	if (problem != NULL)
		return problem;
	name = terminfo_name(wanted);
	guard_begin();
	term->screen = newterm(name, stdout, stdin);
	if (term->screen == NULL) {
		guard_end();
		return _("the terminal could not be opened");
	}
	if (wanted != NULL && strcmp(name, wanted) != 0)
		term->guessed = wanted;
	set_modes();
	input_begin(&term->input, esc_patience(), sends_utf8());
	learn_keys(term);
	theme_begin(&term->theme, wants_color(options->color), is_utf8(),
	    wants_ascii(options->ascii));
	term->input.mouse = options->mouse;
	guard_watch();
	ask_reports(term);
	return NULL;
}

void
term_close(struct tty *term)
{
	if (term->screen == NULL)
		return;
	if (!term->away) {
		stop_reports(term);
		endwin();
	}
	guard_end();
	input_end(&term->input);
	delscreen(term->screen);
	term->screen = NULL;
}

/* The size as the terminal has it now. */
static void
take_size(void)
{
	struct winsize size;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 ||
	    size.ws_col == 0)
		return;
	resize_term(size.ws_row, size.ws_col);
	redrawwin(stdscr); /* nobody knows what the terminal made of it */
}

/* What there is to read; false when the terminal is gone. */
static bool
take_octets(struct tty *term)
{
	char octets[4096];
	size_t room = input_room(&term->input);
	ssize_t n;

	if (room > sizeof(octets))
		room = sizeof(octets);
	if (room == 0)
		return true;
	n = read(STDIN_FILENO, octets, room);
	if (n <= 0)
		return n < 0 && (errno == EINTR || errno == EAGAIN);
	input_feed(&term->input, octets, (size_t)n, monotonic_ms());
	return true;
}

static int
sooner(int a, int b)
{
	return a < 0 ? b : b < 0 ? a : a < b ? a : b;
}

unsigned int
term_wait(struct tty *term, int fd, int wait_ms)
{
	struct pollfd fds[2] = {
		{ .fd = STDIN_FILENO, .events = POLLIN },
		{ .fd = fd, .events = POLLIN },
	};
	unsigned int events = 0;
	int n;

	wait_ms = sooner(wait_ms, input_wait_ms(&term->input, monotonic_ms()));
	n = guard_poll(fds, 2, wait_ms);
	events |= guard_signals();
	if (n > 0 && (fds[0].revents & POLLIN) != 0)
		events |= take_octets(term) ? TERM_INPUT : TERM_HANGUP;
	else if (n > 0 && fds[0].revents != 0)
		events |= TERM_HANGUP;
	if (n > 0 && fds[1].revents != 0)
		events |= TERM_READY;
	if (term->input.have > 0)
		events |= TERM_INPUT;
	if ((events & (TERM_RESIZED | TERM_RESUMED)) != 0 && !term->away)
		take_size();
	if ((events & TERM_RESUMED) != 0 && !term->away) {
		reset_prog_mode();
		ask_reports(term);
		term_redraw(term);
	}
	return events;
}

struct canvas
term_canvas(const struct tty *term, struct place *cursor)
{
	return (struct canvas){ .win = stdscr,
		.theme = &term->theme,
		.rows = getmaxy(stdscr),
		.cols = getmaxx(stdscr),
		.cursor = cursor };
}

void
term_erase(struct tty *term)
{
	(void)term;
	werase(stdscr);
}

void
term_show(struct tty *term, struct place cursor)
{
	(void)term;
	wmove(stdscr, cursor.y, cursor.x);
	wnoutrefresh(stdscr);
	doupdate();
}

void
term_redraw(struct tty *term)
{
	(void)term;
	clearok(curscr, TRUE);
}

void
term_leave(struct tty *term)
{
	stop_reports(term);
	endwin();
	term->away = true;
}

void
term_return(struct tty *term)
{
	reset_prog_mode();
	take_size();
	term->away = false;
	term_redraw(term);
	ask_reports(term);
}

void
term_suspend(struct tty *term, bool group)
{
	term_leave(term);
	guard_stop(group);
	term_return(term);
}

/* Three octets as four digits; RFC 4648 section 4. */
static void
put_base64(const char *text, size_t len)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < len; i += 3) {
		unsigned int bits = (unsigned int)(unsigned char)text[i] << 16;

		if (i + 1 < len)
			bits |= (unsigned int)(unsigned char)text[i + 1] << 8;
		if (i + 2 < len)
			bits |= (unsigned char)text[i + 2];
		putchar(digits[bits >> 18 & 63]);
		putchar(digits[bits >> 12 & 63]);
		putchar(i + 1 < len ? digits[bits >> 6 & 63] : '=');
		putchar(i + 2 < len ? digits[bits & 63] : '=');
	}
}

void
term_clipboard(const char *text, size_t len)
{
	fputs("\033]52;c;", stdout);
	put_base64(text, len);
	send("\a");
}
