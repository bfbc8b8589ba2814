/* Reading SPF records: the grammar of RFC 7208 section 12. */
#include "base/i18n.h"
#include "spf_macro.h"
#include "spf_terms.h"

#define VERSION "v=spf1"

/* Makes the term a broken one; `fault` is a part of its text. */
static void
breaks(struct spf_term *term, struct str fault, const char *problem)
{
	size_t from = (size_t)(fault.p - term->text.p);

	term->kind = SPF_BROKEN;
	term->problem = problem;
	term->fault = (struct span){ from, from + fault.len };
	if (fault.len == 0)
		term->fault = (struct span){ 0, term->text.len };
}

/* "/" and a number without leading zeros, which is all of `text`. */
static bool
read_bits(struct str text, uint64_t max, uint8_t *out)
{
	uint64_t bits;

	if (!str_skip(&text, "/") || !str_number(text, max, &bits))
		return false;
	*out = (uint8_t)bits;
	return true;
}

/*	ip4-cidr-length  = "/" ("0" / %x31-39 0*1DIGIT) ; value range 0-32 */
static void
read_ip4_cidr(struct str text, struct spf_term *term)
{
	if (text.len > 0 && !read_bits(text, 32, &term->bits4))
		breaks(term, text,
		    _("the length of an IPv4 network is a slash and a number "
		      "from 0 to 32"));
}

/*	ip6-cidr-length  = "/" ("0" / %x31-39 0*2DIGIT) ; value range 0-128 */
static void
read_ip6_cidr(struct str text, struct spf_term *term)
{
	if (text.len > 0 && !read_bits(text, 128, &term->bits6))
		breaks(term, text,
		    _("the length of an IPv6 network is a slash and a number "
		      "from 0 to 128, behind a domain name two slashes"));
}

/*
 *	dual-cidr-length = [ ip4-cidr-length ] [ "/" ip6-cidr-length ]
 *
 * so: nothing, "/24", "//64" or "/24//64", and that is all of `text`.
 */
static void
read_dual_cidr(struct str text, struct spf_term *term)
{
	size_t at = 0;

	while (at < text.len &&
	    !str_starts_nocase(str_slice(text, at, text.len), "//"))
		at++;
	read_ip4_cidr(str_slice(text, 0, at), term);
	if (term->kind != SPF_BROKEN)
		read_ip6_cidr(str_slice(text, at + 1, text.len), term);
}

/*
 * Takes what can only be a dual-cidr-length off the end: slashes and digits,
 * from the first slash on.  A domain-spec cannot end like that.
 */
static struct str
take_cidr(struct str *text)
{
	size_t from = text->len;
	struct str cidr;

	while (from > 0 &&
	    (is_digit(text->p[from - 1]) || text->p[from - 1] == '/'))
		from--;
	cidr = str_slice(*text, from, text->len);
	cidr = str_slice(cidr, str_find(cidr, '/'), cidr.len);
	text->len -= cidr.len;
	return cidr;
}

/*	domain-spec      = macro-string domain-end */
static void
read_domain(struct str text, struct spf_term *term)
{
	struct span fault;
	const char *problem = spf_domain_problem(text, &fault);
	struct str without = text;

	term->domain = text;
	if (problem == NULL)
		return;
	if (!spf_term_kinds[term->kind].cidr && take_cidr(&without).len > 0 &&
	    spf_domain_problem(without, &fault) == NULL)
		breaks(term, str_slice(text, without.len, text.len),
		    _("only a, mx, ip4 and ip6 take a network length"));
	else
		breaks(term, str_slice(text, fault.from, fault.to), problem);
}

/*
 *	include          = "include"  ":" domain-spec
 *	a                = "a"      [ ":" domain-spec ] [ dual-cidr-length ]
 *	mx               = "mx"     [ ":" domain-spec ] [ dual-cidr-length ]
 *	ptr              = "ptr"    [ ":" domain-spec ]
 *	exists           = "exists"   ":" domain-spec
 *
 * `rest` is what follows the word.
 */
static void
read_domain_and_cidr(struct str rest, struct spf_term *term)
{
	const struct spf_term_kind *row = &spf_term_kinds[term->kind];
	struct str cidr = str_slice(rest, rest.len, rest.len);

	if (row->cidr)
		cidr = take_cidr(&rest);
	if (rest.len == 0 && row->domain == SPF_ARG_REQUIRED)
		breaks(term, rest, _("it needs a colon and a domain name"));
	else if (str_skip(&rest, ":"))
		read_domain(rest, term);
	else if (rest.len > 0 && row->cidr)
		breaks(term, rest,
		    _("the length of a network is a slash and a number, such "
		      "as /24"));
	else if (rest.len > 0)
		breaks(term, rest,
		    _("only a, mx, ip4 and ip6 take a network length"));
	if (term->kind != SPF_BROKEN)
		read_dual_cidr(cidr, term);
}

/* Why this is no address of the family wanted, for one who wonders. */
static const char *
address_problem(struct str text, enum ip_family wanted)
{
	struct ip other;

	if (ip_parse_v6(text, &other))
		return _("this is an IPv6 address: it belongs behind ip6:");
	if (ip_parse_v4(text, &other))
		return _("this is an IPv4 address: it belongs behind ip4:");
	if (text.len > 0 &&
	    (text.p[text.len - 1] == ',' || text.p[text.len - 1] == ';'))
		return _("terms are separated by spaces, nothing else");
	if (wanted == IP_V4)
		return _("an IPv4 address needs four numbers from 0 to 255");
	return _("an IPv6 address looks like 2001:db8::25");
}

/*
 *	ip4              = "ip4"      ":" ip4-network   [ ip4-cidr-length ]
 *	ip6              = "ip6"      ":" ip6-network   [ ip6-cidr-length ]
 */
static void
read_address(struct str rest, struct spf_term *term)
{
	bool v4 = term->kind == SPF_IP4;
	struct str address;

	if (!str_skip(&rest, ":")) {
		breaks(term, rest, _("it needs a colon and an address"));
		return;
	}
	address = str_slice(rest, 0, str_find(rest, '/'));
	rest = str_slice(rest, address.len, rest.len);
	if (v4 ? !ip_parse_v4(address, &term->ip)
	       : !ip_parse_v6(address, &term->ip))
		breaks(term, address,
		    address_problem(address, v4 ? IP_V4 : IP_V6));
	else if (v4)
		read_ip4_cidr(rest, term);
	else
		read_ip6_cidr(rest, term);
}

/* Why no mechanism has this name; `term` is all of it, without a sign. */
static const char *
name_problem(struct str name, struct str term)
{
	struct str address = str_slice(term, 0, str_find(term, '/'));
	struct ip ip;

	if (spf_modifier_by_name(name) != SPF_UNKNOWN_MODIFIER)
		return _("behind redirect and exp stands =, not a colon");
	if (ip_parse_v4(address, &ip))
		return _("an IPv4 address needs ip4: in front");
	if (ip_parse_v6(address, &ip))
		return _("an IPv6 address needs ip6: in front");
	if (str_equal_nocase(name, "ip") || str_equal_nocase(name, "ipv4") ||
	    str_equal_nocase(name, "ipv6"))
		return _("the words for addresses are ip4 and ip6");
	if (str_find(name, '.') < name.len)
		return _("a domain name needs a word such as include: or a: "
			 "in front");
	return _("no mechanism has this name");
}

/*
 *	mechanism        = ( all / include
 *			   / a / mx / ptr / ip4 / ip6 / exists )
 *	all              = "all"
 */
static void
read_mechanism(struct str name, struct str rest, struct spf_term *term)
{
	struct str whole = { name.p, name.len + rest.len };

	term->kind = spf_mechanism_by_name(name);
	if (rest.len > 0 && rest.p[0] != ':' && rest.p[0] != '/')
		breaks(term, str_slice(rest, 0, 1),
		    rest.p[0] == ',' || rest.p[0] == ';'
			? _("terms are separated by spaces, nothing else")
			: _("this sign cannot stand here"));
	else if (term->kind == SPF_BROKEN)
		breaks(term, name, name_problem(name, whole));
	else if (term->kind == SPF_IP4 || term->kind == SPF_IP6)
		read_address(rest, term);
	else if (term->kind != SPF_ALL)
		read_domain_and_cidr(rest, term);
	else if (rest.len > 0)
		breaks(term, rest, _("nothing may stand behind all"));
}

/*
 *	modifier         = redirect / explanation / unknown-modifier
 *	redirect         = "redirect" "=" domain-spec
 *	explanation      = "exp" "=" domain-spec
 *	unknown-modifier = name "=" macro-string
 *
 * `name` consists of letters, digits, "-", "_" and ".".
 */
static void
read_modifier(struct str name, struct str value, struct spf_term *term)
{
	struct span fault;
	const char *problem;

	if (name.len == 0 || !is_alpha(name.p[0])) {
		breaks(term, name,
		    _("in front of = stands a word that begins with a letter"));
		return;
	}
	term->kind = spf_modifier_by_name(name);
	if (term->kind != SPF_UNKNOWN_MODIFIER) {
		read_domain(value, term);
		return;
	}
	problem = spf_macro_problem(value, SPF_IN_IGNORED, &fault);
	if (problem != NULL)
		breaks(term, str_slice(value, fault.from, fault.to), problem);
}

/* Is the octet visible ASCII, %x21-7E, as all of a term must be? */
static bool
is_visible(char c)
{
	return c >= '!' && c <= '~';
}

/* The first octets that cannot stand in a term; len 0: there are none. */
static struct str
invisible_part(struct str text)
{
	size_t from = 0;
	size_t to;

	while (from < text.len && is_visible(text.p[from]))
		from++;
	for (to = from; to < text.len && !is_visible(text.p[to]);)
		to++;
	return str_slice(text, from, to);
}

/*
 *	directive        = [ qualifier ] mechanism
 *	qualifier        = "+" / "-" / "?" / "~"
 *	name             = ALPHA *( ALPHA / DIGIT / "-" / "_" / "." )
 *
 * A "=" behind the name makes it a modifier; section 4.6.1.
 */
static void
read_directive_or_modifier(struct spf_term *term)
{
	struct str rest = term->text;
	struct str sign = str_slice(rest, 0, 1);
	struct str name;
	bool has_sign = spf_qualifier_by_sign(rest.p[0], &term->qualifier);

	if (has_sign)
		rest = str_slice(rest, 1, rest.len);
	name = str_slice(rest, 0, 0);
	while (name.len < rest.len &&
	    (is_alnum(rest.p[name.len]) || rest.p[name.len] == '-' ||
		rest.p[name.len] == '_' || rest.p[name.len] == '.'))
		name.len++;
	rest = str_slice(rest, name.len, rest.len);

	if (!str_skip(&rest, "="))
		read_mechanism(name, rest, term);
	else if (has_sign)
		breaks(term, sign, _("a word with = takes no sign in front"));
	else
		read_modifier(name, rest, term);
}

static void
read_term(struct str text, struct spf_term *out)
{
	struct str invisible = invisible_part(text);

	*out = (struct spf_term){ .text = text,
		.at = { 0, text.len },
		.qualifier = SPF_RESULT_PASS,
		.bits4 = 32,
		.bits6 = 128 };
	if (text.len == 0)
		breaks(out, text, _("a term is missing here"));
	else if (invisible.len > 0)
		breaks(out, invisible,
		    _("only plain ASCII may stand here; this came along from "
		      "a web page or a text program, perhaps"));
	else
		read_directive_or_modifier(out);
}

void
spf_parse_term(struct arena *arena, struct str text, struct spf_term *out)
{
	read_term((struct str){ str_dup(arena, text), text.len }, out);
}

bool
spf_is_record(struct str text)
{
	return str_starts_nocase(text, VERSION) &&
	    (text.len == sizeof(VERSION) - 1 ||
		text.p[sizeof(VERSION) - 1] == ' ');
}

/* The first problem of the record as a whole is the one that is kept. */
static void
record_breaks(
    struct spf_record *record, size_t from, size_t to, const char *problem)
{
	record->broken = true;
	if (record->problem != NULL)
		return;
	record->problem = problem;
	record->fault = (struct span){ from, to };
}

/* redirect and exp "MUST NOT appear in a record more than once each". */
static void
check_modifiers(struct spf_record *record)
{
	bool seen[SPF_KIND_COUNT] = { false };

	for (size_t i = 0; i < record->nterms; i++) {
		const struct spf_term *term = &record->terms[i];

		if (term->kind == SPF_REDIRECT && seen[SPF_REDIRECT])
			record_breaks(record, term->at.from, term->at.to,
			    _("redirect= may stand in a record only once"));
		if (term->kind == SPF_EXP && seen[SPF_EXP])
			record_breaks(record, term->at.from, term->at.to,
			    _("exp= may stand in a record only once"));
		seen[term->kind] = true;
	}
}

/* What stands between terms; only the space should, but see below. */
static bool
is_separator(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static void
add_term(
    struct arena *arena, struct spf_record *record, struct str text, size_t at)
{
	struct spf_term *term;

	record->terms = arena_grow(
	    arena, record->terms, record->nterms, sizeof(*record->terms));
	term = &record->terms[record->nterms++];
	read_term(text, term);
	term->at.from += at;
	term->at.to += at;
	term->fault.from += at;
	term->fault.to += at;
	if (term->kind == SPF_BROKEN)
		record->broken = true;
}

/*
 *	record           = version terms *SP
 *	terms            = *( 1*SP ( directive / modifier ) )
 *
 * A tab or a line break between terms is an error of the record and not of a
 * term, so that the terms can be read, and the record mended by printing it.
 */
static void
read_terms(
    struct arena *arena, struct str text, size_t i, struct spf_record *record)
{
	while (i < text.len) {
		size_t from = i;

		if (text.p[i] == ' ') {
			i++;
			continue;
		}
		if (is_separator(text.p[i])) {
			i++;
			record_breaks(record, from, i,
			    _("only spaces may stand between terms, no tab "
			      "and no line break"));
			continue;
		}
		while (i < text.len && !is_separator(text.p[i]))
			i++;
		add_term(arena, record, str_slice(text, from, i), from);
	}
}

void
spf_parse(struct arena *arena, struct str text, struct spf_record *out)
{
	bool has_version = spf_is_record(text);

	*out = (struct spf_record){ .nterms = 0 };
	text.p = str_dup(arena, text);
	if (!has_version)
		record_breaks(
		    out, 0, 0, _("a record begins with v=spf1 and a space"));
	read_terms(arena, text, has_version ? sizeof(VERSION) - 1 : 0, out);
	check_modifiers(out);
}
