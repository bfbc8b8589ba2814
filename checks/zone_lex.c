/* A zone file, cut into entries and tokens. */
#include "zone_lex.h"

#include "base/i18n.h"

/* RDATA of 65535 octets is as many empty strings, and what stands before. */
#define TOKENS_MAX ((size_t)65535 + 4)

static enum zone_lex
lex_error(struct zone_lexer *lexer, size_t line, const char *problem)
{
	lexer->problem = problem;
	lexer->problem_line = line;
	return ZONE_LEX_ERROR;
}

static void
skip(struct zone_lexer *lexer, size_t n)
{
	lexer->rest = str_slice(lexer->rest, n, lexer->rest.len);
}

/* LF, CR LF, or a CR alone. */
static bool
is_line_end(char c)
{
	return c == '\n' || c == '\r';
}

static void
skip_line_end(struct zone_lexer *lexer)
{
	if (!str_skip(&lexer->rest, "\r\n"))
		skip(lexer, 1);
	lexer->line++;
}

static void
skip_comment(struct zone_lexer *lexer)
{
	while (lexer->rest.len > 0 && !is_line_end(lexer->rest.p[0]))
		skip(lexer, 1);
}

/*
 * How long a token is: a quoted one up to its closing quote, another up to
 * what ends it.  A backslash takes the octet behind it along.
 */
static size_t
token_length(struct str rest, bool quoted)
{
	size_t i = 0;

	while (i < rest.len && !is_line_end(rest.p[i])) {
		char c = rest.p[i];

		if (c == '"')
			break;
		if (!quoted &&
		    (c == ' ' || c == '\t' || c == ';' || c == '(' || c == ')'))
			break;
		if (c == '\\' && i + 1 < rest.len &&
		    !is_line_end(rest.p[i + 1]))
			i++;
		i++;
	}
	return i;
}

static bool
take_token(struct arena *arena, struct zone_lexer *lexer, struct zone_line *out)
{
	struct zone_token token = { .line = lexer->line };
	size_t len;

	token.quoted = str_skip(&lexer->rest, "\"");
	len = token_length(lexer->rest, token.quoted);
	token.text = str_slice(lexer->rest, 0, len);
	skip(lexer, len);
	if (token.quoted && !str_skip(&lexer->rest, "\""))
		return false;
	out->tokens =
	    arena_grow(arena, out->tokens, out->ntokens, sizeof(*out->tokens));
	out->tokens[out->ntokens++] = token;
	return true;
}

/* A parenthesis; false when it closes what was not opened. */
static bool
take_parenthesis(struct zone_lexer *lexer, size_t *open, size_t *open_line)
{
	bool opens = lexer->rest.p[0] == '(';

	skip(lexer, 1);
	if (opens && (*open)++ == 0)
		*open_line = lexer->line;
	if (opens)
		return true;
	return (*open)-- > 0;
}

/* What stands before an entry; notes if a blank is what its line begins with. */
static void
skip_to_entry(struct zone_lexer *lexer, bool *indented)
{
	*indented = false;
	while (lexer->rest.len > 0) {
		char c = lexer->rest.p[0];

		if (is_line_end(c)) {
			skip_line_end(lexer);
			*indented = false;
		} else if (c == ' ' || c == '\t') {
			skip(lexer, 1);
			*indented = true;
		} else if (c == ';') {
			skip_comment(lexer);
		} else {
			return;
		}
	}
}

enum zone_lex
zone_lex_next(
    struct arena *arena, struct zone_lexer *lexer, struct zone_line *out)
{
	size_t open = 0, open_line = 0;

	*out = (struct zone_line){ 0 };
	skip_to_entry(lexer, &out->indented);
	while (lexer->rest.len > 0) {
		char c = lexer->rest.p[0];

		if (is_line_end(c)) {
			if (open == 0 && out->ntokens > 0)
				break;
			if (open == 0)
				skip_to_entry(lexer, &out->indented);
			else
				skip_line_end(lexer);
		} else if (c == ' ' || c == '\t') {
			skip(lexer, 1);
		} else if (c == ';') {
			skip_comment(lexer);
		} else if (c == '(' || c == ')') {
			if (!take_parenthesis(lexer, &open, &open_line))
				return lex_error(lexer, lexer->line,
				    _("a ) closes what no ( opened"));
		} else if (out->ntokens == TOKENS_MAX) {
			return lex_error(lexer, lexer->line,
			    _("more than any record holds"));
		} else if (!take_token(arena, lexer, out)) {
			return lex_error(lexer, lexer->line,
			    _("a quote \" is not closed on its line"));
		}
	}
	if (open > 0)
		return lex_error(lexer, open_line, _("a ( is not closed"));
	return out->ntokens > 0 ? ZONE_LEX_LINE : ZONE_LEX_END;
}
