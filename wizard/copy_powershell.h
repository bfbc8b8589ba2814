/*
 * wizard/copy_powershell.h - records as commands for a Windows DNS server.
 *
 * Where no command can do it, a comment line says what to do by hand.
 */
#ifndef COPY_POWERSHELL_H
#define COPY_POWERSHELL_H

#include "../checks/record.h"

/* Lines, each with its end; the name is relative to the zone. */
const char *powershell_add(
    struct arena *, const struct record *, const char *zone);
const char *powershell_remove(
    struct arena *, const struct record *, const char *zone);

#endif
