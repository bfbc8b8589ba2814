/*
 * ui/dkim.h - what the views of the step DKIM share.
 */
#ifndef DKIM_VIEWS_H
#define DKIM_VIEWS_H

#include "view.h"

/* The badge of what DNS has at a selector, its colour, and words for it. */
const char *dkim_now_badge(const struct dkim_known *);
enum role dkim_now_role(const struct dkim_known *);
const char *dkim_now_text(struct ui *, const struct dkim_known *);

/* "Publish the record", "2 of 4: ..."; what is next when keys change. */
const char *dkim_turn_text(struct ui *);

/* The set-up of the signer that is shown, as one text to be copied. */
const char *dkim_sign_text(struct ui *);

extern const struct view view_dkim_key, view_dkim_sign, view_dkim_turn;

#endif
