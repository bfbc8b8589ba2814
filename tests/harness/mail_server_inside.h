/*
 * tests/harness/mail_server_inside.h - what dovecot.c and postfix.c share.
 */
#ifndef MAIL_SERVER_INSIDE_H
#define MAIL_SERVER_INSIDE_H

#include "mail_server.h"
#include "server_inside.h"

#define MAIL_ADDRESS  "127.0.0.2"
#define MAIL_NAME     "mail.example.org"
#define MAIL_USER     "joe@example.org"
#define MAIL_PASSWORD "secret"

/* What is left out is filled in; without a certificate, the test ends. */
struct mail_options mail_options(const struct mail_options *);

/* In a child: what it executes runs with tests/preload/elsewhere.c. */
void mail_server_elsewhere(void);

/* Runs it with tests/preload/elsewhere.c; waits until the ports are open;
 * 0 is none. */
void mail_server_begin(
    struct server *, char *const argv[], const uint16_t *ports, size_t n);

/* A socket that listens at the address, and its port: a free one. */
int mail_listen(const char *address, uint16_t *port);

/* A connected socket, or -1. */
int mail_connect(const char *address, uint16_t port);

#endif
