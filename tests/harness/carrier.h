/*
 * tests/harness/carrier.h - what the c-ares at hand does differently.
 */
#ifndef CARRIER_H
#define CARRIER_H

#include <stdbool.h>

/*
 * True for the releases (1.22 to 1.33; Ubuntu 24.04 has 1.27) that throw a
 * malformed answer away and wait on, so that it looks like silence, and try
 * again when a TCP connection is closed.
 */
bool carrier_is_patient(void);

#endif
