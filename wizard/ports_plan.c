/* The ports of POP3, IMAP4 and submission in the plan. */
#include "ports_plan.h"

#include <string.h>

#include "../checks/base/i18n.h"
#include "../checks/base/printable.h"
#include "problem.h"
#include "template.h"

#define PORT_MAX   65535
#define THUMBPRINT 40 /* digits of a SHA-1 */

/* RFC 8314 section 3, and the ports with STARTTLS. */
static const struct usual {
	uint16_t port;
	bool tls;
} usual[MAIL_PROTOCOLS][2] = {
	[MAIL_POP3] = { { 995, true }, { 110, false } },
	[MAIL_IMAP] = { { 993, true }, { 143, false } },
	[MAIL_SMTP] = { { 465, true }, { 587, false } },
};

/* --- use ----------------------------------------------------------------- */

enum ports_use
ports_plan_use(const struct plan *plan, enum mail_protocol protocol)
{
	bool none = protocol == MAIL_SMTP ? plan->sends_nothing
					  : plan->receives_nothing;

	if (none)
		return PORTS_NO_MAIL;
	switch ((enum plan_use)plan->ports[protocol].use) {
	case USE_YES:
		return PORTS_USED;
	case USE_NO:
		return PORTS_UNUSED;
	case USE_UNKNOWN:
	case USE_COUNT:
		break;
	}
	return PORTS_OPEN;
}

bool
ports_plan_looks(const struct plan *plan, enum mail_protocol protocol)
{
	enum ports_use use = ports_plan_use(plan, protocol);

	return use == PORTS_OPEN || use == PORTS_USED;
}

enum wizard_step
ports_step(enum mail_protocol protocol)
{
	return (enum wizard_step)(WIZ_POP3 + (int)protocol);
}

bool
ports_protocol(enum wizard_step step, enum mail_protocol *out)
{
	if (step < WIZ_POP3 || step > WIZ_SUBMISSION)
		return false;
	*out = (enum mail_protocol)(step - WIZ_POP3);
	return true;
}

enum field_id
ports_used_field(enum mail_protocol protocol)
{
	return (enum field_id)(FIELD_POP3_USED + 2 * (int)protocol);
}

enum field_id
ports_port_field(enum mail_protocol protocol)
{
	return (enum field_id)(FIELD_POP3_PORT + 2 * (int)protocol);
}

/* --- services ------------------------------------------------------------ */

/* "995:tls", as judge_port() wrote it. */
static bool
read_service(struct str text, struct port *out)
{
	struct str number = str_word(&text, ':');
	uint64_t port;

	if (!str_number(number, PORT_MAX, &port) || port == 0)
		return false;
	out->at.port = (uint16_t)port;
	out->implicit_tls = str_equal_nocase(text, "tls");
	return out->implicit_tls || str_equal_nocase(text, "starttls");
}

size_t
ports_plan(const struct plan *plan, enum mail_protocol protocol,
    struct port out[PLAN_PORTS])
{
	const struct plan_ports *ports = &plan->ports[protocol];
	const struct port common = { .protocol = protocol, .wanted = true };
	size_t n = 0;

	for (size_t i = 0; i < ports->nports; i++) {
		out[n] = common;
		n += read_service(str_of(ports->port[i]), &out[n]);
	}
	for (size_t i = 0; n == 0 && i < COUNT(usual[protocol]); i++) {
		out[i] = common;
		out[i].at.port = usual[protocol][i].port;
		out[i].implicit_tls = usual[protocol][i].tls;
	}
	return n == 0 ? COUNT(usual[protocol]) : n;
}

const char *
ports_plan_text(struct arena *arena, const struct port *port)
{
	return arena_printf(arena, "%u:%s", port->at.port,
	    port->implicit_tls ? "tls" : "starttls");
}

const char *
ports_plan_texts(
    struct arena *arena, const struct plan *plan, enum mail_protocol protocol)
{
	struct port ports[PLAN_PORTS];
	size_t n = ports_plan(plan, protocol, ports);
	const char *text = "";

	for (size_t i = 0; i < n; i++)
		text = arena_printf(arena, "%s%s%s", text,
		    *text == '\0' ? "" : " ",
		    ports_plan_text(arena, &ports[i]));
	return text;
}

/* --- answers ------------------------------------------------------------- */

static void
put(char to[PLAN_TEXT], const char *text)
{
	bounded_copy(to, PLAN_TEXT, text);
}

/* How TLS begins at a port whose number says it. */
static const char *
usual_mode(uint64_t port)
{
	for (size_t i = 0; i < MAIL_PROTOCOLS; i++)
		for (size_t k = 0; k < COUNT(usual[i]); k++)
			if (usual[i][k].port == port)
				return usual[i][k].tls ? "tls" : "starttls";
	return NULL;
}

/* "SSL" is Exchange's word for TLS from the first octet. */
static const char *
mode_of(struct str word)
{
	static const char *const modes[][2] = { { "tls", "tls" },
		{ "ssl", "tls" }, { "starttls", "starttls" },
		{ "stls", "starttls" } };

	for (size_t i = 0; i < COUNT(modes); i++)
		if (str_equal_nocase(word, modes[i][0]))
			return modes[i][1];
	return NULL;
}

void
judge_port(struct arena *arena, struct str text, struct judged *out)
{
	struct str rest = str_trim(text);
	struct str number = str_word(&rest, ':');
	const char *mode;
	uint64_t port;

	if (number.len == 0 && rest.len == 0)
		return;
	if (!str_number(number, PORT_MAX, &port) || port == 0) {
		put(out->problem,
		    _("A port is a number from 1 to 65535, such as 995:tls."));
		return;
	}
	mode = rest.len == 0 ? usual_mode(port) : mode_of(rest);
	if (mode == NULL && rest.len == 0)
		put(out->problem,
		    arena_printf(arena,
			_("How does TLS begin there? Write %llu:tls for the "
			  "first octet, %llu:starttls for on request."),
			(unsigned long long)port, (unsigned long long)port));
	else if (mode == NULL)
		put(out->problem,
		    _("Behind the colon stands tls or starttls."));
	else
		bounded_copy(out->value, sizeof(out->value),
		    arena_printf(
			arena, "%llu:%s", (unsigned long long)port, mode));
}

/* Windows copies it with blanks, and with a character nobody sees. */
void
judge_thumbprint(struct arena *arena, struct str text, struct judged *out)
{
	char *digits = arena_alloc(arena, text.len + 1);
	size_t n = 0;

	for (size_t i = 0; i < text.len; i++) {
		char c = text.p[i];

		if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'F'))
			digits[n++] = c;
		else if (c >= 'a' && c <= 'f')
			digits[n++] = (char)(c - 'a' + 'A');
		else if (c > ' ' && c < 0x7f && c != ':') {
			put(out->problem,
			    _("A thumbprint is 40 digits of 0 to 9 and A to "
			      "F."));
			return;
		}
	}
	digits[n] = '\0';
	if (n != 0 && n != THUMBPRINT) {
		put(out->problem,
		    arena_printf(arena,
			_("A thumbprint has 40 digits; this one has %zu."), n));
		return;
	}
	bounded_copy(out->value, sizeof(out->value), digits);
	if (n != str_trim(text).len)
		put(out->told, _("Removed what stood between the digits."));
}

void
judge_path(struct arena *arena, struct str text, struct judged *out)
{
	const char *path = str_dup(arena, str_trim(text));

	if (path[0] == '\0')
		return;
	if (template_quote(arena, "path", path) == NULL) {
		put(out->problem,
		    _("A whole path is needed, from / on, without blanks and "
		      "quotes."));
		return;
	}
	bounded_copy(out->value, sizeof(out->value), path);
}
