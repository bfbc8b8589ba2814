/*
 * wizard/look.h - one look: made and ended on the main thread, done on a
 * worker.
 */
#ifndef LOOK_JOB_H
#define LOOK_JOB_H

#include "world.h"

/* A look at the plan as it is now; holds the world. */
struct look *look_new(enum look_kind, const struct plan *,
    const struct live_options *, struct world *, unsigned int number);

/* Is the text meant as SPF, however badly?  A planned record replaces it. */
bool look_means_spf(struct str text);

/* LOOK_PUBLISHED: which records; and on a worker, who has them. */
void look_published_begin(struct look *, const struct plan *, enum asking);
enum status look_published(struct look *);

/* LOOK_LOGIN, on a worker; the password is gone after. */
enum status look_at_login(struct look *);

/* Frees it with all it found; NULL is fine. */
void look_free(struct look *);

/* Does it; the `work` of its job. */
void look_work(struct job *);

#endif
