/* Blocks of commands from the templates. */
#include "server_commands.h"

#include <string.h>

#include "../assets/asset.h"
#include "../checks/base/i18n.h"

#define SERVER_VALUES 32
#define CLIENT_PORTS  6

/* The assets of a kind, one after the other. */
static const char *const sources[COMMANDS_COUNT][4] = {
	[COMMANDS_EXCHANGE] = { "exchange" },
	[COMMANDS_DOVECOT_2_3] = { "dovecot-2.3", "dovecot-start", "postfix",
	    "firewall" },
	[COMMANDS_DOVECOT_2_4] = { "dovecot-2.4", "dovecot-start", "postfix",
	    "firewall" },
	[COMMANDS_OTHER] = { "other" },
	[COMMANDS_OPENDKIM] = { "dkim-opendkim" },
	[COMMANDS_RSPAMD] = { "dkim-rspamd" },
	[COMMANDS_EXCHANGE_DKIM] = { "dkim-exchange" },
};

/* The values of the templates, while they are put together. */
struct collection {
	struct arena *arena;
	struct template_value values[SERVER_VALUES];
	struct template_values all;
};

static void
add(struct collection *c, const char *name, const char *text)
{
	c->values[c->all.n++] =
	    (struct template_value){ .name = name, .text = text };
}

static void
add_flag(struct collection *c, const char *name, bool flag)
{
	add(c, name, flag ? "yes" : "");
}

static void
add_list(
    struct collection *c, const char *name, const char *const *list, size_t n)
{
	c->values[c->all.n++] =
	    (struct template_value){ .name = name, .list = list, .nlist = n };
}

static bool
is_known(const char *text)
{
	return text != NULL && text[0] != '\0';
}

/* What is known, or else something made of two texts around a third. */
static const char *
or_else(struct arena *arena, const char *text, const char *before,
    const char *name, const char *after)
{
	if (is_known(text))
		return text;
	return arena_printf(
	    arena, "%s%s%s", before, name != NULL ? name : "", after);
}

/* "/etc/dkimkeys" of "/etc/dkimkeys/2026a.private". */
static const char *
folder_of(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');

	if (slash == NULL || slash == path)
		return path;
	return arena_memdup(arena, path, (size_t)(slash - path));
}

struct port {
	bool wanted;
	bool tls; /* from the first octet */
	const char *number;
};

/* As lists, and with commas. */
static void
add_ports(struct collection *c, const struct server_facts *facts,
    enum command_kind kind)
{
	/* 465 of an Exchange server is for other servers. */
	bool tls_submission = facts->submission && kind != COMMANDS_EXCHANGE;
	const struct port ports[CLIENT_PORTS] = {
		{ facts->pop3, false, "110" },
		{ facts->imap4, false, "143" },
		{ tls_submission, true, "465" },
		{ facts->submission, false, "587" },
		{ facts->imap4, true, "993" },
		{ facts->pop3, true, "995" },
	};
	const char **all = arena_array(c->arena, CLIENT_PORTS, sizeof(*all));
	const char **tls = arena_array(c->arena, CLIENT_PORTS, sizeof(*tls));
	const char *list = "";
	size_t n = 0, ntls = 0;

	for (size_t i = 0; i < CLIENT_PORTS; i++) {
		if (!ports[i].wanted)
			continue;
		all[n++] = ports[i].number;
		list = arena_printf(c->arena, "%s%s%s", list,
		    list[0] != '\0' ? "," : "", ports[i].number);
		if (ports[i].tls && i != 2)
			tls[ntls++] = ports[i].number;
	}
	add_list(c, "ports", all, n);
	add_list(c, "tls_ports", tls, ntls);
	add(c, "ports_comma", list);
}

static void
add_clients(struct collection *c, const struct server_facts *facts)
{
	struct arena *arena = c->arena;
	const char *live = "/etc/letsencrypt/live/";

	add_flag(c, "pop3", facts->pop3);
	add_flag(c, "imap4", facts->imap4);
	add_flag(
	    c, "dovecot", facts->pop3 || facts->imap4 || facts->submission);
	add_flag(c, "submission", facts->submission);
	add_flag(c, "wildcard", facts->wildcard);
	add(c, "server", facts->server);
	add(c, "thumbprint", facts->thumbprint);
	add(c, "mailbox", facts->pop3 || facts->imap4 ? facts->mailbox : "");
	add(c, "pop_switch", facts->pop3 ? " -PopEnabled $true" : "");
	add(c, "imap_switch", facts->imap4 ? " -ImapEnabled $true" : "");
	add(c, "pop_package", facts->pop3 ? " dovecot-pop3d" : "");
	add(c, "imap_package", facts->imap4 ? " dovecot-imapd" : "");
	add(c, "chain",
	    or_else(arena, facts->chain, live, facts->host, "/fullchain.pem"));
	add(c, "sasl_socket",
	    or_else(arena, facts->sasl_socket,
		"/var/spool/postfix/private/auth", "", ""));
	add(c, "sasl_path",
	    or_else(arena, facts->sasl_path, "private/auth", "", ""));
}

static void
add_signer(struct collection *c, const struct server_facts *facts,
    enum command_kind kind)
{
	struct arena *arena = c->arena;
	const char *file = arena_printf(arena, "%s.%s",
	    facts->domain != NULL ? facts->domain : "",
	    facts->selector != NULL ? facts->selector : "");
	const char *place = kind == COMMANDS_RSPAMD
	    ? or_else(arena, facts->key_place, "/var/lib/rspamd/dkim/", file,
		  ".key")
	    : or_else(
		  arena, facts->key_place, "/etc/dkimkeys/", file, ".private");

	add(c, "selector", facts->selector);
	add(c, "private",
	    or_else(arena, facts->private_key, "./", file, ".private"));
	add(c, "key", place);
	add(c, "key_folder", folder_of(arena, place));
	add(c, "conf",
	    or_else(arena, facts->conf, "/etc/opendkim.conf", "", ""));
	add(c, "folder",
	    or_else(arena, facts->folder, "/etc/opendkim", "", ""));
	add_list(c, "senders", facts->senders, facts->nsenders);
}

static void
collect(struct collection *c, enum command_kind kind,
    const struct server_facts *facts)
{
	c->all.values = c->values;
	add(c, "domain", facts->domain);
	add(c, "host", facts->host);
	if (kind >= COMMANDS_OPENDKIM) {
		add_signer(c, facts, kind);
		return;
	}
	add_ports(c, facts, kind);
	add_clients(c, facts);
	add(c, "key",
	    or_else(c->arena, facts->key, "/etc/letsencrypt/live/", facts->host,
		"/privkey.pem"));
}

/* ---- a template in its blocks ---- */

/* One block as it stands in the template. */
struct raw_block {
	struct str title, when, place, why, commands, check, undo;
};

/* The lines up to the next that begins with this, or all. */
static struct str
take_until(struct str *rest, const char *mark)
{
	struct str from = *rest, line;

	while (rest->len > 0) {
		struct str before = *rest;

		line = str_word(rest, '\n');
		if (str_skip(&line, mark)) {
			*rest = before;
			return str_slice(from, 0, (size_t)(before.p - from.p));
		}
	}
	return from;
}

/* Takes a "mark value" line, if it is the next. */
static struct str
take_line(struct str *rest, const char *mark)
{
	struct str line = { NULL, 0 };

	if (str_skip(rest, mark))
		line = str_trim(str_word(rest, '\n'));
	return line;
}

/* Without empty lines at its end. */
static struct str
trimmed(struct str text)
{
	while (text.len > 1 && text.p[text.len - 1] == '\n' &&
	    text.p[text.len - 2] == '\n')
		text.len--;
	return text;
}

static bool
take_block(struct str *rest, struct raw_block *out)
{
	struct str body;

	take_until(rest, "== ");
	out->title = take_line(rest, "== ");
	body = take_until(rest, "== ");
	out->when = take_line(&body, "when:");
	out->place = take_line(&body, "place:");
	out->why = take_until(&body, "--- ");
	take_line(&body, "--- do");
	out->commands = take_until(&body, "--- ");
	take_line(&body, "--- check");
	out->check = take_until(&body, "--- ");
	take_line(&body, "--- undo");
	out->undo = trimmed(body);
	return out->title.len > 0;
}

static const char *
render(struct arena *arena, const struct raw_block *block, struct str text,
    const struct template_values *values, const char **error)
{
	const char *why = NULL, *out;

	out = template_render(arena, text, values, &why);
	if (out == NULL && *error == NULL)
		*error = arena_printf(
		    arena, "%s: %s", str_dup(arena, block->title), why);
	return out != NULL ? out : "";
}

/* A title or a place is a line without its end. */
static const char *
render_line(struct arena *arena, const struct raw_block *block, struct str text,
    const struct template_values *values, const char **error)
{
	const char *line = render(arena, block, text, values, error);

	return arena_memdup(arena, line, strcspn(line, "\n"));
}

static void
add_block(struct arena *arena, struct command_list *list,
    const struct raw_block *raw, const struct template_values *values)
{
	const char **error = &list->error;

	list->blocks =
	    arena_grow(arena, list->blocks, list->n, sizeof(*list->blocks));
	list->blocks[list->n++] = (struct command_block){
		.title = render_line(arena, raw, raw->title, values, error),
		.place = render_line(arena, raw, raw->place, values, error),
		.why = render(arena, raw, raw->why, values, error),
		.commands = render(arena, raw, raw->commands, values, error),
		.check = render(arena, raw, raw->check, values, error),
		.undo = render(arena, raw, raw->undo, values, error),
	};
}

static void
add_source(struct arena *arena, struct command_list *list, const char *name,
    const struct template_values *values)
{
	const struct asset *asset =
	    asset_find(arena_printf(arena, "templates/%s.txt", name));
	struct raw_block raw;
	struct str rest;

	if (asset == NULL) {
		list->error =
		    arena_printf(arena, _("There is no template %s."), name);
		return;
	}
	rest = (struct str){ asset->text, asset->len };
	while (list->error == NULL && take_block(&rest, &raw))
		if (template_holds(values, raw.when))
			add_block(arena, list, &raw, values);
}

/* NULL, or what has to be known before there can be commands. */
static const char *
lacking(enum command_kind kind, const struct server_facts *facts)
{
	if (kind < COMMANDS_OPENDKIM && !is_known(facts->host))
		return _("Which host clients connect to is not known yet.");
	if (kind >= COMMANDS_OPENDKIM &&
	    (!is_known(facts->domain) || !is_known(facts->selector)))
		return _("Which domain and selector to sign with is not known "
			 "yet.");
	return NULL;
}

struct command_list
server_commands(struct arena *arena, enum command_kind kind,
    const struct server_facts *facts)
{
	struct collection c = { .arena = arena };
	struct command_list list = { .error = lacking(kind, facts) };

	collect(&c, kind, facts);
	for (size_t i = 0; i < COUNT(sources[kind]); i++)
		if (sources[kind][i] != NULL && list.error == NULL)
			add_source(arena, &list, sources[kind][i], &c.all);
	if (list.error != NULL)
		list.n = 0;
	return list;
}
