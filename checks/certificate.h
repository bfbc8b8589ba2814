/*
 * checks/certificate.h - X.509 certificates (RFC 5280) as plain data, and how
 * far the ones a server sent lead.  A door to OpenSSL, which is seen by nobody
 * else: judging (cert_check.h) needs neither it nor the network.
 *
 * Texts are printable.  Everything lives in the arena but the trust.
 */
#ifndef CERTIFICATE_H
#define CERTIFICATE_H

#include <time.h>

#include "base/ip.h"

#define CERT_SENT_MAX	20 /* certificates looked at; more are left out */
#define CERT_OCTETS_MAX ((size_t)64 * 1024) /* of one; a longer one is unread */
#define CERT_NAMES_MAX	4096 /* of subjectAltName; more are left out */

enum cert_key {
	CERT_KEY_OTHER,
	CERT_KEY_RSA,
	CERT_KEY_EC, /* RFC 5480 */
	CERT_KEY_EDWARDS, /* Ed25519 or Ed448, RFC 8410 */
};

struct certificate {
	bool readable; /* false: no certificate, and all else is empty */
	const char *subject; /* "CN=mail.example.org,O=Example", RFC 4514 */
	const char *issuer;
	const char *subject_name; /* the common name, or else the subject */
	const char *issuer_name;
	const char *common_name; /* NULL: none */
	const char **dns_names; /* dNSName of subjectAltName, as written */
	size_t ndns_names;
	struct ip *addresses; /* iPAddress of subjectAltName */
	size_t naddresses;
	bool dated; /* both dates could be read */
	time_t not_before;
	time_t not_after;
	const char *serial; /* hexadecimal */
	const char *fingerprint; /* SHA-256 of the octets, hexadecimal */
	enum cert_key key;
	const char *key_word; /* "RSA", "EC", "ED25519"... as OpenSSL says */
	unsigned int bits; /* of the key */
	const char *hash; /* of the signature: "SHA256"; NULL: it has none */
	bool weak_hash; /* MD5 or SHA-1, or older */
	bool ca; /* basicConstraints says so, section 4.2.1.9 */
	bool must_staple; /* status_request, RFC 7633 section 4.2.3.1 */
	const char *issuer_url; /* first caIssuers, 4.2.2.1; NULL: none */
	bool self_issued; /* issuer and subject are the same name */
	bool self_signed; /* and its own key signed it */
};

/* Root certificates; may be read by many threads at once. */
struct trust;

/*
 * The roots of a PEM file; or, for NULL, those of the system (those of OpenSSL,
 * SSL_CERT_FILE and SSL_CERT_DIR honoured), which may be none.  NULL, and *out
 * is to be freed; or one sentence about the file, in the arena, and *out is
 * NULL.
 */
const char *trust_open(
    struct arena *, const char *pem_file, struct trust **out);
void trust_free(struct trust *); /* NULL is fine */

/* Reads one certificate of untrusted DER octets; never fails. */
void certificate_read(struct arena *, struct str der, struct certificate *out);

enum chain_end {
	CHAIN_NONE, /* no certificate came, or the first cannot be read */
	CHAIN_TRUSTED, /* at a root of the trust */
	CHAIN_SELF_SIGNED, /* at the server's own, which signed itself */
	CHAIN_PRIVATE_ROOT, /* at a root that was sent and is not trusted */
	CHAIN_ISSUER_MISSING, /* nobody has the issuer of the last in path */
};

struct chain_step {
	struct certificate *certificate;
	bool trusted; /* of the trust, not of the server */
};

struct chain_fault {
	const char *who; /* name of the certificate */
	const char *why; /* a phrase */
};

struct chain {
	struct certificate *sent; /* in the order sent */
	size_t nsent;
	size_t left_out; /* sent beyond CERT_SENT_MAX */
	bool *in_order; /* of each sent one: it signed the one before it
			   (signature checked); of the first: true */
	struct chain_step *path; /* from the server's own upwards */
	size_t npath;
	enum chain_end end;
	bool no_roots; /* the trust has none, so `end` says nothing of it */
	bool wrong_purpose; /* server's own: not for TLS servers */
	struct chain_fault *faults; /* of the path, of other kinds than above
				       and than dates */
	size_t nfaults;
};

/*
 * Reads what a server sent, and follows it from the first one upwards (RFC
 * 5280 section 6, for TLS servers).  `now` decides between two paths.  Only the
 * first CERT_SENT_MAX are looked at.
 */
void chain_read(struct arena *, const struct str *der, size_t n,
    const struct trust *, time_t now, struct chain *out);

#endif
