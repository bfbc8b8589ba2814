/*
 * tests/e2e/server_fixture.h - "mailwizard server" with a sound host, and what
 * its JSON holds.  Included after unit.h.
 */
#ifndef SERVER_FIXTURE_H
#define SERVER_FIXTURE_H

#include <jansson.h>
#include <string.h>
#include <time.h>

#include "../harness/command.h"
#include "../harness/pki_world.h"
#include "../harness/postfix.h"

#define WORDS 48

/* The command line; each service has its "--service" before it. */
struct words {
	const char *list[WORDS];
	size_t n;
};

static inline void
add(struct words *w, const char *word)
{
	assert_true(w->n + 1 < WORDS);
	w->list[w->n++] = word;
}

static inline void
add_service(
    struct words *w, const char *protocol, uint16_t port, const char *tls)
{
	add(w, "--service");
	add(w, arena_printf(world.arena, "%s:%u:%s", protocol, port, tls));
}

static inline const char *
root_file(void)
{
	const struct pki *root = world.root;

	return pki_file("root.pem", &root, 1);
}

/* "server mail.example.org", which is at 127.0.0.2, with the root known. */
static inline struct words
server_words(void)
{
	struct words w = { .n = 0 };

	add(&w, "server");
	add(&w, PKI_HOST);
	add(&w, "--offline");
	add(&w, "--zone");
	add(&w, command_file("host.zone", PKI_HOST ". A 127.0.0.2\n"));
	add(&w, "--ca-file");
	add(&w, root_file());
	return w;
}

static inline struct mail_options
sound_options(void)
{
	return (struct mail_options){
		.chain = pki_file("chain.pem", CHAIN(world.leaf, world.inter)),
		.key = pki_key_file("key.pem", world.leaf),
	};
}

static inline void
add_ports(struct words *w, const struct dovecot *d, const struct postfix *p)
{
	add_service(w, "pop3", d->pop3, "starttls");
	add_service(w, "pop3", d->pop3s, "tls");
	add_service(w, "imap", d->imap, "starttls");
	add_service(w, "imap", d->imaps, "tls");
	add_service(w, "smtp", p->submission, "starttls");
	add_service(w, "smtp", p->submissions, "tls");
}

static inline struct outcome
run(struct words w, const char *more)
{
	if (more != NULL)
		add(&w, more);
	return command_words(NULL, w.list);
}

static inline long
now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static inline json_t *
parsed(const struct outcome *o)
{
	json_t *root = json_loads(o->out, JSON_REJECT_DUPLICATES, NULL);

	if (root == NULL)
		fail_msg("no JSON: %s%s", o->out, o->err);
	return root;
}

static inline const char *
text_of(const json_t *object, const char *key)
{
	const char *value = json_string_value(json_object_get(object, key));

	if (value == NULL)
		fail_msg("%s is no text", key);
	return value;
}

static inline bool
has_finding(const json_t *service, const char *id)
{
	json_t *f;
	size_t i;

	json_array_foreach(json_object_get(service, "findings"), i, f)
	{
		if (strcmp(text_of(f, "id"), id) == 0)
			return true;
	}
	return false;
}

#endif
