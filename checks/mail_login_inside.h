/*
 * checks/mail_login_inside.h - what the files of mail_login.h share.
 */
#ifndef MAIL_LOGIN_INSIDE_H
#define MAIL_LOGIN_INSIDE_H

#include "mail_login.h"

/*
 * Gives name and password in a way that is offered, sees whether the mailbox
 * opens, and says goodbye.
 */
void login_talk(struct dialogue *, const struct capabilities *,
    const struct login *, bool exchange, struct login_facts *out);

#define LOGIN_PLAIN_OCTETS (LOGIN_USER_MAX + LOGIN_PASSWORD_MAX + 2)

/*
 * What SASL PLAIN sends, before base64: no authorization identity, the name,
 * the password.  RFC 4616 section 2.  In `out`, which the caller wipes.
 */
struct str login_plain(const struct login *, char out[LOGIN_PLAIN_OCTETS]);

/*
 * Is the password, or a good part of it, in that text?  As it is, in base64,
 * or inside of what SASL PLAIN sends.
 */
bool login_is_told(struct arena *, const struct login *, struct str text);

#endif
