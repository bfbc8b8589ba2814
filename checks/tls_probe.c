/* The client's side of TLS, for looking. */
#include "tls_probe.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/socket.h>

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include "base/i18n.h"
#include "base/printable.h"

#define CHAIN_MAX   20 /* certificates kept */
#define PLAIN_MAX   200 /* octets kept of what is not TLS */
#define STRONG_BITS 128 /* RFC 9325 section 4.2 */

struct tls_session {
	SSL_CTX *context;
	SSL *ssl;
	int fd;
	bool asked_for_certificate;
	bool alerted;
};

static const struct {
	int number;
	const char *word;
} versions[TLS_VERSIONS] = {
	[TLS_1_0] = { TLS1_VERSION, "TLSv1.0" },
	[TLS_1_1] = { TLS1_1_VERSION, "TLSv1.1" },
	[TLS_1_2] = { TLS1_2_VERSION, "TLSv1.2" },
	[TLS_1_3] = { TLS1_3_VERSION, "TLSv1.3" },
};

const char *
tls_version_word(enum tls_version version)
{
	return versions[version].word;
}

static enum tls_version
version_of(int number)
{
	for (enum tls_version v = TLS_1_0; v <= TLS_1_3; v++)
		if (versions[v].number == number)
			return v;
	return TLS_NONE;
}

/* --- the session ----------------------------------------------------------- */

/* We have none to give; that we were asked is worth knowing. */
static int
note_certificate_request(SSL *ssl, X509 **certificate, EVP_PKEY **key)
{
	struct tls_session *session = SSL_get_app_data(ssl);

	(void)certificate;
	(void)key;
	session->asked_for_certificate = true;
	return 0;
}

static bool
set_up(struct tls_session *session, int fd, const struct tls_wish *wish)
{
	enum tls_version least = wish->only != TLS_NONE ? wish->only : TLS_1_0;
	enum tls_version most = wish->only != TLS_NONE ? wish->only : TLS_1_3;

	session->fd = fd;
	session->context = SSL_CTX_new(TLS_client_method());
	if (session->context == NULL)
		return false;
	SSL_CTX_set_security_level(session->context, 0);
	SSL_CTX_set_verify(session->context, SSL_VERIFY_NONE, NULL);
	SSL_CTX_set_options(session->context,
	    SSL_OP_LEGACY_SERVER_CONNECT | SSL_OP_IGNORE_UNEXPECTED_EOF);
	SSL_CTX_set_client_cert_cb(session->context, note_certificate_request);
	session->ssl = SSL_new(session->context);
	if (session->ssl == NULL)
		return false;
	SSL_set_app_data(session->ssl, session);
	return SSL_set_cipher_list(
		   session->ssl, "ALL:!aNULL:!eNULL:@SECLEVEL=0") == 1 &&
	    SSL_set_min_proto_version(session->ssl, versions[least].number) ==
	    1 &&
	    SSL_set_max_proto_version(session->ssl, versions[most].number) ==
	    1 &&
	    (wish->name == NULL ||
		SSL_set_tlsext_host_name(session->ssl, wish->name) == 1) &&
	    SSL_set_tlsext_status_type(session->ssl, TLSEXT_STATUSTYPE_ocsp) ==
	    1 &&
	    SSL_set_fd(session->ssl, fd) == 1;
}

void
tls_close(struct tls_session *session)
{
	if (session == NULL)
		return;
	ERR_clear_error();
	if (session->ssl != NULL && SSL_is_init_finished(session->ssl) &&
	    !session->alerted)
		(void)SSL_shutdown(session->ssl); /* a courtesy */
	SSL_free(session->ssl);
	SSL_CTX_free(session->context);
	free(session);
}

bool
tls_was_alerted(const struct tls_session *session)
{
	return session->alerted;
}

/*
 * What SSL_get_error() means: TCP_OK to try again.  Notes an alert.  The
 * error queue is left for who wants to know more.
 */
static enum tcp_end
go_on(struct run *run, struct tls_session *session, int rc, int64_t until_ms)
{
	switch (SSL_get_error(session->ssl, rc)) {
	case SSL_ERROR_WANT_READ:
		return tcp_wait(run, session->fd, POLLIN, until_ms);
	case SSL_ERROR_WANT_WRITE:
		return tcp_wait(run, session->fd, POLLOUT, until_ms);
	case SSL_ERROR_SSL:
		session->alerted =
		    ERR_GET_REASON(ERR_peek_error()) > SSL_AD_REASON_OFFSET;
		return TCP_CLOSED;
	default:
		return TCP_CLOSED;
	}
}

/* --- what the handshake showed --------------------------------------------- */

static struct str
der_of(struct arena *arena, X509 *certificate)
{
	unsigned char *octets = NULL;
	int len = i2d_X509(certificate, &octets);
	struct str der = { 0 };

	if (len > 0) {
		der.p = arena_memdup(arena, octets, (size_t)len);
		der.len = (size_t)len;
	}
	OPENSSL_free(octets);
	return der;
}

static const char *
fingerprint_of(struct arena *arena, struct str der)
{
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned int len = 0;
	const char *text = "";

	if (EVP_Digest(der.p, der.len, digest, &len, EVP_sha256(), NULL) != 1)
		return NULL;
	for (unsigned int i = 0; i < len; i++)
		text = arena_printf(arena, "%s%02x", text, digest[i]);
	return text;
}

static void
note_chain(struct arena *arena, SSL *ssl, struct tls_facts *facts)
{
	STACK_OF(X509) *chain = SSL_get_peer_cert_chain(ssl);
	int n = chain == NULL ? 0 : sk_X509_num(chain);

	facts->der = arena_array(arena, CHAIN_MAX, sizeof(*facts->der));
	for (int i = 0; i < n && facts->nder < CHAIN_MAX; i++) {
		struct str der = der_of(arena, sk_X509_value(chain, i));

		if (der.len > 0)
			facts->der[facts->nder++] = der;
	}
	if (facts->nder > 0)
		facts->fingerprint = fingerprint_of(arena, facts->der[0]);
}

static void
note_agreed(struct arena *arena, SSL *ssl, struct tls_facts *facts)
{
	const SSL_CIPHER *cipher = SSL_get_current_cipher(ssl);
	const unsigned char *response = NULL;

	facts->version = version_of(SSL_version(ssl));
	facts->stapled = SSL_get_tlsext_status_ocsp_resp(ssl, &response) > 0;
	if (cipher != NULL) {
		int nid = SSL_CIPHER_get_cipher_nid(cipher);

		facts->cipher =
		    arena_strdup(arena, SSL_CIPHER_standard_name(cipher));
		facts->weak_cipher =
		    SSL_CIPHER_get_bits(cipher, NULL) < STRONG_BITS ||
		    nid == NID_rc4 || nid == NID_des_ede3_cbc;
	}
	note_chain(arena, ssl, facts);
}

static void
note_failure(struct arena *arena, enum tcp_end end,
    const struct tls_session *session, struct tls_facts *facts)
{
	unsigned long error = ERR_peek_error();
	const char *reason = ERR_reason_error_string(error);

	if (end == TCP_TIMEOUT) {
		facts->trouble = TLS_SILENT;
		facts->why = _("no answer in time");
	} else if (session->alerted) {
		facts->trouble = TLS_ALERTED;
		facts->why = arena_printf(arena, _("the server said: %s"),
		    SSL_alert_desc_string_long(
			ERR_GET_REASON(error) - SSL_AD_REASON_OFFSET));
	} else if (error == 0 ||
	    ERR_GET_REASON(error) == SSL_R_UNEXPECTED_EOF_WHILE_READING) {
		facts->trouble = TLS_HUNG_UP;
		facts->why = _("the server closed the connection");
	} else {
		facts->trouble = TLS_MALFORMED;
		facts->why = reason != NULL ? arena_strdup(arena, reason)
					    : _("an answer nobody expects");
	}
}

/*
 * The first octet of the answer tells: a TLS record begins with 22
 * (handshake) or 21 (alert); RFC 8446 section 5.1.
 */
static bool
is_plain_text(struct arena *arena, int fd, struct tls_facts *facts)
{
	char octets[PLAIN_MAX];
	ssize_t n = recv(fd, octets, sizeof(octets), MSG_PEEK | MSG_DONTWAIT);

	if (n <= 0 || octets[0] == 21 || octets[0] == 22)
		return false;
	facts->trouble = TLS_PLAIN_TEXT;
	facts->why = _("the server does not speak TLS there");
	facts->plain.p = arena_memdup(arena, octets, (size_t)n);
	facts->plain.len = (size_t)n;
	return true;
}

static enum tcp_end
shake(struct run *run, struct tls_session *session, int64_t until_ms,
    struct tls_facts *facts)
{
	bool first = true;

	for (;;) {
		enum tcp_end end;
		int rc;

		ERR_clear_error();
		rc = SSL_connect(session->ssl);
		if (rc == 1)
			return TCP_OK;
		end = go_on(run, session, rc, until_ms);
		if (end == TCP_OK && first &&
		    is_plain_text(run->arena, session->fd, facts))
			return TCP_CLOSED;
		if (SSL_want_read(session->ssl) && end == TCP_OK)
			first = false;
		if (end != TCP_OK)
			return end;
	}
}

enum tcp_end
tls_handshake(struct run *run, int fd, const struct tls_wish *wish,
    struct tls_facts *facts, struct tls_session **out)
{
	struct tls_session *session = calloc(1, sizeof(*session));
	int64_t until_ms = monotonic_ms() + wish->limit_ms;
	enum tcp_end end;

	*out = NULL;
	*facts = (struct tls_facts){ .trouble = TLS_FINE };
	if (session == NULL)
		out_of_memory();
	ERR_clear_error();
	/* A plain server speaks first, and may have done so already. */
	if (is_plain_text(run->arena, fd, facts) || !set_up(session, fd, wish))
		end = TCP_CLOSED;
	else
		end = shake(run, session, until_ms, facts);
	facts->client_certificate = session->asked_for_certificate;
	if (end == TCP_OK) {
		note_agreed(run->arena, session->ssl, facts);
		*out = session;
		return TCP_OK;
	}
	if (facts->trouble == TLS_FINE)
		note_failure(run->arena, end, session, facts);
	tls_close(session);
	ERR_clear_error();
	return end == TCP_STOPPED ? TCP_STOPPED : TCP_OK;
}

/* --- octets ----------------------------------------------------------------- */

enum tcp_end
tls_send(struct run *run, struct tls_session *session, struct str text,
    int64_t until_ms)
{
	size_t sent = 0;

	while (text.len > 0) {
		enum tcp_end end;
		int rc;

		ERR_clear_error();
		rc = SSL_write_ex(session->ssl, text.p, text.len, &sent);
		if (rc == 1)
			return TCP_OK;
		end = go_on(run, session, rc, until_ms);
		if (end != TCP_OK)
			return end;
	}
	return TCP_OK;
}

enum tcp_end
tls_receive(struct run *run, struct tls_session *session, char *buffer,
    size_t max, int64_t until_ms, size_t *got)
{
	for (;;) {
		enum tcp_end end;
		int rc;

		ERR_clear_error();
		rc = SSL_read_ex(session->ssl, buffer, max, got);
		if (rc == 1)
			return TCP_OK;
		end = go_on(run, session, rc, until_ms);
		if (end != TCP_OK)
			return end;
	}
}
