/* What a mail server means when it does not let somebody in. */
#include "mail_login.h"

#define FOR_POP3 (1u << MAIL_POP3)
#define FOR_IMAP (1u << MAIL_IMAP)
#define FOR_SMTP (1u << MAIL_SMTP)
#define FOR_ANY	 (FOR_POP3 | FOR_IMAP | FOR_SMTP)

struct mark {
	unsigned int protocols;
	const char *part; /* of the answer, whatever its case */
	enum login_end end;
};

/*
 * The first that fits.  Words of large servers stand before the codes of the
 * standards, which are less exact: RFC 5530 (IMAP), RFC 2449 and 3206 (POP3).
 */
static const struct mark marks[] = {
	{ FOR_ANY, "application-specific password", LOGIN_OTHER_KIND },
	{ FOR_ANY, "app password", LOGIN_OTHER_KIND },
	{ FOR_ANY, "web browser", LOGIN_OTHER_KIND },
	{ FOR_IMAP, "[WEBALERT", LOGIN_OTHER_KIND },
	{ FOR_SMTP, "authentication is disabled", LOGIN_DISABLED },
	{ FOR_IMAP, "not enabled for IMAP", LOGIN_DISABLED },
	{ FOR_POP3, "not enabled for POP", LOGIN_DISABLED },
	{ FOR_ANY, "UserNotEnabled", LOGIN_DISABLED },
	{ FOR_IMAP | FOR_POP3, "authenticated but not connected",
	    LOGIN_MAILBOX },
	{ FOR_ANY, "too many", LOGIN_TOO_MANY },
	{ FOR_IMAP, "[AUTHENTICATIONFAILED]", LOGIN_REFUSED },
	{ FOR_IMAP, "[AUTHORIZATIONFAILED]", LOGIN_DISABLED },
	{ FOR_IMAP, "[EXPIRED]", LOGIN_EXPIRED },
	{ FOR_IMAP, "[PRIVACYREQUIRED]", LOGIN_TLS_WANTED },
	{ FOR_IMAP, "[UNAVAILABLE]", LOGIN_LATER },
	{ FOR_IMAP, "[SERVERBUG]", LOGIN_LATER },
	{ FOR_IMAP, "[INUSE]", LOGIN_BUSY },
	{ FOR_IMAP, "[LIMIT]", LOGIN_TOO_MANY },
	{ FOR_IMAP, "[CONTACTADMIN]", LOGIN_ADMINISTRATOR },
	{ FOR_IMAP, "received in invalid state", LOGIN_TLS_WANTED },
	{ FOR_POP3, "[IN-USE]", LOGIN_BUSY },
	{ FOR_POP3, "[LOGIN-DELAY]", LOGIN_TOO_MANY },
	{ FOR_POP3, "[SYS/TEMP]", LOGIN_LATER },
	{ FOR_POP3, "[SYS/PERM]", LOGIN_ADMINISTRATOR },
	{ FOR_POP3, "not valid in this state", LOGIN_TLS_WANTED },
	{ FOR_POP3, "plaintext authentication disallowed", LOGIN_TLS_WANTED },
	{ FOR_POP3, "cleartext authentication disallowed", LOGIN_TLS_WANTED },
	{ FOR_POP3, "[AUTH]", LOGIN_REFUSED },
	{ FOR_POP3, "unknown user name or bad password",
	    LOGIN_REFUSED_EXCHANGE },
};

/* RFC 4954 section 6, RFC 5248, RFC 4422; Exchange has 535 5.7.3. */
static const struct {
	const char *begin;
	enum login_end end;
} codes[] = {
	{ "535 5.7.3", LOGIN_REFUSED_EXCHANGE },
	{ "535-5.7.3", LOGIN_REFUSED_EXCHANGE },
	{ "535", LOGIN_REFUSED },
	{ "534", LOGIN_OTHER_KIND },
	{ "538", LOGIN_TLS_WANTED },
	{ "530", LOGIN_TLS_WANTED },
	{ "432", LOGIN_EXPIRED },
	{ "525", LOGIN_DISABLED },
	{ "50", LOGIN_MECHANISM },
	{ "4", LOGIN_LATER },
};

static bool
holds(struct str text, const char *part)
{
	for (; text.len > 0; text = str_slice(text, 1, text.len))
		if (str_starts_nocase(text, part))
			return true;
	return false;
}

static enum login_end
plainly_refused(enum mail_protocol protocol, struct str said)
{
	if (protocol == MAIL_SMTP)
		for (size_t i = 0; i < COUNT(codes); i++)
			if (str_starts_nocase(said, codes[i].begin))
				return codes[i].end;
	if (protocol == MAIL_IMAP && str_starts_nocase(said, "BAD"))
		return LOGIN_MECHANISM;
	if (protocol == MAIL_IMAP && str_starts_nocase(said, "BYE"))
		return LOGIN_LOST;
	return LOGIN_REFUSED;
}

enum login_end
login_meaning(enum mail_protocol protocol, struct str said, bool exchange)
{
	enum login_end end = LOGIN_NO_USE;

	for (size_t i = 0; end == LOGIN_NO_USE && i < COUNT(marks); i++)
		if ((marks[i].protocols & 1u << protocol) != 0 &&
		    holds(said, marks[i].part))
			end = marks[i].end;
	if (end == LOGIN_NO_USE)
		end = plainly_refused(protocol, said);
	return end == LOGIN_REFUSED && exchange ? LOGIN_REFUSED_EXCHANGE : end;
}
