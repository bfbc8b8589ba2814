/*
 * assets/asset.h - the texts of the program: help, tables, templates.
 *
 * They are plain files under assets/; the build makes them one C file, so that
 * the program needs no folder of its own at run time.  Every floor may ask for
 * one.  Nothing here knows what a text is about.
 */
#ifndef ASSET_H
#define ASSET_H

#include <stddef.h>

struct asset {
	const char *name; /* below assets/: "help/spf-plus-all.txt" */
	const char *text; /* the octets of the file, and a NUL behind them */
	size_t len; /* octets, without that NUL */
};

/* All there are, sorted by name as strcmp() does. */
extern const struct asset assets[];
extern const size_t nassets;

/* The one of that name, exactly; NULL when there is none. */
const struct asset *asset_find(const char *name);

#endif
