/* A child process that answers DNS: its port, its life, its end. */
#include "server_inside.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Below the ports that the kernel hands out to clients by itself. */
#define PORT_FIRST 10000
#define PORT_COUNT 20000

#define ANSWER_TRIES 2000 /* of 5 ms */
#define BUSY_TRIES   10 /* of 100 ms */

_Noreturn void
server_die(const char *fmt, ...)
{
	va_list ap;

	fputs("tests/harness: ", stderr);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	abort();
}

const char *
servers_folder(void)
{
	const char *folder = getenv("MAILWIZARD_SERVERS");

	return folder != NULL ? folder : "build/servers";
}

bool
server_program(const char *name, char *out, size_t size)
{
	const char *const places[] = { "/usr/sbin", "/usr/local/sbin",
		"/usr/bin", "/usr/local/bin", "/usr/lib/dovecot",
		"/usr/lib/postfix/sbin", NULL };

	for (size_t i = 0; places[i] != NULL; i++) {
		snprintf(out, size, "%s/%s", places[i], name);
		if (access(out, X_OK) == 0)
			return true;
	}
	for (size_t i = 0; places[i] != NULL; i++) {
		snprintf(out, size, "%s/root%s/%s", servers_folder(), places[i],
		    name);
		if (access(out, X_OK) == 0)
			return true;
	}
	return false;
}

const char *
server_missing(const char *program)
{
	static char why[512];
	char path[512];
	FILE *in;

	snprintf(why, sizeof(why), "no %s here", program);
	snprintf(path, sizeof(path), "%s/missing", servers_folder());
	in = fopen(path, "r");
	if (in != NULL) {
		if (fgets(why, sizeof(why), in) != NULL)
			why[strcspn(why, "\n")] = '\0';
		fclose(in);
	}
	return why;
}

const char *
servers_missing(void)
{
	static const char *const programs[] = { "nsd", "unbound",
		"ldns-signzone", "ldns-keygen" };
	char path[512];

	for (size_t i = 0; i < sizeof(programs) / sizeof(*programs); i++)
		if (!server_program(programs[i], path, sizeof(path)))
			return server_missing(programs[i]);
	return NULL;
}

void
server_libraries(void)
{
	char path[1024], library[512];
	const char *const triplets[] = { "x86_64-linux-gnu",
		"aarch64-linux-gnu", "arm-linux-gnueabihf", "i386-linux-gnu",
		"riscv64-linux-gnu", "powerpc64le-linux-gnu", "s390x-linux-gnu",
		NULL };

	path[0] = '\0';
	for (size_t i = 0; triplets[i] != NULL; i++) {
		snprintf(library, sizeof(library), "%s/root/usr/lib/%s",
		    servers_folder(), triplets[i]);
		if (access(library, X_OK) != 0)
			continue;
		snprintf(path, sizeof(path), "%s", library);
		setenv("LD_LIBRARY_PATH", path, 1);
		return;
	}
}

static socklen_t
socket_address(const char *text, uint16_t port, struct sockaddr_storage *out)
{
	struct sockaddr_in *v4 = (struct sockaddr_in *)out;
	struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)out;

	memset(out, 0, sizeof(*out));
	if (inet_pton(AF_INET, text, &v4->sin_addr) == 1) {
		v4->sin_family = AF_INET;
		v4->sin_port = htons(port);
		return sizeof(*v4);
	}
	if (inet_pton(AF_INET6, text, &v6->sin6_addr) == 1) {
		v6->sin6_family = AF_INET6;
		v6->sin6_port = htons(port);
		return sizeof(*v6);
	}
	server_die("not an address: \"%s\"", text);
}

static bool
can_bind(const char *address, uint16_t port, int type)
{
	struct sockaddr_storage at;
	socklen_t len = socket_address(address, port, &at);
	int fd = socket(at.ss_family, type | SOCK_CLOEXEC, 0);
	bool free;

	if (fd == -1)
		server_die("socket for %s: %s", address, strerror(errno));
	free = bind(fd, (struct sockaddr *)&at, len) == 0;
	if (!free && errno != EADDRINUSE)
		server_die("cannot listen on %s: %s", address, strerror(errno));
	close(fd);
	return free;
}

static bool
is_free(const char *addresses, uint16_t port)
{
	char list[256], *rest = list, *one;

	snprintf(list, sizeof(list), "%s", addresses);
	while ((one = strsep(&rest, " ")) != NULL)
		if (!can_bind(one, port, SOCK_DGRAM) ||
		    !can_bind(one, port, SOCK_STREAM))
			return false;
	return true;
}

/*
 * Tests run side by side: a port belongs to the process that has the abstract
 * socket of its number, until it ends.
 */
static bool
reserve(uint16_t port)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	int len = snprintf(at.sun_path + 1, sizeof(at.sun_path) - 1,
	    "mailwizard-test-port-%u", port);

	if (fd == -1)
		server_die("socket: %s", strerror(errno));
	if (bind(fd, (struct sockaddr *)&at,
		(socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 +
		    (size_t)len)) == 0)
		return true; /* and never closed */
	close(fd);
	return false;
}

uint16_t
server_free_port(const char *addresses)
{
	static unsigned int turn;
	unsigned int start = (unsigned int)getpid() * 37u;

	for (int i = 0; i < PORT_COUNT; i++) {
		unsigned int step = (start + turn++) % PORT_COUNT;
		uint16_t port = (uint16_t)(PORT_FIRST + step);

		if (reserve(port) && is_free(addresses, port))
			return port;
	}
	server_die("no free port on %s", addresses);
}

static void
place(struct server *server, uint16_t port)
{
	server->port = port != 0 ? port : server_free_port(server->addresses);
	snprintf(server->at, sizeof(server->at),
	    strchr(server->address, ':') != NULL ? "[%s]:%u" : "%s:%u",
	    server->address, server->port);
}

struct server *
server_new(const char *program, const char *addresses, uint16_t port)
{
	static unsigned int count;
	const char *parent = getenv("TMPDIR");
	struct server *server = calloc(1, sizeof(*server));

	if (server == NULL)
		server_die("out of memory");
	if (!server_program(program, server->program, sizeof(server->program)))
		server_die("%s: %s", program, server_missing(program));
	snprintf(server->identity, sizeof(server->identity), "test-%ld-%u",
	    (long)getpid(), count++);
	snprintf(server->addresses, sizeof(server->addresses), "%s", addresses);
	snprintf(server->address, sizeof(server->address), "%.*s",
	    (int)strcspn(addresses, " "), addresses);
	snprintf(server->folder, sizeof(server->folder),
	    "%s/mailwizard-%s-XXXXXX", parent != NULL ? parent : "/tmp",
	    program);
	if (mkdtemp(server->folder) == NULL)
		server_die("mkdtemp %s: %s", server->folder, strerror(errno));
	place(server, port);
	return server;
}

void
server_each_address(const struct server *server,
    void (*each)(FILE *, const char *, uint16_t), FILE *out)
{
	char list[256], *rest = list, *one;

	snprintf(list, sizeof(list), "%s", server->addresses);
	while ((one = strsep(&rest, " ")) != NULL)
		each(out, one, server->port);
}

FILE *
server_file(const struct server *server, const char *name)
{
	char path[512];
	FILE *out;

	snprintf(path, sizeof(path), "%s/%s", server->folder, name);
	out = fopen(path, "w");
	if (out == NULL)
		server_die("%s: %s", path, strerror(errno));
	return out;
}

void
server_show_log(const struct server *server)
{
	char path[512], line[512];
	FILE *in;

	snprintf(path, sizeof(path), "%s/log", server->folder);
	in = fopen(path, "r");
	while (in != NULL && fgets(line, sizeof(line), in) != NULL)
		fputs(line, stderr);
	if (in != NULL)
		fclose(in);
}

/* In the child: what stays is stdin from nowhere, and the log. */
static _Noreturn void
become(const struct server *server, pid_t parent, char *const argv[],
    void (*prepare)(void))
{
	char log[512];
	sigset_t none;
	int fd;

	snprintf(log, sizeof(log), "%s/log", server->folder);
	setsid(); /* Postfix wants to lead it, too */
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent)
		_exit(126);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGPIPE, SIG_DFL);
	fd = open("/dev/null", O_RDONLY);
	if (fd != -1)
		dup2(fd, STDIN_FILENO);
	fd = open(log, O_WRONLY | O_CREAT | O_APPEND, 0600);
	if (fd != -1) {
		dup2(fd, STDOUT_FILENO);
		dup2(fd, STDERR_FILENO);
	}
	prepare();
	execv(argv[0], argv);
	_exit(127);
}

/* CH TXT id.server (RFC 4892) over UDP; true if `identity` is in the answer. */
static bool
says_its_name(const struct server *server, const char *address)
{
	static const unsigned char question[] = "\x4d\x57\0\0\0\1\0\0\0\0\0\0"
						"\2id\6server\0\0\x10\0\3";
	const struct timeval patience = { .tv_usec = 200000 };
	struct sockaddr_storage at;
	socklen_t len = socket_address(address, server->port, &at);
	char answer[512];
	ssize_t n;
	int fd = socket(at.ss_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	if (fd == -1)
		return false;
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	if (connect(fd, (struct sockaddr *)&at, len) == -1 ||
	    send(fd, question, sizeof(question) - 1, 0) == -1) {
		close(fd);
		return false;
	}
	n = recv(fd, answer, sizeof(answer), 0);
	close(fd);
	return n > 0 &&
	    memmem(answer, (size_t)n, server->identity,
		strlen(server->identity)) != NULL;
}

static bool
wait_for(struct server *server)
{
	const struct timespec moment = { .tv_nsec = 5000000 };

	for (int i = 0; i < ANSWER_TRIES; i++) {
		if (says_its_name(server, server->address))
			return true;
		if (waitpid(server->pid, NULL, WNOHANG) == server->pid) {
			kill(-server->pid, SIGKILL);
			server->pid = 0;
			return false;
		}
		nanosleep(&moment, NULL);
	}
	return false;
}

static bool
log_says(const struct server *server, const char *phrase)
{
	char path[512], line[512];
	bool found = false;
	FILE *in;

	snprintf(path, sizeof(path), "%s/log", server->folder);
	in = fopen(path, "r");
	while (in != NULL && !found && fgets(line, sizeof(line), in) != NULL)
		found = strstr(line, phrase) != NULL;
	if (in != NULL)
		fclose(in);
	return found;
}

pid_t
server_fork(void)
{
	pid_t parent = getpid(), pid;

	fflush(NULL);
	pid = fork();
	if (pid == -1)
		server_die("fork: %s", strerror(errno));
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (getppid() != parent)
			_exit(1);
	}
	return pid;
}

void
server_kill(pid_t pid)
{
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

void
server_spawn(struct server *server, char *const argv[], void (*prepare)(void))
{
	pid_t parent = getpid();

	fflush(NULL);
	server->pid = fork();
	if (server->pid == -1)
		server_die("fork: %s", strerror(errno));
	if (server->pid == 0)
		become(server, parent, argv, prepare);
}

/* A resolver's questions leave from any port there is, for a moment. */
void
server_begin(struct server *server)
{
	const struct timespec moment = { .tv_nsec = 100000000 };
	char conf[512], debug[] = "-d", file[] = "-c";
	char *const argv[] = { server->program, debug, file, conf, NULL };

	snprintf(conf, sizeof(conf), "%s/conf", server->folder);
	for (int i = 0; i < BUSY_TRIES; i++) {
		fclose(server_file(server, "log"));
		server_spawn(server, argv, server_libraries);
		if (wait_for(server))
			return;
		if (!log_says(server, "ddress already in use"))
			break;
		nanosleep(&moment, NULL);
	}
	server_show_log(server);
	server_end(server);
	server_die("%s on %s does not answer", server->program, server->at);
}

void
server_end(struct server *server)
{
	if (server->pid == 0)
		return;
	kill(-server->pid, SIGKILL);
	while (waitpid(server->pid, NULL, 0) == -1 && errno == EINTR)
		continue;
	server->pid = 0;
}

void
server_restart(struct server *server)
{
	server_end(server);
	server_begin(server);
}

void
server_pause(struct server *server)
{
	kill(-server->pid, SIGSTOP);
}

void
server_resume(struct server *server)
{
	kill(-server->pid, SIGCONT);
}

static int
remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

void
server_stop(struct server *server)
{
	if (server == NULL)
		return;
	server_end(server);
	nftw(server->folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
	free(server);
}
