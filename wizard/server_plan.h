/*
 * wizard/server_plan.h - what to do on the mail server of the plan, for the
 * protocols that are used: the blocks of server_commands.h with its values.
 */
#ifndef SERVER_PLAN_H
#define SERVER_PLAN_H

#include "plan.h"
#include "server_commands.h"

/* Which commands fit the server of the plan; COMMANDS_OTHER: none do. */
enum command_kind server_plan_kind(const struct plan *);

/*
 * The blocks, in order.  `host` is the one clients use; NULL: not known, and
 * then .error says so.  In the arena or the plan.
 */
struct command_list server_plan_commands(
    struct arena *, const struct plan *, const char *host, enum command_kind);

/* The ports are not the usual ones, which the commands are for. */
bool server_plan_odd_ports(const struct plan *);

/*
 * All blocks as one text to be copied or saved: a script for COMMANDS_EXCHANGE,
 * else what to type and to write, with the rest as comments.
 */
const char *server_plan_text(
    struct arena *, const struct command_list *, enum command_kind);

/* The same of one block. */
const char *server_plan_block(
    struct arena *, const struct command_block *, enum command_kind);

/* How a file with it ends: "server.ps1", "server.txt". */
const char *server_plan_suffix(enum command_kind);

#endif
