/* Signed zones, by the programs of ldns. */
#include "server_inside.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Runs a program in a folder; what it prints goes to FOLDER/out. */
static void
run(const char *folder, const char *const argv[])
{
	char path[512], *whole;
	pid_t pid;
	int status;

	if (!server_program(argv[0], path, sizeof(path)))
		server_die("%s", servers_missing());
	/* The child goes elsewhere first. */
	whole = realpath(path, NULL);
	if (whole == NULL)
		server_die("%s: %s", path, strerror(errno));
	fflush(NULL);
	pid = fork();
	if (pid == 0) {
		server_libraries();
		if (chdir(folder) == -1 || freopen("out", "w", stdout) == NULL)
			_exit(126);
		execv(whole, (char *const *)(uintptr_t)argv);
		_exit(127);
	}
	if (pid == -1 || waitpid(pid, &status, 0) == -1 || status != 0)
		server_die("%s did not work", path);
	free(whole);
}

static char *
read_file(const char *folder, const char *name)
{
	char path[512], *text = NULL;
	size_t size = 0;
	FILE *in;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	in = fopen(path, "r");
	if (in == NULL || getdelim(&text, &size, '\0', in) == -1)
		server_die("%s: %s", path, strerror(errno));
	fclose(in);
	return text;
}

static void
write_zone(const char *folder, const struct zone_source *zone)
{
	char path[512];
	FILE *out;

	snprintf(path, sizeof(path), "%s/zone", folder);
	out = fopen(path, "w");
	if (out == NULL)
		server_die("%s: %s", path, strerror(errno));
	zone_write(out, zone, "127.0.0.1");
	fclose(out);
}

/* The base name of the key: what ldns-keygen prints. */
static char *
make_key(const char *folder, const char *zone)
{
	const char *const argv[] = { "ldns-keygen", "-a", "ECDSAP256SHA256",
		"-k", zone, NULL };
	char *name;

	run(folder, argv);
	name = read_file(folder, "out");
	name[strcspn(name, "\n")] = '\0';
	return name;
}

static void
sign(const char *folder, const char *key, bool expired)
{
	const char *const now[] = { "ldns-signzone", "zone", key, NULL };
	const char *const then[] = { "ldns-signzone", "-i", "20191201", "-e",
		"20200101", "zone", key, NULL };

	run(folder, expired ? then : now);
}

static void
remove_all(const char *folder, const char *key)
{
	const char *const endings[] = { "key", "private", "ds" };
	const char *const names[] = { "zone", "zone.signed", "out" };
	char path[1024];

	for (size_t i = 0; i < 3; i++) {
		snprintf(
		    path, sizeof(path), "%s/%s.%s", folder, key, endings[i]);
		unlink(path);
		snprintf(path, sizeof(path), "%s/%s", folder, names[i]);
		unlink(path);
	}
	rmdir(folder);
}

void
zone_sign(const struct zone_source *zone, bool expired, struct zone_source *out,
    char **anchor)
{
	const char *parent = getenv("TMPDIR");
	char folder[256], ds[300], *key;

	snprintf(folder, sizeof(folder), "%s/mailwizard-sign-XXXXXX",
	    parent != NULL ? parent : "/tmp");
	if (mkdtemp(folder) == NULL)
		server_die("mkdtemp %s: %s", folder, strerror(errno));
	write_zone(folder, zone);
	key = make_key(folder, zone->name);
	sign(folder, key, expired);
	snprintf(ds, sizeof(ds), "%s.ds", key);
	*anchor = read_file(folder, ds);
	*out = (struct zone_source){
		.name = zone->name,
		.text = read_file(folder, "zone.signed"),
	};
	remove_all(folder, key);
	free(key);
}
