/* Programs of many processes: how they begin, and how they all end. */
#include "mail_server_inside.h"

#include <arpa/inet.h>
#include <errno.h>
#include <limits.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define START_TRIES 1000 /* of 10 ms */

const char *
mail_servers_missing(void)
{
	static const char *const programs[] = { "dovecot", "imap-login",
		"pop3-login", "postconf", "master" };
	char path[512];

	for (size_t i = 0; i < sizeof(programs) / sizeof(*programs); i++)
		if (!server_program(programs[i], path, sizeof(path)))
			return server_missing(programs[i]);
	snprintf(path, sizeof(path), "%s/elsewhere.so", servers_folder());
	return access(path, R_OK) == 0 ? NULL : "elsewhere.so is not built";
}

struct mail_options
mail_options(const struct mail_options *given)
{
	struct mail_options o = *given;

	if (o.address == NULL)
		o.address = MAIL_ADDRESS;
	if (o.name == NULL)
		o.name = MAIL_NAME;
	if (o.oldest == NULL)
		o.oldest = "TLSv1.2";
	if (o.user == NULL)
		o.user = MAIL_USER;
	if (o.password == NULL)
		o.password = MAIL_PASSWORD;
	if (o.tls != MAIL_TLS_OFF && (o.chain == NULL || o.key == NULL))
		server_die("a mail server without certificate or key");
	return o;
}

void
mail_server_elsewhere(void)
{
	static const char *const parts[] = { "dovecot", "dovecot/modules",
		"dovecot/modules/auth", "dovecot/modules/old-stats",
		"postfix" };
	char folder[PATH_MAX], *all = NULL, *path = NULL;
	const char *before;
	size_t len;
	FILE *out = open_memstream(&all, &len);

	if (out == NULL || realpath(servers_folder(), folder) == NULL)
		_exit(127);
	server_libraries();
	before = getenv("LD_LIBRARY_PATH");
	fputs(before != NULL ? before : "", out);
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		fprintf(out, ":%s/root/usr/lib/%s", folder, parts[i]);
	if (fclose(out) == EOF ||
	    asprintf(&path, "%s/elsewhere.so", folder) == -1)
		_exit(127);
	setenv("LD_LIBRARY_PATH", all, 1);
	setenv("LD_PRELOAD", path, 1);
	path = NULL;
	if (asprintf(&path, "%s/root", folder) == -1)
		_exit(127);
	setenv("ELSEWHERE_ROOT", path, 1);
}

static struct sockaddr_in
place(const char *address, uint16_t port)
{
	struct sockaddr_in at = { .sin_family = AF_INET,
		.sin_port = htons(port) };

	if (inet_pton(AF_INET, address, &at.sin_addr) != 1)
		server_die("not an address: \"%s\"", address);
	return at;
}

int
mail_connect(const char *address, uint16_t port)
{
	struct sockaddr_in at = place(address, port);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd == -1)
		server_die("socket: %s", strerror(errno));
	if (connect(fd, (struct sockaddr *)&at, sizeof(at)) == 0)
		return fd;
	close(fd);
	return -1;
}

int
mail_listen(const char *address, uint16_t *port)
{
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	const int yes = 1;
	struct sockaddr_in at;

	*port = server_free_port(address);
	at = place(address, *port);
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
	if (bind(fd, (struct sockaddr *)&at, sizeof(at)) == -1 ||
	    listen(fd, 64) == -1)
		server_die("%s:%u: %s", address, *port, strerror(errno));
	return fd;
}

/* How many of them do, in their order. */
static size_t
listening(const struct server *server, const uint16_t *ports, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		int fd;

		if (ports[i] == 0)
			continue;
		fd = mail_connect(server->address, ports[i]);
		if (fd == -1)
			return i;
		close(fd);
	}
	return n;
}

void
mail_server_begin(
    struct server *server, char *const argv[], const uint16_t *ports, size_t n)
{
	size_t open = 0;
	const struct timespec moment = { .tv_nsec = 10000000 };
	char log[512];

	snprintf(log, sizeof(log), "%s/log", server->folder);
	setenv("ELSEWHERE_LOG", log, 1);
	server_spawn(server, argv, mail_server_elsewhere);
	for (int i = 0; i < START_TRIES; i++) {
		open += listening(server, ports + open, n - open);
		if (open == n)
			return;
		if (waitpid(server->pid, NULL, WNOHANG) == server->pid)
			break;
		nanosleep(&moment, NULL);
	}
	server_show_log(server);
	server_die("%s does not listen on %s:%u", argv[0], server->address,
	    ports[open]);
}
