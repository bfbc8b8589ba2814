/* A client for the tests: a socket, with or without TLS. */
#include "mail_client.h"

#include <openssl/ssl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "mail_server_inside.h"

#define PATIENCE  2 /* seconds */
#define HEARD_MAX 65536

struct mail_client {
	int fd;
	SSL_CTX *ctx;
	SSL *ssl;
	char heard[HEARD_MAX];
};

struct mail_client *
mail_client_open(const char *address, uint16_t port)
{
	const struct timeval patience = { .tv_sec = PATIENCE };
	struct mail_client *c = calloc(1, sizeof(*c));

	if (c == NULL)
		server_die("out of memory");
	c->fd = mail_connect(address, port);
	if (c->fd != -1) {
		setsockopt(c->fd, SOL_SOCKET, SO_RCVTIMEO, &patience,
		    sizeof(patience));
		return c;
	}
	free(c);
	return NULL;
}

bool
mail_client_tls(struct mail_client *c, const char *roots, const char *name)
{
	c->ctx = SSL_CTX_new(TLS_client_method());
	SSL_CTX_set_security_level(c->ctx, 0);
	SSL_CTX_set_min_proto_version(c->ctx, TLS1_VERSION);
	if (roots != NULL) {
		SSL_CTX_set_verify(c->ctx, SSL_VERIFY_PEER, NULL);
		if (SSL_CTX_load_verify_locations(c->ctx, roots, NULL) != 1)
			server_die("%s: no roots", roots);
	}
	c->ssl = SSL_new(c->ctx);
	SSL_set_fd(c->ssl, c->fd);
	if (name != NULL && roots != NULL)
		SSL_set1_host(c->ssl, name);
	if (name != NULL)
		SSL_set_tlsext_host_name(c->ssl, name);
	return SSL_connect(c->ssl) == 1;
}

const char *
mail_client_version(const struct mail_client *c)
{
	return c->ssl != NULL ? SSL_get_version(c->ssl) : "";
}

static bool
has_line(const char *text, const char *begin)
{
	size_t len = strlen(begin);

	while (text != NULL && *text != '\0') {
		if (strncmp(text, begin, len) == 0 &&
		    strchr(text, '\n') != NULL)
			return true;
		text = strchr(text, '\n');
		text = text != NULL ? text + 1 : NULL;
	}
	return false;
}

const char *
mail_client_say(struct mail_client *c, const char *text, const char *until)
{
	size_t len = 0;
	int want = text != NULL ? (int)strlen(text) : 0;

	c->heard[0] = '\0';
	if (want > 0 && c->ssl != NULL)
		SSL_write(c->ssl, text, want);
	else if (want > 0)
		send(c->fd, text, (size_t)want, MSG_NOSIGNAL);
	while (len + 1 < HEARD_MAX && !has_line(c->heard, until)) {
		int room = (int)(HEARD_MAX - 1 - len);
		int n = c->ssl != NULL
		    ? SSL_read(c->ssl, c->heard + len, room)
		    : (int)recv(c->fd, c->heard + len, (size_t)room, 0);

		if (n <= 0)
			break;
		len += (size_t)n;
		c->heard[len] = '\0';
	}
	return c->heard;
}

void
mail_client_close(struct mail_client *c)
{
	if (c == NULL)
		return;
	SSL_free(c->ssl);
	SSL_CTX_free(c->ctx);
	close(c->fd);
	free(c);
}
