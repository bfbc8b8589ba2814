/*
 * tests/preload/next.h - what a function of the preloaded library stands for.
 */
#ifndef NEXT_H
#define NEXT_H

#include <dlfcn.h>
#include <string.h>

/* The function of the next library; a data pointer becomes code by memcpy. */
#define NEXT(function, pointer)                                                \
	do {                                                                   \
		void *found_ = dlsym(RTLD_NEXT, function);                     \
		memcpy(&(pointer), &found_, sizeof(pointer));                  \
	} while (0)

#endif
