/* An arena for each test. */
#include "test_arena.h"

struct arena *arena;

int
test_arena_setup(void **state)
{
	(void)state;
	arena = arena_new();
	return 0;
}

int
test_arena_teardown(void **state)
{
	(void)state;
	arena_free(arena);
	arena = NULL;
	return 0;
}
