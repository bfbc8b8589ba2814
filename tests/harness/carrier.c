/* The release of c-ares, asked of the library itself. */
#include "carrier.h"

#include <ares.h>

bool
carrier_is_patient(void)
{
	int version;

	(void)ares_version(&version);
	return version >= 0x011600 && version < 0x012200;
}
