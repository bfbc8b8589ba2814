/* Where plans are saved while tests run. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "state.h"

char state_dir[64];
char state_env[96];

static bool
remove_all(const char *below)
{
	char command[128];

	snprintf(command, sizeof(command), "rm -rf '%s%s'", state_dir, below);
	return system(command) == 0;
}

bool
state_make(void)
{
	strcpy(state_dir, "/tmp/mailwizard-XXXXXX");
	if (mkdtemp(state_dir) == NULL)
		return false;
	snprintf(state_env, sizeof(state_env), "XDG_STATE_HOME=%s", state_dir);
	return true;
}

bool
state_remove(void)
{
	return remove_all("");
}

void
state_forget(void)
{
	assert_true(remove_all("/mailwizard"));
}

int
state_begin(void **state)
{
	(void)state;
	return state_make() ? 0 : -1;
}

int
state_end(void **state)
{
	(void)state;
	return state_remove() ? 0 : -1;
}
