/*
 * tests/harness/server_inside.h - what the servers share with server.c.
 */
#ifndef SERVER_INSIDE_H
#define SERVER_INSIDE_H

#include <stdio.h>
#include <sys/types.h>

#include "server.h"

/* A server that is not running yet: folder, identity, addresses, port. */
struct server *server_new(
    const char *program, const char *addresses, uint16_t port);

/* Runs `program -d -c FOLDER/conf` and waits until it answers. */
void server_begin(struct server *);

/*
 * Runs argv[0] as a child that ends with this process, in a session of its
 * own, its output in FOLDER/log.  `prepare` is called in the child.
 */
void server_spawn(struct server *, char *const argv[], void (*prepare)(void));

/*
 * A child of this very program, which ends with it: 0 in the child, its number
 * in the parent.
 */
pid_t server_fork(void);

/* Ends such a child. */
void server_kill(pid_t);

/* FOLDER/log, on stderr. */
void server_show_log(const struct server *);

/* Ends the process, keeps the files. */
void server_end(struct server *);

/* Opens FOLDER/name for writing; never NULL. */
FILE *server_file(const struct server *, const char *name);

/* Calls `each` for every one of the addresses, which have blanks between. */
void server_each_address(const struct server *,
    void (*each)(FILE *, const char *address, uint16_t port), FILE *);

/*
 * The whole path of a program, of the machine or of build/servers.  False if
 * there is none.
 */
bool server_program(const char *name, char *out, size_t size);

/* Why there is no such program: one sentence, until the next call. */
const char *server_missing(const char *program);

/* Where fetched servers are: "build/servers". */
const char *servers_folder(void);

/* Lets a child find the libraries in build/servers. */
void server_libraries(void);

/* The zone file of a source, as struct zone_source describes. */
void zone_write(FILE *, const struct zone_source *, const char *address);

/* Ends the test program with one sentence. */
_Noreturn void server_die(const char *fmt, ...)
    __attribute__((format(printf, 1, 2)));

#endif
