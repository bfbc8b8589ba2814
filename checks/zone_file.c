/* Zone files from the disk. */
#include "zone.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/printable.h"

#define FILE_MAX ((size_t)16 * 1024 * 1024) /* octets */

static const char *
cannot_read(struct arena *arena, const char *path, const char *why)
{
	return arena_printf(
	    arena, _("cannot read %s: %s"), readable(arena, str_of(path)), why);
}

/* Reads all there is, up to one octet more than is allowed. */
static bool
read_all(struct arena *arena, int fd, struct str *out)
{
	size_t size = 64 * 1024, len = 0;
	char *text = arena_alloc(arena, size);

	for (;;) {
		ssize_t got = read(fd, text + len, size - len);

		if (got == -1 && errno == EINTR)
			continue;
		if (got == -1)
			return false;
		len += (size_t)got;
		*out = (struct str){ text, len };
		if (got == 0 || len > FILE_MAX)
			return true;
		if (len == size) {
			char *larger = arena_array(arena, size, 2);

			memcpy(larger, text, len);
			text = larger;
			size *= 2;
		}
	}
}

struct zone *
zone_read_file(struct arena *arena, const char *path, const char *origin,
    const char **error)
{
	struct arena *scratch = arena_new();
	struct zone *zone = NULL;
	struct str text;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd == -1 || !read_all(scratch, fd, &text))
		*error = cannot_read(arena, path, strerror(errno));
	else if (text.len > FILE_MAX)
		*error = cannot_read(arena, path,
		    _("it is larger than 16 MiB, which no zone file is"));
	else
		zone = zone_read_text(arena, path, text, origin, error);
	if (fd != -1)
		close(fd);
	arena_free(scratch);
	return zone;
}
