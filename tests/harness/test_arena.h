/*
 * tests/harness/test_arena.h - a fresh arena for each test.
 *
 *	const struct CMUnitTest tests[] = { TEST(names_are_read) };
 *
 * Only for test programs whose own variables are not called arena.
 */
#ifndef TEST_ARENA_H
#define TEST_ARENA_H

#include "../../checks/base/arena.h"

/* Of the test that runs now; freed when it ends. */
extern struct arena *arena;

int test_arena_setup(void **state);
int test_arena_teardown(void **state);

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(                                       \
	    name, test_arena_setup, test_arena_teardown)

#endif
