/*
 * Any octets as a message: every signature gets a word and a sentence, where
 * the key is always that of RFC 8463 appendix A.
 */
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../../checks/mailbox.h"
#include "../../checks/resolver.h"
#include "../../checks/verify.h"
#include "must.h"

#define LIMIT_MS 5000

static enum status
ask(struct resolver *resolver, struct run *run, struct arena *arena,
    const struct question *questions, size_t n, struct answer **out)
{
	static const char rsa[] =
	    "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTz"
	    "WRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3"
	    "FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLz"
	    "BfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB";
	static const char ed25519[] = "v=DKIM1; k=ed25519; "
				      "p=11qYAYKxCrfVS/"
				      "7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

	(void)resolver;
	(void)run;
	for (size_t i = 0; i < n; i++) {
		struct record *record = arena_new_of(arena, struct record);
		bool is_rsa = strncmp(questions[i].name, "test.", 5) == 0;

		out[i] = arena_new_of(arena, struct answer);
		out[i]->name = arena_strdup(arena, questions[i].name);
		out[i]->owner = out[i]->name;
		out[i]->type = questions[i].type;
		out[i]->outcome =
		    questions[i].type == RR_TXT ? DNS_FOUND : DNS_NO_DATA;
		if (questions[i].type != RR_TXT)
			continue;
		record->name = out[i]->name;
		record->type = RR_TXT;
		record->text = str_of(is_rsa ? rsa : ed25519);
		out[i]->records = record;
		out[i]->nrecords = 1;
	}
	return OK;
}

static void
end(struct resolver *resolver)
{
	(void)resolver;
}

static void
judge(struct run *run, const struct message *message)
{
	struct verify_client client = { .helo = NULL };
	struct verify verify;

	must(verify_message(run, message, &client, true, &verify) == OK);
	must(verify.dmarc.reason != NULL);
	must(verify_sentence(run->arena, &verify) != NULL);
	for (size_t i = 0; i < verify.dkim.n; i++)
		must(verify.dkim.list[i].reason != NULL);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct resolver resolver = { .ask = ask, .end = end };
	struct run run;
	struct message message;
	int fd;

	if (size > 65535)
		return 0;
	fd = memfd_create("message", MFD_CLOEXEC);
	must(fd != -1 && write(fd, data, size) == (ssize_t)size &&
	    lseek(fd, 0, SEEK_SET) == 0);
	resolver_init(&resolver);
	run_begin(&run, &resolver, LIMIT_MS, -1);
	if (message_read(run.arena, fd, "fuzz", &message) == NULL) {
		judge(&run, &message);
		message_close(&message);
	}
	run_end(&run);
	resolver_free(&resolver);
	return 0;
}
