/* The password in the forms it is sent in, and whether a text holds it. */
#include "mail_login_inside.h"

#include <string.h>

#include "crypto.h"
#include "tagvalue.h"

#define PART_OCTETS 6 /* a shorter piece may stand there by chance */

struct str
login_plain(const struct login *login, char out[LOGIN_PLAIN_OCTETS])
{
	size_t user = strlen(login->user);
	size_t password = strlen(login->password);

	if (user + password + 2 > LOGIN_PLAIN_OCTETS)
		return (struct str){ 0 };
	out[0] = '\0';
	memcpy(out + 1, login->user, user + 1);
	memcpy(out + user + 2, login->password, password);
	return (struct str){ out, user + password + 2 };
}

static bool
are_alike(const char *a, const char *b, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (to_lower(a[i]) != to_lower(b[i]))
			return false;
	return true;
}

/* A run of PART_OCTETS of the secret, or all of a shorter one. */
static bool
has_part(struct str text, struct str secret)
{
	size_t run = secret.len < PART_OCTETS ? secret.len : PART_OCTETS;

	if (secret.len == 0)
		return false;
	for (size_t i = 0; i + run <= secret.len; i++)
		for (size_t k = 0; k + run <= text.len; k++)
			if (are_alike(text.p + k, secret.p + i, run))
				return true;
	return false;
}

bool
login_is_told(struct arena *arena, const struct login *login, struct str text)
{
	char message[LOGIN_PLAIN_OCTETS];
	struct str plain = login_plain(login, message);
	char *coded = base64_write(arena, str_of(login->password));
	char *coded_plain = base64_write(arena, plain);
	size_t open = (strlen(login->user) + 2) / 3 * 4; /* the name alone */
	struct str behind =
	    str_slice(str_of(coded_plain), open, strlen(coded_plain));
	bool told = has_part(text, str_of(login->password)) ||
	    has_part(text, str_of(coded)) || has_part(text, behind);

	secret_wipe(message, sizeof(message));
	secret_wipe(coded, strlen(coded));
	secret_wipe(coded_plain, strlen(coded_plain));
	return told;
}
