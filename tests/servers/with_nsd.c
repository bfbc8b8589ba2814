/*
 * tests/servers/with_nsd.c - runs a command beside a name server of its own.
 *
 *	with_nsd [-u] FOLDER COMMAND [ARGUMENT...]
 *
 * Every FOLDER/NAME.zone is served by NSD on a loopback port, which the
 * command finds in the environment as NAMESERVER ("127.0.0.1:15353").  With -u
 * that is unbound, which asks NSD.  Gives the command's exit status; 77, and
 * why, when the servers cannot be had.  A fine way to try things by hand:
 *
 *	with_nsd tests/bench/zones sh
 */
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../harness/server.h"

#define ZONES_MAX 64

static char *
read_file(const char *path)
{
	char *text = NULL;
	size_t size = 0;
	FILE *in = fopen(path, "r");

	if (in == NULL || getdelim(&text, &size, '\0', in) == -1) {
		perror(path);
		exit(2);
	}
	fclose(in);
	return text;
}

/* "tests/bench/zones/example.org.zone" is the zone "example.org". */
static char *
zone_name(const char *path)
{
	const char *base = strrchr(path, '/') + 1;

	return strndup(base, strlen(base) - strlen(".zone"));
}

static size_t
read_zones(const char *folder, struct zone_source zones[static ZONES_MAX])
{
	char pattern[512];
	glob_t found;
	size_t n = 0;

	snprintf(pattern, sizeof(pattern), "%s/*.zone", folder);
	if (glob(pattern, 0, NULL, &found) != 0) {
		fprintf(stderr, "%s: no *.zone there\n", folder);
		exit(2);
	}
	for (; n < found.gl_pathc && n < ZONES_MAX; n++)
		zones[n] = (struct zone_source){
			.name = zone_name(found.gl_pathv[n]),
			.text = read_file(found.gl_pathv[n]),
		};
	globfree(&found);
	return n;
}

static struct server *
start_unbound(
    const struct server *nsd, const struct zone_source *zones, size_t n)
{
	struct stub stubs[ZONES_MAX];

	for (size_t i = 0; i < n; i++)
		stubs[i] = (struct stub){ zones[i].name, nsd };
	return unbound_start(stubs, n);
}

static int
run(char *const argv[])
{
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		execvp(argv[0], argv);
		perror(argv[0]);
		_exit(127);
	}
	if (pid == -1 || waitpid(pid, &status, 0) == -1) {
		perror("with_nsd");
		return 126;
	}
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int
main(int argc, char *argv[])
{
	bool recursive = argc > 1 && strcmp(argv[1], "-u") == 0;
	struct zone_source zones[ZONES_MAX];
	struct server *nsd, *unbound = NULL;
	size_t n;
	int status;

	argv += 1 + recursive;
	argc -= 1 + recursive;
	if (argc < 2) {
		fputs("usage: with_nsd [-u] FOLDER COMMAND...\n", stderr);
		return 2;
	}
	if (servers_missing() != NULL) {
		fprintf(stderr, "%s\n", servers_missing());
		return 77;
	}
	n = read_zones(argv[0], zones);
	nsd = nsd_start(zones, n);
	if (recursive)
		unbound = start_unbound(nsd, zones, n);
	setenv("NAMESERVER", recursive ? unbound->at : nsd->at, 1);
	status = run(argv + 1);
	server_stop(unbound);
	server_stop(nsd);
	for (size_t i = 0; i < n; i++) {
		free((char *)(uintptr_t)zones[i].name);
		free((char *)(uintptr_t)zones[i].text);
	}
	return status;
}
