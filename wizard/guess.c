/* First answers, found on this machine without asking any network. */
#include "guess.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../checks/base/i18n.h"
#include "../checks/dns.h"
#include "../checks/record.h"
#include "files.h"
#include "problem.h"

#define GUESS_FILE    65536 /* octets of a file read for a guess */
#define GUESS_SERVERS 3 /* resolvers named; resolv.conf has no more */

struct guesser {
	struct arena *arena;
	int root; /* the folder that stands for "/" */
	bool is_system; /* it is "/" */
	const char *hostname; /* as the system says, or NULL */
	struct guess *out;
};

static void
found(
    struct guesser *g, enum field_id id, const char *value, const char *origin)
{
	if (g->out[id].value[0] != '\0' || value == NULL)
		return;
	bounded_copy(g->out[id].value, sizeof(g->out[id].value), value);
	bounded_copy(g->out[id].origin, sizeof(g->out[id].origin), origin);
}

static struct str
file_text(struct guesser *g, const char *name)
{
	struct str text = { 0 };

	if (!files_read(g->root, name, GUESS_FILE, g->arena, &text))
		return (struct str){ 0 };
	return text;
}

static bool
exists(struct guesser *g, const char *name)
{
	return faccessat(g->root, name, F_OK, 0) == 0;
}

/* Names that never are somebody's mail domain: RFC 6761, 8375 and custom. */
static bool
is_local(const char *name)
{
	static const char *const tops[] = { "localhost", "localdomain", "local",
		"lan", "home", "internal", "intranet", "corp", "home.arpa",
		"arpa", "invalid" };

	for (size_t i = 0; i < COUNT(tops); i++)
		if (name_is_below(name, tops[i]))
			return true;
	return false;
}

/* The text as a whole name of two labels or more, or NULL. */
static const char *
usable_name(struct guesser *g, struct str text)
{
	struct judged judged;

	text = str_trim(text);
	if (text.len == 0 || str_find(text, '.') == text.len)
		return NULL;
	field_judge(FIELD_DOMAIN, text, &judged);
	if (judged.problem[0] != '\0' || is_local(judged.value))
		return NULL;
	return arena_strdup(g->arena, judged.value);
}

static const char *
first_line(struct guesser *g, const char *name)
{
	struct str text = file_text(g, name);

	return str_dup(g->arena, str_trim(str_word(&text, '\n')));
}

/* The next word of a line, blanks and tabs between. */
static struct str
blank_word(struct str *rest)
{
	size_t n = 0;
	struct str word;

	*rest = str_trim(*rest);
	while (n < rest->len && rest->p[n] != ' ' && rest->p[n] != '\t')
		n++;
	word = str_slice(*rest, 0, n);
	*rest = str_slice(*rest, n, rest->len);
	return word;
}

/* A line of /etc/hosts names this machine: its first whole name, or NULL. */
static const char *
name_in_hosts_line(struct guesser *g, struct str line)
{
	const char *whole = NULL;
	bool ours = false;

	line = str_slice(line, 0, str_find(line, '#'));
	blank_word(&line);
	for (;;) {
		struct str name = blank_word(&line);

		if (name.len == 0)
			break;
		if (str_equal_nocase(name, g->hostname))
			ours = true;
		if (whole == NULL)
			whole = usable_name(g, name);
	}
	return ours ? whole : NULL;
}

/* What "hostname -f" says where /etc/hosts is all it has to ask. */
static const char *
whole_hostname(struct guesser *g)
{
	struct str text = file_text(g, "etc/hosts");
	const char *name = usable_name(g, str_of(g->hostname));

	while (name == NULL && text.len > 0)
		name = name_in_hosts_line(g, str_word(&text, '\n'));
	return name;
}

/* mail.example.org sends for example.org; example.org for itself. */
static const char *
domain_of(const char *host)
{
	return name_labels(host) > 2 ? name_parent(host) : host;
}

static void
guess_names(struct guesser *g)
{
	const char *host = whole_hostname(g);
	const char *mail =
	    usable_name(g, str_of(first_line(g, "etc/mailname")));

	/* Installers often write the host's own name into mailname. */
	if (mail != NULL && (host == NULL || !name_equal(mail, host)))
		found(g, FIELD_DOMAIN, mail, _("from /etc/mailname"));
	if (host == NULL)
		return;
	found(g, FIELD_DOMAIN, domain_of(host), _("from the host name"));
	if (name_is_below(host, g->out[FIELD_DOMAIN].value) &&
	    !name_equal(host, g->out[FIELD_DOMAIN].value))
		found(g, FIELD_HOST, host, _("this machine"));
}

static void
guess_server(struct guesser *g)
{
	static const struct {
		const char *file;
		enum mail_server server;
		const char *origin;
	} signs[] = {
		{ "etc/postfix/main.cf", SERVER_POSTFIX,
		    N_("Postfix found on this machine") },
		{ "usr/sbin/postfix", SERVER_POSTFIX,
		    N_("Postfix found on this machine") },
		{ "etc/dovecot/dovecot.conf", SERVER_POSTFIX,
		    N_("Dovecot found on this machine") },
		{ "usr/sbin/dovecot", SERVER_POSTFIX,
		    N_("Dovecot found on this machine") },
		{ "usr/sbin/exim4", SERVER_OTHER,
		    N_("Exim found on this machine") },
	};

	for (size_t i = 0; i < COUNT(signs); i++) {
		if (!exists(g, signs[i].file))
			continue;
		found(g, FIELD_SERVER,
		    fields[FIELD_SERVER].choices[signs[i].server].word,
		    _(signs[i].origin));
		return;
	}
}

static void
guess_resolver(struct guesser *g)
{
	struct dns_server servers[GUESS_SERVERS];
	size_t n = dns_system_servers(servers, COUNT(servers));
	const char *text = NULL;

	for (size_t i = 0; i < n; i++)
		text = arena_printf(g->arena, "%s%s%s", i == 0 ? "" : text,
		    i == 0 ? "" : ",", dns_server_print(g->arena, &servers[i]));
	found(g, FIELD_RESOLVER, text, _("from /etc/resolv.conf"));
}

static void
read_hostname(struct guesser *g)
{
	char name[PLAN_NAME];

	g->hostname = first_line(g, "etc/hostname");
	if (!g->is_system || gethostname(name, sizeof(name) - 1) == -1)
		return;
	name[sizeof(name) - 1] = '\0';
	g->hostname = arena_strdup(g->arena, name);
}

void
guess_all(const char *root, struct guess out[FIELD_COUNT])
{
	struct guesser g = {
		.root = open(root, O_PATH | O_DIRECTORY | O_CLOEXEC),
		.is_system = strcmp(root, "/") == 0,
		.out = out,
	};

	memset(out, 0, FIELD_COUNT * sizeof(*out));
	if (g.root == -1)
		return;
	g.arena = arena_new();
	read_hostname(&g);
	guess_names(&g);
	guess_server(&g);
	if (g.is_system)
		guess_resolver(&g);
	arena_free(g.arena);
	close(g.root);
}
