/*
 * wizard/provider.h - the table of mail services (checks/provider_table.h),
 * read when it is first asked for and kept; main thread only.
 */
#ifndef PROVIDER_H
#define PROVIDER_H

#include "../checks/provider_table.h"

/*
 * The service an MX host belongs to, or an SPF domain; NULL for one that is
 * not known.
 */
const struct provider *provider_by_mx(const char *host);
const struct provider *provider_by_include(const char *domain);

/* All, in the order of the file: for a list to pick from. */
const struct provider *provider_list(size_t *n);

/* What is wrong with the asset, in one sentence; NULL.  For the test. */
const char *provider_asset_error(void);

#endif
