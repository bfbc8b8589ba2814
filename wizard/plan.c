/* The plan: plain data. */
#include "plan.h"

#include <string.h>

void
plan_clear(struct plan *plan)
{
	memset(plan, 0, sizeof(*plan));
}
