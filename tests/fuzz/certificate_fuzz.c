/*
 * Any octets as the certificates a server sent: read and judged, what is said
 * can be shown, and only what has no fault is trusted.
 *
 * The first octet says for whom; then each certificate behind its length, two
 * octets.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../../checks/cert_check.h"
#include "must.h"

#define SENT_MAX 40
#define NOW	 ((time_t)1798761600) /* 2027-01-01 */

/* It signed what is in the corpus. */
static const char root[] =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBdTCCARugAwIBAgIUA8vebxa3ubDKYOOz8ro0dEmfqmcwCgYIKoZIzj0EAwIw\n"
    "DzENMAsGA1UEAwwEcm9vdDAgFw0yNjExMjQxNTM2MTJaGA8yMTI2MTAzMTE1MzYx\n"
    "MlowDzENMAsGA1UEAwwEcm9vdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABFgd\n"
    "Ykw5NSfXNB9fLnvfyFiktT7vVG3cP+7AtRvtkwHz7d7ayyG1unb7jE6IADRUWvAQ\n"
    "WC2I0xzxVCQRuaGSndmjUzBRMB0GA1UdDgQWBBQuzAqkiI5KFuVlMNqRmWuOzt8d\n"
    "cTAfBgNVHSMEGDAWgBQuzAqkiI5KFuVlMNqRmWuOzt8dcTAPBgNVHRMBAf8EBTAD\n"
    "AQH/MAoGCCqGSM49BAMCA0gAMEUCIGmLVnqTHjT0KX+3ndXSpET4kP1gv9UXOfJx\n"
    "KZ/jmm8cAiEA/zeSMlnMgxh3hRGfoQtDvU4rITJZUaBFrgtOdGjxOzs=\n"
    "-----END CERTIFICATE-----\n";

static const char *const hosts[] = { "mail.example.org", "192.0.2.1", "ed",
	"a.b.example.net" };

static struct trust *
open_trust(void)
{
	char path[] = "/tmp/certificate-fuzz-XXXXXX";
	struct arena *arena = arena_new();
	struct trust *trust;
	int fd = mkstemp(path);

	must(fd >= 0 && write(fd, root, sizeof(root) - 1) > 0);
	close(fd);
	must(trust_open(arena, path, &trust) == NULL);
	unlink(path);
	arena_free(arena);
	return trust;
}

/* The certificates there; what is cut off is one, too. */
static size_t
split(const uint8_t *data, size_t size, struct str out[SENT_MAX])
{
	size_t n = 0;

	while (size >= 2 && n < SENT_MAX) {
		size_t len = (size_t)data[0] << 8 | data[1];

		data += 2;
		size -= 2;
		if (len > size)
			len = size;
		out[n++] = (struct str){ (const char *)data, len };
		data += len;
		size -= len;
	}
	return n;
}

static void
must_be_shown(const char *text)
{
	for (; text != NULL && *text != '\0'; text++)
		must((unsigned char)*text >= ' ' && *text != 127);
}

static void
check_findings(struct run *run)
{
	for (const struct finding *f = run->report.first; f != NULL;
	     f = f->next) {
		must_be_shown(finding_title(run->arena, f));
		must_be_shown(finding_text(run->arena, f));
		must_be_shown(finding_fix(run->arena, f));
	}
}

static void
check_chain(const struct chain *chain, size_t n)
{
	must(chain->nsent + chain->left_out == n);
	for (size_t i = 0; i < chain->nsent; i++) {
		const struct certificate *one = &chain->sent[i];

		must_be_shown(one->subject);
		must_be_shown(one->issuer_url);
		for (size_t k = 0; k < one->ndns_names; k++)
			must_be_shown(one->dns_names[k]);
		must(one->readable == (one->fingerprint != NULL));
	}
	must((chain->end == CHAIN_NONE) == (chain->npath == 0));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct trust *trust;
	struct tls_facts tls = { .trouble = TLS_FINE };
	struct str der[SENT_MAX];
	struct chain chain;
	struct run run;
	const char *host;

	if (size == 0 || size > 65536)
		return 0;
	if (trust == NULL)
		trust = open_trust();
	host = hosts[data[0] % COUNT(hosts)];
	tls.der = der;
	tls.nder = split(data + 1, size - 1, der);
	tls.stapled = (data[0] & 128) != 0;
	run_begin(&run, NULL, 1000, -1);
	run.now = NOW;
	chain_read(run.arena, der, tls.nder, trust, run.now, &chain);
	check_chain(&chain, tls.nder);
	cert_check(&run,
	    &(struct cert_question){ .where = "here",
		.host = host,
		.stapled = tls.stapled,
		.chain = &chain });
	must(run.report.first != NULL);
	check_findings(&run);
	must(cert_trusted(&run, &tls, host, trust) ==
	    (run.report.count[SEV_FAIL] == 0));
	run_end(&run);
	return 0;
}
