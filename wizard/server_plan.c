/* What to do on the mail server of the plan. */
#include "server_plan.h"

#include "../checks/base/i18n.h"
#include "ports_plan.h"

enum command_kind
server_plan_kind(const struct plan *plan)
{
	switch ((enum mail_server)plan->server) {
	case SERVER_EXCHANGE_2016:
	case SERVER_EXCHANGE_2019:
	case SERVER_EXCHANGE_SE:
		return COMMANDS_EXCHANGE;
	case SERVER_POSTFIX:
		return plan->mail_server.dovecot == DOVECOT_2_4
		    ? COMMANDS_DOVECOT_2_4
		    : COMMANDS_DOVECOT_2_3;
	default:
		return COMMANDS_OTHER;
	}
}

struct command_list
server_plan_commands(struct arena *arena, const struct plan *plan,
    const char *host, enum command_kind kind)
{
	const struct plan_server *server = &plan->mail_server;
	const struct server_facts facts = {
		.domain = plan->domain,
		.host = host,
		.pop3 = ports_plan_looks(plan, MAIL_POP3),
		.imap4 = ports_plan_looks(plan, MAIL_IMAP),
		.submission = ports_plan_looks(plan, MAIL_SMTP),
		.server = server->name,
		.thumbprint = server->thumbprint,
		.wildcard = server->wildcard,
		.mailbox = server->mailbox,
		.chain = server->chain,
		.key = server->key,
	};

	return server_commands(arena, kind, &facts);
}

bool
server_plan_odd_ports(const struct plan *plan)
{
	for (size_t i = 0; i < PLAN_PROTOCOLS; i++)
		if (plan->ports[i].nports > 0)
			return true;
	return false;
}

/* --- as text ------------------------------------------------------------- */

/* Every line behind "# ", but for those that are comments already. */
static const char *
commented(struct arena *arena, const char *text)
{
	struct str rest = str_of(text);
	const char *out = "";

	while (rest.len > 0) {
		struct str line = str_word(&rest, '\n');

		out = arena_printf(arena, "%s%s%.*s\n", out,
		    line.len > 0 && line.p[0] == '#' ? "" : "# ", (int)line.len,
		    line.p);
	}
	return out;
}

const char *
server_plan_block(struct arena *arena, const struct command_block *block,
    enum command_kind kind)
{
	const char *check = block->check;

	if (kind == COMMANDS_OTHER)
		check = commented(arena, check);
	return arena_printf(arena, "# ---- %s\n# [%s]\n%s%s# %s\n%s# %s\n%s",
	    block->title, block->place, commented(arena, block->why),
	    block->commands, _("Check:"), check, _("To undo it:"),
	    commented(arena, block->undo));
}

const char *
server_plan_text(struct arena *arena, const struct command_list *list,
    enum command_kind kind)
{
	const char *text = "";

	if (kind == COMMANDS_EXCHANGE)
		return server_commands_script(arena, list);
	for (size_t i = 0; i < list->n; i++)
		text = arena_printf(arena, "%s%s%s", text, i == 0 ? "" : "\n",
		    server_plan_block(arena, &list->blocks[i], kind));
	return text;
}

const char *
server_plan_suffix(enum command_kind kind)
{
	return kind == COMMANDS_EXCHANGE ? "server.ps1" : "server.txt";
}
