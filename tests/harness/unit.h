/*
 * tests/harness/unit.h - cmocka with the headers it wants before it, and a
 * skip that says why.  Every test program includes this first.
 */
#ifndef UNIT_H
#define UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "server.h"

/* Leaves the test, as skipped; tests/run shows the reason. */
#define SKIP(...)                                                              \
	do {                                                                   \
		printf("# skipped: ");                                         \
		printf(__VA_ARGS__);                                           \
		printf("\n");                                                  \
		fflush(stdout);                                                \
		skip();                                                        \
	} while (0)

/* First line of a test that starts NSD or unbound. */
#define NEED_SERVERS()                                                         \
	do {                                                                   \
		const char *missing_ = servers_missing();                      \
		if (missing_ != NULL)                                          \
			SKIP("%s", missing_);                                  \
	} while (0)

#endif
