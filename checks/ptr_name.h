/*
 * checks/ptr_name.h - does a reverse name look like one that a provider made
 * for a customer line, rather than one given to a mail server?
 */
#ifndef PTR_NAME_H
#define PTR_NAME_H

#include "base/ip.h"

/*
 * True for names that spell the address ("192-0-2-25.example.net",
 * "25.2.0.192.dsl.example.net") or hold a word such as dyn, pool or dsl.  A
 * guess: receivers keep lists of such patterns, each its own.
 */
bool ptr_name_is_generic(const char *name, struct ip);

#endif
