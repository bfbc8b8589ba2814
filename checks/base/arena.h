/*
 * checks/base/arena.h - memory that is freed all at once.
 *
 * One arena belongs to one run of checks.  Whatever the run finds lives in it
 * and dies with it, so nothing in checks/ calls free().  Allocation never
 * fails: out of memory ends the program with a message.
 *
 * An arena belongs to one thread at a time.
 */
#ifndef ARENA_H
#define ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena;

/* A new, empty arena; arena_free() ends it and everything allocated in it. */
struct arena *arena_new(void);
void arena_free(struct arena *); /* NULL is fine */

/* Gives `size` zeroed octets, aligned for any type.  Never NULL. */
void *arena_alloc(struct arena *, size_t size);

/* The same for `n` things of `size` octets; minds the overflow. */
void *arena_array(struct arena *, size_t n, size_t size);

/*
 * An array that grows: room for one more thing of `size` octets behind the
 * `n` there are.  Gives the array, moved when it had to be; NULL and 0 to
 * begin with.  The caller counts: list = arena_grow(a, list, n, size); then
 * list[n++] = thing.  Only for arrays made by this function.
 */
void *arena_grow(struct arena *, void *list, size_t n, size_t size);

/* Copies of text, ended by NUL. */
char *arena_strdup(struct arena *, const char *);
char *arena_memdup(struct arena *, const void *, size_t len); /* plus a NUL */
char *arena_printf(struct arena *, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *, const char *fmt, va_list)
    __attribute__((format(printf, 2, 0)));

/*
 * What is in `child` goes on living, with the first; the second is gone.  NULL
 * for a child is fine.
 */
void arena_adopt(struct arena *, struct arena *child);

/* Octets asked for so far; for limits and for tests. */
size_t arena_used(const struct arena *);

/* arena_new_of(a, struct finding) reads better than a cast and a sizeof. */
#define arena_new_of(a, type) ((type *)arena_alloc(a, sizeof(type)))

/* Ends the program with one sentence on stderr; for want of memory. */
_Noreturn void out_of_memory(void);

/* What has to happen before that: the terminal is put back as it was. */
void out_of_memory_hook(void (*)(void));

#endif
