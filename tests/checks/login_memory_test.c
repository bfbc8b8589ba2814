/* After a login nothing of the password is left in memory. */
#include "../harness/unit.h"

#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "../../checks/certificate.h"
#include "../../checks/crypto.h"
#include "../../checks/mail_login_inside.h"
#include "../../checks/tagvalue.h"
#include "../harness/own_certificate.h"
#include "../harness/postfix.h"

#define USER "joe@example.org"
#define MASK 0x5a
#define LONG 20 /* octets of a password that stands nowhere else */

#define CHUNK  65536
#define REGION ((uintptr_t)64 << 20) /* a larger one is no memory of ours */

/* Read as another process would, so that sanitizers do not mind. */
static char chunk[CHUNK];

static bool
in_chunk(size_t n, const char *masked, size_t len)
{
	for (size_t i = 0; i + len <= n; i++) {
		size_t same = 0;

		while (same < len && (chunk[i + same] ^ MASK) == masked[same])
			same++;
		if (same == len)
			return true;
	}
	return false;
}

static bool
in_region(int mem, uintptr_t from, uintptr_t to, const char *masked, size_t len)
{
	for (uintptr_t at = from; at < to; at += CHUNK - len) {
		size_t most = to - at < CHUNK ? to - at : CHUNK;
		ssize_t n = pread(mem, chunk, most, (off_t)at);

		if (n <= 0)
			return false;
		if (in_chunk((size_t)n, masked, len))
			return true;
	}
	return false;
}

/* Is that text, which is given masked, anywhere in what we may write to? */
static bool
in_memory(const char *masked, size_t len)
{
	FILE *maps = fopen("/proc/self/maps", "r");
	int mem = open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
	bool found = false;
	char line[512];

	assert_non_null(maps);
	assert_true(mem >= 0);
	while (!found && fgets(line, sizeof(line), maps) != NULL) {
		uintptr_t from, to;
		char mode[8];

		if (sscanf(line, "%" SCNxPTR "-%" SCNxPTR " %7s", &from, &to,
			mode) == 3 &&
		    strncmp(mode, "rw", 2) == 0 && to - from <= REGION)
			found = in_region(mem, from, to, masked, len);
	}
	close(mem);
	fclose(maps);
	secret_wipe(chunk, sizeof(chunk));
	return found;
}

/* The end of what SASL PLAIN sends. */
static void
mask_coded(struct arena *arena, const struct login *login, char out[LONG])
{
	char message[LOGIN_PLAIN_OCTETS];
	char *base64 = base64_write(arena, login_plain(login, message));
	size_t from = strlen(base64) - LONG;

	for (size_t i = 0; i < LONG; i++)
		out[i] = (char)(base64[from + i] ^ MASK);
	assert_true(in_memory(out, LONG));
	secret_wipe(base64, strlen(base64));
	secret_wipe(message, sizeof(message));
	assert_false(in_memory(out, LONG));
}

static void
visit(enum mail_protocol protocol, const char *address, uint16_t port,
    const struct trust *trust)
{
	char password[LONG + 1] = "", masked[LONG], coded[LONG];
	const struct login login = {
		.user = USER, .password = password, .host = "mail.example.org"
	};
	struct port place = {
		.protocol = protocol, .at.port = port, .implicit_tls = true
	};
	struct port_facts looked;
	struct login_facts facts;
	struct run run;

	run_begin(&run, NULL, 20000, -1);
	run.trust = trust;
	for (size_t i = 0; i < LONG; i++) {
		password[i] =
		    (char)('A' + (i * 7 + (size_t)getpid() + port) % 26);
		masked[i] = (char)(password[i] ^ MASK);
	}
	mask_coded(run.arena, &login, coded);
	assert_true(in_memory(masked, LONG));
	assert_true(ip_parse(str_of(address), &place.at.ip));
	mailport_look(&run, &place, "mail.example.org", false, &looked);
	mail_login_all(&run, &login, &looked, 1, &facts);
	assert_int_equal(facts.end, LOGIN_REFUSED);
	secret_wipe(password, sizeof(password));
	assert_false(in_memory(masked, LONG));
	assert_false(in_memory(coded, LONG));
	run_end(&run);
}

/* Through OpenSSL and the dialogue, as it is and in base64. */
static void
nothing_is_left_in_memory(void **state)
{
	const struct mail_options options = { .chain = own_chain,
		.key = own_key };
	struct arena *arena = arena_new();
	struct trust *trust;
	struct dovecot *d;
	struct postfix *p;

	(void)state;
	NEED_MAIL_SERVERS();
	assert_null(trust_open(arena, own_chain, &trust));
	d = dovecot_start(&options);
	p = postfix_start(&options, d);
	visit(MAIL_IMAP, d->address, d->imaps, trust);
	visit(MAIL_POP3, d->address, d->pop3s, trust);
	visit(MAIL_SMTP, p->address, p->submissions, trust);
	postfix_stop(p);
	dovecot_stop(d);
	trust_free(trust);
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_left_in_memory),
	};

	return cmocka_run_group_tests(
	    tests, own_certificate_make, own_certificate_remove);
}
