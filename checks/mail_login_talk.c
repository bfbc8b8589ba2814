/* Name and password, said to a mail server. */
#include "mail_login_inside.h"

#include <string.h>

#include "base/printable.h"
#include "crypto.h"
#include "tagvalue.h"

#define COMMAND_OCTETS 4096 /* of a line with the longest name and password */
#define ANSWER_OCTETS  1024 /* kept of an answer */
#define SAID_OCTETS    200 /* shown of it */
#define QUOTED_OCTETS  1000 /* of a string of IMAP; a longer one is a literal */
#define CHECK_MS       30000 /* refusals are often delayed on purpose */
#define GOODBYE_MS     2000

enum heard {
	HEARD_YES,
	HEARD_NO,
	HEARD_GO_ON, /* "+", "334": the next part is wanted */
	HEARD_NONSENSE,
	HEARD_NOTHING, /* closed, silent, too much, or no time left */
};

struct talk {
	struct dialogue *d;
	const struct login *login;
	const char *tag; /* IMAP: of this command */
	char command[COMMAND_OCTETS]; /* wiped as soon as it is sent */
	size_t length;
	char answer[ANSWER_OCTETS]; /* raw */
	size_t answered;
};

/* --- what is heard ------------------------------------------------------- */

static void
keep(struct talk *t, struct str text)
{
	size_t room = sizeof(t->answer) - t->answered;
	size_t len = text.len < room ? text.len : room;

	memcpy(t->answer + t->answered, text.p, len);
	t->answered += len;
}

static enum heard
hear_pop3(struct talk *t, struct str line)
{
	keep(t, line);
	if (str_starts_nocase(line, "+OK"))
		return HEARD_YES;
	if (str_starts_nocase(line, "-ERR"))
		return HEARD_NO;
	return line.len > 0 && line.p[0] == '+' ? HEARD_GO_ON : HEARD_NONSENSE;
}

/* RFC 3501 section 7: untagged lines in between are passed over. */
static enum heard
hear_imap(struct talk *t, struct str line, bool *more)
{
	struct str rest = line;

	if (line.len > 0 && line.p[0] == '+')
		return HEARD_GO_ON;
	if (str_skip(&rest, "* ")) {
		*more = !str_starts_nocase(rest, "BYE");
		if (!*more)
			keep(t, rest);
		return HEARD_NO;
	}
	if (!str_skip(&rest, t->tag) || !str_skip(&rest, " "))
		return HEARD_NONSENSE;
	keep(t, rest);
	if (str_starts_nocase(rest, "OK"))
		return HEARD_YES;
	return str_starts_nocase(rest, "NO") || str_starts_nocase(rest, "BAD")
	    ? HEARD_NO
	    : HEARD_NONSENSE;
}

/* RFC 5321 section 4.2.1; the lines of a reply are joined. */
static enum heard
hear_smtp(struct talk *t, struct str line, bool *more)
{
	if (line.len < 3 || !is_digit(line.p[0]) || !is_digit(line.p[1]) ||
	    !is_digit(line.p[2]) ||
	    (line.len > 3 && line.p[3] != ' ' && line.p[3] != '-'))
		return HEARD_NONSENSE;
	*more = line.len > 3 && line.p[3] == '-';
	keep(t, t->answered == 0 ? line : str_slice(line, 3, line.len));
	switch (line.p[0]) {
	case '2':
		return HEARD_YES;
	case '3':
		return HEARD_GO_ON;
	case '4':
	case '5':
		return HEARD_NO;
	default:
		return HEARD_NONSENSE;
	}
}

static enum heard
hear(struct talk *t)
{
	enum heard heard = HEARD_NOTHING;
	bool more = true;

	t->answered = 0;
	while (more) {
		struct str line;

		t->d->end = wire_line(&t->d->wire, &line);
		if (t->d->end != TCP_OK)
			return HEARD_NOTHING;
		more = false;
		switch (t->d->protocol) {
		case MAIL_POP3:
			heard = hear_pop3(t, line);
			break;
		case MAIL_IMAP:
			heard = hear_imap(t, line, &more);
			break;
		case MAIL_SMTP:
			heard = hear_smtp(t, line, &more);
			break;
		}
	}
	return heard;
}

/* --- what is said ---------------------------------------------------------- */

/* The longest line fits: mail_login_problem() has seen to that. */
static void
put(struct talk *t, struct str text)
{
	if (t->length + text.len >= sizeof(t->command))
		return;
	memcpy(t->command + t->length, text.p, text.len);
	t->length += text.len;
	t->command[t->length] = '\0';
}

/* Sends what was put, and wipes it. */
static enum heard
say(struct talk *t, int limit_ms)
{
	put(t, str_of("\r\n"));
	t->d->end = wire_say(&t->d->wire, t->command);
	secret_wipe(t->command, sizeof(t->command));
	t->length = 0;
	if (t->d->end != TCP_OK)
		return HEARD_NOTHING;
	wire_step(&t->d->wire, limit_ms);
	return hear(t);
}

static void
put_base64(struct talk *t, struct str octets)
{
	char *text = base64_write(t->d->wire.run->arena, octets);

	put(t, str_of(text));
	secret_wipe(text, strlen(text));
}

static void
put_plain(struct talk *t)
{
	char message[LOGIN_PLAIN_OCTETS];

	put_base64(t, login_plain(t->login, message));
	secret_wipe(message, sizeof(message));
}

/*
 * In two steps, but for IMAP where the server takes it in one: the password is
 * not said to a server that does not want it in this way, and the POP3 of
 * Exchange takes nothing else.
 */
static enum heard
by_plain(struct talk *t, bool at_once)
{
	static const char *const begin[MAIL_PROTOCOLS] = {
		[MAIL_POP3] = "AUTH PLAIN",
		[MAIL_IMAP] = "a3 AUTHENTICATE PLAIN",
		[MAIL_SMTP] = "AUTH PLAIN",
	};

	put(t, str_of(begin[t->d->protocol]));
	if (at_once) {
		put(t, str_of(" "));
	} else {
		enum heard heard = say(t, WIRE_STEP_MS);

		if (heard != HEARD_GO_ON)
			return heard;
	}
	put_plain(t);
	return say(t, CHECK_MS);
}

/* "AUTH LOGIN", which Exchange and Outlook made usual. */
static enum heard
by_sasl_login(struct talk *t)
{
	enum heard heard;

	put(t, str_of("AUTH LOGIN"));
	heard = say(t, WIRE_STEP_MS);
	if (heard != HEARD_GO_ON)
		return heard;
	put_base64(t, str_of(t->login->user));
	heard = say(t, WIRE_STEP_MS);
	if (heard != HEARD_GO_ON)
		return heard;
	put_base64(t, str_of(t->login->password));
	return say(t, CHECK_MS);
}

/* RFC 1939 section 7. */
static enum heard
by_user(struct talk *t)
{
	enum heard heard;

	put(t, str_of("USER "));
	put(t, str_of(t->login->user));
	heard = say(t, WIRE_STEP_MS);
	if (heard != HEARD_YES)
		return heard;
	put(t, str_of("PASS "));
	put(t, str_of(t->login->password));
	return say(t, CHECK_MS);
}

/* A quoted string holds ASCII without line ends; RFC 3501 section 4.3. */
static bool
can_be_quoted(struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.p[i] < ' ' || text.p[i] > '~')
			return false;
	return text.len <= QUOTED_OCTETS;
}

/* HEARD_GO_ON: it is put, quoted or as a literal, and more may follow. */
static enum heard
put_string(struct talk *t, const char *string)
{
	struct str text = str_of(string);
	struct arena *arena = t->d->wire.run->arena;
	enum heard heard;

	if (can_be_quoted(text)) {
		put(t, str_of("\""));
		for (size_t i = 0; i < text.len; i++) {
			if (text.p[i] == '"' || text.p[i] == '\\')
				put(t, str_of("\\"));
			put(t, str_slice(text, i, i + 1));
		}
		put(t, str_of("\""));
		return HEARD_GO_ON;
	}
	put(t, str_of(arena_printf(arena, "{%zu}", text.len)));
	heard = say(t, WIRE_STEP_MS);
	if (heard == HEARD_GO_ON)
		put(t, text);
	return heard;
}

/* RFC 3501 section 6.2.3. */
static enum heard
by_imap_login(struct talk *t)
{
	enum heard heard;

	put(t, str_of("a3 LOGIN "));
	heard = put_string(t, t->login->user);
	if (heard != HEARD_GO_ON)
		return heard;
	put(t, str_of(" "));
	heard = put_string(t, t->login->password);
	return heard == HEARD_GO_ON ? say(t, CHECK_MS) : heard;
}

/* The way that is safest to get right, of those offered; false: none. */
static bool
log_in(struct talk *t, const struct capabilities *offered, enum heard *heard)
{
	t->tag = "a3";
	if (offered->plain)
		*heard = by_plain(t, offered->sasl_ir);
	else if (t->d->protocol == MAIL_IMAP && offered->login)
		*heard = by_imap_login(t);
	else if (t->d->protocol == MAIL_POP3 &&
	    (offered->user || !offered->known))
		*heard = by_user(t);
	else if (t->d->protocol != MAIL_IMAP && offered->sasl_login)
		*heard = by_sasl_login(t);
	else
		return false;
	return true;
}

/* --- what came of it ------------------------------------------------------- */

static void
note_said(struct talk *t, struct login_facts *out)
{
	struct str text = { t->answer, t->answered };

	out->withheld = login_is_told(t->d->wire.run->arena, t->login, text);
	out->said = out->withheld || text.len == 0
	    ? NULL
	    : readable(t->d->wire.run->arena, str_slice(text, 0, SAID_OCTETS));
}

/*
 * One question that changes nothing.  Exchange lets people in whose mailbox it
 * cannot reach, and says so to the first command behind the login.
 */
static bool
mailbox_opens(struct talk *t)
{
	if (t->d->protocol == MAIL_SMTP)
		return true;
	t->tag = "a4";
	put(t,
	    str_of(t->d->protocol == MAIL_POP3 ? "STAT"
					       : "a4 STATUS INBOX (MESSAGES)"));
	return say(t, WIRE_STEP_MS) == HEARD_YES;
}

static void
say_goodbye(struct talk *t)
{
	if (t->d->end != TCP_OK)
		return;
	t->tag = "a9";
	put(t, str_of(t->d->protocol == MAIL_IMAP ? "a9 LOGOUT" : "QUIT"));
	(void)say(t, GOODBYE_MS); /* we leave in any case */
}

void
login_talk(struct dialogue *d, const struct capabilities *offered,
    const struct login *login, bool exchange, struct login_facts *out)
{
	struct talk t = { .d = d, .login = login };
	enum heard heard = HEARD_NOTHING;

	out->end = LOGIN_LOST;
	if (!log_in(&t, offered, &heard)) {
		out->end = LOGIN_NO_WAY;
		out->withheld = login_is_told(
		    d->wire.run->arena, login, str_of(offered->ways));
		out->why = out->withheld ? NULL : offered->ways;
	} else if (heard == HEARD_NO) {
		out->end = login_meaning(d->protocol,
		    (struct str){ t.answer, t.answered }, exchange);
		note_said(&t, out);
	} else if (heard == HEARD_YES) {
		out->end = mailbox_opens(&t) ? LOGIN_IN : LOGIN_MAILBOX;
		note_said(&t, out);
	} else if (heard == HEARD_NONSENSE) {
		note_said(&t, out);
	}
	if (heard != HEARD_GO_ON) /* else a part of the login is waited for */
		say_goodbye(&t);
	secret_wipe(&t, sizeof(t));
}
