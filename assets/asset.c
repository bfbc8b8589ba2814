/* The texts of the program, by name. */
#include "asset.h"

#include <stdlib.h>
#include <string.h>

static int
compare(const void *name, const void *asset)
{
	return strcmp(name, ((const struct asset *)asset)->name);
}

const struct asset *
asset_find(const char *name)
{
	return bsearch(name, assets, nassets, sizeof(assets[0]), compare);
}
