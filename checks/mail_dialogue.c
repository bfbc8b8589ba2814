/* What is said to mail servers, and how their answers are read. */
#include "mail_dialogue.h"

#include <string.h>

#include "base/printable.h"

#define GOODBYE_MS 2000
#define WAYS_MAX   200 /* octets of a list of mechanisms */

const char *
mail_protocol_word(enum mail_protocol protocol)
{
	static const char *const words[MAIL_PROTOCOLS] = {
		[MAIL_POP3] = "pop3",
		[MAIL_IMAP] = "imap",
		[MAIL_SMTP] = "smtp",
	};

	return words[protocol];
}

/* --- one line ---------------------------------------------------------------- */

static enum mail_reply
pop3_reply(struct str line)
{
	if (str_starts_nocase(line, "+OK"))
		return MAIL_REPLY_YES;
	return str_starts_nocase(line, "-ERR") ? MAIL_REPLY_NO
					       : MAIL_REPLY_NONSENSE;
}

/* What stands behind "* " or the tag; RFC 3501 section 7.1. */
static enum mail_reply
imap_reply(struct str rest)
{
	struct str word = str_word(&rest, ' ');

	if (str_equal_nocase(word, "OK") || str_equal_nocase(word, "PREAUTH"))
		return MAIL_REPLY_YES;
	if (str_equal_nocase(word, "NO") || str_equal_nocase(word, "BAD") ||
	    str_equal_nocase(word, "BYE"))
		return MAIL_REPLY_NO;
	return MAIL_REPLY_NONSENSE;
}

/* "250-" and "250 ", and "250" alone; RFC 5321 section 4.2.1. */
static enum mail_reply
smtp_reply(struct str line, bool *last)
{
	if (line.len < 3 || !is_digit(line.p[0]) || !is_digit(line.p[1]) ||
	    !is_digit(line.p[2]) ||
	    (line.len > 3 && line.p[3] != ' ' && line.p[3] != '-'))
		return MAIL_REPLY_NONSENSE;
	*last = line.len == 3 || line.p[3] == ' ';
	switch (line.p[0]) {
	case '2':
		return MAIL_REPLY_YES;
	case '4':
	case '5':
		return MAIL_REPLY_NO;
	default:
		return MAIL_REPLY_NONSENSE;
	}
}

static bool
next_line(struct dialogue *d, struct str *line)
{
	d->end = wire_line(&d->wire, line);
	if (d->end == TCP_OK)
		d->said = readable(d->wire.run->arena, *line);
	return d->end == TCP_OK;
}

/* --- greeting ---------------------------------------------------------------- */

/* The lines behind the first of an SMTP reply are not looked at. */
static enum mail_reply
smtp_rest(struct dialogue *d, struct str *line, bool last)
{
	enum mail_reply reply = MAIL_REPLY_YES;

	while (!last) {
		if (!next_line(d, line))
			return MAIL_REPLY_NONE;
		reply = smtp_reply(*line, &last);
		if (reply == MAIL_REPLY_NONSENSE)
			return reply;
	}
	return reply;
}

enum mail_reply
dialogue_greeting(struct dialogue *d, struct str *line)
{
	bool last = true;
	enum mail_reply reply;

	wire_step(&d->wire, WIRE_STEP_MS);
	if (!next_line(d, line))
		return MAIL_REPLY_NONE;
	if (d->protocol == MAIL_POP3)
		return pop3_reply(*line);
	if (d->protocol == MAIL_IMAP)
		return str_starts_nocase(*line, "* ")
		    ? imap_reply(str_slice(*line, 2, line->len))
		    : MAIL_REPLY_NONSENSE;
	reply = smtp_reply(*line, &last);
	if (reply == MAIL_REPLY_YES && !last) {
		struct arena *arena = d->wire.run->arena;
		const char *said = d->said;
		struct str first = str_of(str_dup(arena, *line));

		reply = smtp_rest(d, line, last);
		*line = first;
		d->said = said;
	}
	return reply;
}

/* --- capabilities ------------------------------------------------------------ */

/* Is `word` among the words of the text, blanks between? */
static bool
has_word(struct str text, const char *word)
{
	while (text.len > 0)
		if (str_equal_nocase(str_word(&text, ' '), word))
			return true;
	return false;
}

static void
add_to_list(struct dialogue *d, struct capabilities *out, struct str line)
{
	struct arena *arena = d->wire.run->arena;
	const char *text = printable(arena, line);

	out->list = out->list == NULL
	    ? text
	    : arena_printf(arena, "%s %s", out->list, text);
}

/* Mechanisms of SASL, blanks between; each once. */
static void
add_ways(struct dialogue *d, struct capabilities *out, struct str words)
{
	struct arena *arena = d->wire.run->arena;

	while (words.len > 0) {
		struct str word = str_word(&words, ' ');
		struct str had = str_of(out->ways);
		const char *text;

		out->plain |= str_equal_nocase(word, "PLAIN");
		out->sasl_login |= str_equal_nocase(word, "LOGIN");
		if (word.len == 0 || word.len > WAYS_MAX || had.len > WAYS_MAX)
			continue;
		text = printable(arena, word);
		if (!has_word(had, text))
			out->ways = had.len == 0
			    ? text
			    : arena_printf(arena, "%s %s", out->ways, text);
	}
}

/* RFC 2449 section 6. */
static enum mail_reply
pop3_capabilities(struct dialogue *d, struct capabilities *out)
{
	struct str line;
	enum mail_reply reply = MAIL_REPLY_NONE;

	if (!next_line(d, &line))
		return MAIL_REPLY_NONE;
	reply = pop3_reply(line);
	if (reply != MAIL_REPLY_YES)
		return reply;
	for (;;) {
		struct str rest, word;

		if (!next_line(d, &line))
			return MAIL_REPLY_NONE;
		if (str_equal_nocase(line, "."))
			break;
		add_to_list(d, out, line);
		rest = line;
		word = str_word(&rest, ' ');
		if (str_equal_nocase(word, "STLS"))
			out->starttls = true;
		if (str_equal_nocase(word, "USER"))
			out->login = out->user = true;
		if (str_equal_nocase(word, "SASL") && str_trim(rest).len > 0) {
			out->login = true;
			add_ways(d, out, rest);
		}
		if (str_equal_nocase(word, "IMPLEMENTATION"))
			out->software = readable(d->wire.run->arena, rest);
	}
	out->known = true;
	return MAIL_REPLY_YES;
}

/* "AUTH=PLAIN AUTH=NTLM" among the words of IMAP. */
static void
add_imap_ways(struct dialogue *d, struct capabilities *out, struct str words)
{
	while (words.len > 0) {
		struct str word = str_word(&words, ' ');

		if (str_starts_nocase(word, "AUTH="))
			add_ways(d, out, str_slice(word, 5, word.len));
		out->sasl_ir |= str_equal_nocase(word, "SASL-IR");
	}
}

/* RFC 3501 sections 6.1.1 and 7.2.1. */
static enum mail_reply
imap_capabilities(struct dialogue *d, struct capabilities *out)
{
	struct str line;

	for (;;) {
		struct str rest;

		if (!next_line(d, &line))
			return MAIL_REPLY_NONE;
		rest = line;
		if (str_skip(&rest, "* ")) {
			if (str_starts_nocase(rest, "BYE"))
				return MAIL_REPLY_NO;
			if (!str_starts_nocase(rest, "CAPABILITY "))
				continue;
			str_word(&rest, ' ');
			add_to_list(d, out, rest);
			out->starttls |= has_word(rest, "STARTTLS");
			add_imap_ways(d, out, rest);
			out->login =
			    out->plain || !has_word(rest, "LOGINDISABLED");
			out->known = true;
		} else if (str_skip(&rest, "a1 ")) {
			return imap_reply(rest);
		} else {
			return MAIL_REPLY_NONSENSE;
		}
	}
}

/* RFC 5321 section 4.1.1.1; "AUTH=LOGIN" is older than RFC 4954. */
static enum mail_reply
smtp_capabilities(struct dialogue *d, struct capabilities *out)
{
	bool last = false;
	bool first = true;
	struct str line;
	enum mail_reply reply = MAIL_REPLY_NONE;

	while (!last) {
		struct str rest, word;

		if (!next_line(d, &line))
			return MAIL_REPLY_NONE;
		reply = smtp_reply(line, &last);
		if (reply == MAIL_REPLY_NONSENSE)
			return reply;
		rest = str_slice(line, 4, line.len);
		if (!first)
			add_to_list(d, out, rest);
		first = false;
		if (str_starts_nocase(rest, "AUTH=") && rest.len > 5) {
			out->login = true;
			add_ways(d, out, str_slice(rest, 5, rest.len));
		}
		word = str_word(&rest, ' ');
		if (str_equal_nocase(word, "STARTTLS"))
			out->starttls = true;
		if (str_equal_nocase(word, "AUTH") && str_trim(rest).len > 0) {
			out->login = true;
			add_ways(d, out, rest);
		}
	}
	out->known = reply == MAIL_REPLY_YES;
	return reply;
}

static bool
say(struct dialogue *d, const char *text)
{
	d->end = wire_say(&d->wire, text);
	return d->end == TCP_OK;
}

enum mail_reply
dialogue_capabilities(struct dialogue *d, struct capabilities *out)
{
	*out = (struct capabilities){ 0 };
	switch (d->protocol) {
	case MAIL_POP3:
		return say(d, "CAPA\r\n") ? pop3_capabilities(d, out)
					  : MAIL_REPLY_NONE;
	case MAIL_IMAP:
		return say(d, "a1 CAPABILITY\r\n") ? imap_capabilities(d, out)
						   : MAIL_REPLY_NONE;
	case MAIL_SMTP:
		break;
	}
	return say(d,
		   arena_printf(d->wire.run->arena, "EHLO %s\r\n", d->wire.own))
	    ? smtp_capabilities(d, out)
	    : MAIL_REPLY_NONE;
}

/* --- one command, one answer ------------------------------------------------- */

static enum mail_reply
answer(struct dialogue *d, const char *tag)
{
	struct str line;
	bool last = true;

	for (;;) {
		struct str rest;

		if (!next_line(d, &line))
			return MAIL_REPLY_NONE;
		if (d->protocol == MAIL_POP3)
			return pop3_reply(line);
		if (d->protocol == MAIL_SMTP) {
			enum mail_reply reply = smtp_reply(line, &last);

			return reply == MAIL_REPLY_NONSENSE || last
			    ? reply
			    : smtp_rest(d, &line, last);
		}
		rest = line;
		if (str_skip(&rest, tag))
			return imap_reply(rest);
		if (!str_skip(&rest, "* "))
			return MAIL_REPLY_NONSENSE;
		if (str_starts_nocase(rest, "BYE"))
			return MAIL_REPLY_NO;
	}
}

enum mail_reply
dialogue_starttls(struct dialogue *d, bool inject)
{
	static const char *const commands[MAIL_PROTOCOLS][2] = {
		[MAIL_POP3] = { "STLS\r\n", "STLS\r\nCAPA\r\n" },
		[MAIL_IMAP] = { "a2 STARTTLS\r\n",
		    "a2 STARTTLS\r\na3 NOOP\r\n" },
		[MAIL_SMTP] = { "STARTTLS\r\n", "STARTTLS\r\nNOOP\r\n" },
	};

	if (!say(d, commands[d->protocol][inject]))
		return MAIL_REPLY_NONE;
	return answer(d, "a2 ");
}

static const char *
goodbye_of(const struct dialogue *d)
{
	return d->protocol == MAIL_IMAP ? "a9 LOGOUT\r\n" : "QUIT\r\n";
}

/* The tags tell: that of the command slipped in, or that of the goodbye. */
static enum tri
imap_goodbye_behind(struct dialogue *d)
{
	struct str line;

	while (next_line(d, &line)) {
		if (str_starts_nocase(line, "a3 "))
			return TRI_YES;
		if (str_starts_nocase(line, "a9 "))
			return TRI_NO;
	}
	return d->end == TCP_CLOSED ? TRI_NO : TRI_UNKNOWN;
}

/* No tags: is there a second answer? */
static enum tri
other_goodbye_behind(struct dialogue *d)
{
	struct str line;
	enum mail_reply reply = answer(d, "");

	if (reply == MAIL_REPLY_NONE)
		return d->end == TCP_CLOSED ? TRI_NO : TRI_UNKNOWN;
	/* RFC 5321 section 4.2.2: 221 ends it. */
	if (d->protocol == MAIL_SMTP &&
	    str_starts_nocase(str_of(d->said), "221"))
		return TRI_NO;
	wire_step(&d->wire, GOODBYE_MS);
	if (next_line(d, &line))
		return TRI_YES;
	return d->end == TCP_STOPPED ? TRI_UNKNOWN : TRI_NO;
}

enum tri
dialogue_goodbye_behind(struct dialogue *d)
{
	if (!say(d, goodbye_of(d)))
		return d->end == TCP_CLOSED ? TRI_NO : TRI_UNKNOWN;
	return d->protocol == MAIL_IMAP ? imap_goodbye_behind(d)
					: other_goodbye_behind(d);
}

enum mail_reply
dialogue_user(struct dialogue *d)
{
	return say(d, "USER mailwizard\r\n") ? answer(d, "") : MAIL_REPLY_NONE;
}

void
dialogue_quit(struct dialogue *d)
{
	const char *said = d->said;
	enum tcp_end end = d->end;

	if (say(d, goodbye_of(d))) {
		wire_step(&d->wire, GOODBYE_MS);
		(void)answer(d, "a9 "); /* we leave in any case */
	}
	d->said = said;
	d->end = end;
}
