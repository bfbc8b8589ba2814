/* The roots a chain of certificates may end at. */
#include "certificate_inside.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509_vfy.h>

#include "base/i18n.h"
#include "base/printable.h"

#define FILE_MAX ((size_t)8 * 1024 * 1024) /* octets of a file of roots */

/* --- those of a file ------------------------------------------------------- */

/* Up to FILE_MAX octets of it; false with errno. */
static bool
read_file(struct arena *arena, const char *path, struct str *out)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	char *octets;
	ssize_t n = 0;

	if (fd < 0)
		return false;
	octets = arena_alloc(arena, FILE_MAX);
	*out = (struct str){ octets, 0 };
	while (out->len < FILE_MAX &&
	    (n = read(fd, octets + out->len, FILE_MAX - out->len)) != 0) {
		if (n < 0 && errno != EINTR)
			break;
		if (n > 0)
			out->len += (size_t)n;
	}
	close(fd);
	return n >= 0;
}

/* A certificate is no secret: nobody is asked for a password. */
static int
no_password(char *buffer, int size, int writing, void *data)
{
	(void)buffer;
	(void)size;
	(void)writing;
	(void)data;
	return -1;
}

/* How many were added; *broken: what comes behind them cannot be read. */
static size_t
add_all(X509_STORE *store, struct str pem, bool *broken)
{
	BIO *bio = BIO_new_mem_buf(pem.p, (int)pem.len);
	size_t n = 0;
	X509 *x509;

	if (bio == NULL)
		out_of_memory();
	ERR_clear_error();
	while ((x509 = PEM_read_bio_X509_AUX(bio, NULL, no_password, NULL)) !=
	    NULL) {
		if (X509_STORE_add_cert(store, x509) == 1)
			n++;
		X509_free(x509);
	}
	*broken = ERR_GET_REASON(ERR_peek_last_error()) != PEM_R_NO_START_LINE;
	BIO_free(bio);
	ERR_clear_error();
	return n;
}

/* NULL; or one sentence. */
static const char *
load_pem(struct arena *arena, X509_STORE *store, const char *path)
{
	const char *shown = readable(arena, str_of(path));
	struct str pem;
	bool broken;
	size_t n;

	if (!read_file(arena, path, &pem))
		return arena_printf(
		    arena, _("%s cannot be read: %s."), shown, strerror(errno));
	n = add_all(store, pem, &broken);
	if (broken)
		return arena_printf(arena,
		    _("%s: certificate number %zu in it cannot be read. Get "
		      "the file again from where it came."),
		    shown, n + 1);
	if (n == 0)
		return arena_printf(arena,
		    _("%s holds no certificate in PEM form, which begins with "
		      "-----BEGIN CERTIFICATE-----. If it is one in DER form, "
		      "\"openssl x509 -inform der\" turns it into PEM."),
		    shown);
	return NULL;
}

/* --- those of the system --------------------------------------------------- */

static const char *
or_environment(const char *variable, const char *usual)
{
	const char *value = variable == NULL ? NULL : getenv(variable);

	return value != NULL && value[0] != '\0' ? value : usual;
}

/* Certificates there are called by a hash and a number: "4bfab552.0". */
static bool
folder_has_roots(const char *path)
{
	DIR *dir = opendir(path);
	const struct dirent *entry;
	bool found = false;

	if (dir == NULL)
		return false;
	while (!found && (entry = readdir(dir)) != NULL)
		found = strlen(entry->d_name) == 10 &&
		    strcmp(entry->d_name + 8, ".0") == 0;
	closedir(dir);
	return found;
}

/* A list of folders with colons between. */
static bool
any_has_roots(struct arena *arena, const char *list)
{
	struct str rest = str_of(list);

	while (rest.len > 0)
		if (folder_has_roots(str_dup(arena, str_word(&rest, ':'))))
			return true;
	return false;
}

/*
 * False: there are none.  The folder holds what the file holds, and is read
 * when a root is looked for; the file takes fifty milliseconds to read.
 */
static bool
load_system(struct arena *arena, X509_STORE *store)
{
	const char *given = getenv(X509_get_default_cert_file_env());
	const char *file = or_environment(
	    X509_get_default_cert_file_env(), X509_get_default_cert_file());
	const char *folders = or_environment(
	    X509_get_default_cert_dir_env(), X509_get_default_cert_dir());
	bool some = any_has_roots(arena, folders) &&
	    X509_STORE_load_path(store, folders) == 1;

	if ((!some || given != NULL) && access(file, R_OK) == 0 &&
	    X509_STORE_load_file(store, file) == 1)
		some = true;
	ERR_clear_error();
	return some;
}

const char *
trust_open(struct arena *arena, const char *pem_file, struct trust **out)
{
	struct trust *trust = calloc(1, sizeof(*trust));
	const char *problem = NULL;

	*out = NULL;
	if (trust == NULL || (trust->store = X509_STORE_new()) == NULL)
		out_of_memory();
	if (pem_file != NULL)
		problem = load_pem(arena, trust->store, pem_file);
	else
		trust->empty = !load_system(arena, trust->store);
	if (problem != NULL)
		trust_free(trust);
	else
		*out = trust;
	return problem;
}

void
trust_free(struct trust *trust)
{
	if (trust == NULL)
		return;
	X509_STORE_free(trust->store);
	free(trust);
}
