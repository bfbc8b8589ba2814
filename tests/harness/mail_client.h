/*
 * tests/harness/mail_client.h - a client that types what it is told, to see
 * with the eyes of OpenSSL what a mail server says.
 *
 *	struct mail_client *c = mail_client_open("127.0.0.2", port);
 *	assert_non_null(strstr(mail_client_say(c, NULL, "* OK"), "ready"));
 *	mail_client_say(c, "a STARTTLS\r\n", "a OK");
 *	assert_true(mail_client_tls(c, "ca.pem", "mail.example.org"));
 *	mail_client_close(c);
 */
#ifndef MAIL_CLIENT_H
#define MAIL_CLIENT_H

#include <stdbool.h>
#include <stdint.h>

struct mail_client;

/* NULL when nobody listens. */
struct mail_client *mail_client_open(const char *address, uint16_t port);

/*
 * TLS from here on.  True when it came up; with a file of trusted roots, when
 * the chain leads to them and the certificate has the name.
 */
bool mail_client_tls(struct mail_client *, const char *roots, const char *name);

/* "TLSv1.3"; "" before TLS. */
const char *mail_client_version(const struct mail_client *);

/*
 * Sends the text (NULL: nothing), then reads until a line begins with `until`,
 * the end of the stream, or two seconds of silence.  What was heard; good
 * until the next call.
 */
const char *mail_client_say(
    struct mail_client *, const char *text, const char *until);

/* NULL is fine. */
void mail_client_close(struct mail_client *);

#endif
