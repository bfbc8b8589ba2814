/*
 * tests/harness/delay_proxy_inside.h - what the proxies for TCP and for DNS
 * share.
 */
#ifndef DELAY_PROXY_INSIDE_H
#define DELAY_PROXY_INSIDE_H

#include "delay_proxy.h"

/* One that is not running and has no port yet. */
struct delay_proxy *delay_proxy_new(const char *address);

long delay_proxy_now_ms(void); /* CLOCK_MONOTONIC */

#endif
