/* How a setting is made on the mail server that the plan names. */
#include "server_advice.h"

#include "../checks/base/i18n.h"

/* What the server should say: the name clients use, which has an address. */
static const char *
helo_name(struct arena *arena, const struct plan *plan)
{
	if (plan->host[0] != '\0')
		return plan->host;
	return arena_printf(arena, "mail.%s", plan->domain);
}

const char *
server_helo_advice(
    struct arena *arena, const struct plan *plan, const char **command)
{
	const char *name = helo_name(arena, plan);

	*command = NULL;
	switch ((enum mail_server)plan->server) {
	case SERVER_POSTFIX:
		*command = arena_printf(arena,
		    "postconf -e smtp_helo_name=%s && postfix reload", name);
		return _("Postfix says smtp_helo_name, which is myhostname "
			 "unless it is set.");
	case SERVER_EXCHANGE_2016:
	case SERVER_EXCHANGE_2019:
	case SERVER_EXCHANGE_SE:
		*command = arena_printf(arena,
		    "Get-SendConnector | Set-SendConnector -Fqdn %s", name);
		return _("Exchange says the Fqdn of the send connector; in "
			 "the Exchange Management Shell it is set for all of "
			 "them by:");
	case SERVER_HOSTED:
		return _("The provider sets it for its own servers; there is "
			 "nothing for you to do.");
	default:
		return _("Look in the settings of the server for its own "
			 "name: HELO, EHLO, host name or FQDN.");
	}
}

bool
server_helo_mends(enum finding_code code)
{
	return code == F_HELO_MISMATCH || code == F_HELO_NOT_A_NAME ||
	    code == F_HELO_NO_ADDRESS || code == F_HELO_OTHER_ADDRESS;
}
