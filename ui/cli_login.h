/*
 * ui/cli_login.h - the password of --login.
 */
#ifndef CLI_LOGIN_H
#define CLI_LOGIN_H

#include "options.h"
#include "secret.h"

/*
 * Gets it from --password-file, --password-fd or the controlling terminal, and
 * from nowhere else.  NULL, and `out` holds it without the end of its line; or
 * one sentence, and `out` is wiped.  Either way the caller wipes `out` in the
 * end.  From now on the program leaves no core file.
 */
const char *login_password(struct arena *, const struct options *,
    const char *host, char out[SECRET_MAX]);

#endif
