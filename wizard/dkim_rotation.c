/* A new DKIM key in place of an old one: what to do when. */
#include "dkim_rotation.h"

static int64_t
later(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static enum dkim_rotation_stage
stage_of(const struct dkim_rotation_source *source, int64_t remove)
{
	if (source->switched != 0)
		return source->now >= remove ? DKIM_ROTATION_REMOVE
					     : DKIM_ROTATION_REVOKE;
	return source->published != 0 ? DKIM_ROTATION_SWITCH
				      : DKIM_ROTATION_PUBLISH;
}

void
dkim_rotation_plan(
    const struct dkim_rotation_source *source, struct dkim_rotation *out)
{
	int64_t ttl = source->ttl == 0 ? DKIM_CACHE_SECONDS : source->ttl;
	int64_t *at = out->at;

	at[DKIM_ROTATION_PUBLISH] =
	    source->published != 0 ? source->published : source->now;
	at[DKIM_ROTATION_SWITCH] = source->switched != 0
	    ? source->switched
	    : later(source->now, at[DKIM_ROTATION_PUBLISH] + ttl);
	at[DKIM_ROTATION_REVOKE] =
	    at[DKIM_ROTATION_SWITCH] + DKIM_QUEUE_SECONDS;
	at[DKIM_ROTATION_REMOVE] = at[DKIM_ROTATION_REVOKE] + DKIM_GONE_SECONDS;
	out->stage = stage_of(source, at[DKIM_ROTATION_REMOVE]);
}
