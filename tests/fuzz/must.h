/*
 * tests/fuzz/must.h - what has to be true, or the fuzzer has found something.
 */
#ifndef MUST_H
#define MUST_H

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

/* What libFuzzer calls with each input. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline void
must(bool holds)
{
	if (!holds)
		abort();
}

#endif
