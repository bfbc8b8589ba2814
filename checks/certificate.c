/* One certificate, as plain data. */
#include "certificate_inside.h"

#include <string.h>

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509v3.h>

#include "base/printable.h"

#define NAME_SHOWN     512 /* octets of a name */
#define URL_SHOWN      512
#define STATUS_REQUEST 5 /* RFC 6066 section 1.1 */

static const char *
shown(struct arena *arena, const void *octets, int len, size_t max)
{
	struct str text = { octets, len > 0 ? (size_t)len : 0 };

	return readable(arena, str_slice(text, 0, max));
}

static const char *
hexadecimal(struct arena *arena, const unsigned char *octets, size_t n)
{
	static const char digits[] = "0123456789abcdef";
	char *out = arena_alloc(arena, 2 * n + 1);

	for (size_t i = 0; i < n; i++) {
		out[2 * i] = digits[octets[i] >> 4];
		out[2 * i + 1] = digits[octets[i] & 15];
	}
	return out;
}

static const char *
whole_name(struct arena *arena, const X509_NAME *name)
{
	const unsigned long how = XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB;
	BIO *bio = BIO_new(BIO_s_mem());
	const char *text = "";
	char *octets = NULL;

	if (bio == NULL)
		out_of_memory();
	if (X509_NAME_print_ex(bio, name, 0, how) >= 0) {
		long len = BIO_get_mem_data(bio, &octets);

		text = shown(arena, octets, (int)len, NAME_SHOWN);
	}
	BIO_free(bio);
	return text;
}

/* The last common name, which is the most specific; NULL: none. */
static const char *
common_name(struct arena *arena, const X509_NAME *name)
{
	unsigned char *octets = NULL;
	const char *text;
	int at = -1, next, len;

	while (
	    (next = X509_NAME_get_index_by_NID(name, NID_commonName, at)) >= 0)
		at = next;
	if (at < 0)
		return NULL;
	len = ASN1_STRING_to_UTF8(
	    &octets, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)));
	if (len < 0)
		return NULL;
	text = shown(arena, octets, len, NAME_SHOWN);
	OPENSSL_free(octets);
	return text;
}

static const char *
short_name(struct arena *arena, const X509_NAME *name)
{
	const char *text = common_name(arena, name);

	return text != NULL ? text : whole_name(arena, name);
}

const char *
certificate_name(struct arena *arena, const struct x509_st *x509)
{
	return short_name(arena, X509_get_subject_name(x509));
}

static void
read_names(struct arena *arena, X509 *x509, struct certificate *out)
{
	const X509_NAME *subject = X509_get_subject_name(x509);
	const X509_NAME *issuer = X509_get_issuer_name(x509);

	out->subject = whole_name(arena, subject);
	out->issuer = whole_name(arena, issuer);
	out->common_name = common_name(arena, subject);
	out->subject_name = short_name(arena, subject);
	out->issuer_name = short_name(arena, issuer);
	out->self_issued = X509_NAME_cmp(subject, issuer) == 0;
	out->self_signed = out->self_issued && X509_self_signed(x509, 1) == 1;
}

static void
add_address(struct certificate *out, const ASN1_OCTET_STRING *octets)
{
	struct ip ip = { IP_NONE, { 0 } };
	int len = ASN1_STRING_length(octets);

	if (len == 4)
		ip.family = IP_V4;
	else if (len == 16)
		ip.family = IP_V6;
	else
		return;
	memcpy(ip.octets, ASN1_STRING_get0_data(octets), (size_t)len);
	out->addresses[out->naddresses++] = ip;
}

/* subjectAltName, RFC 5280 section 4.2.1.6. */
static void
read_alternatives(struct arena *arena, X509 *x509, struct certificate *out)
{
	GENERAL_NAMES *names =
	    X509_get_ext_d2i(x509, NID_subject_alt_name, NULL, NULL);
	int n = names == NULL ? 0 : sk_GENERAL_NAME_num(names);

	if (n > CERT_NAMES_MAX)
		n = CERT_NAMES_MAX;
	out->dns_names =
	    arena_array(arena, (size_t)n + 1, sizeof(out->dns_names[0]));
	out->addresses =
	    arena_array(arena, (size_t)n + 1, sizeof(out->addresses[0]));
	for (int i = 0; i < n; i++) {
		const GENERAL_NAME *name = sk_GENERAL_NAME_value(names, i);

		if (name->type == GEN_DNS) {
			struct str text = { (const char *)ASN1_STRING_get0_data(
						name->d.dNSName),
				(size_t)ASN1_STRING_length(name->d.dNSName) };

			out->dns_names[out->ndns_names++] =
			    printable(arena, str_slice(text, 0, NAME_SHOWN));
		} else if (name->type == GEN_IPADD) {
			add_address(out, name->d.iPAddress);
		}
	}
	GENERAL_NAMES_free(names);
}

static bool
read_time(const ASN1_TIME *when, time_t *out)
{
	struct tm tm;

	if (when == NULL || ASN1_TIME_to_tm(when, &tm) != 1)
		return false;
	*out = timegm(&tm);
	return true;
}

static void
read_key(struct arena *arena, X509 *x509, struct certificate *out)
{
	EVP_PKEY *key = X509_get0_pubkey(x509);
	const char *word;
	int type;

	out->key_word = "unknown";
	if (key == NULL)
		return;
	type = EVP_PKEY_get_base_id(key);
	if (type == EVP_PKEY_RSA || type == EVP_PKEY_RSA_PSS)
		out->key = CERT_KEY_RSA;
	else if (type == EVP_PKEY_EC)
		out->key = CERT_KEY_EC;
	else if (type == EVP_PKEY_ED25519 || type == EVP_PKEY_ED448)
		out->key = CERT_KEY_EDWARDS;
	word = EVP_PKEY_get0_type_name(key);
	if (word != NULL)
		out->key_word = printable(arena, str_of(word));
	if (EVP_PKEY_get_bits(key) > 0)
		out->bits = (unsigned int)EVP_PKEY_get_bits(key);
}

static void
read_signature(struct arena *arena, X509 *x509, struct certificate *out)
{
	int hash = NID_undef;

	X509_get_signature_info(x509, &hash, NULL, NULL, NULL);
	if (hash == NID_undef)
		return;
	out->hash = printable(arena, str_of(OBJ_nid2sn(hash)));
	out->weak_hash = hash == NID_sha1 || hash == NID_md5 ||
	    hash == NID_md4 || hash == NID_md2 || hash == NID_mdc2 ||
	    hash == NID_md5_sha1;
}

static bool
asks_for_stapling(X509 *x509)
{
	TLS_FEATURE *features =
	    X509_get_ext_d2i(x509, NID_tlsfeature, NULL, NULL);
	int n = features == NULL ? 0 : sk_ASN1_INTEGER_num(features);
	bool found = false;

	for (int i = 0; i < n; i++)
		if (ASN1_INTEGER_get(sk_ASN1_INTEGER_value(features, i)) ==
		    STATUS_REQUEST)
			found = true;
	TLS_FEATURE_free(features);
	return found;
}

static const char *
issuer_url(struct arena *arena, X509 *x509)
{
	AUTHORITY_INFO_ACCESS *access =
	    X509_get_ext_d2i(x509, NID_info_access, NULL, NULL);
	int n = access == NULL ? 0 : sk_ACCESS_DESCRIPTION_num(access);
	const char *url = NULL;

	for (int i = 0; i < n && url == NULL; i++) {
		const ACCESS_DESCRIPTION *one =
		    sk_ACCESS_DESCRIPTION_value(access, i);

		if (OBJ_obj2nid(one->method) == NID_ad_ca_issuers &&
		    one->location->type == GEN_URI) {
			const ASN1_STRING *text =
			    one->location->d.uniformResourceIdentifier;

			url = shown(arena, ASN1_STRING_get0_data(text),
			    ASN1_STRING_length(text), URL_SHOWN);
		}
	}
	AUTHORITY_INFO_ACCESS_free(access);
	return url;
}

static const char *
serial(struct arena *arena, X509 *x509)
{
	const ASN1_INTEGER *number = X509_get0_serialNumber(x509);
	size_t len = (size_t)ASN1_STRING_length(number);

	return hexadecimal(
	    arena, ASN1_STRING_get0_data(number), len > 32 ? 32 : len);
}

struct x509_st *
certificate_parse(struct str der)
{
	const unsigned char *at = (const unsigned char *)der.p;
	X509 *x509;

	if (der.len == 0 || der.len > CERT_OCTETS_MAX)
		return NULL;
	x509 = d2i_X509(NULL, &at, (long)der.len);
	if (x509 != NULL && at != (const unsigned char *)der.p + der.len) {
		X509_free(x509);
		x509 = NULL;
	}
	ERR_clear_error();
	return x509;
}

void
certificate_of(
    struct arena *arena, struct x509_st *x509, struct certificate *out)
{
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned int len = 0;

	memset(out, 0, sizeof(*out));
	out->readable = true;
	read_names(arena, x509, out);
	read_alternatives(arena, x509, out);
	read_key(arena, x509, out);
	read_signature(arena, x509, out);
	out->dated = read_time(X509_get0_notBefore(x509), &out->not_before) &&
	    read_time(X509_get0_notAfter(x509), &out->not_after);
	out->serial = serial(arena, x509);
	if (X509_digest(x509, EVP_sha256(), digest, &len) == 1)
		out->fingerprint = hexadecimal(arena, digest, len);
	out->ca = (X509_get_extension_flags(x509) & EXFLAG_CA) != 0;
	out->must_staple = asks_for_stapling(x509);
	out->issuer_url = issuer_url(arena, x509);
	ERR_clear_error();
}

void
certificate_read(struct arena *arena, struct str der, struct certificate *out)
{
	X509 *x509 = certificate_parse(der);

	memset(out, 0, sizeof(*out));
	if (x509 == NULL)
		return;
	certificate_of(arena, x509, out);
	X509_free(x509);
}
