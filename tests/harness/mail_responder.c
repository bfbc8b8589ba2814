/* A mail server that reads from a script. */
#include "mail_responder.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "mail_server_inside.h"

#define LINE_MAX_OCTETS 65536

/* One client. */
struct visit {
	const struct mail_script *script;
	SSL_CTX *ctx;
	SSL *ssl;
	int fd;
	char heard[LINE_MAX_OCTETS]; /* and not answered */
	size_t len;
};

static bool
say(struct visit *v, const char *text, size_t len)
{
	if (len == 0)
		return true;
	if (v->ssl != NULL)
		return SSL_write(v->ssl, text, (int)len) > 0;
	return send(v->fd, text, len, MSG_NOSIGNAL) == (ssize_t)len;
}

static bool
say_slowly(struct visit *v, const char *text, size_t len, unsigned int ms)
{
	for (size_t i = 0; i < len; i++) {
		if (i > 0)
			usleep((useconds_t)ms * 1000);
		if (!say(v, text + i, 1))
			return false;
	}
	return true;
}

/* More octets; false when the client has left. */
static bool
hear_more(struct visit *v)
{
	int room = (int)(sizeof(v->heard) - v->len);
	int n = v->ssl != NULL
	    ? SSL_read(v->ssl, v->heard + v->len, room)
	    : (int)recv(v->fd, v->heard + v->len, (size_t)room, 0);

	if (n <= 0)
		return false;
	v->len += (size_t)n;
	return true;
}

static void
note(const struct mail_script *script, const char *line)
{
	FILE *out = script->heard != NULL ? fopen(script->heard, "a") : NULL;

	if (out == NULL)
		return;
	fprintf(out, "%s\n", line);
	fclose(out);
}

/* A line without its end. */
static bool
hear(struct visit *v, char line[static LINE_MAX_OCTETS])
{
	char *end;
	size_t taken;

	while ((end = memchr(v->heard, '\n', v->len)) == NULL)
		if (!hear_more(v))
			return false;
	taken = (size_t)(end - v->heard) + 1;
	memcpy(line, v->heard, taken - 1);
	line[taken - 1] = '\0';
	line[strcspn(line, "\r")] = '\0';
	v->len -= taken;
	memmove(v->heard, v->heard + taken, v->len);
	note(v->script, line);
	return true;
}

static bool
fits(const struct mail_answer *answer, const char *line)
{
	if (answer->command == NULL)
		return true;
	if (strchr(answer->reply, '$') != NULL) {
		line += strcspn(line, " ");
		line += strspn(line, " ");
	}
	return strncasecmp(line, answer->command, strlen(answer->command)) == 0;
}

static bool
reply(struct visit *v, const struct mail_answer *answer, const char *line)
{
	const char *text = answer->reply;
	size_t tag = strcspn(line, " ");
	char all[4096];
	size_t len = 0;

	for (; *text != '\0' && len + tag + 1 < sizeof(all); text++) {
		if (*text != '$') {
			all[len++] = *text;
			continue;
		}
		memcpy(all + len, line, tag);
		len += tag;
	}
	return say(v, all, len);
}

/* False when the client has left. */
static bool
serve(struct visit *v, const struct mail_answer *answers)
{
	static char line[LINE_MAX_OCTETS];
	const struct mail_answer *answer;

	do {
		if (!hear(v, line))
			return false;
		for (answer = answers; !fits(answer, line); answer++)
			continue;
		if (!reply(v, answer, line))
			return false;
	} while (!answer->last);
	return true;
}

static SSL_CTX *
new_ctx(const struct mail_script *script)
{
	SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());

	if (script->chain == NULL || script->key == NULL || ctx == NULL)
		return ctx;
	SSL_CTX_set_min_proto_version(ctx, TLS1_VERSION);
	SSL_CTX_set_max_proto_version(ctx, script->newest);
	SSL_CTX_set_security_level(ctx, 0);
	if (SSL_CTX_set_cipher_list(
		ctx, script->ciphers != NULL ? script->ciphers : "ALL") != 1 ||
	    SSL_CTX_use_certificate_chain_file(ctx, script->chain) != 1 ||
	    SSL_CTX_use_PrivateKey_file(ctx, script->key, SSL_FILETYPE_PEM) !=
		1)
		server_die("%s, %s: no certificate or key", script->chain,
		    script->key);
	if (script->client_certificate)
		SSL_CTX_set_verify(ctx,
		    SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, NULL);
	return ctx;
}

/* False when the handshake fails. */
static bool
shake_hands(struct visit *v, bool keep)
{
	if (!keep)
		v->len = 0;
	v->ssl = SSL_new(v->ctx);
	SSL_set_fd(v->ssl, v->fd);
	return SSL_accept(v->ssl) == 1;
}

static bool
wait_a_while(struct visit *v, unsigned int ms)
{
	if (ms > 0) {
		usleep((useconds_t)ms * 1000);
		return true;
	}
	do
		v->len = 0;
	while (hear_more(v));
	return false;
}

static void
reset(const struct visit *v)
{
	const struct linger now = { .l_onoff = 1 };

	setsockopt(v->fd, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
	close(v->fd);
	_exit(0);
}

/* False when there is no more to do. */
static bool
act(struct visit *v, const struct mail_step *step)
{
	static char line[LINE_MAX_OCTETS];
	size_t len = step->len != 0 || step->text == NULL ? step->len
							  : strlen(step->text);

	switch (step->act) {
	case M_END:
		return false;
	case M_SAY:
		return say(v, step->text, len);
	case M_SLOW:
		return say_slowly(v, step->text, len, step->ms);
	case M_FLOOD:
		while (say(v, step->text, len))
			continue;
		return false;
	case M_HEAR:
		return hear(v, line);
	case M_SERVE:
		return serve(v, step->answers);
	case M_WAIT:
		return wait_a_while(v, step->ms);
	case M_TLS:
	case M_TLS_KEEP:
		return shake_hands(v, step->act == M_TLS_KEEP);
	case M_RESET:
		reset(v);
	}
	return false;
}

static _Noreturn void
receive(const struct mail_script *script, SSL_CTX *ctx, int fd)
{
	static struct visit v;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	signal(SIGPIPE, SIG_IGN);
	v.script = script;
	v.ctx = ctx;
	v.fd = fd;
	for (const struct mail_step *step = script->steps; act(&v, step);
	     step++)
		continue;
	if (v.ssl != NULL && SSL_is_init_finished(v.ssl))
		SSL_shutdown(v.ssl);
	shutdown(fd, SHUT_WR);
	_exit(0);
}

static _Noreturn void
run(const struct mail_script *script, int listener)
{
	SSL_CTX *ctx = new_ctx(script);

	signal(SIGCHLD, SIG_IGN);
	for (;;) {
		int fd = accept(listener, NULL, NULL);

		if (fd == -1 && errno != EINTR)
			_exit(1);
		if (fd != -1 && fork() == 0)
			receive(script, ctx, fd);
		if (fd != -1)
			close(fd);
	}
}

struct mail_responder *
mail_responder_start(const struct mail_script *script)
{
	struct mail_responder *r = calloc(1, sizeof(*r));
	const char *address =
	    script->address != NULL ? script->address : MAIL_ADDRESS;
	int listener;

	if (r == NULL)
		server_die("out of memory");
	snprintf(r->address, sizeof(r->address), "%s", address);
	listener = mail_listen(address, &r->port);
	r->pid = server_fork();
	if (r->pid == 0)
		run(script, listener);
	close(listener);
	return r;
}

void
mail_responder_stop(struct mail_responder *r)
{
	if (r == NULL)
		return;
	server_kill(r->pid);
	free(r);
}
