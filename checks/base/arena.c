/* Memory that is freed all at once: a list of blocks, filled from the front. */
#include "arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_SIZE ((size_t)8 * 1024)
#define ALIGNMENT  _Alignof(max_align_t)

struct block {
	struct block *next;
	size_t size;
	size_t used;
	_Alignas(max_align_t) unsigned char octets[];
};

struct arena {
	struct block *blocks; /* the one being filled is first */
	size_t used;
};

static void (*before_dying)(void);

void
out_of_memory_hook(void (*hook)(void))
{
	before_dying = hook;
}

void
out_of_memory(void)
{
	if (before_dying != NULL)
		before_dying();
	fputs("mailwizard: out of memory; nothing more can be done\n", stderr);
	_Exit(4);
}

struct arena *
arena_new(void)
{
	struct arena *arena = calloc(1, sizeof(*arena));

	if (arena == NULL)
		out_of_memory();
	return arena;
}

void
arena_free(struct arena *arena)
{
	if (arena == NULL)
		return;
	for (struct block *block = arena->blocks; block != NULL;) {
		struct block *next = block->next;

		free(block);
		block = next;
	}
	free(arena);
}

/*
 * A block of its own for what is larger than half a block, put behind the one
 * being filled, so that the rest of that one is not lost.
 */
static struct block *
add_block(struct arena *arena, size_t size)
{
	size_t room = size > BLOCK_SIZE / 2 ? size : BLOCK_SIZE;
	struct block *block;

	if (room > SIZE_MAX - sizeof(*block))
		out_of_memory();
	block = calloc(1, sizeof(*block) + room);
	if (block == NULL)
		out_of_memory();
	block->size = room;
	if (room != BLOCK_SIZE && arena->blocks != NULL) {
		block->next = arena->blocks->next;
		arena->blocks->next = block;
	} else {
		block->next = arena->blocks;
		arena->blocks = block;
	}
	return block;
}

void *
arena_alloc(struct arena *arena, size_t size)
{
	struct block *block = arena->blocks;
	void *found;

	if (size == 0)
		size = 1;
	if (size > SIZE_MAX - ALIGNMENT)
		out_of_memory();
	size = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
	if (block == NULL || block->size - block->used < size)
		block = add_block(arena, size);
	found = block->octets + block->used;
	block->used += size;
	arena->used += size;
	return found;
}

void *
arena_array(struct arena *arena, size_t n, size_t size)
{
	if (size != 0 && n > SIZE_MAX / size)
		out_of_memory();
	return arena_alloc(arena, n * size);
}

void *
arena_grow(struct arena *arena, void *list, size_t n, size_t size)
{
	void *larger;

	/* Full whenever the count is 0 or a power of two from 4 on. */
	if (n != 0 && (n < 4 || (n & (n - 1)) != 0))
		return list;
	if (n > SIZE_MAX / 2)
		out_of_memory();
	larger = arena_array(arena, n == 0 ? 4 : n * 2, size);
	if (n != 0)
		memcpy(larger, list, n * size);
	return larger;
}

char *
arena_strdup(struct arena *arena, const char *text)
{
	return arena_memdup(arena, text, strlen(text));
}

char *
arena_memdup(struct arena *arena, const void *octets, size_t len)
{
	char *copy;

	if (len == SIZE_MAX)
		out_of_memory();
	copy = arena_alloc(arena, len + 1);
	if (len != 0)
		memcpy(copy, octets, len);
	return copy;
}

char *
arena_vprintf(struct arena *arena, const char *fmt, va_list ap)
{
	va_list again;
	char *text;
	int len;

	va_copy(again, ap);
	len = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	if (len < 0)
		out_of_memory();
	text = arena_alloc(arena, (size_t)len + 1);
	vsnprintf(text, (size_t)len + 1, fmt, ap);
	return text;
}

char *
arena_printf(struct arena *arena, const char *fmt, ...)
{
	va_list ap;
	char *text;

	va_start(ap, fmt);
	text = arena_vprintf(arena, fmt, ap);
	va_end(ap);
	return text;
}

/* Behind the block being filled, so that its rest is not lost. */
void
arena_adopt(struct arena *arena, struct arena *child)
{
	struct block *last;

	if (child == NULL)
		return;
	last = child->blocks;
	while (last != NULL && last->next != NULL)
		last = last->next;
	if (last != NULL && arena->blocks != NULL) {
		last->next = arena->blocks->next;
		arena->blocks->next = child->blocks;
	} else if (last != NULL) {
		arena->blocks = child->blocks;
	}
	arena->used += child->used;
	free(child);
}

size_t
arena_used(const struct arena *arena)
{
	return arena->used;
}
